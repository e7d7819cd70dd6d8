/* Who is learning: changing to another learner, and the progress as a table for a teacher. */
#ifndef GLASSNET_SRC_APP_LEARNER_H
#define GLASSNET_SRC_APP_LEARNER_H

#include "app/core.h"

/* Keeps the progress of lessons in folder (NULL: the user's own), of whoever learnt last. */
void learner_keep(struct core *c, const char *folder);
/* Another learner; "" has no name. */
bool learner_is(struct core *c, const char *name, struct err *err);
/* Writes the table into the documents folder, or the current one, and says where. */
bool learner_table(struct core *c, struct err *err);

#endif
