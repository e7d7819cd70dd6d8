/* The inspector: the selected cell's exact bits, its operation and every term of it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formula_terms.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"
#include "glassnet/lesson/expression.h"
#include "glassnet/ui/paragraph.h"
#include "glassnet/view/panel.h"

/* What the panel says above and below the terms is first only measured, to see whether the terms
 * have room between, or all scrolls together. */
struct column {
    const struct view *v;
    struct inspector_state *s;
    struct rect r; /* what is left */
    bool dry;      /* measured, not drawn */
};

static void put_text(struct column *col, const char *text, enum font_face face, float size,
                     struct colour c, int lines)
{
    const struct view *v = col->v;
    struct rect *r = &col->r;
    struct ui *ui = v->ui;
    bool mono = face == FONT_MONO || face == FONT_MONO_BOLD;
    bool bold = face == FONT_SANS_BOLD || face == FONT_MONO_BOLD;
    const struct text_run run = {
        .text = text, .style = (mono ? RUN_MONO : 0u) | (bold ? RUN_BOLD : 0u), .colour = c};
    struct paragraph_style style = {
        .px = ui_text_px(ui, size), .leading = 1.35f, .max_lines = lines};
    rect_cut_top(r, col->dry ? paragraph_height(ui->fonts, &run, 1, &style, r->w)
                             : paragraph_draw(ui->draw, &run, 1, &style, r->x, r->y, r->w));
}

static void draw_exact(struct column *col)
{
    const struct view *v = col->v;
    struct inspector_state *s = col->s;
    struct ui *ui = v->ui;
    struct cell sel = v->snap->selected;
    /* In a narrow panel the buttons stand below. */
    bool narrow = col->r.w < ui_px(ui, 360);
    struct rect number = rect_cut_top(&col->r, narrow ? ui_px(ui, 36) : 0);
    struct rect row = rect_cut_top(&col->r, ui_px(ui, 44));
    if (col->dry)
        return;
    struct rect toggle = rect_cut_right(&row, ui_px(ui, 84));
    if (ui_button(ui, "inspector.hex", rect_inset_xy(toggle, 0, ui_px(ui, 3)),
                  s->hexadecimal ? "9 digits" : "hex", BUTTON_NORMAL))
        s->hexadecimal = !s->hexadecimal;
    rect_cut_right(&row, ui_px(ui, 8));
    bool watched = watch_has(v->snap, sel);
    const char *label = watched ? "unwatch" : "watch";
    toggle = rect_cut_right(&row, ui_button_width(ui, label) - ui_px(ui, 20));
    if (ui_button(ui, "inspector.watch", rect_inset_xy(toggle, 0, ui_px(ui, 3)), label,
                  BUTTON_NORMAL))
        intents_add(v->out, "app watch");
    ui_tooltip(ui, toggle, watched ? "Take it off the watch list (W)" : "Keep it in sight (W)");
    char text[64] = "not computed yet";
    struct colour c = ui->theme->muted;
    float x = cell_value(v->snap->trace, sel);
    if (v->snap->formula_done && view_is_hidden(v, sel)) {
        snprintf(text, sizeof text, "?");
    } else if (v->snap->formula_done && s->hexadecimal) {
        uint32_t bits;
        memcpy(&bits, &x, sizeof bits);
        snprintf(text, sizeof text, "0x%08X", (unsigned)bits);
        c = ui->theme->ink;
    } else if (v->snap->formula_done) {
        view_exact(v->snap, x, text, sizeof text);
        c = theme_signed(ui->theme, view_is_gradient(v->snap, sel.tensor), x);
    }
    if (narrow)
        row = number;
    int px = ui_text_px(ui, 24), least = ui_text_px(ui, 15);
    while (px > least && font_width(ui->fonts, FONT_MONO_BOLD, px, text) > row.w)
        px--;
    draw_text_in(ui->draw, FONT_MONO_BOLD, px, row, ALIGN_LEFT | TEXT_MAY_CUT, c, text);
}

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

static void order_terms(const struct view *v, struct inspector_state *s)
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
        view_select(v, term_cell(t));
    struct rect in = rect_inset_xy(r, ui_px(ui, 4), ui_px(ui, 4));
    struct rect top = rect_cut_top(&in, in.h / 2);
    int px = ui_text_px(ui, 17);
    struct colour c = formula_term_colour(v, t);
    draw_text_in(ui->draw, FONT_MONO, px, top, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink, names);
    bool hidden = strchr(numbers, '?') != NULL;
    float w = t->count > 1 ? font_width(ui->fonts, FONT_MONO, px, product) + 2 : 0;
    if (t->count > 1 && !hidden)
        draw_text_in(ui->draw, FONT_MONO, px, rect_cut_right(&in, w), ALIGN_RIGHT | TEXT_MAY_CUT, c,
                     product);
    draw_text_in(ui->draw, FONT_MONO, px, in, ALIGN_LEFT | TEXT_MAY_CUT, c, numbers);
    draw_hline(ui->draw, r.x, r.x + r.w, r.y + r.h - 1, 1, ui->theme->line);
}

static bool has_terms(const struct snapshot *s)
{
    return s->formula && !s->formula->given && s->formula_terms > 0;
}

static float term_height(const struct ui *ui)
{
    return fmaxf(ui_px(ui, 58), (float)ui_text_px(ui, 17) * 3);
}

static void draw_terms_head(const struct view *v, struct inspector_state *s, struct rect head)
{
    struct ui *ui = v->ui;
    const struct formula *f = v->snap->formula;
    char title[96], of[32];
    snprintf(of, sizeof of, " of %d", f->count);
    snprintf(title, sizeof title, "%s: %d%s %s", formula_op(f), s->count,
             s->count < f->count ? of : "", f->count == 1 ? "term" : "terms");
    if (f->count > 1) {
        const char *label = s->by_size ? "in order" : "by size";
        struct rect sort = rect_cut_right(&head, ui_button_width(ui, label));
        if (ui_button(ui, "inspector.sort", rect_inset_xy(sort, 0, ui_px(ui, 4)), label,
                      BUTTON_NORMAL))
            s->by_size = !s->by_size;
    }
    draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 20), head, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, title);
}

/* Those in sight. */
static void draw_term_rows(const struct view *v, const struct inspector_state *s, struct rect at)
{
    const struct rect sight = draw_clip(v->ui->draw);
    float row = term_height(v->ui);
    for (int i = 0; i < s->count; i++) {
        struct rect line = {at.x, at.y + row * (float)i, at.w, row};
        if (rect_overlaps(line, sight))
            draw_term(v, s->order[i], &v->snap->formula->terms[s->order[i]], line);
    }
}

/* Dropout's mask can be drawn anew, where the mask or its layer is selected. */
static void draw_redraw(struct column *col)
{
    const struct view *v = col->v;
    const struct snapshot *s = v->snap;
    const struct tensor *t = &s->program->tensors[s->selected.tensor];
    if (t->layer < 0 || s->net->layers[t->layer].kind != LAYER_DROPOUT || s->mode != MODE_TRAIN ||
        s->pass != PASS_INSPECT)
        return;
    const char *label = "Draw the mask anew";
    struct rect row = rect_cut_top(&col->r, ui_px(v->ui, 52));
    if (col->dry)
        return;
    row = rect_inset_xy(rect_cut_left(&row, ui_button_width(v->ui, label)), 0, ui_px(v->ui, 4));
    if (ui_button(v->ui, "inspector.redraw", row, label, BUTTON_NORMAL))
        intents_add(v->out, "redraw");
}

static void layer_summary(const struct view *v, char *out, size_t size)
{
    const struct tensor *t = &v->snap->program->tensors[v->snap->selected.tensor];
    out[0] = 0;
    if (t->layer < 0)
        return;
    const struct layer *l = &v->snap->net->layers[t->layer];
    char in[64], shape[64], count[32];
    shape_text(&l->in, "×", in, sizeof in);
    shape_text(&l->out, "×", shape, sizeof shape);
    view_count((long long)net_layer_trained(l), count, sizeof count);
    if (l->kind == LAYER_INPUT)
        snprintf(out, size, "%s: the input, %s", l->name, shape);
    else
        snprintf(out, size, "%s: %s%s%s, %s → %s, %s weights", l->name, layer_kind_name(l->kind),
                 l->activation > ACT_NONE ? " + " : "",
                 l->activation > ACT_NONE ? activation_name(l->activation) : "", in, shape, count);
}

/* Parameters, inputs, the label and the rate: what a pass starts from. */
static bool can_change(const struct snapshot *snap)
{
    const struct program *p = snap->program;
    int tensor = snap->selected.tensor;
    return snap->formula && snap->formula->given &&
           (p->tensors[tensor].is_param || tensor == p->input || tensor == p->label ||
            tensor == p->rate_start);
}

/* A field for another number; everything behind it follows. Decimal commas and fractions are
 * understood. */
static void draw_change(struct column *col)
{
    const struct view *v = col->v;
    struct inspector_state *s = col->s;
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    char text[200];
    double value;
    if (!can_change(snap) || view_is_hidden(v, snap->selected))
        return;
    float now = cell_value(snap->trace, snap->selected);
    if (!s->value.text)
        text_edit_init(&s->value, s->value_text, sizeof s->value_text);
    if (!cell_equal(s->edited, snap->selected) || s->edited_value != now) {
        s->edited = snap->selected;
        s->edited_value = now;
        text_edit_set(&s->value, view_number(snap, (double)now, text, sizeof text));
        s->value.anchor = 0; /* typing replaces it */
    }
    rect_cut_top(&col->r, ui_px(ui, 6));
    put_text(col, "change it to", FONT_SANS, 18, ui->theme->muted, 1);
    struct rect row = rect_cut_top(&col->r, ui_px(ui, 48));
    rect_cut_top(&col->r, ui_px(ui, 10));
    if (col->dry)
        return;
    struct rect field = rect_cut_left(&row, fminf(ui_px(ui, 200), row.w * 0.55f));
    rect_cut_left(&row, ui_px(ui, 10));
    unsigned answer = ui_field(ui, "inspector.value", field, &s->value, "a number", FONT_MONO,
                               ui_text_px(ui, 22));
    bool set = ui_button(ui, "inspector.set",
                         rect_cut_left(&row, fminf(row.w, ui_button_width(ui, "Set"))), "Set",
                         BUTTON_NORMAL);
    if (!(set || answer & FIELD_ENTERED) || !s->value_text[0])
        return;
    cell_name(snap->program, snap->selected, text, sizeof text);
    if (expression_read_answer(s->value_text, &value))
        intents_add(v->out, "edit %s %.9g", text, value);
    else
        intents_add(v->out, "edit %s %s", text, s->value_text);
}

static void put_nothing(struct column *col)
{
    const struct theme *t = col->v->ui->theme;
    put_text(col, "Nothing selected", FONT_SANS_BOLD, 28, t->ink, 2);
    rect_cut_top(&col->r, ui_px(col->v->ui, 8));
    put_text(col,
             "Click any number or colour in the picture: here appears every term it was "
             "computed from. Space steps on.",
             FONT_SANS, 21, t->muted, 12);
}

/* All that stands above the terms. */
static void put_head(struct column *col)
{
    const struct snapshot *snap = col->v->snap;
    const struct theme *t = col->v->ui->theme;
    char text[400];
    put_text(col, cell_title(snap->program, snap->selected, text, sizeof text), FONT_MONO_BOLD, 24,
             t->ink, 3);
    put_text(col, cell_words(snap->program, snap->selected, text, sizeof text), FONT_SANS, 19,
             t->muted, 3);
    draw_exact(col);
    draw_change(col);
    draw_redraw(col);
    if (!snap->formula)
        return;
    const char *note = snap->formula->given ? NULL : formula_note(snap->trace, snap->formula);
    if (note && note[0])
        put_text(col, note, FONT_SANS, 18, t->muted, 5);
    if (snap->formula->given)
        put_text(col, "Given: nothing computes it.", FONT_SANS, 20, t->muted, 2);
}

static void put_foot(struct column *col)
{
    char text[400];
    layer_summary(col->v, text, sizeof text);
    if (!text[0])
        return;
    rect_cut_top(&col->r, ui_px(col->v->ui, 6));
    put_text(col, text, FONT_SANS, 17, col->v->ui->theme->muted, 3);
}

static float measure(struct column col, void (*put)(struct column *))
{
    col.dry = true;
    col.r.h = 1e6f;
    put(&col);
    return 1e6f - col.r.h;
}

/* Where there is little room all scrolls together. */
static void draw_scrolled(struct column col, void (*head)(struct column *), float height)
{
    const struct view *v = col.v;
    struct ui *ui = v->ui;
    bool selected = head == put_head;
    col.r = ui_scroll_begin(ui, "inspector.scroll", col.r, height, &col.s->scroll);
    col.r.h = height;
    head(&col);
    if (selected && has_terms(v->snap)) {
        draw_terms_head(v, col.s, rect_cut_top(&col.r, ui_px(ui, 46)));
        draw_term_rows(v, col.s, rect_cut_top(&col.r, term_height(ui) * (float)col.s->count));
    }
    if (selected)
        put_foot(&col);
    ui_scroll_end(ui);
}

static void draw_parts(struct column col, float foot)
{
    const struct view *v = col.v;
    struct ui *ui = v->ui;
    struct column below = col;
    put_head(&col);
    below.r = rect_cut_bottom(&col.r, foot);
    put_foot(&below);
    if (!has_terms(v->snap))
        return;
    draw_terms_head(v, col.s, rect_cut_top(&col.r, ui_px(ui, 46)));
    draw_term_rows(
        v, col.s,
        ui_scroll_begin(ui, "terms", col.r, term_height(ui) * (float)col.s->count, &col.s->scroll));
    ui_scroll_end(ui);
}

void inspector_draw(const struct view *v, struct inspector_state *s, struct rect r)
{
    enum { LEAST_TERMS = 2 }; /* in sight at once */
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    struct column col = {.v = v, .s = s, .r = r};
    if (!view_has_pass(snap) || !cell_is(snap->selected)) {
        draw_scrolled(col, put_nothing, measure(col, put_nothing));
        return;
    }
    if (!cell_equal(s->shown, snap->selected)) {
        s->scroll = 0;
        s->shown = snap->selected;
    }
    if (has_terms(snap))
        order_terms(v, s);
    float foot = measure(col, put_foot), others = measure(col, put_head) + foot, terms = 0;
    int least = 0;
    if (has_terms(snap)) {
        least = s->count < LEAST_TERMS ? s->count : LEAST_TERMS;
        terms = ui_px(ui, 46) + term_height(ui) * (float)s->count;
        others += ui_px(ui, 46);
    }
    if (others + term_height(ui) * (float)least > r.h)
        draw_scrolled(col, put_head, others + (terms > 0 ? terms - ui_px(ui, 46) : 0));
    else
        draw_parts(col, foot);
}
