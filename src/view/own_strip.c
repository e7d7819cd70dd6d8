/* The kept drawings, a row of small pictures: one is put on the pad again, or taken out of the set.
 * The pictures are read from their files when they come into sight, one a frame. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "own_parts.h"

enum { TILE = 54, CROSS = 26 }; /* design pixels */

static struct own_thumb *find_thumb(struct own_strip *strip, long number)
{
    for (int i = 0; i < OWN_THUMBS; i++)
        if (strip->thumb[i].number == number)
            return &strip->thumb[i];
    return NULL;
}

/* The small picture, or NULL while it is not read yet. */
static const float *small_picture(const struct view *v, struct own_strip *strip, int i)
{
    const struct drawings *d = v->snap->drawings;
    struct own_thumb *t = find_thumb(strip, d->list[i].number);
    if (t)
        return t->x;
    v->ui->again = true;
    if (strip->read_at == v->ui->time)
        return NULL;
    strip->read_at = v->ui->time;
    t = &strip->thumb[strip->next++ % OWN_THUMBS];
    t->number = d->list[i].number;
    if (!drawings_read(d, i, OWN_THUMB_SIDE, t->x, NULL))
        memset(t->x, 0, sizeof t->x); /* it is gone or damaged: an empty sheet */
    return t->x;
}

static void draw_tile(const struct view *v, struct own_strip *strip, int i, struct rect r)
{
    enum { SIDE = OWN_THUMB_SIDE };
    struct ui *ui = v->ui;
    const struct drawing *one = &v->snap->drawings->list[i];
    char id[40], label[80];
    int px = ui_text_px(ui, OWN_SMALL);
    struct rect name = rect_cut_bottom(&r, (float)px * 1.35f);
    struct rect sheet = rect_snap(rect_fit(r, 1));
    const float *x = small_picture(v, strip, i);
    uint32_t colours[SIDE * SIDE];
    for (int k = 0; k < SIDE * SIDE; k++)
        colours[k] = colour_pack(colour_mix(ui->theme->zero, ui->theme->value_pos, x ? x[k] : 0));
    snprintf(id, sizeof id, "data.kept.%ld", one->number);
    snprintf(label, sizeof label, _("drawing: %s"), one->label);
    draw_heatmap(ui->draw, sheet, SIDE, SIDE, colours, 0, ui->theme->line);
    unsigned answer = ui_area(ui, id, sheet, label, true);
    draw_frame(ui->draw, sheet, 1, answer & AREA_HOVER ? ui->theme->selection : ui->theme->frame);
    if (answer & AREA_CLICKED)
        intents_add(v->out, "recall %d", i);
    ui_tooltip(ui, sheet, _("Puts it on the pad again"));
    struct rect cross = rect_cut_right(&name, ui_px(ui, CROSS));
    snprintf(id, sizeof id, "data.forget.%ld", one->number);
    if (ui_button(ui, id, cross, "×", BUTTON_PLAIN))
        intents_add(v->out, "unkeep %d", i);
    ui_tooltip(ui, cross, _("Takes it out of the set; Ctrl Z brings it back"));
    draw_text_in(ui->draw, FONT_SANS, px, name, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink,
                 one->label);
}

float own_strip_height(const struct view *v)
{
    const struct drawings *d = v->snap->drawings;
    if (!d || d->count == 0)
        return 0;
    return ui_px(v->ui, TILE) + (float)ui_text_px(v->ui, OWN_SMALL) * 1.35f;
}

/* The last ones, and those before them behind a button. */
void own_strip_draw(const struct view *v, struct own_strip *strip, struct rect r)
{
    struct ui *ui = v->ui;
    const struct drawings *d = v->snap->drawings;
    float gap = ui_px(ui, 8), turn = ui_px(ui, 30), tile = ui_px(ui, TILE + 22);
    int room = (int)((r.w - 2 * turn + gap) / (tile + gap));
    room = room < 1 ? 1 : room < OWN_THUMBS ? room : OWN_THUMBS;
    int last = d->count - strip->back;
    last = last < room ? (d->count < room ? d->count : room) : last;
    strip->back = d->count - last;
    int first = last > room ? last - room : 0;
    struct rect older = rect_cut_left(&r, turn), newer = rect_cut_right(&r, turn);
    if (first > 0 && ui_button(ui, "data.older", older, "‹", BUTTON_PLAIN))
        strip->back += room;
    if (strip->back > 0 && ui_button(ui, "data.newer", newer, "›", BUTTON_PLAIN))
        strip->back = strip->back > room ? strip->back - room : 0;
    for (int i = first; i < last; i++) {
        struct rect one = rect_cut_left(&r, tile);
        rect_cut_left(&r, gap);
        draw_tile(v, strip, i, one);
    }
}
