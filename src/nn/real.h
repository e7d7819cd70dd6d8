/* The number type of the engine's sources, which compile three times: float32 for any processor,
 * float32 with FMA instructions (the same bits), and double for the gradient check. */
#ifndef GLASSNET_SRC_NN_REAL_H
#define GLASSNET_SRC_NN_REAL_H

#include <math.h>

#include "glassnet/nn/engine.h"
#include "nn/elementary.h"

#if defined(REAL_F64)
typedef double real;
#define REAL_NAME(name) name##_f64
#elif defined(REAL_FMA)
typedef float real;
#define REAL_NAME(name) name##_fma
#else
typedef float real;
#define REAL_NAME(name) name##_f32
#endif

#ifdef REAL_F64
static inline real mac(real z, real w, real x)
{
    return fma(w, x, z);
}
static inline real real_sqrt(real x)
{
    return sqrt(x);
}
static inline real real_exp(real x)
{
    return exp(x);
}
static inline real real_log(real x)
{
    return log(x);
}
static inline real real_tanh(real x)
{
    return tanh(x);
}
static inline real real_sigmoid(real x)
{
    real e = exp(-fabs(x));
    return (x < 0 ? e : 1) / (1 + e);
}
static inline real real_softplus(real x)
{
    return (x > 0 ? x : 0) + log1p(exp(-fabs(x)));
}
static inline real real_expm1(real x)
{
    return expm1(x);
}
#else
static inline real mac(real z, real w, real x)
{
    return fmaf(w, x, z);
}
static inline real real_sqrt(real x)
{
    return sqrtf(x);
}
static inline real real_exp(real x)
{
    return elementary_exp(x);
}
static inline real real_log(real x)
{
    return elementary_log(x);
}
static inline real real_tanh(real x)
{
    return elementary_tanh(x);
}
static inline real real_sigmoid(real x)
{
    return elementary_sigmoid(x);
}
static inline real real_softplus(real x)
{
    return elementary_softplus(x);
}
static inline real real_expm1(real x)
{
    return elementary_expm1(x);
}
#endif

/* Runs cells [begin, end) of op (real_run.c). */
void REAL_NAME(real_run_cells)(const struct buffers *b, const struct op *op, size_t begin,
                               size_t end);

/* The kernels that real_run.c hands to (real_dense.c, real_conv.c, real_pool.c, real_terms.c). */
void REAL_NAME(real_dense)(const struct buffers *b, const struct op *op, size_t begin, size_t end);
void REAL_NAME(real_conv)(const struct buffers *b, const struct op *op, size_t begin, size_t end);
void REAL_NAME(real_pool)(const struct buffers *b, const struct op *op, size_t begin, size_t end);
void REAL_NAME(real_terms)(const struct buffers *b, const struct op *op, size_t begin, size_t end);
void REAL_NAME(real_reduce)(const struct buffers *b, const struct op *op, size_t begin, size_t end);

/* A function of one argument. */
real REAL_NAME(real_fn)(enum fn fn, real x);

#endif
