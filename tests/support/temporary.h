/* A folder for one test's files, removed behind it. */
#ifndef GLASSNET_TESTS_TEMPORARY_H
#define GLASSNET_TESTS_TEMPORARY_H

#include <stddef.h>

/* For tcase_add_checked_fixture. */
void temporary_begin(void);
void temporary_end(void);

/* The folder, and the path of name in it; good until the 16th call after. */
const char *temporary_folder(void);
const char *temporary_path(const char *name);

/* Writes a file there (folders on the way are made) and returns its path. */
const char *temporary_write(const char *name, const void *bytes, size_t size);
const char *temporary_text(const char *name, const char *text);

#endif
