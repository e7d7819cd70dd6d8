/* Moments of a run, in order, within a budget of memory. A moment never changes once it is made, so
 * branches share them. Private to src/session. */
#ifndef GLASSNET_SRC_SESSION_MOMENTS_H
#define GLASSNET_SRC_SESSION_MOMENTS_H

#include "session/checkpoint.h"

struct moment {
    int holders;
    int events; /* of the run's events, how many had been applied */
    struct checkpoint state;
};

/* Zeroed: empty. */
struct moments {
    struct moment **list; /* by steps, then events; a holder of each; owned */
    int count, capacity;
    size_t bytes;
};

/* A moment with one holder. */
struct moment *moment_take(const struct trainer *t, int events);
struct moment *moment_hold(struct moment *m);
void moment_release(struct moment *m); /* NULL is allowed */

/* Puts m in its place and takes the caller's hold over. One at the same place stays instead. */
void moments_add(struct moments *l, struct moment *m);
/* Takes all of `from` over, which is empty afterwards. */
void moments_move(struct moments *to, struct moments *from);
/* Another holder of each that lies at or before `steps` and has at most `events` events. */
void moments_share(struct moments *to, const struct moments *from, int64_t steps, int events);
/* Forgets those that lie past `steps` or have more than `events` events. */
void moments_cut(struct moments *l, int64_t steps, int events);
/* Thins until the budget is kept: every second one goes, the older half first; the first and the
 * last stay. */
void moments_thin(struct moments *l, size_t budget);
/* The last one at or before `steps`, or NULL. */
const struct moment *moments_find(const struct moments *l, int64_t steps);
void moments_clear(struct moments *l);

/* Seconds of training between two moments: as long as a re-run may take, and so that copying takes
 * little of the time. */
double moments_spacing(const struct trainer *t);

#endif
