/* Who is learning: changing to another learner, and the progress as a table for a teacher. */
#ifndef GLASSNET_SRC_APP_LEARNER_H
#define GLASSNET_SRC_APP_LEARNER_H

#include "app/core.h"

/* Keeps the progress of lessons in folder (NULL: the user's own), of whoever learnt last. */
void learner_keep(struct core *c, const char *folder);
/* Another learner; "" has no name. */
bool learner_is(struct core *c, const char *name, struct err *err);
/* Writes the table into the documents folder (file_user_folder) and says where: of who learns now,
 * or of the whole class. */
bool learner_table(struct core *c, struct err *err);
bool learner_class_table(struct core *c, struct err *err);
/* Reads everybody's progress for the table on the screen. */
void learner_class(struct core *c);

#endif
