#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "glassnet/data/dataset.h"
#include "glassnet/data/picture_file.h"
#include "support/temporary.h"

Suite *test_pictures(void);

static bool near_to(float a, float b, float tolerance)
{
    return fabsf(a - b) <= tolerance;
}

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

static struct dataset *open_well(const char *options)
{
    struct err err = {0};
    char spec[512], name[256];
    snprintf(name, sizeof name, "%s", temporary_path("p"));
    snprintf(spec, sizeof spec, "%s%s", name, options);
    struct dataset *d = dataset_open(spec, DATASET_ALL, NULL, &err);
    ck_assert_msg(d != NULL, "%s", err.message);
    return d;
}

/* Two of three are 2 high and 3 wide, so all become that. 0 51 102 / 153 204 255 on its side is
 * 0 51 / 102 153 / 204 255; to 2 x 3: a new row is one and a half old ones, a new column two
 * thirds. First row: (0 + 102/2) / 1.5 = 34 and (51 + 153/2) / 1.5 = 85, columns 34, 59.5, 85. */
START_TEST(other_sizes_become_the_common_one)
{
    char text[2048];
    write_png("p/a/1.png", 2, 3, 1, grey);
    write_png("p/a/2.png", 2, 3, 1, grey);
    write_png("p/b/1.png", 3, 2, 1, grey);
    struct dataset *d = open_well("");
    int odd = 0;
    ck_assert(d->shape.dim[0] == 2 && d->shape.dim[1] == 3);
    for (int i = 0; i < 3; i++)
        odd = dataset_class(d, i) == 1 ? i : odd;
    static const float row[3] = {34.0f, 59.5f, 85.0f};
    for (int c = 0; c < 3; c++)
        ck_assert(near_to(dataset_x(d, odd)[c] * 255.0f, row[c], 1e-3f));
    ck_assert_ptr_nonnull(
        strstr(dataset_describe(d, text, sizeof text),
               "resized   1 of 3 pictures to 3 x 2 (width x height) by area averaging"));
    dataset_close(d);
}
END_TEST

START_TEST(sizes_without_a_majority_become_28)
{
    write_png("p/a/1.png", 2, 3, 1, grey);
    write_png("p/b/1.png", 3, 2, 1, grey);
    struct dataset *d = open_well("");
    ck_assert(d->shape.dim[0] == 28 && d->shape.dim[1] == 28);
    dataset_close(d);
}
END_TEST

/* Made 1 x 1, a picture is its mean: (0 + 51 + ... + 255) / 6 = 127.5. */
START_TEST(size_and_channels_can_be_chosen)
{
    write_png("p/a/1.png", 2, 3, 1, grey);
    write_png("p/b/1.png", 2, 3, 3, red);
    struct dataset *d = open_well(":size=1x1,channels=1");
    ck_assert(d->shape.dim[0] == 1 && d->shape.dim[1] == 1 && d->shape.dim[2] == 1);
    int a = dataset_class(d, 0) == 0 ? 0 : 1;
    ck_assert(near_to(dataset_x(d, a)[0], 0.5f, 1e-6f));
    ck_assert(near_to(dataset_x(d, 1 - a)[0], 0.299f, 0.01f));
    dataset_close(d);
    d = open_well(":size=4x2,channels=3,augment=shift1,seed=3"); /* width first */
    ck_assert(d->shape.dim[0] == 2 && d->shape.dim[1] == 4 && d->shape.dim[2] == 3);
    ck_assert_uint_eq(d->augment_seed, 3);
    dataset_close(d);
}
END_TEST

static const char *const bad_options[][2] = {{":size=28", "expected width x height"},
                                             {":size=0x4", "expected width x height"},
                                             {":size=4x5000", "up to 1024"},
                                             {":channels=2", "1 (grey) or 3"},
                                             {":label=a", "no option label="}};

START_TEST(wrong_options_are_named)
{
    struct err err = {0};
    char spec[512];
    write_png("p/a/1.png", 2, 3, 1, grey);
    write_png("p/b/1.png", 2, 3, 1, grey);
    snprintf(spec, sizeof spec, "%s%s", temporary_path("p"), bad_options[_i][0]);
    ck_assert_ptr_null(dataset_open(spec, DATASET_ALL, NULL, &err));
    ck_assert_msg(strstr(err.message, bad_options[_i][1]) != NULL, "%s", err.message);
}
END_TEST

START_TEST(unreadable_pictures_of_a_folder_are_named)
{
    struct err err = {0};
    write_png("p/a/1.png", 2, 3, 1, grey);
    write_png("p/b/1.png", 2, 3, 1, grey);
    char first[256];
    snprintf(first, sizeof first, "%s", temporary_text("p/a/2.png", "GIF89a"));
    temporary_text("p/b/2.jpg", "nothing");
    ck_assert_ptr_null(dataset_open(temporary_path("p"), DATASET_ALL, NULL, &err));
    ck_assert_str_eq(err.file, first);
    ck_assert_ptr_nonnull(strstr(err.message, "is no PNG or JPEG picture"));
    ck_assert_ptr_nonnull(strstr(err.message, "and 1 more of the folder cannot be read either"));
    write_png("p/a/2.png", 2, 3, 1, NULL); /* a header without pixels */
    write_png("p/b/2.jpg", 2, 3, 1, grey);
    err_clear(&err);
    ck_assert_ptr_null(dataset_open(temporary_path("p"), DATASET_ALL, NULL, &err));
    ck_assert_str_eq(err.file, first);
    ck_assert_ptr_nonnull(strstr(err.message, "damaged"));
    ck_assert_ptr_null(strstr(err.message, "more of the folder"));
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
    ck_assert_ptr_nonnull(strstr(err.message, "has one sub-folder, \"a\""));
    err_clear(&err);
    write_png("flat/1.png", 2, 3, 1, grey);
    ck_assert_ptr_null(dataset_open(temporary_path("flat"), DATASET_ALL, NULL, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "holds 1 pictures but no sub-folders"));
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

/* Two folders of which one lies elsewhere, and one that is not meant. */
START_TEST(folders_can_be_named)
{
    struct err err = {0};
    char options[600];
    write_png("p/cat/1.png", 2, 3, 1, grey);
    write_png("p/other/1.png", 2, 3, 1, grey);
    write_png("q/bee/1.png", 2, 3, 1, grey);
    snprintf(options, sizeof options, ":folders=cat+%s,size=3x2", temporary_path("q/bee"));
    struct dataset *d = open_well(options);
    ck_assert_int_eq(d->n_classes, 2);
    ck_assert_str_eq(d->class_names[0], "cat");
    ck_assert_str_eq(d->class_names[1], "bee");
    ck_assert_int_eq(d->n, 2);
    dataset_close(d);
    snprintf(options, sizeof options, "%s:folders=cat+dog", temporary_path("p"));
    ck_assert_ptr_null(dataset_open(options, DATASET_ALL, NULL, &err));
    ck_assert(strstr(err.message, "is no folder"));
}
END_TEST

START_TEST(unreadable_files_can_be_left_out)
{
    write_png("p/a/1.png", 2, 3, 1, grey);
    write_png("p/b/1.png", 2, 3, 1, grey);
    write_png("p/b/2.png", 2, 3, 1, NULL); /* a header and nothing behind it */
    temporary_text("p/b/3.png", "no picture");
    struct dataset *d = open_well(":unreadable=drop");
    ck_assert_int_eq(d->n, 2);
    ck_assert(strstr(d->notes, "2 files that cannot be read"));
    dataset_close(d);
}
END_TEST

START_TEST(the_share_for_test_can_be_said)
{
    char name[32];
    for (int i = 0; i < 20; i++) {
        snprintf(name, sizeof name, "p/%c/%d.png", i % 2 ? 'a' : 'b', i);
        write_png(name, 2, 3, 1, grey);
    }
    struct dataset *d = open_well(":test,test=0.3");
    ck_assert_int_eq(d->n_test, 6);
    ck_assert_int_eq(d->n_train, 14);
    dataset_close(d);
}
END_TEST

/* 2 high and 3 wide into a square: cut to the two columns at the left of the middle, or with a row
 * of 0 below. */
START_TEST(form_is_kept_by_cutting_or_by_bars)
{
    write_png("p/a/1.png", 2, 3, 1, grey);
    write_png("p/b/1.png", 2, 3, 1, grey);
    struct dataset *d = open_well(":size=2x2,fit=crop");
    const float *x = dataset_x(d, 0);
    ck_assert(near_to(x[0], 0, 1e-6f) && near_to(x[1], 0.2f, 1e-6f) && near_to(x[3], 0.8f, 1e-6f));
    dataset_close(d);
    d = open_well(":size=3x3,fit=pad");
    x = dataset_x(d, 0);
    ck_assert(near_to(x[2], 0.4f, 1e-6f) && near_to(x[5], 1, 1e-6f) && near_to(x[8], 0, 1e-6f));
    dataset_close(d);
}
END_TEST

Suite *test_pictures(void)
{
    Suite *s = suite_create("pictures");
    TCase *t = tcase_create("pictures");
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, folders_are_classes);
    tcase_add_test(t, other_sizes_become_the_common_one);
    tcase_add_test(t, sizes_without_a_majority_become_28);
    tcase_add_test(t, size_and_channels_can_be_chosen);
    tcase_add_loop_test(t, wrong_options_are_named, 0,
                        (int)(sizeof bad_options / sizeof *bad_options));
    tcase_add_test(t, unreadable_pictures_of_a_folder_are_named);
    tcase_add_test(t, folders_without_pictures);
    tcase_add_test(t, damaged_pictures_are_named);
    tcase_add_test(t, colour_becomes_grey_when_asked);
    tcase_add_test(t, folders_can_be_named);
    tcase_add_test(t, unreadable_files_can_be_left_out);
    tcase_add_test(t, the_share_for_test_can_be_said);
    tcase_add_test(t, form_is_kept_by_cutting_or_by_bars);
    suite_add_tcase(s, t);
    return s;
}
