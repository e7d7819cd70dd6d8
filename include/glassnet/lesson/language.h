/* Lessons in several languages. FOLDER/NAME.md is the original, in English; FOLDER/pl/NAME.md says
 * the same in Polish. Networks and data lie beside the original and are used by all. */
#ifndef GLASSNET_LESSON_LANGUAGE_H
#define GLASSNET_LESSON_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

/* Language i that lessons may be written in besides English, as its folder is called ("pl"); NULL
 * past the last. */
const char *lesson_language_list(int i);

/* The language of the lesson at path, from its folder: one of the list, else "en". */
const char *lesson_language(const char *path);

/* What its speakers call it: "English", "polski". */
const char *lesson_language_name(const char *language);

/* Its numbers have a decimal comma. */
bool lesson_language_has_comma(const char *language);

/* The folder of the lesson's original, where its network and its data are. Returns out. */
char *lesson_original_folder(const char *path, char *out, size_t size);

/* The file of the lesson at path in a language; where there is none, the original; path itself
 * where that is not there either. Returns out. */
char *lesson_in_language(const char *path, const char *language, char *out, size_t size);

#endif
