/* What a lesson is played on: a struct session, or a test's own. The player knows nothing else of
 * the app. */
#ifndef GLASSNET_LESSON_HOST_H
#define GLASSNET_LESSON_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "glassnet/base/err.h"

struct session;

#define LESSON_CELL_NAME 96

/* What the player looks at after each command or frame. */
struct host_state {
    uint64_t commands;               /* successful commands so far */
    char last[256];                  /* the last one */
    char selected[LESSON_CELL_NAME]; /* name of the selected cell, or empty */
    const char *phase;               /* "forward", ... of the cursor */
    bool training;
    int64_t epochs;      /* trained so far */
    int guess;           /* class the network reads; -1: none */
    char guess_name[64]; /* its label */
    bool drawing;        /* what it reads is the learner's drawing */
};

/* Callbacks; context comes first in each. command, value and state are needed, the others may be
 * NULL. */
struct lesson_host {
    void *context;
    /* Applies a command line of docs/cli.md, "Scripts". */
    bool (*command)(void *context, const char *line, struct err *err);
    /* A page is set up: what its commands changed is not told as the learner's change. */
    void (*page_begins)(void *context);
    /* Waits until a training started by the last command is over. */
    void (*finish)(void *context);
    /* A cell's value in the current pass, revealed or not; also loss(train), accuracy(test), ... */
    bool (*value)(void *context, const char *cell, double *value, struct err *err);
    void (*state)(void *context, struct host_state *out);
    /* The one way to write a cell's name, so that names can be compared; false: no such cell. */
    bool (*name)(void *context, const char *cell, char *out, size_t size, struct err *err);
    /* Sets a switch of the screen ("lens off"); NULL where there is none. With a context of its
     * own, for the screen is not the session's. */
    bool (*screen)(void *screen_context, const char *line, struct err *err);
    void *screen_context;
    /* The cell's formula in symbols and in numbers. */
    bool (*formula)(void *context, const char *cell, char *symbolic, char *numeric, size_t size,
                    struct err *err);
};

/* The host that is a session; session must outlive it. */
struct lesson_host host_of_session(struct session *session);

#endif
