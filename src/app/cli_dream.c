/* glassnet dream: the input that excites a neuron most, by gradient ascent. */
#include <stdio.h>
#include <stdlib.h>

#include "app/cli.h"
#include "app/cli_picture.h"
#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"
#include "glassnet/io/npz.h"
#include "glassnet/step/dream.h"

struct dreaming {
    struct net *net;
    struct dream *dream;
    struct dream_settings settings;
    int steps;
    float *values; /* [steps + 1] the goal's value after each step, the start's first */
};

static bool read_settings(struct dreaming *d, const struct cli *c, long *seed, struct err *err)
{
    d->settings = dream_defaults(d->net);
    double rate = (double)d->settings.rate, l2 = (double)d->settings.l2;
    double tv = (double)d->settings.tv;
    long jitter = d->settings.jitter, steps = 100;
    *seed = 1;
    bool ok = cli_number(c, "rate", 0, 10, &rate, err) && cli_number(c, "l2", 0, 10, &l2, err) &&
              cli_number(c, "tv", 0, 10, &tv, err) && cli_long(c, "jitter", 0, 64, &jitter, err) &&
              cli_long(c, "steps", 0, 100000, &steps, err) &&
              cli_long(c, "seed", 0, 1000000000, seed, err);
    d->settings = (struct dream_settings){(float)rate, (float)l2, (float)tv, (int)jitter};
    d->steps = (int)steps;
    return ok && dream_settings_check(&d->settings, err);
}

static bool find_goal(const struct dreaming *d, const struct cli *c, struct dream_goal *goal,
                      struct err *err)
{
    struct cell cell;
    struct program *p = program_create(d->net, MODE_EVAL, 0);
    bool ok = cell_parse(p, 1, c->args[1], &cell, err) &&
              dream_goal_of(p, cell, cli_value(c, "map") != NULL, goal, err);
    program_destroy(p);
    return ok;
}

static void climb(struct dreaming *d)
{
    d->values = mem_zalloc((size_t)d->steps + 1, sizeof *d->values);
    d->values[0] = dream_value(d->dream);
    for (int k = 0; k < d->steps; k++) {
        dream_step(d->dream, &d->settings);
        d->values[k + 1] = dream_value(d->dream);
    }
}

static bool write_file(const struct dreaming *d, const char *path, struct err *err)
{
    const struct shape *shape = &d->net->layers[0].out;
    const float *x = dream_picture(d->dream);
    if (file_ends_with(path, ".png"))
        return cli_picture_write(path, x, shape, shape->rank == 3, err);
    struct named_array arrays[2] = {
        {.name = "input", .rank = shape->rank, .data = x},
        {.name = "values", .rank = 1, .dim = {(size_t)d->steps + 1}, .data = d->values}};
    for (int i = 0; i < shape->rank; i++)
        arrays[0].dim[i] = (size_t)shape->dim[i];
    return npz_write(path, arrays, 2, err);
}

static void show(const struct dreaming *d, const struct cli *c)
{
    const struct shape *shape = &d->net->layers[0].out;
    char from[48], to[48];
    if (!c->json) {
        printf("%s%s: from %s to %s in %d steps%s\n", c->args[1],
               cli_value(c, "map") ? ", the mean of its map" : "",
               number_exact(d->values[0], from, sizeof from),
               number_exact(dream_value(d->dream), to, sizeof to), d->steps,
               dream_is_stuck(d->dream) ? "; the last one found no slope" : "");
        return;
    }
    struct json_out j = {.f = stdout};
    json_begin(&j, NULL, '{');
    json_text(&j, "cell", c->args[1]);
    json_bool(&j, "map", cli_value(c, "map") != NULL);
    cli_json_floats(&j, "values", d->values, (size_t)d->steps + 1);
    cli_json_shape(&j, "shape", shape);
    cli_json_floats(&j, "input", dream_picture(d->dream), shape_count(shape));
    json_end(&j, '}');
    json_finish(&j);
}

static int run(struct cli *c)
{
    struct err err = {0};
    struct dream_goal goal;
    long seed;
    const char *path = cli_value(c, "output");
    struct dreaming d = {.net = cli_load_net(c, c->args[0], &err)};
    bool ok = d.net && read_settings(&d, c, &seed, &err) &&
              (!path || (cli_picture_name(path, &err) && cli_can_write(path, &err))) &&
              find_goal(&d, c, &goal, &err) &&
              (d.dream = dream_create(d.net, &goal, (uint64_t)seed, &err));
    if (ok) {
        climb(&d);
        ok = !path || write_file(&d, path, &err);
    }
    if (ok)
        show(&d, c);
    free(d.values);
    dream_destroy(d.dream);
    net_destroy(d.net);
    return ok ? 0 : cli_fail(&err);
}

static const struct cli_option options[] = {
    {"map", NULL, "the mean of the whole map that CELL lies in"},
    {"steps", "N", "steps of ascent (100)"},
    {"rate", "R", "length of a step (0.05)"},
    {"l2", "L", "how strongly large numbers are pulled to 0 (0.02)"},
    {"tv", "T", "how strongly neighbours are pulled together (0.2; pictures)"},
    {"jitter", "J", "most pixels that a step moves the picture by (1; pictures)"},
    {"seed", "N", "of the start and the jitter (1)"},
    {"output", "FILE", "the input as .npz (input, values) or as a picture .png"},
    {NULL, NULL, NULL}};

const struct cli_command cli_dream = {
    .name = "dream",
    .what = "finds the input that excites a neuron most",
    .example = "glassnet dream digits-cnn.net 'out.z[3]' --steps 200 -o three.png\n"
               "glassnet dream digits-cnn.net 'conv2.z[0,0,5]' --map -o map.png",
    .usage = "NET CELL [--map] [--steps N] [--rate R] [--l2 L] [--tv T] [--jitter J] [--seed N] "
             "[-o FILE] [--json]",
    .about = "Gradient ascent on the input from seeded noise, in evaluation mode. CELL is a number "
             "of a\nlayer; NAME.z[...], before the activation, has a slope everywhere.",
    .fewest = 2,
    .most = 2,
    .options = options,
    .run = run,
};
