/* Reading a network file line by line. A first look collects the names written, so that
 * automatic names keep clear of them and a layer read too early can be told from one that does
 * not exist; the second pass reads each line wholly and works out its shapes at once, so that
 * the first mistake in the file is the one reported. */
#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "nn/net_parse.h"

bool net_fail(struct net_parser *p, const char *format, ...)
{
    char whole[2048], message[sizeof p->err->message];
    va_list args;
    va_start(args, format);
    vsnprintf(whole, sizeof whole, translate(format), args);
    va_end(args);
    text_copy(text_of(whole), message, sizeof message); /* cuts between characters */
    return err_set(p->err, ERR_INPUT, p->file, p->line, "%s", message);
}

char *net_shown(struct text word, char out[64])
{
    text_copy(word, out, 41);
    if (strlen(out) < word.n)
        strcat(out, "…");
    return out;
}

bool net_read_int(struct net_parser *p, const char *what, struct text word, int low, int high,
                  int *value)
{
    long read;
    char shown[64];
    if (!text_to_long(word, &read) || read < low || read > high)
        return net_fail(p, "%s is '%s', expected a whole number from %d to %d", translate(what),
                        net_shown(word, shown), low, high);
    *value = (int)read;
    return true;
}

bool net_read_float(struct net_parser *p, const char *what, struct text word,
                    struct net_limits limits, float *value)
{
    double read;
    char shown[64];
    net_shown(word, shown);
    if (!text_to_double(word, &read))
        return net_fail(p, "%s is '%s', expected a number such as 0.1", translate(what), shown);
    /* Limits hold for the float: 0.999999999 is 1 there. */
    float rounded = (float)read;
    if (!isfinite(rounded))
        return net_fail(p, "%s is '%s', expected a finite number", translate(what), shown);
    bool low = limits.above_low ? rounded <= limits.low : rounded < limits.low;
    bool high = limits.below_high ? rounded >= limits.high : rounded > limits.high;
    if ((low || high) && isinf(limits.high))
        return net_fail(p,
                        limits.above_low ? N_("%s is '%s', expected a number above %g")
                                         : N_("%s is '%s', expected a number not below %g"),
                        translate(what), shown, (double)limits.low);
    if (low || high)
        return net_fail(p,
                        limits.below_high ? N_("%s is '%s', expected a number from %g to below %g")
                                          : N_("%s is '%s', expected a number from %g to %g"),
                        translate(what), shown, (double)limits.low, (double)limits.high);
    *value = rounded;
    return true;
}

bool net_read_option(struct net_parser *p, struct text word, struct text *key, struct text *value)
{
    char shown[64];
    bool split = text_split(word, '=', key, value);
    if (split && key->n && value->n)
        return true;
    net_shown(word, shown);
    if (split)
        return net_fail(p, "'%s' is not an option; write key=value without blanks around '='",
                        shown);
    return net_fail(p,
                    "found '%s' after the options, expected another key=value; "
                    "sizes and the activation come before them",
                    shown);
}

static struct text without_comment(struct text line)
{
    struct text left, right;
    text_split(line, '#', &left, &right);
    return text_trim(left);
}

static void split_words(struct net_parser *p, struct text line)
{
    p->word_count = 0;
    for (struct text w = text_next_word(&line); w.n; w = text_next_word(&line)) {
        p->words = mem_grow(p->words, &p->word_capacity, p->word_count + 1, sizeof *p->words);
        p->words[p->word_count++] = w;
    }
}

/* Name characters are checked with the line itself. */
static void look_at_names(struct net_parser *p, struct text text, int *layers)
{
    for (int line = 1; text.n; line++) {
        struct text rest = without_comment(text_next_line(&text));
        struct text first = text_next_word(&rest), second = text_next_word(&rest);
        bool named = net_kind_of(second) >= 0 && net_kind_of(first) < 0;
        if (named && first.n)
            net_names_add(&p->names, first, line, -1);
        *layers += named || net_kind_of(first) >= 0;
    }
}

static bool check_name(struct net_parser *p, struct text name)
{
    char shown[64];
    net_shown(name, shown);
    if (net_kind_of(name) >= 0)
        return net_fail(p,
                        "a layer cannot be called '%s', because that is a kind of layer; "
                        "choose another name",
                        shown);
    if (net_activation_of(name) >= 0)
        return net_fail(p,
                        "a layer cannot be called '%s', because that is an activation; "
                        "choose another name",
                        shown);
    if (net_is_setting(name) || text_is(name, "label") || text_is(name, "rate"))
        return net_fail(p,
                        "a layer cannot be called '%s', because that word is reserved; "
                        "choose another name",
                        shown);
    bool good = isalpha((unsigned char)name.p[0]) != 0;
    for (size_t i = 0; i < name.n; i++)
        good = good && (isalnum((unsigned char)name.p[i]) || name.p[i] == '_');
    if (name.n > NET_MAX_NAME)
        return net_fail(p, "the name '%s' has %zu letters, expected at most %d", shown, name.n,
                        NET_MAX_NAME);
    if (!good)
        return net_fail(p,
                        "a layer cannot be called '%s'; a name begins with a letter from A to Z "
                        "and goes on with letters, digits and _",
                        shown);
    return true;
}

/* A line that begins with neither a kind nor a setting, and whose second word is no kind. */
static bool fail_line(struct net_parser *p)
{
    struct text first = p->words[0];
    struct text second = p->word_count > 1 ? p->words[1] : (struct text){"", 0};
    char shown[64], word[64];
    net_shown(first, shown);
    if (net_activation_of(first) >= 0)
        return net_fail(p,
                        "'%s' is an activation, not a kind of layer; write it at the end of the "
                        "layer above, or 'activation %s'",
                        shown, shown);
    text_copy(first, word, sizeof word);
    if (optimiser_find(word) >= 0)
        return net_fail(p, "'%s' is an optimiser, not a kind of layer; write 'train %s'", shown,
                        shown);
    if (loss_find(word) >= 0)
        return net_fail(p, "'%s' is a loss, not a kind of layer; write 'loss %s'", shown, shown);
    if (net_is_setting(second))
        return net_fail(p, "found '%s' before %.*s, expected the line to begin with %.*s", shown,
                        (int)second.n, second.p, (int)second.n, second.p);
    bool second_is_word = second.n && isalpha((unsigned char)second.p[0]);
    if (net_activation_of(second) >= 0)
        return net_fail(p,
                        "'%.*s' is an activation, not a kind of layer; write "
                        "'%s activation %.*s'",
                        (int)second.n, second.p, shown, (int)second.n, second.p);
    if (second_is_word && (net_suggest(WORDS_LINES, second) || !net_suggest(WORDS_LINES, first)))
        return net_fail_unknown(p, "kind of layer", second, WORDS_LINES);
    return net_fail_unknown(p, "kind of layer", first, WORDS_LINES);
}

/* "stride = 2" would be three words. */
static bool check_equals(struct net_parser *p)
{
    for (int i = 0; i < p->word_count; i++)
        if (text_is(p->words[i], "="))
            return net_fail(p, "found '=' alone, expected key=value; delete the blanks around "
                               "'='");
    return true;
}

static bool read_line(struct net_parser *p, struct text line)
{
    if (p->word_count == 0)
        return true;
    struct text first = p->words[0], none = {"", 0};
    if (!text_is(first, "data") && !check_equals(p))
        return false;
    int kind = net_kind_of(first);
    int second = p->word_count > 1 ? net_kind_of(p->words[1]) : -1;
    bool names_follow = kind == LAYER_ADD || kind == LAYER_CONCATENATE;
    if (second >= 0 && !names_follow)
        return check_name(p, first) && net_layer_line(p, first, (enum layer_kind)second, 2);
    if (kind >= 0)
        return net_layer_line(p, none, (enum layer_kind)kind, 1);
    if (text_is(first, "loss"))
        return net_loss_line(p);
    if (text_is(first, "train"))
        return net_train_line(p);
    if (text_is(first, "data")) {
        text_next_word(&line);
        return net_data_line(p, text_trim(line));
    }
    return fail_line(p);
}

/* No-break spaces and control characters look like blanks or like nothing. */
static bool check_characters(struct net_parser *p, struct text line)
{
    for (size_t i = 0; i < line.n; i++) {
        unsigned char c = (unsigned char)line.p[i];
        if ((c < 32 && c != '\t') || c == 127)
            return net_fail(p,
                            "found an unprintable character (byte %d), expected plain text; "
                            "delete it",
                            c);
        if (c == 0xC2 && i + 1 < line.n && (unsigned char)line.p[i + 1] == 0xA0)
            return net_fail(p, "found a no-break space, expected an ordinary blank; type the "
                               "blanks of this line again");
    }
    return true;
}

static bool read_lines(struct net_parser *p, struct text text)
{
    while (text.n) {
        struct text line = text_next_line(&text);
        if (++p->line > NET_MAX_LINES)
            return net_fail(p, "the file goes on after line %d, expected at most that many lines",
                            NET_MAX_LINES);
        if (!text_is_utf8(line.p, line.n))
            return net_fail(p, "this line is not UTF-8 text; save the file with the encoding "
                               "UTF-8");
        struct text content = without_comment(line);
        split_words(p, content);
        if (!check_characters(p, content) || !read_line(p, content))
            return false;
    }
    return true;
}

/* A layer that nobody reads has no influence: from= or add was probably forgotten. */
static bool check_all_read(struct net_parser *p)
{
    struct net *net = p->net;
    bool *read = mem_zalloc((size_t)net->layer_count, sizeof *read);
    for (int i = 0; i < net->layer_count; i++)
        for (int k = 0; k < net->layers[i].from_count; k++)
            read[net->layers[i].from[k]] = true;
    int unread = 0;
    while (unread < net->layer_count - 1 && read[unread])
        unread++;
    free(read);
    if (unread == net->layer_count - 1)
        return true;
    p->line = net->layers[unread].line;
    return net_fail(p,
                    "no layer reads %s; name it in a later line (from=%s, or add or "
                    "concatenate), or delete this line",
                    net->layers[unread].name, net->layers[unread].name);
}

static bool check_whole(struct net_parser *p)
{
    int last = p->line;
    p->line = last > 0 ? last : 1;
    if (p->net->layer_count == 0)
        return net_fail(p, "the file ends without an input line; begin with one such as "
                           "'input 28 28 1'");
    if (p->net->layer_count == 1)
        return net_fail(p, "the file ends without a layer after the input; add one such as "
                           "'dense 10 softmax'");
    return check_all_read(p) && net_check_loss(p);
}

static bool allocate_params(struct net_parser *p)
{
    struct net *net = p->net;
    net->params = mem_try(net->param_count ? net->param_count : 1, sizeof *net->params);
    if (!net->params)
        return err_set(p->err, ERR_IO, p->file, 0,
                       "there is not enough memory for the network's %zu parameters",
                       net->param_count);
    net_start(net, net->train.seed);
    return true;
}

static void set_train_defaults(struct net *net)
{
    net->train = (struct train_settings){
        .rate = 0.01f, .schedule_factor = 1, .batch = NET_BATCH, .epochs = 1, .seed = 1};
    net_set_optimiser(net, OPT_SGD);
}

/* Reads all there is; false with what it came to in *net. */
static bool parse(const char *text, const char *name, struct net **out, struct net_parser *p,
                  struct err *err)
{
    struct net *net = mem_zalloc(1, sizeof *net);
    arena_init(&net->arena);
    net->source = mem_strdup(text);
    set_train_defaults(net);
    *out = net;

    *p = (struct net_parser){.net = net, .file = name, .err = err};
    struct text whole = text_of(net->source);
    if (text_starts(whole, "\xEF\xBB\xBF")) /* the mark some editors put first */
        whole = (struct text){whole.p + 3, whole.n - 3};
    int layers = 0;
    look_at_names(p, whole, &layers);
    /* More lines than may be are refused when they are reached. */
    layers = layers < NET_MAX_LINES ? layers : NET_MAX_LINES;
    net->layers = arena_alloc(&net->arena, (size_t)(layers + 1) * sizeof *net->layers);
    return read_lines(p, whole) && check_whole(p);
}

static void end_parser(struct net_parser *p)
{
    net_names_deinit(&p->names);
    free(p->words);
}

struct net *net_parse(const char *text, const char *name, struct err *err)
{
    struct net *net;
    struct net_parser p;
    bool ok = parse(text, name, &net, &p, err) && allocate_params(&p);
    end_parser(&p);
    if (ok)
        return net;
    net_destroy(net);
    return NULL;
}

struct net *net_outline(const char *text, struct err *err)
{
    struct net *net;
    struct net_parser p;
    parse(text, NULL, &net, &p, err);
    end_parser(&p);
    return net;
}
