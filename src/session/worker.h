/* Training in a thread of its own. The thread owns a copy of the network and its own trainer; it
 * meets the session in `box` alone, under the mutex. Private to src/session. */
#ifndef GLASSNET_SRC_SESSION_WORKER_H
#define GLASSNET_SRC_SESSION_WORKER_H

#include <pthread.h>

#include "glassnet/nn/patience.h"
#include "session/state.h"

/* What both sides touch. */
struct box {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool stop, pause;               /* wishes of the session */
    struct train_settings settings; /* and the number of that change, as in struct event; */
    uint64_t settings_number;
    bool settings_noted;   /* it is in the run's history already: training rested */
    bool paused, finished; /* what became of them */
    int64_t looked;        /* batches, of a run until something happens */
    bool fresh;            /* state, progress and curve are newer than what the session has */
    struct checkpoint state;
    struct progress progress;
    struct curve curve;
    struct moments moments; /* kept on the way, for the history */
    struct event *events;   /* [event_count] changes made on the way */
    int event_count, event_capacity;
};

struct worker {
    pthread_t thread;
    struct box box;
    /* the thread's own */
    struct net *net;
    struct trainer *trainer;
    struct engine_choice engine; /* as chosen, for the next trainer */
    const struct dataset *test;
    struct curve curve;
    struct progress progress;
    struct moments moments;
    int events;          /* of the run's, how many are in what the thread has */
    double since_moment; /* seconds of training since the last one was kept */
    double seconds;      /* spent training */
    double samples;      /* seen in them */
    double published;
    double pace;  /* epochs a second at most; 0: as fast as can be */
    double began; /* the time from which the pace counts */
    struct patience patience;
    /* of a run until something happens */
    bool seeks;
    struct until until;
    bool skip; /* the next batch was looked at on screen already */
    bool found;
    int64_t looked, found_at; /* batches; the step before which it is */
    const struct dataset *data;
};

/* Seconds, for intervals. */
double worker_now(void);
/* The screen goes first: the calling thread, and threads that it starts, give way to it. */
void worker_give_way(void);

/* The thread's function: trains the struct worker given until it is done or is to stop. */
void *worker_run(void *worker);

#endif
