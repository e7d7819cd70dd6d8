/* Themes: every colour of the interface by what it means, and the scales for numbers. */
#ifndef GLASSNET_UI_THEME_H
#define GLASSNET_UI_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "glassnet/ui/colour.h"

/* In the order of enum phase in nn/program.h. */
enum theme_phase { THEME_FORWARD, THEME_LOSS, THEME_BACKWARD, THEME_UPDATE };

struct theme {
    const char *name;
    bool dark;
    float least_contrast;               /* of text: 4.5, or 7 */
    struct colour background;           /* the canvas */
    struct colour panel;                /* bars, cards, the side panel */
    struct colour ink;                  /* text; also the fill of primary buttons */
    struct colour on_ink;               /* text on ink */
    struct colour muted;                /* secondary text, 4.5:1 on background and panel */
    struct colour line;                 /* hairlines, frames of panels: no text */
    struct colour frame;                /* frames of pictures and matrices, darker than line */
    struct colour hover;                /* ground of something pointed at */
    struct colour track;                /* the empty part of sliders and progress bars */
    struct colour value_neg, value_pos; /* heatmap ends */
    struct colour grad_neg, grad_pos;
    struct colour zero;                           /* the middle of both scales */
    struct colour nan;                            /* a NaN or infinity in a heatmap */
    struct colour text_value_neg, text_value_pos; /* the same hues as text, 4.5:1 */
    struct colour text_grad_neg, text_grad_pos;
    struct colour selection;           /* yellow frames and curves */
    struct colour focus;               /* keyboard focus ring */
    struct colour phase[4];            /* fills; enum theme_phase */
    struct colour text_phase[4];       /* the same hues as text on panel */
    struct colour on_phase[4];         /* text on the fills */
    struct colour hatch, hatch_ground; /* not computed yet */
    struct colour error, good;         /* as text and as fill under on_ink-like white */
    struct colour turn_ground, turn_edge, turn_ink; /* the "your turn" box */
    struct colour link;
    struct colour cell_dark, cell_light; /* numbers on heatmap cells, whichever reads better */
    struct colour dim;                   /* translucent cover of the spotlight */
};

/* The theme called `name` ("paper", "board", "contrast"), NULL when there is none. */
const struct theme *theme_find(const char *name);
int theme_count(void);
const struct theme *theme_at(int index);

/* The colour of value v on a diverging scale with `limit` (> 0) at both ends, zero in the
 * middle. NaN and infinity have the theme's own red; values beyond the limit the end colour. */
struct colour scale_value(const struct theme *t, float v, float limit);
struct colour scale_gradient(const struct theme *t, float v, float limit);

/* n values, `stride` floats apart, as packed colours for draw_heatmap. */
void scale_pack(const struct theme *t, bool gradient, const float *values, int n, int stride,
                float limit, uint32_t *out);

/* The largest |v| of n values, NaN and infinity left out; 1 when all are zero. */
float scale_limit(const float *values, int n);

/* Text colour for a number on a cell of colour `ground`: the better of cell_dark, cell_light;
 * pure black or white where neither reaches 4.5:1. */
struct colour theme_text_on(const struct theme *t, struct colour ground);

/* Text colour of a signed number outside cells: ink for 0, error for NaN. */
struct colour theme_signed(const struct theme *t, bool gradient, float v);

#endif
