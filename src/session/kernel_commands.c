/* `kernels ...`: what the kernel lab is told to do. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "glassnet/data/picture_file.h"
#include "session/kernels.h"
#include "session/state.h"

static const char *const pictures[] = {"house",   "face",     "shapes", "landscape",
                                       "checker", "gradient", "text"};

#define PICTURES (int)(sizeof pictures / sizeof *pictures)

const char *kernels_picture(int i)
{
    return i >= 0 && i < PICTURES ? pictures[i] : NULL;
}

static bool take_file(struct kernels *k, const char *name, const char *path, struct err *err)
{
    struct picture_info info;
    if (!picture_file_info(path, &info, err))
        return false;
    float *pixels = picture_file_load(path, info.channels, &info, err);
    return pixels && kernels_take(k, name, pixels, info.height, info.width, info.channels, err);
}

static bool take_shipped(struct kernels *k, const char *name, struct err *err)
{
    char file[64], path[1024];
    snprintf(file, sizeof file, "data/pictures/%s.png", name);
    if (!file_find_shared(path, sizeof path, file))
        return err_set(err, ERR_IO, NULL, 0,
                       "%s was not found among Glassnet's own files; a picture of your own can be "
                       "opened or dropped here",
                       file);
    return take_file(k, name, path, err);
}

static bool take_digit(struct kernels *k, struct text rest, struct err *err)
{
    long number = 0;
    char name[64], label[32];
    if (!k->digits)
        k->digits = dataset_open("digits:test", DATASET_TEST, NULL, err);
    if (!k->digits || (text_trim(rest).n > 0 &&
                       !argument_long(&rest, "the number of a digit among the test samples", 0,
                                      k->digits->n - 1, &number, err)))
        return false;
    if (!arguments_end(rest, err))
        return false;
    const struct shape *form = &k->digits->shape;
    float *pixels = mem_zalloc(k->digits->count, sizeof *pixels);
    memcpy(pixels, dataset_x(k->digits, (int)number), k->digits->count * sizeof *pixels);
    snprintf(label, sizeof label, "%s",
             k->digits->class_names[dataset_class(k->digits, (int)number)]);
    snprintf(name, sizeof name, _("digit %ld, a %s"), number, label);
    if (!kernels_take(k, name, pixels, form->dim[0], form->dim[1], 1, err))
        return false;
    k->sample = (int)number;
    return true;
}

/* What the open network is shown. */
static bool take_sample(struct session *s, struct err *err)
{
    const struct batch *b = s->trace ? pass_batch(s) : NULL;
    struct shape form;
    if (!b || b->n == 0 || !drawing_form(s, &form, NULL) || (form.dim[2] != 1 && form.dim[2] != 3))
        return err_set(err, ERR_STATE, NULL, 0,
                       "no picture is shown to a network now; open a network that reads pictures");
    float *pixels = mem_zalloc(b->x_count, sizeof *pixels);
    memcpy(pixels, b->x + (size_t)s->view_sample * b->x_count, b->x_count * sizeof *pixels);
    return kernels_take(&s->kernels, "the network's sample", pixels, form.dim[0], form.dim[1],
                        form.dim[2], err);
}

static bool set_picture(struct session *s, struct text rest, struct err *err)
{
    char path[1024];
    struct text name = text_trim(rest), after = name;
    for (int i = 0; i < PICTURES; i++)
        if (text_is(name, pictures[i]))
            return take_shipped(&s->kernels, pictures[i], err);
    if (text_is(text_next_word(&after), "digit"))
        return take_digit(&s->kernels, after, err);
    if (text_is(name, "sample"))
        return take_sample(s, err);
    if (!argument_path(rest, NULL, path, sizeof path, err))
        return false;
    if (!file_exists(path))
        return err_set(err, ERR_INPUT, NULL, 0,
                       "\"%.200s\" is neither a picture of Glassnet's (house, face, shapes, "
                       "landscape, checker, gradient, text, digit N, sample) nor a file",
                       path);
    return take_file(&s->kernels, file_name(path), path, err);
}

/* --- the kernel ------------------------------------------------------------------------------ */

/* Texts as one would type them. */
static void write_texts(struct kernel_choice *c)
{
    for (int i = 0; i < c->side * c->side; i++)
        snprintf(c->texts[i], sizeof c->texts[i], "%.6g", c->cells[i]);
}

static void take_preset(struct kernel_choice *c, int preset)
{
    kernels_preset_cells(preset, c->side, c->cells, &c->divisor);
    write_texts(c);
}

static bool set_preset(struct kernel_choice *c, struct text rest, struct err *err)
{
    char word[32];
    if (!argument_word(&rest, "a kernel's name", word, sizeof word, err) ||
        !arguments_end(rest, err))
        return false;
    for (int i = 0; kernels_preset(i); i++)
        if (strcmp(kernels_preset(i)->name, word) == 0) {
            take_preset(c, i);
            return true;
        }
    return err_set(err, ERR_USAGE, NULL, 0,
                   "there is no kernel \"%s\"; there are identity, blur, gauss, sharpen, outline, "
                   "emboss, sobel-left, sobel-right, sobel-top and sobel-bottom",
                   word);
}

/* "ROW,COLUMN", or of n = 3 ",CHANNEL" too, which may be left out; each below its most. */
static bool read_place(struct text *rest, const char *what, int n, const int most[], int place[],
                       struct err *err)
{
    char word[64];
    if (!argument_word(rest, what, word, sizeof word, err))
        return false;
    int found = 0;
    bool good = true;
    struct text left = text_of(word), part, next;
    for (bool more = true; more && good; left = next, found++) {
        long value;
        more = text_split(left, ',', &part, &next);
        good = found < n && text_to_long(more ? part : left, &value) && value >= 0 &&
               value < most[found];
        if (good)
            place[found] = (int)value;
    }
    if (good && found >= 2)
        return true;
    return err_set(err, ERR_USAGE, NULL, 0,
                   "\"%s\" is not %s: expected ROW,COLUMN, rows from 0 to %d and columns from 0 to "
                   "%d",
                   word, what, most[0] - 1, most[1] - 1);
}

static bool set_cell(struct kernel_choice *c, struct text rest, struct err *err)
{
    int place[2];
    const int most[2] = {c->side, c->side};
    double value;
    if (!read_place(&rest, "a cell of the kernel", 2, most, place, err))
        return false;
    struct text typed = text_trim(rest);
    if (!argument_value(&rest, "the cell's value", &value, err) || !arguments_end(rest, err))
        return false;
    if (!isfinite(value) || fabs(value) > 1e6)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "a cell of a kernel is a number from -1000000 to 1000000; found %g", value);
    int at = place[0] * c->side + place[1];
    c->cells[at] = value;
    if (typed.n < sizeof c->texts[at])
        text_copy(typed, c->texts[at], sizeof c->texts[at]);
    else
        snprintf(c->texts[at], sizeof c->texts[at], "%.6g", value);
    return true;
}

/* Presets grow as their maker meant them; one's own kernel keeps its middle. */
static bool set_side(struct kernel_choice *c, struct text rest, struct err *err)
{
    long side;
    struct kernel_choice old = *c;
    if (!argument_long(&rest, "the kernel's side", 3, KERNELS_SIDE, &side, err) ||
        !arguments_end(rest, err))
        return false;
    if (side == 4)
        return err_set(err, ERR_USAGE, NULL, 0, "a kernel here is 3 or 5 cells wide; found 4");
    int preset = kernels_preset_find(c->side, c->cells, c->divisor);
    c->side = (int)side;
    if (preset >= 0) {
        take_preset(c, preset);
        return true;
    }
    memset(c->cells, 0, sizeof c->cells);
    write_texts(c);
    int shift = (c->side - old.side) / 2;
    for (int i = 0; i < old.side * old.side; i++) {
        int row = i / old.side + shift, col = i % old.side + shift, at = row * c->side + col;
        if (row < 0 || row >= c->side || col < 0 || col >= c->side)
            continue;
        c->cells[at] = old.cells[i];
        memcpy(c->texts[at], old.texts[i], sizeof c->texts[at]);
    }
    return true;
}

static bool set_divisor(struct kernel_choice *c, struct text rest, struct err *err)
{
    double value;
    if (!argument_value(&rest, "what all cells are divided by", &value, err) ||
        !arguments_end(rest, err))
        return false;
    if (!isfinite(value) || fabs(value) < 1e-6 || fabs(value) > 1e6)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "the cells can be divided by any number but 0, up to 1000000; found %g",
                       value);
    c->divisor = value;
    return true;
}

static bool set_stride(struct kernel_choice *c, struct text rest, struct err *err)
{
    long value;
    if (!argument_long(&rest, "the stride", 1, 3, &value, err) || !arguments_end(rest, err))
        return false;
    c->stride = (int)value;
    return true;
}

/* One of two words. */
static bool read_switch(struct text rest, const char *what, const char *off, const char *on,
                        bool *value, struct err *err)
{
    char word[32];
    if (!argument_word(&rest, what, word, sizeof word, err) || !arguments_end(rest, err))
        return false;
    if (strcmp(word, on) != 0 && strcmp(word, off) != 0)
        return err_set(err, ERR_USAGE, NULL, 0, "\"%s\" was expected to be %s or %s", word, on,
                       off);
    *value = strcmp(word, on) == 0;
    return true;
}

static bool set_colour(const struct kernels *k, struct kernel_choice *c, struct text rest,
                       struct err *err)
{
    if (!read_switch(rest, "grey or colour", "grey", "colour", &c->colour, err))
        return false;
    return !c->colour || k->colours ||
           err_set(err, ERR_STATE, NULL, 0, "%s is a grey picture; it has no colours to take apart",
                   k->name);
}

static bool set_at(struct kernels *k, struct text rest, struct err *err)
{
    const struct shape *out = &k->net->layers[1].out;
    const int most[3] = {out->dim[0], out->dim[1], k->choice.colour ? 3 : 1};
    int place[3] = {0, 0, k->channel};
    if (!read_place(&rest, "a place of the result", 3, most, place, err) ||
        !arguments_end(rest, err))
        return false;
    k->row = place[0];
    k->column = place[1];
    k->channel = place[2];
    return true;
}

/* --- the command ----------------------------------------------------------------------------- */

static bool begin(struct kernels *k, struct err *err)
{
    if (k->trace)
        return true;
    k->choice = (struct kernel_choice){.side = 3, .divisor = 1, .stride = 1, .same = true};
    for (int i = 0; kernels_preset(i); i++)
        if (strcmp(kernels_preset(i)->name, "sobel-left") == 0)
            take_preset(&k->choice, i);
    k->values = true;
    if (!take_shipped(k, pictures[0], err))
        return false;
    k->row = 60; /* the left side of the door: an edge */
    k->column = 31;
    kernels_note(k);
    return true;
}

/* What changes the result by the kernel alone. */
static bool choose(struct kernels *k, const char *what, struct text rest, bool *known,
                   struct err *err)
{
    struct kernel_choice next = k->choice;
    bool done = false;
    *known = true;
    if (strcmp(what, "preset") == 0)
        done = set_preset(&next, rest, err);
    else if (strcmp(what, "cell") == 0)
        done = set_cell(&next, rest, err);
    else if (strcmp(what, "side") == 0)
        done = set_side(&next, rest, err);
    else if (strcmp(what, "divide") == 0)
        done = set_divisor(&next, rest, err);
    else if (strcmp(what, "stride") == 0)
        done = set_stride(&next, rest, err);
    else if (strcmp(what, "padding") == 0)
        done = read_switch(rest, "the padding", "valid", "same", &next.same, err);
    else if (strcmp(what, "relu") == 0)
        done = read_switch(rest, "relu", "off", "on", &next.relu, err);
    else if (strcmp(what, "channels") == 0)
        done = set_colour(k, &next, rest, err);
    else
        *known = false;
    if (!done || !kernels_run(k, &next, err))
        return false;
    kernels_note(k);
    return true;
}

bool command_kernels(struct session *s, struct text rest, struct err *err)
{
    struct kernels *k = &s->kernels;
    char what[32];
    bool known;
    if (text_trim(rest).n == 0)
        return begin(k, err);
    if (!argument_word(&rest, "what to do", what, sizeof what, err))
        return false;
    if (strcmp(what, "picture") == 0) { /* one's own needs none of ours */
        struct err own = {0};
        if (!begin(k, &own) && !k->choice.side)
            return err_set(err, own.code, own.file, own.line, "%s", own.message);
        return set_picture(s, rest, err);
    }
    if (!begin(k, err))
        return false;
    bool done = choose(k, what, rest, &known, err);
    if (known)
        return done;
    if (strcmp(what, "at") == 0)
        return set_at(k, rest, err);
    bool undo = strcmp(what, "undo") == 0, redo = strcmp(what, "redo") == 0;
    if (undo || redo)
        return arguments_end(rest, err) && kernels_undo(k, redo, err);
    if (strcmp(what, "look") == 0)
        return read_switch(rest, "the look", "picture", "values", &k->values, err);
    return err_set(err, ERR_USAGE, NULL, 0,
                   "\"%s\" is nothing the kernel lab can do; expected picture, preset, cell, side, "
                   "divide, stride, padding, relu, channels, at, look, undo or redo",
                   what);
}
