/* A dense layer's three products as pictures of a matrix with vectors along its sides:
 * z = W · x + b forward, ∂L/∂W = ∂L/∂z × x (an outer product) and ∂L/∂x = Wᵀ · ∂L/∂z back. */
#ifndef VIEW_MATRIX_PRODUCT_H
#define VIEW_MATRIX_PRODUCT_H

#include "glassnet/view/view.h"

enum matrix_side { SIDE_LEFT, SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM };

struct matrix_strip {
    int tensor;
    enum matrix_side side;
    const char *name; /* short: "x", "∂L/∂z" */
    const char *sign; /* before it: "+", "="; NULL: none */
};

enum { STRIPS_MOST = 3 };

struct matrix_product {
    int matrix;       /* the tensor in the middle */
    const char *sign; /* in the corner between left and top, NULL: none */
    int count;
    struct matrix_strip strips[STRIPS_MOST];
    char equation[200]; /* "out.z = out.W · pool2 + out.b" */
    char note[120];     /* about the batch; empty: nothing to say */
};

/* The product that `tensor` is a part of; false when it is of none. */
bool matrix_product_of(const struct snapshot *s, int tensor, struct matrix_product *out);

#endif
