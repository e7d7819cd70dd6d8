/* Answers as learners write them: all right forms are taken, and nothing wrong with them. */
#include <check.h>

#include "lesson/answer.h"

Suite *test_answer(void);

static const char ask[] = "How heavy is it? ";
static const char page[] = "The bag weighs a few kg, a straw is 12 cm long, that is x of it. ";

static void takes(const char *typed, double value, int decimals)
{
    struct answer a;
    ck_assert_msg(answer_read(typed, ask, page, &a), "%s", typed);
    ck_assert_msg(a.value > value - 1e-9 && a.value < value + 1e-9, "%s: %g", typed, a.value);
    ck_assert_msg(a.decimals == decimals, "%s: %d decimals", typed, a.decimals);
}

static void refuses(const char *typed)
{
    struct answer a;
    ck_assert_msg(!answer_read(typed, ask, page, &a), "%s is %g", typed, a.value);
}

START_TEST(plain_numbers)
{
    takes("0.25", 0.25, 2);
    takes(" −3 ", -3, 0);
    takes("0,5", 0.5, 1);
    takes(".5", 0.5, 1);
    takes("1/2", 0.5, -1);
    takes("2*0.5+1", 2, -1);
    takes("2·0,5", 1, -1);
    refuses("");
    refuses("five");
}
END_TEST

START_TEST(an_equals_sign_before_it)
{
    takes("= -1", -1, 0);
    takes("=−1", -1, 0);
    takes("x = 5", 5, 0);
    takes("out.z[0] = 0,5", 0.5, 1);
    takes("2*3 = 6", 6, 0);
    takes("w = -1 kg", -1, 0);
    refuses("2*3 = 7");
    refuses("-x = 5");
    refuses("−x = 5"); /* with a typographic minus */
    refuses("2x = 10");
    refuses("1 - x = 5");
    refuses("x =");
    refuses("x == 5");
}
END_TEST

START_TEST(per_cent)
{
    struct answer a;
    takes("84%", 0.84, 2);
    takes("84 %", 0.84, 2);
    takes("84,4 percent", 0.844, 3);
    takes("84.4 procent", 0.844, 3);
    takes("0.84%", 0.0084, 4); /* a hundredth of what is meant is wrong */
    refuses("%");
    refuses("84 % of it");
    ck_assert(answer_read("84 %", "How many percent?", "", &a) && a.value == 84);
    ck_assert(answer_read("84 %", "How much, in %?", "", &a) && a.value == 84);
    ck_assert(answer_read("84", "How much, in %?", "", &a) && a.value == 84);
    ck_assert(answer_read("84 %", "What share?", "It was 50 % before.", &a));
    ck_assert(a.value > 0.8399 && a.value < 0.8401);
}
END_TEST

START_TEST(the_units_of_the_lesson)
{
    takes("-1 kg", -1, 0);
    takes("12cm", 12, 0);
    takes("3,5 cm", 3.5, 1);
    refuses("12 mm"); /* no word of the lesson's: another number, perhaps */
    refuses("12 c");  /* part of a word */
    refuses("12 kg cm");
    refuses("kg");
    refuses("kg 12");
    refuses("1 kg + 2 kg");
    refuses("12 -cm");
    refuses("1/2 kg"); /* letters go with plain numbers only */
}
END_TEST

Suite *test_answer(void)
{
    Suite *s = suite_create("answer");
    TCase *t = tcase_create("all");
    tcase_add_test(t, plain_numbers);
    tcase_add_test(t, an_equals_sign_before_it);
    tcase_add_test(t, per_cent);
    tcase_add_test(t, the_units_of_the_lesson);
    suite_add_tcase(s, t);
    return s;
}
