/* Points set by hand: the run's data changes at its step, as a weight does that is edited. */
#include "glassnet/base/translate.h"
#include "glassnet/data/plane.h"

#include <stdio.h>
#include <string.h>

#include "session/state.h"

/* Where a set with other samples is gone on with: at the same place of the epoch, or at its start
 * where the set has no such place any more. */
static void restore(struct checkpoint *place, struct trainer *t)
{
    if (place->position >= t->source.count)
        place->position = 0;
    checkpoint_restore(place, t);
}

/* A sample that is shown as the old set has it becomes what the new one has. */
static void refetch(struct session *s, const struct dataset *old)
{
    const struct dataset *data = s->data;
    struct batch *b = &s->inspect;
    size_t y_count = (size_t)b->y_count;
    if (s->last_sample >= data->n)
        s->last_sample = data->n - 1;
    for (int i = 0; i < b->n; i++) {
        int sample = b->samples[i];
        if (sample < 0)
            continue;
        float *x = b->x + (size_t)i * b->x_count, *label = b->labels + (size_t)i * y_count;
        bool gone = sample >= data->n;
        if (!gone && (memcmp(x, dataset_x(old, sample), b->x_count * sizeof *x) != 0 ||
                      memcmp(label, dataset_y(old, sample), y_count * sizeof *label) != 0))
            continue;
        sample = gone ? data->n - 1 : sample;
        b->samples[i] = sample;
        memcpy(x, dataset_x(data, sample), b->x_count * sizeof *x);
        memcpy(label, dataset_y(data, sample), y_count * sizeof *label);
    }
}

void points_use(struct session *s, struct dataset *data)
{
    struct dataset *old = s->data;
    struct checkpoint place = {0};
    if (!data || data == old)
        return;
    if (s->trainer)
        checkpoint_take(&place, s->trainer);
    s->data = dataset_hold(data);
    session_make_trainer(s);
    if (s->trainer && place.numbers)
        restore(&place, s->trainer);
    checkpoint_deinit(&place);
    refetch(s, old);
    dataset_close(old);
}

struct trainer *points_take(struct trainer *t, const struct dataset *data,
                            struct engine_choice engine, struct err *err)
{
    struct checkpoint place = {0};
    struct source source = source_of(data);
    checkpoint_take(&place, t);
    struct trainer *next = trainer_create(t->net, &source, engine, err);
    if (next)
        restore(&place, next);
    checkpoint_deinit(&place);
    trainer_destroy(t);
    return next;
}

/* The last change, when it is that of the point being dragged: it goes on. */
static struct event *dragged_event(struct session *s)
{
    struct history *h = time_run(s);
    struct event *e = h->events_done ? &h->events[h->events_done - 1] : NULL;
    bool same = s->drags && e && e->kind == EVENT_DATA && e->steps == time_now(s) &&
                e->number == s->changes;
    return same ? e : NULL;
}

/* The change is in force: it becomes an event, or goes on with the one of the drag. */
static void note(struct session *s, struct dataset *was, struct dataset *next)
{
    struct event *dragged = dragged_event(s);
    if (!dragged) {
        edit_note(s, &(struct event){.kind = EVENT_DATA, .data_was = was, .data_becomes = next});
        return;
    }
    dataset_close(was);
    dataset_close(dragged->data_becomes);
    dragged->data_becomes = next;
    moments_cut(&time_run(s)->moments, time_now(s), time_run(s)->events_done - 1);
}

/* Takes next over. Training that is under way goes on with it. */
static bool change(struct session *s, struct dataset *next, struct err *err)
{
    if (!next)
        return false;
    int left = worker_interrupt(s);
    struct dataset *was = dataset_hold(s->data);
    bool done = time_change(s, err);
    if (done) {
        points_use(s, next);
        done = time_show_now(s, false, err);
        if (!done)
            points_use(s, was);
    }
    if (done) {
        note(s, was, next);
    } else {
        dataset_close(was);
        dataset_close(next);
    }
    return (left == 0 || worker_start(s, left, done ? err : NULL)) && done;
}

static bool read_numbers(struct text *rest, const char *what, int n, float *out, struct err *err)
{
    for (int i = 0; i < n; i++) {
        double value;
        if (!argument_value(rest, what, &value, err))
            return false;
        out[i] = (float)value;
    }
    return true;
}

static bool read_label(const struct session *s, struct text *rest, float *label, struct err *err)
{
    return read_numbers(rest, s->data->n_classes ? "the point's class" : "what is to be predicted",
                        s->data->y_count, label, err);
}

static bool read_which(const struct session *s, struct text *rest, int *which, struct err *err)
{
    long n;
    if (!argument_long(rest, "a point", 0, s->data->n - 1, &n, err))
        return false;
    *which = (int)n;
    return true;
}

enum { LABEL_MOST = 16 };

static bool add_point(struct session *s, struct text rest, struct err *err)
{
    float place[2], label[LABEL_MOST];
    return read_numbers(&rest, "where the point lies", s->data->axes, place, err) &&
           read_label(s, &rest, label, err) && arguments_end(rest, err) &&
           change(s, points_add(s->data, place, label, err), err);
}

static bool move_point(struct session *s, struct text rest, bool drag, struct err *err)
{
    float place[2], label[LABEL_MOST];
    char name[64];
    int i;
    if (!read_which(s, &rest, &i, err) ||
        !read_numbers(&rest, "where the point lies", s->data->axes, place, err))
        return false;
    memcpy(label, dataset_y(s->data, i), (size_t)s->data->y_count * sizeof *label);
    if (text_trim(rest).n > 0 && !read_label(s, &rest, label, err))
        return false;
    if (!arguments_end(rest, err))
        return false;
    snprintf(name, sizeof name, _("point %d"), i);
    s->drags = drag && strcmp(name, s->dragged) == 0;
    bool done = change(s, points_move(s->data, i, place, label, err), err);
    s->drags = false;
    snprintf(s->dragged, sizeof s->dragged, "%s", drag && done ? name : "");
    return done;
}

static bool delete_point(struct session *s, struct text rest, struct err *err)
{
    int i;
    return read_which(s, &rest, &i, err) && arguments_end(rest, err) &&
           change(s, points_delete(s->data, i, err), err);
}

static bool has_places(const struct session *s, struct err *err)
{
    if (s->data && s->data->place && s->data->y_count <= LABEL_MOST)
        return true;
    return err_set(err, ERR_STATE, NULL, 0,
                   "there are no points to change: that takes samples of one or two numbers, as "
                   "data moons has");
}

bool command_points(struct session *s, struct text rest, struct err *err)
{
    char word[32];
    if (!argument_word(&rest, "add, move, drag or delete", word, sizeof word, err) ||
        !has_places(s, err))
        return false;
    if (strcmp(word, "move") == 0 || strcmp(word, "drag") == 0)
        return move_point(s, rest, word[0] == 'd', err);
    s->dragged[0] = 0;
    if (strcmp(word, "add") == 0)
        return add_point(s, rest, err);
    if (strcmp(word, "delete") == 0)
        return delete_point(s, rest, err);
    return err_set(err, ERR_USAGE, NULL, 0, "points add, move, drag or delete; found \"%s\"", word);
}

int points_axes(const struct session *s, unsigned *features)
{
    size_t count = shape_count(&s->net->layers[0].out);
    if (s->data) {
        *features = s->data->features;
        return s->data->place ? s->data->axes : 0;
    }
    if (count > 2 || s->net->layers[0].out.rank != 1)
        return 0;
    *features = count == 1 ? 1u << FEATURE_X : 1u << FEATURE_X | 1u << FEATURE_Y;
    return (int)count;
}

bool command_point(struct session *s, struct text rest, struct err *err)
{
    unsigned features = 0;
    float place[2] = {0, 0};
    struct batch batch;
    int axes = points_axes(s, &features);
    if (axes == 0)
        return err_set(err, ERR_STATE, NULL, 0,
                       "this network's input is no point of a plane: that takes samples of one or "
                       "two numbers, as data moons has");
    if (!read_numbers(&rest, "where the point lies", axes, place, err) ||
        !arguments_end(rest, err) ||
        !batch_init(&batch, 1, shape_count(&s->net->layers[0].out), s->data ? s->data->y_count : 1,
                    err))
        return false;
    features_fill(features, place, batch.x);
    if (!drawing_show(s, &batch, err)) {
        batch_deinit(&batch);
        return false;
    }
    memcpy(s->spot, place, sizeof s->spot);
    return true;
}

/* What an edit made of x and y themselves counts; of other features it cannot be told. */
bool points_spot(const struct session *s, float spot[2])
{
    unsigned features = 0;
    const struct batch *b = s->net ? pass_batch(s) : NULL;
    int axes = b && b->n ? points_axes(s, &features) : 0, column = 0;
    if (axes == 0 || !s->trace)
        return false;
    int sample = b->samples[s->view_sample];
    const float *x = b->x + (size_t)s->view_sample * b->x_count;
    memcpy(spot, s->spot, sizeof s->spot);
    if (sample >= 0)
        memcpy(spot, s->data->place + (size_t)sample * (size_t)axes, (size_t)axes * sizeof *spot);
    if (features >> FEATURE_X & 1u)
        spot[0] = x[column++];
    if (features >> FEATURE_Y & 1u)
        spot[1] = x[column];
    if (axes == 1)
        spot[1] = b->labels[(size_t)s->view_sample * (size_t)b->y_count];
    return true;
}
