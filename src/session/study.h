/* How studies come about: the thread and what it hands over. Private to src/session. */
#ifndef GLASSNET_SRC_SESSION_STUDY_H
#define GLASSNET_SRC_SESSION_STUDY_H

#include <pthread.h>
#include <stdatomic.h>

#include "glassnet/data/dataset.h"
#include "glassnet/nn/net.h"
#include "glassnet/session/study.h"
#include "session/checkpoint.h"

/* What a thread found; owns its lists. */
struct found {
    int n, classes, targets, layer_count, batch;
    double loss, accuracy;
    int *confusion;
    struct study_sample *samples;
    float *wanted, *predicted;
    int *layers;
    struct histogram *counts; /* [layer_count][STUDY_KINDS] */
};
void found_deinit(struct found *f);

/* Of which state of the run a study is. */
struct study_key {
    const struct net *net;
    const struct dataset *data;
    int64_t steps;
    uint64_t changes, seed;
    int branch, events;
};

struct study_job {
    pthread_t thread;
    bool running; /* begun and not joined */
    atomic_bool stop, done;
    struct study_key key;
    struct net *net; /* a copy, and the run's place */
    struct checkpoint place;
    struct dataset *data;       /* holds it */
    const struct dataset *test; /* the session's, which waits for the end of the thread */
    struct found found;
    bool complete;
    double took; /* seconds */
    int64_t step;
    double epoch;
};

/* The thread's function: fills job->found; complete is false when it was stopped or could not. */
void *study_run(void *job);

struct studies {
    struct study_job job;
    bool shown;           /* by a view */
    struct study_key key; /* of the last one, */
    bool known, there;    /* which has ended; and found something that is published */
    struct found found;
    struct study_row rows[STUDY_ROWS_MOST];
    int row_count, row_branch;
    int every, since; /* studies between two rows of the history, as in struct curve */
    double not_before;
    struct study view;
};

#endif
