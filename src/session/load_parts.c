/* The parts of a session file, read and checked. */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "session/file.h"

bool load_damaged(const struct loaded *l, const char *what, struct err *err)
{
    return err_set(err, ERR_INPUT, l->path, 0,
                   "the session is damaged or from another version: %s is missing or not what was "
                   "expected",
                   what);
}

bool load_text(const cJSON *from, const char *key, const char **out)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(from, key);
    *out = cJSON_IsString(item) ? item->valuestring : "";
    return cJSON_IsString(item);
}

bool load_count(const cJSON *from, const char *key, int64_t *out)
{
    const char *text;
    char *end;
    if (!load_text(from, key, &text) || !*text)
        return false;
    errno = 0;
    *out = strtoll(text, &end, 10);
    return errno == 0 && *end == 0;
}

bool load_int(const cJSON *from, const char *key, int low, int high, int *out)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(from, key);
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= low && item->valuedouble <= high))
        return false;
    *out = (int)item->valuedouble;
    return *out == item->valuedouble;
}

bool load_bool(const cJSON *from, const char *key, bool *out)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(from, key);
    *out = cJSON_IsTrue(item);
    return cJSON_IsBool(item);
}

bool load_bits(const cJSON *from, const char *key, float *out)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(from, key);
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0 && item->valuedouble <= 4294967295.0))
        return false;
    uint32_t bits = (uint32_t)item->valuedouble;
    memcpy(out, &bits, sizeof bits);
    return true;
}

/* As far as the train line of a network's text lets them be. */
static bool settings_are_sound(const struct train_settings *t)
{
#define X(field)                                                                                   \
    if (!isfinite(t->field) || t->field < 0)                                                       \
        return false;
    SETTINGS_FLOATS(X)
#undef X
    return t->rate > 0 && t->mu < 1 && t->rho < 1 && t->beta1 < 1 && t->beta2 < 1 && t->batch > 0 &&
           t->optimiser < OPTIMISERS && t->schedule <= SCHEDULE_COSINE &&
           (t->schedule != SCHEDULE_STEP || t->schedule_every > 0);
}

static bool get_settings(const cJSON *from, struct train_settings *t)
{
    int64_t seed;
    bool ok = load_count(from, "seed", &seed);
    int value = 0;
    memset(t, 0, sizeof *t);
#define X(field) ok = ok && load_bits(from, #field, &t->field);
    SETTINGS_FLOATS(X)
#undef X
#define X(field)                                                                                   \
    ok = ok && load_int(from, #field, 0, 1000000000, &value);                                      \
    t->field = value;
    SETTINGS_INTS(X)
#undef X
    t->seed = (uint64_t)seed;
    t->dropout_given = cJSON_GetObjectItemCaseSensitive(from, "dropout") != NULL;
    ok = ok && (!t->dropout_given ||
                (load_bits(from, "dropout", &t->dropout) && t->dropout >= 0 && t->dropout < 1));
    return ok && settings_are_sound(t);
}

/* A moment of this network; NULL when the part is missing or does not fit. */
static struct moment *get_moment(const struct loaded *l, const char *name)
{
    struct moment_head head;
    const struct archive_part *part = archive_find(l->archive, name);
    if (!part || part->size < sizeof head)
        return NULL;
    memcpy(&head, part->bytes, sizeof head);
    size_t arrays = 0, count = l->net->param_count;
    for (int k = 0; k < CHECKPOINT_ARRAYS; k++)
        arrays += head.has >> k & 1u;
    size_t floats = arrays * count * sizeof(float);
    if (head.byte_order != SESSION_BYTE_ORDER || head.count != count || !(head.has & 1u) ||
        head.has >> CHECKPOINT_ARRAYS || part->size != sizeof head + floats || head.steps < 0 ||
        head.position < 0 || head.epoch < 0 || head.t < 0 || head.epoch > INT32_MAX || !l->data ||
        head.position > INT32_MAX || head.events < 0 || head.events > INT32_MAX)
        return NULL;
    struct moment *m = mem_zalloc(1, sizeof *m);
    struct checkpoint *c = &m->state;
    m->holders = 1;
    m->events = (int)head.events;
    c->count = count;
    c->has = (unsigned)head.has;
    c->room = arrays * count;
    c->numbers = mem_zalloc(c->room + 1, sizeof *c->numbers);
    memcpy(c->numbers, (const char *)part->bytes + sizeof head, floats);
    c->t = head.t;
    c->steps = head.steps;
    c->epoch = (int)head.epoch;
    c->position = (int)head.position;
    c->epoch_correct = (int)head.epoch_correct;
    c->batch_loss = (float)head.batch_loss;
    c->epoch_loss = head.epoch_loss;
    return m;
}

/* of: "branch" or "past" */
static bool get_curve(const struct loaded *l, const cJSON *from, const char *of, int i,
                      struct curve *curve)
{
    char name[64];
    snprintf(name, sizeof name, "%s%d.curve", of, i);
    const struct archive_part *part = archive_find(l->archive, name);
    const size_t row = SESSION_CURVE_COLUMNS * sizeof(double);
    if (!part || part->size % row || part->size / row > CURVE_MOST ||
        !load_int(from, "curve_every", 0, 1 << 28, &curve->every) ||
        !load_int(from, "curve_since", 0, 1 << 30, &curve->since))
        return false;
    curve->count = (int)(part->size / row);
    curve->points = mem_zalloc(CURVE_MOST, sizeof *curve->points);
    for (int k = 0; k < curve->count; k++) {
        double v[SESSION_CURVE_COLUMNS];
        memcpy(v, (const char *)part->bytes + (size_t)k * row, row);
        curve->points[k] = (struct progress_point){.epoch = v[0],
                                                   .loss = (float)v[1],
                                                   .test_loss = (float)v[2],
                                                   .test_accuracy = (float)v[3],
                                                   .accuracy = (float)v[4]};
    }
    return true;
}

static bool get_event(const struct loaded *l, const cJSON *from, int branch, int i, struct event *e)
{
    const char *kind;
    int64_t number, at;
    char part[64];
    *e = (struct event){.kind = EVENT_PARAM};
    if (!load_text(from, "kind", &kind) || !load_count(from, "steps", &e->steps) || e->steps < 0 ||
        !load_count(from, "number", &number))
        return false;
    e->number = (uint64_t)number;
    if (strcmp(kind, "settings") == 0) {
        e->kind = EVENT_SETTINGS;
        return get_settings(cJSON_GetObjectItemCaseSensitive(from, "was"), &e->was) &&
               get_settings(cJSON_GetObjectItemCaseSensitive(from, "becomes"), &e->becomes);
    }
    if (strcmp(kind, "data") == 0) {
        e->kind = EVENT_DATA;
        return load_data(l, from, "data_was", &e->data_was) &&
               load_data(l, from, "data_becomes", &e->data_becomes) && e->data_was &&
               e->data_becomes;
    }
    if (strcmp(kind, "params") == 0) {
        e->kind = EVENT_PARAMS;
        snprintf(part, sizeof part, "branch%d.event%d.moment", branch, i);
        e->params = get_moment(l, part);
        return e->params != NULL;
    }
    if (strcmp(kind, "param") != 0 || !load_count(from, "at", &at) || at < 0 ||
        (uint64_t)at >= l->net->param_count || !load_bits(from, "before", &e->before) ||
        !load_bits(from, "after", &e->after))
        return false;
    e->at = (size_t)at;
    return true;
}

static bool get_events(const struct loaded *l, const cJSON *from, int branch, struct history *h)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(from, "events"), *item;
    int i = 0, done;
    int64_t last = 0;
    if (!cJSON_IsArray(list))
        return false;
    for (item = list ? list->child : NULL; item; item = item->next) {
        struct event e;
        if (!get_event(l, item, branch, i++, &e)) {
            event_release(&e);
            return false;
        }
        history_add(h, &e);
        if (e.steps < last)
            return false;
        last = e.steps;
    }
    if (!load_int(from, "events_done", 0, h->event_count, &done))
        return false;
    h->events_done = done;
    return true;
}

/* The moments: where the run began, which all branches share, and where this one stands; of a
 * branch that is not shown a moment before it, from which it is run on. */
static bool get_moments(const struct loaded *l, int branch, struct history *h)
{
    const int64_t run_on_most = 10000000;
    char name[64];
    int shown = 0;
    load_int(l->json, "branch", 0, BRANCHES_MOST - 1, &shown);
    snprintf(name, sizeof name, "branch%d.moment", branch);
    struct moment *start = get_moment(l, "start.moment"), *here = get_moment(l, name);
    bool ok = start && here && start->state.steps == 0 && start->events == 0 &&
              here->state.steps <= h->now &&
              h->now - here->state.steps <= (branch == shown ? 0 : run_on_most) &&
              here->events <= h->events_done && start->state.position <= h->data->n &&
              here->state.position <= history_data(h, here->events)->n;
    if (start)
        moments_add(&h->moments, start);
    if (here)
        moments_add(&h->moments, here);
    return ok;
}

static bool get_branch(const struct loaded *l, const cJSON *from, int i, struct history *h)
{
    const char *name;
    if (!load_text(from, "name", &name) || strlen(name) >= sizeof h->name ||
        !load_count(from, "now", &h->now) || !load_count(from, "end", &h->end) || h->now < 0 ||
        h->end < h->now ||
        !get_settings(cJSON_GetObjectItemCaseSensitive(from, "start"), &h->start))
        return false;
    snprintf(h->name, sizeof h->name, "%s", name);
    bool trains = l->data && l->net->loss != LOSS_NONE;
    return load_data(l, from, "data", &h->data) && get_events(l, from, i, h) &&
           get_curve(l, from, "branch", i, &h->curve) && (!trains || get_moments(l, i, h));
}

bool load_branches(struct loaded *l, struct err *err)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(l->json, "branches"), *item;
    int count = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : 0, shown;
    if (count < 1 || count > BRANCHES_MOST || !load_int(l->json, "branch", 0, count - 1, &shown))
        return load_damaged(l, "the list of branches", err);
    for (item = list->child; item; item = item->next) {
        int i = l->branch_count++;
        if (!get_branch(l, item, i, &l->branches[i]))
            return load_damaged(l, "a branch", err);
    }
    return true;
}

bool load_past(struct loaded *l, struct err *err)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(l->json, "past"), *item;
    if (!list)
        return true; /* written before earlier runs were kept */
    int count = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : -1;
    if (count < 0 || count > PAST_MOST ||
        !load_int(l->json, "past_number", count, 1 << 30, &l->past_number))
        return load_damaged(l, "the list of earlier runs", err);
    for (item = list->child; item; item = item->next) {
        const char *name;
        int i = l->past_count++;
        struct past_run *run = &l->past[i];
        if (!load_text(item, "name", &name) || strlen(name) >= sizeof run->name ||
            !get_settings(cJSON_GetObjectItemCaseSensitive(item, "settings"), &run->settings) ||
            !get_curve(l, item, "past", i, &run->curve))
            return load_damaged(l, "an earlier run", err);
        snprintf(run->name, sizeof run->name, "%s", name);
    }
    return true;
}

/* The set that the samples on screen are of. */
static const struct dataset *data_shown(const struct loaded *l)
{
    int shown = 0;
    load_int(l->json, "branch", 0, l->branch_count - 1, &shown);
    const struct history *h = &l->branches[shown];
    return history_data(h, history_events_before(h, h->now));
}

/* A class is looked up by its number. */
static bool labels_are_sound(const struct loaded *l, const float *labels, size_t count)
{
    size_t outputs = shape_count(&net_output(l->net)->out);
    double classes = outputs > 1 ? (double)outputs : 2;
    if (l->net->loss == LOSS_NONE || (l->data && l->data->n_targets))
        return true;
    for (size_t i = 0; i < count; i++)
        if (!(labels[i] >= 0 && (double)labels[i] < classes && labels[i] == floorf(labels[i])))
            return false;
    return true;
}

bool load_edits(struct loaded *l, struct err *err)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(l->json, "edits"), *item;
    if (!cJSON_IsArray(list))
        return load_damaged(l, "the list of edits", err);
    l->edits = mem_zalloc((size_t)cJSON_GetArraySize(list) + 1, sizeof *l->edits);
    size_t inputs = (size_t)l->batch.n * l->batch.x_count;
    size_t labels = (size_t)l->batch.n * (size_t)l->batch.y_count;
    for (item = list ? list->child : NULL; item; item = item->next) {
        struct edit e = {.kind = EDIT_INPUT};
        const char *kind;
        int64_t number, at;
        if (!load_text(item, "kind", &kind) || !load_count(item, "number", &number) ||
            !load_count(item, "at", &at) || at < 0 || !load_bits(item, "before", &e.before) ||
            !load_bits(item, "after", &e.after))
            return load_damaged(l, "an edit", err);
        e.kind = strcmp(kind, "input") == 0 ? EDIT_INPUT : EDIT_LABEL;
        if ((size_t)at >= (e.kind == EDIT_INPUT ? inputs : labels) ||
            (e.kind == EDIT_LABEL &&
             (!labels_are_sound(l, &e.before, 1) || !labels_are_sound(l, &e.after, 1))))
            return load_damaged(l, "an edit", err);
        e.number = (uint64_t)number;
        e.at = (size_t)at;
        l->edits[l->edit_count++] = e;
    }
    return true;
}

bool load_part(const struct loaded *l, const char *name, void *to, size_t size)
{
    const struct archive_part *part = archive_find(l->archive, name);
    if (!part || part->size != size)
        return false;
    if (size)
        memcpy(to, part->bytes, size);
    return true;
}

bool load_batch(struct loaded *l, struct err *err)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(l->json, "samples"), *item;
    int n = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : -1, i = 0;
    size_t count = shape_count(&l->net->layers[0].out);
    int y_count = l->data ? l->data->y_count : 1, all = l->data ? data_shown(l)->n : 0;
    int tests = l->data && l->data->part == DATASET_TRAIN ? l->data->n_test : 0;
    if (n < 0 || n > SESSION_MAX_BATCH)
        return load_damaged(l, "the list of samples", err);
    if (n == 0)
        return true;
    if (!batch_init(&l->batch, n, count, y_count, err))
        return false;
    for (item = list ? list->child : NULL; item; item = item->next) {
        int sample = cJSON_IsNumber(item) ? item->valueint : INT_MIN;
        if (sample < -1 - tests || sample >= all)
            return load_damaged(l, "a sample's number", err);
        l->batch.samples[i++] = sample;
    }
    size_t labels = (size_t)n * (size_t)y_count;
    return (load_part(l, "inputs", l->batch.x, (size_t)n * count * sizeof(float)) &&
            load_part(l, "labels", l->batch.labels, labels * sizeof(float)) &&
            labels_are_sound(l, l->batch.labels, labels)) ||
           load_damaged(l, "the numbers of the samples", err);
}

bool load_network(struct loaded *l, struct err *err)
{
    const char *path, *folder, *spec;
    const struct archive_part *text = archive_find(l->archive, "network.net");
    if (!text || memchr(text->bytes, 0, text->size) || !load_text(l->json, "path", &path) ||
        !load_text(l->json, "folder", &folder) || !load_text(l->json, "data", &spec) ||
        strlen(path) >= sizeof l->net->path)
        return load_damaged(l, "the network", err);
    l->net = net_parse(text->bytes, path[0] ? path : NULL, err);
    if (!l->net)
        return false;
    snprintf(l->net->path, sizeof l->net->path, "%s", path);
    if (!load_part(l, "params", l->net->params, l->net->param_count * sizeof(float)))
        return load_damaged(l, "the list of parameters", err);
    if (!spec[0])
        return true;
    l->data = dataset_open(spec, DATASET_TRAIN, folder[0] ? folder : NULL, err);
    return l->data && session_fits(l->net, l->data, err);
}
