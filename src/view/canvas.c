#include "glassnet/view/canvas.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/view/action.h"

/* A view is a row here, a member of struct canvas_state and an action (action.c). */
struct canvas_kind {
    const char *name;  /* for `show` and ids */
    const char *also;  /* another name for it, or NULL */
    const char *title; /* on its tab */
    const char *tip;
    void (*init)(struct canvas_state *c);
    void (*deinit)(struct canvas_state *c);
    void (*draw)(const struct view *v, struct canvas_state *c, struct rect r);
    void (*fit)(struct canvas_state *c);             /* NULL: nothing to fit */
    bool (*is_zoomed)(const struct canvas_state *c); /* NULL: never */
    void (*zoom)(struct canvas_state *c, const struct snapshot *s, float notches); /* NULL: none */
    void (*pan)(struct canvas_state *c, float right, float down);                  /* NULL: none */
    void (*tools)(const struct view *v, struct canvas_state *c, struct rect r);    /* NULL: none */
    enum canvas_group group;
    unsigned flags;                          /* enum canvas_flags */
    bool (*suits)(const struct snapshot *s); /* NULL: whatever is open */
    const char *refusal;                     /* a sentence where it does not suit */
    const char *panel_title;                 /* NULL: it has no controls in the panel */
    void (*panel)(const struct view *v, struct canvas_state *c, struct rect r);
    void (*foot)(const struct view *v, struct canvas_state *c, struct rect r); /* NULL: transport */
};

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

static const struct canvas_kind kinds[CANVAS_VIEWS] = {
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

void canvas_init(struct canvas_state *c)
{
    memset(c, 0, sizeof *c);
    for (int i = 0; i < CANVAS_VIEWS; i++)
        if (kinds[i].init)
            kinds[i].init(c);
}

void canvas_deinit(struct canvas_state *c)
{
    for (int i = 0; i < CANVAS_VIEWS; i++)
        if (kinds[i].deinit)
            kinds[i].deinit(c);
}

const char *canvas_view_name(int view)
{
    return view >= 0 && view < CANVAS_VIEWS ? kinds[view].name : NULL;
}

static int find(const char *name)
{
    for (int i = 0; i < CANVAS_VIEWS; i++)
        if (strcmp(kinds[i].name, name) == 0 || (kinds[i].also && strcmp(kinds[i].also, name) == 0))
            return i;
    return -1;
}

static void turn_to(struct canvas_state *c, enum canvas_view view)
{
    c->view = view;
    c->group_used[kinds[view].group] = true;
    c->group_view[kinds[view].group] = view;
}

bool canvas_show(struct canvas_state *c, const char *name)
{
    int view = find(name);
    if (view >= 0)
        turn_to(c, (enum canvas_view)view);
    return view >= 0;
}

static bool suits(const struct snapshot *s, int view)
{
    return !kinds[view].suits || kinds[view].suits(s);
}

const char *canvas_refusal(const struct snapshot *s, const char *name)
{
    int view = find(name);
    return view >= 0 && !suits(s, view) ? translate(kinds[view].refusal) : NULL;
}

void canvas_settle(struct canvas_state *c, const struct snapshot *s)
{
    if (!suits(s, (int)c->view))
        turn_to(c, CANVAS_NETWORK);
}

unsigned canvas_flags(const struct canvas_state *c)
{
    return kinds[c->view].flags;
}

void canvas_fit(struct canvas_state *c)
{
    if (kinds[c->view].fit)
        kinds[c->view].fit(c);
}

bool canvas_is_zoomed(const struct canvas_state *c)
{
    return kinds[c->view].is_zoomed && kinds[c->view].is_zoomed(c);
}

void canvas_zoom(struct canvas_state *c, const struct snapshot *s, float notches)
{
    if (kinds[c->view].zoom)
        kinds[c->view].zoom(c, s, notches);
}

void canvas_pan(struct canvas_state *c, float right, float down)
{
    if (kinds[c->view].pan)
        kinds[c->view].pan(c, right, down);
}

static void draw_tab(const struct view *v, const struct canvas_state *c, int i, struct rect tab)
{
    struct ui *ui = v->ui;
    char id[32], line[32], tip[160];
    snprintf(id, sizeof id, "canvas.%s", kinds[i].name);
    snprintf(line, sizeof line, "show %s", kinds[i].name);
    if (ui_button(ui, id, tab, translate(kinds[i].title), BUTTON_PLAIN))
        intents_add(v->out, "%s", line);
    const char *key = action_key(line);
    snprintf(tip, sizeof tip, "%s%s%s%s", translate(kinds[i].tip), key ? " (" : "", key ? key : "",
             key ? ")" : "");
    ui_tooltip(ui, tab, tip);
    float thick = ui_px(ui, 4);
    if ((int)c->view == i)
        draw_rect(ui->draw, (struct rect){tab.x + 4, tab.y + tab.h - thick, tab.w - 8, thick},
                  ui->theme->ink);
}

/* Or does the lesson leave the view out? */
static bool is_needed(const struct view *v, int view)
{
    const char *name = kinds[view].name;
    return !view_hides(v, "views") && !view_hides(v, name) &&
           (!view_hides(v, "other-views") || player_shows(v->lesson, name));
}

/* The views of a group that suit what is open and that the lesson needs, in their order; the one
 * that is shown always is there. Returns how many. */
static int views_of(const struct view *v, const struct canvas_state *c, enum canvas_group group,
                    int list[CANVAS_VIEWS])
{
    int n = 0;
    for (int i = 0; i < CANVAS_VIEWS; i++)
        if (kinds[i].group == group && suits(v->snap, i) && (i == (int)c->view || is_needed(v, i)))
            list[n++] = i;
    return n;
}

/* The tabs around that of the view shown which fit into width: from *first to *end - 1. */
static void tabs_that_fit(const struct view *v, const int *list, int n, int shown, float width,
                          int *first, int *end)
{
    float used = ui_button_width(v->ui, translate(kinds[list[shown]].title));
    *first = shown;
    *end = shown + 1;
    for (bool more = true; more;) {
        more = false;
        float before =
            *first > 0 ? ui_button_width(v->ui, translate(kinds[list[*first - 1]].title)) : width;
        if (used + before <= width) {
            used += before;
            (*first)--;
            more = true;
        }
        float after = *end < n ? ui_button_width(v->ui, translate(kinds[list[*end]].title)) : width;
        if (used + after <= width) {
            used += after;
            (*end)++;
            more = true;
        }
    }
}

/* To a view whose tab has no room. */
static void draw_turn(const struct view *v, struct rect *r, const char *id, const char *label,
                      int view)
{
    struct rect b = rect_cut_left(r, ui_button_width(v->ui, label));
    if (ui_button(v->ui, id, b, label, BUTTON_PLAIN))
        intents_add(v->out, "show %s", kinds[view].name);
    ui_tooltip(v->ui, b, translate(kinds[view].tip));
}

/* The group's view that was shown last, else its first. */
static void show_group(const struct view *v, const struct canvas_state *c, enum canvas_group group)
{
    int list[CANVAS_VIEWS];
    int count = views_of(v, c, group, list);
    int last = (int)c->group_view[group];
    bool again = false;
    for (int i = 0; i < count; i++)
        again = again || (c->group_used[group] && list[i] == last);
    intents_add(v->out, "show %s", kinds[again ? last : list[0]].name);
}

/* The room that one tab needs, whichever it is, with a way to those before and after it. */
static float least_for_tabs(const struct view *v)
{
    float widest = 0;
    for (int i = 0; i < CANVAS_VIEWS; i++)
        widest = fmaxf(widest, ui_button_width(v->ui, translate(kinds[i].title)));
    return widest + 2 * ui_button_width(v->ui, "‹");
}

/* Which of the groups; left out where only one has anything to show. In little room there is a way
 * to the other one, and in still less it is left to the keys. */
static void draw_groups(const struct view *v, struct canvas_state *c, struct rect *r)
{
    static const char *const labels[CANVAS_GROUPS] = {NC_("a group of views", "See"),
                                                      NC_("a group of views", "Play")};
    struct ui *ui = v->ui;
    int list[CANVAS_VIEWS];
    for (int g = 0; g < CANVAS_GROUPS; g++)
        if (views_of(v, c, (enum canvas_group)g, list) == 0)
            return;
    enum canvas_group now = kinds[c->view].group;
    int chosen = -1, other = now == CANVAS_SEE ? CANVAS_PLAY : CANVAS_SEE;
    float width = ui_segments_width(ui, labels, CANVAS_GROUPS), gap = ui_px(ui, 10);
    float room = r->w - gap - least_for_tabs(v),
          small = ui_button_width(ui, translate_in("a group of views", labels[other]));
    if (room < fminf(width, small))
        return;
    bool both = room >= width;
    struct rect at = rect_cut_left(r, both ? width : small);
    at = rect_centre(at, at.w, fminf(at.h - 2, ui_px(ui, 38)));
    if (both)
        chosen = ui_segments(ui, "canvas.group", at, labels, CANVAS_GROUPS, (int)now, 0);
    else if (ui_button(ui, "canvas.group", at, translate_in("a group of views", labels[other]),
                       BUTTON_NORMAL))
        chosen = other;
    ui_tooltip(ui, at, _("See through a pass, or play, train and build"));
    rect_cut_left(r, gap);
    if (chosen >= 0 && chosen != (int)now)
        show_group(v, c, (enum canvas_group)chosen);
}

void canvas_tabs_draw(const struct view *v, struct canvas_state *c, struct rect *r)
{
    struct ui *ui = v->ui;
    int first, end, list[CANVAS_VIEWS], shown = 0;
    draw_tag(ui->draw, "canvas tabs");
    draw_hline(ui->draw, r->x, r->x + r->w, r->y + r->h - 1, 1, ui->theme->line);
    rect_cut_left(r, ui_px(ui, 14));
    draw_groups(v, c, r);
    int n = views_of(v, c, kinds[c->view].group, list);
    for (int i = 0; i < n; i++)
        shown = list[i] == (int)c->view ? i : shown;
    tabs_that_fit(v, list, n, shown, r->w, &first, &end);
    if (first > 0 || end < n)
        tabs_that_fit(v, list, n, shown, r->w - 2 * ui_button_width(ui, "‹"), &first, &end);
    if (first > 0)
        draw_turn(v, r, "canvas.before", "‹", list[first - 1]);
    for (int i = first; i < end; i++)
        draw_tab(v, c, list[i],
                 rect_cut_left(r, ui_button_width(ui, translate(kinds[list[i]].title))));
    if (end < n)
        draw_turn(v, r, "canvas.after", "›", list[end]);
    if (kinds[c->view].tools && !view_hides(v, "tools"))
        kinds[c->view].tools(v, c, *r);
    draw_tag(ui->draw, NULL);
}

const char *canvas_panel_title(const struct canvas_state *c)
{
    return kinds[c->view].panel ? kinds[c->view].panel_title : NULL;
}

void canvas_panel_draw(const struct view *v, struct canvas_state *c, struct rect r)
{
    kinds[c->view].panel(v, c, r);
}

bool canvas_has_foot(const struct canvas_state *c)
{
    return kinds[c->view].foot != NULL;
}

bool canvas_foot_draw(const struct view *v, struct canvas_state *c, struct rect r)
{
    if (!kinds[c->view].foot)
        return false;
    kinds[c->view].foot(v, c, r);
    return true;
}

void canvas_draw(const struct view *v, struct canvas_state *c, struct rect r)
{
    kinds[c->view].draw(v, c, r);
}
