/* A lesson is read anew when its file is written while it is open: its author sees each change at
 * the page it was made on. */
#ifndef GLASSNET_SRC_APP_RELOAD_H
#define GLASSNET_SRC_APP_RELOAD_H

#include <stdbool.h>

struct core;

/* The file as it is now is the one that is shown; after a lesson was opened. */
void reload_note(struct core *c);
/* Looks at the file, twice a second at most; true when what is shown changed. A file that cannot be
 * read as a lesson is told, and the lesson stays as it was. */
bool reload_tick(struct core *c, double time);

#endif
