/* The chain rule in numbers: for each way from the selected number to the loss its slopes, in the
 * order in which the way meets them, and their product. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chain_own.h"
#include "glassnet/base/translate.h"

enum { FACTORS_MOST = 48 };

/* One slope of a way: its number, and what it is. */
struct part {
    char number[48], name[96];
    float width; /* of the wider of both, for its column */
};

struct line {
    int count;
    bool cut; /* there are more than fit into the list */
    bool hidden;
    struct part part[FACTORS_MOST];
};

static void factor_name(const struct view *v, const struct formula_factor *f, char *out,
                        size_t size)
{
    char name[200];
    if (cell_is(f->cell))
        snprintf(out, size, "%.90s", cell_title(v->snap->program, f->cell, name, sizeof name));
    else
        snprintf(out, size, "%s", f->symbol ? f->symbol : "");
}

static void put_part(const struct view *v, struct line *l, const struct formula_factor *f,
                     bool over)
{
    char number[48];
    if (l->count == FACTORS_MOST) {
        l->cut = true;
        return;
    }
    struct part *part = &l->part[l->count++];
    bool hidden = cell_is(f->cell) && view_is_hidden(v, f->cell);
    bool wait = cell_is(f->cell) && !view_is_done(v, f->cell);
    l->hidden = l->hidden || hidden || wait;
    view_number(v->snap, (double)f->value, number, sizeof number);
    if (hidden || wait)
        snprintf(number, sizeof number, "%s", hidden ? "?" : "…");
    snprintf(part->number, sizeof part->number, "%s%.40s%s",
             over                               ? "1/"
             : f->value < 0 && !hidden && !wait ? "("
                                                : "",
             number, !over && f->value < 0 && !hidden && !wait ? ")" : "");
    factor_name(v, f, part->name, sizeof part->name);
}

static void list_slopes(const struct view *v, const struct circuit *c,
                        const struct circuit_path *path, struct line *l)
{
    l->count = 0;
    l->cut = l->hidden = false;
    for (int k = 0; k < path->count; k++) {
        const struct slope *s = &c->wires[path->wire[k]].slope;
        for (int j = 0; j < s->count; j++)
            put_part(v, l, &s->factor[j], false);
        if (s->over)
            put_part(v, l, &s->divisor, true);
    }
    const struct gate *end = &c->gates[path->end];
    if (path->early && end->grad.how != BLAME_NONE) {
        struct formula_factor f = {.cell = end->grad.cell, .value = (float)end->grad.value};
        put_part(v, l, &f, false);
    }
    if (l->count == 0) {
        struct formula_factor f = {.cell = CELL_NONE, .value = 1};
        put_part(v, l, &f, false);
    }
}

struct look {
    const struct view *v;
    int px, small;
    float times; /* width of " × " */
};

/* Widths of the columns; false when the line is wider than there is room. */
static bool measure(const struct look *k, struct line *l, bool names, float room)
{
    float sum = 0;
    for (int i = 0; i < l->count; i++) {
        struct part *p = &l->part[i];
        p->width = font_width(k->v->ui->fonts, FONT_MONO, k->px, p->number) + 2;
        if (names)
            p->width =
                fmaxf(p->width, font_width(k->v->ui->fonts, FONT_MONO, k->small, p->name) + 2);
        sum += p->width + (i ? k->times : 0);
    }
    return sum <= room;
}

static void put_text(const struct look *k, enum font_face face, int px, struct rect *r,
                     struct colour c, const char *text)
{
    float w = font_width(k->v->ui->fonts, face, px, text) + 2;
    struct rect at = rect_cut_left(r, w);
    draw_text_in(k->v->ui->draw, face, px, at, ALIGN_LEFT | TEXT_MAY_CUT, c, text);
}

/* The factors side by side; as many from both ends as fit, with "… 3 more" between. */
static void draw_factors(const struct look *k, struct line *l, bool names, struct rect *r)
{
    const struct theme *t = k->v->ui->theme;
    int first = l->count, last = 0;
    float room = r->w - k->times * 4,
          more = font_width(k->v->ui->fonts, FONT_SANS, k->px, _("… 88 more")) + k->times;
    if (!measure(k, l, names, r->w)) {
        first = 0;
        for (int turn = 0; first + last < l->count; turn++) {
            float w = l->part[turn % 2 ? l->count - 1 - last : first].width + k->times;
            if (more + w > room)
                break;
            room -= w;
            last += turn % 2;
            first += !(turn % 2);
        }
    }
    for (int i = 0; i < l->count; i++) {
        if (i >= first && i < l->count - last) {
            char text[40];
            snprintf(text, sizeof text, _("… %d more"), l->count - last - first);
            struct rect here = *r;
            here.h /= names ? 2 : 1;
            put_text(k, FONT_MONO, k->px, &here, t->muted, i ? " ×" : "");
            put_text(k, FONT_SANS, k->small, &here, t->muted, text);
            rect_cut_left(r, here.x - r->x);
            i = l->count - last - 1;
            continue;
        }
        if (i) {
            struct rect sign = rect_cut_left(r, k->times);
            if (names)
                sign.h /= 2;
            draw_text_in(k->v->ui->draw, FONT_MONO, k->px, sign, ALIGN_CENTRE, t->muted, "×");
        }
        struct rect column = rect_cut_left(r, l->part[i].width), above = column;
        if (names)
            above = rect_cut_top(&column, column.h / 2);
        draw_text_in(k->v->ui->draw, FONT_MONO, k->px, above, ALIGN_CENTRE | TEXT_MAY_CUT, t->ink,
                     l->part[i].number);
        if (names)
            draw_text_in(k->v->ui->draw, FONT_MONO, k->small, column, ALIGN_CENTRE | TEXT_MAY_CUT,
                         t->muted, l->part[i].name);
    }
}

static float line_height(const struct view *v)
{
    return ui_px(v->ui, 28);
}

static bool has_rule(const struct chain_ways *w)
{
    return cell_is(w->subject) && cell_is(w->grad) && w->grad.tensor >= 0 && w->found > 0;
}

/* As many ways as leave the picture its room. */
static int ways_most(const struct view *v, float room)
{
    int lines = (int)(room / line_height(v)) - 2; /* the first way has two, the sum one */
    return lines < 0 ? 0 : lines < CHAIN_PATHS ? lines : CHAIN_PATHS;
}

/* The same for every selection, so that the picture stays where it is. */
float chain_foot_height(const struct view *v, float canvas)
{
    float line = line_height(v), pad = ui_px(v->ui, 14);
    int ways = ways_most(v, canvas * 0.4f - pad);
    return line * (float)(ways ? ways + 2 : 1) + pad;
}

/* Numbers are told once the way back has reached them. */
static bool is_told(const struct view *v, const struct chain_ways *w)
{
    return view_is_done(v, w->grad) && !view_is_hidden(v, w->grad);
}

static void draw_way(const struct look *k, const struct circuit *c, const struct chain_ways *w,
                     int i, struct rect r)
{
    struct ui *ui = k->v->ui;
    const struct theme *t = ui->theme;
    struct line l;
    char text[80] = "", number[48];
    list_slopes(k->v, c, &w->path[i], &l);
    bool told = is_told(k->v, w) && !l.hidden;
    if (told)
        snprintf(text, sizeof text, "≈ %s", view_number(k->v->snap, w->path[i].value, number, 48));
    float width = font_width(ui->fonts, FONT_MONO, k->px, "≈ −0.000888·");
    struct rect result = rect_cut_right(&r, width);
    struct rect mark = rect_cut_left(&r, ui_px(ui, 30));
    mark.h = fminf(mark.h, line_height(k->v));
    result.h = mark.h;
    float thick = fmaxf(2, ui_px(ui, i ? 3.5f : 5));
    draw_rect(ui->draw,
              (struct rect){mark.x, mark.y + mark.h / 2 - thick / 2, ui_px(ui, 18), thick},
              i ? colour_alpha(t->selection, 0.6f) : t->selection);
    draw_factors(k, &l, i == 0, &r);
    draw_text_in(ui->draw, FONT_MONO, k->px, result, ALIGN_RIGHT | TEXT_MAY_CUT,
                 theme_signed(t, true, (float)w->path[i].value), text);
}

/* All ways together, and what the engine has. */
static void draw_sum(const struct look *k, const struct circuit *c, const struct chain_ways *w,
                     struct rect r)
{
    struct ui *ui = k->v->ui;
    const struct theme *t = ui->theme;
    char name[200], number[48], all[48], text[400];
    double sum = 0;
    for (int i = 0; i < w->found; i++)
        sum += w->path[i].value;
    cell_title(c->trace->program, w->grad, name, sizeof name);
    bool told = is_told(k->v, w);
    if (told)
        snprintf(text, sizeof text, "%s = %s", name,
                 view_number(k->v->snap, (double)cell_value(c->trace, w->grad), number, 48));
    else
        snprintf(text, sizeof text, "%s: %s", name,
                 view_is_hidden(k->v, w->grad) ? "?" : _("not computed yet"));
    float room = font_width(ui->fonts, FONT_MONO_BOLD, k->px, text) + 4;
    struct rect result = rect_cut_right(&r, fminf(room, r.w * 0.6f));
    draw_text_in(ui->draw, FONT_MONO_BOLD, k->px, result, ALIGN_RIGHT | TEXT_MAY_CUT,
                 told ? theme_signed(t, true, cell_value(c->trace, w->grad)) : t->muted, text);
    view_count((long long)fmin(w->count, 1e15), all, sizeof all);
    if (!w->whole)
        snprintf(text, sizeof text, _("the %d largest ways shown; %s add the rest"), w->found,
                 c->trace->n > 1 && !cell_is(c->centre) ? _("other ways and samples")
                                                        : _("other and folded ways"));
    else if (w->count > w->found)
        snprintf(text, sizeof text, _("the %d largest of %s ways; all of them add up to"), w->found,
                 all);
    else if (w->found > 1 && told)
        snprintf(text, sizeof text, _("%d ways, added up ≈ %s; the engine has"), w->found,
                 view_number(k->v->snap, sum, number, 48));
    else
        snprintf(text, sizeof text, "%s",
                 w->found > 1 ? _("the ways add up to") : _("one way; the engine has"));
    draw_text_in(ui->draw, FONT_SANS, k->small, r, ALIGN_LEFT | TEXT_MAY_CUT, t->muted, text);
}

static const char *hint(const struct chain_ways *w)
{
    if (!cell_is(w->subject))
        return _("Select a weight, an input or any wire: its chain of slopes to the loss appears "
                 "here.");
    if (w->grad.tensor < 0)
        return _("There is no gradient to follow from here: the loss is not asked how it depends "
                 "on this number.");
    return _("No way leads from this number to the loss: its gradient is 0.");
}

void chain_foot_draw(const struct view *v, const struct circuit *c, const struct chain_ways *w,
                     struct rect r)
{
    struct look k = {.v = v, .px = ui_text_px(v->ui, 20), .small = ui_text_px(v->ui, 17)};
    k.times = font_width(v->ui->fonts, FONT_MONO, k.px, " × ");
    float line = line_height(v);
    if (!has_rule(w)) {
        draw_text_in(v->ui->draw, FONT_SANS, ui_text_px(v->ui, 18), rect_cut_top(&r, line),
                     ALIGN_LEFT | TEXT_MAY_CUT, v->ui->theme->muted, hint(w));
        return;
    }
    int ways = ways_most(v, r.h + 1);
    ways = ways < w->found ? ways : w->found;
    for (int i = 0; i < ways; i++)
        draw_way(&k, c, w, i, rect_cut_top(&r, i == 0 ? 2 * line : line));
    draw_sum(&k, c, w, rect_cut_top(&r, line));
}
