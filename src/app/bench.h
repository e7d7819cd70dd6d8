/* The bench: workloads, and the contestants that are timed on them in turn. */
#ifndef GLASSNET_SRC_APP_BENCH_H
#define GLASSNET_SRC_APP_BENCH_H

#include <stdio.h>

#include "app/json_out.h"
#include "glassnet/nn/kernels.h"
#include "glassnet/nn/predictor.h"
#include "glassnet/nn/trainer.h"

struct workload {
    const char *name; /* "W1" */
    const char *what;
    const char *net; /* text of the network */
    int samples;     /* of the synthetic set */
    int targets;     /* numbers of a label; 0: a class */
    bool predicts;   /* one picture at a time, forward alone; else training */
    double flop;     /* floating-point operations a sample; 0: not counted */
};

extern const struct workload bench_workloads[];
extern const int bench_workload_count;

/* Seeded numbers in the shape of a workload's data. */
struct bench_data {
    float *x, *labels;
    struct source source;
};
void bench_data_init(struct bench_data *d, const struct workload *w, const struct net *net);
void bench_data_deinit(struct bench_data *d);

/* Another program: answers on its standard output what it is asked on its standard input (see
 * tests/bench/README.md). */
struct bench_peer;

/* Starts every program peer_* of a folder; says on standard error what cannot be started. */
int bench_peers_start(const char *folder, struct bench_peer **peers, int most);
void bench_peer_stop(struct bench_peer *p);
const char *bench_peer_name(const struct bench_peer *p);
/* Samples a second in about so many seconds; 0: it does not know this workload, or fell silent. */
double bench_peer_time(struct bench_peer *p, const char *workload, int threads, double seconds);

#define BENCH_ROUNDS 31

/* One program, in one way, on one workload. */
struct contestant {
    const struct workload *work;
    char program[40]; /* "plain", "fast" or a peer's */
    int threads;
    struct bench_peer *peer; /* NULL: Glassnet's own */
    struct net *net;
    struct bench_data data;
    struct trainer *trainer;
    struct predictor *predictor;
    int at; /* W5: the next picture */
    int count;
    double rates[BENCH_ROUNDS]; /* samples a second */
};

bool contestant_init(struct contestant *c, const struct workload *w, struct engine_choice engine,
                     struct err *err);
void contestant_init_peer(struct contestant *c, const struct workload *w, struct bench_peer *peer,
                          int threads);
void contestant_deinit(struct contestant *c); /* keeps the rates */
/* Times it for about so many seconds, at least one step. */
void contestant_time(struct contestant *c, double seconds);

/* Times frames of the screen at two sizes, and prints a table. only: one view (NULL: all). quick:
 * fewer turns, the smaller size alone. */
bool bench_screen(const char *only, bool quick, struct err *err);

double bench_median(const double *values, int count); /* NaN without values */

/* bench --kernels: each convolution and dense product of the workloads that train, by itself. */
struct kernel_row {
    const struct workload *work;
    char layer[24];
    enum kernel_part part;
    int threads, count;
    double gflops[BENCH_ROUNDS];
    double share[BENCH_ROUNDS]; /* of the peak found in the same turn */
};

struct kernel_table {
    int count, capacity;
    struct kernel_row *rows; /* free() when done */
};

/* Adds one workload's kernels, each timed in `rounds` turns of about so many seconds by each
 * number of threads. */
bool bench_kernels_time(struct kernel_table *t, const struct workload *w, const int *teams,
                        int team_count, int rounds, double seconds, struct err *err);
void bench_kernels_print(const struct kernel_table *t);
void bench_kernels_json(const struct kernel_table *t, struct json_out *j); /* a list "kernels" */
void bench_kernels_csv(const struct kernel_table *t, FILE *f);

#endif
