/* glassnet bench: samples a second of each workload, by each engine and number of threads, as a
 * share of what this machine can do. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/bench.h"
#include "app/cli.h"
#include "app/json_out.h"
#include "app/progress_bar.h"
#include "glassnet/base/file.h"
#include "glassnet/nn/peak.h"

enum { MOST_PEERS = 8, MOST_TEAMS = 16, MOST_CONTESTANTS = 512 };

struct bench {
    const struct cli *cli;
    int rounds;
    double seconds; /* of a turn */
    const char *only;
    int team_count, teams[MOST_TEAMS]; /* numbers of threads */
    double peak[MOST_TEAMS];           /* GFLOP/s with so many */
    int peer_count;
    struct bench_peer *peers[MOST_PEERS];
    int count;
    struct contestant *all; /* [MOST_CONTESTANTS] */
    bool by_kernel;         /* kernels instead of contestants */
    struct kernel_table kernels;
    struct progress_bar bar;
};

/* 1, 2, 4, ... and all cores; or the one number of --threads. */
static void choose_teams(struct bench *b, long threads)
{
    int cores = peak_cores();
    if (threads > 0) {
        b->teams[b->team_count++] = (int)threads;
        return;
    }
    for (int n = 1; n < cores && b->team_count < MOST_TEAMS - 1; n *= 2)
        b->teams[b->team_count++] = n;
    b->teams[b->team_count++] = cores;
}

/* The most there ever was: a limit is not lowered by what else the machine has to do. Looked for
 * before each workload anew, since clocks change. */
static void measure_peak(struct bench *b)
{
    for (int r = 0; r < b->rounds; r++)
        for (int t = 0; t < b->team_count; t++) {
            double found = peak_measure(b->teams[t], b->seconds / 8);
            b->peak[t] = found > b->peak[t] ? found : b->peak[t];
        }
}

static double peak_of(const struct bench *b, int threads)
{
    for (int t = 0; t < b->team_count; t++)
        if (b->teams[t] == threads)
            return b->peak[t];
    return (double)NAN;
}

/* Those of one workload; the first of them is b->all[first]. */
static bool enter(struct bench *b, const struct workload *w, struct err *err)
{
    struct engine_choice plain = {.kind = ENGINE_PLAIN, .threads = 1};
    if (b->count + 1 + b->team_count * (1 + b->peer_count) > MOST_CONTESTANTS)
        return err_set(err, ERR_STATE, NULL, 0, "there are too many contestants");
    if (!contestant_init(&b->all[b->count++], w, plain, err))
        return false;
    for (int t = 0; t < b->team_count; t++) {
        struct engine_choice fast = {.kind = ENGINE_FAST, .threads = b->teams[t]};
        if (!contestant_init(&b->all[b->count++], w, fast, err))
            return false;
    }
    for (int p = 0; p < b->peer_count; p++)
        for (int t = 0; t < b->team_count; t++)
            contestant_init_peer(&b->all[b->count++], w, b->peers[p], b->teams[t]);
    return true;
}

/* All of one workload, in turn: what slows the machine down for a while hits them alike. The
 * first turn of each only warms up. */
static bool run_workload(struct bench *b, const struct workload *w, double share, double part,
                         struct err *err)
{
    int first = b->count;
    bool ok = enter(b, w, err);
    if (ok)
        measure_peak(b);
    for (int r = 0; ok && r <= b->rounds; r++)
        for (int k = first; k < b->count; k++) {
            struct contestant *c = &b->all[k];
            if (r > 1 && c->count == 0) /* knows nothing of this workload */
                continue;
            contestant_time(c, r == 0 ? b->seconds / 10 : b->seconds);
            if (r == 0)
                c->count = 0;
            if (progress_bar_due(&b->bar, false))
                progress_bar_draw(&b->bar, w->name, share + part * r / (b->rounds + 1), c->program);
        }
    for (int k = first; k < b->count; k++)
        contestant_deinit(&b->all[k]);
    return ok;
}

/* Those of the workloads whose operations are counted; W5's are W3's. */
static bool run_kernels(struct bench *b, const struct workload *w, double share, struct err *err)
{
    if (w->predicts || w->flop <= 0)
        return true;
    progress_bar_draw(&b->bar, w->name, share, "kernels");
    measure_peak(b);
    return bench_kernels_time(&b->kernels, w, b->teams, b->team_count, b->rounds, b->seconds / 4,
                              err);
}

static bool run_all(struct bench *b, struct err *err)
{
    bool ok = true;
    for (int w = 0; ok && w < bench_workload_count; w++) {
        const struct workload *work = &bench_workloads[w];
        double share = (double)w / bench_workload_count;
        if (b->only && strcmp(b->only, work->name) != 0)
            continue;
        ok = b->by_kernel ? run_kernels(b, work, share, err)
                          : run_workload(b, work, share, 1.0 / bench_workload_count, err);
    }
    progress_bar_clear(&b->bar);
    return ok;
}

struct result {
    double rate, gflops, share;
};

static struct result result_of(const struct bench *b, const struct contestant *c)
{
    struct result r = {.rate = bench_median(c->rates, c->count)};
    r.gflops = c->work->flop > 0 ? r.rate * c->work->flop * 1e-9 : (double)NAN;
    r.share = r.gflops / peak_of(b, c->threads);
    return r;
}

static void print_number(double value, int width, int digits)
{
    if (isnan(value))
        printf(" %*s", width, "-");
    else
        printf(" %*.*f", width, digits, value);
}

static void print_machine(const struct bench *b)
{
    printf("This machine: kernels %s; multiply-adds on registers alone:", peak_variant());
    for (int t = 0; t < b->team_count; t++)
        printf("%s %.0f GFLOP/s with %d thread%s", t ? "," : "", b->peak[t], b->teams[t],
               b->teams[t] == 1 ? "" : "s");
    putchar('\n');
}

static void print_table(const struct bench *b)
{
    const struct workload *last = NULL;
    print_machine(b);
    if (b->by_kernel) {
        bench_kernels_print(&b->kernels);
        return;
    }
    printf("Medians of %d turns of %g s, all contestants in turn.\n", b->rounds, b->seconds);
    for (int k = 0; k < b->count; k++) {
        const struct contestant *c = &b->all[k];
        struct result r = result_of(b, c);
        if (c->count == 0)
            continue;
        if (c->work != last)
            printf("\n%s  %s (%s)\n  %-28s %7s %12s %9s %8s\n", c->work->name, c->work->what,
                   c->work->predicts ? "forward" : "training", "", "threads", "samples/s",
                   "GFLOP/s", "of peak");
        last = c->work;
        printf("  %-28s %7d", c->program, c->threads);
        print_number(r.rate, 12, r.rate < 100 ? 1 : 0);
        print_number(r.gflops, 9, 1);
        print_number(100 * r.share, 6, 1);
        printf(isnan(r.share) ? "\n" : " %%\n");
    }
}

static void write_results(const struct bench *b, struct json_out *j)
{
    json_begin(j, "results", '[');
    for (int k = 0; k < b->count; k++) {
        const struct contestant *c = &b->all[k];
        struct result r = result_of(b, c);
        if (c->count == 0)
            continue;
        json_begin(j, NULL, '{');
        json_text(j, "workload", c->work->name);
        json_text(j, "program", c->program);
        json_int(j, "threads", c->threads);
        json_number(j, "samples_per_second", r.rate);
        json_number(j, "gflops", r.gflops);
        json_number(j, "peak_share", r.share);
        json_int(j, "turns", c->count);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void write_json(const struct bench *b)
{
    struct json_out j = {.f = stdout};
    json_begin(&j, NULL, '{');
    json_text(&j, "variant", peak_variant());
    json_begin(&j, "peak", '[');
    for (int t = 0; t < b->team_count; t++) {
        json_begin(&j, NULL, '{');
        json_int(&j, "threads", b->teams[t]);
        json_number(&j, "gflops", b->peak[t]);
        json_end(&j, '}');
    }
    json_end(&j, ']');
    if (b->by_kernel)
        bench_kernels_json(&b->kernels, &j);
    else
        write_results(b, &j);
    json_end(&j, '}');
    json_finish(&j);
}

static void put(FILE *f, double value)
{
    if (isnan(value))
        fputc(',', f); /* not counted */
    else
        fprintf(f, ",%.6g", value);
}

static bool write_csv(const struct bench *b, const char *path, struct err *err)
{
    struct file_out o;
    if (!file_out_begin(&o, path, err))
        return false;
    if (b->by_kernel) {
        bench_kernels_csv(&b->kernels, o.f);
        return file_out_commit(&o, err);
    }
    fputs("workload,program,threads,samples_per_second,gflops,peak_share,turns\n", o.f);
    for (int k = 0; k < b->count; k++) {
        const struct contestant *c = &b->all[k];
        struct result r = result_of(b, c);
        if (c->count == 0)
            continue;
        fprintf(o.f, "%s,%s,%d", c->work->name, c->program, c->threads);
        put(o.f, r.rate);
        put(o.f, r.gflops);
        put(o.f, r.share);
        fprintf(o.f, ",%d\n", c->count);
    }
    return file_out_commit(&o, err);
}

static bool set_options(struct bench *b, const struct cli *c, struct err *err)
{
    long threads = 0, rounds = cli_value(c, "quick") ? 3 : 7;
    bool known = false;
    b->only = cli_value(c, "only");
    b->by_kernel = cli_value(c, "kernels") != NULL;
    for (int w = 0; w < bench_workload_count; w++)
        known = known || (b->only && strcmp(b->only, bench_workloads[w].name) == 0);
    if (b->only && !known)
        return err_set(err, ERR_USAGE, NULL, 0, "--only %s: expected one of W1 to W%d", b->only,
                       bench_workload_count);
    if (b->by_kernel && b->only && strcmp(b->only, "W4") >= 0)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "--only %s: with --kernels expected one of W1 to W3", b->only);
    if (!cli_long(c, "threads", 1, 1024, &threads, err) ||
        !cli_long(c, "rounds", 1, BENCH_ROUNDS, &rounds, err) ||
        (cli_value(c, "csv") && !cli_can_write(cli_value(c, "csv"), err)))
        return false;
    b->rounds = (int)rounds;
    b->seconds = cli_value(c, "quick") ? 0.05 : 0.4;
    choose_teams(b, threads);
    return true;
}

static int run(struct cli *c)
{
    struct err err = {0};
    struct bench b = {.cli = c};
    const char *csv = cli_value(c, "csv"), *peers = cli_value(c, "peers");
    if (cli_value(c, "screen"))
        return bench_screen(cli_value(c, "only"), cli_value(c, "quick") != NULL, &err)
                   ? 0
                   : cli_fail(&err);
    bool ok = set_options(&b, c, &err);
    b.all = calloc(MOST_CONTESTANTS, sizeof *b.all);
    progress_bar_init(&b.bar, c->quiet, false);
    if (ok && peers && !b.by_kernel)
        b.peer_count = bench_peers_start(peers, b.peers, MOST_PEERS);
    ok = ok && run_all(&b, &err) && (!csv || write_csv(&b, csv, &err));
    if (ok && c->json)
        write_json(&b);
    else if (ok)
        print_table(&b);
    for (int p = 0; p < b.peer_count; p++)
        bench_peer_stop(b.peers[p]);
    free(b.all);
    free(b.kernels.rows);
    return ok ? 0 : cli_fail(&err);
}

static const struct cli_option options[] = {
    {"quick", NULL, "short turns: a first impression"},
    {"only", "W", "one workload alone: W1 ... W5; with --screen a view"},
    {"kernels", NULL, "each convolution and dense product by itself, of W1 to W3"},
    {"screen", NULL, "frames of the screen instead: each view, two sizes"},
    {"threads", "N", "this many alone; else 1, 2, 4, ... up to one a core"},
    {"rounds", "N", "turns of each contestant; 7 unless said otherwise"},
    {"peers", "FOLDER", "times the programs peer_* of a folder, too (make bench PEERS=1)"},
    {"csv", "FILE", "writes the table as CSV"},
    {NULL, NULL, NULL}};

const struct cli_command cli_bench = {
    .name = "bench",
    .what = "times this machine: each workload, plain and fast, by threads",
    .example = "glassnet bench --quick",
    .usage = "[--quick] [--only W] [--kernels | --screen] [--threads N] [--csv FILE] [--json]",
    .about =
        "Networks of five sizes on made-up data, as samples a second and as a share of the\n"
        "multiply-adds this machine can do on registers alone. All are timed in turn, several\n"
        "times, and the medians shown. Keep the machine free of other work meanwhile.",
    .fewest = 0,
    .most = 0,
    .options = options,
    .run = run,
};
