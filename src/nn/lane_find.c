#include <string.h>

#include "glassnet/nn/trainer.h"
#include "nn/lane.h"

static bool can_run(const struct lane_kernels *k)
{
#ifdef __x86_64__
    if (strcmp(k->name, "avx512") == 0)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("fma");
    if (strcmp(k->name, "avx2") == 0)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
    return strcmp(k->name, "base") == 0;
}

static const struct lane_kernels *const variants[] = {
#ifdef __x86_64__
    &lane_kernels_avx512, &lane_kernels_avx2,
#endif
    &lane_kernels_base};

#define VARIANTS (int)(sizeof variants / sizeof *variants)

const struct lane_kernels *lane_best(void)
{
    for (int k = 0; k < VARIANTS; k++)
        if (can_run(variants[k]))
            return variants[k];
    return &lane_kernels_base;
}

const struct lane_kernels *lane_find(const char *name)
{
    for (int k = 0; k < VARIANTS; k++)
        if (strcmp(variants[k]->name, name) == 0 && can_run(variants[k]))
            return variants[k];
    return NULL;
}

const char *const *engine_variants(void)
{
#ifdef __x86_64__
    static const char *const all[] = {"base", "avx2", "avx512", NULL};
    static const char *const two[] = {"base", "avx2", NULL};
    if (can_run(&lane_kernels_avx512))
        return all;
    if (can_run(&lane_kernels_avx2))
        return two;
#endif
    static const char *const one[] = {"base", NULL};
    return one;
}
