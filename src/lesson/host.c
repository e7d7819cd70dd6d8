#include "glassnet/lesson/host.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/session/session.h"

static bool run_command(void *context, const char *line, struct err *err)
{
    return session_command(context, line, err);
}

static void page_begins(void *context)
{
    session_forget_before(context);
}

static void finish(void *context)
{
    session_wait(context);
    session_update(context);
}

/* loss(train), loss(test), accuracy(train), accuracy(test): of the last epoch that has it. */
static bool find_measure(const struct snapshot *shot, const char *name, double *value)
{
    bool test = strstr(name, "(test)") != NULL, loss = name[0] == 'l';
    for (int i = shot->progress.point_count - 1; i >= 0; i--) {
        const struct progress_point *p = &shot->progress.points[i];
        float x = loss ? (test ? p->test_loss : p->loss) : (test ? p->test_accuracy : p->accuracy);
        if (!isnan(x)) {
            *value = (double)x;
            return true;
        }
    }
    return false;
}

static bool value_of(void *context, const char *cell, double *value, struct err *err)
{
    if (!strchr(cell, '('))
        return session_value(context, cell, value, err);
    return find_measure(session_snapshot(context), cell, value) ||
           err_set(err, ERR_STATE, NULL, 0, "%s is not known before an epoch has been trained",
                   cell);
}

/* Whole epochs that the optimiser's steps make, be they trained or stepped through. */
static int64_t epochs_of(const struct snapshot *shot)
{
    int64_t epochs = shot->progress.epoch;
    if (shot->data && shot->net && shot->net->train.batch > 0) {
        int batch = shot->net->train.batch;
        int64_t steps = ((int64_t)shot->data->n + batch - 1) / batch;
        if (steps > 0 && shot->step / steps > epochs)
            epochs = shot->step / steps;
    }
    return epochs;
}

static void state_of(void *context, struct host_state *out)
{
    const struct snapshot *shot = session_snapshot(context);
    const char *last = session_last_command(context);
    *out = (struct host_state){.commands = session_command_count(context),
                               .training = shot->progress.state == TRAINING_RUNNING,
                               .epochs = epochs_of(shot),
                               .guess = shot->guess,
                               .drawing = shot->sample == -1 && !shot->pad_empty};
    text_copy(text_of(last ? last : ""), out->last, sizeof out->last);
    if (shot->program && cell_is(shot->selected))
        cell_name(shot->program, shot->selected, out->selected, sizeof out->selected);
    if (shot->steps)
        out->phase = phase_name(steps_phase_at(shot->steps, shot->cursor));
    if (shot->data && shot->data->class_names && shot->guess >= 0 &&
        shot->guess < shot->data->n_classes)
        text_copy(text_of(shot->data->class_names[shot->guess]), out->guess_name,
                  sizeof out->guess_name);
}

static bool find_cell(void *context, const char *name, struct cell *cell, struct err *err)
{
    const struct snapshot *shot = session_snapshot(context);
    if (!shot->trace)
        return err_set(err, ERR_STATE, NULL, 0, "there is no pass to find %s in", name);
    return cell_parse(shot->program, shot->trace->n, name, cell, err);
}

static bool name_of(void *context, const char *cell, char *out, size_t size, struct err *err)
{
    struct cell found;
    if (!find_cell(context, cell, &found, err))
        return false;
    cell_name(session_snapshot(context)->program, found, out, size);
    return true;
}

static bool formula_for(void *context, const char *cell, char *symbolic, char *numeric, size_t size,
                        struct err *err)
{
    enum { TERMS = 12 };
    struct cell found;
    struct formula f = {0};
    if (!find_cell(context, cell, &found, err))
        return false;
    const struct trace *trace = session_snapshot(context)->trace;
    formula_of(trace, found, &f);
    bool computed = !f.given;
    if (computed) {
        formula_symbolic(trace, &f, symbolic, size);
        formula_numeric(&f, TERMS, numeric, size);
    }
    formula_deinit(&f);
    return computed || err_set(err, ERR_STATE, NULL, 0, "%s is given: it is not worked out", cell);
}

struct lesson_host host_of_session(struct session *session)
{
    return (struct lesson_host){.context = session,
                                .command = run_command,
                                .page_begins = page_begins,
                                .finish = finish,
                                .value = value_of,
                                .state = state_of,
                                .name = name_of,
                                .formula = formula_for};
}
