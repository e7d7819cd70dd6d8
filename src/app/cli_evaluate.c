/* glassnet evaluate: loss, accuracy, confusion matrix and further measures of a set. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/cli.h"
#include "app/json_out.h"
#include "glassnet/nn/metrics.h"

static void write_scores(struct json_out *j, const struct evaluation *e)
{
    static const char *const keys[] = {"precision", "recall", "f1"};
    for (int k = 0; k < 3; k++) {
        json_begin(j, keys[k], '[');
        for (int c = 0; c < e->classes; c++) {
            struct class_scores s = metrics_class(e->confusion, e->classes, c);
            json_number(j, NULL, k == 0 ? s.precision : k == 1 ? s.recall : s.f1);
        }
        json_end(j, ']');
    }
}

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
    write_scores(&j, e);
    json_number(&j, "auc", e->auc);
    json_number(&j, "r2", e->r2);
    json_number(&j, "rmse", e->rmse);
    json_number(&j, "mae", e->mae);
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

static void print_scores(const struct evaluation *e, const struct dataset *d)
{
    enum { MOST = 100 };
    char name[48];
    if (e->classes > MOST)
        return;
    printf("\n%10s %9s %9s %9s %9s\n", "", "precision", "recall", "F1", "samples");
    for (int c = 0; c < e->classes; c++) {
        struct class_scores s = metrics_class(e->confusion, e->classes, c);
        class_name(d, c, name, sizeof name);
        printf("%10s %7.2f %% %7.2f %% %7.2f %% %9d\n", name, 100 * s.precision, 100 * s.recall,
               100 * s.f1, s.support);
    }
}

static void print_text(const struct evaluation *e, const struct dataset *d)
{
    printf("%s: %d samples\n", d->spec, e->samples);
    printf("loss      %.6g\n", e->loss);
    if (!e->confusion) {
        printf("R2        %.6g\nRMSE      %.6g\nMAE       %.6g\n", e->r2, e->rmse, e->mae);
        return;
    }
    printf("accuracy  %.2f %%\n", 100.0 * e->accuracy);
    if (!isnan(e->auc))
        printf("AUC       %.6g\n", e->auc);
    print_confusion(e, d);
    print_scores(e, d);
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
    .about = "Of what was taken for a class, precision is the share that is it; of what is it,\n"
             "recall is the share that was found; F1 is their harmonic mean; each 0 where there\n"
             "is nothing to share out. AUC, for two classes, is how often a sample of class 1 is\n"
             "put above one of class 0. Numbers to predict have R2, RMSE and MAE instead.",
    .fewest = 1,
    .most = 1,
    .options = options,
    .run = run,
};
