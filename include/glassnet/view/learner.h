/* Who is learning: the learners of this machine, a new one, and the progress as a table. */
#ifndef GLASSNET_VIEW_LEARNER_H
#define GLASSNET_VIEW_LEARNER_H

#include "glassnet/lesson/progress.h"
#include "glassnet/view/view.h"

struct learner_state {
    char names[LEARNERS_MOST][LEARNER_NAME];
    int count;
    const char *now; /* who learns; the app's */
    struct text_edit edit;
    char text[LEARNER_NAME];
    float scroll;
};

/* Called when it is opened: the learners there are. */
void learner_open(struct learner_state *s, const char *folder, const char *now);
void learner_draw(const struct view *v, struct learner_state *s);

#endif
