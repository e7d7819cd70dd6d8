/* Any network of the format gets a picture: every layer kind, every tensor selected in turn. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"
#include "screens.h"

static const char *const texts[] = {
    /* every kind that keeps pictures, with a skip */
    "input 8 8 1\n"
    "c1 conv2d 3 3x3 leaky_relu padding=same\n"
    "n1 batchnorm\n"
    "a1 activation elu\n"
    "d1 dropout 0.25\n"
    "c2 conv2d 3 3x3 padding=same\n"
    "s1 add a1 c2\n"
    "p1 avgpool 2x2\n"
    "p2 maxpool 2x2 from=s1\n"
    "k1 concatenate p1 p2\n"
    "g1 globalavgpool\n"
    "out dense 10 softmax\n"
    "loss cross-entropy\n"
    "data digits8\n"
    "train adam rate=0.01 batch=4 l2=0.01 clip=1\n",
    /* vectors, wide and narrow, squared error */
    "input 8 8 1\n"
    "flatten\n"
    "h1 dense 40 sigmoid\n"
    "h2 dense 5 softplus\n"
    "out dense 10 linear\n"
    "loss squared-error\n"
    "data digits8\n"
    "train rmsprop rate=0.01\n",
    /* more maps and slices than are drawn at once */
    "input 8 8 1\n"
    "c1 conv2d 70 3x3 relu\n"
    "c2 conv2d 40 3x3 tanh\n"
    "maxpool 2x2 padding=same\n"
    "flatten\n"
    "out dense 10 softmax\n"
    "loss cross-entropy\n"
    "data digits8\n",
    /* one number in, one out */
    "input 1\n"
    "out dense 1\n"
    "loss absolute-error\n"
    "data sine\n"
    "train momentum rate=0.1\n",
};

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

START_TEST(every_tensor_of_every_layer_has_a_picture)
{
    struct err err = {0};
    struct core *c = core_create(1366, 768, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    struct net *net = net_parse(texts[_i], "test.net", &err);
    ck_assert_msg(net != NULL, "%s", err.message);
    struct dataset *data = dataset_open(net->data, DATASET_TRAIN, NULL, &err);
    ck_assert_msg(data != NULL, "%s", err.message);
    ck_assert_msg(session_open(c->session, net, data, &err), "%s", err.message);
    run(c, "show network");
    run(c, "phase update");
    int tensors = session_snapshot(c->session)->program->tensor_count;
    for (int t = 0; t < tensors; t++) {
        const struct snapshot *s = session_snapshot(c->session);
        struct cell cell = {t, 0, s->program->tensors[t].count / 2};
        char name[200], line[240];
        cell_name(s->program, cell, name, sizeof name);
        snprintf(line, sizeof line, "select %s", name);
        run(c, line);
        struct draw_report report = {0};
        ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%s:\n%s", line, report.text);
        struct rect r;
        ck_assert_msg(network_cell_rect(&c->screen.canvas.network, cell, &r), "%s is nowhere",
                      name);
    }
    core_destroy(c);
}
END_TEST

static struct rect place_of(struct core *c, const char *prefix, const char *layer, int i)
{
    struct err err = {0};
    struct cell cell;
    struct rect r = {0};
    char name[80];
    snprintf(name, sizeof name, "%s%s[%d]", prefix, layer, i);
    const struct program *p = session_snapshot(c->session)->program;
    ck_assert_msg(cell_parse(p, 1, name, &cell, &err), "%s", err.message);
    ck_assert_msg(network_cell_rect(&c->screen.canvas.network, cell, &r), "%s is nowhere", name);
    return r;
}

/* Many narrow columns of circles: the gradients under one column leave those beside it alone. */
START_TEST(gradients_under_circles_keep_to_their_column)
{
    enum { LAYERS = 19 };
    static const int units[LAYERS] = {10, 9, 8, 7, 10, 9, 8, 7, 10, 9, 8, 7, 10, 9, 8, 7, 10, 9, 6};
    char text[1024] = "input 2\n", names[LAYERS][8];
    for (int k = 0; k < LAYERS; k++) {
        snprintf(names[k], sizeof names[k], "h%d", k);
        snprintf(text + strlen(text), sizeof text - strlen(text), "h%d dense %d tanh\n", k,
                 units[k]);
    }
    strcat(text, "out dense 2 softmax\nloss cross-entropy\ndata moons:n=20\n");
    struct core *c = screen_open(text, 1280, 720);
    run(c, "phase update");
    core_settle(c);
    int below = 0;
    for (int k = 0; k < LAYERS; k++)
        for (int i = 0; i < units[k]; i++) {
            struct rect box = place_of(c, "d:", names[k], i);
            struct rect ring = place_of(c, "", names[k], i);
            below += box.y >= ring.y + ring.h;
            for (int o = k - 1; o <= k + 1; o += 2)
                for (int j = 0; o >= 0 && o < LAYERS && j < units[o]; j++)
                    ck_assert_msg(!rect_overlaps(box, place_of(c, "", names[o], j)) &&
                                      !rect_overlaps(box, place_of(c, "d:", names[o], j)),
                                  "d:%s[%d] lies on %s[%d]", names[k], i, names[o], j);
        }
    ck_assert_int_gt(below, 0);
    core_destroy(c);
}
END_TEST

START_TEST(mistakes_in_scripts_are_told)
{
    static const struct {
        const char *line, *part;
    } mistakes[] = {{"click nothing.here", "nothing.here"},
                    {"key Foo", "Foo"},
                    {"drag 1,2", "two points"},
                    {"size 10x10", "WIDTHxHEIGHT"},
                    {"assert-text zebra", "zebra"},
                    {"wheel 1,2 x", "notches"},
                    {"hover here", "X,Y"},
                    {"jump", "jump"}};
    struct err err = {0};
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    core_settle(c);
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct err mistake = {0};
        ck_assert(!script_run_line(c, mistakes[i].line, &mistake));
        ck_assert_msg(strstr(mistake.message, mistakes[i].part) != NULL, "%s: %s", mistakes[i].line,
                      mistake.message);
    }
    core_destroy(c);
}
END_TEST

Suite *test_layout(void);
Suite *test_layout(void)
{
    Suite *s = suite_create("layout");
    TCase *t = tcase_create("layout");
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, every_tensor_of_every_layer_has_a_picture, 0,
                        (int)(sizeof texts / sizeof *texts));
    tcase_add_test(t, gradients_under_circles_keep_to_their_column);
    tcase_add_test(t, mistakes_in_scripts_are_told);
    suite_add_tcase(s, t);
    return s;
}
