/* The glossary: a lesson's file (lessons/glossary.md) whose pages are words. A page's heading is
 * the word, its text says what the word means, its `setup` makes the app show it: so the picture of
 * a word is the app itself, and its numbers are live. */
#ifndef GLASSNET_LESSON_GLOSSARY_H
#define GLASSNET_LESSON_GLOSSARY_H

#include "glassnet/lesson/lesson.h"

/* The name of the file among the lessons, without .md. */
#define GLOSSARY_NAME "glossary"

/* Reads Glassnet's own glossary in a language ("en", "pl"), or the English one. NULL with one
 * sentence when it is not there or faulty. */
struct lesson *glossary_load(const char *language, struct err *err);
/* The page of a word, in capitals or small letters; -1: it is not there. */
int glossary_find(const struct lesson *glossary, const char *word);

#endif
