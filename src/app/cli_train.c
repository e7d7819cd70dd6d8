/* glassnet train: its options, and what it says and writes in the end. */
#include "app/cli_train.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/json_out.h"
#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/io/model.h"

static bool set_optimiser(struct net *net, const char *word, struct err *err)
{
    int found = optimiser_find(word);
    if (found < 0) {
        const char *names[OPTIMISERS + 1] = {NULL};
        char list[256] = "";
        for (int i = 0; i < OPTIMISERS; i++) {
            names[i] = optimiser_name((enum optimiser_kind)i);
            snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s", i ? ", " : "",
                     names[i]);
        }
        const char *near = cli_nearest(word, names, sizeof *names);
        return err_set(err, ERR_USAGE, NULL, 0, "there is no optimizer \"%s\"%s%s%s; there are %s",
                       word, near ? ", did you mean " : "", near ? near : "", near ? "?" : "",
                       list);
    }
    /* The optimiser of the file keeps what the file says of it. */
    if ((enum optimiser_kind)found != net->train.optimiser)
        net_set_optimiser(net, (enum optimiser_kind)found);
    return true;
}

/* Options win over the network's train line. */
static bool set_options(struct net *net, const struct cli *c, bool fresh, struct err *err)
{
    long epochs = net->train.epochs, batch = net->train.batch, seed = -1;
    double rate = -1.0;
    const char *optimiser = cli_value(c, "optimizer");
    if (!cli_long(c, "epochs", 0, 1000000, &epochs, err) ||
        !cli_long(c, "batch", 1, 1 << 20, &batch, err) ||
        !cli_long(c, "seed", 0, 9007199254740992, &seed, err) ||
        !cli_number(c, "rate", 0.0, 1e6, &rate, err) ||
        (optimiser && !set_optimiser(net, optimiser, err)))
        return false;
    net->train.epochs = (int)epochs;
    net->train.batch = (int)batch;
    if (rate >= 0.0)
        net->train.rate = (float)rate;
    if (seed >= 0)
        net->train.seed = (uint64_t)seed;
    if (fresh)
        net_start(net, net->train.seed);
    return true;
}

static bool set_engine(const struct cli *c, struct engine_choice *engine, struct err *err)
{
    long threads = 0;
    const char *word = cli_value(c, "engine");
    *engine = (struct engine_choice){.kind = ENGINE_FAST};
    if (word && strcmp(word, "plain") == 0)
        engine->kind = ENGINE_PLAIN;
    else if (word && strcmp(word, "fast") != 0)
        return err_set(err, ERR_USAGE, NULL, 0, "--engine %s: expected plain or fast", word);
    if (!cli_long(c, "threads", 1, 1024, &threads, err))
        return false;
    engine->threads = (int)threads;
    return true;
}

/* --test, or the test part of the set when it was opened by its train part. */
static bool open_sets(struct training *t, const struct cli *c, struct err *err)
{
    const char *test = cli_value(c, "test");
    char spec[600];
    long limit = 0;
    if (!cli_long(c, "limit", 1, 1 << 30, &limit, err))
        return false;
    t->train = cli_open_data(c, t->net, DATASET_TRAIN, err);
    if (!t->train)
        return false;
    t->source = cli_source(t->train, (int)limit);
    if (!test && t->train->part == DATASET_TRAIN && t->train->n_test > 0)
        test = dataset_spec_with_part(t->train->spec, DATASET_TEST, spec, sizeof spec);
    if (!test)
        return true;
    t->test = cli_open_spec(test, t->net, DATASET_TEST, err);
    if (t->test)
        t->test_source = cli_source(t->test, 0);
    return t->test != NULL;
}

bool training_init(struct training *t, const struct cli *c, struct err *err)
{
    struct engine_choice engine;
    bool had_weights = false, fresh = cli_value(c, "fresh") != NULL;
    *t = (struct training){.cli = c};
    if (!set_engine(c, &engine, err))
        return false;
    t->net = model_load(c->args[0], fresh, &had_weights, err);
    if (!t->net || !set_options(t->net, c, fresh || !had_weights, err) || !open_sets(t, c, err))
        return false;
    if (had_weights)
        cli_say(c, "going on from the weights beside %s (--fresh draws new ones)",
                file_name(c->args[0]));
    t->trainer = trainer_create(t->net, &t->source, engine, err);
    if (!t->trainer)
        return false;
    progress_bar_init(&t->bar, c->quiet, cli_value(c, "progress") != NULL);
    t->is_patient = t->test && t->net->train.patience > 0;
    if (t->net->train.patience > 0 && !t->test)
        cli_say(c, "patience needs a test set (--test); without one all epochs are run");
    t->watch_test = t->test && (!c->quiet || t->is_patient || cli_value(c, "log"));
    return true;
}

void training_deinit(struct training *t)
{
    trainer_destroy(t->trainer);
    dataset_close(t->train);
    dataset_close(t->test);
    net_destroy(t->net);
    patience_deinit(&t->patience);
    free(t->lines);
    free(t->train_result.confusion);
    free(t->test_result.confusion);
    *t = (struct training){0};
}

static bool can_write_results(const struct cli *c, struct err *err)
{
    const char *out = cli_value(c, "output"), *log = cli_value(c, "log");
    if (out && !file_ends_with(out, ".net"))
        return err_set(err, ERR_USAGE, NULL, 0, "-o %s: expected a name that ends in .net", out);
    if (out) {
        char weights[1024];
        file_with_ending(weights, sizeof weights, out, ".safetensors");
        if (!cli_can_write(out, err) || !cli_can_write(weights, err))
            return false;
    }
    return !log || cli_can_write(log, err);
}

static bool write_results(const struct training *t, const struct cli *c, struct err *err)
{
    const char *out = cli_value(c, "output"), *log = cli_value(c, "log");
    if (out && !model_save(t->net, out, err))
        return false;
    if (log && !training_write_log(t, log, err))
        return false;
    char weights[1024];
    if (out)
        cli_say(c, "wrote %s and %s", out,
                file_with_ending(weights, sizeof weights, out, ".safetensors"));
    else
        cli_say(c, "nothing was saved: -o OUT.net keeps what was learnt");
    return true;
}

/* Loss and accuracy in evaluation mode after the last epoch. */
static bool evaluate(struct training *t, struct err *err)
{
    if (!net_evaluate(t->net, &t->source, t->source.count, &t->train_result, err))
        return false;
    if (t->test_is_measured)
        return true;
    free(t->test_result.confusion);
    t->test_result = (struct evaluation){.loss = (double)NAN, .accuracy = (double)NAN};
    return !t->test ||
           net_evaluate(t->net, &t->test_source, t->test_source.count, &t->test_result, err);
}

static void write_json(const struct training *t)
{
    struct json_out j = {.f = stdout};
    json_begin(&j, NULL, '{');
    json_int(&j, "epochs", t->line_count);
    json_int(&j, "samples", t->samples);
    json_number(&j, "seconds", t->seconds);
    json_number(&j, "samples_per_second", t->seconds > 0.0 ? (double)t->samples / t->seconds : 0.0);
    json_int(&j, "threads", t->trainer->engine.threads);
    json_text(&j, "engine", t->trainer->engine.kind == ENGINE_FAST ? "fast" : "plain");
    json_number(&j, "train_loss", t->train_result.loss);
    json_number(&j, "train_accuracy", t->train_result.accuracy);
    json_number(&j, "test_loss", t->test_result.loss);
    json_number(&j, "test_accuracy", t->test_result.accuracy);
    json_end(&j, '}');
    json_finish(&j);
}

static void print_result(const char *what, const struct evaluation *e)
{
    printf("%-6s loss %.6g", what, e->loss);
    if (!isnan(e->accuracy))
        printf("  accuracy %.2f %%", 100.0 * e->accuracy);
    printf("  (%d samples)\n", e->samples);
}

static int run(struct cli *c)
{
    struct err err = {0};
    struct training t = {0};
    bool ok = can_write_results(c, &err) && training_init(&t, c, &err) && training_run(&t, &err) &&
              write_results(&t, c, &err) && evaluate(&t, &err);
    if (ok && c->json) {
        write_json(&t);
    } else if (ok) {
        print_result("train", &t.train_result);
        if (t.test)
            print_result("test", &t.test_result);
    }
    training_deinit(&t);
    return ok ? 0 : cli_fail(&err);
}

static const struct cli_option options[] = {
    {"data", "DATA", "the set to learn from; else the network's own, its train part"},
    {"test", "DATA", "the set to test on; else the test part of the set, where it has one"},
    {"epochs", "N", "times through the set"},
    {"batch", "N", "samples a step"},
    {"rate", "R", "learning rate"},
    {"optimizer", "NAME", "sgd, momentum, nesterov, adagrad, rmsprop, adadelta, adam"},
    {"seed", "N", "of the start of the weights and the order of the samples"},
    {"fresh", NULL, "draw the weights anew, though there are some beside the network"},
    {"limit", "N", "the first N samples of the set alone"},
    {"engine", "plain|fast", "same numbers, other speed"},
    {"threads", "N", "as many threads; else as many as the work is worth"},
    {"log", "FILE.csv", "a line an epoch: losses, accuracies, seconds"},
    {"output", "OUT.net", "writes OUT.net and OUT.safetensors"},
    {"progress", NULL, "draws the progress bar though standard error is no terminal"},
    {NULL, NULL, NULL}};

const struct cli_command cli_train = {
    .name = "train",
    .what = "trains a network; Ctrl-C stops and keeps what was learnt",
    .example = "glassnet train digits-cnn.net --epochs 3 -o my-digits.net",
    .usage = "NET [OPTIONS] [-o OUT.net]",
    .about = "Options win over the network's train line. Without -o nothing is saved. A run goes\n"
             "on from the weights beside NET where there are some.",
    .fewest = 1,
    .most = 1,
    .options = options,
    .run = run,
};
