/* glassnet evaluate: loss, accuracy and confusion matrix of a set. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/cli.h"
#include "app/json_out.h"

static void write_json(const struct evaluation *e)
{
    struct json_out j = {.f = stdout};
    json_begin(&j, NULL, '{');
    json_int(&j, "samples", e->samples);
    json_number(&j, "loss", e->loss);
    json_number(&j, "accuracy", e->accuracy);
    json_begin(&j, "confusion", '[');
    for (int row = 0; row < e->classes; row++) {
        json_begin(&j, NULL, '[');
        for (int column = 0; column < e->classes; column++)
            json_int(&j, NULL, e->confusion[row * e->classes + column]);
        json_end(&j, ']');
    }
    json_end(&j, ']');
    json_end(&j, '}');
    json_finish(&j);
}

/* A class by its name, cut to ten characters, or by its number. */
static void class_name(const struct dataset *d, int c, char *out, size_t size)
{
    if (d->class_names && c < d->n_classes)
        snprintf(out, size, "%.10s", d->class_names[c]);
    else
        snprintf(out, size, "%d", c);
}

static void print_confusion(const struct evaluation *e, const struct dataset *d)
{
    enum { WIDEST = 20 };
    if (e->classes > WIDEST) {
        printf("The confusion matrix has %d classes: see --json.\n", e->classes);
        return;
    }
    char name[48];
    printf("\nRows: truth; columns: the network's guess.\n%10s", "");
    for (int c = 0; c < e->classes; c++) {
        class_name(d, c, name, sizeof name);
        printf(" %6.6s", name);
    }
    printf("\n");
    for (int row = 0; row < e->classes; row++) {
        class_name(d, row, name, sizeof name);
        printf("%10s", name);
        for (int column = 0; column < e->classes; column++) {
            int count = e->confusion[row * e->classes + column];
            if (count)
                printf(" %6d", count);
            else
                printf(" %6s", ".");
        }
        printf("\n");
    }
}

static void print_text(const struct evaluation *e, const struct dataset *d)
{
    printf("%s: %d samples\n", d->spec, e->samples);
    printf("loss      %.6g\n", e->loss);
    if (isnan(e->accuracy))
        return;
    printf("accuracy  %.2f %%\n", 100.0 * e->accuracy);
    if (e->confusion)
        print_confusion(e, d);
}

static int run(struct cli *c)
{
    struct err err = {0};
    struct evaluation e = {0};
    struct dataset *d = NULL;
    struct net *net = cli_load_net(c, c->args[0], &err);
    bool ok = net && (d = cli_open_data(c, net, DATASET_ALL, &err));
    if (ok) {
        struct source source = cli_source(d, 0);
        ok = net_evaluate(net, &source, source.count, &e, &err);
    }
    if (ok && c->json)
        write_json(&e);
    else if (ok)
        print_text(&e, d);
    free(e.confusion);
    dataset_close(d);
    net_destroy(net);
    return ok ? 0 : cli_fail(&err);
}

static const struct cli_option options[] = {
    {"data", "DATA", "the set, or a part of it (digits:test); else the network's own, all of it"},
    {NULL, NULL, NULL}};

const struct cli_command cli_evaluate = {
    .name = "evaluate",
    .what = "measures loss, accuracy and which class is taken for which",
    .example = "glassnet evaluate digits-cnn.net --data digits:test",
    .usage = "NET [--data DATA] [--json]",
    .fewest = 1,
    .most = 1,
    .options = options,
    .run = run,
};
