/* Weights as they are learnt: kernels as small pictures, a dense layer's rows as pictures of its
 * input where that is one, else as the matrix it is. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "tiles.h"
#include "train_cards.h"

/* What of a layer is drawn. */
struct weights {
    const struct layer *layer;
    const struct param *param;
    const float *numbers;
    struct tiles tiles;
    char what[120];
};

static int layers_with_weights(const struct net *net, int *list, int most)
{
    int n = 0;
    for (int i = 0; i < net->layer_count && n < most; i++)
        if (tiles_weights(&net->layers[i]))
            list[n++] = i;
    return n;
}

static void lay(struct weights *w, const struct net *net, int layer)
{
    const struct layer *l = &net->layers[layer];
    *w = (struct weights){l, tiles_weights(l), NULL, tiles_of_weights(net, l), ""};
    struct tiles *t = &w->tiles;
    w->numbers = net->params + w->param->offset;
    if (w->param->shape.rank == 4) { /* one channel of each kernel has room */
        int kernels = w->param->shape.dim[0];
        snprintf(w->what, sizeof w->what,
                 t->inner > 1 ? _("%d kernels %d × %d, of the first channel")
                              : _("%d kernels %d × %d"),
                 kernels, t->rows, t->cols);
        t->tiles = kernels;
        t->inner = 1;
    } else if (t->tiles > 1) {
        snprintf(w->what, sizeof w->what, _("%d neurons, a weight a pixel"), t->tiles);
    } else {
        snprintf(w->what, sizeof w->what, _("%d outputs × %d inputs"), t->rows, t->cols);
    }
}

static void draw_tile(const struct view *v, const struct weights *w, int tile, float limit,
                      struct rect r)
{
    const struct tiles *t = &w->tiles;
    uint32_t *colours = mem_zalloc((size_t)t->rows * (size_t)t->cols, sizeof *colours);
    for (int row = 0; row < t->rows; row++)
        scale_pack(v->ui->theme, false, w->numbers + tiles_index(t, tile, row, 0), t->cols,
                   (int)t->col_step, limit, colours + row * t->cols);
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

static void draw_tiles(const struct view *v, const struct weights *all, struct rect r)
{
    struct ui *ui = v->ui;
    const struct tiles *t = &all->tiles;
    float gap = ui_px(ui, 12), least = ui_px(ui, 26), w;
    float limit = scale_limit(all->numbers, (int)all->param->count);
    r = rect_inset(r, 2);
    if (t->tiles == 1) { /* a matrix fills its place */
        draw_tile(v, all, 0, limit, r);
        return;
    }
    int shown = t->tiles, columns = columns_for(t, shown, r, gap, &w);
    while (shown > 1 && w < least) /* the first ones, large enough to be seen */
        columns = columns_for(t, shown = shown * 3 / 4, r, gap, &w);
    float h = w * (float)t->rows / (float)t->cols;
    for (int i = 0; i < shown && w > 2; i++)
        draw_tile(v, all, i, limit,
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
    ui_tooltip(ui, before, _("The layer before"));
    if (ui_button(ui, "train.weights.next", next, "›", BUTTON_NORMAL))
        s->weights = (s->weights + 1) % n;
    ui_tooltip(ui, next, _("The next layer"));
}

void train_weights_draw(const struct view *v, struct train_view_state *s, struct rect r)
{
    enum { LAYERS_MOST = 256 };
    struct ui *ui = v->ui;
    struct rect in = train_card(v, r);
    int list[LAYERS_MOST], n = layers_with_weights(v->snap->net, list, LAYERS_MOST);
    if (n == 0) {
        train_card_title(v, &in, _("weights, live"), NULL, 0);
        train_card_say(v, in, _("No layer of this network has weights."));
        return;
    }
    struct weights t;
    char line[200], number[48];
    s->weights = s->weights < n ? s->weights : 0;
    lay(&t, v->snap->net, list[s->weights]);
    snprintf(line, sizeof line, "%s · %s · ±%s", t.layer->name, t.what,
             view_number(v->snap, (double)scale_limit(t.numbers, (int)t.param->count), number,
                         sizeof number));
    struct rect right =
        train_card_title(v, &in, _("weights, live"), line, n > 1 ? 2 * ui_px(ui, 40) : 0);
    if (n > 1)
        turn(v, s, right, n);
    if (in.h > ui_px(ui, 20))
        draw_tiles(v, &t, in);
}
