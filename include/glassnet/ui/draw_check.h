/* Looks over a finished frame for what a reader would stumble on: text that overlaps other text,
 * sticks out of its clip or the screen, was cut without leave, or has too little contrast. */
#ifndef GLASSNET_UI_DRAW_CHECK_H
#define GLASSNET_UI_DRAW_CHECK_H

#include "glassnet/ui/draw.h"

struct draw_report {
    int faults;
    char text[8192]; /* a line for each fault, as many as fit */
};

/* Overlaps, sticking out, half hidden (by a box not tagged "popup", "tooltip" or "message") and
 * unmarked ellipses. Text wholly clipped away, covered by a later
 * opaque rectangle or under a veil (a rectangle tagged "veil") does not count. Returns the number
 * of faults; *report is overwritten. */
int draw_list_check_text(const struct draw_list *d, struct draw_report *report);

/* Text whose contrast to the pixels really under it is below `least` (4.5) on more than a fifth
 * of its box. Rasterises the list without its text. Adds to *report; returns the faults added. */
int draw_list_check_contrast(const struct draw_list *d, float least, struct draw_report *report);

/* Text of fewer than `least_px` pixels. Adds to *report; returns the faults added. */
int draw_list_check_size(const struct draw_list *d, int least_px, struct draw_report *report);

#endif
