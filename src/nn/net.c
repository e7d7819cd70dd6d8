#include "glassnet/nn/net.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/text.h"

#define NET_MAX_BYTES ((size_t)8 << 20)

struct net *net_load(const char *path, struct err *err)
{
    size_t size;
    if (strlen(path) >= sizeof((struct net *)0)->path) {
        err_set(err, ERR_INPUT, path, 0, "this path is too long; move the file to a nearer folder");
        return NULL;
    }
    char *text = file_read(path, NET_MAX_BYTES, &size, err);
    if (!text)
        return NULL;
    const char *zero = memchr(text, 0, size);
    struct net *net = NULL;
    if (zero) {
        int line = 1;
        for (const char *c = text; c < zero; c++)
            line += *c == '\n';
        err_set(err, ERR_INPUT, path, line,
                "found a zero byte, expected text; save the file with the encoding UTF-8");
    } else {
        net = net_parse(text, path, err);
    }
    free(text);
    if (net)
        snprintf(net->path, sizeof net->path, "%s", path);
    return net;
}

void net_destroy(struct net *net)
{
    if (!net)
        return;
    arena_deinit(&net->arena);
    free(net->source);
    free(net->params);
    free(net);
}

struct net *net_copy(const struct net *net)
{
    struct net *copy = mem_zalloc(1, sizeof *copy);
    *copy = *net;
    arena_init(&copy->arena);
    copy->source = net->source ? mem_strdup(net->source) : NULL;
    copy->data = net->data ? arena_strdup(&copy->arena, net->data) : NULL;
    copy->layers = arena_alloc(&copy->arena, (size_t)net->layer_count * sizeof *copy->layers);
    for (int i = 0; i < net->layer_count; i++) {
        struct layer *l = &copy->layers[i];
        *l = net->layers[i];
        l->name = arena_strdup(&copy->arena, l->name);
        size_t bytes = (size_t)l->from_count * sizeof *l->from;
        int *from = bytes ? arena_alloc(&copy->arena, bytes) : NULL;
        if (from)
            memcpy(from, l->from, bytes);
        l->from = from;
    }
    copy->params = mem_zalloc(net->param_count ? net->param_count : 1, sizeof *copy->params);
    if (net->param_count)
        memcpy(copy->params, net->params, net->param_count * sizeof *copy->params);
    return copy;
}

const char *net_text(const struct net *net)
{
    return net->source ? net->source : "";
}

int net_find_layer(const struct net *net, const char *name)
{
    for (int i = 0; i < net->layer_count; i++)
        if (strcmp(net->layers[i].name, name) == 0)
            return i;
    return -1;
}

const struct layer *net_output(const struct net *net)
{
    return &net->layers[net->layer_count - 1];
}

size_t net_layer_trained(const struct layer *layer)
{
    size_t n = 0;
    for (int i = 0; i < layer->param_count; i++)
        if (layer->param[i].trained)
            n += layer->param[i].count;
    return n;
}

size_t net_trained(const struct net *net)
{
    size_t n = 0;
    for (int i = 0; i < net->layer_count; i++)
        n += net_layer_trained(&net->layers[i]);
    return n;
}

bool net_is_combined(const struct net *net)
{
    enum activation last = net_output(net)->activation;
    return (net->loss == LOSS_CROSS_ENTROPY && last == ACT_SOFTMAX) ||
           (net->loss == LOSS_BINARY_CROSS_ENTROPY && last == ACT_SIGMOID);
}

void net_set_optimiser(struct net *net, enum optimiser_kind optimiser)
{
    struct train_settings *t = &net->train;
    t->optimiser = optimiser;
    t->mu = optimiser == OPT_MOMENTUM || optimiser == OPT_NESTEROV ? 0.9f : 0;
    t->rho = optimiser == OPT_RMSPROP ? 0.9f : optimiser == OPT_ADADELTA ? 0.95f : 0;
    t->beta1 = optimiser == OPT_ADAM ? 0.9f : 0;
    t->beta2 = optimiser == OPT_ADAM ? 0.999f : 0;
    t->epsilon = optimiser == OPT_ADADELTA ? 1e-6f : 1e-8f;
    if (optimiser == OPT_SGD || optimiser == OPT_MOMENTUM || optimiser == OPT_NESTEROV)
        t->epsilon = 0;
}

float net_dropout_rate(const struct net *net, const struct layer *dropout)
{
    return net->train.dropout_given ? net->train.dropout : dropout->rate;
}

const struct layer *net_first_dropout(const struct net *net)
{
    for (int i = 0; i < net->layer_count; i++)
        if (net->layers[i].kind == LAYER_DROPOUT)
            return &net->layers[i];
    return NULL;
}
