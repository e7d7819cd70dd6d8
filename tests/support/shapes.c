#include "support/shapes.h"

#include <check.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>

#include "glassnet/base/rng.h"
#include "glassnet/data/picture_write.h"
#include "support/temporary.h"

enum { WIDTH = 24, HEIGHT_MOST = 30 };

static void draw(struct rng *r, int kind, int height, uint8_t *grey)
{
    float x = 9 + 6 * (float)rng_below(r, 100) / 100, y = 10 + 5 * (float)rng_below(r, 100) / 100;
    float size = 5 + 3 * (float)rng_below(r, 100) / 100, turn = (float)rng_below(r, 628) / 100;
    for (int i = 0; i < height * WIDTH; i++) {
        float dx = (float)(i % WIDTH) - x, dy = (float)(i / WIDTH) - y;
        float star = cosf(6 * (atan2f(dy, dx) + turn)) > 0.2f ? 1.3f : 0.35f;
        bool in = hypotf(dx, dy) < (kind == SHAPE_ROUND ? size : size * star);
        grey[i] = (uint8_t)((in ? 210 : 30) + (int)rng_below(r, 25));
    }
}

const char *shapes_write(const char *name, int kind, int n)
{
    uint8_t grey[WIDTH * HEIGHT_MOST];
    struct err err = {0};
    struct rng r;
    rng_seed(&r, (uint64_t)kind + 11, 1);
    for (int i = 0; i < n; i++) {
        char path[300];
        int height = WIDTH + i % 3 * 3;
        snprintf(path, sizeof path, "%s/%d.png", name, i);
        const char *file = temporary_text(path, ""); /* makes the folder */
        draw(&r, kind, height, grey);
        ck_assert_msg(picture_file_write_grey(file, grey, height, WIDTH, &err), "%s", err.message);
    }
    return temporary_path(name);
}
