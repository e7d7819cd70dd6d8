/* The keys of the whole app: those of view/action.c, and Escape. */
#include <string.h>

#include "app/core.h"
#include "glassnet/view/action.h"

static bool is_home(const struct view *v)
{
    return strcmp(v->snap->view, "home") == 0;
}

/* What an overlay or a message covers can wait: Escape is theirs whatever has the focus. */
static bool close_topmost(struct core *c, struct ui *ui)
{
    struct screen *s = &c->screen;
    if ((!s->overlay && !s->toast[0]) || !ui_key(ui, "Escape"))
        return false;
    if (s->overlay) {
        s->overlay = OVERLAY_NONE;
        ui_focus(ui, NULL);
    } else {
        s->toast[0] = 0;
    }
    ui->again = true;
    return true;
}

static void escape(struct core *c, const struct view *v)
{
    if (v->snap->until.running)
        intents_add(v->out, "stop");
    else if (c->screen.pen.on)
        c->screen.pen.on = false;
    else if (canvas_is_zoomed(&c->screen.canvas))
        canvas_fit(&c->screen.canvas);
    else if (!is_home(v))
        intents_add(v->out, "app leave");
}

/* A clicker and the function keys work while a text is typed, too: they write and edit nothing. */
static bool is_for_typists(const char *name)
{
    struct ui_chord chord;
    return key_parse(name, &chord) && (chord.key == KEY_PAGE_UP || chord.key == KEY_PAGE_DOWN ||
                                       (chord.key >= KEY_F1 && chord.key <= KEY_F12));
}

static bool is_pressed(struct ui *ui, const struct action *a)
{
    bool pressed = false;
    for (int k = 0; k < ACTION_KEYS && a->keys[k]; k++)
        if (!ui->text_wanted || is_for_typists(a->keys[k]))
            pressed = ui_key(ui, a->keys[k]) || pressed;
    return pressed;
}

/* True for a chord that writes nothing: it can act while text is typed. */
static bool writes_nothing(const char *key)
{
    struct ui_chord chord;
    return key_parse(key, &chord) &&
           (chord.mods & (MOD_CTRL | MOD_ALT) || (chord.key >= KEY_F1 && chord.key <= KEY_F12));
}

static void run_actions(const struct view *v, unsigned where, unsigned here)
{
    const struct action *a;
    for (int i = 0; (a = action_at(i)); i++)
        if ((a->where & where) == here && is_pressed(v->ui, a))
            intents_add(v->out, "%s", a->line);
}

/* An overlay and a text field have all keys but those that concern the whole window. */
static void run_over(const struct view *v, bool typing)
{
    const struct action *a;
    for (int i = 0; (a = action_at(i)); i++)
        for (int k = 0; a->where & ACTION_OVER && k < ACTION_KEYS && a->keys[k]; k++)
            if ((!typing || writes_nothing(a->keys[k])) && ui_key(v->ui, a->keys[k]))
                intents_add(v->out, "%s", a->line);
}

static void end_blank(struct core *c, struct ui *ui)
{
    for (int i = 0; i < ui->in->n_keys; i++)
        ui->in->keys[i].taken = true;
    c->screen.blank = false;
}

void core_keys_first(struct core *c, const struct view *v, bool typing)
{
    struct ui *ui = v->ui;
    if (c->screen.blank && ui->in->n_keys > 0) {
        end_blank(c, ui);
    } else if (!close_topmost(c, ui)) {
        if (c->screen.overlay)
            run_over(v, typing);
        else if (!typing && !ui->focus_visible)
            core_keys(c, v);
    }
}

void core_keys(struct core *c, const struct view *v)
{
    struct ui *ui = v->ui;
    if (c->screen.overlay)
        return;
    if (ui->text_wanted)
        run_over(v, true);
    run_actions(v, ACTION_HOME, ACTION_HOME);
    if (ui->focus && ui->focus_visible)
        return; /* Escape takes the focus away first */
    if (!ui->text_wanted && ui_key(ui, "Escape"))
        escape(c, v);
    if (!is_home(v))
        run_actions(v, ACTION_HOME, 0);
}
