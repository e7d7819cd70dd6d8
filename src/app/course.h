/* The course is in the language of the screen. */
#ifndef GLASSNET_SRC_APP_COURSE_H
#define GLASSNET_SRC_APP_COURSE_H

struct core;

/* After another language was chosen: the home screen's lessons are those of the language, and the
 * lesson that is open goes on in it at the same page. */
void course_follow(struct core *c);

/* The language of words that are asked about: of the lesson that is open, else of the screen. */
const char *course_language_of_words(const struct core *c);

#endif
