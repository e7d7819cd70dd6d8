/* The pass on screen: which samples, run when anything it depends on changes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "session/state.h"

const struct batch *pass_batch(const struct session *s)
{
    return s->kind == PASS_RUN ? &s->run : &s->inspect;
}

/* What evaluation mode makes of the sample shown. */
static void predict(struct session *s, const struct batch *b)
{
    const float *x = b->x + (size_t)s->view_sample * b->x_count;
    size_t count = shape_count(&net_output(s->net)->out);
    free(s->probabilities);
    s->probabilities = mem_zalloc(count, sizeof *s->probabilities);
    s->output_count = (int)count;
    s->guess = -1;
    if (!net_predict(s->net, x, 1, s->probabilities, NULL)) {
        free(s->probabilities);
        s->probabilities = NULL;
        s->output_count = 0;
    } else if (!s->data || s->data->n_classes) {
        s->guess = net_class(s->net, s->probabilities);
    }
}

/* A drawing that nobody has named means what the network takes it for. */
static void name_drawing(struct session *s, const struct batch *b)
{
    if (b->samples[0] == -1 && !s->label_given && (!s->data || s->data->n_classes))
        b->labels[0] = s->guess > 0 ? (float)s->guess : 0;
}

struct trace *pass_trace(const struct net *net, const struct trainer *trainer,
                         const struct program *program, const struct batch *b, uint64_t redraw,
                         struct err *err)
{
    struct pass pass = {.n = b->n,
                        .samples = b->samples,
                        .x = b->x,
                        .labels = program->has_loss ? b->labels : NULL,
                        .optimiser = trainer ? &trainer->optimiser : NULL,
                        .rate = net->train.rate,
                        .rate_schedule = 1,
                        .redraw = redraw};
    if (trainer)
        trainer_rate(trainer, &pass.rate, &pass.rate_schedule);
    return trace_run(program, &pass, err);
}

/* The place in `next` that means what the cursor means in `old`: the end or a share of a phase. */
static struct cursor move_cursor(const struct steps *old, const struct steps *next, struct cursor c)
{
    int64_t begin, end, next_begin, next_end;
    if (!old || c.cell == 0)
        return (struct cursor){0, 0};
    enum phase phase = steps_phase_at(old, c);
    steps_phase(old, phase, &begin, &end);
    steps_phase(next, phase, &next_begin, &next_end);
    if (next_begin == next_end)
        return (struct cursor){next->cells, 0};
    if (c.cell >= end)
        return (struct cursor){next_end, 0};
    double share = (double)(c.cell - begin) / (double)(end - begin);
    return (struct cursor){next_begin + (int64_t)(share * (double)(next_end - next_begin)), 0};
}

void pass_forget_before(struct session *s)
{
    trace_destroy(s->before);
    s->before = NULL;
}

/* The pass that is being replaced by `next`. After an edit it is kept, to say what changed; while
 * a number is dragged the one from before the drag stays. */
static void retire(struct session *s, const struct trace *next)
{
    struct trace *old = s->trace;
    bool same = old && next->program == old->program && next->n == old->n &&
                memcmp(next->samples, old->samples, (size_t)old->n * sizeof *old->samples) == 0;
    if (s->keeps_before && same && s->drags && s->before) {
        trace_destroy(old);
        return;
    }
    pass_forget_before(s);
    if (s->keeps_before && same)
        s->before = old;
    else
        trace_destroy(old);
}

bool pass_show(struct session *s, enum pass_kind kind, struct program *program, struct batch *batch,
               struct err *err)
{
    int view_sample = s->view_sample;
    s->view_sample = view_sample < batch->n ? view_sample : 0;
    predict(s, batch);
    name_drawing(s, batch);
    uint64_t redraw = kind == PASS_INSPECT ? s->redraws : 0;
    struct trace *trace = pass_trace(s->net, s->trainer, program, batch, redraw, err);
    if (!trace) {
        s->view_sample = view_sample;
        if (s->trace)
            predict(s, pass_batch(s));
        return false;
    }
    if (!s->steps || program != s->program || s->steps->n != batch->n) {
        struct steps *steps = steps_create(program, batch->n);
        s->cursor = move_cursor(s->steps, steps, s->cursor);
        cells_keep_valid(s, s->program, program, batch->n);
        watch_resolve(s, program, batch->n);
        steps_destroy(s->steps);
        s->steps = steps;
    }
    retire(s, trace);
    s->trace = trace;
    s->passes++;
    if (!s->keeps_before)
        guess_clear(s);
    if (program != s->program) {
        probe_clear(&s->nudge);
        probe_clear(&s->slope);
        compare_clear(s);
        program_destroy(s->program);
    }
    s->program = program;
    s->kind = kind;
    struct batch *place = kind == PASS_RUN ? &s->run : &s->inspect;
    if (place != batch) {
        batch_deinit(place);
        *place = *batch;
        *batch = (struct batch){0};
    }
    s->formula_fresh = false;
    return true;
}

bool pass_rerun(struct session *s, struct err *err)
{
    if (!s->trace)
        return true;
    struct batch *batch = s->kind == PASS_RUN ? &s->run : &s->inspect;
    return pass_show(s, s->kind, s->program, batch, err);
}

bool pass_take_program(struct session *s, struct program *program, struct err *err)
{
    struct batch *batch = s->kind == PASS_RUN ? &s->run : &s->inspect;
    if (s->trace)
        return pass_show(s, s->kind, program, batch, err);
    if (program != s->program)
        program_destroy(s->program);
    s->program = program;
    return true;
}

bool pass_rebuild(struct session *s, enum program_mode mode, struct err *err)
{
    struct program *program = program_create(s->net, mode, s->data ? s->data->n_targets : 0);
    if (!pass_take_program(s, program, err)) {
        program_destroy(program);
        return false;
    }
    s->mode = mode;
    return true;
}

bool pass_next_batch(const struct trainer *t, const struct dataset *data, struct batch *batch,
                     struct err *err)
{
    int *samples = mem_zalloc((size_t)t->net->train.batch, sizeof *samples);
    int n = trainer_next_batch(t, samples);
    bool ok = batch_fetch(batch, data, samples, n, err);
    const struct source *source = &t->source;
    if (ok && source->fetch_training) /* the very numbers the trainer will take */
        source->fetch_training(source->context, samples, n, t->epoch, batch->x, batch->labels);
    free(samples);
    return ok;
}

bool pass_open_run(struct session *s, struct program *program, struct err *err)
{
    struct batch batch;
    if (!pass_next_batch(s->trainer, s->data, &batch, err))
        return false;
    bool ok = pass_show(s, PASS_RUN, program, &batch, err);
    batch_deinit(&batch);
    return ok;
}

void pass_drop(struct session *s)
{
    probe_clear(&s->nudge);
    probe_clear(&s->slope);
    watch_resolve(s, NULL, 0);
    compare_clear(s);
    guess_clear(s);
    pass_forget_before(s);
    trace_destroy(s->trace);
    steps_destroy(s->steps);
    s->trace = NULL;
    s->steps = NULL;
    batch_deinit(&s->inspect);
    batch_deinit(&s->run);
    free(s->probabilities);
    s->probabilities = NULL;
    s->output_count = 0;
    s->guess = -1;
    s->kind = PASS_INSPECT;
    s->cursor = (struct cursor){0, 0};
    s->selected = CELL_NONE;
    s->trail.count = 0;
    s->view_sample = 0;
    s->redraws = 0;
    s->formula_fresh = false;
}

void pass_view(struct session *s, int view_sample)
{
    if (view_sample == s->view_sample)
        return;
    s->view_sample = view_sample;
    predict(s, pass_batch(s));
}
