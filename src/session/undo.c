/* Undo and redo, over samples' numbers and the run's. What was changed at another step of the run
 * is gone to first: undo once more takes it back there. */
#include <string.h>

#include "session/state.h"

static bool put_sample(struct session *s, const struct edit *e, float value, struct err *err)
{
    float *place = e->kind == EDIT_INPUT ? &s->inspect.x[e->at] : &s->inspect.labels[e->at];
    float now = *place;
    if (s->kind == PASS_RUN)
        return err_set(err, ERR_STATE, NULL, 0,
                       "a training batch is taken as it is; use inspect, then change the sample");
    *place = value;
    if (pass_rerun(s, err))
        return true;
    *place = now;
    return false;
}

/* To the event's own step, with what follows it kept. *there says whether we were there already. */
static bool go_there(struct session *s, const struct event *e, bool *there, struct err *err)
{
    if (!worker_refuses(s, "changes of the run can be taken back", err))
        return false;
    worker_wait(s); /* until a pause has begun */
    *there = time_now(s) == e->steps;
    if (*there)
        return true;
    worker_stop(s);
    if (!time_show(s, e->steps, false, err))
        return false;
    selection_follow(s);
    return true;
}

static bool undo_event(struct session *s, struct err *err)
{
    struct history *h = time_run(s);
    const struct event e = h->events[h->events_done - 1];
    bool there;
    if (!go_there(s, &e, &there, err))
        return false;
    if (!there)
        return true;
    if (h->end > e.steps && !time_change(s, err))
        return false;
    h = time_run(s);
    if (e.kind == EVENT_PARAM) {
        s->net->params[e.at] = e.before;
        if (!pass_rerun(s, err)) {
            s->net->params[e.at] = e.after;
            return false;
        }
        history_undo(h);
        worker_edited(s);
        return true;
    }
    if (!s->trainer) {
        if (e.kind == EVENT_DATA)
            points_use(s, e.data_was);
        if (e.kind == EVENT_DATA ? !time_show_now(s, false, err) : !time_settings(s, &e.was, err))
            return false;
        history_undo(h);
        return true;
    }
    worker_stop(s);
    history_undo(h);
    if (time_show(s, e.steps, false, err))
        return true;
    h->events_done++;
    return false;
}

static bool apply_and_show(struct session *s, const struct event *e, struct err *err)
{
    if (e->kind == EVENT_SETTINGS)
        return time_settings(s, &e->becomes, err);
    time_apply(s, e);
    if (e->kind == EVENT_DATA)
        return time_show_now(s, false, err);
    return pass_rerun(s, err);
}

static bool redo_event(struct session *s, struct err *err)
{
    struct history *h = time_run(s);
    const struct event e = h->events[h->events_done];
    bool there;
    if (!go_there(s, &e, &there, err))
        return false;
    if (!there)
        return true;
    if (!time_change(s, err))
        return false;
    if (time_run(s) != h) { /* the future was kept as another branch, and this one redoes */
        struct event copy = e;
        event_hold(&copy);
        history_add(time_run(s), &copy);
    } else {
        h->events_done++;
    }
    if (apply_and_show(s, &e, err)) {
        worker_edited(s);
        return true;
    }
    time_run(s)->events_done--;
    return false;
}

/* Which of the two was changed later (undo) or earlier (redo). */
static bool event_is_next(const struct history *h, const struct session *s, bool undo)
{
    if (undo) {
        uint64_t edit = s->edits_done ? s->edits[s->edits_done - 1].number : 0;
        return h->events_done && h->events[h->events_done - 1].number > edit;
    }
    uint64_t edit = s->edits_done < s->edit_count ? s->edits[s->edits_done].number : UINT64_MAX;
    return h->events_done < h->event_count && h->events[h->events_done].number < edit;
}

/* The same for the pad, which is neither. */
static bool pad_is_next(struct session *s, bool undo)
{
    const struct history *h = time_run(s);
    if (undo) {
        uint64_t edit = s->edits_done ? s->edits[s->edits_done - 1].number : 0;
        uint64_t event = h->events_done ? h->events[h->events_done - 1].number : 0;
        return pad_undo_number(s) > (edit > event ? edit : event);
    }
    uint64_t edit = s->edits_done < s->edit_count ? s->edits[s->edits_done].number : UINT64_MAX;
    uint64_t event =
        h->events_done < h->event_count ? h->events[h->events_done].number : UINT64_MAX;
    return pad_redo_number(s) < (edit < event ? edit : event);
}

/* While the text that is being built is shown, its changes are meant. */
static bool concerns_building(const struct session *s)
{
    return s->build.text && strcmp(s->view, "build") == 0;
}

/* While the kernel lab is shown, its kernel is meant. */
static bool concerns_kernels(const struct session *s)
{
    return s->kernels.trace && strcmp(s->view, "kernels") == 0;
}

bool command_undo(struct session *s, struct text rest, struct err *err)
{
    if (!arguments_end(rest, err))
        return false;
    if (concerns_building(s))
        return build_undo(&s->build, false, err);
    if (concerns_kernels(s))
        return kernels_undo(&s->kernels, false, err);
    if (pad_is_next(s, true))
        return pad_undo(s, err);
    if (event_is_next(time_run(s), s, true))
        return undo_event(s, err);
    if (s->edits_done == 0)
        return err_set(err, ERR_STATE, NULL, 0, "there is no edit to undo");
    const struct edit *e = &s->edits[s->edits_done - 1];
    if (!put_sample(s, e, e->before, err))
        return false;
    s->edits_done--;
    return true;
}

bool command_redo(struct session *s, struct text rest, struct err *err)
{
    if (!arguments_end(rest, err))
        return false;
    if (concerns_building(s))
        return build_undo(&s->build, true, err);
    if (concerns_kernels(s))
        return kernels_undo(&s->kernels, true, err);
    if (pad_is_next(s, false))
        return pad_redo(s, err);
    if (event_is_next(time_run(s), s, false))
        return redo_event(s, err);
    if (s->edits_done == s->edit_count)
        return err_set(err, ERR_STATE, NULL, 0, "there is no undone edit to redo");
    const struct edit *e = &s->edits[s->edits_done];
    if (!put_sample(s, e, e->after, err))
        return false;
    s->edits_done++;
    return true;
}
