/* Moving about in the table: wheel, drag and scroll bars; Ctrl and the wheel change the size of
 * cells at the pointer. */
#include <math.h>

#include "glassnet/base/translate.h"
#include "matrix_frame.h"

const struct matrix_pane *matrix_pane_at(const struct matrix_frame *f, float x, float y,
                                         size_t *index)
{
    for (int i = 0; i < f->pane_count; i++)
        if (matrix_pane_hit(&f->panes[i], x, y, index))
            return &f->panes[i];
    return NULL;
}

struct matrix_anchor matrix_take_wheel(const struct view *v, struct matrix_state *m, struct rect r)
{
    struct ui_input *in = v->ui->in;
    struct matrix_frame *f = m->frame;
    struct matrix_anchor a = {.set = false};
    if (!ui_hovers(v->ui, r) || in->wheel_taken || (in->wheel_x == 0 && in->wheel_y == 0))
        return a;
    float notch = ui_px(v->ui, 90);
    in->wheel_taken = true;
    if (in->mods & MOD_CTRL) {
        const struct matrix_pane *p = matrix_pane_at(f, in->mouse_x, in->mouse_y, &a.index);
        a.set = p && p - f->panes < f->panel_count;
        struct cell followed = m->followed;
        matrix_zoom(m, in->wheel_y > 0 ? 1 : -1);
        m->followed = followed;
    } else if (in->mods & MOD_SHIFT) {
        m->scroll_x -= (in->wheel_y + in->wheel_x) * notch;
    } else {
        m->scroll_x += in->wheel_x * notch;
        m->scroll_y -= in->wheel_y * notch;
    }
    return a;
}

void matrix_pan(struct matrix_state *m, float right, float down)
{
    m->scroll_x += right * m->frame->view_w;
    m->scroll_y += down * m->frame->view_h;
}

void matrix_take_drag(const struct view *v, struct matrix_state *m, unsigned answer)
{
    const struct ui_input *in = v->ui->in;
    if (answer & AREA_PRESSED)
        m->dragging = false;
    float moved = hypotf(in->mouse_x - in->press_x, in->mouse_y - in->press_y);
    if ((answer & AREA_DRAGGED) && (m->dragging || moved > 5)) {
        m->dragging = true;
        m->scroll_x -= in->moved_x;
        m->scroll_y -= in->moved_y;
    }
}

/* Scrolls so that the anchor's cell is under the pointer again. */
void matrix_hold_anchor(const struct view *v, struct matrix_state *m, struct matrix_anchor a)
{
    const struct matrix_frame *f = m->frame;
    struct rect r;
    float x = v->ui->in->mouse_x, y = v->ui->in->mouse_y;
    for (int i = 0; a.set && i < f->panel_count; i++) {
        const struct matrix_pane *p = &f->panes[i];
        bool over = rect_contains(p->view, x, y) || i == f->panel_count - 1;
        if (!over || !matrix_pane_rect(p, a.index, &r))
            continue;
        m->scroll_x = fmaxf(0, m->scroll_x + r.x + r.w / 2 - x);
        m->scroll_y = fmaxf(0, m->scroll_y + r.y + r.h / 2 - y);
        return;
    }
}

/* A bar along one side: part of the way is shown, from `at` of `most`. */
static float draw_bar(struct ui *ui, const char *id, struct rect bar, bool lies, float shown,
                      float content, float at, float most)
{
    if (most <= 0 || content <= 0)
        return at;
    float length = lies ? bar.w : bar.h, begin = lies ? bar.x : bar.y;
    float size = fminf(length, fmaxf(ui_px(ui, 32), length * shown / content)), way = length - size;
    unsigned answer = ui_area(ui, id, bar, _("scroll bar"), false);
    float pointer = lies ? ui->in->mouse_x : ui->in->mouse_y;
    if (answer & AREA_HELD && way > 0) {
        float top = begin + at / most * way;
        if (answer & AREA_PRESSED) {
            float into = (lies ? ui->in->press_x : ui->in->press_y) - top;
            ui->grab = into >= 0 && into <= size ? into : size / 2;
        }
        at = fminf(most, fmaxf(0, (pointer - ui->grab - begin) / way * most));
    }
    float from = begin + at / most * way;
    struct rect thumb =
        lies ? (struct rect){from, bar.y, size, bar.h} : (struct rect){bar.x, from, bar.w, size};
    thumb = rect_inset_xy(thumb, lies ? 2 : bar.w / 4, lies ? bar.h / 4 : 2);
    draw_round_rect(ui->draw, thumb, fminf(thumb.w, thumb.h) / 2,
                    answer & (AREA_HOVER | AREA_HELD) ? ui->theme->muted : ui->theme->frame);
    return at;
}

void matrix_bars_draw(const struct view *v, struct matrix_state *m, struct rect right,
                      struct rect below)
{
    const struct matrix_frame *f = m->frame;
    m->scroll_x = draw_bar(v->ui, "matrix.across", below, true, f->view_w, f->content_w,
                           m->scroll_x, f->most_x);
    m->scroll_y = draw_bar(v->ui, "matrix.down", right, false, f->view_h, f->content_h, m->scroll_y,
                           f->most_y);
}
