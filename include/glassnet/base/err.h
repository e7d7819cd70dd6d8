/* Errors: one sentence that says where, what was found, what was expected and what to do.
 *
 * A struct err is owned by the caller and passed last. Functions that can fail return false (or
 * NULL) and fill it; the first error wins, so that a cause is never covered by its consequences.
 * Wherever a struct err pointer is taken, NULL is allowed: the failure is then only the return
 * value. */
#ifndef GLASSNET_BASE_ERR_H
#define GLASSNET_BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>

enum err_code {
    ERR_NONE = 0,
    ERR_USAGE, /* the call or command itself is wrong: exit code 2 */
    ERR_INPUT, /* a file, line or value is not what it must be: exit code 1 */
    ERR_IO,    /* the system refused to read, write or allocate: exit code 1 */
    ERR_STATE  /* right in itself, but not possible now: exit code 1 */
};

struct err {
    enum err_code code;
    char file[256];    /* empty when no file is concerned */
    int line;          /* 0 when no line is concerned; lines count from 1 */
    char message[640]; /* one sentence, no newline */
};

/* Empties e. A zeroed struct err is empty, too. */
void err_clear(struct err *e);

/* True when e holds an error. */
bool err_any(const struct err *e);

/* Records an error unless e holds one already (or is NULL). file may be NULL, line 0. The format is
 * translated where the app has chosen a language (translate.h): it needs no mark.
 * Always returns false, so that a failing function can `return err_set(...)`. */
bool err_set(struct err *e, enum err_code code, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Writes "file:line: message" (the parts there are) into out, always ended by a zero byte.
 * Returns out. */
char *err_text(const struct err *e, char *out, size_t size);

/* The exit code of a program that stops because of e: 0, 1 or 2. */
int err_exit_code(const struct err *e);

#endif
