/* The kernel lab's picture, and its result by the engine. */
#include "session/kernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/data/normalise.h"

enum { COLOURS = 3 };

/* A network of one convolution for the picture, its kernel set, its bias 0. */
static struct net *make_net(const struct kernels *k, const struct kernel_choice *c, struct err *err)
{
    char text[200];
    snprintf(text, sizeof text, "input %d %d 1\nresult conv2d 1 %dx%d%s stride=%d padding=%s\n",
             k->height, k->width, c->side, c->side, c->relu ? " relu" : "", c->stride,
             c->same ? "same" : "valid");
    struct err own = {0};
    struct net *net = net_parse(text, NULL, &own);
    if (!net) {
        err_set(err, ERR_USAGE, NULL, 0, "the kernel does not fit this picture: %s", own.message);
        return NULL;
    }
    float *W = net->params + net->layers[1].param[0].offset;
    for (int i = 0; i < c->side * c->side; i++)
        W[i] = (float)(c->cells[i] / c->divisor);
    return net;
}

static struct trace *run_net(const struct kernels *k, const struct program *program, bool colour,
                             struct err *err)
{
    static const int channels[COLOURS] = {0, 1, 2};
    const struct pass pass = {.n = colour ? COLOURS : 1,
                              .samples = channels,
                              .x = colour ? k->colours : k->grey,
                              .rate = 1,
                              .rate_schedule = 1};
    return trace_run(program, &pass, err);
}

static void drop_result(struct kernels *k)
{
    trace_destroy(k->trace);
    program_destroy(k->program);
    net_destroy(k->net);
}

static int keep_within(int value, int count)
{
    return value < 0 ? 0 : value < count ? value : count - 1;
}

bool kernels_run(struct kernels *k, const struct kernel_choice *choice, struct err *err)
{
    struct net *net = make_net(k, choice, err);
    struct program *program = net ? program_create(net, MODE_EVAL, 0) : NULL;
    struct trace *trace = program ? run_net(k, program, choice->colour, err) : NULL;
    if (!trace) {
        program_destroy(program);
        net_destroy(net);
        return false;
    }
    drop_result(k);
    k->net = net;
    k->program = program;
    k->trace = trace;
    k->choice = *choice;
    k->row = keep_within(k->row, net->layers[1].out.dim[0]);
    k->column = keep_within(k->column, net->layers[1].out.dim[1]);
    k->channel = choice->colour ? k->channel : 0;
    return true;
}

/* At most KERNELS_PICTURE pixels along the longer side. */
static float *make_smaller(float *pixels, int *height, int *width, int channels)
{
    int longest = *height > *width ? *height : *width;
    if (longest <= KERNELS_PICTURE)
        return pixels;
    int h = (int)lround((double)*height * KERNELS_PICTURE / longest);
    int w = (int)lround((double)*width * KERNELS_PICTURE / longest);
    h = h > 1 ? h : 1;
    w = w > 1 ? w : 1;
    float *small = mem_zalloc((size_t)h * (size_t)w * (size_t)channels, sizeof *small);
    normalise_size(pixels, *height, *width, channels, h, w, small);
    free(pixels);
    *height = h;
    *width = w;
    return small;
}

/* Brightness as the eye has it (ITU-R BT.601). */
static float *make_grey(const float *pixels, size_t count, int channels, bool grey_already)
{
    float *grey = mem_zalloc(count, sizeof *grey);
    for (size_t i = 0; i < count; i++) {
        const float *p = pixels + i * (size_t)channels;
        grey[i] = grey_already ? p[0] : 0.299f * p[0] + 0.587f * p[1] + 0.114f * p[2];
    }
    return grey;
}

static float *part_colours(const float *pixels, size_t count)
{
    float *planes = mem_zalloc(count * COLOURS, sizeof *planes);
    for (size_t i = 0; i < count; i++)
        for (size_t c = 0; c < COLOURS; c++)
            planes[c * count + i] = pixels[i * COLOURS + c];
    return planes;
}

/* Files often hold a grey picture in three channels. */
static bool is_grey(const float *pixels, size_t count, int channels)
{
    for (size_t i = 0; channels == COLOURS && i < count; i++)
        if (pixels[3 * i] != pixels[3 * i + 1] || pixels[3 * i] != pixels[3 * i + 2])
            return false;
    return true;
}

bool kernels_take(struct kernels *k, const char *name, float *pixels, int height, int width,
                  int channels, struct err *err)
{
    struct kernels old = *k;
    struct kernel_choice choice = k->choice;
    k->was_height = height;
    k->was_width = width;
    pixels = make_smaller(pixels, &height, &width, channels);
    if (height == k->was_height && width == k->was_width)
        k->was_height = k->was_width = 0;
    bool other_size = height != old.height || width != old.width;
    size_t count = (size_t)height * (size_t)width;
    k->height = height;
    k->width = width;
    k->sample = -1;
    bool grey = is_grey(pixels, count, channels);
    k->grey = make_grey(pixels, count, channels, grey);
    k->colours = grey ? NULL : part_colours(pixels, count);
    choice.colour = choice.colour && k->colours;
    free(pixels);
    if (!kernels_run(k, &choice, err)) {
        free(k->grey);
        free(k->colours);
        *k = old;
        return false;
    }
    free(old.grey);
    free(old.colours);
    snprintf(k->name, sizeof k->name, "%s", name);
    if (other_size) { /* its middle is looked at */
        k->row = k->net->layers[1].out.dim[0] / 2;
        k->column = k->net->layers[1].out.dim[1] / 2;
    }
    return true;
}

static bool is_same(const struct kernel_choice *a, const struct kernel_choice *b)
{
    bool same = a->side == b->side && a->divisor == b->divisor && a->stride == b->stride &&
                a->same == b->same && a->relu == b->relu && a->colour == b->colour;
    for (int i = 0; same && i < a->side * a->side; i++)
        same = a->cells[i] == b->cells[i] && strcmp(a->texts[i], b->texts[i]) == 0;
    return same;
}

void kernels_note(struct kernels *k)
{
    if (!k->steps)
        k->steps = mem_zalloc(KERNELS_UNDO, sizeof *k->steps);
    if (k->step_count > 0 && is_same(&k->steps[k->step], &k->choice))
        return;
    if (k->step_count > 0)
        k->step++;
    if (k->step == KERNELS_UNDO) { /* the oldest one goes */
        memmove(k->steps, k->steps + 1, (KERNELS_UNDO - 1) * sizeof *k->steps);
        k->step--;
    }
    k->steps[k->step] = k->choice;
    k->step_count = k->step + 1;
}

bool kernels_undo(struct kernels *k, bool redo, struct err *err)
{
    int to = k->step + (redo ? 1 : -1);
    if (redo && to >= k->step_count)
        return err_set(err, ERR_STATE, NULL, 0, "there is no undone change of the kernel to redo");
    if (to < 0)
        return err_set(err, ERR_STATE, NULL, 0, "there is no change of the kernel to undo");
    struct kernel_choice next = k->steps[to];
    next.colour = next.colour && k->colours; /* the picture may be another one by now */
    if (!kernels_run(k, &next, err))
        return false;
    k->step = to;
    return true;
}

void kernels_end(struct kernels *k)
{
    drop_result(k);
    free(k->grey);
    free(k->colours);
    free(k->steps);
    dataset_close(k->digits);
    memset(k, 0, sizeof *k);
}

const struct kernels_view *kernels_look(struct kernels *k)
{
    const struct kernel_choice *c = &k->choice;
    struct kernels_view *v = &k->view;
    *v = (struct kernels_view){.trace = k->trace,
                               .picture = k->name,
                               .has_colour = k->colours != NULL,
                               .sample = k->sample,
                               .was_height = k->was_height,
                               .was_width = k->was_width,
                               .side = c->side,
                               .cells = c->cells,
                               .divisor = c->divisor,
                               .texts = (const char(*)[16])c->texts,
                               .preset = -1,
                               .stride = c->stride,
                               .same = c->same,
                               .relu = c->relu,
                               .colour = c->colour,
                               .can_undo = k->step > 0,
                               .can_redo = k->step + 1 < k->step_count,
                               .values = k->values,
                               .row = k->row,
                               .column = k->column,
                               .channel = k->channel};
    if (!k->trace)
        return v;
    v->input = k->program->input;
    v->sum = k->program->layer_z[1];
    v->result = k->program->layer_out[1];
    v->preset = kernels_preset_find(c->side, c->cells, c->divisor);
    for (int i = 0; i < c->side * c->side; i++)
        v->total += c->cells[i];
    return v;
}
