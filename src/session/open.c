/* What is open: the network, its data, the trainer; which samples are shown. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "glassnet/io/model.h"
#include "glassnet/io/trace_file.h"
#include "session/state.h"

static void close_data(struct session *s)
{
    own_leave(s);
    study_clear(s);
    past_clear(s);
    race_end(&s->optimizers);
    pass_drop(s);
    time_end(s);
    edits_forget_sample(s);
    drawing_end(s);
    trainer_destroy(s->trainer);
    s->trainer = NULL;
    program_destroy(s->program);
    s->program = NULL;
    dataset_close(s->data);
    dataset_close(s->test);
    s->data = s->test = NULL;
    s->test_looked_for = false;
    s->hidden.count = 0;
    s->reading_hidden = false;
}

void session_close(struct session *s)
{
    worker_stop(s);
    close_data(s);
    field_drop(s);
    beside_clear(s);
    look_clear(s);
    dreaming_clear(s);
    nearest_clear(s);
    watch_clear(s);
    net_destroy(s->net);
    s->net = NULL;
    s->settings_changed = false;
    s->edit_count = s->edits_done = 0;
    memset(s->pad, 0, (size_t)PAD_SIDE * PAD_SIDE);
    s->pad_empty = true;
    pad_past_clear(&s->pad_past);
    s->progress = (struct progress){0};
    s->notice[0] = 0;
    s->code[0] = 0;
    s->guessing = (struct guessing){.cell = CELL_NONE};
}

void session_make_trainer(struct session *s)
{
    trainer_destroy(s->trainer);
    s->trainer = NULL;
    err_clear(&s->no_trainer);
    if (!s->data) {
        err_set(&s->no_trainer, ERR_STATE, NULL, 0,
                "there is no data to train on; choose some with data DATA");
    } else if (s->net->loss == LOSS_NONE) {
        err_set(&s->no_trainer, ERR_STATE, NULL, 0,
                "the network has no loss to make smaller; write a loss line into its file");
    } else {
        struct source source = source_of(s->data);
        s->engine = (struct engine_choice){.kind = ENGINE_FAST, .threads = s->settings.threads};
        s->trainer = trainer_create(s->net, &source, s->engine, &s->no_trainer);
    }
}

const struct dataset *session_test_set(struct session *s)
{
    char spec[sizeof s->data->spec];
    if (!s->data || s->test_looked_for || s->data->part != DATASET_TRAIN || s->data->n_test == 0)
        return s->test;
    s->test_looked_for = true;
    dataset_spec_with_part(s->data->spec, DATASET_TEST, spec, sizeof spec);
    s->test = dataset_open(spec, DATASET_TEST, s->folder, NULL);
    return s->test;
}

bool session_fits(const struct net *net, const struct dataset *data, struct err *err)
{
    struct source source = source_of(data);
    return net_fits(net, &source, data->n_classes, err);
}

/* The network stays; data (may be NULL) becomes what samples come from. */
void session_attach_data(struct session *s, struct dataset *data)
{
    struct batch batch = {0};
    struct err err = {0};
    int first = 0;
    close_data(s);
    s->data = data;
    s->program = program_create(s->net, s->mode, data ? data->n_targets : 0);
    session_make_trainer(s);
    time_begin(s);
    s->last_sample = 0;
    if (!data || data->n == 0)
        return;
    if (!batch_fetch(&batch, data, &first, 1, &err) ||
        !pass_show(s, PASS_INSPECT, s->program, &batch, &err))
        snprintf(s->notice, sizeof s->notice, "%s", err.message);
    batch_deinit(&batch);
}

void session_install(struct session *s, struct net *net, struct dataset *data)
{
    session_close(s);
    s->net = net;
    s->mode = MODE_TRAIN;
    if (net->path[0])
        file_folder(s->folder, sizeof s->folder, net->path);
    else
        snprintf(s->folder, sizeof s->folder, ".");
    session_attach_data(s, data);
    if (strcmp(s->view, "home") == 0)
        snprintf(s->view, sizeof s->view, "network");
}

bool session_open(struct session *s, struct net *net, struct dataset *data, struct err *err)
{
    if (data && !session_fits(net, data, err)) {
        net_destroy(net);
        dataset_close(data);
        return false;
    }
    session_install(s, net, data);
    s->revision++;
    return true;
}

static const char *path_text(struct text rest, char *path, size_t size)
{
    text_copy(text_trim(rest), path, size);
    return path;
}

/* A network whose data is missing still opens, and a notice says why nothing is shown in it. */
bool command_open(struct session *s, struct text rest, struct err *err)
{
    char path[1024], folder[1024];
    struct err problem = {0};
    struct dataset *data = NULL;
    if (file_ends_with(path_text(rest, path, sizeof path), ".gns"))
        return session_load(s, path, err);
    if (!argument_path(rest, ".net", path, sizeof path, err))
        return false;
    struct net *net = model_load(path, false, NULL, err);
    if (!net)
        return false;
    if (net->data)
        data = dataset_open(net->data, DATASET_TRAIN, file_folder(folder, sizeof folder, path),
                            &problem);
    if (data && !session_fits(net, data, &problem)) {
        dataset_close(data);
        data = NULL;
    }
    session_install(s, net, data);
    if (err_any(&problem))
        err_text(&problem, s->notice, sizeof s->notice);
    return true;
}

bool command_data(struct session *s, struct text rest, struct err *err)
{
    char spec[512];
    if (!argument_path(rest, NULL, spec, sizeof spec, err))
        return false;
    struct dataset *data = dataset_open(spec, DATASET_TRAIN, s->folder, err);
    if (!data)
        return false;
    if (!session_fits(s->net, data, err)) {
        dataset_close(data);
        return false;
    }
    worker_stop(s);
    s->notice[0] = 0;
    session_attach_data(s, data);
    return true;
}

bool command_save(struct session *s, struct text rest, struct err *err)
{
    char path[sizeof s->net->path];
    if (!argument_path(rest, ".net", path, sizeof path, err))
        return false;
    if (s->settings_changed)
        train_line_update(s->net);
    s->settings_changed = false;
    if (!model_save(s->net, path, err))
        return false;
    snprintf(s->net->path, sizeof s->net->path, "%s", path);
    return true;
}

bool command_save_trace(struct session *s, struct text rest, struct err *err)
{
    char path[1024];
    s->changed = false;
    return argument_path(rest, ".npz", path, sizeof path, err) && trace_save(s->trace, path, err);
}

/* Within the part that each is of. */
static void next_samples(const struct session *s, int by, int *samples, int *n)
{
    const struct batch *now = &s->inspect;
    *n = s->drawing || now->n == 0 ? 1 : now->n;
    for (int i = 0; i < *n; i++) {
        int at = s->drawing || now->n == 0 ? s->last_sample : now->samples[i];
        int test = sample_in_test(at);
        int64_t from = test >= 0 ? test : at, count = test >= 0 ? s->test->n : s->data->n;
        int to = (int)((from + (int64_t)by * *n % count + count) % count);
        samples[i] = test >= 0 ? sample_of_test(to) : to;
    }
}

bool session_fetch(struct session *s, const int *samples, int n, struct batch *batch,
                   struct err *err)
{
    const struct dataset *d = s->data;
    if (!batch_init(batch, n, d->count, d->y_count, err))
        return false;
    memcpy(batch->samples, samples, (size_t)n * sizeof *samples);
    for (int i = 0; i < n; i++) {
        int test = sample_in_test(samples[i]);
        const struct dataset *from = test >= 0 ? session_test_set(s) : d;
        int at = test >= 0 ? test : samples[i];
        size_t y_count = (size_t)d->y_count;
        memcpy(batch->x + (size_t)i * d->count, dataset_x(from, at), d->count * sizeof(float));
        memcpy(batch->labels + (size_t)i * y_count, dataset_y(from, at), y_count * sizeof(float));
    }
    return true;
}

/* Of the set that is trained on, or its test set. */
static bool read_samples(const struct session *s, struct text word, const struct dataset *set,
                         int *samples, int *n, struct err *err)
{
    bool test = set != s->data;
    struct text left, right = word;
    bool more = true;
    for (*n = 0; more; (*n)++) {
        long sample;
        more = text_split(right, ',', &left, &right);
        struct text piece = text_trim(left);
        if (*n == SESSION_MAX_BATCH)
            return err_set(err, ERR_USAGE, NULL, 0, "at most %d samples are shown together",
                           SESSION_MAX_BATCH);
        if (!text_to_long(piece, &sample) || sample < 0 || sample >= set->n)
            return err_set(err, ERR_USAGE, NULL, 0,
                           test ? N_("\"%.*s\" is no test sample of %s; they count from 0 to %d")
                                : N_("\"%.*s\" is no sample of %s; they count from 0 to %d"),
                           (int)(piece.n < 40 ? piece.n : 40), piece.p, set->name, set->n - 1);
        samples[*n] = test ? sample_of_test((int)sample) : (int)sample;
    }
    return true;
}

bool command_sample(struct session *s, struct text rest, struct err *err)
{
    int samples[SESSION_MAX_BATCH], n;
    struct batch batch;
    struct text word = text_trim(rest), after = word;
    if (!s->data)
        return err_set(err, ERR_STATE, NULL, 0,
                       "there is no data to take a sample from; choose some with data DATA");
    if (text_is(word, "next") || text_is(word, "previous"))
        next_samples(s, text_is(word, "next") ? 1 : -1, samples, &n);
    else if (text_is(text_next_word(&after), "test")) {
        const struct dataset *test = session_test_set(s);
        if (!test)
            return err_set(err, ERR_STATE, NULL, 0, "%s has no test part that is open beside it",
                           s->data->name);
        if (!read_samples(s, after, test, samples, &n, err))
            return false;
    } else if (!read_samples(s, word, s->data, samples, &n, err))
        return false;
    if (!session_fetch(s, samples, n, &batch, err))
        return false;
    bool ok = pass_show(s, PASS_INSPECT, s->program, &batch, err);
    batch_deinit(&batch);
    if (!ok)
        return false;
    edits_forget_sample(s);
    drawing_end(s);
    if (samples[0] >= 0)
        s->last_sample = samples[0];
    return true;
}

bool command_place(struct session *s, struct text rest, struct err *err)
{
    long place;
    if (!argument_long(&rest, "a place in the batch", 0, s->trace->n - 1, &place, err) ||
        !arguments_end(rest, err))
        return false;
    s->changed = place != s->view_sample;
    pass_view(s, (int)place);
    if (cell_is(s->selected) && s->program->tensors[s->selected.tensor].batched) {
        s->selected.sample = (int)place;
        s->formula_fresh = false;
    }
    return true;
}
