#include "glassnet/step/pair.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/nn/engine.h"
#include "glassnet/nn/program.h"
#include "glassnet/nn/trainer.h"

struct pair {
    enum optimiser_kind kind;
    float at[2];
    struct net *net; /* one weight and one bias; what it would compute is never run */
    struct program *program;
    struct buffers buffers;
    struct optimiser moments;
    int first; /* operation of the update */
};

static bool build(struct pair *p, float mu, struct err *err)
{
    char text[200], momentum[32] = "";
    if (p->kind == OPT_MOMENTUM || p->kind == OPT_NESTEROV)
        snprintf(momentum, sizeof momentum, " mu=%.9g", (double)mu);
    snprintf(text, sizeof text, "input 1\nat dense 1\nloss squared-error\ntrain %s%s\n",
             optimiser_name(p->kind), momentum);
    struct net *net = net_parse(text, NULL, err);
    if (!net)
        return false;
    struct program *program = program_create(net, MODE_TRAIN, 1);
    struct buffers buffers;
    if (!buffers_init(&buffers, program, 1, sizeof(float), true, err)) {
        program_destroy(program);
        net_destroy(net);
        return false;
    }
    buffers_deinit(&p->buffers);
    program_destroy(p->program);
    net_destroy(p->net);
    p->net = net;
    p->program = program;
    p->buffers = buffers;
    p->first = 0;
    while (program->ops[p->first].phase != PHASE_UPDATE)
        p->first++;
    return true;
}

struct pair *pair_create(enum optimiser_kind kind, float mu, const float start[2], struct err *err)
{
    struct pair *p = mem_zalloc(1, sizeof *p);
    p->kind = kind;
    memcpy(p->at, start, sizeof p->at);
    if (!build(p, mu, err)) {
        pair_destroy(p);
        return NULL;
    }
    optimiser_init(&p->moments, p->net);
    return p;
}

void pair_destroy(struct pair *p)
{
    if (!p)
        return;
    optimiser_deinit(&p->moments);
    buffers_deinit(&p->buffers);
    program_destroy(p->program);
    net_destroy(p->net);
    free(p);
}

const float *pair_at(const struct pair *p)
{
    return p->at;
}

/* Where a tensor's numbers come from and go to; NULL: they are none of the pair's. */
static float *home_of(struct pair *p, const struct tensor *t, bool *after)
{
    *after = t->role == ROLE_NEW || t->role == ROLE_NEW_M || t->role == ROLE_NEW_V ||
             t->role == ROLE_NEW_U;
    if (t->is_param || t->role == ROLE_NEW)
        return p->at;
    if (t->role == ROLE_M || t->role == ROLE_NEW_M)
        return p->moments.m;
    if (t->role == ROLE_V || t->role == ROLE_NEW_V)
        return p->moments.v;
    if (t->role == ROLE_U || t->role == ROLE_NEW_U)
        return p->moments.u;
    return NULL;
}

static void copy(struct pair *p, bool after)
{
    for (int k = 0; k < p->program->tensor_count; k++) {
        const struct tensor *t = &p->program->tensors[k];
        bool is_after;
        float *home = home_of(p, t, &is_after);
        if (home && is_after && after)
            memcpy(home + t->offset, p->buffers.at[k], t->count * sizeof *home);
        else if (home && !is_after && !after)
            memcpy(p->buffers.at[k], home + t->offset, t->count * sizeof *home);
    }
}

void pair_step(struct pair *p, const float gradient[2], float rate)
{
    copy(p, false);
    for (int k = 0; k < p->program->tensor_count; k++) {
        const struct tensor *t = &p->program->tensors[k];
        if (t->is_param && t->grad >= 0)
            *(float *)p->buffers.at[t->grad] = gradient[t->offset];
    }
    *(float *)p->buffers.at[p->program->rate_start] = rate;
    p->buffers.t = p->moments.t + 1;
    engine_run(&p->buffers, p->first, p->program->op_count);
    copy(p, true);
    p->moments.t++;
}

bool pair_set_mu(struct pair *p, float mu, struct err *err)
{
    return build(p, mu, err);
}
