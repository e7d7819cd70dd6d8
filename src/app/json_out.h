/* Writing JSON (docs/cli.md): numbers with nine significant digits, NaN and Infinity as Python's
 * json reads them, commas where they belong. */
#ifndef GLASSNET_SRC_APP_JSON_OUT_H
#define GLASSNET_SRC_APP_JSON_OUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct json_out {
    FILE *f;    /* the caller's */
    bool comma; /* something stands before the next item */
};

/* Every function writes an item; key may be NULL in lists. */
void json_begin(struct json_out *j, const char *key, char bracket);    /* '{' or '[' */
void json_end(struct json_out *j, char bracket);                       /* '}' or ']' */
void json_text(struct json_out *j, const char *key, const char *text); /* NULL: null */
void json_number(struct json_out *j, const char *key, double value);
void json_float(struct json_out *j, const char *key, float value);
void json_int(struct json_out *j, const char *key, int64_t value);
void json_bool(struct json_out *j, const char *key, bool value);

/* The last bracket's newline; false when standard output did not take everything. */
bool json_finish(struct json_out *j);

#endif
