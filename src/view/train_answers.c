/* What it confuses: the matrix of truth and guess, whose entries open the samples behind them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "train_cards.h"

struct grid {
    struct rect r; /* the cells */
    int n;
    float cell;
    int px; /* of names and counts */
};

static int row_sum(const struct study *st, int truth)
{
    int sum = 0;
    for (int k = 0; k < st->classes; k++)
        sum += st->confusion[truth * st->classes + k];
    return sum;
}

/* The nearest shade to `part` of the way to c on which a number can be read in this theme. */
static struct colour shade(const struct theme *t, struct colour c, float part)
{
    enum { STEPS = 20 };
    for (int k = 0; k <= 2 * STEPS; k++) {
        float by = (float)((k + 1) / 2) / STEPS, at = k % 2 ? part + by : part - by;
        if (at < 0 || at > 1)
            continue;
        struct colour ground = colour_mix(t->zero, c, at);
        if (colour_contrast(theme_text_on(t, ground), ground) >= t->least_contrast)
            return ground;
    }
    return t->zero;
}

/* Right answers in the values' blue, wrong ones in orange that is full at a quarter of the row. */
static struct colour cell_colour(const struct view *v, const struct study *st, int truth, int guess)
{
    const struct theme *t = v->ui->theme;
    int count = st->confusion[truth * st->classes + guess], sum = row_sum(st, truth);
    float part = sum ? (float)count / (float)sum : 0;
    if (truth == guess)
        return shade(t, t->value_pos, 0.85f * part);
    return shade(t, t->value_neg, fminf(1, count ? 0.08f + 3.4f * part : 0));
}

static float widest_name(const struct view *v, int n, int px)
{
    char name[64];
    float widest = 0;
    for (int i = 0; i < n; i++)
        widest = fmaxf(widest, font_width(v->ui->fonts, FONT_MONO, px,
                                          view_class(v->snap, i, name, sizeof name)));
    return widest;
}

/* With names and counts of that size. */
static struct grid fit_grid(const struct view *v, const struct study *st, struct rect r, int px)
{
    struct ui *ui = v->ui;
    struct grid g = {.n = st->classes, .px = px};
    float names = fminf(widest_name(v, g.n, g.px) + ui_px(ui, 12), r.w * 0.3f);
    rect_cut_left(&r, names);
    rect_cut_top(&r, (float)g.px * 1.4f);
    g.cell = floorf(fminf(r.w, r.h) / (float)g.n);
    float wide = floorf(fminf(r.w / (float)g.n, g.cell * 1.5f)); /* low and wide where it must be */
    g.r = rect_of(r.x, r.y, wide * (float)g.n, g.cell * (float)g.n);
    return g;
}

static struct grid make_grid(const struct view *v, const struct study *st, struct rect r)
{
    enum { PX_LEAST = 12 };
    struct grid g = fit_grid(v, st, r, ui_text_px(v->ui, 17));
    int fits = (int)(g.cell / 1.1f);
    if (fits >= g.px)
        return g;
    return fit_grid(v, st, r, fits > PX_LEAST ? fits : PX_LEAST);
}

static void draw_names(const struct view *v, const struct grid *g)
{
    struct ui *ui = v->ui;
    char buffer[64];
    if (g->cell < (float)g->px * 1.05f)
        return;
    float wide = g->r.w / (float)g->n;
    for (int i = 0; i < g->n; i++) {
        const char *name = view_class(v->snap, i, buffer, sizeof buffer);
        struct rect row = {g->r.x - g->r.w, g->r.y + (float)i * g->cell, g->r.w - ui_px(ui, 8),
                           g->cell};
        float w = font_width(ui->fonts, FONT_MONO, g->px, name) + 1;
        row.x = fmaxf(row.x, g->r.x - ui_px(ui, 8) - w);
        row.w = g->r.x - ui_px(ui, 8) - row.x;
        draw_text_in(ui->draw, FONT_MONO, g->px, row, ALIGN_RIGHT | TEXT_MAY_CUT, ui->theme->muted,
                     name);
        struct rect column = {g->r.x + (float)i * wide, g->r.y - (float)g->px * 1.4f, wide,
                              (float)g->px * 1.3f};
        draw_text_in(ui->draw, FONT_MONO, g->px, rect_inset_xy(column, 1, 0),
                     ALIGN_CENTRE | TEXT_MAY_CUT, ui->theme->muted, name);
    }
}

/* Counts where they fit; 0 is left empty. */
static void draw_counts(const struct view *v, const struct study *st, const struct grid *g)
{
    struct ui *ui = v->ui;
    char text[32];
    for (int i = 0; i < g->n * g->n; i++) {
        struct rect cell = rect_cell(g->r, g->n, g->n, i % g->n, i / g->n);
        if (st->confusion[i] == 0)
            continue;
        snprintf(text, sizeof text, "%d", st->confusion[i]);
        if (font_width(ui->fonts, FONT_MONO, g->px, text) + 2 > cell.w ||
            (float)g->px * 1.05f > cell.h)
            continue;
        draw_text_in(ui->draw, FONT_MONO, g->px, cell, ALIGN_CENTRE,
                     theme_text_on(ui->theme, cell_colour(v, st, i / g->n, i % g->n)), text);
    }
}

static void mark(const struct view *v, const struct grid *g, int truth, int guess, struct colour c)
{
    struct rect cell = rect_cell(g->r, g->n, g->n, guess, truth);
    draw_frame(v->ui->draw, rect_inset(cell, -1), fmaxf(2, ui_px(v->ui, 3)), c);
}

static void open_entry(struct train_view_state *s, const struct study *st, int at)
{
    int truth = at / st->classes, guess = at % st->classes;
    bool again = truth == s->truth && guess == s->guess;
    s->truth = again ? -1 : truth;
    s->guess = again ? -1 : guess;
    s->samples_scroll = 0;
}

/* "7 taken for 9: 5 of 98" */
static void tell(const struct view *v, const struct study *st, struct rect r, int at)
{
    char text[200], names[2][64];
    int count = st->confusion[at], row = at / st->classes, column = at % st->classes;
    const char *truth = view_class(v->snap, row, names[0], sizeof names[0]);
    const char *guess = view_class(v->snap, column, names[1], sizeof names[1]);
    if (row == column)
        snprintf(text, sizeof text, _("%s known: %d of %d"), truth, count, row_sum(st, row));
    else
        snprintf(text, sizeof text, _("%s taken for %s: %d of %d"), truth, guess, count,
                 row_sum(st, row));
    ui_tooltip(v->ui, r, text);
}

static void use_grid(const struct view *v, struct train_view_state *s, const struct study *st,
                     const struct grid *g)
{
    struct ui *ui = v->ui;
    unsigned answer = ui_area(ui, "train.confusion", g->r, _("what it confuses"), true);
    int all = g->n * g->n;
    if (s->cursor >= all)
        s->cursor = 0;
    if (answer & AREA_FOCUS) {
        int by = ui_key(ui, "Right") - ui_key(ui, "Left") +
                 g->n * (ui_key(ui, "Down") - ui_key(ui, "Up"));
        s->cursor = (s->cursor + by + all) % all;
        if (ui->focus_visible)
            mark(v, g, s->cursor / g->n, s->cursor % g->n, ui->theme->focus);
    }
    bool inside = ui_hovers(ui, g->r);
    if (inside) {
        int column = (int)((ui->in->mouse_x - g->r.x) / g->r.w * (float)g->n);
        int row = (int)((ui->in->mouse_y - g->r.y) / g->r.h * (float)g->n);
        int at = row * g->n + column;
        tell(v, st, rect_cell(g->r, g->n, g->n, column, row), at);
        if (answer & AREA_CLICKED)
            s->cursor = at;
    }
    if (answer & AREA_CLICKED)
        open_entry(s, st, s->cursor);
}

static void draw_matrix(const struct view *v, struct train_view_state *s, const struct study *st,
                        struct rect r)
{
    struct grid g = make_grid(v, st, r);
    if (g.cell < 2)
        return;
    uint32_t *colours = mem_zalloc((size_t)g.n * (size_t)g.n, sizeof *colours);
    for (int i = 0; i < g.n * g.n; i++)
        colours[i] = colour_pack(cell_colour(v, st, i / g.n, i % g.n));
    draw_heatmap(v->ui->draw, g.r, g.n, g.n, colours, HEATMAP_GRID, v->ui->theme->line);
    free(colours);
    draw_names(v, &g);
    draw_counts(v, st, &g);
    use_grid(v, s, st, &g);
    if (s->truth >= 0)
        mark(v, &g, s->truth, s->guess, v->ui->theme->selection);
}

void train_answers_draw(const struct view *v, struct train_view_state *s, struct rect r)
{
    char line[160], right[48], n[32];
    const struct study *st = v->snap->study;
    struct rect in = train_card(v, r);
    if (!st || st->targets) {
        struct rect at = in;
        train_card_title(v, &in, st ? _("predicted against true") : _("what it confuses"), NULL, 0);
        if (!st)
            train_card_study(v, at);
        else
            train_scatter_draw(v, s, st, in);
        return;
    }
    if (s->truth >= st->classes || s->guess >= st->classes)
        s->truth = s->guess = -1;
    view_percent(v->snap, st->accuracy, 1, right, sizeof right);
    snprintf(line, sizeof line, _("rows truth, columns guess · %s right"), right);
    if (font_width(v->ui->fonts, FONT_MONO, ui_text_px(v->ui, 17), line) > in.w)
        snprintf(line, sizeof line, _("rows truth, columns guess"));
    char title[120];
    snprintf(title, sizeof title,
             st->test ? _("what it confuses, of %s test samples")
                      : _("what it confuses, of %s training samples"),
             view_count(st->n, n, sizeof n));
    float fits = font_width(v->ui->fonts, FONT_SANS_BOLD, ui_text_px(v->ui, 22), title);
    train_card_title(v, &in, fits <= in.w ? title : _("what it confuses"), line, 0);
    draw_matrix(v, s, st, in);
}
