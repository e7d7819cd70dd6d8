#include "glassnet/nn/engine.h"

#include <math.h>
#include <stdlib.h>

#include "glassnet/base/mem.h"

void real_run_cells_f32(const struct buffers *b, const struct op *op, size_t begin, size_t end);
void real_run_cells_fma(const struct buffers *b, const struct op *op, size_t begin, size_t end);
void real_run_cells_f64(const struct buffers *b, const struct op *op, size_t begin, size_t end);
float real_fn_f32(enum fn fn, float x);

bool buffers_init(struct buffers *b, const struct program *p, int n, size_t real, bool shown,
                  struct err *err)
{
    size_t total = 0;
    *b = (struct buffers){.program = p, .n = n, .real = real, .t = 1};
    b->at = mem_zalloc((size_t)p->tensor_count, sizeof *b->at);
    for (int t = 0; t < p->tensor_count; t++) {
        const struct tensor *tensor = &p->tensors[t];
        size_t count = tensor->batched ? tensor->count * (size_t)n : tensor->count;
        total += (count + 15) / 16 * 16 * (shown || !tensor->shown_only);
    }
    b->block = mem_try(total + 32, real);
    if (!b->block) {
        free(b->at);
        b->at = NULL;
        return err_set(err, ERR_IO, NULL, 0,
                       "a batch of %d samples needs %zu MB of memory, which is not there; "
                       "take a smaller batch",
                       n, total * real >> 20);
    }
    /* Whole cache lines: vector loads of aligned rows touch one line each. */
    size_t used = (64 - (uintptr_t)b->block % 64) % 64 / real;
    for (int t = 0; t < p->tensor_count; t++) {
        const struct tensor *tensor = &p->tensors[t];
        size_t count = tensor->batched ? tensor->count * (size_t)n : tensor->count;
        if (!shown && tensor->shown_only)
            continue;
        b->at[t] = (char *)b->block + used * real;
        used += (count + 15) / 16 * 16;
    }
    return true;
}

void buffers_deinit(struct buffers *b)
{
    free(b->block);
    free(b->at);
    *b = (struct buffers){0};
}

/* FMA instructions give the bits of the library's fmaf, several times faster. */
static inline bool has_fma(void)
{
#ifdef __x86_64__
    return __builtin_cpu_supports("fma") && __builtin_cpu_supports("avx2");
#else
    return false;
#endif
}

void engine_run_cells(const struct buffers *b, const struct op *op, size_t begin, size_t end)
{
#ifdef __x86_64__
    if (has_fma()) {
        real_run_cells_fma(b, op, begin, end);
        return;
    }
#endif
    real_run_cells_f32(b, op, begin, end);
}

void engine_run(const struct buffers *b, int first, int last)
{
    for (int i = first; i < last; i++) {
        const struct op *op = &b->program->ops[i];
        if (b->at[op->out])
            engine_run_cells(b, op, 0, program_op_cells(b->program, op, b->n));
    }
}

void engine_run_double(const struct buffers *b, int first, int last)
{
    for (int i = first; i < last; i++) {
        const struct op *op = &b->program->ops[i];
        if (b->at[op->out])
            real_run_cells_f64(b, op, 0, program_op_cells(b->program, op, b->n));
    }
}

float engine_fn(enum fn fn, float x)
{
    return real_fn_f32(fn, x);
}

float engine_mac(float z, float w, float x)
{
    return fmaf(w, x, z);
}
