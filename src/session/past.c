/* Earlier runs: what a new start would forget. Their curves stay, with the settings they were made
 * by, so that runs can be laid over each other. */
#include <stdio.h>
#include <string.h>

#include "session/state.h"

static void drop(struct session *s, int at)
{
    curve_deinit(&s->past[at].curve);
    memmove(&s->past[at], &s->past[at + 1], (size_t)(s->past_count - at - 1) * sizeof *s->past);
    s->past_count--;
}

void past_clear(struct session *s)
{
    while (s->past_count > 0)
        drop(s, s->past_count - 1);
    s->past_number = 0;
}

static bool has_learnt(const struct history *h)
{
    return h->curve.count > 1;
}

static void keep(struct session *s, const struct history *h, int events)
{
    if (s->past_count == PAST_MOST)
        drop(s, 0);
    struct past_run *run = &s->past[s->past_count++];
    *run = (struct past_run){.settings = *history_settings(h, events)};
    s->past_number++;
    if (strcmp(h->name, "run") == 0)
        snprintf(run->name, sizeof run->name, "run %d", s->past_number);
    else
        snprintf(run->name, sizeof run->name, "%s", h->name);
    curve_copy(&run->curve, &h->curve);
}

void past_keep(struct session *s)
{
    for (int i = 0; i < s->branch_count; i++)
        if (has_learnt(&s->branches[i]))
            keep(s, &s->branches[i], s->branches[i].events_done);
}

void past_fill(struct session *s)
{
    for (int i = 0; i < s->past_count; i++) {
        const struct past_run *run = &s->past[i];
        s->past_infos[i] = (struct past_info){.name = run->name,
                                              .settings = &run->settings,
                                              .points = run->curve.points,
                                              .point_count = run->curve.count};
    }
}

bool command_forget(struct session *s, struct text rest, struct err *err)
{
    long number;
    rest = text_trim(rest);
    if (text_is(rest, "all")) {
        s->changed = s->past_count > 0;
        past_clear(s);
        return true;
    }
    if (s->past_count == 0)
        return err_set(err, ERR_STATE, NULL, 0, "no earlier run is kept");
    if (!argument_long(&rest, "an earlier run's number, or all", 1, s->past_count, &number, err) ||
        !arguments_end(rest, err))
        return false;
    drop(s, (int)number - 1);
    return true;
}
