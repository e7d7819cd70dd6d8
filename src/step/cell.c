#include "glassnet/step/cell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"

bool cell_equal(struct cell a, struct cell b)
{
    return a.tensor == b.tensor && a.sample == b.sample && a.index == b.index;
}

bool cell_is(struct cell c)
{
    return c.tensor >= 0;
}

/* The tensor whose name is nearest to what was typed. */
static const char *nearest(const struct program *p, const char *name)
{
    const char *best = NULL;
    int least = 4;
    for (int t = 0; t < p->tensor_count; t++) {
        int distance = text_distance(name, p->tensors[t].name);
        if (distance < least) {
            least = distance;
            best = p->tensors[t].name;
        }
    }
    return best;
}

static bool unknown_tensor(const struct program *p, const char *name, struct err *err)
{
    const char *near = nearest(p, name);
    if (near)
        return err_set(err, ERR_INPUT, NULL, 0, "there is no tensor %s here; did you mean %s?",
                       name, near);
    return err_set(err, ERR_INPUT, NULL, 0,
                   "there is no tensor %s here; names look like input, %s, %s.W, d:%s.W, loss",
                   name, p->net->layers[p->net->layer_count - 1].name,
                   p->net->layers[p->net->layer_count - 1].name,
                   p->net->layers[p->net->layer_count - 1].name);
}

/* Reads "[1,2,3]" into index; -1 when it is not of that form, else how many there were. */
static int read_indices(const char **at, int *index)
{
    int count = 0;
    const char *p = *at;
    if (*p != '[')
        return 0;
    do {
        char *end;
        p++;
        while (*p == ' ')
            p++;
        long value = *p >= '0' && *p <= '9' ? strtol(p, &end, 10) : -1;
        if (value < 0 || value > 100000000 || count == SHAPE_MAX_RANK)
            return -1;
        index[count++] = (int)value;
        for (p = end; *p == ' ';)
            p++;
    } while (*p == ',');
    if (*p != ']')
        return -1;
    *at = p + 1;
    return count;
}

static bool check_indices(const struct tensor *t, const int *index, int count, const char *name,
                          struct err *err)
{
    char shape[64];
    shape_text(&t->shape, " × ", shape, sizeof shape);
    if (count != t->shape.rank)
        return err_set(
            err, ERR_INPUT, NULL, 0,
            t->shape.rank == 0
                ? translate_count(
                      "%s has %d number in brackets, but %s is one number: write it without",
                      "%s has %d numbers in brackets, but %s is one number: write it without",
                      count)
                : translate_count("%s has %d number in brackets, but %s is %s: expected %d",
                                  "%s has %d numbers in brackets, but %s is %s: expected %d",
                                  count),
            name, count, t->name, shape, t->shape.rank);
    for (int k = 0; k < count; k++)
        if (index[k] >= t->shape.dim[k])
            return err_set(err, ERR_INPUT, NULL, 0,
                           "%s: index %d is out of range, %s is %s: expected 0 to %d there", name,
                           index[k], t->name, shape, t->shape.dim[k] - 1);
    return true;
}

bool cell_parse(const struct program *p, int n, const char *name, struct cell *cell,
                struct err *err)
{
    char tensor_name[256];
    size_t length = strcspn(name, "[@ ");
    text_copy((struct text){name, length}, tensor_name, sizeof tensor_name);
    int tensor = program_find(p, tensor_name);
    if (tensor < 0)
        return unknown_tensor(p, tensor_name, err);
    const struct tensor *t = &p->tensors[tensor];
    const char *rest = name + length;
    int index[SHAPE_MAX_RANK] = {0};
    int count = read_indices(&rest, index);
    long sample = 0;
    if (count >= 0 && *rest == '@') {
        char *end;
        sample = rest[1] >= '0' && rest[1] <= '9' ? strtol(rest + 1, &end, 10) : -1;
        rest = sample >= 0 ? end : "?";
    }
    if (count < 0 || *rest)
        return err_set(err, ERR_INPUT, NULL, 0,
                       "%s is not a cell's name: expected TENSOR[INDEX,...] or "
                       "TENSOR[INDEX,...]@SAMPLE",
                       name);
    if (!check_indices(t, index, count, name, err))
        return false;
    if (sample && !t->batched)
        return err_set(err, ERR_INPUT, NULL, 0, "%s: %s is shared by all samples, leave out @%ld",
                       name, t->name, sample);
    if (sample >= n)
        return err_set(err, ERR_INPUT, NULL, 0,
                       "%s: there is no sample @%ld, the batch has %d: expected @0 to @%d", name,
                       sample, n, n - 1);
    *cell = (struct cell){tensor, (int)sample, shape_flatten(&t->shape, index)};
    return true;
}

static char *name_with(const struct program *p, struct cell cell, const char *prefix, char *out,
                       size_t size)
{
    const struct tensor *t = &p->tensors[cell.tensor];
    int index[SHAPE_MAX_RANK];
    shape_unflatten(&t->shape, cell.index, index);
    size_t used = (size_t)snprintf(out, size, "%s%s", prefix, t->base);
    for (int k = 0; k < t->shape.rank && used < size; k++)
        used += (size_t)snprintf(out + used, size - used, "%c%d", k ? ',' : '[', index[k]);
    if (t->shape.rank && used < size)
        used += (size_t)snprintf(out + used, size - used, "]");
    if (cell.sample && used < size)
        snprintf(out + used, size - used, "@%d", cell.sample);
    return out;
}

char *cell_name(const struct program *p, struct cell cell, char *out, size_t size)
{
    return name_with(p, cell, role_prefix(p->tensors[cell.tensor].role), out, size);
}

char *cell_title(const struct program *p, struct cell cell, char *out, size_t size)
{
    enum role role = p->tensors[cell.tensor].role;
    return name_with(p, cell, role == ROLE_GRAD ? "∂L/∂" : role_prefix(role), out, size);
}

static const char *const role_words[ROLES] = {
    [ROLE_VALUE] = N_("value"),
    [ROLE_GRAD] = N_("gradient"),
    [ROLE_RAW] = N_("gradient with penalties"),
    [ROLE_USED] = N_("gradient used"),
    [ROLE_M] = N_("momentum before"),
    [ROLE_V] = N_("mean square before"),
    [ROLE_U] = N_("mean squared step before"),
    [ROLE_NEW_M] = N_("momentum after"),
    [ROLE_NEW_V] = N_("mean square after"),
    [ROLE_NEW_U] = N_("mean squared step after"),
    [ROLE_MHAT] = N_("corrected momentum"),
    [ROLE_VHAT] = N_("corrected mean square"),
    [ROLE_ROOT] = N_("root"),
    [ROLE_FLOOR] = N_("root plus ε"),
    [ROLE_UFLOOR] = N_("u plus ε"),
    [ROLE_UROOT] = N_("root of u"),
    [ROLE_RATIO] = N_("ratio of roots"),
    [ROLE_DELTA] = N_("step before the rate"),
    [ROLE_NEW] = N_("new value"),
};

/* "to unit 7, from 120": what the indices of a tensor mean. */
static void place_words(const struct program *p, const struct tensor *t, const int *i, char *out,
                        size_t size)
{
    const struct layer *l = t->layer >= 0 ? &p->net->layers[t->layer] : NULL;
    out[0] = 0;
    if (t->batched && t->shape.rank == 3)
        snprintf(out, size,
                 t->layer == 0 ? _("row %d, column %d, channel %d")
                               : _("row %d, column %d, map %d"),
                 i[0], i[1], i[2]);
    else if (t->batched && t->shape.rank == 1)
        snprintf(out, size, t->layer == 0 ? _("number %d") : _("unit %d"), i[0]);
    else if (t->shape.rank == 4)
        snprintf(out, size, _("kernel %d, row %d, column %d, channel %d"), i[0], i[1], i[2], i[3]);
    else if (t->shape.rank == 2 && l && l->kind == LAYER_DENSE)
        snprintf(out, size, _("to unit %d, from %d"), i[0], i[1]);
    else if (t->shape.rank == 1 && l && l->kind == LAYER_CONV2D)
        snprintf(out, size, _("kernel %d"), i[0]);
    else if (t->shape.rank == 1 && l && l->kind == LAYER_BATCHNORM)
        snprintf(out, size, _("channel %d"), i[0]);
    else if (t->shape.rank == 1)
        snprintf(out, size, _("unit %d"), i[0]);
}

/* What a tensor's own name adds to "value": weight, bias, before the activation, ... */
static const char *kind_words(const struct tensor *t)
{
    static const char *const parts[][2] = {
        {".W", N_("weight")},
        {".b", N_("bias")},
        {".z", N_("sum before the activation")},
        {".slope", N_("slope of the activation")},
        {".max", N_("largest of the scores")},
        {".shift", N_("score minus the largest")},
        {".exp", N_("exponential")},
        {".sum", N_("sum of the exponentials")},
        {".mask", N_("dropout's mask")},
        {".mu", N_("mean of the batch")},
        {".dev", N_("distance from the mean")},
        {".sigma2", N_("variance of the batch")},
        {".floor", N_("variance plus ε")},
        {".std", N_("standard deviation")},
        {".xhat", N_("normalised value")},
        {".gamma", N_("scale")},
        {".beta", N_("shift")},
        {".mean", N_("running mean")},
        {".var", N_("running variance")},
        {".dot", N_("average blame")},
        {".excess", N_("blame above average")},
        {".target", N_("what it should be")},
        {".logsum", N_("log of the sum of exponentials")},
        {".each", N_("loss of one sample")},
        {".error", N_("output minus target")},
        {".diff", N_("output minus target")},
    };
    size_t length = strlen(t->base);
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        size_t n = strlen(parts[k][0]);
        if (length > n && strcmp(t->base + length - n, parts[k][0]) == 0)
            return translate(parts[k][1]);
    }
    if (strcmp(t->base, "input") == 0)
        return _("input");
    if (strcmp(t->base, "label") == 0)
        return _("the right answer");
    if (strcmp(t->base, "rate") == 0)
        return _("learning rate");
    return strcmp(t->base, "loss") == 0 ? _("mean over the batch") : _("output");
}

char *cell_words(const struct program *p, struct cell cell, char *out, size_t size)
{
    const struct tensor *t = &p->tensors[cell.tensor];
    int index[SHAPE_MAX_RANK] = {0};
    char place[128];
    shape_unflatten(&t->shape, cell.index, index);
    place_words(p, t, index, place, sizeof place);
    const char *kind = kind_words(t);
    if (t->role == ROLE_VALUE)
        snprintf(out, size, "%s%s%s", kind, place[0] ? " · " : "", place);
    else
        snprintf(out, size, "%s · %s%s%s", translate(role_words[t->role]), kind,
                 place[0] ? " · " : "", place);
    return out;
}

size_t cell_offset(const struct program *p, struct cell cell)
{
    const struct tensor *t = &p->tensors[cell.tensor];
    return t->batched ? (size_t)cell.sample * t->count + cell.index : cell.index;
}

float cell_value(const struct trace *t, struct cell cell)
{
    return trace_tensor(t, cell.tensor)[cell_offset(t->program, cell)];
}
