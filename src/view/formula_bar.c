#include <math.h>
#include <stdio.h>
#include <string.h>

#include "formula_terms.h"
#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"
#include "glassnet/ui/paragraph.h"
#include "glassnet/view/bars.h"

void formula_bar_init(struct formula_state *f)
{
    *f = (struct formula_state){.typing = false};
    text_edit_init(&f->edit, f->name, sizeof f->name);
}

void formula_bar_type(const struct view *v, struct formula_state *f)
{
    f->typing = true;
    f->edit.text = f->name;
    char name[160] = "";
    if (view_has_pass(v->snap) && cell_is(v->snap->selected))
        cell_name(v->snap->program, v->snap->selected, name, sizeof name);
    text_edit_set(&f->edit, name);
    f->edit.anchor = 0;
    ui_focus(v->ui, "formula.cell");
}

static void draw_name_field(const struct view *v, struct formula_state *f, struct rect r)
{
    struct ui *ui = v->ui;
    f->edit.text = f->name;
    struct rect field = rect_centre(r, r.w, ui_px(ui, 48));
    unsigned answer = ui_field(ui, "formula.cell", field, &f->edit, "conv1[3,9,0]", FONT_MONO,
                               ui_text_px(ui, 22));
    if (answer & FIELD_ENTERED) {
        if (f->name[0])
            intents_add(v->out, "select %s", f->name);
        f->typing = false;
        ui_focus(ui, NULL);
    } else if (answer & FIELD_LEFT) {
        f->typing = false;
    }
}

/* The largest size from `size` down to `least` design pixels at which the text fits. */
static int fitting_px(const struct ui *ui, enum font_face face, float size, float least,
                      const char *text, float width)
{
    int px = ui_text_px(ui, size), low = ui_text_px(ui, least);
    while (px > low && font_width(ui->fonts, face, px, text) > width)
        px--;
    return px;
}

static float margin_px(const struct ui *ui)
{
    return ui_px(ui, bars_are_tight(ui) ? 14 : 24);
}

static void draw_name(const struct view *v, struct formula_state *f, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    bool tight = bars_are_tight(ui);
    struct rect in = rect_inset_xy(r, margin_px(ui), ui_px(ui, tight ? 8 : 10));
    if (f->typing) {
        draw_name_field(v, f, in);
        return;
    }
    unsigned answer = ui_area(ui, "formula.name", r, _("type a cell"), true);
    if (answer & AREA_HOVER)
        draw_rect(ui->draw, rect_inset(r, 1), t->hover);
    view_tip(v, r, _("Click to type a cell's name"), "app goto");
    if (answer & AREA_CLICKED)
        formula_bar_type(v, f);
    char title[200], words[200];
    snprintf(title, sizeof title, "%s", _("no cell"));
    snprintf(words, sizeof words, "%s", _("Click a number in the picture."));
    struct cell sel = v->snap->selected;
    if (cell_is(sel)) {
        cell_title(v->snap->program, sel, title, sizeof title);
        cell_words(v->snap->program, sel, words, sizeof words);
    }
    struct rect top = rect_cut_top(&in, in.h * 0.46f);
    int px = fitting_px(ui, FONT_MONO_BOLD, 26, tight ? 14 : 18, title, top.w);
    draw_text_in(ui->draw, FONT_MONO_BOLD, px, top, ALIGN_LEFT | TEXT_MAY_CUT, t->ink, title);
    const struct text_run run = {.text = words, .colour = t->muted};
    struct paragraph_style style = {
        .px = ui_text_px(ui, 18), .leading = 1.25f, .max_lines = tight ? 1 : 2};
    paragraph_draw(ui->draw, &run, 1, &style, in.x, in.y, in.w);
}

/* Where the whole formula has no room: what is done, and with how many. */
static void brief_symbols(const struct formula *f, char *out, size_t size)
{
    snprintf(out, size, translate_count("= %s of %d term", "= %s of %d terms", f->count),
             f->fn == FN_SUM ? "Σ" : formula_op(f), f->count);
}

static void draw_symbols(const struct view *v, struct rect r)
{
    const struct snapshot *s = v->snap;
    struct ui *ui = v->ui;
    char text[640] = "= ", note[240] = "";
    formula_symbolic(s->trace, s->formula, text + 2, sizeof text - 2);
    view_formula_signs(s, text);
    const char *source = formula_note(s->trace, s->formula);
    if (source)
        snprintf(note, sizeof note, "%s", source);
    if (s->formula->given)
        snprintf(text, sizeof text, _("given"));
    int px = fitting_px(ui, FONT_MONO, 26, bars_are_tight(ui) ? 15 : 18, text, r.w);
    float w = font_width(ui->fonts, FONT_MONO, px, text);
    if (w > r.w && bars_are_tight(ui)) {
        ui_tooltip(ui, r, text);
        brief_symbols(s->formula, text, sizeof text);
        px = fitting_px(ui, FONT_MONO, 26, 15, text, r.w);
        w = font_width(ui->fonts, FONT_MONO, px, text);
    }
    draw_text_in(ui->draw, FONT_MONO, px, r, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink, text);
    rect_cut_left(&r, w + ui_px(ui, 36));
    int note_px = ui_text_px(ui, 18);
    if (note[0] && r.w > font_width(ui->fonts, FONT_SANS, note_px, note))
        draw_text_in(ui->draw, FONT_SANS, note_px, r, ALIGN_LEFT, ui->theme->muted, note);
}

static void draw_numbers(const struct view *v, struct formula_state *f, struct rect r)
{
    struct ui *ui = v->ui;
    struct pieces p;
    int px = ui_text_px(ui, 26), least = ui_text_px(ui, bars_are_tight(ui) ? 14 : 18);
    for (formula_pieces(v, px, r.w, &p); px > least && p.terms < 2 && p.left_out; px--)
        formula_pieces(v, px - 1, r.w, &p);
    float x = r.x, base = r.y + r.h / 2 + font_cap_height(ui->fonts, FONT_MONO, px) / 2;
    for (int i = 0; i < p.count; i++) {
        draw_text(ui->draw, FONT_MONO, px, x, base, p.list[i].colour, p.list[i].text);
        x += p.list[i].width;
    }
    if (p.left_out > 0) {
        struct rect more = {x - p.list[p.count - 1].width, r.y, p.list[p.count - 1].width, r.h};
        if (ui_area(ui, "formula.more", more, _("more terms"), true) & AREA_CLICKED)
            f->show_terms = true;
        ui_tooltip(ui, more, _("Show every term in the inspector"));
    }
}

static void draw_middle(const struct view *v, struct formula_state *f, struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *s = v->snap;
    struct rect in = rect_inset_xy(r, margin_px(ui), ui_px(ui, bars_are_tight(ui) ? 8 : 12));
    if (!cell_is(s->selected) || !s->formula) {
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 20), in, ALIGN_LEFT | TEXT_MAY_CUT,
                     ui->theme->muted, _("Select a number to see where it comes from."));
        return;
    }
    struct rect top = rect_cut_top(&in, in.h / 2);
    draw_symbols(v, top);
    if (s->formula->given)
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 20), in, ALIGN_LEFT | TEXT_MAY_CUT,
                     ui->theme->muted,
                     _("Nothing computes it: it is what the rest is computed from."));
    else if (s->formula->count == 0 && s->formula_done)
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 20), in, ALIGN_LEFT | TEXT_MAY_CUT,
                     ui->theme->muted, _("a sum of no terms"));
    else if (s->formula_terms == 0)
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 20), in, ALIGN_LEFT | TEXT_MAY_CUT,
                     ui->theme->muted,
                     _("not computed yet · press Step, or click the phase above"));
    else
        draw_numbers(v, f, in);
}

/* Does the number's own text tell all its digits, and not that it is hidden or on its way? */
static bool is_exact(const struct view *v)
{
    return v->snap->formula_done && !view_is_hidden(v, v->snap->selected);
}

static void value_texts(const struct view *v, char *value, char *below, size_t size,
                        struct colour *c)
{
    const struct snapshot *s = v->snap;
    struct ui *ui = v->ui;
    char exact[48];
    float x = cell_value(s->trace, s->selected);
    bool gradient = view_is_gradient(s, s->selected.tensor);
    *c = ui->theme->muted;
    if (view_is_hidden(v, s->selected)) {
        snprintf(value, size, "?");
        bool in_lesson = v->session && session_is_hidden(v->session, s->selected);
        snprintf(below, size, in_lesson ? _("answer it in the lesson") : _("covered: H shows it"));
    } else if (!s->formula_done && s->formula_terms > 0 && s->formula) {
        x = formula_eval(s->formula, s->formula_terms);
        view_number(s, (double)x, value, size);
        snprintf(below, size, _("so far: %d of %d"), s->formula_terms, s->formula->count);
        *c = theme_signed(ui->theme, gradient, x);
    } else if (!s->formula_done) {
        snprintf(value, size, "…");
        snprintf(below, size, _("not computed yet"));
    } else {
        view_number(s, (double)x, value, size);
        snprintf(below, size, _("exactly %s"), view_exact(s, x, exact, sizeof exact));
        *c = theme_signed(ui->theme, gradient, x);
    }
}

enum below { BELOW_NUMBER, BELOW_WAS, BELOW_GUESSED };

/* What stands below the number: what it was, when that changed just now; how it was guessed; else
 * what was there, all its digits. */
static enum below note_below(const struct view *v, char *below, size_t size, struct colour *c)
{
    const struct snapshot *s = v->snap;
    const struct guessing *g = s->guessing;
    char verdict[64];
    if (view_was_text(v, s->selected, verdict, sizeof verdict)) {
        snprintf(below, size, "%s", verdict);
        *c = v->ui->theme->ink;
        return BELOW_WAS;
    }
    *c = v->ui->theme->muted;
    guess_verdict(s, verdict, sizeof verdict);
    if (!verdict[0] || !s->formula_done)
        return BELOW_NUMBER;
    *c = v->ui->theme->ink;
    snprintf(below, size, "%s", verdict);
    if (g->state != GUESS_RIGHT)
        return BELOW_GUESSED;
    *c = v->ui->theme->good;
    snprintf(below, size, /* TRANSLATORS: "right! 3 of 4, 2 at once": so many guesses were right */
             _("%s %d of %d, %d at once"), verdict, g->right, g->asked, g->first);
    return BELOW_GUESSED;
}

static void draw_guess(const struct view *v, struct formula_state *f, struct rect in)
{
    struct ui *ui = v->ui;
    char below[140];
    snprintf(below, sizeof below, "%s", _("guess first"));
    struct rect row = rect_cut_top(&in, ui_px(ui, 50));
    draw_tag(ui->draw, "value");
    guess_field_draw(v, &f->guess, "formula.guess", row);
    struct colour c;
    note_below(v, below, sizeof below, &c);
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 18), in, ALIGN_LEFT | TEXT_MAY_CUT, c, below);
}

static void draw_value(const struct view *v, struct formula_state *f, struct rect r)
{
    struct ui *ui = v->ui;
    struct rect in = rect_inset_xy(r, margin_px(ui), ui_px(ui, 8));
    char value[96], below[140], exact[48];
    struct colour c, below_colour;
    if (guess_is_wanted(v)) {
        draw_guess(v, f, rect_inset_xy(r, fminf(margin_px(ui), ui_px(ui, 12)), ui_px(ui, 12)));
        return;
    }
    value_texts(v, value, below, 96, &c);
    enum below what = note_below(v, below, sizeof below, &below_colour);
    struct rect top = rect_cut_top(&in, in.h * 0.66f);
    int px = fitting_px(ui, FONT_MONO_BOLD, bars_are_tight(ui) ? 34 : 44, 20, value, top.w);
    if (what == BELOW_NUMBER && is_exact(v) &&
        font_width(ui->fonts, FONT_MONO, ui_text_px(ui, 17), below) > in.w)
        snprintf(below, sizeof below, "%s",
                 view_exact(v->snap, cell_value(v->snap->trace, v->snap->selected), exact,
                            sizeof exact));
    enum font_face face = what == BELOW_GUESSED ? FONT_SANS : FONT_MONO;
    int small = fitting_px(ui, face, 17, 13, below, in.w);
    draw_tag(ui->draw, "value");
    change_drag_on(v, &f->drag, "formula.drag", top);
    draw_text_in(ui->draw, FONT_MONO_BOLD, px, top, ALIGN_RIGHT | TEXT_MAY_CUT, c, value);
    if (what == BELOW_WAS) { /* on the marks' colour */
        float w = font_width(ui->fonts, FONT_MONO, small, below) + ui_px(ui, 16);
        struct rect rest = {in.x, in.y, in.w + ui_px(ui, 8), in.h};
        draw_rect(ui->draw, rect_cut_right(&rest, fminf(w, rest.w)), ui->theme->turn_ground);
    }
    draw_text_in(ui->draw, face, small, in, ALIGN_RIGHT | TEXT_MAY_CUT, below_colour, below);
}

void formula_bar_draw(const struct view *v, struct formula_state *f, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    draw_tag(ui->draw, "formula");
    draw_rect(ui->draw, r, t->panel);
    draw_hline(ui->draw, r.x, r.x + r.w, r.y + r.h - 1, 1, t->line);
    if (!view_has_pass(v->snap)) {
        draw_tag(ui->draw, NULL);
        return;
    }
    struct rect in = r;
    float most = r.w * (bars_are_tight(ui) ? 0.26f : 0.3f);
    float name = fminf(ui_px(ui, 320), most), value = fminf(ui_px(ui, 300), most);
    draw_name(v, f, rect_cut_left(&in, name));
    draw_vline(ui->draw, in.x, r.y, r.y + r.h - 1, 1, t->line);
    struct rect right = rect_cut_right(&in, value);
    draw_vline(ui->draw, right.x, r.y, r.y + r.h - 1, 1, t->line);
    draw_tag(ui->draw, "formula");
    draw_middle(v, f, in);
    if (cell_is(v->snap->selected))
        draw_value(v, f, right);
    draw_tag(ui->draw, NULL);
}
