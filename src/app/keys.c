/* The keys of the whole app: those of view/action.c, and Escape. */
#include <string.h>

#include "app/core.h"
#include "glassnet/view/action.h"

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
    else if (canvas_is_zoomed(&s->canvas))
        canvas_fit(&s->canvas);
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

static void run_actions(const struct view *v, bool at_home)
{
    const struct action *a;
    for (int i = 0; (a = action_at(i)); i++)
        if (a->at_home == at_home && is_pressed(v->ui, a))
            intents_add(v->out, "%s", a->line);
}

void core_keys(struct core *c, const struct view *v, bool before_widgets)
{
    struct ui *ui = v->ui;
    if (c->screen.blank && ui->in->n_keys > 0) {
        for (int i = 0; i < ui->in->n_keys; i++)
            ui->in->keys[i].taken = true;
        c->screen.blank = false;
        return;
    }
    run_actions(v, true);
    if (!before_widgets && ui->focus && ui->focus_visible)
        return; /* Escape takes the focus away first */
    if (!ui->text_wanted && ui_key(ui, "Escape"))
        escape(c, v);
    if (!is_home(v))
        run_actions(v, false);
}
