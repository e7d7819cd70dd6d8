/* glassnet predict: class probabilities of pictures and of samples. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/cli.h"
#include "app/json_out.h"
#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/data/picture_input.h"

struct prediction {
    const struct net *net;
    const struct dataset *data; /* its class names; may be NULL */
    const char *what;           /* picture or sample, for people */
    const float *outputs;
    int count; /* outputs */
};

/* A single sigmoid gives the probability of class 1; class 0 has the rest. */
static bool is_lone_sigmoid(const struct prediction *p)
{
    return p->count == 1 && net_output(p->net)->activation == ACT_SIGMOID;
}

static bool has_classes(const struct prediction *p)
{
    if (p->data)
        return p->data->n_classes > 0;
    return p->count > 1 || is_lone_sigmoid(p) || p->net->loss == LOSS_HINGE;
}

static int probability_count(const struct prediction *p)
{
    return is_lone_sigmoid(p) && has_classes(p) ? 2 : p->count;
}

static float probability(const struct prediction *p, int c)
{
    if (probability_count(p) == p->count)
        return p->outputs[c];
    return c == 1 ? p->outputs[0] : 1.0f - p->outputs[0];
}

static const char *label_of(const struct prediction *p, int c, char *out, size_t size)
{
    if (p->data && p->data->class_names && c < p->data->n_classes)
        snprintf(out, size, "%s", p->data->class_names[c]);
    else
        snprintf(out, size, "%d", c);
    return out;
}

static void write_json(struct json_out *j, const struct prediction *p)
{
    char label[256];
    json_begin(j, NULL, '{');
    if (has_classes(p)) {
        int guess = net_class(p->net, p->outputs);
        json_int(j, "class", guess);
        json_text(j, "label", label_of(p, guess, label, sizeof label));
    } else {
        json_text(j, "class", NULL);
        json_text(j, "label", NULL);
    }
    json_begin(j, "probabilities", '[');
    for (int c = 0; c < probability_count(p); c++)
        json_float(j, NULL, probability(p, c));
    json_end(j, ']');
    json_end(j, '}');
}

static void print_text(const struct prediction *p)
{
    char label[256];
    bool is_share = net_output(p->net)->activation == ACT_SOFTMAX || probability_count(p) == 2;
    int guess = has_classes(p) ? net_class(p->net, p->outputs) : -1;
    printf("%s", p->what);
    if (guess >= 0)
        printf(": %s", label_of(p, guess, label, sizeof label));
    printf("\n");
    for (int c = 0; c < probability_count(p); c++) {
        double value = (double)probability(p, c);
        printf("  %-12.12s", label_of(p, c, label, sizeof label));
        if (is_share)
            printf(" %6.2f %%  %.*s\n", 100.0 * value, (int)(30.0 * value + 0.5),
                   "##############################");
        else
            printf(" %.6g\n", value);
    }
}

/* Everything that is to be predicted, one input after the other. */
struct inputs {
    int n;
    float *x; /* [n][count] */
    struct dataset *data;
    struct cli_batch batch;
};

static bool read_pictures(struct inputs *in, const struct cli *c, const struct net *net,
                          struct err *err)
{
    size_t count = shape_count(&net->layers[0].out);
    in->n = c->arg_count - 1;
    in->x = mem_try((size_t)in->n * count, sizeof *in->x);
    if (!in->x)
        return err_set(err, ERR_IO, NULL, 0, "there is not enough memory for %d pictures", in->n);
    for (int i = 0; i < in->n; i++)
        if (!picture_input_read(c->args[i + 1], &net->layers[0].out, in->x + (size_t)i * count,
                                err))
            return false;
    /* The set is only wanted for its class names: without it numbers do. */
    const char *spec = cli_value(c, "data");
    if (spec || net->data)
        in->data = cli_open_data(c, net, DATASET_ALL, spec ? err : NULL);
    return !spec || in->data;
}

static bool says_what(const struct cli *c, struct err *err)
{
    const char *samples = cli_value(c, "sample");
    if (samples && c->arg_count > 1)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "either pictures or --sample, not both in one call");
    if (!samples && c->arg_count == 1)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "what of? Name pictures, or a sample with --sample N");
    return true;
}

static bool read_inputs(struct inputs *in, const struct cli *c, const struct net *net,
                        struct err *err)
{
    const char *samples = cli_value(c, "sample");
    if (!samples)
        return read_pictures(in, c, net, err);
    in->data = cli_open_data(c, net, DATASET_ALL, err);
    if (!in->data || !cli_batch_init(&in->batch, in->data, samples, 0, err))
        return false;
    in->n = in->batch.n;
    return true;
}

static void show(const struct cli *c, const struct net *net, const struct inputs *in,
                 const float *outputs, size_t output_count)
{
    struct json_out j = {.f = stdout};
    char what[300];
    if (c->json) {
        json_begin(&j, NULL, '{');
        json_begin(&j, "predictions", '[');
    }
    for (int i = 0; i < in->n; i++) {
        struct prediction p = {net, in->data, what, outputs + (size_t)i * output_count,
                               (int)output_count};
        if (in->x)
            snprintf(what, sizeof what, "%s", file_name(c->args[i + 1]));
        else
            snprintf(what, sizeof what, "sample %d", in->batch.samples[i]);
        if (c->json)
            write_json(&j, &p);
        else
            print_text(&p);
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
    struct inputs in = {0};
    float *outputs = NULL;
    struct net *net = says_what(c, &err) ? cli_load_net(c, c->args[0], &err) : NULL;
    size_t count = net ? shape_count(&net_output(net)->out) : 0;
    bool ok = net && read_inputs(&in, c, net, &err);
    if (ok) {
        outputs = mem_try((size_t)in.n * count, sizeof *outputs);
        ok = outputs ? net_predict(net, in.x ? in.x : in.batch.x, in.n, outputs, &err)
                     : err_set(&err, ERR_IO, NULL, 0, "there is not enough memory");
    }
    if (ok)
        show(c, net, &in, outputs, count);
    free(outputs);
    free(in.x);
    cli_batch_deinit(&in.batch);
    dataset_close(in.data);
    net_destroy(net);
    return ok ? 0 : cli_fail(&err);
}

static const struct cli_option options[] = {
    {"data", "DATA", "the set the sample is of; else the network's own, all of it"},
    {"sample", "N[,N...]", "numbers of samples, from 0"},
    {NULL, NULL, NULL}};

const struct cli_command cli_predict = {
    .name = "predict",
    .what = "tells class probabilities of pictures or of samples",
    .example = "glassnet predict digits-cnn.net my-seven.png\n"
               "glassnet predict digits-cnn.net --data digits:test --sample 3",
    .usage = "NET (PICTURE... | [--data DATA] --sample N[,N...]) [--json]",
    .about = "Pictures are PNG or JPEG. A picture of the network's own size is taken as it is;\n"
             "others are brought into the form of the digits: the ink in the middle, bright on\n"
             "dark. Dark ink on bright paper is turned round.",
    .fewest = 1,
    .most = CLI_MAX_ARGS,
    .options = options,
    .run = run,
};
