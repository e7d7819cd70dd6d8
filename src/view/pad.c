/* The drawing pad and what the network reads in it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"
#include "glassnet/ui/paragraph.h"
#include "glassnet/view/panel.h"

float guesses_draw(const struct view *v, struct rect r)
{
    enum { SHOWN_MOST = 16 };
    struct ui *ui = v->ui;
    const struct snapshot *s = v->snap;
    if (!s->probabilities || s->output_count <= 0)
        return 0;
    int n = s->output_count < SHOWN_MOST ? s->output_count : SHOWN_MOST;
    int px = ui_text_px(ui, 18);
    float row_h = fminf(fmaxf((float)px * 1.4f, 1), r.h / (float)n), name_w = 0;
    if (row_h < (float)px)
        return 0;
    char text[64], number[48];
    for (int i = 0; i < n; i++)
        name_w = fmaxf(name_w, font_width(ui->fonts, FONT_SANS_BOLD, px,
                                          view_class(s, i, text, sizeof text)));
    float number_w = font_width(ui->fonts, FONT_MONO, px, "−0.000") + 4;
    name_w = fminf(name_w + 4, r.w * 0.4f);
    for (int i = 0; i < n; i++) {
        struct rect row = {r.x, r.y + row_h * (float)i, r.w, row_h};
        float p = s->probabilities[i];
        bool best = i == s->guess;
        draw_text_in(ui->draw, best ? FONT_SANS_BOLD : FONT_SANS, px, rect_cut_left(&row, name_w),
                     ALIGN_RIGHT | TEXT_MAY_CUT, best ? ui->theme->ink : ui->theme->muted,
                     view_class(s, i, text, sizeof text));
        rect_cut_left(&row, ui_px(ui, 10));
        number_fixed((double)p, 3, &number_default, number, sizeof number);
        draw_text_in(ui->draw, FONT_MONO, px, rect_cut_right(&row, number_w),
                     ALIGN_RIGHT | TEXT_MAY_CUT, ui->theme->ink, number);
        struct rect bar = rect_inset_xy(row, 0, row_h * 0.2f);
        draw_rect(ui->draw, bar, ui->theme->track);
        bar.w *= isfinite(p) ? fmaxf(0, fminf(1, p)) : 0;
        draw_rect(ui->draw, bar, best ? ui->theme->ink : ui->theme->muted);
    }
    return row_h * (float)n;
}

static bool takes_pictures(const struct snapshot *s)
{
    return s->net && s->net->layers[0].out.rank == 3 && s->net->layers[0].out.dim[2] == 1;
}

static void draw_ink(const struct view *v, struct rect r)
{
    enum { SIDE = PAD_SIDE / 2 };
    const struct theme *t = v->ui->theme;
    uint32_t *colours = mem_zalloc((size_t)SIDE * SIDE, sizeof *colours);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            uint8_t ink = v->snap->pad[2 * y * PAD_SIDE + 2 * x];
            colours[y * SIDE + x] =
                colour_pack(colour_mix(t->zero, t->value_pos, (float)ink / 255));
        }
    draw_heatmap(v->ui->draw, r, SIDE, SIDE, colours, 0, t->line);
    free(colours);
    draw_frame(v->ui->draw, rect_inset(rect_snap(r), -2), 2, t->frame);
}

static float within(float x)
{
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

/* Each frame's movement is one short stroke, so that the network reads along. */
static void follow_pen(const struct view *v, struct pad_state *s, struct rect r)
{
    struct ui_input *in = v->ui->in;
    unsigned answer = ui_area(v->ui, "pad", r, "drawing pad", false);
    if (!(answer & (AREA_PRESSED | AREA_HELD))) {
        s->drawing = false;
        return;
    }
    float x = within((in->mouse_x - r.x) / r.w), y = within((in->mouse_y - r.y) / r.h);
    if (!s->drawing) {
        s->x = within((in->press_x - r.x) / r.w);
        s->y = within((in->press_y - r.y) / r.h);
        intents_add(v->out, "draw %.4f,%.4f", (double)s->x, (double)s->y);
        intents_add(v->out, "phase forward"); /* what is drawn runs through at once */
        s->drawing = true;
    }
    if (x != s->x || y != s->y) {
        intents_add(v->out, "draw %.4f,%.4f %.4f,%.4f", (double)s->x, (double)s->y, (double)x,
                    (double)y);
        intents_add(v->out, "phase forward");
    }
    s->x = x;
    s->y = y;
}

void pad_draw(const struct view *v, struct pad_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    if (!takes_pictures(v->snap)) {
        paragraph_plain(ui->draw,
                        "This network does not read grey pictures, so there is nothing to draw "
                        "for it.",
                        FONT_SANS, ui_text_px(ui, 21), t->muted, r.x, r.y, r.w);
        return;
    }
    struct rect head = rect_cut_top(&r, ui_px(ui, 50));
    struct rect clear = rect_cut_right(&head, ui_button_width(ui, "Clear"));
    if (ui_button(ui, "pad.clear", rect_inset_xy(clear, 0, ui_px(ui, 2)), "Clear",
                  BUTTON_NORMAL | (v->snap->pad_empty ? (unsigned)BUTTON_DISABLED : 0u)))
        intents_add(v->out, "clear");
    draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 24), head, ALIGN_LEFT | TEXT_MAY_CUT,
                 t->ink, "Draw");
    rect_cut_top(&r, ui_px(ui, 8));
    float side = fminf(r.w, r.h * 0.56f);
    struct rect pad = rect_cut_top(&r, side);
    pad = rect_snap(rect_centre(pad, side - 4, side - 4));
    draw_ink(v, pad);
    follow_pen(v, s, pad);
    if (v->snap->pad_empty)
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 20), pad, ALIGN_CENTRE | TEXT_MAY_CUT,
                     t->dark ? t->background : t->muted, "hold the button and draw");
    rect_cut_top(&r, ui_px(ui, 14));
    char name[64], text[120];
    if (v->snap->guess >= 0) {
        snprintf(text, sizeof text, "It reads: %.40s",
                 view_class(v->snap, v->snap->guess, name, sizeof name));
        struct rect row = rect_cut_top(&r, (float)ui_text_px(ui, 22) * 1.6f);
        draw_text_in(ui->draw, FONT_SANS_BOLD, ui_text_px(ui, 22), row, ALIGN_LEFT | TEXT_MAY_CUT,
                     t->ink, text);
    }
    guesses_draw(v, r);
}
