#include "flow.h"

#include <math.h>

#include "glassnet/ui/paragraph.h"

struct flow flow_begin(const struct view *v, struct rect room, float row)
{
    return (struct flow){v, room, room.x, room.y, ui_px(v->ui, row), ui_px(v->ui, 8)};
}

struct rect flow_place(struct flow *f, float width)
{
    width = fminf(ceilf(width), f->room.w);
    if (f->x > f->room.x && f->x + width > f->room.x + f->room.w)
        flow_break(f, 7);
    struct rect r = {f->x, f->y, width, f->row};
    f->x += width + f->gap;
    return r;
}

void flow_break(struct flow *f, float gap)
{
    if (f->x > f->room.x)
        f->y += f->row;
    f->x = f->room.x;
    f->y += ui_px(f->v->ui, gap);
}

void flow_heading(struct flow *f, const char *text)
{
    struct ui *ui = f->v->ui;
    int px = ui_text_px(ui, 19);
    flow_break(f, 10);
    struct rect row = {f->room.x, f->y, f->room.w, (float)px * 1.6f};
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, row, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted,
                 text);
    f->y += row.h + ui_px(ui, 4);
}

void flow_words(struct flow *f, struct colour c, const char *text)
{
    struct ui *ui = f->v->ui;
    const struct text_run run = {.text = text, .colour = c};
    struct paragraph_style style = {.px = ui_text_px(ui, 19), .leading = 1.35f};
    flow_break(f, 4);
    f->y += paragraph_draw(ui->draw, &run, 1, &style, f->room.x, f->y, f->room.w);
    f->y += ui_px(ui, 6);
}

bool flow_button(struct flow *f, const char *id, const char *label, unsigned style, const char *tip)
{
    struct ui *ui = f->v->ui;
    struct rect r = flow_place(f, ui_button_width(ui, label));
    bool clicked = ui_button(ui, id, r, label, style);
    if (tip)
        ui_tooltip(ui, r, tip);
    return clicked;
}

int flow_segments(struct flow *f, const char *id, const char *const *labels, int n, int chosen,
                  unsigned disabled)
{
    struct ui *ui = f->v->ui;
    struct rect r = flow_place(f, ui_segments_width(ui, labels, n));
    return ui_segments(ui, id, r, labels, n, chosen, disabled);
}

float flow_height(const struct flow *f)
{
    return f->y - f->room.y + (f->x > f->room.x ? f->row : 0);
}
