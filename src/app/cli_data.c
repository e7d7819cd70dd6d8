/* glassnet data: the sets there are, or one described. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/cli.h"
#include "app/json_out.h"
#include "glassnet/base/mem.h"
#include "glassnet/ui/picture.h"

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
            printf("  %-13s %s%s\n", sets[i].name, sets[i].what,
                   dataset_is_installed(sets[i].name) ? "" : " (not installed here)");
            if (!generated)
                printf("  %-13s from %s; %s\n", "", sets[i].source, sets[i].licence);
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

/* A contact sheet of sixteen samples a row: the samples above, and below a gap the same samples
 * as training sees them in its first epochs; without augment= just rows of samples. */
enum { SHEET_COLUMNS = 16, SHEET_ROWS = 6, SHEET_CELL = 56, SHEET_GAP = 2 };

static void draw_sample(const struct dataset *d, const float *x, int zoom, uint32_t *pixels,
                        int stride)
{
    int channels = d->shape.dim[2];
    for (int v = 0; v < d->shape.dim[0] * zoom; v++) {
        for (int u = 0; u < d->shape.dim[1] * zoom; u++) {
            size_t place = (size_t)(v / zoom) * (size_t)d->shape.dim[1] + (size_t)(u / zoom);
            uint32_t colour = 0xFF;
            for (int c = 0; c < 3; c++) {
                float value = x[place * (size_t)channels + (size_t)(channels == 3 ? c : 0)];
                value = value > 0.0f ? value < 1.0f ? value : 1.0f : 0.0f;
                colour = colour << 8 | (uint32_t)(value * 255.0f + 0.5f);
            }
            pixels[(size_t)v * (size_t)stride + (size_t)u] = colour;
        }
    }
}

static bool write_sheet(const struct dataset *d, const char *path, struct err *err)
{
    if (d->shape.rank != 3 || (d->shape.dim[2] != 1 && d->shape.dim[2] != 3))
        return err_set(err, ERR_USAGE, NULL, 0, "--sheet is for sets of pictures, and %s is none",
                       d->name);
    bool changed = !augment_is_none(&d->augment);
    int side = d->shape.dim[0] > d->shape.dim[1] ? d->shape.dim[0] : d->shape.dim[1];
    int zoom = side < SHEET_CELL ? SHEET_CELL / side : 1;
    int cell_w = d->shape.dim[1] * zoom + SHEET_GAP, cell_h = d->shape.dim[0] * zoom + SHEET_GAP;
    int width = SHEET_COLUMNS * cell_w, below = changed ? cell_h / 3 : 0;
    int height = SHEET_ROWS * cell_h + below;
    uint32_t *pixels = mem_try((size_t)width * (size_t)height, sizeof *pixels);
    float *x = mem_zalloc(d->count, sizeof *x);
    for (size_t p = 0; pixels && p < (size_t)width * (size_t)height; p++)
        pixels[p] = 0xFF404040u;
    for (int i = 0; pixels && i < SHEET_COLUMNS * SHEET_ROWS; i++) {
        int row = i / SHEET_COLUMNS, column = i % SHEET_COLUMNS, sample = changed ? column : i;
        if (sample >= d->n)
            continue;
        if (changed && row > 0)
            dataset_training_x(d, sample, (uint64_t)row - 1, x);
        else
            memcpy(x, dataset_x(d, sample), d->count * sizeof *x);
        int top = row * cell_h + (row > 0 ? below : 0);
        draw_sample(d, x, zoom, pixels + (size_t)top * (size_t)width + (size_t)(column * cell_w),
                    width);
    }
    bool ok = pixels ? picture_write_png(path, pixels, width, height, err)
                     : err_set(err, ERR_IO, path, 0, "does not fit into memory");
    free(x);
    free(pixels);
    return ok;
}

static int run(struct cli *c)
{
    const char *sheet = cli_value(c, "sheet");
    struct err err = {0};
    if (c->arg_count == 0 && sheet) {
        err_set(&err, ERR_USAGE, NULL, 0,
                "--sheet needs a set to draw, such as glassnet data "
                "digits --sheet sheet.png");
        return cli_fail(&err);
    }
    if (c->arg_count == 0) {
        if (c->json)
            list_json();
        else
            list_text();
        return 0;
    }
    enum { TEXT_SIZE = 16384 };
    char text[TEXT_SIZE];
    struct dataset *d = dataset_open(c->args[0], DATASET_ALL, NULL, &err);
    if (!d)
        return cli_fail(&err);
    if (sheet && !(cli_can_write(sheet, &err) && write_sheet(d, sheet, &err))) {
        dataset_close(d);
        return cli_fail(&err);
    }
    if (c->json)
        describe_json(d);
    else
        fputs(dataset_describe(d, text, sizeof text), stdout);
    dataset_close(d);
    return 0;
}

static const struct cli_option options[] = {
    {"sheet", "FILE.png",
     "a picture of samples; with augment= the same ones as training sees them"},
    {NULL, NULL, NULL},
};

const struct cli_command cli_data = {
    .name = "data",
    .what = "lists the data sets there are, or describes one",
    .example = "glassnet data\nglassnet data digits\nglassnet data fruit.csv:label=kind\n"
               "glassnet data digits:augment=shift2+rotate10+elastic --sheet sheet.png",
    .usage = "[DATA] [--sheet FILE.png] [--json]",
    .fewest = 0,
    .most = 1,
    .options = options,
    .run = run,
};
