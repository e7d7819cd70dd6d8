/* Colours: 8-bit sRGB with alpha, mixing, contrast and what colour-blind eyes see. */
#ifndef GLASSNET_UI_COLOUR_H
#define GLASSNET_UI_COLOUR_H

#include <stdint.h>

struct colour {
    uint8_t r, g, b, a;
};

struct colour colour_hex(uint32_t rrggbb);                           /* 0xfbfaf6, opaque */
struct colour colour_alpha(struct colour c, float alpha);            /* c with alpha 0..1 */
struct colour colour_mix(struct colour a, struct colour b, float t); /* a at t=0, b at t=1 */
struct colour colour_over(struct colour top, struct colour ground);  /* opaque result */

/* 0xAARRGGBB, the form of the framebuffer and of draw_heatmap. Alpha 0 means "draw nothing". */
uint32_t colour_pack(struct colour c);
struct colour colour_unpack(uint32_t argb);

/* Relative luminance 0..1 and contrast ratio 1..21 of two opaque colours: WCAG 2.1. */
float colour_luminance(struct colour c);
float colour_contrast(struct colour a, struct colour b);

/* Of two text colours the one that reads better on `ground`. */
struct colour colour_readable(struct colour ground, struct colour dark, struct colour light);

enum colour_vision { VISION_FULL, VISION_PROTAN, VISION_DEUTAN, VISION_TRITAN };

/* What c looks like without one kind of cone (Machado, Oliveira and Fernandes 2009, severity
 * 1). */
struct colour colour_seen(struct colour c, enum colour_vision vision);

/* Difference of two colours, CIEDE2000 (about 1 is just noticeable). */
float colour_difference(struct colour a, struct colour b);

#endif
