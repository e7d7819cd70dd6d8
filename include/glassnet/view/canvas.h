/* The canvas: the place in the middle, which shows one of several views. Those to see through a
 * pass with (F2 and on) and those to play, train and build with (Shift+F2 and on) are two groups;
 * the strip above has the tabs of one of them. `show NAME` finds any. */
#ifndef GLASSNET_VIEW_CANVAS_H
#define GLASSNET_VIEW_CANVAS_H

#include "glassnet/view/beside.h"
#include "glassnet/view/build.h"
#include "glassnet/view/chain.h"
#include "glassnet/view/inside.h"
#include "glassnet/view/kernels.h"
#include "glassnet/view/layer.h"
#include "glassnet/view/matrix.h"
#include "glassnet/view/network.h"
#include "glassnet/view/optimizers.h"
#include "glassnet/view/own_data.h"
#include "glassnet/view/plane.h"
#include "glassnet/view/run.h"
#include "glassnet/view/slope.h"
#include "glassnet/view/train_view.h"
#include "glassnet/view/view.h"

enum canvas_view {
    CANVAS_NETWORK,
    CANVAS_MATRIX,
    CANVAS_LAYER,
    CANVAS_CHAIN,
    CANVAS_SLOPE,
    CANVAS_RUN,
    CANVAS_PLANE,
    CANVAS_TRAIN,
    CANVAS_INSIDE,
    CANVAS_KERNELS,
    CANVAS_BUILD,
    CANVAS_OPTIMIZERS,
    CANVAS_BESIDE,
    CANVAS_DATA,
    CANVAS_VIEWS
};

enum canvas_group { CANVAS_SEE, CANVAS_PLAY, CANVAS_GROUPS };

enum canvas_flags {
    CANVAS_WIDE = 1,  /* it has all the room there is: no formula bar, no panel */
    CANVAS_ALONE = 2, /* it can be shown with nothing open, or without a sample */
    CANVAS_TRAINS = 4 /* it has the controls of training: the panel's Train tab is left out */
};

struct canvas_state {
    enum canvas_view view;
    bool group_used[CANVAS_GROUPS];             /* a view of the group was shown, */
    enum canvas_view group_view[CANVAS_GROUPS]; /* and this was the last one */
    struct network_state network;
    struct layer_state layer;
    struct chain_state chain;
    struct matrix_state matrix;
    struct slope_state slope;
    struct run_state run;
    struct plane_state plane;
    struct train_view_state train;
    struct inside_state inside;
    struct kernels_state kernels;
    struct build_state build;
    struct optimizers_state optimizers;
    struct beside_state beside;
    struct own_data_state own_data;
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
/* Why the view of that name has nothing to show for what is open: a sentence; NULL when it has, or
 * when there is no such view. */
const char *canvas_refusal(const struct snapshot *s, const char *name);
/* Another view than one that no longer suits what is open. */
void canvas_settle(struct canvas_state *c, const struct snapshot *s);
/* Of the view shown: enum canvas_flags. */
unsigned canvas_flags(const struct canvas_state *c);
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
/* Title and contents of the view's own controls, the first tab of the panel; NULL: it has none. */
const char *canvas_panel_title(const struct canvas_state *c);
void canvas_panel_draw(const struct view *v, struct canvas_state *c, struct rect r);
/* The view's own bar at the foot, in place of the transport; false when it has none. */
bool canvas_has_foot(const struct canvas_state *c);
bool canvas_foot_draw(const struct view *v, struct canvas_state *c, struct rect r);

#endif
