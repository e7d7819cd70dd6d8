/* The plane view: what it draws, and what a hand on it does. */
#include <math.h>
#include <string.h>
#include <time.h>

#include "glassnet/ui/draw_check.h"
#include "view/screens.h"

static const char moons[] = "input 2\nh1 dense 3 tanh\nh2 dense 2 relu\nout dense 1 sigmoid\n"
                            "loss binary-cross-entropy\ndata moons:n=60,noise=0.1\n"
                            "train adam rate=0.05 batch=8 seed=2\n";

/* Until the view has what it asked for. */
static void wait_for_field(struct core *c)
{
    for (int i = 0; i < 2000; i++) {
        const struct plane_field *f = &session_snapshot(c->session)->field;
        if (f->trace && !f->running && !f->stale)
            break;
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        core_settle(c);
    }
    core_settle(c);
}

static struct core *open_plane(const char *text)
{
    struct core *c = screen_open(text, 1280, 720);
    screen_run(c, "show plane");
    wait_for_field(c);
    return c;
}

static const struct snapshot *snap(struct core *c)
{
    return session_snapshot(c->session);
}

static int count(const struct core *c, enum draw_kind kind)
{
    int n = 0;
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const char *tag = draw_cmd_tag(&c->draw, &c->draw.cmds[i]);
        n += c->draw.cmds[i].kind == (int32_t)kind && tag && strcmp(tag, "plane") == 0;
    }
    return n;
}

static struct rect map(struct core *c)
{
    const struct widget_record *w = ui_find(&c->ui, "plane.map");
    ck_assert_ptr_nonnull(w);
    return w->rect;
}

/* Where a place of the plane is on the screen. */
static void at(struct core *c, float x, float y, char *line, size_t size, const char *word)
{
    const struct plane_field *f = &snap(c)->field;
    struct rect r = map(c);
    snprintf(line, size, "%s %d,%d", word,
             (int)roundf(r.x + r.w * (x - f->low[0]) / (f->high[0] - f->low[0])),
             (int)roundf(r.y + r.h * (f->high[1] - y) / (f->high[1] - f->low[1])));
}

static void click_at(struct core *c, float x, float y)
{
    char line[64];
    at(c, x, y, line, sizeof line, "click");
    screen_run(c, line);
    wait_for_field(c);
}

START_TEST(the_ground_is_what_the_network_says)
{
    struct core *c = open_plane(moons);
    const struct plane_field *f = &snap(c)->field;
    const struct draw_cmd *ground = NULL;
    for (int i = 0; i < c->draw.n_cmds; i++)
        if (c->draw.cmds[i].kind == DRAW_HEATMAP && c->draw.cmds[i].cols == f->side &&
            c->draw.cmds[i].rows == f->side)
            ground = &c->draw.cmds[i];
    ck_assert_ptr_nonnull(ground);
    const uint32_t *colours = draw_cmd_data(&c->draw, ground);
    const float *out = trace_tensor(f->trace, f->trace->program->layer_out[3]);
    const struct theme *t = c->ui.theme;
    for (int i = 0; i < f->side * f->side; i += 97) {
        struct colour found = colour_unpack(colours[i]);
        struct colour end = out[i] > 0.5f ? t->value_pos : t->value_neg;
        struct colour expected = colour_mix(t->zero, end, 0.72f * fabsf(2 * out[i] - 1));
        ck_assert(colour_difference(found, expected) < 1);
    }
    /* a thumbnail for each input and neuron but the last, and the scale */
    ck_assert_int_eq(count(c, DRAW_HEATMAP), 1 + 2 + 3 + 2 + 1);
    core_destroy(c);
}
END_TEST

START_TEST(a_click_looks_adds_and_erases)
{
    struct core *c = open_plane(moons);
    click_at(c, -0.9f, -1.2f); /* far from any point */
    ck_assert_int_eq(snap(c)->sample, -1);
    ck_assert(fabsf(snap(c)->spot[0] + 0.9f) < 0.02f && fabsf(snap(c)->spot[1] + 1.2f) < 0.02f);
    const float *place = snap(c)->data->place + 2 * 7;
    click_at(c, place[0], place[1]);
    ck_assert_int_ge(snap(c)->sample, 0);
    screen_run(c, "click plane.tool.add.1");
    click_at(c, -0.9f, -1.2f);
    ck_assert_int_eq(snap(c)->data->n, 49);
    ck_assert_int_eq(dataset_class(snap(c)->data, 48), 1);
    screen_run(c, "click plane.tool.erase");
    click_at(c, -0.9f, -1.2f);
    ck_assert_int_eq(snap(c)->data->n, 48);
    click_at(c, -0.9f, 2); /* nothing there */
    ck_assert_int_eq(snap(c)->data->n, 48);
    screen_run(c, "key Ctrl+Z");
    ck_assert_int_eq(snap(c)->data->n, 49);
    core_destroy(c);
}
END_TEST

START_TEST(a_point_is_dragged)
{
    struct core *c = open_plane(moons);
    char line[64];
    screen_run(c, "click plane.tool.move");
    screen_run(c, "points move 5 -1 -1");
    wait_for_field(c);
    at(c, -1, -1, line, sizeof line, "drag");
    at(c, 0, -1.3f, line + strlen(line), sizeof line - strlen(line), "");
    screen_run(c, line);
    const float *place = snap(c)->data->place + 2 * 5;
    ck_assert_msg(fabsf(place[0]) < 0.03f && fabsf(place[1] + 1.3f) < 0.03f, "%g %g",
                  (double)place[0], (double)place[1]);
    screen_run(c, "key Ctrl+Z"); /* in one go */
    ck_assert(snap(c)->data->place[2 * 5] == -1.0f);
    core_destroy(c);
}
END_TEST

START_TEST(keys_do_the_same)
{
    struct core *c = open_plane(moons);
    screen_run(c, "point 0.5 0.25");
    while (c->ui.focus == 0 || !ui_find(&c->ui, "plane.map") ||
           c->ui.focus != ui_find(&c->ui, "plane.map")->hash)
        screen_run(c, "key Tab");
    screen_run(c, "key Right");
    ck_assert(snap(c)->spot[0] > 0.5f);
    float x = snap(c)->spot[0];
    screen_run(c, "click plane.tool.add.0");
    while (c->ui.focus != ui_find(&c->ui, "plane.map")->hash)
        screen_run(c, "key Tab");
    screen_run(c, "key Enter");
    ck_assert_int_eq(snap(c)->data->n, 49);
    ck_assert(fabsf(snap(c)->data->place[2 * 48] - x) < 1e-4f);
    core_destroy(c);
}
END_TEST

START_TEST(a_thumbnail_selects_its_neuron_and_its_line_is_drawn)
{
    struct core *c = open_plane(moons);
    int before = count(c, DRAW_STROKE);
    screen_run(c, "click plane.h1.1");
    ck_assert_str_eq(snap(c)->program->tensors[snap(c)->selected.tensor].name, "h1.z");
    ck_assert_int_eq((int)snap(c)->selected.index, 1);
    ck_assert_int_gt(count(c, DRAW_STROKE), before);
    core_destroy(c);
}
END_TEST

static bool in_sight(struct core *c, const char *id)
{
    const struct widget_record *w = ui_find(&c->ui, id), *panel = ui_find(&c->ui, "plane.train");
    ck_assert_msg(w && panel, "no widget %s", id);
    float foot = c->draw.screen.h - ui_px(&c->ui, 88); /* the transport's */
    return w->rect.y >= 0 && w->rect.y + w->rect.h <= foot;
}

/* With two hidden layers: nothing is to be scrolled for. */
START_TEST(all_controls_are_in_sight)
{
    struct core *c = screen_open(moons, 1920, 1080);
    screen_run(c, "show plane");
    wait_for_field(c);
    ck_assert(in_sight(c, "plane.input.x") && in_sight(c, "plane.input.siny"));
    ck_assert(in_sight(c, "plane.layer") && in_sight(c, "plane.remove.h2"));
    screen_run(c, "size 1280x720");
    core_settle(c);
    ck_assert(in_sight(c, "plane.input.siny") && in_sight(c, "plane.layer"));
    core_destroy(c);
}
END_TEST

START_TEST(any_two_neurons_of_a_layer_bend_the_plane)
{
    struct core *c = open_plane(moons);
    struct rect r = map(c);
    screen_run(c, "click plane.bent.h2"); /* of two: there is nothing to choose */
    ck_assert_int_eq(c->screen.canvas.plane.bent_layer, 2);
    ck_assert(ui_find(&c->ui, "plane.bent.across") == NULL);
    screen_run(c, "click plane.bent.h1");
    screen_run(c, "assert-text h1[0] →");
    screen_run(c, "assert-text ↑ h1[1]");
    screen_run(c, "click plane.bent.up");
    screen_run(c, "assert-text ↑ h1[2]");
    screen_run(c, "click plane.bent.up"); /* past the one that goes across */
    screen_run(c, "assert-text ↑ h1[1]");
    screen_run(c, "click plane.bent.across");
    screen_run(c, "assert-text h1[2] →");
    /* Each training point lies where these two neurons send it. */
    const struct plane_field *f = &snap(c)->field;
    float low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    const float *out = trace_tensor(f->trace, f->trace->program->layer_out[1]);
    static const int unit[2] = {2, 1};
    for (int i = 0; i < f->grid + f->train + f->test; i++)
        for (int k = 0; k < 2; k++) {
            low[k] = fminf(low[k], out[3 * i + unit[k]]);
            high[k] = fmaxf(high[k], out[3 * i + unit[k]]);
        }
    int found = 0;
    for (int i = 0; i < f->train; i++) {
        float place[2];
        for (int k = 0; k < 2; k++) {
            float room = fmaxf(0.05f * (high[k] - low[k]), 0.01f);
            place[k] =
                (out[3 * (f->grid + i) + unit[k]] - low[k] + room) / (high[k] - low[k] + 2 * room);
        }
        for (int n = 0; n < c->draw.n_cmds; n++) {
            const struct draw_cmd *cmd = &c->draw.cmds[n];
            float x = r.x + r.w * place[0], y = r.y + r.h * (1 - place[1]);
            if (cmd->kind != DRAW_DISC || fabsf(cmd->x - x) > 1 || fabsf(cmd->y - y) > 1)
                continue;
            found++;
            break;
        }
    }
    ck_assert_int_eq(found, f->train);
    screen_run(c, "hidden units h1 2"); /* the third is gone */
    wait_for_field(c);
    ck_assert(c->screen.canvas.plane.bent_unit[0] < 2 && c->screen.canvas.plane.bent_unit[1] < 2);
    core_destroy(c);
}
END_TEST

static const char line_net[] = "input 1\nh dense 3 relu\nout dense 1\nloss squared-error\n"
                               "data sine:n=60\ntrain adam rate=0.02 batch=8 seed=2\n";

/* A relu's kink is where w x + b = 0. */
START_TEST(a_curve_bends_where_a_sum_is_zero)
{
    struct core *c = screen_open(line_net, 1280, 720);
    screen_run(c, "edit h.W[1,0] 2");
    screen_run(c, "edit h.b[1] -0.5");
    screen_run(c, "edit h.W[0,0] 1");
    screen_run(c, "edit h.b[0] 9"); /* far away: none in the picture */
    screen_run(c, "show plane");
    wait_for_field(c);
    const struct widget_record *kink = ui_find(&c->ui, "plane.kink.h.1.0");
    ck_assert_ptr_nonnull(kink);
    ck_assert(ui_find(&c->ui, "plane.kink.h.0.0") == NULL);
    struct rect r = map(c);
    const struct plane_field *f = &snap(c)->field;
    float x = r.x + r.w * (0.25f - f->low[0]) / (f->high[0] - f->low[0]);
    ck_assert(fabsf(kink->rect.x + kink->rect.w / 2 - x) < 1);
    int before = count(c, DRAW_STROKE);
    screen_run(c, "click plane.h.1"); /* its line goes over the whole picture */
    ck_assert_int_gt(count(c, DRAW_STROKE), before);
    core_destroy(c);
}
END_TEST

START_TEST(controls_change_set_network_and_training)
{
    struct core *c = open_plane(moons);
    screen_run(c, "size 1920x1400"); /* all controls in sight */
    screen_run(c, "click plane.data.circles");
    ck_assert_str_eq(snap(c)->data->name, "circles");
    ck_assert(strstr(snap(c)->data->spec, "noise=0.1") != NULL);
    screen_run(c, "click plane.input.x2");
    ck_assert_int_eq((int)snap(c)->data->count, 3);
    screen_run(c, "click plane.more.h2");
    ck_assert_int_eq(snap(c)->net->layers[2].units, 3);
    screen_run(c, "click plane.kind.h2");
    ck_assert_int_eq(snap(c)->net->layers[2].activation, ACT_SIGMOID);
    screen_run(c, "click plane.layer");
    ck_assert_int_eq(snap(c)->net->layer_count, 5);
    screen_run(c, "click plane.remove.h1");
    ck_assert_int_eq(snap(c)->net->layer_count, 4);
    screen_run(c, "click plane.train");
    ck_assert(snap(c)->progress.state == TRAINING_RUNNING || snap(c)->step > 0);
    screen_run(c, "stop");
    core_destroy(c);
}
END_TEST

/* A layer of two neurons: the grid as they see it, with each point where the two send it. */
START_TEST(a_layer_of_two_bends_the_plane)
{
    struct core *c = open_plane(moons);
    screen_run(c, "click plane.bent.h2");
    ck_assert_int_gt(count(c, DRAW_POLYGON), 500);
    ck_assert(script_shows(c, "h2[0] →"));
    ck_assert_ptr_null(ui_find(&c->ui, "plane.map"));
    screen_run(c, "hidden units h2 3"); /* two of the three go on */
    wait_for_field(c);
    ck_assert(script_shows(c, "h2[0] →"));
    screen_run(c, "hidden remove h2"); /* nothing to bend it any more */
    wait_for_field(c);
    ck_assert_ptr_nonnull(ui_find(&c->ui, "plane.map"));
    core_destroy(c);
}
END_TEST

START_TEST(a_curve_goes_through_the_points)
{
    struct core *c = open_plane("input 1\nh dense 5 tanh\nout dense 1\nloss squared-error\n"
                                "data sine:n=50\ntrain adam rate=0.02 batch=10\n");
    ck_assert(script_shows(c, "what the network says for every x"));
    ck_assert_int_eq(count(c, DRAW_HEATMAP), 0);
    screen_run(c, "click plane.tool.add");
    click_at(c, 0.5f, -0.5f);
    ck_assert_int_eq(snap(c)->data->n, 41);
    ck_assert(fabsf(dataset_y(snap(c)->data, 40)[0] + 0.5f) < 0.02f);
    core_destroy(c);
}
END_TEST

/* The field of a curve is finer than that of a plane, and stays when another network is opened. */
START_TEST(a_plane_after_a_curve)
{
    struct core *c = screen_open(moons, 1280, 720);
    screen_run(c, "open data/networks/curve.net");
    screen_run(c, "show plane");
    wait_for_field(c);
    int fine = snap(c)->field.side;
    screen_run(c, "open data/networks/moons.net");
    screen_run(c, "show plane");
    for (int i = 0; i < 200 && snap(c)->field.side >= fine; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
        core_settle(c);
    }
    wait_for_field(c);
    ck_assert_int_lt(snap(c)->field.side, fine);
    ck_assert_int_ge(count(c, DRAW_HEATMAP), 8); /* the plane and its neurons */
    core_destroy(c);
}
END_TEST

START_TEST(it_refuses_what_is_no_plane)
{
    struct err err = {0};
    struct core *c =
        screen_open("input 4\nout dense 3 softmax\nloss cross-entropy\ndata iris\n", 1280, 720);
    ck_assert(!script_run_line(c, "show plane", &err));
    ck_assert(strstr(err.message, "one or two numbers") != NULL);
    ck_assert_ptr_null(ui_find(&c->ui, "canvas.plane"));
    core_destroy(c);
}
END_TEST

static const char *const nets[] = {
    moons,
    "input 2\nh dense 60 tanh\nout dense 5 softmax\nloss cross-entropy\n"
    "data spiral:classes=5\n",
    "input 1\nh dense 2 relu\nout dense 1\nloss squared-error\ndata step:n=50\n",
    "input 2\nout dense 1 tanh\nloss hinge\ndata blobs:n=80\n",
    "input 2\nh dense 6 relu\nn batchnorm\nd dropout 0.3\nout dense 2 softmax\n"
    "loss cross-entropy\ndata xor\n",
};
enum { NETS = sizeof nets / sizeof *nets };

/* In every size, nothing lies on another and nothing is cut. */
START_TEST(words_have_their_room)
{
    static const int sizes[][2] = {{1280, 720}, {1920, 1080}, {1366, 768}};
    static const char *const zooms[] = {"zoom 100", "zoom 250", "zoom 80"};
    struct core *c = open_plane(nets[_i]);
    for (int k = 0; k < 9; k++) {
        char line[64];
        struct draw_report report = {0};
        snprintf(line, sizeof line, "size %dx%d", sizes[k % 3][0], sizes[k % 3][1]);
        screen_run(c, line);
        screen_run(c, zooms[k / 3]);
        wait_for_field(c);
        draw_list_check_text(&c->draw, &report);
        ck_assert_msg(report.faults == 0, "%s %s: %s", line, zooms[k / 3], report.text);
    }
    core_destroy(c);
}
END_TEST

Suite *test_plane_view(void);
Suite *test_plane_view(void)
{
    Suite *suite = suite_create("plane view");
    TCase *t = tcase_create("plane view");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, the_ground_is_what_the_network_says);
    tcase_add_test(t, a_click_looks_adds_and_erases);
    tcase_add_test(t, a_point_is_dragged);
    tcase_add_test(t, keys_do_the_same);
    tcase_add_test(t, a_thumbnail_selects_its_neuron_and_its_line_is_drawn);
    tcase_add_test(t, controls_change_set_network_and_training);
    tcase_add_test(t, a_layer_of_two_bends_the_plane);
    tcase_add_test(t, all_controls_are_in_sight);
    tcase_add_test(t, any_two_neurons_of_a_layer_bend_the_plane);
    tcase_add_test(t, a_curve_bends_where_a_sum_is_zero);
    tcase_add_test(t, a_curve_goes_through_the_points);
    tcase_add_test(t, a_plane_after_a_curve);
    tcase_add_test(t, it_refuses_what_is_no_plane);
    tcase_add_loop_test(t, words_have_their_room, 0, NETS);
    suite_add_tcase(suite, t);
    return suite;
}
