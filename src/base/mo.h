/* A compiled gettext catalogue (.mo): pairs of texts, sorted by the first, and the rule that says
 * which plural form a number takes. */
#ifndef GLASSNET_SRC_BASE_MO_H
#define GLASSNET_SRC_BASE_MO_H

#include <stdint.h>

#include "glassnet/base/err.h"
#include "glassnet/base/text.h"

struct mo;

/* The catalogue in a file, owned by the caller; NULL with a sentence when it is none. */
struct mo *mo_load(const char *path, struct err *err);
void mo_destroy(struct mo *m);

/* The translation of id, which may hold a context and \4 before the text; NULL where there is
 * none. n picks the plural form. Lasts as long as the catalogue. */
const char *mo_find(const struct mo *m, const char *id, unsigned long n);

/* Which of forms a number takes by a rule of C ("n==1 ? 0 : 1", without an end); -1 when the rule
 * is garbled. */
int mo_plural(struct text rule, unsigned long n);

#endif
