/* Questions of lessons asked again: three of the lesson that is open, or of those finished. */
#ifndef GLASSNET_SRC_APP_QUIZ_H
#define GLASSNET_SRC_APP_QUIZ_H

#include <stdbool.h>

#include "glassnet/base/err.h"

struct core;

enum { QUIZ_MOST = 3 };

/* count 0: none is on. */
struct quiz_run {
    int count, at;
    bool mixed;
    struct {
        char path[1024], lesson[128];
        int page, item;
        bool right;
    } questions[QUIZ_MOST];
};

/* "": of the lesson that is open; "old": of finished lessons, those first that were longest not
 * asked. */
bool quiz_begin(struct core *c, const char *which, struct err *err);
/* After the question is over: the next one, or how it went; what came of it is kept. */
bool quiz_next(struct core *c, struct err *err);
/* Is there a finished lesson to ask about? */
bool quiz_is_there(const struct core *c);

#endif
