/* Another network beside the one on screen: its parameters are copied when it is asked for, its
 * pass is run anew with each pass on screen. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/io/model.h"
#include "session/state.h"

struct beside {
    enum beside_kind kind;
    char title[128];
    struct net *net; /* without a loss */
    struct program *program;
    enum program_mode mode; /* the program's */
    struct trace *trace;
    uint64_t pass; /* it belongs to, */
    int view_sample;
    const struct program *beside_of; /* and its program; only compared */
    float *probabilities;
    int guess;
    int layers;
    int *match;
    float **difference;
};

static void drop_differences(struct beside *b)
{
    for (int l = 0; l < b->layers; l++)
        free(b->difference[l]);
    free(b->difference);
    free(b->match);
    b->difference = NULL;
    b->match = NULL;
    b->layers = 0;
}

void beside_clear(struct session *s)
{
    struct beside *b = s->beside;
    if (!b)
        return;
    drop_differences(b);
    trace_destroy(b->trace);
    program_destroy(b->program);
    net_destroy(b->net);
    free(b->probabilities);
    free(b);
    s->beside = NULL;
}

void beside_run_begins(struct session *s)
{
    if (s->beside && s->beside->kind != BESIDE_FILE)
        beside_clear(s);
}

/* The other's layer of the same name and shape. */
static int match_of(const struct beside *b, const struct layer *layer)
{
    int l = net_find_layer(b->net, layer->name);
    return l >= 0 && shape_equal(&b->net->layers[l].out, &layer->out) ? l : -1;
}

static void find_differences(struct session *s, struct beside *b)
{
    drop_differences(b);
    b->layers = s->net->layer_count;
    b->match = mem_zalloc((size_t)b->layers, sizeof *b->match);
    b->difference = mem_zalloc((size_t)b->layers, sizeof *b->difference);
    for (int l = 0; l < b->layers; l++) {
        int other = b->match[l] = match_of(b, &s->net->layers[l]);
        if (other < 0)
            continue;
        size_t count = shape_count(&s->net->layers[l].out);
        size_t first = count * (size_t)s->view_sample;
        const float *mine = trace_tensor(s->trace, s->program->layer_out[l]) + first;
        const float *theirs = trace_tensor(b->trace, b->program->layer_out[other]) + first;
        float *out = b->difference[l] = mem_zalloc(count, sizeof *out);
        for (size_t i = 0; i < count; i++)
            out[i] = theirs[i] - mine[i];
    }
}

static void predict(struct session *s, struct beside *b)
{
    const struct batch *batch = pass_batch(s);
    const float *x = batch->x + (size_t)s->view_sample * batch->x_count;
    free(b->probabilities);
    b->probabilities = mem_zalloc(shape_count(&net_output(b->net)->out), sizeof(float));
    b->guess = -1;
    if (net_predict(b->net, x, 1, b->probabilities, NULL) && (!s->data || s->data->n_classes))
        b->guess = net_class(b->net, b->probabilities);
}

/* The pass of the samples on screen, and what differs. */
static bool run(struct session *s, struct beside *b, struct err *err)
{
    const struct batch *batch = pass_batch(s);
    if (!shape_equal(&b->net->layers[0].out, &s->net->layers[0].out))
        return err_set(err, ERR_INPUT, NULL, 0,
                       "%s takes %zu numbers, the network on screen %zu: they cannot be shown the "
                       "same sample",
                       b->title, shape_count(&b->net->layers[0].out),
                       shape_count(&s->net->layers[0].out));
    if (!b->program || b->mode != s->mode) {
        trace_destroy(b->trace);
        b->trace = NULL;
        program_destroy(b->program);
        b->program = program_create(b->net, s->mode, 0);
        b->mode = s->mode;
    }
    struct pass pass = {.n = batch->n,
                        .samples = batch->samples,
                        .x = batch->x,
                        .redraw = s->kind == PASS_INSPECT ? s->redraws : 0};
    struct trace *trace = trace_run(b->program, &pass, err);
    if (!trace)
        return false;
    trace_destroy(b->trace);
    b->trace = trace;
    b->pass = s->passes;
    b->view_sample = s->view_sample;
    b->beside_of = s->program;
    predict(s, b);
    find_differences(s, b);
    return true;
}

void beside_fill(struct session *s, struct beside_view *view)
{
    struct beside *b = s->beside;
    bool fresh = b && s->trace && b->pass == s->passes && b->view_sample == s->view_sample &&
                 b->beside_of == s->program && b->mode == s->mode;
    if (b && s->trace && !fresh && !run(s, b, NULL))
        beside_clear(s);
    b = s->trace ? s->beside : NULL;
    *view = (struct beside_view){.title = "", .guess = -1};
    if (!b)
        return;
    *view = (struct beside_view){.kind = b->kind,
                                 .title = b->title,
                                 .net = b->net,
                                 .program = b->program,
                                 .trace = b->trace,
                                 .probabilities = b->probabilities,
                                 .output_count = (int)shape_count(&net_output(b->net)->out),
                                 .guess = b->guess,
                                 .match = b->match,
                                 .difference = b->difference};
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
        strcpy(b->title, start ? "start of the run" : "untrained");
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
    struct beside *old = s->beside;
    struct beside *b = s->beside = mem_zalloc(1, sizeof *b);
    b->net = find(s, rest, b, err);
    if (b->net)
        b->net->loss = LOSS_NONE; /* its own labels may be others */
    if (b->net && run(s, b, err)) {
        struct beside *now = b;
        s->beside = old;
        beside_clear(s);
        s->beside = now;
        return true;
    }
    beside_clear(s);
    s->beside = old;
    return false;
}
