/* The drawing pad's commands, and the drawing as the sample shown. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/data/drawings.h"
#include "glassnet/data/normalise.h"
#include "session/state.h"

enum { STROKE_MOST = 4096, PEN_LEAST = 2, PEN_MOST = 90 };

static bool read_point(struct text word, struct pad_point *p, struct err *err)
{
    struct text left, right;
    double x, y;
    if (!text_split(word, ',', &left, &right) || !text_to_double(left, &x) ||
        !text_to_double(right, &y) || !(x >= 0 && x <= 1 && y >= 0 && y <= 1))
        return err_set(err, ERR_USAGE, NULL, 0,
                       "\"%.*s\" is no point of the pad; expected X,Y, each from 0 to 1, as in "
                       "0.5,0.25",
                       (int)(word.n < 40 ? word.n : 40), word.p);
    *p = (struct pad_point){(float)x * PAD_SIDE, (float)y * PAD_SIDE};
    return true;
}

static int read_stroke(struct text rest, struct pad_point *points, struct err *err)
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
        err_set(err, ERR_USAGE, NULL, 0, "a stroke needs points: X,Y X,Y ...");
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

/* The pad as a network's input: in the form of the digits, or (as it is) only made smaller. */
static void normalise(const struct session *s, const uint8_t *ink, const struct shape *form,
                      float *x)
{
    float *picture = mem_zalloc(PAD_CELLS, sizeof *picture);
    for (size_t i = 0; i < PAD_CELLS; i++)
        picture[i] = (float)ink[i] / 255.0f;
    bool photos = s->data && s->data->photos, dark = photos && s->data->bright;
    if (s->pad_as_is || photos) {
        int h = form->dim[0], w = form->dim[1], c = form->dim[2];
        float *small = mem_zalloc((size_t)h * (size_t)w, sizeof *small);
        normalise_fit(picture, PAD_SIDE, PAD_SIDE, 1, FIT_PAD, h, w, small);
        for (int i = 0; i < h * w; i++)
            for (int k = 0; k < c; k++)
                x[i * c + k] = dark ? 1 - small[i] : small[i];
        free(small);
    } else {
        drawing_normalise(picture, PAD_SIDE, form, x);
    }
    free(picture);
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

static bool show_pad(struct session *s, const uint8_t *ink, struct err *err)
{
    struct shape form;
    struct batch batch;
    if (!s->net || !drawing_form(s, &form, NULL))
        return true; /* no network reads it: it is drawn to be kept */
    int y_count = s->data ? s->data->y_count : 1;
    if (!batch_init(&batch, 1, shape_count(&form), y_count, err))
        return false;
    normalise(s, ink, &form, batch.x);
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

/* The pad is empty: back to the sample of the set, or to nothing. */
static bool show_sample_again(struct session *s, struct err *err)
{
    struct batch batch = {0};
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
    return true;
}

bool drawing_take_ink(struct session *s, const uint8_t *ink, struct err *err)
{
    bool empty = pad_is_empty(ink);
    if (!(empty ? show_sample_again(s, err) : show_pad(s, ink, err)))
        return false;
    memcpy(s->pad, ink, PAD_CELLS);
    s->pad_empty = empty;
    return true;
}

/* Takes the ink, which can be undone; goes_on: it belongs to the stroke before. */
static bool change_ink(struct session *s, const uint8_t *ink, bool goes_on, struct err *err)
{
    uint8_t *before = mem_zalloc(PAD_CELLS, 1);
    memcpy(before, s->pad, PAD_CELLS);
    bool ok = drawing_take_ink(s, ink, err);
    if (ok && !goes_on) {
        pad_past_add(&s->pad_past, PAD_INK, ++s->changes)->ink = before;
        before = NULL;
    }
    free(before);
    return ok;
}

static bool same_place(struct pad_point a, struct pad_point b)
{
    return a.x == b.x && a.y == b.y;
}

static bool add_stroke(struct session *s, struct text rest, bool erase, struct err *err)
{
    struct pad_point *points = mem_zalloc(STROKE_MOST, sizeof *points);
    uint8_t *ink = mem_zalloc(PAD_CELLS, 1);
    int n = read_stroke(rest, points, err);
    memcpy(ink, s->pad, PAD_CELLS);
    for (int i = 0; i < n; i++)
        pad_paint_line(ink, points[i ? i - 1 : 0], points[i], (float)s->pen / 2, erase);
    struct pad_past *past = &s->pad_past;
    bool goes_on = n > 1 && past->stroke && past->erases == erase && past->done == past->count &&
                   same_place(points[0], past->end);
    bool ok = n > 0 && change_ink(s, ink, goes_on, err);
    if (ok) {
        past->stroke = true;
        past->erases = erase;
        past->end = points[n - 1];
    }
    free(points);
    free(ink);
    return ok;
}

bool command_draw(struct session *s, struct text rest, struct err *err)
{
    return add_stroke(s, rest, false, err);
}

bool command_erase(struct session *s, struct text rest, struct err *err)
{
    return add_stroke(s, rest, true, err);
}

bool command_pen(struct session *s, struct text rest, struct err *err)
{
    long width;
    if (!argument_long(&rest, "the pen's width in pixels of the pad", PEN_LEAST, PEN_MOST, &width,
                       err) ||
        !arguments_end(rest, err))
        return false;
    s->changed = width != s->pen;
    s->pen = (int)width;
    return true;
}

bool command_turn(struct session *s, struct text rest, struct err *err)
{
    double degrees;
    if (!argument_number(&rest, "degrees, anticlockwise", &degrees, err) ||
        !arguments_end(rest, err))
        return false;
    if (!(fabs(degrees) <= 360))
        return err_set(err, ERR_USAGE, NULL, 0, "a drawing turns by -360 to 360 degrees; found %g",
                       degrees);
    uint8_t *ink = mem_zalloc(PAD_CELLS, 1);
    pad_turn(s->pad, degrees, ink);
    s->changed = !s->pad_empty;
    bool ok = s->pad_empty || change_ink(s, ink, false, err);
    free(ink);
    return ok;
}

bool command_shift(struct session *s, struct text rest, struct err *err)
{
    long right, down;
    if (!argument_long(&rest, "pixels to the right", -PAD_SIDE, PAD_SIDE, &right, err) ||
        !argument_long(&rest, "pixels down", -PAD_SIDE, PAD_SIDE, &down, err) ||
        !arguments_end(rest, err))
        return false;
    uint8_t *ink = mem_zalloc(PAD_CELLS, 1);
    pad_shift(s->pad, (int)right, (int)down, ink);
    s->changed = !s->pad_empty;
    bool ok = s->pad_empty || change_ink(s, ink, false, err);
    free(ink);
    return ok;
}

bool command_centre(struct session *s, struct text rest, struct err *err)
{
    char word[16];
    if (!argument_word(&rest, "on or off", word, sizeof word, err) || !arguments_end(rest, err))
        return false;
    bool off = strcmp(word, "off") == 0;
    if (!off && strcmp(word, "on") != 0)
        return err_set(err, ERR_USAGE, NULL, 0, "centre is on or off; found \"%s\"", word);
    s->changed = off != s->pad_as_is;
    s->pad_as_is = off;
    return !s->drawing || s->pad_empty || show_pad(s, s->pad, err);
}

bool command_clear(struct session *s, struct text rest, struct err *err)
{
    if (!arguments_end(rest, err))
        return false;
    s->changed = !s->pad_empty || s->drawing;
    if (s->pad_empty)
        return show_sample_again(s, err);
    uint8_t *ink = mem_zalloc(PAD_CELLS, 1);
    bool ok = change_ink(s, ink, false, err);
    free(ink);
    return ok;
}
