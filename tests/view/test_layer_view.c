/* The Layer view for every layer kind: no text overlaps or is cut at any size, every cell selects
 * its picture, what is printed is the trace's, a click selects what lies there. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"
#include "view/screens.h"

static const char *const texts[] = {
    "input 8 8 1\nc1 conv2d 3 3x3 padding=same\nn1 batchnorm\na1 activation relu\n"
    "c2 conv2d 3 3x3 padding=same\ns1 add a1 c2\na2 activation leaky_relu\np1 avgpool 2x2\n"
    "p2 maxpool 2x2 from=a2\nk1 concatenate p1 p2\ng1 globalavgpool\nout dense 10 softmax\n"
    "loss cross-entropy\ndata digits8\ntrain adam rate=0.01 batch=4 clip=1 l2=0.01\n",
    "input 2\nh1 dense 4\nn1 batchnorm\na1 activation elu\nd1 dropout 0.5\n"
    "out dense 1 sigmoid\nloss binary-cross-entropy\ndata moons\ntrain adagrad rate=0.1\n",
    "input 8 8 1\nc1 conv2d 2 5x5 relu stride=2 padding=same\nd1 dropout 0.3\n"
    "p1 maxpool 3x3 stride=2 padding=same\nf1 flatten\nh1 dense 20 tanh\nout dense 10 softmax\n"
    "loss squared-error\ndata digits8\ntrain sgd\n",
    "input 1\nh1 dense 4 softplus\nh2 dense 4 step\nout dense 1 linear\nloss squared-error\n"
    "data sine\ntrain adadelta rate=1\n",
    "input 2\nh1 dense 4 leaky_relu\nout dense 1 linear\nloss hinge\ndata moons\ntrain sgd\n",
};
enum { TEXTS = sizeof texts / sizeof *texts };

static const int sizes[][2] = {{1280, 720}, {1366, 768}, {1920, 1080}, {3840, 2160}};
static const int zooms[] = {80, 100, 150, 250};

static void check_text(struct core *c, const char *what)
{
    struct draw_report report = {0};
    draw_list_check_text(&c->draw, &report);
    ck_assert_msg(strstr(report.text, "[layer") == NULL, "%s at %dx%d:\n%s", what, c->w, c->h,
                  report.text);
}

static void select_cell(struct core *c, struct cell cell, char *name, size_t size)
{
    char line[300];
    cell_name(session_snapshot(c->session)->program, cell, name, size);
    snprintf(line, sizeof line, "select %s", name);
    screen_run(c, line);
}

/* First and last cell of every tensor there is. */
START_TEST(every_cell_has_a_clean_picture)
{
    struct core *c = screen_open(texts[_i / 2], _i % 2 ? 1920 : 1280, _i % 2 ? 1080 : 720);
    char name[200];
    screen_run(c, "sample 3,5,9");
    screen_run(c, "phase update");
    screen_run(c, "show layer");
    screen_run(c, "place 1");
    const struct program *p = session_snapshot(c->session)->program;
    for (int t = 0; t < p->tensor_count; t++)
        for (int last = 0; last < 2; last++) {
            size_t index = last ? p->tensors[t].count - 1 : 0;
            select_cell(c, (struct cell){t, p->tensors[t].batched ? 1 : 0, index}, name,
                        sizeof name);
            check_text(c, name);
        }
    core_destroy(c);
}
END_TEST

/* All sizes and enlargements, with the pass at its start, within a sum, and done. */
START_TEST(every_size_is_clean)
{
    struct core *c = screen_open(texts[_i], 1280, 720);
    static const char *const moves[] = {"phase start", "grain term", "step 3", "phase forward",
                                        "phase backward"};
    char line[64], what[200];
    screen_run(c, "show layer");
    int layers = session_snapshot(c->session)->net->layer_count;
    for (int z = 0; z < 4; z++)
        for (int k = 0; k < 4; k++)
            for (int m = 0; m < 5; m++) {
                snprintf(line, sizeof line, "size %dx%d", sizes[k][0], sizes[k][1]);
                screen_run(c, line);
                snprintf(line, sizeof line, "zoom %d", zooms[z]);
                screen_run(c, line);
                screen_run(c, moves[m]);
                screen_run(c, "select none");
                c->screen.canvas.layer.layer = 1 + (z * 20 + k * 5 + m) % layers;
                core_settle(c);
                snprintf(what, sizeof what, "net %d zoom %d, layer %d, %s", _i, zooms[z],
                         c->screen.canvas.layer.layer, moves[m]);
                check_text(c, what);
            }
    core_destroy(c);
}
END_TEST

START_TEST(evaluation_mode_is_clean)
{
    struct core *c = screen_open(texts[_i], 1366, 768);
    char name[200];
    screen_run(c, "show layer");
    screen_run(c, "mode eval");
    screen_run(c, "phase loss");
    const struct program *p = session_snapshot(c->session)->program;
    for (int t = 0; t < p->tensor_count; t++) {
        select_cell(c, (struct cell){t, 0, 0}, name, sizeof name);
        check_text(c, name);
    }
    core_destroy(c);
}
END_TEST

/* Clicks into the middle of places of every picture: the very cell drawn there is selected. */
START_TEST(a_click_selects_the_cell_under_it)
{
    struct core *c = screen_open(texts[_i], 1920, 1080);
    screen_run(c, "phase backward");
    screen_run(c, "show layer");
    int layers = session_snapshot(c->session)->net->layer_count, done = 0;
    for (int layer = 1; layer < layers; layer++)
        for (int i = 0; i < 6; i++) {
            struct rect r;
            int rows, cols;
            screen_run(c, "select none");
            c->screen.canvas.layer.layer = layer;
            core_settle(c);
            if (!layer_plate(&c->screen.canvas.layer, i, &r, &rows, &cols))
                break;
            int row = rows / 3, col = cols - 1;
            struct cell cell = layer_plate_cell(&c->screen.canvas.layer, i, row, col);
            if (!cell_is(cell) || r.w / (float)cols < 3 || r.h / (float)rows < 3)
                continue;
            char line[64], wanted[200], found[200] = "none";
            snprintf(line, sizeof line, "click %.2f,%.2f",
                     (double)(r.x + r.w * ((float)col + 0.5f) / (float)cols),
                     (double)(r.y + r.h * ((float)row + 0.5f) / (float)rows));
            screen_run(c, line);
            const struct snapshot *s = session_snapshot(c->session);
            cell_name(s->program, cell, wanted, sizeof wanted);
            if (cell_is(s->selected))
                cell_name(s->program, s->selected, found, sizeof found);
            ck_assert_msg(strcmp(wanted, found) == 0, "layer %d: %s chose %s, not %s", layer, line,
                          found, wanted);
            done++;
        }
    ck_assert_int_gt(done, 0);
    core_destroy(c);
}
END_TEST

/* From layer to layer by the keys, to the loss and no further. */
START_TEST(keys_go_from_layer_to_layer)
{
    struct core *c = screen_open(texts[1], 1280, 720);
    screen_run(c, "phase forward");
    screen_run(c, "key F4");
    ck_assert_int_eq(c->screen.canvas.view, CANVAS_LAYER);
    screen_run(c, "select h1[2]");
    int layers = session_snapshot(c->session)->net->layer_count;
    for (int layer = 2; layer <= layers; layer++) {
        screen_run(c, "key Ctrl+Right");
        ck_assert_int_eq(c->screen.canvas.layer.layer, layer);
    }
    screen_run(c, "key Ctrl+Right");
    ck_assert_int_eq(c->screen.canvas.layer.layer, layers);
    screen_run(c, "click layer.previous");
    ck_assert_int_eq(c->screen.canvas.layer.layer, layers - 1);
    core_destroy(c);
}
END_TEST

/* All that a normalised number is made of, on the smallest screen. */
START_TEST(every_step_of_a_batchnorm_is_in_sight)
{
    static const char *const steps[] = {"n1.mu[1]",    "n1.dev[2,1,1]", "n1.sigma2[1]",
                                        "n1.floor[1]", "n1.std[1]",     "n1.xhat[2,1,1]",
                                        "n1.gamma[1]", "n1.beta[1]",    "n1[2,1,1]"};
    struct core *c = screen_open(texts[0], 1280, 720);
    screen_run(c, "app fold on");
    screen_run(c, "phase forward");
    screen_run(c, "show layer");
    screen_run(c, "select n1[2,1,1]");
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        char line[80];
        snprintf(line, sizeof line, "assert-text %s", steps[i]);
        screen_run(c, line);
    }
    core_destroy(c);
}
END_TEST

/* A change of three factors shows them, and a function's one number stands in one pair of brackets.
 */
START_TEST(numbers_of_a_term_are_written_out)
{
    struct core *c = screen_open("input 2\nh dense 3 leaky_relu\nout dense 2 softmax\n"
                                 "loss cross-entropy\ndata moons\ntrain adam rate=0.01\n",
                                 1280, 720);
    screen_run(c, "app fold on");
    screen_run(c, "phase update");
    screen_run(c, "show layer");
    screen_run(c, "edit h.b[1] -9");
    screen_run(c, "select new:out.b[0]");
    screen_run(c, "assert-text (−1)·0.0100·");
    screen_run(c, "select h[1]");
    screen_run(c, "assert-text leaky_relu(−");
    ck_assert(!script_shows(c, "leaky_relu(("));
    core_destroy(c);
}
END_TEST

/* Rectangles of the colour that says "nothing here", with that many numbers before a dropout. */
static int covered_places(int units)
{
    char text[200];
    int covered = 0;
    snprintf(text, sizeof text,
             "input 2\nh dense %d relu\nd dropout 0.5\nout dense 2 softmax\n"
             "loss cross-entropy\ndata moons\n",
             units);
    struct core *c = screen_open(text, 1280, 720);
    screen_run(c, "phase forward");
    screen_run(c, "show layer");
    screen_run(c, "select d[30]");
    core_settle(c);
    for (int i = 0; i < c->draw.n_cmds; i++)
        covered += c->draw.cmds[i].kind == DRAW_RECT &&
                   c->draw.cmds[i].colour == colour_pack(c->ui.theme->track);
    core_destroy(c);
    return covered;
}

/* A list that does not fill its last row: what is no number has another colour than 0. */
START_TEST(places_without_a_number_are_covered)
{
    int missing = 3 * 16 - 37; /* of what it reads, of the mask, of what it gives */
    ck_assert_int_eq(covered_places(37), covered_places(36) + 3 * missing);
}
END_TEST

Suite *test_layer_view(void);
Suite *test_layer_view(void)
{
    Suite *s = suite_create("layer_view");
    TCase *t = tcase_create("layer_view");
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, every_cell_has_a_clean_picture, 0, 2 * TEXTS);
    tcase_add_loop_test(t, every_size_is_clean, 0, TEXTS);
    tcase_add_loop_test(t, evaluation_mode_is_clean, 0, TEXTS);
    tcase_add_loop_test(t, a_click_selects_the_cell_under_it, 0, TEXTS);
    tcase_add_test(t, every_step_of_a_batchnorm_is_in_sight);
    tcase_add_test(t, numbers_of_a_term_are_written_out);
    tcase_add_test(t, places_without_a_number_are_covered);
    tcase_add_test(t, keys_go_from_layer_to_layer);
    suite_add_tcase(s, t);
    return s;
}
