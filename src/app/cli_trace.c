/* glassnet trace and what explain shares with it: one pass of chosen samples. */
#include <stdio.h>

#include "app/cli_pass.h"
#include "glassnet/base/file.h"
#include "glassnet/io/trace_file.h"

bool cli_pass_run(struct cli_pass *p, const struct cli *c, struct err *err)
{
    *p = (struct cli_pass){0};
    const char *samples = cli_value(c, "sample");
    if (!samples)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "which sample? Say it with --sample N or, for a batch, --sample N,N,...");
    p->net = cli_load_net(c, c->args[0], err);
    if (!p->net)
        return false;
    p->data = cli_open_data(c, p->net, DATASET_ALL, err);
    if (!p->data || !cli_batch_init(&p->batch, p->data, samples, 0, err))
        return false;
    p->program = program_create(p->net, MODE_TRAIN, p->data->n_targets);
    struct pass pass = {
        .n = p->batch.n,
        .samples = p->batch.samples,
        .x = p->batch.x,
        .labels = p->batch.labels,
        .rate = p->net->train.rate,
        .rate_schedule = 1.0f,
    };
    p->trace = trace_run(p->program, &pass, err);
    return p->trace != NULL;
}

void cli_pass_deinit(struct cli_pass *p)
{
    trace_destroy(p->trace);
    program_destroy(p->program);
    cli_batch_deinit(&p->batch);
    dataset_close(p->data);
    net_destroy(p->net);
    *p = (struct cli_pass){0};
}

static void say_first_bad(const struct cli *c, const struct trace *t)
{
    int op = trace_first_bad(t);
    if (op >= 0)
        cli_say(c, "a NaN or infinity began at %s",
                t->program->tensors[t->program->ops[op].out].name);
}

static int run(struct cli *c)
{
    struct err err = {0};
    struct cli_pass p = {0};
    const char *path = cli_value(c, "output");
    bool ok = true;
    if (!path)
        ok = err_set(&err, ERR_USAGE, NULL, 0, "where to? Say it with -o FILE.npz");
    ok = ok && cli_can_write(path, &err) && cli_pass_run(&p, c, &err) &&
         trace_save(p.trace, path, &err);
    if (ok) {
        say_first_bad(c, p.trace);
        if (c->json)
            printf("{\"tensors\": %d, \"samples\": %d}\n", p.program->tensor_count, p.batch.n);
        else
            cli_say(c, "%s: %d tensors of one pass of %d sample%s", path, p.program->tensor_count,
                    p.batch.n, p.batch.n == 1 ? "" : "s");
    }
    cli_pass_deinit(&p);
    return ok ? 0 : cli_fail(&err);
}

static const struct cli_option options[] = {
    {"data", "DATA", "the set the samples are of; else the network's own, all of it"},
    {"sample", "N[,N...]", "numbers of the samples, from 0; several make one batch"},
    {"output", "FILE.npz", "the file, written whole or not at all"},
    {NULL, NULL, NULL}};

const struct cli_command cli_trace = {
    .name = "trace",
    .what = "writes every number of one forward, loss, backward and update",
    .example = "glassnet trace digits-cnn.net --sample 0,1 -o pass.npz\n"
               "python3 -c \"import numpy; t = numpy.load('pass.npz'); print(t['d:out.W'])\"",
    .usage = "NET [--data DATA] --sample N[,N...] -o FILE.npz",
    .about = "The pass is that of training: the optimiser's first step from moments of 0.",
    .fewest = 1,
    .most = 1,
    .options = options,
    .run = run,
};
