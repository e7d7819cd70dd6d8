/* The parsed form of an expression: nodes in the order a stack machine runs them. */
#ifndef LESSON_EXPRESSION_PARSE_H
#define LESSON_EXPRESSION_PARSE_H

#include "glassnet/lesson/expression.h"

#define EXPRESSION_MOST 256 /* nodes of one expression */

enum node_kind {
    NODE_NUMBER,
    NODE_CELL,
    NODE_VECTOR, /* a function over a whole vector, named without index */
    NODE_NEGATE,
    NODE_ADD,
    NODE_SUBTRACT,
    NODE_MULTIPLY,
    NODE_DIVIDE,
    NODE_CALL
};

enum function {
    FUNCTION_MAX,
    FUNCTION_MIN,
    FUNCTION_ABS,
    FUNCTION_EXP,
    FUNCTION_LOG,
    FUNCTION_SIGMOID,
    FUNCTION_TANH,
    FUNCTION_RELU,
    FUNCTION_ARGMAX
};

struct function_entry {
    const char *name;
    enum function function;
    bool many; /* takes several arguments, or one vector */
};

const struct function_entry *function_find(struct text name); /* or NULL */

struct node {
    enum node_kind kind;
    double number;
    const char *cell;
    size_t from, to; /* of a cell: its bytes in the text as written */
    enum function function;
    int arguments;
};

struct expression {
    const char *text;
    int count;
    struct node *nodes;
};

#endif
