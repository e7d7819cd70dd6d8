/* Options of layer lines (stride, padding, init, ...) and the layers they read. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "nn/net_parse.h"

#define BIT(kind) (1u << (kind))
#define WINDOWS   (BIT(LAYER_CONV2D) | BIT(LAYER_MAXPOOL) | BIT(LAYER_AVGPOOL))
#define WEIGHTED  (BIT(LAYER_DENSE) | BIT(LAYER_CONV2D))
#define ONE_READ                                                                                   \
    (~(BIT(LAYER_INPUT) | BIT(LAYER_ADD) | BIT(LAYER_CONCATENATE)) & (BIT(LAYER_KINDS) - 1))

enum option {
    OPTION_FROM,
    OPTION_STRIDE,
    OPTION_PADDING,
    OPTION_MOMENTUM,
    OPTION_EPSILON,
    OPTION_INIT,
    OPTION_BIAS,
    OPTION_FROZEN,
    LAYER_OPTIONS
};

static const struct {
    const char *key;
    unsigned kinds; /* that take it */
} options[LAYER_OPTIONS] = {
    [OPTION_FROM] = {"from", ONE_READ},
    [OPTION_STRIDE] = {"stride", WINDOWS},
    [OPTION_PADDING] = {"padding", WINDOWS},
    [OPTION_MOMENTUM] = {"momentum", BIT(LAYER_BATCHNORM)},
    [OPTION_EPSILON] = {"epsilon", BIT(LAYER_BATCHNORM)},
    [OPTION_INIT] = {"init", WEIGHTED},
    [OPTION_BIAS] = {"bias", WEIGHTED},
    [OPTION_FROZEN] = {"frozen", WEIGHTED | BIT(LAYER_BATCHNORM)},
};

static bool fail_layer(struct net_parser *p, const struct layer *l, struct text name)
{
    char shown[64], candidate[64];
    net_shown(name, shown);
    const struct net_name *later = net_names_find(&p->names, name);
    if (later && later->line == p->line)
        return net_fail(p, "%s reads itself; name a layer above it", shown);
    if (later)
        return net_fail(p,
                        "%s reads '%s', which comes later, on line %d; a layer reads only "
                        "layers above it",
                        layer_kind_name(l->kind), shown, later->line);
    const char *best = NULL;
    int nearest = 3;
    text_copy(name, candidate, sizeof candidate);
    for (int i = 0; i < p->net->layer_count; i++) {
        int distance = text_distance(candidate, p->net->layers[i].name);
        if (distance < nearest) {
            nearest = distance;
            best = p->net->layers[i].name;
        }
    }
    if (best)
        return net_fail(p, "%s reads '%s', but no layer is called that; did you mean '%s'?",
                        layer_kind_name(l->kind), shown, best);
    return net_fail(p, "%s reads '%s', but no layer is called that; name a layer above it",
                    layer_kind_name(l->kind), shown);
}

bool net_layer_reads(struct net_parser *p, struct layer *l, const struct text *names, int count)
{
    int *from = arena_alloc(&p->net->arena, (size_t)count * sizeof *from);
    /* mark[i]: layer i is read already. Only for more than one, so that long chains stay quick. */
    bool *mark = count > 1 ? arena_alloc(&p->net->arena, (size_t)p->net->layer_count) : NULL;
    for (int i = 0; i < count; i++) {
        const struct net_name *found = net_names_find(&p->names, names[i]);
        if (!found || found->layer < 0)
            return fail_layer(p, l, names[i]);
        from[i] = found->layer;
        if (mark && mark[from[i]])
            return net_fail(p, "%s names %s twice, expected different layers",
                            layer_kind_name(l->kind), p->net->layers[from[i]].name);
        if (mark)
            mark[from[i]] = true;
    }
    l->from = from;
    l->from_count = count;
    return true;
}

static bool read_init(struct net_parser *p, struct layer *l, struct text value)
{
    struct text word, number;
    bool has_number = text_split(value, '=', &word, &number);
    int init = net_init_find(word);
    if (init < 0)
        return net_fail_unknown(p, "init", word, WORDS_INITS);
    if (init == INIT_UNIFORM && !has_number)
        return net_fail(p, "init=uniform lacks its limit A (draws lie between -A and A); write it "
                           "as in init=uniform=0.05");
    if (init != INIT_UNIFORM && has_number)
        return net_fail(p, "init=%.*s takes no number; write init=%.*s alone", (int)word.n, word.p,
                        (int)word.n, word.p);
    l->init = (enum init_kind)init;
    return init != INIT_UNIFORM ||
           net_read_float(p, N_("the limit of init=uniform"), number,
                          (struct net_limits){.low = 0, .high = 1e6f, .above_low = true},
                          &l->init_value);
}

static bool read_padding(struct net_parser *p, struct layer *l, struct text value)
{
    char shown[64];
    if (!text_is(value, "same") && !text_is(value, "valid"))
        return net_fail(p, "padding is '%s', expected same or valid", net_shown(value, shown));
    l->same = text_is(value, "same");
    return true;
}

static bool read_option(struct net_parser *p, struct layer *l, enum option option,
                        struct text value)
{
    switch (option) {
    case OPTION_FROM:
        return net_layer_reads(p, l, &value, 1);
    case OPTION_STRIDE:
        if (!net_read_int(p, "stride", value, 1, NET_MAX_SIZE, &l->stride))
            return false;
        l->stride_w = l->stride;
        return true;
    case OPTION_PADDING:
        return read_padding(p, l, value);
    case OPTION_MOMENTUM:
        return net_read_float(p, "momentum", value, (struct net_limits){.low = 0, .high = 1},
                              &l->momentum);
    case OPTION_EPSILON:
        return net_read_float(p, "epsilon", value,
                              (struct net_limits){.low = 0, .high = INFINITY, .above_low = true},
                              &l->epsilon);
    case OPTION_INIT:
        return read_init(p, l, value);
    case OPTION_BIAS:
        return net_read_float(p, "bias", value, (struct net_limits){.low = -1e6f, .high = 1e6f},
                              &l->bias);
    case OPTION_FROZEN:
    case LAYER_OPTIONS:
        break;
    }
    return net_fail(p, "frozen takes no value; write frozen alone");
}

static bool fail_option(struct net_parser *p, const struct layer *l, int option)
{
    const char *kind = layer_kind_name(l->kind);
    if (option == OPTION_FROM && l->kind != LAYER_INPUT)
        return net_fail(p, "%s takes no from=; write all the layers it reads after the word %s",
                        kind, kind);
    if (option == OPTION_FROZEN)
        return net_fail(p, "%s has no parameters to keep; delete frozen", kind);
    return net_fail(p, "%s takes no option '%s'; delete it", kind, options[option].key);
}

/* Options other libraries have and the format writes as plain words. */
static bool fail_key(struct net_parser *p, struct text key, struct text value)
{
    if (text_is(key, "activation"))
        return net_fail(p,
                        "found activation=%.*s, expected the activation as a word before the "
                        "options; write %.*s alone",
                        (int)value.n, value.p, (int)value.n, value.p);
    if (text_is(key, "uniform"))
        return net_fail(p,
                        "found uniform=%.*s, expected it as part of init; write "
                        "init=uniform=%.*s",
                        (int)value.n, value.p, (int)value.n, value.p);
    return net_fail_unknown(p, "option", key, WORDS_LAYER_OPTIONS);
}

bool net_layer_options(struct net_parser *p, struct layer *l, int at)
{
    unsigned seen = 0;
    for (; at < p->word_count; at++) {
        struct text key = p->words[at], value = {"", 0};
        bool frozen = text_is(key, "frozen");
        if (!frozen && !net_read_option(p, p->words[at], &key, &value))
            return false;
        int option = 0;
        while (option < LAYER_OPTIONS && !text_is(key, options[option].key))
            option++;
        if (option == LAYER_OPTIONS)
            return fail_key(p, key, value);
        if (!(options[option].kinds & BIT(l->kind)))
            return fail_option(p, l, option);
        if (seen & 1u << option)
            return net_fail(p, "%s is given twice; delete one", options[option].key);
        seen |= 1u << option;
        if (frozen)
            l->frozen = true;
        else if (!read_option(p, l, (enum option)option, value))
            return false;
    }
    return true;
}
