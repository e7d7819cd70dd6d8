/* glassnet summary: the layer table in the manner of keras-sequential-ascii. */
#include <stdio.h>
#include <string.h>

#include "app/cli.h"
#include "app/json_out.h"

/* What happens between two shapes, drawn in five signs. */
static const char *sign_of(enum layer_kind kind)
{
    static const char *const signs[LAYER_KINDS] = {
        [LAYER_INPUT] = "     ",     [LAYER_DENSE] = "XXXXX",      [LAYER_CONV2D] = " \\|/ ",
        [LAYER_MAXPOOL] = "Y max",   [LAYER_AVGPOOL] = "Y avg",    [LAYER_GLOBALAVGPOOL] = "\\ = /",
        [LAYER_FLATTEN] = "|||||",   [LAYER_ACTIVATION] = "  |  ", [LAYER_DROPOUT] = " | ||",
        [LAYER_BATCHNORM] = "m | s", [LAYER_ADD] = "  +  ",        [LAYER_CONCATENATE] = "|| ||",
    };
    return signs[kind];
}

static void print_shape(const struct shape *s)
{
    if (s->rank == 3)
        printf("%6d %4d %4d\n", s->dim[0], s->dim[1], s->dim[2]);
    else
        printf("%11d\n", (int)shape_count(s));
}

/* "conv1 conv2d 5x5"; an automatic name says the kind already. */
static void print_operation(const struct net *net, const struct layer *layer)
{
    char text[160];
    int used = snprintf(text, sizeof text, "%s%s%s", layer->name, layer->named ? " " : "",
                        layer->named ? layer_kind_name(layer->kind) : "");
    if (layer->kernel_h > 0)
        snprintf(text + used, sizeof text - (size_t)used, " %dx%d", layer->kernel_h,
                 layer->kernel_w);
    else if (layer->kind == LAYER_DROPOUT)
        snprintf(text + used, sizeof text - (size_t)used, " %g",
                 (double)net_dropout_rate(net, layer));
    printf("%24s   %s ", text, sign_of(layer->kind));
    size_t own = net_layer_trained(layer), all = net_trained(net);
    printf("------------------- %9zu  %7.1f%%", own,
           all > 0 ? 100.0 * (double)own / (double)all : 0.0);
    bool from_above = layer->from_count == 1 && &net->layers[layer->from[0]] == layer - 1;
    if (!from_above)
        printf("   from");
    for (int i = 0; !from_above && i < layer->from_count; i++)
        printf(" %s", net->layers[layer->from[i]].name);
    printf("%s\n", layer->frozen ? "   frozen" : "");
}

static void print_table(const struct net *net)
{
    printf("%24s           DATA DIMENSIONS   WEIGHTS(N)   WEIGHTS(%%)\n\n", "OPERATION");
    for (int i = 0; i < net->layer_count; i++) {
        const struct layer *layer = &net->layers[i];
        if (i > 0)
            print_operation(net, layer);
        const char *below = i == 0 ? "input" : "";
        if (layer->activation != ACT_NONE)
            below = activation_name(layer->activation);
        printf("%24s   ##### ", below);
        print_shape(&layer->out);
    }
    size_t trained = net_trained(net);
    printf("\n%zu weights", trained);
    if (net->param_count > trained)
        printf(", and %zu running statistics", net->param_count - trained);
    printf("; %d layer%s", net->layer_count - 1, net->layer_count == 2 ? "" : "s");
    if (net->loss != LOSS_NONE)
        printf("; loss %s", loss_name(net->loss));
    printf("\n");
}

static void write_json(const struct net *net)
{
    struct json_out j = {.f = stdout};
    json_begin(&j, NULL, '{');
    json_begin(&j, "layers", '[');
    for (int i = 0; i < net->layer_count; i++) {
        const struct layer *layer = &net->layers[i];
        json_begin(&j, NULL, '{');
        json_text(&j, "name", layer->name);
        json_text(&j, "kind", layer_kind_name(layer->kind));
        json_begin(&j, "output_shape", '[');
        for (int k = 0; k < layer->out.rank; k++)
            json_int(&j, NULL, layer->out.dim[k]);
        json_end(&j, ']');
        json_int(&j, "parameters", (int64_t)net_layer_trained(layer));
        json_end(&j, '}');
    }
    json_end(&j, ']');
    json_int(&j, "parameters", (int64_t)net_trained(net));
    json_end(&j, '}');
    json_finish(&j);
}

static int run(struct cli *c)
{
    struct err err = {0};
    /* Weights are not needed for the table, and may be missing or belong to another text. */
    struct net *net = net_load(c->args[0], &err);
    if (!net)
        return cli_fail(&err);
    if (c->json)
        write_json(net);
    else
        print_table(net);
    net_destroy(net);
    return 0;
}

const struct cli_command cli_summary = {
    .name = "summary",
    .what = "prints the layer table: operation, data dimensions, weights",
    .example = "glassnet summary digits-cnn.net",
    .usage = "NET [--json]",
    .fewest = 1,
    .most = 1,
    .run = run,
};
