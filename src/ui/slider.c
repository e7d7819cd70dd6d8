/* Things that are dragged: sliders and scrolling areas. */
#include <math.h>

#include "glassnet/base/translate.h"
#include "ui_own.h"

static float to_part(float v, float low, float high, bool logarithmic)
{
    float part = logarithmic ? logf(v / low) / logf(high / low) : (v - low) / (high - low);
    return part < 0 || isnan(part) ? 0 : part > 1 ? 1 : part;
}

static float to_value(float part, float low, float high, bool logarithmic)
{
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    /* The ends are met exactly. */
    if (part <= 0)
        return low;
    if (part >= 1)
        return high;
    return logarithmic ? low * powf(high / low, part) : low + (high - low) * part;
}

static float moved_by_keys(struct ui *ui, float part)
{
    static const struct {
        unsigned key, mods;
        float by;
    } table[] = {{KEY_LEFT, 0, -0.01f},
                 {KEY_RIGHT, 0, 0.01f},
                 {KEY_DOWN, 0, -0.01f},
                 {KEY_UP, 0, 0.01f},
                 {KEY_LEFT, MOD_SHIFT, -0.1f},
                 {KEY_RIGHT, MOD_SHIFT, 0.1f},
                 {KEY_HOME, 0, -1},
                 {KEY_END, 0, 1}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (ui_take_key(ui, (struct ui_chord){table[i].mods, table[i].key}))
            part += table[i].by;
    return part;
}

static void draw_slider(struct ui *ui, struct rect way, float x, float knob, unsigned answer)
{
    const struct theme *t = ui->theme;
    struct rect bar = rect_centre(way, way.w, fmaxf(4, ui_px(ui, 6)));
    draw_round_rect(ui->draw, bar, bar.h / 2, t->track);
    struct rect done = bar;
    done.w = x - bar.x;
    if (done.w >= 1)
        draw_round_rect(ui->draw, done, bar.h / 2, t->muted);
    float grown = answer & (AREA_HOVER | AREA_HELD) ? knob * 1.12f : knob;
    draw_circle(ui->draw, x, way.y + way.h / 2, grown, t->ink);
}

bool ui_slider(struct ui *ui, const char *id, struct rect r, const char *label, float low,
               float high, bool logarithmic, float *value)
{
    float knob = ui_px(ui, 13), before = *value;
    struct rect way = rect_inset_xy(r, knob, 0);
    unsigned answer = ui_react(ui, ui_record(ui, WIDGET_SLIDER, id, label, r), true);
    float part = to_part(*value, low, high, logarithmic), wanted = part;
    if (answer & AREA_FOCUS)
        wanted = moved_by_keys(ui, part);
    if (answer & AREA_HELD) {
        float x = way.x + part * way.w;
        if (answer & AREA_PRESSED) {
            bool on_knob = fabsf(ui->in->press_x - x) <= knob;
            ui->grab = on_knob ? ui->in->press_x - x : 0;
        }
        if (answer & AREA_DRAGGED || answer & AREA_PRESSED)
            wanted = way.w > 0 ? (ui->in->mouse_x - ui->grab - way.x) / way.w : 0;
    }
    if (wanted != part) {
        *value = to_value(wanted, low, high, logarithmic);
        part = to_part(*value, low, high, logarithmic);
    }
    draw_slider(ui, way, way.x + part * way.w, knob, answer);
    if (answer & AREA_FOCUS)
        ui_focus_ring(ui, r, ui_px(ui, 6));
    return *value != before;
}

static void scroll_bar(struct ui *ui, const char *id, struct rect bar, float content, float view,
                       float *scroll)
{
    char name[64];
    snprintf(name, sizeof name, "%.50s.bar", id);
    float size = fmaxf(ui_px(ui, 32), bar.h * view / content), way = bar.h - size;
    float most = content - view;
    unsigned answer = ui_react(ui, ui_record(ui, WIDGET_AREA, name, _("scroll bar"), bar), false);
    float top = bar.y + (most > 0 ? *scroll / most * way : 0);
    if (answer & AREA_HELD && way > 0) {
        if (answer & AREA_PRESSED) {
            float into = ui->in->press_y - top;
            ui->grab = into >= 0 && into <= size ? into : size / 2;
        }
        *scroll = fminf(most, fmaxf(0, (ui->in->mouse_y - ui->grab - bar.y) / way * most));
        top = bar.y + *scroll / most * way;
    }
    struct rect thumb = rect_inset_xy(rect_of(bar.x, top, bar.w, size), bar.w / 4, 2);
    draw_round_rect(ui->draw, thumb, thumb.w / 2,
                    answer & (AREA_HOVER | AREA_HELD) ? ui->theme->muted : ui->theme->frame);
}

struct rect ui_scroll_begin(struct ui *ui, const char *id, struct rect r, float content_height,
                            float *scroll)
{
    float most = fmaxf(0, content_height - r.h);
    if (ui_hovers(ui, r) && !ui->in->wheel_taken && ui->in->wheel_y != 0 && most > 0 &&
        !(ui->in->mods & MOD_CTRL)) {
        *scroll -= ui->in->wheel_y * ui_px(ui, 90);
        ui->in->wheel_taken = true;
    }
    *scroll = floorf(fminf(most, fmaxf(0, *scroll)));
    struct rect inside = r;
    if (most > 0)
        scroll_bar(ui, id, rect_cut_right(&inside, ui_px(ui, 16)), content_height, r.h, scroll);
    draw_clip_push(ui->draw, inside);
    if (ui->n_scrolls < UI_SCROLLS)
        ui->scroll_from[ui->n_scrolls++] = ui->draw->n_cmds;
    return rect_of(inside.x, inside.y - floorf(*scroll), inside.w, fmaxf(content_height, r.h));
}

void ui_scroll_end(struct ui *ui)
{
    struct draw_list *d = ui->draw;
    int from = ui->n_scrolls > 0 ? ui->scroll_from[--ui->n_scrolls] : d->n_cmds;
    for (int i = from; i < d->n_cmds; i++)
        if (d->cmds[i].kind == DRAW_TEXT)
            d->cmds[i].flags |= TEXT_SCROLLS;
    draw_clip_pop(ui->draw);
}
