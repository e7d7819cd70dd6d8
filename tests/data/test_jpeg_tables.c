#include "data/jpeg_tables.h"

#include <check.h>
#include <string.h>

#include "glassnet/data/picture_file.h"
#include "support/temporary.h"

Suite *test_jpeg_tables(void);

/* A grey JPEG of 1 x 1 pixel, as far as its header goes. */
#define BEGIN   0xFF, 0xD8
#define FRAME   0xFF, 0xC0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0
#define SCAN    0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0
#define COMMENT 0xFF, 0xFE, 0, 8, 0xFF, 0xC4, 0, 2, 9, 9 /* a marker in what is said is none */
#define END     0xFF, 0xD9

/* One code of one bit for 7; 255 of nine bits and two of ten, which is one too many. */
#define TABLE     0xFF, 0xC4, 0, 20, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7
#define TOO_LARGE 0xFF, 0xC4, 1, 20, 0, 0, 0, 0, 0, 0, 0, 0, 255, 2, 0, 0, 0, 0, 0, 0, 0

static bool sound(const unsigned char *begin, size_t n, const unsigned char *rest, size_t more)
{
    unsigned char bytes[600] = {0};
    memcpy(bytes, begin, n);
    memcpy(bytes + n, rest, more);
    return jpeg_tables_are_sound(bytes, sizeof bytes);
}

START_TEST(tables_as_they_are_pass)
{
    const unsigned char picture[] = {BEGIN, COMMENT, FRAME, TABLE, SCAN, 1, 0xFF, 0, 0xC4, 1, END};
    ck_assert(jpeg_tables_are_sound(picture, sizeof picture));
    ck_assert(jpeg_tables_are_sound(picture, sizeof picture - 4)); /* cut within the scan */
    ck_assert(jpeg_tables_are_sound(picture, 0));
    ck_assert(jpeg_tables_are_sound((const unsigned char *)"\x89PNG and more", 13));
}
END_TEST

START_TEST(tables_that_are_too_large_do_not)
{
    const unsigned char at_once[] = {BEGIN, COMMENT, FRAME}, twice[] = {0xFF, BEGIN, FRAME, TABLE},
                        later[] = {BEGIN, FRAME, TABLE, SCAN, 1, 0xFF, 0, 2, 0xFF, 0xD0, 3},
                        large[] = {TOO_LARGE}, small[] = {TABLE};
    ck_assert(!sound(at_once, sizeof at_once, large, sizeof large));
    ck_assert(!sound(twice, sizeof twice, large, sizeof large));
    ck_assert(!sound(later, sizeof later, large, sizeof large));
    ck_assert(sound(later, sizeof later, small, sizeof small));
}
END_TEST

START_TEST(lengths_beyond_the_file_do_not)
{
    const unsigned char cut[] = {BEGIN, FRAME, TABLE};
    ck_assert(!jpeg_tables_are_sound(cut, sizeof cut - 1));
    const unsigned char none[] = {BEGIN, 0xFF, 0xC4, 0, 1, 0, 0, 0, 0};
    ck_assert(!jpeg_tables_are_sound(none, sizeof none));
    const unsigned char half[] = {BEGIN, 0xFF, 0xC4, 0, 5, 0, 0, 0, 0};
    ck_assert(!jpeg_tables_are_sound(half, sizeof half));
}
END_TEST

/* It wrote behind its own tables. */
START_TEST(such_a_picture_is_refused)
{
    unsigned char bytes[400] = {BEGIN, FRAME, TOO_LARGE};
    struct picture_info info;
    struct err err = {0};
    const char *path = temporary_write("bad.jpg", bytes, sizeof bytes);
    ck_assert(picture_file_info(path, &info, &err));
    ck_assert_ptr_null(picture_file_load(path, 1, &info, &err));
    ck_assert_str_eq(err.message, "is a damaged picture and cannot be read");
}
END_TEST

Suite *test_jpeg_tables(void)
{
    Suite *s = suite_create("jpeg_tables");
    TCase *c = tcase_create("jpeg_tables");
    tcase_add_checked_fixture(c, temporary_begin, temporary_end);
    tcase_add_test(c, tables_as_they_are_pass);
    tcase_add_test(c, tables_that_are_too_large_do_not);
    tcase_add_test(c, lengths_beyond_the_file_do_not);
    tcase_add_test(c, such_a_picture_is_refused);
    suite_add_tcase(s, c);
    return s;
}
