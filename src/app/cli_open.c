/* Networks, data sets and samples as the commands need them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/cli.h"
#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"
#include "glassnet/io/model.h"
#include "glassnet/session/source.h"

struct net *cli_load_net(const struct cli *c, const char *path, struct err *err)
{
    bool had_weights = false;
    struct net *net = model_load(path, false, &had_weights, err);
    if (net && !had_weights && net->param_count > 0)
        cli_say(c, "%s has no weights beside it; they are drawn from seed %llu", file_name(path),
                (unsigned long long)net->train.seed);
    return net;
}

struct source cli_source(struct dataset *d, int limit)
{
    struct source source = source_of(d);
    source.count = limit > 0 && limit < d->n ? limit : d->n;
    return source;
}

struct dataset *cli_open_spec(const char *spec, const struct net *net, enum dataset_part part,
                              struct err *err)
{
    char folder[1024];
    file_folder(folder, sizeof folder, net->path);
    struct dataset *d = dataset_open(spec, part, folder, err);
    if (!d)
        return NULL;
    struct source source = cli_source(d, 0);
    if (d->n < 1) {
        err_set(err, ERR_INPUT, NULL, 0, "%s has no samples", spec);
    } else if (net_fits(net, &source, d->n_classes, err)) {
        return d;
    }
    dataset_close(d);
    return NULL;
}

struct dataset *cli_open_data(const struct cli *c, const struct net *net, enum dataset_part part,
                              struct err *err)
{
    const char *spec = cli_value(c, "data");
    if (!spec)
        spec = net->data;
    if (!spec) {
        err_set(err, ERR_USAGE, net->path, 0,
                "has no data line: say which set with --data, such as --data digits");
        return NULL;
    }
    return cli_open_spec(spec, net, part, err);
}

static bool read_samples(struct cli_batch *b, const struct dataset *d, const char *list,
                         struct err *err)
{
    struct text rest = text_of(list), word;
    int capacity = 0;
    for (bool more = true; more;) {
        long number;
        more = text_split(rest, ',', &word, &rest);
        if (!text_to_long(text_trim(word), &number))
            return err_set(err, ERR_USAGE, NULL, 0,
                           "--sample %s: expected numbers of samples joined by commas, such as "
                           "--sample 3 or --sample 0,1,2",
                           list);
        if (number < 0 || number >= d->n)
            return err_set(err, ERR_INPUT, NULL, 0,
                           "there is no sample %ld in %s: its samples are 0 to %d", number, d->spec,
                           d->n - 1);
        if (b->n == CLI_MAX_BATCH)
            return err_set(err, ERR_USAGE, NULL, 0, "--sample takes at most %d samples",
                           CLI_MAX_BATCH);
        b->samples = mem_grow(b->samples, &capacity, b->n + 1, sizeof *b->samples);
        b->samples[b->n++] = (int)number;
    }
    return true;
}

bool cli_batch_init(struct cli_batch *b, const struct dataset *d, const char *samples, int n,
                    struct err *err)
{
    *b = (struct cli_batch){0};
    if (samples) {
        if (!read_samples(b, d, samples, err)) {
            cli_batch_deinit(b);
            return false;
        }
    } else {
        b->n = n < d->n ? n : d->n;
        b->samples = mem_zalloc((size_t)b->n, sizeof *b->samples);
        for (int i = 0; i < b->n; i++)
            b->samples[i] = i;
    }
    b->x = mem_try((size_t)b->n * d->count, sizeof *b->x);
    b->labels = mem_try((size_t)b->n * (size_t)d->y_count, sizeof *b->labels);
    if (!b->x || !b->labels) {
        cli_batch_deinit(b);
        return err_set(err, ERR_IO, NULL, 0, "there is not enough memory for %d samples", b->n);
    }
    struct source source = source_of(d);
    source.fetch(source.context, b->samples, b->n, b->x, b->labels);
    return true;
}

void cli_batch_deinit(struct cli_batch *b)
{
    free(b->samples);
    free(b->x);
    free(b->labels);
    *b = (struct cli_batch){0};
}

bool cli_can_write(const char *path, struct err *err)
{
    char folder[1024];
    file_folder(folder, sizeof folder, path);
    if (file_is_folder(path))
        return err_set(err, ERR_IO, path, 0, "is a folder, expected the name of a file to write");
    if (!file_is_folder(folder))
        return err_set(err, ERR_IO, path, 0, "cannot be written: there is no folder %s", folder);
    if (access(folder, W_OK) != 0)
        return err_set(err, ERR_IO, path, 0, "cannot be written: %s", strerror(errno));
    return true;
}
