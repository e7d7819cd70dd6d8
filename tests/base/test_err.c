#include <check.h>
#include <string.h>

#include "glassnet/base/err.h"

Suite *test_err(void);

START_TEST(first_error_wins)
{
    struct err e = {0};
    char text[700];
    ck_assert(!err_any(&e));
    ck_assert_int_eq(err_exit_code(&e), 0);
    ck_assert(!err_set(&e, ERR_INPUT, "a.net", 7, "found %d, expected %s", 3, "4"));
    ck_assert(!err_set(&e, ERR_USAGE, "b.net", 9, "a consequence"));
    ck_assert_str_eq(err_text(&e, text, sizeof text), "a.net:7: found 3, expected 4");
    ck_assert_int_eq(err_exit_code(&e), 1);
    err_clear(&e);
    ck_assert(!err_any(&e));
    err_set(&e, ERR_USAGE, NULL, 0, "no such command");
    ck_assert_str_eq(err_text(&e, text, sizeof text), "no such command");
    ck_assert_int_eq(err_exit_code(&e), 2);
}
END_TEST

START_TEST(null_is_allowed)
{
    ck_assert(!err_set(NULL, ERR_IO, "x", 1, "lost"));
    ck_assert(!err_any(NULL));
    ck_assert_int_eq(err_exit_code(NULL), 0);
    err_clear(NULL);
}
END_TEST

START_TEST(text_without_all_parts)
{
    struct err e = {0};
    char text[64];
    err_set(&e, ERR_IO, "a.csv", 0, "is missing");
    ck_assert_str_eq(err_text(&e, text, sizeof text), "a.csv: is missing");
    err_clear(&e);
    err_set(&e, ERR_INPUT, NULL, 3, "is odd");
    ck_assert_str_eq(err_text(&e, text, sizeof text), "line 3: is odd");
    ck_assert_str_eq(err_text(&e, text, 5), "line");
}
END_TEST

START_TEST(message_is_one_line_and_fits)
{
    struct err e = {0};
    char found[2000];
    for (size_t i = 0; i + 2 < sizeof found; i += 2)
        memcpy(found + i, "é", 3);
    err_set(&e, ERR_INPUT, "a", 1, "line\none %s", found);
    ck_assert_ptr_null(strchr(e.message, '\n'));
    size_t n = strlen(e.message);
    ck_assert_uint_lt(n, sizeof e.message);
    /* 9 bytes come before the two-byte letters: a cut letter would leave an even length. */
    ck_assert_uint_eq(n % 2, 1);
}
END_TEST

Suite *test_err(void)
{
    Suite *s = suite_create("err");
    TCase *t = tcase_create("err");
    tcase_add_test(t, first_error_wins);
    tcase_add_test(t, null_is_allowed);
    tcase_add_test(t, text_without_all_parts);
    tcase_add_test(t, message_is_one_line_and_fits);
    suite_add_tcase(s, t);
    return s;
}
