/* The program: a network as a flat list of tensors and of operations on them, pure data.
 *
 * One program serves everything: the plain engine runs it in float32 (training, traces) and in
 * double (gradient check), the formulas of `step` are read off it, and the stepping order
 * follows it. Every operation fills one tensor. Most are said in two general forms, so that an
 * operation *is* its formula:
 *
 *   OP_ELEMENT  out[i] = fn(terms at i)             activations, losses, updates, ...
 *   OP_REDUCE   out[j] = fn over a group of terms   means, sums over samples, softmax' sum, ...
 *
 * A term is a product of up to three factors, each a constant or a tensor read at a place that
 * follows from i (enum reach). The rest (dense, convolution, pooling, ...) have kernels of
 * their own. Rounding is that of docs/architecture.md: a sum starts at 0 (or goes on from what
 * is there: op.add), a term of one factor is added, of two joined by fmaf(first, second, sum),
 * of three multiplied from the left down to two and then joined. */
#ifndef GLASSNET_NN_PROGRAM_H
#define GLASSNET_NN_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "glassnet/base/mem.h"
#include "glassnet/nn/net.h"

enum phase { PHASE_FORWARD, PHASE_LOSS, PHASE_BACKWARD, PHASE_UPDATE, PHASES };

/* What of a cell is meant; the prefix of its name (docs/cli.md). */
enum role {
    ROLE_VALUE, /* "" */
    ROLE_GRAD,  /* "d:" derivative of the loss */
    ROLE_RAW,   /* "raw:" gradient with penalties, before clipping */
    ROLE_USED,  /* "g:" the gradient the optimiser uses */
    ROLE_M,     /* "m:" moments before the step */
    ROLE_V,
    ROLE_U,
    ROLE_NEW_M, /* "new:m:" moments after it */
    ROLE_NEW_V,
    ROLE_NEW_U,
    ROLE_MHAT, /* "mhat:" "vhat:" adam's corrected moments */
    ROLE_VHAT,
    ROLE_ROOT,   /* "root:" a square root of a moment */
    ROLE_FLOOR,  /* "floor:" it, kept from 0 by epsilon */
    ROLE_UFLOOR, /* "ufloor:" "uroot:" "ratio:" adadelta's inner steps */
    ROLE_UROOT,
    ROLE_RATIO,
    ROLE_DELTA, /* "delta:" the step before it is scaled by the rate */
    ROLE_NEW,   /* "new:" after the step */
    ROLES
};

const char *role_prefix(enum role role);

enum op_kind {
    OP_GIVEN,  /* input, label, parameters, rate: filled from outside */
    OP_MASK,   /* dropout's mask, drawn from seed, step, layer, sample and index */
    OP_TARGET, /* the label as numbers to reach: one-hot, 0/1, -1/1, or the targets */
    OP_ELEMENT,
    OP_REDUCE,
    OP_DENSE,    /* in: x W b */
    OP_DENSE_DX, /* in: dz W */
    OP_DENSE_DW, /* in: dz x */
    OP_CONV,
    OP_CONV_DX,
    OP_CONV_DW,
    OP_MAXPOOL,    /* in: x */
    OP_MAXPOOL_DX, /* in: dout x */
    OP_AVGPOOL,
    OP_AVGPOOL_DX, /* in: dout */
    OP_CONCAT,     /* in: the parts, in order */
    OP_CONCAT_DX,  /* in: dout; at: first channel of this part */
    OP_KINDS
};

enum fn {
    FN_SUM,
    FN_COPY,
    FN_PRODUCT,
    FN_QUOTIENT,
    FN_MAX,
    FN_MIN,
    FN_SQRT,
    FN_EXP,
    FN_LOG,
    FN_NEG,
    FN_SIGMOID,
    FN_TANH,
    FN_RELU,
    FN_LEAKY_RELU,
    FN_ELU,
    FN_SOFTPLUS,
    FN_STEP,
    FNS
};

const char *fn_name(enum fn fn); /* the op of `explain --json` */

/* Where a factor reads its tensor for element i of the tensor that the operation runs over.
 * C is the length of that tensor's last axis, s the sample of i. */
enum reach {
    REACH_SAME,           /* at i */
    REACH_CHANNEL,        /* at i mod C: one number a channel, shared by the batch */
    REACH_ROW,            /* at i / C: the last axis reduced away */
    REACH_SAMPLE,         /* at s: one number a sample */
    REACH_SAMPLE_CHANNEL, /* at s, i mod C */
    REACH_SCALAR,         /* the one number there is */
    REACH_LABEL,          /* at s, label of s: the true class' place */
    REACH_SIGN            /* sign of the number at i, a constant in the formula */
};

enum constant {
    CONST_VALUE,   /* value */
    CONST_INVERSE, /* value / (n · scale), n the samples of the batch */
    CONST_ADAM1,   /* 1 - beta1^t, t the optimiser's step, from 1 */
    CONST_ADAM2,   /* 1 - beta2^t */
    CONST_T        /* t - 1, the steps done before this one */
};

struct factor {
    int tensor; /* -1: a constant */
    enum reach reach;
    enum constant constant;
    double value;
    double scale;
    const char *symbol; /* how a constant is written in symbols: "1/n", "μ"; NULL: its number */
};

#define TERM_MAX_FACTORS 3
struct term {
    int count;
    struct factor factor[TERM_MAX_FACTORS];
};

/* Over which elements of the domain tensor OP_REDUCE runs, for one element of its result. */
enum group {
    GROUP_LAST,  /* the last axis:  out[r] over c of [r][c] */
    GROUP_LEAD,  /* all but the last, and the samples: out[c] over r of [r][c] */
    GROUP_SPACE, /* all but the last, within a sample: out[s][c] over r of [s][r][c] */
    GROUP_ALL,   /* a whole sample: out[s] over k of [s][k] */
    GROUP_BATCH, /* samples: out over s of [s] */
    GROUP_ROWS   /* a parameter's rows: out[o] over k of [o][k] */
};

struct op {
    enum op_kind kind;
    enum phase phase;
    int layer; /* it belongs to; -1 for loss, rate, clipping */
    int out;   /* tensor */
    int in[3]; /* kernels' inputs */
    int in_count;
    enum fn fn; /* OP_ELEMENT, OP_REDUCE */
    enum group group;
    int domain; /* OP_REDUCE: the tensor whose elements are run over */
    int term_count;
    const struct term *terms;
    int at;           /* OP_CONCAT_DX */
    const int *parts; /* OP_CONCAT: the tensors joined */
    int part_count;
    bool add;        /* goes on with the sum an earlier operation began in out */
    bool shown_only; /* nothing later reads it: traces have it, training leaves it out */
};

struct tensor {
    const char *name; /* with prefix: "d:conv1.W" */
    const char *base; /* without: "conv1.W" */
    enum role role;
    int layer;          /* -1 for label, rate, loss, ... */
    struct shape shape; /* of one sample, or of the whole where not batched */
    size_t count;       /* shape_count(&shape) */
    bool batched;       /* one for each sample */
    bool is_param;      /* value of a parameter (trained or running) */
    size_t offset;      /* params: first number in net->params and in moments */
    enum phase phase;   /* in which it is computed */
    int first_op;       /* operations that write it; the same for most */
    int last_op;
    int grad, used, m, v, u, next; /* tensors of the same cells in other roles, or -1 */
    bool shown_only;
};

enum program_mode { MODE_TRAIN, MODE_EVAL };

struct program {
    struct arena arena;
    const struct net *net; /* must outlive the program */
    enum program_mode mode;
    int targets; /* numbers a label has: 0 when it is a class */
    bool has_loss;
    int tensor_count;
    struct tensor *tensors;
    int op_count;
    struct op *ops;
    int input, label, loss, loss_each, target; /* tensors; -1 where there is none */
    int rate;                                  /* of this step */
    int rate_start;    /* what it is worked out from: the set rate (rate itself when nothing */
    int rate_schedule; /* changes it) and the schedule's factor (-1 without one) */
    int seed;          /* of a gradient program: filled from outside, where it begins; else -1 */
    int gradcam_weights, gradcam; /* of a gradient program with Grad-CAM; else -1 */
    int *layer_out;               /* [layers] the tensor of each layer's output */
    int *layer_z; /* [layers] before the activation; its own z, or the layer it reads */
};

/* Builds the program of net for a mode; targets is how many numbers a label has, 0 when it is a
 * class. A network without a loss gets the forward phase alone.
 * MODE_EVAL has running statistics, no dropout, and no backward or update phase. Never NULL:
 * net has been checked by net_parse. The caller destroys it before net. */
struct program *program_create(const struct net *net, enum program_mode mode, int targets);

/* What the gradient of some numbers of a layer is wanted for. */
struct gradient_wish {
    int layer;   /* above 0: whose numbers the gradient begins at, */
    bool before; /* those before its activation (layer_z) instead of its output */
    bool guided; /* relus pass back only what is above 0 (guided backpropagation, Springenberg et
                    al. 2015, section 3.4), not the gradient itself */
    int gradcam; /* a layer of maps that it goes through, for Grad-CAM; -1: none */
};

/* The program of a gradient that does not begin at the loss: in evaluation mode forward, then from
 * tensor `seed`, which holds the weight of each number in what is derived, back to the input. The
 * derivatives of parameters are left out where buffers_init is not told to show all.
 * Grad-CAM (Selvaraju et al. 2017, equations 1 and 2): gradcam_weights[k] is the mean of the
 * gradient over map k, gradcam[y,x] = relu of the maps' sum with these weights; both are -1 when
 * the layer has no maps or the gradient does not go through it.
 * Never NULL; destroyed before net. */
struct program *program_create_gradient(const struct net *net, const struct gradient_wish *wish);
void program_destroy(struct program *p);

/* The tensor of that full name ("d:conv1.W"), or -1. */
int program_find(const struct program *p, const char *name);

/* The tensor of the same cells in another role, or -1: program_in_role(p, W, ROLE_GRAD). */
int program_in_role(const struct program *p, int tensor, enum role role);

/* Cells that op fills for a batch of n samples. */
size_t program_op_cells(const struct program *p, const struct op *op, int n);

/* A constant factor's number, t the optimiser's step from 1. Rounded once to float by callers. */
double factor_constant(const struct factor *f, const struct net *net, int n, int64_t t);

#endif
