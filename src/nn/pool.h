/* A pooling window cut to the picture: which places count. Shared by the kernels and the
 * formulas, so that both mean the same winners. */
#ifndef GLASSNET_SRC_NN_POOL_H
#define GLASSNET_SRC_NN_POOL_H

#include "glassnet/nn/net.h"

struct window {
    int y0, y1, x0, x1; /* half-open, inside the picture */
};

/* The places that output (p, q) of a pooling layer looks at. */
static inline struct window pool_window(const struct layer *l, int p, int q)
{
    struct window w = {p * l->stride - l->pad_top, 0, q * l->stride_w - l->pad_left, 0};
    w.y1 = w.y0 + l->kernel_h;
    w.x1 = w.x0 + l->kernel_w;
    w.y0 = w.y0 < 0 ? 0 : w.y0;
    w.x0 = w.x0 < 0 ? 0 : w.x0;
    w.y1 = w.y1 > l->in.dim[0] ? l->in.dim[0] : w.y1;
    w.x1 = w.x1 > l->in.dim[1] ? l->in.dim[1] : w.x1;
    return w;
}

/* The outputs along one axis whose windows hold place y: [first, last]. */
static inline void pool_range(int y, int pad, int size, int stride, int outputs, int *first,
                              int *last)
{
    int low = y + pad - size + 1;
    *first = low <= 0 ? 0 : (low + stride - 1) / stride;
    *last = (y + pad) / stride;
    if (*last >= outputs)
        *last = outputs - 1;
}

#endif
