/* The run in time: going on by a step, to any step before or after, and changing something there.
 * What is shown is always the state that the run's events up to its step give. */
#include <math.h>
#include <string.h>
#include <time.h>

#include "session/state.h"

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

struct history *time_run(struct session *s)
{
    return &s->branches[s->branch];
}

int64_t time_now(const struct session *s)
{
    return s->trainer ? s->trainer->steps : 0;
}

int time_epoch_steps(const struct session *s)
{
    int batch = s->net->train.batch, count = s->trainer->source.count;
    return (count + batch - 1) / batch;
}

void time_end(struct session *s)
{
    for (int i = 0; i < BRANCHES_MOST; i++)
        history_deinit(&s->branches[i]);
    s->branch_count = s->branch = 0;
}

void time_begin(struct session *s)
{
    time_end(s);
    beside_run_begins(s);
    s->branch_count = 1;
    s->since_moment = 0;
    strcpy(s->branches[0].name, "run");
    if (s->trainer)
        history_begin(&s->branches[0], s->trainer);
    else
        s->branches[0].start = s->net->train;
    s->branches[0].data = s->data ? dataset_hold(s->data) : NULL;
}

/* Do the two differ in more than what a trainer reads anew at each step? */
static bool needs_trainer(const struct train_settings *a, const struct train_settings *b)
{
    return a->optimiser != b->optimiser || a->mu != b->mu || a->rho != b->rho ||
           a->beta1 != b->beta1 || a->beta2 != b->beta2 || a->epsilon != b->epsilon ||
           a->l1 != b->l1 || a->l2 != b->l2 || a->clip != b->clip || a->decay != b->decay ||
           a->batch != b->batch || a->dropout_given != b->dropout_given ||
           (a->dropout_given && a->dropout != b->dropout);
}

bool time_settings_differ(const struct train_settings *a, const struct train_settings *b)
{
    return a->rate != b->rate || needs_trainer(a, b);
}

/* With another optimiser its moments begin anew; the place in the data stays. */
static void move_place(struct checkpoint *place, const struct train_settings *old,
                       struct trainer *to)
{
    if (old->optimiser != to->net->train.optimiser)
        checkpoint_forget_moments(place);
    checkpoint_restore(place, to);
}

bool time_take_settings(struct trainer **t, const struct train_settings *settings,
                        struct engine_choice engine, struct err *err)
{
    struct checkpoint place = {0};
    struct net *net = (*t)->net;
    struct train_settings old = net->train;
    bool other = needs_trainer(&old, settings);
    if (other)
        checkpoint_take(&place, *t);
    net->train = *settings;
    if (!other)
        return true;
    struct trainer *next = trainer_create(net, &(*t)->source, engine, err);
    if (next) {
        move_place(&place, &old, next);
        trainer_destroy(*t);
        *t = next;
    } else {
        net->train = old;
    }
    checkpoint_deinit(&place);
    return next != NULL;
}

static void use_settings(struct session *s, const struct train_settings *settings)
{
    struct checkpoint place = {0};
    struct train_settings old = s->net->train;
    bool other = needs_trainer(&old, settings);
    s->settings_changed = s->settings_changed || other || old.rate != settings->rate;
    s->program_stale = s->program_stale || other;
    if (other && s->trainer)
        checkpoint_take(&place, s->trainer);
    s->net->train = *settings;
    if (!other)
        return;
    session_make_trainer(s);
    if (s->trainer && place.numbers)
        move_place(&place, &old, s->trainer);
    checkpoint_deinit(&place);
}

void time_apply(struct session *s, const struct event *e)
{
    switch (e->kind) {
    case EVENT_PARAM:
        s->net->params[e->at] = e->after;
        break;
    case EVENT_PARAMS:
        memcpy(s->net->params, checkpoint_params(&e->params->state),
               s->net->param_count * sizeof *s->net->params);
        break;
    case EVENT_SETTINGS:
        use_settings(s, &e->becomes);
        break;
    case EVENT_DATA:
        points_use(s, e->data_becomes);
        break;
    }
}

static size_t budget(const struct session *s)
{
    return HISTORY_BYTES / (size_t)s->branch_count;
}

/* Keeps a moment when the last one is long enough ago. */
static void keep_moment(struct session *s, double took, int events)
{
    struct history *h = time_run(s);
    s->since_moment += took;
    if (s->since_moment < moments_spacing(s->trainer))
        return;
    s->since_moment = 0;
    moments_add(&h->moments, moment_take(s->trainer, events));
    moments_thin(&h->moments, budget(s));
}

void time_take(struct session *s, struct moments *moments)
{
    struct history *h = time_run(s);
    moments_move(&h->moments, moments);
    moments_thin(&h->moments, budget(s));
    s->since_moment = 0;
}

/* One step, and what was changed after it. */
static void run_step(struct session *s, int *events)
{
    const struct history *h = time_run(s);
    double begin = seconds();
    trainer_step(s->trainer);
    keep_moment(s, seconds() - begin, *events);
    while (*events < h->events_done && h->events[*events].steps == s->trainer->steps)
        time_apply(s, &h->events[(*events)++]);
}

void time_seek(struct session *s, int64_t steps)
{
    struct history *h = time_run(s);
    const struct moment *m = moments_find(&h->moments, steps);
    int events = m->events;
    use_settings(s, history_settings(h, events));
    points_use(s, history_data(h, events));
    checkpoint_restore(&m->state, s->trainer);
    s->since_moment = 0;
    while (events < h->events_done && h->events[events].steps == s->trainer->steps)
        time_apply(s, &h->events[events++]);
    while (s->trainer->steps < steps)
        run_step(s, &events);
    h->now = steps;
    if (h->end < steps)
        h->end = steps;
}

static void note_place(struct session *s)
{
    if (!s->trainer)
        return;
    s->progress.position = s->trainer->position;
    s->progress.samples = s->trainer->source.count;
}

/* The program for the settings there are now. */
static struct program *make_program(struct session *s)
{
    return s->program_stale ? program_create(s->net, s->mode, s->data ? s->data->n_targets : 0)
                            : s->program;
}

/* A program that was not taken. */
static bool give_back(struct session *s, struct program *program)
{
    if (program != s->program)
        program_destroy(program);
    return false;
}

bool time_show_now(struct session *s, bool at_end, struct err *err)
{
    struct program *program = make_program(s);
    note_place(s);
    bool done =
        s->kind == PASS_RUN ? pass_open_run(s, program, err) : pass_take_program(s, program, err);
    if (!done)
        return give_back(s, program);
    s->program_stale = false;
    if (s->kind == PASS_RUN)
        s->cursor = (struct cursor){at_end ? s->steps->cells : 0, 0};
    return true;
}

bool time_settings(struct session *s, const struct train_settings *settings, struct err *err)
{
    struct train_settings old = s->net->train;
    use_settings(s, settings);
    struct program *program = make_program(s);
    bool next = s->trainer && s->kind == PASS_RUN; /* of another size, perhaps */
    if (!s->trainer && s->data && s->net->loss != LOSS_NONE)
        err_set(err, s->no_trainer.code, NULL, 0, "%s", s->no_trainer.message);
    else if (next ? pass_open_run(s, program, err) : pass_take_program(s, program, err)) {
        s->program_stale = false;
        return true;
    }
    give_back(s, program);
    use_settings(s, &old);
    return false;
}

bool time_show(struct session *s, int64_t steps, bool at_end, struct err *err)
{
    int64_t now = time_now(s);
    time_seek(s, steps);
    if (time_show_now(s, at_end, err))
        return true;
    time_seek(s, now);
    return false;
}

static void add_point(struct session *s)
{
    const struct trainer *t = s->trainer;
    struct progress_point point = {.test_loss = NAN, .test_accuracy = NAN, .accuracy = NAN};
    int seen = t->position > 0 ? t->position : t->source.count;
    point.epoch = t->epoch + (double)t->position / t->source.count;
    point.loss = (float)(t->epoch_loss / seen);
    if (s->data->n_classes)
        point.accuracy = (float)t->epoch_correct / (float)seen;
    curve_add(&time_run(s)->curve, point, false);
}

bool time_commit(struct session *s, struct err *err)
{
    struct history *h = time_run(s);
    int64_t now = time_now(s);
    int events = history_events_before(h, now);
    watch_note(s);
    run_step(s, &events);
    h->now = now + 1;
    if (h->end <= now) {
        h->end = now + 1;
        add_point(s);
    }
    if (time_show_now(s, false, err))
        return true;
    time_seek(s, now);
    s->cursor = (struct cursor){s->steps->cells, 0};
    return false;
}

bool time_uncommit(struct session *s, bool *done, struct err *err)
{
    int64_t now = time_now(s);
    *done = now > 0;
    return !*done || time_show(s, now - 1, true, err);
}

bool time_change(struct session *s, struct err *err)
{
    struct history *h = time_run(s);
    int64_t now = time_now(s);
    bool changed_later = history_events_before(h, now) < h->events_done;
    if (!s->trainer || (h->end <= now && !changed_later))
        return true;
    if (changed_later || h->end - now > time_epoch_steps(s))
        return branch_fork(s, NULL, err);
    history_cut(h, now);
    curve_cut(&h->curve,
              s->trainer->epoch + (double)s->trainer->position / s->trainer->source.count);
    return true;
}

/* "17", "+3", "-1", "start", "end" */
static bool read_step(const struct session *s, struct text *rest, int64_t end, int64_t *steps,
                      struct err *err)
{
    char word[32];
    long number;
    if (!argument_word(rest, "a step", word, sizeof word, err))
        return false;
    const char *digits = word[0] == '+' ? word + 1 : word;
    if (strcmp(word, "start") == 0)
        *steps = 0;
    else if (strcmp(word, "end") == 0)
        *steps = end;
    else if (text_to_long(text_of(digits), &number))
        *steps = number + (word[0] == '+' || word[0] == '-' ? time_now(s) : 0);
    else
        return err_set(err, ERR_USAGE, NULL, 0,
                       "\"%s\" was expected to be a step: its number, +N, -N, start or end", word);
    const int64_t most = 10000000;
    if (*steps < 0 && word[0] == '-' && time_now(s) > 0)
        *steps = 0;
    if (*steps >= 0 && *steps <= most)
        return true;
    return err_set(err, ERR_USAGE, NULL, 0, "steps go from 0 to 10000000; found %lld",
                   (long long)*steps);
}

bool command_goto_step(struct session *s, struct text rest, struct err *err)
{
    int64_t steps = 0;
    if (!s->trainer)
        return err_set(err, s->no_trainer.code, NULL, 0, "%s", s->no_trainer.message);
    if (!read_step(s, &rest, time_run(s)->end, &steps, err) || !arguments_end(rest, err))
        return false;
    worker_stop(s);
    s->changed = steps != time_now(s);
    if (s->changed && !time_show(s, steps, false, err))
        return false;
    if (s->changed)
        selection_follow(s);
    return true;
}
