#include <check.h>
#include <math.h>
#include <string.h>

#include "glassnet/lesson/expression.h"

Suite *test_expression(void);

struct known {
    const char *cell;
    double value;
};

static const struct known cells[] = {
    {"out.z[0]", 0.25}, {"d:out.W[0,1]", -3},          {"new:conv1.b[0]", 2}, {"out[3]@1", 7},
    {"loss", 0.5},      {"accuracy(test)", 0.9},       {"p[0]", 0.1},         {"p[1]", 0.6},
    {"p[2]", 0.3},      {"new:m:conv1.W[1,2,3,4]", 11}};

static bool lookup(void *context, const char *cell, double *value, struct err *err)
{
    (void)context;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        if (strcmp(cells[i].cell, cell) == 0) {
            *value = cells[i].value;
            return true;
        }
    return err_set(err, ERR_INPUT, NULL, 0, "there is no %s", cell);
}

static double value_of(const char *text)
{
    struct arena arena;
    struct err err = {0};
    double value;
    arena_init(&arena);
    struct expression *e = expression_parse(&arena, text_of(text), NULL, 0, &err);
    ck_assert_msg(e != NULL, "%s: %s", text, err.message);
    ck_assert_msg(expression_value(e, lookup, NULL, &value, &err), "%s: %s", text, err.message);
    arena_deinit(&arena);
    return value;
}

static void expect(const char *text, double value)
{
    double found = value_of(text);
    ck_assert_msg(fabs(found - value) < 1e-12, "%s: %.15g, expected %.15g", text, found, value);
}

START_TEST(sums_and_products)
{
    expect("1 + 2*3", 7);
    expect("(1+2)*3", 9);
    expect("8/4/2", 1); /* from the left */
    expect("8-4-2", 2);
    expect("-2*3", -6);
    expect("2*-3", -6);
    expect("--2", 2);
    expect("2 - -3", 5);
    expect("1.5e2 + .5", 150.5);
    expect("2−3", -1); /* as printed */
    expect("2×3·4÷6", 4);
    expect("((((1))))", 1);
}
END_TEST

START_TEST(cells_of_every_form)
{
    expect("out.z[0]", 0.25);
    expect("2*d:out.W[0,1]+out.z[0]", -5.75);
    expect("d:out.W[ 0 , 1 ]", -3);
    expect("out[3]@1-1", 6);
    expect("new:conv1.b[0]-loss", 1.5); /* a minus ends the name */
    expect("new:m:conv1.W[1,2,3,4]", 11);
    expect("accuracy(test)*100", 90);
}
END_TEST

START_TEST(functions_work)
{
    expect("max(1, 5, 2)", 5);
    expect("min(1,-5,2)", -5);
    expect("abs(d:out.W[0,1])", 3);
    expect("exp(0) + log(1)", 1);
    expect("sigmoid(0)", 0.5);
    expect("tanh(0)", 0);
    expect("relu(-3) + relu(3)", 3);
    expect("argmax(1, 5, 5)", 1); /* the first of equals */
    expect("argmax(p)", 1);
    expect("max(p) - min(p)", 0.5);
    expect("max(1, max(2, 3))", 3);
    ck_assert(isnan(value_of("log(0-1)")));
    ck_assert(isinf(value_of("1/0")));
}
END_TEST

static void expect_error(const char *text, const char *sentence)
{
    struct arena arena;
    struct err err = {0};
    arena_init(&arena);
    ck_assert_msg(!expression_parse(&arena, text_of(text), "a.md", 7, &err), "took %s", text);
    ck_assert_str_eq(err.message, sentence);
    ck_assert_str_eq(err.file, "a.md");
    ck_assert_int_eq(err.line, 7);
    arena_deinit(&arena);
}

START_TEST(mistakes_name_the_column)
{
    expect_error("", "an expression is missing");
    expect_error("1 +", "in \"1 +\", column 4: a number, a cell or \"(\" is missing at the end");
    expect_error("1 ? 2", "in \"1 ? 2\", column 3: expected + - * / or the end, found \"? 2\"");
    expect_error("a × ∂",
                 "in \"a × ∂\", column 5: expected a number, a cell or \"(\", found \"∂\"");
    expect_error("(1 + 2", "in \"(1 + 2\", column 1: this \"(\" has no \")\"");
    expect_error("0,5 + 1", "in \"0,5 + 1\", column 2: numbers in a lesson have a decimal point, "
                            "not a comma");
    expect_error("2x", "in \"2x\", column 2: a sign is missing between \"2\" and \"x\"");
    expect_error("1.2.3", "in \"1.2.3\", column 1: \"1.2.3\" is no number");
    expect_error("sqr(2)", "in \"sqr(2)\", column 1: there is no function \"sqr\"; there are max, "
                           "min, abs, exp, log, sigmoid, tanh, relu and argmax");
    expect_error("abs(1, 2)", "in \"abs(1, 2)\", column 1: abs takes one number, found 2");
    expect_error("max(1)", "in \"max(1)\", column 1: max takes several numbers, or one vector by "
                           "its name without index");
    expect_error("out[1", "in \"out[1\", column 4: this \"[\" has no \"]\"");
    expect_error("out[a]", "in \"out[a]\", column 5: an index is a whole number, found \"a\"");
    expect_error("out[]", "in \"out[]\", column 5: an index is missing before \"]\"");
    expect_error("out[1]@", "in \"out[1]@\", column 7: the number of a sample is missing after "
                            "\"@\"");
    expect_error("out.", "in \"out.\", column 4: the name of a cell cannot end in \".\"");
    expect_error("accuracy(all)",
                 "in \"accuracy(all)\", column 9: accuracy takes (train) or (test)");
    expect_error("(1, 2)", "in \"(1, 2)\", column 1: only functions take several numbers");
}
END_TEST

START_TEST(endless_brackets_are_refused)
{
    char deep[2001], minus[2002];
    struct arena arena;
    struct err err = {0};
    memset(deep, '(', sizeof deep - 1);
    deep[sizeof deep - 1] = 0;
    memset(minus, '-', sizeof minus - 2);
    strcpy(minus + sizeof minus - 2, "1");
    arena_init(&arena);
    ck_assert(!expression_parse(&arena, text_of(deep), NULL, 0, &err));
    ck_assert(strstr(err.message, "too many brackets") != NULL);
    err_clear(&err);
    ck_assert(!expression_parse(&arena, text_of(minus), NULL, 0, &err));
    ck_assert(strstr(err.message, "too many brackets") != NULL);
    arena_deinit(&arena);
}
END_TEST

START_TEST(a_cell_that_is_not_there)
{
    struct arena arena;
    struct err err = {0};
    double value;
    arena_init(&arena);
    struct expression *e = expression_parse(&arena, text_of("loss + out[9]"), NULL, 0, &err);
    ck_assert(e && !expression_value(e, lookup, NULL, &value, &err));
    ck_assert_str_eq(err.message, "there is no out[9]");
    arena_deinit(&arena);
}
END_TEST

START_TEST(numbers_in_place_of_cells)
{
    struct arena arena;
    char out[100];
    arena_init(&arena);
    struct expression *e =
        expression_parse(&arena, text_of("2*out.z[0] - d:out.W[0,1]"), NULL, 0, NULL);
    expression_numeric(e, lookup, NULL, &number_default, out, sizeof out);
    ck_assert_str_eq(out, "2·0.250 − (−3)");
    ck_assert_ptr_null(expression_cell(e));
    ck_assert_int_eq(expression_cell_count(e), 2);
    ck_assert_str_eq(expression_cell_at(e, 1), "d:out.W[0,1]");
    expression_numeric(e, lookup, NULL, &number_default, out, 8); /* cut, never past the end */
    ck_assert_uint_lt(strlen(out), 8);
    e = expression_parse(&arena, text_of(" out.z[0] "), NULL, 0, NULL);
    ck_assert_str_eq(expression_cell(e), "out.z[0]");
    arena_deinit(&arena);
}
END_TEST

START_TEST(answers_as_people_type_them)
{
    static const struct {
        const char *typed;
        double value;
    } good[] = {{"0.25", 0.25},
                {"0,25", 0.25},
                {" -0,25 ", -0.25},
                {"−0.25", -0.25},
                {"1/4", 0.25},
                {"-1/4", -0.25},
                {"1÷4", 0.25},
                {"1∕4", 0.25},
                {"1⁄4", 0.25},
                {"+3", 3},
                {"2*0,5 + 1", 2},
                {"2·0.5", 1},
                {"1e-3", 1e-3},
                {".5", 0.5},
                {"23\u2009860", 23860},
                {"1 / 3", 1.0 / 3},
                {"(1+2)/4", 0.75},
                {"–2", -2},
                {"78 400", 78400},
                {"1 234 567,5", 1234567.5},
                {"2(1-3)", -4},
                {"(1+1)(2+1)", 6},
                {"5x4", 20},
                {"5 x 4", 20},
                {"2 × 0,5", 1},
                {"—2", -2},
                {"-log(1)", 0},
                {"2ln(1)", 0},
                {"exp(0) + abs(-2)", 3},
                {"sigmoid(0)", 0.5},
                {"1E2", 100},
                {"relu(−3)", 0}};
    static const char *const bad[] = {
        "",        "a",   "loss",  "out.z[0]", "1/0",   "max(1,2)", "1 2", "0.2.5",  "1,2,3",
        "nan",     "inf", "12 34", "1 2345",   "x4",    "5x",       "e",   "2kg",    "log",
        "log 2 3", "--",  "1/",    "?",        "1e999", "5%",       "{1}", "sqrt(2)"};
    double value;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ck_assert_msg(expression_read_answer(good[i].typed, &value), "refused %s", good[i].typed);
        ck_assert_msg(fabs(value - good[i].value) < 1e-12, "%s gave %g", good[i].typed, value);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!expression_read_answer(bad[i], &value), "took \"%s\"", bad[i]);
    char endless[5000];
    memset(endless, '1', sizeof endless - 1);
    endless[sizeof endless - 1] = 0;
    ck_assert(!expression_read_answer(endless, &value));
}
END_TEST

static struct condition read(struct arena *arena, const char *text)
{
    struct condition c;
    struct err err = {0};
    ck_assert_msg(condition_parse(arena, text_of(text), NULL, 0, &c, &err), "%s", err.message);
    return c;
}

static bool holds(struct arena *arena, const char *text)
{
    struct condition c = read(arena, text);
    bool answer = false;
    ck_assert(condition_holds(&c, lookup, NULL, &answer, NULL));
    return answer;
}

START_TEST(conditions)
{
    struct arena arena;
    arena_init(&arena);
    struct condition c = read(&arena, "select out.z[0] or out[0]");
    ck_assert_int_eq(c.kind, CONDITION_SELECT);
    ck_assert_str_eq(c.cell, "out.z[0]");
    ck_assert_str_eq(c.other, "out[0]");
    c = read(&arena, "step");
    ck_assert_int_eq(c.kind, CONDITION_STEP);
    ck_assert_int_eq(c.count, 1);
    ck_assert_int_eq(read(&arena, "step 5").count, 5);
    c = read(&arena, "phase backward");
    ck_assert_str_eq(c.phase, "backward");
    c = read(&arena, "edit out.b[0]");
    ck_assert_int_eq(c.kind, CONDITION_EDIT);
    ck_assert_str_eq(c.cell, "out.b[0]");
    ck_assert(holds(&arena, "loss < 0.6"));
    ck_assert(!holds(&arena, "loss < 0.5"));
    ck_assert(holds(&arena, "loss <= 0.5"));
    ck_assert(holds(&arena, "loss ≤ 0.5"));
    ck_assert(holds(&arena, "accuracy(test) > 0.85"));
    ck_assert(holds(&arena, "loss + 0.5 = 1"));
    ck_assert(holds(&arena, "loss != 0.6"));
    ck_assert(!holds(&arena, "log(0-1) < 1")); /* NaN is on neither side */
    ck_assert(!holds(&arena, "log(0-1) >= 1"));
    arena_deinit(&arena);
}
END_TEST

START_TEST(conditions_that_are_none)
{
    static const char *const bad[][2] = {
        {"",
         "a condition is missing: select CELL, step, phase NAME, edit CELL or a comparison such "
         "as loss < 0.1"},
        {"select", "\"select\" needs the name of a cell"},
        {"select out[0]+1", "\"select\" needs the name of one cell, found \"out[0]+1\""},
        {"step back", "\"step\" takes a number of steps from 1 on, found \"back\""},
        {"phase sideways", "\"phase\" takes forward, loss, backward or update, found \"sideways\""},
        {"loss", "\"loss\" is no condition; expected select CELL, step, phase NAME, edit CELL or a "
                 "comparison such as loss < 0.1"},
        {"loss <", "an expression is missing"},
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct condition c;
        struct err err = {0};
        ck_assert(!condition_parse(&arena, text_of(bad[i][0]), NULL, 0, &c, &err));
        ck_assert_str_eq(err.message, bad[i][1]);
    }
    arena_deinit(&arena);
}
END_TEST

Suite *test_expression(void)
{
    Suite *s = suite_create("expression");
    TCase *t = tcase_create("all");
    tcase_add_test(t, sums_and_products);
    tcase_add_test(t, cells_of_every_form);
    tcase_add_test(t, functions_work);
    tcase_add_test(t, mistakes_name_the_column);
    tcase_add_test(t, endless_brackets_are_refused);
    tcase_add_test(t, a_cell_that_is_not_there);
    tcase_add_test(t, numbers_in_place_of_cells);
    tcase_add_test(t, answers_as_people_type_them);
    tcase_add_test(t, conditions);
    tcase_add_test(t, conditions_that_are_none);
    suite_add_tcase(s, t);
    return s;
}
