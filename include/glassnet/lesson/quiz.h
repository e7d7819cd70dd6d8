/* Which questions of a lesson are asked again: a few right after it, some of it later, so that what
 * was learnt is called back from memory (Roediger and Karpicke, 2006, "Test-enhanced learning"). */
#ifndef GLASSNET_LESSON_QUIZ_H
#define GLASSNET_LESSON_QUIZ_H

#include "glassnet/base/rng.h"
#include "glassnet/lesson/lesson.h"

struct quiz_question {
    int page, item;
};

/* Up to `most` questions, drawn by rng from different pages in their order: numbers to work out and
 * options to choose, which need nothing but the page. Returns how many there are. */
int quiz_pick(const struct lesson *lesson, struct rng *rng, int most, struct quiz_question *out);

#endif
