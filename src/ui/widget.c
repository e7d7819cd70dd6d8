/* Buttons, segments, check boxes, rows, bars. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "ui_own.h"

static const float text_px = 22, least_px = 15, corner = 8, stroke = 2;

struct look {
    struct colour fill, text, frame;
    bool framed;
};

static struct look look_of(const struct ui *ui, unsigned style, unsigned answer)
{
    const struct theme *t = ui->theme;
    struct look l = {t->panel, t->ink, t->line, true};
    unsigned kind = style & BUTTON_STYLE;
    if (kind == BUTTON_PRIMARY || kind == BUTTON_COLOURED || style & BUTTON_ON) {
        l.fill = kind == BUTTON_PRIMARY ? t->ink : ui->accent;
        l.text = colour_readable(l.fill, t->ink, t->on_ink);
        l.framed = false;
    }
    if (kind == BUTTON_PLAIN && !(style & BUTTON_ON)) {
        l.framed = false;
        l.fill.a = 0;
    }
    if (style & BUTTON_DISABLED) {
        l.fill = kind == BUTTON_PLAIN ? l.fill : t->hover;
        l.text = t->muted;
        l.framed = kind != BUTTON_PLAIN;
        return l;
    }
    if (answer & (AREA_HOVER | AREA_HELD)) {
        bool filled = l.fill.a == 255 && !l.framed;
        float more = answer & AREA_HELD ? 0.22f : 0.12f;
        l.fill = filled ? colour_mix(l.fill, l.text, more) : t->hover;
        l.frame = t->frame;
    }
    return l;
}

/* A label too wide for its place is written smaller before it is cut. */
static int label_px(const struct ui *ui, enum font_face face, float width, const char *label)
{
    int px = ui_text_px(ui, text_px), least = ui_text_px(ui, least_px);
    while (px > least && font_width(ui->fonts, face, px, label) > width)
        px--;
    return px;
}

static void draw_button(struct ui *ui, struct rect r, const char *label, unsigned style,
                        struct look l, float radius)
{
    draw_round_rect(ui->draw, r, radius, l.fill);
    if (l.framed)
        draw_round_frame(ui->draw, r, radius, ui_px(ui, stroke), l.frame);
    enum font_face face = style & BUTTON_MONO                      ? FONT_MONO
                          : (style & BUTTON_STYLE) == BUTTON_PLAIN ? FONT_SANS
                                                                   : FONT_SANS_BOLD;
    unsigned align = style & BUTTON_LEFT ? ALIGN_LEFT : ALIGN_CENTRE;
    float pad = ui_px(ui, style & BUTTON_LEFT ? 12 : 4);
    draw_text_in(ui->draw, face, label_px(ui, face, r.w - 2 * pad, label), rect_inset_xy(r, pad, 0),
                 align, l.text, label);
}

bool ui_button(struct ui *ui, const char *id, struct rect r, const char *label, unsigned style)
{
    struct widget_record *w = ui_record(ui, WIDGET_BUTTON, id, label, r);
    if (w)
        w->state =
            (style & BUTTON_ON ? STATE_ON : 0) | (style & BUTTON_DISABLED ? STATE_DISABLED : 0);
    unsigned answer = ui_react(ui, w, true);
    float radius = style & BUTTON_SQUARE ? 0 : ui_px(ui, corner);
    draw_button(ui, r, label, style, look_of(ui, style, answer), radius);
    if (answer & AREA_FOCUS)
        ui_focus_ring(ui, r, radius);
    return answer & AREA_CLICKED;
}

float ui_button_width(struct ui *ui, const char *label)
{
    float w = font_width(ui->fonts, FONT_SANS_BOLD, ui_text_px(ui, text_px), label);
    return ceilf(fmaxf(w + ui_px(ui, 44), ui_px(ui, 52)));
}

static float segment_width(struct ui *ui, const char *label)
{
    float w = font_width(ui->fonts, FONT_SANS_BOLD, ui_text_px(ui, text_px), label);
    return ceilf(w + ui_px(ui, 40));
}

float ui_segments_width(struct ui *ui, const char *const *labels, int n)
{
    float w = 0;
    for (int i = 0; i < n; i++)
        w += segment_width(ui, translate(labels[i]));
    return w;
}

static bool segment(struct ui *ui, const char *id, struct rect r, const char *label, bool on,
                    bool disabled)
{
    const struct theme *t = ui->theme;
    struct widget_record *w = ui_record(ui, WIDGET_SEGMENT, id, label, r);
    if (w)
        w->state = (on ? STATE_ON : 0) | (disabled ? STATE_DISABLED : 0);
    unsigned answer = ui_react(ui, w, true);
    struct colour fill = on ? ui->accent : answer & AREA_HOVER ? t->hover : t->panel;
    struct colour text = on ? colour_readable(fill, t->ink, t->on_ink) : t->muted;
    if (!on && !disabled && answer & AREA_HOVER)
        text = t->ink;
    draw_rect(ui->draw, r, fill);
    draw_frame(ui->draw, r, ui_px(ui, stroke), on ? fill : t->line);
    enum font_face face = on ? FONT_SANS_BOLD : FONT_SANS;
    float pad = ui_px(ui, 4);
    draw_text_in(ui->draw, face, label_px(ui, face, r.w - 2 * pad, label), rect_inset_xy(r, pad, 0),
                 ALIGN_CENTRE, text, label);
    if (answer & AREA_FOCUS)
        ui_focus_ring(ui, r, 0);
    return answer & AREA_CLICKED;
}

int ui_segments(struct ui *ui, const char *id, struct rect r, const char *const *labels, int n,
                int chosen, unsigned disabled)
{
    return ui_segments_named(ui, id, r, labels, labels, n, chosen, disabled);
}

int ui_segments_named(struct ui *ui, const char *id, struct rect r, const char *const *names,
                      const char *const *labels, int n, int chosen, unsigned disabled)
{
    float wanted = ui_segments_width(ui, labels, n), x = r.x;
    int answer = -1;
    float fit = wanted > 0 ? r.w / wanted : 1;
    for (int i = 0; i < n; i++) {
        char part[64];
        snprintf(part, sizeof part, "%.30s.%.30s", id, names[i]);
        const char *label = translate(labels[i]);
        struct rect at = {x, r.y, segment_width(ui, label) * fit, r.h};
        x += at.w;
        /* Neighbours share the line between them; the chosen one is drawn over both its own. */
        if (i < n - 1)
            at.w += ui_px(ui, stroke);
        if (segment(ui, part, at, label, i == chosen, disabled >> i & 1))
            answer = i;
    }
    return answer;
}

bool ui_checkbox(struct ui *ui, const char *id, struct rect r, const char *label, bool *on)
{
    const struct theme *t = ui->theme;
    struct widget_record *w = ui_record(ui, WIDGET_CHECKBOX, id, label, r);
    if (w)
        w->state = *on ? STATE_ON : 0;
    unsigned answer = ui_react(ui, w, true);
    if (answer & AREA_CLICKED)
        *on = !*on;
    float side = fminf(r.h, ui_px(ui, 28));
    struct rect box = rect_snap(rect_of(r.x, r.y + (r.h - side) / 2, side, side));
    draw_round_rect(ui->draw, box, side / 6,
                    *on                   ? t->ink
                    : answer & AREA_HOVER ? t->hover
                                          : t->panel);
    draw_round_frame(ui->draw, box, side / 6, ui_px(ui, stroke), *on ? t->ink : t->frame);
    const struct point tick[3] = {{box.x + side * 0.24f, box.y + side * 0.52f},
                                  {box.x + side * 0.43f, box.y + side * 0.71f},
                                  {box.x + side * 0.77f, box.y + side * 0.31f}};
    if (*on)
        draw_polyline(ui->draw, tick, 3, side / 9, t->on_ink);
    struct rect text = r;
    rect_cut_left(&text, side + ui_px(ui, 12));
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, text_px), text, ALIGN_LEFT, t->ink, label);
    if (answer & AREA_FOCUS)
        ui_focus_ring(ui, r, side / 6);
    return answer & AREA_CLICKED;
}

bool ui_row(struct ui *ui, const char *id, struct rect r, const char *label, bool chosen)
{
    const struct theme *t = ui->theme;
    struct widget_record *w = ui_record(ui, WIDGET_ROW, id, label, r);
    if (w)
        w->state = chosen ? STATE_ON : 0;
    unsigned answer = ui_react(ui, w, true);
    if (chosen || answer & AREA_HOVER)
        draw_rect(ui->draw, r, chosen ? t->ink : t->hover);
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, text_px), rect_inset_xy(r, ui_px(ui, 12), 0),
                 TEXT_MAY_CUT, chosen ? t->on_ink : t->ink, label);
    if (answer & AREA_FOCUS)
        ui_focus_ring(ui, rect_inset(r, ui_px(ui, 4)), 0);
    return answer & AREA_CLICKED;
}

void ui_progress(struct ui *ui, struct rect r, float part, struct colour c)
{
    part = part < 0 || isnan(part) ? 0 : part > 1 ? 1 : part;
    draw_round_rect(ui->draw, r, r.h / 2, ui->theme->track);
    struct rect done = {r.x, r.y, r.w * part, r.h};
    if (done.w >= 1)
        draw_round_rect(ui->draw, done, r.h / 2, c);
}
