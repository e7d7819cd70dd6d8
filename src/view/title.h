/* Headings where there is less room than they need: what is left is their end, in which layers of a
 * kind differ, and a little of their beginning. */
#ifndef VIEW_TITLE_H
#define VIEW_TITLE_H

#include "glassnet/ui/font.h"

/* The first `head` letters and the last `tail` ones, with a sign between them where some are left
 * out. Returns out. */
char *title_leave_out(const char *title, int head, int tail, char *out, size_t size);

/* As much of the title as fits into width; false, and "", where not even a letter does. */
bool title_fit(struct fonts *fonts, enum font_face face, int px, const char *title, float width,
               char *out, size_t size);

#endif
