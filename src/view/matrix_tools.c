/* The bar above the table: which tensor, what beside it, which channel, what size. Buttons flow
 * into as many lines as the height allows; the last ones give way, and stay keys and commands. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "glassnet/view/action.h"
#include "matrix_frame.h"
#include "network_layout.h"

struct flow {
    const struct view *v;
    struct rect area; /* all lines */
    float x, y, line;
    bool full;
};

/* Room for a button of width w; false when there is none left. `open`: its line began already. */
static bool take(struct flow *f, float w, struct rect *r)
{
    float gap = ui_px(f->v->ui, 8);
    if (f->x > f->area.x && f->x + w > f->area.x + f->area.w) {
        f->x = f->area.x;
        f->y += f->line;
    }
    if (f->full || f->y + f->line > f->area.y + f->area.h + 1 || w > f->area.w) {
        f->full = true;
        return false;
    }
    *r = (struct rect){f->x, f->y + gap / 2, w, f->line - gap};
    f->x += w + gap;
    return true;
}

static void space(struct flow *f)
{
    if (f->x > f->area.x)
        f->x += ui_px(f->v->ui, 14);
}

static bool button(struct flow *f, const char *id, const char *label, bool on, bool enabled,
                   const char *tip, const char *action)
{
    struct ui *ui = f->v->ui;
    struct rect r;
    char text[160];
    if (!take(f, ui_button_width(ui, label), &r))
        return false;
    const char *key = action ? action_key(action) : NULL;
    snprintf(text, sizeof text, "%s%s%s%s", tip, key ? " (" : "", key ? key : "", key ? ")" : "");
    ui_tooltip(ui, r, text);
    unsigned style = enabled ? BUTTON_NORMAL : BUTTON_DISABLED;
    return ui_button(ui, id, r, label, style | (on ? BUTTON_ON : 0u)) && enabled;
}

static void draw_pick(struct flow *f, struct matrix_state *m)
{
    const struct snapshot *s = f->v->snap;
    char title[96], label[112];
    layout_tensor_title(s, matrix_tensor(s), title, sizeof title);
    snprintf(label, sizeof label, "%s ▾", title);
    if (ui_button_width(f->v->ui, label) > f->area.w * 0.5f)
        snprintf(label, sizeof label, _("Tensor ▾"));
    if (button(f, "matrix.pick", label, m->picking, true, _("Choose another tensor"),
               "app matrix pick"))
        matrix_pick(m);
}

/* Roles with a button of their own, those of the picker aside. */
static const struct {
    enum role role;
    const char *label, *tip;
} panels[] = {
    {ROLE_VALUE, N_("value"), N_("The value")},
    {ROLE_GRAD, "∂L/∂", N_("The gradient beside it")},
    {ROLE_USED, "g", N_("The gradient that the optimiser uses")},
    {ROLE_M, "m", N_("The first moment")},
    {ROLE_V, "v", N_("The second moment")},
    {ROLE_NEW, N_("new"), N_("The new value")},
};

/* The panel of the selected tensor goes: the selection moves to the same cell of another one. */
static void leave_role(const struct view *v, struct matrix_state *m, int tensor, enum role role)
{
    const struct program *p = v->snap->program;
    m->roles &= ~(1u << role);
    for (size_t k = 0; k < sizeof panels / sizeof *panels; k++) {
        int other = program_in_role(p, tensor, panels[k].role);
        if (panels[k].role == role || other < 0 || !(m->roles & 1u << panels[k].role))
            continue;
        view_select(v, matrix_counterpart(v->snap, other));
        return;
    }
}

static void draw_roles(struct flow *f, struct matrix_state *m)
{
    const struct snapshot *s = f->v->snap;
    const struct program *p = s->program;
    int tensor = matrix_tensor(s), have = 0;
    for (size_t k = 0; k < sizeof panels / sizeof *panels; k++)
        have += program_in_role(p, tensor, panels[k].role) >= 0;
    if (have < 2)
        return;
    space(f);
    for (size_t k = 0; k < sizeof panels / sizeof *panels; k++) {
        enum role role = panels[k].role;
        int other = program_in_role(p, tensor, role);
        if (other < 0)
            continue;
        char id[32];
        bool own = p->tensors[tensor].role == role;
        snprintf(id, sizeof id, "matrix.role.%d", (int)role);
        if (!button(f, id, translate(panels[k].label), own || m->roles & 1u << role, true,
                    translate(panels[k].tip), NULL))
            continue;
        if (own)
            leave_role(f->v, m, tensor, role);
        else
            m->roles ^= 1u << role;
    }
}

static void draw_slices(struct flow *f, struct matrix_state *m)
{
    const struct snapshot *s = f->v->snap;
    int tensor = matrix_tensor(s);
    const struct shape *shape = &s->program->tensors[tensor].shape;
    int n = matrix_slices(shape);
    if (n < 2)
        return;
    bool kernels = shape->rank == 4;
    struct cell c = matrix_counterpart(s, tensor);
    int slice = matrix_slice_of(shape, c.index), go = slice;
    char label[96];
    space(f);
    if (m->one_slice)
        snprintf(label, sizeof label, kernels ? _("kernel %d of 0…%d") : _("channel %d of 0…%d"),
                 slice, n - 1);
    else
        snprintf(label, sizeof label,
                 kernels ? translate_count("the %d kernel", "all %d kernels", n)
                         : translate_count("the %d channel", "all %d channels", n),
                 n);
    if (button(f, "matrix.slice", label, false, true, _("One at a time, or all side by side"),
               "app matrix slice"))
        m->one_slice = !m->one_slice;
    if (!m->one_slice)
        return;
    if (button(f, "matrix.slice.previous", "‹", false, slice > 0, _("The one before"), NULL))
        go--;
    if (button(f, "matrix.slice.next", "›", false, slice + 1 < n, _("The next one"), NULL))
        go++;
    c.index = matrix_in_slice(shape, c.index, go);
    if (go != slice)
        view_select(f->v, c);
}

static void draw_size(struct flow *f, struct matrix_state *m)
{
    space(f);
    if (button(f, "matrix.smaller", "−", false, m->frame->step > 0, _("Smaller cells"),
               "app farther"))
        matrix_zoom(m, -1);
    if (button(f, "matrix.larger", "+", false, m->frame->step + 1 < MATRIX_STEPS, _("Larger cells"),
               "app closer"))
        matrix_zoom(m, 1);
    bool whole = m->size == MATRIX_WHOLE;
    if (button(f, "matrix.size", whole ? _("Numbers") : _("Whole"), false, true,
               whole ? _("Cells that numbers fit into") : _("All cells at once"),
               "app matrix size"))
        matrix_turn_size(m);
}

static void draw_rest(struct flow *f, struct matrix_state *m)
{
    struct matrix_product product;
    const struct snapshot *s = f->v->snap;
    space(f);
    if (matrix_product_of(s, matrix_tensor(s), &product) &&
        button(f, "matrix.operands", _("Computed from"), m->operands, true,
               _("The matrix with the vectors it is multiplied with"), "app matrix operands"))
        m->operands = !m->operands;
    if (button(f, "matrix.histogram", _("Histogram"), m->histogram, true,
               _("How the numbers are spread"), "app matrix histogram"))
        m->histogram = !m->histogram;
}

struct rect matrix_tools_draw(const struct view *v, struct matrix_state *m, struct rect r)
{
    struct ui *ui = v->ui;
    float line = ui_px(ui, 52), pad = ui_px(ui, 14);
    int most = (int)(r.h * 0.27f / line);
    if (most < 1)
        return r;
    struct rect area = rect_inset_xy(r, pad, ui_px(ui, 4));
    area.h = line * (float)(most > 3 ? 3 : most);
    struct flow f = {.v = v, .area = area, .x = area.x, .y = area.y, .line = line};
    draw_pick(&f, m);
    draw_roles(&f, m);
    draw_size(&f, m);
    draw_slices(&f, m);
    draw_rest(&f, m);
    float used = fminf(f.full ? area.h : f.y + line - area.y, area.h) + ui_px(ui, 6);
    rect_cut_top(&r, used);
    draw_hline(ui->draw, r.x, r.x + r.w, r.y, 1, ui->theme->line);
    return r;
}
