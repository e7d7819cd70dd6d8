/* The run view: training in time. The loss curves of all branches over each other, a line of steps
 * to drag, what became of each branch, and the selected number in two of them side by side. */
#ifndef GLASSNET_VIEW_RUN_H
#define GLASSNET_VIEW_RUN_H

#include "glassnet/view/view.h"

struct run_state {
    bool naming;     /* the name of the branch shown is a text field */
    bool asks_focus; /* which was just opened */
    struct text_edit edit;
    char name[32];
    struct text_edit code; /* another class code */
    char code_text[32];
};

void run_init(struct run_state *s);
void run_draw(const struct view *v, struct run_state *s, struct rect r);

#endif
