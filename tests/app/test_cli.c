#include <check.h>
#include <string.h>

#include "app/cli.h"

Suite *test_cli(void);

static const struct cli_option options[] = {{"epochs", "N", ""},
                                            {"rate", "R", ""},
                                            {"fresh", NULL, ""},
                                            {"output", "FILE", ""},
                                            {NULL, NULL, NULL}};

static const struct cli_command command = {
    .name = "try", .usage = "NET", .fewest = 1, .most = 2, .options = options};

static struct cli c;
static struct err err;

/* Parses up to five words. */
static bool parse(const char *a, const char *b, const char *d, const char *e, const char *f)
{
    const char *words[] = {a, b, d, e, f};
    char *argv[5];
    int argc = 0;
    for (int i = 0; i < 5; i++)
        if (words[i])
            argv[argc++] = (char *)words[i];
    err_clear(&err);
    return cli_parse(&c, &command, argc, argv, &err);
}

static void refused(const char *part)
{
    ck_assert_int_eq(err_exit_code(&err), 2);
    ck_assert_msg(strstr(err.message, part) != NULL, "\"%s\" lacks \"%s\"", err.message, part);
}

START_TEST(options_stand_anywhere)
{
    long epochs = 1;
    ck_assert(parse("--epochs", "3", "a.net", "--fresh", "--json"));
    ck_assert(cli_long(&c, "epochs", 1, 9, &epochs, &err));
    ck_assert_int_eq(epochs, 3);
    ck_assert_str_eq(c.args[0], "a.net");
    ck_assert_ptr_nonnull(cli_value(&c, "fresh"));
    ck_assert_ptr_null(cli_value(&c, "rate"));
    ck_assert(c.json && !c.quiet);
}
END_TEST

START_TEST(values_may_stand_behind_an_equals_sign)
{
    ck_assert(parse("a.net", "--rate=0.5", "-o", "b.net", NULL));
    double rate = 0.0;
    ck_assert(cli_number(&c, "rate", 0.0, 1.0, &rate, &err));
    ck_assert(rate == 0.5);
    ck_assert_str_eq(cli_value(&c, "output"), "b.net");
}
END_TEST

START_TEST(after_two_dashes_all_is_argument)
{
    ck_assert(parse("--", "--fresh", NULL, NULL, NULL));
    ck_assert_str_eq(c.args[0], "--fresh");
    ck_assert_ptr_null(cli_value(&c, "fresh"));
}
END_TEST

START_TEST(mistakes_are_told)
{
    ck_assert(!parse("a.net", "--epoch", "3", NULL, NULL));
    refused("did you mean --epochs?");
    ck_assert(!parse("a.net", "--jsn", NULL, NULL, NULL));
    refused("did you mean --json?");
    ck_assert(!parse("a.net", "--nothinglikeit", NULL, NULL, NULL));
    refused("there is no option --nothinglikeit");
    ck_assert(!parse("a.net", "-x", NULL, NULL, NULL));
    refused("-x");
    ck_assert(!parse("a.net", "--epochs", NULL, NULL, NULL));
    refused("needs a value");
    ck_assert(!parse("a.net", "--epochs", "--fresh", NULL, NULL));
    refused("--epochs needs a value");
    ck_assert(!parse("a.net", "--epochs=", NULL, NULL, NULL));
    refused("needs a value");
    ck_assert(!parse("a.net", "--fresh=1", NULL, NULL, NULL));
    refused("takes no value");
    ck_assert(!parse("a.net", "--fresh", "--fresh", NULL, NULL));
    refused("twice");
    ck_assert(!parse("--fresh", NULL, NULL, NULL, NULL));
    refused("usage: glassnet try NET");
    ck_assert(!parse("a", "b", "c", NULL, NULL));
    refused("\"c\" is one argument too many");
}
END_TEST

START_TEST(numbers_out_of_range_are_told)
{
    long epochs = 7;
    double rate = 7.0;
    ck_assert(parse("a.net", "--epochs", "10", "--rate", "nan"));
    ck_assert(!cli_long(&c, "epochs", 1, 9, &epochs, &err));
    refused("--epochs 10: expected a whole number from 1 to 9");
    ck_assert_int_eq(epochs, 7);
    err_clear(&err);
    ck_assert(!cli_number(&c, "rate", 0.0, 1.0, &rate, &err));
    refused("--rate nan");
    ck_assert(rate == 7.0);
}
END_TEST

START_TEST(the_nearest_word_is_near)
{
    static const char *const words[] = {"train", "trace", "check", NULL};
    ck_assert_str_eq(cli_nearest("tarce", words, sizeof *words), "trace");
    ck_assert_ptr_null(cli_nearest("summary", words, sizeof *words));
    ck_assert_ptr_null(cli_nearest("", words, sizeof *words));
}
END_TEST

Suite *test_cli(void)
{
    Suite *s = suite_create("cli");
    TCase *t = tcase_create("all");
    tcase_add_test(t, options_stand_anywhere);
    tcase_add_test(t, values_may_stand_behind_an_equals_sign);
    tcase_add_test(t, after_two_dashes_all_is_argument);
    tcase_add_test(t, mistakes_are_told);
    tcase_add_test(t, numbers_out_of_range_are_told);
    tcase_add_test(t, the_nearest_word_is_near);
    suite_add_tcase(s, t);
    return s;
}
