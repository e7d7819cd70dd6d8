/* Writing a session. */
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "session/file.h"

enum { PARTS_MOST = 4096 };

enum { EDITED_MOST = 2048 };

struct out {
    struct archive_part parts[PARTS_MOST];
    int count;
    const struct dataset *edited[EDITED_MOST]; /* sets with points set by hand, written so far */
    int edited_count;
    bool too_many; /* parts or sets */
};

/* Takes bytes (from malloc) over. */
static void add_part(struct out *o, const char *name, void *bytes, size_t size)
{
    if (o->count < PARTS_MOST)
        o->parts[o->count++] = (struct archive_part){mem_strdup(name), bytes, size};
    else
        free(bytes);
    o->too_many = o->too_many || o->count == PARTS_MOST;
}

static void add_copy(struct out *o, const char *name, const void *bytes, size_t size)
{
    void *copy = mem_zalloc(size + 1, 1);
    if (size)
        memcpy(copy, bytes, size);
    add_part(o, name, copy, size);
}

static void add_moment(struct out *o, const char *name, const struct moment *m)
{
    const struct checkpoint *c = &m->state;
    struct moment_head head = {
        SESSION_BYTE_ORDER, c->count, c->has,      m->events,        c->t,
        c->steps,           c->epoch, c->position, c->epoch_correct, (double)c->batch_loss,
        c->epoch_loss};
    size_t arrays = 0;
    for (int k = 0; k < CHECKPOINT_ARRAYS; k++)
        arrays += c->has >> k & 1u;
    size_t floats = arrays * c->count * sizeof *c->numbers;
    char *bytes = mem_zalloc(sizeof head + floats, 1);
    memcpy(bytes, &head, sizeof head);
    memcpy(bytes + sizeof head, c->numbers, floats);
    add_part(o, name, bytes, sizeof head + floats);
}

static void add_curve(struct out *o, const char *name, const struct curve *curve)
{
    double *rows = mem_zalloc((size_t)curve->count * SESSION_CURVE_COLUMNS + 1, sizeof *rows);
    for (int i = 0; i < curve->count; i++) {
        const struct progress_point *p = &curve->points[i];
        double row[SESSION_CURVE_COLUMNS] = {p->epoch, (double)p->loss, (double)p->test_loss,
                                             (double)p->test_accuracy, (double)p->accuracy};
        memcpy(rows + (size_t)i * SESSION_CURVE_COLUMNS, row, sizeof row);
    }
    add_part(o, name, rows, (size_t)curve->count * SESSION_CURVE_COLUMNS * sizeof *rows);
}

static void put_count(cJSON *to, const char *key, int64_t value)
{
    char text[32];
    snprintf(text, sizeof text, "%" PRId64, value);
    cJSON_AddStringToObject(to, key, text);
}

static void put_bits(cJSON *to, const char *key, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    cJSON_AddNumberToObject(to, key, bits);
}

static cJSON *settings_json(const struct train_settings *t)
{
    cJSON *to = cJSON_CreateObject();
#define X(field) put_bits(to, #field, t->field);
    SETTINGS_FLOATS(X)
#undef X
#define X(field) cJSON_AddNumberToObject(to, #field, (double)t->field);
    SETTINGS_INTS(X)
#undef X
    put_count(to, "seed", (int64_t)t->seed);
    if (t->dropout_given)
        put_bits(to, "dropout", t->dropout);
    return to;
}

/* Where each sample lies and what it is; the rest follows from the set's text. */
static void add_samples(struct out *o, const struct dataset *d)
{
    char part[64];
    size_t axes = (size_t)d->axes, row = axes + (size_t)d->y_count;
    float *rows = mem_zalloc((size_t)d->n * row + 1, sizeof *rows);
    for (int i = 0; i < d->n; i++) {
        float *to = rows + (size_t)i * row;
        memcpy(to, d->place + (size_t)i * axes, axes * sizeof *to);
        memcpy(to + axes, dataset_y(d, i), (size_t)d->y_count * sizeof *to);
    }
    snprintf(part, sizeof part, "data%d", o->edited_count);
    add_part(o, part, rows, (size_t)d->n * row * sizeof *rows);
    o->edited[o->edited_count++] = d;
}

/* Names the set, which is written once; the one that its text gives needs no name. */
static void put_data(cJSON *to, const char *key, struct out *o, const struct dataset *d)
{
    int i = 0;
    if (!d || !d->edited)
        return;
    while (i < o->edited_count && o->edited[i] != d)
        i++;
    if (i == EDITED_MOST) {
        o->too_many = true;
        return;
    }
    if (i == o->edited_count)
        add_samples(o, d);
    cJSON_AddNumberToObject(to, key, i);
}

static cJSON *event_json(struct out *o, int branch, int i, const struct event *e)
{
    static const char *const kinds[] = {"param", "params", "settings", "data"};
    cJSON *to = cJSON_CreateObject();
    char part[64];
    cJSON_AddStringToObject(to, "kind", kinds[e->kind]);
    put_count(to, "steps", e->steps);
    put_count(to, "number", (int64_t)e->number);
    if (e->kind == EVENT_PARAM) {
        put_count(to, "at", (int64_t)e->at);
        put_bits(to, "before", e->before);
        put_bits(to, "after", e->after);
    } else if (e->kind == EVENT_SETTINGS) {
        cJSON_AddItemToObject(to, "was", settings_json(&e->was));
        cJSON_AddItemToObject(to, "becomes", settings_json(&e->becomes));
    } else if (e->kind == EVENT_DATA) {
        put_data(to, "data_was", o, e->data_was);
        put_data(to, "data_becomes", o, e->data_becomes);
    } else {
        snprintf(part, sizeof part, "branch%d.event%d.moment", branch, i);
        add_moment(o, part, e->params);
    }
    return to;
}

static cJSON *branch_json(struct session *s, struct out *o, int i)
{
    const struct history *h = &s->branches[i];
    bool shown = i == s->branch;
    int64_t now = shown ? time_now(s) : h->now;
    cJSON *to = cJSON_CreateObject();
    char part[64];
    cJSON_AddStringToObject(to, "name", h->name);
    put_count(to, "now", now);
    put_count(to, "end", h->end);
    cJSON_AddNumberToObject(to, "events_done", h->events_done);
    cJSON_AddItemToObject(to, "start", settings_json(&h->start));
    put_data(to, "data", o, h->data);
    cJSON *events = cJSON_AddArrayToObject(to, "events");
    for (int k = 0; k < h->event_count; k++)
        cJSON_AddItemToArray(events, event_json(o, i, k, &h->events[k]));
    cJSON_AddNumberToObject(to, "curve_every", h->curve.every);
    cJSON_AddNumberToObject(to, "curve_since", h->curve.since);
    snprintf(part, sizeof part, "branch%d.curve", i);
    add_curve(o, part, &h->curve);
    if (h->moments.count == 0)
        return to;
    snprintf(part, sizeof part, "branch%d.moment", i);
    struct moment *here = shown ? moment_take(s->trainer, history_events_before(h, now)) : NULL;
    add_moment(o, part, here ? here : moments_find(&h->moments, now));
    moment_release(here);
    return to;
}

/* Earlier runs: their curves and the settings they were made by. */
static void put_past(cJSON *to, struct out *o, const struct session *s)
{
    cJSON *list = cJSON_AddArrayToObject(to, "past");
    cJSON_AddNumberToObject(to, "past_number", s->past_number);
    for (int i = 0; i < s->past_count; i++) {
        const struct past_run *run = &s->past[i];
        char part[64];
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "name", run->name);
        cJSON_AddItemToObject(item, "settings", settings_json(&run->settings));
        cJSON_AddNumberToObject(item, "curve_every", run->curve.every);
        cJSON_AddNumberToObject(item, "curve_since", run->curve.since);
        cJSON_AddItemToArray(list, item);
        snprintf(part, sizeof part, "past%d.curve", i);
        add_curve(o, part, &run->curve);
    }
}

static void put_cells(cJSON *to, const char *key, const struct session *s,
                      const struct cells *cells)
{
    cJSON *list = cJSON_AddArrayToObject(to, key);
    char name[NAME_SIZE];
    for (int i = 0; i < cells->count; i++)
        cJSON_AddItemToArray(
            list, cJSON_CreateString(cell_name(s->program, cells->cell[i], name, sizeof name)));
}

static void put_edits(cJSON *to, const struct session *s)
{
    cJSON *list = cJSON_AddArrayToObject(to, "edits");
    for (int i = 0; i < s->edit_count; i++) {
        const struct edit *e = &s->edits[i];
        cJSON *edit = cJSON_CreateObject();
        cJSON_AddStringToObject(edit, "kind", e->kind == EDIT_INPUT ? "input" : "label");
        put_count(edit, "number", (int64_t)e->number);
        put_count(edit, "at", (int64_t)e->at);
        put_bits(edit, "before", e->before);
        put_bits(edit, "after", e->after);
        cJSON_AddItemToArray(list, edit);
    }
    cJSON_AddNumberToObject(to, "edits_done", s->edits_done);
}

/* What is on screen: samples, mode, cursor, selection, drawing. */
static void put_pass(cJSON *to, const struct session *s)
{
    char name[NAME_SIZE] = "";
    cJSON_AddStringToObject(to, "mode", s->mode == MODE_TRAIN ? "train" : "eval");
    cJSON_AddStringToObject(to, "pass", s->kind == PASS_RUN ? "run" : "inspect");
    cJSON_AddStringToObject(to, "grain", grain_name(s->grain));
    put_count(to, "cursor", s->cursor.cell);
    cJSON_AddNumberToObject(to, "cursor_term", s->cursor.term);
    cJSON_AddNumberToObject(to, "view_sample", s->view_sample);
    if (s->program && cell_is(s->selected))
        cell_name(s->program, s->selected, name, sizeof name);
    cJSON_AddStringToObject(to, "selected", name);
    put_cells(to, "hidden", s, &s->hidden);
    put_cells(to, "trail", s, &s->trail);
    put_count(to, "redraws", (int64_t)s->redraws);
    cJSON_AddBoolToObject(to, "drawing", s->drawing);
    cJSON_AddBoolToObject(to, "label_given", s->label_given);
    cJSON_AddBoolToObject(to, "pad_empty", s->pad_empty);
    cJSON_AddNumberToObject(to, "last_sample", s->last_sample);
    put_bits(to, "spot_x", s->spot[0]);
    put_bits(to, "spot_y", s->spot[1]);
    cJSON *samples = cJSON_AddArrayToObject(to, "samples");
    for (int i = 0; i < s->inspect.n; i++)
        cJSON_AddItemToArray(samples, cJSON_CreateNumber(s->inspect.samples[i]));
}

static char *make_json(struct session *s, struct out *o)
{
    cJSON *to = cJSON_CreateObject();
    cJSON_AddNumberToObject(to, "glassnet_session", SESSION_FORMAT);
    cJSON_AddStringToObject(to, "path", s->net->path);
    cJSON_AddStringToObject(to, "folder", s->folder);
    cJSON_AddStringToObject(to, "data", s->data ? s->data->spec : "");
    cJSON_AddStringToObject(to, "note", s->note ? s->note : "");
    cJSON_AddStringToObject(to, "code", s->code);
    cJSON_AddBoolToObject(to, "settings_changed", s->settings_changed);
    put_count(to, "changes", (int64_t)s->changes);
    put_pass(to, s);
    put_edits(to, s);
    cJSON_AddNumberToObject(to, "branch", s->branch);
    cJSON *branches = cJSON_AddArrayToObject(to, "branches");
    for (int i = 0; i < s->branch_count; i++)
        cJSON_AddItemToArray(branches, branch_json(s, o, i));
    put_past(to, o, s);
    cJSON_AddNumberToObject(to, "edited", o->edited_count);
    char *text = cJSON_Print(to);
    cJSON_Delete(to);
    return text;
}

static struct out *pack(struct session *s)
{
    struct out *o = mem_zalloc(1, sizeof *o);
    const char *text = net_text(s->net);
    char *json = make_json(s, o);
    add_part(o, "session.json", json, strlen(json));
    add_copy(o, "network.net", text, strlen(text));
    add_copy(o, "params", s->net->params, s->net->param_count * sizeof *s->net->params);
    add_copy(o, "pad", s->pad, (size_t)PAD_SIDE * PAD_SIDE);
    add_copy(o, "inputs", s->inspect.x,
             (size_t)s->inspect.n * s->inspect.x_count * sizeof *s->inspect.x);
    add_copy(o, "labels", s->inspect.labels,
             (size_t)s->inspect.n * (size_t)s->inspect.y_count * sizeof *s->inspect.labels);
    if (s->branches[0].moments.count)
        add_moment(o, "start.moment", s->branches[0].moments.list[0]);
    return o;
}

/* Writes what was packed, which is gone afterwards. */
static bool write_packed(struct out *o, const char *path, struct err *err)
{
    bool done = !o->too_many ? archive_write(path, o->parts, o->count, err)
                             : err_set(err, ERR_INPUT, path, 0,
                                       "the session has more changes than a file holds");
    for (int i = 0; i < o->count; i++) {
        free((void *)o->parts[i].name);
        free((void *)o->parts[i].bytes);
    }
    free(o);
    return done;
}

static bool is_open(const struct session *s, struct err *err)
{
    return s->net || err_set(err, ERR_STATE, NULL, 0, "nothing is open that could be saved");
}

bool session_save(struct session *s, const char *path, struct err *err)
{
    if (!is_open(s, err))
        return false;
    session_update(s);
    return write_packed(pack(s), path, err);
}

struct save_job {
    pthread_t thread;
    struct out *packed;
    char path[1024];
    struct err err;
    bool saved;
    atomic_bool done;
};

static void *write_job(void *context)
{
    struct save_job *job = context;
    job->saved = write_packed(job->packed, job->path, &job->err);
    atomic_store(&job->done, true);
    return NULL;
}

bool session_save_begin(struct session *s, const char *path, struct err *err)
{
    if (!is_open(s, err))
        return false;
    if (s->saving)
        return err_set(err, ERR_STATE, NULL, 0, "the session is being written already");
    struct save_job *job = mem_zalloc(1, sizeof *job);
    snprintf(job->path, sizeof job->path, "%s", path);
    job->packed = pack(s);
    if (pthread_create(&job->thread, NULL, write_job, job) != 0) {
        bool done = write_packed(job->packed, path, err);
        free(job);
        return done;
    }
    s->saving = job;
    return true;
}

enum save_state session_save_state(struct session *s, struct err *err)
{
    struct save_job *job = s->saving;
    if (!job)
        return SAVE_NONE;
    if (!atomic_load(&job->done))
        return SAVE_RUNNING;
    return session_save_end(s, err) ? SAVE_DONE : SAVE_FAILED;
}

bool session_save_end(struct session *s, struct err *err)
{
    struct save_job *job = s->saving;
    if (!job)
        return true;
    pthread_join(job->thread, NULL);
    bool saved = job->saved;
    if (!saved && err)
        *err = job->err;
    free(job);
    s->saving = NULL;
    return saved;
}

bool command_save_session(struct session *s, struct text rest, struct err *err)
{
    char path[1024];
    s->changed = false;
    return argument_path(rest, ".gns", path, sizeof path, err) && session_save(s, path, err);
}
