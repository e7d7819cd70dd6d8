#include "support/worked.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef void run_cells(const struct buffers *b, const struct op *op, size_t begin, size_t end);
run_cells real_run_cells_f32;
run_cells real_run_cells_fma;

void worked_open(struct worked *w, const char *text, int targets)
{
    struct err err = {0};
    *w = (struct worked){.net = net_parse(text, "worked.net", &err), .targets = targets};
    ck_assert_msg(w->net != NULL, "%s\nline %d: %s", text, err.line, err.message);
}

static void end_pass(struct worked *w)
{
    trace_destroy(w->trace);
    program_destroy(w->program);
    w->trace = NULL;
    w->program = NULL;
}

void worked_close(struct worked *w)
{
    end_pass(w);
    net_destroy(w->net);
}

void worked_set(struct worked *w, const char *name, int count, const float *values)
{
    struct program *p = program_create(w->net, MODE_EVAL, w->targets);
    int t = program_find(p, name);
    ck_assert_msg(t >= 0 && p->tensors[t].is_param, "%s is no parameter", name);
    ck_assert_uint_eq(p->tensors[t].count, (size_t)count);
    memcpy(w->net->params + p->tensors[t].offset, values, (size_t)count * sizeof *values);
    program_destroy(p);
}

void worked_run(struct worked *w, enum program_mode mode, int n, const float *x,
                const float *labels)
{
    struct err err = {0};
    int samples[16];
    ck_assert_int_le(n, 16);
    for (int s = 0; s < n; s++)
        samples[s] = s;
    end_pass(w);
    w->program = program_create(w->net, mode, w->targets);
    struct pass pass = {n, samples, x, labels, NULL, w->net->train.rate, 1.0f, 0};
    w->trace = trace_run(w->program, &pass, &err);
    ck_assert_msg(w->trace != NULL, "%s", err.message);
}

const float *worked_tensor(const struct worked *w, const char *name)
{
    int t = program_find(w->program, name);
    ck_assert_msg(t >= 0, "there is no tensor %s", name);
    return trace_tensor(w->trace, t);
}

void worked_expect(const struct worked *w, const char *name, int count, const float *expected)
{
    worked_near(w, name, 0, count, expected);
}

void worked_near(const struct worked *w, const char *name, double tolerance, int count,
                 const float *expected)
{
    const float *found = worked_tensor(w, name);
    size_t there = trace_tensor_count(w->trace, program_find(w->program, name));
    ck_assert_msg(there == (size_t)count, "%s has %zu numbers, expected %d", name, there, count);
    for (int k = 0; k < count; k++) {
        double off = fabs((double)found[k] - (double)expected[k]);
        ck_assert_msg(found[k] == expected[k] || off <= tolerance,
                      "%s, number %d is %.9g, expected %.9g", name, k, (double)found[k],
                      (double)expected[k]);
    }
}

/* All operations anew into other buffers, each in pieces, the last piece first. */
static void compare_variant(const struct trace *t, const char *variant, run_cells *run,
                            size_t piece)
{
    const struct program *p = t->program;
    struct buffers b;
    ck_assert(buffers_init(&b, p, t->n, sizeof(float), true, NULL));
    b.t = t->buffers.t;
    b.seed = t->buffers.seed;
    b.samples = t->samples;
    for (int k = 0; k < p->op_count; k++) {
        const struct op *op = &p->ops[k];
        size_t cells = program_op_cells(p, op, t->n);
        if (op->kind == OP_GIVEN)
            memcpy(b.at[op->out], trace_tensor(t, op->out), cells * sizeof(float));
        for (size_t left = (cells + piece - 1) / piece; left-- > 0;)
            run(&b, op, left * piece, (left + 1) * piece < cells ? (left + 1) * piece : cells);
    }
    for (int k = 0; k < p->tensor_count; k++)
        ck_assert_msg(
            memcmp(b.at[k], trace_tensor(t, k), trace_tensor_count(t, k) * sizeof(float)) == 0,
            "%s, pieces of %zu: %s has other bits", variant, piece, p->tensors[k].name);
    buffers_deinit(&b);
}

void worked_same_bits(const struct trace *t)
{
    static const size_t pieces[] = {1, 7, 300};
    for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
        compare_variant(t, "base", real_run_cells_f32, pieces[k]);
#ifdef __x86_64__
        if (__builtin_cpu_supports("fma") && __builtin_cpu_supports("avx2"))
            compare_variant(t, "fma", real_run_cells_fma, pieces[k]);
#endif
    }
}
