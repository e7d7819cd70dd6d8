/* The canvas: the place in the middle, which shows one of several views of the same pass. A tab
 * strip above it, F2 and on, and `show NAME` choose which. */
#ifndef GLASSNET_VIEW_CANVAS_H
#define GLASSNET_VIEW_CANVAS_H

#include "glassnet/view/chain.h"
#include "glassnet/view/layer.h"
#include "glassnet/view/matrix.h"
#include "glassnet/view/network.h"
#include "glassnet/view/run.h"
#include "glassnet/view/slope.h"
#include "glassnet/view/view.h"

enum canvas_view {
    CANVAS_NETWORK,
    CANVAS_MATRIX,
    CANVAS_LAYER,
    CANVAS_CHAIN,
    CANVAS_SLOPE,
    CANVAS_RUN,
    CANVAS_VIEWS
};

struct canvas_state {
    enum canvas_view view;
    struct network_state network;
    struct layer_state layer;
    struct chain_state chain;
    struct matrix_state matrix;
    struct slope_state slope;
    struct run_state run;
};

/* Height of the tab strip in design pixels. */
enum { CANVAS_TABS = 46 };

/* The least room in design pixels that the parts of a picture are laid out for. */
#define CANVAS_LEAST_W 560.0f
#define CANVAS_LEAST_H 300.0f

void canvas_init(struct canvas_state *c);
void canvas_deinit(struct canvas_state *c);

/* "network", ... as `show` names them; NULL past the last. */
const char *canvas_view_name(int view);
/* Shows the view of that name; false when the canvas has none so called. */
bool canvas_show(struct canvas_state *c, const char *name);
/* The whole of what the view shows fits again. */
void canvas_fit(struct canvas_state *c);
/* True when canvas_fit would change anything. */
bool canvas_is_zoomed(const struct canvas_state *c);

/* Zooms the view shown by notches of the wheel, moves it by parts of the canvas. */
void canvas_zoom(struct canvas_state *c, const struct snapshot *s, float notches);
void canvas_pan(struct canvas_state *c, float right, float down);

/* The tab strip; what of it is left at the right is cut down to. */
void canvas_tabs_draw(const struct view *v, struct canvas_state *c, struct rect *r);
/* The view alone. */
void canvas_draw(const struct view *v, struct canvas_state *c, struct rect r);

#endif
