/* Numbers and short calculations as people type them. */
#ifndef GLASSNET_SRC_LESSON_TYPED_H
#define GLASSNET_SRC_LESSON_TYPED_H

#include <stdbool.h>
#include <stddef.h>

/* What is typed, with the signs of an expression: "2(1 − 0,5)" becomes "2*(1 - 0.5)", "78 400"
 * "78400", "−ln(0.5)" "-log(0.5)". False when it is too long or holds other words or signs than
 * numbers, + - * /, brackets and functions of one number. */
bool typed_plain(const char *typed, char *out, size_t size);

#endif
