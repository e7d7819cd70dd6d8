/* A picture without a display: what works in the background is finished before it is taken. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/app/app.h"
#include "glassnet/base/file.h"
#include "support/temporary.h"

Suite *test_render(void);

/* What is drawn of it takes a thread of its own, which the view asks for. */
static const struct {
    const char *net, *script;
} shown[] = {
    {"data/networks/plane.net", "show plane\n"},
    {"data/networks/curve.net", "show plane\n"},
    {"data/networks/plane.net", "show optimizers\noptimizers surface loss\noptimizers step 5\n"},
    {"data/networks/digits8.net", "show inside\nlook saliency\n"},
    {"data/networks/digits8.net", "show inside\nclick inside.page.Nearest\n"},
    {"data/networks/digits8.net", "show beside\nbeside fresh\nclick beside.subject.Weights\n"},
    {"data/networks/moons.net", "select hidden1.W[0,0]\nshow slope\n"}};

enum { SHOWN = sizeof shown / sizeof *shown };

/* The picture, and the screen's text. */
static void render(int i, const char *png, const char *text)
{
    const char *script = temporary_text("script", shown[i].script);
    char *argv[] = {(char *)(size_t)shown[i].net, "--size", "1280x720",          "--script",
                    (char *)(size_t)script,       "-o",     (char *)(size_t)png, "--dump",
                    (char *)(size_t)text,         NULL};
    ck_assert_int_eq(cli_render(9, argv), 0);
}

/* The same by hand, when everything has been waited for. */
static void wait_and_take(int i, const char *png, const char *text)
{
    struct err err = {0};
    char line[1200], lines[200], *at = lines;
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    ck_assert_msg(core_open(c, shown[i].net, &err), "%s", err.message);
    core_settle(c);
    snprintf(lines, sizeof lines, "%s", shown[i].script);
    for (char *end; (end = strchr(at, '\n')); at = end + 1) {
        *end = 0;
        ck_assert_msg(script_run_line(c, at, &err), "%s: %s", at, err.message);
    }
    for (int k = 0; k < 20; k++) {
        session_wait(c->session);
        core_settle(c);
    }
    ck_assert_msg(script_screenshot(c, png, &err), "%s", err.message);
    snprintf(line, sizeof line, "dump %s", text);
    ck_assert_msg(script_run_line(c, line, &err), "%s", err.message);
    core_destroy(c);
}

static void are_same(const char *a, const char *b, const char *what)
{
    size_t n, m;
    char *x = file_read(a, 64 << 20, &n, NULL), *y = file_read(b, 64 << 20, &m, NULL);
    ck_assert(x && y);
    ck_assert_msg(n == m && memcmp(x, y, n) == 0, "the %s differs", what);
    free(x);
    free(y);
}

START_TEST(nothing_is_unfinished_in_a_picture)
{
    render(_i, temporary_path("a.png"), temporary_path("a.txt"));
    render(_i, temporary_path("b.png"), temporary_path("b.txt"));
    wait_and_take(_i, temporary_path("c.png"), temporary_path("c.txt"));
    are_same(temporary_path("a.txt"), temporary_path("b.txt"), "text of a second one");
    are_same(temporary_path("a.png"), temporary_path("b.png"), "second one");
    are_same(temporary_path("a.txt"), temporary_path("c.txt"), "text of what was waited for");
    are_same(temporary_path("a.png"), temporary_path("c.png"), "one that was waited for");
}
END_TEST

Suite *test_render(void)
{
    Suite *s = suite_create("app/render");
    TCase *t = tcase_create("render");
    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_loop_test(t, nothing_is_unfinished_in_a_picture, 0, SHOWN);
    suite_add_tcase(s, t);
    return s;
}
