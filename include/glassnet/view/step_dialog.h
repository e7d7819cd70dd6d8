/* "Go to step …": any step of the run by its number. */
#ifndef GLASSNET_VIEW_STEP_DIALOG_H
#define GLASSNET_VIEW_STEP_DIALOG_H

#include "glassnet/view/view.h"

struct step_dialog {
    bool shown; /* in the last frame: when it opens, its field gets the focus */
    struct text_edit edit;
    char text[24];
};

/* The dialog, while it is the overlay; "app goto-step" opens and closes it. */
void step_dialog_draw(const struct view *v, struct step_dialog *d);

#endif
