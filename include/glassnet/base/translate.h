/* The language of what people read on the screen: texts of the source, which are English, and
 * catalogues of their translations in gettext's own format (src/po/pl.po, compiled to
 * locale/pl/LC_MESSAGES/glassnet.mo). How to mark a text: docs/translation.md.
 *
 * Nothing is translated until the app has chosen a language. Commands never choose one, so that
 * what they print is English everywhere, as other programs expect it.
 *
 * Catalogues are read here and not by the C library, which looks at the environment and at the
 * locales that happen to be installed: where there is none but C it translates nothing. So the
 * locale stays "C", numbers are read and written as ever, and a switch holds at once, in all
 * threads. */
#ifndef GLASSNET_BASE_TRANSLATE_H
#define GLASSNET_BASE_TRANSLATE_H

#include <stdbool.h>

#include "glassnet/base/err.h"

/* Marks a text and translates it where it stands. */
#define _(text) translate(text)
/* Marks a text in a table; who shows it says translate(row->title). */
#define N_(text) text
/* A text that means something else elsewhere: C_("of training", "Step"). */
#define C_(context, text)  translate_in(context, text)
#define NC_(context, text) text /* in a table; shown with translate_in(context, row->title) */

/* The text in the chosen language; itself where no catalogue has it. What is given back lasts as
 * long as the program. Formats keep their % marks: the tools check that, and the compiler reads
 * the English one. */
const char *translate(const char *text) __attribute__((format_arg(1)));
const char *translate_in(const char *context, const char *text) __attribute__((format_arg(2)));

/* The form that fits n things: translate_count("%d sample", "%d samples", n). */
const char *translate_count(const char *one, const char *many, long long n)
    __attribute__((format_arg(1), format_arg(2)));

/* Translates to language ("pl"; "en": as the source has it) from now on. False with a sentence
 * when its catalogue is missing or garbled: then texts are English. */
bool translate_choose(const char *language, struct err *err);

/* The language chosen, "en" at first. */
const char *translate_language(void);

/* Language i that there is a catalogue for, "en" first; NULL past the last. */
const char *translate_known(int i);

/* The language of the user's system (LANGUAGE, LC_ALL, LC_MESSAGES, LANG) that is known, else
 * "en". */
const char *translate_system(void);

#endif
