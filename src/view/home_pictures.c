#include "home_pictures.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Subjects, the more particular ones first; a word counts wherever it stands in the text. */
static const struct {
    const char *word;
    enum home_picture picture;
} subjects[] = {
    {"descent", PICTURE_DOWNHILL},    {"learning rate", PICTURE_DOWNHILL},
    {"downhill", PICTURE_DOWNHILL},   {"slope", PICTURE_DOWNHILL},
    {"momentum", PICTURE_VALLEY},     {"optimis", PICTURE_VALLEY},
    {"batch", PICTURE_VALLEY},        {"overfit", PICTURE_MEMORY},
    {"test set", PICTURE_MEMORY},     {"training set", PICTURE_MEMORY},
    {"matrix", PICTURE_MATRIX},       {"vector", PICTURE_MATRIX},
    {"pixel", PICTURE_NUMBERS},       {"logistic", PICTURE_SIDES},
    {"score", PICTURE_SHARES},        {"xor", PICTURE_XOR},
    {"decision region", PICTURE_XOR}, {"boundary", PICTURE_XOR},
    {"hidden layer", PICTURE_XOR},    {"loss", PICTURE_LOSS},
    {"entropy", PICTURE_LOSS},        {"error", PICTURE_LOSS},
    {"backprop", PICTURE_BLAME},      {"gradient", PICTURE_BLAME},
    {"chain rule", PICTURE_BLAME},    {"blame", PICTURE_BLAME},
    {"feature map", PICTURE_MAPS},    {"convolution", PICTURE_KERNEL},
    {"kernel", PICTURE_KERNEL},       {"filter", PICTURE_KERNEL},
    {"pool", PICTURE_POOL},           {"activation", PICTURE_BEND},
    {"relu", PICTURE_BEND},           {"sigmoid", PICTURE_BEND},
    {"tanh", PICTURE_BEND},           {"softmax", PICTURE_DIGIT},
    {"digit", PICTURE_DIGIT},         {"classif", PICTURE_DIGIT},
    {"probabilit", PICTURE_DIGIT},    {"neuron", PICTURE_NEURON},
    {"weight", PICTURE_NEURON},       {"bias", PICTURE_NEURON},
};

static int subject_of(const char *text)
{
    for (size_t i = 0; text && i < sizeof subjects / sizeof *subjects; i++)
        if (strcasestr(text, subjects[i].word))
            return (int)subjects[i].picture;
    return -1;
}

enum home_picture home_picture_of(const struct lesson_card *c)
{
    int found = -1;
    for (int i = 0; i < c->subject_count && found < 0; i++)
        found = subject_of(c->subjects[i]);
    if (found < 0)
        found = subject_of(c->title);
    return found < 0 ? PICTURE_LAYERS : (enum home_picture)found;
}

/* A place in the picture: x and y from 0 to 1. */
static struct point at(struct rect r, float x, float y)
{
    return (struct point){r.x + x * r.w, r.y + y * r.h};
}

static void line(struct ui *ui, struct point a, struct point b, float width, struct colour c)
{
    draw_line(ui->draw, a.x, a.y, b.x, b.y, fmaxf(1, ui_px(ui, width)), c);
}

static void dot(struct ui *ui, struct point p, float radius, struct colour c)
{
    draw_circle(ui->draw, p.x, p.y, radius, c);
}

/* An empty neuron, ready to be a place where lines meet. */
static void node(struct ui *ui, struct point p, float radius)
{
    draw_circle(ui->draw, p.x, p.y, radius, ui->theme->panel);
    draw_ring(ui->draw, p.x, p.y, radius, fmaxf(1, ui_px(ui, 2)), ui->theme->muted);
}

static float to_segment(struct point p, struct point a, struct point b)
{
    float dx = b.x - a.x, dy = b.y - a.y;
    float along = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy);
    along = fminf(1, fmaxf(0, along));
    return hypotf(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

/* Ink, 0 to 1, of a handwritten 7 in a unit square: dark within `half` of the stroke, fading
 * over `soft`. */
static float seven_ink(struct point p, float half, float soft)
{
    static const struct point corner[] = {{0.24f, 0.24f}, {0.74f, 0.22f}, {0.42f, 0.84f}};
    float d = fminf(to_segment(p, corner[0], corner[1]), to_segment(p, corner[1], corner[2]));
    return fminf(1, fmaxf(0, (half + soft - d) / soft));
}

enum { SEVEN_MOST = 28 };

static void draw_seven(struct ui *ui, struct rect r, int n)
{
    uint32_t colours[SEVEN_MOST * SEVEN_MOST];
    float half = n > 10 ? 0.045f : 0.05f, soft = n > 10 ? 0.05f : 0.12f;
    for (int i = 0; i < n * n; i++) {
        struct point p = {((float)(i % n) + 0.5f) / (float)n, ((float)(i / n) + 0.5f) / (float)n};
        colours[i] = colour_pack(scale_value(ui->theme, seven_ink(p, half, soft), 1));
    }
    draw_heatmap(ui->draw, r, n, n, colours, 0, ui->theme->line);
    draw_frame(ui->draw, r, 1, ui->theme->frame);
}

static void draw_neuron(struct ui *ui, struct rect r)
{
    const struct theme *t = ui->theme;
    struct point a = at(r, 0.12f, 0.18f), b = at(r, 0.12f, 0.82f), c = at(r, 0.85f, 0.5f);
    line(ui, a, c, 6, t->text_value_pos);
    line(ui, b, c, 3, t->text_value_neg);
    dot(ui, a, r.h * 0.14f, scale_value(t, 0.4f, 1));
    dot(ui, b, r.h * 0.14f, scale_value(t, -0.4f, 1));
    dot(ui, c, r.h * 0.2f, t->text_value_pos);
    draw_ring(ui->draw, c.x, c.y, r.h * 0.2f, fmaxf(2, ui_px(ui, 4)), t->selection);
}

static void draw_bend(struct ui *ui, struct rect r)
{
    const struct theme *t = ui->theme;
    const struct point relu[] = {at(r, 0, 0.92f), at(r, 0.48f, 0.92f), at(r, 1, 0.05f)};
    float width = fmaxf(1, ui_px(ui, 4));
    draw_polyline(ui->draw, relu, 3, width, t->text_value_pos);
    draw_curve(ui->draw, at(r, 0, 0.9f), at(r, 0.55f, 0.86f), at(r, 0.42f, 0.12f), at(r, 1, 0.08f),
               fmaxf(1, ui_px(ui, 3)), -1, 0, t->text_value_neg);
}

enum { CURVE_POINTS = 33 };

/* −log p, as p goes from nearly 0 to 1. */
static void draw_loss(struct ui *ui, struct rect r)
{
    struct point p[CURVE_POINTS];
    for (int i = 0; i < CURVE_POINTS; i++) {
        float x = (float)i / (CURVE_POINTS - 1), chance = 0.03f + 0.97f * x;
        p[i] = at(r, x, 0.95f + 0.9f * logf(chance) / 3.5066f);
    }
    draw_polyline(ui->draw, p, CURVE_POINTS, fmaxf(1, ui_px(ui, 4)), ui->theme->phase[THEME_LOSS]);
    dot(ui, p[4], r.h * 0.09f, ui->theme->selection);
}

static struct point bowl(struct rect r, float x)
{
    float from = (x - 0.52f) / 0.52f;
    return at(r, x, 0.93f - 0.9f * from * from);
}

static void draw_downhill(struct ui *ui, struct rect r)
{
    const struct theme *t = ui->theme;
    struct point p[CURVE_POINTS];
    for (int i = 0; i < CURVE_POINTS; i++)
        p[i] = bowl(r, (float)i / (CURVE_POINTS - 1));
    draw_polyline(ui->draw, p, CURVE_POINTS, fmaxf(1, ui_px(ui, 3)), t->muted);
    static const float steps[] = {0.12f, 0.3f, 0.42f, 0.49f};
    for (int i = 3; i >= 0; i--)
        dot(ui, bowl(r, steps[i]), r.h * 0.085f,
            colour_mix(t->selection, t->panel, 0.2f * (float)i));
}

static void draw_blame(struct ui *ui, struct rect r)
{
    const struct theme *t = ui->theme;
    struct point in[] = {at(r, 0.1f, 0.22f), at(r, 0.1f, 0.82f)};
    struct point mid[] = {at(r, 0.5f, 0.16f), at(r, 0.5f, 0.84f)}, out = at(r, 0.9f, 0.5f);
    line(ui, in[0], mid[1], 2, scale_gradient(t, -0.35f, 1));
    line(ui, in[1], mid[0], 2, scale_gradient(t, 0.35f, 1));
    line(ui, in[0], mid[0], 3, scale_gradient(t, 0.5f, 1));
    line(ui, in[1], mid[1], 3, scale_gradient(t, -0.5f, 1));
    line(ui, mid[0], out, 5, t->text_grad_pos);
    line(ui, mid[1], out, 5, t->text_grad_neg);
    for (int i = 0; i < 2; i++) {
        node(ui, in[i], r.h * 0.13f);
        node(ui, mid[i], r.h * 0.13f);
    }
    dot(ui, out, r.h * 0.14f, t->phase[THEME_LOSS]);
}

static void draw_xor(struct ui *ui, struct rect r)
{
    enum { COLS = 12, ROWS = 8 };
    uint32_t colours[COLS * ROWS];
    for (int i = 0; i < COLS * ROWS; i++) {
        bool same = (i % COLS < COLS / 2) == (i / COLS < ROWS / 2);
        colours[i] = colour_pack(scale_value(ui->theme, same ? -0.55f : 0.55f, 1));
    }
    draw_heatmap(ui->draw, r, COLS, ROWS, colours, HEATMAP_GRID, ui->theme->panel);
}

/* Two kinds of points, and the line that parts them. */
static void draw_sides(struct ui *ui, struct rect r)
{
    static const struct point one[] = {
        {0.12f, 0.2f}, {0.3f, 0.12f}, {0.28f, 0.42f}, {0.1f, 0.5f}, {0.5f, 0.16f}};
    static const struct point other[] = {
        {0.5f, 0.84f}, {0.68f, 0.6f}, {0.88f, 0.5f}, {0.74f, 0.86f}, {0.92f, 0.8f}};
    const struct theme *t = ui->theme;
    line(ui, at(r, 0.12f, 0.98f), at(r, 0.86f, 0.02f), 3, t->muted);
    for (int i = 0; i < 5; i++) {
        dot(ui, at(r, one[i].x, one[i].y), r.h * 0.075f, t->text_value_neg);
        dot(ui, at(r, other[i].x, other[i].y), r.h * 0.075f, t->text_value_pos);
    }
}

static void draw_shares(struct ui *ui, struct rect r)
{
    static const float score[] = {0.35f, 1, -0.6f}, share[] = {0.22f, 1, 0.07f};
    const struct theme *t = ui->theme;
    struct rect bars = {r.x + r.h * 0.42f, r.y, r.w - r.h * 0.42f, r.h};
    for (int i = 0; i < 3; i++) {
        struct rect cell = rect_row((struct rect){r.x, r.y, r.h * 0.3f, r.h}, 3, i, r.h * 0.05f);
        struct rect b = rect_row(bars, 3, i, r.h * 0.05f);
        draw_rect(ui->draw, cell, scale_value(t, score[i], 1));
        draw_frame(ui->draw, cell, 1, t->frame);
        draw_rect(ui->draw, b, t->zero);
        b.w *= share[i];
        draw_rect(ui->draw, b, i == 1 ? t->text_value_pos : scale_value(t, 0.4f, 1));
    }
}

static void draw_kernel(struct ui *ui, struct rect r)
{
    static const float w[] = {-0.5f, 0.2f, -0.4f, 0.15f, 1, -0.15f, -0.45f, 0.7f, -0.4f};
    const struct theme *t = ui->theme;
    uint32_t colours[9];
    for (int i = 0; i < 9; i++)
        colours[i] = colour_pack(scale_value(t, w[i], 1));
    float side = r.h * 0.86f;
    struct rect seen = {r.x + r.w - r.h, r.y, r.h, r.h};
    struct rect window = {r.x, r.y + (r.h - side) / 2, side, side};
    draw_seven(ui, seen, 14);
    struct rect patch = rect_snap(rect_inset(rect_cell(seen, 14, 14, 8, 4), -seen.w / 14));
    draw_link(ui->draw, (struct point){window.x + side, window.y + side / 2},
              (struct point){patch.x, patch.y + patch.h / 2}, fmaxf(1, ui_px(ui, 3)), t->selection);
    draw_heatmap(ui->draw, window, 3, 3, colours, HEATMAP_GRID, t->line);
    draw_frame(ui->draw, window, 1, t->frame);
    draw_frame(ui->draw, patch, fmaxf(2, ui_px(ui, 3)), t->selection);
}

static void draw_digit(struct ui *ui, struct rect r)
{
    static const float out[10] = {0.15f, 0.1f, 0.2f, 0.3f, 0.08f, 0.12f, 0.05f, 1, 0.1f, 0.25f};
    const struct theme *t = ui->theme;
    draw_seven(ui, rect_of(r.x, r.y, r.h, r.h), 28);
    struct rect bars = {r.x + r.h + r.h * 0.12f, r.y, r.w - r.h * 1.12f, r.h};
    for (int i = 0; i < 10; i++) {
        struct rect b = rect_row(bars, 10, i, r.h * 0.025f);
        b.w *= out[i];
        draw_rect(ui->draw, b, i == 7 ? t->text_value_pos : scale_value(t, 0.4f, 1));
    }
}

/* Some pixels of the digit on the left, enlarged until their numbers can be read. */
static void draw_numbers(struct ui *ui, struct rect r)
{
    enum { SIDE = 8, COL = 4, ROW = 1, LENS = 3 };
    const struct theme *t = ui->theme;
    struct rect digit = {r.x, r.y, r.h, r.h};
    struct rect lens = {r.x + r.w - r.h * 1.2f, r.y + r.h * 0.08f, r.h * 1.2f, r.h * 0.84f};
    draw_seven(ui, digit, SIDE);
    struct rect patch = rect_union(rect_cell(digit, SIDE, SIDE, COL, ROW),
                                   rect_cell(digit, SIDE, SIDE, COL + LENS - 1, ROW + LENS - 1));
    float thin = fmaxf(1, ui_px(ui, 2));
    draw_line(ui->draw, patch.x + patch.w, patch.y, lens.x, lens.y, thin, t->selection);
    draw_line(ui->draw, patch.x + patch.w, patch.y + patch.h, lens.x, lens.y + lens.h, thin,
              t->selection);
    draw_frame(ui->draw, rect_snap(patch), fmaxf(2, ui_px(ui, 3)), t->selection);
    int px = ui_text_px(ui, 18);
    bool fits = font_width(ui->fonts, FONT_MONO, px, "0.00") + 6 < lens.w / LENS &&
                (float)px * 1.2f < lens.h / LENS;
    for (int i = 0; i < LENS * LENS; i++) {
        int col = i % LENS, row = i / LENS;
        struct point p = {((float)(COL + col) + 0.5f) / SIDE, ((float)(ROW + row) + 0.5f) / SIDE};
        float value = seven_ink(p, 0.05f, 0.12f);
        struct rect cell = rect_cell(lens, LENS, LENS, col, row);
        struct colour ground = scale_value(t, value, 1);
        draw_rect(ui->draw, cell, ground);
        draw_frame(ui->draw, cell, 1, t->line);
        char text[16];
        snprintf(text, sizeof text, "%.2f", (double)value);
        if (fits)
            draw_text_in(ui->draw, FONT_MONO, px, cell, ALIGN_CENTRE, theme_text_on(t, ground),
                         text);
    }
    draw_frame(ui->draw, rect_snap(lens), fmaxf(2, ui_px(ui, 3)), t->selection);
}

static void draw_moon(struct ui *ui, struct rect r, bool lower, struct colour c)
{
    enum { POINTS = 22 };
    float unit = r.w / 3.6f, radius = fmaxf(2, r.h * 0.032f);
    for (int i = 0; i < POINTS; i++) {
        const float pi = 3.14159265f;
        float angle = pi * (float)i / (POINTS - 1), off = 0.07f * sinf(7.3f * (float)(i * i));
        float x = cosf(angle) * (1 + off), y = -sinf(angle) * (1 + off);
        struct point p = {r.x + r.w / 2 + unit * (lower ? 0.5f - x : x - 0.5f),
                          r.y + r.h / 2 + unit * 0.85f * (lower ? -y - 0.25f : y + 0.25f)};
        draw_circle(ui->draw, p.x, p.y, radius + 1, ui->theme->zero);
        draw_circle(ui->draw, p.x, p.y, radius, c);
    }
}

static void draw_plane(struct ui *ui, struct rect r)
{
    enum { COLS = 36, ROWS = 18 };
    const struct theme *t = ui->theme;
    uint32_t colours[COLS * ROWS];
    for (int i = 0; i < COLS * ROWS; i++) {
        float x = ((float)(i % COLS) + 0.5f) / COLS * 2 - 1;
        float y = ((float)(i / COLS) + 0.5f) / ROWS * 2 - 1;
        /* A wave between the moons, each of which reaches into the other's hollow. */
        float side = y - 0.47f * cosf(3.14159265f * (1.8f * x + 1.5f));
        colours[i] = colour_pack(scale_value(t, -0.6f * tanhf(2.2f * side), 1));
    }
    draw_heatmap(ui->draw, r, COLS, ROWS, colours, 0, t->line);
    draw_frame(ui->draw, r, 1, t->frame);
    draw_moon(ui, r, false, t->value_pos);
    draw_moon(ui, r, true, t->value_neg);
}

static void draw_wave(struct ui *ui, struct rect r)
{
    enum { POINTS = 40, DOTS = 17 };
    const float pi = 3.14159265f;
    const struct theme *t = ui->theme;
    struct point wave[POINTS];
    for (int i = 0; i < POINTS; i++) {
        float x = (float)i / (POINTS - 1);
        wave[i] = at(r, x, 0.5f + 0.36f * sinf(2 * pi * x));
    }
    draw_rect(ui->draw, r, t->panel);
    draw_hline(ui->draw, r.x, r.x + r.w, r.y + r.h / 2, 1, t->line);
    for (int i = 0; i < DOTS; i++) {
        float x = ((float)i + 0.5f) / DOTS, off = 0.07f * sinf(7.3f * (float)(i * i));
        struct point p = at(r, x, 0.5f + 0.36f * sinf(2 * pi * x) + off);
        draw_circle(ui->draw, p.x, p.y, fmaxf(2, r.h * 0.035f), t->ink);
    }
    draw_polyline(ui->draw, wave, POINTS, fmaxf(2, ui_px(ui, 4)), t->phase[THEME_FORWARD]);
    draw_frame(ui->draw, r, 1, t->frame);
}

static void draw_layers(struct ui *ui, struct rect r)
{
    static const int sizes[] = {3, 4, 2};
    struct point p[3][4];
    for (int l = 0; l < 3; l++)
        for (int k = 0; k < sizes[l]; k++)
            p[l][k] = at(r, 0.1f + 0.4f * (float)l,
                         0.5f + 0.27f * ((float)k - 0.5f * (float)(sizes[l] - 1)));
    for (int l = 0; l < 2; l++)
        for (int a = 0; a < sizes[l]; a++)
            for (int b = 0; b < sizes[l + 1]; b++)
                line(ui, p[l][a], p[l + 1][b], 1.5f,
                     scale_value(ui->theme, (a + b) % 2 ? 0.5f : -0.5f, 1));
    for (int l = 0; l < 3; l++)
        for (int k = 0; k < sizes[l]; k++)
            node(ui, p[l][k], r.h * 0.085f);
}

void home_picture_draw(struct ui *ui, enum home_picture picture, struct rect r)
{
    static const struct {
        void (*draw)(struct ui *ui, struct rect r);
        float aspect; /* width over height */
    } pictures[] = {
        [PICTURE_NEURON] = {draw_neuron, 1.6f},
        [PICTURE_BEND] = {draw_bend, 1.6f},
        [PICTURE_LOSS] = {draw_loss, 1.6f},
        [PICTURE_DOWNHILL] = {draw_downhill, 1.6f},
        [PICTURE_BLAME] = {draw_blame, 1.6f},
        [PICTURE_XOR] = {draw_xor, 1.5f},
        [PICTURE_SIDES] = {draw_sides, 1.5f},
        [PICTURE_SHARES] = {draw_shares, 1.6f},
        [PICTURE_KERNEL] = {draw_kernel, 2.2f},
        [PICTURE_DIGIT] = {draw_digit, 1.6f},
        [PICTURE_NUMBERS] = {draw_numbers, 2.7f},
        [PICTURE_PLANE] = {draw_plane, 2},
        [PICTURE_CURVE] = {draw_wave, 2},
        [PICTURE_LAYERS] = {draw_layers, 1.6f},
        [PICTURE_SEVEN] = {NULL, 1},
        [PICTURE_LETTERS] = {home_letters_draw, 2.4f},
        [PICTURE_PHOTOS] = {home_photos_draw, 1.6f},
        [PICTURE_TABLE] = {home_table_draw, 1.8f},
        [PICTURE_MATRIX] = {home_matrix_draw, 2.3f},
        [PICTURE_VALLEY] = {home_valley_draw, 1.9f},
        [PICTURE_MEMORY] = {home_memory_draw, 1.6f},
        [PICTURE_MAPS] = {home_maps_draw, 1.6f},
        [PICTURE_POOL] = {home_pool_draw, 2},
        [PICTURE_INSIDE] = {home_inside_draw, 3.2f},
        [PICTURE_BESIDE] = {home_beside_draw, 2.7f},
        [PICTURE_BLOCKS] = {home_blocks_draw, 1.9f},
    };
    struct rect box = rect_snap(rect_fit(r, pictures[picture].aspect));
    if (rect_is_empty(box) || box.h < 8)
        return;
    if (picture == PICTURE_SEVEN)
        draw_seven(ui, box, SEVEN_MOST);
    else
        pictures[picture].draw(ui, box);
}
