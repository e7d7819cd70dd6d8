/* What the user has chosen once for every network and lesson: how numbers are written, colours,
 * size, motion, threads. They are kept in the user's folder as a text, a line "NAME=VALUE" each.
 *
 * Only the app with a window writes that file; pictures without a display, scripts, tests and the
 * command line begin with the defaults, so that they give the same on every machine. */
#ifndef GLASSNET_BASE_SETTINGS_H
#define GLASSNET_BASE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "glassnet/base/err.h"
#include "glassnet/base/text.h"

/* A plain value: copies are independent. */
struct settings {
    const char *language; /* "system", "en", "pl"; one of the table's words, as are the others */
    int digits;           /* significant digits of numbers on the screen, 2 to 6 */
    const char *decimal;  /* "language": as is usual in it; "point", "comma" */
    bool motion;          /* things may move from one place to another */
    const char *theme;    /* "paper", "board", "contrast" */
    int zoom;             /* percent, 80 to 250 */
    int threads;          /* of training; 0: as many as the work is worth */
};

struct setting_info {
    const char *name;  /* "digits" */
    const char *usage; /* "2 to 6" */
    const char *what;  /* one line for people */
};

/* Setting i, or NULL past the last. */
const struct setting_info *settings_list(int i);

/* The defaults. */
void settings_init(struct settings *s);

/* Sets one by name and value, both as written in the file. False with one sentence, and nothing
 * changed, when there is no such setting or it cannot be that. */
bool settings_set(struct settings *s, const char *name, const char *value, struct err *err);

/* The value of one as the file has it ("" when there is no such setting). Returns out. */
char *settings_get(const struct settings *s, const char *name, char *out, size_t size);

bool settings_equal(const struct settings *a, const struct settings *b);

/* Whether the screen says 0,5 and not 0.5. */
bool settings_decimal_comma(const struct settings *s);

/* How numbers are written on the screen. */
struct number_style settings_number_style(const struct settings *s);

/* The file, and what stands in it that this version does not know. */
struct settings_file {
    char path[1100];
    char *others;           /* lines of unknown settings and comments, kept; owned, may be NULL */
    struct settings stored; /* as the file has them */
    char warning[700];      /* what was wrong with the file, one sentence; empty: nothing */
};

/* Reads folder/settings (NULL: the user's own folder) into *s, which has the defaults where the
 * file says nothing. A garbled file is no failure: it gives the defaults, a warning, and is kept
 * beside as settings.garbled. */
void settings_load(struct settings_file *f, struct settings *s, const char *folder);
void settings_file_deinit(struct settings_file *f);

/* Writes them, when they are not what the file has, wholly or not at all. */
bool settings_save(struct settings_file *f, const struct settings *s, struct err *err);

#endif
