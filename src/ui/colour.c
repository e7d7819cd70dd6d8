#include "glassnet/ui/colour.h"

#include <math.h>

#include "srgb_table.h"

struct colour colour_hex(uint32_t rrggbb)
{
    return (struct colour){(uint8_t)(rrggbb >> 16), (uint8_t)(rrggbb >> 8), (uint8_t)rrggbb, 255};
}

static uint8_t to_byte(float v)
{
    return v <= 0 ? 0 : v >= 255 ? 255 : (uint8_t)(v + 0.5f);
}

struct colour colour_alpha(struct colour c, float alpha)
{
    c.a = to_byte(alpha * 255);
    return c;
}

static uint8_t mix_byte(uint8_t a, uint8_t b, float t)
{
    return to_byte((float)a + ((float)b - (float)a) * t);
}

struct colour colour_mix(struct colour a, struct colour b, float t)
{
    return (struct colour){mix_byte(a.r, b.r, t), mix_byte(a.g, b.g, t), mix_byte(a.b, b.b, t),
                           mix_byte(a.a, b.a, t)};
}

struct colour colour_over(struct colour top, struct colour ground)
{
    float alpha = (float)top.a / 255;
    top.a = ground.a = 255;
    return colour_mix(ground, top, alpha);
}

uint32_t colour_pack(struct colour c)
{
    return (uint32_t)c.a << 24 | (uint32_t)c.r << 16 | (uint32_t)c.g << 8 | c.b;
}

struct colour colour_unpack(uint32_t argb)
{
    return (struct colour){(uint8_t)(argb >> 16), (uint8_t)(argb >> 8), (uint8_t)argb,
                           (uint8_t)(argb >> 24)};
}

static float linear(uint8_t byte)
{
    return srgb_linear[byte];
}

static uint8_t gamma_byte(float v)
{
    v = v < 0 ? 0 : v > 1 ? 1 : v;
    return to_byte(255 * (v <= 0.0031308f ? 12.92f * v : 1.055f * powf(v, 1 / 2.4f) - 0.055f));
}

float colour_luminance(struct colour c)
{
    return 0.2126f * linear(c.r) + 0.7152f * linear(c.g) + 0.0722f * linear(c.b);
}

float colour_contrast(struct colour a, struct colour b)
{
    float la = colour_luminance(a), lb = colour_luminance(b);
    float high = la > lb ? la : lb, low = la > lb ? lb : la;
    return (high + 0.05f) / (low + 0.05f);
}

struct colour colour_readable(struct colour ground, struct colour dark, struct colour light)
{
    return colour_contrast(ground, dark) >= colour_contrast(ground, light) ? dark : light;
}

struct colour colour_seen(struct colour c, enum colour_vision vision)
{
    /* Linear RGB to linear RGB as a dichromat sees it, rows of three. */
    static const float table[4][9] = {
        {1, 0, 0, 0, 1, 0, 0, 0, 1},
        {0.11238f, 0.88762f, 0, 0.11238f, 0.88762f, 0, 0.00401f, -0.00401f, 1},
        {0.29275f, 0.70725f, 0, 0.29275f, 0.70725f, 0, -0.02234f, 0.02234f, 1},
        {1, 0.14461f, -0.14461f, 0, 0.85924f, 0.14076f, 0, 0.85924f, 0.14076f}};
    const float *m = table[vision];
    float r = linear(c.r), g = linear(c.g), b = linear(c.b);
    return (struct colour){gamma_byte(m[0] * r + m[1] * g + m[2] * b),
                           gamma_byte(m[3] * r + m[4] * g + m[5] * b),
                           gamma_byte(m[6] * r + m[7] * g + m[8] * b), c.a};
}

static float lab_curve(float t)
{
    return t > 0.008856f ? cbrtf(t) : 7.787f * t + 16.0f / 116;
}

/* CIE L*a*b* under D65. */
static void to_lab(struct colour c, float lab[3])
{
    float r = linear(c.r), g = linear(c.g), b = linear(c.b);
    float x = lab_curve((0.4124f * r + 0.3576f * g + 0.1805f * b) / 0.9505f);
    float y = lab_curve(0.2126f * r + 0.7152f * g + 0.0722f * b);
    float z = lab_curve((0.0193f * r + 0.1192f * g + 0.9505f * b) / 1.089f);
    lab[0] = 116 * y - 16;
    lab[1] = 500 * (x - y);
    lab[2] = 200 * (y - z);
}

float colour_difference(struct colour a, struct colour b)
{
    float p[3], q[3];
    to_lab(a, p);
    to_lab(b, q);
    float dl = p[0] - q[0], da = p[1] - q[1], db = p[2] - q[2];
    return sqrtf(dl * dl + da * da + db * db);
}
