/* Text as it is searched for, and its order for people. */
#include <check.h>
#include <string.h>

#include "glassnet/base/text.h"

Suite *test_text_fold(void);

static const char *folded(const char *text)
{
    static char out[200];
    return text_fold(text, out, sizeof out);
}

START_TEST(marks_and_case_are_folded)
{
    ck_assert_str_eq(folded("Źródło"), "zrodlo");
    ck_assert_str_eq(folded("ZAŻÓŁĆ GĘŚLĄ JAŹŃ"), "zazolc gesla jazn");
    ck_assert_str_eq(folded("zażółć gęślą jaźń"), "zazolc gesla jazn");
    ck_assert_str_eq(folded("Żo\u0301łw"), "zolw"); /* marks that stand by themselves */
    ck_assert_str_eq(folded("Größe, Œuvre, Ærø, Ünïcode"), "grosse, oeuvre, aero, unicode");
    ck_assert_str_eq(folded("ΣΔ Привет"), "σδ привет");
    ck_assert_str_eq(folded("8×8 −1 1\u202f000"), "8x8 -1 1 000");
    ck_assert_str_eq(folded("∂L/∂W ₀ 🙂"), "∂l/∂w ₀ 🙂");
    ck_assert_str_eq(folded("conv1.W[3,0]"), "conv1.w[3,0]");
}
END_TEST

START_TEST(it_is_cut_at_a_letter)
{
    char out[4];
    ck_assert_str_eq(text_fold("aβγ", out, sizeof out), "aβ");
    ck_assert_str_eq(text_fold("ab∂", out, sizeof out), "ab");
    ck_assert_str_eq(text_fold("", out, sizeof out), "");
    ck_assert_str_eq(text_fold("a\xff", out, sizeof out), "a"); /* a bad byte has no room */
}
END_TEST

START_TEST(the_order_for_people)
{
    static const char *const order[] = {"Ada",    "ala",  "Ąnia", "Ben",   "ben2",
                                        "Łukasz", "Maja", "Świt", "zebra", "Żółw"};
    enum { N = sizeof order / sizeof *order };
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++) {
            int found = text_compare(order[i], order[k]);
            ck_assert_msg((i < k) == (found < 0) && (i == k) == (found == 0), "%s and %s: %d",
                          order[i], order[k], found);
        }
    ck_assert_int_ne(text_compare("Ada", "ada"), 0); /* two learners */
    ck_assert_int_eq(text_compare("ada", "ada"), 0);
}
END_TEST

Suite *test_text_fold(void)
{
    Suite *s = suite_create("base/text_fold");
    TCase *t = tcase_create("text_fold");
    tcase_add_test(t, marks_and_case_are_folded);
    tcase_add_test(t, it_is_cut_at_a_letter);
    tcase_add_test(t, the_order_for_people);
    suite_add_tcase(s, t);
    return s;
}
