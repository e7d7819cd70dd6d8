/* A number as a learner writes it down as an answer: besides what expression_read_answer takes, a
 * name and "=" before it, "%" behind it, or the unit that the lesson itself uses. */
#ifndef LESSON_ANSWER_H
#define LESSON_ANSWER_H

#include <stdbool.h>

struct answer {
    double value;
    int decimals; /* that were typed; -1: it was worked out (a fraction, a sum) */
};

/* ask: the question's words, page: those around it. A percentage is a hundredth of it, but where
 * the question asks for per cent; letters behind a number are left out when they are a word of
 * ask or page. False when it is no number. */
bool answer_read(const char *typed, const char *ask, const char *page, struct answer *out);

#endif
