/* Step 2: what is in the pictures or the table, what is odd, and what is done to them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "glassnet/ui/paragraph.h"
#include "own_parts.h"

/* --- what is odd
 * ---------------------------------------------------------------------------------- */

static float odd_height(const struct view *v, float width)
{
    struct ui *ui = v->ui;
    const struct own_view *own = v->snap->own;
    float h = (float)ui_text_px(ui, OWN_TITLE) * 1.5f;
    int n = own->survey->odd > 0 ? own->survey->odd : 1;
    for (int i = 0; i < n; i++) {
        const struct text_run run = {.text = own->survey->odd ? own->survey->oddity[i] : "x"};
        struct paragraph_style style = {.px = ui_text_px(ui, OWN_SMALL), .leading = 1.35f};
        h += paragraph_height(ui->fonts, &run, 1, &style, width) + (float)style.px * 0.35f;
    }
    return h;
}

static void draw_odd(const struct view *v, struct rect r)
{
    const struct theme *t = v->ui->theme;
    const struct survey *s = v->snap->own->survey;
    own_title(v, &r, _("What is odd"));
    for (int i = 0; i < s->odd; i++)
        own_words(v, &r, OWN_SMALL, t->ink, s->oddity[i]);
    if (s->odd == 0)
        own_words(v, &r, OWN_SMALL, t->muted, _("Nothing was found."));
}

/* --- choices
 * -------------------------------------------------------------------------------------- */

static int find(const int *values, int n, int now)
{
    for (int i = 0; i < n; i++)
        if (values[i] == now)
            return i;
    return -1;
}

static void choose_test(const struct view *v, struct rect *r)
{
    static const int shares[] = {10, 20, 30, 50};
    static const char *const words[] = {"10 %", "20 %", "30 %", "50 %"};
    int chosen = own_choice(v, r, "data.test", _("Kept back for the test"), words, 4,
                            find(shares, 4, v->snap->own->test));
    if (chosen >= 0)
        intents_add(v->out, "own test %d", shares[chosen]);
}

static void choose_form(const struct view *v, struct rect *r)
{
    static const int sides[] = {16, 28, 32, 48, 64};
    static const char *const size_words[] = {"16", "28", "32", "48", "64"};
    static const char *const colours[] = {N_("Grey"), N_("Colour")};
    static const char *const fits[] = {N_("Stretch"), N_("Cut"), N_("Bars")};
    const struct own_view *own = v->snap->own;
    int chosen = own_choice(v, r, "data.size", _("Pixels a side, for the network"), size_words, 5,
                            find(sides, 5, own->side));
    if (chosen >= 0)
        intents_add(v->out, "own size %d", sides[chosen]);
    if (own->drawn)
        return;
    chosen = own_choice(v, r, "data.colour", _("Colours"), colours, 2, own->colour);
    if (chosen >= 0)
        intents_add(v->out, "own colour %s", chosen ? "on" : "off");
    chosen =
        own_choice(v, r, "data.fit", _("Other forms than a square are"), fits, 3, (int)own->fit);
    if (chosen >= 0)
        intents_add(v->out, "own fit %s", picture_fit_name((enum picture_fit)chosen));
}

static void say_what_is_done(const struct view *v, struct rect *r)
{
    static const char *const how[PICTURE_FITS] = {N_("stretched"), N_("cut to a square"),
                                                  N_("put between dark bars")};
    const struct own_view *own = v->snap->own;
    const struct survey *s = own->survey;
    char text[400], sizes[120];
    snprintf(sizes, sizeof sizes, s->alike ? _("%d × %d pixels") : _("%d × %d to %d × %d pixels"),
             s->least[0], s->least[1], s->most[0], s->most[1]);
    if (own->drawn)
        snprintf(text, sizeof text,
                 _("Drawings: brought to the middle and to %d × %d pixels, ink 1, paper 0."),
                 own->side, own->side);
    else
        snprintf(text, sizeof text,
                 _("They are %s, %s. Each becomes %d × %d, %s, %s; bytes 0 to 255 become 0 to 1."),
                 sizes, s->colour ? _("some in colour") : _("all grey"), own->side, own->side,
                 own->colour ? _("red, green and blue") : _("grey"), translate(how[own->fit]));
    own_words(v, r, OWN_SMALL, v->ui->theme->ink, text);
}

/* --- pictures
 * ------------------------------------------------------------------------------------- */

static void draw_class(const struct view *v, const struct survey_class *c, struct rect row)
{
    struct ui *ui = v->ui;
    char count[48], text[80];
    struct rect name = rect_cut_left(&row, fminf(row.w * 0.3f, ui_px(ui, 220)));
    struct rect top = rect_cut_top(&name, name.h / 2);
    draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, OWN_TEXT), top,
                 ALIGN_BOTTOM | TEXT_MAY_CUT, ui->theme->ink, c->name);
    snprintf(text, sizeof text, _("%s pictures"), view_count(c->count, count, sizeof count));
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, OWN_SMALL), name, ALIGN_TOP | TEXT_MAY_CUT,
                 ui->theme->muted, text);
    float gap = ui_px(ui, 6), side = row.h - gap;
    for (int i = 0; i < c->examples && row.w >= side; i++) {
        struct rect tile = rect_snap(rect_centre(rect_cut_left(&row, side), side, side));
        draw_heatmap(ui->draw, tile, SURVEY_SIDE, SURVEY_SIDE,
                     c->example + (size_t)i * SURVEY_SIDE * SURVEY_SIDE, 0, ui->theme->line);
        rect_cut_left(&row, gap);
    }
}

static void draw_classes(const struct view *v, struct own_data_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct survey *d = v->snap->own->survey;
    char title[120], count[48];
    snprintf(title, sizeof title,
             translate_count("%s pictures in %d class", "%s pictures in %d classes", d->classes),
             view_count(d->n, count, sizeof count), d->classes);
    own_title(v, &r, title);
    float row = fminf(fmaxf(ui_px(ui, 78), r.h / (float)d->classes), ui_px(ui, 120));
    struct rect in =
        ui_scroll_begin(ui, "data.classes", r, row * (float)d->classes, &s->scroll_left);
    for (int k = 0; k < d->classes; k++)
        draw_class(v, &d->class[k], rect_cut_top(&in, row));
    ui_scroll_end(ui);
}

static float form_height(const struct view *v)
{
    struct ui *ui = v->ui;
    float one = (float)ui_text_px(ui, OWN_SMALL) * 1.5f + ui_px(ui, 40 + OWN_GAP);
    return (v->snap->own->drawn ? 2 : 4) * one + (float)ui_text_px(ui, OWN_TITLE) * 1.5f +
           (float)ui_text_px(ui, OWN_SMALL) * 1.35f * 5;
}

/* The right column scrolls where it is higher than the room. */
static void draw_side(const struct view *v, struct own_data_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct own_view *own = v->snap->own;
    float odd = odd_height(v, r.w - ui_px(ui, 24)), form = form_height(v);
    float problem = own->problem[0] ? (float)ui_text_px(ui, OWN_TEXT) * 6 : 0;
    struct rect in = ui_scroll_begin(ui, "data.side", r, odd + form + problem, &s->scroll_right);
    in.h = odd + form + problem;
    if (problem > 0) {
        struct rect top = rect_cut_top(&in, problem);
        own_words(v, &top, OWN_TEXT, ui->theme->error, own->problem);
    }
    draw_odd(v, rect_cut_top(&in, odd));
    own_title(v, &in, _("What becomes of them"));
    say_what_is_done(v, &in);
    choose_form(v, &in);
    choose_test(v, &in);
    ui_scroll_end(ui);
}

void own_look_draw(const struct view *v, struct own_data_state *s, struct rect r)
{
    const struct own_view *own = v->snap->own;
    if (!own->survey) {
        char words[400];
        snprintf(words, sizeof words, _("%.200s is being looked through: %d of %d"), own->name,
                 own->done, own->total);
        own_progress(v, &r, words, own->done, own->total);
        return;
    }
    struct rect right = rect_cut_right(&r, r.w * 0.42f);
    rect_cut_right(&r, ui_px(v->ui, 28));
    draw_classes(v, s, r);
    draw_side(v, s, right);
}

/* --- a table
 * -------------------------------------------------------------------------------------- */

/* What the column holds, and what becomes of it. */
static void kind_of(const struct survey *s, int c, char *out, size_t size)
{
    const struct survey_column *k = &s->column[c];
    static const char *const words[] = {N_("numbers"), N_("words, left out"),
                                        N_("always the same, left out"), N_("empty, left out"),
                                        N_("row numbers, left out")};
    int inputs = survey_column_inputs(s, c);
    const char *kind = translate(words[k->kind]);
    if (c == s->target)
        kind = _("the answer");
    else if (2 * k->missing > s->n && k->kind != SURVEY_EMPTY)
        kind = _("mostly missing, left out");
    else if (survey_is_faulty(s, c))
        kind = _("numbers with slips, left out");
    if (k->kind == SURVEY_WORDS && inputs > 0)
        snprintf(out, size, translate_count("words, %d input", "words, %d inputs", inputs), inputs);
    else
        snprintf(out, size, "%s", kind);
}

static void column_words(const struct view *v, const struct survey_column *c, char *out,
                         size_t size)
{
    char least[48], most[48];
    if (c->kind == SURVEY_NUMBER)
        snprintf(out, size, _("%s to %s"), view_number(v->snap, c->least, least, sizeof least),
                 view_number(v->snap, c->most, most, sizeof most));
    else
        snprintf(out, size, "%.80s", c->examples);
}

static void draw_column(const struct view *v, int c, struct rect row)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    const struct survey *s = v->snap->own->survey;
    char id[32], text[160], kind[120];
    bool answer = c == s->target;
    snprintf(id, sizeof id, "data.column.%d", c);
    if (ui_row(ui, id, row, "", false))
        intents_add(v->out, "own target @%d", c + 1);
    ui_tooltip(ui, row, _("Takes this column as the answer"));
    struct colour ink = answer ? t->ink : t->muted;
    int px = ui_text_px(ui, OWN_SMALL);
    if (answer)
        draw_round_frame(ui->draw, rect_inset(row, 1), ui_px(ui, 6), fmaxf(2, ui_px(ui, 3)),
                         t->selection);
    row = rect_inset_xy(row, ui_px(ui, 12), 0);
    kind_of(s, c, kind, sizeof kind);
    draw_text_in(ui->draw, answer ? FONT_SANS_BOLD : FONT_SANS, px,
                 rect_cut_left(&row, row.w * 0.36f), ALIGN_LEFT | TEXT_MAY_CUT, t->ink,
                 s->column[c].name);
    draw_text_in(ui->draw, FONT_SANS, px, rect_cut_left(&row, row.w * 0.5f),
                 ALIGN_LEFT | TEXT_MAY_CUT, ink, kind);
    column_words(v, &s->column[c], text, sizeof text);
    draw_text_in(ui->draw, FONT_SANS, px, row, ALIGN_LEFT | TEXT_MAY_CUT, ink, text);
}

static void draw_columns(const struct view *v, struct own_data_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct survey *d = v->snap->own->survey;
    char title[120], count[48];
    snprintf(title, sizeof title, _("%s rows, %d columns"), view_count(d->n, count, sizeof count),
             d->columns);
    own_title(v, &r, title);
    own_words(v, &r, OWN_SMALL, ui->theme->muted,
              _("The column to be worked out from the others is the answer: click another one."));
    float row = ui_px(ui, 38);
    struct rect in =
        ui_scroll_begin(ui, "data.columns", r, row * (float)d->columns, &s->scroll_left);
    for (int c = 0; c < d->columns; c++)
        draw_column(v, c, rect_cut_top(&in, row));
    ui_scroll_end(ui);
}

/* The words, and how many inputs there are in all. */
static void say_inputs(const struct view *v, struct rect *r)
{
    const struct survey *s = v->snap->own->survey;
    char text[160];
    int inputs = 0, columns = 0, words = 0;
    for (int c = 0; c < s->columns; c++) {
        int n = survey_column_inputs(s, c);
        inputs += n;
        columns += n > 0;
        words += n > 0 && s->column[c].kind == SURVEY_WORDS;
    }
    if (words > 0)
        own_words(v, r, OWN_SMALL, v->ui->theme->ink,
                  _("Of a column of words each word becomes an input of its own: 1 in the rows "
                    "where it stands, else 0."));
    snprintf(text, sizeof text,
             translate_count("%d column becomes %d inputs of the network.",
                             "%d columns become %d inputs of the network.", columns),
             columns, inputs);
    if (words > 0)
        own_words(v, r, OWN_SMALL, v->ui->theme->ink, text);
}

static void draw_table_side(const struct view *v, struct own_data_state *s, struct rect r)
{
    static const char *const answers[] = {N_("Classes"), N_("A number")};
    struct ui *ui = v->ui;
    const struct own_view *own = v->snap->own;
    float odd = odd_height(v, r.w - ui_px(ui, 24)), form = form_height(v);
    float problem = own->problem[0] ? (float)ui_text_px(ui, OWN_TEXT) * 6 : 0;
    struct rect in = ui_scroll_begin(ui, "data.side", r, odd + form + problem, &s->scroll_right);
    in.h = odd + form + problem;
    if (problem > 0) {
        struct rect top = rect_cut_top(&in, problem);
        own_words(v, &top, OWN_TEXT, ui->theme->error, own->problem);
    }
    draw_odd(v, rect_cut_top(&in, odd));
    own_title(v, &in, _("What becomes of it"));
    own_words(
        v, &in, OWN_SMALL, ui->theme->ink,
        _("Each column of numbers is brought to mean 0 and deviation 1, so that none weighs more "
          "for its unit alone."));
    say_inputs(v, &in);
    int target = own->survey->target;
    if (target >= 0 && own->survey->column[target].kind != SURVEY_WORDS) {
        int chosen = own_choice(v, &in, "data.answer", _("The answer is"), answers, 2,
                                own->answer == OWN_NUMBERS);
        if (chosen >= 0)
            intents_add(v->out, "own answer %s", chosen ? "numbers" : "classes");
    }
    choose_test(v, &in);
    ui_scroll_end(ui);
}

void own_table_draw(const struct view *v, struct own_data_state *s, struct rect r)
{
    struct rect right = rect_cut_right(&r, r.w * 0.42f);
    rect_cut_right(&r, ui_px(v->ui, 28));
    draw_columns(v, s, r);
    draw_table_side(v, s, right);
}
