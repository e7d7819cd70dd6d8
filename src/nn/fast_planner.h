/* What the parts of the fast engine's planning share (fast_plan.c, fast_order.c, fast_join.c). */
#ifndef GLASSNET_SRC_NN_FAST_PLANNER_H
#define GLASSNET_SRC_NN_FAST_PLANNER_H

#include "nn/fast.h"

/* Where a tensor's numbers are now, and what has happened to them since the last barrier. */
struct place {
    bool rows, lanes;
    bool wants_lanes; /* some step keeps it in lanes */
    bool written, read;
};

struct planner {
    struct fast *f;
    const struct program *p;
    struct buffers *b;
    struct place *at; /* [tensors] */
    int *lane_of;     /* [tensors] whose lanes it shares */
    int *readers;     /* [tensors] operations that read it */
};

/* fast_order.c: the tensor whose place a parameter's new value takes; a step added; its place in
 * the order, after the tensors it reads and before those who read it; layouts asked for. */
int plan_home(const struct planner *pl, int tensor);
struct fast_step *plan_add(struct planner *pl, enum fast_kind kind, const struct op *op, int out);
void plan_order(struct planner *pl, struct fast_step *s, const int *more, int count);
void plan_need_lanes(struct planner *pl, int tensor);
void plan_need_rows(struct planner *pl, int tensor);
void plan_in_lanes(struct planner *pl, int tensor);

/* fast_join.c: is operation k a slope that the next one multiplies; new:w = w - rate x; how many
 * operations from k on an update or the loss takes in one go; relu joined to the step before. */
bool plan_is_slope(const struct planner *pl, int k, enum activation *act);
void plan_slope(struct planner *pl, int k, enum activation act);
bool plan_is_descent(const struct planner *pl, int k, int x);
int plan_update(struct planner *pl, int k);
bool plan_join_relu(struct planner *pl, int k);
int plan_loss_span(const struct planner *pl, int k, int *from, int *to);
void plan_loss(struct planner *pl, int from, int to);

#endif
