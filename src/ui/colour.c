#include "glassnet/ui/colour.h"

#include <math.h>
#include <stdbool.h>

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
    /* Linear RGB to linear RGB at severity 1, rows of three. */
    static const float table[4][9] = {{1, 0, 0, 0, 1, 0, 0, 0, 1},
                                      {0.152286f, 1.052583f, -0.204868f, 0.114503f, 0.786281f,
                                       0.099216f, -0.003882f, -0.048116f, 1.051998f},
                                      {0.367322f, 0.860646f, -0.227968f, 0.280085f, 0.672501f,
                                       0.047413f, -0.011820f, 0.042940f, 0.968881f},
                                      {1.255528f, -0.076749f, -0.178779f, -0.078411f, 0.930809f,
                                       0.147602f, 0.004733f, 0.691367f, 0.303900f}};
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

static float degrees(float y, float x)
{
    float angle = atan2f(y, x) * 57.29578f;
    return angle < 0 ? angle + 360 : angle;
}

static float sine(float angle)
{
    return sinf(angle / 57.29578f);
}

static float cosine(float angle)
{
    return cosf(angle / 57.29578f);
}

/* c^7 / (c^7 + 25^7) under the root. */
static float vividness(float c)
{
    float c7 = powf(c, 7);
    return sqrtf(c7 / (c7 + 6103515625.0f));
}

/* The mean of two hues, the shorter way round. */
static float mean_hue(float h, float k)
{
    if (fabsf(h - k) <= 180)
        return (h + k) / 2;
    return (h + k + (h + k < 360 ? 360.0f : -360.0f)) / 2;
}

float colour_difference(struct colour a, struct colour b)
{
    float p[3], q[3];
    to_lab(a, p);
    to_lab(b, q);
    float g = 1.5f - 0.5f * vividness((hypotf(p[1], p[2]) + hypotf(q[1], q[2])) / 2);
    float c1 = hypotf(g * p[1], p[2]), c2 = hypotf(g * q[1], q[2]), c = (c1 + c2) / 2;
    bool grey = c1 * c2 < 1e-6f;
    float h1 = degrees(p[2], g * p[1]), h2 = degrees(q[2], g * q[1]);
    float turn = grey ? 0 : h2 - h1;
    turn += turn > 180 ? -360.0f : turn < -180 ? 360.0f : 0;
    float h = grey ? h1 + h2 : mean_hue(h1, h2), l = (p[0] + q[0]) / 2 - 50;
    float t = 1 - 0.17f * cosine(h - 30) + 0.24f * cosine(2 * h) + 0.32f * cosine(3 * h + 6) -
              0.2f * cosine(4 * h - 63);
    float dl = (q[0] - p[0]) / (1 + 0.015f * l * l / sqrtf(20 + l * l));
    float dc = (c2 - c1) / (1 + 0.045f * c);
    float dh = 2 * sqrtf(c1 * c2) * sine(turn / 2) / (1 + 0.015f * c * t);
    float bend = -2 * vividness(c) * sine(60 * expf(-(h - 275) * (h - 275) / 625));
    return sqrtf(dl * dl + dc * dc + dh * dh + bend * dc * dh);
}
