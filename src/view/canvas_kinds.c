/* The table of views: for each what the canvas calls. */
#include "canvas_own.h"
#include "glassnet/base/translate.h"

static void init_network(struct canvas_state *c)
{
    network_init(&c->network);
}

static void deinit_network(struct canvas_state *c)
{
    network_deinit(&c->network);
}

static void draw_network(const struct view *v, struct canvas_state *c, struct rect r)
{
    network_draw(v, &c->network, r);
}

static void fit_network(struct canvas_state *c)
{
    network_fit(&c->network);
}

static bool network_is_zoomed(const struct canvas_state *c)
{
    return c->network.zoom > 1;
}

static void init_layer(struct canvas_state *c)
{
    layer_init(&c->layer);
}

static void deinit_layer(struct canvas_state *c)
{
    layer_deinit(&c->layer);
}

static void draw_layer(const struct view *v, struct canvas_state *c, struct rect r)
{
    layer_draw(v, &c->layer, r);
}

static void zoom_network(struct canvas_state *c, const struct snapshot *s, float notches)
{
    network_zoom(&c->network, s->selected, notches);
}

static void pan_network(struct canvas_state *c, float right, float down)
{
    network_pan(&c->network, right, down);
}

static void draw_network_tools(const struct view *v, struct canvas_state *c, struct rect r)
{
    network_tools_draw(v, &c->network, r);
}

static void init_chain(struct canvas_state *c)
{
    chain_init(&c->chain);
}

static void deinit_chain(struct canvas_state *c)
{
    chain_deinit(&c->chain);
}

static void draw_chain(const struct view *v, struct canvas_state *c, struct rect r)
{
    chain_draw(v, &c->chain, r);
}

static void fit_chain(struct canvas_state *c)
{
    chain_fit(&c->chain);
}

static bool chain_is_zoomed(const struct canvas_state *c)
{
    return c->chain.zoomed;
}

static void zoom_chain(struct canvas_state *c, const struct snapshot *s, float notches)
{
    (void)s; /* it knows where the selection lies */
    chain_turn(&c->chain, notches);
}

static void pan_chain(struct canvas_state *c, float right, float down)
{
    chain_pan(&c->chain, right, down);
}

static void init_matrix(struct canvas_state *c)
{
    matrix_init(&c->matrix);
}

static void deinit_matrix(struct canvas_state *c)
{
    matrix_deinit(&c->matrix);
}

static void draw_matrix(const struct view *v, struct canvas_state *c, struct rect r)
{
    matrix_draw(v, &c->matrix, r);
}

static void fit_matrix(struct canvas_state *c)
{
    matrix_fit(&c->matrix);
}

static bool matrix_zoomed(const struct canvas_state *c)
{
    return matrix_is_zoomed(&c->matrix);
}

static void zoom_matrix(struct canvas_state *c, const struct snapshot *s, float notches)
{
    (void)s;
    matrix_zoom(&c->matrix, notches > 0 ? 1 : -1);
}

static void pan_matrix(struct canvas_state *c, float right, float down)
{
    matrix_pan(&c->matrix, right, down);
}

static void init_slope(struct canvas_state *c)
{
    slope_init(&c->slope);
}

static void draw_slope(const struct view *v, struct canvas_state *c, struct rect r)
{
    slope_draw(v, &c->slope, r);
}

static void init_run(struct canvas_state *c)
{
    run_init(&c->run);
}

static void draw_run(const struct view *v, struct canvas_state *c, struct rect r)
{
    run_draw(v, &c->run, r);
}

static void init_plane(struct canvas_state *c)
{
    plane_init(&c->plane);
}

static void draw_plane(const struct view *v, struct canvas_state *c, struct rect r)
{
    plane_draw(v, &c->plane, r);
}

static void draw_plane_panel(const struct view *v, struct canvas_state *c, struct rect r)
{
    plane_panel_draw(v, &c->plane, r);
}

static void init_train(struct canvas_state *c)
{
    train_view_init(&c->train);
}

static void draw_train(const struct view *v, struct canvas_state *c, struct rect r)
{
    train_view_draw(v, &c->train, r);
}

static void draw_train_foot(const struct view *v, struct canvas_state *c, struct rect r)
{
    train_view_foot(v, &c->train, r);
}

static void init_kernels(struct canvas_state *c)
{
    kernels_init(&c->kernels);
}

static void deinit_kernels(struct canvas_state *c)
{
    kernels_deinit(&c->kernels);
}

static void draw_kernels(const struct view *v, struct canvas_state *c, struct rect r)
{
    kernels_draw(v, &c->kernels, r);
}

static void draw_kernels_foot(const struct view *v, struct canvas_state *c, struct rect r)
{
    kernels_foot_draw(v, &c->kernels, r);
}

static void init_inside(struct canvas_state *c)
{
    inside_init(&c->inside);
}

static void draw_inside(const struct view *v, struct canvas_state *c, struct rect r)
{
    inside_draw(v, &c->inside, r);
}

static void draw_inside_panel(const struct view *v, struct canvas_state *c, struct rect r)
{
    inside_panel_draw(v, &c->inside, r);
}

static void draw_beside(const struct view *v, struct canvas_state *c, struct rect r)
{
    beside_draw(v, &c->beside, r);
}

static void draw_beside_panel(const struct view *v, struct canvas_state *c, struct rect r)
{
    beside_panel_draw(v, &c->beside, r);
}

static void init_own_data(struct canvas_state *c)
{
    own_data_init(&c->own_data);
}

static void draw_own_data(const struct view *v, struct canvas_state *c, struct rect r)
{
    own_data_draw(v, &c->own_data, r);
}

static void draw_own_data_foot(const struct view *v, struct canvas_state *c, struct rect r)
{
    own_data_foot(v, &c->own_data, r);
}

static void init_build(struct canvas_state *c)
{
    build_init(&c->build);
}

static void deinit_build(struct canvas_state *c)
{
    build_deinit(&c->build);
}

static void draw_build(const struct view *v, struct canvas_state *c, struct rect r)
{
    build_draw(v, &c->build, r);
}

static void draw_build_foot(const struct view *v, struct canvas_state *c, struct rect r)
{
    (void)c; /* all of it follows from the session */
    build_foot_draw(v, r);
}

static void init_optimizers(struct canvas_state *c)
{
    optimizers_init(&c->optimizers);
}

static void draw_optimizers(const struct view *v, struct canvas_state *c, struct rect r)
{
    optimizers_draw(v, &c->optimizers, r);
}

static void draw_optimizers_foot(const struct view *v, struct canvas_state *c, struct rect r)
{
    optimizers_foot_draw(v, &c->optimizers, r);
}

const struct canvas_kind canvas_kinds[CANVAS_VIEWS] = {
    [CANVAS_NETWORK] = {.name = "network",
                        .title = N_("Network"),
                        .tip = N_("Every layer, left to right"),
                        .init = init_network,
                        .deinit = deinit_network,
                        .draw = draw_network,
                        .fit = fit_network,
                        .is_zoomed = network_is_zoomed,
                        .zoom = zoom_network,
                        .pan = pan_network,
                        .tools = draw_network_tools},
    [CANVAS_MATRIX] = {.name = "matrix",
                       .also = "table",
                       .title = N_("Matrix"),
                       .tip = N_("Any tensor as a table of numbers"),
                       .init = init_matrix,
                       .deinit = deinit_matrix,
                       .draw = draw_matrix,
                       .fit = fit_matrix,
                       .is_zoomed = matrix_zoomed,
                       .zoom = zoom_matrix,
                       .pan = pan_matrix},
    [CANVAS_LAYER] = {.name = "layer",
                      .also = "convolution",
                      .title = N_("Layer"),
                      .tip = N_("One operation, large"),
                      .init = init_layer,
                      .deinit = deinit_layer,
                      .draw = draw_layer},
    [CANVAS_CHAIN] = {.name = "chain",
                      .title = N_("Chain"),
                      .tip = N_("Gates and wires: the chain rule, slope times slope"),
                      .init = init_chain,
                      .deinit = deinit_chain,
                      .draw = draw_chain,
                      .fit = fit_chain,
                      .is_zoomed = chain_is_zoomed,
                      .zoom = zoom_chain,
                      .pan = pan_chain},
    [CANVAS_SLOPE] = {.name = "slope",
                      .also = "nudge",
                      .title = N_("Slope"),
                      .tip = N_("The loss along one number, and the nudge test"),
                      .init = init_slope,
                      .draw = draw_slope},
    [CANVAS_RUN] = {.name = "run",
                    .also = "branches",
                    .title = N_("Run"),
                    .tip = N_("Training in time: steps, branches, comparisons"),
                    .init = init_run,
                    .draw = draw_run},
    [CANVAS_PLANE] = {.name = "plane",
                      .also = "curve",
                      .title = N_("Plane"),
                      .tip = N_("Points, and what the network says everywhere between them"),
                      .init = init_plane,
                      .draw = draw_plane,
                      .group = CANVAS_PLAY,
                      .suits = plane_suits,
                      .refusal = N_("The plane shows sets of one or two numbers, such as moons or "
                                    "sine: open one of these with a network that reads it."),
                      .panel_title = N_("Plane"),
                      .panel = draw_plane_panel},
    [CANVAS_TRAIN] = {.name = "train",
                      .title = N_("Train"),
                      .tip = N_("Training seen through: curves, mistakes, weights, gradients"),
                      .init = init_train,
                      .draw = draw_train,
                      .group = CANVAS_PLAY,
                      .flags = CANVAS_WIDE | CANVAS_TRAINS,
                      .foot = draw_train_foot},
    [CANVAS_INSIDE] = {.name = "inside",
                       .title = N_("Inside"),
                       .tip = N_("What a score hangs on, what a neuron wants, what is near"),
                       .init = init_inside,
                       .draw = draw_inside,
                       .group = CANVAS_PLAY,
                       .suits = inside_suits,
                       .refusal = N_("there is no layer to look inside: this network is its input"),
                       .panel_title = N_("Inside"),
                       .panel = draw_inside_panel},
    [CANVAS_KERNELS] = {.name = "kernels",
                        .title = N_("Kernels"),
                        .tip = N_("A kernel one edits on a picture: what a convolution sees"),
                        .init = init_kernels,
                        .deinit = deinit_kernels,
                        .draw = draw_kernels,
                        .group = CANVAS_PLAY,
                        .flags = CANVAS_WIDE | CANVAS_ALONE,
                        .foot = draw_kernels_foot},
    [CANVAS_BUILD] = {.name = "build",
                      .title = N_("Build"),
                      .tip = N_("A network of one's own, from blocks or as text"),
                      .init = init_build,
                      .deinit = deinit_build,
                      .draw = draw_build,
                      .group = CANVAS_PLAY,
                      .flags = CANVAS_WIDE | CANVAS_ALONE,
                      .foot = draw_build_foot},
    [CANVAS_OPTIMIZERS] = {.name = "optimizers",
                           .title = N_("Optimisers"),
                           .tip = N_(
                               "Six optimisers down one surface, and a race on the open network"),
                           .init = init_optimizers,
                           .draw = draw_optimizers,
                           .group = CANVAS_PLAY,
                           .flags = CANVAS_WIDE | CANVAS_ALONE,
                           .foot = draw_optimizers_foot},
    [CANVAS_BESIDE] = {.name = "beside",
                       .title = N_("Beside"),
                       .tip = N_("Two networks, or one before and after training, on one sample"),
                       .draw = draw_beside,
                       .group = CANVAS_PLAY,
                       .suits = inside_suits,
                       .refusal = N_("there is no layer to compare: this network is its input"),
                       .panel_title = N_("Beside"),
                       .panel = draw_beside_panel},
    [CANVAS_DATA] = {.name = "data",
                     .title = N_("Your data"),
                     .tip = N_("Pictures or a table of your own, step by step to a tested network"),
                     .init = init_own_data,
                     .draw = draw_own_data,
                     .group = CANVAS_PLAY,
                     .flags = CANVAS_WIDE | CANVAS_ALONE,
                     .foot = draw_own_data_foot},
};
