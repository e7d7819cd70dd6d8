/* Changing single numbers, and the training settings that are numbers. */
#include <math.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "session/state.h"

/* Where an inspected sample's number lives. */
static float *place_of(struct session *s, enum edit_kind kind, size_t at)
{
    return kind == EDIT_INPUT ? &s->inspect.x[at] : &s->inspect.labels[at];
}

void edits_forget_sample(struct session *s)
{
    s->edit_count = s->edits_done = 0;
}

/* A new change ends what could be redone. */
void edits_forget_undone(struct session *s)
{
    s->edit_count = s->edits_done;
    history_forget_undone(time_run(s));
}

static bool is_possible(struct session *s, enum edit_kind kind, struct err *err)
{
    if (kind == EDIT_PARAM) {
        if (!worker_refuses(s, "parameters can be changed", err))
            return false;
        worker_wait(s); /* until a pause has begun and what was learnt is here */
        return true;
    }
    if (kind != EDIT_RATE && s->kind == PASS_RUN)
        return err_set(err, ERR_STATE, NULL, 0,
                       "a training batch is taken as it is; use inspect, then change the sample");
    return true;
}

/* The last change, when it is of the number that is being dragged: it goes on instead of another
 * one being made, so that a drag is undone in one go. */
static struct event *dragged_event(struct session *s, size_t at)
{
    struct history *h = time_run(s);
    struct event *e = h->events_done ? &h->events[h->events_done - 1] : NULL;
    bool same = s->drags && e && e->kind == EVENT_PARAM && e->at == at && e->steps == time_now(s) &&
                e->number == s->changes;
    return same ? e : NULL;
}

static struct edit *dragged_edit(struct session *s, enum edit_kind kind, size_t at)
{
    struct edit *e = s->edits_done ? &s->edits[s->edits_done - 1] : NULL;
    return s->drags && e && e->kind == kind && e->at == at && e->number == s->changes ? e : NULL;
}

static bool edit_sample(struct session *s, enum edit_kind kind, size_t at, float value,
                        struct err *err)
{
    float *place = place_of(s, kind, at);
    struct edit e = {.kind = kind, .at = at, .before = *place, .after = value};
    bool label_given = s->label_given;
    s->label_given = s->label_given || (kind == EDIT_LABEL && s->drawing);
    *place = value;
    if (!pass_rerun(s, err)) {
        *place = e.before;
        s->label_given = label_given;
        return false;
    }
    struct edit *dragged = dragged_edit(s, kind, at);
    if (dragged) {
        dragged->after = value;
        return true;
    }
    edits_forget_undone(s);
    e.number = ++s->changes;
    s->edits = mem_grow(s->edits, &s->edit_capacity, s->edits_done + 1, sizeof e);
    s->edits[s->edits_done++] = e;
    s->edit_count = s->edits_done;
    return true;
}

void edit_note(struct session *s, struct event *e)
{
    edits_forget_undone(s);
    e->number = ++s->changes;
    e->steps = time_now(s);
    history_add(time_run(s), e);
    worker_edited(s);
}

static bool edit_param(struct session *s, size_t at, float value, struct err *err)
{
    struct event e = {.kind = EVENT_PARAM, .at = at, .before = s->net->params[at], .after = value};
    if (!time_change(s, err))
        return false;
    s->net->params[at] = value;
    if (!pass_rerun(s, err)) {
        s->net->params[at] = e.before;
        return false;
    }
    struct event *dragged = dragged_event(s, at);
    if (dragged) {
        dragged->after = value;
        moments_cut(&time_run(s)->moments, time_now(s), time_run(s)->events_done - 1);
        worker_edited(s);
        return true;
    }
    edit_note(s, &e);
    return true;
}

bool edit_settings(struct session *s, const struct train_settings *settings, struct err *err)
{
    struct event e = {.kind = EVENT_SETTINGS, .was = s->net->train, .becomes = *settings};
    if (worker_state(s) == TRAINING_RUNNING) { /* it says when it took them */
        if (!time_settings(s, settings, err))
            return false;
        worker_set_settings(s, ++s->changes);
        return true;
    }
    worker_wait(s); /* until a pause has begun: what is changed belongs to the step it rests at */
    if (!time_change(s, err) || !time_settings(s, settings, err))
        return false;
    edit_note(s, &e);
    return true;
}

bool edit_do(struct session *s, enum edit_kind kind, size_t at, float value, struct err *err)
{
    struct train_settings settings = s->net->train;
    if (!is_possible(s, kind, err))
        return false;
    switch (kind) {
    case EDIT_PARAM:
        return edit_param(s, at, value, err);
    case EDIT_RATE:
        settings.rate = value;
        return edit_settings(s, &settings, err);
    default:
        return edit_sample(s, kind, at, value, err);
    }
}

/* Classes a label can name; 0 when it is a number to predict. */
static int label_classes(const struct session *s)
{
    size_t outputs = shape_count(&net_output(s->net)->out);
    return s->program->targets ? 0 : outputs > 1 ? (int)outputs : 2;
}

static bool check_label(const struct session *s, double value, struct err *err)
{
    int classes = label_classes(s);
    if (classes == 0 || (value >= 0 && value < classes && value == floor(value)))
        return true;
    return err_set(err, ERR_INPUT, NULL, 0,
                   "the label is a class, a whole number from 0 to %d; found %g", classes - 1,
                   value);
}

static bool check_rate(double value, struct err *err)
{
    if ((float)value > 0)
        return true;
    return err_set(err, ERR_INPUT, NULL, 0, "the learning rate is above 0; found %g", value);
}

static bool check_finite(double value, struct err *err)
{
    if (isfinite((float)value))
        return true;
    return err_set(err, ERR_INPUT, NULL, 0, "%g is not a number that a cell can be set to", value);
}

/* What of the session is behind a cell. */
static bool find_target(const struct session *s, struct cell cell, enum edit_kind *kind, size_t *at,
                        struct err *err)
{
    const struct program *p = s->program;
    const struct tensor *t = &p->tensors[cell.tensor];
    char name[NAME_SIZE];
    if (t->is_param) {
        *kind = EDIT_PARAM;
        *at = t->offset + cell.index;
    } else if (cell.tensor == p->input) {
        *kind = EDIT_INPUT;
        *at = (size_t)cell.sample * s->inspect.x_count + cell.index;
    } else if (cell.tensor == p->label) {
        *kind = EDIT_LABEL;
        *at = (size_t)cell.sample * (size_t)s->inspect.y_count + cell.index;
    } else if (cell.tensor == p->rate_start) {
        *kind = EDIT_RATE;
        *at = 0;
    } else {
        return err_set(err, ERR_STATE, NULL, 0,
                       "%s is worked out from other numbers; only inputs, parameters, labels and "
                       "the rate can be changed",
                       cell_name(p, cell, name, sizeof name));
    }
    return true;
}

bool command_edit(struct session *s, struct text rest, struct err *err)
{
    struct cell cell;
    double value;
    enum edit_kind kind = EDIT_PARAM;
    size_t at = 0;
    if (!cell_argument(s, &rest, &cell, err) ||
        !argument_value(&rest, "the new value", &value, err) || !arguments_end(rest, err) ||
        !find_target(s, cell, &kind, &at, err) || !check_finite(value, err))
        return false;
    if ((kind == EDIT_LABEL && !check_label(s, value, err)) ||
        (kind == EDIT_RATE && !check_rate(value, err)))
        return false;
    return edit_do(s, kind, at, (float)value, err);
}

bool command_drag(struct session *s, struct text rest, struct err *err)
{
    struct text name = rest, word = text_next_word(&name);
    s->drags = text_is(word, s->dragged);
    text_copy(word, s->dragged, sizeof s->dragged);
    bool done = command_edit(s, rest, err);
    s->drags = false;
    return done;
}

bool command_label(struct session *s, struct text rest, struct err *err)
{
    double value;
    if (!argument_value(&rest, "the label", &value, err) || !arguments_end(rest, err) ||
        !check_finite(value, err) || !check_label(s, value, err))
        return false;
    if (s->inspect.y_count != 1)
        return err_set(err, ERR_STATE, NULL, 0,
                       "this set has %d numbers to predict; use edit label[0] VALUE",
                       s->inspect.y_count);
    return edit_do(s, EDIT_LABEL, (size_t)s->view_sample, (float)value, err);
}

bool command_rate(struct session *s, struct text rest, struct err *err)
{
    double value;
    return argument_value(&rest, "the learning rate", &value, err) && arguments_end(rest, err) &&
           check_finite(value, err) && check_rate(value, err) &&
           edit_do(s, EDIT_RATE, 0, (float)value, err);
}
