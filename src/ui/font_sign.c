#include "font_sign.h"

#include <math.h>

enum {
    SAMPLES = 4, /* each way in a pixel */
    PARTS = 3
};

/* A part spans x0..x1 of the sign's width (0..1) over its whole height: a bar, or a triangle that
 * points right or left. */
struct part {
    enum { NOTHING, BAR, RIGHT, LEFT } shape;
    float x0, x1;
};

static const struct {
    unsigned code_point;
    struct part parts[PARTS];
} signs[] = {{0x23ee, {{BAR, 0.02f, 0.14f}, {LEFT, 0.14f, 0.57f}, {LEFT, 0.57f, 1}}},
             {0x23ed, {{RIGHT, 0, 0.43f}, {RIGHT, 0.43f, 0.86f}, {BAR, 0.86f, 0.98f}}},
             {0x23ea, {{LEFT, 0, 0.5f}, {LEFT, 0.5f, 1}}},
             {0x23e9, {{RIGHT, 0, 0.5f}, {RIGHT, 0.5f, 1}}},
             {0x23f8, {{BAR, 0.18f, 0.4f}, {BAR, 0.6f, 0.82f}}},
             {0x23f9, {{BAR, 0.1f, 0.9f}}},
             {0x23f4, {{LEFT, 0.1f, 0.95f}}},
             {0x23f5, {{RIGHT, 0.05f, 0.9f}}}};

static const struct part *parts_of(unsigned code_point)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].code_point == code_point)
            return signs[i].parts;
    return NULL;
}

bool font_sign_is_drawn(unsigned code_point)
{
    return parts_of(code_point) != NULL;
}

static bool is_inside(const struct part *parts, float x, float y)
{
    if (y < 0 || y > 1)
        return false;
    for (int i = 0; i < PARTS; i++) {
        const struct part *p = &parts[i];
        if (p->shape == NOTHING || x < p->x0 || x > p->x1)
            continue;
        float along = (x - p->x0) / (p->x1 - p->x0);
        float half = p->shape == BAR ? 0.5f : 0.5f * (p->shape == RIGHT ? 1 - along : along);
        if (fabsf(y - 0.5f) <= half)
            return true;
    }
    return false;
}

void font_sign_draw(struct font_glyph *g, unsigned code_point, int px, int quarter, float cap,
                    struct arena *pieces)
{
    const struct part *parts = parts_of(code_point);
    float em = (float)px, height = cap * em, width = height * 1.05f;
    float start = (FONT_SIGN_EM * em - width) / 2 + (float)quarter / 4;
    g->left = 0;
    g->top = -(int)ceilf(height) - 1;
    g->w = (int)ceilf(FONT_SIGN_EM * em) + 2;
    g->h = -g->top + 1;
    uint8_t *out = arena_alloc(pieces, (size_t)g->w * (size_t)g->h);
    for (int y = 0; y < g->h; y++)
        for (int x = 0; x < g->w; x++) {
            int hits = 0;
            for (int k = 0; k < SAMPLES * SAMPLES; k++) {
                float sx = (float)x + ((float)(k % SAMPLES) + 0.5f) / SAMPLES;
                float sy = (float)(y + g->top) + ((float)(k / SAMPLES) + 0.5f) / SAMPLES;
                hits += is_inside(parts, (sx - start) / width, 1 + sy / height);
            }
            out[y * g->w + x] = (uint8_t)(hits * 255 / (SAMPLES * SAMPLES));
        }
    g->coverage = out;
}
