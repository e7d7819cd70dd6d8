#include "glassnet/ui/draw_check.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/ui/raster.h"

static void fault(struct draw_report *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void fault(struct draw_report *r, const char *format, ...)
{
    size_t have = strlen(r->text), room = sizeof r->text - have;
    r->faults++;
    va_list args;
    va_start(args, format);
    int n = vsnprintf(r->text + have, room, format, args);
    va_end(args);
    /* A line that does not fit whole is left out. */
    if (n < 0 || (size_t)n + 2 > room) {
        r->text[have] = 0;
        return;
    }
    strcpy(r->text + have + n, "\n");
}

static const char *text_of_cmd(const struct draw_list *d, const struct draw_cmd *c)
{
    return draw_cmd_data(d, c);
}

static const char *tag_of(const struct draw_list *d, const struct draw_cmd *c)
{
    const char *tag = draw_cmd_tag(d, c);
    return tag ? tag : "-";
}

/* Where the ink of a line of text usually is: capitals and digits above, tails below. */
static struct rect ink_box(const struct draw_list *d, const struct draw_cmd *c)
{
    float cap = font_cap_height(d->fonts, (enum font_face)c->face, c->px);
    return rect_of(c->x, c->y - cap, c->w, cap + 0.12f * (float)c->px);
}

static bool rect_covers(struct rect a, struct rect b)
{
    return a.x <= b.x && a.y <= b.y && a.x + a.w >= b.x + b.w && a.y + a.h >= b.y + b.h;
}

/* True when an opaque box drawn after command `from` and before `to` hides r. */
static bool is_covered(const struct draw_list *d, struct rect r, int from, int to)
{
    for (int k = from + 1; k < to; k++) {
        const struct draw_cmd *c = &d->cmds[k];
        bool box = c->kind == DRAW_RECT || c->kind == DRAW_ROUND || c->kind == DRAW_HATCH;
        if (box && c->colour >> 24 == 255 && rect_covers(draw_cmd_bounds(d, c), r))
            return true;
    }
    return false;
}

/* True when a veil lies over it: the text is out of play while an overlay is open. */
static bool is_veiled(const struct draw_list *d, struct rect r, int from)
{
    for (int k = from + 1; k < d->n_cmds; k++)
        if (strcmp(tag_of(d, &d->cmds[k]), "veil") == 0 &&
            rect_covers(draw_cmd_bounds(d, &d->cmds[k]), r))
            return true;
    return false;
}

/* Indices of the text commands that can be seen, from malloc. */
static int *visible_texts(const struct draw_list *d, int *n)
{
    int *found = mem_zalloc((size_t)d->n_cmds + 1, sizeof *found);
    *n = 0;
    for (int i = 0; i < d->n_cmds; i++) {
        if (d->cmds[i].kind != DRAW_TEXT)
            continue;
        struct rect seen = rect_intersect(ink_box(d, &d->cmds[i]), d->clips[d->cmds[i].clip]);
        if (!rect_is_empty(seen) && !is_covered(d, seen, i, d->n_cmds) && !is_veiled(d, seen, i))
            found[(*n)++] = i;
    }
    return found;
}

/* Popups and tooltips may lie over text. */
static bool is_popup(const struct draw_list *d, const struct draw_cmd *c)
{
    const char *tag = tag_of(d, c);
    return strcmp(tag, "popup") == 0 || strcmp(tag, "tooltip") == 0 || strcmp(tag, "message") == 0;
}

/* Does a later one lie over a part of r? Then that text is out of play until it goes. */
static bool is_behind_popup(const struct draw_list *d, struct rect r, int from)
{
    for (int k = from + 1; k < d->n_cmds; k++)
        if (d->cmds[k].kind == DRAW_RECT && is_popup(d, &d->cmds[k]) &&
            rect_overlaps(draw_cmd_bounds(d, &d->cmds[k]), r))
            return true;
    return false;
}

/* The later opaque box that hides a part of r but not all, NULL when there is none. */
static const struct draw_cmd *half_hidden_by(const struct draw_list *d, struct rect r, int from)
{
    for (int k = from + 1; k < d->n_cmds; k++) {
        const struct draw_cmd *c = &d->cmds[k];
        bool box = c->kind == DRAW_RECT || c->kind == DRAW_ROUND || c->kind == DRAW_HATCH;
        if (!box || c->colour >> 24 != 255 || is_popup(d, c))
            continue;
        struct rect hidden = rect_intersect(draw_cmd_bounds(d, c), r);
        /* A caret or an underline covers text on purpose. */
        float thick = fmaxf(6, r.h * 0.25f);
        if (hidden.w > thick && hidden.h > thick)
            return c;
    }
    return NULL;
}

static void check_one(const struct draw_list *d, int i, struct draw_report *report)
{
    const struct draw_cmd *c = &d->cmds[i];
    const float slack = 1;
    struct rect clip = rect_inset(d->clips[c->clip], -slack), ink = ink_box(d, c);
    if (c->flags & TEXT_SCROLLS) {
        clip.y = ink.y;
        clip.h = ink.h;
    }
    if (!rect_covers(clip, ink) && !(c->flags & TEXT_MAY_CUT))
        fault(report, "sticks out: \"%s\" [%s] at %.0f, %.0f", text_of_cmd(d, c), tag_of(d, c),
              (double)c->x, (double)c->y);
    struct rect seen = rect_intersect(ink_box(d, c), d->clips[c->clip]);
    const struct draw_cmd *cover = half_hidden_by(d, seen, i);
    if (cover)
        fault(report, "half hidden: \"%s\" [%s] at %.0f, %.0f behind a box at %.0f, %.0f",
              text_of_cmd(d, c), tag_of(d, c), (double)c->x, (double)c->y, (double)cover->x,
              (double)cover->y);
    if (c->flags & TEXT_WAS_CUT && !(c->flags & TEXT_MAY_CUT))
        fault(report, "cut: \"%s\" [%s] at %.0f, %.0f", text_of_cmd(d, c), tag_of(d, c),
              (double)c->x, (double)c->y);
}

static void check_pair(const struct draw_list *d, int i, int j, struct draw_report *report)
{
    const struct draw_cmd *a = &d->cmds[i], *b = &d->cmds[j];
    if ((a->flags | b->flags) & TEXT_MAY_OVERLAP)
        return;
    struct rect both = rect_intersect(rect_intersect(ink_box(d, a), d->clips[a->clip]),
                                      rect_intersect(ink_box(d, b), d->clips[b->clip]));
    if (both.w < 1 || both.h < 1 || is_covered(d, both, i, j))
        return;
    fault(report, "overlap: \"%s\" [%s] and \"%s\" [%s] at %.0f, %.0f", text_of_cmd(d, a),
          tag_of(d, a), text_of_cmd(d, b), tag_of(d, b), (double)both.x, (double)both.y);
}

int draw_list_check_text(const struct draw_list *d, struct draw_report *report)
{
    memset(report, 0, sizeof *report);
    int n;
    int *texts = visible_texts(d, &n);
    for (int i = 0; i < n; i++) {
        check_one(d, texts[i], report);
        for (int j = i + 1; j < n; j++)
            check_pair(d, texts[i], texts[j], report);
    }
    free(texts);
    return report->faults;
}

/* The part of the pixels of `box` against which colour c has too little contrast. */
static float weak_part(const struct raster *r, struct rect box, struct colour c, float least)
{
    struct rect b = rect_intersect(rect_snap(box), rect_of(0, 0, (float)r->w, (float)r->h));
    int weak = 0, all = 0;
    for (int y = (int)b.y; y < (int)(b.y + b.h); y++)
        for (int x = (int)b.x; x < (int)(b.x + b.w); x++, all++) {
            struct colour ground = colour_unpack(r->pixels[(long)y * r->w + x]);
            weak += colour_contrast(colour_over(c, ground), ground) < least;
        }
    return all ? (float)weak / (float)all : 0;
}

int draw_list_check_contrast(const struct draw_list *d, float least, struct draw_report *report)
{
    struct raster r;
    int before = report->faults, n;
    if (!raster_init(&r, (int)d->screen.w, (int)d->screen.h, NULL))
        return 0;
    r.no_text = true;
    raster_draw(&r, d);
    int *texts = visible_texts(d, &n);
    for (int i = 0; i < n; i++) {
        const struct draw_cmd *c = &d->cmds[texts[i]];
        struct rect seen = rect_intersect(ink_box(d, c), d->clips[c->clip]);
        if (is_behind_popup(d, seen, texts[i]))
            continue;
        float weak = weak_part(&r, seen, colour_unpack(c->colour), least);
        if (weak > 0.2f)
            fault(report, "contrast: \"%s\" [%s] at %.0f, %.0f: below %.1f:1 on %.0f %% of it",
                  text_of_cmd(d, c), tag_of(d, c), (double)c->x, (double)c->y, (double)least,
                  (double)(weak * 100));
    }
    free(texts);
    raster_deinit(&r);
    return report->faults - before;
}

int draw_list_check_size(const struct draw_list *d, int least_px, struct draw_report *report)
{
    int before = report->faults;
    for (int i = 0; i < d->n_cmds; i++) {
        const struct draw_cmd *c = &d->cmds[i];
        if (c->kind == DRAW_TEXT && c->px < least_px)
            fault(report, "small: \"%s\" [%s] is %d px, at least %d expected", text_of_cmd(d, c),
                  tag_of(d, c), c->px, least_px);
    }
    return report->faults - before;
}
