/* The Train view without a window: what it shows is the study's, what is clicked becomes the
 * command of its subject, and all of it fits. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"
#include "view/screens.h"

static const char sine[] = "input 1\nhidden dense 6 tanh\nout dense 1\nloss squared-error\n"
                           "data sine:n=80,noise=0.1,seed=2\n"
                           "train adam rate=0.02 batch=16 seed=3\n";

static void run(struct core *c, const char *line)
{
    screen_run(c, line);
}

static struct core *open_net(const char *path, int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    char line[128];
    ck_assert_msg(c != NULL, "%s", err.message);
    snprintf(line, sizeof line, "open data/networks/%s", path);
    run(c, line);
    run(c, "show train");
    run(c, "train 1");
    return c;
}

static const struct snapshot *snap(struct core *c)
{
    return session_snapshot(c->session);
}

static void check_clean(struct core *c, const char *where)
{
    struct draw_report report = {0};
    core_settle(c);
    draw_list_check_text(&c->draw, &report);
    ck_assert_msg(report.faults == 0, "%s:\n%s", where, report.text);
}

/* What a click has begun comes to its end. */
static void finish(struct core *c)
{
    session_wait(c->session);
    core_settle(c);
}

/* Clicks entry (truth, guess) of the matrix. */
static void click_entry(struct core *c, int truth, int guess, int classes)
{
    const struct widget_record *w = ui_find(&c->ui, "train.confusion");
    char line[64];
    ck_assert(w != NULL);
    snprintf(line, sizeof line, "click %.1f,%.1f",
             (double)(w->rect.x + w->rect.w * ((float)guess + 0.5f) / (float)classes),
             (double)(w->rect.y + w->rect.h * ((float)truth + 0.5f) / (float)classes));
    run(c, line);
}

START_TEST(an_entry_opens_its_pictures_and_a_picture_the_network)
{
    struct core *c = open_net("digits-cnn.net", 1920, 1080);
    const struct study *st = snap(c)->study;
    int truth = -1, guess = -1, most = 0;
    ck_assert(st != NULL);
    for (int i = 0; i < 100; i++)
        if (i / 10 != i % 10 && st->confusion[i] > most) {
            most = st->confusion[i];
            truth = i / 10;
            guess = i % 10;
        }
    ck_assert_int_gt(most, 0);
    click_entry(c, truth, guess, 10);
    char text[64];
    snprintf(text, sizeof text, "%d taken for %d: %d", truth, guess, most);
    ck_assert_msg(script_shows(c, text), "%s", text);
    check_clean(c, "an entry");
    int first = -1;
    for (int i = 0; i < st->n && first < 0; i++)
        if (st->samples[i].truth == truth && st->samples[i].guess == guess)
            first = st->samples[i].at;
    run(c, "click train.sample.0");
    ck_assert_str_eq(snap(c)->view, "network");
    ck_assert_int_eq(sample_in_test(snap(c)->sample), first);
    ck_assert_int_eq(snap(c)->guess, guess);
    snprintf(text, sizeof text, "test sample %d of", first);
    ck_assert_msg(script_shows(c, text), "%s", text);
    run(c, "show train");
    run(c, "click train.hardest");
    ck_assert(script_shows(c, "hardest pictures right now"));
    core_destroy(c);
}
END_TEST

START_TEST(settings_by_the_foot)
{
    struct core *c = open_net("moons.net", 1920, 1080);
    run(c, "click train.optimizer.Adam");
    ck_assert_int_eq(snap(c)->net->train.optimiser, OPT_ADAM);
    run(c, "click train.optimizer.RMSprop");
    ck_assert_int_eq(snap(c)->net->train.optimiser, OPT_RMSPROP);
    static const struct {
        const char *id, *text;
    } fields[] = {
        {"train.batch", "25"}, {"train.l1", "0.001"}, {"train.l2", "0.02"}, {"train.rate", "0.25"}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        char line[64];
        snprintf(line, sizeof line, "click %s", fields[i].id);
        run(c, line);
        run(c, "key Ctrl+A");
        snprintf(line, sizeof line, "type %s", fields[i].text);
        run(c, line);
        run(c, "key Enter");
    }
    const struct train_settings *t = &snap(c)->net->train;
    ck_assert_int_eq(t->batch, 25);
    ck_assert(t->l1 == 0.001f && t->l2 == 0.02f && t->rate == 0.25f);
    run(c, "click train.batch"); /* what is no batch is taken back */
    run(c, "key Ctrl+A");
    run(c, "type none");
    run(c, "key Enter");
    ck_assert_int_eq(snap(c)->net->train.batch, 25);
    ck_assert_str_eq(ui_find(&c->ui, "train.batch")->label, "25");
    core_destroy(c);
}
END_TEST

/* The rate of dropout is among them for networks that have such a layer, in wide and small rooms.
 */
START_TEST(dropout_is_a_setting)
{
    struct core *c = screen_open("input 2\nhidden dense 8 tanh\ndropout 0.5\n"
                                 "out dense 2 softmax\nloss cross-entropy\n"
                                 "data moons\ntrain sgd rate=0.1\n",
                                 1920, 1080);
    run(c, "show train");
    ck_assert_str_eq(ui_find(&c->ui, "train.dropout")->label, "0.5");
    check_clean(c, "dropout, wide");
    run(c, "click train.dropout");
    run(c, "key Ctrl+A");
    run(c, "type 0.2");
    run(c, "key Enter");
    ck_assert(snap(c)->net->train.dropout_given && snap(c)->net->train.dropout == 0.2f);
    run(c, "click train.dropout"); /* 1 would leave nothing */
    run(c, "key Ctrl+A");
    run(c, "type 1");
    run(c, "key Enter");
    ck_assert_str_eq(ui_find(&c->ui, "train.dropout")->label, "0.2");
    run(c, "undo");
    ck_assert(!snap(c)->net->train.dropout_given);
    ck_assert_str_eq(ui_find(&c->ui, "train.dropout")->label, "0.5");
    run(c, "open data/networks/moons.net");
    run(c, "show train");
    ck_assert_ptr_null(ui_find(&c->ui, "train.dropout"));
    core_destroy(c);
}
END_TEST

START_TEST(trains_by_its_buttons_and_key)
{
    struct core *c = open_net("moons.net", 1920, 1080);
    run(c, "click train.epoch");
    finish(c);
    ck_assert_int_eq(snap(c)->step, 2 * snap(c)->epoch_steps);
    run(c, "click train.epochs");
    run(c, "key Ctrl+A");
    run(c, "type 3");
    run(c, "key Escape");
    run(c, "key T");
    finish(c);
    ck_assert_int_eq(snap(c)->step, 5 * snap(c)->epoch_steps);
    ck_assert(script_shows(c, "epoch 3 of 3"));
    run(c, "click train.restart");
    ck_assert_int_eq(snap(c)->step, 0);
    ck_assert(script_shows(c, "run 1"));
    run(c, "click train.forget.1");
    ck_assert_int_eq(snap(c)->past_count, 0);
    core_destroy(c);
}
END_TEST

/* The pointer reads the curves where it is. */
START_TEST(curves_are_read_at_an_epoch)
{
    struct core *c = open_net("moons.net", 1920, 1080);
    run(c, "train 3");
    const struct widget_record *w = ui_find(&c->ui, "train.loss");
    ck_assert(w != NULL);
    struct ui_event move =
        event_mouse(EVENT_MOUSE_MOVE, w->rect.x + w->rect.w / 2, w->rect.y + w->rect.h / 2);
    core_feed(c, &move);
    core_settle(c);
    ck_assert(script_shows(c, "epoch 2.00"));
    check_clean(c, "a reading");
    run(c, "click train.log");
    check_clean(c, "by powers of ten");
    core_destroy(c);
}
END_TEST

START_TEST(numbers_to_predict_are_a_scatter_plot)
{
    struct core *c = screen_open(sine, 1920, 1080);
    run(c, "show train");
    run(c, "train 2");
    ck_assert(script_shows(c, "predicted against true"));
    ck_assert(ui_find(&c->ui, "train.confusion") == NULL);
    check_clean(c, "regression");
    run(c, "click train.sample.0");
    ck_assert_int_eq(sample_in_test(snap(c)->sample), snap(c)->study->samples[0].at);
    core_destroy(c);
}
END_TEST

/* Nothing is cut or lies on something else, in any size and theme, on any page. */
START_TEST(everything_fits)
{
    static const int sizes[][2] = {{1280, 720}, {1920, 1080}, {3840, 2160}};
    static const int zooms[] = {100, 150, 250};
    static const char *const pages[] = {"Curves", "Answers", "Inside", "Settings"};
    static const char *const nets[] = {"digits-cnn.net", "moons.net"};
    struct core *c = open_net(nets[_i % 2], sizes[_i / 2][0], sizes[_i / 2][1]);
    run(c, "restart");
    run(c, "optimizer adam");
    run(c, "train 1");
    for (int z = 0; z < 3; z++) {
        char line[64], where[128];
        snprintf(line, sizeof line, "zoom %d", zooms[z]);
        run(c, line);
        run(c, z == 0 ? "theme paper" : z == 1 ? "theme board" : "theme contrast");
        for (int p = 0; p < 4; p++) {
            snprintf(line, sizeof line, "click train.page.%s", pages[p]);
            if (ui_find(&c->ui, "train.page.Curves"))
                run(c, line);
            for (int k = 0; k < 4; k++) {
                snprintf(where, sizeof where, "%s %dx%d zoom %d page %s", nets[_i % 2],
                         sizes[_i / 2][0], sizes[_i / 2][1], zooms[z], pages[p]);
                check_clean(c, where);
                static const char *const turns[] = {"train.sizes.of.Activations",
                                                    "train.sizes.when.Over time",
                                                    "train.weights.next", "train.log"};
                snprintf(line, sizeof line, "click %s", turns[k]);
                if (ui_find(&c->ui, turns[k]))
                    run(c, line);
            }
        }
    }
    core_destroy(c);
}
END_TEST

START_TEST(everything_by_keyboard)
{
    struct core *c = open_net("digits-cnn.net", 1920, 1080);
    static const char *const wanted[] = {
        "train.log",   "train.loss", "train.confusion",  "train.sample.0", "train.optimizer.Adam",
        "train.batch", "train.go",   "train.rate.slider"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        bool found = false;
        for (int k = 0; k < 250 && !found; k++) {
            run(c, "key Tab");
            const struct widget_record *w = ui_find(&c->ui, wanted[i]);
            found = w && w->state & STATE_FOCUS;
        }
        ck_assert_msg(found, "%s gets no focus", wanted[i]);
    }
    float rate = snap(c)->net->train.rate;
    run(c, "key Right");
    ck_assert(snap(c)->net->train.rate > rate);
    core_destroy(c);
}
END_TEST

Suite *test_train_view(void);
Suite *test_train_view(void)
{
    Suite *suite = suite_create("train_view");
    TCase *c = tcase_create("train_view");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, an_entry_opens_its_pictures_and_a_picture_the_network);
    tcase_add_test(c, settings_by_the_foot);
    tcase_add_test(c, dropout_is_a_setting);
    tcase_add_test(c, trains_by_its_buttons_and_key);
    tcase_add_test(c, curves_are_read_at_an_epoch);
    tcase_add_test(c, numbers_to_predict_are_a_scatter_plot);
    tcase_add_loop_test(c, everything_fits, 0, 6);
    tcase_add_test(c, everything_by_keyboard);
    suite_add_tcase(suite, c);
    return suite;
}
