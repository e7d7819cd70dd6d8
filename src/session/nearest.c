/* The samples nearest to the one on screen in a layer's space. The layer's outputs for the whole
 * set are worked out once, in a thread of their own, and kept while the parameters stay. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "session/state.h"

struct near {
    int layer;
    struct dataset *data;    /* held */
    struct nearest *nearest; /* the thread's while it runs */
    bool filled;
    uint64_t params; /* a hash of those it is of */
    uint64_t pass;   /* that found or what the thread works at belong to */
    int view_sample;
    uint64_t stale_for; /* the pass whose parameters were last compared, */
    bool stale;         /* and whether they were others */
    struct neighbour found[NEAREST_MOST];
    int count;

    pthread_t thread;
    bool running;
    atomic_bool stop, done;
    atomic_int progress;
    float *x;
    struct neighbour next[NEAREST_MOST];
    int next_count;
};

static void *run(void *context)
{
    struct near *n = context;
    if (!n->filled)
        n->filled = nearest_fill(n->nearest, &n->stop, &n->progress);
    if (n->filled)
        n->next_count = nearest_find(n->nearest, n->x, NEAREST_MOST, n->next);
    atomic_store(&n->done, true);
    return NULL;
}

static void finish(struct near *n)
{
    if (!n->running)
        return;
    pthread_join(n->thread, NULL);
    n->running = false;
    memcpy(n->found, n->next, sizeof n->found);
    n->count = n->next_count;
}

void nearest_clear(struct session *s)
{
    struct near *n = s->near;
    if (!n)
        return;
    atomic_store(&n->stop, true);
    finish(n);
    nearest_destroy(n->nearest);
    dataset_close(n->data);
    free(n->x);
    free(n);
    s->near = NULL;
}

/* FNV-1a over the bits of all parameters. */
uint64_t params_hash(const struct net *net)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < net->param_count; i++) {
        uint32_t bits;
        memcpy(&bits, &net->params[i], sizeof bits);
        hash = (hash ^ bits) * 1099511628211u;
    }
    return hash;
}

/* Finds those of another sample; the parameters stay those it was asked with. */
static void follow(struct session *s)
{
    struct near *n = s->near;
    if (n->stale_for != s->passes) {
        n->stale_for = s->passes;
        n->stale = n->params != params_hash(s->net) || n->data != s->data;
    }
    if (!s->trace || n->running || n->stale ||
        (n->pass == s->passes && n->view_sample == s->view_sample))
        return;
    const struct batch *b = pass_batch(s);
    n->pass = s->passes;
    n->view_sample = s->view_sample;
    memcpy(n->x, b->x + (size_t)s->view_sample * b->x_count, b->x_count * sizeof *n->x);
    atomic_store(&n->done, false);
    n->running = pthread_create(&n->thread, NULL, run, n) == 0;
}

bool nearest_update(struct session *s)
{
    struct near *n = s->near;
    if (!n)
        return false;
    bool news = n->running && (atomic_load(&n->done) || !n->filled); /* the progress moves */
    if (n->running && atomic_load(&n->done))
        finish(n);
    follow(s);
    return news;
}

void nearest_wait(struct session *s)
{
    if (!s->near)
        return;
    do {
        finish(s->near);
        follow(s);
    } while (s->near->running);
}

void nearest_view_fill(const struct session *s, struct nearest_view *view)
{
    const struct near *n = s->near;
    *view = (struct nearest_view){.layer = -1};
    if (!n)
        return;
    *view = (struct nearest_view){.asked = true,
                                  .layer = n->layer,
                                  .running = n->running,
                                  .done = atomic_load(&n->progress),
                                  .samples = nearest_samples(n->nearest),
                                  .stale = n->stale,
                                  .found = n->found,
                                  .count = n->count};
}

bool command_nearest(struct session *s, struct text rest, struct err *err)
{
    char word[128];
    if (text_is(text_trim(rest), "none")) {
        s->changed = s->near != NULL;
        nearest_clear(s);
        return true;
    }
    if (!argument_word(&rest, "a layer", word, sizeof word, err) || !arguments_end(rest, err))
        return false;
    int layer = net_find_layer(s->net, word);
    if (layer < 0)
        return err_set(err, ERR_INPUT, NULL, 0, "there is no layer \"%s\"", word);
    if (!s->data)
        return err_set(err, ERR_STATE, NULL, 0,
                       "there are no samples to look through; choose a set with data DATA");
    struct nearest *nearest = nearest_create(s->net, layer, s->data, err);
    if (!nearest)
        return false;
    nearest_clear(s);
    struct near *n = s->near = mem_zalloc(1, sizeof *s->near);
    n->layer = layer;
    n->data = dataset_hold(s->data);
    n->nearest = nearest;
    n->params = params_hash(s->net);
    n->stale_for = s->passes;
    n->x = mem_zalloc(pass_batch(s)->x_count, sizeof *n->x);
    follow(s);
    return true;
}
