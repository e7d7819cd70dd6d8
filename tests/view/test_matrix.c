/* The matrix view: what is printed in a cell is the trace's number, a click selects the very cell,
 * heads stay while cells scroll, and no text overlaps or is cut for any tensor and size. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/base/rng.h"
#include "glassnet/base/text.h"
#include "glassnet/ui/draw_check.h"

static const int sizes[][2] = {{1280, 720}, {1366, 768}, {1920, 1080}, {3840, 2160}};
static const int zooms[] = {80, 100, 150, 250};

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static void runf(struct core *c, const char *format, const char *argument)
{
    char line[300];
    snprintf(line, sizeof line, format, argument);
    run(c, line);
}

static struct core *open_file(const char *file, int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    runf(c, "open %s", file);
    run(c, "phase update");
    run(c, "show matrix");
    return c;
}

static struct core *open_text(const char *text, int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    struct net *net = net_parse(text, "test.net", &err);
    ck_assert_msg(net != NULL, "%s", err.message);
    struct dataset *data = dataset_open(net->data, DATASET_TRAIN, NULL, &err);
    ck_assert_msg(data != NULL, "%s", err.message);
    ck_assert_msg(session_open(c->session, net, data, &err), "%s", err.message);
    run(c, "phase update");
    run(c, "show matrix");
    return c;
}

static const struct snapshot *snap(struct core *c)
{
    return session_snapshot(c->session);
}

static struct cell cell_of(struct core *c, const char *name)
{
    struct cell cell;
    struct err err = {0};
    ck_assert_msg(cell_parse(snap(c)->program, snap(c)->trace->n, name, &cell, &err), "%s",
                  err.message);
    return cell;
}

/* The text drawn in the middle of r, "" when there is none. */
static const char *text_at(struct core *c, struct rect r, char *out, size_t size)
{
    out[0] = 0;
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const struct draw_cmd *d = &c->draw.cmds[i];
        if (d->kind != DRAW_TEXT)
            continue;
        float x = d->x + d->w / 2, y = d->y - font_cap_height(c->fonts, d->face, d->px) / 2;
        if (fabsf(x - r.x - r.w / 2) < 4 && fabsf(y - r.y - r.h / 2) < 4)
            snprintf(out, size, "%.*s", (int)d->count, (const char *)draw_cmd_data(&c->draw, d));
    }
    return out;
}

/* Faults of the view itself: bars and panel have tests of their own. */
static void check_text(struct core *c, const char *what)
{
    static const char *const tags[] = {"[matrix]", "[histogram]", "[popup]", "[canvas tabs]"};
    struct draw_report report = {0};
    draw_list_check_text(&c->draw, &report);
    for (char *line = strtok(report.text, "\n"); line; line = strtok(NULL, "\n"))
        for (int k = 0; k < 4; k++)
            ck_assert_msg(!strstr(line, tags[k]), "%s:\n%s", what, line);
}

/* The number at a cell, read off the screen, is the trace's to the digits printed. */
static void check_number(struct core *c, struct cell cell)
{
    struct rect r;
    char text[64], plain[80], name[200];
    cell_name(snap(c)->program, cell, name, sizeof name);
    ck_assert_msg(matrix_cell_rect(&c->screen.canvas.matrix, cell, &r), "%s is not in sight", name);
    text_at(c, r, text, sizeof text);
    bool minus = strncmp(text, "−", strlen("−")) == 0;
    snprintf(plain, sizeof plain, "%s%s", minus ? "-" : "", text + (minus ? strlen("−") : 0));
    double shown, value = (double)cell_value(snap(c)->trace, cell);
    ck_assert_msg(text_to_double(text_of(plain), &shown), "%s: found \"%s\"", name, text);
    const char *point = strchr(plain, '.');
    double half = 0.5 * pow(10, point ? -(double)strlen(point + 1) : 0);
    ck_assert_msg(fabs(shown - value) <= half * 1.0001, "%s is %g, printed %s", name, value, text);
}

START_TEST(numbers_are_the_traces)
{
    static const char *const cells[] = {"out.W[7,120]",     "d:out.W[3,20]", "conv2.z[3,4,15]",
                                        "conv1.W[6,3,2,0]", "input[9,14,0]", "out.b[4]",
                                        "new:conv2.b[11]",  "loss",          "flat[199]"};
    struct core *c = open_file("data/networks/digits-cnn.net", 1920, 1080);
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) {
        runf(c, "select %s", cells[k]);
        ck_assert_int_gt(matrix_number_px(&c->screen.canvas.matrix), 0);
        check_number(c, cell_of(c, cells[k]));
    }
    core_destroy(c);
}
END_TEST

START_TEST(panels_show_the_same_cell)
{
    struct core *c = open_file("data/networks/digits-cnn.net", 1920, 1080);
    run(c, "select out.W[7,120]");
    run(c, "click matrix.role.1"); /* ROLE_GRAD */
    char id[40];
    snprintf(id, sizeof id, "matrix.role.%d", (int)ROLE_NEW);
    runf(c, "click %s", id);
    check_number(c, cell_of(c, "out.W[7,120]"));
    check_number(c, cell_of(c, "d:out.W[7,120]"));
    check_number(c, cell_of(c, "new:out.W[7,120]"));
    runf(c, "click %s", id);
    struct rect r;
    ck_assert(!matrix_cell_rect(&c->screen.canvas.matrix, cell_of(c, "new:out.W[7,120]"), &r));
    core_destroy(c);
}
END_TEST

START_TEST(a_click_selects_the_cell_under_it)
{
    static const char *const cells[] = {"conv2[1,1,0]", "conv1.W[0,0,0,0]", "out.W[2,8]",
                                        "d:flat[3]"};
    struct core *c = open_file("data/networks/digits-cnn.net", 1280, 720);
    struct rng rng;
    rng_seed(&rng, 3, 1);
    for (int k = 0; k < 4; k++) {
        runf(c, "select %s", cells[k]);
        int tensor = snap(c)->selected.tensor, done = 0;
        for (int tries = 0; done < 12 && tries < 20000; tries++) {
            struct cell cell = {tensor, 0,
                                rng_below(&rng, (uint32_t)snap(c)->program->tensors[tensor].count)};
            struct rect r;
            if (!matrix_cell_rect(&c->screen.canvas.matrix, cell, &r) || r.w < 4 || r.h < 4)
                continue;
            char line[64];
            snprintf(line, sizeof line, "click %.1f,%.1f", (double)(r.x + r.w / 2),
                     (double)(r.y + r.h / 2));
            run(c, line);
            ck_assert_msg(cell_equal(snap(c)->selected, cell), "%s: %s", cells[k], line);
            done++;
        }
        ck_assert_int_eq(done, 12);
    }
    core_destroy(c);
}
END_TEST

static void wheel(struct core *c, float x, float y, float notches, unsigned mods)
{
    struct ui_event move = event_mouse(EVENT_MOUSE_MOVE, x, y), e = move;
    e.kind = EVENT_WHEEL;
    e.dy = notches;
    e.mods = mods;
    core_feed(c, &move);
    core_settle(c);
    core_feed(c, &e);
    core_settle(c);
    e.dy = 0;
    c->in.mods = 0;
}

/* The head's label of a column moves with its cells; the head itself stays above them. */
START_TEST(heads_stay_while_cells_scroll)
{
    struct core *c = open_file("data/networks/digits-cnn.net", 1280, 720);
    struct rect before, after;
    char text[64];
    run(c, "select out.W[0,0]");
    struct cell first = cell_of(c, "out.W[0,0]"), later = cell_of(c, "out.W[0,20]");
    ck_assert(matrix_cell_rect(&c->screen.canvas.matrix, first, &before));
    wheel(c, before.x + 100, before.y + 10, -4, MOD_SHIFT);
    ck_assert(!matrix_cell_rect(&c->screen.canvas.matrix, first, &after));
    run(c, "select out.W[0,20]");
    ck_assert(matrix_cell_rect(&c->screen.canvas.matrix, later, &after));
    ck_assert(after.y == before.y);
    struct rect head = {after.x, after.y - 18, after.w, 18};
    bool found = false;
    for (float y = 0; y < 24 && !found; y += 2) {
        head.y = after.y - 18 - y / 2;
        found = strcmp(text_at(c, head, text, sizeof text), "20") == 0;
    }
    ck_assert_msg(found, "above column 20 stands \"%s\"", text);
    core_destroy(c);
}
END_TEST

START_TEST(ctrl_and_the_wheel_resize_at_the_pointer)
{
    struct core *c = open_file("data/networks/digits-cnn.net", 1920, 1080);
    struct rect before, after;
    run(c, "select out.W[4,120]");
    struct cell cell = cell_of(c, "out.W[4,120]");
    ck_assert(matrix_cell_rect(&c->screen.canvas.matrix, cell, &before));
    float x = before.x + before.w / 2, y = before.y + before.h / 2;
    wheel(c, x, y, 1, MOD_CTRL);
    ck_assert(matrix_cell_rect(&c->screen.canvas.matrix, cell, &after));
    ck_assert(after.w > before.w);
    ck_assert(x >= after.x && x <= after.x + after.w);
    run(c, "key Shift+Z");
    ck_assert(matrix_cell_rect(&c->screen.canvas.matrix, cell, &after));
    ck_assert(after.w == before.w);
    core_destroy(c);
}
END_TEST

START_TEST(arrows_keep_the_selection_in_sight)
{
    struct core *c = open_file("data/networks/digits-cnn.net", 1280, 720);
    struct rect r;
    run(c, "select out.W[4,0]");
    for (int i = 0; i < 40; i++)
        run(c, "key Right");
    ck_assert(matrix_cell_rect(&c->screen.canvas.matrix, cell_of(c, "out.W[4,40]"), &r));
    check_number(c, cell_of(c, "out.W[4,40]"));
    core_destroy(c);
}
END_TEST

START_TEST(the_lens_prints_what_the_cells_cannot)
{
    struct core *c = open_file("data/networks/digits-cnn.net", 1920, 1080);
    struct rect r;
    run(c, "select out.W[4,120]");
    run(c, "key F");
    ck_assert_int_eq(matrix_number_px(&c->screen.canvas.matrix), 0);
    run(c, "key Shift+F");
    ck_assert_int_gt(matrix_number_px(&c->screen.canvas.matrix), 0);
    run(c, "key Shift+F");
    struct cell cell = cell_of(c, "out.W[5,121]");
    ck_assert(matrix_cell_rect(&c->screen.canvas.matrix, cell, &r));
    char line[64], number[48], text[96];
    snprintf(line, sizeof line, "hover %.1f,%.1f", (double)(r.x + r.w / 2),
             (double)(r.y + r.h / 2));
    run(c, line);
    number_fixed((double)cell_value(snap(c)->trace, cell), 3, &number_default, number,
                 sizeof number);
    snprintf(text, sizeof text, "out.W[5,121] = %s", number);
    ck_assert_msg(script_shows(c, text), "\"%s\" is not shown", text);
    check_text(c, "lens");
    core_destroy(c);
}
END_TEST

/* Blame and input of the outer product lie in line with the row and column of their product. */
START_TEST(a_product_lines_up)
{
    struct core *c = open_file("data/networks/moons.net", 1920, 1080);
    struct matrix_state *m = &c->screen.canvas.matrix;
    struct rect dW, dz, x, z, b, W;
    run(c, "select d:hidden2.W[1,2]");
    ck_assert(!matrix_cell_rect(m, cell_of(c, "hidden1[2]"), &x));
    run(c, "key O");
    ck_assert(matrix_cell_rect(m, cell_of(c, "d:hidden2.W[1,2]"), &dW));
    ck_assert(matrix_cell_rect(m, cell_of(c, "d:hidden2.z[1]"), &dz));
    ck_assert(matrix_cell_rect(m, cell_of(c, "hidden1[2]"), &x));
    ck_assert(dz.y == dW.y && dz.h == dW.h && dz.x + dz.w < dW.x);
    ck_assert(x.x == dW.x && x.w == dW.w && x.y + x.h < dW.y);
    check_number(c, cell_of(c, "d:hidden2.z[1]"));
    check_number(c, cell_of(c, "hidden1[2]"));
    ck_assert(script_shows(c, "∂L/∂hidden2.W = ∂L/∂hidden2.z × hidden1"));
    run(c, "select hidden2.z[1]");
    ck_assert(matrix_cell_rect(m, cell_of(c, "hidden2.W[1,2]"), &W));
    ck_assert(matrix_cell_rect(m, cell_of(c, "hidden2.b[1]"), &b));
    ck_assert(matrix_cell_rect(m, cell_of(c, "hidden2.z[1]"), &z));
    ck_assert(b.y == W.y && z.y == W.y && W.x < b.x && b.x < z.x);
    ck_assert(script_shows(c, "hidden2.z = hidden2.W · hidden1 + hidden2.b"));
    run(c, "sample 1,2,3");
    run(c, "place 1");
    run(c, "select d:hidden2.W[1,2]");
    ck_assert(script_shows(c, "summed over the batch's 3 samples; at the sides: number 2"));
    core_destroy(c);
}
END_TEST

START_TEST(what_is_not_computed_or_hidden_is_not_told)
{
    struct core *c = open_file("data/networks/moons.net", 1920, 1080);
    struct rect r;
    char text[64];
    run(c, "select hidden2.z[1]");
    run(c, "phase start");
    ck_assert(matrix_cell_rect(&c->screen.canvas.matrix, cell_of(c, "hidden2.z[1]"), &r));
    ck_assert_str_eq(text_at(c, r, text, sizeof text), "");
    ck_assert(script_shows(c, "no number to count yet"));
    run(c, "phase forward");
    run(c, "hide hidden2.z[0]");
    ck_assert(matrix_cell_rect(&c->screen.canvas.matrix, cell_of(c, "hidden2.z[0]"), &r));
    ck_assert_str_eq(text_at(c, r, text, sizeof text), "?");
    check_number(c, cell_of(c, "hidden2.z[1]"));
    ck_assert(script_shows(c, "1 of 2"));
    run(c, "edit hidden2.W[1,0] 3e38");
    run(c, "edit hidden2.W[1,1] 3e38");
    ck_assert(matrix_cell_rect(&c->screen.canvas.matrix, cell_of(c, "hidden2.z[1]"), &r));
    ck_assert_str_eq(text_at(c, r, text, sizeof text), "∞");
    core_destroy(c);
}
END_TEST

START_TEST(least_mean_and_greatest_are_the_traces)
{
    struct core *c = open_file("data/networks/digits-cnn.net", 1920, 1080);
    run(c, "select d:out.W[3,20]");
    const struct snapshot *s = snap(c);
    const float *x = trace_tensor(s->trace, s->selected.tensor);
    size_t n = s->program->tensors[s->selected.tensor].count;
    float low = x[0], high = x[0];
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        low = x[i] < low ? x[i] : low;
        high = x[i] > high ? x[i] : high;
        sum += (double)x[i];
    }
    char text[48];
    ck_assert(script_shows(c, view_number(s, (double)low, text, sizeof text)));
    ck_assert(script_shows(c, view_number(s, (double)high, text, sizeof text)));
    ck_assert(script_shows(c, view_number(s, sum / (double)n, text, sizeof text)));
    core_destroy(c);
}
END_TEST

START_TEST(tensors_are_picked_by_words_and_keys)
{
    struct core *c = open_file("data/networks/digits-cnn.net", 1280, 720);
    char name[100];
    run(c, "show network");
    run(c, "select conv1.W[2,1,1,0]");
    run(c, "key Ctrl+T"); /* from any view */
    ck_assert_str_eq(snap(c)->view, "matrix");
    run(c, "type conv1 gradient w");
    check_text(c, "picker");
    run(c, "key Enter");
    ck_assert_str_eq(cell_name(snap(c)->program, snap(c)->selected, name, sizeof name),
                     "d:conv1.W[2,1,1,0]");
    run(c, "click matrix.pick");
    run(c, "type conv1 gradient w");
    run(c, "key Down");
    run(c, "key Enter"); /* the next: g:conv1.W */
    cell_name(snap(c)->program, snap(c)->selected, name, sizeof name);
    ck_assert_str_ne(name, "d:conv1.W[2,1,1,0]");
    run(c, "click matrix.pick");
    run(c, "type pool2");
    run(c, "click matrix.tensor.d:pool2");
    ck_assert_str_eq(cell_name(snap(c)->program, snap(c)->selected, name, sizeof name),
                     "d:pool2[0,0,0]");
    ck_assert(!ui_find(&c->ui, "matrix.find"));
    run(c, "click matrix.pick");
    run(c, "key Escape");
    ck_assert(!ui_find(&c->ui, "matrix.find"));
    ck_assert_str_eq(snap(c)->view, "matrix");
    run(c, "setting language pl");
    run(c, "click matrix.pick");
    run(c, "type pool1 wyjscie"); /* in the language of the screen, with or without its marks */
    check_text(c, "picker");
    ck_assert(ui_find(&c->ui, "matrix.tensor.pool1") && !ui_find(&c->ui, "matrix.tensor.d:pool1"));
    run(c, "setting language en");
    core_destroy(c);
}
END_TEST

START_TEST(one_channel_at_a_time)
{
    struct core *c = open_file("data/networks/digits-cnn.net", 1280, 720);
    struct rect r;
    run(c, "select conv2[3,4,5]");
    run(c, "click matrix.slice");
    ck_assert(matrix_cell_rect(&c->screen.canvas.matrix, cell_of(c, "conv2[0,0,5]"), &r));
    ck_assert(!matrix_cell_rect(&c->screen.canvas.matrix, cell_of(c, "conv2[0,0,6]"), &r));
    run(c, "click matrix.slice.next");
    char name[100];
    ck_assert_str_eq(cell_name(snap(c)->program, snap(c)->selected, name, sizeof name),
                     "conv2[3,4,6]");
    ck_assert(matrix_cell_rect(&c->screen.canvas.matrix, cell_of(c, "conv2[0,0,6]"), &r));
    core_destroy(c);
}
END_TEST

/* Every kind of tensor at a size and zoom: numbers, all of it, with what it is computed from. */
static void check_cells(struct core *c, const char *const *cells, int n, int w, int zoom)
{
    static const char *const looks[] = {"key Z", "key F", "key O", "key Shift+Z"};
    for (int k = 0; k < n; k++) {
        char what[200];
        runf(c, "select %s", cells[k]);
        c->screen.canvas.matrix.size = MATRIX_NUMBERS;
        c->screen.canvas.matrix.operands = false;
        for (size_t look = 0; look < sizeof looks / sizeof *looks; look++) {
            core_settle(c);
            snprintf(what, sizeof what, "%s at %d, %d %%, before %s", cells[k], w, zoom,
                     looks[look]);
            check_text(c, what);
            run(c, looks[look]);
        }
        check_text(c, cells[k]);
    }
}

START_TEST(no_text_overlaps_or_is_cut)
{
    static const char *const cells[] = {"conv2.W[3,2,2,5]", "d:conv2.W[3,2,2,5]", "conv1[9,14,3]",
                                        "d:conv2.z[3,3,3]", "out.W[7,120]",       "d:out.W[7,120]",
                                        "out[3]",           "flat[77]",           "loss",
                                        "m:conv1.b[2]"};
    int size = _i / 4, zoom = zooms[_i % 4];
    char line[32];
    struct core *c = open_file("data/networks/digits-cnn.net", sizes[size][0], sizes[size][1]);
    snprintf(line, sizeof line, "zoom %d", zoom);
    run(c, line);
    c->screen.canvas.matrix.roles |= 1u << ROLE_GRAD | 1u << ROLE_NEW;
    check_cells(c, cells, (int)(sizeof cells / sizeof *cells), sizes[size][0], zoom);
    core_destroy(c);
}
END_TEST

/* 784 inputs, 128 units: only what is in sight is laid out. */
START_TEST(a_large_matrix_is_drawn_in_few_commands)
{
    static const char *const cells[] = {"big.W[100,400]", "d:big.W[5,783]", "big.z[100]",
                                        "d:input[20,20,0]"};
    int size = _i / 4, zoom = zooms[_i % 4];
    char line[32];
    struct core *c = open_text("input 28 28 1\nflat flatten\nbig dense 128 relu\nout dense 10 "
                               "softmax\nloss cross-entropy\ndata digits\ntrain adam rate=0.001\n",
                               sizes[size][0], sizes[size][1]);
    snprintf(line, sizeof line, "zoom %d", zoom);
    run(c, line);
    run(c, "select big.W[100,400]");
    check_number(c, cell_of(c, "big.W[100,400]"));
    run(c, "key F");
    ck_assert_int_lt(c->draw.n_cmds, 2000);
    check_cells(c, cells, 4, sizes[size][0], zoom);
    core_destroy(c);
}
END_TEST

Suite *test_matrix(void);
Suite *test_matrix(void)
{
    Suite *s = suite_create("matrix");
    TCase *t = tcase_create("matrix");
    tcase_set_timeout(t, 120);
    tcase_add_test(t, numbers_are_the_traces);
    tcase_add_test(t, panels_show_the_same_cell);
    tcase_add_test(t, a_click_selects_the_cell_under_it);
    tcase_add_test(t, heads_stay_while_cells_scroll);
    tcase_add_test(t, ctrl_and_the_wheel_resize_at_the_pointer);
    tcase_add_test(t, arrows_keep_the_selection_in_sight);
    tcase_add_test(t, the_lens_prints_what_the_cells_cannot);
    tcase_add_test(t, a_product_lines_up);
    tcase_add_test(t, what_is_not_computed_or_hidden_is_not_told);
    tcase_add_test(t, least_mean_and_greatest_are_the_traces);
    tcase_add_test(t, tensors_are_picked_by_words_and_keys);
    tcase_add_test(t, one_channel_at_a_time);
    tcase_add_loop_test(t, no_text_overlaps_or_is_cut, 0, 16);
    tcase_add_loop_test(t, a_large_matrix_is_drawn_in_few_commands, 0, 16);
    suite_add_tcase(s, t);
    return s;
}
