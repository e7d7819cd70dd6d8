#include "glassnet/ui/theme.h"

#include <math.h>
#include <string.h>

#define C(hex)                                                                                     \
    {                                                                                              \
        (hex) >> 16 & 255, (hex) >> 8 & 255, (hex)&255, 255                                        \
    }

static const struct theme themes[] = {
    {.name = "paper",
     .least_contrast = 4.5f,
     .background = C(0xfbfaf6),
     .panel = C(0xffffff),
     .ink = C(0x1c2126),
     .on_ink = C(0xffffff),
     .muted = C(0x667079),
     .line = C(0xd9d6cc),
     .frame = C(0xb4b0a4),
     .hover = C(0xf6f4ef),
     .track = C(0xd9d6cc),
     .value_neg = C(0xd9600c),
     .value_pos = C(0x0f62b5),
     .grad_neg = C(0x1f8a4c),
     .grad_pos = C(0x7a2ea0),
     .zero = C(0xffffff),
     .nan = C(0xe0002a),
     .text_value_neg = C(0xb84c00),
     .text_value_pos = C(0x0f62b5),
     .text_grad_neg = C(0x1a7a42),
     .text_grad_pos = C(0x7a2ea0),
     .selection = C(0xf2b100),
     .focus = C(0x0f62b5),
     .phase = {C(0x0f62b5), C(0xc22b3a), C(0x6a2688), C(0x0c8577)},
     .text_phase = {C(0x0f62b5), C(0xc22b3a), C(0x6a2688), C(0x0b7a6d)},
     .on_phase = {C(0xffffff), C(0xffffff), C(0xffffff), C(0xffffff)},
     .hatch = C(0xd9d6cc),
     .hatch_ground = C(0xf5f3ec),
     .error = C(0xc01f30),
     .good = C(0x0b7a6d),
     .turn_ground = C(0xfff5dc),
     .turn_edge = C(0xf2b100),
     .turn_ink = C(0x1c2126),
     .link = C(0x0f62b5),
     .cell_dark = C(0x1c2126),
     .cell_light = C(0xffffff),
     .dim = {28, 33, 38, 150}},
    {.name = "board",
     .least_contrast = 4.5f,
     .dark = true,
     .background = C(0x14211d),
     .panel = C(0x1b2b26),
     .ink = C(0xf0efe6),
     .on_ink = C(0x14211d),
     .muted = C(0xa9b5ae),
     .line = C(0x37483f),
     .frame = C(0x5d7067),
     .hover = C(0x263a33),
     .track = C(0x3b4d45),
     .value_neg = C(0xd9600c),
     .value_pos = C(0x0f62b5),
     .grad_neg = C(0x1f8a4c),
     .grad_pos = C(0x7a2ea0),
     .zero = C(0xf7f6f0),
     .nan = C(0xff2d4a),
     .text_value_neg = C(0xff9d57),
     .text_value_pos = C(0x7fb8f5),
     .text_grad_neg = C(0x6cd596),
     .text_grad_pos = C(0xd79bf2),
     .selection = C(0xffc62e),
     .focus = C(0x7fb8f5),
     .phase = {C(0x6db0f5), C(0xf5727f), C(0xac6fe0), C(0x6fdccb)},
     .text_phase = {C(0x7fb8f5), C(0xff8a95), C(0xd79bf2), C(0x52d3c2)},
     .on_phase = {C(0x10201b), C(0x10201b), C(0x10201b), C(0x10201b)},
     .hatch = C(0x4a5d54),
     .hatch_ground = C(0x1f302a),
     .error = C(0xff8a95),
     .good = C(0x52d3c2),
     .turn_ground = C(0x3b3620),
     .turn_edge = C(0xffc62e),
     .turn_ink = C(0xf7f0dc),
     .link = C(0x8cc2fa),
     .cell_dark = C(0x14211d),
     .cell_light = C(0xffffff),
     .dim = {0, 0, 0, 170}},
    {.name = "contrast",
     .least_contrast = 7,
     .background = C(0xffffff),
     .panel = C(0xffffff),
     .ink = C(0x000000),
     .on_ink = C(0xffffff),
     .muted = C(0x3a3f44),
     .line = C(0x777777),
     .frame = C(0x000000),
     .hover = C(0xececec),
     .track = C(0xc4c4c4),
     .value_neg = C(0x933c00),
     .value_pos = C(0x0048a0),
     .grad_neg = C(0x075c2c),
     .grad_pos = C(0x6a1496),
     .zero = C(0xffffff),
     .nan = C(0xe00000),
     .text_value_neg = C(0x803400),
     .text_value_pos = C(0x0048a0),
     .text_grad_neg = C(0x075528),
     .text_grad_pos = C(0x6a1496),
     .selection = C(0xf2b100),
     .focus = C(0x000000),
     .phase = {C(0x003a8c), C(0xa0001c), C(0x8327be), C(0x005f50)},
     .text_phase = {C(0x0048a0), C(0xa0001c), C(0x6a1496), C(0x005a50)},
     .on_phase = {C(0xffffff), C(0xffffff), C(0xffffff), C(0xffffff)},
     .hatch = C(0x8a8a8a),
     .hatch_ground = C(0xffffff),
     .error = C(0xa0001c),
     .good = C(0x005a50),
     .turn_ground = C(0xfff3c4),
     .turn_edge = C(0x000000),
     .turn_ink = C(0x000000),
     .link = C(0x0048a0),
     .cell_dark = C(0x000000),
     .cell_light = C(0xffffff),
     .dim = {0, 0, 0, 180}}};

#undef C

int theme_count(void)
{
    return (int)(sizeof themes / sizeof *themes);
}

const struct theme *theme_at(int index)
{
    return index >= 0 && index < theme_count() ? &themes[index] : NULL;
}

const struct theme *theme_find(const char *name)
{
    for (int i = 0; i < theme_count(); i++)
        if (strcmp(themes[i].name, name) == 0)
            return &themes[i];
    return NULL;
}

/* The best contrast black or white text has on c. */
static float text_contrast(struct colour c)
{
    const struct colour black = {0, 0, 0, 255}, white = {255, 255, 255, 255};
    return fmaxf(colour_contrast(c, black), colour_contrast(c, white));
}

/* Part of the way from zero to `end`. Between light and dark lie colours on which no text reaches
 * 7:1; a theme that promises it leaves them out and takes the nearest it may. Still monotonic. */
static struct colour part_way(const struct theme *t, struct colour end, float part)
{
    struct colour c = colour_mix(t->zero, end, part);
    for (float off = 0.01f; off < 1 && text_contrast(c) < t->least_contrast; off += 0.01f) {
        c = colour_mix(t->zero, end, fmaxf(0, part - off));
        if (text_contrast(c) < t->least_contrast)
            c = colour_mix(t->zero, end, fminf(1, part + off));
    }
    return c;
}

static struct colour diverging(const struct theme *t, struct colour neg, struct colour pos, float v,
                               float limit)
{
    if (!isfinite(v))
        return t->nan;
    float part = limit > 0 ? fabsf(v) / limit : 1;
    part = part > 1 ? 1 : part;
    if (t->least_contrast > 4.5f)
        return part_way(t, v < 0 ? neg : pos, part);
    return colour_mix(t->zero, v < 0 ? neg : pos, part);
}

struct colour scale_value(const struct theme *t, float v, float limit)
{
    return diverging(t, t->value_neg, t->value_pos, v, limit);
}

struct colour scale_gradient(const struct theme *t, float v, float limit)
{
    return diverging(t, t->grad_neg, t->grad_pos, v, limit);
}

void scale_pack(const struct theme *t, bool gradient, const float *values, int n, int stride,
                float limit, uint32_t *out)
{
    struct colour neg = gradient ? t->grad_neg : t->value_neg;
    struct colour pos = gradient ? t->grad_pos : t->value_pos;
    for (int i = 0; i < n; i++)
        out[i] = colour_pack(diverging(t, neg, pos, values[(long)i * stride], limit));
}

float scale_limit(const float *values, int n)
{
    float limit = 0;
    for (int i = 0; i < n; i++)
        if (isfinite(values[i]) && fabsf(values[i]) > limit)
            limit = fabsf(values[i]);
    return limit > 0 ? limit : 1;
}

struct colour theme_text_on(const struct theme *t, struct colour ground)
{
    const struct colour black = {0, 0, 0, 255}, white = {255, 255, 255, 255};
    struct colour best = colour_readable(ground, t->cell_dark, t->cell_light);
    if (colour_contrast(ground, best) >= 4.5f)
        return best;
    return colour_readable(ground, black, white);
}

struct colour theme_signed(const struct theme *t, bool gradient, float v)
{
    if (!isfinite(v))
        return t->error;
    if (v == 0)
        return t->ink;
    if (gradient)
        return v < 0 ? t->text_grad_neg : t->text_grad_pos;
    return v < 0 ? t->text_value_neg : t->text_value_pos;
}
