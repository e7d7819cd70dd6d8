/* The loss when one number is moved: what the nudge test and the curve of the loss along a weight
 * are made of. Computed by the engine in double, so that small moves show. */
#ifndef GLASSNET_STEP_NUDGE_H
#define GLASSNET_STEP_NUDGE_H

#include "glassnet/step/cell.h"
#include "glassnet/step/trace.h"

struct nudge;

/* The pass of a trace, made ready to be run again; owns copies of all it needs, so that it may be
 * used in another thread and outlive the trace. NULL when the pass has no loss or memory is
 * short. */
struct nudge *nudge_create(const struct trace *t, struct err *err);
void nudge_destroy(struct nudge *n); /* NULL is allowed */

/* Can the cell be moved: is it a parameter, an input, or a label that is a number? */
bool nudge_can_move(const struct program *p, struct cell cell);

/* The cell's value in the pass. */
double nudge_value(const struct nudge *n, struct cell cell);

/* The mean loss of the batch with the cell at `value` and everything else as it was. Dropout's
 * masks stay those of the pass. */
double nudge_loss(struct nudge *n, struct cell cell, double value);

/* (up - down) / 2ε: the slope by central differences (Press et al., Numerical Recipes, 5.7). */
double nudge_slope(double down, double up, double epsilon);

/* How many leading digits two numbers share, 0 to 16: −log10 of their relative difference. */
int nudge_digits(double a, double b);

#endif
