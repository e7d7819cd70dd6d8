/* "Run until …": the dialog that asks for what, and the banner while it is looked for. */
#ifndef GLASSNET_VIEW_UNTIL_H
#define GLASSNET_VIEW_UNTIL_H

#include "glassnet/view/view.h"

enum until_choice { CHOICE_BELOW, CHOICE_ABOVE, CHOICE_CHANGES, CHOICE_NAN, CHOICES };

struct until_dialog {
    bool shown; /* in the last frame: when it opens, its first field gets the focus */
    enum until_choice choice;
    struct text_edit cell, number, within;
    char cell_text[160], number_text[32], within_text[16];
    uint64_t told; /* number of the last message shown */
};

void until_dialog_init(struct until_dialog *d);
/* The dialog, while it is the overlay; "app until" opens and closes it. */
void until_dialog_draw(const struct view *v, struct until_dialog *d);

/* At the foot of the canvas, while something is looked for: what, how far, a button to stop. */
void until_banner_draw(const struct view *v, struct rect canvas);

#endif
