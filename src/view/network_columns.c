/* What all columns share, captions, scales, words that open and fold; and columns of vectors and
 * rows of weights. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "network_layout.h"
#include "title.h"

static float title_height(const struct layout *l)
{
    return (float)l->title_px * 1.4f + (l->subtitles ? (float)l->small_px * 1.35f : 0) + 4;
}

static float line_height(const struct layout *l)
{
    return (float)l->small_px * 1.4f;
}

/* Long rows of kernels, maps and units may be folded: their word stands below the scale. */
static bool may_fold(const struct column *c)
{
    return (c->kind == COLUMN_MAPS || c->kind == COLUMN_KERNELS ||
            (c->kind == COLUMN_VECTOR && c->opened)) &&
           !c->repeats;
}

bool column_reads(const struct layout *l, const struct column *c)
{
    const struct snapshot *s = l->view->snap;
    return s->probabilities && !c->repeats &&
           (c->kind == COLUMN_UNITS || c->kind == COLUMN_VECTOR) &&
           c->value == s->program->layer_out[s->net->layer_count - 1];
}

/* A word below one column of circles: the circles beside it keep level with those above it. */
static bool row_reads(const struct layout *l, const struct column *c)
{
    for (int k = 0; k < l->count; k++)
        if (l->columns[k].row == c->row && column_reads(l, &l->columns[k]))
            return true;
    return false;
}

struct rect column_content(const struct layout *l, const struct column *c)
{
    struct rect r = c->rect;
    rect_cut_top(&r, title_height(l) + (l->lane[c->row] ? ui_px(l->view->ui, 34) : 0));
    rect_cut_bottom(&r, line_height(l) * (may_fold(c) || row_reads(l, c) ? 2.3f : 1.3f));
    return r;
}

static void fold_word(struct layout *l, const struct column *c, struct rect content, bool scale)
{
    char text[48], count[32];
    if (!may_fold(c) || (c->folded == 0 && !c->opened))
        return;
    if (c->opened)
        snprintf(text, sizeof text, _("fold"));
    else
        snprintf(text, sizeof text, _("… %s more"), view_count(c->folded, count, sizeof count));
    float line = line_height(l), y = content.y + content.h + 4 + (scale ? line : 0);
    float wide = font_width(l->view->ui->fonts, FONT_SANS, l->small_px, text) + 4;
    if (wide > c->rect.w + ui_px(l->view->ui, 16)) { /* no room for the whole word */
        snprintf(text, sizeof text, "…");
        wide = fminf(c->rect.w, (float)l->small_px * 1.5f);
    }
    scene_fold(l->scene, rect_centre((struct rect){c->rect.x, y, c->rect.w, line}, wide, line),
               c->value, !c->opened, text);
}

/* How far a title sticks out to both sides of its column: as far as it needs, and as the titles
 * beside it leave room. */
static float title_margin(const struct layout *l, const struct column *c)
{
    struct fonts *fonts = l->view->ui->fonts;
    float needed = font_width(fonts, FONT_SANS_BOLD, l->title_px, c->title) + 1 - c->rect.w;
    float margin = fmaxf(4, needed / 2), apart = (float)l->title_px * 0.35f;
    for (int k = 0; k < l->count; k++) {
        const struct column *o = &l->columns[k];
        if (o->row != c->row || o->rect.x == c->rect.x)
            continue;
        float between = o->rect.x > c->rect.x ? o->rect.x - c->rect.x - c->rect.w
                                              : c->rect.x - o->rect.x - o->rect.w;
        float theirs = font_width(fonts, FONT_SANS_BOLD, l->title_px, o->title) - o->rect.w;
        margin = fminf(margin, theirs < 0 ? between - theirs / 2 - apart : (between - apart) / 2);
    }
    return fmaxf(0, margin);
}

/* Would the same letters of another column's title be left? */
static bool is_mistaken(const struct layout *l, const struct column *c, int head, int tail,
                        const char *text)
{
    char other[96];
    for (int k = 0; k < l->count; k++)
        if (strcmp(l->columns[k].title, c->title) != 0 &&
            strcmp(title_leave_out(l->columns[k].title, head, tail, other, sizeof other), text) ==
                0)
            return true;
    return false;
}

/* The title, or as much of it as fits: more of its end than of its beginning, in which layers of a
 * kind are alike, and what tells it from the other titles. */
static char *fit_title(const struct layout *l, const struct column *c, float width, char *out,
                       size_t size)
{
    struct fonts *fonts = l->view->ui->fonts;
    char text[96];
    snprintf(out, size, "%s", c->title);
    if (font_width(fonts, FONT_SANS_BOLD, l->title_px, out) <= width)
        return out;
    bool found = false;
    for (int letters = (int)strlen(c->title) - 1; letters > 0; letters--)
        for (int head = (letters + 1) / 3; head >= 0; head--) {
            title_leave_out(c->title, head, letters - head, text, sizeof text);
            if (font_width(fonts, FONT_SANS_BOLD, l->title_px, text) > width)
                continue;
            bool own = !is_mistaken(l, c, head, letters - head, text);
            if (own || !found)
                snprintf(out, size, "%s", text);
            found = true;
            if (own)
                return out;
        }
    return out;
}

void column_caption(struct layout *l, const struct column *c, struct rect content, float limit,
                    bool scale)
{
    float small = (float)l->small_px * 1.35f, title = (float)l->title_px * 1.4f;
    const struct program *p = l->view->snap->program;
    bool gradient = view_is_gradient(l->view->snap, c->tensor);
    float margin = title_margin(l, c);
    struct rect r = {c->rect.x - margin, c->rect.y, c->rect.w + 2 * margin, title};
    char text[96];
    enum label_colour colour = gradient ? LABEL_GRADIENT : LABEL_INK;
    scene_label(l->scene, r, FONT_SANS_BOLD, l->title_px, ALIGN_CENTRE | TEXT_MAY_CUT,
                c->repeats ? LABEL_MUTED : colour, fit_title(l, c, r.w, text, sizeof text));
    if (l->subtitles && c->subtitle[0] && !c->repeats)
        scene_label(l->scene, (struct rect){r.x, r.y + title, r.w, small}, FONT_MONO, l->small_px,
                    ALIGN_CENTRE | TEXT_MAY_CUT, LABEL_MUTED, c->subtitle);
    bool scaled = scale && p->tensors[c->tensor].count > 0 && !c->repeats;
    fold_word(l, c, content, scaled);
    if (!scaled)
        return;
    struct rect below = {c->rect.x, content.y + content.h + 4, c->rect.w, small};
    float wide = fminf(below.w, ui_px(l->view->ui, 150));
    scene_legend(l->scene, rect_centre(below, wide, small), limit, gradient);
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

/* Cells one below the other with "… N more" between: the first, the last, and those around the
 * one in focus. */
struct pieces {
    int count;
    int from[3], end[3];
};

static struct pieces fold_units(const struct column *c, int n, int lines)
{
    struct pieces p = {1, {0}, {n}};
    if (n <= lines)
        return p;
    int near = c->focus ? (int)(c->near.index % (size_t)n) : 0;
    int rest = lines - 1 > 2 ? lines - 1 : 2, head = (rest + 1) / 2;
    if (near < head || near >= n - (rest - head))
        return (struct pieces){2, {0, n - (rest - head)}, {head, n}};
    rest = lines - 2 > 3 ? lines - 2 : 3;
    int edge = rest / 4 > 0 ? rest / 4 : 1, middle = rest - 2 * edge;
    int from = near - middle / 2;
    from = from < edge ? edge : from > n - edge - middle ? n - edge - middle : from;
    return (struct pieces){3, {0, from, n - edge}, {edge, from + middle, n}};
}

static void place_pieces(struct layout *l, struct column *c, const struct pieces *p,
                         struct rect area, float pitch, float limit)
{
    float width = fminf(area.w, ui_px(l->view->ui, 76)), lines = 0, y = area.y;
    for (int k = 0; k < p->count; k++)
        lines += (float)(p->end[k] - p->from[k]) + (k ? 1 : 0);
    y += fmaxf(0, area.h - lines * pitch) / 2;
    struct rect all = {area.x + (area.w - width) / 2, y, width, lines * pitch};
    for (int k = 0; k < p->count; k++) {
        int hidden = k ? p->from[k] - p->end[k - 1] : 0;
        if (hidden > 0) {
            char text[48], count[32];
            snprintf(text, sizeof text, _("… %s more"), view_count(hidden, count, sizeof count));
            if (font_width(l->view->ui->fonts, FONT_SANS, l->small_px, text) > area.w + 12)
                snprintf(text, sizeof text, "… %s", count);
            scene_fold(l->scene, (struct rect){area.x - 6, y, area.w + 12, pitch}, c->value, true,
                       text);
            c->folded += hidden;
        }
        y += k ? pitch : 0;
        int rows = p->end[k] - p->from[k];
        struct plate *plate = scene_plate(l->scene, PLATE_GRID, c->tensor,
                                          (struct rect){all.x, y, width, pitch * (float)rows}, rows,
                                          1, (size_t)p->from[k], 1, 1);
        plate->end = (size_t)p->end[k];
        plate->limit = limit;
        y += pitch * (float)rows;
    }
    column_place_reading(l, c, all);
    column_caption(l, c, all, limit, true);
}

void column_place_vector(struct layout *l, struct column *c)
{
    const int most = 4096;
    int n = (int)l->view->snap->program->tensors[c->tensor].count;
    float limit = layout_limit(l->view->snap, c->tensor), pitch = ui_px(l->view->ui, 27);
    struct rect area = column_content(l, c);
    if (c->opened) {
        c->folded = n > most ? n - most : 0;
        struct rect r = place_wrapped(l, c, area, 0, n < most ? n : most, limit);
        column_caption(l, c, r, limit, true);
        return;
    }
    int lines = (int)(area.h / pitch);
    struct pieces p = fold_units(c, n, lines < 5 ? 5 : lines);
    place_pieces(l, c, &p, area, fminf(pitch, area.h / 5), limit);
}

/* One row of a dense W in the form of what it reads: maps stay maps. */
void column_place_row(struct layout *l, struct column *c)
{
    const struct net *net = l->view->snap->net;
    const struct layer *layer = &net->layers[c->layer];
    const struct shape *s = &net->layers[layout_home(net, layer->from[0])].out;
    size_t in = shape_count(s);
    int unit = l->unit < layer->units ? l->unit : 0;
    snprintf(c->subtitle, sizeof c->subtitle, _("row %d/%d"), unit, layer->units);
    float limit = layout_limit(l->view->snap, c->tensor);
    size_t base = (size_t)unit * in;
    struct rect area = column_content(l, c);
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
void column_place_params(struct layout *l, struct column *c)
{
    static const char *const own[] = {"gamma", "beta", "mu", "sigma2"};
    static const char *const running[] = {"gamma", "beta", "mean", "var"};
    static const char *const signs[] = {"γ", "β", "μ", "σ²"};
    enum { PARTS = 4 };
    const struct program *p = l->view->snap->program;
    const struct layer *layer = &l->view->snap->net->layers[c->layer];
    const char *const *names = layout_runs(l->view->snap) ? running : own;
    float line = line_height(l);
    struct rect area = column_content(l, c), all = {0};
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
    static void (*const place[])(struct layout *, struct column *) = {
        [COLUMN_MAPS] = column_place_maps,     [COLUMN_KERNELS] = column_place_kernels,
        [COLUMN_UNITS] = column_place_units,   [COLUMN_VECTOR] = column_place_vector,
        [COLUMN_ROW] = column_place_row,       [COLUMN_OUTPUT] = column_place_output,
        [COLUMN_PARAMS] = column_place_params, [COLUMN_LOSS] = column_place_loss,
    };
    c->first_plate = l->scene->plate_count;
    place[c->kind](l, c);
    c->plates = l->scene->plate_count - c->first_plate;
}
