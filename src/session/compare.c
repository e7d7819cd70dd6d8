/* Another branch's numbers for the samples on screen, to stand beside them. */
#include <stdlib.h>
#include <string.h>

#include "session/state.h"

void compare_clear(struct session *s)
{
    struct comparison *c = &s->compare;
    trace_destroy(c->trace);
    program_destroy(c->program);
    net_destroy(c->net);
    *c = (struct comparison){.branch = -1};
}

/* A trainer of its own runs from the nearest moment to where the branch stands; leaving a branch
 * keeps a moment there, so that this is no way at all. */
struct trainer *compare_reach(struct session *s, const struct history *h, struct net *net,
                              struct err *err)
{
    const struct moment *m = moments_find(&h->moments, h->now);
    int events = m->events;
    net->train = *history_settings(h, events);
    struct source source = source_of(history_data(h, events));
    struct trainer *t = trainer_create(net, &source, s->engine, err);
    if (!t)
        return NULL;
    checkpoint_restore(&m->state, t);
    for (; events < h->events_done && h->events[events].steps <= h->now; events++) {
        const struct event *e = &h->events[events];
        while (t->steps < e->steps)
            trainer_step(t);
        if (e->kind == EVENT_PARAM)
            net->params[e->at] = e->after;
        else if (e->kind == EVENT_PARAMS)
            memcpy(net->params, checkpoint_params(&e->params->state),
                   net->param_count * sizeof *net->params);
        else if (e->kind == EVENT_DATA)
            t = points_take(t, e->data_becomes, s->engine, err);
        else if (!time_take_settings(&t, &e->becomes, s->engine, err)) {
            trainer_destroy(t);
            t = NULL;
        }
        if (!t)
            return NULL;
    }
    while (t->steps < h->now)
        trainer_step(t);
    return t;
}

/* The pass of the samples on screen by what the trainer has. */
static struct trace *run(struct session *s, struct comparison *c, const struct trainer *t,
                         struct err *err)
{
    const struct batch *b = pass_batch(s);
    struct pass pass = {.n = b->n,
                        .samples = b->samples,
                        .x = b->x,
                        .labels = c->program->has_loss ? b->labels : NULL,
                        .optimiser = &t->optimiser,
                        .redraw = s->kind == PASS_INSPECT ? s->redraws : 0};
    trainer_rate(t, &pass.rate, &pass.rate_schedule);
    return trace_run(c->program, &pass, err);
}

static bool compare_with(struct session *s, int branch, struct err *err)
{
    struct comparison c = {.branch = branch, .pass = s->passes, .net = net_copy(s->net)};
    struct trainer *t = compare_reach(s, &s->branches[branch], c.net, err);
    if (t) {
        c.program = program_create(c.net, s->mode, s->data->n_targets);
        c.trace = run(s, &c, t, err);
    }
    trainer_destroy(t);
    if (!c.trace) {
        program_destroy(c.program);
        net_destroy(c.net);
        return false;
    }
    compare_clear(s);
    s->compare = c;
    return true;
}

void compare_refresh(struct session *s)
{
    int branch = s->compare.branch;
    if (branch < 0 || s->compare.pass == s->passes)
        return;
    if (branch >= s->branch_count || branch == s->branch || !s->trace ||
        !compare_with(s, branch, NULL))
        compare_clear(s);
}

bool command_compare(struct session *s, struct text rest, struct err *err)
{
    int branch;
    if (text_is(text_trim(rest), "none")) {
        s->changed = s->compare.branch >= 0;
        compare_clear(s);
        return true;
    }
    if (!branch_argument(s, rest, &branch, err))
        return false;
    if (branch == s->branch)
        return err_set(err, ERR_STATE, NULL, 0,
                       "\"%s\" is the branch on screen; name the one to set beside it",
                       s->branches[branch].name);
    return compare_with(s, branch, err);
}
