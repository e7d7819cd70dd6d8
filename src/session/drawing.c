/* The drawing pad, and the drawing as the sample shown. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/data/normalise.h"
#include "session/state.h"

#define PAD_CELLS   ((size_t)PAD_SIDE * PAD_SIDE)
#define PEN_RADIUS  11.0f /* a tenth of the height across: about two pixels of 28, as MNIST's */
#define STROKE_MOST 4096

struct point {
    float x, y; /* pixels of the pad */
};

static float distance(struct point p, struct point a, struct point b)
{
    float dx = b.x - a.x, dy = b.y - a.y;
    float length2 = dx * dx + dy * dy;
    float t = length2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 : 0;
    t = fminf(fmaxf(t, 0), 1);
    return hypotf(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

static int clamp_pixel(float v)
{
    return v < 0 ? 0 : v > PAD_SIDE - 1 ? PAD_SIDE - 1 : (int)v;
}

/* A line with round ends; ink joins by the darker of the two, so that crossings stay even. */
static void paint_line(uint8_t *pad, struct point a, struct point b)
{
    float reach = PEN_RADIUS + 1;
    int left = clamp_pixel(fminf(a.x, b.x) - reach), right = clamp_pixel(fmaxf(a.x, b.x) + reach);
    int top = clamp_pixel(fminf(a.y, b.y) - reach), bottom = clamp_pixel(fmaxf(a.y, b.y) + reach);
    for (int y = top; y <= bottom; y++)
        for (int x = left; x <= right; x++) {
            struct point middle = {(float)x + 0.5f, (float)y + 0.5f};
            float ink = PEN_RADIUS + 0.5f - distance(middle, a, b);
            uint8_t value = (uint8_t)(fminf(fmaxf(ink, 0), 1) * 255.0f + 0.5f);
            uint8_t *pixel = &pad[y * PAD_SIDE + x];
            *pixel = value > *pixel ? value : *pixel;
        }
}

static bool read_point(struct text word, struct point *p, struct err *err)
{
    struct text left, right;
    double x, y;
    if (!text_split(word, ',', &left, &right) || !text_to_double(left, &x) ||
        !text_to_double(right, &y) || !(x >= 0 && x <= 1 && y >= 0 && y <= 1))
        return err_set(err, ERR_USAGE, NULL, 0,
                       "\"%.*s\" is no point of the pad; expected X,Y, each from 0 to 1, as in "
                       "0.5,0.25",
                       (int)(word.n < 40 ? word.n : 40), word.p);
    *p = (struct point){(float)x * PAD_SIDE, (float)y * PAD_SIDE};
    return true;
}

static int read_stroke(struct text rest, struct point *points, struct err *err)
{
    int n = 0;
    for (struct text word = text_next_word(&rest); word.n; word = text_next_word(&rest)) {
        if (n == STROKE_MOST) {
            err_set(err, ERR_USAGE, NULL, 0, "a stroke has at most %d points", STROKE_MOST);
            return 0;
        }
        if (!read_point(word, &points[n++], err))
            return 0;
    }
    if (n == 0)
        err_set(err, ERR_USAGE, NULL, 0, "draw needs the points of a stroke: draw X,Y X,Y ...");
    return n;
}

/* The network's input as a picture; for a vector, the picture the set holds in its place. */
bool drawing_form(const struct session *s, struct shape *form, struct err *err)
{
    *form = s->net->layers[0].out;
    if (form->rank == 3)
        return true;
    if (s->data && s->data->shape.rank == 3 && s->data->count == shape_count(form)) {
        *form = s->data->shape;
        return true;
    }
    size_t count = shape_count(form);
    if (!s->data && (count == 28 * 28 || count == 8 * 8)) {
        int side = count == 8 * 8 ? 8 : 28;
        *form = shape_picture(side, side, 1);
        return true;
    }
    return err_set(err, ERR_STATE, NULL, 0,
                   "this network reads %zu numbers that are no picture; there is nothing to draw",
                   count);
}

/* pad [PAD_SIDE][PAD_SIDE] in the form of the set into x [height][width][channels]. */
static void normalise(const uint8_t *pad, const struct shape *form, float *x)
{
    int h = form->dim[0], w = form->dim[1], c = form->dim[2], side = h < w ? h : w;
    float *picture = mem_zalloc(PAD_CELLS, sizeof *picture);
    float *square = mem_zalloc((size_t)side * (size_t)side, sizeof *square);
    for (size_t i = 0; i < PAD_CELLS; i++)
        picture[i] = (float)pad[i] / 255.0f;
    int box = (side * 20 + 14) / 28; /* MNIST's 20 in 28 */
    if (h == 8 && w == 8)
        normalise_digits8(picture, PAD_SIDE, PAD_SIDE, square);
    else
        normalise_digit(picture, PAD_SIDE, PAD_SIDE, box ? box : 1, side, square);
    memset(x, 0, shape_count(form) * sizeof *x);
    int top = (h - side) / 2, left = (w - side) / 2;
    for (int i = 0; i < side * side; i++)
        for (int k = 0; k < c; k++)
            x[((top + i / side) * w + left + i % side) * c + k] = square[i];
    free(picture);
    free(square);
}

bool drawing_show(struct session *s, struct batch *batch, struct err *err)
{
    batch->samples[0] = -1;
    if (s->drawing && s->label_given)
        batch->labels[0] = s->inspect.labels[0];
    else
        s->label_given = false;
    if (!pass_show(s, PASS_INSPECT, s->program, batch, err))
        return false;
    edits_forget_sample(s);
    s->drawing = true;
    return true;
}

static bool show_pad(struct session *s, const uint8_t *pad, struct err *err)
{
    struct shape form;
    struct batch batch;
    int y_count = s->data ? s->data->y_count : 1;
    if (!drawing_form(s, &form, err) || !batch_init(&batch, 1, shape_count(&form), y_count, err))
        return false;
    normalise(pad, &form, batch.x);
    if (!drawing_show(s, &batch, err)) {
        batch_deinit(&batch);
        return false;
    }
    s->picture[0] = 0;
    return true;
}

void drawing_end(struct session *s)
{
    s->drawing = false;
    s->label_given = false;
    s->picture[0] = 0;
}

bool command_draw(struct session *s, struct text rest, struct err *err)
{
    struct point *points = mem_zalloc(STROKE_MOST, sizeof *points);
    uint8_t *pad = mem_zalloc(PAD_CELLS, 1);
    int n = read_stroke(rest, points, err);
    memcpy(pad, s->pad, PAD_CELLS);
    for (int i = 0; i < n; i++)
        paint_line(pad, points[i ? i - 1 : 0], points[i]);
    bool ok = n > 0 && show_pad(s, pad, err);
    if (ok) {
        memcpy(s->pad, pad, PAD_CELLS);
        s->pad_empty = false;
    }
    free(points);
    free(pad);
    return ok;
}

bool command_clear(struct session *s, struct text rest, struct err *err)
{
    struct batch batch = {0};
    if (!arguments_end(rest, err))
        return false;
    s->changed = !s->pad_empty || s->drawing;
    if (s->drawing && s->data) {
        if (!batch_fetch(&batch, s->data, &s->last_sample, 1, err))
            return false;
        drawing_end(s);
        bool ok = pass_show(s, PASS_INSPECT, s->program, &batch, err);
        batch_deinit(&batch);
        if (!ok)
            return false;
        edits_forget_sample(s);
    } else if (s->drawing) {
        drawing_end(s);
        edits_forget_sample(s);
        pass_drop(s);
    }
    memset(s->pad, 0, PAD_CELLS);
    s->pad_empty = true;
    return true;
}
