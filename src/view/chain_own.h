/* What the files of the chain view share. */
#ifndef VIEW_CHAIN_OWN_H
#define VIEW_CHAIN_OWN_H

#include "chain_layout.h"
#include "glassnet/view/chain.h"

enum { CHAIN_PATHS = 3 };

/* Ways from the selected number to the loss. */
struct chain_ways {
    struct cell subject; /* CELL_NONE: nothing is selected that could be asked about */
    struct cell grad;    /* its gradient in the trace, CELL_NONE when there is none */
    int found;
    double count; /* of all ways in the circuit */
    bool whole;   /* no others are left out */
    struct circuit_path path[CHAIN_PATHS];
};

/* All that a circuit follows from: a pass' numbers follow from those that are given. */
struct chain_key {
    const struct program *program;
    const struct trace *trace;
    int sample;
    struct cell selected;
    uint64_t given; /* a sum over what nothing computes */
};

struct chain_cache {
    struct chain_key key;
    uint64_t revision; /* the snapshot's, when the key was last looked at */
    int built;
    struct circuit *circuit;
    struct chain_layout full, boxes; /* with all gates; with a box for each unit */
    struct chain_ways ways;
    unsigned char *place; /* [wires] */
    struct rect canvas;   /* of the last frame, */
    struct point corner;  /* and where the layout lay */
};

/* A frame's picture: the circuit at its place on the screen. */
struct chain_picture {
    const struct view *v;
    const struct circuit *c;
    const struct chain_layout *l;
    const struct chain_ways *ways;
    struct rect clip;
    float x, y, s;        /* place of the layout's corner; pixels to a design pixel of it */
    bool gates;           /* gates are shown, else whole units */
    int px;               /* of text */
    unsigned char *place; /* [wires] 1 + number of the way the wire is on; 0: none */
    int lit;              /* gate of the current step, -1: none */
};

/* Gates are legible from this scale on, relative to the interface's own. */
#define CHAIN_LEGIBLE 0.93f

struct rect chain_rect(const struct chain_picture *p, struct rect r);
/* Where a gate with its name and stem, or the box of its unit, is on the screen. */
struct rect chain_place(const struct chain_picture *p, int gate);
bool chain_gate_done(const struct chain_picture *p, const struct gate *g);
bool chain_grad_done(const struct chain_picture *p, const struct gradient *g);
bool chain_wire_grad_done(const struct chain_picture *p, const struct wire *w);
/* A number as it fits into `width`, "?" when hidden; false when it does not fit at all. */
bool chain_number(const struct view *v, double value, bool hidden, int px, float width, char *out,
                  size_t size);

/* chain_zoom.c: scale and place of the frame, after what the pointer asks for. `selected`: a gate
 * that has just become the selection and should be in sight, or -1. */
void chain_zoom(const struct view *v, struct chain_state *s, struct rect r, unsigned answer,
                int selected);
const struct chain_layout *chain_shown(const struct chain_state *s);

/* chain_draw.c, chain_boxes.c */
void chain_draw_wires(const struct chain_picture *p);
void chain_draw_frames(const struct chain_picture *p);
void chain_draw_gates(const struct chain_picture *p);
void chain_draw_units(const struct chain_picture *p);
/* Names of layers above the columns of boxes. */
void chain_draw_heads(const struct chain_picture *p, struct rect head);

/* chain_hit.c: the cell under (x, y), and what is to be said of it (out: 400 bytes). */
struct cell chain_hit(const struct chain_picture *p, float x, float y, char *out, size_t size);

/* chain_foot.c */
float chain_foot_height(const struct view *v, float canvas);
void chain_foot_draw(const struct view *v, const struct circuit *c, const struct chain_ways *ways,
                     struct rect r);

#endif
