/* What the parts of the fast engine's planning share (fast_plan.c, fast_order.c, fast_join.c). */
#ifndef GLASSNET_SRC_NN_FAST_PLANNER_H
#define GLASSNET_SRC_NN_FAST_PLANNER_H

#include "nn/fast.h"

/* How a step's threads share a tensor out. Two steps with the same share need no barrier between
 * them: each thread meets its own numbers alone. Above 0: runs of so many numbers. */
enum access {
    ACCESS_NONE = 0,
    ACCESS_ANY = -1,
    ACCESS_BLOCKS = -2, /* its own samples */
    ACCESS_EACH = -3    /* its own copy */
};

/* Which share each thread has written and read since the last barrier. */
struct mark {
    int written, read;
};

/* Where a tensor's numbers are now, and what has happened to them since the last barrier. */
struct place {
    bool rows, lanes;
    bool wants_lanes; /* some step keeps it in lanes */
    bool each;        /* every thread has a copy of its own */
    bool rows_met;    /* some thread meets rows that another wrote; else each keeps its own */
    struct mark in_rows, in_lanes;
};

struct planner {
    struct fast *f;
    const struct program *p;
    struct buffers *b;
    struct place *at; /* [tensors] */
    int *lane_of;     /* [tensors] whose lanes it shares */
    int *readers;     /* [tensors] operations that read it */
    int *late;        /* weight gradients that wait for the end of the way back */
    int late_count;
};

/* fast_order.c: the tensor whose place a parameter's new value takes; how many outputs of a dense
 * layer stay together when threads share them out; a step added; its place in
 * the order, after the tensors it reads and before those who read it; layouts asked for. */
int plan_home(const struct planner *pl, int tensor);
int plan_unit(const struct planner *pl, size_t count);
struct fast_step *plan_add(struct planner *pl, enum fast_kind kind, const struct op *op, int out);
void plan_order(struct planner *pl, struct fast_step *s, const int *more, int count);
void plan_need_lanes(struct planner *pl, int tensor);
void plan_need_rows(struct planner *pl, int tensor);
void plan_in_lanes(struct planner *pl, int tensor);

/* fast_plan.c: a layer's sizes for the kernels. */
struct lane_conv plan_conv(const struct layer *l);

/* fast_late.c: is an operation a sum over samples and places; puts a gradient's operation off to
 * the end of the way back; plans those put off that are among the tensors wanted (with NULL: all
 * that do not wait for their descent); the step of one that does, not yet in the order, or NULL;
 * the mean of the samples' losses. */
bool plan_is_bias(const struct planner *pl, const struct op *op);
void plan_put_off(struct planner *pl, const struct op *op);
void plan_late(struct planner *pl, const int *wanted, int count);
struct fast_step *plan_late_gradient(struct planner *pl, int gradient);
void plan_mean(struct planner *pl);

/* fast_chain.c: of the finished plan, what can be summed along with something else, or by samples.
 */
void plan_chains(struct planner *pl);

/* fast_memory.c: the memory that the finished plan needs. */
bool plan_memory(struct planner *pl, struct err *err);

/* fast_join.c: is operation k a slope that the next one multiplies; new:w = w - rate x; does
 * nothing but a descent read a gradient; how many operations from k on an update or the loss takes
 * in one go; relu joined to the step before. */
bool plan_is_slope(const struct planner *pl, int k, enum activation *act);
void plan_slope(struct planner *pl, int k, enum activation act);
bool plan_is_descent(const struct planner *pl, int k, int x);
bool plan_descends_at_once(const struct planner *pl, int gradient);
int plan_update(struct planner *pl, int k);
bool plan_join_relu(struct planner *pl, int k);
int plan_loss_span(const struct planner *pl, int k, int *from, int *to);
void plan_loss(struct planner *pl, int from, int to);

#endif
