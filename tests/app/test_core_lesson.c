/* A lesson and the screen around it. */
#include <check.h>
#include <string.h>

#include "app/script.h"
#include "support/temporary.h"

Suite *test_core_lesson(void);

#define HEAD "---\ntitle: T\nnetwork: one-neuron.net\ndata: fruit.csv\n---\n"

static struct core *open_text(const char *text)
{
    struct err err = {0};
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    temporary_text("own.md", text);
    ck_assert_msg(core_open(c, temporary_path("own.md"), &err), "%s", err.message);
    core_settle(c);
    return c;
}

START_TEST(a_setup_sets_the_screen)
{
    struct err err = {0};
    struct core *c = open_text(HEAD "# One\n```setup\napp matrix operands on\napp lens off\n```\n"
                                    "\n---\n# Two\n```setup\napp matrix operands off\n```\n");
    ck_assert(c->screen.canvas.matrix.operands && c->screen.canvas.network.no_lens);
    ck_assert(script_run_line(c, "app next", &err));
    ck_assert(!c->screen.canvas.matrix.operands && c->screen.canvas.network.no_lens);
    core_destroy(c);
}
END_TEST

Suite *test_core_lesson(void)
{
    Suite *s = suite_create("core_lesson");
    TCase *t = tcase_create("core_lesson");
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, a_setup_sets_the_screen);
    suite_add_tcase(s, t);
    return s;
}
