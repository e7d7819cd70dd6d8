/* Changing single numbers, taking it back, and the training settings that are numbers. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "session/state.h"

static void put(struct session *s, const struct edit *e, float value)
{
    switch (e->kind) {
    case EDIT_PARAM:
        s->net->params[e->at] = value;
        worker_edited(s);
        break;
    case EDIT_INPUT:
        s->inspect.x[e->at] = value;
        break;
    case EDIT_LABEL:
        s->inspect.labels[e->at] = value;
        break;
    case EDIT_RATE:
        s->settings_changed = true;
        s->net->train.rate = value;
        worker_set_rate(s, value);
        break;
    }
}

static float get(const struct session *s, const struct edit *e)
{
    switch (e->kind) {
    case EDIT_PARAM:
        return s->net->params[e->at];
    case EDIT_INPUT:
        return s->inspect.x[e->at];
    case EDIT_LABEL:
        return s->inspect.labels[e->at];
    case EDIT_RATE:
        break;
    }
    return s->net->train.rate;
}

static void forget(struct session *s, bool params)
{
    int kept = 0, done = 0;
    for (int i = 0; i < s->edit_count; i++) {
        enum edit_kind kind = s->edits[i].kind;
        bool of_sample = kind == EDIT_INPUT || kind == EDIT_LABEL;
        if (params ? kind == EDIT_PARAM : of_sample)
            continue;
        done += i < s->edits_done;
        s->edits[kept++] = s->edits[i];
    }
    s->edit_count = kept;
    s->edits_done = done;
}

/* Training has gone over the edited parameters: putting an old number back would mix two
 * networks. */
void edits_forget_params(struct session *s)
{
    forget(s, true);
}

void edits_forget_sample(struct session *s)
{
    forget(s, false);
}

static bool is_possible(struct session *s, enum edit_kind kind, struct err *err)
{
    if (kind == EDIT_PARAM) {
        if (!worker_refuses(s, "parameters can be changed", err))
            return false;
        session_wait(s); /* until a pause has begun and what was learnt is here */
        return true;
    }
    if (kind != EDIT_RATE && s->kind == PASS_RUN)
        return err_set(err, ERR_STATE, NULL, 0,
                       "a training batch is taken as it is; use inspect, then change the sample");
    return true;
}

bool edit_do(struct session *s, enum edit_kind kind, size_t at, float value, struct err *err)
{
    struct edit e = {.kind = kind, .at = at, .after = value};
    if (!is_possible(s, kind, err))
        return false;
    e.before = get(s, &e);
    bool label_given = s->label_given;
    s->label_given = s->label_given || (kind == EDIT_LABEL && s->drawing);
    put(s, &e, value);
    if (!pass_rerun(s, err)) {
        put(s, &e, e.before);
        s->label_given = label_given;
        return false;
    }
    s->edits = mem_grow(s->edits, &s->edit_capacity, s->edits_done + 1, sizeof e);
    s->edits[s->edits_done++] = e;
    s->edit_count = s->edits_done;
    return true;
}

static bool redo_or_undo(struct session *s, const struct edit *e, float value, struct err *err)
{
    float now = get(s, e);
    if (!is_possible(s, e->kind, err))
        return false;
    put(s, e, value);
    if (pass_rerun(s, err))
        return true;
    put(s, e, now);
    return false;
}

bool command_undo(struct session *s, struct text rest, struct err *err)
{
    if (!arguments_end(rest, err))
        return false;
    if (s->edits_done == 0)
        return err_set(err, ERR_STATE, NULL, 0, "there is no edit to undo");
    const struct edit *e = &s->edits[s->edits_done - 1];
    if (!redo_or_undo(s, e, e->before, err))
        return false;
    s->edits_done--;
    return true;
}

bool command_redo(struct session *s, struct text rest, struct err *err)
{
    if (!arguments_end(rest, err))
        return false;
    if (s->edits_done == s->edit_count)
        return err_set(err, ERR_STATE, NULL, 0, "there is no undone edit to redo");
    const struct edit *e = &s->edits[s->edits_done];
    if (!redo_or_undo(s, e, e->after, err))
        return false;
    s->edits_done++;
    return true;
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
        !argument_number(&rest, "the new value", &value, err) || !arguments_end(rest, err) ||
        !find_target(s, cell, &kind, &at, err) || !check_finite(value, err))
        return false;
    if ((kind == EDIT_LABEL && !check_label(s, value, err)) ||
        (kind == EDIT_RATE && !check_rate(value, err)))
        return false;
    return edit_do(s, kind, at, (float)value, err);
}

bool command_label(struct session *s, struct text rest, struct err *err)
{
    double value;
    if (!argument_number(&rest, "the label", &value, err) || !arguments_end(rest, err) ||
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
    return argument_number(&rest, "the learning rate", &value, err) && arguments_end(rest, err) &&
           check_finite(value, err) && check_rate(value, err) &&
           edit_do(s, EDIT_RATE, 0, (float)value, err);
}
