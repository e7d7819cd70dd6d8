/* A host for tests: named numbers, and commands that change them. */
#ifndef TESTS_LESSON_FAKE_HOST_H
#define TESTS_LESSON_FAKE_HOST_H

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/lesson/host.h"

struct fake {
    int count;
    char cell[64][48];
    double value[64];
    struct host_state state;
    char log[8192]; /* every command that was done, a line each */
};

static inline double *fake_cell(struct fake *f, const char *cell)
{
    for (int i = 0; i < f->count; i++)
        if (strcmp(f->cell[i], cell) == 0)
            return &f->value[i];
    return NULL;
}

static inline void fake_put(struct fake *f, const char *cell, double value)
{
    double *place = fake_cell(f, cell);
    if (!place) {
        ck_assert_int_lt(f->count, 64);
        snprintf(f->cell[f->count], sizeof f->cell[0], "%s", cell);
        place = &f->value[f->count++];
    }
    *place = value;
}

/* Effects of a command; false when there is none such. out[0] = w[0]·x[0] + b[0] follows edits,
 * and each epoch of training halves the loss. */
static inline bool fake_apply(struct fake *f, const char *name, const char *cell, double value)
{
    if (strcmp(name, "open") == 0 || strcmp(name, "data") == 0 || strcmp(name, "hide") == 0 ||
        strcmp(name, "reveal") == 0 || strcmp(name, "step") == 0)
        return true;
    if (strcmp(name, "draw") == 0) {
        f->state.drawing = true;
        f->state.guess = 7;
        return true;
    }
    if (strcmp(name, "phase") == 0) {
        static const char *const phases[] = {"forward", "loss", "backward", "update"};
        for (int i = 0; i < 4; i++)
            if (strcmp(cell, phases[i]) == 0)
                f->state.phase = phases[i];
        return true;
    }
    if (strcmp(name, "train") == 0) {
        int epochs = 0;
        sscanf(cell, "%d", &epochs);
        for (int i = 0; i < epochs; i++)
            fake_put(f, "loss", *fake_cell(f, "loss") / 2);
        f->state.epochs += epochs;
        return true;
    }
    if (!fake_cell(f, cell))
        return false;
    if (strcmp(name, "select") == 0 || strcmp(name, "move") == 0)
        snprintf(f->state.selected, sizeof f->state.selected, "%s", cell);
    else if (strcmp(name, "edit") == 0 || strcmp(name, "drag") == 0)
        fake_put(f, cell, value);
    else
        return false;
    fake_put(f, "out[0]", *fake_cell(f, "w[0]") * *fake_cell(f, "x[0]") + *fake_cell(f, "b[0]"));
    return true;
}

static inline bool fake_command(void *context, const char *line, struct err *err)
{
    struct fake *f = context;
    char name[32] = "", cell[400] = "";
    double value = 0;
    sscanf(line, "%31s %399s %lf", name, cell, &value);
    if (!fake_apply(f, name, cell, value))
        return err_set(err, ERR_USAGE, NULL, 0, "there is no \"%s\"", line);
    f->state.commands++;
    snprintf(f->state.last, sizeof f->state.last, "%s", line);
    size_t n = strlen(f->log);
    snprintf(f->log + n, sizeof f->log - n, "%s\n", line);
    return true;
}

static inline bool fake_value(void *context, const char *cell, double *value, struct err *err)
{
    const double *place = fake_cell(context, cell);
    if (place)
        *value = *place;
    return place || err_set(err, ERR_INPUT, NULL, 0, "there is no %s", cell);
}

static inline void fake_state(void *context, struct host_state *out)
{
    *out = ((struct fake *)context)->state;
}

static inline struct lesson_host fake_host(struct fake *f)
{
    memset(f, 0, sizeof *f);
    f->state.guess = -1;
    f->state.phase = "forward";
    fake_put(f, "x[0]", 3);
    fake_put(f, "w[0]", -2);
    fake_put(f, "b[0]", 0.5);
    fake_put(f, "out[0]", -5.5); /* -2·3 + 0.5 */
    fake_put(f, "loss", 0.8);
    fake_put(f, "rate", 0.1);
    return (struct lesson_host){
        .context = f, .command = fake_command, .value = fake_value, .state = fake_state};
}

#endif
