/* The session is written into the user's data folder every half minute and after each edit, and
 * offered again when Glassnet ended without taking leave. */
#ifndef GLASSNET_SRC_APP_AUTOSAVE_H
#define GLASSNET_SRC_APP_AUTOSAVE_H

#include <stdbool.h>
#include <stdint.h>

#include "glassnet/base/err.h"
#include "glassnet/session/session.h"

struct autosave {
    char own[1024];    /* this program's file; empty: nothing is saved */
    char left[1024];   /* what a program that is gone has left; empty: nothing */
    double last;       /* when it was written last */
    uint64_t revision; /* of what was written */
    bool edited;       /* since */
};

/* Begins saving into folder (made if need be), and looks for what was left there. */
void autosave_begin(struct autosave *a, const char *folder);
/* Call once a frame: writes when it is time. False with one sentence when it could not. */
bool autosave_tick(struct autosave *a, struct session *s, double time, struct err *err);
/* Call after each command of the user's. */
void autosave_note(struct autosave *a, const char *line);
/* What was left is not wanted, or has been taken. */
void autosave_forget_left(struct autosave *a);
/* A proper end: nothing is left behind. */
void autosave_end(struct autosave *a, struct session *s);

#endif
