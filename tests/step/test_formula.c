#include <check.h>
#include <math.h>
#include <string.h>

#include "glassnet/step/formula.h"
#include "support/nets.h"

Suite *test_formula(void);

/* Every cell of every tensor: its formula, evaluated in its own order, gives the stored bits. */
static void check_all_cells(const struct test_net *tn, int n, enum program_mode mode)
{
    struct net *net = test_net_make(tn, 11);
    struct program *p;
    struct trace *t = test_net_trace(net, tn->targets, n, 5, mode, &p);
    struct formula f = {0};
    char name[128];
    for (int k = 0; k < p->tensor_count; k++)
        for (size_t i = 0; i < trace_tensor_count(t, k); i++) {
            size_t count = p->tensors[k].count;
            struct cell c = {k, (int)(i / count), i % count};
            formula_of(t, c, &f);
            float value = formula_eval(&f, f.count);
            ck_assert_msg(memcmp(&value, &f.value, sizeof value) == 0 ||
                              (isnan(value) && isnan(f.value)),
                          "%s, %d samples: %s is %.9g, its formula gives %.9g", tn->name, n,
                          cell_name(p, c, name, sizeof name), (double)f.value, (double)value);
            ck_assert_int_eq(f.count, f.given ? 0 : formula_count(t, c));
        }
    formula_deinit(&f);
    trace_destroy(t);
    program_destroy(p);
    net_destroy(net);
}

START_TEST(formula_gives_the_bits_of_every_cell)
{
    check_all_cells(&test_nets[_i], 1, MODE_TRAIN);
    check_all_cells(&test_nets[_i], 3, MODE_TRAIN);
}
END_TEST

START_TEST(formula_gives_the_bits_in_evaluation_mode)
{
    check_all_cells(&test_nets[_i], 2, MODE_EVAL);
}
END_TEST

/* The running sum at term k is the sum of the first k terms joined by fmaf. */
START_TEST(running_sum_goes_term_by_term)
{
    struct net *net = test_net_make(&test_nets[2], 3);
    struct program *p;
    struct trace *t = test_net_trace(net, 0, 1, 5, MODE_TRAIN, &p);
    struct formula f = {0};
    struct cell c;
    ck_assert(cell_parse(p, 1, "c.z[1,2,0]", &c, NULL));
    formula_of(t, c, &f);
    ck_assert_int_eq(f.count, 1 + 3 * 2 * 2); /* the bias, then 3 × 2 places × 2 channels */
    float sum = f.terms[0].factor[0].value;
    ck_assert(formula_eval(&f, 1) == sum);
    for (int k = 1; k < f.count; k++) {
        sum = fmaf(f.terms[k].factor[0].value, f.terms[k].factor[1].value, sum);
        ck_assert(formula_eval(&f, k + 1) == sum);
    }
    formula_deinit(&f);
    trace_destroy(t);
    program_destroy(p);
    net_destroy(net);
}
END_TEST

static void expect_symbols(const struct trace *t, const char *cell, const char *expected)
{
    struct formula f = {0};
    struct cell c;
    char text[512];
    ck_assert(cell_parse(t->program, t->n, cell, &c, NULL));
    formula_of(t, c, &f);
    ck_assert_str_eq(formula_symbolic(t, &f, text, sizeof text), expected);
    formula_deinit(&f);
}

START_TEST(symbols_read_as_in_a_textbook)
{
    struct net *net = test_net_make(&test_nets[2], 3);
    struct program *p;
    struct trace *t = test_net_trace(net, 0, 1, 5, MODE_TRAIN, &p);
    expect_symbols(t, "c.z[2,1,0]", "c.b[0] + Σᵤ,ᵥ,c c.W[0,u,v,c]·input[2+u,1+v,c]");
    expect_symbols(t, "c[2,1,0]", "relu(c.z[2,1,0])");
    expect_symbols(t, "p[0,1,2]", "max(c[0,2,2], c[0,3,2], c[1,2,2], c[1,3,2])");
    expect_symbols(t, "out.z[3]", "out.b[3] + Σᵢ out.W[3,i]·f[i]");
    expect_symbols(t, "out.shift[3]", "out.z[3] − out.max");
    expect_symbols(t, "out[3]", "out.exp[3] / out.sum");
    expect_symbols(t, "loss", "1/n·loss.each");
    expect_symbols(t, "d:out.z[1]", "∂L/∂loss.each · loss.error[1]");
    expect_symbols(t, "d:out.W[1,4]", "∂L/∂out.z[1]·f[4]");
    expect_symbols(t, "d:f[2]", "Σₒ ∂L/∂out.z[o]·out.W[o,2]");
    expect_symbols(t, "d:c.W[1,2,0,1]", "Σp,q ∂L/∂c.z[p,q,1]·input[2+p,q,1]");
    expect_symbols(t, "d:input[4,3,1]", "Σₖ,ᵤ,ᵥ ∂L/∂c.z[4−u,3−v,k]·c.W[k,u,v,1]");
    expect_symbols(t, "new:m:out.b[2]", "μ·m:out.b[2] + g:out.b[2]");
    expect_symbols(t, "new:out.b[2]", "out.b[2] − rate·new:m:out.b[2]");
    expect_symbols(t, "out.W[0,0]", "a parameter: what learning changes");
    trace_destroy(t);
    program_destroy(p);
    net_destroy(net);
}
END_TEST

START_TEST(numbers_show_the_largest_terms)
{
    struct formula_term terms[4] = {{1, {{CELL_NONE, 0.5f, NULL}}},
                                    {2, {{CELL_NONE, 2, NULL}, {CELL_NONE, 3, NULL}}},
                                    {2, {{CELL_NONE, 0.1f, NULL}, {CELL_NONE, 0.1f, NULL}}},
                                    {2, {{CELL_NONE, -4, NULL}, {CELL_NONE, 2, NULL}}}};
    struct formula f = {.fn = FN_SUM, .count = 4, .terms = terms};
    char text[256];
    ck_assert_str_eq(formula_numeric(&f, 0, text, sizeof text), "0.5 + 2*3 + 0.1*0.1 + (-4*2)");
    ck_assert_str_eq(formula_numeric(&f, 2, text, sizeof text), "2*3 + (-4*2) + … 2 more");
}
END_TEST

Suite *test_formula(void)
{
    Suite *s = suite_create("step/formula");
    TCase *c = tcase_create("formula");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, formula_gives_the_bits_of_every_cell, 0, test_net_count);
    tcase_add_loop_test(c, formula_gives_the_bits_in_evaluation_mode, 0, test_net_count);
    tcase_add_test(c, running_sum_goes_term_by_term);
    tcase_add_test(c, symbols_read_as_in_a_textbook);
    tcase_add_test(c, numbers_show_the_largest_terms);
    suite_add_tcase(s, c);
    return s;
}
