#include "glassnet/view/screen.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/ui/paragraph.h"

void screen_init(struct screen *s)
{
    memset(s, 0, sizeof *s);
    canvas_init(&s->canvas);
    formula_bar_init(&s->formula);
    transport_init(&s->transport);
    panel_init(&s->panel);
    until_dialog_init(&s->until);
}

void screen_deinit(struct screen *s)
{
    canvas_deinit(&s->canvas);
    panel_deinit(&s->panel);
    palette_deinit(&s->palette);
    pen_deinit(&s->pen);
    files_deinit(&s->files);
    class_table_deinit(&s->class_table);
}

void screen_say(struct screen *s, const struct ui *ui, bool error, const char *sentence)
{
    snprintf(s->toast, sizeof s->toast, "%s", sentence);
    s->toast_is_error = error;
    s->toast_until = ui->time + (error ? 12 : 5);
}

bool screen_marks(struct screen *s, const struct snapshot *snap, double time)
{
    const double moment = 2; /* seconds */
    if (snap->before_number != s->marked)
        s->marked_until = snap->before_number ? time + moment : 0;
    s->marked = snap->before_number;
    return time < s->marked_until;
}

/* A message at the foot of the canvas; a click puts it away. */
static void draw_toast(const struct view *v, struct screen *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    if (!s->toast[0])
        return;
    const struct text_run run = {.text = s->toast, .colour = t->ink};
    struct paragraph_style style = {.px = ui_text_px(ui, 21), .leading = 1.35f, .max_lines = 6};
    float width = fminf(ui_px(ui, 900), r.w - ui_px(ui, 60)), pad = ui_px(ui, 20);
    float h = paragraph_height(ui->fonts, &run, 1, &style, width - 2 * pad) + 2 * pad;
    struct rect box = {r.x + (r.w - width) / 2, r.y + r.h - h - ui_px(ui, 24), width, h};
    ui_popup_begin(ui, box);
    draw_tag(ui->draw, "message");
    draw_round_rect(ui->draw, box, ui_px(ui, 8), t->panel);
    draw_round_frame(ui->draw, box, ui_px(ui, 8), fmaxf(2, ui_px(ui, 2)),
                     s->toast_is_error ? t->error : t->good);
    paragraph_draw(ui->draw, &run, 1, &style, box.x + pad, box.y + pad, width - 2 * pad);
    if (ui_area(ui, "message", box, _("message"), false) & AREA_CLICKED)
        s->toast[0] = 0;
    draw_tag(ui->draw, NULL);
    ui_popup_end(ui);
}

static void draw_empty(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const char *text = v->snap->notice && v->snap->notice[0] ? v->snap->notice
                       : v->snap->net
                           ? _("There is no sample to show yet: open a data set, or draw "
                               "on the pad at the right.")
                           : _("Nothing is open. Press Escape for the home screen, or "
                               "drop a network file here.");
    float width = fminf(ui_px(ui, 760), r.w * 0.8f);
    const struct text_run run = {.text = text, .colour = ui->theme->muted};
    struct paragraph_style style = {.px = ui_text_px(ui, 24), .align = ALIGN_CENTRE};
    float h = paragraph_height(ui->fonts, &run, 1, &style, width);
    paragraph_draw(ui->draw, &run, 1, &style, r.x + (r.w - width) / 2, r.y + (r.h - h) / 2, width);
}

/* The panel gives way when the window is small and everything enlarged. */
static float panel_width(const struct view *v, const struct screen *s, struct rect r)
{
    float wanted = ui_px(v->ui, SIDE_PANEL);
    if (s->panel.folded)
        return ui_px(v->ui, 30);
    return fminf(wanted, r.w * (bars_are_tight(v->ui) ? 0.42f : 0.36f));
}

/* Tabs and view; returns where the view lies. */
static struct rect draw_canvas(const struct view *v, struct screen *s, struct rect r)
{
    bool alone = canvas_flags(&s->canvas) & CANVAS_ALONE;
    if (!view_has_pass(v->snap) && !alone) {
        place_begin(v, &s->places, "canvas", r);
        draw_empty(v, r);
        place_end(v, &s->places);
        return r;
    }
    if (!view_hides(v, "views") || !view_hides(v, "tools")) {
        struct rect tabs = rect_cut_top(&r, ui_px(v->ui, CANVAS_TABS)), left = tabs;
        place_begin(v, &s->places, "tabs", tabs);
        if (!view_hides(v, "tools"))
            pen_button_draw(v, &s->pen, &left);
        canvas_tabs_draw(v, &s->canvas, &left);
        place_end(v, &s->places);
    }
    place_begin(v, &s->places, "canvas", r);
    /* A picture in little room grows less than the words around it, so that its parts have space;
     * the wheel enlarges it. */
    float scale = v->ui->scale;
    v->ui->scale = fminf(scale, fminf(r.w / CANVAS_LEAST_W, r.h / CANVAS_LEAST_H));
    canvas_draw(v, &s->canvas, r);
    v->ui->scale = scale;
    place_end(v, &s->places);
    return r;
}

static void draw_messages(const struct view *v, struct screen *s, struct rect r)
{
    place_begin(v, &s->places, "message", r);
    if (v->snap->until.number != s->until.told) {
        s->until.told = v->snap->until.number;
        screen_say(s, v->ui, false, v->snap->until.message);
        s->toast_until = v->ui->time + 15; /* it says what a while was waited for */
    }
    if (v->snap->until.running)
        until_banner_draw(v, r);
    else if (!s->overlay)
        draw_toast(v, s, r);
    place_end(v, &s->places);
}

static void draw_formula(const struct view *v, struct screen *s, struct rect r)
{
    place_begin(v, &s->places, "formula", r);
    formula_bar_draw(v, &s->formula, r);
    place_end(v, &s->places);
    if (s->formula.show_terms) {
        s->formula.show_terms = false;
        s->panel.tab = TAB_INSPECT;
        s->panel.folded = false;
    }
}

/* The view's own bar, or the transport unless the lesson does without. */
static bool has_foot(const struct view *v, const struct screen *s)
{
    return canvas_has_foot(&s->canvas) || !view_hides(v, "transport");
}

static void draw_foot(const struct view *v, struct screen *s, struct rect r)
{
    if (!has_foot(v, s)) {
        transport_play(v, &s->transport);
        return;
    }
    place_begin(v, &s->places, "transport", r);
    if (!canvas_foot_draw(v, &s->canvas, r))
        transport_draw(v, &s->transport, r);
    place_end(v, &s->places);
}

static void draw_places(const struct view *v, struct screen *s, struct player *player,
                        struct rect all)
{
    struct ui *ui = v->ui;
    struct places *places = &s->places;
    bool tight = bars_are_tight(ui);
    struct rect r = all, top = rect_cut_top(&r, ui_px(ui, tight ? TOP_BAR_TIGHT : TOP_BAR));
    canvas_settle(&s->canvas, v->snap);
    /* A lesson's page stays in sight whatever it shows. */
    bool wide = canvas_flags(&s->canvas) & CANVAS_WIDE;
    bool has_formula = !wide && !view_hides(v, "formula");
    struct rect foot = {0, 0, 0, 0}, formula = foot, panel = foot;
    if (has_foot(v, s))
        foot = rect_cut_bottom(&r, ui_px(ui, tight ? TRANSPORT_BAR_TIGHT : TRANSPORT_BAR));
    if (has_formula)
        formula = rect_cut_top(&r, ui_px(ui, tight ? FORMULA_BAR_TIGHT : FORMULA_BAR));
    if (!wide || player)
        panel = rect_cut_right(&r, panel_width(v, s, r));
    struct rect canvas = draw_canvas(v, s, r);
    place_begin(v, places, "top bar", top);
    top_bar_draw(v, top,
                 player ? player_view(player)->lesson_title : C_("a group of views", "Play"));
    place_end(v, places);
    if (has_formula)
        draw_formula(v, s, formula);
    if (!wide || player) {
        place_begin(v, places, "panel", panel);
        panel_draw(v, &s->panel, &s->canvas, player, panel);
        place_end(v, places);
    }
    draw_foot(v, s, foot);
    place_begin(v, places, "pen", all);
    pen_draw(v, &s->pen, all, canvas);
    place_end(v, places);
    draw_messages(v, s, r);
}

static void draw_overlay(const struct view *v, struct screen *s)
{
    switch (s->overlay) {
    case OVERLAY_KEYS:
        keys_draw(v, &s->keys_scroll);
        break;
    case OVERLAY_RECOVER:
        recover_draw(v);
        break;
    case OVERLAY_SETTINGS:
        settings_draw(v, &s->settings);
        break;
    case OVERLAY_UNTIL:
        until_dialog_draw(v, &s->until);
        break;
    case OVERLAY_STEP:
        step_dialog_draw(v, &s->step);
        break;
    case OVERLAY_PALETTE:
        palette_draw(v, &s->palette);
        break;
    case OVERLAY_LEARNER:
        learner_draw(v, &s->learner);
        break;
    case OVERLAY_CLASS:
        class_table_draw(v, &s->class_table, s->home.lessons);
        break;
    case OVERLAY_GLOSSARY:
        glossary_draw(v, &s->glossary);
        break;
    case OVERLAY_FILES:
        files_draw(v, &s->files);
        break;
    default:
        break;
    }
}

void screen_draw(const struct view *v, struct screen *s, struct player *player)
{
    struct ui *ui = v->ui;
    struct rect all = {0, 0, (float)ui->w, (float)ui->h};
    bool home = !v->snap->view || strcmp(v->snap->view, "home") == 0;
    draw_rect(ui->draw, all, s->blank ? colour_hex(0x000000) : ui->theme->background);
    if (s->toast[0] && ui->time >= s->toast_until)
        s->toast[0] = 0;
    s->places.count = 0;
    if (s->blank) {
        place_begin(v, &s->places, "blank", all);
        if (ui_area(ui, "blank", all, _("blank: a click or a key shows the screen again"), false) &
            AREA_CLICKED)
            s->blank = false;
        place_end(v, &s->places);
        return;
    }
    if (s->overlay)
        ui_behind_begin(ui);
    if (home) {
        place_begin(v, &s->places, "home", all);
        home_draw(v, &s->home, all);
        place_end(v, &s->places);
        rect_cut_bottom(&all, ui_px(ui, HOME_FOOT)); /* a mistyped file name stays in sight */
        if (!s->overlay)
            draw_toast(v, s, all);
    } else {
        draw_places(v, s, player, all);
    }
    if (s->overlay)
        ui_behind_end(ui);
    place_begin(v, &s->places, "overlay", rect_of(0, 0, (float)ui->w, (float)ui->h));
    draw_overlay(v, s);
    if (s->overlay) /* what a button in it did is said in sight */
        draw_toast(v, s, rect_of(0, 0, (float)ui->w, (float)ui->h));
    place_end(v, &s->places);
    s->until.shown = s->overlay == OVERLAY_UNTIL;
    s->step.shown = s->overlay == OVERLAY_STEP;
}
