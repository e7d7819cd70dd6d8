#include <math.h>
#include <stdio.h>
#include <string.h>

#include "detail.h"
#include "formula_terms.h"
#include "glassnet/base/translate.h"
#include "network_layout.h"

enum { ROWS_MOST = 16, COLS_MOST = 20, PATCH_MOST = 12, FORMS_MOST = 4, AROUND = 5 };

/* Flat layers whose numbers come from pictures: their shape before flattening. */
static const struct shape *picture_before(const struct net *net, int layer)
{
    while (layer > 0 && (net->layers[layer].kind == LAYER_FLATTEN ||
                         net->layers[layer].kind == LAYER_ACTIVATION))
        layer = net->layers[layer].from[0];
    const struct shape *s = &net->layers[layer].out;
    return s->rank == 3 ? s : NULL;
}

static void map_window(struct window *w, const struct shape *s, size_t base, size_t index)
{
    int channels = s->dim[2];
    w->rows = s->dim[0];
    w->cols = s->dim[1];
    w->row_step = (size_t)(s->dim[1] * channels);
    w->col_step = (size_t)channels;
    w->base = base + index % (size_t)channels;
    w->end = base + shape_count(s);
    if (channels > 1)
        snprintf(w->title + strlen(w->title), sizeof w->title - strlen(w->title), _(" map %d"),
                 (int)(index % (size_t)channels));
}

static void vector_window(struct window *w, size_t base, int n, bool as_row)
{
    int wrap = n > ROWS_MOST + 4 ? 16 : as_row ? n : 1;
    w->cols = wrap;
    w->rows = (n + wrap - 1) / wrap;
    w->row_step = (size_t)wrap;
    w->col_step = 1;
    w->base = base;
    w->end = base + (size_t)n;
}

static void matrix_window(const struct snapshot *s, struct window *w, const struct tensor *t,
                          size_t index)
{
    int rows = t->shape.dim[0], cols = t->shape.dim[1];
    if (rows <= ROWS_MOST && cols <= COLS_MOST) {
        *w = (struct window){.tensor = w->tensor,
                             .rows = rows,
                             .cols = cols,
                             .row_step = (size_t)cols,
                             .col_step = 1,
                             .end = t->count};
        layout_tensor_title(s, w->tensor, w->title, sizeof w->title);
        return;
    }
    size_t row = index / (size_t)cols;
    snprintf(w->title + strlen(w->title), sizeof w->title - strlen(w->title), _(" row %d"),
             (int)row);
    const struct layer *l = t->layer >= 0 ? &s->net->layers[t->layer] : NULL;
    const struct shape *picture = l ? picture_before(s->net, l->from[0]) : NULL;
    if (picture && shape_count(picture) == (size_t)cols)
        map_window(w, picture, row * (size_t)cols, index % (size_t)cols);
    else
        vector_window(w, row * (size_t)cols, cols, true);
}

static void kernel_window(struct window *w, const struct shape *s, size_t index)
{
    size_t channels = (size_t)s->dim[3], slice = (size_t)(s->dim[1] * s->dim[2]) * channels;
    w->rows = s->dim[1];
    w->cols = s->dim[2];
    w->row_step = (size_t)s->dim[2] * channels;
    w->col_step = channels;
    w->base = index / slice * slice + index % channels;
    w->end = w->base / slice * slice + slice;
    size_t length = strlen(w->title);
    if (channels > 1)
        snprintf(w->title + length, sizeof w->title - length, _(" %d, ch. %d"),
                 (int)(index / slice), (int)(index % channels));
    else
        snprintf(w->title + length, sizeof w->title - length, _(" kernel %d"),
                 (int)(index / slice));
}

/* Flattened numbers that are shown as the maps they come from. */
static const struct shape *shown_as_maps(const struct snapshot *s, const struct tensor *t)
{
    const struct shape *picture =
        t->batched && t->layer >= 0 ? picture_before(s->net, t->layer) : NULL;
    return picture && shape_count(picture) == t->count && t->count > ROWS_MOST ? picture : NULL;
}

/* The window of a tensor around one of its cells. */
static struct window window_of(const struct snapshot *s, struct cell c, bool as_row)
{
    const struct tensor *t = &s->program->tensors[c.tensor];
    struct window w = {.tensor = c.tensor, .rows = 1, .cols = 1, .row_step = 1, .col_step = 1};
    w.end = t->count;
    layout_tensor_title(s, c.tensor, w.title, sizeof w.title);
    if (t->shape.rank == 4)
        kernel_window(&w, &t->shape, c.index);
    else if (t->shape.rank == 3)
        map_window(&w, &t->shape, 0, c.index);
    else if (t->shape.rank == 2 && !t->batched)
        matrix_window(s, &w, t, c.index);
    else if (t->count > 1) {
        const struct shape *picture = shown_as_maps(s, t);
        if (picture)
            map_window(&w, picture, 0, c.index);
        else
            vector_window(&w, 0, (int)t->count, as_row);
    }
    return w;
}

/* Cuts a map down to the rows and columns that the terms read in it. */
static void cut_patch(const struct snapshot *s, struct window *w)
{
    struct plate p = {.base = w->base,
                      .row_step = w->row_step,
                      .col_step = w->col_step,
                      .rows = w->rows,
                      .cols = w->cols,
                      .end = w->end};
    int r0 = w->rows, r1 = -1, c0 = w->cols, c1 = -1, row, col;
    const struct formula *f = s->formula;
    for (int t = 0; t < f->count; t++)
        for (int k = 0; k < f->terms[t].count; k++) {
            struct cell c = f->terms[t].factor[k].cell;
            if (c.tensor != w->tensor || !plate_find(&p, c.index, &row, &col))
                continue;
            r0 = row < r0 ? row : r0;
            r1 = row > r1 ? row : r1;
            c0 = col < c0 ? col : c0;
            c1 = col > c1 ? col : c1;
        }
    if (r1 < r0 || (r0 == r1 && c0 == c1) || r1 - r0 >= PATCH_MOST || c1 - c0 >= PATCH_MOST)
        return;
    if (r1 - r0 + 1 == w->rows && c1 - c0 + 1 == w->cols)
        return;
    w->row = r0;
    w->col = c0;
    w->base += (size_t)r0 * w->row_step + (size_t)c0 * w->col_step;
    w->rows = r1 - r0 + 1;
    w->cols = c1 - c0 + 1;
    size_t length = strlen(w->title);
    snprintf(w->title + length, sizeof w->title - length, " [%d…%d, %d…%d]", r0, r1, c0, c1);
}

/* Cuts what is too large for numbers down to the neighbourhood of one of its cells. */
static void cut_around(struct window *w, size_t index, int rows, int cols)
{
    struct plate p = {.base = w->base,
                      .row_step = w->row_step,
                      .col_step = w->col_step,
                      .rows = w->rows,
                      .cols = w->cols,
                      .end = w->end};
    int row, col;
    if ((w->rows <= rows && w->cols <= cols) || !plate_find(&p, index, &row, &col))
        return;
    rows = rows < w->rows ? rows : w->rows;
    cols = cols < w->cols ? cols : w->cols;
    int r0 = row - rows / 2, c0 = col - cols / 2;
    r0 = r0 < 0 ? 0 : r0 > w->rows - rows ? w->rows - rows : r0;
    c0 = c0 < 0 ? 0 : c0 > w->cols - cols ? w->cols - cols : c0;
    w->base += (size_t)r0 * w->row_step + (size_t)c0 * w->col_step;
    size_t length = strlen(w->title), room = sizeof w->title - length;
    bool one = w->cols == 1;
    w->row = r0;
    w->col = c0;
    w->rows = rows;
    w->cols = cols;
    if (one)
        snprintf(w->title + length, room, " [%d…%d]", r0, r0 + rows - 1);
    else
        snprintf(w->title + length, room, " [%d…%d, %d…%d]", r0, r0 + rows - 1, c0, c0 + cols - 1);
}

static bool same_form(const struct formula_term *a, const struct formula_term *b)
{
    if (a->count != b->count)
        return false;
    for (int k = 0; k < a->count; k++)
        if (a->factor[k].cell.tensor != b->factor[k].cell.tensor)
            return false;
    return true;
}

/* The term that stands for its form: the one being added now, else the largest. */
static const struct formula_term *key_term(const struct snapshot *s,
                                           const struct formula_term *like)
{
    const struct formula *f = s->formula;
    const struct formula_term *best = like;
    int now = s->formula_terms < f->count ? s->formula_terms - 1 : -1;
    if (now >= 0 && same_form(&f->terms[now], like))
        return &f->terms[now];
    for (int t = 0; t < f->count; t++)
        if (same_form(&f->terms[t], like) &&
            fabs(formula_term_value(&f->terms[t])) > fabs(formula_term_value(best)))
            best = &f->terms[t];
    return best;
}

static bool is_dense(const struct snapshot *s, int tensor)
{
    int op = s->program->tensors[tensor].first_op;
    enum op_kind kind = op >= 0 ? s->program->ops[op].kind : OP_GIVEN;
    return kind == OP_DENSE || kind == OP_DENSE_DX || kind == OP_DENSE_DW;
}

/* Inputs of a dense layer lie as a row beside its matrix, everything of its own as a column. */
static bool lies_as_row(const struct snapshot *s, int result, int tensor)
{
    if (!is_dense(s, result))
        return false;
    int layer = s->program->ops[s->program->tensors[result].first_op].layer;
    return s->program->tensors[tensor].layer != layer;
}

/* Long vectors as a column of the cell's neighbours; short ones of a dense layer stay whole, in
 * line with its matrix. */
static void cut_column(const struct snapshot *s, struct window *w, int result, struct cell c)
{
    const struct tensor *t = &s->program->tensors[c.tensor];
    int n = (int)t->count;
    if (shown_as_maps(s, t)) {
        cut_around(w, c.index, AROUND, AROUND);
        return;
    }
    if (n <= AROUND || (is_dense(s, result) && n <= ROWS_MOST))
        return;
    vector_window(w, 0, n, false);
    w->rows = n;
    w->cols = 1;
    w->row_step = 1;
    cut_around(w, c.index, AROUND, 1);
}

static const char *joined_by(const struct formula *f)
{
    switch (f->fn) {
    case FN_SUM:
        return "+";
    case FN_PRODUCT:
        return "×";
    case FN_QUOTIENT:
        return "÷";
    default:
        return ",";
    }
}

static int add_form(const struct view *v, struct window *windows, int n, int form, int members,
                    const struct formula_term *key)
{
    const struct snapshot *s = v->snap;
    const struct formula *f = s->formula;
    char op[24];
    bool named = f->fn != FN_SUM && f->fn != FN_PRODUCT && f->fn != FN_QUOTIENT && f->fn != FN_COPY;
    if (form > 0)
        snprintf(op, sizeof op, "%s", joined_by(f));
    else
        snprintf(op, sizeof op, "=%s%s", named ? " " : "", named ? formula_op(f) : "");
    if (f->fn == FN_SUM && members > 1)
        strncat(op, " Σ", sizeof op - strlen(op) - 1);
    int first = f->fn == FN_SUM && form > 0 && formula_term_is_minus(key);
    if (first)
        snprintf(op, sizeof op, "−");
    for (int k = first; k < key->count && n < WINDOWS_MOST; k++) {
        const struct formula_factor *factor = &key->factor[k];
        if (!cell_is(factor->cell)) {
            char number[48];
            size_t length = strlen(op);
            snprintf(op + length, sizeof op - length, "%s%s", k > first ? " × " : " ",
                     factor->symbol ? factor->symbol
                                    : view_number(s, (double)factor->value, number, sizeof number));
            continue;
        }
        if (k > first)
            strncat(op, op[0] ? " ×" : "×", sizeof op - strlen(op) - 1);
        struct window w =
            window_of(s, factor->cell, lies_as_row(s, f->cell.tensor, factor->cell.tensor));
        const struct tensor *t = &s->program->tensors[factor->cell.tensor];
        if (t->shape.rank == 3)
            cut_patch(s, &w);
        if (members == 1 && t->shape.rank == 3)
            cut_around(&w, factor->cell.index, AROUND, AROUND);
        else if (members == 1 && t->shape.rank == 1)
            cut_column(s, &w, f->cell.tensor, factor->cell);
        memcpy(w.op, op, sizeof op);
        op[0] = 0;
        windows[n++] = w;
    }
    if (op[0] && n < WINDOWS_MOST) {
        windows[n] = (struct window){.tensor = -1};
        memcpy(windows[n++].op, op, sizeof op);
    }
    return n;
}

/* The parameter whose gradient or new value the tensor is; -1: it is none, or has its own term. */
static int parameter_of(const struct snapshot *s, int tensor)
{
    const struct tensor *t = &s->program->tensors[tensor];
    if (t->role != ROLE_GRAD || t->batched)
        return -1;
    return program_find(s->program, t->base);
}

int detail_windows(const struct view *v, struct window *windows)
{
    const struct snapshot *s = v->snap;
    if (!view_has_pass(s) || !cell_is(s->selected))
        return 0;
    int n = 0;
    int value = parameter_of(s, s->selected.tensor);
    if (value >= 0)
        windows[n++] = window_of(s, (struct cell){value, 0, s->selected.index}, false);
    windows[n] = window_of(s, s->selected, lies_as_row(s, s->selected.tensor, s->selected.tensor));
    int rank = s->program->tensors[s->selected.tensor].shape.rank;
    if (rank == 3)
        cut_around(&windows[n], s->selected.index, AROUND, AROUND);
    else if (rank == 1)
        cut_column(s, &windows[n], s->selected.tensor, s->selected);
    n++;
    const struct formula *f = s->formula;
    if (!f || f->given || f->count == 0)
        return n;
    const struct formula_term *forms[FORMS_MOST];
    int members[FORMS_MOST], count = 0;
    for (int t = 0; t < f->count; t++) {
        int k = 0;
        while (k < count && !same_form(forms[k], &f->terms[t]))
            k++;
        if (k == count && count == FORMS_MOST)
            continue;
        if (k == count) {
            forms[count] = &f->terms[t];
            members[count++] = 0;
        }
        members[k]++;
    }
    for (int k = 0; k < count; k++)
        n = add_form(v, windows, n, k, members[k], key_term(s, forms[k]));
    return n;
}
