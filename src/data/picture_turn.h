/* How a camera says a picture is to be turned: the orientation of EXIF (CIPA DC-008, tag 0x0112).
 * Private to src/data. */
#ifndef GLASSNET_SRC_DATA_PICTURE_TURN_H
#define GLASSNET_SRC_DATA_PICTURE_TURN_H

#include <stdbool.h>
#include <stddef.h>

/* The orientation a JPEG file names, 1 to 8; 1 (as it is) where it names none. */
int picture_turn_of(const unsigned char *bytes, size_t size);

/* Do height and width change places? */
bool picture_turn_swaps(int turn);

/* Which pixel of a stored picture of height x width stands at row y, column x of the upright one.
 */
size_t picture_turn_from(int turn, int height, int width, int y, int x);

#endif
