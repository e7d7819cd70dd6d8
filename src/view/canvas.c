#include "glassnet/view/canvas.h"

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

static const struct canvas_kind kinds[CANVAS_VIEWS] = {
    [CANVAS_NETWORK] = {"network", NULL, "Network", "Every layer, left to right", init_network,
                        deinit_network, draw_network, fit_network, network_is_zoomed, zoom_network,
                        pan_network, draw_network_tools},
    [CANVAS_MATRIX] = {"matrix", "table", "Matrix", "Any tensor as a table of numbers", init_matrix,
                       deinit_matrix, draw_matrix, fit_matrix, matrix_zoomed, zoom_matrix,
                       pan_matrix, NULL},
    [CANVAS_LAYER] = {"layer", "convolution", "Layer", "One operation, large", init_layer,
                      deinit_layer, draw_layer, NULL, NULL, NULL, NULL, NULL},
    [CANVAS_CHAIN] = {"chain", NULL, "Chain", "Gates and wires: the chain rule, slope times slope",
                      init_chain, deinit_chain, draw_chain, fit_chain, chain_is_zoomed, zoom_chain,
                      pan_chain, NULL},
    [CANVAS_SLOPE] = {"slope", "nudge", "Slope", "The loss along one number, and the nudge test",
                      init_slope, NULL, draw_slope, NULL, NULL, NULL, NULL, NULL},
    [CANVAS_RUN] = {"run", "branches", "Run", "Training in time: steps, branches, comparisons",
                    init_run, NULL, draw_run, NULL, NULL, NULL, NULL, NULL},
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

bool canvas_show(struct canvas_state *c, const char *name)
{
    for (int i = 0; i < CANVAS_VIEWS; i++)
        if (strcmp(kinds[i].name, name) == 0 ||
            (kinds[i].also && strcmp(kinds[i].also, name) == 0)) {
            c->view = (enum canvas_view)i;
            return true;
        }
    return false;
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
    if (ui_button(ui, id, tab, kinds[i].title, BUTTON_PLAIN))
        intents_add(v->out, "%s", line);
    const char *key = action_key(line);
    snprintf(tip, sizeof tip, "%s%s%s%s", kinds[i].tip, key ? " (" : "", key ? key : "",
             key ? ")" : "");
    ui_tooltip(ui, tab, tip);
    float thick = ui_px(ui, 4);
    if ((int)c->view == i)
        draw_rect(ui->draw, (struct rect){tab.x + 4, tab.y + tab.h - thick, tab.w - 8, thick},
                  ui->theme->ink);
}

/* The tabs around that of the view shown which fit into width: from *first to *end - 1. */
static void tabs_that_fit(const struct view *v, const struct canvas_state *c, float width,
                          int *first, int *end)
{
    float used = ui_button_width(v->ui, kinds[c->view].title);
    *first = (int)c->view;
    *end = *first + 1;
    for (bool more = true; more;) {
        more = false;
        float before = *first > 0 ? ui_button_width(v->ui, kinds[*first - 1].title) : width;
        if (used + before <= width) {
            used += before;
            (*first)--;
            more = true;
        }
        float after = *end < CANVAS_VIEWS ? ui_button_width(v->ui, kinds[*end].title) : width;
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
    ui_tooltip(v->ui, b, kinds[view].tip);
}

void canvas_tabs_draw(const struct view *v, struct canvas_state *c, struct rect *r)
{
    struct ui *ui = v->ui;
    int first, end;
    draw_tag(ui->draw, "canvas tabs");
    draw_hline(ui->draw, r->x, r->x + r->w, r->y + r->h - 1, 1, ui->theme->line);
    rect_cut_left(r, ui_px(ui, 14));
    tabs_that_fit(v, c, r->w, &first, &end);
    if (first > 0 || end < CANVAS_VIEWS)
        tabs_that_fit(v, c, r->w - 2 * ui_button_width(ui, "‹"), &first, &end);
    if (first > 0)
        draw_turn(v, r, "canvas.before", "‹", first - 1);
    for (int i = first; i < end; i++)
        draw_tab(v, c, i, rect_cut_left(r, ui_button_width(ui, kinds[i].title)));
    if (end < CANVAS_VIEWS)
        draw_turn(v, r, "canvas.after", "›", end);
    if (kinds[c->view].tools)
        kinds[c->view].tools(v, c, *r);
    draw_tag(ui->draw, NULL);
}

void canvas_draw(const struct view *v, struct canvas_state *c, struct rect r)
{
    kinds[c->view].draw(v, c, r);
}
