#include "session/moments.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"

struct moment *moment_take(const struct trainer *t, int events)
{
    struct moment *m = mem_zalloc(1, sizeof *m);
    m->holders = 1;
    m->events = events;
    checkpoint_take(&m->state, t);
    return m;
}

struct moment *moment_hold(struct moment *m)
{
    m->holders++;
    return m;
}

void moment_release(struct moment *m)
{
    if (!m || --m->holders > 0)
        return;
    checkpoint_deinit(&m->state);
    free(m);
}

static size_t bytes_of(const struct moment *m)
{
    return checkpoint_bytes(&m->state) + sizeof m;
}

static int compare(const struct moment *a, int64_t steps, int events)
{
    if (a->state.steps != steps)
        return a->state.steps < steps ? -1 : 1;
    return (a->events > events) - (a->events < events);
}

/* How many of the list lie at or before that place. */
static int count_before(const struct moments *l, int64_t steps, int events)
{
    int low = 0, high = l->count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (compare(l->list[middle], steps, events) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void moments_add(struct moments *l, struct moment *m)
{
    int at = count_before(l, m->state.steps, m->events);
    if (at > 0 && compare(l->list[at - 1], m->state.steps, m->events) == 0) {
        moment_release(m);
        return;
    }
    l->list = mem_grow(l->list, &l->capacity, l->count + 1, sizeof *l->list);
    memmove(l->list + at + 1, l->list + at, (size_t)(l->count - at) * sizeof *l->list);
    l->list[at] = m;
    l->count++;
    l->bytes += bytes_of(m);
}

void moments_move(struct moments *to, struct moments *from)
{
    for (int i = 0; i < from->count; i++)
        moments_add(to, from->list[i]);
    from->count = 0;
    from->bytes = 0;
}

void moments_share(struct moments *to, const struct moments *from, int64_t steps, int events)
{
    for (int i = 0; i < from->count; i++)
        if (from->list[i]->state.steps <= steps && from->list[i]->events <= events)
            moments_add(to, moment_hold(from->list[i]));
}

/* Keeps those for which keep says so. */
static void filter(struct moments *l, bool (*keep)(const struct moments *, int, const void *),
                   const void *context)
{
    struct moment **kept = mem_zalloc((size_t)l->count + 1, sizeof *kept);
    int count = 0;
    for (int i = 0; i < l->count; i++) {
        if (keep(l, i, context)) {
            kept[count++] = l->list[i];
        } else {
            l->bytes -= bytes_of(l->list[i]);
            moment_release(l->list[i]);
        }
    }
    memcpy(l->list, kept, (size_t)count * sizeof *kept);
    l->count = count;
    free(kept);
}

struct limit {
    int64_t steps;
    int events;
};

static bool is_within(const struct moments *l, int i, const void *context)
{
    const struct limit *limit = context;
    return l->list[i]->state.steps <= limit->steps && l->list[i]->events <= limit->events;
}

void moments_cut(struct moments *l, int64_t steps, int events)
{
    if (l->count)
        filter(l, is_within, &(struct limit){steps, events});
}

static bool is_even_or_young(const struct moments *l, int i, const void *context)
{
    int old = *(const int *)context;
    return i >= old || i % 2 == 0 || i == l->count - 1;
}

void moments_thin(struct moments *l, size_t budget)
{
    while (l->bytes > budget && l->count > 2) {
        int old = (l->count + 1) / 2;
        filter(l, is_even_or_young, &old);
    }
}

const struct moment *moments_find(const struct moments *l, int64_t steps)
{
    int at = count_before(l, steps, INT_MAX);
    return at > 0 ? l->list[at - 1] : NULL;
}

void moments_clear(struct moments *l)
{
    for (int i = 0; i < l->count; i++)
        moment_release(l->list[i]);
    free(l->list);
    *l = (struct moments){0};
}

double moments_spacing(const struct trainer *t)
{
    const double least = 0.02, copied_a_second = 4e9, share = 20;
    double bytes = (double)t->net->param_count * CHECKPOINT_ARRAYS * sizeof(float);
    return least + share * bytes / copied_a_second;
}
