/* Settings changed on screen are written into the network's text, so that saving keeps them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "session/state.h"

struct out {
    char *text;
    size_t used;
};

static void add(struct out *o, struct text t)
{
    memcpy(o->text + o->used, t.p, t.n);
    o->used += t.n;
}

static void add_number(struct out *o, struct text key, float value)
{
    char number[64];
    add(o, key);
    add(o, text_of("="));
    number_exact(value, number, sizeof number);
    double wanted = (double)value, read;
    for (int digits = 1; digits < 9; digits++) { /* the shortest that reads back the same */
        char shorter[64];
        snprintf(shorter, sizeof shorter, "%.*g", digits, wanted);
        if (text_to_double(text_of(shorter), &read) && (float)read == value) {
            memcpy(number, shorter, sizeof number);
            break;
        }
    }
    add(o, text_of(number));
}

/* Those that every optimiser has. */
enum common { COMMON_L1, COMMON_L2, COMMON_BATCH, COMMON_DROPOUT, COMMON };
static const char *const common_keys[COMMON] = {"l1", "l2", "batch", "dropout"};

static void add_common(struct out *o, const struct train_settings *t, int which)
{
    char number[32];
    const float values[COMMON] = {t->l1, t->l2, 0, t->dropout};
    if (which == COMMON_DROPOUT && !t->dropout_given)
        return; /* the layers' own rates hold again */
    add(o, text_of(" "));
    if (which != COMMON_BATCH) {
        add_number(o, text_of(common_keys[which]), values[which]);
        return;
    }
    snprintf(number, sizeof number, "batch=%d", t->batch);
    add(o, text_of(number));
}

static int find_common(struct text word)
{
    struct text key, value;
    text_split(word, '=', &key, &value);
    for (int i = 0; i < COMMON; i++)
        if (text_is(key, common_keys[i]))
            return i;
    return -1;
}

/* Those that the line lacks and that are not what a line without them means. */
static void add_missing(struct out *o, const struct net *net, unsigned seen)
{
    const struct train_settings *t = &net->train;
    const bool needed[COMMON] = {t->l1 != 0, t->l2 != 0, t->batch != NET_BATCH, t->dropout_given};
    for (int i = 0; i < COMMON; i++)
        if (needed[i] && !(seen >> i & 1u))
            add_common(o, t, i);
}

/* One option of the old line: with its present number, or left out where the optimiser has none
 * such. */
static void add_option(struct out *o, const struct net *net, struct text word, bool same)
{
    const struct train_settings *t = &net->train;
    const struct {
        const char *key;
        float value;
    } own[] = {{"mu", t->mu},
               {"rho", t->rho},
               {"beta1", t->beta1},
               {"beta2", t->beta2},
               {"epsilon", t->epsilon}};
    struct text key, value;
    text_split(word, '=', &key, &value);
    if (text_is(key, "rate"))
        return;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (text_is(key, own[i].key)) {
            if (same)
                add(o, text_of(" "));
            if (same)
                add_number(o, key, own[i].value);
            return;
        }
    add(o, text_of(" "));
    add(o, word);
}

static void add_line(struct out *o, const struct net *net, struct text rest)
{
    const char *name = optimiser_name(net->train.optimiser);
    const char *comment = rest.n ? memchr(rest.p, '#', rest.n) : NULL;
    struct text options = {rest.p, comment ? (size_t)(comment - rest.p) : rest.n};
    bool same = text_is(text_next_word(&options), name);
    add(o, text_of("train "));
    add(o, text_of(name));
    add(o, text_of(" "));
    add_number(o, text_of("rate"), net->train.rate);
    unsigned seen = 0;
    for (struct text word = text_next_word(&options); word.n; word = text_next_word(&options)) {
        int which = find_common(word);
        if (which < 0) {
            add_option(o, net, word, same);
            continue;
        }
        seen |= 1u << which;
        add_common(o, &net->train, which);
    }
    add_missing(o, net, seen);
    if (comment) {
        add(o, text_of("  "));
        add(o, (struct text){comment, rest.n - (size_t)(comment - rest.p)});
    }
}

void train_line_update(struct net *net)
{
    if (!net->source)
        return;
    struct text rest = text_of(net->source);
    struct out o = {.text = mem_zalloc(rest.n + 512, 1)};
    bool found = false;
    while (rest.n) {
        const char *begin = rest.p;
        struct text line = text_next_line(&rest), words = line;
        if (text_is(text_next_word(&words), "train")) {
            found = true;
            add_line(&o, net, words);
            add(&o, text_of("\n"));
        } else {
            add(&o, (struct text){begin, (size_t)(rest.p - begin)});
        }
    }
    if (!found) {
        if (o.used && o.text[o.used - 1] != '\n')
            add(&o, text_of("\n"));
        add_line(&o, net, text_of(""));
        add(&o, text_of("\n"));
    }
    free(net->source);
    net->source = o.text;
}
