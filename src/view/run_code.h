/* The class code in the run view: the word, large, and the field for another one. */
#ifndef VIEW_RUN_CODE_H
#define VIEW_RUN_CODE_H

#include "glassnet/view/run.h"

void run_code_draw(const struct view *v, struct run_state *s, struct rect r);

#endif
