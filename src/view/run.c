#include "glassnet/view/run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "glassnet/ui/paragraph.h"
#include "plot.h"
#include "run_code.h"
#include "run_compare.h"
#include "run_line.h"

void run_init(struct run_state *s)
{
    *s = (struct run_state){.naming = false};
    text_edit_init(&s->edit, s->name, sizeof s->name);
}

static void draw_words(const struct view *v, struct rect r, const char *words)
{
    struct ui *ui = v->ui;
    const struct text_run run = {.text = words, .colour = ui->theme->muted};
    struct paragraph_style style = {.px = ui_text_px(ui, 24), .align = ALIGN_CENTRE};
    float w = fminf(ui_px(ui, 720), r.w * 0.85f);
    float h = paragraph_height(ui->fonts, &run, 1, &style, w);
    if (h <= r.h)
        paragraph_draw(ui->draw, &run, 1, &style, r.x + (r.w - w) / 2, r.y + (r.h - h) / 2, w);
}

static void curves_range(const struct snapshot *s, double *epochs, double *high)
{
    *epochs = 1e-9;
    *high = 0;
    for (int b = 0; b < s->branch_count; b++)
        for (int i = 0; i < s->branches[b].point_count; i++) {
            const struct progress_point *p = &s->branches[b].points[i];
            *epochs = fmax(*epochs, p->epoch);
            if (isfinite(p->loss))
                *high = fmax(*high, (double)p->loss);
        }
}

/* One branch's training loss, or the dot where it stands. */
static void draw_branch_curve(const struct view *v, const struct plot_axes *a, int branch, bool dot)
{
    const struct snapshot *s = v->snap;
    const struct branch_info *b = &s->branches[branch];
    double *x = mem_zalloc((size_t)b->point_count * 2 + 1, sizeof *x), *y = x + b->point_count;
    double now = b->epoch;
    int at = -1;
    for (int i = 0; i < b->point_count; i++) {
        x[i] = b->points[i].epoch;
        y[i] = (double)b->points[i].loss;
        if (x[i] <= now + 1e-9)
            at = i;
    }
    float width = fmaxf(1.5f, ui_px(v->ui, branch == s->branch ? 4 : 2.5f));
    if (!dot)
        plot_curve(v, a, x, y, b->point_count, width, run_colour(v, branch));
    if (at >= 0 && isfinite(y[at]) && dot) {
        struct point p = plot_point(a, x[at], y[at]);
        draw_circle(v->ui->draw, p.x, p.y, ui_px(v->ui, 9), v->ui->theme->panel);
        draw_circle(v->ui->draw, p.x, p.y, ui_px(v->ui, 7), run_colour(v, branch));
    }
    free(x);
}

static void draw_curves(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    double epochs, high;
    struct rect head = rect_cut_top(&r, ui_px(ui, 44));
    draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 24), head, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, _("training loss of each branch"));
    curves_range(v->snap, &epochs, &high);
    if (high <= 0) {
        draw_words(v, r, _("Train, or step over the end of a pass, and the curve grows here."));
        return;
    }
    struct plot_axes a = plot_begin(v, r, 0, epochs, 0, high);
    plot_axes_draw(v, &a, _("epoch"));
    draw_clip_push(ui->draw, a.r);
    for (int b = 0; b < v->snap->branch_count; b++)
        if (b != v->snap->branch)
            draw_branch_curve(v, &a, b, false);
    draw_branch_curve(v, &a, v->snap->branch, false);
    draw_clip_pop(ui->draw);
    for (int b = 0; b < v->snap->branch_count; b++)
        draw_branch_curve(v, &a, b, true);
}

/* A small button at the right end of a row. */
static bool row_button(const struct view *v, struct rect *row, int branch, const char *what,
                       const char *label, const char *tip, bool on)
{
    struct ui *ui = v->ui;
    char id[48];
    float w = ui_button_width(ui, label);
    if (w > row->w * 0.6f)
        return false;
    struct rect r = rect_cut_right(row, w);
    rect_cut_right(row, ui_px(ui, 8));
    snprintf(id, sizeof id, "run.%s.%d", what, branch + 1);
    r = rect_centre(r, r.w, ui_px(ui, 42));
    bool clicked = ui_button(ui, id, r, label, on ? BUTTON_NORMAL | BUTTON_ON : BUTTON_NORMAL);
    ui_tooltip(ui, r, tip);
    return clicked;
}

static void draw_branch(const struct view *v, int branch, struct rect row)
{
    struct ui *ui = v->ui;
    const struct snapshot *s = v->snap;
    const struct branch_info *b = &s->branches[branch];
    bool shown = branch == s->branch, beside = branch == s->compare;
    char text[160], now[32], end[32];
    if (shown)
        draw_rect(ui->draw, row, ui->theme->hover);
    rect_cut_right(&row, ui_px(ui, 8));
    if (!shown) {
        if (row_button(v, &row, branch, "drop", _("Drop"), _("Forget this branch"), false))
            intents_add(v->out, "drop %d", branch + 1);
        if (row_button(v, &row, branch, "compare", _("Beside"),
                       _("Set its numbers beside those shown"), beside))
            intents_add(v->out, beside ? "compare none" : "compare %d", branch + 1);
        if (row_button(v, &row, branch, "switch", _("Show"),
                       _("Go to this branch, where it stands"), false))
            intents_add(v->out, "switch %d", branch + 1);
    }
    float dot = ui_px(ui, 9);
    draw_circle(ui->draw, row.x + 2 * dot, row.y + row.h / 2, dot, run_colour(v, branch));
    rect_cut_left(&row, 4 * dot);
    struct rect top = rect_cut_top(&row, row.h * 0.54f);
    draw_text_in(ui->draw, shown ? FONT_SANS_BOLD : FONT_SANS, ui_text_px(ui, 22), top,
                 ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink, b->name);
    snprintf(text, sizeof text, b->changes ? _("step %s of %s, with changes") : _("step %s of %s"),
             view_count(b->now, now, sizeof now), view_count(b->end, end, sizeof end));
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 18), row, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->muted, text);
}

static void draw_name_field(const struct view *v, struct run_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    s->edit.text = s->name;
    if (s->asks_focus)
        ui_focus(ui, "run.name");
    s->asks_focus = false;
    unsigned answer =
        ui_field(ui, "run.name", r, &s->edit, _("a name"), FONT_SANS, ui_text_px(ui, 22));
    if ((answer & FIELD_ENTERED) && s->name[0])
        intents_add(v->out, "rename %s", s->name);
    if (answer & (FIELD_ENTERED | FIELD_LEFT)) {
        s->naming = false;
        ui_focus(ui, NULL);
    }
}

static void draw_buttons(const struct view *v, struct run_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    bool full = v->snap->branch_count == BRANCHES_MOST;
    const char *fork = _("What if … (branch here)");
    if (s->naming) {
        draw_name_field(v, s, rect_centre(r, r.w, ui_px(ui, 48)));
        return;
    }
    struct rect button = rect_cut_left(&r, fminf(r.w, ui_button_width(ui, fork)));
    if (ui_button(ui, "run.fork", rect_centre(button, button.w, ui_px(ui, 48)), fork,
                  full ? BUTTON_PRIMARY | BUTTON_DISABLED : BUTTON_PRIMARY))
        intents_add(v->out, "fork");
    ui_tooltip(ui, button,
               full ? _("There are four branches: drop one first")
                    : _("Begin a branch at this step: the same start, another future"));
    rect_cut_left(&r, ui_px(ui, 10));
    button = rect_cut_left(&r, ui_button_width(ui, _("Rename")));
    if (r.w >= 0 && ui_button(ui, "run.rename", rect_centre(button, button.w, ui_px(ui, 48)),
                              _("Rename"), BUTTON_NORMAL)) {
        s->naming = s->asks_focus = true;
        text_edit_set(&s->edit, v->snap->branches[v->snap->branch].name);
        s->edit.anchor = 0;
    }
}

static void draw_branches(const struct view *v, struct run_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    struct rect head = rect_cut_top(&r, ui_px(ui, 44));
    draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 24), head, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, _("branches"));
    /* Where not all have room, the one shown is among those that have. */
    int fit = (int)ceilf((r.h - ui_px(ui, 130)) / ui_px(ui, 72));
    int first = v->snap->branch - fit + 1;
    for (int b = first > 0 ? first : 0; b < v->snap->branch_count && r.h > ui_px(ui, 130); b++) {
        draw_branch(v, b, rect_cut_top(&r, ui_px(ui, 68)));
        rect_cut_top(&r, ui_px(ui, 4));
    }
    rect_cut_top(&r, ui_px(ui, 6));
    draw_buttons(v, s, rect_cut_top(&r, ui_px(ui, 52)));
    rect_cut_top(&r, ui_px(ui, 16));
    run_compare_draw(v, r);
}

/* The line of the run, and its step in words. */
static void draw_foot(const struct view *v, struct rect foot)
{
    struct ui *ui = v->ui;
    char text[96];
    struct rect words = rect_cut_top(&foot, ui_px(ui, 40));
    struct rect go = rect_cut_right(&words, ui_button_width(ui, _("Go to …")));
    if (ui_button(ui, "run.goto", rect_inset_xy(go, 0, ui_px(ui, 1)), _("Go to …"), BUTTON_NORMAL))
        intents_add(v->out, "app goto-step");
    view_tip(v, go, _("To a step by its number"), "app goto-step");
    rect_cut_right(&words, ui_px(ui, 8));
    draw_text_in(ui->draw, FONT_MONO, ui_text_px(ui, 19), words, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->muted, run_line_text(v->snap, text, sizeof text));
    run_line_draw(v, "run.line", foot);
}

void run_draw(const struct view *v, struct run_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    draw_tag(ui->draw, "run");
    struct rect in = rect_inset_xy(r, ui_px(ui, 24), ui_px(ui, 14));
    if (v->snap->epoch_steps == 0) {
        draw_words(v, in,
                   _("There is nothing to train here: it takes a loss line in the network's "
                     "file, and data."));
        draw_tag(ui->draw, NULL);
        return;
    }
    float side_width = fmaxf(ui_px(ui, 480), in.w * 0.42f), gap = ui_px(ui, 28);
    float code_height = fmaxf(ui_px(ui, 64), (float)ui_text_px(ui, 44));
    bool narrow = in.w - side_width - gap < ui_px(ui, 520);
    if (narrow) /* the code is for the whole room: it has the width of both columns */
        run_code_draw(v, s, rect_cut_top(&in, code_height));
    struct rect side = rect_cut_right(&in, side_width);
    rect_cut_right(&in, gap);
    draw_clip_push(ui->draw, side);
    draw_branches(v, s, side);
    draw_clip_pop(ui->draw);
    draw_tag(ui->draw, "run");
    if (!narrow)
        run_code_draw(v, s, rect_cut_top(&in, code_height));
    rect_cut_top(&in, ui_px(ui, 8));
    if (run_line_is_there(v->snap))
        draw_foot(v, rect_cut_bottom(&in, ui_px(ui, 90)));
    draw_curves(v, in);
    draw_tag(ui->draw, NULL);
}
