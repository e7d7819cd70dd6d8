/* The fast kernels, a table a variant.
 *
 * Two layouts. *Lanes*: [features][lanes], lanes samples side by side, so that a vector register
 * holds one number of several samples and no sum is ever split; a batch is one or more such
 * blocks. *Rows*: [samples][features], as everywhere else; the sums over samples (weight
 * gradients) read it, with vectors across weights. Every kernel computes whole sums in the order
 * of docs/architecture.md, so all variants give the plain engine's bits. */
#ifndef GLASSNET_SRC_NN_LANE_H
#define GLASSNET_SRC_NN_LANE_H

#include <stdbool.h>
#include <stddef.h>

#include "glassnet/nn/program.h"

/* A convolution's or pool's sizes: x [H][W][C], z [P][Q][K], kernels [K][U][V][C]. */
struct lane_conv {
    int H, W, C, P, Q, K, U, V, stride, stride_w, top, left;
    bool padded; /* some window reaches over the edge */
};

/* Softmax with cross-entropy, or squared error, from the outputs of one block to what is passed
 * back, all the program's operations between the two in one go. */
struct lane_loss {
    bool cross_entropy; /* z is before the softmax; else the outputs of squared error */
    const float *z;     /* [k][lanes] */
    float *dz;          /* [k][lanes] d:z, or d:output of squared error */
    float *out;         /* rows [n][k]: probabilities; NULL for squared error */
    float *each;        /* [n] */
    const float *label; /* [n] classes, or [n][targets] */
    int targets;
    int k, n, lanes;
    float d_each; /* 1 / n of the whole batch */
};

/* What follows a weight gradient at once where nothing else wants it: m' = mu m + g where there is
 * a moment, w' = w - rate m' (or g). */
struct lane_descent {
    float *w, *m; /* as the gradient lies; m NULL: plain sgd */
    float mu, rate;
    bool down; /* from the last output to the first: what the processor fetches ahead on its own is
                * then not what the next thread is writing (docs/speed.md) */
};

/* Weights of a kernel: all, those of its first vector, those after it. */
enum lane_half { LANE_BOTH, LANE_FIRST, LANE_REST };

struct lane_kernels {
    const char *name;
    int width; /* floats in a vector */
    /* z[o][l] = b[o] + Σi W[o][i] x[i][l], outputs [o0, o1); lanes one or two vectors wide. With
     * relu, what is stored is relu(z). */
    void (*dense)(float *z, const float *x, const float *W, const float *b, int n_in, int lanes,
                  bool relu, int o0, int o1);
    /* dx[i][l] (+)= Σo dz[o][l] W[o][i], inputs [i0, i1). With a, what is stored is dx times the
     * slope of the relu that gave a. */
    void (*dense_dx)(float *dx, const float *dz, const float *W, const float *a, int n_in,
                     int n_out, int lanes, bool add, int i0, int i1);
    /* dW[o][i] = Σs dz[s][o] x[s][i], rows layout, outputs [o0, o1). With d, the weights descend
     * and the gradient is not stored. */
    void (*dense_dw)(float *dW, const float *dz, const float *x, int n, int n_in, int n_out, int o0,
                     int o1, const struct lane_descent *d);
    /* One block of lanes, output places [p0, p1) of P · Q, all kernels. */
    void (*conv)(float *z, const float *x, const float *W, const float *b,
                 const struct lane_conv *d, int lanes, bool relu, int p0, int p1);
    /* One block of lanes, input places [p0, p1) of H · W, all channels. */
    void (*conv_dx)(float *dx, const float *dz, const float *W, const float *a,
                    const struct lane_conv *d, int lanes, bool add, int p0, int p1);
    /* Rows layout: goes on with the sums in dWt [U·V·C][kp] by one sample's x and dz
     * [P·Q][kp], weights [m0, m1) of `kernels` kernels; kp and kernels are multiples of width. */
    void (*conv_dw)(float *dWt, const float *dz, const float *x, const struct lane_conv *d, int kp,
                    int kernels, int m0, int m1);
    /* Rows layout: dW [K][U·V·C] and db [K] of n samples, kernels [k0, k1), for kernels that fit
     * (lane_is_patch), all of their weights or a part; the bias (unless db is NULL) is
     * with LANE_REST. `on`: goes on
     * with the sums that are there. NULL where a variant has none. */
    void (*patch_dw)(float *dW, float *db, bool on, const float *dz, const float *x, int n,
                     const struct lane_conv *d, int k0, int k1, enum lane_half half);
    /* One block of lanes, output rows [p0, p1); windows do not overlap or reach over the edge. */
    void (*maxpool)(float *out, const float *x, const struct lane_conv *d, int lanes, int p0,
                    int p1);
    void (*maxpool_dx)(float *dx, const float *dout, const float *x, const struct lane_conv *d,
                       int lanes, bool relu, int p0, int p1);
    /* rows [n][features] to lanes [features][lanes] (the lanes past n become 0), and back to
     * rows of `stride` floats, features [f0, f1); `past`: past the caches where that can be, for
     * rows that another core reads next and has read before (docs/speed.md). */
    void (*to_lanes)(float *lane, const float *row, int n, int features, int lanes, int f0, int f1);
    void (*to_rows)(float *row, const float *lane, int n, int stride, int lanes, bool past, int f0,
                    int f1);
    /* out[k] = Σr from[r][k], k < count; `on`: goes on with the sums in out. */
    void (*bias)(float *out, const float *from, size_t rows, size_t stride, size_t count, bool on);
    /* dW and db of a small dense layer straight from one block of lanes. */
    void (*small_dw)(float *dW, float *db, const float *dz, const float *x, int n, int n_in,
                     int n_out, int lanes);
    /* The loss and its way back to dz, for one block of lanes (struct lane_loss). */
    void (*loss)(const struct lane_loss *loss);
    /* Σn each[n] / n, in order. */
    float (*mean)(const float *each, int n);
    /* Rows of one sample, weights packed [inputs of one output][kp]: output rows [p0, p1), and
     * outputs [o0, o1), multiples of the width. */
    void (*conv_rows)(float *z, const float *x, const float *W, const float *b,
                      const struct lane_conv *d, int kp, int p0, int p1);
    void (*dense_rows)(float *z, const float *x, const float *W, const float *b, int n_in,
                       int n_out, int kp, int o0, int o1);
    /* y = fn(x); and dz = da · slope, the slope by the activation's own formula from a or z. */
    void (*map)(float *y, const float *x, enum fn fn, size_t count);
    void (*slope)(float *dz, const float *da, const float *a, enum activation act, size_t count);
    /* w' = w - rate m', with m' = mu m + g where there is a moment (m NULL: plain sgd). */
    void (*update)(float *w, float *m, const float *g, float mu, float rate, size_t count);
    /* Multiply-adds on registers alone, and how many operations that was (glassnet/nn/peak.h). */
    double (*peak)(long rounds, float *sink);
};

/* 5 x 5 on one channel, 3 x 3 on three: more places than one vector holds, at most two. */
static inline bool lane_is_patch(const struct lane_conv *d)
{
    int run = d->V * d->C;
    return !d->padded && ((d->U == 5 && run == 5) || (d->U == 3 && run == 9));
}

/* The widest variant this processor can run; by name for tests ("base", "avx2", "avx512"), NULL
 * when it is unknown or cannot run here. */
const struct lane_kernels *lane_best(void);
const struct lane_kernels *lane_find(const char *name);

extern const struct lane_kernels lane_kernels_base, lane_kernels_avx2, lane_kernels_avx512;

#endif
