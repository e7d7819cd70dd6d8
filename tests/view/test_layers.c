/* The network view for every layer kind, loss and optimiser: nothing of a program is out of reach,
 * and what a batch, a mask and the mode are can be seen and changed. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/base/text.h"
#include "glassnet/ui/draw_check.h"

#define MOONS "data moons\n"
#define SINE  "data sine\n"

static const char *const texts[] = {
    "input 8 8 1\nc1 conv2d 3 3x3 padding=same\nn1 batchnorm\na1 activation relu\n"
    "c2 conv2d 3 3x3 padding=same\ns1 add a1 c2\na2 activation leaky_relu\np1 avgpool 2x2\n"
    "p2 maxpool 2x2 from=a2\nk1 concatenate p1 p2\ng1 globalavgpool\nout dense 10 softmax\n"
    "loss cross-entropy\ndata digits8\ntrain adam rate=0.01 batch=4 clip=1 l2=0.01\n",
    "input 2\nh1 dense 4\nn1 batchnorm\na1 activation elu\nd1 dropout 0.5\n"
    "out dense 1 sigmoid\nloss binary-cross-entropy\n" MOONS "train adagrad rate=0.1\n",
    "input 2\nh1 dense 4 step\nout dense 1 linear\nloss hinge\n" MOONS "train nesterov rate=0.1\n",
    "input 1\nh1 dense 4 softplus\nout dense 1 linear\nloss squared-error\n" SINE
    "train adadelta rate=1\n",
    "input 1\nh1 dense 4 leaky_relu\nout dense 1\nloss absolute-error\n" SINE
    "train rmsprop rate=0.01 l1=0.1\n",
    "input 2\nh1 dense 3 tanh\nh2 dense 3 sigmoid\nk1 concatenate h1 h2\nout dense 2 linear\n"
    "loss squared-error\n" MOONS "train momentum rate=0.1 decay=0.1 schedule=step:2:0.5\n",
    "input 8 8 1\nf1 flatten\nh1 dense 20 relu\nd1 dropout 0.25\nh2 dense 20 relu\ns1 add h1 h2\n"
    "out dense 10 softmax\nloss cross-entropy\ndata digits8\ntrain sgd rate=0.1 clip=0.1\n",
};
enum { TEXTS = sizeof texts / sizeof *texts };

static const char *const phases[] = {"phase forward", "phase loss", "phase backward",
                                     "phase update"};

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
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
    run(c, "show network");
    return c;
}

static void check_text(struct core *c, const char *what)
{
    struct draw_report report = {0};
    ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%s:\n%s", what, report.text);
}

/* Selects a cell by its name, as typed: it is drawn, and the bar has the trace's value. */
static void check_cell(struct core *c, struct cell cell)
{
    char name[200], line[240], exact[64], text[96];
    const struct snapshot *s = session_snapshot(c->session);
    cell_name(s->program, cell, name, sizeof name);
    snprintf(line, sizeof line, "select %s", name);
    run(c, line);
    s = session_snapshot(c->session);
    ck_assert_msg(cell_equal(s->selected, cell), "%s", name);
    check_text(c, line);
    number_exact(cell_value(s->trace, cell), exact, sizeof exact);
    bool minus = exact[0] == '-';
    snprintf(text, sizeof text, "exactly %s%s", minus ? "−" : "", exact + minus);
    ck_assert_msg(script_shows(c, text), "%s: \"%s\" is not shown", name, text);
    struct rect r;
    ck_assert_msg(network_cell_rect(&c->screen.canvas.network, cell, &r), "%s is nowhere", name);
}

START_TEST(every_tensor_can_be_selected)
{
    struct core *c = open_text(texts[_i / 2], _i % 2 ? 1920 : 1280, _i % 2 ? 1080 : 720);
    run(c, "sample 3,5,9");
    run(c, "phase update");
    run(c, "place 1");
    const struct program *p = session_snapshot(c->session)->program;
    for (int t = 0; t < p->tensor_count; t++) {
        int sample = p->tensors[t].batched ? 1 : 0;
        check_cell(c, (struct cell){t, sample, 0});
        check_cell(c, (struct cell){t, sample, p->tensors[t].count - 1});
    }
    core_destroy(c);
}
END_TEST

START_TEST(every_phase_is_clean)
{
    struct core *c = open_text(texts[_i], 1280, 720);
    for (int mode = 0; mode < 2; mode++) {
        run(c, mode ? "mode eval" : "mode train");
        for (int zoom = 100; zoom <= 150; zoom += 50)
            for (int p = 0; p < (mode ? 2 : 4); p++) {
                char line[32];
                snprintf(line, sizeof line, "zoom %d", zoom);
                run(c, line);
                run(c, "select none");
                run(c, phases[p]);
                check_text(c, phases[p]);
            }
    }
    core_destroy(c);
}
END_TEST

START_TEST(a_flat_slope_is_told)
{
    struct core *c = open_text(texts[2], 1920, 1080);
    run(c, "phase backward");
    run(c, "select h1.slope[2]");
    ck_assert(script_shows(c, "the slope is 0 here, so nothing before this layer learns"));
    ck_assert(!script_shows(c, "not computed yet"));
    run(c, "select d:h1.z[2]");
    ck_assert(script_shows(c, "the slope is 0 here, so nothing before this layer learns"));
    run(c, "select d:out.W[0,1]");
    ck_assert(!script_shows(c, "the slope is 0 here"));
    core_destroy(c);
}
END_TEST

/* A score of 200 for the wrong class: p of the right one is 0, and -y/p is -1/0. The combined
 * derivative of its z is p - y = -1. */
START_TEST(an_infinite_derivative_is_explained)
{
    struct core *c =
        open_text("input 2\nout dense 2 softmax\nloss cross-entropy\n" MOONS, 1920, 1080);
    run(c, "label 0");
    run(c, "edit out.b[1] 200");
    run(c, "phase backward");
    run(c, "select loss.slope[0]");
    ck_assert(isinf(
        cell_value(session_snapshot(c->session)->trace, session_snapshot(c->session)->selected)));
    ck_assert(script_shows(c, "infinite: something is divided by 0; not used"));
    double value;
    ck_assert(session_value(c->session, "d:out.z[0]", &value, NULL));
    ck_assert(value == -1);
    check_text(c, "infinite");
    core_destroy(c);
}
END_TEST

START_TEST(a_batch_is_put_together_and_walked)
{
    struct core *c = open_text(texts[1], 1280, 720);
    run(c, "sample 4");
    ck_assert(!ui_find(&c->ui, "place.next"));
    run(c, "click batch.more");
    run(c, "click batch.more");
    const struct snapshot *s = session_snapshot(c->session);
    ck_assert_int_eq(s->trace->n, 3);
    ck_assert_int_eq(s->trace->samples[2], 6);
    ck_assert(script_shows(c, "1 of 3"));
    run(c, "click place.next");
    ck_assert_int_eq(session_snapshot(c->session)->sample, 5);
    ck_assert(script_shows(c, "2 of 3"));
    run(c, "key ]");
    run(c, "key ]");
    ck_assert_int_eq(session_snapshot(c->session)->view_sample, 2);
    run(c, "key [");
    ck_assert_int_eq(session_snapshot(c->session)->view_sample, 1);
    check_text(c, "batch of 3");
    for (int i = 0; i < 9; i++)
        if (session_snapshot(c->session)->trace->n < 8)
            run(c, "click batch.more");
    ck_assert_int_eq(session_snapshot(c->session)->trace->n, 8);
    script_run_line(c, "click batch.more", NULL);
    ck_assert_int_eq(session_snapshot(c->session)->trace->n, 8);
    run(c, "click batch.fewer");
    ck_assert_int_eq(session_snapshot(c->session)->trace->n, 7);
    core_destroy(c);
}
END_TEST

START_TEST(a_mask_is_drawn_anew)
{
    struct core *c = open_text(texts[6], 1280, 720);
    run(c, "phase forward");
    run(c, "select d1.mask[3]");
    float before[20], other[20], *at = other;
    const struct snapshot *s = session_snapshot(c->session);
    int mask = s->selected.tensor;
    memcpy(before, trace_tensor(s->trace, mask), sizeof before);
    run(c, "click inspector.redraw");
    s = session_snapshot(c->session);
    memcpy(at, trace_tensor(s->trace, mask), sizeof other);
    ck_assert(memcmp(before, other, sizeof before) != 0);
    for (int i = 0; i < 20; i++) /* 0 or 1/(1 - 0.25) */
        ck_assert(other[i] == 0 || other[i] == 1 / 0.75f);
    struct err err = {0};
    run(c, "mode eval");
    ck_assert(!session_command(c->session, "redraw", &err));
    ck_assert_msg(strstr(err.message, "evaluation mode") != NULL, "%s", err.message);
    core_destroy(c);
    err = (struct err){0};
    c = open_text(texts[2], 1280, 720);
    ck_assert(!session_command(c->session, "redraw", &err));
    ck_assert_msg(strstr(err.message, "no dropout") != NULL, "%s", err.message);
    core_destroy(c);
}
END_TEST

START_TEST(the_mode_is_seen_and_switched_where_it_matters)
{
    struct core *c = open_text(texts[1], 1920, 1080);
    ck_assert(script_shows(c, "training mode"));
    run(c, "click mode");
    ck_assert(session_snapshot(c->session)->mode == MODE_EVAL);
    ck_assert(script_shows(c, "evaluation mode"));
    run(c, "click mode");
    ck_assert(session_snapshot(c->session)->mode == MODE_TRAIN);
    core_destroy(c);
    c = open_text(texts[2], 1920, 1080);
    ck_assert(!ui_find(&c->ui, "mode"));
    core_destroy(c);
}
END_TEST

Suite *test_layers(void);
Suite *test_layers(void)
{
    Suite *s = suite_create("layers");
    TCase *t = tcase_create("layers");
    tcase_set_timeout(t, 180);
    tcase_add_loop_test(t, every_tensor_can_be_selected, 0, 2 * TEXTS);
    tcase_add_loop_test(t, every_phase_is_clean, 0, TEXTS);
    tcase_add_test(t, a_flat_slope_is_told);
    tcase_add_test(t, an_infinite_derivative_is_explained);
    tcase_add_test(t, a_batch_is_put_together_and_walked);
    tcase_add_test(t, a_mask_is_drawn_anew);
    tcase_add_test(t, the_mode_is_seen_and_switched_where_it_matters);
    suite_add_tcase(s, t);
    return s;
}
