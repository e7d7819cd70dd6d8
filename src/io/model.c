#include "glassnet/io/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "glassnet/base/file.h"
#include "glassnet/io/safetensors.h"

/* The parameters as named arrays that point into net; the names are in arena. */
static struct named_array *param_arrays(const struct net *net, struct arena *arena, int *count)
{
    *count = 0;
    for (int i = 0; i < net->layer_count; i++)
        *count += net->layers[i].param_count;
    struct named_array *arrays = arena_alloc(arena, ((size_t)*count + 1) * sizeof *arrays);
    struct named_array *a = arrays;
    for (int i = 0; i < net->layer_count; i++)
        for (int k = 0; k < net->layers[i].param_count; k++, a++) {
            const struct param *p = &net->layers[i].param[k];
            a->name = arena_printf(arena, "%s.%s", net->layers[i].name, p->name);
            a->rank = p->shape.rank;
            for (int d = 0; d < a->rank; d++)
                a->dim[d] = (size_t)p->shape.dim[d];
            a->data = net->params + p->offset;
        }
    return arrays;
}

static bool same_shape(const struct named_array *a, const struct named_array *b)
{
    bool same = a->rank == b->rank;
    for (int i = 0; same && i < a->rank; i++)
        same = a->dim[i] == b->dim[i];
    return same;
}

static bool check_array(const struct safetensors *file, const struct named_array *wanted,
                        const char *path, struct err *err)
{
    const struct named_array *found = safetensors_find(file, wanted->name);
    char is[160], expected[160];
    if (!found)
        return err_set(err, ERR_INPUT, path, 0,
                       "lacks %s, which the network has; train anew with --fresh, or give the "
                       "layer its old name",
                       wanted->name);
    if (!same_shape(found, wanted))
        return err_set(err, ERR_INPUT, path, 0,
                       "holds %s with the shape %s, but the network needs %s; train anew with "
                       "--fresh, or undo the change of the layer",
                       wanted->name, array_shape_text(found, is, sizeof is),
                       array_shape_text(wanted, expected, sizeof expected));
    return true;
}

static bool is_wanted(const struct named_array *wanted, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(wanted[i].name, name) == 0)
            return true;
    return false;
}

static bool take_arrays(struct net *net, const struct safetensors *file,
                        const struct named_array *wanted, int count, const char *path,
                        struct err *err)
{
    for (int i = 0; i < count; i++)
        if (!check_array(file, &wanted[i], path, err))
            return false;
    /* All wanted are there, so a superfluous one shows in the count. */
    for (int i = 0; file->count > count && i < file->count; i++)
        if (!is_wanted(wanted, count, file->arrays[i].name))
            return err_set(err, ERR_INPUT, path, 0,
                           "holds %.64s, which the network has not; train anew with --fresh, or "
                           "put the layer back",
                           file->arrays[i].name);
    for (int i = 0; i < count; i++) {
        const struct named_array *found = safetensors_find(file, wanted[i].name);
        memcpy(net->params + (wanted[i].data - net->params), found->data,
               array_count(found) * sizeof *found->data);
    }
    return true;
}

static bool load_weights(struct net *net, const char *path, struct err *err)
{
    struct safetensors *file = safetensors_open(path, err);
    if (!file)
        return false;
    struct arena arena;
    int count;
    arena_init(&arena);
    struct named_array *wanted = param_arrays(net, &arena, &count);
    bool ok = take_arrays(net, file, wanted, count, path, err);
    arena_deinit(&arena);
    safetensors_close(file);
    return ok;
}

struct net *model_load(const char *net_path, bool fresh, bool *had_weights, struct err *err)
{
    char path[1100];
    struct net *net = net_load(net_path, err);
    if (had_weights)
        *had_weights = false;
    if (!net || fresh)
        return net;
    file_with_ending(path, sizeof path, net_path, ".safetensors");
    /* Weights that are there but cannot be read are an error, not a fresh start. */
    if (access(path, F_OK) != 0)
        return net;
    if (!load_weights(net, path, err)) {
        net_destroy(net);
        return NULL;
    }
    if (had_weights)
        *had_weights = true;
    return net;
}

bool model_save(const struct net *net, const char *net_path, struct err *err)
{
    char path[1100];
    if (!file_ends_with(net_path, ".net"))
        return err_set(err, ERR_USAGE, net_path, 0,
                       "a network's file must end in .net; its weights go beside it");
    if (net_text(net)[0] == 0)
        return err_set(err, ERR_STATE, net_path, 0,
                       "the network has no text to save; it was not read from a network file");
    file_with_ending(path, sizeof path, net_path, ".safetensors");
    struct arena arena;
    int count;
    arena_init(&arena);
    struct named_array *arrays = param_arrays(net, &arena, &count);
    bool ok = safetensors_write(path, arrays, count, NULL, 0, err) &&
              file_write(net_path, net_text(net), strlen(net_text(net)), err);
    arena_deinit(&arena);
    return ok;
}
