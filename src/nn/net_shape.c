/* Shape inference: what each layer reads, gives and needs. */
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "nn/net_parse.h"

#define GIVES 240

/* "pool2 gives 4 × 4 × 16" */
static char *gives(const struct layer *l, char out[GIVES])
{
    char shape[96];
    shape_text(&l->out, " × ", shape, sizeof shape);
    snprintf(out, GIVES, l->out.rank == 1 ? _("%.60s gives a vector of %s") : _("%.60s gives %s"),
             l->name, shape);
    return out;
}

/* The count of numbers in exact enough arithmetic: shapes of a file may overflow any integer. */
static double count_of(const struct shape *s)
{
    double n = 1;
    for (int i = 0; i < s->rank; i++)
        n *= s->dim[i];
    return n;
}

/* Output length, and padding before, along one axis (as TensorFlow does). */
static int slide(int in, int kernel, int stride, bool same, int *before)
{
    *before = 0;
    if (!same)
        return (in - kernel) / stride + 1;
    int out = (in - 1) / stride + 1;
    long total = (long)(out - 1) * stride + kernel - in;
    *before = total > 0 ? (int)(total / 2) : 0;
    return out;
}

static bool need_picture(struct net_parser *p, const struct layer *l, const struct layer *from)
{
    char text[GIVES];
    if (from->out.rank == 3)
        return true;
    return net_fail(p, "%s reads a picture (height, width, channels), but %s; %s",
                    layer_kind_name(l->kind), gives(from, text),
                    from->kind == LAYER_INPUT
                        ? _("give the input three sizes, as in 'input 28 28 1'")
                        : _("put it above the layer that made a vector of the picture"));
}

static bool shape_window(struct net_parser *p, struct layer *l, const struct layer *from)
{
    char text[GIVES];
    const char *what = l->kind == LAYER_CONV2D ? _("kernel") : _("window");
    if (!need_picture(p, l, from))
        return false;
    int height = l->in.dim[0], width = l->in.dim[1], channels = l->in.dim[2];
    if (!l->same && (l->kernel_h > height || l->kernel_w > width))
        return net_fail(p,
                        "the %s %dx%d is larger than the picture, because %s; make it smaller "
                        "or write padding=same",
                        what, l->kernel_h, l->kernel_w, gives(from, text));
    l->out = shape_picture(slide(height, l->kernel_h, l->stride, l->same, &l->pad_top),
                           slide(width, l->kernel_w, l->stride_w, l->same, &l->pad_left),
                           l->kind == LAYER_CONV2D ? l->units : channels);
    return true;
}

static bool shape_add(struct net_parser *p, struct layer *l)
{
    const struct layer *layers = p->net->layers, *first = &layers[l->from[0]];
    char a[GIVES], b[GIVES];
    for (int i = 1; i < l->from_count; i++)
        if (!shape_equal(&layers[l->from[i]].out, &l->in))
            return net_fail(p, "add reads layers of one shape, but %s and %s", gives(first, a),
                            gives(&layers[l->from[i]], b));
    l->out = l->in;
    return true;
}

static bool shape_concatenate(struct net_parser *p, struct layer *l)
{
    const struct layer *layers = p->net->layers, *first = &layers[l->from[0]];
    char a[GIVES], b[GIVES];
    int last = l->in.rank - 1;
    double length = 0;
    for (int i = 0; i < l->from_count; i++) {
        const struct shape *s = &layers[l->from[i]].out;
        bool fits = s->rank == l->in.rank;
        for (int k = 0; fits && k < last; k++)
            fits = s->dim[k] == l->in.dim[k];
        if (!fits)
            return net_fail(p,
                            "concatenate reads layers that differ along the last axis only, "
                            "but %s and %s",
                            gives(first, a), gives(&layers[l->from[i]], b));
        length += s->dim[last];
    }
    if (length > NET_MAX_NUMBERS)
        return net_fail(p,
                        "concatenate would give %.0f numbers along one axis, expected at most "
                        "%.0f",
                        length, NET_MAX_NUMBERS);
    l->out = l->in;
    l->out.dim[last] = (int)length;
    return true;
}

static bool shape_output(struct net_parser *p, struct layer *l, const struct layer *from)
{
    char text[GIVES];
    switch (l->kind) {
    case LAYER_INPUT:
        l->in = l->out;
        return true;
    case LAYER_DENSE:
        if (l->in.rank != 1)
            return net_fail(p, "dense reads a vector, but %s; put a flatten line before it",
                            gives(from, text));
        l->out = shape_vector(l->units);
        return true;
    case LAYER_CONV2D:
    case LAYER_MAXPOOL:
    case LAYER_AVGPOOL:
        return shape_window(p, l, from);
    case LAYER_GLOBALAVGPOOL:
        if (!need_picture(p, l, from))
            return false;
        l->out = shape_vector(l->in.dim[2]);
        return true;
    case LAYER_FLATTEN:
        l->out = shape_vector((int)shape_count(&l->in));
        return true;
    case LAYER_ADD:
        return shape_add(p, l);
    case LAYER_CONCATENATE:
        return shape_concatenate(p, l);
    default:
        l->out = l->in;
        return true;
    }
}

static void add_param(struct net *net, struct layer *l, const char *name, struct shape shape,
                      bool trained)
{
    size_t count = shape_count(&shape);
    l->param[l->param_count++] = (struct param){.name = name,
                                                .shape = shape,
                                                .count = count,
                                                .offset = net->param_count,
                                                .trained = trained,
                                                .decays = name[0] == 'W'};
    net->param_count += count;
}

static bool shape_params(struct net_parser *p, struct layer *l)
{
    struct net *net = p->net;
    int last = l->out.rank > 0 ? l->out.dim[l->out.rank - 1] : 1;
    double needed = 0;
    if (l->kind == LAYER_DENSE)
        needed = (double)l->units * (l->in.dim[0] + 1.0);
    else if (l->kind == LAYER_CONV2D)
        needed = (double)l->units * ((double)l->kernel_h * l->kernel_w * l->in.dim[2] + 1.0);
    else if (l->kind == LAYER_BATCHNORM)
        needed = 4.0 * last;
    if ((double)net->param_count + needed > NET_MAX_NUMBERS)
        return net_fail(p,
                        "%s would need %.0f parameters, and a network may have at most %.0f; "
                        "make it smaller",
                        layer_kind_name(l->kind), needed, NET_MAX_NUMBERS);
    if (l->kind == LAYER_DENSE) {
        add_param(net, l, "W", shape_of(2, (int[]){l->units, l->in.dim[0]}), true);
        add_param(net, l, "b", shape_vector(l->units), true);
    } else if (l->kind == LAYER_CONV2D) {
        add_param(net, l, "W",
                  shape_of(4, (int[]){l->units, l->kernel_h, l->kernel_w, l->in.dim[2]}), true);
        add_param(net, l, "b", shape_vector(l->units), true);
    } else if (l->kind == LAYER_BATCHNORM) {
        add_param(net, l, "gamma", shape_vector(last), true);
        add_param(net, l, "beta", shape_vector(last), true);
        add_param(net, l, "mean", shape_vector(last), false);
        add_param(net, l, "var", shape_vector(last), false);
    }
    return true;
}

bool net_shape_layer(struct net_parser *p, struct layer *l)
{
    const struct layer *from = l->from_count ? &p->net->layers[l->from[0]] : NULL;
    char text[GIVES];
    if (from)
        l->in = from->out;
    if (!shape_output(p, l, from))
        return false;
    p->values += count_of(&l->out);
    if (p->values > NET_MAX_NUMBERS)
        return net_fail(p,
                        "%s, which makes %.0f numbers for one sample, and a network may have "
                        "at most %.0f; make it smaller",
                        gives(l, text), p->values, NET_MAX_NUMBERS);
    if (l->activation == ACT_SOFTMAX && l->out.dim[l->out.rank - 1] == 1)
        return net_fail(p, "softmax over one number always gives 1; write two outputs or more, or "
                           "sigmoid");
    return shape_params(p, l);
}
