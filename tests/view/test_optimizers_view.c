/* The optimiser lab's view without a window: alone, by mouse and keyboard, at every size. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"
#include "screens.h"

static struct core *open_lab(int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    screen_run(c, "show optimizers");
    core_settle(c);
    return c;
}

static const struct optimizers_view *lab(struct core *c)
{
    return session_snapshot(c->session)->optimizers;
}

static void click(struct core *c, const char *id)
{
    char line[96];
    const struct widget_record *w = ui_find(&c->ui, id);
    ck_assert_msg(w != NULL, "no widget %s", id);
    snprintf(line, sizeof line, "click %d,%d", (int)(w->rect.x + w->rect.w / 2),
             (int)(w->rect.y + w->rect.h / 2));
    screen_run(c, line);
    core_settle(c);
}

START_TEST(it_needs_no_network)
{
    struct core *c = open_lab(1920, 1080);
    ck_assert(lab(c)->ready);
    ck_assert_ptr_null(ui_find(&c->ui, "optimizers.surface.loss"));
    click(c, "optimizers.surface.saddle");
    ck_assert_int_eq((int)lab(c)->surface, SURFACE_SADDLE);
    click(c, "optimizers.ten");
    ck_assert_int_eq(lab(c)->steps, 10);
    click(c, "optimizers.walker.adam");
    ck_assert(!lab(c)->walkers[5].on);
    click(c, "optimizers.best");
    ck_assert(lab(c)->walkers[0].best > 0);
    core_destroy(c);
}
END_TEST

START_TEST(a_click_and_arrows_set_the_start)
{
    struct core *c = open_lab(1920, 1080);
    click(c, "optimizers.surface"); /* its middle */
    ck_assert(fabsf(lab(c)->start[0]) < 0.05f && fabsf(lab(c)->start[1]) < 0.05f);
    float before = lab(c)->start[0];
    for (int i = 0; i < 100 && !(ui_find(&c->ui, "optimizers.surface")->state & STATE_FOCUS); i++)
        screen_run(c, "key Tab");
    screen_run(c, "key Right");
    core_settle(c);
    ck_assert(fabsf(lab(c)->start[0] - before - 0.15f) < 0.01f);
    core_destroy(c);
}
END_TEST

START_TEST(it_is_clean_at_every_size)
{
    static const char *const lines[] = {"optimizers step 30",
                                        "size 1280x720",
                                        "zoom 250",
                                        "theme board",
                                        "size 3840x2160",
                                        "optimizers surface waves",
                                        "zoom 80",
                                        "theme contrast",
                                        "size 1366x768",
                                        "zoom 100",
                                        "optimizers rate sgd 5",
                                        "optimizers step 400",
                                        "open data/networks/moons.net",
                                        "show optimizers",
                                        "optimizers surface loss",
                                        "optimizers step 20",
                                        "theme paper",
                                        "optimizers race 1",
                                        "zoom 250"};
    struct core *c = open_lab(1920, 1080);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct draw_report report = {0};
        screen_run(c, lines[i]);
        session_wait(c->session);
        core_settle(c);
        int faults = draw_list_check_text(&c->draw, &report);
        bool strong = strcmp(session_snapshot(c->session)->theme, "contrast") == 0;
        faults += draw_list_check_contrast(&c->draw, strong ? 7 : 4.5f, &report);
        ck_assert_msg(faults == 0, "after %s:\n%s", lines[i], report.text);
    }
    core_destroy(c);
}
END_TEST

Suite *test_optimizers_view(void);
Suite *test_optimizers_view(void)
{
    Suite *s = suite_create("optimizers view");
    TCase *t = tcase_create("optimizers view");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, it_needs_no_network);
    tcase_add_test(t, a_click_and_arrows_set_the_start);
    tcase_add_test(t, it_is_clean_at_every_size);
    suite_add_tcase(s, t);
    return s;
}
