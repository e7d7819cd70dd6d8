/* Cells by what was typed of their names, for the palette. */
#ifndef VIEW_PALETTE_CELLS_H
#define VIEW_PALETTE_CELLS_H

#include "chooser.h"

enum { CELL_CHOICES = 8 };

struct cell_choices {
    int count;
    bool first; /* what was typed can be nothing but a cell: before all else */
    struct choice choices[CELL_CHOICES];
    char titles[CELL_CHOICES][200], notes[CELL_CHOICES][320], lines[CELL_CHOICES][240];
};

/* The cell of that name; else the first cells of tensors whose name begins so, with the indices
 * given so far; else, where it looks like a cell, the sentence why it is none. */
void palette_cells(const struct snapshot *s, const char *typed, struct cell_choices *out);

#endif
