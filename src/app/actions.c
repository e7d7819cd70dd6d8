/* What the interface itself does for the lines "app ..." of view/action.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/core.h"
#include "app/course.h"
#include "app/export.h"
#include "app/glossary.h"
#include "app/learner.h"
#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"
#include "glassnet/lesson/glossary.h"

enum { ZOOM_LEAST = 80, ZOOM_MOST = 250, ZOOM_STEP = 10 };

static bool zoom(struct core *c, const char *line, struct err *err)
{
    int now = session_snapshot(c->session)->zoom;
    int zoom = now + (strcmp(line, "zoom in") == 0 ? ZOOM_STEP : -ZOOM_STEP);
    zoom = zoom < ZOOM_LEAST ? ZOOM_LEAST : zoom > ZOOM_MOST ? ZOOM_MOST : zoom;
    return zoom == now || session_commandf(c->session, err, "zoom %d", zoom);
}

static bool copy(struct core *c, const char *line, struct err *err)
{
    bool tensor = strcmp(line, "copy tensor") == 0;
    char *text = tensor ? core_copy_tensor(c) : core_copy_cell(c);
    (void)err;
    if (!text)
        return true;
    if (c->ui.clipboard.set)
        c->ui.clipboard.set(c->ui.clipboard.context, text);
    core_log(c, "COPIED %.60s", text);
    screen_say(&c->screen, &c->ui, false,
               tensor ? _("The tensor is copied, as a table.") : _("The value is copied."));
    free(text);
    return true;
}

/* To another sample of the batch. */
static bool change_place(struct core *c, const char *line, struct err *err)
{
    const struct snapshot *s = session_snapshot(c->session);
    int place = s->view_sample + action_by(line);
    if (!view_has_pass(s) || place < 0 || place >= s->trace->n)
        return true;
    return session_commandf(c->session, err, "place %d", place);
}

/* Selects a cell of the layer before or after. */
static bool change_layer(struct core *c, const char *line, struct err *err)
{
    const struct snapshot *s = session_snapshot(c->session);
    struct cell cell = layer_neighbour(s, &c->screen.canvas.layer, action_by(line));
    char name[256];
    return !cell_is(cell) || session_commandf(c->session, err, "select %s",
                                              cell_name(s->program, cell, name, sizeof name));
}

static bool go_to(struct core *c, const char *line, struct err *err)
{
    struct view v = {.snap = session_snapshot(c->session), .ui = &c->ui, .out = &c->intents};
    (void)line;
    (void)err;
    formula_bar_type(&v, &c->screen.formula);
    return true;
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
static bool guess(struct core *c, const char *line, struct err *err)
{
    (void)line;
    const struct snapshot *s = session_snapshot(c->session);
    if (!view_has_pass(s) || !cell_is(s->selected) || !s->formula_done)
        return err_set(err, ERR_STATE, NULL, 0, "select a number that is computed to guess it");
    struct view v = view_now(c);
    c->screen.hide_value = c->screen.hide_value || !view_is_hidden(&v, s->selected);
    ui_focus(&c->ui, "formula.guess");
    return true;
}

/* Another value: typed into the inspector's field, or a step away. */
static bool change(struct core *c, const char *line, struct err *err)
{
    struct view v = view_now(c);
    struct panel_state *panel = &c->screen.panel;
    struct text_edit *edit = &panel->inspector.change.edit;
    if (!change_is_possible(&v))
        return err_set(err, ERR_STATE, NULL, 0,
                       "select an input, a parameter, a label or the rate: the other numbers are "
                       "worked out from these");
    if (strcmp(line, "change") != 0) {
        struct intents todo = {0};
        v.out = &todo;
        change_by(&v, line[0] == 'm' ? 1 : -1);
        return todo.count == 0 || session_command(c->session, todo.lines[0], err);
    }
    panel->tab = TAB_INSPECT;
    panel->folded = false;
    edit->anchor = 0;
    edit->caret = edit->text ? (int)strlen(edit->text) : 0;
    ui_focus(&c->ui, "inspector.value");
    return true;
}

static bool watch_or_not(struct core *c, const char *line, struct err *err)
{
    (void)line;
    const struct snapshot *s = session_snapshot(c->session);
    char name[320];
    if (!view_has_pass(s) || !cell_is(s->selected))
        return err_set(err, ERR_STATE, NULL, 0, "nothing is selected; select a cell to watch it");
    cell_name(s->program, s->selected, name, sizeof name);
    return session_commandf(c->session, err, "%s %s",
                            watch_has(s, s->selected) ? "unwatch" : "watch", name);
}

/* Switches: turned over by their name, or set by "on" or "off" behind it. False: it is none. */
static bool turn_switch(struct core *c, const char *line)
{
    struct screen *s = &c->screen;
    const struct {
        const char *line;
        bool *on, inverted;
    } switches[] = {{"blank", &s->blank, false},
                    {"hide", &s->hide_value, false},
                    {"spotlight", &s->spotlight, false},
                    {"pen", &s->pen.on, false},
                    {"fold", &s->panel.folded, false},
                    {"show-all", &s->show_all, false},
                    {"lines", &s->canvas.network.other_edges, false},
                    {"lens", &s->canvas.network.no_lens, true},
                    {"matrix operands", &s->canvas.matrix.operands, false},
                    {"matrix slice", &s->canvas.matrix.one_slice, false},
                    {"matrix histogram", &s->canvas.matrix.histogram, false}};
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
        size_t n = strlen(switches[i].line);
        const char *how = line + n;
        if (strncmp(switches[i].line, line, n) != 0)
            continue;
        if (*how == 0)
            *switches[i].on = !*switches[i].on;
        else if (strcmp(how, " on") == 0 || strcmp(how, " off") == 0)
            *switches[i].on = (how[2] == 'n') != switches[i].inverted;
        else
            continue;
        return true;
    }
    return false;
}

/* At the end of an inspected pass there is nothing left to play: it begins again. */
static bool play_or_pause(struct core *c, const char *line, struct err *err)
{
    (void)line;
    const struct snapshot *s = session_snapshot(c->session);
    struct transport_state *t = &c->screen.transport;
    t->playing = !t->playing && view_has_pass(s);
    t->next = c->ui.time;
    bool at_end = t->playing && s->pass == PASS_INSPECT && s->cursor.cell >= s->steps->cells;
    return !at_end || session_command(c->session, "phase start", err);
}

static bool change_pace(struct core *c, const char *line, struct err *err)
{
    struct transport_state *t = &c->screen.transport;
    (void)err;
    t->pace = pace_beside(t->pace, strcmp(line, "faster") == 0);
    return true;
}

static bool set_pace(struct core *c, const char *line, struct err *err)
{
    const char *word = line + strlen("pace ");
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

static void open_palette(struct core *c)
{
    struct err none = {0}; /* without its words it is a palette, too */
    struct lesson *words = glossary_load(course_language_of_words(c), &none);
    palette_open(&c->screen.palette, session_snapshot(c->session), c->catalogue, words);
    lesson_destroy(words);
}

/* Opens the overlay of that name, or closes it. */
static bool turn_overlay(struct core *c, const char *name)
{
    struct screen *s = &c->screen;
    for (int i = OVERLAY_NONE + 1; i < OVERLAYS; i++)
        if (strcmp(name, overlay_name(i)) == 0) {
            s->overlay = s->overlay == (enum overlay)i ? OVERLAY_NONE : (enum overlay)i;
            if (s->overlay == OVERLAY_PALETTE)
                open_palette(c);
            if (s->overlay == OVERLAY_LEARNER)
                learner_open(&s->learner, c->progress_folder[0] ? c->progress_folder : NULL,
                             c->progress.learner);
            if (s->overlay == OVERLAY_CLASS)
                learner_class(c);
            if (s->overlay == OVERLAY_FILES)
                files_open(&s->files, session_snapshot(c->session), false);
            return true;
        }
    return false;
}

/* Train, pause, go on: what the Train view's large button does. */
static bool train(struct core *c, const char *line, struct err *err)
{
    (void)line;
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
static bool pick_tensor(struct core *c, const char *line, struct err *err)
{
    (void)line;
    struct canvas_state *canvas = &c->screen.canvas;
    if (canvas->view != CANVAS_MATRIX) {
        canvas->matrix.picking = false;
        if (!core_command(c, "show matrix", err))
            return false;
    }
    matrix_pick(&canvas->matrix);
    return true;
}

static bool glossary(struct core *c, const char *line, struct err *err)
{
    return glossary_open(c, line + strlen("glossary "), err);
}

static bool learner(struct core *c, const char *line, struct err *err)
{
    return learner_is(c, line + strlen("learner-is"), err);
}

static bool progress_table(struct core *c, const char *line, struct err *err)
{
    (void)line;
    return learner_table(c, err);
}

static bool class_table(struct core *c, const char *line, struct err *err)
{
    (void)line;
    return learner_class_table(c, err);
}

static bool files_beside(struct core *c, const char *line, struct err *err)
{
    (void)line;
    (void)err;
    turn_overlay(c, "files");
    c->screen.files.beside = true;
    ui_focus(&c->ui, NULL);
    return true;
}

static bool save(struct core *c, const char *line, struct err *err)
{
    return strcmp(line, "save") == 0      ? core_save(c, err)
           : strcmp(line, "save as") == 0 ? core_save_as(c, err)
                                          : core_save_session(c, err);
}

static bool open_built(struct core *c, const char *line, struct err *err)
{
    (void)line;
    return core_open_built(c, err);
}

static bool quit(struct core *c, const char *line, struct err *err)
{
    (void)line;
    (void)err;
    return c->quit = true;
}

static bool export_picture(struct core *c, const char *line, struct err *err)
{
    return export_anew(c, line + strlen("export "), err);
}

static bool export_drawings(struct core *c, const char *line, struct err *err)
{
    (void)line;
    return export_drawings_anew(c, err);
}

static bool turn_notes(struct core *c, const char *line, struct err *err)
{
    (void)line;
    (void)err;
    c->notes.open = !c->notes.open;
    c->notes.since = c->ui.time;
    return true;
}

/* `begins`: the rest of the line is the row's to read. */
static const struct row {
    const char *line;
    bool (*run)(struct core *c, const char *line, struct err *err);
    bool begins;
} rows[] = {{"change", change, false},
            {"more", change, false},
            {"less", change, false},
            {"class-table", class_table, false},
            {"copy", copy, false},
            {"copy tensor", copy, false},
            {"export drawings", export_drawings, false},
            {"export png", export_picture, false},
            {"export svg", export_picture, false},
            {"faster", change_pace, false},
            {"slower", change_pace, false},
            {"pace ", set_pace, true},
            {"files beside", files_beside, false},
            {"glossary ", glossary, true},
            {"goto", go_to, false},
            {"guess", guess, false},
            {"layer next", change_layer, false},
            {"layer previous", change_layer, false},
            {"learner-is", learner, true},
            {"matrix pick", pick_tensor, false},
            {"notes", turn_notes, false},
            {"open built", open_built, false},
            {"place next", change_place, false},
            {"place previous", change_place, false},
            {"play-steps", play_or_pause, false},
            {"progress-table", progress_table, false},
            {"quit", quit, false},
            {"save", save, false},
            {"save as", save, false},
            {"save session", save, false},
            {"train", train, false},
            {"watch", watch_or_not, false},
            {"zoom in", zoom, false},
            {"zoom out", zoom, false}};

static const struct row *row_of(const char *line)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].begins ? strncmp(line, rows[i].line, strlen(rows[i].line)) == 0
                           : strcmp(line, rows[i].line) == 0)
            return &rows[i];
    return NULL;
}

bool actions_run(struct core *c, const char *line, bool *known, struct err *err)
{
    const struct row *row = row_of(line);
    *known = true;
    if (row)
        return row->run(c, line, err);
    if (strcmp(line, "fullscreen") == 0) {
        c->toggle_full_screen = true;
        return true;
    }
    if (turn_switch(c, line))
        return true;
    if (strcmp(line, "glossary") == 0 && c->screen.overlay != OVERLAY_GLOSSARY)
        return glossary_open(c, "", err);
    if (turn_overlay(c, line)) {
        ui_focus(&c->ui, NULL);
        return true;
    }
    *known = actions_canvas(c, line);
    return true;
}
