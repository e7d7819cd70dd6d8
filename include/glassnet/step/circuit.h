/* The circuit: a network as gates and wires, down to single multiplications and additions, read
 * off the formulas of a trace's cells (after the circuits of CS231n's notes on backpropagation).
 *
 * Each gate gives one number, a wire carries it to a gate that uses it. A wire knows its local
 * slope, ∂(what its gate gives)/∂(what it carries), as a product of numbers of the trace, and the
 * gradient of this one use. Nothing is computed anew but products for display: every number is a
 * cell of the trace, or exact ones multiplied.
 *
 * A small network is there as a whole. Of a large one there is the neighbourhood of a chosen cell:
 * the largest terms it was computed from, and the ways it is used on which most of its gradient
 * comes back; each gate says how much of it was left out. */
#ifndef GLASSNET_STEP_CIRCUIT_H
#define GLASSNET_STEP_CIRCUIT_H

#include <stdint.h>

#include "glassnet/step/formula.h"

enum gate_kind {
    GATE_GIVEN,  /* an input, a parameter, a label, a constant: nothing comes in */
    GATE_FOLDED, /* a computed number whose own terms are not in this circuit */
    GATE_TIMES,  /* the product of a term; its constants are part of the gate */
    GATE_SUM,
    GATE_FN,    /* activation, max, quotient, root, copy: see fn */
    GATE_BLOCK, /* steps that the way back takes as one: softmax, a loss */
    GATE_TAP,   /* one of several numbers that a block gives */
    GATE_MORE   /* terms that are left out */
};

/* Where a gradient is from. */
enum blame {
    BLAME_NONE,   /* it has none, or it is no number of the trace */
    BLAME_CELL,   /* `cell` is it by itself */
    BLAME_HANDED, /* `cell` belongs to a neighbour, and an addition hands it on unchanged */
    BLAME_TERM    /* `cell` times the wire's slope: a term of the source's gradient */
};

struct gradient {
    enum blame how;
    struct cell cell;
    double value; /* for display where it is a product */
};

/* A product of numbers of the trace, perhaps over one. No factors: 1. */
struct slope {
    bool known;
    int count;
    struct formula_factor factor[TERM_MAX_FACTORS];
    bool over;
    struct formula_factor divisor;
    double value;
};

struct gate {
    enum gate_kind kind;
    enum fn fn;
    struct cell cell; /* what it gives; CELL_NONE: a product, a constant, a softmax as a whole */
    double value;
    struct gradient grad; /* of what it gives, all uses together */
    int unit;
    int first, count;   /* wires into it */
    int uses;           /* wires out of it */
    int uses_left_out;  /* uses that are not in the circuit */
    int more;           /* GATE_MORE: terms it stands for */
    struct cell sum;    /* a product inside a sum: of which cell, */
    int term;           /* and which of its terms */
    float constant;     /* GATE_TIMES: of the term, 1 if none; GATE_GIVEN: of a constant */
    const char *symbol; /* how that is written, NULL: as a number */
};

struct wire {
    int from, to; /* gates */
    struct slope slope;
    struct gradient grad; /* of this use */
    bool power;           /* the number is both factors of a product */
    bool minus;           /* a sum takes it off */
};

/* Gates that belong together: a neuron, a pixel, a channel's statistics, the loss. */
struct circuit_unit {
    int layer;  /* -1: the loss */
    bool inner; /* statistics of a batchnorm, a softmax: not one of the layer's outputs */
    size_t index;
};

struct circuit {
    const struct trace *trace; /* not owned */
    int sample;
    struct cell centre; /* whose neighbourhood it is; CELL_NONE: the network is there whole */
    int64_t all_gates;  /* of the whole network, for one sample */
    int gate_count, gate_capacity;
    struct gate *gates; /* what uses a gate comes after it */
    int wire_count, wire_capacity;
    struct wire *wires; /* those into one gate lie side by side */
    int unit_count, unit_capacity;
    struct circuit_unit *units;
};

enum { CIRCUIT_GATES_MOST = 400 };

/* The circuit of one sample of a trace for a selected cell (CELL_NONE: none). What the selection
 * means is circuit_subject's. The caller destroys it before the trace. */
struct circuit *circuit_create(const struct trace *t, int sample, struct cell selected);
void circuit_destroy(struct circuit *c);

/* The number of the forward or loss phase that a cell is about: itself, what a gradient or an
 * update belongs to, the output whose slope it is. CELL_NONE where there is none (the rate). */
struct cell circuit_subject(const struct program *p, struct cell selected);

/* The next gate from number `from` on that gives the cell (a parameter has one in every unit that
 * uses it), or -1. Of a batch of one the sample's loss is the mean itself: they share a gate. */
int circuit_find(const struct circuit *c, struct cell cell, int from);

/* A way from a gate to the loss. */
enum { PATH_WIRES = 256 };
struct circuit_path {
    int count;
    int wire[PATH_WIRES]; /* from the gate on */
    int end;              /* the gate where it stops: the loss, or (`early`) before a block whose */
    bool early;   /* slopes the trace does not have; the end's gradient is the last factor */
    double value; /* the product of the slopes */
};

/* The ways from all gates of `cell` to the loss, the largest first: at most `most` of them into
 * out. Returns how many there are in the circuit, which may be more; *whole says that no use was
 * left out on the way. */
double circuit_paths(const struct circuit *c, struct cell cell, int most, struct circuit_path *out,
                     int *found, bool *whole);

#endif
