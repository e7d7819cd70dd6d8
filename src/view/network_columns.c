/* Plates of pictures, kernels, vectors and rows of weights. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "network_layout.h"

/* How n tiles of w x h cells go best into `area`: columns of tiles and pixels a cell. */
struct tiling {
    int across, down;
    float cell, gap;
};

static struct tiling tile(struct rect area, int n, int w, int h, float gap)
{
    struct tiling best = {1, n, 0, gap};
    for (int across = 1; across <= n; across++) {
        int down = (n + across - 1) / across;
        float cw = (area.w - (float)(across - 1) * gap) / (float)(across * w);
        float ch = (area.h - (float)(down - 1) * gap) / (float)(down * h);
        float cell = fminf(cw, ch);
        if (cell > best.cell)
            best = (struct tiling){across, down, cell, gap};
    }
    /* Whole pixels a cell where that costs little: every cell is then the same size. */
    if (best.cell >= 6)
        best.cell = floorf(best.cell);
    return best;
}

static struct rect tile_rect(struct rect content, const struct tiling *t, int i, int w, int h)
{
    float pw = t->cell * (float)w + t->gap, ph = t->cell * (float)h + t->gap;
    return (struct rect){content.x + (float)(i % t->across) * pw,
                         content.y + (float)(i / t->across) * ph, t->cell * (float)w,
                         t->cell * (float)h};
}

static struct rect tiles_content(struct rect area, const struct tiling *t, int w, int h)
{
    float pw = (float)t->across * (t->cell * (float)w + t->gap) - t->gap;
    float ph = (float)t->down * (t->cell * (float)h + t->gap) - t->gap;
    return rect_centre(area, pw, ph);
}

/* The room for plates: the column without its caption above and its scale below. */
static struct rect content_area(const struct layout *l, const struct column *c)
{
    struct rect r = c->rect;
    rect_cut_top(&r, (float)l->title_px * (l->staggered ? 3.0f : 1.5f) +
                         (l->subtitles ? (float)l->small_px * 1.4f : 0));
    rect_cut_bottom(&r, (float)l->small_px * 1.9f);
    return r;
}

/* Where a title may stand: above its column, or between the middles of its neighbours. */
static struct rect title_rect(const struct layout *l, const struct column *c, float y, float h)
{
    struct rect r = {c->rect.x, y, c->rect.w + 1, h};
    int i = (int)(c->place - l->columns);
    if (!l->staggered)
        return r;
    float left = l->area.x, right = l->area.x + l->area.w;
    if (i > 0)
        left = rect_middle(l->columns[i - 1].rect).x;
    if (i + 1 < l->count)
        right = rect_middle(l->columns[i + 1].rect).x;
    float half = fminf(rect_middle(c->rect).x - left, right - rect_middle(c->rect).x);
    float middle = rect_middle(c->rect).x;
    return (struct rect){middle - half, l->area.y + (i % 2 ? h : 0), 2 * half, h};
}

void column_caption(struct layout *l, const struct column *c, struct rect content, float limit,
                    bool scale)
{
    float small = (float)l->small_px * 1.35f, title = (float)l->title_px * 1.4f;
    float y = content.y - title - (l->subtitles ? small : 0) - 2;
    const struct program *p = l->view->snap->program;
    bool gradient = view_is_gradient(l->view->snap, c->tensor);
    scene_label(l->scene, title_rect(l, c, y, title), FONT_SANS_BOLD, l->title_px,
                ALIGN_CENTRE | TEXT_MAY_CUT, gradient ? LABEL_GRADIENT : LABEL_INK, c->title);
    if (l->subtitles && c->subtitle[0])
        scene_label(l->scene, (struct rect){c->rect.x, y + title, c->rect.w + 1, small}, FONT_MONO,
                    l->small_px, ALIGN_CENTRE | TEXT_MAY_CUT, LABEL_MUTED, c->subtitle);
    if (!scale || p->tensors[c->tensor].count == 0)
        return;
    struct rect below = {c->rect.x, content.y + content.h + 4, c->rect.w, small};
    float wide = fminf(below.w, ui_px(l->view->ui, 150));
    scene_legend(l->scene, rect_centre(below, wide, small), limit, gradient);
}

static int shown_first(const struct layout *l, const struct column *c, int n, int most)
{
    const struct cell sel = l->view->snap->selected;
    if (n <= most || !cell_is(sel))
        return 0;
    int place = scene_place(l->view->snap, sel.tensor);
    if (place < 0 || place != scene_place(l->view->snap, c->tensor))
        return 0;
    const struct tensor *t = &l->view->snap->program->tensors[c->tensor];
    int channel = (int)(sel.index % (size_t)t->shape.dim[t->shape.rank - 1]);
    int first = channel - most / 2;
    return first < 0 ? 0 : first > n - most ? n - most : first;
}

static void note_folded(struct column *c, int shown, int n)
{
    if (shown < n)
        snprintf(c->subtitle, sizeof c->subtitle, "%d … %d more", shown, n - shown);
}

static void place_maps(struct layout *l, struct column *c)
{
    const struct program *p = l->view->snap->program;
    const struct shape *s = &l->view->snap->net->layers[c->layer].out;
    int h = s->dim[0], w = s->dim[1], channels = s->dim[2];
    int n = channels < MAPS_MOST ? channels : MAPS_MOST;
    int first = shown_first(l, c, channels, MAPS_MOST);
    note_folded(c, n, channels);
    struct tiling t = tile(content_area(l, c), n, w, h, fmaxf(3, ui_px(l->view->ui, 5)));
    struct rect content = tiles_content(content_area(l, c), &t, w, h);
    float limit = layout_limit(l->view->snap, c->tensor);
    for (int i = 0; i < n; i++) {
        struct plate *plate =
            scene_plate(l->scene, PLATE_GRID, c->tensor, tile_rect(content, &t, i, w, h), h, w,
                        (size_t)(first + i), (size_t)(w * channels), (size_t)channels);
        plate->end = p->tensors[c->tensor].count;
        plate->limit = limit;
    }
    column_caption(l, c, content, limit, true);
}

/* Kernels of one channel lie in a grid; of several, a row a kernel and a column a channel. */
static void place_kernels(struct layout *l, struct column *c)
{
    const struct layer *layer = &l->view->snap->net->layers[c->layer];
    int h = layer->kernel_h, w = layer->kernel_w, channels = layer->in.dim[2];
    int kernels = layer->units;
    if (channels > SLICES_MOST / 4)
        channels = SLICES_MOST / 4;
    if (kernels * channels > SLICES_MOST)
        kernels = SLICES_MOST / channels;
    note_folded(c, kernels * channels, layer->units * layer->in.dim[2]);
    struct rect area = content_area(l, c);
    float gap = fmaxf(2, ui_px(l->view->ui, 4));
    struct tiling t;
    if (channels == 1) {
        t = tile(area, kernels, w, h, gap * 2);
    } else {
        float cw = (area.w - (float)(channels - 1) * gap) / (float)(channels * w);
        float ch = (area.h - (float)(kernels - 1) * gap) / (float)(kernels * h);
        t = (struct tiling){channels, kernels, fminf(cw, ch), gap};
        if (t.cell < 1.5f) {
            t.gap = 1;
            t.cell = fminf((area.w - (float)(channels - 1)) / (float)(channels * w),
                           (area.h - (float)(kernels - 1)) / (float)(kernels * h));
        }
    }
    struct rect content = tiles_content(area, &t, w, h);
    float limit = layout_limit(l->view->snap, c->tensor);
    size_t all = (size_t)layer->in.dim[2], slice = (size_t)(h * w) * all;
    for (int k = 0; k < kernels; k++)
        for (int ch = 0; ch < channels; ch++) {
            struct rect r = tile_rect(content, &t, k * channels + ch, w, h);
            scene_plate(l->scene, PLATE_GRID, c->tensor, r, h, w, (size_t)k * slice + (size_t)ch,
                        (size_t)w * all, all)
                ->limit = limit;
        }
    column_caption(l, c, content, limit, true);
}

/* n numbers from `base`, wrapped into columns as high as the area allows. */
static struct rect place_wrapped(struct layout *l, const struct column *c, struct rect area,
                                 size_t base, int n, float limit)
{
    float cell_h = ui_px(l->view->ui, 9);
    int down = (int)(area.h / fmaxf(cell_h, 4));
    down = down < 1 ? 1 : down > n ? n : down;
    int across = (n + down - 1) / down;
    down = (n + across - 1) / across;
    float h = fminf(area.h / (float)down, ui_px(l->view->ui, 26));
    float w = fminf(area.w / (float)across, ui_px(l->view->ui, across > 1 ? 26 : 64));
    struct rect r = rect_centre(area, w * (float)across, h * (float)down);
    struct plate *p =
        scene_plate(l->scene, PLATE_GRID, c->tensor, r, down, across, base, 1, (size_t)down);
    p->end = base + (size_t)n;
    p->limit = limit;
    return p->rect;
}

static void place_vector(struct layout *l, struct column *c)
{
    int n = (int)l->view->snap->program->tensors[c->tensor].count;
    float limit = layout_limit(l->view->snap, c->tensor);
    int most = 4096;
    note_folded(c, n < most ? n : most, n);
    struct rect r = place_wrapped(l, c, content_area(l, c), 0, n < most ? n : most, limit);
    column_caption(l, c, r, limit, true);
}

/* One row of a dense W in the form of what it reads: maps stay maps. */
static void place_row(struct layout *l, struct column *c)
{
    const struct net *net = l->view->snap->net;
    const struct layer *layer = &net->layers[c->layer];
    int from = layer->from[0];
    while (from > 0 &&
           (net->layers[from].kind == LAYER_FLATTEN || net->layers[from].kind == LAYER_ACTIVATION))
        from = net->layers[from].from[0];
    const struct shape *s = &net->layers[from].out;
    size_t in = shape_count(s);
    int unit = l->unit < layer->units ? l->unit : 0;
    snprintf(c->subtitle, sizeof c->subtitle, "row %d/%d", unit, layer->units);
    float limit = layout_limit(l->view->snap, c->tensor);
    size_t base = (size_t)unit * in;
    struct rect area = content_area(l, c);
    if (s->rank < 3) {
        column_caption(l, c, place_wrapped(l, c, area, base, (int)in, limit), limit, true);
        return;
    }
    int h = s->dim[0], w = s->dim[1], channels = s->dim[2];
    int n = channels < MAPS_MOST ? channels : MAPS_MOST;
    struct tiling t = tile(area, n, w, h, fmaxf(2, ui_px(l->view->ui, 4)));
    struct rect content = tiles_content(area, &t, w, h);
    for (int i = 0; i < n; i++) {
        struct plate *p =
            scene_plate(l->scene, PLATE_GRID, c->tensor, tile_rect(content, &t, i, w, h), h, w,
                        base + (size_t)i, (size_t)(w * channels), (size_t)channels);
        p->end = base + in;
        p->limit = limit;
    }
    column_caption(l, c, content, limit, true);
}

/* The parameters of a batchnorm a channel, and the statistics it uses: the batch's own, or the
 * running ones. */
static void place_params(struct layout *l, struct column *c)
{
    static const char *const own[] = {"gamma", "beta", "mu", "sigma2"};
    static const char *const running[] = {"gamma", "beta", "mean", "var"};
    static const char *const signs[] = {"γ", "β", "μ", "σ²"};
    enum { PARTS = 4 };
    const struct program *p = l->view->snap->program;
    const struct layer *layer = &l->view->snap->net->layers[c->layer];
    const char *const *names = layout_runs(l->view->snap) ? running : own;
    float line = (float)l->small_px * 1.35f;
    struct rect area = content_area(l, c), all = {0};
    for (int k = 0; k < PARTS; k++) {
        char name[160];
        snprintf(name, sizeof name, "%s.%s", layer->name, names[k]);
        int t = program_find(p, name);
        if (t < 0)
            continue;
        struct column part = *c;
        part.tensor = layout_shown_tensor(l->view, t);
        struct rect slot = rect_column(area, PARTS, k, ui_px(l->view->ui, 4)), r = slot;
        rect_cut_bottom(&r, line);
        r = place_wrapped(l, &part, r, 0, (int)p->tensors[t].count,
                          layout_limit(l->view->snap, part.tensor));
        scene_label(l->scene, (struct rect){slot.x, r.y + r.h + 2, slot.w, line}, FONT_MONO,
                    l->small_px, ALIGN_CENTRE | TEXT_MAY_CUT, LABEL_MUTED, signs[k]);
        all = all.w > 0 ? rect_union(all, r) : r;
    }
    column_caption(l, c, all.w > 0 ? all : area, 1, false);
}

void column_place(struct layout *l, struct column *c)
{
    c->first_plate = l->scene->plate_count;
    c->place = c;
    switch (c->kind) {
    case COLUMN_MAPS:
        place_maps(l, c);
        break;
    case COLUMN_KERNELS:
        place_kernels(l, c);
        break;
    case COLUMN_UNITS:
        column_place_units(l, c);
        break;
    case COLUMN_VECTOR:
        place_vector(l, c);
        break;
    case COLUMN_ROW:
        place_row(l, c);
        break;
    case COLUMN_OUTPUT:
        column_place_output(l, c);
        break;
    case COLUMN_PARAMS:
        place_params(l, c);
        break;
    case COLUMN_LOSS:
        column_place_loss(l, c);
        break;
    }
    c->plates = l->scene->plate_count - c->first_plate;
}
