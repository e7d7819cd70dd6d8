#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "glassnet/data/dataset.h"
#include "glassnet/data/picture_file.h"
#include "support/temporary.h"

Suite *test_pictures(void);

static size_t put_word(unsigned char *p, unsigned long word)
{
    for (int i = 0; i < 4; i++)
        p[i] = (unsigned char)(word >> (24 - 8 * i) & 0xFF);
    return 4;
}

static size_t put_chunk(unsigned char *p, const char *type, const unsigned char *data, size_t n)
{
    put_word(p, n);
    memcpy(p + 4, type, 4);
    if (n)
        memcpy(p + 8, data, n);
    put_word(p + 8 + n, crc32(0, p + 4, (unsigned)n + 4));
    return n + 12;
}

/* Writes a PNG of at most 8 x 8 pixels with 1 or 3 channels; header values as they are given. */
static const char *write_png(const char *name, int height, int width, int channels,
                             const unsigned char *pixels)
{
    unsigned char file[1024] = "\x89PNG\r\n\x1A\n", header[13] = {0}, raw[256] = {0}, packed[512];
    unsigned long n_packed = sizeof packed;
    size_t used = 8, n = 0, row = (size_t)width * (size_t)channels;
    put_word(header, (unsigned long)width);
    put_word(header + 4, (unsigned long)height);
    header[8] = 8;
    header[9] = channels == 3 ? 2 : 0;
    for (int y = 0; pixels && y < height; y++) {
        raw[n++] = 0; /* no filter */
        memcpy(raw + n, pixels + (size_t)y * row, row);
        n += row;
    }
    ck_assert_int_eq(compress(packed, &n_packed, raw, n), Z_OK);
    used += put_chunk(file + used, "IHDR", header, sizeof header);
    used += put_chunk(file + used, "IDAT", packed, n_packed);
    used += put_chunk(file + used, "IEND", NULL, 0);
    return temporary_write(name, file, used);
}

static const unsigned char grey[6] = {0, 51, 102, 153, 204, 255};
static const unsigned char red[18] = {255, 0, 0, 255, 0, 0, 255, 0, 0,
                                      255, 0, 0, 255, 0, 0, 255, 0, 0};

START_TEST(folders_are_classes)
{
    struct err err = {0};
    write_png("p/cat/1.png", 2, 3, 1, grey);
    write_png("p/cat/2.PNG", 2, 3, 1, grey);
    write_png("p/ant/1.png", 2, 3, 1, grey);
    temporary_text("p/cat/notes.txt", "not a picture");
    temporary_text("p/.hidden/notes.txt", "not a class");
    struct dataset *d = dataset_open(temporary_path("p"), DATASET_TRAIN, NULL, &err);
    ck_assert_msg(d != NULL, "%s", err.message);
    ck_assert_int_eq(d->n, 3);
    ck_assert_str_eq(d->class_names[0], "ant");
    int counts[2];
    dataset_class_counts(d, counts);
    ck_assert_int_eq(counts[1], 2);
    ck_assert_int_eq(d->shape.dim[0], 2);
    ck_assert_int_eq(d->shape.dim[1], 3);
    ck_assert_int_eq(d->shape.dim[2], 1);
    for (int i = 0; i < 6; i++)
        ck_assert(dataset_x(d, 2)[i] == (float)grey[i] / 255.0f);
    dataset_close(d);
    write_png("p/ant/2.png", 2, 3, 3, red); /* one in colour: all get three channels */
    d = dataset_open(temporary_path("p"), DATASET_ALL, NULL, &err);
    ck_assert_msg(d != NULL, "%s", err.message);
    ck_assert_int_eq(d->shape.dim[2], 3);
    dataset_close(d);
}
END_TEST

START_TEST(sizes_must_agree)
{
    struct err err = {0};
    write_png("p/a/1.png", 2, 3, 1, grey);
    const char *odd = write_png("p/b/1.png", 3, 2, 1, grey);
    ck_assert_ptr_null(dataset_open(temporary_path("p"), DATASET_ALL, NULL, &err));
    ck_assert_str_eq(err.file, odd);
    ck_assert_ptr_nonnull(strstr(err.message, "is 3 x 2 pixels, but 1.png is 2 x 3"));
}
END_TEST

START_TEST(folders_without_pictures)
{
    struct err err = {0};
    temporary_text("p/a/x.txt", "");
    temporary_text("p/b/x.txt", "");
    ck_assert_ptr_null(dataset_open(temporary_path("p"), DATASET_ALL, NULL, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "holds no .png"));
    err_clear(&err);
    write_png("q/a/1.png", 2, 3, 1, grey);
    ck_assert_ptr_null(dataset_open(temporary_path("q"), DATASET_ALL, NULL, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "has 1 sub-folders"));
}
END_TEST

START_TEST(damaged_pictures_are_named)
{
    struct err err = {0};
    struct picture_info info;
    float out[6];
    ck_assert(!picture_file_info(temporary_text("t.png", "GIF89a"), &info, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "no PNG or JPEG"));
    err_clear(&err);
    ck_assert(!picture_file_info(write_png("huge.png", 5000, 5000, 1, NULL), &info, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "at most 4096"));
    err_clear(&err);
    const char *hollow = write_png("hollow.png", 2, 3, 1, NULL); /* a header without pixels */
    ck_assert(picture_file_info(hollow, &info, &err));
    ck_assert(!picture_file_read(hollow, &info, out, &err));
    ck_assert_str_eq(err.file, hollow);
    ck_assert_ptr_nonnull(strstr(err.message, "damaged"));
    err_clear(&err);
    info.height = 7;
    ck_assert(!picture_file_read(hollow, &info, out, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "expected 7 x 3"));
}
END_TEST

START_TEST(colour_becomes_grey_when_asked)
{
    struct picture_info info;
    float out[6];
    const char *path = write_png("red.png", 2, 3, 3, red);
    ck_assert(picture_file_info(path, &info, NULL));
    ck_assert_int_eq(info.channels, 3);
    info.channels = 1;
    ck_assert(picture_file_read(path, &info, out, NULL));
    ck_assert(out[0] > 0.25f && out[0] < 0.35f); /* red is 0.30 of the brightness */
}
END_TEST

Suite *test_pictures(void)
{
    Suite *s = suite_create("pictures");
    TCase *t = tcase_create("pictures");
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, folders_are_classes);
    tcase_add_test(t, sizes_must_agree);
    tcase_add_test(t, folders_without_pictures);
    tcase_add_test(t, damaged_pictures_are_named);
    tcase_add_test(t, colour_becomes_grey_when_asked);
    suite_add_tcase(s, t);
    return s;
}
