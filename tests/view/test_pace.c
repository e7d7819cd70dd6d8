/* Playing by itself: as many steps as the time that went by holds, and no loop at the end. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "app/script.h"

Suite *test_pace(void);

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static struct core *open_moons(void)
{
    struct err err = {0};
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    run(c, "open data/networks/moons.net");
    return c;
}

static int64_t at(struct core *c)
{
    return session_snapshot(c->session)->cursor.cell;
}

/* Frames of a sixtieth of a second, of which those are drawn that are due. */
static void pass_time(struct core *c, double seconds)
{
    double end = c->ui.time + seconds;
    for (double t = c->ui.time; t < end; t += 1.0 / 60)
        if (core_due(c) <= t)
            core_frame(c, t);
    c->ui.time = end;
}

START_TEST(the_paces_are_a_ladder)
{
    float pace = PACE_LEAST;
    char text[16];
    ck_assert_str_eq(pace_text(pace, text, sizeof text), "½/s");
    ck_assert(pace_beside(pace, false) == PACE_LEAST);
    int rungs = 0;
    for (; pace != PACE_MAX; rungs++) {
        float next = pace_beside(pace, true);
        ck_assert(next == PACE_MAX || next > pace);
        ck_assert(pace_beside(next, false) == pace);
        pace = next;
    }
    ck_assert_int_eq(rungs, 7);
    ck_assert_str_eq(pace_text(pace, text, sizeof text), "max");
    ck_assert(pace_beside(3, true) == 4 && pace_beside(3, false) == 2);
}
END_TEST

START_TEST(it_steps_at_the_pace_chosen)
{
    static const struct {
        const char *pace;
        int64_t least, most; /* in four seconds */
    } cases[] = {{"app pace 0.5", 2, 3}, {"app pace 4", 15, 17}, {"app pace 30", 117, 122}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct core *c = open_moons();
        run(c, cases[i].pace);
        run(c, "key P");
        pass_time(c, 4);
        ck_assert_msg(at(c) >= cases[i].least && at(c) <= cases[i].most, "%s: %d", cases[i].pace,
                      (int)at(c));
        run(c, "key P");
        int64_t stopped = at(c);
        ck_assert(isinf(core_due(c)));
        pass_time(c, 1);
        ck_assert_int_eq(at(c), stopped);
        core_destroy(c);
    }
}
END_TEST

/* Frames a third of a second apart, at 30 steps a second. */
START_TEST(late_frames_make_up_for_it)
{
    struct core *c = open_moons();
    run(c, "app pace 30");
    run(c, "key P");
    for (int i = 1; i <= 9; i++)
        core_frame(c, c->ui.time + 1.0 / 3);
    ck_assert_int_ge(at(c), 80);
    ck_assert_int_le(at(c), 92);
    core_destroy(c);
}
END_TEST

START_TEST(it_ends_with_the_pass_and_begins_again_when_asked)
{
    struct core *c = open_moons();
    const struct snapshot *s = session_snapshot(c->session);
    int64_t end = s->steps->cells;
    run(c, "grain layer");
    run(c, "app pace max");
    run(c, "key P");
    pass_time(c, 3);
    ck_assert_int_eq(at(c), end);
    ck_assert(!c->screen.transport.playing);
    run(c, "app pace 0.5");
    run(c, "click transport.play");
    ck_assert(c->screen.transport.playing);
    ck_assert(at(c) < end);
    core_destroy(c);
}
END_TEST

/* It waits while it cannot be seen, and asks for no frames then. */
START_TEST(it_rests_when_the_screen_is_blank_or_home)
{
    static const char *const away[] = {"key B", "show home"};
    for (size_t i = 0; i < sizeof away / sizeof *away; i++) {
        struct core *c = open_moons();
        run(c, "key P");
        run(c, away[i]);
        int64_t before = at(c);
        ck_assert(isinf(core_due(c)));
        pass_time(c, 2);
        ck_assert_int_eq(at(c), before);
        core_destroy(c);
    }
}
END_TEST

START_TEST(faster_and_slower_by_key_and_mouse)
{
    struct core *c = open_moons();
    ck_assert(script_shows(c, "4/s"));
    run(c, "key +");
    ck_assert(script_shows(c, "8/s"));
    run(c, "click transport.slower");
    run(c, "key -");
    ck_assert(script_shows(c, "2/s"));
    struct err err = {0};
    ck_assert(!core_command(c, "app pace 31", &err));
    ck_assert_ptr_nonnull(strstr(err.message, "0.5 to 30, or max"));
    core_destroy(c);
}
END_TEST

Suite *test_pace(void)
{
    Suite *s = suite_create("pace");
    TCase *t = tcase_create("pace");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, the_paces_are_a_ladder);
    tcase_add_test(t, it_steps_at_the_pace_chosen);
    tcase_add_test(t, late_frames_make_up_for_it);
    tcase_add_test(t, it_ends_with_the_pass_and_begins_again_when_asked);
    tcase_add_test(t, it_rests_when_the_screen_is_blank_or_home);
    tcase_add_test(t, faster_and_slower_by_key_and_mouse);
    suite_add_tcase(s, t);
    return s;
}
