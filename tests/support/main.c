/* Runs every suite of a list made from the names of the test files, or those named. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SUITE(name) Suite *name(void);
#include SUITE_LIST
#undef SUITE

struct entry {
    const char *name;
    Suite *(*make)(void);
};

static const struct entry entries[] = {
#define SUITE(name) {#name, name},
#include SUITE_LIST
#undef SUITE
    {NULL, NULL}};

static int is_wanted(const char *name, int argc, char **argv)
{
    if (argc < 2)
        return 1;
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return 1;
    return 0;
}

int main(int argc, char **argv)
{
    SRunner *runner = srunner_create(NULL);
    for (const struct entry *e = entries; e->name; e++)
        if (is_wanted(e->name, argc, argv))
            srunner_add_suite(runner, e->make());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    if (srunner_ntests_run(runner) == 0) {
        fprintf(stderr, "no test ran: is the suite's name right?\n");
        failed = 1;
    }
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
