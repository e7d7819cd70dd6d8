/* Operator cases of the ONNX project (tests/parity/README.md says where they come from): outputs,
 * running statistics, losses and optimisers' steps that others worked out. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "support/worked.h"

Suite *test_onnx_cases(void);

struct numbers {
    int count;
    const float *at;
};

#define NUMBERS(...)                                                                               \
    {                                                                                              \
        (int)(sizeof((float[]){__VA_ARGS__}) / sizeof(float)), (const float[])                     \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define NONE                                                                                       \
    {                                                                                              \
        0, NULL                                                                                    \
    }

enum { MOST_TENSORS = 4 };

struct named_numbers {
    const char *name; /* NULL or "": no more */
    struct numbers numbers;
};

struct onnx_case {
    const char *name; /* of its folder in ONNX' test data */
    const char *text; /* the network that does the same */
    enum program_mode mode;
    int n;       /* samples */
    int targets; /* numbers of a label, 0 for a class */
    int steps;   /* the optimiser has done */
    struct numbers x, labels;
    struct named_numbers params[MOST_TENSORS];
    struct named_numbers moments[MOST_TENSORS]; /* "m", "v" of d.W, the first parameter */
    struct named_numbers expected[MOST_TENSORS];
};

#include "onnx_cases.h"

static bool there(const struct named_numbers *list, int k)
{
    return k < MOST_TENSORS && list[k].name && list[k].name[0];
}

static void fill_moments(struct optimiser *o, const struct net *net, const struct onnx_case *c)
{
    optimiser_init(o, net);
    o->t = c->steps;
    for (int k = 0; there(c->moments, k); k++) {
        struct numbers given = c->moments[k].numbers;
        memcpy(c->moments[k].name[0] == 'm' ? o->m : o->v, given.at,
               (size_t)given.count * sizeof *given.at);
    }
}

/* Within a few units of float32's last place of the tensor's largest number, which is what sums
 * in another order may differ by. */
static void expect(const struct worked *w, const struct onnx_case *c, const char *name,
                   struct numbers expected)
{
    int at = program_find(w->program, name);
    ck_assert_msg(at >= 0, "%s: there is no %s", c->name, name);
    ck_assert_uint_eq(trace_tensor_count(w->trace, at), (size_t)expected.count);
    const float *found = trace_tensor(w->trace, at);
    float most = 0;
    for (int i = 0; i < expected.count; i++)
        most = fmaxf(most, fabsf(expected.at[i]));
    for (int i = 0; i < expected.count; i++)
        ck_assert_msg(fabsf(found[i] - expected.at[i]) <= 1e-6f * most,
                      "%s: %s[%d] is %.9g, not %.9g", c->name, name, i, (double)found[i],
                      (double)expected.at[i]);
}

START_TEST(test_case_agrees)
{
    const struct onnx_case *c = &cases[_i];
    const int samples[] = {0, 1, 2, 3};
    struct worked w;
    struct optimiser o;
    struct err err = {0};
    worked_open(&w, c->text, c->targets);
    for (int k = 0; there(c->params, k); k++)
        worked_set(&w, c->params[k].name, c->params[k].numbers.count, c->params[k].numbers.at);
    fill_moments(&o, w.net, c);
    w.program = program_create(w.net, c->mode, c->targets);
    struct pass pass = {.n = c->n,
                        .samples = samples,
                        .x = c->x.at,
                        .labels = c->labels.at,
                        .optimiser = &o,
                        .rate = w.net->train.rate,
                        .rate_schedule = 1.0f};
    ck_assert_uint_eq((size_t)c->x.count, shape_count(&w.net->layers[0].out) * (size_t)c->n);
    w.trace = trace_run(w.program, &pass, &err);
    ck_assert_msg(w.trace != NULL, "%s: %s", c->name, err.message);
    for (int k = 0; there(c->expected, k); k++)
        expect(&w, c, c->expected[k].name, c->expected[k].numbers);
    optimiser_deinit(&o);
    worked_close(&w);
}
END_TEST

Suite *test_onnx_cases(void)
{
    Suite *s = suite_create("onnx_cases");
    TCase *t = tcase_create("cases");
    tcase_add_loop_test(t, test_case_agrees, 0, (int)(sizeof cases / sizeof *cases));
    suite_add_tcase(s, t);
    return s;
}
