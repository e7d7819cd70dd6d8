/* Hands an operation to its kernel. */
#include "glassnet/base/rng.h"
#include "nn/real.h"

/* 0 with probability rate, else 1 / (1 - rate): inverted dropout (Srivastava et al. 2014). The
 * draw depends on the sample's number in its set, not on its place in the batch. */
static void draw_mask(const struct buffers *b, const struct op *op, size_t begin, size_t end)
{
    const struct net *net = b->program->net;
    float rate = net_dropout_rate(net, &net->layers[op->layer]);
    size_t count = b->program->tensors[op->out].count;
    real *out = b->at[op->out];
    real kept = (real)1 / ((real)1 - (real)rate);
    for (size_t i = begin; i < end; i++) {
        size_t s = i / count;
        uint64_t sample = b->samples ? (uint64_t)b->samples[s] : (uint64_t)s;
        float draw = rng_hash_unit(b->seed, (uint64_t)b->t, (uint64_t)op->layer, sample, i % count);
        out[i] = draw < rate ? 0 : kept;
    }
}

/* The label as numbers to reach (docs/network-format.md). */
static void fill_target(const struct buffers *b, const struct op *op, size_t begin, size_t end)
{
    const struct program *p = b->program;
    size_t k = p->tensors[op->out].count;
    const real *label = b->at[p->label];
    real *out = b->at[op->out];
    real off = p->net->loss == LOSS_HINGE ? -1 : 0;
    for (size_t i = begin; i < end; i++) {
        if (p->targets)
            out[i] = label[i];
        else if (k == 1)
            out[i] = label[i] > 0 ? 1 : off;
        else
            out[i] = (size_t)label[i / k] == i % k ? 1 : off;
    }
}

void REAL_NAME(real_run_cells)(const struct buffers *b, const struct op *op, size_t begin,
                               size_t end)
{
    switch (op->kind) {
    case OP_GIVEN:
    case OP_KINDS:
        break;
    case OP_MASK:
        draw_mask(b, op, begin, end);
        break;
    case OP_TARGET:
        fill_target(b, op, begin, end);
        break;
    case OP_ELEMENT:
        REAL_NAME(real_terms)(b, op, begin, end);
        break;
    case OP_REDUCE:
        REAL_NAME(real_reduce)(b, op, begin, end);
        break;
    case OP_DENSE:
    case OP_DENSE_DX:
    case OP_DENSE_DW:
        REAL_NAME(real_dense)(b, op, begin, end);
        break;
    case OP_CONV:
    case OP_CONV_DX:
    case OP_CONV_DW:
        REAL_NAME(real_conv)(b, op, begin, end);
        break;
    case OP_MAXPOOL:
    case OP_MAXPOOL_DX:
    case OP_AVGPOOL:
    case OP_AVGPOOL_DX:
    case OP_CONCAT:
    case OP_CONCAT_DX:
        REAL_NAME(real_pool)(b, op, begin, end);
        break;
    }
}
