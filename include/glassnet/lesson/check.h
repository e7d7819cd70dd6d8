/* Plays a lesson without a screen and checks everything it states: `glassnet lesson check`. */
#ifndef GLASSNET_LESSON_CHECK_H
#define GLASSNET_LESSON_CHECK_H

#include <stdbool.h>

#include "glassnet/base/err.h"
#include "glassnet/base/mem.h"
#include "glassnet/lesson/host.h"
#include "glassnet/lesson/lesson.h"

struct lesson_fault {
    int line;
    const char *sentence;
};

/* Zero it before the first use. */
struct lesson_report {
    struct arena arena; /* owns the sentences */
    int pages, tasks;
    int fault_count;
    struct lesson_fault *faults; /* in the order found */
    int capacity;
};

void lesson_report_deinit(struct lesson_report *report);

/* Loads the lesson at path and plays it with a real session: every setup, do and solve line runs,
 * every predict and answer takes its true value, each `wrong if` is worked out and refused, each
 * choose takes its right options and refuses the others, each find cell exists, each word that is
 * linked is in the glossary, each wait is fulfilled by its solve lines and not before, every live
 * number is there, every check holds. True when there was no fault; false with err set when the
 * lesson could not be loaded or begun, else with the faults in the report. */
bool lesson_check(const char *path, struct lesson_report *report, struct err *err);

/* The same for a lesson already loaded, on a host of the caller's. */
bool lesson_check_on(const struct lesson *lesson, const struct lesson_host *host,
                     struct lesson_report *report, struct err *err);

#endif
