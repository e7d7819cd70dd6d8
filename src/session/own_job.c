/* The learner's data: what takes long, in a thread of its own. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/nn/predictor.h"
#include "session/state.h"

static void look(struct own_job *j)
{
    if (j->table)
        j->survey = survey_table(j->path, &j->progress, &j->err);
    else
        j->survey = survey_pictures(j->path, j->named[0] ? j->named : NULL, &j->progress, &j->err);
}

static void load(struct own_job *j)
{
    j->train = dataset_open(j->spec, DATASET_TRAIN, NULL, &j->err);
    if (!j->train)
        return;
    char spec[sizeof j->spec];
    dataset_spec_with_part(j->spec, DATASET_TEST, spec, sizeof spec);
    j->test = dataset_open(spec, DATASET_TEST, NULL, &j->err);
}

/* The surest mistakes first. */
static void note_mistake(struct own_job *j, const struct own_mistake *m)
{
    int at = j->mistakes < OWN_MISTAKES ? j->mistakes++ : OWN_MISTAKES;
    for (; at > 0 && j->mistake[at - 1].share < m->share; at--)
        if (at < OWN_MISTAKES)
            j->mistake[at] = j->mistake[at - 1];
    if (at < OWN_MISTAKES)
        j->mistake[at] = *m;
}

static void judge(struct own_job *j, int sample, const float *out)
{
    const struct dataset *d = j->set;
    j->tested++;
    if (d->n_classes == 0) {
        double off = fabs((double)out[0] - (double)dataset_y(d, sample)[0]);
        j->error += off * (d->target_scale ? (double)d->target_scale[0] : 1);
        return;
    }
    struct own_mistake m = {sample, dataset_class(d, sample), net_class(j->net, out), 0};
    m.share = out[m.guess];
    if (m.guess == m.truth)
        j->right++;
    else
        note_mistake(j, &m);
}

static void test(struct own_job *j)
{
    size_t outputs = shape_count(&net_output(j->net)->out);
    struct predictor *p = predictor_create(j->net, 1, &j->err);
    float *out = mem_zalloc(outputs, sizeof *out);
    atomic_store(&j->progress.total, j->set->n);
    for (int i = 0; p && i < j->set->n && !atomic_load(&j->progress.stop); i++) {
        predictor_run(p, dataset_x(j->set, i), 1, out);
        judge(j, i, out);
        atomic_store(&j->progress.done, i + 1);
    }
    if (j->tested)
        j->error /= j->tested;
    free(out);
    predictor_destroy(p);
}

static void *run(void *context)
{
    struct own_job *j = context;
    if (j->work == OWN_WORK_LOOK)
        look(j);
    else if (j->work == OWN_WORK_LOAD)
        load(j);
    else
        test(j);
    atomic_store(&j->done, true);
    return NULL;
}

void own_job_start(struct own_job *j)
{
    atomic_store(&j->done, false);
    atomic_store(&j->progress.stop, false);
    atomic_store(&j->progress.done, 0);
    atomic_store(&j->progress.total, 0);
    j->err = (struct err){0};
    j->running = true;
    j->joins = pthread_create(&j->thread, NULL, run, j) == 0;
    if (!j->joins)
        run(j); /* no thread is to be had: the screen waits this once */
}

bool own_job_take(struct own_job *j, bool wait)
{
    if (!j->running || (!wait && !atomic_load(&j->done)))
        return false;
    if (j->joins)
        pthread_join(j->thread, NULL);
    j->running = false;
    return true;
}

void own_job_clear(struct own_job *j)
{
    net_destroy(j->net);
    survey_destroy(j->survey);
    dataset_close(j->train);
    dataset_close(j->test);
    j->net = NULL;
    j->survey = NULL;
    j->train = j->test = NULL;
    j->set = NULL;
    j->tested = j->right = j->mistakes = 0;
    j->error = 0;
    j->work = OWN_WORK_NONE;
}

void own_job_stop(struct own_job *j)
{
    atomic_store(&j->progress.stop, true);
    own_job_take(j, true);
    own_job_clear(j);
}
