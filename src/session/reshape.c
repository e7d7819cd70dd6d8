/* Another network in the place of the one that is open: hidden layers and inputs changed in its
 * text, which is read anew. The run begins anew with it; data, settings and class code stay. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/data/plane.h"
#include "session/state.h"

enum { LINE_SIZE = 640 };

/* Takes data over. Training that is under way goes on. */
static bool replace(struct session *s, const char *text, struct dataset *data, struct err *err)
{
    char code[sizeof s->code];
    struct net *net = net_parse(text, s->net->path[0] ? s->net->path : NULL, err);
    if (!net || (data && !session_fits(net, data, err))) {
        net_destroy(net);
        dataset_close(data);
        return false;
    }
    int left = worker_interrupt(s);
    bool settings_changed = s->settings_changed;
    memcpy(code, s->code, sizeof code);
    memcpy(net->path, s->net->path, sizeof net->path);
    net->train = s->net->train;
    net_start(net, net->train.seed);
    session_install(s, net, data);
    memcpy(s->code, code, sizeof code);
    s->settings_changed = settings_changed;
    return left == 0 || worker_start(s, left, err);
}

static bool replace_text(struct session *s, char *text, struct err *err)
{
    bool done = text && replace(s, text, s->data ? dataset_hold(s->data) : NULL, err);
    free(text);
    return done;
}

/* The network's text with line `number` (from 1) replaced by `with`; NULL: left out; or, where
 * `before` is set, with that line put before it. From malloc. */
static char *edit_line(const struct net *net, int number, const char *with, bool before)
{
    const char *text = net_text(net), *from = text;
    size_t size = strlen(text) + (with ? strlen(with) : 0) + 3;
    char *out = mem_zalloc(size, 1);
    for (int i = 1; *from; i++) {
        const char *end = strchr(from, '\n');
        size_t n = end ? (size_t)(end - from) + 1 : strlen(from);
        if (i == number && with) {
            strcat(out, with);
            strcat(out, "\n");
        }
        if (i != number || before)
            strncat(out, from, n);
        from += n;
    }
    return out;
}

/* Layer `place`'s line, word by word, with some of them changed. */
static bool copy_line(const struct net *net, int place, char *out, struct err *err)
{
    struct text rest = text_of(net_text(net)), line = {NULL, 0};
    for (int i = 0; i < net->layers[place].line; i++)
        line = text_next_line(&rest);
    if (net->layers[place].line == 0 || line.n + 64 >= LINE_SIZE)
        return err_set(err, ERR_STATE, NULL, 0,
                       "the network has no line for %s that could be changed",
                       net->layers[place].name);
    text_copy(line, out, LINE_SIZE);
    return true;
}

/* Puts `with` in the place of bytes [begin, begin + n) of line. */
static void splice(char *line, size_t begin, size_t n, const char *with)
{
    char tail[LINE_SIZE];
    snprintf(tail, sizeof tail, "%s", line + begin + n);
    snprintf(line + begin, LINE_SIZE - begin, "%s%s", with, tail);
}

/* The word that follows the kind of a dense layer: its units; and the one after that. */
static bool find_words(const char *line, struct text *units, struct text *next)
{
    struct text rest = text_of(line), word = text_next_word(&rest);
    if (!text_is(word, "dense"))
        word = text_next_word(&rest);
    *units = text_next_word(&rest);
    *next = text_next_word(&rest);
    return text_is(word, "dense") && units->n > 0;
}

static bool is_hidden_layer(const struct net *net, int place)
{
    return place > 0 && place < net->layer_count - 1 && net->layers[place].kind == LAYER_DENSE;
}

static bool read_layer(const struct session *s, struct text *rest, int *place, struct err *err)
{
    char name[64];
    if (!argument_word(rest, "a hidden layer", name, sizeof name, err))
        return false;
    *place = net_find_layer(s->net, name);
    return is_hidden_layer(s->net, *place) ||
           err_set(err, ERR_INPUT, NULL, 0, "%s is no hidden dense layer of this network", name);
}

static bool set_units(struct session *s, struct text rest, struct err *err)
{
    char line[LINE_SIZE], number[32];
    struct text units, next;
    long n;
    int place;
    if (!read_layer(s, &rest, &place, err) ||
        !argument_long(&rest, "how many neurons", 1, 10000, &n, err) || !arguments_end(rest, err) ||
        !copy_line(s->net, place, line, err) || !find_words(line, &units, &next))
        return false;
    snprintf(number, sizeof number, "%ld", n);
    splice(line, (size_t)(units.p - line), units.n, number);
    return replace_text(s, edit_line(s->net, s->net->layers[place].line, line, false), err);
}

static bool read_activation(struct text *rest, char *word, size_t size, struct err *err)
{
    return argument_word(rest, "an activation", word, size, err) &&
           (activation_find(word) > ACT_NONE ||
            err_set(err, ERR_USAGE, NULL, 0,
                    "\"%s\" is no activation; there are linear, sigmoid, tanh, relu, leaky_relu, "
                    "elu, softplus, step and softmax",
                    word));
}

static bool set_activation(struct session *s, struct text rest, struct err *err)
{
    char line[LINE_SIZE], word[32], with[40];
    struct text units, next;
    int place;
    if (!read_layer(s, &rest, &place, err) || !read_activation(&rest, word, sizeof word, err) ||
        !arguments_end(rest, err) || !copy_line(s->net, place, line, err) ||
        !find_words(line, &units, &next))
        return false;
    char had[32];
    text_copy(next, had, next.n < sizeof had ? sizeof had : 1);
    if (next.n && next.n < sizeof had && activation_find(had) > ACT_NONE) {
        splice(line, (size_t)(next.p - line), next.n, word);
    } else {
        snprintf(with, sizeof with, " %s", word);
        splice(line, (size_t)(units.p - line) + units.n, 0, with);
    }
    return replace_text(s, edit_line(s->net, s->net->layers[place].line, line, false), err);
}

/* "hidden2" after "hidden1"; a name that is free. */
static void make_name(const struct net *net, char *name, size_t size)
{
    char stem[40] = "hidden";
    int number = 1;
    for (int l = 1; l < net->layer_count - 1; l++)
        if (is_hidden_layer(net, l) && net->layers[l].named) {
            const char *last = net->layers[l].name;
            size_t n = strlen(last);
            while (n > 1 && last[n - 1] >= '0' && last[n - 1] <= '9')
                n--;
            snprintf(stem, sizeof stem, "%.*s", (int)n, last);
            number = (int)strtol(last + n, NULL, 10) + 1;
        }
    snprintf(name, size, "%s%d", stem, number);
    while (net_find_layer(net, name) >= 0)
        snprintf(name, size, "%s%d", stem, ++number);
}

static bool add_layer(struct session *s, struct text rest, struct err *err)
{
    char line[160], name[64], word[32] = "tanh";
    long units = 4;
    const struct net *net = s->net;
    if (net->layer_count > 1 && net->layers[net->layer_count - 1].line == 0)
        return err_set(err, ERR_STATE, NULL, 0, "the network has no text that could be changed");
    if (text_trim(rest).n && !argument_long(&rest, "how many neurons", 1, 10000, &units, err))
        return false;
    if (text_trim(rest).n && !read_activation(&rest, word, sizeof word, err))
        return false;
    if (!arguments_end(rest, err))
        return false;
    make_name(net, name, sizeof name);
    snprintf(line, sizeof line, "%s dense %ld %s", name, units, word);
    return replace_text(s, edit_line(net, net_output(net)->line, line, true), err);
}

static bool remove_layer(struct session *s, struct text rest, struct err *err)
{
    int place = s->net->layer_count - 2;
    if (text_trim(rest).n && (!read_layer(s, &rest, &place, err) || !arguments_end(rest, err)))
        return false;
    while (place > 0 && !is_hidden_layer(s->net, place))
        place--;
    if (place <= 0)
        return err_set(err, ERR_STATE, NULL, 0, "there is no hidden layer to take away");
    return replace_text(s, edit_line(s->net, s->net->layers[place].line, NULL, false), err);
}

bool command_hidden(struct session *s, struct text rest, struct err *err)
{
    char word[32];
    if (!argument_word(&rest, "add, remove, units or activation", word, sizeof word, err))
        return false;
    if (strcmp(word, "add") == 0)
        return add_layer(s, rest, err);
    if (strcmp(word, "remove") == 0)
        return remove_layer(s, rest, err);
    if (strcmp(word, "units") == 0)
        return set_units(s, rest, err);
    if (strcmp(word, "activation") == 0)
        return set_activation(s, rest, err);
    return err_set(err, ERR_USAGE, NULL, 0, "hidden add, remove, units or activation; found \"%s\"",
                   word);
}

/* The set with other features; points set by hand stay. */
static struct dataset *with_features(const struct session *s, unsigned features, struct err *err)
{
    char spec[sizeof s->data->spec], words[64];
    bool plain =
        features == (s->data->axes == 1 ? 1u << FEATURE_X : 1u << FEATURE_X | 1u << FEATURE_Y);
    features_text(features, words, sizeof words);
    if (!dataset_spec_with(s->data->spec, "features", plain ? NULL : words, spec, sizeof spec)) {
        err_set(err, ERR_INPUT, NULL, 0, "the set's name becomes too long");
        return NULL;
    }
    struct dataset *d = dataset_open(spec, DATASET_TRAIN, s->folder, err);
    if (!d || !s->data->edited)
        return d;
    struct dataset *edited = points_replace(d, s->data->n, s->data->place, s->data->y, err);
    dataset_close(d);
    return edited;
}

/* The text with another input line and the data line that goes with it. */
static char *text_with_inputs(const struct net *net, int count, const char *spec)
{
    struct text rest = text_of(net_text(net));
    char *out = mem_zalloc(rest.n + strlen(spec) + 64, 1);
    while (rest.n) {
        const char *begin = rest.p;
        struct text words = text_next_line(&rest), word = text_next_word(&words);
        size_t used = strlen(out);
        if (text_is(word, "input"))
            sprintf(out + used, "input %d\n", count);
        else if (text_is(word, "data"))
            sprintf(out + used, "data %s\n", spec);
        else
            memcpy(out + used, begin, (size_t)(rest.p - begin));
    }
    return out;
}

bool command_inputs(struct session *s, struct text rest, struct err *err)
{
    char words[128];
    unsigned features;
    if (!s->data || !s->data->place)
        return err_set(err, ERR_STATE, NULL, 0,
                       "the inputs of points can be chosen: that takes samples of one or two "
                       "numbers, as data moons has");
    if (!argument_word(&rest, "what the network reads, as in x+y", words, sizeof words, err) ||
        !arguments_end(rest, err) || !features_parse(words, s->data->axes, &features, err))
        return false;
    s->changed = features != s->data->features;
    if (!s->changed)
        return true;
    struct dataset *data = with_features(s, features, err);
    if (!data)
        return false;
    char *text = text_with_inputs(s->net, features_count(features), data->spec);
    bool done = replace(s, text, data, err);
    free(text);
    return done;
}
