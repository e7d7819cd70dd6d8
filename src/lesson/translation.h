/* Is a lesson in another language still the same lesson? Private to src/lesson. */
#ifndef LESSON_TRANSLATION_H
#define LESSON_TRANSLATION_H

#include "glassnet/lesson/check.h"
#include "glassnet/lesson/lesson.h"

/* Calls say with a line of lesson and a sentence for each page that does not have the blocks of its
 * original: the same in the same order, with the same commands, numbers and cells. */
void translation_compare(const struct lesson *lesson, const struct lesson *original,
                         void (*say)(void *context, int line, const char *sentence), void *context);

#endif
