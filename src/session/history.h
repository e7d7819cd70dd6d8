/* A run's history: what the user changed on the way, and moments from which any step can be had
 * again, bit for bit, by running on. Branches are histories with a common beginning. Private to
 * src/session.
 *
 * The state after S steps is that of the steps before with every event of a step up to S applied,
 * in order. Events come in the order of their steps: a change in the past first cuts the future
 * off (time.c). */
#ifndef GLASSNET_SRC_SESSION_HISTORY_H
#define GLASSNET_SRC_SESSION_HISTORY_H

#include "glassnet/data/dataset.h"
#include "session/curve.h"
#include "session/moments.h"

#define HISTORY_BYTES ((size_t)200 << 20) /* for the moments of all branches together */

enum event_kind {
    EVENT_PARAM,    /* one parameter */
    EVENT_PARAMS,   /* all of them at once: early stopping went back to the best ones */
    EVENT_SETTINGS, /* rate or optimiser; another optimiser begins with moments of 0 */
    EVENT_DATA,     /* a point was added, moved or deleted */
};

struct event {
    enum event_kind kind;
    int64_t steps;       /* done when it was applied */
    uint64_t number;     /* counts all changes of the session, for undo; 0: not given yet */
    size_t at;           /* EVENT_PARAM: in net->params */
    float before, after; /* EVENT_PARAM */
    struct train_settings was, becomes;      /* EVENT_SETTINGS */
    struct moment *params;                   /* EVENT_PARAMS: holds it */
    struct dataset *data_was, *data_becomes; /* EVENT_DATA: owns them with others */
};

/* Zeroed: empty. */
struct history {
    char name[32];
    struct train_settings start; /* before the first event */
    struct dataset *data;        /* likewise; owned with others, NULL: none */
    struct moments moments;
    struct event *events; /* [event_count]; the first events_done are in force; owned */
    int event_count, event_capacity, events_done;
    int64_t now; /* steps done; of the branch that is shown the trainer's own count holds */
    int64_t end; /* the furthest that has been run */
    struct curve curve;
};

/* What an event holds, for one holder less or more. */
void event_release(struct event *e);
void event_hold(struct event *e);

/* Begins anew at the trainer's state; the set is the caller's to give. */
void history_begin(struct history *h, const struct trainer *t);
void history_deinit(struct history *h);

/* Appends an event behind those in force; the undone ones are forgotten. */
void history_add(struct history *h, const struct event *e);
/* Forgets the events that were undone. */
void history_forget_undone(struct history *h);
/* Forgets all that lies past `steps`: moments, events, the end. */
void history_cut(struct history *h, int64_t steps);
/* Takes the last event in force out of it (it can be redone), and what followed from it. */
void history_undo(struct history *h);

/* A branch of it: everything up to `steps`. */
void history_fork(struct history *to, const struct history *from, int64_t steps);

/* The settings after the first `events` events. */
const struct train_settings *history_settings(const struct history *h, int events);
/* The set after the first `events` events. */
struct dataset *history_data(const struct history *h, int events);
/* Events in force with a step up to `steps`. */
int history_events_before(const struct history *h, int64_t steps);

#endif
