/* The file picker: folders and files to open, or a name to save under; recent files. It remembers
 * the folder. */
#ifndef GLASSNET_VIEW_FILES_H
#define GLASSNET_VIEW_FILES_H

#include "glassnet/base/folder.h"
#include "glassnet/view/overlay.h"

enum { FILES_RECENT = 8, FILES_PATH = 1024 };

struct files_state {
    struct chooser_state chooser;
    bool saving;
    bool beside;             /* what is opened stands beside what is there */
    char folder[FILES_PATH]; /* absolute; "": not chosen yet */
    struct folder listing;   /* owned */
    char problem[700];       /* why the folder could not be read; empty: it was */
    char recent[FILES_RECENT][FILES_PATH];
    int n_recent;
};

/* Called when it is opened: reads the folder anew. With `saving` the name of what is open stands in
 * the field. */
void files_open(struct files_state *f, const struct snapshot *s, bool saving);
void files_deinit(struct files_state *f);

/* Shows another folder; one that cannot be read is shown with the reason. */
void files_go(struct files_state *f, const char *folder);

/* Puts a file first among the recent ones. */
void files_note(struct files_state *f, const char *path);

void files_draw(const struct view *v, struct files_state *f);

#endif
