#include "session/history.h"

#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"

void event_release(struct event *e)
{
    moment_release(e->params);
    dataset_close(e->data_was);
    dataset_close(e->data_becomes);
}

void event_hold(struct event *e)
{
    if (e->params)
        moment_hold(e->params);
    if (e->data_was)
        dataset_hold(e->data_was);
    if (e->data_becomes)
        dataset_hold(e->data_becomes);
}

static void drop_events(struct history *h, int from)
{
    for (int i = from; i < h->event_count; i++)
        event_release(&h->events[i]);
    if (from < h->event_count)
        h->event_count = from;
    if (h->events_done > from)
        h->events_done = from;
}

void history_begin(struct history *h, const struct trainer *t)
{
    moments_clear(&h->moments);
    drop_events(h, 0);
    curve_clear(&h->curve);
    h->start = t->net->train;
    h->now = h->end = t->steps;
    moments_add(&h->moments, moment_take(t, 0));
}

void history_deinit(struct history *h)
{
    moments_clear(&h->moments);
    drop_events(h, 0);
    free(h->events);
    dataset_close(h->data);
    curve_deinit(&h->curve);
    *h = (struct history){0};
}

void history_forget_undone(struct history *h)
{
    drop_events(h, h->events_done);
}

void history_add(struct history *h, const struct event *e)
{
    history_forget_undone(h);
    h->events = mem_grow(h->events, &h->event_capacity, h->event_count + 1, sizeof *h->events);
    h->events[h->event_count++] = *e;
    h->events_done = h->event_count;
}

void history_cut(struct history *h, int64_t steps)
{
    int events = history_events_before(h, steps);
    if (events < h->events_done)
        drop_events(h, events);
    moments_cut(&h->moments, steps, events);
    if (h->end > steps)
        h->end = steps;
}

void history_undo(struct history *h)
{
    int64_t steps = h->events[--h->events_done].steps;
    moments_cut(&h->moments, steps, h->events_done);
    h->end = steps;
}

void history_fork(struct history *to, const struct history *from, int64_t steps)
{
    int events = history_events_before(from, steps);
    to->start = from->start;
    moments_share(&to->moments, &from->moments, steps, events);
    to->data = from->data ? dataset_hold(from->data) : NULL;
    for (int i = 0; i < events; i++) {
        history_add(to, &from->events[i]);
        event_hold(&to->events[i]);
    }
    curve_copy(&to->curve, &from->curve);
    to->now = to->end = steps;
}

const struct train_settings *history_settings(const struct history *h, int events)
{
    for (int i = events - 1; i >= 0; i--)
        if (h->events[i].kind == EVENT_SETTINGS)
            return &h->events[i].becomes;
    return &h->start;
}

struct dataset *history_data(const struct history *h, int events)
{
    for (int i = events - 1; i >= 0; i--)
        if (h->events[i].kind == EVENT_DATA)
            return h->events[i].data_becomes;
    return h->data;
}

int history_events_before(const struct history *h, int64_t steps)
{
    int n = h->events_done;
    while (n > 0 && h->events[n - 1].steps > steps)
        n--;
    return n;
}
