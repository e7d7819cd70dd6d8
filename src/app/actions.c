/* What the interface itself does for the lines "app ..." of view/action.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/core.h"
#include "app/export.h"
#include "app/glossary.h"
#include "app/learner.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"

enum { ZOOM_LEAST = 80, ZOOM_MOST = 250, ZOOM_STEP = 10 };

static bool zoom_by(struct core *c, int step, struct err *err)
{
    int now = session_snapshot(c->session)->zoom, zoom = now + step;
    zoom = zoom < ZOOM_LEAST ? ZOOM_LEAST : zoom > ZOOM_MOST ? ZOOM_MOST : zoom;
    return zoom == now || session_commandf(c->session, err, "zoom %d", zoom);
}

static void copy(struct core *c, bool tensor)
{
    char *text = tensor ? core_copy_tensor(c) : core_copy_cell(c);
    if (!text)
        return;
    if (c->ui.clipboard.set)
        c->ui.clipboard.set(c->ui.clipboard.context, text);
    core_log(c, "COPIED %.60s", text);
    screen_say(&c->screen, &c->ui, false,
               tensor ? _("The tensor is copied, as a table.") : _("The value is copied."));
    free(text);
}

/* To another sample of the batch. */
static bool change_place(struct core *c, int by, struct err *err)
{
    const struct snapshot *s = session_snapshot(c->session);
    int place = s->view_sample + by;
    if (!view_has_pass(s) || place < 0 || place >= s->trace->n)
        return true;
    return session_commandf(c->session, err, "place %d", place);
}

/* Selects a cell of the layer before or after. */
static bool change_layer(struct core *c, int by, struct err *err)
{
    const struct snapshot *s = session_snapshot(c->session);
    struct cell cell = layer_neighbour(s, &c->screen.canvas.layer, by);
    char name[256];
    return !cell_is(cell) || session_commandf(c->session, err, "select %s",
                                              cell_name(s->program, cell, name, sizeof name));
}

static void go_to(struct core *c)
{
    struct view v = {.snap = session_snapshot(c->session), .ui = &c->ui, .out = &c->intents};
    formula_bar_type(&v, &c->screen.formula);
}

static struct view view_now(struct core *c)
{
    return (struct view){.snap = session_snapshot(c->session),
                         .session = c->session,
                         .lesson = c->player,
                         .ui = &c->ui,
                         .out = &c->intents,
                         .hide_value = c->screen.hide_value};
}

/* Covers the selected number, if it isn't, and asks for it. */
static bool guess(struct core *c, struct err *err)
{
    const struct snapshot *s = session_snapshot(c->session);
    if (!view_has_pass(s) || !cell_is(s->selected) || !s->formula_done)
        return err_set(err, ERR_STATE, NULL, 0, "select a number that is computed to guess it");
    struct view v = view_now(c);
    c->screen.hide_value = c->screen.hide_value || !view_is_hidden(&v, s->selected);
    ui_focus(&c->ui, "formula.guess");
    return true;
}

/* Another value: typed into the inspector's field, or a step away. */
static bool change(struct core *c, const char *how, struct err *err)
{
    struct view v = view_now(c);
    struct panel_state *panel = &c->screen.panel;
    struct text_edit *edit = &panel->inspector.change.edit;
    if (!change_is_possible(&v))
        return err_set(err, ERR_STATE, NULL, 0,
                       "select an input, a parameter, a label or the rate: the other numbers are "
                       "worked out from these");
    if (strcmp(how, "change") != 0) {
        struct intents todo = {0};
        v.out = &todo;
        change_by(&v, how[0] == 'm' ? 1 : -1);
        return todo.count == 0 || session_command(c->session, todo.lines[0], err);
    }
    panel->tab = TAB_INSPECT;
    panel->folded = false;
    edit->anchor = 0;
    edit->caret = edit->text ? (int)strlen(edit->text) : 0;
    ui_focus(&c->ui, "inspector.value");
    return true;
}

static bool watch_or_not(struct core *c, struct err *err)
{
    const struct snapshot *s = session_snapshot(c->session);
    char name[320];
    if (!view_has_pass(s) || !cell_is(s->selected))
        return err_set(err, ERR_STATE, NULL, 0, "nothing is selected; select a cell to watch it");
    cell_name(s->program, s->selected, name, sizeof name);
    return session_commandf(c->session, err, "%s %s",
                            watch_has(s, s->selected) ? "unwatch" : "watch", name);
}

/* Switches: one word, turned over. */
static bool *switch_of(struct core *c, const char *line)
{
    struct screen *s = &c->screen;
    const struct {
        const char *line;
        bool *on;
    } switches[] = {{"blank", &s->blank},
                    {"hide", &s->hide_value},
                    {"spotlight", &s->spotlight},
                    {"pen", &s->pen.on},
                    {"fold", &s->panel.folded},
                    {"show-all", &s->show_all},
                    {"lines", &s->canvas.network.other_edges},
                    {"lens", &s->canvas.network.no_lens},

                    {"fullscreen", &c->toggle_full_screen},
                    {"matrix operands", &s->canvas.matrix.operands},
                    {"matrix slice", &s->canvas.matrix.one_slice},
                    {"matrix histogram", &s->canvas.matrix.histogram}};
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        if (strcmp(switches[i].line, line) == 0)
            return switches[i].on;
    return NULL;
}

/* At the end of an inspected pass there is nothing left to play: it begins again. */
static bool play_or_pause(struct core *c, struct err *err)
{
    const struct snapshot *s = session_snapshot(c->session);
    struct transport_state *t = &c->screen.transport;
    t->playing = !t->playing && view_has_pass(s);
    t->next = c->ui.time;
    bool at_end = t->playing && s->pass == PASS_INSPECT && s->cursor.cell >= s->steps->cells;
    return !at_end || session_command(c->session, "phase start", err);
}

static bool set_pace(struct core *c, const char *word, struct err *err)
{
    double pace;
    if (strcmp(word, "max") == 0)
        pace = (double)PACE_MAX;
    else if (!text_to_double(text_of(word), &pace) ||
             !(pace >= (double)PACE_LEAST && pace <= (double)PACE_MOST))
        return err_set(err, ERR_USAGE, NULL, 0,
                       "\"%s\" is no pace; it is a number of steps a second from 0.5 to 30, or max",
                       word);
    c->screen.transport.pace = (float)pace;
    return true;
}

/* What the view on the canvas can be made to show. */
static bool run_canvas(struct core *c, const char *line)
{
    const float notches = 2, part = 0.2f;
    const struct snapshot *s = session_snapshot(c->session);
    struct canvas_state *canvas = &c->screen.canvas;
    if (strcmp(line, "closer") == 0 || strcmp(line, "farther") == 0)
        canvas_zoom(canvas, s, line[0] == 'c' ? notches : -notches);
    else if (strcmp(line, "pan left") == 0 || strcmp(line, "pan right") == 0)
        canvas_pan(canvas, line[4] == 'r' ? part : -part, 0);
    else if (strcmp(line, "pan up") == 0 || strcmp(line, "pan down") == 0)
        canvas_pan(canvas, 0, line[4] == 'd' ? part : -part);
    else if (strcmp(line, "unfold") == 0)
        network_turn_fold(&canvas->network, network_fold_at(&canvas->network, s, s->selected));
    else
        return false;
    return true;
}

/* Opens the overlay of that name, or closes it. */
static bool turn_overlay(struct core *c, const char *name)
{
    struct screen *s = &c->screen;
    for (int i = OVERLAY_NONE + 1; i < OVERLAYS; i++)
        if (strcmp(name, overlay_name(i)) == 0) {
            s->overlay = s->overlay == (enum overlay)i ? OVERLAY_NONE : (enum overlay)i;
            if (s->overlay == OVERLAY_PALETTE)
                palette_open(&s->palette, session_snapshot(c->session), c->catalogue);
            if (s->overlay == OVERLAY_LEARNER)
                learner_open(&s->learner, c->progress_folder[0] ? c->progress_folder : NULL,
                             c->progress.learner);
            if (s->overlay == OVERLAY_FILES)
                files_open(&s->files, session_snapshot(c->session), false);
            return true;
        }
    return false;
}

/* Train, pause, go on: what the Train view's large button does. */
static bool train(struct core *c, struct err *err)
{
    char own[64];
    const char *does =
        train_view_go(&c->screen.canvas.train, session_snapshot(c->session), own, sizeof own);
    if (does[0])
        return core_command(c, does, err);
    return err_set(err, ERR_STATE, NULL, 0,
                   "there is nothing to train: that takes a network with a loss line, data, and a "
                   "whole number of epochs");
}

/* The list of tensors, with the view that it belongs to. */
static bool pick_tensor(struct core *c, struct err *err)
{
    struct canvas_state *canvas = &c->screen.canvas;
    if (canvas->view != CANVAS_MATRIX) {
        canvas->matrix.picking = false;
        if (!core_command(c, "show matrix", err))
            return false;
    }
    matrix_pick(&canvas->matrix);
    return true;
}

static bool run_pen(struct pen_state *p, const char *line)
{
    if (strcmp(line, "pen clear") == 0) {
        pen_clear(p);
        return true;
    }
    if (strcmp(line, "pen colour") == 0) {
        p->colour = p->on && !p->erases ? (p->colour + 1) % PEN_COLOURS : p->colour;
        p->erases = false;
    } else if (strcmp(line, "pen erase") == 0) {
        p->erases = !p->erases;
    } else {
        return false;
    }
    p->on = true;
    return true;
}

bool actions_run(struct core *c, const char *line, bool *known, struct err *err)
{
    bool *on = switch_of(c, line);
    *known = true;
    if (strncmp(line, "glossary ", 9) == 0)
        return glossary_open(c, line + 9, err);
    if (strncmp(line, "learner-is", 10) == 0)
        return learner_is(c, line + 10, err);
    if (strcmp(line, "progress-table") == 0)
        return learner_table(c, err);
    if (strcmp(line, "glossary") == 0 && c->screen.overlay != OVERLAY_GLOSSARY)
        return glossary_open(c, "", err);
    if (on)
        *on = !*on;
    else if (turn_overlay(c, line))
        ui_focus(&c->ui, NULL);
    else if (strcmp(line, "files beside") == 0) {
        turn_overlay(c, "files");
        c->screen.files.beside = true;
        ui_focus(&c->ui, NULL);
    } else if (strcmp(line, "save") == 0)
        return core_save(c, err);
    else if (strcmp(line, "save session") == 0)
        return core_save_session(c, err);
    else if (strcmp(line, "save as") == 0)
        return core_save_as(c, err);
    else if (strcmp(line, "open built") == 0)
        return core_open_built(c, err);
    else if (strcmp(line, "quit") == 0)
        c->quit = true;
    else if (strcmp(line, "fit") == 0)
        canvas_fit(&c->screen.canvas);
    else if (run_canvas(c, line) || run_pen(&c->screen.pen, line))
        return true;
    else if (strcmp(line, "matrix size") == 0)
        matrix_turn_size(&c->screen.canvas.matrix);
    else if (strcmp(line, "train") == 0)
        return train(c, err);
    else if (strcmp(line, "matrix pick") == 0)
        return pick_tensor(c, err);
    else if (strcmp(line, "export drawings") == 0)
        return export_drawings_anew(c, err);
    else if (strcmp(line, "export png") == 0 || strcmp(line, "export svg") == 0)
        return export_anew(c, line + 7, err);
    else if (strcmp(line, "notes") == 0) {
        c->notes.open = !c->notes.open;
        c->notes.since = c->ui.time;
    } else if (strcmp(line, "goto") == 0)
        go_to(c);
    else if (strcmp(line, "change") == 0 || strcmp(line, "more") == 0 || strcmp(line, "less") == 0)
        return change(c, line, err);
    else if (strcmp(line, "guess") == 0)
        return guess(c, err);
    else if (strcmp(line, "watch") == 0)
        return watch_or_not(c, err);
    else if (strcmp(line, "copy") == 0)
        copy(c, false);
    else if (strcmp(line, "copy tensor") == 0)
        copy(c, true);
    else if (strcmp(line, "play-steps") == 0)
        return play_or_pause(c, err);
    else if (strcmp(line, "faster") == 0 || strcmp(line, "slower") == 0)
        c->screen.transport.pace = pace_beside(c->screen.transport.pace, line[0] == 'f');
    else if (strncmp(line, "pace ", 5) == 0)
        return set_pace(c, line + 5, err);
    else if (strcmp(line, "zoom in") == 0)
        return zoom_by(c, ZOOM_STEP, err);
    else if (strcmp(line, "zoom out") == 0)
        return zoom_by(c, -ZOOM_STEP, err);
    else if (strcmp(line, "place next") == 0)
        return change_place(c, 1, err);
    else if (strcmp(line, "place previous") == 0)
        return change_place(c, -1, err);
    else if (strcmp(line, "layer next") == 0)
        return change_layer(c, 1, err);
    else if (strcmp(line, "layer previous") == 0)
        return change_layer(c, -1, err);
    else if (strcmp(line, "layer turn next") == 0)
        layer_turn_channel(&c->screen.canvas.layer, 1);
    else if (strcmp(line, "layer turn previous") == 0)
        layer_turn_channel(&c->screen.canvas.layer, -1);
    else
        *known = false;
    return true;
}

char *core_copy_cell(struct core *c)
{
    const struct snapshot *s = session_snapshot(c->session);
    if (!view_has_pass(s) || !cell_is(s->selected) || !s->formula_done)
        return NULL;
    char text[64];
    number_exact(cell_value(s->trace, s->selected), text, sizeof text);
    return mem_strdup(text);
}

/* Rows of the last axis; of a picture a row of its rows, channels side by side. */
char *core_copy_tensor(struct core *c)
{
    const struct snapshot *s = session_snapshot(c->session);
    if (!view_has_pass(s) || !cell_is(s->selected))
        return NULL;
    const struct tensor *t = &s->program->tensors[s->selected.tensor];
    int last = t->shape.rank > 0 ? t->shape.dim[t->shape.rank - 1] : 1;
    size_t across = t->shape.rank == 3 ? (size_t)(last * t->shape.dim[1]) : (size_t)last;
    char *out = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&out, &size);
    if (!f)
        return NULL;
    for (size_t i = 0; i < t->count; i++) {
        struct cell cell = {s->selected.tensor, t->batched ? s->view_sample : 0, i};
        char text[64] = "";
        if (steps_done(s->steps, s->cursor, cell))
            number_exact(cell_value(s->trace, cell), text, sizeof text);
        fprintf(f, "%s%c", text, (i + 1) % across == 0 || i + 1 == t->count ? '\n' : '\t');
    }
    fclose(f);
    return out;
}
