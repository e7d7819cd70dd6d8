#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "glassnet/data/picture_input.h"

Suite *test_picture_input(void);

/* A grey PNG, written by hand so that the test needs no other library than the one it tests: its
 * data is a stored (uncompressed) zlib stream. */
static unsigned crc(const unsigned char *p, size_t n)
{
    unsigned c = 0xFFFFFFFFu;
    for (size_t i = 0; i < n; i++) {
        c ^= p[i];
        for (int k = 0; k < 8; k++)
            c = c & 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
    }
    return c ^ 0xFFFFFFFFu;
}

static unsigned char *big(unsigned char *p, unsigned v)
{
    p[0] = (unsigned char)(v >> 24);
    p[1] = (unsigned char)(v >> 16);
    p[2] = (unsigned char)(v >> 8);
    p[3] = (unsigned char)v;
    return p + 4;
}

static unsigned char *chunk(unsigned char *p, const char *kind, const unsigned char *data, size_t n)
{
    p = big(p, (unsigned)n);
    memcpy(p, kind, 4);
    memcpy(p + 4, data, n);
    return big(p + 4 + n, crc(p, n + 4));
}

static void write_png(const char *path, const unsigned char *grey, int height, int width)
{
    unsigned char raw[2048], file[4096], head[13], *p = raw + 7;
    for (int y = 0; y < height; y++) {
        *p++ = 0;
        memcpy(p, grey + y * width, (size_t)width);
        p += width;
    }
    size_t n = (size_t)(p - raw) - 7;
    memcpy(raw, "\x78\x01\x01", 3);
    raw[3] = (unsigned char)n;
    raw[4] = (unsigned char)(n >> 8);
    raw[5] = (unsigned char)~n;
    raw[6] = (unsigned char)(~n >> 8);
    unsigned a = 1, b = 0;
    for (size_t i = 0; i < n; i++) {
        a = (a + raw[7 + i]) % 65521;
        b = (b + a) % 65521;
    }
    p = big(p, b << 16 | a);
    big(big(head, (unsigned)width), (unsigned)height);
    memcpy(head + 8, "\x08\x00\x00\x00\x00", 5);
    memcpy(file, "\x89PNG\r\n\x1a\n", 8);
    unsigned char *end = chunk(file + 8, "IHDR", head, 13);
    end = chunk(end, "IDAT", head, 0); /* an empty piece is allowed */
    end = chunk(end, "IDAT", raw, (size_t)(p - raw));
    end = chunk(end, "IEND", head, 0);
    FILE *f = fopen(path, "wb");
    ck_assert_ptr_nonnull(f);
    fwrite(file, 1, (size_t)(end - file), f);
    fclose(f);
}

static const char path[] = "picture_input_test.png";

START_TEST(own_size_is_taken_as_it_is)
{
    unsigned char grey[16] = {0, 0, 0, 0, 0, 255, 51, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    struct shape shape = shape_picture(4, 4, 1);
    struct err err = {0};
    float x[16];
    write_png(path, grey, 4, 4);
    ck_assert_msg(picture_input_read(path, &shape, x, &err), "%s", err.message);
    ck_assert(x[5] == 1.0f && x[6] == 51.0f / 255.0f && x[0] == 0.0f);
    unlink(path);
}
END_TEST

START_TEST(bright_paper_is_turned_round)
{
    unsigned char grey[16];
    struct shape shape = shape_picture(4, 4, 1);
    struct err err = {0};
    float x[16];
    memset(grey, 255, sizeof grey);
    grey[5] = 0;
    write_png(path, grey, 4, 4);
    ck_assert_msg(picture_input_read(path, &shape, x, &err), "%s", err.message);
    ck_assert(x[5] == 1.0f && x[0] == 0.0f);
    unlink(path);
}
END_TEST

START_TEST(other_sizes_are_normalised)
{
    unsigned char grey[32 * 32] = {0};
    struct shape shape = shape_picture(28, 28, 1);
    struct err err = {0};
    float x[28 * 28];
    for (int y = 2; y < 12; y++) /* a square of 10 in a corner becomes one of 20 in the middle */
        for (int i = 2; i < 12; i++)
            grey[y * 32 + i] = 255;
    write_png(path, grey, 32, 32);
    ck_assert_msg(picture_input_read(path, &shape, x, &err), "%s", err.message);
    ck_assert(x[4 * 28 + 4] == 1.0f && x[23 * 28 + 23] == 1.0f);
    ck_assert(x[3 * 28 + 3] == 0.0f && x[24 * 28 + 24] == 0.0f);
    unlink(path);
}
END_TEST

START_TEST(what_does_not_fit_is_told)
{
    unsigned char grey[16] = {0};
    struct shape vector = shape_vector(2), wide = shape_picture(4, 5, 1);
    struct err err = {0};
    float x[20];
    write_png(path, grey, 4, 4);
    ck_assert(!picture_input_read(path, &vector, x, &err));
    ck_assert(strstr(err.message, "takes 2 numbers") != NULL);
    err_clear(&err);
    ck_assert(!picture_input_read(path, &wide, x, &err));
    ck_assert(strstr(err.message, "expected 4 x 5") != NULL);
    err_clear(&err);
    ck_assert(!picture_input_read("not-there.png", &wide, x, &err));
    ck_assert_int_eq(err_exit_code(&err), 1);
    unlink(path);
}
END_TEST

Suite *test_picture_input(void)
{
    Suite *s = suite_create("picture_input");
    TCase *c = tcase_create("all");
    tcase_add_test(c, own_size_is_taken_as_it_is);
    tcase_add_test(c, bright_paper_is_turned_round);
    tcase_add_test(c, other_sizes_are_normalised);
    tcase_add_test(c, what_does_not_fit_is_told);
    suite_add_tcase(s, c);
    return s;
}
