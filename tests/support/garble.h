/* Files with something wrong in them, the same for a seed: for tests that nothing a program reads
 * brings it down. */
#ifndef GLASSNET_TESTS_GARBLE_H
#define GLASSNET_TESTS_GARBLE_H

#include "glassnet/base/rng.h"

/* Writes to `to` what stands in `from` with one thing or a few wrong: cut short, bytes changed,
 * numbers swapped for others, lines lost, twice or very long, no UTF-8. Of a session it is
 * mostly a part that is garbled, so that the zip is whole. */
void garble_file(struct rng *rng, const char *from, const char *to);

#endif
