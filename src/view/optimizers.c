#include "glassnet/view/optimizers.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>

#include "optimizers_own.h"

#define MAIN_LEAST_W 620.0f
#define MAIN_LEAST_H 420.0f

void optimizers_init(struct optimizers_state *s)
{
    *s = (struct optimizers_state){.epochs = 3};
}

struct colour walker_colour(const struct theme *t, int i)
{
    const struct colour colours[WALKERS] = {
        t->ink,       t->phase[THEME_FORWARD], t->phase[THEME_UPDATE], t->phase[THEME_LOSS],
        t->selection, t->phase[THEME_BACKWARD]};
    return colours[i];
}

const char *walker_letter(int i)
{
    static const char *const letters[WALKERS] = {"S", "M", "N", "G", "R", "A"};
    return letters[i];
}

static void draw_mark(const struct view *v, int i, float x, float y, float radius, bool letter)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    int px = (int)fmaxf(12, radius * 1.25f);
    draw_circle(ui->draw, x, y, radius + 1, t->panel);
    draw_ring(ui->draw, x, y, radius - 1, fmaxf(3, radius * 0.3f), walker_colour(t, i));
    if (letter)
        draw_text_in(ui->draw, FONT_SANS_BOLD, px,
                     rect_of(x - radius * 1.5f, y - radius, radius * 3, radius * 2),
                     ALIGN_CENTRE | TEXT_MAY_OVERLAP | TEXT_MAY_CUT, t->ink, walker_letter(i));
}

void walker_mark(const struct view *v, int i, float x, float y, float radius)
{
    draw_mark(v, i, x, y, radius, true);
}

void walker_marks(const struct view *v, const struct point at[WALKERS], const bool there[WALKERS],
                  float radius)
{
    for (int i = 0; i < WALKERS; i++) {
        bool free = true;
        for (int k = i + 1; k < WALKERS; k++)
            free =
                free && (!there[k] || hypotf(at[k].x - at[i].x, at[k].y - at[i].y) > 2.2f * radius);
        if (there[i])
            draw_mark(v, i, at[i].x, at[i].y, radius, free);
    }
}

void optimizers_draw(const struct view *v, struct optimizers_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct optimizers_view *o = v->snap->optimizers;
    draw_tag(ui->draw, "optimizers");
    if (!o->ready) {
        if (!s->asked)
            intents_add(v->out, "optimizers");
        s->asked = true;
        draw_tag(ui->draw, NULL);
        return;
    }
    if (o->race.running)
        s->race = true;
    struct rect side = rect_cut_right(&r, fminf(ui_px(ui, 640), r.w * 0.46f));
    optimizers_side_draw(v, s, side);
    float scale = ui->scale;
    ui->scale = fminf(scale, fminf(r.w / MAIN_LEAST_W, r.h / MAIN_LEAST_H));
    draw_clip_push(ui->draw, r);
    struct rect in = rect_inset_xy(r, ui_px(ui, 24), ui_px(ui, 14));
    if (s->race)
        optimizers_race_draw(v, in);
    else
        optimizers_map_draw(v, in);
    draw_clip_pop(ui->draw);
    ui->scale = scale;
    draw_tag(ui->draw, NULL);
}

static bool foot_button(const struct view *v, struct rect *in, const char *id, const char *label,
                        unsigned style, const char *tip)
{
    struct ui *ui = v->ui;
    struct rect b = rect_cut_left(in, ui_button_width(ui, label));
    rect_cut_left(in, ui_px(ui, 10));
    b = rect_centre(b, b.w, fminf(b.h, ui_px(ui, 52)));
    bool clicked = ui_button(ui, id, b, label, style);
    ui_tooltip(ui, b, tip);
    return clicked;
}

static void play(const struct view *v, struct optimizers_state *s)
{
    const double pace = 0.06; /* seconds a step */
    if (!s->playing)
        return;
    v->ui->again = true;
    if (v->ui->time < s->due || v->snap->optimizers->walk.running)
        return;
    s->due = v->ui->time + pace;
    intents_add(v->out, "optimizers step");
    if (v->snap->optimizers->steps >= WALK_STEPS)
        s->playing = false;
}

void optimizers_foot_draw(const struct view *v, struct optimizers_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    char text[200], count[48];
    draw_tag(ui->draw, "transport");
    draw_rect(ui->draw, r, ui->theme->panel);
    draw_hline(ui->draw, r.x, r.x + r.w, r.y, 1, ui->theme->line);
    struct rect in = rect_inset_xy(r, ui_px(ui, 24), 0);
    if (foot_button(v, &in, "optimizers.restart", _("Restart"), 0, _("All back to the start"))) {
        intents_add(v->out, "optimizers restart");
        s->race = false;
    }
    if (foot_button(v, &in, "optimizers.step", _("Step"), 0, _("One step of each"))) {
        intents_add(v->out, "optimizers step");
        s->race = false;
    }
    if (foot_button(v, &in, "optimizers.ten", _("10 steps"), 0, _("Ten steps of each"))) {
        intents_add(v->out, "optimizers step 10");
        s->race = false;
    }
    if (foot_button(v, &in, "optimizers.play", _("Play"), s->playing ? BUTTON_ON : BUTTON_PRIMARY,
                    _("Goes on by itself; again: rests"))) {
        s->playing = !s->playing;
        s->race = false;
    }
    play(v, s);
    snprintf(text, sizeof text,
             translate_count("%s step. Click the surface to begin elsewhere.",
                             "%s steps. Click the surface to begin elsewhere.",
                             v->snap->optimizers->steps),
             view_count(v->snap->optimizers->steps, count, sizeof count));
    if (in.w > ui_px(ui, 60))
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 20), in, ALIGN_LEFT | TEXT_MAY_CUT,
                     ui->theme->muted, text);
    draw_tag(ui->draw, NULL);
}
