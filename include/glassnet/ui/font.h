/* Fonts: four faces at any pixel size, measured and rasterised to 8-bit coverage.
 *
 * Glyphs are rasterised unhinted at four times their size and averaged down, at four horizontal
 * sub-pixel positions: the same coverage on every machine, and advances that need no rounding.
 * Each glyph is made once per face, size and position and kept. Signs a face lacks come from
 * DejaVu Sans. Nothing of SDL shows here. */
#ifndef GLASSNET_UI_FONT_H
#define GLASSNET_UI_FONT_H

#include <stdbool.h>
#include <stdint.h>

#include "glassnet/base/err.h"

enum font_face {
    FONT_SANS,
    FONT_SANS_BOLD, /* weight 600 */
    FONT_MONO,
    FONT_MONO_BOLD,
    FONT_FACES
};

enum { FONT_PX_MIN = 6, FONT_PX_MAX = 256 };

struct fonts;

/* The faces from the shared folder `fonts`; NULL and err when one is missing or damaged. The
 * caller destroys them. A struct fonts is used by one thread at a time. */
struct fonts *fonts_create(struct err *err);
void fonts_destroy(struct fonts *f);

/* Width in pixels of UTF-8 text on one line; of its first `bytes` bytes (-1: all). */
float font_width(struct fonts *f, enum font_face face, int px, const char *utf8);
float font_width_n(struct fonts *f, enum font_face face, int px, const char *utf8, int bytes);

/* Pixels above and below the baseline that glyphs of the face need, and the height of a line
 * (ascent + descent, without leading). Fractions of px, the same for every text. */
float font_ascent(const struct fonts *f, enum font_face face, int px);
float font_descent(const struct fonts *f, enum font_face face, int px);
float font_line(const struct fonts *f, enum font_face face, int px);
float font_cap_height(const struct fonts *f, enum font_face face, int px);

/* How many bytes of utf8 fit into `width` pixels, at a character's boundary. */
int font_fit(struct fonts *f, enum font_face face, int px, const char *utf8, float width);

/* The byte offset of the character boundary nearest to pixel x from the text's left end. */
int font_index_at(struct fonts *f, enum font_face face, int px, const char *utf8, float x);

/* True when the face itself (not only the fallback) has the sign; font_shows: one of them has. */
bool font_has(struct fonts *f, enum font_face face, unsigned code_point);
bool font_shows(struct fonts *f, enum font_face face, unsigned code_point);

struct font_glyph {
    const uint8_t *coverage; /* [h][w]; NULL when blank */
    int w, h;
    int left, top; /* from the pen's pixel on the baseline to the first column, first row */
    float advance; /* pixels */
};

/* The glyph at sub-pixel position `quarter` (0..3 fourths of a pixel to the right). Valid until
 * the fonts are destroyed. */
const struct font_glyph *font_glyph(struct fonts *f, enum font_face face, int px,
                                    unsigned code_point, int quarter);

#endif
