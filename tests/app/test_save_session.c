/* A session saved by its action: where it lies, and that it opens again. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/base/file.h"
#include "support/temporary.h"

Suite *test_save_session(void);

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static double value_of(struct core *c, const char *cell)
{
    double value = 0;
    ck_assert(session_value(c->session, cell, &value, NULL));
    return value;
}

START_TEST(numbered_among_the_users_data_and_dropped_again)
{
    char path[1200], line[1300];
    struct err err = {0};
    setenv("XDG_DATA_HOME", temporary_folder(), 1);
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    ck_assert(!script_run_line(c, "app save session", &err)); /* nothing is open */
    run(c, "open data/networks/moons.net");
    run(c, "edit hidden1.b[0] 0.25");
    run(c, "key Alt+S");
    file_join(path, sizeof path, temporary_folder(), "glassnet/sessions/moons-1.gns");
    ck_assert_msg(file_exists(path), "%s", path);
    run(c, "assert-text moons-1.gns");
    run(c, "app save session");
    file_join(path, sizeof path, temporary_folder(), "glassnet/sessions/moons-2.gns");
    ck_assert_msg(file_exists(path), "%s", path);
    run(c, "undo");
    snprintf(line, sizeof line, "drop %s", path);
    run(c, line);
    core_settle(c);
    ck_assert(value_of(c, "hidden1.b[0]") == 0.25);
    core_destroy(c);
}
END_TEST

Suite *test_save_session(void)
{
    Suite *s = suite_create("app/save_session");
    TCase *t = tcase_create("save");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, numbered_among_the_users_data_and_dropped_again);
    suite_add_tcase(s, t);
    return s;
}
