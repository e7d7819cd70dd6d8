#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "glassnet/view/action.h"
#include "glassnet/view/bars.h"
#include "run_line.h"

struct spans {
    float from[PHASES], to[PHASES]; /* along the line */
    int64_t begin[PHASES], end[PHASES];
};

/* Phases by their number of cells, none narrower than can be hit. */
static struct spans phase_spans(const struct view *v, struct rect line)
{
    struct spans s;
    float least = ui_px(v->ui, 14), gap = ui_px(v->ui, 4), sum = 0, weight[PHASES];
    for (int i = 0; i < PHASES; i++) {
        steps_phase(v->snap->steps, (enum phase)i, &s.begin[i], &s.end[i]);
        weight[i] = s.end[i] > s.begin[i] ? sqrtf((float)(s.end[i] - s.begin[i])) : 0;
        sum += weight[i];
    }
    float room = line.w - (PHASES - 1) * gap - PHASES * least, x = line.x;
    for (int i = 0; i < PHASES; i++) {
        float w = weight[i] > 0 ? least + room * weight[i] / fmaxf(sum, 1) : 0;
        s.from[i] = x;
        s.to[i] = x + w;
        x += w > 0 ? w + gap : 0;
    }
    return s;
}

static float place_of(const struct spans *s, int64_t at)
{
    for (int i = 0; i < PHASES; i++)
        if (s->end[i] > s->begin[i] && at <= s->end[i])
            return s->from[i] + (s->to[i] - s->from[i]) * (float)(at - s->begin[i]) /
                                    (float)(s->end[i] - s->begin[i]);
    float last = s->from[0];
    for (int i = 0; i < PHASES; i++)
        last = s->end[i] > s->begin[i] ? s->to[i] : last;
    return last;
}

static int64_t cell_at(const struct spans *s, float x)
{
    int64_t best = 0;
    for (int i = 0; i < PHASES; i++) {
        if (s->end[i] <= s->begin[i] || x < s->from[i])
            continue;
        float part = fminf(1, (x - s->from[i]) / fmaxf(1, s->to[i] - s->from[i]));
        best = s->begin[i] + (int64_t)((float)(s->end[i] - s->begin[i]) * part);
    }
    return best;
}

static void draw_timeline(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    struct rect line = rect_centre(r, r.w - ui_px(ui, 24), ui_px(ui, 10));
    struct spans s = phase_spans(v, line);
    int64_t now = v->snap->cursor.cell;
    float head = place_of(&s, now);
    unsigned answer = ui_area(ui, "timeline", r, _("timeline"), false);
    if (answer & (AREA_PRESSED | AREA_DRAGGED | AREA_CLICKED)) {
        int64_t to = cell_at(&s, ui->in->mouse_x);
        if (to != now)
            intents_add(v->out, "seek %lld", (long long)to);
    }
    for (int i = 0; i < PHASES; i++) {
        struct rect part = {s.from[i], line.y, s.to[i] - s.from[i], line.h};
        if (part.w <= 0)
            continue;
        draw_rect(ui->draw, part, colour_mix(t->panel, t->phase[i], 0.3f));
        part.w = fminf(part.w, fmaxf(0, head - part.x));
        draw_rect(ui->draw, part, t->phase[i]);
    }
    draw_circle(ui->draw, head, r.y + r.h / 2, ui_px(ui, 12), t->panel);
    draw_circle(ui->draw, head, r.y + r.h / 2, ui_px(ui, 11), t->phase[view_phase(v->snap)]);
}

enum icon { ICON_START, ICON_BACK, ICON_PLAY, ICON_PAUSE };

static void triangle(const struct view *v, float x, float y, float size, bool left)
{
    struct point p[3] = {
        {x - size / 2, y - size / 2}, {x + size / 2, y}, {x - size / 2, y + size / 2}};
    for (int i = 0; left && i < 3; i++)
        p[i].x = 2 * x - p[i].x;
    draw_polygon(v->ui->draw, p, 3, v->ui->theme->ink);
}

static bool icon_button(const struct view *v, const char *id, struct rect r, enum icon icon,
                        const char *tip)
{
    bool clicked = ui_button(v->ui, id, r, "", BUTTON_NORMAL);
    ui_tooltip(v->ui, r, tip);
    float x = r.x + r.w / 2, y = r.y + r.h / 2, s = ui_px(v->ui, 16);
    switch (icon) {
    case ICON_START:
        draw_rect(v->ui->draw, (struct rect){x - s * 0.75f, y - s / 2, fmaxf(2, s * 0.18f), s},
                  v->ui->theme->ink);
        triangle(v, x + s * 0.15f, y, s, true);
        break;
    case ICON_BACK:
        triangle(v, x, y, s, true);
        break;
    case ICON_PLAY:
        triangle(v, x - s * 0.35f, y, s * 0.8f, false);
        triangle(v, x + s * 0.4f, y, s * 0.8f, false);
        break;
    case ICON_PAUSE:
        draw_rect(v->ui->draw, (struct rect){x - s * 0.45f, y - s / 2, s * 0.3f, s},
                  v->ui->theme->ink);
        draw_rect(v->ui->draw, (struct rect){x + s * 0.15f, y - s / 2, s * 0.3f, s},
                  v->ui->theme->ink);
        break;
    }
    return clicked;
}

static void draw_grains(const struct view *v, struct rect *r)
{
    static const char *const labels[GRAINS] = {N_("Term"),  N_("Cell"), N_("Layer"),
                                               N_("Phase"), N_("Pass"), N_("Epoch")};
    int n = v->snap->pass == PASS_RUN ? GRAINS : GRAIN_PHASE + 1;
    struct ui *ui = v->ui;
    float w = ui_segments_width(ui, labels, n);
    struct rect row = rect_cut_left(r, w);
    row = rect_centre(row, w, ui_px(ui, 48));
    int chosen = ui_segments(ui, "grain", row, labels, n, (int)v->snap->grain, 0);
    view_tip(v, row, _("How far a step goes"), NULL);
    if (chosen >= 0)
        intents_add(v->out, "grain %s", grain_name((enum grain)chosen));
}

/* A small - or + beside the pace. */
static bool pace_button(const struct view *v, const char *id, struct rect r, bool faster)
{
    struct ui *ui = v->ui;
    char tip[64];
    const char *line = faster ? "app faster" : "app slower", *key = action_key(line);
    float width = fmaxf(2, ui_px(ui, 3)), arm = ui_px(ui, 8);
    bool clicked = ui_button(ui, id, r, "", BUTTON_PLAIN);
    struct point m = rect_middle(r);
    snprintf(tip, sizeof tip, "%s (%s)", faster ? _("Play faster") : _("Play slower"),
             key ? key : "");
    ui_tooltip(ui, r, tip);
    draw_line(ui->draw, m.x - arm, m.y, m.x + arm, m.y, width, ui->theme->ink);
    if (faster)
        draw_line(ui->draw, m.x, m.y - arm, m.x, m.y + arm, width, ui->theme->ink);
    return clicked;
}

/* How fast it plays, between slower and faster. */
static void draw_pace(const struct view *v, const struct transport_state *t, struct rect *r)
{
    struct ui *ui = v->ui;
    char text[16];
    float button = ui_px(ui, 40), word = ui_px(ui, 66);
    struct rect row = rect_cut_left(r, 2 * button + word);
    row = rect_centre(row, row.w, ui_px(ui, 52));
    if (pace_button(v, "transport.slower", rect_cut_left(&row, button), false))
        intents_add(v->out, "app slower");
    if (pace_button(v, "transport.faster", rect_cut_right(&row, button), true))
        intents_add(v->out, "app faster");
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 20), row, ALIGN_CENTRE, ui->theme->muted,
                 pace_text(t->pace, text, sizeof text));
    ui_tooltip(ui, row, _("Steps a second when it plays by itself"));
    rect_cut_left(r, ui_px(ui, 22));
}

static void draw_buttons(const struct view *v, struct transport_state *t, struct rect *r)
{
    struct ui *ui = v->ui;
    float side = ui_px(ui, 52), gap = ui_px(ui, 12);
    struct rect b = rect_cut_left(r, side);
    if (icon_button(v, "transport.start", rect_centre(b, side, side), ICON_START,
                    _("To the start (Home)")))
        intents_add(v->out, "phase start");
    rect_cut_left(r, gap);
    b = rect_cut_left(r, side);
    if (icon_button(v, "transport.back", rect_centre(b, side, side), ICON_BACK,
                    _("One step back (Page Up)")))
        intents_add(v->out, "back");
    rect_cut_left(r, gap);
    b = rect_cut_left(r, ui_px(ui, 150));
    enum phase phase = view_phase(v->snap);
    ui->accent = ui->theme->phase[phase];
    if (ui_button(ui, "transport.step", rect_centre(b, b.w, side), _("Step ▶"), BUTTON_COLOURED))
        intents_add(v->out, "step");
    ui->accent = ui->theme->ink;
    view_tip(v, b, _("One step on"), "step");
    rect_cut_left(r, gap);
    b = rect_cut_left(r, side);
    if (icon_button(v, "transport.play", rect_centre(b, side, side),
                    t->playing ? ICON_PAUSE : ICON_PLAY,
                    t->playing ? _("Pause (P)") : _("Play (P)")))
        intents_add(v->out, "app play-steps");
    rect_cut_left(r, ui_px(ui, 4));
}

void transport_draw(const struct view *v, struct transport_state *t, struct rect r)
{
    struct ui *ui = v->ui;
    draw_tag(ui->draw, "transport");
    draw_rect(ui->draw, r, ui->theme->panel);
    draw_hline(ui->draw, r.x, r.x + r.w, r.y, 1, ui->theme->line);
    struct rect in = rect_inset_xy(r, ui_px(ui, 24), 0);
    if (!view_has_pass(v->snap)) {
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 20), in, ALIGN_LEFT | TEXT_MAY_CUT,
                     ui->theme->muted, _("Nothing to step through yet."));
        draw_tag(ui->draw, NULL);
        return;
    }
    draw_buttons(v, t, &in);
    if (in.w > ui_px(ui, 700)) /* what is left must hold the grains */
        draw_pace(v, t, &in);
    else
        rect_cut_left(&in, ui_px(ui, 12));
    draw_grains(v, &in);
    char done[32], all[32], text[96];
    snprintf(text, sizeof text, _("step %s of %s"),
             view_count(v->snap->cursor.cell, done, sizeof done),
             view_count(v->snap->steps->cells, all, sizeof all));
    int px = ui_text_px(ui, 19);
    float w = font_width(ui->fonts, FONT_MONO, px, text) + 2;
    if (in.w - w > ui_px(ui, 160)) {
        draw_text_in(ui->draw, FONT_MONO, px, rect_cut_right(&in, w), ALIGN_RIGHT, ui->theme->muted,
                     text);
        rect_cut_right(&in, ui_px(ui, 16));
    }
    rect_cut_left(&in, ui_px(ui, 16));
    if (in.w > ui_px(ui, 80) && run_line_is_there(v->snap))
        run_line_draw(v, "timeline.run", rect_cut_bottom(&in, in.h * 0.42f));
    if (in.w > ui_px(ui, 80))
        draw_timeline(v, in);
    transport_play(v, t);
    draw_tag(ui->draw, NULL);
}
