/* glassnet look: what of the input a class' score hangs on. */
#include <stdio.h>
#include <stdlib.h>

#include "app/cli.h"
#include "app/cli_picture.h"
#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"
#include "glassnet/data/picture_input.h"
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
    if (data && !data->n_classes)
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
    const char *label = data && data->class_names && a->class < data->n_classes
                            ? data->class_names[a->class]
                            : NULL;
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

/* What is looked at: a sample of a set, or a file's. */
struct input {
    struct dataset *data; /* of a file only for the names of classes: may be NULL */
    struct cli_batch batch;
    float *own;     /* of a file */
    const float *x; /* the numbers */
};

/* The numbers of a .npy file, which have the input's shape, with axes of 1 or without. */
static bool read_numbers(const char *path, const struct shape *shape, float *x, struct err *err)
{
    char expected[64], found[200];
    size_t at = 0;
    int axis = 0;
    struct npz *npy = npy_read(path, err);
    if (!npy)
        return false;
    const struct named_array *a = &npy->arrays[0];
    bool fits = array_count(a) == shape_count(shape);
    found[0] = 0;
    for (int i = 0; i < a->rank; i++) {
        at += (size_t)snprintf(found + at, sizeof found - at, "%s%zu", i ? " x " : "", a->dim[i]);
        if (a->dim[i] == 1)
            continue;
        while (axis < shape->rank && shape->dim[axis] == 1)
            axis++;
        fits = fits && (axis == shape->rank || (size_t)shape->dim[axis] == a->dim[i]);
        axis++;
    }
    if (fits)
        for (size_t i = 0; i < shape_count(shape); i++)
            x[i] = a->data[i];
    else
        err_set(err, ERR_INPUT, path, 0, "holds %s numbers, but the network takes %s",
                a->rank ? found : "1", shape_text(shape, " x ", expected, sizeof expected));
    npz_close(npy);
    return fits;
}

static bool read_own(struct input *in, const struct cli *c, const struct net *net, struct err *err)
{
    const char *path = c->args[1], *spec = cli_value(c, "data");
    const struct shape *shape = &net->layers[0].out;
    in->x = in->own = mem_zalloc(shape_count(shape), sizeof *in->own);
    if (file_ends_with(path, ".npy") ? !read_numbers(path, shape, in->own, err)
                                     : !picture_input_read(path, shape, in->own, err))
        return false;
    if (spec || net->data)
        in->data = cli_open_data(c, net, DATASET_ALL, spec ? err : NULL);
    return !spec || in->data;
}

static bool read_input(struct input *in, const struct cli *c, const struct net *net,
                       struct err *err)
{
    if (c->arg_count > 1)
        return read_own(in, c, net, err);
    in->data = cli_open_data(c, net, DATASET_ALL, err);
    if (!in->data || !cli_batch_init(&in->batch, in->data, cli_value(c, "sample"), 0, err))
        return false;
    in->x = in->batch.x;
    return in->batch.n == 1 || err_set(err, ERR_USAGE, NULL, 0, "--sample names one sample here");
}

static bool says_what(const struct cli *c, struct err *err)
{
    bool sample = cli_value(c, "sample") != NULL;
    if (sample && c->arg_count > 1)
        return err_set(err, ERR_USAGE, NULL, 0, "either a file or --sample, not both in one call");
    return sample || c->arg_count > 1 ||
           err_set(err, ERR_USAGE, NULL, 0,
                   "which sample? Say it with --sample N, or name a picture or a .npy file");
}

static int run(struct cli *c)
{
    struct err err = {0};
    struct input in = {0};
    struct attribution a = {0};
    enum attribute_kind kind = ATTRIBUTE_SALIENCY;
    int layer;
    long class;
    const char *path = cli_value(c, "output");
    struct net *net = says_what(c, &err) ? cli_load_net(c, c->args[0], &err) : NULL;
    bool ok = net && read_kind(c, net, &kind, &layer, &err) &&
              (!path || (cli_picture_name(path, &err) && cli_can_write(path, &err))) &&
              read_input(&in, c, net, &err) && pick_class(c, net, in.data, in.x, &class, &err) &&
              attribution_init(&a, net, kind, layer, (int)class, in.x, &err) &&
              (!path || write_file(&a, path, &err));
    if (ok)
        show(c, net, in.data, &a);
    attribution_deinit(&a);
    cli_batch_deinit(&in.batch);
    dataset_close(in.data);
    free(in.own);
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
               "glassnet look digits-cnn.net my-seven.png --gradcam conv2 --class 8 --json",
    .usage = "NET (PICTURE | FILE.npy | [--data DATA] --sample N)\n"
             "       (--saliency | --guided | --gradcam LAYER) [--class K] [-o FILE] [--json]",
    .about = "The score is the class' number before the last activation. Evaluation mode.\n"
             "A picture is read as predict reads it, a .npy file's float32 numbers as they are.",
    .fewest = 1,
    .most = 2,
    .options = options,
    .run = run,
};
