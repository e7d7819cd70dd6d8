/* The inspector: the selected cell's exact bits, its operation and every term of it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"
#include "glassnet/ui/paragraph.h"
#include "inspector_own.h"

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
    const char *form = s->hexadecimal ? _("9 digits") : _("hex");
    struct rect toggle = rect_cut_right(&row, ui_button_width(ui, form) - ui_px(ui, 20));
    if (ui_button(ui, "inspector.hex", rect_inset_xy(toggle, 0, ui_px(ui, 3)), form, BUTTON_NORMAL))
        s->hexadecimal = !s->hexadecimal;
    rect_cut_right(&row, ui_px(ui, 8));
    bool watched = watch_has(v->snap, sel);
    const char *label = watched ? _("unwatch") : _("watch");
    toggle = rect_cut_right(&row, ui_button_width(ui, label) - ui_px(ui, 20));
    if (ui_button(ui, "inspector.watch", rect_inset_xy(toggle, 0, ui_px(ui, 3)), label,
                  BUTTON_NORMAL))
        intents_add(v->out, "app watch");
    ui_tooltip(ui, toggle,
               watched ? _("Take it off the watch list (W)") : _("Keep it in sight (W)"));
    char text[64];
    snprintf(text, sizeof text, "%s", _("not computed yet"));
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
    change_drag_on(v, &s->drag, "inspector.drag", row);
    int px = ui_text_px(ui, 24), least = ui_text_px(ui, 15);
    while (px > least && font_width(ui->fonts, FONT_MONO_BOLD, px, text) > row.w)
        px--;
    draw_text_in(ui->draw, FONT_MONO_BOLD, px, row, ALIGN_LEFT | TEXT_MAY_CUT, c, text);
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
    const char *label = _("Draw the mask anew");
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
        snprintf(out, size, _("%s: the input, %s"), l->name, shape);
    else if (l->activation > ACT_NONE)
        snprintf(out, size, _("%s: %s + %s, %s → %s, %s weights"), l->name,
                 layer_kind_name(l->kind), activation_name(l->activation), in, shape, count);
    else
        snprintf(out, size, _("%s: %s, %s → %s, %s weights"), l->name, layer_kind_name(l->kind), in,
                 shape, count);
}

/* Another number can be typed, and everything behind it follows. */
static void draw_change(struct column *col)
{
    const struct view *v = col->v;
    char was[80];
    if (!change_is_possible(v))
        return;
    rect_cut_top(&col->r, ui_px(v->ui, 6));
    bool changed = view_was_text(v, v->snap->selected, was, sizeof was);
    put_text(col, changed ? was : _("change it to"), FONT_SANS, 18,
             changed ? v->ui->theme->ink : v->ui->theme->muted, 1);
    struct rect row = rect_cut_top(&col->r, ui_px(v->ui, 48));
    rect_cut_top(&col->r, ui_px(v->ui, 10));
    if (!col->dry)
        change_field_draw(v, &col->s->change, row);
}

/* The same place, while the number is covered. */
static void draw_guess(struct column *col)
{
    const struct view *v = col->v;
    char verdict[64], tally[64], text[140];
    if (!guess_is_wanted(v))
        return;
    guess_verdict(v->snap, verdict, sizeof verdict);
    guess_tally(v->snap, tally, sizeof tally);
    rect_cut_top(&col->r, ui_px(v->ui, 6));
    struct rect row = rect_cut_top(&col->r, ui_px(v->ui, 48));
    rect_cut_top(&col->r, ui_px(v->ui, 6));
    if (!col->dry)
        guess_field_draw(v, &col->s->guess, "inspector.guess", row);
    snprintf(text, sizeof text, "%s%s%s", verdict[0] ? verdict : _("it is covered: guess first"),
             tally[0] ? " · " : "", tally);
    put_text(col, text, FONT_SANS, 18, v->ui->theme->ink, 3);
}

/* What is listed below: terms, or uses. */
static int list_count(const struct view *v, const struct inspector_state *s)
{
    return inspector_goes(v, s) ? s->uses.count : inspector_has_terms(v->snap) ? s->count : 0;
}

static void list_order(const struct view *v, struct inspector_state *s)
{
    if (inspector_goes(v, s))
        inspector_uses_order(v, s);
    else if (inspector_has_terms(v->snap))
        inspector_terms_order(v, s);
}

static void list_head(const struct view *v, struct inspector_state *s, struct rect r)
{
    if (inspector_goes(v, s))
        inspector_uses_head(v, s, r);
    else
        inspector_terms_head(v, s, r);
}

static void list_rows(const struct view *v, const struct inspector_state *s, struct rect r)
{
    if (inspector_goes(v, s))
        inspector_uses_rows(v, s, r);
    else
        inspector_terms_rows(v, s, r);
}

static void put_nothing(struct column *col)
{
    const struct theme *t = col->v->ui->theme;
    put_text(col, _("Nothing selected"), FONT_SANS_BOLD, 28, t->ink, 2);
    rect_cut_top(&col->r, ui_px(col->v->ui, 8));
    put_text(col,
             _("Click any number or colour in the picture: here appears every term it was "
               "computed from. Space steps on."),
             FONT_SANS, 21, t->muted, 12);
}

/* All that stands above the terms. */
static void put_head(struct column *col)
{
    const struct snapshot *snap = col->v->snap;
    const struct theme *t = col->v->ui->theme;
    char text[400];
    inspector_trail(col);
    put_text(col, cell_title(snap->program, snap->selected, text, sizeof text), FONT_MONO_BOLD, 24,
             t->ink, 3);
    put_text(col, cell_words(snap->program, snap->selected, text, sizeof text), FONT_SANS, 19,
             t->muted, 3);
    draw_exact(col);
    draw_change(col);
    draw_guess(col);
    draw_redraw(col);
    if (!snap->formula)
        return;
    const char *note = snap->formula->given ? NULL : formula_note(snap->trace, snap->formula);
    if (note && note[0])
        put_text(col, note, FONT_SANS, 18, t->muted, 5);
    inspector_way(col);
    if (inspector_goes(col->v, col->s) && col->s->uses.count == 0)
        put_text(col, _("Nothing of the loss comes back to it: other numbers counted."), FONT_SANS,
                 20, t->muted, 4);
    if (snap->formula->given && !inspector_goes(col->v, col->s))
        put_text(col, _("Given: nothing computes it."), FONT_SANS, 20, t->muted, 2);
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
    int count = selected ? list_count(v, col.s) : 0;
    if (count > 0) {
        list_head(v, col.s, rect_cut_top(&col.r, ui_px(ui, 46)));
        list_rows(v, col.s, rect_cut_top(&col.r, inspector_row_height(ui) * (float)count));
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
    int count = list_count(v, col.s);
    if (count == 0)
        return;
    list_head(v, col.s, rect_cut_top(&col.r, ui_px(ui, 46)));
    list_rows(v, col.s,
              ui_scroll_begin(ui, "terms", col.r, inspector_row_height(ui) * (float)count,
                              &col.s->scroll));
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
    if (s->turned) {
        s->to = !s->to;
        s->scroll = 0;
    }
    s->turned = false;
    list_order(v, s);
    float foot = measure(col, put_foot), others = measure(col, put_head) + foot, terms = 0;
    int count = list_count(v, s), least = count < LEAST_TERMS ? count : LEAST_TERMS;
    if (count > 0) {
        terms = ui_px(ui, 46) + inspector_row_height(ui) * (float)count;
        others += ui_px(ui, 46);
    }
    if (others + inspector_row_height(ui) * (float)least > r.h)
        draw_scrolled(col, put_head, others + (terms > 0 ? terms - ui_px(ui, 46) : 0));
    else
        draw_parts(col, foot);
}
