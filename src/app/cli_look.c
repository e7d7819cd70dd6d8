/* glassnet look: what of the input a class' score hangs on. */
#include <stdio.h>
#include <stdlib.h>

#include "app/cli.h"
#include "app/cli_picture.h"
#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"
#include "glassnet/io/npz.h"
#include "glassnet/step/attribute.h"

/* What is asked: exactly one of the three, and where Grad-CAM looks. */
static bool read_kind(const struct cli *c, const struct net *net, enum attribute_kind *kind,
                      int *layer, struct err *err)
{
    int given = 0;
    *layer = -1;
    for (int k = 0; k < ATTRIBUTES; k++)
        if (cli_value(c, attribute_name((enum attribute_kind)k))) {
            *kind = (enum attribute_kind)k;
            given++;
        }
    if (given != 1)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "say one of --saliency, --guided and --gradcam LAYER");
    if (*kind != ATTRIBUTE_GRADCAM)
        return true;
    const char *name = cli_value(c, "gradcam");
    *layer = net_find_layer(net, name);
    return *layer >= 0 || err_set(err, ERR_USAGE, NULL, 0, "there is no layer \"%s\"", name);
}

static bool pick_class(const struct cli *c, const struct net *net, const struct dataset *data,
                       const float *x, long *class, struct err *err)
{
    *class = 0;
    if (cli_value(c, "class"))
        return cli_long(c, "class", 0, attribute_classes(net) - 1, class, err);
    if (!data->n_classes)
        return true;
    float *outputs = mem_zalloc(shape_count(&net_output(net)->out), sizeof *outputs);
    bool ok = net_predict(net, x, 1, outputs, err);
    *class = ok ? net_class(net, outputs) : 0;
    free(outputs);
    return ok;
}

static struct named_array array_of(const char *name, const struct shape *shape, const float *data)
{
    struct named_array a = {.name = name, .rank = shape->rank, .data = data};
    for (int i = 0; i < shape->rank; i++)
        a.dim[i] = (size_t)shape->dim[i];
    return a;
}

static bool write_file(const struct attribution *a, const char *path, struct err *err)
{
    if (file_ends_with(path, ".png"))
        return cli_picture_write(path, a->over ? a->over : a->values,
                                 a->over ? &a->picture : &a->shape, false, err);
    struct shape scalar = shape_scalar(), weights = shape_vector(a->channels);
    struct named_array arrays[4] = {array_of("values", &a->shape, a->values),
                                    array_of("score", &scalar, &a->score)};
    int n = 2;
    if (a->over) {
        arrays[n++] = array_of("over", &a->picture, a->over);
        arrays[n++] = array_of("weights", &weights, a->weights);
    }
    return npz_write(path, arrays, n, err);
}

static void show(const struct cli *c, const struct net *net, const struct dataset *data,
                 const struct attribution *a)
{
    const char *label =
        data->class_names && a->class < data->n_classes ? data->class_names[a->class] : NULL;
    const char *layer = a->layer >= 0 ? net->layers[a->layer].name : NULL;
    char shape[64], score[48], peak[48];
    if (!c->json) {
        printf("%s%s%s of class %d%s%s%s: score %s, %s numbers, the largest %s\n",
               attribute_name(a->kind), layer ? " by layer " : "", layer ? layer : "", a->class,
               label ? " (" : "", label ? label : "", label ? ")" : "",
               number_exact(a->score, score, sizeof score),
               shape_text(&a->shape, " × ", shape, sizeof shape),
               number_exact(attribution_peak(a), peak, sizeof peak));
        return;
    }
    struct json_out j = {.f = stdout};
    json_begin(&j, NULL, '{');
    json_text(&j, "kind", attribute_name(a->kind));
    json_text(&j, "layer", layer);
    json_int(&j, "class", a->class);
    json_text(&j, "label", label);
    json_float(&j, "score", a->score);
    cli_json_shape(&j, "shape", &a->shape);
    cli_json_floats(&j, "values", a->values, shape_count(&a->shape));
    cli_json_floats(&j, "weights", a->weights, (size_t)a->channels);
    json_end(&j, '}');
    json_finish(&j);
}

static int run(struct cli *c)
{
    struct err err = {0};
    struct cli_batch batch = {0};
    struct dataset *data = NULL;
    struct attribution a = {0};
    enum attribute_kind kind = ATTRIBUTE_SALIENCY;
    int layer;
    long class;
    const char *path = cli_value(c, "output"), *sample = cli_value(c, "sample");
    if (!sample)
        err_set(&err, ERR_USAGE, NULL, 0, "which sample? Say it with --sample N");
    struct net *net = sample ? cli_load_net(c, c->args[0], &err) : NULL;
    bool ok =
        net && read_kind(c, net, &kind, &layer, &err) &&
        (!path || (cli_picture_name(path, &err) && cli_can_write(path, &err))) &&
        (data = cli_open_data(c, net, DATASET_ALL, &err)) &&
        cli_batch_init(&batch, data, sample, 0, &err) &&
        (batch.n == 1 || err_set(&err, ERR_USAGE, NULL, 0, "--sample names one sample here")) &&
        pick_class(c, net, data, batch.x, &class, &err) &&
        attribution_init(&a, net, kind, layer, (int)class, batch.x, &err) &&
        (!path || write_file(&a, path, &err));
    if (ok)
        show(c, net, data, &a);
    attribution_deinit(&a);
    cli_batch_deinit(&batch);
    dataset_close(data);
    net_destroy(net);
    return ok ? 0 : cli_fail(&err);
}

static const struct cli_option options[] = {
    {"data", "DATA", "the set the sample is of; else the network's own, all of it"},
    {"sample", "N", "number of the sample, from 0"},
    {"saliency", NULL, "the gradient of the class' score to the input"},
    {"guided", NULL, "guided backpropagation: relus pass back only what is above 0"},
    {"gradcam", "LAYER", "Grad-CAM by the maps of a layer"},
    {"class", "K", "whose score; the network's guess unless said"},
    {"output", "FILE", "the numbers as .npz (values, score, over, weights), or a picture as .png"},
    {NULL, NULL, NULL}};

const struct cli_command cli_look = {
    .name = "look",
    .what = "tells what of an input a class' score hangs on",
    .example = "glassnet look digits-cnn.net --sample 3 --saliency -o saliency.png\n"
               "glassnet look digits-cnn.net --sample 3 --gradcam conv2 --class 8 --json",
    .usage = "NET [--data DATA] --sample N (--saliency | --guided | --gradcam LAYER) [--class K] "
             "[-o FILE] [--json]",
    .about = "The score is the class' number before the last activation. Evaluation mode.",
    .fewest = 1,
    .most = 1,
    .options = options,
    .run = run,
};
