#include "matrix_map.h"

enum { COLUMN_MOST = 20 };

/* Heights a wrapped vector may have: round numbers, so that places are read off the heads. */
static int wrapped_rows(size_t n)
{
    static const int heights[] = {10, 20, 50, 100, 200, 500};
    enum { HEIGHTS = sizeof heights / sizeof *heights };
    if (n <= COLUMN_MOST)
        return (int)n;
    for (int k = 0; k < HEIGHTS; k++)
        if (n <= (size_t)heights[k] * (size_t)heights[k] * 2)
            return heights[k];
    return heights[HEIGHTS - 1];
}

struct matrix_map matrix_map_vector(size_t n, bool as_row)
{
    return (struct matrix_map){.kind = as_row ? MATRIX_ROW : MATRIX_COLUMN,
                               .rows = as_row ? 1 : (int)n,
                               .cols = as_row ? (int)n : 1,
                               .blocks = 1,
                               .across = 1,
                               .slice = -1,
                               .channels = 1,
                               .count = n,
                               .row_step = as_row ? n : 1,
                               .col_step = as_row ? 1 : n};
}

static struct matrix_map map_of_column(size_t n)
{
    struct matrix_map m = matrix_map_vector(n, false);
    m.rows = wrapped_rows(n);
    m.cols = (int)((n + (size_t)m.rows - 1) / (size_t)m.rows);
    m.col_step = (size_t)m.rows;
    return m;
}

static int between(int least, int x, int most)
{
    return x < least ? least : x > most ? most : x;
}

struct matrix_map matrix_map_of(const struct shape *shape, int slice, int across)
{
    size_t n = shape_count(shape);
    if (shape->rank < 2)
        return map_of_column(n);
    struct matrix_map m = {.kind = MATRIX_PLAIN, .blocks = 1, .across = 1, .count = n};
    const int *dim = shape->dim;
    bool kernels = shape->rank == 4, maps = shape->rank == 3;
    m.slice = maps || kernels ? slice : -1;
    m.rows = dim[kernels];
    m.cols = dim[kernels + 1];
    m.channels = maps ? dim[2] : kernels ? dim[3] : 1;
    m.row_step = (size_t)m.cols * (size_t)m.channels;
    m.col_step = (size_t)m.channels;
    if (maps) {
        m.kind = MATRIX_MAPS;
        m.blocks = slice >= 0 ? 1 : m.channels;
        m.across = between(1, across, m.blocks);
    } else if (kernels) {
        m.kind = MATRIX_KERNELS;
        m.blocks = m.channels * (slice >= 0 ? 1 : dim[0]);
        bool rows = m.channels > 1 && slice < 0;
        m.across = rows ? m.channels : between(1, across, m.blocks);
    }
    return m;
}

int matrix_slices(const struct shape *shape)
{
    return shape->rank == 3 ? shape->dim[2] : shape->rank == 4 ? shape->dim[0] : 1;
}

static size_t kernel_cells(const struct shape *shape)
{
    return shape_count(shape) / (size_t)shape->dim[0];
}

int matrix_slice_of(const struct shape *shape, size_t index)
{
    if (shape->rank == 3)
        return (int)(index % (size_t)shape->dim[2]);
    return shape->rank == 4 ? (int)(index / kernel_cells(shape)) : 0;
}

size_t matrix_in_slice(const struct shape *shape, size_t index, int slice)
{
    if (shape->rank == 3)
        return index / (size_t)shape->dim[2] * (size_t)shape->dim[2] + (size_t)slice;
    if (shape->rank == 4)
        return index % kernel_cells(shape) + (size_t)slice * kernel_cells(shape);
    return index;
}

size_t matrix_map_base(const struct matrix_map *m, int block)
{
    size_t channels = (size_t)m->channels, k = (size_t)block;
    if (m->kind == MATRIX_MAPS)
        return m->slice >= 0 ? (size_t)m->slice : k;
    if (m->kind == MATRIX_KERNELS) {
        size_t kernel = m->slice >= 0 ? (size_t)m->slice : k / channels;
        return kernel * (size_t)m->rows * m->row_step + k % channels;
    }
    return 0;
}

bool matrix_map_cell(const struct matrix_map *m, int block, int row, int col, size_t *index)
{
    if (block < 0 || block >= m->blocks || row < 0 || row >= m->rows || col < 0 || col >= m->cols)
        return false;
    *index = matrix_map_base(m, block) + (size_t)row * m->row_step + (size_t)col * m->col_step;
    return *index < m->count;
}

static int block_of(const struct matrix_map *m, size_t index)
{
    int channel = (int)(index % (size_t)m->channels);
    if (m->kind == MATRIX_MAPS)
        return m->slice < 0 ? channel : m->slice == channel ? 0 : -1;
    if (m->kind != MATRIX_KERNELS)
        return 0;
    int kernel = (int)(index / ((size_t)m->rows * m->row_step));
    return m->slice < 0 ? kernel * m->channels + channel : m->slice == kernel ? channel : -1;
}

bool matrix_map_find(const struct matrix_map *m, size_t index, int *block, int *row, int *col)
{
    *block = index < m->count ? block_of(m, index) : -1;
    if (*block < 0)
        return false;
    size_t d = index - matrix_map_base(m, *block);
    if (m->kind == MATRIX_COLUMN) {
        *col = (int)(d / m->col_step);
        *row = (int)(d % m->col_step);
    } else {
        *row = (int)(d / m->row_step);
        *col = (int)(d % m->row_step / m->col_step);
    }
    return true;
}

int matrix_map_down(const struct matrix_map *m)
{
    return (m->blocks + m->across - 1) / m->across;
}
