/* The keys of the whole app (docs/keys are shown by F1). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/core.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"

/* Keys that are one command. */
static const struct {
    const char *key, *command;
} commands[] = {
    {"Space", "step"},         {"PageDown", "step"},    {"PageUp", "back"},
    {"Shift+Space", "back"},   {"Home", "phase start"}, {"End", "phase update"},
    {"1", "phase forward"},    {"2", "phase loss"},     {"3", "phase backward"},
    {"4", "phase update"},     {"Left", "move left"},   {"Right", "move right"},
    {"Up", "move up"},         {"Down", "move down"},   {"Enter", "move into"},
    {"Backspace", "move out"}, {"N", "sample next"},    {"Shift+N", "sample previous"},
    {"Ctrl+Z", "undo"},        {"Ctrl+Y", "redo"},      {"Ctrl+Shift+Z", "redo"},
};

static void zoom_by(const struct view *v, int step)
{
    int zoom = v->snap->zoom + step;
    zoom = zoom < 80 ? 80 : zoom > 250 ? 250 : zoom;
    if (zoom != v->snap->zoom)
        intents_add(v->out, "zoom %d", zoom);
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
               tensor ? "The tensor is copied, as a table." : "The value is copied.");
    free(text);
}

static bool is_home(const struct view *v)
{
    return strcmp(v->snap->view, "home") == 0;
}

static void escape(struct core *c, const struct view *v)
{
    struct screen *s = &c->screen;
    if (s->keys)
        s->keys = false;
    else if (s->blank)
        s->blank = false;
    else if (s->toast[0])
        s->toast[0] = 0;
    else if (s->network.zoom > 1)
        network_fit(&s->network);
    else if (!is_home(v))
        intents_add(v->out, "app leave");
}

/* To another sample of the batch. */
static void change_place(const struct view *v, int by)
{
    int place = v->snap->view_sample + by;
    if (view_has_pass(v->snap) && place >= 0 && place < v->snap->trace->n)
        intents_add(v->out, "place %d", place);
}

static void screen_keys(struct core *c, const struct view *v)
{
    struct ui *ui = &c->ui;
    struct screen *s = &c->screen;
    if (ui_key(ui, "B"))
        s->blank = !s->blank;
    if (ui_key(ui, "L"))
        s->network.spotlight = !s->network.spotlight;
    if (ui_key(ui, "H"))
        s->hide_value = !s->hide_value;
    if (ui_key(ui, "P"))
        s->transport.playing = !s->transport.playing;
    if (ui_key(ui, "F9"))
        s->panel.folded = !s->panel.folded;
    if (ui_key(ui, "["))
        change_place(v, -1);
    if (ui_key(ui, "]"))
        change_place(v, 1);
    if (ui_key(ui, "F"))
        network_fit(&s->network);
    if (ui_key(ui, "Ctrl+K"))
        formula_bar_type(v, &s->formula);
    if (ui_key(ui, "Ctrl+C"))
        copy(c, false);
    if (ui_key(ui, "Ctrl+Shift+C"))
        copy(c, true);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (ui_key(ui, commands[i].key))
            intents_add(v->out, "%s", commands[i].command);
}

void core_keys(struct core *c, const struct view *v, bool before_widgets)
{
    struct ui *ui = &c->ui;
    if (ui->text_wanted)
        return;
    if (c->screen.blank && ui->in->n_keys > 0 && !ui_key(ui, "B")) {
        c->screen.blank = false;
        return;
    }
    if (ui_key(ui, "F1") || ui_key(ui, "?") || ui_key(ui, "Shift+?"))
        c->screen.keys = !c->screen.keys;
    if (ui_key(ui, "F11"))
        c->toggle_full_screen = true;
    if (ui_key(ui, "Ctrl++") || ui_key(ui, "Ctrl+=") || ui_key(ui, "Ctrl+Shift++"))
        zoom_by(v, 10);
    if (ui_key(ui, "Ctrl+-"))
        zoom_by(v, -10);
    if (ui_key(ui, "Ctrl+0"))
        intents_add(v->out, "zoom 100");
    if (ui_key(ui, "Ctrl+Q"))
        c->quit = true;
    if (!before_widgets && ui->focus && ui->focus_visible)
        return; /* Escape takes the focus away first */
    if (ui_key(ui, "Escape"))
        escape(c, v);
    if (!is_home(v))
        screen_keys(c, v);
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
