/* What the two surveys share. Private to src/data. */
#ifndef GLASSNET_SRC_DATA_SURVEY_H
#define GLASSNET_SRC_DATA_SURVEY_H

#include "glassnet/data/survey.h"

struct survey *survey_create(bool table);
/* Notes a sentence; beyond SURVEY_ODD they are counted. */
void survey_note(struct survey *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool survey_stopped(const struct survey_progress *p, struct err *err);

#endif
