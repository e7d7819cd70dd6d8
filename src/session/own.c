/* The learner's own data: looked through, made into a network, tested. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "session/state.h"

enum { SIDE_LEAST = 8, SIDE_MOST = 96, TEST_PERCENT = 20, COMMON_CLASSES = 12 };

/* --- what was brought ---------------------------------------------------------------------------
 */

void own_init(struct own *o)
{
    o->test = TEST_PERCENT;
    o->fit = FIT_CROP;
    o->tested_at = -1;
}

void own_deinit(struct own *o)
{
    own_job_stop(&o->job);
    survey_destroy(o->survey);
    o->survey = NULL;
}

/* --- what becomes of it --------------------------------------------------------------------------
 */

/* As large as the pictures are, within reason. */
static int choose_side(const struct own *o)
{
    static const int sides[] = {48, 32, 28, 24, 16, 12, 8};
    const struct survey *s = o->survey;
    int least = s->middle[0] < s->middle[1] ? s->middle[0] : s->middle[1];
    if (o->drawn)
        return 28;
    if (least > 32)
        return 32;
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        if (sides[i] <= least)
            return sides[i];
    return SIDE_LEAST;
}

static void choose_answer(struct own *o)
{
    const struct survey *s = o->survey;
    if (s->target < 0)
        return;
    const struct survey_column *c = &s->column[s->target];
    bool few = c->whole && c->least >= 0 && c->most < 1000 && c->different <= COMMON_CLASSES;
    o->answer = c->kind == SURVEY_WORDS || few ? OWN_CLASSES : OWN_NUMBERS;
}

static void take_survey(struct own *o)
{
    struct own_job *j = &o->job;
    survey_destroy(o->survey);
    o->survey = j->survey;
    j->survey = NULL;
    o->state = o->survey ? OWN_LOOKED : OWN_NOTHING;
    if (!o->survey) {
        err_text(&j->err, o->problem, sizeof o->problem);
        return;
    }
    if (o->table) {
        choose_answer(o);
    } else {
        o->side = choose_side(o);
        o->colour = o->survey->colour && !o->drawn;
    }
    own_write(o);
}

/* The network takes the place of what is open, and learns. */
static bool open_network(struct session *s, struct err *err)
{
    struct own *o = &s->own;
    struct own_job *j = &o->job;
    struct net *net = net_parse(o->text, NULL, err);
    if (!net || !session_fits(net, j->train, err)) {
        net_destroy(net);
        return false;
    }
    struct dataset *train = j->train, *test = j->test;
    j->train = j->test = NULL;
    session_install(s, net, train);
    s->test = test;
    s->test_looked_for = true;
    o->open = true;
    o->tested_at = -1;
    o->state = OWN_TRAINING;
    return worker_start(s, net->train.epochs, err);
}

static void take_load(struct session *s)
{
    struct own *o = &s->own;
    struct err err = o->job.err;
    bool unwanted = o->unwanted;
    o->unwanted = false;
    if (!unwanted && o->job.train && o->job.test && open_network(s, &err))
        return;
    o->open = false;
    o->state = OWN_LOOKED;
    if (unwanted)
        return;
    err_text(&err, o->problem, sizeof o->problem);
}

static void take_test(struct own *o)
{
    const struct own_job *j = &o->job;
    o->tested = j->tested;
    o->right = j->right;
    o->error = j->error;
    o->mistakes = j->mistakes;
    memcpy(o->mistake, j->mistake, sizeof o->mistake);
    o->state = OWN_TESTED;
}

static void start_test(struct session *s)
{
    struct own *o = &s->own;
    o->tested_at = time_now(s);
    o->state = OWN_TESTING;
    o->job.work = OWN_WORK_TEST;
    o->job.net = net_copy(s->net);
    o->job.set = s->test;
    own_job_start(&o->job);
}

static bool take_job(struct session *s, bool wait)
{
    struct own *o = &s->own;
    if (!own_job_take(&o->job, wait))
        return false;
    enum own_work work = o->job.work;
    if (work == OWN_WORK_LOOK)
        take_survey(o);
    else if (work == OWN_WORK_LOAD)
        take_load(s);
    else
        take_test(o);
    own_job_clear(&o->job);
    return true;
}

bool own_update(struct session *s)
{
    struct own *o = &s->own;
    bool took = take_job(s, false);
    if (!o->open || o->job.running)
        return took;
    if (s->worker) {
        o->state = OWN_TRAINING;
    } else if (o->tested_at != time_now(s) && s->test) {
        start_test(s);
        took = true;
    }
    return took;
}

void own_wait(struct session *s)
{
    while (s->own.job.running) {
        take_job(s, true);
        worker_wait(s);
        own_update(s);
        s->revision++;
    }
}

void own_leave(struct session *s)
{
    struct own *o = &s->own;
    if (o->job.running && o->job.work == OWN_WORK_LOAD)
        o->unwanted = true;
    if (!o->open)
        return;
    own_job_stop(&o->job); /* it reads the test part, which goes */
    o->open = false;
    o->mistakes = o->tested = 0;
    o->state = o->survey ? OWN_LOOKED : OWN_NOTHING;
}

/* --- choices
 * --------------------------------------------------------------------------------------- */

static bool choose_target(struct own *o, struct text name, struct err *err)
{
    char word[256];
    long place = 0;
    text_copy(name, word, sizeof word);
    if (word[0] == '@')
        text_to_long(text_of(word + 1), &place); /* @3: the third, as in DATA texts */
    for (int c = 0; o->table && c < o->survey->columns; c++)
        if (strcmp(o->survey->column[c].name, word) == 0 || place == c + 1) {
            survey_set_target(o->survey, c);
            choose_answer(o);
            return true;
        }
    return err_set(err, ERR_USAGE, NULL, 0, "there is no column \"%s\"%s", word,
                   o->table ? "" : ": what was brought is no table");
}

static bool choose_answer_kind(struct own *o, const char *word, struct err *err)
{
    bool numbers = strcmp(word, "numbers") == 0;
    const struct survey *s = o->survey;
    if (!numbers && strcmp(word, "classes") != 0)
        return err_set(err, ERR_USAGE, NULL, 0, "the answer is classes or numbers; found \"%s\"",
                       word);
    if (!o->table || s->target < 0 || (numbers && s->column[s->target].kind == SURVEY_WORDS))
        return err_set(err, ERR_STATE, NULL, 0,
                       "only a column of numbers can be taken as numbers to predict");
    o->answer = numbers ? OWN_NUMBERS : OWN_CLASSES;
    return true;
}

/* One option, its value in rest. */
static bool choose(struct own *o, const char *option, struct text rest, struct err *err)
{
    char word[32];
    long number;
    if (strcmp(option, "target") == 0)
        return choose_target(o, text_trim(rest), err);
    if (strcmp(option, "size") == 0 || strcmp(option, "test") == 0) {
        bool size = option[0] == 's';
        if (!argument_long(&rest, size ? N_("pixels a side") : N_("percent held out for the test"),
                           size ? SIDE_LEAST : 10, size ? SIDE_MOST : 50, &number, err) ||
            !arguments_end(rest, err))
            return false;
        *(size ? &o->side : &o->test) = (int)number;
        return true;
    }
    if (!argument_word(&rest, "a choice", word, sizeof word, err) || !arguments_end(rest, err))
        return false;
    if (strcmp(option, "answer") == 0)
        return choose_answer_kind(o, word, err);
    int fit = picture_fit_find(word);
    if (strcmp(option, "fit") == 0 && fit >= 0)
        o->fit = (enum picture_fit)fit;
    else if (strcmp(option, "colour") == 0 && (!strcmp(word, "on") || !strcmp(word, "off")))
        o->colour = word[1] == 'n';
    else
        return err_set(err, ERR_USAGE, NULL, 0, "\"%s %s\" is no choice for one's own data", option,
                       word);
    return true;
}

/* Shows a mistake of the test as the input, to be looked into. */
static bool show_mistake(struct session *s, struct text rest, struct err *err)
{
    long i;
    struct batch batch;
    const struct own *o = &s->own;
    int most = o->mistakes > 0 ? o->mistakes - 1 : 0;
    if (!argument_long(&rest, "a mistake", 0, most, &i, err) || !arguments_end(rest, err))
        return false;
    if (!o->open || o->mistakes == 0 || !s->test)
        return err_set(err, ERR_STATE, NULL, 0, "there is no mistake of a test to show");
    int sample = o->mistake[i].sample;
    if (!batch_fetch(&batch, s->test, &sample, 1, err))
        return false;
    s->drawing = s->label_given = false;
    if (!drawing_show(s, &batch, err)) {
        batch_deinit(&batch);
        return false;
    }
    snprintf(s->picture, sizeof s->picture, _("test sample %d"), sample);
    char truth[16];
    snprintf(truth, sizeof truth, "%d", o->mistake[i].truth);
    return command_label(s, text_of(truth), err);
}

bool command_own(struct session *s, struct text rest, struct err *err)
{
    char option[32];
    struct own *o = &s->own;
    if (!argument_word(&rest, "an option", option, sizeof option, err))
        return false;
    if (strcmp(option, "mistake") == 0)
        return show_mistake(s, rest, err);
    if (!o->survey || o->state == OWN_LOOKING)
        return err_set(err, ERR_STATE, NULL, 0, "bring pictures or a table first");
    if (o->state == OWN_LOADING)
        return err_set(err, ERR_STATE, NULL, 0, "it is being read; wait a moment");
    if (!choose(o, option, rest, err))
        return false;
    own_write(o);
    return true;
}

bool command_make(struct session *s, struct text rest, struct err *err)
{
    struct own *o = &s->own;
    if (!arguments_end(rest, err))
        return false;
    if (!o->survey || o->state == OWN_LOOKING || o->state == OWN_LOADING)
        return err_set(err, ERR_STATE, NULL, 0,
                       o->state == OWN_NOTHING ? N_("bring pictures or a table first")
                                               : N_("it is being read; wait a moment"));
    own_write(o);
    if (o->problem[0])
        return err_set(err, ERR_STATE, NULL, 0, "%s", o->problem);
    own_job_stop(&o->job);
    o->job.work = OWN_WORK_LOAD;
    snprintf(o->job.spec, sizeof o->job.spec, "%s", o->spec);
    o->state = OWN_LOADING;
    o->unwanted = false;
    own_job_start(&o->job);
    return true;
}

const struct own_view *own_view(struct session *s)
{
    const struct own *o = &s->own;
    struct own_view *v = &s->own.view;
    *v = (struct own_view){.state = o->state,
                           .table = o->table,
                           .name = o->name,
                           .done = atomic_load(&o->job.progress.done),
                           .total = atomic_load(&o->job.progress.total),
                           .survey = o->survey,
                           .problem = o->problem,
                           .side = o->side,
                           .colour = o->colour,
                           .fit = o->fit,
                           .test = o->test,
                           .answer = o->answer,
                           .text = o->text,
                           .open = o->open,
                           .test_set = o->open ? s->test : NULL,
                           .tested = o->tested,
                           .right = o->right,
                           .error = o->error,
                           .mistakes = o->mistakes,
                           .mistake = o->mistake};
    v->drawn = o->drawn;
    return v;
}
