#include "matrix_place.h"

#include <math.h>
#include <stdio.h>

static float limit_of(const struct matrix_frame *f, int tensor)
{
    for (int i = 0; i < f->limit_count; i++)
        if (f->limited[i] == tensor)
            return f->limits[i];
    return 1;
}

struct matrix_pane matrix_blank_pane(const struct view *v, const struct matrix_frame *f, int tensor,
                                     const struct matrix_map *map, struct matrix_cells cells)
{
    float limit = limit_of(f, tensor);
    struct matrix_pane p = {.tensor = tensor,
                            .map = *map,
                            .cell_w = cells.w,
                            .cell_h = cells.h,
                            .limit = limit,
                            .print = {cells.px, matrix_decimals(v, limit)}};
    int px = ui_text_px(v->ui, 17);
    if (map->kind != MATRIX_MAPS && map->kind != MATRIX_KERNELS)
        return p;
    char longest[24];
    snprintf(longest, sizeof longest, "%d", map->blocks);
    bool titled = (float)(map->cols * p.cell_w) >= font_width(v->ui->fonts, FONT_SANS, px, longest);
    p.title = titled ? (int)((float)px * 1.5f) : 0;
    p.gap = (int)fmaxf(titled ? 6 : 3, ui_px(v->ui, titled ? 12 : 5));
    return p;
}

static void add_note(struct matrix_frame *f, enum matrix_note_kind kind, struct rect r,
                     unsigned align, bool gradient, const char *text)
{
    if (f->note_count >= NOTES_MOST)
        return;
    struct matrix_note *note = &f->notes[f->note_count++];
    *note = (struct matrix_note){kind, r, align, gradient, ""};
    snprintf(note->text, sizeof note->text, "%s", text);
}

/* The vectors around the middle panel, whose pane is p. */
static void place_strips(const struct view *v, struct matrix_frame *f,
                         const struct matrix_measures *z, struct matrix_cells cells,
                         const struct matrix_panel *panel, const struct matrix_pane *p)
{
    float right = p->view.x + p->view.w;
    for (int i = 0; i < f->product.count; i++) {
        const struct matrix_strip *s = &f->product.strips[i];
        bool lies = s->side == SIDE_TOP || s->side == SIDE_BOTTOM;
        struct matrix_map map = matrix_map_vector(v->snap->program->tensors[s->tensor].count, lies);
        struct matrix_pane strip = matrix_blank_pane(v, f, s->tensor, &map, cells);
        bool gradient = view_is_gradient(v->snap, s->tensor);
        strip.view = p->view;
        strip.x = p->x;
        strip.y = p->y;
        if (lies) {
            float y = s->side == SIDE_TOP ? p->view.y - z->apart - z->thick_h
                                          : p->view.y + p->view.h + z->apart;
            strip.cell_h = (int)z->thick_h;
            strip.view.y = strip.y = y;
            strip.view.h = (float)strip.cell_h;
            char name[24];
            snprintf(name, sizeof name, "%s%s%s", s->sign ? s->sign : "", s->sign ? " " : "",
                     s->name);
            add_note(f, NOTE_NAME,
                     (struct rect){panel->rows.x, y, panel->rows.w - ui_px(v->ui, 6), z->thick_h},
                     ALIGN_RIGHT, gradient, name);
        } else {
            float x = s->side == SIDE_LEFT ? p->view.x - z->apart - z->thick_w : right + z->sign;
            strip.cell_w = (int)z->thick_w;
            strip.view.x = strip.x = x;
            strip.view.w = (float)strip.cell_w;
            if (s->side == SIDE_RIGHT)
                right = x + strip.view.w;
            add_note(f, NOTE_NAME,
                     (struct rect){x, panel->columns.y, strip.view.w, panel->columns.h},
                     ALIGN_CENTRE, gradient, s->name);
            if (s->sign)
                add_note(f, NOTE_SIGN, (struct rect){x - z->sign, p->view.y, z->sign, p->view.h},
                         ALIGN_CENTRE, false, s->sign);
        }
        f->panes[f->pane_count++] = strip;
    }
    if (f->product.note[0]) {
        float y = p->view.y + p->view.h + z->bottom - (float)ui_text_px(v->ui, 17) * 1.5f;
        add_note(f, NOTE_WORDS,
                 (struct rect){panel->rows.x, y, f->table.x + f->table.w - panel->rows.x,
                               (float)ui_text_px(v->ui, 17) * 1.5f},
                 ALIGN_LEFT, false, f->product.note);
    }
    if (f->product.sign && z->left > 0 && z->top > 0)
        add_note(f, NOTE_SIGN,
                 (struct rect){p->view.x - z->left, p->view.y - z->top, z->thick_w, z->thick_h},
                 ALIGN_CENTRE, false, f->product.sign);
}

void matrix_place_panels(const struct view *v, struct matrix_state *m, const int *tensors, int n,
                         const struct matrix_measures *z, const struct matrix_arrangement *a,
                         struct rect r)
{
    struct matrix_frame *f = m->frame;
    f->panel_count = f->pane_count = f->note_count = 0;
    struct matrix_panel middle = {.pane = -1};
    float w = floorf(fminf(a->content_w, a->view_w)), h = floorf(fminf(a->content_h, a->view_h));
    float used =
        (z->row_head + w) * (float)a->across + z->gap * (float)(a->across - 1) + z->left + z->right;
    float x0 = floorf(r.x + fmaxf(0, r.w - used) / 2), x = x0, y = r.y, height = 0;
    for (int i = 0; i < n; i++) {
        bool main = tensors[i] == f->tensor && middle.pane < 0;
        if (i % a->across == 0 && i > 0) {
            x = x0;
            y += height + z->gap * 0.5f;
        }
        /* Beside each other rows line up, below each other columns do. */
        float left = z->row_head + (main || a->across == 1 ? z->left : 0);
        float above = main || a->across > 1 ? z->top : 0, top = floorf(y + z->caption);
        struct matrix_pane p = matrix_blank_pane(v, f, tensors[i], &a->map, a->cells);
        p.view = (struct rect){floorf(x + left), floorf(top + z->head + above), w, h};
        height = z->caption + z->head + above + h + (main || a->across > 1 ? z->bottom : 0);
        p.x = p.view.x - floorf(m->scroll_x);
        p.y = p.view.y - floorf(m->scroll_y);
        float width = left + w + (main ? z->right : 0), caption = width;
        if (i % a->across == a->across - 1 || i == n - 1) /* nothing stands to the right of it */
            caption = fmaxf(width, fminf(ui_px(v->ui, 440), r.x + r.w - x));
        struct matrix_panel panel = {.pane = i,
                                     .caption = {x, y, caption, z->caption},
                                     .columns = {p.view.x, top, w, z->head - z->apart / 2},
                                     .rows = {x, p.view.y, z->row_head, h}};
        f->panels[f->panel_count++] = panel;
        f->panes[f->pane_count++] = p;
        if (main)
            middle = panel;
        x += width + z->gap;
    }
    if (f->has_product && middle.pane >= 0)
        place_strips(v, f, z, a->cells, &middle, &f->panes[middle.pane]);
}
