/* The lessons in a folder, as the home screen and `glassnet lesson list` show them. */
#ifndef GLASSNET_LESSON_CATALOGUE_H
#define GLASSNET_LESSON_CATALOGUE_H

#include "glassnet/base/err.h"
#include "glassnet/base/mem.h"

struct lesson_card {
    const char *path;
    const char *name;     /* file name without .md: the key in progress and needs */
    const char *language; /* of the file: "en", "pl" */
    bool foreign;         /* it is not the one asked for */
    const char *title;    /* the file's name when it could not be read */
    int order, minutes, pages, tasks;
    int teaches_count;
    const char *const *teaches;
    int subject_count; /* what the original teaches, in English: for the card's picture */
    const char *const *subjects;
    int needs_count;
    const char *const *needs;
    const char *fault; /* the sentence when the file is faulty, else NULL */
};

struct catalogue {
    struct arena arena; /* owns everything below */
    int count;
    struct lesson_card *cards; /* by order, then by name */
};

/* Every .md file of folder (NULL: Glassnet's own lessons), in a language where it is there in that,
 * else in English; faulty ones are listed with their fault. NULL with one sentence when the folder
 * cannot be read. */
struct catalogue *catalogue_load(const char *folder, const char *language, struct err *err);
void catalogue_destroy(struct catalogue *c);

#endif
