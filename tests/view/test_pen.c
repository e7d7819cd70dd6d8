/* Drawing over the projection, by mouse and by keys. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"

Suite *test_pen(void);

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static struct core *open_core(void)
{
    struct err err = {0};
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    run(c, "open data/networks/moons.net");
    run(c, "phase forward");
    return c;
}

/* Lines of this colour on the screen. */
static int lines(struct core *c, uint32_t rgb)
{
    int n = 0;
    for (int i = 0; i < c->draw.n_cmds; i++)
        n += c->draw.cmds[i].kind == DRAW_STROKE && (c->draw.cmds[i].colour & 0xffffff) == rgb;
    return n;
}

enum { RED = 0xe0323a, GREEN = 0x1f9d55, VIOLET = 0x8b3fe0 };

START_TEST(strokes_are_drawn_and_stay)
{
    struct core *c = open_core();
    const struct snapshot *s = session_snapshot(c->session);
    run(c, "select none");
    run(c, "key D");
    run(c, "drag 300,300 500,400");
    ck_assert(!cell_is(s->selected)); /* the paper lies over the picture */
    ck_assert_int_eq(lines(c, RED), 1);
    run(c, "key C");
    run(c, "drag 310,300 510,400");
    ck_assert_int_eq(lines(c, GREEN), 1);
    run(c, "key Space"); /* keys go on stepping */
    run(c, "show layer");
    run(c, "key D");
    ck_assert_int_eq(lines(c, RED) + lines(c, GREEN), 2);
    run(c, "size 1920x1080"); /* they grow with the screen */
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const struct draw_cmd *cmd = &c->draw.cmds[i];
        if (cmd->kind == DRAW_STROKE && (cmd->colour & 0xffffff) == RED) {
            const struct point *p = draw_cmd_data(&c->draw, cmd);
            ck_assert_double_eq_tol((double)p[0].x, 450, 1);
            ck_assert_double_eq_tol((double)p[cmd->count - 1].y, 600, 1);
        }
    }
    run(c, "key Delete");
    ck_assert_int_eq(lines(c, RED) + lines(c, GREEN), 0);
    core_destroy(c);
}
END_TEST

START_TEST(the_mouse_alone_is_enough)
{
    struct core *c = open_core();
    run(c, "click pen");
    run(c, "click pen.Violet");
    run(c, "drag 300,300 400,300");
    run(c, "drag 300,400 400,400");
    ck_assert_int_eq(lines(c, VIOLET), 2);
    run(c, "click pen.erase");
    run(c, "drag 350,380 350,420"); /* across the second */
    ck_assert_int_eq(lines(c, VIOLET), 1);
    run(c, "click pen.clear");
    ck_assert_int_eq(lines(c, VIOLET), 0);
    run(c, "click pen.light");
    run(c, "click pen.hide");
    ck_assert(c->screen.spotlight && c->screen.hide_value);
    run(c, "click pen.done");
    ck_assert(!c->screen.pen.on);
    run(c, "click 600,300");
    ck_assert_int_eq(lines(c, VIOLET), 0);
    core_destroy(c);
}
END_TEST

START_TEST(escape_puts_it_away)
{
    struct core *c = open_core();
    run(c, "key D");
    run(c, "key Escape");
    ck_assert(!c->screen.pen.on);
    ck_assert_str_eq(session_snapshot(c->session)->view, "network");
    core_destroy(c);
}
END_TEST

Suite *test_pen(void)
{
    Suite *s = suite_create("pen");
    TCase *t = tcase_create("pen");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, strokes_are_drawn_and_stay);
    tcase_add_test(t, the_mouse_alone_is_enough);
    tcase_add_test(t, escape_puts_it_away);
    suite_add_tcase(s, t);
    return s;
}
