#include "glassnet/view/canvas.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "canvas_own.h"
#include "glassnet/base/translate.h"
#include "glassnet/view/action.h"

void canvas_init(struct canvas_state *c)
{
    memset(c, 0, sizeof *c);
    for (int i = 0; i < CANVAS_VIEWS; i++)
        if (canvas_kinds[i].init)
            canvas_kinds[i].init(c);
}

void canvas_deinit(struct canvas_state *c)
{
    for (int i = 0; i < CANVAS_VIEWS; i++)
        if (canvas_kinds[i].deinit)
            canvas_kinds[i].deinit(c);
}

const char *canvas_view_name(int view)
{
    return view >= 0 && view < CANVAS_VIEWS ? canvas_kinds[view].name : NULL;
}

static int find(const char *name)
{
    for (int i = 0; i < CANVAS_VIEWS; i++)
        if (strcmp(canvas_kinds[i].name, name) == 0 ||
            (canvas_kinds[i].also && strcmp(canvas_kinds[i].also, name) == 0))
            return i;
    return -1;
}

static void turn_to(struct canvas_state *c, enum canvas_view view)
{
    c->view = view;
    c->group_used[canvas_kinds[view].group] = true;
    c->group_view[canvas_kinds[view].group] = view;
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
    return !canvas_kinds[view].suits || canvas_kinds[view].suits(s);
}

const char *canvas_refusal(const struct snapshot *s, const char *name)
{
    int view = find(name);
    return view >= 0 && !suits(s, view) ? translate(canvas_kinds[view].refusal) : NULL;
}

void canvas_settle(struct canvas_state *c, const struct snapshot *s)
{
    if (!suits(s, (int)c->view))
        turn_to(c, CANVAS_NETWORK);
}

unsigned canvas_flags(const struct canvas_state *c)
{
    return canvas_kinds[c->view].flags;
}

void canvas_fit(struct canvas_state *c)
{
    if (canvas_kinds[c->view].fit)
        canvas_kinds[c->view].fit(c);
}

bool canvas_is_zoomed(const struct canvas_state *c)
{
    return canvas_kinds[c->view].is_zoomed && canvas_kinds[c->view].is_zoomed(c);
}

void canvas_zoom(struct canvas_state *c, const struct snapshot *s, float notches)
{
    if (canvas_kinds[c->view].zoom)
        canvas_kinds[c->view].zoom(c, s, notches);
}

void canvas_pan(struct canvas_state *c, float right, float down)
{
    if (canvas_kinds[c->view].pan)
        canvas_kinds[c->view].pan(c, right, down);
}

static void draw_tab(const struct view *v, const struct canvas_state *c, int i, struct rect tab)
{
    struct ui *ui = v->ui;
    char id[32], line[32], tip[160];
    snprintf(id, sizeof id, "canvas.%s", canvas_kinds[i].name);
    snprintf(line, sizeof line, "show %s", canvas_kinds[i].name);
    if (ui_button(ui, id, tab, translate(canvas_kinds[i].title), BUTTON_PLAIN))
        intents_add(v->out, "%s", line);
    const char *key = action_key(line);
    snprintf(tip, sizeof tip, "%s%s%s%s", translate(canvas_kinds[i].tip), key ? " (" : "",
             key ? key : "", key ? ")" : "");
    ui_tooltip(ui, tab, tip);
    float thick = ui_px(ui, 4);
    if ((int)c->view == i)
        draw_rect(ui->draw, (struct rect){tab.x + 4, tab.y + tab.h - thick, tab.w - 8, thick},
                  ui->theme->ink);
}

/* Or does the lesson leave the view out? */
static bool is_needed(const struct view *v, int view)
{
    const char *name = canvas_kinds[view].name;
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
        if (canvas_kinds[i].group == group && suits(v->snap, i) &&
            (i == (int)c->view || is_needed(v, i)))
            list[n++] = i;
    return n;
}

/* The tabs around that of the view shown which fit into width: from *first to *end - 1. */
static void tabs_that_fit(const struct view *v, const int *list, int n, int shown, float width,
                          int *first, int *end)
{
    float used = ui_button_width(v->ui, translate(canvas_kinds[list[shown]].title));
    *first = shown;
    *end = shown + 1;
    for (bool more = true; more;) {
        more = false;
        float before = *first > 0
                           ? ui_button_width(v->ui, translate(canvas_kinds[list[*first - 1]].title))
                           : width;
        if (used + before <= width) {
            used += before;
            (*first)--;
            more = true;
        }
        float after =
            *end < n ? ui_button_width(v->ui, translate(canvas_kinds[list[*end]].title)) : width;
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
        intents_add(v->out, "show %s", canvas_kinds[view].name);
    ui_tooltip(v->ui, b, translate(canvas_kinds[view].tip));
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
    intents_add(v->out, "show %s", canvas_kinds[again ? last : list[0]].name);
}

/* The room that one tab needs, whichever it is, with a way to those before and after it. */
static float least_for_tabs(const struct view *v)
{
    float widest = 0;
    for (int i = 0; i < CANVAS_VIEWS; i++)
        widest = fmaxf(widest, ui_button_width(v->ui, translate(canvas_kinds[i].title)));
    return widest + 2 * ui_button_width(v->ui, "‹");
}

/* Which of the groups; left out where only one has anything to show. In little room there is a way
 * to the other one, and in still less it is left to the keys. */
static void draw_groups(const struct view *v, struct canvas_state *c, struct rect *r)
{
    static const char *const names[CANVAS_GROUPS] = {"See", "Play"};
    const char *const labels[CANVAS_GROUPS] = {C_("a group of views", "See"),
                                               C_("a group of views", "Play")};
    struct ui *ui = v->ui;
    int list[CANVAS_VIEWS];
    for (int g = 0; g < CANVAS_GROUPS; g++)
        if (views_of(v, c, (enum canvas_group)g, list) == 0)
            return;
    enum canvas_group now = canvas_kinds[c->view].group;
    int chosen = -1, other = now == CANVAS_SEE ? CANVAS_PLAY : CANVAS_SEE;
    float width = ui_segments_width(ui, labels, CANVAS_GROUPS), gap = ui_px(ui, 10);
    float room = r->w - gap - least_for_tabs(v), small = ui_button_width(ui, labels[other]);
    if (room < fminf(width, small))
        return;
    bool both = room >= width;
    struct rect at = rect_cut_left(r, both ? width : small);
    at = rect_centre(at, at.w, fminf(at.h - 2, ui_px(ui, 38)));
    if (both)
        chosen =
            ui_segments_named(ui, "canvas.group", at, names, labels, CANVAS_GROUPS, (int)now, 0);
    else if (ui_button(ui, "canvas.group", at, labels[other], BUTTON_NORMAL))
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
    int n = views_of(v, c, canvas_kinds[c->view].group, list);
    for (int i = 0; i < n; i++)
        shown = list[i] == (int)c->view ? i : shown;
    tabs_that_fit(v, list, n, shown, r->w, &first, &end);
    if (first > 0 || end < n)
        tabs_that_fit(v, list, n, shown, r->w - 2 * ui_button_width(ui, "‹"), &first, &end);
    if (first > 0)
        draw_turn(v, r, "canvas.before", "‹", list[first - 1]);
    for (int i = first; i < end; i++)
        draw_tab(v, c, list[i],
                 rect_cut_left(r, ui_button_width(ui, translate(canvas_kinds[list[i]].title))));
    if (end < n)
        draw_turn(v, r, "canvas.after", "›", list[end]);
    if (canvas_kinds[c->view].tools && !view_hides(v, "tools"))
        canvas_kinds[c->view].tools(v, c, *r);
    draw_tag(ui->draw, NULL);
}

const char *canvas_panel_title(const struct canvas_state *c)
{
    return canvas_kinds[c->view].panel ? canvas_kinds[c->view].panel_title : NULL;
}

void canvas_panel_draw(const struct view *v, struct canvas_state *c, struct rect r)
{
    canvas_kinds[c->view].panel(v, c, r);
}

bool canvas_has_foot(const struct canvas_state *c)
{
    return canvas_kinds[c->view].foot != NULL;
}

bool canvas_foot_draw(const struct view *v, struct canvas_state *c, struct rect r)
{
    if (!canvas_kinds[c->view].foot)
        return false;
    canvas_kinds[c->view].foot(v, c, r);
    return true;
}

void canvas_draw(const struct view *v, struct canvas_state *c, struct rect r)
{
    canvas_kinds[c->view].draw(v, c, r);
}
