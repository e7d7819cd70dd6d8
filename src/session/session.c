/* The session's life, and the few commands that concern nothing but the screen. */
#include "glassnet/session/session.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "session/state.h"

struct session *session_create(void)
{
    struct session *s = mem_zalloc(1, sizeof *s);
    s->pad = mem_zalloc((size_t)PAD_SIDE * PAD_SIDE, 1);
    s->pad_empty = true;
    s->mode = MODE_TRAIN;
    s->grain = GRAIN_CELL;
    s->selected = CELL_NONE;
    s->guess = -1;
    s->zoom = 100;
    snprintf(s->theme, sizeof s->theme, "paper");
    snprintf(s->view, sizeof s->view, "home");
    s->last_command = mem_strdup("");
    return s;
}

void session_destroy(struct session *s)
{
    if (!s)
        return;
    session_close(s);
    formula_deinit(&s->formula);
    free(s->hidden.cell);
    free(s->trail.cell);
    free(s->edits);
    free(s->pad);
    free(s->last_command);
    free(s->note);
    free(s);
}

void session_set_note(struct session *s, const char *note)
{
    char *copy = mem_strdup(note);
    free(s->note);
    s->note = copy;
}

const char *session_note(const struct session *s)
{
    return s->note ? s->note : "";
}

uint64_t session_command_count(const struct session *s)
{
    return s->commands;
}

const char *session_last_command(const struct session *s)
{
    return s->last_command;
}

bool session_value(struct session *s, const char *name, double *value, struct err *err)
{
    struct cell cell;
    if (!s->trace)
        return err_set(err, ERR_STATE, NULL, 0,
                       "there is no pass to read %s from; open a network and data first", name);
    if (!cell_parse(s->program, s->trace->n, name, &cell, err))
        return false;
    *value = (double)cell_value(s->trace, cell);
    return true;
}

static bool is_within(double found, double expected, double tolerance)
{
    if (isnan(expected) || isinf(expected))
        return isnan(expected) ? isnan(found) : found == expected;
    return fabs(found - expected) <= tolerance;
}

bool command_assert(struct session *s, struct text rest, struct err *err)
{
    struct cell cell;
    double expected, tolerance;
    char name[NAME_SIZE];
    if (!cell_argument(s, &rest, &cell, err) ||
        !argument_number(&rest, "the expected value", &expected, err) ||
        !argument_number(&rest, "the tolerance", &tolerance, err) || !arguments_end(rest, err))
        return false;
    if (!(tolerance >= 0))
        return err_set(err, ERR_USAGE, NULL, 0, "a tolerance is 0 or more; found %g", tolerance);
    s->changed = false;
    double found = (double)cell_value(s->trace, cell);
    return is_within(found, expected, tolerance) ||
           err_set(err, ERR_INPUT, NULL, 0, "%s is %.9g, expected %.9g within %g",
                   cell_name(s->program, cell, name, sizeof name), found, expected, tolerance);
}

bool command_theme(struct session *s, struct text rest, struct err *err)
{
    static const char *const themes[] = {"paper", "board", "contrast"};
    char word[32];
    if (!argument_word(&rest, "a theme", word, sizeof word, err) || !arguments_end(rest, err))
        return false;
    for (size_t i = 0; i < sizeof themes / sizeof *themes; i++)
        if (strcmp(word, themes[i]) == 0) {
            s->changed = strcmp(s->theme, word) != 0;
            snprintf(s->theme, sizeof s->theme, "%s", word);
            return true;
        }
    return err_set(err, ERR_USAGE, NULL, 0,
                   "\"%s\" is no theme; there are paper, board and contrast", word);
}

bool command_zoom(struct session *s, struct text rest, struct err *err)
{
    long percent;
    if (!argument_long(&rest, "the zoom in percent", 80, 250, &percent, err) ||
        !arguments_end(rest, err))
        return false;
    s->changed = s->zoom != (int)percent;
    s->zoom = (int)percent;
    return true;
}

/* Which views there are is the interface's to know; here a name only has to be one. */
bool command_show(struct session *s, struct text rest, struct err *err)
{
    char word[sizeof s->view];
    if (!argument_word(&rest, "a view", word, sizeof word, err) || !arguments_end(rest, err))
        return false;
    for (const char *c = word; *c; c++)
        if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '-')
            return err_set(err, ERR_USAGE, NULL, 0,
                           "\"%s\" is no view's name: those have small letters, digits and - only",
                           word);
    s->changed = strcmp(s->view, word) != 0;
    snprintf(s->view, sizeof s->view, "%s", word);
    return true;
}
