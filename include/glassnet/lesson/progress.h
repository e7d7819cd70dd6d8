/* How far each learner has come in each lesson: one small text file a learner in the progress
 * folder of file_data_folder(), written whole or not at all. */
#ifndef GLASSNET_LESSON_PROGRESS_H
#define GLASSNET_LESSON_PROGRESS_H

#include <stdbool.h>

#include "glassnet/base/err.h"
#include "glassnet/base/mem.h"

struct lesson_place {
    char *lesson; /* file name without .md */
    int page;     /* reached, from 0 */
    int pages;
    int done, tasks;
    bool finished;
};

struct lesson_progress {
    char learner[64];
    char path[1200];
    int count;
    struct lesson_place *places;
    int capacity;
    char warning[512]; /* what was wrong with the file that was found, or "" */
};

/* Reads the learner's file (learner "" or NULL: the one unnamed learner of this machine; folder
 * NULL: the usual one). No file yet is an empty progress. A garbled file is kept under another
 * name, its readable lines are taken, and warning says so in one sentence. False only when the
 * system refuses. */
bool lesson_progress_load(struct lesson_progress *p, const char *folder, const char *learner,
                          struct err *err);
void lesson_progress_deinit(struct lesson_progress *p);

/* The place in a lesson, or NULL when it was never begun. */
const struct lesson_place *lesson_progress_find(const struct lesson_progress *p,
                                                const char *lesson);

/* Records a place; done and finished never go back to less. */
void lesson_progress_note(struct lesson_progress *p, const char *lesson, int page, int pages,
                          int done, int tasks, bool finished);

/* Writes the file. */
bool lesson_progress_save(const struct lesson_progress *p, struct err *err);

#endif
