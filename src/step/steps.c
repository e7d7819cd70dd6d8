#include "glassnet/step/steps.h"

#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/step/formula.h"

static const char *const grain_names[GRAINS] = {"term", "cell", "layer", "phase", "pass", "epoch"};
static const char *const phase_names[PHASES] = {"forward", "loss", "backward", "update"};

static int find_word(const char *const *names, int count, const char *word)
{
    for (int k = 0; k < count; k++)
        if (strcmp(names[k], word) == 0)
            return k;
    return -1;
}

const char *grain_name(enum grain grain)
{
    return grain_names[grain];
}

int grain_find(const char *word)
{
    return find_word(grain_names, GRAINS, word);
}

const char *phase_name(enum phase phase)
{
    return phase_names[phase];
}

int phase_find(const char *word)
{
    return find_word(phase_names, PHASES, word);
}

/* A block for what operation k completes; nothing for given tensors and for parts of a sum that
 * a later operation goes on with. */
static bool completes(const struct program *p, int k)
{
    const struct op *op = &p->ops[k];
    return op->kind != OP_GIVEN && p->tensors[op->out].last_op == k;
}

/* Is b the activation of z a, so that both fill side by side? */
static bool side_by_side(const struct program *p, int k)
{
    if (k + 1 >= p->op_count || !completes(p, k) || !completes(p, k + 1))
        return false;
    const struct op *a = &p->ops[k], *b = &p->ops[k + 1];
    return a->phase == PHASE_FORWARD && a->layer == b->layer && b->kind == OP_ELEMENT &&
           b->term_count == 1 && b->terms[0].count == 1 && b->terms[0].factor[0].tensor == a->out &&
           b->terms[0].factor[0].reach == REACH_SAME && b->fn != FN_EXP &&
           b->out == p->layer_out[b->layer] && a->out == p->layer_z[b->layer];
}

struct steps *steps_create(const struct program *p, int n)
{
    struct steps *s = mem_zalloc(1, sizeof *s);
    s->program = p;
    s->n = n;
    s->block_of = mem_zalloc((size_t)p->tensor_count, sizeof *s->block_of);
    s->blocks = mem_zalloc((size_t)p->op_count, sizeof *s->blocks);
    for (int t = 0; t < p->tensor_count; t++)
        s->block_of[t] = -1;
    for (int k = 0; k < p->op_count; k++) {
        if (!completes(p, k))
            continue;
        const struct op *op = &p->ops[k];
        struct step_block *b = &s->blocks[s->block_count];
        *b = (struct step_block){.phase = op->phase,
                                 .layer = op->layer,
                                 .tensor = {op->out, -1},
                                 .tensor_count = 1,
                                 .first = s->cells,
                                 .cells = (int64_t)program_op_cells(p, op, n)};
        if (side_by_side(p, k)) {
            b->tensor[1] = p->ops[++k].out;
            b->tensor_count = 2;
            b->cells *= 2;
        }
        for (int m = 0; m < b->tensor_count; m++)
            s->block_of[b->tensor[m]] = s->block_count;
        s->cells += b->cells;
        s->block_count++;
    }
    return s;
}

void steps_destroy(struct steps *s)
{
    if (!s)
        return;
    free(s->blocks);
    free(s->block_of);
    free(s);
}

/* Feature maps are batched [H][W][C] tensors: one map after the other. */
static bool map_by_map(const struct tensor *t)
{
    return t->batched && t->shape.rank == 3;
}

struct cell steps_cell(const struct steps *s, int64_t at)
{
    const struct step_block *b = steps_block(s, at);
    size_t within = (size_t)(at - b->first);
    int tensor = b->tensor[within % (size_t)b->tensor_count];
    size_t k = within / (size_t)b->tensor_count;
    const struct tensor *t = &s->program->tensors[tensor];
    struct cell c = {tensor, (int)(k / t->count), k % t->count};
    if (map_by_map(t)) {
        size_t channels = (size_t)t->shape.dim[2], places = t->count / channels;
        c.index = c.index % places * channels + c.index / places;
    }
    return c;
}

int64_t steps_at(const struct steps *s, struct cell cell)
{
    if (cell.tensor < 0 || s->block_of[cell.tensor] < 0)
        return -1;
    const struct step_block *b = &s->blocks[s->block_of[cell.tensor]];
    const struct tensor *t = &s->program->tensors[cell.tensor];
    size_t index = cell.index;
    if (map_by_map(t)) {
        size_t channels = (size_t)t->shape.dim[2], places = t->count / channels;
        index = index % channels * places + index / channels;
    }
    int64_t k = (int64_t)((size_t)cell.sample * t->count + index);
    int which = b->tensor[0] == cell.tensor ? 0 : 1;
    return b->first + k * b->tensor_count + which;
}

bool steps_done(const struct steps *s, struct cursor c, struct cell cell)
{
    return steps_at(s, cell) < c.cell;
}

const struct step_block *steps_block(const struct steps *s, int64_t at)
{
    int low = 0, high = s->block_count - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (s->blocks[middle].first <= at)
            low = middle;
        else
            high = middle - 1;
    }
    return &s->blocks[low];
}

/* Where the group of blocks of one layer (or one phase) that holds cell number `at` ends. */
static int64_t group_end(const struct steps *s, int64_t at, bool by_layer)
{
    const struct step_block *b = steps_block(s, at);
    const struct step_block *last = s->blocks + s->block_count - 1;
    while (b < last && b[1].phase == b->phase && (!by_layer || b[1].layer == b->layer))
        b++;
    return b->first + b->cells;
}

static int64_t group_begin(const struct steps *s, int64_t at, bool by_layer)
{
    const struct step_block *b = steps_block(s, at);
    while (b > s->blocks && b[-1].phase == b->phase && (!by_layer || b[-1].layer == b->layer))
        b--;
    return b->first;
}

bool steps_forward(const struct steps *s, const struct trace *t, enum grain grain, struct cursor *c)
{
    if (c->cell >= s->cells)
        return false;
    if (grain == GRAIN_TERM) {
        int terms = formula_count(t, steps_cell(s, c->cell));
        if (c->term + 1 < terms) {
            c->term++;
            return true;
        }
    }
    c->term = 0;
    if (grain <= GRAIN_CELL)
        c->cell++;
    else if (grain <= GRAIN_PHASE)
        c->cell = group_end(s, c->cell, grain == GRAIN_LAYER);
    else
        c->cell = s->cells;
    return true;
}

bool steps_back(const struct steps *s, const struct trace *t, enum grain grain, struct cursor *c)
{
    if (c->cell == 0 && c->term == 0)
        return false;
    if (grain == GRAIN_TERM) {
        if (c->term > 0) {
            c->term--;
            return true;
        }
        c->cell--;
        int terms = formula_count(t, steps_cell(s, c->cell));
        c->term = terms > 1 ? terms - 1 : 0;
        return true;
    }
    bool inside = c->term > 0;
    c->term = 0;
    if (grain == GRAIN_CELL)
        c->cell -= inside ? 0 : 1;
    else if (grain <= GRAIN_PHASE)
        c->cell = group_begin(s, inside ? c->cell : c->cell - 1, grain == GRAIN_LAYER);
    else
        c->cell = 0;
    return true;
}

void steps_phase(const struct steps *s, enum phase phase, int64_t *begin, int64_t *end)
{
    *begin = *end = 0;
    for (int k = 0; k < s->block_count; k++) {
        const struct step_block *b = &s->blocks[k];
        if (b->phase < phase)
            *begin = *end = b->first + b->cells;
        else if (b->phase == phase)
            *end = b->first + b->cells;
    }
}

enum phase steps_phase_at(const struct steps *s, struct cursor c)
{
    int64_t at = c.term > 0 ? c.cell : c.cell - 1;
    return at < 0 || s->block_count == 0 ? PHASE_FORWARD : steps_block(s, at)->phase;
}
