/* Data of one's own: from what is brought to a tested network. */
#include <stdio.h>
#include <stdlib.h>

#include "session/fixture.h"
#include "support/shapes.h"
#include "support/temporary.h"

Suite *test_own(void);

/* The command, and all that it begins. */
static void all_of(struct session *s, const char *line)
{
    must(s, line);
    session_wait(s);
}

static void bring(struct session *s, const char *path)
{
    char line[700];
    snprintf(line, sizeof line, "bring %s", path);
    all_of(s, line);
}

static const struct own_view *own(struct session *s)
{
    return session_snapshot(s)->own;
}

START_TEST(a_folder_becomes_a_tested_network)
{
    struct session *s = session_create();
    shapes_write("hug/yes", SHAPE_ROUND, 24);
    shapes_write("hug/no", SHAPE_SPIKY, 24);
    bring(s, temporary_path("hug"));
    ck_assert_int_eq(own(s)->state, OWN_LOOKED);
    ck_assert_int_eq(own(s)->side, 24);
    ck_assert(!own(s)->colour);
    ck_assert(strstr(own(s)->text, "input   24 24 1"));
    must(s, "own size 16");
    must(s, "own test 30");
    ck_assert(strstr(own(s)->text, "input   16 16 1"));
    all_of(s, "make");
    ck_assert_int_eq(own(s)->state, OWN_TESTED);
    ck_assert(own(s)->open);
    ck_assert_int_eq(own(s)->tested, 14);
    ck_assert_int_ge(own(s)->right, 11);
    ck_assert_int_eq(own(s)->tested, own(s)->right + own(s)->mistakes);
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_str_eq(shot->data->class_names[1], "yes");
    ck_assert_str_eq(shot->title, "hug"); /* after its data */
    ck_assert_int_eq(shot->data->n, 34);
    char line[700];
    snprintf(line, sizeof line, "picture %s", temporary_path("hug/yes/3.png"));
    must(s, line);
    ck_assert_int_eq(session_snapshot(s)->sample, -1);
    ck_assert_int_ge(session_snapshot(s)->guess, 0);
    session_destroy(s);
}
END_TEST

START_TEST(folders_one_by_one)
{
    struct session *s = session_create();
    char a[600], b[600], line[700];
    snprintf(a, sizeof a, "%s", shapes_write("x/round", SHAPE_ROUND, 6));
    snprintf(b, sizeof b, "%s", shapes_write("y/spiky", SHAPE_SPIKY, 6));
    bring(s, a);
    ck_assert(strstr(own(s)->problem, "bring a second folder"));
    refused(s, "make", "second folder");
    snprintf(line, sizeof line, "bring %s", a);
    refused(s, line, "there already");
    bring(s, b);
    ck_assert_str_eq(own(s)->problem, "");
    ck_assert_int_eq(own(s)->survey->classes, 2);
    ck_assert_str_eq(own(s)->name, "round, spiky");
    all_of(s, "make");
    ck_assert_msg(own(s)->open, "%s", own(s)->problem);
    must(s, "bring nothing");
    ck_assert_int_eq(own(s)->state, OWN_NOTHING);
    session_destroy(s);
}
END_TEST

START_TEST(what_is_nothing_is_said)
{
    struct session *s = session_create();
    char line[700];
    refused(s, "make", "bring pictures or a table first");
    refused(s, "own size 16", "bring pictures");
    refused(s, "bring /nowhere/at/all", "not there");
    snprintf(line, sizeof line, "bring %s", temporary_text("a.txt", "x"));
    refused(s, line, "nothing to learn from");
    snprintf(line, sizeof line, "bring %s", temporary_text("a.png", "x"));
    refused(s, line, "one picture: bring the folder");
    snprintf(line, sizeof line, "bring %s", temporary_folder());
    setenv("XDG_DATA_HOME", temporary_folder(), 1);
    refused(s, "bring drawings", "no drawing was kept");
    bring(s, temporary_text("bad.csv", "a,b\n1\n"));
    ck_assert_int_eq(own(s)->state, OWN_NOTHING);
    ck_assert(strstr(own(s)->problem, "1 cells"));
    session_destroy(s);
}
END_TEST

/* Names as people give them: from what is brought to a saved run that is opened again. */
static const char *const odd_names[] = {"hug #1: soft, round + nice", "żółć \"ü\" 100%41",
                                        "a=b%23c"};

START_TEST(names_of_folders_may_hold_anything)
{
    char path[700], line[900];
    struct session *s = session_create();
    snprintf(path, sizeof path, "%s/%s", odd_names[_i], odd_names[(_i + 1) % 3]);
    shapes_write(path, SHAPE_ROUND, 8);
    snprintf(path, sizeof path, "%s/no", odd_names[_i]);
    shapes_write(path, SHAPE_SPIKY, 8);
    bring(s, temporary_path(odd_names[_i]));
    all_of(s, "make");
    ck_assert_msg(own(s)->open, "%s", own(s)->problem);
    bool first = strcmp(odd_names[(_i + 1) % 3], "no") < 0;
    ck_assert_str_eq(session_snapshot(s)->data->class_names[first ? 0 : 1],
                     odd_names[(_i + 1) % 3]);
    int n = session_snapshot(s)->data->n;
    snprintf(line, sizeof line, "save-session %s", temporary_path("run #1.gns"));
    must(s, line);
    session_destroy(s);
    s = session_create();
    snprintf(line, sizeof line, "open %s", temporary_path("run #1.gns"));
    must(s, line);
    ck_assert_int_eq(session_snapshot(s)->data->n, n);
    session_destroy(s);
}
END_TEST

/* Folders that are brought one by one, and a table. */
START_TEST(names_of_single_folders_and_tables_may_hold_anything)
{
    char path[700];
    struct session *s = session_create();
    bring(s, shapes_write(odd_names[0], SHAPE_ROUND, 6));
    snprintf(path, sizeof path, "other/%s", odd_names[1]);
    bring(s, shapes_write(path, SHAPE_SPIKY, 6));
    all_of(s, "make");
    ck_assert_msg(own(s)->open, "%s", own(s)->problem);
    ck_assert_str_eq(session_snapshot(s)->data->class_names[0], odd_names[0]);
    ck_assert_str_eq(session_snapshot(s)->data->class_names[1], odd_names[1]);
    snprintf(path, sizeof path, "%s.csv", odd_names[0]);
    bring(s, temporary_text(path, "x,label\n1,a\n2,a\n3,b\n4,b\n1,a\n2,a\n3,b\n4,b\n3,b\n"));
    all_of(s, "make");
    ck_assert_msg(own(s)->open, "%s", own(s)->problem);
    ck_assert(session_snapshot(s)->data->n > 0);
    session_destroy(s);
}
END_TEST

/* Which side of a line: 60 rows; a word for each side, and how far from it. */
static const char *side_table(void)
{
    static char text[8000];
    int n = snprintf(text, sizeof text, "name,a,b,side,far\n");
    for (int i = 0; i < 60; i++) {
        int a = i * 37 % 50, b = i * 53 % 47;
        n += snprintf(text + n, sizeof text - (size_t)n, "row %d,%d,%d,%s,%d\n", i, a, b,
                      a > b ? "right" : "left", 1000 * (a - b));
    }
    return temporary_text("sides.csv", text);
}

START_TEST(a_table_with_words_to_tell)
{
    struct session *s = session_create();
    bring(s, side_table());
    must(s, "own target side");
    ck_assert_int_eq(own(s)->answer, OWN_CLASSES);
    refused(s, "own answer numbers", "column of numbers");
    ck_assert(strstr(own(s)->text, "label=side,leave=name"));
    all_of(s, "make");
    ck_assert_int_eq(own(s)->tested, 12);
    ck_assert_int_ge(own(s)->right, 10);
    must(s, "row 40,10,30000");
    ck_assert_int_eq(session_snapshot(s)->guess, 1); /* left, right */
    must(s, "row 3,44,-41000");
    ck_assert_int_eq(session_snapshot(s)->guess, 0);
    refused(s, "row 1,2", "2 numbers were given");
    refused(s, "row 1,2,x", "expected to be a number");
    session_destroy(s);
}
END_TEST

START_TEST(a_table_with_a_number_to_predict)
{
    struct session *s = session_create();
    bring(s, side_table());
    ck_assert_str_eq(own(s)->survey->column[own(s)->survey->target].name, "far");
    ck_assert_int_eq(own(s)->answer, OWN_NUMBERS);
    all_of(s, "make");
    ck_assert_int_eq(own(s)->state, OWN_TESTED);
    ck_assert_msg(own(s)->error < 6000, "%g", own(s)->error); /* of -46,000 to 49,000 */
    session_destroy(s);
}
END_TEST

START_TEST(a_column_of_words_is_learnt_from)
{
    static const char *const colours[] = {"red", "green", "blue", "dark, red"};
    static char text[8000];
    struct session *s = session_create();
    int n = snprintf(text, sizeof text, "colour,weight,ripe\n");
    for (int i = 0; i < 80; i++)
        n += snprintf(text + n, sizeof text - (size_t)n, "\"%s\",%d,%s\n",
                      i == 9 ? "" : colours[i % 4], i * 37 % 50,
                      i == 11          ? ""
                      : i % 4 % 3 == 0 ? "yes"
                                       : "no");
    bring(s, temporary_text("fruit.csv", text));
    ck_assert(strstr(own(s)->text, "input   5"));
    ck_assert(strstr(own(s)->text, "words=colour"));
    ck_assert(strstr(own(s)->text, "missing=mean+drop"));
    all_of(s, "make");
    ck_assert_msg(own(s)->open, "%s", own(s)->problem);
    ck_assert_int_ge(own(s)->right, own(s)->tested - 1);
    must(s, "row red, 12");
    ck_assert_int_eq(session_snapshot(s)->guess, 1); /* no, yes */
    must(s, "row \"dark, red\",\"12,5\"");           /* a decimal comma */
    ck_assert_int_eq(session_snapshot(s)->guess, 1);
    must(s, "row green,12");
    ck_assert_int_eq(session_snapshot(s)->guess, 0);
    refused(s, "row purple,12", "\"purple\" never stood in the column \"colour\"");
    refused(s, "row purple,12", "expected one of blue, dark, red, green, red");
    refused(s, "row red", "1 values were given, but the network reads 2 columns");
    refused(s, "row red,1,2", "3 values were given");
    session_destroy(s);
}
END_TEST

/* Another network closes that of the data, and what was brought stays. */
START_TEST(opening_something_else_leaves_it)
{
    struct session *s = session_create();
    bring(s, side_table());
    all_of(s, "make");
    ck_assert(own(s)->open);
    ck_assert_str_eq(session_snapshot(s)->title, own(s)->name);
    must(s, "open data/networks/moons.net");
    ck_assert(!own(s)->open);
    ck_assert_str_eq(session_snapshot(s)->title, "moons.net");
    ck_assert_int_eq(own(s)->state, OWN_LOOKED);
    all_of(s, "make");
    ck_assert(own(s)->open);
    must(s, "goto-step 0");
    session_wait(s);
    session_update(s);
    session_wait(s);
    ck_assert_int_eq(own(s)->state, OWN_TESTED); /* the untrained one, tested anew */
    session_destroy(s);
}
END_TEST

/* What still runs when the session ends is ended. */
START_TEST(an_end_in_the_middle)
{
    struct session *s = session_create();
    char line[700];
    shapes_write("hug/yes", SHAPE_ROUND, 24);
    shapes_write("hug/no", SHAPE_SPIKY, 24);
    snprintf(line, sizeof line, "bring %s", temporary_path("hug"));
    must(s, line);
    must(s, line); /* once more, while it looks */
    session_wait(s);
    must(s, "make");
    session_destroy(s);
}
END_TEST

START_TEST(mistakes_can_be_looked_into)
{
    struct session *s = session_create();
    shapes_write("hug/yes", SHAPE_ROUND, 12);
    shapes_write("hug/no", SHAPE_ROUND, 12); /* the same pictures: it must err */
    bring(s, temporary_path("hug"));
    all_of(s, "make");
    ck_assert_int_gt(own(s)->mistakes, 0);
    const struct own_mistake m = own(s)->mistake[0];
    must(s, "own mistake 0");
    ck_assert_int_eq(session_snapshot(s)->guess, m.guess);
    ck_assert(value(s, "label") == (double)m.truth);
    ck_assert(strstr(session_snapshot(s)->picture, "test sample"));
    session_destroy(s);
}
END_TEST

Suite *test_own(void)
{
    Suite *s = suite_create("own");
    TCase *c = tcase_create("own");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, temporary_begin, temporary_end);
    tcase_add_test(c, a_folder_becomes_a_tested_network);
    tcase_add_test(c, folders_one_by_one);
    tcase_add_test(c, what_is_nothing_is_said);
    tcase_add_loop_test(c, names_of_folders_may_hold_anything, 0, 3);
    tcase_add_test(c, names_of_single_folders_and_tables_may_hold_anything);
    tcase_add_test(c, a_table_with_words_to_tell);
    tcase_add_test(c, a_table_with_a_number_to_predict);
    tcase_add_test(c, a_column_of_words_is_learnt_from);
    tcase_add_test(c, opening_something_else_leaves_it);
    tcase_add_test(c, an_end_in_the_middle);
    tcase_add_test(c, mistakes_can_be_looked_into);
    suite_add_tcase(s, c);
    return s;
}
