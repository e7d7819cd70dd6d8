#include "session/beside_pass.h"

#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"

static const struct param *weights_of(const struct layer *l)
{
    for (int i = 0; i < l->param_count; i++)
        if (l->param[i].trained && l->param[i].shape.rank > 1)
            return &l->param[i];
    return NULL;
}

/* The tensor of a layer's W. */
static int weight_tensor(const struct program *program, int layer)
{
    const struct param *w = weights_of(&program->net->layers[layer]);
    for (int t = 0; w && t < program->tensor_count; t++) {
        const struct tensor *of = &program->tensors[t];
        if (of->is_param && of->role == ROLE_VALUE && of->layer == layer &&
            of->offset == w->offset && shape_equal(&of->shape, &w->shape))
            return t;
    }
    return -1;
}

int beside_tensor(const struct program *program, enum beside_subject subject, int layer)
{
    bool weights = subject == BESIDE_WEIGHTS || subject == BESIDE_WEIGHT_GRADIENTS;
    int t = weights ? weight_tensor(program, layer) : program->layer_out[layer];
    bool gradients = subject == BESIDE_OUTPUT_GRADIENTS || subject == BESIDE_WEIGHT_GRADIENTS;
    return t >= 0 && gradients ? program_in_role(program, t, ROLE_GRAD) : t;
}

/* The numbers of a tensor for the sample shown. */
static const float *numbers(const struct trace *trace, int tensor, int view_sample)
{
    const struct tensor *of = &trace->program->tensors[tensor];
    return trace_tensor(trace, tensor) + (of->batched ? of->count * (size_t)view_sample : 0);
}

const float *beside_theirs(const struct beside_view *b, enum beside_subject subject, int layer)
{
    int tensor = beside_tensor(b->program, subject, layer);
    return tensor < 0 ? NULL : numbers(b->trace, tensor, b->view_sample);
}

static float *copy(const float *from, size_t count)
{
    float *to = mem_zalloc(count, sizeof *to);
    memcpy(to, from, count * sizeof *to);
    return to;
}

/* --- the thread ------------------------------------------------------------------------------ */

static void find_differences(struct beside_pass *p, enum beside_subject subject)
{
    for (int l = 0; l < p->layers; l++) {
        int tensor = p->match[l] < 0 ? -1 : beside_tensor(p->program, subject, p->match[l]);
        const struct shape *shape = &p->shapes[subject][l];
        if (!p->mine[subject][l] || tensor < 0 ||
            !shape_equal(shape, &p->program->tensors[tensor].shape))
            continue;
        size_t count = shape_count(shape);
        const float *theirs = numbers(p->trace, tensor, p->view_sample);
        float *out = p->apart[subject][l] = mem_zalloc(count, sizeof *out);
        for (size_t i = 0; i < count; i++)
            out[i] = theirs[i] - p->mine[subject][l][i];
    }
}

static void predict(struct beside_pass *p)
{
    const float *x = p->x + (size_t)p->view_sample * shape_count(&p->net->layers[0].out);
    p->other_answer = mem_zalloc(shape_count(&net_output(p->net)->out), sizeof *p->other_answer);
    p->other_guess = -1;
    if (net_predict(p->net, x, 1, p->other_answer, NULL) && p->has_classes)
        p->other_guess = net_class(p->net, p->other_answer);
}

static void *run(void *context)
{
    struct beside_pass *p = context;
    p->program = program_create(p->net, p->mode, p->targets);
    const struct optimiser at = {.t = p->t};
    const struct pass pass = {.n = p->n,
                              .samples = p->samples,
                              .x = p->x,
                              .labels = p->labels,
                              .optimiser = &at,
                              .redraw = p->redraw};
    p->trace = trace_run(p->program, &pass, NULL);
    if (p->trace) {
        predict(p);
        for (int k = 0; k < BESIDE_SUBJECTS; k++)
            find_differences(p, (enum beside_subject)k);
    }
    atomic_store(&p->done, true);
    return NULL;
}

/* --- what it needs --------------------------------------------------------------------------- */

static void copy_batch(struct beside_pass *p, const struct batch *b)
{
    p->n = b->n;
    p->samples = mem_zalloc((size_t)b->n, sizeof *p->samples);
    memcpy(p->samples, b->samples, (size_t)b->n * sizeof *p->samples);
    p->x = copy(b->x, (size_t)b->n * b->x_count);
    if (p->has_loss && b->y_count > 0)
        p->labels = copy(b->labels, (size_t)b->n * (size_t)b->y_count);
}

static void copy_layers(struct beside_pass *p, const struct session *s)
{
    p->layers = s->net->layer_count;
    size_t n = (size_t)p->layers;
    p->match = mem_zalloc(n, sizeof *p->match);
    for (int l = 0; l < p->layers; l++)
        p->match[l] = net_find_layer(p->net, s->net->layers[l].name);
    for (int k = 0; k < BESIDE_SUBJECTS; k++) {
        p->shapes[k] = mem_zalloc(n, sizeof *p->shapes[k]);
        p->mine[k] = mem_zalloc(n, sizeof *p->mine[k]);
        p->apart[k] = mem_zalloc(n, sizeof *p->apart[k]);
        for (int l = 0; l < p->layers; l++) {
            int tensor = beside_tensor(s->program, (enum beside_subject)k, l);
            if (tensor < 0)
                continue;
            p->shapes[k][l] = s->program->tensors[tensor].shape;
            p->mine[k][l] =
                copy(numbers(s->trace, tensor, s->view_sample), s->program->tensors[tensor].count);
        }
    }
}

struct beside_pass *beside_pass_begin(const struct session *s, const struct net *other)
{
    const struct batch *b = pass_batch(s);
    struct beside_pass *p = mem_zalloc(1, sizeof *p);
    p->net = other;
    p->pass = s->passes;
    p->view_sample = s->view_sample;
    p->sample = b->samples[s->view_sample];
    p->targets = s->data ? s->data->n_targets : 0;
    p->mode = s->mode;
    p->redraw = s->kind == PASS_INSPECT ? s->redraws : 0;
    p->t = s->trainer ? s->trainer->optimiser.t : 0;
    p->has_loss = other->loss != LOSS_NONE;
    p->has_classes = !s->data || s->data->n_classes;
    copy_batch(p, b);
    copy_layers(p, s);
    p->answers = s->output_count;
    p->answer = s->probabilities ? copy(s->probabilities, (size_t)s->output_count) : NULL;
    p->guess = s->guess;
    p->running = pthread_create(&p->thread, NULL, run, p) == 0;
    if (!p->running)
        run(p);
    return p;
}

bool beside_pass_is_over(struct beside_pass *p)
{
    if (!atomic_load(&p->done))
        return false;
    beside_pass_wait(p);
    return true;
}

void beside_pass_wait(struct beside_pass *p)
{
    if (p->running)
        pthread_join(p->thread, NULL);
    p->running = false;
}

static void free_all(float **list, int n)
{
    for (int i = 0; i < n; i++)
        free(list[i]);
    free(list);
}

void beside_pass_destroy(struct beside_pass *p)
{
    if (!p)
        return;
    beside_pass_wait(p);
    for (int k = 0; k < BESIDE_SUBJECTS; k++) {
        free_all(p->mine[k], p->layers);
        free_all(p->apart[k], p->layers);
        free(p->shapes[k]);
    }
    trace_destroy(p->trace);
    program_destroy(p->program);
    free(p->other_answer);
    free(p->answer);
    free(p->match);
    free(p->samples);
    free(p->labels);
    free(p->x);
    free(p);
}
