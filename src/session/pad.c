#include "session/pad.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"

static void forget(struct pad_change *c)
{
    free(c->ink);
    free(c->aside);
    *c = (struct pad_change){.number = 0};
}

struct pad_change *pad_past_add(struct pad_past *p, enum pad_change_kind kind, uint64_t number)
{
    while (p->count > p->done)
        forget(&p->list[--p->count]);
    if (p->count == PAD_CHANGES) {
        forget(&p->list[0]);
        memmove(&p->list[0], &p->list[1], (PAD_CHANGES - 1) * sizeof p->list[0]);
        p->count--;
    }
    struct pad_change *c = &p->list[p->count++];
    *c = (struct pad_change){.kind = kind, .number = number};
    p->done = p->count;
    p->stroke = false;
    return c;
}

void pad_past_clear(struct pad_past *p)
{
    while (p->count > 0)
        forget(&p->list[--p->count]);
    *p = (struct pad_past){.count = 0};
}

static float distance(struct pad_point p, struct pad_point a, struct pad_point b)
{
    float dx = b.x - a.x, dy = b.y - a.y;
    float length2 = dx * dx + dy * dy;
    float t = length2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 : 0;
    t = fminf(fmaxf(t, 0), 1);
    return hypotf(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

static int clamp_pixel(float v)
{
    return v < 0 ? 0 : v > PAD_SIDE - 1 ? PAD_SIDE - 1 : (int)v;
}

void pad_paint_line(uint8_t *ink, struct pad_point a, struct pad_point b, float radius, bool erase)
{
    float reach = radius + 1;
    int left = clamp_pixel(fminf(a.x, b.x) - reach), right = clamp_pixel(fmaxf(a.x, b.x) + reach);
    int top = clamp_pixel(fminf(a.y, b.y) - reach), bottom = clamp_pixel(fmaxf(a.y, b.y) + reach);
    for (int y = top; y <= bottom; y++)
        for (int x = left; x <= right; x++) {
            struct pad_point middle = {(float)x + 0.5f, (float)y + 0.5f};
            float share = fminf(fmaxf(radius + 0.5f - distance(middle, a, b), 0), 1);
            uint8_t *pixel = &ink[y * PAD_SIDE + x];
            uint8_t most = (uint8_t)(share * 255.0f + 0.5f), rest = (uint8_t)(255 - most);
            if (erase)
                *pixel = rest < *pixel ? rest : *pixel;
            else
                *pixel = most > *pixel ? most : *pixel;
        }
}

static float ink_at(const uint8_t *ink, int x, int y)
{
    bool inside = x >= 0 && y >= 0 && x < PAD_SIDE && y < PAD_SIDE;
    return inside ? (float)ink[y * PAD_SIDE + x] : 0;
}

/* Between four pixels; x and y of their middles. */
static float ink_between(const uint8_t *ink, float x, float y)
{
    int x0 = (int)floorf(x), y0 = (int)floorf(y);
    float u = x - (float)x0, v = y - (float)y0;
    float above = ink_at(ink, x0, y0) * (1 - u) + ink_at(ink, x0 + 1, y0) * u;
    float below = ink_at(ink, x0, y0 + 1) * (1 - u) + ink_at(ink, x0 + 1, y0 + 1) * u;
    return above * (1 - v) + below * v;
}

void pad_turn(const uint8_t *ink, double degrees, uint8_t *out)
{
    const float middle = (PAD_SIDE - 1) / 2.0f;
    double angle = degrees * 3.14159265358979323846 / 180;
    float c = (float)cos(angle), s = (float)sin(angle);
    for (int y = 0; y < PAD_SIDE; y++)
        for (int x = 0; x < PAD_SIDE; x++) {
            float dx = (float)x - middle, dy = (float)y - middle;
            float from = ink_between(ink, middle + c * dx - s * dy, middle + s * dx + c * dy);
            out[y * PAD_SIDE + x] = (uint8_t)(from + 0.5f);
        }
}

void pad_shift(const uint8_t *ink, int right, int down, uint8_t *out)
{
    for (int y = 0; y < PAD_SIDE; y++)
        for (int x = 0; x < PAD_SIDE; x++)
            out[y * PAD_SIDE + x] = (uint8_t)ink_at(ink, x - right, y - down);
}

bool pad_is_empty(const uint8_t *ink)
{
    for (size_t i = 0; i < PAD_CELLS; i++)
        if (ink[i])
            return false;
    return true;
}
