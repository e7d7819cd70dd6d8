/* One layer line: sizes, activation, what it reads, options, name. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "nn/net_parse.h"

static bool is_option(struct text word)
{
    struct text key, value;
    return text_is(word, "frozen") || text_split(word, '=', &key, &value);
}

/* words[*at] when it is neither an option nor missing, and a step past it. */
static bool next_argument(struct net_parser *p, int *at, struct text *word)
{
    if (*at >= p->word_count || is_option(p->words[*at]))
        return false;
    *word = p->words[(*at)++];
    return true;
}

static bool read_window(struct net_parser *p, struct layer *l, struct text word)
{
    struct text h, w;
    char shown[64];
    bool conv = l->kind == LAYER_CONV2D;
    const char *what = conv ? _("kernel") : _("window");
    net_shown(word, shown);
    long one;
    if (!text_split(word, 'x', &h, &w) || !h.n || !w.n) {
        if (text_to_long(word, &one) && one > 0)
            return net_fail(p, "the %s is '%s', expected rows x columns; write %ldx%ld", what,
                            shown, one, one);
        return net_fail(p,
                        "the %s is '%s', expected rows x columns such as 3x3 (with the letter "
                        "x and no blanks)",
                        what, shown);
    }
    const char *rows = conv ? N_("the kernel's height") : N_("the window's height");
    const char *columns = conv ? N_("the kernel's width") : N_("the window's width");
    return net_read_int(p, rows, h, 1, NET_MAX_SIZE, &l->kernel_h) &&
           net_read_int(p, columns, w, 1, NET_MAX_SIZE, &l->kernel_w);
}

static bool fail_input_sizes(struct net_parser *p, int at, int count)
{
    if (count == 2)
        return net_fail(p,
                        "the input has 2 sizes, expected one (a vector) or three (height, "
                        "width, channels); for a grey picture write 'input %.*s %.*s 1'",
                        (int)p->words[at].n, p->words[at].p, (int)p->words[at + 1].n,
                        p->words[at + 1].p);
    return net_fail(p,
                    "the input has %d sizes, expected one (a vector, 'input 784') or three "
                    "(height, width, channels, 'input 28 28 1')",
                    count);
}

static bool read_input(struct net_parser *p, struct layer *l, int *at)
{
    static const char *const what[] = {N_("the input's height"), N_("the input's width"),
                                       N_("the input's channels")};
    int first = *at, count = 0, dims[3] = {0};
    struct text word;
    while (next_argument(p, at, &word)) {
        if (net_activation_of(word) >= 0)
            return net_fail(p, "the input takes no activation; put 'activation %.*s' below it",
                            (int)word.n, word.p);
        if (memchr(word.p, 'x', word.n) && count == 0)
            return net_fail(p, "the input's sizes are separated by blanks; write them like "
                               "'input 28 28 1'");
        count++;
    }
    if (count != 1 && count != 3)
        return fail_input_sizes(p, first, count);
    for (int i = 0; i < count; i++)
        if (!net_read_int(p, count == 1 ? N_("the input's size") : what[i], p->words[first + i], 1,
                          NET_MAX_SIZE, &dims[i]))
            return false;
    l->out = shape_of(count, dims);
    return true;
}

static bool read_units(struct net_parser *p, struct layer *l, int *at)
{
    bool conv = l->kind == LAYER_CONV2D;
    const char *what = conv ? N_("the number of filters") : N_("the number of units");
    const char *example = conv ? "conv2d 8 3x3" : "dense 10";
    struct text word;
    if (!next_argument(p, at, &word) || net_activation_of(word) >= 0)
        return net_fail(p, "%s lacks %s; write it after the kind, as in '%s'",
                        layer_kind_name(l->kind), translate(what), example);
    struct text left, right;
    long ignored;
    if (conv && text_split(word, 'x', &left, &right) && text_to_long(left, &ignored))
        return net_fail(p,
                        "found the kernel %.*s first, expected the number of filters before "
                        "it, as in 'conv2d 8 %.*s'",
                        (int)word.n, word.p, (int)word.n, word.p);
    return net_read_int(p, what, word, 1, NET_MAX_SIZE, &l->units);
}

static bool read_kernel(struct net_parser *p, struct layer *l, int *at)
{
    struct text word;
    if (!next_argument(p, at, &word) || net_activation_of(word) >= 0)
        return net_fail(p, "%s lacks its %s; write rows x columns, as in '%s'",
                        layer_kind_name(l->kind),
                        l->kind == LAYER_CONV2D ? _("kernel") : _("window"),
                        l->kind == LAYER_CONV2D ? "conv2d 8 3x3" : "maxpool 2x2");
    return read_window(p, l, word);
}

static bool read_activation_kind(struct net_parser *p, struct layer *l, int *at)
{
    struct text word;
    if (!next_argument(p, at, &word))
        return net_fail(p, "activation lacks its function; write one, as in 'activation relu'");
    int activation = net_activation_of(word);
    if (activation < 0)
        return net_fail_unknown(p, "activation", word, WORDS_ACTIVATIONS);
    l->activation = (enum activation)activation;
    return true;
}

static bool read_dropout(struct net_parser *p, struct layer *l, int *at)
{
    struct text word;
    if (!next_argument(p, at, &word))
        return net_fail(p, "dropout lacks its rate; write the part to drop, as in 'dropout 0.5'");
    return net_read_float(p, N_("the dropout rate"), word,
                          (struct net_limits){.low = 0, .high = 1, .below_high = true}, &l->rate);
}

/* The names that add and concatenate read run up to the activation or the options. */
static bool read_names(struct net_parser *p, struct layer *l, int *at)
{
    int first = *at;
    const char *kind = layer_kind_name(l->kind);
    struct text word;
    while (*at < p->word_count && net_activation_of(p->words[*at]) < 0 &&
           next_argument(p, at, &word))
        continue;
    if (*at - first < 2)
        return net_fail(
            p,
            translate_count("%s reads %d layer, expected the names of two or more, as in '%s a b'",
                            "%s reads %d layers, expected the names of two or more, as in '%s a b'",
                            *at - first),
            kind, *at - first, kind);
    return net_layer_reads(p, l, p->words + first, *at - first);
}

static bool read_arguments(struct net_parser *p, struct layer *l, int *at)
{
    switch (l->kind) {
    case LAYER_INPUT:
        return read_input(p, l, at);
    case LAYER_DENSE:
        return read_units(p, l, at);
    case LAYER_CONV2D:
        return read_units(p, l, at) && read_kernel(p, l, at);
    case LAYER_MAXPOOL:
    case LAYER_AVGPOOL:
        return read_kernel(p, l, at);
    case LAYER_ACTIVATION:
        return read_activation_kind(p, l, at);
    case LAYER_DROPOUT:
        return read_dropout(p, l, at);
    case LAYER_ADD:
    case LAYER_CONCATENATE:
        return read_names(p, l, at);
    default:
        return true;
    }
}

/* The activation written out, and the complaint about anything else before the options. */
static bool read_activation(struct net_parser *p, struct layer *l, int *at)
{
    struct text word;
    char shown[64];
    const char *kind = layer_kind_name(l->kind);
    if (!next_argument(p, at, &word))
        return true;
    int activation = net_activation_of(word);
    double ignored;
    net_shown(word, shown);
    if (l->kind == LAYER_ACTIVATION)
        return net_fail(p, "found '%s' after the activation, expected key=value or nothing", shown);
    if (text_to_double(word, &ignored))
        return net_fail(p,
                        "found '%s' after %s and its sizes, expected an activation, key=value or "
                        "nothing",
                        shown, kind);
    if (activation < 0)
        return net_fail_unknown(p, "activation", word, WORDS_ACTIVATIONS);
    l->activation = (enum activation)activation;
    if (!next_argument(p, at, &word))
        return true;
    return net_fail(p, "found '%s' after the activation, expected key=value or nothing",
                    net_shown(word, shown));
}

static const char *automatic_name(struct net_parser *p, enum layer_kind kind)
{
    const char *word = layer_kind_name(kind);
    for (;;) {
        int n = p->automatic[kind]++;
        char name[48];
        if (n == 0)
            snprintf(name, sizeof name, "%s", word);
        else
            snprintf(name, sizeof name, "%s_%d", word, n);
        if (!net_names_find(&p->names, text_of(name)))
            return arena_strdup(&p->net->arena, name);
    }
}

static void set_name(struct net_parser *p, struct layer *l, struct text name, int place)
{
    l->named = name.n > 0;
    if (l->named)
        l->name = arena_strndup(&p->net->arena, name.p, name.n);
    else
        l->name = automatic_name(p, l->kind);
    net_names_add(&p->names, text_of(l->name), l->line, place)->layer = place;
}

static bool check_place(struct net_parser *p, struct text name, enum layer_kind kind)
{
    struct net *net = p->net;
    char shown[64];
    const struct net_name *same = name.n ? net_names_find(&p->names, name) : NULL;
    if (kind == LAYER_INPUT && net->layer_count > 0)
        return net_fail(p,
                        "this is a second input, expected only the one on line %d; delete one "
                        "of them",
                        net->layers[0].line);
    if (kind == LAYER_INPUT && name.n)
        return net_fail(p, "the input is always called input; delete the name '%s'",
                        net_shown(name, shown));
    if (kind != LAYER_INPUT && net->layer_count == 0)
        return net_fail(p,
                        "found %s before any input, expected the input first; put a line such "
                        "as 'input 28 28 1' above",
                        layer_kind_name(kind));
    if (same && same->line != p->line)
        return net_fail(p, "the name '%s' is taken by line %d; choose another",
                        net_shown(name, shown), same->line);
    return true;
}

bool net_layer_line(struct net_parser *p, struct text name, enum layer_kind kind, int at)
{
    struct net *net = p->net;
    if (!check_place(p, name, kind))
        return false;
    struct layer *l = &net->layers[net->layer_count];
    *l = (struct layer){.kind = kind, .line = p->line};
    if (kind == LAYER_CONV2D)
        l->stride = l->stride_w = 1;
    if (kind == LAYER_BATCHNORM) {
        l->momentum = 0.99f;
        l->epsilon = 0.001f;
    }
    if (!read_arguments(p, l, &at) || !read_activation(p, l, &at) || !net_layer_options(p, l, at))
        return false;
    if (kind != LAYER_INPUT && l->from_count == 0) {
        int *from = arena_alloc(&net->arena, sizeof *from);
        *from = net->layer_count - 1;
        l->from = from;
        l->from_count = 1;
    }
    if ((kind == LAYER_MAXPOOL || kind == LAYER_AVGPOOL) && l->stride == 0) {
        l->stride = l->kernel_h;
        l->stride_w = l->kernel_w;
    }
    set_name(p, l, name, net->layer_count);
    if (!net_shape_layer(p, l))
        return false;
    net->layer_count++;
    return true;
}
