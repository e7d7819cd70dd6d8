/* The slope view without a window: the dot, the nudge test, and that both follow. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

/* What the view asks for is there at the latest a few frames later. */
static void settle(struct core *c)
{
    for (int i = 0; i < 4; i++) {
        core_settle(c);
        session_wait(c->session);
    }
    core_settle(c);
}

static struct core *open_view(int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    run(c, "open data/networks/moons.net");
    run(c, "phase update");
    run(c, "show slope");
    return c;
}

START_TEST(it_asks_and_agrees)
{
    struct core *c = open_view(1920, 1080);
    run(c, "select hidden2.W[1,2]");
    settle(c);
    const struct snapshot *s = session_snapshot(c->session);
    ck_assert_int_gt(s->slope->count, 100);
    ck_assert_int_eq(s->nudge->count, 3);
    run(c, "assert-text backprop is right");
    run(c, "select d:hidden2.W[1,2]"); /* its gradient is about the same number */
    settle(c);
    ck_assert(cell_equal(slope_subject(session_snapshot(c->session)), s->slope->cell));
    run(c, "phase loss");
    run(c, "assert-text Backprop has not come here yet");
    run(c, "select out[0]");
    run(c, "assert-text Select a weight");
    core_destroy(c);
}
END_TEST

static double begins_at(const struct core *c)
{
    return session_snapshot(c->session)->slope->values[0];
}

/* A curve that was asked for is not asked for again, and its range stays while the number is
 * inside: it is the dot that moves. */
START_TEST(the_hill_stays_while_the_number_moves)
{
    struct core *c = open_view(1280, 720);
    run(c, "select hidden1.b[0]");
    run(c, "slope hidden1.b[0] -3 5");
    settle(c);
    ck_assert(begins_at(c) == -3);
    run(c, "edit hidden1.b[0] 2");
    settle(c);
    ck_assert(begins_at(c) == -3);
    ck_assert(session_snapshot(c->session)->slope->at == 2);
    run(c, "edit hidden1.b[0] 4.9"); /* at the edge: it moves after the dot */
    settle(c);
    ck_assert_double_gt(begins_at(c), -5);
    ck_assert_double_lt(begins_at(c), -4.8);
    run(c, "select hidden1.b[1]");
    settle(c);
    ck_assert(begins_at(c) != -3);
    core_destroy(c);
}
END_TEST

START_TEST(the_dot_is_dragged)
{
    struct core *c = open_view(1920, 1080);
    run(c, "select hidden1.b[0]");
    settle(c);
    double before, after, undone;
    ck_assert(session_value(c->session, "hidden1.b[0]", &before, NULL));
    const struct widget_record *w = ui_find(&c->ui, "slope.curve");
    ck_assert_ptr_nonnull(w);
    char line[100];
    snprintf(line, sizeof line, "drag %.0f,%.0f %.0f,%.0f", (double)(w->rect.x + w->rect.w * 0.5f),
             (double)(w->rect.y + w->rect.h * 0.5f), (double)(w->rect.x + w->rect.w * 0.9f),
             (double)(w->rect.y + w->rect.h * 0.5f));
    run(c, line);
    settle(c);
    ck_assert(session_value(c->session, "hidden1.b[0]", &after, NULL));
    ck_assert_msg(after > before + 0.2, "%g is not right of %g", after, before);
    run(c, "undo");
    ck_assert(session_value(c->session, "hidden1.b[0]", &undone, NULL));
    ck_assert(undone == before);
    core_destroy(c);
}
END_TEST

/* A loss of 2.3e-6 is 2.265e-6 in float: the dot is on the curve all the same. */
START_TEST(a_small_loss_is_on_its_curve)
{
    struct core *c = open_view(1280, 720);
    run(c, "open data/networks/digits8.net");
    run(c, "phase update");
    run(c, "select out.b[3]");
    run(c, "show slope");
    settle(c);
    run(c, "assert-text 0.00000231");
    ck_assert(!script_shows(c, "0.00000226"));
    core_destroy(c);
}
END_TEST

START_TEST(it_is_clean_at_every_size)
{
    static const int sizes[][2] = {{1280, 720}, {1366, 768}, {1920, 1080}, {3840, 2160}};
    static const int zooms[] = {80, 100, 125, 150};
    struct core *c = open_view(sizes[_i][0], sizes[_i][1]);
    static const char *const cells[] = {"select hidden1.W[1,0]", "select input[1]",
                                        "select new:out.b[0]", "select loss"};
    for (size_t z = 0; z < 4; z++)
        for (size_t k = 0; k < 4; k++) {
            struct draw_report report = {0};
            char line[40];
            snprintf(line, sizeof line, "zoom %d", zooms[z]);
            run(c, line);
            run(c, cells[k]);
            settle(c);
            ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%d, %s, %s:\n%s",
                          sizes[_i][0], line, cells[k], report.text);
        }
    core_destroy(c);
}
END_TEST

Suite *test_slope(void);
Suite *test_slope(void)
{
    Suite *s = suite_create("slope");
    TCase *t = tcase_create("slope");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, it_asks_and_agrees);
    tcase_add_test(t, the_hill_stays_while_the_number_moves);
    tcase_add_test(t, the_dot_is_dragged);
    tcase_add_test(t, a_small_loss_is_on_its_curve);
    tcase_add_loop_test(t, it_is_clean_at_every_size, 0, 4);
    suite_add_tcase(s, t);
    return s;
}
