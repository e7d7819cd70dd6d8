/* The lines loss, train and data. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "nn/net_parse.h"

static bool only_once(struct net_parser *p, const char *what, int *line)
{
    if (*line)
        return net_fail(p,
                        "this is a second %s line, expected only the one on line %d; delete one "
                        "of them",
                        what, *line);
    *line = p->line;
    return true;
}

bool net_loss_line(struct net_parser *p)
{
    char word[64], shown[64];
    if (!only_once(p, "loss", &p->loss_line))
        return false;
    if (p->word_count < 2)
        return net_fail(p, "the loss line lacks its loss; write one, as in 'loss cross-entropy'");
    text_copy(p->words[1], word, sizeof word);
    int loss = loss_find(word);
    if (loss < 0)
        return net_fail_unknown(p, "loss", p->words[1], WORDS_LOSSES);
    if (p->word_count > 2)
        return net_fail(p, "found '%s' after the loss, expected nothing more",
                        net_shown(p->words[2], shown));
    p->net->loss = (enum loss_kind)loss;
    return true;
}

bool net_data_line(struct net_parser *p, struct text rest)
{
    if (!only_once(p, "data", &p->data_line))
        return false;
    if (rest.n == 0)
        return net_fail(p, "the data line lacks its data set; write one, as in 'data digits'");
    p->net->data = arena_strndup(&p->net->arena, rest.p, rest.n);
    return true;
}

#define BIT(optimiser) (1u << (optimiser))
#define EVERY          (BIT(OPTIMISERS) - 1)

/* Numbers of the train line. */
static const struct {
    const char *key;
    size_t at; /* in struct train_settings */
    struct net_limits limits;
    unsigned optimisers; /* that take it */
} floats[] = {
    {"rate", offsetof(struct train_settings, rate), {0, INFINITY, true, false}, EVERY},
    {"mu",
     offsetof(struct train_settings, mu),
     {0, 1, false, true},
     BIT(OPT_MOMENTUM) | BIT(OPT_NESTEROV)},
    {"rho",
     offsetof(struct train_settings, rho),
     {0, 1, false, true},
     BIT(OPT_RMSPROP) | BIT(OPT_ADADELTA)},
    {"beta1", offsetof(struct train_settings, beta1), {0, 1, false, true}, BIT(OPT_ADAM)},
    {"beta2", offsetof(struct train_settings, beta2), {0, 1, false, true}, BIT(OPT_ADAM)},
    {"epsilon",
     offsetof(struct train_settings, epsilon),
     {0, INFINITY, true, false},
     BIT(OPT_ADAGRAD) | BIT(OPT_RMSPROP) | BIT(OPT_ADADELTA) | BIT(OPT_ADAM)},
    {"l1", offsetof(struct train_settings, l1), {0, INFINITY, false, false}, EVERY},
    {"l2", offsetof(struct train_settings, l2), {0, INFINITY, false, false}, EVERY},
    {"clip", offsetof(struct train_settings, clip), {0, INFINITY, true, false}, EVERY},
    {"decay", offsetof(struct train_settings, decay), {0, INFINITY, false, false}, EVERY},
    {"dropout", offsetof(struct train_settings, dropout), {0, 1, false, true}, EVERY},
};

static const struct {
    const char *key;
    size_t at;
} ints[] = {
    {"batch", offsetof(struct train_settings, batch)},
    {"epochs", offsetof(struct train_settings, epochs)},
    {"patience", offsetof(struct train_settings, patience)},
};

#define FLOATS (int)(sizeof floats / sizeof *floats)
#define INTS   (int)(sizeof ints / sizeof *ints)

static bool read_schedule(struct net_parser *p, struct text value)
{
    struct train_settings *t = &p->net->train;
    struct text word, rest, every, factor;
    char shown[64];
    if (text_is(value, "cosine")) {
        t->schedule = SCHEDULE_COSINE;
        return true;
    }
    if (!text_split(value, ':', &word, &rest) || !text_is(word, "step") ||
        !text_split(rest, ':', &every, &factor))
        return net_fail(p,
                        "schedule is '%s', expected cosine or step:N:F, as in step:10:0.5 "
                        "(half the rate every 10 epochs)",
                        net_shown(value, shown));
    t->schedule = SCHEDULE_STEP;
    return net_read_int(p, N_("the schedule's N"), every, 1, 1000000, &t->schedule_every) &&
           net_read_float(p, N_("the schedule's F"), factor,
                          (struct net_limits){0, INFINITY, true, false}, &t->schedule_factor);
}

static bool read_seed(struct net_parser *p, struct text value)
{
    long seed;
    char shown[64];
    if (!text_to_long(value, &seed) || seed < 0)
        return net_fail(p, "seed is '%s', expected a whole number from 0 to 9223372036854775807",
                        net_shown(value, shown));
    p->net->train.seed = (uint64_t)seed;
    return true;
}

/* The optimisers that take floats[i], in words. */
static bool fail_optimiser(struct net_parser *p, int i)
{
    char who[128];
    size_t used = 0;
    for (int k = 0; k < OPTIMISERS && used < sizeof who; k++)
        if (floats[i].optimisers & BIT(k))
            used += (size_t)snprintf(who + used, sizeof who - used, "%s%s", used ? ", " : "",
                                     optimiser_name((enum optimiser_kind)k));
    return net_fail(p, "%s has no %s, which belongs to %s; delete it",
                    optimiser_name(p->net->train.optimiser), floats[i].key, who);
}

/* *number becomes the option's place in the table of all, so that doubles are seen. */
static bool read_train_option(struct net_parser *p, struct text key, struct text value, int *number)
{
    char *settings = (char *)&p->net->train;
    for (int i = 0; i < FLOATS; i++)
        if (text_is(key, floats[i].key)) {
            *number = i;
            p->net->train.dropout_given = p->net->train.dropout_given || text_is(key, "dropout");
            if (!(floats[i].optimisers & BIT(p->net->train.optimiser)))
                return fail_optimiser(p, i);
            return net_read_float(p, floats[i].key, value, floats[i].limits,
                                  (float *)(void *)(settings + floats[i].at));
        }
    for (int i = 0; i < INTS; i++)
        if (text_is(key, ints[i].key)) {
            *number = FLOATS + i;
            return net_read_int(p, ints[i].key, value, 1, 1000000,
                                (int *)(void *)(settings + ints[i].at));
        }
    *number = FLOATS + INTS;
    if (text_is(key, "schedule"))
        return read_schedule(p, value);
    *number = FLOATS + INTS + 1;
    if (text_is(key, "seed"))
        return read_seed(p, value);
    return net_fail_unknown(p, "option", key, WORDS_TRAIN_OPTIONS);
}

bool net_train_line(struct net_parser *p)
{
    char word[64];
    unsigned seen = 0;
    struct text key, value;
    if (!only_once(p, "train", &p->train_line))
        return false;
    if (p->word_count < 2 || text_split(p->words[1], '=', &key, &value))
        return net_fail(p, "the train line lacks its optimiser; write it first, as in 'train sgd "
                           "rate=0.01'");
    text_copy(p->words[1], word, sizeof word);
    int optimiser = optimiser_find(word);
    if (optimiser < 0)
        return net_fail_unknown(p, "optimiser", p->words[1], WORDS_OPTIMISERS);
    net_set_optimiser(p->net, (enum optimiser_kind)optimiser);
    for (int at = 2; at < p->word_count; at++) {
        int number = 0;
        char shown[64];
        if (!text_split(p->words[at], '=', &key, &value))
            return net_fail(p, "found '%s' after train, expected key=value, as in rate=0.01",
                            net_shown(p->words[at], shown));
        if (!net_read_option(p, p->words[at], &key, &value) ||
            !read_train_option(p, key, value, &number))
            return false;
        if (seen & 1u << number)
            return net_fail(p, "%.*s is given twice; delete one", (int)key.n, key.p);
        seen |= 1u << number;
    }
    return true;
}

static bool check_cross_entropy(struct net_parser *p, const struct layer *out)
{
    char shape[96];
    if (out->out.rank == 1 && out->out.dim[0] == 1)
        return net_fail(p,
                        "cross-entropy compares two classes or more, but the last layer %s has one "
                        "output; give it more, or write sigmoid and 'loss "
                        "binary-cross-entropy'",
                        out->name);
    if (out->activation != ACT_SOFTMAX)
        return out->activation == ACT_NONE
                   ? net_fail(p,
                              "cross-entropy needs probabilities, but the last layer %s ends "
                              "without an activation; write softmax at the end of line %d",
                              out->name, out->line)
                   : net_fail(p,
                              "cross-entropy needs probabilities, but the last layer %s ends in "
                              "%s; write softmax at the end of line %d",
                              out->name, activation_name(out->activation), out->line);
    if (out->out.rank != 1)
        return net_fail(p,
                        "cross-entropy needs one vector of probabilities, but the last layer %s "
                        "gives %s; put flatten or globalavgpool before 'activation softmax'",
                        out->name, shape_text(&out->out, " × ", shape, sizeof shape));
    return true;
}

bool net_check_loss(struct net_parser *p)
{
    const struct layer *out = net_output(p->net);
    p->line = p->loss_line;
    if (p->net->loss == LOSS_CROSS_ENTROPY)
        return check_cross_entropy(p, out);
    if (p->net->loss == LOSS_BINARY_CROSS_ENTROPY && out->activation != ACT_SIGMOID)
        return out->activation == ACT_NONE
                   ? net_fail(
                         p,
                         "binary-cross-entropy needs probabilities from sigmoid, but the last "
                         "layer %s ends without an activation; write sigmoid at the end of line %d",
                         out->name, out->line)
                   : net_fail(p,
                              "binary-cross-entropy needs probabilities from sigmoid, but the last "
                              "layer %s ends in %s; write sigmoid at the end of line %d",
                              out->name, activation_name(out->activation), out->line);
    return true;
}
