/* What the builders of a program's phases share: adding tensors and operations. */
#ifndef GLASSNET_SRC_NN_PROGRAM_BUILD_H
#define GLASSNET_SRC_NN_PROGRAM_BUILD_H

#include "glassnet/nn/program.h"

struct builder {
    struct program *p;
    const struct net *net;
    int tensor_capacity;
    int op_capacity;
    enum phase phase; /* of what is added now */
    int layer;
    int *readers; /* [layers] how many layers read each layer's output */
    bool guided;  /* relus pass back only what is above 0 */
};

/* Adds a tensor named prefix + base; layer and phase are the builder's. Returns its place. */
int build_tensor(struct builder *b, enum role role, const char *base, const struct shape *shape,
                 bool batched);

/* The same with the base put together: "conv1" and "z" give "conv1.z". */
int build_inner(struct builder *b, const char *layer, const char *part, const struct shape *shape,
                bool batched);

/* A tensor for the same cells as `of` in another role. */
int build_twin(struct builder *b, int of, enum role role);

/* Adds an operation that fills `out`; returned for setting more of it (until the next is added). */
struct op *build_op(struct builder *b, enum op_kind kind, int out);

/* OP_ELEMENT and OP_REDUCE with their terms. */
struct op *build_element(struct builder *b, int out, enum fn fn, int count,
                         const struct term *terms);
struct op *build_reduce(struct builder *b, int out, enum group group, int domain, int count,
                        const struct term *terms);

/* Factors. */
struct factor at(int tensor, enum reach reach);
struct factor same(int tensor);
struct factor number(double value);
struct factor named(double value, const char *symbol);
struct factor inverse(double value, double scale, const char *symbol); /* value / (n scale) */

/* The decimal number that a float32 setting was written as: 0.999 is stored as 0.99900001, which
 * is near enough by itself, but 1 - 0.999 is not then. */
double as_written(float setting);

/* Terms of one, two and three factors. */
struct term one(struct factor a);
struct term two(struct factor a, struct factor b);
struct term three(struct factor a, struct factor b, struct factor c);

#define TERMS(...)                                                                                 \
    (int)(sizeof((struct term[]){__VA_ARGS__}) / sizeof(struct term)), (struct term[])             \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

void build_forward(struct builder *b); /* program_forward.c */
void build_loss(struct builder *b);    /* program_loss.c */
void build_loss_gradient(struct builder *b);
void build_backward(struct builder *b); /* program_backward.c */
void build_gradient(struct builder *b, const struct gradient_wish *wish);
void build_update(struct builder *b); /* program_update.c */

#endif
