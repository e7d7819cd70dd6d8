#include "matrix_product.h"
#include "glassnet/base/translate.h"

#include <stdio.h>

#include "network_layout.h"

static void add_strip(struct matrix_product *m, int tensor, enum matrix_side side, const char *name,
                      const char *sign)
{
    m->strips[m->count++] = (struct matrix_strip){tensor, side, name, sign};
}

static void title(const struct snapshot *s, int tensor, char out[72])
{
    layout_tensor_title(s, tensor, out, 72);
}

static void forward(const struct snapshot *s, const struct op *op, struct matrix_product *out)
{
    char z[72], W[72], x[72], b[72];
    out->matrix = op->in[1];
    add_strip(out, op->in[0], SIDE_TOP, "x", NULL);
    add_strip(out, op->in[2], SIDE_RIGHT, "b", "+");
    add_strip(out, op->out, SIDE_RIGHT, "z", "=");
    title(s, op->out, z);
    title(s, op->in[1], W);
    title(s, op->in[0], x);
    title(s, op->in[2], b);
    snprintf(out->equation, sizeof out->equation, "%.40s = %.40s · %.40s + %.40s", z, W, x, b);
}

static void outer(const struct snapshot *s, const struct op *op, struct matrix_product *out)
{
    char dW[72], dz[72], x[72];
    int n = s->trace->n;
    out->matrix = op->out;
    out->sign = "×";
    add_strip(out, op->in[0], SIDE_LEFT, "∂L/∂z", NULL);
    add_strip(out, op->in[1], SIDE_TOP, "x", NULL);
    title(s, op->out, dW);
    title(s, op->in[0], dz);
    title(s, op->in[1], x);
    snprintf(out->equation, sizeof out->equation, "%.40s = %s%.40s × %.40s", dW, n > 1 ? "Σ " : "",
             dz, x);
    if (n > 1)
        snprintf(out->note, sizeof out->note,
                 _("summed over the batch's %d samples; at the sides: number %d"), n,
                 s->view_sample + 1);
}

static void back(const struct snapshot *s, const struct op *op, struct matrix_product *out)
{
    char dx[72], dz[72], W[72];
    out->matrix = op->in[1];
    add_strip(out, op->in[0], SIDE_LEFT, "∂L/∂z", NULL);
    add_strip(out, op->out, SIDE_BOTTOM, "∂L/∂x", "=");
    title(s, op->out, dx);
    title(s, op->in[0], dz);
    title(s, op->in[1], W);
    snprintf(out->equation, sizeof out->equation, "%.40s = %.40sᵀ · %.40s", dx, W, dz);
}

bool matrix_product_of(const struct snapshot *s, int tensor, struct matrix_product *out)
{
    const struct program *p = s->program;
    *out = (struct matrix_product){.matrix = -1};
    for (int k = 0; k < p->op_count && out->matrix < 0; k++) {
        const struct op *op = &p->ops[k];
        bool whole = p->tensors[op->out].first_op == p->tensors[op->out].last_op;
        if (op->kind == OP_DENSE &&
            (op->out == tensor || op->in[1] == tensor || op->in[2] == tensor))
            forward(s, op, out);
        else if (op->kind == OP_DENSE_DW && op->out == tensor)
            outer(s, op, out);
        else if (op->kind == OP_DENSE_DX && op->out == tensor && whole)
            back(s, op, out);
    }
    return out->matrix >= 0;
}
