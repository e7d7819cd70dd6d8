/* The chain view: the network as a circuit of gates and wires, the value above and the gradient
 * below each wire, and along its foot the chain rule for the selected number: slope times slope
 * on the ways from it to the loss. Zoomed out it shows whole units. Clicking selects; the wheel
 * zooms at the pointer, a drag pans, a double click fits. */
#ifndef GLASSNET_VIEW_CHAIN_H
#define GLASSNET_VIEW_CHAIN_H

#include "glassnet/view/view.h"

struct chain_cache;

struct chain_state {
    bool zoomed; /* else all of it fits: by its gates if they are legible so, else by its units */
    bool gates;  /* single gates are shown, else whole units */
    float scale; /* pixels to a design pixel of the layout */
    float unit;  /* pixels to a design pixel of the screen, in the last frame; 0: none yet */
    float x, y;  /* of the picture's corner within the canvas */
    bool dragging;
    float turned;              /* notches of the wheel asked for by keys, for the next frame */
    float pushed_x, pushed_y;  /* moves asked for, in parts of the canvas */
    struct chain_cache *cache; /* circuit and layout, made anew when their numbers change; owned */
};

void chain_init(struct chain_state *s);
void chain_deinit(struct chain_state *s);
/* All of the circuit fits again. */
void chain_fit(struct chain_state *s);

/* Nearer at the selected gate by notches of the wheel; on by parts of the canvas. */
void chain_turn(struct chain_state *s, float notches);
void chain_pan(struct chain_state *s, float right, float down);

void chain_draw(const struct view *v, struct chain_state *s, struct rect r);

/* Where the cell's wire of the last frame lies (its stem, or its unit when zoomed out); false when
 * it is not on the screen. */
bool chain_cell_rect(const struct chain_state *s, struct cell c, struct rect *out);
/* How often a circuit was built: it is kept while nothing it shows changes. */
int chain_built(const struct chain_state *s);

#endif
