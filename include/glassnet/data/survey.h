/* What a learner brought: folders of pictures or a table, looked through before anything is made of
 * it. Classes with their counts and some pictures, sizes, kinds of columns, and what is odd: each a
 * sentence that says what was found and what becomes of it. */
#ifndef GLASSNET_DATA_SURVEY_H
#define GLASSNET_DATA_SURVEY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "glassnet/base/err.h"
#include "glassnet/base/mem.h"

#define SURVEY_SIDE     48 /* pixels a side of the small pictures */
#define SURVEY_EXAMPLES 8  /* of each class */
#define SURVEY_ODD      40 /* sentences; what is more is counted in the last */

struct survey_class {
    const char *name;
    int count;
    int examples;
    uint32_t *example; /* [examples][SURVEY_SIDE][SURVEY_SIDE] 0xFFRRGGBB */
};

enum survey_kind {
    SURVEY_NUMBER,
    SURVEY_WORDS,
    SURVEY_CONSTANT,
    SURVEY_EMPTY,
    SURVEY_COUNTER /* numbers the rows */
};

struct survey_column {
    const char *name;
    enum survey_kind kind;
    int different, missing;   /* values; rows without one */
    int numbers;              /* cells that are numbers */
    double least, most, mean; /* of numbers */
    bool whole;               /* all are whole numbers */
    const char *examples;     /* the first few values, for people */
    const char *strange;      /* the first few that are no numbers */
};

/* Owned by itself, until survey_destroy. */
struct survey {
    struct arena arena;
    bool table;
    int n; /* pictures that can be read, or rows */

    int classes; /* of pictures */
    struct survey_class *class;
    int least[2], most[2], middle[2]; /* width, height of pictures: smallest, largest, median */
    bool colour;                      /* some are not grey */
    bool alike;                       /* all have one size */

    int columns; /* of a table */
    struct survey_column *column;
    int target; /* the column that is most likely the answer */
    int copies; /* rows that are there twice */

    int odd;
    const char *oddity[SURVEY_ODD];
    const char *problem; /* why nothing can be made of it, a sentence; empty: it can */
};

/* How far it is, and a wish to stop: shared with the thread that waits. */
struct survey_progress {
    atomic_int done, total;
    atomic_bool stop;
};

/* Looks through a folder's sub-folders, or those that `named` names (as folders= of DATA texts).
 * NULL with one sentence where there is nothing to look at; also when it was stopped. */
struct survey *survey_pictures(const char *folder, const char *named, struct survey_progress *p,
                               struct err *err);

/* How many picture files a folder holds itself. */
int survey_folder_pictures(const char *folder);

/* Looks through the table at path. */
struct survey *survey_table(const char *path, struct survey_progress *p, struct err *err);

/* Numbers with a few cells that are none: more likely slips than words. */
bool survey_is_faulty(const struct survey *s, int column);

/* How many inputs the network gets of a column: one of numbers, one for each word; 0 for the answer
 * and where it is left out. */
int survey_column_inputs(const struct survey *s, int column);

/* Another column as the answer: what is odd about a table follows from it. */
void survey_set_target(struct survey *s, int column);

void survey_destroy(struct survey *s);

#endif
