/* The spotlight covers every pixel of the canvas but those of what is selected. */
#include <check.h>
#include <string.h>

#include "app/script.h"

Suite *test_spotlight(void);

static void begin(struct ui *ui, struct ui_input *in, struct draw_list *d, struct fonts *fonts)
{
    ui_init(ui, fonts, theme_find("paper"));
    input_init(in);
    draw_list_init(d, fonts);
    ui_begin(ui, in, d, 640, 360);
}

/* How many of the covers lie over the point. */
static int covers(const struct draw_list *d, float x, float y)
{
    int n = 0;
    for (int i = 0; i < d->n_cmds; i++) {
        const struct draw_cmd *c = &d->cmds[i];
        n += c->kind == DRAW_RECT && rect_contains(rect_of(c->x, c->y, c->w, c->h), x, y);
    }
    return n;
}

static bool is_lit(const struct rect *lit, int n, float x, float y)
{
    for (int i = 0; i < n; i++)
        if (rect_contains(lit[i], x, y))
            return true;
    return false;
}

static bool is_near(const struct rect *lit, int n, float x, float y)
{
    for (int i = 0; i < n; i++)
        if (rect_contains(rect_inset(lit[i], -18), x, y))
            return true;
    return false;
}

START_TEST(all_but_the_lit_places_is_covered_once)
{
    /* apart, overlapping, reaching over the edge, outside */
    const struct rect lit[] = {{50, 60, 30, 30},    {70, 75, 40, 10}, {300, 60, 5, 200},
                               {600, 200, 100, 20}, {10, 400, 9, 9},  {100, 61, 20, 20}};
    enum { LIT = sizeof lit / sizeof *lit };
    struct err err = {0};
    struct fonts *fonts = fonts_create(&err);
    ck_assert_msg(fonts != NULL, "%s", err.message);
    struct ui ui;
    struct ui_input in;
    struct draw_list d;
    begin(&ui, &in, &d, fonts);
    struct view v = {.ui = &ui, .spotlight = true};
    view_dim(&v, rect_of(0, 0, 640, 360), lit, LIT);
    for (float y = 0.5f; y < 360; y += 1)
        for (float x = 0.5f; x < 640; x += 1) {
            int n = covers(&d, x, y);
            if (is_lit(lit, LIT, x, y))
                ck_assert_msg(n == 0, "%.1f %.1f is covered", (double)x, (double)y);
            else if (!is_near(lit, LIT, x, y))
                ck_assert_msg(n == 1, "%.1f %.1f is covered %d times", (double)x, (double)y, n);
        }
    draw_list_deinit(&d);
    ui_deinit(&ui);
    fonts_destroy(fonts);
}
END_TEST

START_TEST(off_or_with_nothing_selected_it_does_nothing)
{
    struct err err = {0};
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    ck_assert(script_run_line(c, "open data/networks/moons.net", &err));
    int before = c->draw.n_cmds;
    ck_assert(script_run_line(c, "key L", &err));
    ck_assert(c->screen.spotlight);
    ck_assert_int_eq(c->draw.n_cmds, before);
    ck_assert(script_run_line(c, "select out[0]", &err));
    int lit = c->draw.n_cmds;
    ck_assert(script_run_line(c, "key L", &err));
    ck_assert_int_lt(c->draw.n_cmds, lit);
    core_destroy(c);
}
END_TEST

Suite *test_spotlight(void)
{
    Suite *s = suite_create("spotlight");
    TCase *t = tcase_create("spotlight");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, all_but_the_lit_places_is_covered_once);
    tcase_add_test(t, off_or_with_nothing_selected_it_does_nothing);
    suite_add_tcase(s, t);
    return s;
}
