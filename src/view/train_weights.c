/* Weights as they are learnt: kernels as small pictures, a dense layer's rows as pictures of its
 * input where that is one, else as the matrix it is. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "train_cards.h"

/* How a layer's weights lie: `tiles` pictures of rows x cols numbers; number (tile, row, col) is at
 * tile * per + row * row_step + col * col_step. */
struct tiles {
    const struct layer *layer;
    const struct param *param;
    const float *numbers;
    int tiles, rows, cols, per, row_step, col_step;
    char what[120];
};

static const struct param *weights_of(const struct layer *l)
{
    for (int i = 0; i < l->param_count; i++)
        if (l->param[i].trained && l->param[i].shape.rank > 1)
            return &l->param[i];
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

static int layers_with_weights(const struct net *net, int *list, int most)
{
    int n = 0;
    for (int i = 0; i < net->layer_count && n < most; i++)
        if (weights_of(&net->layers[i]))
            list[n++] = i;
    return n;
}

static void lay_kernels(struct tiles *t, const struct shape *shape)
{
    int channels = shape->dim[3];
    t->rows = shape->dim[1];
    t->cols = shape->dim[2];
    t->tiles = shape->dim[0];
    t->per = t->rows * t->cols * channels;
    t->row_step = t->cols * channels;
    t->col_step = channels;
    snprintf(t->what, sizeof t->what, "%d kernels %d × %d%s", t->tiles, t->rows, t->cols,
             channels > 1 ? ", of the first channel" : "");
}

static void lay_dense(struct tiles *t, const struct net *net, const struct shape *shape)
{
    struct shape picture;
    if (reads_picture(net, t->layer, &picture)) {
        t->tiles = shape->dim[0];
        t->rows = picture.dim[0];
        t->cols = picture.dim[1];
        t->per = t->row_step = 0;
        t->per = t->rows * t->cols;
        t->row_step = t->cols;
        t->col_step = 1;
        snprintf(t->what, sizeof t->what, "%d neurons, a weight a pixel", t->tiles);
        return;
    }
    t->tiles = 1;
    t->rows = shape->dim[0];
    t->cols = shape->dim[1];
    t->row_step = t->cols;
    t->col_step = 1;
    snprintf(t->what, sizeof t->what, "%d outputs × %d inputs", t->rows, t->cols);
}

static void lay(struct tiles *t, const struct net *net, int layer)
{
    *t = (struct tiles){.layer = &net->layers[layer]};
    t->param = weights_of(t->layer);
    t->numbers = net->params + t->param->offset;
    const struct shape *shape = &t->param->shape;
    if (shape->rank == 4)
        lay_kernels(t, shape);
    else
        lay_dense(t, net, shape);
}

static void draw_tile(const struct view *v, const struct tiles *t, int tile, float limit,
                      struct rect r)
{
    uint32_t *colours = mem_zalloc((size_t)t->rows * (size_t)t->cols, sizeof *colours);
    for (int row = 0; row < t->rows; row++)
        scale_pack(v->ui->theme, false, t->numbers + tile * t->per + row * t->row_step, t->cols,
                   t->col_step, limit, colours + row * t->cols);
    draw_heatmap(v->ui->draw, r, t->cols, t->rows, colours, t->cols < 12 ? HEATMAP_GRID : 0,
                 v->ui->theme->line);
    free(colours);
    draw_frame(v->ui->draw, rect_inset(r, -1), 1, v->ui->theme->frame);
}

/* The number of columns that lets the tiles be largest. */
static int columns_for(const struct tiles *t, int tiles, struct rect r, float gap, float *w)
{
    int best = 1;
    *w = 0;
    for (int columns = 1; columns <= tiles; columns++) {
        int rows = (tiles + columns - 1) / columns;
        float wide = (r.w - gap * (float)(columns - 1)) / (float)columns;
        float high = (r.h - gap * (float)(rows - 1)) / (float)rows;
        float fit = fminf(wide, high * (float)t->cols / (float)t->rows);
        if (fit > *w) {
            *w = fit;
            best = columns;
        }
    }
    return best;
}

static void draw_tiles(const struct view *v, const struct tiles *t, struct rect r)
{
    struct ui *ui = v->ui;
    float gap = ui_px(ui, 12), least = ui_px(ui, 26), w;
    float limit = scale_limit(t->numbers, (int)t->param->count);
    r = rect_inset(r, 2);
    if (t->tiles == 1) { /* a matrix fills its place */
        draw_tile(v, t, 0, limit, r);
        return;
    }
    int shown = t->tiles, columns = columns_for(t, shown, r, gap, &w);
    while (shown > 1 && w < least) /* the first ones, large enough to be seen */
        columns = columns_for(t, shown = shown * 3 / 4, r, gap, &w);
    float h = w * (float)t->rows / (float)t->cols;
    for (int i = 0; i < shown && w > 2; i++)
        draw_tile(v, t, i, limit,
                  rect_of(r.x + (float)(i % columns) * (w + gap),
                          r.y + (float)(i / columns) * (h + gap), w, h));
}

static void turn(const struct view *v, struct train_view_state *s, struct rect r, int n)
{
    struct ui *ui = v->ui;
    float side = ui_px(ui, 40);
    struct rect next = rect_cut_right(&r, side), before = rect_cut_right(&r, side);
    if (ui_button(ui, "train.weights.before", before, "‹", BUTTON_NORMAL))
        s->weights = (s->weights + n - 1) % n;
    ui_tooltip(ui, before, "The layer before");
    if (ui_button(ui, "train.weights.next", next, "›", BUTTON_NORMAL))
        s->weights = (s->weights + 1) % n;
    ui_tooltip(ui, next, "The next layer");
}

void train_weights_draw(const struct view *v, struct train_view_state *s, struct rect r)
{
    enum { LAYERS_MOST = 256 };
    struct ui *ui = v->ui;
    struct rect in = train_card(v, r);
    int list[LAYERS_MOST], n = layers_with_weights(v->snap->net, list, LAYERS_MOST);
    if (n == 0) {
        train_card_title(v, &in, "weights, live", NULL, 0);
        train_card_say(v, in, "No layer of this network has weights.");
        return;
    }
    struct tiles t;
    char line[200], number[48];
    s->weights = s->weights < n ? s->weights : 0;
    lay(&t, v->snap->net, list[s->weights]);
    snprintf(line, sizeof line, "%s · %s · ±%s", t.layer->name, t.what,
             view_number(v->snap, (double)scale_limit(t.numbers, (int)t.param->count), number,
                         sizeof number));
    struct rect right =
        train_card_title(v, &in, "weights, live", line, n > 1 ? 2 * ui_px(ui, 40) : 0);
    if (n > 1)
        turn(v, s, right, n);
    if (in.h > ui_px(ui, 20))
        draw_tiles(v, &t, in);
}
