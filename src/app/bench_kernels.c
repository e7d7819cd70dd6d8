/* bench --kernels: how near each kernel comes to what the registers allow. */
#include <stdlib.h>
#include <string.h>

#include "app/bench.h"
#include "glassnet/base/mem.h"
#include "glassnet/nn/peak.h"

enum { MOST_KERNELS = 64 }; /* of one workload and number of threads */

static const char *const part_words[] = {
    [KERNEL_FORWARD] = "forward",
    [KERNEL_TO_DATA] = "to-data",
    [KERNEL_TO_WEIGHTS] = "to-weights",
};

/* One turn: the peak, then each kernel. */
static void take_turn(struct kernel_row *rows, const struct kernel *kernels, int count,
                      const struct trainer *t, int threads, double seconds, int turn)
{
    double peak = peak_measure(threads, seconds / 2);
    for (int k = 0; k < count; k++) {
        double found = kernel_measure(t, &kernels[k], seconds);
        rows[k].gflops[turn] = found;
        rows[k].share[turn] = found / (kernels[k].alone ? peak / threads : peak);
        rows[k].count = turn + 1;
    }
}

static bool time_team(struct kernel_table *t, const struct workload *w, int threads, int rounds,
                      double seconds, struct err *err)
{
    struct contestant c;
    struct kernel kernels[MOST_KERNELS];
    struct engine_choice fast = {.kind = ENGINE_FAST, .threads = threads};
    bool ok = contestant_init(&c, w, fast, err);
    if (ok) {
        int first = t->count, count = kernels_list(c.trainer, kernels, MOST_KERNELS);
        t->count += count;
        t->rows = mem_grow(t->rows, &t->capacity, t->count, sizeof *t->rows);
        for (int k = 0; k < count; k++) {
            struct kernel_row *row = &t->rows[first + k];
            *row = (struct kernel_row){.work = w, .part = kernels[k].part, .threads = threads};
            snprintf(row->layer, sizeof row->layer, "%s", kernels[k].layer);
        }
        contestant_time(&c, 0); /* one batch, so that there are numbers to work on */
        for (int r = 0; r < rounds; r++)
            take_turn(t->rows + first, kernels, count, c.trainer, threads, seconds, r);
    }
    contestant_deinit(&c);
    return ok;
}

bool bench_kernels_time(struct kernel_table *t, const struct workload *w, const int *teams,
                        int team_count, int rounds, double seconds, struct err *err)
{
    bool ok = true;
    for (int k = 0; ok && k < team_count; k++)
        ok = time_team(t, w, teams[k], rounds, seconds, err);
    return ok;
}

void bench_kernels_print(const struct kernel_table *t)
{
    const struct workload *last = NULL;
    printf("Each kernel by itself, medians; the peak is measured anew in each turn.\n");
    for (int k = 0; k < t->count; k++) {
        const struct kernel_row *r = &t->rows[k];
        if (r->work != last)
            printf("\n%s  %s\n  %-12s %-12s %7s %9s %8s\n", r->work->name, r->work->what, "layer",
                   "", "threads", "GFLOP/s", "of peak");
        last = r->work;
        printf("  %-12s %-12s %7d %9.1f %6.1f %%\n", r->layer, part_words[r->part], r->threads,
               bench_median(r->gflops, r->count), 100 * bench_median(r->share, r->count));
    }
}

void bench_kernels_json(const struct kernel_table *t, struct json_out *j)
{
    json_begin(j, "kernels", '[');
    for (int k = 0; k < t->count; k++) {
        const struct kernel_row *r = &t->rows[k];
        json_begin(j, NULL, '{');
        json_text(j, "workload", r->work->name);
        json_text(j, "layer", r->layer);
        json_text(j, "part", part_words[r->part]);
        json_int(j, "threads", r->threads);
        json_number(j, "gflops", bench_median(r->gflops, r->count));
        json_number(j, "peak_share", bench_median(r->share, r->count));
        json_int(j, "turns", r->count);
        json_end(j, '}');
    }
    json_end(j, ']');
}

void bench_kernels_csv(const struct kernel_table *t, FILE *f)
{
    fputs("workload,layer,part,threads,gflops,peak_share,turns\n", f);
    for (int k = 0; k < t->count; k++) {
        const struct kernel_row *r = &t->rows[k];
        fprintf(f, "%s,%s,%s,%d,%.6g,%.6g,%d\n", r->work->name, r->layer, part_words[r->part],
                r->threads, bench_median(r->gflops, r->count), bench_median(r->share, r->count),
                r->count);
    }
}
