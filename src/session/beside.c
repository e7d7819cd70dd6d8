/* Another network beside the one on screen: its parameters are copied when it is asked for, its
 * pass is run anew, in a thread, with each pass on screen. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "glassnet/io/model.h"
#include "session/beside_pass.h"

struct beside {
    enum beside_kind kind;
    char title[128];
    struct net *net;
    enum loss_kind loss;       /* its own; left out while it cannot read the labels */
    struct beside_pass *shown; /* NULL: none yet */
    struct beside_pass *next;  /* under way, or NULL */
};

void beside_clear(struct session *s)
{
    struct beside *b = s->beside;
    if (!b)
        return;
    beside_pass_destroy(b->next);
    beside_pass_destroy(b->shown);
    net_destroy(b->net);
    free(b);
    s->beside = NULL;
}

void beside_run_begins(struct session *s)
{
    if (s->beside && s->beside->kind != BESIDE_FILE)
        beside_clear(s);
}

static bool is_of_now(const struct session *s, const struct beside_pass *p)
{
    return p && p->pass == s->passes && p->view_sample == s->view_sample;
}

/* Begins the pass on screen where it is not the one shown. */
static void follow(struct session *s)
{
    struct beside *b = s->beside;
    if (!b || !s->trace || b->next || is_of_now(s, b->shown))
        return;
    b->net->loss = b->loss;
    if (!s->data || !session_fits(b->net, s->data, NULL))
        b->net->loss = LOSS_NONE;
    b->next = beside_pass_begin(s, b->net);
}

/* Takes over what the thread has found. */
static void take(struct session *s)
{
    struct beside *b = s->beside;
    struct beside_pass *found = b->next;
    b->next = NULL;
    if (!found->trace) { /* memory was short */
        beside_pass_destroy(found);
        beside_clear(s);
        return;
    }
    beside_pass_destroy(b->shown);
    b->shown = found;
}

bool beside_update(struct session *s)
{
    bool news = s->beside && s->beside->next && beside_pass_is_over(s->beside->next);
    if (news)
        take(s);
    follow(s);
    return news;
}

void beside_wait(struct session *s)
{
    follow(s);
    while (s->beside && s->beside->next) {
        beside_pass_wait(s->beside->next);
        take(s);
        s->revision++;
        follow(s);
    }
}

static void fill_pass(const struct beside_pass *p, struct beside_view *view)
{
    view->program = p->program;
    view->trace = p->trace;
    view->sample = p->sample;
    view->view_sample = p->view_sample;
    view->has_loss = p->has_loss;
    view->here = (struct beside_answer){p->answer, p->answers, p->guess};
    view->there = (struct beside_answer){
        p->other_answer, (int)shape_count(&net_output(p->net)->out), p->other_guess};
    view->layers = p->layers;
    view->match = p->match;
    for (int k = 0; k < BESIDE_SUBJECTS; k++) {
        view->mine[k] = p->mine[k];
        view->apart[k] = p->apart[k];
    }
}

void beside_fill(const struct session *s, struct beside_view *view)
{
    const struct beside *b = s->trace ? s->beside : NULL;
    *view = (struct beside_view){.title = "", .here.guess = -1, .there.guess = -1};
    if (!b)
        return;
    view->kind = b->kind;
    view->title = b->title;
    view->net = b->net;
    view->running = !is_of_now(s, b->shown);
    if (b->shown)
        fill_pass(b->shown, view);
}

/* Can it be shown the same samples? */
static bool takes_the_same(const struct session *s, const struct beside *b, struct err *err)
{
    const struct shape *there = &b->net->layers[0].out, *here = &s->net->layers[0].out;
    return shape_equal(there, here) ||
           err_set(err, ERR_INPUT, NULL, 0,
                   "%s takes %zu numbers, the network on screen %zu: they cannot be shown the "
                   "same sample",
                   b->title, shape_count(there), shape_count(here));
}

static struct net *at_start(struct session *s, struct err *err)
{
    const struct history *h = time_run(s);
    if (h->moments.count == 0) {
        err_set(err, ERR_STATE, NULL, 0, "there is no run whose start could be shown: %s",
                s->no_trainer.message);
        return NULL;
    }
    struct net *net = net_copy(s->net);
    memcpy(net->params, checkpoint_params(&h->moments.list[0]->state),
           net->param_count * sizeof *net->params);
    return net;
}

static struct net *of_branch(struct session *s, int branch, struct err *err)
{
    struct net *net = net_copy(s->net);
    struct trainer *t = compare_reach(s, &s->branches[branch], net, err);
    bool ok = t != NULL;
    trainer_destroy(t);
    if (ok)
        return net;
    net_destroy(net);
    return NULL;
}

/* The network that is named, and its title. */
static struct net *find(struct session *s, struct text name, struct beside *b, struct err *err)
{
    char path[1024];
    int branch;
    struct net *net;
    if (text_is(name, "start") || text_is(name, "fresh")) {
        bool start = text_is(name, "start");
        b->kind = start ? BESIDE_START : BESIDE_FRESH;
        snprintf(b->title, sizeof b->title, "%s", start ? _("start of the run") : _("untrained"));
        if (start)
            return at_start(s, err);
        net = net_copy(s->net);
        net_start(net, net->train.seed);
        return net;
    }
    if (!argument_path(name, NULL, path, sizeof path, err))
        return NULL;
    if (file_ends_with(path, ".net")) {
        char found[1024];
        b->kind = BESIDE_FILE;
        snprintf(b->title, sizeof b->title, "%s", file_name(path));
        bool there = !file_exists(path) && file_find_shared(found, sizeof found, path);
        return model_load(there ? found : path, false, NULL, err);
    }
    if (!branch_argument(s, name, &branch, err))
        return NULL;
    if (branch == s->branch) {
        err_set(err, ERR_STATE, NULL, 0, "\"%s\" is the branch on screen; name another",
                s->branches[branch].name);
        return NULL;
    }
    b->kind = BESIDE_BRANCH;
    snprintf(b->title, sizeof b->title, "%s", s->branches[branch].name);
    return of_branch(s, branch, err);
}

bool command_beside(struct session *s, struct text rest, struct err *err)
{
    rest = text_trim(rest);
    if (text_is(rest, "none")) {
        s->changed = s->beside != NULL;
        beside_clear(s);
        return true;
    }
    if (rest.n == 0)
        return err_set(err, ERR_USAGE, NULL, 0, "what is to stand beside this network?");
    struct beside *b = mem_zalloc(1, sizeof *b);
    b->net = find(s, rest, b, err);
    if (!b->net || !takes_the_same(s, b, err)) {
        net_destroy(b->net);
        free(b);
        return false;
    }
    b->loss = b->net->loss;
    beside_clear(s);
    s->beside = b;
    follow(s);
    return true;
}
