/* Where the gates of a circuit lie, left to right, in design pixels: pure geometry.
 *
 * Each unit (a neuron, a channel, the loss) is a frame with its gates in columns and rows of its
 * own; the frames are laid out in layers by the longest way to them, ordered and shifted towards
 * the middle of what they are connected with, so that no two of them overlap. */
#ifndef VIEW_CHAIN_LAYOUT_H
#define VIEW_CHAIN_LAYOUT_H

#include "glassnet/step/circuit.h"
#include "glassnet/ui/geometry.h"

enum {
    CHAIN_LINE = 22,   /* of text */
    CHAIN_NUMBER = 64, /* the stem behind a gate, with the value above and the gradient below, */
    CHAIN_NUMBER_WIDE = 94, /* and where there are so many gates that they are looked at in part */
    CHAIN_FEW = 16,
    CHAIN_GATE = 36,
    CHAIN_CHAR = 11,   /* of a name */
    CHAIN_BOX_W = 124, /* a unit that stands for its gates */
    CHAIN_BOX_H = 84,
    CHAIN_PAD = 10,
    CHAIN_TITLE = 30,
    CHAIN_LABEL = 64 /* longest text of a gate */
};

struct chain_gate {
    struct rect gate; /* the sign; empty for numbers that nothing here computes */
    struct rect name; /* of a parameter, left of its stem */
    struct rect stem; /* two lines high; the wire runs through its middle */
    int level;        /* column within the unit */
};

struct chain_wire {
    struct point end; /* where it enters its gate */
    bool across;      /* from another unit: it enters the frame at `lane` */
    bool around;      /* past columns of its own unit, on a lane that is free */
    struct point lane;
    bool labelled;    /* this use's gradient is written at the lane, below the wire */
    int first, bends; /* places it runs through on its way, in layout->bends */
};

struct chain_unit {
    struct rect frame;
    int level;
};

struct chain_layout {
    float w, h;
    float number;             /* width of a stem */
    struct chain_gate *gates; /* [gates] */
    struct chain_wire *wires; /* [wires] */
    struct chain_unit *units; /* [units] */
    struct point *bends;      /* pairs: into and out of the column of units passed by */
    int bend_count, bend_capacity;
};

void chain_layout_create(struct chain_layout *l, const struct circuit *c);
/* The same with a box for each unit instead of its gates. */
void chain_layout_boxes(struct chain_layout *l, const struct circuit *c);
void chain_layout_destroy(struct chain_layout *l);

/* chain_words.c. What is written in a gate: "×", "Σ", "tanh", "softmax, −log p". out: CHAIN_LABEL
 * bytes. */
const char *chain_gate_label(const struct circuit *c, int gate, char *out);
/* The short name of what a gate gives: "W[0,1]", "z[2]", "1/n"; "… 780 more". */
const char *chain_gate_name(const struct circuit *c, int gate, char *out);
/* The gate whose number stands for a unit, or -1; the unit's title. */
int chain_unit_gate(const struct circuit *c, int unit);
char *chain_unit_title(const struct circuit *c, int unit, char *out, size_t size);
/* Is the gate drawn as a name and a stem, without a sign? */
bool chain_is_plain(const struct gate *g);

/* chain_units.c: puts the units, whose frames have their sizes, into columns. */
void chain_place_units(struct chain_layout *l, const struct circuit *c);

#endif
