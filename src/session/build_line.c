/* The words of one line of a network's text by what they are, and changing one of them: all else in
 * the line, its blanks and its comment, stays as it was. */
#include <stdio.h>
#include <string.h>

#include "session/build.h"

static struct text without_comment(struct text line)
{
    struct text left, right;
    return text_split(line, '#', &left, &right) ? left : line;
}

static int kind_of(struct text word)
{
    char z[32];
    if (word.n == 0 || word.n >= sizeof z)
        return -1;
    text_copy(word, z, sizeof z);
    return layer_kind_find(z);
}

static bool is_activation(struct text word)
{
    char z[32];
    if (word.n == 0 || word.n >= sizeof z)
        return false;
    text_copy(word, z, sizeof z);
    return activation_find(z) >= 0;
}

static bool is_option(struct text word)
{
    return text_is(word, "frozen") || memchr(word.p, '=', word.n) != NULL;
}

/* From the first of two pieces of a line to the end of the second. */
static struct text span(struct text first, struct text last)
{
    if (first.n == 0)
        return last;
    return (struct text){first.p, (size_t)(last.p + last.n - first.p)};
}

/* What follows the kind, up to the options. */
static void read_layer(struct block_words *w, struct text rest)
{
    for (struct text word = text_next_word(&rest); word.n; word = text_next_word(&rest)) {
        if (is_option(word)) {
            if (w->option_count < BUILD_OPTIONS)
                w->options[w->option_count++] = word;
        } else if (is_activation(word)) {
            w->activation = word;
        } else if (w->activation.n == 0 && w->option_count == 0) {
            w->arguments = span(w->arguments, word);
        }
    }
}

static void read_setting(struct block_words *w, struct text rest)
{
    if (w->kind == BLOCK_DATA) {
        w->arguments = text_trim(rest);
        return;
    }
    for (struct text word = text_next_word(&rest); word.n; word = text_next_word(&rest)) {
        if (!is_option(word))
            w->arguments = span(w->arguments, word);
        else if (w->option_count < BUILD_OPTIONS)
            w->options[w->option_count++] = word;
    }
}

struct block_words block_read(struct text line)
{
    struct block_words w = {.kind = BLOCK_NONE, .layer = -1};
    struct text rest = without_comment(line), first = text_next_word(&rest), after = rest;
    if (first.n == 0)
        return w;
    struct text second = text_next_word(&after);
    int kind = kind_of(first), next = kind_of(second);
    w.head = first;
    if (next >= 0 && kind != LAYER_ADD && kind != LAYER_CONCATENATE) {
        w.name = first;
        w.head = second;
        rest = after;
        kind = next;
    }
    w.layer = kind;
    w.kind = kind >= 0                 ? BLOCK_LAYER
             : text_is(first, "loss")  ? BLOCK_LOSS
             : text_is(first, "data")  ? BLOCK_DATA
             : text_is(first, "train") ? BLOCK_TRAIN
                                       : BLOCK_UNKNOWN;
    if (w.kind == BLOCK_LAYER)
        read_layer(&w, rest);
    else
        read_setting(&w, rest);
    return w;
}

/* The first word of the arguments, or the second. */
static struct text argument(const struct block_words *w, int n)
{
    struct text rest = w->arguments, word = text_next_word(&rest);
    for (int i = 0; i < n; i++)
        word = text_next_word(&rest);
    return word;
}

static const struct text *find_option(const struct block_words *w, const char *key)
{
    for (int i = 0; i < w->option_count; i++) {
        struct text name = w->options[i], value;
        text_split(w->options[i], '=', &name, &value);
        if (text_is(name, key))
            return &w->options[i];
    }
    return NULL;
}

/* The piece of the line that holds a key's value; false: it is an option's key. */
static bool find_piece(const struct block_words *w, const char *key, struct text *piece)
{
    static const char *const whole[] = {"sizes", "names", "loss", "optimiser", "data"};
    bool layer = w->kind == BLOCK_LAYER;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (strcmp(key, whole[i]) == 0) {
            *piece = w->arguments;
            return true;
        }
    bool known = true;
    if (strcmp(key, "name") == 0)
        *piece = w->name;
    else if (strcmp(key, "activation") == 0)
        *piece = w->activation;
    else if (strcmp(key, "units") == 0 || (strcmp(key, "rate") == 0 && layer))
        *piece = argument(w, 0);
    else if (strcmp(key, "kernel") == 0)
        *piece = argument(w, w->layer == LAYER_CONV2D ? 1 : 0);
    else
        known = false;
    return known;
}

struct text block_value(const struct block_words *w, const char *key)
{
    struct text piece = {"", 0}, left;
    if (find_piece(w, key, &piece))
        return piece;
    const struct text *option = find_option(w, key);
    if (option && !text_split(*option, '=', &left, &piece))
        piece = *option;
    return piece;
}

/* Where a value that is not written yet goes: behind what stands before it. */
static struct text place_behind(const struct block_words *w, const char *key)
{
    struct text last = w->head;
    bool activation = strcmp(key, "activation") == 0, argument_key = false;
    struct text ignored;
    argument_key = find_piece(w, key, &ignored) && !activation;
    if (w->arguments.n > 0)
        last = w->arguments;
    if (!argument_key && w->activation.n > 0 && w->activation.p > last.p)
        last = w->activation;
    if (!argument_key && !activation && w->option_count > 0)
        last = w->options[w->option_count - 1];
    return (struct text){last.p + last.n, 0};
}

/* The line with `piece` of it replaced. Taken away, the blanks before it go, too. */
static bool splice(struct text line, struct text piece, const char *value, char *out, size_t size,
                   struct err *err)
{
    size_t from = (size_t)(piece.p - line.p), to = from + piece.n;
    if (value[0] == 0)
        while (from > 0 && (line.p[from - 1] == ' ' || line.p[from - 1] == '\t'))
            from--;
    int n = snprintf(out, size, "%.*s%s%.*s", (int)from, line.p, value, (int)(line.n - to),
                     line.p + to);
    return (n >= 0 && (size_t)n < size) ||
           err_set(err, ERR_USAGE, NULL, 0, "the line would have more than %d bytes", BUILD_LINE);
}

bool block_set(struct text line, const char *key, struct text value, char *out, size_t size,
               struct err *err)
{
    struct block_words w = block_read(line);
    char text[BUILD_LINE + 64];
    struct text piece = {"", 0};
    bool away = value.n == 0 || text_is(value, "-"), frozen = strcmp(key, "frozen") == 0;
    bool plain = find_piece(&w, key, &piece);
    const struct text *option = plain ? NULL : find_option(&w, key);
    if (option)
        piece = *option;
    if (away)
        text[0] = 0;
    else if (plain)
        snprintf(text, sizeof text, "%.*s", (int)value.n, value.p);
    else if (frozen)
        snprintf(text, sizeof text, "frozen");
    else
        snprintf(text, sizeof text, "%s=%.*s", key, (int)value.n, value.p);
    bool name = strcmp(key, "name") == 0;
    if (name && away && piece.n > 0) /* with the blanks behind it */
        piece.n = (size_t)(w.head.p - piece.p);
    if (piece.n > 0)
        return splice(line, piece, text, out, size, err);
    if (away) {
        text_copy(line, out, size);
        return true;
    }
    char added[sizeof text + 1];
    snprintf(added, sizeof added, name ? "%s " : " %s", text);
    return splice(line, name ? (struct text){w.head.p, 0} : place_behind(&w, key), added, out, size,
                  err);
}
