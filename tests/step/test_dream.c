/* Gradient ascent on the input: it climbs, by hand and for every kind of layer; it is seeded; L2,
 * total variation and jitter do what they say. */
#include "glassnet/step/dream.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "support/nets.h"

Suite *test_dream(void);

static const struct dream_settings plain = {.rate = 0.01f};

static struct dream *dream_of(const struct net *net, struct dream_goal goal)
{
    struct err err = {0};
    struct dream *d = dream_create(net, &goal, 7, &err);
    ck_assert_msg(d != NULL, "%s", err.message);
    return d;
}

/* z = 3 x0 - 4 x1: the gradient's root mean square is 5 / sqrt(2), so a step of rate r moves by
 * r (3, -4) sqrt(2) / 5 and adds 5 sqrt(2) r to z. */
START_TEST(a_step_by_hand)
{
    struct net *net = net_parse("input 2\nout dense 1\n", NULL, NULL);
    const float params[] = {3, -4, 1};
    memcpy(net->params, params, sizeof params);
    struct dream *d = dream_of(net, (struct dream_goal){.layer = 1});
    dream_begin(d, DREAM_ZERO, NULL);
    ck_assert(dream_value(d) == 1 && dream_steps(d) == 0);
    dream_step(d, &(struct dream_settings){.rate = 0.1f});
    ck_assert(fabsf(dream_picture(d)[0] - (0.3f * sqrtf(2) / 5)) <= 1e-6f);
    ck_assert(fabsf(dream_picture(d)[1] - (-0.4f * sqrtf(2) / 5)) <= 1e-6f);
    ck_assert(fabsf(dream_value(d) - (1 + 0.5f * sqrtf(2))) <= 1e-5f);
    /* L2 takes 2 l2 rate of x away */
    const float sample[] = {10, 20};
    dream_begin(d, DREAM_SAMPLE, sample);
    dream_step(d, &(struct dream_settings){.rate = 0.1f, .l2 = 0.5f});
    ck_assert(fabsf(dream_picture(d)[0] - (10 - 1 + 0.3f * sqrtf(2) / 5)) <= 1e-5f);
    dream_destroy(d);
    net_destroy(net);
}
END_TEST

START_TEST(it_climbs)
{
    struct net *net = test_net_make(&test_nets[_i], 3);
    for (int l = 1; l < net->layer_count; l++) {
        struct dream *d =
            dream_of(net, (struct dream_goal){.layer = l, .map = net->layers[l].out.rank == 3});
        float begin = dream_value(d);
        for (int k = 0; k < 20; k++)
            dream_step(d, &plain);
        /* a unit that is off, and steps, have no slope to climb */
        ck_assert_msg(dream_value(d) > begin || (dream_is_stuck(d) && dream_value(d) >= begin) ||
                          fabsf(dream_value(d) - begin) < 1e-6f,
                      "%s, %s: from %g to %g", test_nets[_i].name, net->layers[l].name,
                      (double)begin, (double)dream_value(d));
        ck_assert_int_eq(dream_steps(d), 20);
        dream_destroy(d);
    }
    net_destroy(net);
}
END_TEST

START_TEST(a_map_is_the_mean_of_its_numbers)
{
    struct net *net = test_net_make(&test_nets[2], 3);
    const struct shape *s = &net->layers[1].out;
    size_t places = (size_t)(s->dim[0] * s->dim[1]);
    double sum = 0;
    struct dream *d = dream_of(net, (struct dream_goal){1, true, 1, true});
    for (size_t k = 0; k < places; k++) {
        struct dream *one = dream_of(net, (struct dream_goal){1, true, 1 + 3 * k, false});
        sum += (double)dream_value(one);
        dream_destroy(one);
    }
    ck_assert_double_eq_tol((double)dream_value(d), sum / (double)places, 1e-5);
    dream_destroy(d);
    net_destroy(net);
}
END_TEST

/* Runs 30 steps; the picture into out. */
static void run(const struct net *net, struct dream_settings s, float *out)
{
    struct dream *d = dream_of(net, (struct dream_goal){.layer = 4, .before = true});
    for (int k = 0; k < 30; k++)
        dream_step(d, &s);
    memcpy(out, dream_picture(d), shape_count(&net->layers[0].out) * sizeof *out);
    dream_destroy(d);
}

static double roughness(const float *x, int h, int w, int c)
{
    double sum = 0;
    for (int y = 0; y < h; y++)
        for (int i = 0; i + c < w * c; i++)
            sum += fabs((double)x[y * w * c + i + c] - (double)x[y * w * c + i]);
    return sum;
}

START_TEST(seed_and_settings_give_the_same_bits)
{
    struct net *net = test_net_make(&test_nets[2], 3);
    float a[84], b[84], rough[84], smooth[84];
    struct dream_settings s = {.rate = 0.05f, .l2 = 0.01f, .tv = 0.1f, .jitter = 2};
    run(net, s, a);
    run(net, s, b);
    ck_assert(memcmp(a, b, sizeof a) == 0);
    for (int i = 0; i < 84; i++)
        ck_assert(a[i] >= 0 && a[i] <= 1);
    s.jitter = 0;
    run(net, s, b);
    ck_assert(memcmp(a, b, sizeof a) != 0);
    run(net, (struct dream_settings){.rate = 0.02f}, rough);
    run(net, (struct dream_settings){.rate = 0.02f, .tv = 0.5f}, smooth);
    ck_assert_double_lt(roughness(smooth, 7, 6, 2), 0.8 * roughness(rough, 7, 6, 2));
    net_destroy(net);
}
END_TEST

enum { TV_H = 3, TV_W = 4, TV_C = 2, TV_ALL = TV_H * TV_W * TV_C };

/* Total variation of a picture [TV_H][TV_W][TV_C], as the header defines it. */
static double total_variation(const double *x)
{
    double sum = 0;
    for (int r = 0; r < TV_H; r++)
        for (int q = 0; q < TV_W; q++)
            for (int k = 0; k < TV_C; k++) {
                const double *here = x + (r * TV_W + q) * TV_C + k;
                double dx = q + 1 < TV_W ? here[TV_C] - here[0] : 0;
                double dy = r + 1 < TV_H ? here[TV_W * TV_C] - here[0] : 0;
                sum += sqrt(dx * dx + dy * dy + 1e-4);
            }
    return sum;
}

/* A neuron that is off pulls at nothing, so a step moves each pixel by -rate tv dTV/dx alone; edges
 * have no neighbours beyond them. */
START_TEST(total_variation_pulls_by_its_slope)
{
    struct net *net = net_parse("input 3 4 2\nf flatten\nout dense 1 relu\n", NULL, NULL);
    memset(net->params, 0, net->param_count * sizeof *net->params);
    net->params[net->param_count - 1] = -1;
    struct dream *d = dream_of(net, (struct dream_goal){.layer = 2});
    float sample[TV_ALL];
    double at[TV_ALL];
    for (int i = 0; i < TV_ALL; i++)
        at[i] = sample[i] = 0.3f + 0.4f * (float)((i * 7) % 11) / 11;
    dream_begin(d, DREAM_SAMPLE, sample);
    dream_step(d, &(struct dream_settings){.rate = 0.01f, .tv = 1});
    for (int i = 0; i < TV_ALL; i++) {
        double h = 1e-5, middle = at[i], up, down;
        at[i] = middle + h;
        up = total_variation(at);
        at[i] = middle - h;
        down = total_variation(at);
        at[i] = middle;
        double wanted = middle - 0.01 * (up - down) / (2 * h);
        ck_assert_msg(fabs((double)dream_picture(d)[i] - wanted) < 1e-6, "pixel %d: %g, not %g", i,
                      (double)dream_picture(d)[i], wanted);
    }
    dream_destroy(d);
    net_destroy(net);
}
END_TEST

START_TEST(a_unit_that_is_off_is_stuck)
{
    struct net *net = net_parse("input 1\nh dense 1 relu\nout dense 1\n", NULL, NULL);
    const float params[] = {1, -5, 1, 0};
    memcpy(net->params, params, sizeof params);
    struct dream *d = dream_of(net, (struct dream_goal){.layer = 1});
    dream_step(d, &plain);
    ck_assert(dream_is_stuck(d) && dream_value(d) == 0);
    dream_destroy(d);
    d = dream_of(net, (struct dream_goal){.layer = 1, .before = true});
    dream_step(d, &plain);
    ck_assert(!dream_is_stuck(d));
    dream_destroy(d);
    net_destroy(net);
}
END_TEST

START_TEST(what_is_not_there_says_so)
{
    struct err err = {0};
    struct net *net = test_net_make(&test_nets[1], 1);
    ck_assert_ptr_null(dream_create(net, &(struct dream_goal){.layer = 0}, 1, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "not of the input"));
    err_clear(&err);
    ck_assert_ptr_null(dream_create(net, &(struct dream_goal){.layer = 1, .index = 4}, 1, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "has 4 numbers"));
    err_clear(&err);
    ck_assert_ptr_null(dream_create(net, &(struct dream_goal){.layer = 1, .map = true}, 1, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "no maps"));
    ck_assert(!dream_settings_check(&(struct dream_settings){.rate = 0}, NULL));
    ck_assert(!dream_settings_check(&(struct dream_settings){.rate = 1, .l2 = -1}, NULL));
    ck_assert(!dream_settings_check(&(struct dream_settings){.rate = 1, .jitter = 65}, NULL));
    struct dream_settings usual = dream_defaults(net);
    ck_assert(dream_settings_check(&usual, NULL));
    net_destroy(net);
}
END_TEST

Suite *test_dream(void)
{
    Suite *s = suite_create("step/dream");
    TCase *c = tcase_create("dream");
    tcase_add_test(c, a_step_by_hand);
    tcase_add_loop_test(c, it_climbs, 0, test_net_count);
    tcase_add_test(c, a_map_is_the_mean_of_its_numbers);
    tcase_add_test(c, seed_and_settings_give_the_same_bits);
    tcase_add_test(c, total_variation_pulls_by_its_slope);
    tcase_add_test(c, a_unit_that_is_off_is_stuck);
    tcase_add_test(c, what_is_not_there_says_so);
    suite_add_tcase(s, c);
    return s;
}
