#include "tiles.h"

struct tiles tiles_of_outputs(const struct shape *shape)
{
    bool maps = shape->rank == 3;
    struct tiles t = {.rows = maps ? shape->dim[0] : 1, .cols = maps ? shape->dim[1] : 1};
    t.per = shape_count(shape);
    t.tiles = t.inner = (int)t.per / (t.rows * t.cols);
    t.col_step = (size_t)t.inner;
    t.row_step = t.col_step * (size_t)t.cols;
    return t;
}

const struct param *tiles_weights(const struct layer *layer)
{
    for (int i = 0; i < layer->param_count; i++)
        if (layer->param[i].trained && layer->param[i].shape.rank > 1)
            return &layer->param[i];
    return NULL;
}

/* Does the layer read a picture of one channel, perhaps flattened? */
static bool reads_picture(const struct net *net, const struct layer *l, struct shape *picture)
{
    const struct layer *from = &net->layers[l->from[0]];
    if (from->kind == LAYER_FLATTEN)
        from = &net->layers[from->from[0]];
    *picture = from->out;
    return from == &net->layers[0] && from->out.rank == 3 && from->out.dim[2] == 1;
}

struct tiles tiles_of_weights(const struct net *net, const struct layer *layer)
{
    const struct shape *shape = &tiles_weights(layer)->shape;
    struct shape picture;
    struct tiles t = {.tiles = 1, .inner = 1, .rows = shape->dim[0], .cols = shape->dim[1]};
    t.col_step = 1;
    if (shape->rank == 4) { /* kernel, row, column, channel */
        t.inner = shape->dim[3];
        t.tiles = shape->dim[0] * t.inner;
        t.rows = shape->dim[1];
        t.cols = shape->dim[2];
        t.col_step = (size_t)t.inner;
    } else if (reads_picture(net, layer, &picture)) {
        t.tiles = shape->dim[0];
        t.rows = picture.dim[0];
        t.cols = picture.dim[1];
    }
    t.row_step = t.col_step * (size_t)t.cols;
    t.per = t.row_step * (size_t)t.rows;
    return t;
}

size_t tiles_index(const struct tiles *t, int tile, int row, int col)
{
    return (size_t)(tile / t->inner) * t->per + (size_t)(tile % t->inner) +
           (size_t)row * t->row_step + (size_t)col * t->col_step;
}

int tiles_find(const struct tiles *t, size_t index, int *row, int *col)
{
    size_t within = index % t->per;
    *row = (int)(within / t->row_step);
    *col = (int)(within % t->row_step / t->col_step);
    return (int)(index / t->per) * t->inner + (int)(within % t->col_step);
}
