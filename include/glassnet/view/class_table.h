/* The whole class at a glance: a row for each learner, a column for each lesson. */
#ifndef GLASSNET_VIEW_CLASS_TABLE_H
#define GLASSNET_VIEW_CLASS_TABLE_H

#include "glassnet/lesson/catalogue.h"
#include "glassnet/lesson/progress.h"
#include "glassnet/view/view.h"

struct class_table {
    struct lesson_class all;
    float scroll;
    int first; /* the leftmost lesson, where they don't all fit */
};

/* Called when it is opened: reads everybody's progress. */
void class_table_open(struct class_table *t, const char *folder);
void class_table_deinit(struct class_table *t);
/* lessons: those that columns are for (NULL: none); any other that was begun comes behind them. */
void class_table_draw(const struct view *v, struct class_table *t, const struct catalogue *lessons);

#endif
