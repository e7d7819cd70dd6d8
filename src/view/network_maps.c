/* Plates of pictures, feature maps and kernels; the one that is read, enlarged. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"
#include "network_layout.h"

struct tiling tile(struct rect area, int n, int w, int h, float gap)
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

struct rect tile_rect(struct rect content, const struct tiling *t, int i, int w, int h)
{
    float pw = t->cell * (float)w + t->gap, ph = t->cell * (float)h + t->gap;
    return (struct rect){content.x + (float)(i % t->across) * pw,
                         content.y + (float)(i / t->across) * ph, t->cell * (float)w,
                         t->cell * (float)h};
}

struct rect tiles_content(struct rect area, const struct tiling *t, int w, int h)
{
    float pw = (float)t->across * (t->cell * (float)w + t->gap) - t->gap;
    float ph = (float)t->down * (t->cell * (float)h + t->gap) - t->gap;
    return rect_centre(area, pw, ph);
}

bool column_enlarges(const struct layout *l, const struct column *c)
{
    const struct net *net = l->view->snap->net;
    if (!c->focus || c->opened || c->repeats)
        return false;
    if (c->kind == COLUMN_MAPS)
        return c->one_part && net->layers[c->layer].out.dim[2] > 1;
    return c->kind == COLUMN_KERNELS;
}

static float caption_line(const struct layout *l)
{
    return (float)l->small_px * 1.45f;
}

/* Room for a w x h picture beside or below the small ones, whichever lets it be larger. */
static struct rect cut_large(const struct layout *l, struct rect *area, int w, int h)
{
    const float share = 0.64f;
    float aspect = (float)w / (float)h, caption = 2 * caption_line(l) + ui_px(l->view->ui, 5);
    float gap = ui_px(l->view->ui, 12);
    float beside = fminf(area->w * share - gap, (area->h - caption) * aspect);
    float below = fminf(area->w, (area->h * share - caption - gap) * aspect);
    bool side = beside >= below;
    float width = floorf(fmaxf(side ? beside : below, ui_px(l->view->ui, 30)) / (float)w);
    width = fmaxf(1, width) * (float)w;
    struct rect r = side ? rect_cut_right(area, width + gap)
                         : rect_cut_bottom(area, width / aspect + caption + gap);
    rect_cut_left(&r, side ? gap : 0);
    r = rect_centre(r, width, width / aspect + caption);
    rect_cut_top(&r, caption); /* label_large fills it */
    return r;
}

/* How many maps of a column that is folded are shown: as many as can still be told apart. */
static int maps_that_fit(const struct layout *l, struct rect area, int n, int w, int h, float gap)
{
    const float least = ui_px(l->view->ui, 34);
    int wide = w > h ? w : h;
    while (n > 4 && tile(area, n, w, h, gap).cell * (float)wide < least)
        n -= n > 32 ? 4 : 1;
    return n;
}

/* The first of the n shown, so that the one in focus is among them. */
static int first_shown(const struct column *c, int near, int all, int n)
{
    if (!c->focus || near < n / 2)
        return 0;
    return near - n / 2 < all - n ? near - n / 2 : all - n;
}

static void note_folded(struct column *c, int shown, int all)
{
    c->folded = all - shown;
}

/* Half the width of the words over a large map or kernel at r. */
static float half_label(const struct layout *l, const struct column *c, struct rect r)
{
    float spare = ui_px(l->view->ui, 8), left = r.x + r.w / 2 - c->rect.x + spare;
    return fminf(left, c->rect.w + 2 * spare - left);
}

static void label_large(struct layout *l, const struct column *c, struct rect r, const char *name,
                        const char *more)
{
    float line = caption_line(l), half = half_label(l, c, r);
    float frame = ui_px(l->view->ui, 5); /* of the selected cell, when it lies in the first row */
    struct rect at = {r.x + r.w / 2 - half, r.y - 2 * line - frame, 2 * half, line};
    scene_label(l->scene, at, FONT_SANS_BOLD, l->small_px, ALIGN_CENTRE | TEXT_MAY_CUT, LABEL_INK,
                name);
    at.y += line;
    scene_label(l->scene, at, FONT_MONO, l->small_px, ALIGN_CENTRE | TEXT_MAY_CUT, LABEL_MUTED,
                more);
}

/* "filled so far 231 / 576" while it is, else how large it is. */
static void map_progress(const struct layout *l, const struct plate *p, float room, char *out,
                         size_t size)
{
    int done = 0, all = p->rows * p->cols;
    for (int row = 0; row < p->rows; row++)
        for (int col = 0; col < p->cols; col++)
            done += view_is_done(l->view, plate_cell(l->scene, p, row, col));
    bool under_way = done > 0 && done < all;
    if (under_way)
        snprintf(out, size, _("filled %d / %d"), done, all);
    if (under_way && font_width(l->view->ui->fonts, FONT_MONO, l->small_px, out) > room)
        snprintf(out, size, "%d / %d", done, all);
    if (!under_way)
        snprintf(out, size, "%d×%d", p->rows, p->cols);
}

static struct plate *map_plate(struct layout *l, const struct column *c, const struct shape *s,
                               int channel, struct rect r, float limit)
{
    size_t all = (size_t)s->dim[2];
    struct plate *p = scene_plate(l->scene, PLATE_GRID, c->tensor, r, s->dim[0], s->dim[1],
                                  (size_t)channel, (size_t)s->dim[1] * all, all);
    p->end = shape_count(s);
    p->limit = limit;
    return p;
}

static void place_large_map(struct layout *l, struct column *c, const struct shape *s,
                            struct rect r, float limit)
{
    char name[32], more[48];
    int channel = (int)(c->near.index % (size_t)s->dim[2]);
    struct plate *p = map_plate(l, c, s, channel, r, limit);
    p->large = true;
    map_progress(l, p, 2 * half_label(l, c, r), more, sizeof more);
    snprintf(name, sizeof name, _("map %d"), channel);
    label_large(l, c, r, name, more);
}

void column_place_maps(struct layout *l, struct column *c)
{
    const struct shape *s = &l->view->snap->net->layers[c->layer].out;
    int h = s->dim[0], w = s->dim[1], channels = s->dim[2];
    float limit = layout_limit(l->view->snap, c->tensor), gap = fmaxf(3, ui_px(l->view->ui, 5));
    struct rect area = column_content(l, c), large = {0}, content;
    if (column_enlarges(l, c))
        large = cut_large(l, &area, w, h);
    bool colour = c->layer == 0 && channels == 3 && c->tensor == c->value;
    int most = channels < MAPS_MOST ? channels : MAPS_MOST;
    int n = c->opened ? most : maps_that_fit(l, area, most, w, h, gap);
    int near = c->focus ? (int)(c->near.index % (size_t)channels) : 0;
    int first = first_shown(c, near, channels, n);
    struct tiling t = tile(area, n + colour, w, h, gap);
    content = tiles_content(area, &t, w, h);
    if (colour)
        scene_plate(l->scene, PLATE_COLOUR, c->tensor, tile_rect(content, &t, 0, w, h), h, w, 0,
                    (size_t)(w * channels), (size_t)channels);
    for (int i = 0; i < n; i++)
        map_plate(l, c, s, first + i, tile_rect(content, &t, i + colour, w, h), limit);
    note_folded(c, n, channels);
    if (large.w > 0) {
        place_large_map(l, c, s, large, limit);
        content = rect_union(content, large);
    }
    column_caption(l, c, content, limit, true);
}

/* Kernels of one channel lie in a grid; of several, a row a kernel and a column a channel. */
struct kernels {
    int h, w, channels, units;
    int shown_units, shown_channels;
    int first_unit, first_channel;
    struct tiling t;
};

/* Slices are folded away where they would be too small to be told apart. */
static void fold_kernels(const struct layout *l, const struct column *c, struct rect area,
                         struct kernels *k)
{
    float gap = fmaxf(2, ui_px(l->view->ui, 4));
    float cell = fmaxf(2, ui_px(l->view->ui, c->opened ? 1 : 3));
    float pw = cell * (float)k->w + gap, ph = cell * (float)k->h + gap;
    int across = (int)fmaxf(1, (area.w + gap) / pw), down = (int)fmaxf(1, (area.h + gap) / ph);
    if (c->opened)
        across = down = SLICES_MOST;
    if (k->channels == 1) {
        k->shown_units = k->units < across * down ? k->units : across * down;
        k->shown_units = k->shown_units < SLICES_MOST ? k->shown_units : SLICES_MOST;
        k->shown_channels = 1;
        k->t = tile(area, k->shown_units, k->w, k->h, gap * 2);
        return;
    }
    k->shown_channels = k->channels < across ? k->channels : across;
    k->shown_units = k->units < down ? k->units : down;
    int most = SLICES_MOST / k->shown_channels;
    k->shown_units = k->shown_units < most ? k->shown_units : most < 1 ? 1 : most;
    float cw = (area.w - (float)(k->shown_channels - 1) * gap) / (float)(k->shown_channels * k->w);
    float ch = (area.h - (float)(k->shown_units - 1) * gap) / (float)(k->shown_units * k->h);
    k->t = (struct tiling){k->shown_channels, k->shown_units, fmaxf(0.5f, fminf(cw, ch)), gap};
}

static struct plate *slice_plate(struct layout *l, const struct column *c, const struct kernels *k,
                                 int unit, int channel, struct rect r, float limit)
{
    size_t all = (size_t)k->channels, slice = (size_t)(k->h * k->w) * all;
    size_t base = (size_t)unit * slice + (size_t)channel;
    struct plate *p =
        scene_plate(l->scene, PLATE_GRID, c->tensor, r, k->h, k->w, base, (size_t)k->w * all, all);
    p->end = base / slice * slice + slice;
    p->limit = limit;
    return p;
}

/* "b 0.020": what the sum starts with. */
static void kernel_bias(const struct layout *l, const struct column *c, int unit, char *out,
                        size_t size)
{
    const struct snapshot *s = l->view->snap;
    char name[160], number[48];
    snprintf(name, sizeof name, "%s.b", s->net->layers[c->layer].name);
    struct cell b = {program_find(s->program, name), 0, (size_t)unit};
    out[0] = 0;
    if (cell_is(b) && !view_is_hidden(l->view, b))
        snprintf(out, size, "b %s", view_number(s, (double)cell_value(s->trace, b), number, 48));
}

static void place_large_kernel(struct layout *l, struct column *c, const struct kernels *k,
                               struct rect r, float limit)
{
    char name[64], more[64];
    size_t all = (size_t)k->channels, slice = (size_t)(k->h * k->w) * all;
    int unit = (int)(c->near.index / slice), channel = (int)(c->near.index % all);
    slice_plate(l, c, k, unit, channel, r, limit)->large = true;
    if (all > 1)
        snprintf(name, sizeof name, _("kernel %d, ch. %d"), unit, channel);
    else
        snprintf(name, sizeof name, _("kernel %d"), unit);
    kernel_bias(l, c, unit, more, sizeof more);
    label_large(l, c, r, name, more);
}

void column_place_kernels(struct layout *l, struct column *c)
{
    const struct layer *layer = &l->view->snap->net->layers[c->layer];
    struct kernels k = {
        layer->kernel_h, layer->kernel_w, layer->in.dim[2], layer->units, 0, 0, 0, 0, {0}};
    struct rect area = column_content(l, c), large = {0};
    if (column_enlarges(l, c)) {
        /* cells wide enough for their numbers */
        int wide = (int)((float)k.w * 2.2f + 0.5f);
        large = cut_large(l, &area, wide, k.h);
    }
    fold_kernels(l, c, area, &k);
    if (c->focus) {
        size_t all = (size_t)k.channels, slice = (size_t)(k.h * k.w) * all;
        k.first_unit = first_shown(c, (int)(c->near.index / slice), k.units, k.shown_units);
        k.first_channel = first_shown(c, (int)(c->near.index % all), k.channels, k.shown_channels);
    }
    note_folded(c, k.shown_units * k.shown_channels, k.units * k.channels);
    struct rect content = tiles_content(area, &k.t, k.w, k.h);
    float limit = layout_limit(l->view->snap, c->tensor);
    for (int i = 0; i < k.shown_units * k.shown_channels; i++)
        slice_plate(l, c, &k, k.first_unit + i / k.shown_channels,
                    k.first_channel + i % k.shown_channels, tile_rect(content, &k.t, i, k.w, k.h),
                    limit);
    if (large.w > 0) {
        place_large_kernel(l, c, &k, large, limit);
        content = rect_union(content, large);
    }
    column_caption(l, c, content, limit, true);
}
