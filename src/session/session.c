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
    s->pen = PEN_WIDTH;
    own_init(&s->own);
    s->mode = MODE_TRAIN;
    s->grain = GRAIN_CELL;
    s->selected = CELL_NONE;
    s->guess = -1;
    s->compare.branch = -1;
    guess_clear(s);
    settings_init(&s->settings);
    snprintf(s->view, sizeof s->view, "home");
    s->last_command = mem_strdup("");
    return s;
}

void session_destroy(struct session *s)
{
    if (!s)
        return;
    session_save_end(s, NULL);
    session_close(s);
    own_deinit(&s->own);
    field_clear(s);
    kernels_end(&s->kernels);
    build_end(&s->build);
    optimizers_end(&s->optimizers);
    formula_deinit(&s->formula);
    free(s->hidden.cell);
    free(s->trail.cell);
    free(s->edits);
    free(s->pad);
    pad_past_clear(&s->pad_past);
    drawings_deinit(&s->drawings);
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

void session_forget_before(struct session *s)
{
    s->revision += s->before != NULL;
    pass_forget_before(s);
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

void session_set_settings(struct session *s, const struct settings *settings)
{
    s->revision += !settings_equal(&s->settings, settings);
    s->settings = *settings;
    s->engine.threads = settings->threads;
}

static bool change_setting(struct session *s, const char *name, const char *value, struct err *err)
{
    struct settings next = s->settings;
    if (!settings_set(&next, name, value, err))
        return false;
    s->changed = !settings_equal(&s->settings, &next);
    s->settings = next;
    s->engine.threads = next.threads; /* of the training that is started next */
    return true;
}

bool command_setting(struct session *s, struct text rest, struct err *err)
{
    char name[64], value[64];
    return argument_word(&rest, "a setting", name, sizeof name, err) &&
           argument_word(&rest, "its value", value, sizeof value, err) &&
           arguments_end(rest, err) && change_setting(s, name, value, err);
}

bool command_theme(struct session *s, struct text rest, struct err *err)
{
    char word[64];
    return argument_word(&rest, "a theme", word, sizeof word, err) && arguments_end(rest, err) &&
           change_setting(s, "theme", word, err);
}

bool command_zoom(struct session *s, struct text rest, struct err *err)
{
    char word[64];
    return argument_word(&rest, "the zoom in percent", word, sizeof word, err) &&
           arguments_end(rest, err) && change_setting(s, "zoom", word, err);
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
    if (strcmp(word, "draw") == 0 || strcmp(word, "data") == 0)
        keep_load(s);
    s->changed = strcmp(s->view, word) != 0;
    if (s->changed)
        field_clear(s); /* the view that wants it asks anew */
    if (s->changed)
        dreaming_pause(s);
    snprintf(s->view, sizeof s->view, "%s", word);
    study_follow_view(s, word);
    return true;
}
