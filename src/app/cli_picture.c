#include "app/cli_picture.h"

#include <stdlib.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/ui/picture.h"
#include "glassnet/ui/theme.h"

enum { SIDE_LEAST = 280, GAP = 4 };

bool cli_picture_name(const char *path, struct err *err)
{
    return file_ends_with(path, ".npz") || file_ends_with(path, ".png") ||
           err_set(err, ERR_USAGE, NULL, 0, "\"%s\" was expected to end in .npz or .png", path);
}

static uint32_t byte_of(float value)
{
    return (uint32_t)((value > 0 ? value < 1 ? value : 1 : 0) * 255.0f + 0.5f);
}

struct sheet {
    const float *values;
    int h, w, c;
    int parts; /* pictures beside each other */
    bool plain;
    float limit;
};

static uint32_t pixel(const struct sheet *s, int part, int y, int x)
{
    const float *at = s->values + ((size_t)y * (size_t)s->w + (size_t)x) * (size_t)s->c;
    if (s->parts == 1 && s->c == 3)
        return 0xFF000000u | byte_of(at[0]) << 16 | byte_of(at[1]) << 8 | byte_of(at[2]);
    if (s->plain)
        return 0xFF000000u | byte_of(at[part]) * 0x10101u;
    struct colour c = scale_value(theme_find("paper"), at[part], s->limit);
    return 0xFF000000u | (uint32_t)c.r << 16 | (uint32_t)c.g << 8 | (uint32_t)c.b;
}

bool cli_picture_write(const char *path, const float *values, const struct shape *shape, bool plain,
                       struct err *err)
{
    struct sheet s = {.values = values, .h = 1, .w = shape->dim[0], .c = 1, .plain = plain};
    if (shape->rank >= 2)
        s.h = shape->dim[0], s.w = shape->dim[1];
    if (shape->rank == 3)
        s.c = shape->dim[2];
    s.parts = plain && s.c == 3 ? 1 : s.c;
    s.limit = scale_limit(values, (int)shape_count(shape));
    int side = s.h > s.w ? s.h : s.w, zoom = side < SIDE_LEAST ? SIDE_LEAST / side : 1;
    int width = s.parts * (s.w * zoom + GAP) - GAP, height = s.h * zoom;
    uint32_t *pixels = mem_try((size_t)width * (size_t)height, sizeof *pixels);
    if (!pixels)
        return err_set(err, ERR_IO, path, 0, "does not fit into memory");
    for (int v = 0; v < height; v++)
        for (int u = 0; u < width; u++) {
            int part = u / (s.w * zoom + GAP), x = u % (s.w * zoom + GAP) / zoom;
            pixels[(size_t)v * (size_t)width + (size_t)u] =
                x < s.w ? pixel(&s, part, v / zoom, x) : 0xFF808080u;
        }
    bool ok = picture_write_png(path, pixels, width, height, err);
    free(pixels);
    return ok;
}

void cli_json_shape(struct json_out *j, const char *key, const struct shape *shape)
{
    json_begin(j, key, '[');
    for (int i = 0; i < shape->rank; i++)
        json_int(j, NULL, shape->dim[i]);
    json_end(j, ']');
}

void cli_json_floats(struct json_out *j, const char *key, const float *values, size_t n)
{
    json_begin(j, key, '[');
    for (size_t i = 0; i < n; i++)
        json_float(j, NULL, values[i]);
    json_end(j, ']');
}
