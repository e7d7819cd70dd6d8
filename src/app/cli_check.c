/* glassnet check: backprop against central differences. */
#include <stdio.h>

#include "app/cli.h"
#include "app/json_out.h"
#include "app/progress_bar.h"
#include "glassnet/nn/gradcheck.h"

enum { USUAL_SAMPLES = 4, USUAL_PARAMETERS = 1000 };

static bool show_progress(void *context, size_t done, size_t total)
{
    struct progress_bar *bar = context;
    char after[64];
    if (progress_bar_due(bar, done == total)) {
        snprintf(after, sizeof after, "%zu of %zu parameters", done, total);
        progress_bar_draw(bar, "checking", total ? (double)done / (double)total : 1.0, after);
    }
    return true;
}

static void write_json(const struct gradcheck *g)
{
    struct json_out j = {.f = stdout};
    json_begin(&j, NULL, '{');
    json_begin(&j, "layers", '[');
    for (int i = 0; i < g->layer_count; i++) {
        const struct gradcheck_layer *layer = &g->layers[i];
        json_begin(&j, NULL, '{');
        json_text(&j, "name", layer->name);
        json_int(&j, "parameters", (int64_t)layer->parameters);
        json_int(&j, "checked", (int64_t)layer->checked);
        json_int(&j, "skipped", (int64_t)layer->skipped);
        json_number(&j, "max_relative_error", layer->max_relative_error);
        json_end(&j, '}');
    }
    json_end(&j, ']');
    json_bool(&j, "ok", g->ok);
    json_end(&j, '}');
    json_finish(&j);
}

static void print_table(const struct gradcheck *g, int samples)
{
    printf("Backprop against central differences (L(w+e) - L(w-e)) / 2e, e = %g, in double,\n"
           "on %d sample%s. The error is relative to the largest gradient of its tensor.\n\n",
           GRADCHECK_EPSILON, samples, samples == 1 ? "" : "s");
    printf("%-16s %10s %8s %8s  %s\n", "layer", "parameters", "checked", "skipped",
           "largest relative error");
    for (int i = 0; i < g->layer_count; i++) {
        const struct gradcheck_layer *layer = &g->layers[i];
        printf("%-16s %10zu %8zu %8zu  %.2e%s\n", layer->name, layer->parameters, layer->checked,
               layer->skipped, layer->max_relative_error,
               layer->max_relative_error <= GRADCHECK_LIMIT ? "" : "  too large");
    }
    if (g->ok)
        printf("\nok: no error over %g\n", GRADCHECK_LIMIT);
    else
        printf("\nnot ok: an error is over %g, or more than a tenth had to be skipped\n",
               GRADCHECK_LIMIT);
}

static int run(struct cli *c)
{
    struct err err = {0};
    struct cli_batch batch = {0};
    struct gradcheck g = {0};
    struct dataset *d = NULL;
    struct progress_bar bar;
    long samples = USUAL_SAMPLES, most = USUAL_PARAMETERS;
    progress_bar_init(&bar, c->quiet, false);
    struct net *net = NULL;
    bool ok = cli_long(c, "samples", 1, CLI_MAX_BATCH, &samples, &err) &&
              cli_long(c, "parameters", 1000, 1 << 30, &most, &err) &&
              (net = cli_load_net(c, c->args[0], &err)) &&
              (d = cli_open_data(c, net, DATASET_ALL, &err)) &&
              cli_batch_init(&batch, d, NULL, (int)samples, &err);
    ok = ok && gradcheck_run(net, batch.x, batch.labels, d->n_targets, batch.n, (size_t)most,
                             show_progress, &bar, &g, &err);
    progress_bar_clear(&bar);
    if (ok && c->json)
        write_json(&g);
    else if (ok)
        print_table(&g, batch.n);
    int code = !ok ? cli_fail(&err) : g.ok ? 0 : 1;
    gradcheck_deinit(&g);
    cli_batch_deinit(&batch);
    dataset_close(d);
    net_destroy(net);
    return code;
}

static const struct cli_option options[] = {
    {"data", "DATA", "the set the samples are of; else the network's own, all of it"},
    {"samples", "N", "the first N samples as one batch; 4 unless said otherwise"},
    {"parameters", "N", "at most N parameters a layer, spread evenly; 1000, the fewest"},
    {NULL, NULL, NULL}};

const struct cli_command cli_check = {
    .name = "check",
    .what = "checks every layer's gradients against differences of the loss",
    .example = "glassnet check digits-cnn.net --data digits",
    .usage = "NET [--data DATA] [--samples N] [--parameters N] [--json]",
    .about = "A parameter whose small step moves a relu to its other side or changes the winner\n"
             "of a pool is skipped and counted. The exit code is 1 when an error is over 1e-5 or\n"
             "more than a tenth was skipped.",
    .fewest = 1,
    .most = 1,
    .options = options,
    .run = run,
};
