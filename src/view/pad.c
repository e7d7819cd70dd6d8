/* The drawing pad and what the network reads in it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"
#include "glassnet/ui/paragraph.h"
#include "glassnet/view/panel.h"
#include "pad_own.h"

enum { CLASSES_MOST = 16, CHIPS_MOST = 10 };

bool pad_takes_drawings(const struct snapshot *s)
{
    if (!s->net)
        return false;
    const struct shape *in = &s->net->layers[0].out;
    if (in->rank == 3)
        return true;
    size_t count = shape_count(in);
    if (s->data)
        return s->data->shape.rank == 3 && s->data->count == count;
    return count == 28 * 28 || count == 8 * 8;
}

/* The outputs to list: all in their order where there is room, else the most probable. */
static int choose_outputs(const struct snapshot *s, int room, int *chosen)
{
    int n = s->output_count < room ? s->output_count : room;
    n = n < CLASSES_MOST ? n : CLASSES_MOST;
    if (n == s->output_count) {
        for (int i = 0; i < n; i++)
            chosen[i] = i;
        return n;
    }
    for (int k = 0, have = 0; k < s->output_count; k++) {
        int at = have < n ? have++ : n;
        while (at > 0 && s->probabilities[k] > s->probabilities[chosen[at - 1]]) {
            if (at < n)
                chosen[at] = chosen[at - 1];
            at--;
        }
        if (at < n)
            chosen[at] = k;
    }
    return n;
}

/* A single output is the second class' probability. */
static int class_of_output(const struct snapshot *s, int i)
{
    return s->output_count == 1 && s->guess >= 0 ? 1 : i;
}

static bool is_output_hidden(const struct view *v, int i)
{
    const struct program *p = v->snap->program;
    if (!p || !v->snap->trace)
        return false;
    struct cell c = {p->layer_out[v->snap->net->layer_count - 1], v->snap->view_sample, (size_t)i};
    return view_is_hidden(v, c);
}

/* "It reads: 7", large. */
static void draw_top_guess(const struct view *v, struct rect row)
{
    const struct snapshot *s = v->snap;
    char name[64], text[120];
    bool hidden = view_reading_is_hidden(v);
    snprintf(text, sizeof text, _("It reads: %.40s"),
             hidden ? "?" : view_class(s, s->guess, name, sizeof name));
    draw_text_in(v->ui->draw, FONT_SANS_BOLD, ui_text_px(v->ui, 32), row, ALIGN_LEFT | TEXT_MAY_CUT,
                 v->ui->theme->ink, text);
}

struct guess_columns {
    int px;
    float name_w, number_w;
};

static void draw_guess(const struct view *v, const struct guess_columns *g, struct rect row, int i)
{
    struct ui *ui = v->ui;
    const struct snapshot *s = v->snap;
    const struct theme *t = ui->theme;
    char text[64], number[48] = "?";
    float p = s->probabilities[i];
    int class = class_of_output(s, i);
    bool hidden = is_output_hidden(v, i), best = class == s->guess && !view_reading_is_hidden(v);
    draw_text_in(ui->draw, best ? FONT_SANS_BOLD : FONT_SANS, g->px, rect_cut_left(&row, g->name_w),
                 ALIGN_RIGHT | TEXT_MAY_CUT, best ? t->ink : t->muted,
                 view_class(s, class, text, sizeof text));
    rect_cut_left(&row, ui_px(ui, 10));
    if (!hidden && s->guess >= 0)
        view_fixed(s, (double)p, view_style(s).digits, number, sizeof number);
    else if (!hidden)
        view_number(s, (double)p, number, sizeof number);
    draw_text_in(ui->draw, FONT_MONO, g->px, rect_cut_right(&row, g->number_w),
                 ALIGN_RIGHT | TEXT_MAY_CUT, isfinite(p) || hidden ? t->ink : t->error, number);
    if (s->guess < 0)
        return; /* numbers to predict are no shares of a whole */
    struct rect bar = rect_inset_xy(row, 0, row.h * 0.2f);
    draw_rect(ui->draw, bar, t->track);
    bar.w *= isfinite(p) && !hidden ? fmaxf(0, fminf(1, p)) : 0;
    draw_rect(ui->draw, bar, best ? t->ink : t->muted);
}

float guesses_draw(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *s = v->snap;
    const struct rect all = r;
    if (!s->probabilities || s->output_count <= 0)
        return 0;
    struct guess_columns g = {.px = ui_text_px(ui, 18)};
    float least = ceilf((float)g.px * 1.2f);
    if (s->guess >= 0 && r.h > 2 * least)
        draw_top_guess(v, rect_cut_top(&r, (float)ui_text_px(ui, 32) * 1.3f));
    int chosen[CLASSES_MOST];
    int n = choose_outputs(s, (int)(r.h / least), chosen);
    if (n <= 0)
        return all.h - r.h;
    float row_h = floorf(fminf((float)g.px * 1.6f, r.h / (float)n));
    char text[64];
    for (int i = 0; i < n; i++)
        g.name_w = fmaxf(
            g.name_w, font_width(ui->fonts, FONT_SANS_BOLD, g.px,
                                 view_class(s, class_of_output(s, chosen[i]), text, sizeof text)));
    g.name_w = fminf(g.name_w + 4, r.w * 0.4f);
    g.number_w = font_width(ui->fonts, FONT_MONO, g.px,
                            view_fixed(s, -0.1, view_style(s).digits + 1, text, sizeof text)) +
                 4;
    for (int i = 0; i < n; i++)
        draw_guess(v, &g, rect_cut_top(&r, row_h), chosen[i]);
    return all.h - r.h;
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

/* Draws on from where the pen is to (x, y); what is drawn runs through the network at once. */
static void pen_to(const struct view *v, struct pad_state *s, float x, float y)
{
    const char *word = s->erases ? "erase" : "draw";
    if (x == s->x && y == s->y)
        intents_add(v->out, "%s %.4f,%.4f", word, (double)x, (double)y);
    else
        intents_add(v->out, "%s %.4f,%.4f %.4f,%.4f", word, (double)s->x, (double)s->y, (double)x,
                    (double)y);
    if (pad_takes_drawings(v->snap))
        intents_add(v->out, "phase forward");
    s->x = x;
    s->y = y;
}

/* Each frame's movement is one short stroke, so that the network reads along. */
static void follow_mouse(const struct view *v, struct pad_state *s, struct rect r, unsigned answer)
{
    const struct ui_input *in = v->ui->in;
    if (!(answer & (AREA_PRESSED | AREA_HELD))) {
        s->drawing = false;
        return;
    }
    float x = within((in->mouse_x - r.x) / r.w), y = within((in->mouse_y - r.y) / r.h);
    s->by_keys = s->lowered = false;
    if (!s->drawing) {
        s->x = within((in->press_x - r.x) / r.w);
        s->y = within((in->press_y - r.y) / r.h);
        s->drawing = true;
        pen_to(v, s, x, y);
    } else if (x != s->x || y != s->y) {
        pen_to(v, s, x, y);
    }
}

/* With the focus: arrows move the pen (finely with Shift), Space lowers and lifts it. */
static void follow_keys(const struct view *v, struct pad_state *s, unsigned answer)
{
    static const struct {
        const char *key;
        float dx, dy;
    } keys[] = {{"Left", -0.04f, 0},     {"Right", 0.04f, 0},       {"Up", 0, -0.04f},
                {"Down", 0, 0.04f},      {"Shift+Left", -0.01f, 0}, {"Shift+Right", 0.01f, 0},
                {"Shift+Up", 0, -0.01f}, {"Shift+Down", 0, 0.01f}};
    struct ui *ui = v->ui;
    if (!(answer & AREA_FOCUS)) {
        s->by_keys = s->lowered = false;
        return;
    }
    if (!s->by_keys)
        s->x = s->y = 0.5f;
    s->by_keys = true;
    if (answer & AREA_CLICKED) {
        s->lowered = !s->lowered;
        if (s->lowered)
            pen_to(v, s, s->x, s->y);
    }
    float x = s->x, y = s->y;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        while (ui_key(ui, keys[i].key)) {
            x = within(x + keys[i].dx);
            y = within(y + keys[i].dy);
        }
    if (s->lowered && (x != s->x || y != s->y))
        pen_to(v, s, x, y);
    s->x = x;
    s->y = y;
}

static void draw_pen(const struct view *v, const struct pad_state *s, struct rect r)
{
    const struct theme *t = v->ui->theme;
    float x = r.x + s->x * r.w, y = r.y + s->y * r.h, size = ui_px(v->ui, s->lowered ? 10 : 14);
    draw_ring(v->ui->draw, x, y, size, fmaxf(2, ui_px(v->ui, 3)), t->selection);
}

void pad_area_draw(const struct view *v, struct pad_state *s, struct rect r, const char *invites)
{
    struct ui *ui = v->ui;
    draw_ink(v, r);
    unsigned answer = ui_area(ui, "pad", r, _("drawing pad"), true);
    follow_mouse(v, s, r, answer);
    if (!s->drawing)
        follow_keys(v, s, answer);
    if (s->by_keys)
        draw_pen(v, s, r);
    if (!v->snap->pad_empty)
        return;
    struct rect row = rect_centre(r, r.w, (float)ui_text_px(ui, 22) * 1.5f);
    struct colour ink = theme_text_on(ui->theme, ui->theme->zero);
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 22), row, ALIGN_CENTRE | TEXT_MAY_CUT, ink,
                 invites);
    if (s->by_keys)
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 17), rect_shift(row, 0, row.h),
                     ALIGN_CENTRE | TEXT_MAY_CUT, ink, _("arrows move, Space lowers the pen"));
}

static void draw_pad_buttons(const struct view *v, struct pad_state *s, struct rect row)
{
    const struct snapshot *snap = v->snap;
    struct ui *ui = v->ui;
    float gap = ui_px(ui, 10);
    unsigned off = BUTTON_DISABLED;
    struct rect clear = rect_cut_left(&row, fminf(ui_button_width(ui, _("Clear")), row.w / 3));
    if (ui_button(ui, "pad.clear", clear, _("Clear"), BUTTON_NORMAL | (snap->pad_empty ? off : 0u)))
        intents_add(v->out, "clear");
    ui_tooltip(ui, clear, _("Empties the pad"));
    if (!snap->data)
        return;
    rect_cut_left(&row, gap);
    if (snap->sample >= 0)
        s->sample = snap->sample;
    else if (s->sample >= snap->data->n)
        s->sample = 0;
    const char *label = _("Back to the sample");
    if (ui_button_width(ui, label) > row.w + ui_px(ui, 40))
        label = _("Sample");
    struct rect back = rect_cut_left(&row, fminf(ui_button_width(ui, label), row.w));
    if (ui_button(ui, "pad.sample", back, label, BUTTON_NORMAL | (snap->sample >= 0 ? off : 0u)))
        intents_add(v->out, "sample %d", s->sample);
    ui_tooltip(ui, back, _("Shows the set's sample again; the drawing stays on the pad"));
}

/* Where the drawing goes, or that the network does not look at it now. */
static void caption(const struct snapshot *s, char *out, size_t size)
{
    if (s->sample >= 0 && !s->pad_empty) {
        snprintf(out, size,
                 _("The network reads sample %d now. Draw on, and it reads the drawing again."),
                 s->sample);
        return;
    }
    struct shape in = s->net->layers[0].out;
    if (in.rank != 3 && s->data)
        in = s->data->shape;
    if (in.rank == 3)
        snprintf(
            out, size,
            _("Your drawing, centred and shrunk to %d × %d, is the network's input: at the left "
              "of the canvas."),
            in.dim[1], in.dim[0]);
    else
        snprintf(out, size,
                 _("Your drawing, centred and shrunk, is the network's input: at the left of the "
                   "canvas."));
}

/* The classes as buttons, so that loss and blame of a drawing can be asked for. */
static bool has_chips(const struct view *v)
{
    const struct snapshot *s = v->snap;
    char name[64];
    if (s->sample >= 0 || s->guess < 0 || s->output_count > CHIPS_MOST || s->output_count < 2)
        return false;
    for (int i = 0; i < s->output_count; i++)
        if (strlen(view_class(s, i, name, sizeof name)) > 2)
            return false;
    return s->program && s->trace && s->program->label >= 0 && !s->program->targets;
}

static void draw_chips(const struct view *v, struct rect row)
{
    const struct snapshot *s = v->snap;
    struct ui *ui = v->ui;
    const char *names[CHIPS_MOST];
    char buffers[CHIPS_MOST][8];
    const char *text = _("it is a");
    int px = ui_text_px(ui, 18);
    struct rect name = rect_cut_left(&row, font_width(ui->fonts, FONT_SANS, px, text) + 2);
    draw_text_in(ui->draw, FONT_SANS, px, name, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, text);
    rect_cut_left(&row, ui_px(ui, 8));
    for (int i = 0; i < s->output_count; i++)
        names[i] = view_class(s, i, buffers[i], sizeof buffers[i]);
    int now = (int)trace_tensor(s->trace, s->program->label)[s->view_sample];
    int chosen = ui_segments(ui, "pad.label", row, names, s->output_count, now, 0);
    if (chosen >= 0)
        intents_add(v->out, "label %d", chosen);
    ui_tooltip(ui, row, _("What you meant: loss and blame are reckoned from it"));
}

static bool has_digits(const struct snapshot *s)
{
    char name[64];
    return s->output_count == 10 && strcmp(view_class(s, 9, name, sizeof name), "9") == 0;
}

static void draw_parts(const struct view *v, struct pad_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    char text[200];
    draw_pad_buttons(v, s, rect_cut_top(&r, ui_px(ui, 46)));
    rect_cut_top(&r, ui_px(ui, 10));
    pad_tools_draw(v, s, rect_cut_top(&r, pad_tools_height(v, s)));
    caption(v->snap, text, sizeof text);
    const struct text_run run = {.text = text, .colour = ui->theme->muted};
    struct paragraph_style style = {.px = ui_text_px(ui, 17), .leading = 1.35f, .max_lines = 3};
    float words = paragraph_height(ui->fonts, &run, 1, &style, r.w), gap = ui_px(ui, 8);
    float chips = has_chips(v) ? ui_px(ui, 38) + gap : 0;
    float keep = pad_keep_height(v) + gap;
    int rows = v->snap->output_count < CLASSES_MOST ? v->snap->output_count : CLASSES_MOST;
    float guesses =
        (float)ui_text_px(ui, 32) * 1.3f + (float)rows * ceilf((float)ui_text_px(ui, 18) * 1.3f);
    float side = fminf(r.w, r.h - words - 2 * gap - ui_px(ui, 38) - keep - guesses);
    side = floorf(fmaxf(side, fminf(ui_px(ui, 330), r.h * 0.45f)));
    struct rect pad = rect_cut_top(&r, side);
    pad_area_draw(v, s, rect_snap(rect_centre(pad, side - 4, side - 4)),
                  has_digits(v->snap) ? _("Draw a digit here") : _("Draw here"));
    rect_cut_top(&r, gap);
    if (r.h < keep)
        return;
    pad_keep_draw(v, s, rect_cut_top(&r, keep - gap));
    rect_cut_top(&r, gap);
    if (r.h < words + chips)
        return;
    paragraph_draw(ui->draw, &run, 1, &style, r.x, r.y, r.w);
    rect_cut_top(&r, words + gap);
    if (chips > 0) {
        struct rect row = rect_cut_top(&r, chips);
        row.h -= gap;
        draw_chips(v, row);
    }
    guesses_draw(v, r);
}

void pad_draw(const struct view *v, struct pad_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    if (pad_takes_drawings(v->snap)) {
        draw_parts(v, s, r);
        return;
    }
    paragraph_plain(ui->draw,
                    v->snap->net
                        ? _("Drawing needs a network that reads pictures, and this one "
                            "reads other numbers. Open digits-cnn.net to draw for it.")
                        : _("Drawing needs a network that reads pictures: open one first."),
                    FONT_SANS, ui_text_px(ui, 21), ui->theme->muted, r.x, r.y, r.w);
}
