#include "glassnet/view/kernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "kernels_own.h"

#define MAIN_LEAST_W 1060.0f
#define MAIN_LEAST_H 640.0f

void kernels_init(struct kernels_state *s)
{
    memset(s, 0, sizeof *s);
    text_edit_init(&s->edit, s->text, sizeof s->text);
    s->editing = s->dragged = s->hover = -1;
}

void kernels_deinit(struct kernels_state *s)
{
    formula_deinit(&s->formula);
}

static const struct shape *shape_of_result(const struct snapshot *snap)
{
    return &snap->kernels->trace->program->tensors[snap->kernels->result].shape;
}

void kernels_place(const struct snapshot *snap, const struct kernels_state *s, int *row, int *col)
{
    const struct shape *out = shape_of_result(snap);
    bool over = s->hover >= 0 && s->hover < out->dim[0] * out->dim[1];
    *row = over ? s->hover / out->dim[1] : snap->kernels->row;
    *col = over ? s->hover % out->dim[1] : snap->kernels->column;
}

void kernels_caption(const struct view *v, struct rect *r, const char *title, const char *note)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 22), small = ui_text_px(ui, 18);
    struct rect row = rect_cut_top(r, (float)px * 1.7f);
    float w = fminf(row.w, font_width(ui->fonts, FONT_SANS_BOLD, px, title) + 2);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, rect_cut_left(&row, w), ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->ink, title);
    rect_cut_left(&row, ui_px(ui, 12));
    if (note && font_width(ui->fonts, FONT_SANS, small, note) < row.w)
        draw_text_in(ui->draw, FONT_SANS, small, row, ALIGN_LEFT, ui->theme->muted, note);
}

int kernels_number_px(struct ui *ui, struct rect r, const char *number)
{
    int least = ui_text_px(ui, 14), px = ui_text_px(ui, 19), large = ui_text_px(ui, 26);
    px = (int)fmaxf((float)px, fminf((float)large, r.h * 0.4f));
    while (px > least && font_width(ui->fonts, FONT_MONO, px, number) + 4 > r.w)
        px--;
    bool fits = font_width(ui->fonts, FONT_MONO, px, number) + 4 <= r.w;
    return fits && (float)px * 1.2f <= r.h ? px : 0;
}

void kernels_square(const struct view *v, struct rect r, struct colour ground, const char *number)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    int px = kernels_number_px(ui, r, number);
    struct colour ink = theme_text_on(t, ground);
    draw_rect(ui->draw, r, ground);
    draw_frame(ui->draw, r, 1, t->frame);
    if (px > 0 && colour_contrast(ink, ground) < t->least_contrast) { /* a middle grey */
        float w = font_width(ui->fonts, FONT_MONO, px, number) + 4;
        draw_rect(ui->draw, rect_centre(r, w, fminf(r.h - 2, (float)px * 1.25f)), t->panel);
        ink = t->ink;
    }
    if (px > 0)
        draw_text_in(ui->draw, FONT_MONO, px, r, ALIGN_CENTRE, ink, number);
}

/* --- pictures -------------------------------------------------------------------------------- */

static uint32_t grey_of(const float *channel[3], size_t i)
{
    float part[3];
    for (int c = 0; c < 3; c++)
        part[c] = fminf(1, fmaxf(0, isnan(channel[c][i]) ? 0 : channel[c][i]));
    return 0xff000000u | (uint32_t)lroundf(part[0] * 255) << 16 |
           (uint32_t)lroundf(part[1] * 255) << 8 | (uint32_t)lroundf(part[2] * 255);
}

/* A tensor of the lab, all its channels, as large as r allows. Returns where it lies. */
static struct rect draw_picture(const struct view *v, struct rect r, int tensor, bool values)
{
    const struct kernels_view *k = v->snap->kernels;
    const struct shape *shape = &k->trace->program->tensors[tensor].shape;
    size_t count = (size_t)shape->dim[0] * (size_t)shape->dim[1];
    const float *numbers = trace_tensor(k->trace, tensor);
    const float *channel[3];
    for (size_t c = 0; c < 3; c++)
        channel[c] = numbers + (k->colour ? c * count : 0);
    uint32_t *colours = mem_zalloc(count, sizeof *colours);
    const float *one = channel[k->channel];
    if (values)
        scale_pack(v->ui->theme, false, one, (int)count, 1, scale_limit(one, (int)count), colours);
    for (size_t i = 0; !values && i < count; i++)
        colours[i] = grey_of(channel, i);
    struct rect map = rect_fit(r, (float)shape->dim[1] / (float)shape->dim[0]);
    map.x = r.x;
    map.y = r.y;
    map = rect_snap(map);
    draw_heatmap(v->ui->draw, map, shape->dim[1], shape->dim[0], colours, 0, v->ui->theme->frame);
    draw_frame(v->ui->draw, rect_inset(map, -1), 1, v->ui->theme->frame);
    free(colours);
    return map;
}

/* What the colours of a picture mean, under it. */
static void draw_scale(const struct view *v, struct rect row, bool values, float limit)
{
    struct ui *ui = v->ui;
    char low[48], high[48];
    enum { STEPS = 64 };
    uint32_t colours[STEPS];
    int px = ui_text_px(ui, 17);
    for (int i = 0; i < STEPS; i++) {
        float part = (float)i / (STEPS - 1);
        colours[i] = values ? colour_pack(scale_value(ui->theme, (2 * part - 1) * limit, limit))
                            : 0xff000000u | (uint32_t)lroundf(part * 255) * 0x10101u;
    }
    view_number(v->snap, values ? (double)-limit : 0.0, low, sizeof low);
    view_number(v->snap, values ? (double)limit : 1.0, high, sizeof high);
    float left = font_width(ui->fonts, FONT_MONO, px, low) + 2;
    float right = font_width(ui->fonts, FONT_MONO, px, high) + 2, gap = ui_px(ui, 8);
    if (row.w < left + right + 4 * gap || row.h < (float)px)
        return;
    row.w = fminf(row.w, left + right + ui_px(ui, 240));
    draw_text_in(ui->draw, FONT_MONO, px, rect_cut_left(&row, left), ALIGN_LEFT, ui->theme->muted,
                 low);
    draw_text_in(ui->draw, FONT_MONO, px, rect_cut_right(&row, right), ALIGN_RIGHT,
                 ui->theme->muted, high);
    row = rect_inset_xy(row, gap, 0);
    row = rect_centre(row, row.w, fminf(row.h, ui_px(ui, 12)));
    draw_heatmap(ui->draw, row, STEPS, 1, colours, 0, ui->theme->frame);
    draw_frame(ui->draw, row, 1, ui->theme->frame);
}

static void size_text(const struct shape *shape, char *out, size_t size)
{
    snprintf(out, size, "%d × %d", shape->dim[0], shape->dim[1]);
}

/* The patch the kernel lies on; what sticks out over the rim is padding. */
static void draw_patch(const struct view *v, const struct kernels_state *s, struct rect map)
{
    const struct kernels_view *k = v->snap->kernels;
    const struct layer *l = &k->trace->program->net->layers[1];
    struct ui *ui = v->ui;
    int row, col;
    kernels_place(v->snap, s, &row, &col);
    float w = map.w / (float)l->in.dim[1], h = map.h / (float)l->in.dim[0];
    struct rect patch = {map.x + w * (float)(col * l->stride - l->pad_left),
                         map.y + h * (float)(row * l->stride - l->pad_top), w * (float)l->kernel_w,
                         h * (float)l->kernel_h};
    float wide = fmaxf(2, ui_px(ui, 4));
    draw_frame(ui->draw, rect_inset(patch, -wide - 1), 1, ui->theme->ink);
    draw_frame(ui->draw, rect_inset(patch, -wide), wide, ui->theme->selection);
}

static void draw_input(const struct view *v, struct kernels_state *s, struct rect r)
{
    const struct kernels_view *k = v->snap->kernels;
    const struct shape *shape = &k->trace->program->tensors[k->input].shape;
    char note[120];
    size_text(shape, note, sizeof note);
    if (k->was_height)
        snprintf(note, sizeof note, _("%d × %d, made smaller from %d × %d"), shape->dim[0],
                 shape->dim[1], k->was_height, k->was_width);
    kernels_caption(v, &r, k->picture, note);
    struct rect scale = rect_cut_bottom(&r, ui_px(v->ui, 36));
    struct rect map = draw_picture(v, r, k->input, false);
    scale.y = map.y + map.h + ui_px(v->ui, 4);
    scale.x = map.x;
    scale.w = map.w;
    draw_scale(v, scale, false, 1);
    draw_patch(v, s, map);
}

static void move_by_keys(const struct view *v, const struct shape *out)
{
    static const struct {
        const char *key;
        int down, right;
    } arrows[] = {{"Left", 0, -1}, {"Right", 0, 1}, {"Up", -1, 0}, {"Down", 1, 0}};
    const struct kernels_view *k = v->snap->kernels;
    for (int i = 0; i < 4; i++)
        if (ui_key(v->ui, arrows[i].key)) {
            int row = k->row + arrows[i].down, col = k->column + arrows[i].right;
            if (row >= 0 && row < out->dim[0] && col >= 0 && col < out->dim[1])
                intents_add(v->out, "kernels at %d,%d", row, col);
        }
}

static void point_at(const struct view *v, struct kernels_state *s, struct rect map)
{
    struct ui *ui = v->ui;
    const struct shape *out = shape_of_result(v->snap);
    unsigned answer = ui_area(ui, "kernels.result", map,
                              _("the result: point at a number, or use the arrow keys"), true);
    s->hover = -1;
    if (answer & AREA_HOVER && rect_contains(map, ui->in->mouse_x, ui->in->mouse_y)) {
        int row = (int)((ui->in->mouse_y - map.y) / map.h * (float)out->dim[0]);
        int col = (int)((ui->in->mouse_x - map.x) / map.w * (float)out->dim[1]);
        row = row < out->dim[0] ? row : out->dim[0] - 1;
        col = col < out->dim[1] ? col : out->dim[1] - 1;
        s->hover = row * out->dim[1] + col;
        if (answer & (AREA_CLICKED | AREA_DRAGGED) &&
            (row != v->snap->kernels->row || col != v->snap->kernels->column))
            intents_add(v->out, "kernels at %d,%d", row, col);
    }
    if (answer & AREA_FOCUS)
        move_by_keys(v, out);
}

static void draw_result(const struct view *v, struct kernels_state *s, struct rect r)
{
    static const char *const colours[] = {N_("red"), N_("green"), N_("blue")};
    struct ui *ui = v->ui;
    const struct kernels_view *k = v->snap->kernels;
    const struct shape *out = shape_of_result(v->snap);
    size_t count = (size_t)out->dim[0] * (size_t)out->dim[1];
    const float *numbers =
        trace_tensor(k->trace, k->result) + (size_t)(k->colour ? k->channel : 0) * count;
    char note[80];
    size_text(out, note, sizeof note);
    if (k->colour && k->values)
        snprintf(note + strlen(note), sizeof note - strlen(note), ", %s",
                 translate(colours[k->channel]));
    kernels_caption(v, &r, _("result"), note);
    struct rect scale = rect_cut_bottom(&r, ui_px(ui, 36));
    struct rect map = draw_picture(v, r, k->result, k->values);
    scale.y = map.y + map.h + ui_px(ui, 4);
    scale.x = map.x;
    scale.w = map.w;
    draw_scale(v, scale, k->values, scale_limit(numbers, (int)count));
    point_at(v, s, map);
    int row, col;
    kernels_place(v->snap, s, &row, &col);
    struct rect at = rect_cell(map, out->dim[1], out->dim[0], col, row);
    float wide = fmaxf(2, ui_px(ui, 4));
    draw_frame(ui->draw, rect_inset(at, -wide - 1), 1, ui->theme->ink);
    draw_frame(ui->draw, rect_inset(at, -wide), wide, ui->theme->selection);
}

/* --- the whole ------------------------------------------------------------------------------- */

static void draw_main(const struct view *v, struct kernels_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    float side = (float)v->snap->kernels->side, gap = ui_px(ui, 28);
    struct rect sum = rect_cut_bottom(&r, ui_px(ui, 60 + 36 * side));
    rect_cut_bottom(&r, ui_px(ui, 14));
    float kernel = ui_px(ui, 32 + 84 * side);
    float map = fminf((r.w - kernel - 2 * gap) / 2, r.h);
    float left = (r.w - 2 * map - kernel - 2 * gap) / 2;
    rect_cut_left(&r, fmaxf(0, left));
    draw_input(v, s, rect_cut_left(&r, map));
    rect_cut_left(&r, gap);
    kernels_cells_draw(v, s, rect_cut_left(&r, kernel));
    rect_cut_left(&r, gap);
    draw_result(v, s, rect_cut_left(&r, map));
    kernels_sum_draw(v, s, sum);
}

void kernels_draw(const struct view *v, struct kernels_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    draw_tag(ui->draw, "kernels");
    if (!v->snap->kernels->trace) {
        if (!s->asked)
            intents_add(v->out, "kernels");
        s->asked = true;
    }
    struct rect side = rect_cut_right(&r, fminf(ui_px(ui, 430), r.w * 0.34f));
    kernels_side_draw(v, s, side);
    if (v->snap->kernels->trace) {
        float scale = ui->scale;
        ui->scale = fminf(scale, fminf(r.w / MAIN_LEAST_W, r.h / MAIN_LEAST_H));
        draw_clip_push(ui->draw, r);
        draw_main(v, s, rect_inset_xy(r, ui_px(ui, 24), ui_px(ui, 12)));
        draw_clip_pop(ui->draw);
        ui->scale = scale;
    }
    draw_tag(ui->draw, NULL);
}

static void step(const struct view *v, int by)
{
    const struct kernels_view *k = v->snap->kernels;
    const struct shape *out = shape_of_result(v->snap);
    int n = out->dim[0] * out->dim[1], at = (k->row * out->dim[1] + k->column + by + n) % n;
    intents_add(v->out, "kernels at %d,%d", at / out->dim[1], at % out->dim[1]);
}

void kernels_foot_draw(const struct view *v, struct kernels_state *s, struct rect r)
{
    const double pace = 0.04; /* seconds a place */
    struct ui *ui = v->ui;
    draw_tag(ui->draw, "transport");
    draw_rect(ui->draw, r, ui->theme->panel);
    draw_hline(ui->draw, r.x, r.x + r.w, r.y, 1, ui->theme->line);
    struct rect in = rect_inset_xy(r, ui_px(ui, 24), 0);
    bool there = v->snap->kernels->trace != NULL;
    static const char *const labels[] = {N_("◀ Back"), N_("Next ▶"), N_("Slide")};
    static const char *const ids[] = {"kernels.back", "kernels.next", "kernels.slide"};
    for (int i = 0; i < 3; i++) {
        struct rect b = rect_cut_left(&in, ui_button_width(ui, translate(labels[i])));
        rect_cut_left(&in, ui_px(ui, 12));
        bool clicked =
            ui_button(ui, ids[i], rect_centre(b, b.w, fminf(b.h, ui_px(ui, 52))),
                      translate(labels[i]), i == 2 && s->sliding ? BUTTON_ON : BUTTON_NORMAL);
        if (clicked && i == 2)
            s->sliding = !s->sliding;
        else if (clicked && there)
            step(v, i ? 1 : -1);
    }
    if (s->sliding && there) {
        ui->again = true;
        if (ui->time >= s->slides) {
            s->slides = ui->time + pace;
            step(v, 1);
        }
    }
    rect_cut_left(&in, ui_px(ui, 12));
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 20), in, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->muted,
                 _("Point at the result to see the sum behind each number; click to stay there."));
    draw_tag(ui->draw, NULL);
}
