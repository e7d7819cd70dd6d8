/* A team of threads that run one function together, and the barrier between its parts.
 *
 * A batch of a small network lasts some tens of microseconds and has several barriers, so a
 * barrier must cost a fraction of one: threads watch for each other for a few microseconds, each
 * at a cache line of its own, and only then sleep. They are started by the first run, with the
 * priority of the thread that runs it. Why not OpenMP: docs/speed.md. */
#ifndef GLASSNET_SRC_NN_TEAM_H
#define GLASSNET_SRC_NN_TEAM_H

struct team;

/* One thread's part of the work: member `me` of `size`; 0 is the thread that called team_run. */
typedef void team_work(void *context, struct team *team, int me, int size);

/* A team of `size` (at least 1), its caller among them. */
struct team *team_create(int size);
void team_destroy(struct team *t);

/* Runs work once a member, all at once, and returns when all have ended. Where threads cannot be
 * had the team is smaller; with NULL the caller works alone. Calls must not overlap. */
void team_run(struct team *t, team_work *work, void *context);

/* Waits until every member has come here; what they wrote before is seen by all after. */
void team_wait(struct team *t, int me);

/* Where members do their parts of something one after the other: lets the next member, me + 1, go
 * on; waits until the one before, me - 1, has done so as often as this one has waited. */
void team_pass(struct team *t, int me);
void team_take(struct team *t, int me);

/* How many threads there will be where `wanted` are (0: one a processor); 1 in a build without
 * threads (make OPENMP=0). */
int team_size_for(int wanted);

/* Processors that this program may use. */
int team_processors(void);

#endif
