#include "lesson/expression_parse.h"
#include "glassnet/base/translate.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { DEEPEST = 40 }; /* brackets within brackets */

struct parser {
    struct arena *arena;
    struct text t;
    size_t at;
    const char *file;
    int line;
    struct err *err;
    int count, depth;
    struct node nodes[EXPRESSION_MOST];
};

/* Columns count characters, not bytes, from 1. */
static int column(const struct parser *p, size_t at)
{
    int n = 1;
    for (size_t i = 0; i < at && i < p->t.n; i++)
        n += ((unsigned char)p->t.p[i] & 0xC0) != 0x80;
    return n;
}

static bool parse_fail(struct parser *p, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static bool parse_fail(struct parser *p, size_t at, const char *format, ...)
{
    char sentence[400];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, translate(format), args);
    va_end(args);
    return err_set(p->err, ERR_INPUT, p->file, p->line, "in \"%.*s\", column %d: %s",
                   (int)(p->t.n < 120 ? p->t.n : 120), p->t.p, column(p, at), sentence);
}

static struct node *push(struct parser *p, enum node_kind kind)
{
    if (p->count == EXPRESSION_MOST) {
        parse_fail(p, p->at, "the expression is too long (at most %d parts)", EXPRESSION_MOST);
        return NULL;
    }
    struct node *n = &p->nodes[p->count++];
    *n = (struct node){.kind = kind};
    return n;
}

static char peek(const struct parser *p)
{
    return p->at < p->t.n ? p->t.p[p->at] : 0;
}

static void skip_blanks(struct parser *p)
{
    while (peek(p) == ' ' || peek(p) == '\t')
        p->at++;
}

/* Takes one of the signs (plain or as printed) when it is next; what it means, or 0. */
static char take_sign(struct parser *p, const char *wanted)
{
    static const struct {
        const char *written;
        char means;
    } signs[] = {{"+", '+'},      {"-", '-'}, {"\u2212", '-'}, {"*", '*'},
                 {"\u00D7", '*'}, {"·", '*'}, {"/", '/'},      {"\u00F7", '/'}};
    skip_blanks(p);
    struct text rest = {p->t.p + p->at, p->t.n - p->at};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strchr(wanted, signs[i].means) && text_starts(rest, signs[i].written)) {
            p->at += strlen(signs[i].written);
            return signs[i].means;
        }
    return 0;
}

static bool parse_sum(struct parser *p);

static bool parse_number(struct parser *p)
{
    size_t from = p->at;
    while (isdigit((unsigned char)peek(p)) || peek(p) == '.')
        p->at++;
    if ((peek(p) == 'e' || peek(p) == 'E') && p->at + 1 < p->t.n) {
        size_t sign = p->t.p[p->at + 1] == '-' || p->t.p[p->at + 1] == '+';
        if (p->at + 1 + sign < p->t.n && isdigit((unsigned char)p->t.p[p->at + 1 + sign])) {
            p->at += 1 + sign;
            while (isdigit((unsigned char)peek(p)))
                p->at++;
        }
    }
    struct text written = {p->t.p + from, p->at - from};
    double value;
    if (!text_to_double(written, &value))
        return parse_fail(p, from, "\"%.*s\" is no number", (int)written.n, written.p);
    if (isalpha((unsigned char)peek(p)) || peek(p) == '_')
        return parse_fail(p, p->at, "a sign is missing between \"%.*s\" and \"%c\"", (int)written.n,
                          written.p, peek(p));
    if (peek(p) == ',' && p->depth == 0)
        return parse_fail(p, p->at, "numbers in a lesson have a decimal point, not a comma");
    struct node *n = push(p, NODE_NUMBER);
    if (n)
        n->number = value;
    return n != NULL;
}

/* The indices of a cell: digits and commas, kept without blanks. */
static bool parse_indices(struct parser *p, char *name, size_t size, size_t length)
{
    size_t open = p->at++;
    bool digit = false;
    name[length++] = '[';
    for (;; p->at++) {
        char c = peek(p);
        if (c == ' ')
            continue;
        if (c == 0)
            return parse_fail(p, open, "this \"[\" has no \"]\"");
        bool sign = c == ',' || c == ']';
        if (!isdigit((unsigned char)c) && !sign)
            return parse_fail(p, p->at, "an index is a whole number, found \"%c\"", c);
        if (sign && !digit)
            return parse_fail(p, p->at, "an index is missing before \"%c\"", c);
        digit = !sign;
        if (length + 2 >= size)
            return parse_fail(p, open, "the name of this cell is too long");
        name[length++] = c;
        if (c == ']')
            break;
    }
    p->at++;
    name[length] = 0;
    return true;
}

static bool parse_cell(struct parser *p, struct text word, size_t from)
{
    char name[192];
    if (word.n + 40 > sizeof name)
        return parse_fail(p, from, "the name of this cell is too long");
    text_copy(word, name, sizeof name);
    if (word.p[word.n - 1] == '.' || word.p[word.n - 1] == ':')
        return parse_fail(p, p->at - 1, "the name of a cell cannot end in \"%c\"",
                          word.p[word.n - 1]);
    if (peek(p) == '[' && !parse_indices(p, name, sizeof name - 16, strlen(name)))
        return false;
    if (peek(p) == '@') {
        size_t length = strlen(name), sign = p->at;
        do {
            name[length++] = p->t.p[p->at++];
        } while (isdigit((unsigned char)peek(p)) && length + 2 < sizeof name);
        name[length] = 0;
        if (p->at == sign + 1)
            return parse_fail(p, sign, "the number of a sample is missing after \"@\"");
    }
    struct node *n = push(p, NODE_CELL);
    if (!n)
        return false;
    n->cell = arena_strdup(p->arena, name);
    n->from = from;
    n->to = p->at;
    return true;
}

/* loss(train), accuracy(test): asked for by that very name. */
static bool parse_measure(struct parser *p, struct text word, size_t from)
{
    struct text rest = {p->t.p + p->at, p->t.n - p->at};
    if (!text_starts(rest, "(train)") && !text_starts(rest, "(test)"))
        return parse_fail(p, p->at, "%.*s takes (train) or (test)", (int)word.n, word.p);
    p->at += text_starts(rest, "(train)") ? 7 : 6;
    struct node *n = push(p, NODE_CELL);
    if (!n)
        return false;
    n->cell = arena_strndup(p->arena, word.p, p->at - from);
    n->from = from;
    n->to = p->at;
    return true;
}

static bool parse_arguments(struct parser *p, int *count)
{
    size_t open = p->at++;
    p->depth++;
    for (*count = 0;;) {
        if (!parse_sum(p))
            return false;
        (*count)++;
        skip_blanks(p);
        char c = peek(p);
        if (c == 0)
            return parse_fail(p, open, "this \"(\" has no \")\"");
        p->at++;
        if (c == ')')
            break;
        if (c != ',')
            return parse_fail(p, p->at - 1, "expected \",\" or \")\", found \"%c\"", c);
    }
    p->depth--;
    return true;
}

static bool parse_call(struct parser *p, struct text word, size_t from)
{
    const struct function_entry *f = function_find(word);
    if (!f)
        return parse_fail(
            p, from,
            "there is no function \"%.*s\"; there are max, min, abs, exp, log, sigmoid, "
            "tanh, relu and argmax",
            (int)word.n, word.p);
    int arguments, first = p->count;
    if (!parse_arguments(p, &arguments))
        return false;
    if (!f->many && arguments != 1)
        return parse_fail(p, from, "%s takes one number, found %d", f->name, arguments);
    struct node *last = &p->nodes[first];
    bool vector = f->many && arguments == 1 && p->count == first + 1 && last->kind == NODE_CELL &&
                  !strchr(last->cell, '[') && !strchr(last->cell, '(');
    if (f->many && arguments == 1 && !vector)
        return parse_fail(
            p, from, "%s takes several numbers, or one vector by its name without index", f->name);
    if (vector) {
        last->kind = NODE_VECTOR;
        last->function = f->function;
        return true;
    }
    struct node *n = push(p, NODE_CALL);
    if (!n)
        return false;
    n->function = f->function;
    n->arguments = arguments;
    return true;
}

static bool parse_word(struct parser *p)
{
    size_t from = p->at;
    while (isalnum((unsigned char)peek(p)) || (peek(p) && strchr("_.:", peek(p))))
        p->at++;
    struct text word = {p->t.p + from, p->at - from};
    if (peek(p) != '(')
        return parse_cell(p, word, from);
    if (text_is(word, "loss") || text_is(word, "accuracy"))
        return parse_measure(p, word, from);
    return parse_call(p, word, from);
}

static bool parse_value(struct parser *p)
{
    skip_blanks(p);
    char c = peek(p);
    if (isdigit((unsigned char)c) || c == '.')
        return parse_number(p);
    if (isalpha((unsigned char)c))
        return parse_word(p);
    if (c == '(') {
        size_t open = p->at;
        int count;
        if (!parse_arguments(p, &count))
            return false;
        return count == 1 || parse_fail(p, open, "only functions take several numbers");
    }
    if (c == 0)
        return parse_fail(p, p->at, "a number, a cell or \"(\" is missing at the end");
    const char *end = p->t.p + p->at + 1;
    while (end < p->t.p + p->t.n && ((unsigned char)*end & 0xC0) == 0x80)
        end++;
    return parse_fail(p, p->at, "expected a number, a cell or \"(\", found \"%.*s\"",
                      (int)(end - p->t.p - (long)p->at), p->t.p + p->at);
}

static bool parse_signed(struct parser *p)
{
    char sign = take_sign(p, "+-");
    if (!sign)
        return parse_value(p);
    if (++p->depth > DEEPEST)
        return parse_fail(p, p->at, "too many brackets and signs within each other");
    bool ok = parse_signed(p);
    p->depth--;
    return ok && (sign == '+' || push(p, NODE_NEGATE) != NULL);
}

static bool parse_product(struct parser *p)
{
    if (!parse_signed(p))
        return false;
    for (;;) {
        char sign = take_sign(p, "*/");
        if (!sign)
            return true;
        if (!parse_signed(p) || !push(p, sign == '*' ? NODE_MULTIPLY : NODE_DIVIDE))
            return false;
    }
}

static bool parse_sum(struct parser *p)
{
    if (p->depth > DEEPEST)
        return parse_fail(p, p->at, "too many brackets and signs within each other");
    if (!parse_product(p))
        return false;
    for (;;) {
        char sign = take_sign(p, "+-");
        if (!sign)
            return true;
        if (!parse_product(p) || !push(p, sign == '+' ? NODE_ADD : NODE_SUBTRACT))
            return false;
    }
}

struct expression *expression_parse(struct arena *arena, struct text t, const char *file, int line,
                                    struct err *err)
{
    struct parser p = {.arena = arena, .t = text_trim(t), .file = file, .line = line, .err = err};
    if (p.t.n == 0) {
        err_set(err, ERR_INPUT, file, line, "an expression is missing");
        return NULL;
    }
    if (!parse_sum(&p))
        return NULL;
    skip_blanks(&p);
    if (p.at < p.t.n) {
        parse_fail(&p, p.at, "expected + - * / or the end, found \"%.*s\"",
                   (int)(p.t.n - p.at < 20 ? p.t.n - p.at : 20), p.t.p + p.at);
        return NULL;
    }
    struct expression *e = arena_alloc(arena, sizeof *e);
    e->text = arena_strndup(arena, p.t.p, p.t.n);
    e->count = p.count;
    e->nodes = arena_alloc(arena, (size_t)p.count * sizeof *e->nodes);
    memcpy(e->nodes, p.nodes, (size_t)p.count * sizeof *e->nodes);
    return e;
}
