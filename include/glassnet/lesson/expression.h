/* Expressions over cells, and conditions: what lessons compute, compare and wait for.
 *
 * An expression has numbers (decimal point), cells by name (docs/cli.md: `out.z[0]`,
 * `d:out.W[0,1]`, `new:conv1.b[0]`, `out[3]@1`), + - * / and ( ), and the functions max, min,
 * abs, exp, log, sigmoid, tanh, relu, argmax. The signs − × · ÷ mean the same as - * * /.
 * max, min and argmax take several arguments, or the name of one vector without its index:
 * argmax(out). Conditions may also ask for loss(train), loss(test), accuracy(train) and
 * accuracy(test), measured over the whole set at the end of the last epoch trained. */
#ifndef GLASSNET_LESSON_EXPRESSION_H
#define GLASSNET_LESSON_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "glassnet/base/err.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"

/* Gives the value of a cell by name (or of "accuracy(test)" and its kin); false with one sentence
 * when there is no such cell. */
typedef bool cell_lookup(void *context, const char *cell, double *value, struct err *err);

struct expression; /* owned by the arena it was parsed into */

/* Reads the whole of t. NULL with one sentence that names the column in t (from 1); err's file and
 * line are set to those given. */
struct expression *expression_parse(struct arena *arena, struct text t, const char *file, int line,
                                    struct err *err);

/* Works it out. A value may be NaN or infinite; false only when a cell is not there. */
bool expression_value(const struct expression *e, cell_lookup *lookup, void *context, double *value,
                      struct err *err);

/* As it was written, blanks at the ends taken off. */
const char *expression_text(const struct expression *e);

/* The expression with every cell replaced by its value: "2·0.5 + 1·0.25 − 0.3". Returns out. */
char *expression_numeric(const struct expression *e, cell_lookup *lookup, void *context,
                         const struct number_style *style, char *out, size_t size);

/* The cell's name when the expression is one cell and nothing else, else NULL. */
const char *expression_cell(const struct expression *e);

/* The cell of a distance, abs(CELL - NUMBER), abs(CELL + NUMBER) or abs(CELL), and the number it
 * is measured from; NULL when the expression is none. */
const char *expression_distance(const struct expression *e, double *from);

/* The cells in it: how many, and the name of one; vectors by their name without index. */
int expression_cell_count(const struct expression *e);
const char *expression_cell_at(const struct expression *e, int i);

/* A number as a learner types it: decimal point or comma, a fraction (1/3), − or -, a sum or
 * product of such (2*0.5+0,25; 2(1-3); 5x4), functions of one number (-ln(0.5)), blanks anywhere,
 * no cells. False when it is none. */
bool expression_read_answer(const char *typed, double *value);

enum condition_kind {
    CONDITION_COMPARE, /* two expressions */
    CONDITION_SELECT,  /* the learner selected a cell */
    CONDITION_STEP,    /* stepped `count` times or more */
    CONDITION_PHASE,   /* the cursor is in a phase */
    CONDITION_EDIT     /* changed a cell */
};

struct condition {
    enum condition_kind kind;
    const char *text;                      /* as written */
    const char *cell;                      /* select, edit */
    const char *other;                     /* select CELL or CELL: the second, or NULL */
    const char *phase;                     /* "forward", "loss", "backward", "update" */
    int count;                             /* step: 1 unless written */
    const struct expression *left, *right; /* compare */
    const char *sign;                      /* "<", "<=", ">", ">=", "=", "!=" */
};

/* Reads `select CELL [or CELL]`, `step [N]`, `phase NAME`, `edit CELL` or EXPRESSION SIGN
 * EXPRESSION. */
bool condition_parse(struct arena *arena, struct text t, const char *file, int line,
                     struct condition *out, struct err *err);

/* Holds a comparison? (kind CONDITION_COMPARE only.) Equality means within 1e-6 of the larger. */
bool condition_holds(const struct condition *c, cell_lookup *lookup, void *context, bool *holds,
                     struct err *err);

#endif
