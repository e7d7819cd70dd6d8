/* The circuit of every kind of network: its numbers are the trace's. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/step/circuit.h"
#include "support/nets.h"

Suite *test_circuit(void);

struct fixture {
    const char *name;
    struct net *net;
    struct program *p;
    struct trace *t;
};

static struct fixture open_net(const struct test_net *tn, int n, enum program_mode mode)
{
    struct fixture f = {.name = tn->name, .net = test_net_make(tn, 11)};
    f.t = test_net_trace(f.net, tn->targets, n, 5, mode, &f.p);
    return f;
}

static void close_net(struct fixture *f)
{
    trace_destroy(f->t);
    program_destroy(f->p);
    net_destroy(f->net);
}

static struct cell cell_of(const struct fixture *f, const char *name)
{
    struct cell c;
    struct err err = {0};
    ck_assert_msg(cell_parse(f->p, f->t->n, name, &c, &err), "%s", err.message);
    return c;
}

static const char *gate_name(const struct fixture *f, const struct gate *g)
{
    static char name[200];
    struct cell c = cell_is(g->cell) ? g->cell : g->sum;
    if (!cell_is(c))
        return "a gate without a cell";
    return cell_name(f->p, c, name, sizeof name);
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 2e-5 * (1 + fabs(a) + fabs(b)) || (isnan(a) && isnan(b));
}

/* The formula of the source's gradient has a term that is this wire's. */
static bool has_term(const struct fixture *f, struct cell source, const struct wire *w)
{
    struct formula of = {0};
    bool found = false;
    source.tensor = f->p->tensors[source.tensor].grad;
    formula_of(f->t, source, &of);
    for (int k = 0; k < of.count; k++)
        found = found || near(formula_term_value(&of.terms[k]), w->grad.value);
    formula_deinit(&of);
    return found;
}

/* Numbers that the loss is not a function of: labels, masks, constants; and what has no gradient
 * of its own because a block swallows it. */
static bool has_no_gradient(const struct fixture *f, const struct circuit *c, const struct wire *w)
{
    const struct gate *from = &c->gates[w->from], *to = &c->gates[w->to];
    if (from->kind == GATE_MORE || to->kind == GATE_TAP)
        return true;
    if (!cell_is(from->cell))
        return from->kind == GATE_GIVEN;
    const struct tensor *t = &f->p->tensors[from->cell.tensor];
    return from->kind == GATE_GIVEN && t->grad < 0;
}

static void check_wire(const struct fixture *f, const struct circuit *c, const struct wire *w)
{
    const struct gate *from = &c->gates[w->from], *to = &c->gates[w->to];
    ck_assert_int_lt(w->from, w->to);
    if (has_no_gradient(f, c, w)) {
        ck_assert_int_eq(w->grad.how, BLAME_NONE);
        return;
    }
    ck_assert_msg(w->grad.how != BLAME_NONE, "%s: no gradient from %s into %s", f->name,
                  gate_name(f, from), gate_name(f, to));
    if (w->grad.how != BLAME_TERM)
        ck_assert(w->grad.value == (double)cell_value(f->t, w->grad.cell));
    if (w->grad.how == BLAME_CELL)
        ck_assert_int_eq(w->grad.cell.tensor, f->p->tensors[from->cell.tensor].grad);
    if (w->slope.known && to->grad.how != BLAME_NONE)
        ck_assert_msg(near(w->grad.value, to->grad.value * w->slope.value),
                      "%s: %s into %s: %g, not %g times %g", f->name, gate_name(f, from),
                      gate_name(f, to), w->grad.value, to->grad.value, w->slope.value);
}

/* The uses of a number add up to its gradient, where all of them are here. */
static void check_sum(const struct fixture *f, const struct circuit *c, int g)
{
    const struct gate *gate = &c->gates[g];
    double sum = 0;
    int uses = 0;
    if (gate->grad.how != BLAME_CELL || gate->uses_left_out || gate->kind == GATE_TAP)
        return;
    for (int k = 0; k < c->wire_count; k++)
        if (cell_equal(c->gates[c->wires[k].from].cell, gate->cell) &&
            c->gates[c->wires[k].to].kind != GATE_TAP) {
            sum += c->wires[k].grad.value;
            uses++;
        }
    if (uses > 0)
        ck_assert_msg(near(sum, gate->grad.value), "%s: %d uses of %s give %g, its gradient is %g",
                      f->name, uses, gate_name(f, gate), sum, gate->grad.value);
}

static void check_gate(const struct fixture *f, const struct circuit *c, int i)
{
    const struct gate *g = &c->gates[i];
    if (cell_is(g->cell)) {
        float value = cell_value(f->t, g->cell);
        ck_assert(g->value == (double)value || isnan(value));
    }
    if (cell_is(g->sum)) {
        struct formula of = {0};
        formula_of(f->t, g->sum, &of);
        ck_assert(g->value == formula_term_value(&of.terms[g->term]));
        formula_deinit(&of);
    }
    for (int k = g->first; k < g->first + g->count; k++)
        ck_assert_int_eq(c->wires[k].to, i);
    check_sum(f, c, i);
}

static void check_circuit(const struct fixture *f, const struct circuit *c)
{
    ck_assert_int_gt(c->gate_count, 0);
    for (int i = 0; i < c->gate_count; i++)
        check_gate(f, c, i);
    for (int k = 0; k < c->wire_count; k++) {
        if (f->p->mode == MODE_TRAIN)
            check_wire(f, c, &c->wires[k]);
        else
            ck_assert_int_eq(c->wires[k].grad.how, BLAME_NONE);
    }
}

START_TEST(numbers_are_the_traces)
{
    for (int n = 1; n <= 3; n += 2) {
        struct fixture f = open_net(&test_nets[_i], n, MODE_TRAIN);
        for (int sample = 0; sample < n; sample++) {
            struct circuit *c = circuit_create(f.t, sample, CELL_NONE);
            check_circuit(&f, c);
            circuit_destroy(c);
        }
        close_net(&f);
    }
    struct fixture f = open_net(&test_nets[_i], 2, MODE_EVAL);
    struct circuit *c = circuit_create(f.t, 1, CELL_NONE);
    check_circuit(&f, c);
    circuit_destroy(c);
    close_net(&f);
}
END_TEST

/* Whatever is selected: a circuit is there, and what it is about is in it. */
START_TEST(every_cell_has_its_circuit)
{
    struct fixture f = open_net(&test_nets[_i], 2, MODE_TRAIN);
    for (int k = 0; k < f.p->tensor_count; k++) {
        struct cell cell = {k, f.p->tensors[k].batched ? 1 : 0, f.p->tensors[k].count / 2};
        struct cell subject = circuit_subject(f.p, cell);
        struct circuit *c = circuit_create(f.t, 1, cell);
        check_circuit(&f, c);
        if (cell_is(subject))
            ck_assert_msg(circuit_find(c, subject, 0) >= 0, "%s: %s is not in its circuit", f.name,
                          f.p->tensors[k].name);
        circuit_destroy(c);
    }
    close_net(&f);
}
END_TEST

static const struct test_net tiny[] = {
    {"2-2-1, squared error",
     "input 2\nh dense 2 sigmoid\nout dense 1\nloss squared-error\ntrain sgd\n", 0},
    {"2-2-2, cross-entropy",
     "input 2\nh dense 2 tanh\nout dense 2 softmax\nloss cross-entropy\ntrain sgd\n", 0},
    {"conv and maxpool",
     "input 5 5 1\nc conv2d 1 2x2 relu\np maxpool 2x2\nf flatten\nout dense 2 softmax\n"
     "loss cross-entropy\ntrain sgd\n",
     0},
    {"batchnorm",
     "input 2\nh dense 2\nn batchnorm tanh\nout dense 1\nloss squared-error\ntrain sgd\n", 1},
    {"skip",
     "input 2\na dense 2 relu\nb dense 2 tanh\ns add a b\nout dense 1 sigmoid\n"
     "loss binary-cross-entropy\ntrain sgd\n",
     0},
};

/* Wires out of a number with several uses are terms of its gradient. */
START_TEST(uses_are_terms_of_the_gradient)
{
    struct fixture f = open_net(&tiny[_i], 1, MODE_TRAIN);
    struct circuit *c = circuit_create(f.t, 0, CELL_NONE);
    ck_assert(!cell_is(c->centre));
    for (int k = 0; k < c->wire_count; k++) {
        const struct wire *w = &c->wires[k];
        const struct gate *from = &c->gates[w->from];
        const struct gate *to = &c->gates[w->to];
        bool inner = strstr(f.p->tensors[cell_is(from->cell) ? from->cell.tensor : 0].base, ".std");
        if (from->grad.how == BLAME_CELL && to->fn != FN_MAX && !inner &&
            !has_no_gradient(&f, c, w))
            ck_assert_msg(w->grad.how != BLAME_TERM || has_term(&f, from->cell, w),
                          "%s: %s into %s is no term", f.name, gate_name(&f, from),
                          gate_name(&f, to));
        ck_assert_int_eq(from->uses_left_out, 0);
    }
    circuit_destroy(c);
    close_net(&f);
}
END_TEST

START_TEST(paths_add_up_to_the_gradient)
{
    struct fixture f = open_net(&tiny[_i], 1, MODE_TRAIN);
    struct circuit *c = circuit_create(f.t, 0, CELL_NONE);
    for (int g = 0; g < c->gate_count; g++) {
        const struct gate *gate = &c->gates[g];
        struct circuit_path path[8];
        int found;
        bool whole;
        if (gate->grad.how != BLAME_CELL || gate->kind == GATE_TAP)
            continue;
        double ways = circuit_paths(c, gate->cell, 8, path, &found, &whole), sum = 0;
        ck_assert(whole);
        for (int k = 0; k < found; k++) {
            double product = 1;
            for (int j = 0; j < path[k].count; j++)
                product *= c->wires[path[k].wire[j]].slope.value;
            if (!path[k].early)
                ck_assert(near(product, path[k].value));
            ck_assert(k == 0 || fabs(path[k].value) <= fabs(path[k - 1].value));
            sum += path[k].value;
        }
        if (ways <= 8)
            ck_assert_msg(near(sum, gate->grad.value), "%s: %g ways from %s give %g, not %g",
                          f.name, ways, gate_name(&f, gate), sum, gate->grad.value);
    }
    circuit_destroy(c);
    close_net(&f);
}
END_TEST

/* Gates of a 2-2-1 network, counted by hand: 4 products, 2 sums, 2 sigmoids; 2 products, 1 sum;
 * the difference, the loss (of one sample: no mean). Leaves: 2 inputs, 9 parameters, the label. */
START_TEST(a_small_network_is_there_to_the_last_gate)
{
    struct fixture f = open_net(&tiny[0], 1, MODE_TRAIN);
    struct circuit *c = circuit_create(f.t, 0, CELL_NONE);
    int kinds[GATE_MORE + 1] = {0};
    for (int k = 0; k < c->gate_count; k++)
        kinds[c->gates[k].kind]++;
    ck_assert_int_eq(kinds[GATE_TIMES], 6);
    ck_assert_int_eq(kinds[GATE_SUM], 2 + 1 + 1);
    ck_assert_int_eq(kinds[GATE_FN], 2);
    ck_assert_int_eq(kinds[GATE_BLOCK], 1);
    ck_assert_int_eq(kinds[GATE_GIVEN], 2 + 9 + 1);
    ck_assert_int_eq(kinds[GATE_FOLDED] + kinds[GATE_MORE] + kinds[GATE_TAP], 0);

    struct circuit_path path[4];
    int found;
    bool whole;
    double ways = circuit_paths(c, cell_of(&f, "h.W[1,0]"), 4, path, &found, &whole);
    ck_assert(ways == 1 && found == 1 && !path[0].early);
    ck_assert(circuit_paths(c, cell_of(&f, "input[0]"), 4, path, &found, &whole) == 2);
    circuit_destroy(c);
    close_net(&f);
}
END_TEST

START_TEST(a_large_network_shows_a_neighbourhood)
{
    struct test_net large = {"large",
                             "input 28 28 1\nc conv2d 8 5x5 relu\np maxpool 2x2\nf flatten\n"
                             "out dense 10 softmax\nloss cross-entropy\ntrain sgd\n",
                             0};
    struct fixture f = open_net(&large, 1, MODE_TRAIN);
    struct cell z = cell_of(&f, "f[123]");
    struct circuit *c = circuit_create(f.t, 0, z);
    struct circuit_path path[3];
    int found;
    bool whole;
    check_circuit(&f, c);
    ck_assert(cell_equal(c->centre, z));
    ck_assert_int_gt(c->all_gates, 100000);
    ck_assert_int_lt(c->gate_count, 200);
    ck_assert(circuit_paths(c, z, 3, path, &found, &whole) >= 3);
    ck_assert(!whole); /* three of its ten uses are shown */
    int at = circuit_find(c, z, 0);
    ck_assert_int_eq(c->gates[at].uses + c->gates[at].uses_left_out, 10);
    circuit_destroy(c);

    c = circuit_create(f.t, 0, cell_of(&f, "d:c.z[3,4,2]"));
    check_circuit(&f, c);
    at = circuit_find(c, cell_of(&f, "c.z[3,4,2]"), 0);
    ck_assert_int_ge(at, 0);
    int left = 0; /* 25 products and the bias */
    for (int k = c->gates[at].first; k < c->gates[at].first + c->gates[at].count; k++)
        left += c->gates[c->wires[k].from].more;
    ck_assert_int_eq(c->gates[at].count - 1 + left, 26);
    circuit_destroy(c);
    close_net(&f);
}
END_TEST

Suite *test_circuit(void)
{
    Suite *s = suite_create("circuit");
    TCase *t = tcase_create("circuit");
    tcase_set_timeout(t, 60);
    const int tinies = (int)(sizeof tiny / sizeof *tiny);
    tcase_add_loop_test(t, numbers_are_the_traces, 0, test_net_count);
    tcase_add_loop_test(t, every_cell_has_its_circuit, 0, test_net_count);
    tcase_add_loop_test(t, uses_are_terms_of_the_gradient, 0, tinies);
    tcase_add_loop_test(t, paths_add_up_to_the_gradient, 0, tinies);
    tcase_add_test(t, a_small_network_is_there_to_the_last_gate);
    tcase_add_test(t, a_large_network_shows_a_neighbourhood);
    suite_add_tcase(s, t);
    return s;
}
