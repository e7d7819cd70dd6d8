/* glassnet nearest: the samples nearest to one in a layer's space. */
#include <stdio.h>
#include <stdlib.h>

#include "app/cli.h"
#include "app/json_out.h"
#include "glassnet/step/nearest.h"

enum { MOST = 100 };

static void show(const struct cli *c, const struct dataset *data, const char *layer,
                 const struct neighbour *near, int count)
{
    struct json_out j = {.f = stdout};
    if (c->json) {
        json_begin(&j, NULL, '{');
        json_text(&j, "layer", layer);
        json_begin(&j, "nearest", '[');
    }
    for (int k = 0; k < count; k++) {
        int class = dataset_class(data, near[k].sample);
        const char *label = class >= 0 && data->class_names ? data->class_names[class] : NULL;
        if (!c->json) {
            printf("sample %-7d %-12s %.9g\n", near[k].sample, label ? label : "",
                   near[k].distance);
            continue;
        }
        json_begin(&j, NULL, '{');
        json_int(&j, "sample", near[k].sample);
        json_text(&j, "label", label);
        json_number(&j, "distance", near[k].distance);
        json_end(&j, '}');
    }
    if (c->json) {
        json_end(&j, ']');
        json_end(&j, '}');
        json_finish(&j);
    }
}

static int run(struct cli *c)
{
    struct err err = {0};
    struct cli_batch batch = {0};
    struct dataset *data = NULL, *among = NULL;
    struct nearest *n = NULL;
    struct neighbour near[MOST];
    atomic_bool stop = false;
    atomic_int done = 0;
    long count = 12;
    const char *sample = cli_value(c, "sample"), *name = cli_value(c, "layer");
    if (!sample || !name)
        err_set(&err, ERR_USAGE, NULL, 0, "say --sample N and --layer NAME");
    struct net *net = sample && name ? cli_load_net(c, c->args[0], &err) : NULL;
    int layer = net ? net_find_layer(net, name) : -1;
    if (net && layer < 0)
        err_set(&err, ERR_USAGE, NULL, 0, "there is no layer \"%s\"", name);
    const char *spec = cli_value(c, "among");
    bool ok =
        layer >= 0 && cli_long(c, "count", 1, MOST, &count, &err) &&
        (data = cli_open_data(c, net, DATASET_ALL, &err)) &&
        cli_batch_init(&batch, data, sample, 0, &err) &&
        (batch.n == 1 || err_set(&err, ERR_USAGE, NULL, 0, "--sample names one sample here")) &&
        (among = cli_open_spec(spec ? spec : data->spec, net, DATASET_TRAIN, &err)) &&
        (n = nearest_create(net, layer, among, &err)) && nearest_fill(n, &stop, &done);
    if (ok)
        show(c, among, name, near, nearest_find(n, batch.x, (int)count, near));
    nearest_destroy(n);
    cli_batch_deinit(&batch);
    dataset_close(among);
    dataset_close(data);
    net_destroy(net);
    return ok ? 0 : cli_fail(&err);
}

static const struct cli_option options[] = {
    {"data", "DATA", "the set the sample is of; else the network's own, all of it"},
    {"sample", "N", "number of the sample, from 0"},
    {"layer", "NAME", "in whose space: the layer's outputs"},
    {"among", "DATA", "the set that is looked through; else the sample's, its train part"},
    {"count", "N", "how many, at most 100 (12)"},
    {NULL, NULL, NULL}};

const struct cli_command cli_nearest_samples = {
    .name = "nearest",
    .what = "finds the samples nearest to one in a layer's space",
    .example = "glassnet nearest digits-cnn.net --data digits:test --sample 3 --layer flat",
    .usage = "NET [--data DATA] --sample N --layer NAME [--among DATA] [--count N] [--json]",
    .about = "Euclidean distance between the layer's outputs, in evaluation mode.",
    .fewest = 1,
    .most = 1,
    .options = options,
    .run = run,
};
