/* Whole screens, drawn without a window: nothing overlaps or is cut, what is clicked is what is
 * selected, the numbers printed are the trace's. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/base/rng.h"
#include "glassnet/base/text.h"
#include "glassnet/ui/draw_check.h"

static const char *const networks[] = {"data/networks/digits-cnn.net", "data/networks/digits8.net",
                                       "data/networks/moons.net"};
static const int sizes[][2] = {{1280, 720}, {1366, 768}, {1920, 1080}};
static const char *const phases[] = {"phase forward", "phase loss", "phase backward",
                                     "phase update"};

static struct core *open_core(const char *file, int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    char line[300];
    snprintf(line, sizeof line, "open %s", file);
    ck_assert_msg(core_command(c, line, &err), "%s", err.message);
    core_settle(c);
    return c;
}

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static void check_text(struct core *c, const char *what)
{
    struct draw_report report = {0};
    core_settle(c);
    ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%s:\n%s", what, report.text);
}

/* Each phase at each size, with nothing selected, a sum, a gradient and a new weight. */
START_TEST(no_text_overlaps_or_is_cut)
{
    const int net = _i / 3, size = _i % 3;
    static const char *const cells[][3] = {
        {"select conv2.z[3,2,5]", "select d:conv1.W[3,2,2,0]", "select new:out.W[7,120]"},
        {"select hidden.z[3]", "select d:hidden.W[3,20]", "select new:out.W[7,12]"},
        {"select hidden2.z[1]", "select d:hidden1.W[3,1]", "select new:out.W[0,1]"}};
    struct core *c = open_core(networks[net], sizes[size][0], sizes[size][1]);
    char what[200];
    for (int zoom = 100; zoom <= 150; zoom += 50) {
        char line[32];
        snprintf(line, sizeof line, "zoom %d", zoom);
        run(c, line);
        for (int p = 0; p < 4; p++) {
            run(c, phases[p]);
            run(c, "select none");
            for (int k = -1; k < 3; k++) {
                if (k >= 0)
                    run(c, cells[net][k]);
                snprintf(what, sizeof what, "%s %dx%d zoom %d %s %s", networks[net], sizes[size][0],
                         sizes[size][1], zoom, phases[p], k >= 0 ? cells[net][k] : "none");
                check_text(c, what);
            }
        }
    }
    core_destroy(c);
}
END_TEST

START_TEST(other_screens_are_clean)
{
    static const char *const scripts[] = {"show home", "show draw", "show train", "key F1"};
    for (int size = 0; size < 3; size++) {
        struct core *c = open_core(networks[0], sizes[size][0], sizes[size][1]);
        for (size_t k = 0; k < sizeof scripts / sizeof *scripts; k++) {
            run(c, scripts[k]);
            char what[100];
            snprintf(what, sizeof what, "%s at %d", scripts[k], sizes[size][0]);
            check_text(c, what);
        }
        core_destroy(c);
    }
}
END_TEST

/* 60 places chosen at random among all pictures: the click selects the very cell drawn there. */
START_TEST(a_click_selects_the_cell_under_it)
{
    struct core *c = open_core(networks[_i], 1920, 1080);
    struct rng rng;
    rng_seed(&rng, 7, 1);
    run(c, "phase backward");
    int done = 0;
    for (int tries = 0; done < 60 && tries < 2000; tries++) {
        struct rect r;
        int rows, cols, plates = 0;
        while (network_plate(&c->screen.canvas.network, plates, &r, &rows, &cols))
            plates++;
        ck_assert_int_gt(plates, 0);
        int i = (int)rng_below(&rng, (uint32_t)plates);
        network_plate(&c->screen.canvas.network, i, &r, &rows, &cols);
        int row = (int)rng_below(&rng, (uint32_t)rows), col = (int)rng_below(&rng, (uint32_t)cols);
        struct cell cell = network_plate_cell(&c->screen.canvas.network, i, row, col);
        if (!cell_is(cell) || r.w / (float)cols < 2 || r.h / (float)rows < 2)
            continue;
        char line[64], wanted[200], found[200] = "none";
        snprintf(line, sizeof line, "click %.2f,%.2f",
                 (double)(r.x + r.w * ((float)col + 0.5f) / (float)cols),
                 (double)(r.y + r.h * ((float)row + 0.5f) / (float)rows));
        run(c, line);
        const struct snapshot *s = session_snapshot(c->session);
        cell_name(s->program, cell, wanted, sizeof wanted);
        if (cell_is(s->selected))
            cell_name(s->program, s->selected, found, sizeof found);
        ck_assert_msg(strcmp(wanted, found) == 0, "%s: clicked %s, selected %s", line, wanted,
                      found);
        done++;
    }
    ck_assert_int_eq(done, 60);
    core_destroy(c);
}
END_TEST

START_TEST(the_bar_prints_the_cells_own_value)
{
    static const char *const cells[] = {"conv1.z[9,14,3]", "d:conv2.W[3,2,2,5]", "loss",
                                        "new:out.b[2]", "input[10,12,0]"};
    struct core *c = open_core(networks[0], 1920, 1080);
    run(c, "phase update");
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        char line[100], exact[64], text[80];
        snprintf(line, sizeof line, "select %s", cells[i]);
        run(c, line);
        double value;
        ck_assert(session_value(c->session, cells[i], &value, NULL));
        number_exact((float)value, exact, sizeof exact);
        bool minus = exact[0] == '-';
        snprintf(text, sizeof text, "exactly %s%s", minus ? "−" : "", exact + minus);
        ck_assert_msg(script_shows(c, text), "%s: \"%s\" is not shown", cells[i], text);
    }
    core_destroy(c);
}
END_TEST

START_TEST(what_is_not_computed_is_not_told)
{
    struct core *c = open_core(networks[2], 1920, 1080);
    run(c, "phase start");
    run(c, "select out[0]");
    ck_assert(script_shows(c, "not computed yet"));
    ck_assert(!script_shows(c, "exactly"));
    run(c, "phase forward");
    ck_assert(script_shows(c, "exactly"));
    run(c, "hide out[0]");
    ck_assert(!script_shows(c, "exactly"));
    ck_assert(script_shows(c, "guess first"));
    core_destroy(c);
}
END_TEST

START_TEST(keys_are_commands)
{
    struct core *c = open_core(networks[2], 1280, 720);
    run(c, "key 1");
    ck_assert(view_phase(session_snapshot(c->session)) == PHASE_FORWARD);
    int64_t before = session_snapshot(c->session)->cursor.cell;
    run(c, "key Space");
    ck_assert_int_eq(session_snapshot(c->session)->cursor.cell, before + 1);
    run(c, "key PageUp");
    ck_assert_int_eq(session_snapshot(c->session)->cursor.cell, before);
    run(c, "select hidden2.z[1]");
    run(c, "key Enter");
    char name[100];
    const struct snapshot *s = session_snapshot(c->session);
    ck_assert_str_eq(cell_name(s->program, s->selected, name, sizeof name), "hidden2.b[1]");
    run(c, "key Backspace");
    ck_assert_str_eq(cell_name(s->program, s->selected, name, sizeof name), "hidden2.z[1]");
    run(c, "key H");
    ck_assert(script_shows(c, "guess first"));
    run(c, "key H");
    run(c, "key Escape");
    ck_assert(script_shows(c, "Learn"));
    core_destroy(c);
}
END_TEST

START_TEST(a_typed_cell_is_selected_or_its_mistake_told)
{
    struct core *c = open_core(networks[2], 1280, 720);
    run(c, "key Ctrl+G");
    run(c, "key Ctrl+A");
    run(c, "type hidden1[2]");
    run(c, "key Enter");
    const struct snapshot *s = session_snapshot(c->session);
    char name[100];
    ck_assert_str_eq(cell_name(s->program, s->selected, name, sizeof name), "hidden1[2]");
    run(c, "key Ctrl+G");
    run(c, "key Ctrl+A");
    run(c, "type hidden1[9]");
    run(c, "key Enter");
    ck_assert_str_eq(cell_name(s->program, s->selected, name, sizeof name), "hidden1[2]");
    ck_assert_msg(strstr(c->screen.toast, "hidden1") != NULL, "%s", c->screen.toast);
    core_destroy(c);
}
END_TEST

START_TEST(a_stroke_on_the_pad_is_read)
{
    struct core *c = open_core(networks[0], 1920, 1080);
    run(c, "show draw");
    const struct widget_record *pad = ui_find(&c->ui, "pad");
    ck_assert_ptr_nonnull(pad);
    char line[100];
    float x = pad->rect.x + pad->rect.w / 2;
    snprintf(line, sizeof line, "drag %.0f,%.0f %.0f,%.0f", (double)x,
             (double)(pad->rect.y + pad->rect.h * 0.15f), (double)x,
             (double)(pad->rect.y + pad->rect.h * 0.85f));
    run(c, line);
    const struct snapshot *s = session_snapshot(c->session);
    ck_assert(!s->pad_empty);
    ck_assert_int_eq(s->sample, -1);
    /* the stroke's middle is the middle of the picture the network gets */
    double middle;
    ck_assert(session_value(c->session, "input[14,14,0]", &middle, NULL));
    ck_assert(middle > 0.3);
    ck_assert(script_shows(c, "It reads: "));
    run(c, "click pad.clear");
    ck_assert(session_snapshot(c->session)->pad_empty);
    core_destroy(c);
}
END_TEST

START_TEST(the_wheel_zooms_at_the_pointer)
{
    struct core *c = open_core(networks[0], 1920, 1080);
    run(c, "phase forward");
    struct rect r, after;
    int rows, cols;
    ck_assert(network_plate(&c->screen.canvas.network, 0, &r, &rows, &cols));
    float x = r.x + r.w / 2, y = r.y + r.h / 2;
    char line[64];
    snprintf(line, sizeof line, "wheel %.0f,%.0f 4", (double)x, (double)y);
    run(c, line);
    ck_assert(network_plate(&c->screen.canvas.network, 0, &after, &rows, &cols));
    /* 1.2^4 = 2.0736; the point under the pointer stays */
    ck_assert(fabsf(after.w / r.w - 2.0736f) < 0.03f);
    ck_assert(fabsf((x - after.x) / after.w - 0.5f) < 0.01f);
    run(c, "key F");
    ck_assert(network_plate(&c->screen.canvas.network, 0, &after, &rows, &cols));
    ck_assert(after.w == r.w);
    core_destroy(c);
}
END_TEST

Suite *test_screen(void);
Suite *test_screen(void)
{
    Suite *s = suite_create("screen");
    TCase *t = tcase_create("screen");
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, no_text_overlaps_or_is_cut, 0, 9);
    tcase_add_test(t, other_screens_are_clean);
    tcase_add_loop_test(t, a_click_selects_the_cell_under_it, 0, 3);
    tcase_add_test(t, the_bar_prints_the_cells_own_value);
    tcase_add_test(t, what_is_not_computed_is_not_told);
    tcase_add_test(t, keys_are_commands);
    tcase_add_test(t, a_typed_cell_is_selected_or_its_mistake_told);
    tcase_add_test(t, a_stroke_on_the_pad_is_read);
    tcase_add_test(t, the_wheel_zooms_at_the_pointer);
    suite_add_tcase(s, t);
    return s;
}
