/* The terms in the inspector: all that the selected number was computed from. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formula_terms.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "inspector_own.h"

/* Sorting by |product|: the formula is passed by the pairs themselves. */
struct sized {
    double size;
    int term;
};

static int larger_first(const void *a, const void *b)
{
    const struct sized *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? 1 : -1;
    return x->term - y->term;
}

void inspector_terms_order(const struct view *v, struct inspector_state *s)
{
    const struct formula *f = v->snap->formula;
    if (s->revision == v->snap->revision && s->ordered_by_size == s->by_size)
        return;
    s->revision = v->snap->revision;
    s->ordered_by_size = s->by_size;
    s->count = v->snap->formula_terms < f->count ? v->snap->formula_terms : f->count;
    s->order = mem_grow(s->order, &s->capacity, s->count + 1, sizeof *s->order);
    for (int i = 0; i < s->count; i++)
        s->order[i] = i;
    if (!s->by_size)
        return;
    struct sized *sized = mem_zalloc((size_t)s->count + 1, sizeof *sized);
    for (int i = 0; i < s->count; i++)
        sized[i] = (struct sized){fabs(formula_term_value(&f->terms[i])), i};
    qsort(sized, (size_t)s->count, sizeof *sized, larger_first);
    for (int i = 0; i < s->count; i++)
        s->order[i] = sized[i].term;
    free(sized);
}

/* The factor that a click on the term selects: the first that is a cell. */
static struct cell term_cell(const struct formula_term *t)
{
    for (int k = 0; k < t->count; k++)
        if (cell_is(t->factor[k].cell))
            return t->factor[k].cell;
    return CELL_NONE;
}

static void term_names(const struct view *v, const struct formula_term *t, char *out, size_t size)
{
    size_t at = 0;
    out[0] = 0;
    for (int k = 0; k < t->count && at < size; k++) {
        const struct formula_factor *f = &t->factor[k];
        char name[160];
        if (cell_is(f->cell))
            cell_title(v->snap->program, f->cell, name, sizeof name);
        else if (f->symbol)
            snprintf(name, sizeof name, "%s", f->symbol);
        else
            view_number(v->snap, (double)f->value, name, 48);
        at += (size_t)snprintf(out + at, size - at, "%s%s", k ? " · " : "", name);
    }
}

static void draw_term(const struct view *v, int number, const struct formula_term *t, struct rect r)
{
    struct ui *ui = v->ui;
    char names[400], numbers[160], product[48], id[32];
    term_names(v, t, names, sizeof names);
    formula_term_text(v, t, numbers, sizeof numbers);
    view_number(v->snap, formula_term_value(t), product, sizeof product);
    snprintf(id, sizeof id, "term.%d", number);
    unsigned answer = ui_area(ui, id, r, names, true);
    if (answer & AREA_HOVER)
        draw_rect(ui->draw, r, ui->theme->hover);
    if (answer & AREA_CLICKED)
        view_follow(v, term_cell(t));
    struct rect in = rect_inset_xy(r, ui_px(ui, 4), ui_px(ui, 4));
    struct rect top = rect_cut_top(&in, in.h / 2);
    int px = ui_text_px(ui, 17);
    struct colour c = formula_term_colour(v, t);
    draw_text_in(ui->draw, FONT_MONO, px, top, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink, names);
    /* A lone term's product is the covered number itself. */
    bool hidden = strchr(numbers, '?') != NULL ||
                  (v->snap->formula->count == 1 && view_is_hidden(v, v->snap->selected));
    float w = t->count > 1 ? font_width(ui->fonts, FONT_MONO, px, product) + 2 : 0;
    if (t->count > 1 && !hidden)
        draw_text_in(ui->draw, FONT_MONO, px, rect_cut_right(&in, w), ALIGN_RIGHT | TEXT_MAY_CUT, c,
                     product);
    draw_text_in(ui->draw, FONT_MONO, px, in, ALIGN_LEFT | TEXT_MAY_CUT, c, numbers);
    draw_hline(ui->draw, r.x, r.x + r.w, r.y + r.h - 1, 1, ui->theme->line);
}

bool inspector_has_terms(const struct snapshot *s)
{
    return s->formula && !s->formula->given && s->formula_terms > 0;
}

float inspector_row_height(const struct ui *ui)
{
    return fmaxf(ui_px(ui, 58), (float)ui_text_px(ui, 17) * 3);
}

void inspector_terms_head(const struct view *v, struct inspector_state *s, struct rect head)
{
    struct ui *ui = v->ui;
    const struct formula *f = v->snap->formula;
    char title[128];
    if (s->count < f->count)
        snprintf(title, sizeof title,
                 translate_count("%s: %d of %d term", "%s: %d of %d terms", f->count),
                 formula_op(f), s->count, f->count);
    else
        snprintf(title, sizeof title, translate_count("%s: %d term", "%s: %d terms", f->count),
                 formula_op(f), f->count);
    if (f->count > 1) {
        const char *label = s->by_size ? _("in order") : _("by size");
        struct rect sort = rect_cut_right(&head, ui_button_width(ui, label));
        if (ui_button(ui, "inspector.sort", rect_inset_xy(sort, 0, ui_px(ui, 4)), label,
                      BUTTON_NORMAL))
            s->by_size = !s->by_size;
    }
    draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 20), head, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, title);
}

/* Those in sight. */
void inspector_terms_rows(const struct view *v, const struct inspector_state *s, struct rect at)
{
    const struct rect sight = draw_clip(v->ui->draw);
    float row = inspector_row_height(v->ui);
    for (int i = 0; i < s->count; i++) {
        struct rect line = {at.x, at.y + row * (float)i, at.w, row};
        if (rect_overlaps(line, sight))
            draw_term(v, s->order[i], &v->snap->formula->terms[s->order[i]], line);
    }
}
