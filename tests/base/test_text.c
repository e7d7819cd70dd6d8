#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/text.h"

Suite *test_text(void);

START_TEST(words_and_lines)
{
    struct text rest = text_of("one\r\n two  three\n\nlast");
    ck_assert(text_is(text_next_line(&rest), "one"));
    struct text line = text_next_line(&rest);
    ck_assert(text_is(line, " two  three"));
    ck_assert(text_is(text_next_word(&line), "two"));
    ck_assert(text_is(text_next_word(&line), "three"));
    ck_assert_uint_eq(text_next_word(&line).n, 0);
    ck_assert_uint_eq(text_next_line(&rest).n, 0);
    ck_assert(text_is(text_next_line(&rest), "last"));
    ck_assert_uint_eq(rest.n, 0);
    ck_assert_uint_eq(text_next_line(&rest).n, 0);
}
END_TEST

START_TEST(trim_split_copy)
{
    struct text left, right;
    char out[4];
    ck_assert(text_is(text_trim(text_of(" \t a b\r\n")), "a b"));
    ck_assert_uint_eq(text_trim(text_of("  ")).n, 0);
    ck_assert(text_split(text_of("a=b=c"), '=', &left, &right));
    ck_assert(text_is(left, "a"));
    ck_assert(text_is(right, "b=c"));
    ck_assert(!text_split(text_of("abc"), '=', &left, &right));
    ck_assert(text_is(left, "abc"));
    ck_assert_uint_eq(right.n, 0);
    ck_assert(text_starts(text_of("conv1.W"), "conv1"));
    ck_assert(!text_starts(text_of("con"), "conv1"));
    text_copy(text_of("abcdef"), out, sizeof out);
    ck_assert_str_eq(out, "abc");
    text_copy(text_of("abé"), out, sizeof out); /* the é needs two bytes, one is left */
    ck_assert_str_eq(out, "ab");
}
END_TEST

START_TEST(numbers_are_read_whole_or_not)
{
    double d;
    long l;
    ck_assert(text_to_double(text_of("-1.5e3"), &d) && d == -1500.0);
    ck_assert(text_to_double(text_of(".25"), &d) && d == 0.25);
    ck_assert(text_to_double(text_of("nan"), &d) && isnan(d));
    ck_assert(text_to_double(text_of("-inf"), &d) && isinf(d) && d < 0);
    static const char *const bad[] = {"",    " 1",    "1 ",     "1,5", "0x10", "1e",
                                      "--1", "1.2.3", "nan(1)", "e5",  ".",    "1f"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!text_to_double(text_of(bad[i]), &d), "took \"%s\"", bad[i]);
    ck_assert(text_to_long(text_of("-42"), &l) && l == -42);
    static const char *const bad_long[] = {"", "-", "1.0", " 1", "1a", "99999999999999999999"};
    for (size_t i = 0; i < sizeof bad_long / sizeof *bad_long; i++)
        ck_assert_msg(!text_to_long(text_of(bad_long[i]), &l), "took \"%s\"", bad_long[i]);
    ck_assert(!text_to_double((struct text){"1\0002", 3}, &d));
}
END_TEST

START_TEST(utf8)
{
    ck_assert(text_is_utf8("aé∂😀", strlen("aé∂😀")));
    ck_assert(!text_is_utf8("\xC0\x80", 2));         /* overlong zero */
    ck_assert(!text_is_utf8("\xED\xA0\x80", 3));     /* surrogate */
    ck_assert(!text_is_utf8("\xF4\x90\x80\x80", 4)); /* above U+10FFFF */
    ck_assert(!text_is_utf8("\xE2\x88", 2));         /* cut */
    const char *p = "∂\xFFx";
    ck_assert_uint_eq(text_decode(&p), 0x2202);
    ck_assert_uint_eq(text_decode(&p), 0xFFFD);
    ck_assert_uint_eq(text_decode(&p), 'x');
    ck_assert_uint_eq(text_decode(&p), 0);
    ck_assert_int_eq(*p, 0);
}
END_TEST

START_TEST(distances)
{
    ck_assert_int_eq(text_distance("relu", "relu"), 0);
    ck_assert_int_eq(text_distance("", "abc"), 3);
    ck_assert_int_eq(text_distance("kitten", "sitting"), 3); /* k>s, e>i, +g */
    ck_assert_int_eq(text_distance("sigmoid", "sigmod"), 1);
}
END_TEST

static void expect(double value, int digits, bool ascii, const char *text)
{
    struct number_style style = {digits, '.', ascii};
    char out[48];
    ck_assert_str_eq(number_format(value, &style, out, sizeof out), text);
}

START_TEST(numbers_for_people)
{
    expect(0.0, 3, false, "0");
    expect(-0.0, 3, false, "0");
    expect(1.0, 3, false, "1");
    expect(0.5, 3, false, "0.500");
    expect(-0.43219, 3, false, "\u22120.432");
    expect(1.9999, 3, false, "2.00"); /* rounded, and not written as a whole number */
    expect(9.999, 3, false, "10.0");
    expect(784.0, 2, false, "784"); /* digits of the whole part are never lost */
    expect(23860.0, 3, false, "23\u2009860");
    expect(123456.7, 3, false, "123\u2009457");
    expect(1234567.0, 3, false, "1.23·10⁶");
    expect(1.2345e-7, 3, false, "1.23·10⁻⁷");
    expect(-1.2345e-12, 3, false, "\u22121.23·10⁻¹²");
    expect(0.00012345, 3, false, "0.000123");
    expect(1.2345e-7, 3, true, "1.23e-7");
    expect(-23860.0, 3, true, "-23860");
    expect((double)INFINITY, 3, false, "∞");
    expect(-(double)INFINITY, 3, false, "\u2212∞");
    expect((double)NAN, 3, false, "NaN");
    struct number_style german = {3, ',', false};
    char out[48];
    ck_assert_str_eq(number_format(0.25, &german, out, sizeof out), "0,250");
}
END_TEST

START_TEST(fixed_decimals)
{
    char out[48];
    ck_assert_str_eq(number_fixed(-0.004, 2, &number_default, out, sizeof out), "0.00");
    ck_assert_str_eq(number_fixed(-1.005, 1, &number_default, out, sizeof out), "\u22121.0");
    ck_assert_str_eq(number_fixed(2.0, 0, &number_default, out, sizeof out), "2");
    ck_assert_str_eq(number_fixed((double)NAN, 2, &number_default, out, sizeof out), "NaN");
}
END_TEST

START_TEST(exact_numbers_read_back)
{
    static const float values[] = {0.1f, 1.0f / 3.0f, 3.4e38f, 1.4e-45f, -16777217.0f};
    char out[48];
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        float back = strtof(number_exact(values[i], out, sizeof out), NULL);
        ck_assert(memcmp(&back, &values[i], sizeof back) == 0);
    }
    ck_assert_str_eq(number_exact(-INFINITY, out, sizeof out), "-Infinity");
    ck_assert_str_eq(number_exact(NAN, out, sizeof out), "NaN");
}
END_TEST

Suite *test_text(void)
{
    Suite *s = suite_create("text");
    TCase *t = tcase_create("text");
    tcase_add_test(t, words_and_lines);
    tcase_add_test(t, trim_split_copy);
    tcase_add_test(t, numbers_are_read_whole_or_not);
    tcase_add_test(t, utf8);
    tcase_add_test(t, distances);
    tcase_add_test(t, numbers_for_people);
    tcase_add_test(t, fixed_decimals);
    tcase_add_test(t, exact_numbers_read_back);
    suite_add_tcase(s, t);
    return s;
}
