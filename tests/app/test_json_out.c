#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/json_out.h"

Suite *test_json_out(void);

/* What the calls between begin and finish wrote; each test frees it. */
static char *written;
static size_t size;

static struct json_out begin(void)
{
    written = NULL;
    return (struct json_out){.f = open_memstream(&written, &size)};
}

static void is(struct json_out *j, const char *expected)
{
    ck_assert(json_finish(j));
    fclose(j->f);
    ck_assert_str_eq(written, expected);
    free(written);
}

START_TEST(commas_stand_between_items)
{
    struct json_out j = begin();
    json_begin(&j, NULL, '{');
    json_int(&j, "a", -3);
    json_begin(&j, "b", '[');
    json_begin(&j, NULL, '[');
    json_end(&j, ']');
    json_bool(&j, NULL, true);
    json_text(&j, NULL, NULL);
    json_end(&j, ']');
    json_bool(&j, "c", false);
    json_end(&j, '}');
    is(&j, "{\"a\": -3, \"b\": [[], true, null], \"c\": false}\n");
}
END_TEST

START_TEST(numbers_have_nine_digits)
{
    struct json_out j = begin();
    json_begin(&j, NULL, '[');
    json_number(&j, NULL, 1.0 / 3.0);
    json_float(&j, NULL, 0.1f);
    json_number(&j, NULL, (double)NAN);
    json_number(&j, NULL, (double)INFINITY);
    json_float(&j, NULL, -INFINITY);
    json_float(&j, NULL, -0.0f);
    json_end(&j, ']');
    /* 0.1f is 13421773 / 2^27 = 0.100000001490... */
    is(&j, "[0.333333333, 0.100000001, NaN, Infinity, -Infinity, -0.0]\n");
}
END_TEST

START_TEST(texts_are_escaped_and_always_utf8)
{
    struct json_out j = begin();
    json_begin(&j, NULL, '{');
    json_text(&j, "a\"b", "tab\tquote\"back\\ sum Σ");
    json_text(&j, "bad", "x\xFF");
    json_end(&j, '}');
    is(&j, "{\"a\\\"b\": \"tab\\u0009quote\\\"back\\\\ sum Σ\", \"bad\": \"x\\u00ff\"}\n");
}
END_TEST

Suite *test_json_out(void)
{
    Suite *s = suite_create("json_out");
    TCase *c = tcase_create("all");
    tcase_add_test(c, commas_stand_between_items);
    tcase_add_test(c, numbers_have_nine_digits);
    tcase_add_test(c, texts_are_escaped_and_always_utf8);
    suite_add_tcase(s, c);
    return s;
}
