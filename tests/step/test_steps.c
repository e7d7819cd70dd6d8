#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/step/formula.h"
#include "glassnet/step/steps.h"
#include "support/nets.h"

Suite *test_steps(void);

struct stepped {
    struct net *net;
    struct program *program;
    struct trace *trace;
    struct steps *steps;
};

static void begin(struct stepped *w, const struct test_net *tn, int n, enum program_mode mode)
{
    w->net = test_net_make(tn, 7);
    w->trace = test_net_trace(w->net, tn->targets, n, 5, mode, &w->program);
    w->steps = steps_create(w->program, n);
}

static void end(struct stepped *w)
{
    steps_destroy(w->steps);
    trace_destroy(w->trace);
    program_destroy(w->program);
    net_destroy(w->net);
}

/* Every cell that is computed has one number of its own, and back. */
START_TEST(cells_and_numbers_are_inverse)
{
    struct stepped w;
    begin(&w, &test_nets[_i], 2, MODE_TRAIN);
    const struct program *p = w.program;
    int64_t computed = 0;
    for (int64_t at = 0; at < w.steps->cells; at++) {
        struct cell cell = steps_cell(w.steps, at);
        ck_assert_uint_lt(cell.index, p->tensors[cell.tensor].count);
        ck_assert_int_eq(steps_at(w.steps, cell), at);
    }
    for (int t = 0; t < p->tensor_count; t++) {
        bool given = p->ops[p->tensors[t].first_op].kind == OP_GIVEN;
        computed += given ? 0 : (int64_t)trace_tensor_count(w.trace, t);
        if (given)
            ck_assert_int_eq(steps_at(w.steps, (struct cell){t, 0, 0}), -1);
    }
    ck_assert_int_eq(w.steps->cells, computed);
    ck_assert_int_eq(steps_at(w.steps, CELL_NONE), -1);
    end(&w);
}
END_TEST

/* A cell comes after every cell of its formula: nothing is shown before what it is made of. */
START_TEST(what_a_cell_is_made_of_comes_first)
{
    struct stepped w;
    struct formula f = {0};
    begin(&w, &test_nets[_i], 2, MODE_TRAIN);
    for (int64_t at = 0; at < w.steps->cells; at++) {
        formula_of(w.trace, steps_cell(w.steps, at), &f);
        for (int k = 0; k < f.count; k++)
            for (int j = 0; j < f.terms[k].count; j++)
                if (cell_is(f.terms[k].factor[j].cell))
                    ck_assert_int_lt(steps_at(w.steps, f.terms[k].factor[j].cell), at);
    }
    formula_deinit(&f);
    end(&w);
}
END_TEST

/* Forward to the end by a grain, then back: the same places in reverse. */
static void there_and_back(const struct stepped *w, enum grain grain)
{
    int64_t capacity = 1 << 20, count = 0;
    struct cursor *at = malloc((size_t)capacity * sizeof *at);
    struct cursor c = {0, 0};
    at[count++] = c;
    while (steps_forward(w->steps, w->trace, grain, &c)) {
        ck_assert_int_lt(count, capacity);
        ck_assert(c.cell > at[count - 1].cell ||
                  (c.cell == at[count - 1].cell && c.term > at[count - 1].term));
        at[count++] = c;
    }
    ck_assert_int_eq(c.cell, w->steps->cells);
    ck_assert_int_eq(c.term, 0);
    while (--count > 0) {
        ck_assert(steps_back(w->steps, w->trace, grain, &c));
        ck_assert_msg(c.cell == at[count - 1].cell && c.term == at[count - 1].term,
                      "%s: back to %d.%d, expected %d.%d", grain_name(grain), (int)c.cell, c.term,
                      (int)at[count - 1].cell, at[count - 1].term);
    }
    ck_assert(!steps_back(w->steps, w->trace, grain, &c));
    free(at);
}

START_TEST(forward_and_back_at_every_grain)
{
    struct stepped w;
    begin(&w, &test_nets[_i], 2, MODE_TRAIN);
    for (enum grain grain = GRAIN_TERM; grain <= GRAIN_PASS; grain++)
        there_and_back(&w, grain);
    end(&w);
    begin(&w, &test_nets[_i], 1, MODE_EVAL);
    for (enum grain grain = GRAIN_TERM; grain <= GRAIN_PASS; grain++)
        there_and_back(&w, grain);
    end(&w);
}
END_TEST

/* input 1, h = relu(z), out: one number each, so that the pass can be listed whole. */
static const struct test_net small = {
    "small", "input 1\nh dense 1 relu\nout dense 1 linear\nloss squared-error\ntrain sgd\n", 1};

START_TEST(pass_in_order)
{
    static const char *const order[] = {
        "h.z[0]",        "h[0]",       "out.z[0]",       "out[0]",       "loss.target[0]",
        "loss.diff[0]",  "loss.each",  "loss",           "d:loss",       "d:loss.each",
        "loss.slope[0]", "d:out[0]",   "d:out.z[0]",     "d:out.W[0,0]", "d:out.b[0]",
        "d:h[0]",        "h.slope[0]", "d:h.z[0]",       "d:h.W[0,0]",   "d:h.b[0]",
        "d:input[0]",    "g:h.W[0,0]", "g:h.b[0]",       "g:out.W[0,0]", "g:out.b[0]",
        "new:h.W[0,0]",  "new:h.b[0]", "new:out.W[0,0]", "new:out.b[0]"};
    struct stepped w;
    int64_t from, to;
    char name[64];
    begin(&w, &small, 1, MODE_TRAIN);
    ck_assert_int_eq(w.steps->cells, sizeof order / sizeof *order);
    for (int64_t at = 0; at < w.steps->cells; at++)
        ck_assert_str_eq(cell_name(w.program, steps_cell(w.steps, at), name, sizeof name),
                         order[at]);
    static const int ends[] = {0, 4, 8, 21, 29};
    for (enum phase phase = PHASE_FORWARD; phase < PHASES; phase++) {
        steps_phase(w.steps, phase, &from, &to);
        ck_assert_int_eq(from, ends[phase]);
        ck_assert_int_eq(to, ends[phase + 1]);
        ck_assert_int_eq(steps_phase_at(w.steps, (struct cursor){to, 0}), phase);
        ck_assert_int_eq(steps_phase_at(w.steps, (struct cursor){from, 1}), phase);
    }
    ck_assert_int_eq(steps_phase_at(w.steps, (struct cursor){0, 0}), PHASE_FORWARD);
    end(&w);
}
END_TEST

/* The ends of layers and phases in the same pass. */
START_TEST(grains_stop_at_their_borders)
{
    static const int layers[] = {2, 4, 8, 12, 16, 21, 23, 25, 27, 29};
    static const int phases[] = {4, 8, 21, 29};
    struct stepped w;
    struct cursor c = {0, 0};
    begin(&w, &small, 1, MODE_TRAIN);
    for (int k = 0; steps_forward(w.steps, w.trace, GRAIN_LAYER, &c); k++)
        ck_assert_int_eq(c.cell, layers[k]);
    c = (struct cursor){0, 0};
    for (int k = 0; steps_forward(w.steps, w.trace, GRAIN_PHASE, &c); k++)
        ck_assert_int_eq(c.cell, phases[k]);
    /* from inside: to the end or the begin of what the cursor is in */
    c = (struct cursor){5, 1};
    ck_assert(steps_forward(w.steps, w.trace, GRAIN_PHASE, &c));
    ck_assert_int_eq(c.cell, 8);
    c = (struct cursor){5, 1};
    ck_assert(steps_back(w.steps, w.trace, GRAIN_PHASE, &c));
    ck_assert_int_eq(c.cell, 4);
    c = (struct cursor){5, 1};
    ck_assert(steps_back(w.steps, w.trace, GRAIN_CELL, &c)); /* the half shown cell first */
    ck_assert_int_eq(c.cell, 5);
    ck_assert_int_eq(c.term, 0);
    end(&w);
}
END_TEST

/* h.z has two terms, its bias and one product: one stop between, then the cell is whole. */
START_TEST(terms_one_by_one)
{
    struct stepped w;
    struct cursor c = {0, 0};
    begin(&w, &small, 1, MODE_TRAIN);
    ck_assert(steps_forward(w.steps, w.trace, GRAIN_TERM, &c));
    ck_assert(c.cell == 0 && c.term == 1);
    ck_assert(steps_forward(w.steps, w.trace, GRAIN_TERM, &c));
    ck_assert(c.cell == 1 && c.term == 0);
    ck_assert(steps_forward(w.steps, w.trace, GRAIN_TERM, &c)); /* relu: one term */
    ck_assert(c.cell == 2 && c.term == 0);
    end(&w);
}
END_TEST

/* At grain Term a pass has as many steps as its cells have terms, at least one each. */
START_TEST(as_many_steps_as_terms)
{
    struct stepped w;
    struct cursor c = {0, 0};
    int64_t terms = 0, steps = 0;
    begin(&w, &test_nets[_i], 1, MODE_TRAIN);
    for (int64_t at = 0; at < w.steps->cells; at++) {
        int count = formula_count(w.trace, steps_cell(w.steps, at));
        terms += count > 1 ? count : 1;
    }
    while (steps_forward(w.steps, w.trace, GRAIN_TERM, &c))
        steps++;
    ck_assert_int_eq(steps, terms);
    end(&w);
}
END_TEST

/* A convolution fills map 0 row by row, then map 1; each z is followed by its activation. */
START_TEST(maps_fill_one_by_one)
{
    static const struct test_net maps = {"maps", "input 3 3 1\nc conv2d 2 2x2 relu\n", 0};
    static const char *const order[] = {"c.z[0,0,0]", "c[0,0,0]", "c.z[0,1,0]", "c[0,1,0]",
                                        "c.z[1,0,0]", "c[1,0,0]", "c.z[1,1,0]", "c[1,1,0]",
                                        "c.z[0,0,1]", "c[0,0,1]", "c.z[0,1,1]"};
    char name[64];
    struct net *net = test_net_make(&maps, 7);
    struct program *p = program_create(net, MODE_EVAL, 0);
    struct steps *s = steps_create(p, 2);
    ck_assert_int_eq(s->cells, 2 * 2 * 4 * 2);
    for (size_t at = 0; at < sizeof order / sizeof *order; at++)
        ck_assert_str_eq(cell_name(p, steps_cell(s, (int64_t)at), name, sizeof name), order[at]);
    ck_assert_str_eq(cell_name(p, steps_cell(s, 16), name, sizeof name), "c.z[0,0,0]@1");
    steps_destroy(s);
    program_destroy(p);
    net_destroy(net);
}
END_TEST

/* Given cells are always there; others once the cursor is past them, whole. */
START_TEST(done_is_before_the_cursor)
{
    struct stepped w;
    struct cell input, z;
    begin(&w, &small, 1, MODE_TRAIN);
    ck_assert(cell_parse(w.program, 1, "input[0]", &input, NULL));
    ck_assert(cell_parse(w.program, 1, "h.z[0]", &z, NULL));
    ck_assert(steps_done(w.steps, (struct cursor){0, 0}, input));
    ck_assert(!steps_done(w.steps, (struct cursor){0, 1}, z));
    ck_assert(steps_done(w.steps, (struct cursor){1, 0}, z));
    end(&w);
}
END_TEST

START_TEST(words)
{
    for (enum grain g = GRAIN_TERM; g < GRAINS; g++)
        ck_assert_int_eq(grain_find(grain_name(g)), g);
    for (enum phase p = PHASE_FORWARD; p < PHASES; p++)
        ck_assert_int_eq(phase_find(phase_name(p)), p);
    ck_assert_int_eq(grain_find("step"), -1);
    ck_assert_int_eq(phase_find(""), -1);
}
END_TEST

Suite *test_steps(void)
{
    Suite *s = suite_create("step/steps");
    TCase *c = tcase_create("steps");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, cells_and_numbers_are_inverse, 0, test_net_count);
    tcase_add_loop_test(c, what_a_cell_is_made_of_comes_first, 0, test_net_count);
    tcase_add_loop_test(c, forward_and_back_at_every_grain, 0, test_net_count);
    tcase_add_test(c, pass_in_order);
    tcase_add_test(c, grains_stop_at_their_borders);
    tcase_add_test(c, terms_one_by_one);
    tcase_add_loop_test(c, as_many_steps_as_terms, 0, test_net_count);
    tcase_add_test(c, maps_fill_one_by_one);
    tcase_add_test(c, done_is_before_the_cursor);
    tcase_add_test(c, words);
    suite_add_tcase(s, c);
    return s;
}
