/* The kernels of one variant, as their files declare them to its table. */
#ifndef GLASSNET_SRC_NN_LANE_VARIANT_H
#define GLASSNET_SRC_NN_LANE_VARIANT_H

#include "nn/lane.h"
#include "nn/simd.h"

void LANE_NAME(lane_dense)(float *z, const float *x, const float *W, const float *b, int n_in,
                           int lanes, bool relu, int o0, int o1);
void LANE_NAME(lane_dense_dx)(float *dx, const float *dz, const float *W, const float *a, int n_in,
                              int n_out, int lanes, bool add, int i0, int i1);
void LANE_NAME(lane_dense_dw)(float *dW, const float *dz, const float *x, int n, int n_in,
                              int n_out, int o0, int o1, const struct lane_descent *d);
void LANE_NAME(lane_conv)(float *z, const float *x, const float *W, const float *b,
                          const struct lane_conv *d, int lanes, bool relu, int p0, int p1);
void LANE_NAME(lane_conv_dx)(float *dx, const float *dz, const float *W, const float *a,
                             const struct lane_conv *d, int lanes, bool add, int p0, int p1);
void LANE_NAME(lane_conv_dw)(float *dWt, const float *dz, const float *x, const struct lane_conv *d,
                             int kp, int kernels, int m0, int m1);
void LANE_NAME(lane_patch_dw)(float *dW, float *db, bool on, const float *dz, const float *x, int n,
                              const struct lane_conv *d, int k0, int k1, enum lane_half half);
void LANE_NAME(lane_maxpool)(float *out, const float *x, const struct lane_conv *d, int lanes,
                             int p0, int p1);
void LANE_NAME(lane_maxpool_dx)(float *dx, const float *dout, const float *x,
                                const struct lane_conv *d, int lanes, bool relu, int p0, int p1);
void LANE_NAME(lane_to_lanes)(float *lane, const float *row, int n, int features, int lanes, int f0,
                              int f1);
void LANE_NAME(lane_to_rows)(float *row, const float *lane, int n, int stride, int lanes, bool past,
                             int f0, int f1);
void LANE_NAME(lane_bias)(float *out, const float *from, size_t rows, size_t stride, size_t count,
                          bool on);
void LANE_NAME(lane_small_dw)(float *dW, float *db, const float *dz, const float *x, int n,
                              int n_in, int n_out, int lanes);
void LANE_NAME(lane_loss)(const struct lane_loss *loss);
float LANE_NAME(lane_mean)(const float *each, int n);
void LANE_NAME(lane_map)(float *y, const float *x, enum fn fn, size_t count);
void LANE_NAME(lane_slope)(float *dz, const float *da, const float *a, enum activation act,
                           size_t count);
void LANE_NAME(lane_update)(float *w, float *m, const float *g, float mu, float rate, size_t count);

void LANE_NAME(lane_conv_rows)(float *z, const float *x, const float *W, const float *b,
                               const struct lane_conv *d, int kp, int p0, int p1);
void LANE_NAME(lane_dense_rows)(float *z, const float *x, const float *W, const float *b, int n_in,
                                int n_out, int kp, int o0, int o1);
/* lane_peak.c: operations done; sink holds VW floats. */
double LANE_NAME(lane_peak)(long rounds, float *sink);

#endif
