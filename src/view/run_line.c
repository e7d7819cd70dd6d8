#include "run_line.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>

bool run_line_is_there(const struct snapshot *s)
{
    return s->epoch_steps > 0 && s->step_end > 0;
}

struct colour run_colour(const struct view *v, int branch)
{
    const struct theme *t = v->ui->theme;
    const struct colour colours[BRANCHES_MOST] = {t->phase[THEME_FORWARD], t->text_value_neg,
                                                  t->phase[THEME_BACKWARD], t->phase[THEME_UPDATE]};
    return colours[branch];
}

char *run_line_text(const struct snapshot *s, char *out, size_t size)
{
    char now[32], end[32];
    snprintf(out, size, _("%s: step %s of %s"),
             s->branch_count > 0 ? s->branches[s->branch].name : _("run"),
             view_count(s->step, now, sizeof now), view_count(s->step_end, end, sizeof end));
    return out;
}

/* Where an epoch begins, as long as the marks stay apart. */
static void draw_epochs(const struct view *v, struct rect line)
{
    const struct snapshot *s = v->snap;
    int64_t epochs = s->step_end / s->epoch_steps, every = 1;
    float part = line.w * (float)s->epoch_steps / (float)s->step_end;
    if (s->uneven)
        return;
    while (part * (float)every < ui_px(v->ui, 14))
        every *= 10;
    for (int64_t e = every; e <= epochs; e += every) {
        float x = line.x + part * (float)e;
        draw_vline(v->ui->draw, x, line.y - ui_px(v->ui, 3), line.y + line.h + ui_px(v->ui, 3), 1,
                   v->ui->theme->muted);
    }
}

void run_line_draw(const struct view *v, const char *id, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    const struct snapshot *s = v->snap;
    char label[160];
    struct rect line = rect_centre(r, r.w - ui_px(ui, 24), ui_px(ui, 8));
    run_line_text(s, label, sizeof label);
    unsigned answer = ui_area(ui, id, r, label, true);
    int64_t to = s->step;
    if (answer & (AREA_PRESSED | AREA_DRAGGED | AREA_CLICKED)) {
        float share = fminf(1, fmaxf(0, (ui->in->mouse_x - line.x) / fmaxf(1, line.w)));
        to = (int64_t)((double)share * (double)s->step_end + 0.5);
    }
    if (answer & AREA_FOCUS)
        to += ui_key(ui, "Right") ? 1 : ui_key(ui, "Left") ? -1 : 0;
    if (to != s->step && to >= 0)
        intents_add(v->out, "goto-step %lld", (long long)to);
    struct colour c = run_colour(v, s->branch);
    draw_rect(ui->draw, line, colour_mix(t->panel, c, 0.3f));
    float head = line.x + line.w * (float)((double)s->step / (double)s->step_end);
    draw_rect(ui->draw, (struct rect){line.x, line.y, head - line.x, line.h}, c);
    draw_epochs(v, line);
    draw_circle(ui->draw, head, line.y + line.h / 2, ui_px(ui, 10), t->panel);
    draw_circle(ui->draw, head, line.y + line.h / 2, ui_px(ui, 9), c);
    char tip[220];
    snprintf(tip, sizeof tip, _("%s: drag to any step"), label);
    ui_tooltip(ui, r, tip);
}
