/* The training panel, by its buttons, fields and keys, without a window. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"

static const char small[] = "data/networks/digits8.net";

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static struct core *open_core(const char *file, int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    char line[300];
    snprintf(line, sizeof line, "open %s", file);
    run(c, line);
    run(c, "show training");
    core_settle(c);
    return c;
}

static const struct snapshot *now(struct core *c)
{
    return session_snapshot(c->session);
}

/* Puts text into a field as a user does: click, select all, type. */
static void fill(struct core *c, const char *id, const char *text)
{
    char line[100];
    snprintf(line, sizeof line, "click %s", id);
    run(c, line);
    run(c, "key Ctrl+A");
    snprintf(line, sizeof line, "type %s", text);
    run(c, line);
}

static void check_clean(struct core *c, const char *what)
{
    struct draw_report report = {0};
    core_settle(c);
    ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%s:\n%s", what, report.text);
    ck_assert_msg(draw_list_check_contrast(&c->draw, 4.5f, &report) == 0, "%s:\n%s", what,
                  report.text);
}

/* Strokes of a colour with at least that many points, in the panel. */
static int curves(const struct core *c, struct colour colour, int points)
{
    int n = 0;
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const struct draw_cmd *cmd = &c->draw.cmds[i];
        const char *tag = draw_cmd_tag(&c->draw, cmd);
        n += cmd->kind == DRAW_STROKE && tag && strcmp(tag, "panel") == 0 &&
             cmd->colour == colour_pack(colour) && cmd->count >= points;
    }
    return n;
}

START_TEST(training_lowers_the_loss_and_draws_it)
{
    struct core *c = open_core(small, 1280, 720);
    ck_assert(script_shows(c, "loss (lower is better)"));
    run(c, "click train.restart");
    ck_assert_int_eq(curves(c, c->ui.theme->text_value_pos, 2), 0);
    fill(c, "train.epochs", "3");
    run(c, "click train.go");
    ck_assert(now(c)->progress.state != TRAINING_OFF || now(c)->progress.point_count > 0);
    session_wait(c->session);
    core_settle(c);
    const struct progress *p = &now(c)->progress;
    ck_assert_int_eq(p->state, TRAINING_OFF);
    ck_assert_int_eq(p->epoch, 3);
    ck_assert(p->points[p->point_count - 1].loss < p->points[0].loss / 2);
    ck_assert_int_ge(curves(c, c->ui.theme->text_value_pos, 10), 2); /* loss and answers right */
    ck_assert_int_ge(curves(c, c->ui.theme->text_value_neg, 3), 2);
    ck_assert(script_shows(c, "epoch 3"));
    ck_assert(script_shows(c, "done: 3 epochs"));
    ck_assert(script_shows(c, "100 %"));
    core_destroy(c);
}
END_TEST

START_TEST(pause_resume_and_stop)
{
    struct core *c = open_core(small, 1280, 720);
    fill(c, "train.epochs", "100000");
    ck_assert(ui_find(&c->ui, "train.stop")->state & STATE_DISABLED);
    run(c, "click train.go");
    ck_assert_int_eq(now(c)->progress.state, TRAINING_RUNNING);
    ck_assert_str_eq(ui_find(&c->ui, "train.go")->label, "Pause");
    ck_assert(script_shows(c, "of 100000"));
    ck_assert(script_shows(c, "Training takes the batches now"));
    ck_assert(ui_find(&c->ui, "train.pass.Run")->state & STATE_DISABLED);
    run(c, "click train.go");
    ck_assert_int_eq(now(c)->progress.state, TRAINING_PAUSED);
    ck_assert_str_eq(ui_find(&c->ui, "train.go")->label, "Resume");
    ck_assert(script_shows(c, "paused"));
    check_clean(c, "paused");
    run(c, "click train.go");
    ck_assert_int_eq(now(c)->progress.state, TRAINING_RUNNING);
    while (!(now(c)->progress.samples_per_second > 0)) /* the case's time limit ends it */
        core_settle(c);
    core_settle(c);
    ck_assert(script_shows(c, " thread")); /* the top bar: "1 thread · 61 000 samples/s" */
    check_clean(c, "running");
    run(c, "click train.stop");
    ck_assert_int_eq(now(c)->progress.state, TRAINING_OFF);
    ck_assert_str_eq(ui_find(&c->ui, "train.go")->label, "Train");
    ck_assert(script_shows(c, "ended in epoch"));
    core_destroy(c);
}
END_TEST

START_TEST(fields_set_rate_and_epochs_or_say_what_is_wrong)
{
    struct core *c = open_core(small, 1280, 720);
    ck_assert_str_eq(ui_find(&c->ui, "train.rate")->label, "0.05");
    fill(c, "train.rate", "0.125");
    run(c, "key Enter");
    ck_assert(now(c)->net->train.rate == 0.125f);
    run(c, "undo"); /* the field follows */
    ck_assert_str_eq(ui_find(&c->ui, "train.rate")->label, "0.05");
    fill(c, "train.rate", "-1");
    run(c, "key Enter");
    ck_assert(now(c)->net->train.rate == 0.05f);
    ck_assert(script_shows(c, "must be a number above 0"));
    check_clean(c, "rate");
    run(c, "click train.go");
    ck_assert_int_eq(now(c)->progress.state, TRAINING_OFF);
    fill(c, "train.rate", "0.01");
    run(c, "key Enter");
    ck_assert(!script_shows(c, "must be a number above 0"));
    fill(c, "train.epochs", "few");
    run(c, "key Enter");
    ck_assert(script_shows(c, "Epochs must be a whole number"));
    ck_assert_int_eq(now(c)->progress.state, TRAINING_OFF);
    ck_assert_int_eq(now(c)->progress.point_count, 0);
    core_destroy(c);
}
END_TEST

/* The rate typed but not entered counts when Train is clicked. */
START_TEST(train_takes_the_rate_as_typed)
{
    struct core *c = open_core(small, 1280, 720);
    fill(c, "train.epochs", "1");
    fill(c, "train.rate", "0.25");
    run(c, "click train.go");
    session_wait(c->session);
    ck_assert(now(c)->net->train.rate == 0.25f);
    ck_assert_int_eq(now(c)->progress.epochs, 1);
    core_destroy(c);
}
END_TEST

START_TEST(optimisers)
{
    struct core *c = open_core(small, 1280, 720);
    ck_assert(ui_find(&c->ui, "train.optimizer.Momentum")->state & STATE_ON);
    run(c, "click train.optimizer.Adam");
    ck_assert_int_eq(now(c)->net->train.optimiser, OPT_ADAM);
    ck_assert(ui_find(&c->ui, "train.optimizer.Adam")->state & STATE_ON);
    run(c, "click train.optimizer.SGD");
    ck_assert_int_eq(now(c)->net->train.optimiser, OPT_SGD);
    ck_assert_ptr_null(ui_find(&c->ui, "train.optimizer.rmsprop"));
    run(c, "optimizer rmsprop");
    ck_assert(ui_find(&c->ui, "train.optimizer.rmsprop")->state & STATE_ON);
    check_clean(c, "rmsprop");
    core_destroy(c);
}
END_TEST

START_TEST(run_or_inspect)
{
    struct core *c = open_core(small, 1280, 720);
    ck_assert(script_shows(c, "You step through the sample you chose."));
    run(c, "click train.pass.Run");
    ck_assert_int_eq(now(c)->pass, PASS_RUN);
    ck_assert(script_shows(c, "The trainer's own batch 1."));
    check_clean(c, "run");
    run(c, "click train.pass.Inspect");
    ck_assert_int_eq(now(c)->pass, PASS_INSPECT);
    core_destroy(c);
}
END_TEST

START_TEST(everything_by_keyboard)
{
    struct core *c = open_core(small, 1280, 720);
    const char *wanted[] = {"train.epochs", "train.rate",    "train.optimizer.Adam",
                            "train.go",     "train.restart", "train.pass.Run"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        bool found = false;
        for (int k = 0; k < 60 && !found; k++) {
            run(c, "key Tab");
            const struct widget_record *w = ui_find(&c->ui, wanted[i]);
            ck_assert_msg(w != NULL, "%s is not there", wanted[i]);
            found = w->state & STATE_FOCUS;
        }
        ck_assert_msg(found, "%s gets no focus", wanted[i]);
    }
    run(c, "key Space");
    ck_assert_int_eq(now(c)->pass, PASS_RUN);
    core_destroy(c);
}
END_TEST

/* The loss that is no number leaves a gap and a sentence. */
START_TEST(a_loss_that_is_no_number_is_told)
{
    struct core *c = open_core("data/networks/digits8.net", 1280, 720);
    run(c, "rate 1e30");
    run(c, "train 1");
    const struct progress *p = &now(c)->progress;
    ck_assert(isnan(p->points[p->point_count - 1].loss));
    ck_assert(script_shows(c, "The loss became NaN in epoch 1"));
    check_clean(c, "nan");
    core_destroy(c);
}
END_TEST

START_TEST(it_fits)
{
    static const int sizes[][2] = {{1280, 720}, {1366, 768}, {1920, 1080}};
    static const char *const themes[] = {"theme paper", "theme board", "theme contrast"};
    static const char *const files[] = {"data/networks/digits8.net", "data/networks/moons.net"};
    for (int f = 0; f < 2; f++) {
        struct core *c = open_core(files[f], sizes[_i][0], sizes[_i][1]);
        for (int k = 0; k < 3; k++) {
            run(c, themes[k]);
            run(c, "restart");
            check_clean(c, themes[k]);
            run(c, "train 2");
            check_clean(c, "trained");
            const struct widget_record *w = ui_find(&c->ui, "train.pass.Run");
            ck_assert_ptr_nonnull(w);
            ck_assert(c->screen.panel.train.scroll == 0);
            ck_assert_ptr_null(ui_find(&c->ui, "train.scroll.bar"));
        }
        core_destroy(c);
    }
}
END_TEST

Suite *test_train_panel(void);
Suite *test_train_panel(void)
{
    Suite *s = suite_create("train_panel");
    TCase *t = tcase_create("train_panel");
    tcase_set_timeout(t, 120);
    tcase_add_test(t, training_lowers_the_loss_and_draws_it);
    tcase_add_test(t, pause_resume_and_stop);
    tcase_add_test(t, fields_set_rate_and_epochs_or_say_what_is_wrong);
    tcase_add_test(t, train_takes_the_rate_as_typed);
    tcase_add_test(t, optimisers);
    tcase_add_test(t, run_or_inspect);
    tcase_add_test(t, everything_by_keyboard);
    tcase_add_test(t, a_loss_that_is_no_number_is_told);
    tcase_add_loop_test(t, it_fits, 0, 3);
    suite_add_tcase(s, t);
    return s;
}
