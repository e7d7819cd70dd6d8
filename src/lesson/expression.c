#include "glassnet/lesson/expression.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lesson/expression_parse.h"
#include "lesson/typed.h"

static const struct function_entry functions[] = {
    {"max", FUNCTION_MAX, true},      {"min", FUNCTION_MIN, true},
    {"abs", FUNCTION_ABS, false},     {"exp", FUNCTION_EXP, false},
    {"log", FUNCTION_LOG, false},     {"sigmoid", FUNCTION_SIGMOID, false},
    {"tanh", FUNCTION_TANH, false},   {"relu", FUNCTION_RELU, false},
    {"argmax", FUNCTION_ARGMAX, true}};

const struct function_entry *function_find(struct text name)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (text_is(name, functions[i].name))
            return &functions[i];
    return NULL;
}

/* max, min, argmax keep a running winner; the first of equals wins, NaN wins never. */
struct running {
    enum function function;
    int seen, place;
    double best;
};

static void running_take(struct running *r, double value)
{
    bool better = r->function == FUNCTION_MIN ? value < r->best : value > r->best;
    if (r->seen == 0 || better) {
        r->best = value;
        r->place = r->seen;
    }
    r->seen++;
}

static double running_result(const struct running *r)
{
    return r->function == FUNCTION_ARGMAX ? (double)r->place : r->best;
}

static double apply(enum function function, double x)
{
    switch (function) {
    case FUNCTION_ABS:
        return fabs(x);
    case FUNCTION_EXP:
        return exp(x);
    case FUNCTION_LOG:
        return log(x);
    case FUNCTION_SIGMOID:
        return 1.0 / (1.0 + exp(-x));
    case FUNCTION_TANH:
        return tanh(x);
    case FUNCTION_RELU:
        return x > 0 ? x : 0;
    default:
        return x;
    }
}

/* The cells of a vector are asked for one by one until there is none. */
static bool over_vector(const struct node *n, cell_lookup *lookup, void *context, double *value,
                        struct err *err)
{
    enum { MOST = 100000 };
    struct running r = {n->function, 0, 0, 0};
    char cell[192];
    for (int i = 0; i < MOST; i++) {
        double x;
        struct err ignored = {0};
        snprintf(cell, sizeof cell, "%s[%d]", n->cell, i);
        if (!lookup(context, cell, &x, i == 0 ? err : &ignored)) {
            if (i == 0)
                return false;
            break;
        }
        running_take(&r, x);
    }
    *value = running_result(&r);
    return true;
}

static double binary(enum node_kind kind, double a, double b)
{
    switch (kind) {
    case NODE_ADD:
        return a + b;
    case NODE_SUBTRACT:
        return a - b;
    case NODE_MULTIPLY:
        return a * b;
    default:
        return a / b;
    }
}

static void call(const struct node *n, double *stack, int *depth)
{
    if (n->function != FUNCTION_MAX && n->function != FUNCTION_MIN &&
        n->function != FUNCTION_ARGMAX) {
        stack[*depth - 1] = apply(n->function, stack[*depth - 1]);
        return;
    }
    struct running r = {n->function, 0, 0, 0};
    for (int i = 0; i < n->arguments; i++)
        running_take(&r, stack[*depth - n->arguments + i]);
    *depth -= n->arguments - 1;
    stack[*depth - 1] = running_result(&r);
}

bool expression_value(const struct expression *e, cell_lookup *lookup, void *context, double *value,
                      struct err *err)
{
    double stack[EXPRESSION_MOST];
    int depth = 0;
    for (int i = 0; i < e->count; i++) {
        const struct node *n = &e->nodes[i];
        switch (n->kind) {
        case NODE_NUMBER:
            stack[depth++] = n->number;
            break;
        case NODE_CELL:
            if (!lookup(context, n->cell, &stack[depth++], err))
                return false;
            break;
        case NODE_VECTOR:
            if (!over_vector(n, lookup, context, &stack[depth++], err))
                return false;
            break;
        case NODE_NEGATE:
            stack[depth - 1] = -stack[depth - 1];
            break;
        case NODE_CALL:
            call(n, stack, &depth);
            break;
        default:
            depth--;
            stack[depth - 1] = binary(n->kind, stack[depth - 1], stack[depth]);
        }
    }
    *value = stack[0];
    return true;
}

const char *expression_text(const struct expression *e)
{
    return e->text;
}

const char *expression_cell(const struct expression *e)
{
    return e->count == 1 && e->nodes[0].kind == NODE_CELL ? e->nodes[0].cell : NULL;
}

const char *expression_distance(const struct expression *e, double *from)
{
    const struct node *n = e->nodes;
    if (e->count < 2 || n[0].kind != NODE_CELL || n[e->count - 1].kind != NODE_CALL ||
        n[e->count - 1].function != FUNCTION_ABS)
        return NULL;
    *from = 0;
    if (e->count == 2)
        return n[0].cell;
    bool minus = n[2].kind == NODE_SUBTRACT;
    if (e->count != 4 || n[1].kind != NODE_NUMBER || (!minus && n[2].kind != NODE_ADD))
        return NULL;
    *from = minus ? n[1].number : -n[1].number;
    return n[0].cell;
}

int expression_cell_count(const struct expression *e)
{
    int n = 0;
    for (int i = 0; i < e->count; i++)
        n += e->nodes[i].cell != NULL;
    return n;
}

const char *expression_cell_at(const struct expression *e, int place)
{
    for (int i = 0; i < e->count; i++)
        if (e->nodes[i].cell && place-- == 0)
            return e->nodes[i].cell;
    return NULL;
}

struct writer {
    char *out;
    size_t size, at;
};

static void put(struct writer *w, const char *text)
{
    size_t n = strlen(text);
    if (w->at + n < w->size) {
        memcpy(w->out + w->at, text, n);
        w->at += n;
    }
    w->out[w->at] = 0;
}

/* The cell that begins at `from` of the written text, or NULL. */
static const struct node *node_from(const struct expression *e, size_t from)
{
    for (int i = 0; i < e->count; i++)
        if (e->nodes[i].kind == NODE_CELL && e->nodes[i].from == from)
            return &e->nodes[i];
    return NULL;
}

char *expression_numeric(const struct expression *e, cell_lookup *lookup, void *context,
                         const struct number_style *style, char *out, size_t size)
{
    struct writer w = {out, size, 0};
    size_t at = 0, length = strlen(e->text);
    out[0] = 0;
    while (at < length) {
        const struct node *n = node_from(e, at);
        if (n) {
            char number[64] = "?";
            double value = 0;
            if (lookup(context, n->cell, &value, NULL))
                number_format(value, style, number, sizeof number);
            bool wrap = w.at > 0 && value < 0;
            put(&w, wrap ? "(" : "");
            put(&w, number);
            put(&w, wrap ? ")" : "");
            at = n->to;
        } else {
            char one[2] = {e->text[at++], 0};
            put(&w, one[0] == '*' ? "·" : one[0] == '-' ? "\u2212" : one);
        }
    }
    return out;
}

bool expression_read_answer(const char *typed, double *value)
{
    char plain[256];
    if (!typed_plain(typed, plain, sizeof plain))
        return false;
    struct text t = text_trim(text_of(plain));
    struct arena arena;
    arena_init(&arena);
    struct expression *e = expression_parse(&arena, t, NULL, 0, NULL);
    bool ok = e != NULL;
    for (int i = 0; ok && i < e->count; i++)
        ok = e->nodes[i].kind != NODE_CELL && e->nodes[i].kind != NODE_VECTOR;
    ok = ok && expression_value(e, NULL, NULL, value, NULL) && isfinite(*value);
    arena_deinit(&arena);
    return ok;
}
