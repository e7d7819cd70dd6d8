/* When a study begins, taking over what it found, and the history of its histograms. */
#include "session/study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "session/worker.h"

/* Of the time of training, what studies may take. */
#define SHARE 0.03

static struct study_key key_now(struct session *s)
{
    return (struct study_key){.net = s->net,
                              .data = s->data,
                              .steps = time_now(s),
                              .changes = s->changes,
                              .seed = s->net->train.seed,
                              .branch = s->branch,
                              .events = time_run(s)->events_done};
}

static bool same_key(const struct study_key *a, const struct study_key *b)
{
    return a->net == b->net && a->data == b->data && a->steps == b->steps &&
           a->changes == b->changes && a->seed == b->seed && a->branch == b->branch &&
           a->events == b->events;
}

/* A tab of the panel is no other view. */
void study_follow_view(struct session *s, const char *view)
{
    static const char *const tabs[] = {"inspect", "draw", "training", "lesson", "controls"};
    for (size_t i = 0; i < sizeof tabs / sizeof *tabs; i++)
        if (strcmp(view, tabs[i]) == 0)
            return;
    s->studies.shown = strcmp(view, "train") == 0;
}

/* Is there none of the state there is now, and may there be one? */
static bool is_due(struct session *s)
{
    const struct studies *st = &s->studies;
    if (!s->net || !s->trainer)
        return false;
    struct study_key now = key_now(s);
    return !st->known || !same_key(&now, &st->key);
}

static bool is_wanted(struct session *s)
{
    struct studies *st = &s->studies;
    return !st->job.running && (st->shown || worker_state(s) == TRAINING_RUNNING) && is_due(s);
}

static void free_job(struct study_job *job)
{
    net_destroy(job->net);
    job->net = NULL;
    checkpoint_deinit(&job->place);
    found_deinit(&job->found);
    dataset_close(job->data);
    job->data = NULL;
}

static void start(struct session *s)
{
    struct study_job *job = &s->studies.job;
    const struct trainer *t = s->trainer;
    job->key = key_now(s);
    job->net = net_copy(s->net);
    checkpoint_take(&job->place, t);
    job->data = dataset_hold(s->data); /* points may be changed meanwhile */
    job->test = session_test_set(s);
    job->step = t->steps;
    job->epoch = t->epoch + (double)t->position / t->source.count;
    job->complete = false;
    atomic_store(&job->stop, false);
    atomic_store(&job->done, false);
    job->running = pthread_create(&job->thread, NULL, study_run, job) == 0;
    if (job->running)
        return;
    free_job(job);
    s->studies.not_before = worker_now() + 1;
}

/* A row's counts are its own. */
static void drop_row(struct studies *st, int at)
{
    free((void *)st->rows[at].counts);
    memmove(&st->rows[at], &st->rows[at + 1], (size_t)(st->row_count - at - 1) * sizeof *st->rows);
    st->row_count--;
}

static void drop_rows(struct studies *st)
{
    while (st->row_count > 0)
        drop_row(st, st->row_count - 1);
    st->every = 1;
    st->since = 0;
}

/* The history is that of the run shown: what lies past the step, or on another branch, goes. When
 * it is full every second row goes, and only every second one is kept from then on. */
static void add_row(struct studies *st, const struct study_job *job)
{
    const struct found *f = &job->found;
    if (st->row_branch != job->key.branch)
        drop_rows(st);
    st->row_branch = job->key.branch;
    while (st->row_count > 0 && st->rows[st->row_count - 1].step >= job->step)
        drop_row(st, st->row_count - 1);
    if (st->row_count > 1 && ++st->since < st->every) /* the last one is always of now */
        drop_row(st, st->row_count - 1);
    else
        st->since = 0;
    if (st->row_count == STUDY_ROWS_MOST) {
        for (int i = st->row_count - 2; i > 0; i -= 2)
            drop_row(st, i);
        st->every *= 2;
    }
    size_t counts = (size_t)f->layer_count * STUDY_KINDS;
    struct histogram *copy = mem_zalloc(counts + 1, sizeof *copy);
    if (counts)
        memcpy(copy, f->counts, counts * sizeof *copy);
    st->rows[st->row_count++] = (struct study_row){job->step, job->epoch, copy};
}

static void publish(struct studies *st, const struct study_job *job)
{
    const struct found *f = &st->found;
    st->view = (struct study){.number = st->view.number + 1,
                              .step = job->step,
                              .epoch = job->epoch,
                              .test = job->test != NULL,
                              .n = f->n,
                              .loss = f->loss,
                              .accuracy = f->accuracy,
                              .classes = f->classes,
                              .confusion = f->confusion,
                              .samples = f->samples,
                              .targets = f->targets,
                              .wanted = f->wanted,
                              .predicted = f->predicted,
                              .layer_count = f->layer_count,
                              .layers = f->layers,
                              .batch = f->batch,
                              .rows = st->rows,
                              .row_count = st->row_count};
}

/* Joins the thread and takes over what it found. */
static bool finish(struct session *s)
{
    struct studies *st = &s->studies;
    struct study_job *job = &st->job;
    pthread_join(job->thread, NULL);
    job->running = false;
    bool training = worker_state(s) == TRAINING_RUNNING;
    st->not_before = worker_now() + (training ? job->took / SHARE : job->took);
    bool complete = job->complete;
    st->key = job->key;
    st->known = true; /* also that there is too little memory for it */
    if (complete) {
        add_row(st, job);
        found_deinit(&st->found);
        st->found = job->found;
        job->found = (struct found){0};
        st->there = true;
        publish(st, job);
    }
    free_job(job);
    return complete;
}

bool study_update(struct session *s)
{
    struct studies *st = &s->studies;
    bool fresh = st->job.running && atomic_load(&st->job.done) && finish(s);
    if (is_wanted(s) && worker_now() >= st->not_before)
        start(s);
    return fresh;
}

void study_wait(struct session *s)
{
    struct studies *st = &s->studies;
    if (st->job.running && finish(s))
        s->revision++;
    if (!st->shown || !is_wanted(s))
        return;
    start(s);
    if (st->job.running && finish(s))
        s->revision++;
}

void study_clear(struct session *s)
{
    struct studies *st = &s->studies;
    if (st->job.running) {
        atomic_store(&st->job.stop, true);
        pthread_join(st->job.thread, NULL);
        st->job.running = false;
        free_job(&st->job);
    }
    found_deinit(&st->found);
    drop_rows(st);
    st->there = st->known = false;
    st->not_before = 0;
}

const struct study *study_view(const struct session *s)
{
    return s->studies.there ? &s->studies.view : NULL;
}

bool study_is_stale(struct session *s)
{
    return s->studies.shown && is_due(s);
}
