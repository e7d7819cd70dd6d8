/* What is found in pictures and tables before anything is made of them. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/data/survey.h"
#include "support/shapes.h"
#include "support/temporary.h"

Suite *test_survey(void);

static struct survey_progress progress;

static struct survey *look(const char *folder)
{
    struct err err = {0};
    struct survey *s = survey_pictures(folder, NULL, &progress, &err);
    ck_assert_msg(s != NULL, "%s", err.message);
    return s;
}

static struct survey *look_at_table(const char *text)
{
    struct err err = {0};
    struct survey *s = survey_table(temporary_text("t.csv", text), &progress, &err);
    ck_assert_msg(s != NULL, "%s", err.message);
    return s;
}

static bool says(const struct survey *s, const char *words)
{
    for (int i = 0; i < s->odd; i++)
        if (strstr(s->oddity[i], words))
            return true;
    return false;
}

START_TEST(classes_are_counted)
{
    shapes_write("p/round", SHAPE_ROUND, 12);
    shapes_write("p/spiky", SHAPE_SPIKY, 10);
    struct survey *s = look(temporary_path("p"));
    ck_assert_int_eq(s->n, 22);
    ck_assert_int_eq(s->classes, 2);
    ck_assert_str_eq(s->class[0].name, "round");
    ck_assert_int_eq(s->class[1].count, 10);
    ck_assert_int_eq(s->class[0].examples, SURVEY_EXAMPLES);
    ck_assert(!s->colour);
    ck_assert_int_eq(s->least[1], 24);
    ck_assert_int_eq(s->most[1], 30);
    ck_assert_int_eq(s->odd, 0);
    ck_assert_str_eq(s->problem, "");
    ck_assert_int_eq(atomic_load(&progress.done), 22);
    survey_destroy(s);
}
END_TEST

START_TEST(odd_ones_are_named)
{
    shapes_write("p/round", SHAPE_ROUND, 12);
    shapes_write("p/spiky", SHAPE_SPIKY, 4);
    shapes_write("q", SHAPE_ROUND, 2); /* the same pictures as round's first two */
    char from[600];
    snprintf(from, sizeof from, "%s", temporary_path("q/0.png"));
    ck_assert_int_eq(rename(from, temporary_path("p/round/copy.png")), 0);
    snprintf(from, sizeof from, "%s", temporary_path("q/1.png"));
    ck_assert_int_eq(rename(from, temporary_path("p/spiky/torn.png")), 0);
    temporary_text("p/round/broken.png", "no picture");
    temporary_text("p/round/photo.webp", "another kind");
    struct survey *s = look(temporary_path("p"));
    ck_assert(says(s, "1 file cannot be read as a picture (round/broken.png): left out"));
    ck_assert(says(s, "round/photo.webp is no PNG or JPEG: left out. Save it as one"));
    ck_assert(says(s, "1 picture is there twice"));
    ck_assert(says(s, "1 picture is in two classes"));
    ck_assert(says(s, "\"spiky\" has only 5 pictures"));
    ck_assert_int_eq(s->n, 18);
    survey_destroy(s);
}
END_TEST

START_TEST(what_cannot_be_learnt_from_is_said)
{
    struct err err = {0};
    shapes_write("p/round", SHAPE_ROUND, 5);
    struct survey *s = look(temporary_path("p"));
    ck_assert(strstr(s->problem, "one class, \"round\""));
    survey_destroy(s);
    shapes_write("p/spiky", SHAPE_SPIKY, 2);
    s = look(temporary_path("p"));
    ck_assert(strstr(s->problem, "\"spiky\" has 2 pictures; at least 3"));
    survey_destroy(s);
    temporary_text("p/empty/notes.txt", "x");
    s = look(temporary_path("p"));
    ck_assert(strstr(s->problem, "\"empty\" holds no picture"));
    survey_destroy(s);
    ck_assert_ptr_null(survey_pictures(temporary_path("nowhere"), NULL, &progress, &err));
    ck_assert(strstr(err.message, "neither pictures nor folders"));
}
END_TEST

static const char table[] = "id,name,size,light,same,price\n"
                            "1,Ada,10,0.5,x,100\n2,Bob,20,,x,200\n3,Cy,30,0.25,x,300\n"
                            "4,Di,40,1,x,400\n5,Ed,50,0.5,x,500\n6,Flo,60,0.5,x,600\n"
                            "7,Gus,70,0.5,x,700\n8,Hal,80,0.5,x,800\n8,Hal,80,0.5,x,800\n";

START_TEST(columns_have_kinds)
{
    struct survey *s = look_at_table(table);
    ck_assert(s->table);
    ck_assert_int_eq(s->n, 9);
    ck_assert_int_eq(s->column[1].kind, SURVEY_WORDS);
    ck_assert_int_eq(s->column[2].kind, SURVEY_NUMBER);
    ck_assert_int_eq(s->column[4].kind, SURVEY_CONSTANT);
    ck_assert_int_eq(s->column[3].missing, 1);
    ck_assert_int_eq(s->column[2].different, 8);
    ck_assert_str_eq(s->column[s->target].name, "price");
    ck_assert(says(s, "\"same\" is x in every row"));
    ck_assert(says(s, "\"light\" has no value in 1 of 9 rows: the column's mean"));
    ck_assert(says(s, "\"name\" holds words that hardly ever come twice (Ada, Bob, Cy)"));
    ck_assert(says(s, "1 row is there twice"));
    survey_set_target(s, 3);
    ck_assert(says(s, "\"light\" has no value in 1 of 9 rows: those rows are left out"));
    ck_assert(says(s, "1 row is there twice"));
    survey_destroy(s);
}
END_TEST

START_TEST(tables_without_an_answer)
{
    struct err err = {0};
    struct survey *s = look_at_table("a,b\n1,2\n2,3\n");
    ck_assert(strstr(s->problem, "2 rows; at least"));
    survey_destroy(s);
    s = look_at_table("w,label\na,x\nb,y\nc,x\nd,y\ne,x\nf,y\ng,x\na,x\n");
    ck_assert(strstr(s->problem, "no column has numbers, or a few words"));
    survey_destroy(s);
    ck_assert_ptr_null(survey_table(temporary_text("bad.csv", "a,b\n1\n"), &progress, &err));
    ck_assert(strstr(err.message, "1 cells"));
}
END_TEST

/* 40 rows: two columns of words that can be inputs, and others that cannot. */
START_TEST(columns_of_words_become_inputs)
{
    static const char *const colours[] = {"red", "blue ", "green"};
    static char text[6000];
    int n = snprintf(text, sizeof text, "colour,form,town,age,hole,label\n");
    for (int i = 0; i < 44; i++)
        n += snprintf(text + n, sizeof text - (size_t)n, "%s,%s,town %d,%s,%s,%s\n",
                      i == 5 ? "NA" : colours[i % 3], i % 2 ? "long" : "round", i % 22,
                      i == 7 ? "12 years" : "4", i % 4 ? "" : "x y", i % 5 ? "yes" : "no");
    struct survey *s = look_at_table(text);
    ck_assert_int_eq(s->column[0].different, 3); /* blanks do not make another word */
    ck_assert_int_eq(survey_column_inputs(s, 0), 3);
    ck_assert_int_eq(survey_column_inputs(s, 1), 2);
    ck_assert_int_eq(survey_column_inputs(s, 2), 0);
    ck_assert_int_eq(survey_column_inputs(s, 3), 0);
    ck_assert_int_eq(survey_column_inputs(s, 4), 0);
    ck_assert_int_eq(survey_column_inputs(s, 5), 0); /* the answer */
    ck_assert_str_eq(s->column[0].examples, "red, blue, green");
    ck_assert(says(s, "\"colour\" has no value in 1 of 44 rows: there the inputs of all"));
    ck_assert(says(s, "\"town\" holds 22 different words"));
    ck_assert(says(s, "at most 20 are taken"));
    ck_assert(survey_is_faulty(s, 3));
    ck_assert(says(s, "\"age\" holds numbers, but also 1 cell that is none (12 years)"));
    survey_set_target(s, 1);
    ck_assert_int_eq(survey_column_inputs(s, 1), 0);
    ck_assert_int_eq(survey_column_inputs(s, 5), 2);
    survey_destroy(s);
}
END_TEST

Suite *test_survey(void)
{
    Suite *s = suite_create("survey");
    TCase *c = tcase_create("survey");
    tcase_add_checked_fixture(c, temporary_begin, temporary_end);
    tcase_add_test(c, classes_are_counted);
    tcase_add_test(c, odd_ones_are_named);
    tcase_add_test(c, what_cannot_be_learnt_from_is_said);
    tcase_add_test(c, columns_have_kinds);
    tcase_add_test(c, tables_without_an_answer);
    tcase_add_test(c, columns_of_words_become_inputs);
    suite_add_tcase(s, c);
    return s;
}
