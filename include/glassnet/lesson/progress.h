/* How far each learner has come in each lesson: one small text file a learner in the progress
 * folder of file_data_folder(), written whole or not at all. */
#ifndef GLASSNET_LESSON_PROGRESS_H
#define GLASSNET_LESSON_PROGRESS_H

#include <stdbool.h>
#include <stdio.h>

#include "glassnet/base/err.h"
#include "glassnet/base/mem.h"

struct lesson_place {
    char *lesson; /* file name without .md */
    int page;     /* reached, from 0 */
    int pages;
    int done, tasks;
    bool finished;
    int quiz_right, quiz_of; /* of the last quiz on it; quiz_of 0: there was none */
    long quiz_day;           /* when that was: days since 1970 */
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
/* The same, only to be looked at: nothing is made or kept aside in the folder, and what is read
 * must not be saved. */
bool lesson_progress_look(struct lesson_progress *p, const char *folder, const char *learner,
                          struct err *err);
void lesson_progress_deinit(struct lesson_progress *p);

/* The place in a lesson, or NULL when it was never begun. */
const struct lesson_place *lesson_progress_find(const struct lesson_progress *p,
                                                const char *lesson);

/* Records a place; done and finished never go back to less. */
void lesson_progress_note(struct lesson_progress *p, const char *lesson, int page, int pages,
                          int done, int tasks, bool finished);

/* Records how a quiz on a lesson that was begun went, on a day since 1970. */
void lesson_progress_note_quiz(struct lesson_progress *p, const char *lesson, int right, int of,
                               long day);

/* Writes the file. */
bool lesson_progress_save(const struct lesson_progress *p, struct err *err);

/* Writes it as a table (CSV with a head, as lesson_class_export does). */
bool lesson_progress_export(const struct lesson_progress *p, const char *path, struct err *err);

/* --- learners: who shares this machine */

enum { LEARNERS_MOST = 64, LEARNER_NAME = 64 };

/* The learners there are (without the unnamed one), by name; their number. */
int lesson_learners(const char *folder, char names[LEARNERS_MOST][LEARNER_NAME]);
/* Who learnt last, "" the unnamed one; and who does now. */
void lesson_learner_last(const char *folder, char name[LEARNER_NAME]);
bool lesson_learner_remember(const char *folder, const char *name, struct err *err);

/* --- a class: everybody's progress, for the teacher */

struct lesson_class {
    int count;
    struct lesson_progress *learners; /* the unnamed one first if it has begun a lesson, by name */
    char warning[512];                /* of the first file that is damaged or cannot be read, "" */
};

/* Reads everybody's (names: only theirs; n 0: all), only to be looked at. False when a name is
 * nobody's. */
bool lesson_class_load(struct lesson_class *c, const char *folder, const char *const *names, int n,
                       struct err *err);
void lesson_class_deinit(struct lesson_class *c);
/* One table with a head, a row for each learner and lesson (CSV); and the same into a file. */
void lesson_class_write(const struct lesson_class *c, FILE *f);
bool lesson_class_export(const struct lesson_class *c, const char *path, struct err *err);
/* The day of a quiz: "2024-10-04"; "" where there was none. Returns out. */
char *lesson_quiz_date(const struct lesson_place *place, char *out, size_t size);

#endif
