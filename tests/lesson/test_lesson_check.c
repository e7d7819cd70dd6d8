#include <check.h>
#include <string.h>

#include "fake_host.h"
#include "glassnet/lesson/check.h"

Suite *test_lesson_check(void);

static void run(const char *body, struct lesson_report *report)
{
    struct fake fake;
    struct err err = {0};
    char text[2000];
    struct lesson_host host = fake_host(&fake);
    snprintf(text, sizeof text, "---\ntitle: T\n---\n%s", body);
    struct lesson *l = lesson_parse(text, "t.md", &err);
    ck_assert_msg(l != NULL, "%s", err.message);
    *report = (struct lesson_report){0};
    bool ok = lesson_check_on(l, &host, report, &err);
    ck_assert(!err_any(&err));
    ck_assert(ok == (report->fault_count == 0));
    lesson_destroy(l);
}

static void expect_ok(const char *body)
{
    struct lesson_report report;
    run(body, &report);
    if (report.fault_count)
        ck_abort_msg("%d: %s", report.faults[0].line, report.faults[0].sentence);
    lesson_report_deinit(&report);
}

/* The first fault; lines count from the head's first, so the body begins in line 4. */
static void expect_fault(const char *body, int line, const char *sentence)
{
    struct lesson_report report;
    run(body, &report);
    ck_assert_msg(report.fault_count > 0, "no fault in %s", body);
    ck_assert_str_eq(report.faults[0].sentence, sentence);
    ck_assert_int_eq(report.faults[0].line, line);
    lesson_report_deinit(&report);
}

START_TEST(a_good_lesson)
{
    expect_ok("It is {out[0]}.\n\n"
              "```predict out[0] within 0.01\nask: a\nwrong if value = w[0]*x[0]: no\n```\n"
              "```answer 1/3 within 0.001\nask: a\n```\n"
              "```choose\nask: a\nright: b | c\nwrong: d | e\nright: f | g\n```\n"
              "```find w[0]\nask: a\nwrong if cell = x: no\nwrong if cell = b[0]: no\n```\n"
              "```wait out[0] > 0\nsolve: edit w[0] 1\n```\n"
              "```check\nout[0] = 3.5\n```\n"
              "\n---\n\n"
              "```wait step 2\nsolve: step\nsolve: step\n```\n"
              "```train-until loss < 0.3 max 2\nsolve: edit rate 0.5\n```\n"
              "```draw 7\nsolve: draw 0,0\n```\n");
}
END_TEST

START_TEST(faults_of_commands_and_numbers)
{
    expect_fault("a\n\n```setup\nselect w[0]\nselect w[9]\n```\n", 8,
                 "\"select w[9]\": there is no \"select w[9]\"");
    expect_fault("a {b[0]}\nand {b[7]}\n", 5, "\"b[7]\": there is no b[7]");
    expect_fault("```check\nloss < 1\nloss > 1\n```\n", 6,
                 "\"loss > 1\" does not hold: the left is 0.8, the right is 1");
    expect_fault("```check\nc[0] > 1\n```\n", 5, "\"c[0] > 1\": there is no c[0]");
}
END_TEST

START_TEST(faults_of_questions)
{
    expect_fault("```predict c[0] within 1\nask: a\n```\n", 4, "\"c[0]\": there is no c[0]");
    expect_fault("```answer 1/0 within 1\nask: a\n```\n", 4,
                 "the right answer is no finite number");
    expect_fault("```answer 2 within 0.1\nask: a\nwrong if value = 1+1.05: b\n```\n", 6,
                 "this wrong answer, 2.05, is as good as the right one, 2, within 0.1");
    expect_fault("```answer 2 within 0.1\nask: a\nwrong if value = 3: b\n"
                 "wrong if value = 3.01: b\n```\n",
                 7,
                 "this wrong answer, 3.01, is the same as that of line 6, so its reason is never "
                 "given");
    expect_fault("```answer 2 within 0.1\nask: a\nwrong if value = c[0]: b\n```\n", 6,
                 "\"c[0]\": there is no c[0]");
    expect_fault("```answer 2 within 0.1\nask: a\nwrong if value = log(0): b\n```\n", 6,
                 "this wrong answer is no finite number");
    expect_fault("```find c[0]\nask: a\n```\n", 4, "\"c[0]\": there is no c[0]");
    expect_fault("```find w[0]\nask: a\nwrong if cell = q: b\n```\n", 6,
                 "there is no cell or tensor q");
    expect_fault("```answer 1 within 0.1\nask: a\nright: {q[0]}\n```\n", 6,
                 "\"q[0]\": there is no q[0]");
}
END_TEST

START_TEST(faults_of_waits)
{
    expect_fault("```wait out[0] > 0\nsolve: edit w[0] -3\n```\n", 4,
                 "this wait is not fulfilled by its solve: lines");
    expect_fault("```wait out[0] < 0\nsolve: edit w[0] -3\n```\n", 4,
                 "\"out[0] < 0\" holds before the learner has done anything, so there is nothing "
                 "to wait for");
    expect_fault("```setup\nselect w[0]\n```\n```wait select w[0]\nsolve: select w[0]\n```\n", 7,
                 "\"select w[0]\" holds before the learner has done anything, so there is nothing "
                 "to wait for");
    expect_fault(
        "```wait phase forward\nsolve: phase forward\n```\n", 4,
        "\"phase forward\" holds before the learner has done anything, so there is nothing "
        "to wait for");
    expect_fault("```wait step\nsolve: jump\n```\n", 5, "\"jump\": there is no \"jump\"");
    expect_fault("```train-until loss < 0.3 max 2\nsolve: edit rate 0.5\n"
                 "wrong if rate > 0.4: no\n```\n",
                 6, "\"rate > 0.4\" holds for the solve: lines, too");
    expect_fault("```train-until loss < 0.1 max 2\nsolve: edit rate 0.5\n```\n", 4,
                 "this train-until is not fulfilled by its solve: lines");
    expect_fault("```draw 3\nsolve: draw 0,0\n```\n", 4,
                 "this draw is not fulfilled by its solve: lines");
}
END_TEST

START_TEST(words_it_links)
{
    expect_ok("The [[weight]], the [[Weighted sum|sums]].\n");
    expect_fault("a\n\nThe [[flux]] of\n", 6, "the glossary has no word \"flux\"");
}
END_TEST

START_TEST(lessons_it_needs)
{
    struct fake fake;
    struct err err = {0};
    struct lesson_report report = {0};
    struct lesson_host host = fake_host(&fake);
    struct lesson *l = lesson_parse("---\ntitle: T\nneeds: [zero]\n---\na\n", "nowhere/t.md", &err);
    ck_assert(!lesson_check_on(l, &host, &report, &err));
    ck_assert_str_eq(report.faults[0].sentence,
                     "the lesson needs \"zero\", but there is no zero.md beside it");
    lesson_report_deinit(&report);
    lesson_destroy(l);
}
END_TEST

START_TEST(a_file_that_is_no_lesson)
{
    struct err err = {0};
    struct lesson_report report = {0};
    ck_assert(!lesson_check("/dev/null/t.md", &report, &err));
    ck_assert(err_any(&err));
    lesson_report_deinit(&report);
}
END_TEST

Suite *test_lesson_check(void)
{
    Suite *s = suite_create("lesson_check");
    TCase *t = tcase_create("all");
    tcase_add_test(t, a_good_lesson);
    tcase_add_test(t, faults_of_commands_and_numbers);
    tcase_add_test(t, faults_of_questions);
    tcase_add_test(t, faults_of_waits);
    tcase_add_test(t, words_it_links);
    tcase_add_test(t, lessons_it_needs);
    tcase_add_test(t, a_file_that_is_no_lesson);
    suite_add_tcase(s, t);
    return s;
}
