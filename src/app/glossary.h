/* The glossary's words and their pictures. A picture is the app itself, of a size that fits, at the
 * page of the word: a core of its own, kept while the glossary is open. */
#ifndef GLASSNET_SRC_APP_GLOSSARY_H
#define GLASSNET_SRC_APP_GLOSSARY_H

#include "app/core.h"

/* Opens the glossary at a word; "": where it was. */
bool glossary_open(struct core *c, const char *word, struct err *err);
/* After a frame: makes the picture that the glossary has room for, when it has another one. */
void glossary_follow(struct core *c);
void glossary_close(struct core *c);

#endif
