/* glassnet data: the sets there are, or one described. */
#include <stdio.h>
#include <stdlib.h>

#include "app/cli.h"
#include "app/json_out.h"
#include "glassnet/base/mem.h"

static void list_json(void)
{
    int n;
    const struct dataset_entry *sets = dataset_list(&n);
    struct json_out j = {.f = stdout};
    json_begin(&j, NULL, '{');
    json_begin(&j, "sets", '[');
    for (int i = 0; i < n; i++) {
        json_begin(&j, NULL, '{');
        json_text(&j, "name", sets[i].name);
        json_text(&j, "what", sets[i].what);
        json_text(&j, "source", sets[i].source);
        json_text(&j, "licence", sets[i].licence);
        json_bool(&j, "generated", sets[i].generated);
        json_bool(&j, "installed", dataset_is_installed(sets[i].name));
        json_end(&j, '}');
    }
    json_end(&j, ']');
    json_end(&j, '}');
    json_finish(&j);
}

static void list_text(void)
{
    int n;
    const struct dataset_entry *sets = dataset_list(&n);
    for (int generated = 0; generated < 2; generated++) {
        printf(generated ? "\nGenerated, with options such as moons:n=500,noise=0.1,seed=3\n"
                         : "Sets by name; :train and :test are their parts\n");
        for (int i = 0; i < n; i++) {
            if (sets[i].generated != (generated == 1))
                continue;
            printf("  %-10s %s%s\n", sets[i].name, sets[i].what,
                   dataset_is_installed(sets[i].name) ? "" : " (not installed here)");
            if (!generated)
                printf("  %-10s from %s; %s\n", "", sets[i].source, sets[i].licence);
        }
    }
    printf("\nYour own: a .csv table with a header, a folder of one sub-folder a class with\n"
           "pictures, an IDX pair as MNIST comes, cifar:FOLDER (docs/cli.md)\n");
}

static void names_json(struct json_out *j, const char *key, char *const *names, size_t count)
{
    json_begin(j, key, '[');
    for (size_t i = 0; names && i < count; i++)
        json_text(j, NULL, names[i]);
    json_end(j, ']');
}

static void describe_json(const struct dataset *d)
{
    struct json_out j = {.f = stdout};
    int *counts = mem_zalloc((size_t)d->n_classes + 1, sizeof *counts);
    if (d->n_classes > 0)
        dataset_class_counts(d, counts);
    json_begin(&j, NULL, '{');
    json_text(&j, "name", d->name);
    json_begin(&j, "shape", '[');
    for (int i = 0; i < d->shape.rank; i++)
        json_int(&j, NULL, d->shape.dim[i]);
    json_end(&j, ']');
    json_int(&j, "samples", d->n);
    json_int(&j, "train", d->n_train);
    json_int(&j, "test", d->n_test);
    names_json(&j, "classes", d->class_names, (size_t)d->n_classes);
    json_begin(&j, "counts", '[');
    for (int i = 0; i < d->n_classes; i++)
        json_int(&j, NULL, counts[i]);
    json_end(&j, ']');
    names_json(&j, "features", d->feature_names, d->count);
    names_json(&j, "targets", d->target_names, (size_t)d->n_targets);
    json_text(&j, "source", d->source);
    json_text(&j, "licence", d->licence && *d->licence ? d->licence : NULL);
    json_end(&j, '}');
    json_finish(&j);
    free(counts);
}

static int run(struct cli *c)
{
    if (c->arg_count == 0) {
        if (c->json)
            list_json();
        else
            list_text();
        return 0;
    }
    enum { TEXT_SIZE = 16384 };
    char text[TEXT_SIZE];
    struct err err = {0};
    struct dataset *d = dataset_open(c->args[0], DATASET_ALL, NULL, &err);
    if (!d)
        return cli_fail(&err);
    if (c->json)
        describe_json(d);
    else
        fputs(dataset_describe(d, text, sizeof text), stdout);
    dataset_close(d);
    return 0;
}

const struct cli_command cli_data = {
    .name = "data",
    .what = "lists the data sets there are, or describes one",
    .example = "glassnet data\nglassnet data digits\nglassnet data fruit.csv:label=kind",
    .usage = "[DATA] [--json]",
    .fewest = 0,
    .most = 1,
    .run = run,
};
