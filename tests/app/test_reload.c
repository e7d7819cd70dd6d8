/* A lesson that is written while it is open. */
#include <check.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/base/file.h"
#include "support/temporary.h"

#define HEAD "---\ntitle: T\nnetwork: one-neuron.net\ndata: fruit.csv\n---\n# One\n\nfirst\n\n---\n"

static void tick(struct core *c)
{
    core_frame(c, c->ui.time + 1);
    core_settle(c);
}

static void write(const char *text)
{
    temporary_text("own.md", text);
}

START_TEST(each_saving_is_seen_at_its_page)
{
    struct err err = {0};
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    write(HEAD "# Two\n\nold words\n");
    ck_assert_msg(core_open(c, temporary_path("own.md"), &err), "%s", err.message);
    player_go(c->player, 1);
    tick(c);
    ck_assert(script_shows(c, "old words"));
    ck_assert(!c->screen.toast[0]); /* nothing was written: nothing happens */
    write(HEAD "# Two\n\nnew words\n");
    tick(c);
    ck_assert(script_shows(c, "new words"));
    ck_assert_int_eq(player_view(c->player)->page, 1);
    write(HEAD "# Two\n\n```nonsense\n```\n");
    tick(c);
    ck_assert(c->screen.toast_is_error);
    ck_assert_msg(strstr(c->screen.toast, "own.md:13"), "%s", c->screen.toast);
    ck_assert(script_shows(c, "new words")); /* what was right stays */
    write("---\ntitle: T\nnetwork: one-neuron.net\ndata: fruit.csv\n---\n# One\n\nonly page\n");
    tick(c);
    ck_assert(script_shows(c, "only page"));
    ck_assert_int_eq(remove(temporary_path("own.md")), 0);
    tick(c);
    ck_assert(script_shows(c, "only page"));
    core_destroy(c);
}
END_TEST

Suite *test_reload(void);
Suite *test_reload(void)
{
    Suite *s = suite_create("reload");
    TCase *t = tcase_create("reload");
    tcase_set_timeout(t, 30);
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, each_saving_is_seen_at_its_page);
    suite_add_tcase(s, t);
    return s;
}
