/* What of the sample on screen a score hangs on: worked out again, in a thread of its own, whenever
 * the pass or the sample is another. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "session/state.h"

struct look {
    enum attribute_kind kind;
    int layer, class; /* as asked; class -1: the guess */
    struct attribution found;
    struct err problem;
    uint64_t pass; /* that found, problem or what the thread works at belong to */
    int view_sample;

    pthread_t thread;
    bool running;
    atomic_bool done;
    struct net *net; /* the thread's */
    float *x;
    int of_class;
    struct attribution next;
    struct err trouble;
};

static void *run(void *context)
{
    struct look *l = context;
    attribution_init(&l->next, l->net, l->kind, l->layer, l->of_class, l->x, &l->trouble);
    atomic_store(&l->done, true);
    return NULL;
}

static void finish(struct look *l, bool keep)
{
    if (!l->running)
        return;
    pthread_join(l->thread, NULL);
    l->running = false;
    net_destroy(l->net);
    free(l->x);
    l->net = NULL;
    l->x = NULL;
    if (keep) {
        attribution_deinit(&l->found);
        l->found = l->next;
        l->problem = l->trouble;
    } else {
        attribution_deinit(&l->next);
    }
    l->next = (struct attribution){0};
}

void look_clear(struct session *s)
{
    if (!s->look)
        return;
    finish(s->look, false);
    attribution_deinit(&s->look->found);
    free(s->look);
    s->look = NULL;
}

/* Begins anew where what there is belongs to another pass. */
static void follow(struct session *s)
{
    struct look *l = s->look;
    if (!s->trace || l->running || (l->pass == s->passes && l->view_sample == s->view_sample))
        return;
    const struct batch *b = pass_batch(s);
    l->pass = s->passes;
    l->view_sample = s->view_sample;
    l->net = net_copy(s->net);
    l->x = mem_zalloc(b->x_count, sizeof *l->x);
    memcpy(l->x, b->x + (size_t)s->view_sample * b->x_count, b->x_count * sizeof *l->x);
    l->of_class = l->class >= 0 ? l->class : s->guess > 0 ? s->guess : 0;
    l->trouble = (struct err){0};
    atomic_store(&l->done, false);
    l->running = pthread_create(&l->thread, NULL, run, l) == 0;
    if (l->running)
        return;
    net_destroy(l->net);
    free(l->x);
    l->net = NULL;
    l->x = NULL;
}

bool look_update(struct session *s)
{
    struct look *l = s->look;
    if (!l)
        return false;
    bool news = l->running && atomic_load(&l->done);
    if (news)
        finish(l, true);
    follow(s);
    return news;
}

void look_wait(struct session *s)
{
    if (!s->look)
        return;
    do {
        finish(s->look, true);
        follow(s);
    } while (s->look->running);
}

void look_fill(const struct session *s, struct look_view *view)
{
    const struct look *l = s->look;
    *view = (struct look_view){.layer = -1, .class = -1, .problem = ""};
    if (!l)
        return;
    view->asked = true;
    view->kind = l->kind;
    view->layer = l->layer;
    view->class = l->class;
    view->running = l->running || l->pass != s->passes || l->view_sample != s->view_sample;
    view->found = l->found.values ? &l->found : NULL;
    view->problem = l->problem.message;
}

/* The last argument: a class by its number or its name. */
static bool read_class(const struct session *s, struct text *rest, int *class, struct err *err)
{
    char word[128];
    long number;
    *class = -1;
    if (text_trim(*rest).n == 0)
        return true;
    if (!argument_word(rest, "a class", word, sizeof word, err))
        return false;
    if (strcmp(word, "guess") == 0)
        return true;
    for (int k = 0; s->data && k < s->data->n_classes; k++)
        if (strcmp(word, s->data->class_names[k]) == 0) {
            *class = k;
            return true;
        }
    if (!text_to_long(text_of(word), &number) || number < 0 || number >= attribute_classes(s->net))
        return err_set(err, ERR_INPUT, NULL, 0, "there is no class \"%s\"; they go from 0 to %d",
                       word, attribute_classes(s->net) - 1);
    *class = (int)number;
    return true;
}

/* Grad-CAM's layer, the last with maps unless one is named. */
static int read_layer(const struct session *s, struct text *rest)
{
    struct text ahead = *rest;
    char word[128];
    struct text next = text_next_word(&ahead);
    bool fits = next.n > 0 && next.n < sizeof word;
    if (fits)
        text_copy(next, word, sizeof word);
    int named = fits ? net_find_layer(s->net, word) : -1;
    if (named < 0) /* nothing, or a class */
        return attribute_last_maps(s->net);
    *rest = ahead;
    return named;
}

bool command_look(struct session *s, struct text rest, struct err *err)
{
    char word[32];
    int layer = -1, class;
    if (text_is(text_trim(rest), "none")) {
        s->changed = s->look != NULL;
        look_clear(s);
        return true;
    }
    if (!argument_word(&rest, "saliency, guided or gradcam", word, sizeof word, err))
        return false;
    int kind = attribute_find(word);
    if (kind < 0)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "\"%s\" was expected to be saliency, guided, gradcam or none", word);
    if (kind == ATTRIBUTE_GRADCAM)
        layer = read_layer(s, &rest);
    if (!read_class(s, &rest, &class, err) || !arguments_end(rest, err) ||
        !attribute_applies(s->net, (enum attribute_kind)kind, layer, err))
        return false;
    look_clear(s);
    s->look = mem_zalloc(1, sizeof *s->look);
    s->look->kind = (enum attribute_kind)kind;
    s->look->layer = layer;
    s->look->class = class;
    follow(s);
    return true;
}
