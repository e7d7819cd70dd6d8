/* A model on disk: text and weights together, and weights that belong to another network. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/io/model.h"
#include "glassnet/io/safetensors.h"

Suite *test_model(void);

#define NET_PATH     "build/test-model.net"
#define WEIGHTS_PATH "build/test-model.safetensors"

static const char text[] = "# kept\ninput 3\nhidden dense 2 relu\nbn batchnorm\nout dense 2 "
                           "softmax  # two classes\nloss cross-entropy\n";

static void begin(void)
{
    file_make_folders("build", NULL);
    remove(NET_PATH);
    remove(WEIGHTS_PATH);
}

static void end(void)
{
    remove(NET_PATH);
    remove(WEIGHTS_PATH);
}

static struct net *load(bool fresh, bool *had)
{
    struct err err = {0};
    struct net *net = model_load(NET_PATH, fresh, had, &err);
    ck_assert_msg(net != NULL, "%s: %s", err.file, err.message);
    return net;
}

/* The network, every parameter changed to a number of its own, saved. */
static void save_numbered(void)
{
    struct err err = {0};
    struct net *net = net_parse(text, NULL, &err);
    ck_assert_ptr_nonnull(net);
    for (size_t i = 0; i < net->param_count; i++)
        net->params[i] = 100 + (float)i / 7;
    ck_assert_msg(model_save(net, NET_PATH, &err), "%s", err.message);
    net_destroy(net);
}

START_TEST(a_saved_model_comes_back)
{
    bool had = false;
    save_numbered();
    struct net *net = load(false, &had);
    ck_assert(had);
    ck_assert_str_eq(net_text(net), text);
    for (size_t i = 0; i < net->param_count; i++)
        ck_assert(net->params[i] == 100 + (float)i / 7);
    net_destroy(net);
    struct safetensors *file = safetensors_open(WEIGHTS_PATH, NULL);
    ck_assert_int_eq(file->count, 8);
    ck_assert_ptr_nonnull(safetensors_find(file, "bn.var"));
    ck_assert_uint_eq(safetensors_find(file, "hidden.W")->dim[1], 3);
    safetensors_close(file);
}
END_TEST

START_TEST(fresh_or_without_weights_the_seed_draws)
{
    bool had = true;
    save_numbered();
    struct net *fresh = load(true, &had);
    ck_assert(!had);
    ck_assert(fresh->params[0] < 100);
    remove(WEIGHTS_PATH);
    struct net *without = load(false, &had);
    ck_assert(!had);
    ck_assert_mem_eq(fresh->params, without->params, fresh->param_count * sizeof(float));
    net_destroy(fresh);
    net_destroy(without);
}
END_TEST

static const struct other {
    const char *text, *message;
} others[] = {
    {"input 3\nhidden dense 4 relu\nbn batchnorm\nout dense 2\n",
     "holds hidden.W with the shape 2 × 3, but the network needs 4 × 3; train anew with --fresh, "
     "or undo the change of the layer"},
    {"input 3\nh dense 2 relu\nbn batchnorm\nout dense 2\n",
     "lacks h.W, which the network has; train anew with --fresh, or give the layer its old name"},
    {"input 3\nhidden dense 2 relu\nout dense 2\n",
     "holds bn.beta, which the network has not; train anew with --fresh, or put the layer back"},
};

START_TEST(weights_of_another_network_are_named)
{
    struct err err = {0};
    bool had = true;
    save_numbered();
    ck_assert(file_write(NET_PATH, others[_i].text, strlen(others[_i].text), NULL));
    ck_assert_ptr_null(model_load(NET_PATH, false, &had, &err));
    ck_assert(!had);
    ck_assert_str_eq(err.message, others[_i].message);
    ck_assert_str_eq(err.file, WEIGHTS_PATH);
    struct net *net = load(true, NULL); /* --fresh helps, as the sentence says */
    net_destroy(net);
}
END_TEST

START_TEST(damaged_weights_are_no_fresh_start)
{
    struct err err = {0};
    save_numbered();
    ck_assert(file_write(WEIGHTS_PATH, "rubbish", 7, NULL));
    ck_assert_ptr_null(model_load(NET_PATH, false, NULL, &err));
    ck_assert_str_eq(err.file, WEIGHTS_PATH);
}
END_TEST

START_TEST(only_net_files_are_saved)
{
    struct err err = {0};
    struct net *net = net_parse(text, NULL, &err);
    ck_assert(!model_save(net, WEIGHTS_PATH, &err));
    ck_assert_ptr_nonnull(strstr(err.message, ".net"));
    ck_assert(!file_exists(WEIGHTS_PATH));
    err_clear(&err);
    ck_assert(!model_save(net, "no/such/folder/a.net", &err));
    ck_assert(err_any(&err));
    net_destroy(net);
}
END_TEST

Suite *test_model(void)
{
    Suite *suite = suite_create("model");
    TCase *t = tcase_create("model");
    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, a_saved_model_comes_back);
    tcase_add_test(t, fresh_or_without_weights_the_seed_draws);
    tcase_add_loop_test(t, weights_of_another_network_are_named, 0, 3);
    tcase_add_test(t, damaged_weights_are_no_fresh_start);
    tcase_add_test(t, only_net_files_are_saved);
    suite_add_tcase(suite, t);
    return suite;
}
