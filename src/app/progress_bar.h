/* A line on standard error that is drawn again and again while long work goes on. */
#ifndef GLASSNET_SRC_APP_PROGRESS_BAR_H
#define GLASSNET_SRC_APP_PROGRESS_BAR_H

#include <stdbool.h>

struct progress_bar {
    bool shown;  /* standard error is a terminal, or it was asked for */
    double next; /* when to draw again, seconds */
};

/* Seconds of a clock that never jumps. */
double clock_seconds(void);

void progress_bar_init(struct progress_bar *b, bool quiet, bool forced);

/* Is it time to draw? At most ten times a second; always when `last`. */
bool progress_bar_due(struct progress_bar *b, bool last);

/* Draws the share done (0..1) and text behind it. */
void progress_bar_draw(const struct progress_bar *b, const char *before, double share,
                       const char *after);

/* Wipes the line, so that other output can follow. */
void progress_bar_clear(const struct progress_bar *b);

#endif
