/* The network format: what good files give, and one exact sentence for every kind of mistake. */
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/rng.h"
#include "glassnet/base/text.h"
#include "glassnet/nn/net.h"

Suite *test_net_parse(void);

static struct net *parse(const char *text)
{
    struct err err = {0};
    struct net *net = net_parse(text, NULL, &err);
    ck_assert_msg(net != NULL, "line %d: %s", err.line, err.message);
    return net;
}

static struct net *load_good(const char *name)
{
    char path[256];
    struct err err = {0};
    struct net *net = net_load(file_join(path, sizeof path, "tests/nn/good", name), &err);
    ck_assert_msg(net != NULL, "%s:%d: %s", path, err.line, err.message);
    return net;
}

static const struct layer *layer(const struct net *net, const char *name)
{
    int i = net_find_layer(net, name);
    ck_assert_msg(i >= 0, "no layer %s", name);
    return &net->layers[i];
}

static void assert_shape(const struct layer *l, const char *expected)
{
    char text[96];
    ck_assert_str_eq(shape_text(&l->out, " ", text, sizeof text), expected);
}

START_TEST(digits_network_has_the_shapes_worked_by_hand)
{
    struct net *net = load_good("digits-cnn.net");
    assert_shape(layer(net, "conv1"), "24 24 8"); /* 28 - 5 + 1 */
    assert_shape(layer(net, "pool1"), "12 12 8");
    assert_shape(layer(net, "conv2"), "8 8 16");
    assert_shape(layer(net, "flat"), "256"); /* 4 * 4 * 16 */
    assert_shape(layer(net, "out"), "10");
    ck_assert_uint_eq(net_layer_trained(layer(net, "conv1")), 8 * 25 + 8);
    ck_assert_uint_eq(net_layer_trained(layer(net, "conv2")), 16 * 25 * 8 + 16);
    ck_assert_uint_eq(net_trained(net), 208 + 3216 + 2570);
    ck_assert_uint_eq(net->param_count, 208 + 3216 + 2570);
    ck_assert_int_eq(net->loss, LOSS_CROSS_ENTROPY);
    ck_assert(net_is_combined(net));
    ck_assert_str_eq(net->data, "digits");
    ck_assert_int_eq(net->train.optimiser, OPT_MOMENTUM);
    ck_assert(net->train.rate == 0.05f);
    ck_assert_uint_eq(net->train.seed, 7);
    ck_assert_str_eq(net->path, "tests/nn/good/digits-cnn.net");
    net_destroy(net);
}
END_TEST

START_TEST(residual_network_reads_the_layers_it_names)
{
    struct net *net = load_good("residual.net");
    ck_assert_int_eq(layer(net, "first")->pad_top, 1);
    const struct layer *joined = layer(net, "joined");
    ck_assert_int_eq(joined->from_count, 2);
    ck_assert_str_eq(net->layers[joined->from[0]].name, "act");
    ck_assert_str_eq(net->layers[joined->from[1]].name, "second");
    ck_assert_int_eq(joined->activation, ACT_RELU);
    /* avgpool 3x2 stride 2 on 16 x 16: (16 - 3) / 2 + 1 = 7, (16 - 2) / 2 + 1 = 8. */
    assert_shape(layer(net, "avgpool"), "7 8 8");
    /* maxpool 1x2 steps by its window: 7 rows, 4 columns. */
    assert_shape(layer(net, "maxpool"), "7 4 8");
    ck_assert_int_eq(layer(net, "maxpool")->stride, 1);
    ck_assert_int_eq(layer(net, "maxpool")->stride_w, 2);
    assert_shape(layer(net, "wide"), "6 6 4"); /* (16 - 1) / 3 + 1 */
    assert_shape(layer(net, "both"), "20");
    ck_assert(layer(net, "second")->frozen);
    ck_assert(!layer(net, "dense_1")->named);
    ck_assert(layer(net, "conv2d")->bias == 0.1f);
    const struct layer *bn = layer(net, "bn");
    ck_assert_int_eq(bn->param_count, 4);
    ck_assert_str_eq(bn->param[3].name, "var");
    ck_assert(bn->param[1].trained && !bn->param[2].trained);
    ck_assert_uint_eq(net_layer_trained(bn), 16);
    net_destroy(net);
}
END_TEST

START_TEST(train_line_is_read_wholly)
{
    struct net *net = load_good("residual.net");
    const struct train_settings *t = &net->train;
    ck_assert_int_eq(t->optimiser, OPT_ADAM);
    ck_assert(t->beta1 == 0.8f);
    ck_assert(t->beta2 == 0.99f);
    ck_assert(t->epsilon == 1e-7f);
    ck_assert(t->l1 == 1e-5f);
    ck_assert(t->l2 == 1e-4f);
    ck_assert(t->clip == 5.0f);
    ck_assert(t->decay == 0.01f);
    ck_assert_int_eq(t->schedule, SCHEDULE_STEP);
    ck_assert_int_eq(t->schedule_every, 10);
    ck_assert(t->schedule_factor == 0.5f);
    ck_assert_int_eq(t->batch, 16);
    ck_assert_int_eq(t->epochs, 30);
    ck_assert_int_eq(t->patience, 3);
    ck_assert_uint_eq(t->seed, 12345678901u);
    ck_assert_str_eq(net->data, "my pictures/set one:train");
    net_destroy(net);
}
END_TEST

START_TEST(settings_have_their_defaults)
{
    struct net *net = parse("input 4\ndense 2\n");
    ck_assert_int_eq(net->loss, LOSS_NONE);
    ck_assert_ptr_null(net->data);
    ck_assert_int_eq(net->train.optimiser, OPT_SGD);
    ck_assert(net->train.rate == 0.01f);
    ck_assert_int_eq(net->train.batch, 32);
    ck_assert_int_eq(net->train.epochs, 1);
    ck_assert_uint_eq(net->train.seed, 1);
    net_set_optimiser(net, OPT_ADADELTA);
    ck_assert(net->train.rho == 0.95f);
    ck_assert(net->train.epsilon == 1e-6f);
    net_set_optimiser(net, OPT_NESTEROV);
    ck_assert(net->train.mu == 0.9f);
    net_destroy(net);
}
END_TEST

START_TEST(padding_is_tensorflows)
{
    /* 5 wide, kernel 2, stride 2: ceil(5/2) = 3 out, (3-1)*2 + 2 - 5 = 1 to pad, all after.
     * 6 high, kernel 5, stride 3: 2 out, 3 + 5 - 6 = 2 to pad, one before. */
    struct net *net = parse("input 6 5 1\nc conv2d 1 5x2 stride=2 padding=same\n"
                            "d conv2d 1 5x2 stride=3 padding=same from=input\nadd_me maxpool 2x2 "
                            "padding=same from=c\nflatten\nflatten from=d\n"
                            "concatenate flatten flatten_1\n");
    ck_assert_int_eq(layer(net, "c")->out.dim[1], 3);
    ck_assert_int_eq(layer(net, "c")->pad_left, 0);
    ck_assert_int_eq(layer(net, "d")->out.dim[0], 2);
    ck_assert_int_eq(layer(net, "d")->pad_top, 1);
    net_destroy(net);
}
END_TEST

START_TEST(automatic_names_keep_clear_of_written_ones)
{
    struct net *net = parse("input 4\ndense 3\ndense 3\ndense_1 dense 2\n");
    ck_assert_str_eq(net->layers[1].name, "dense");
    ck_assert_str_eq(net->layers[2].name, "dense_2");
    ck_assert_str_eq(net->layers[3].name, "dense_1");
    ck_assert(net->layers[3].named && !net->layers[2].named);
    net_destroy(net);
}
END_TEST

START_TEST(an_activation_written_out_counts_even_when_linear)
{
    struct net *net = parse("input 4\na dense 3\nb dense 3 linear\n");
    ck_assert_int_eq(layer(net, "a")->activation, ACT_NONE);
    ck_assert_int_eq(layer(net, "b")->activation, ACT_LINEAR);
    net_destroy(net);
}
END_TEST

START_TEST(text_comes_back_byte_for_byte)
{
    static const char *const names[] = {"digits-cnn.net", "residual.net", "xor-crlf.net"};
    for (int i = 0; i < 3; i++) {
        struct net *net = load_good(names[i]);
        size_t size;
        char *text = file_read(net->path, 1 << 20, &size, NULL);
        ck_assert_uint_eq(strlen(net_text(net)), size);
        ck_assert_mem_eq(net_text(net), text, size);
        free(text);
        net_destroy(net);
    }
}
END_TEST

START_TEST(a_copy_shares_nothing)
{
    struct net *net = load_good("residual.net");
    struct net *copy = net_copy(net);
    size_t n = net->param_count;
    float first = net->params[0];
    ck_assert_mem_eq(copy->params, net->params, n * sizeof(float));
    net->params[0] = first + 1;
    ck_assert(copy->params[0] == first);
    net_destroy(net);
    ck_assert_str_eq(copy->layers[layer(copy, "joined")->from[0]].name, "act");
    ck_assert_str_eq(copy->data, "my pictures/set one:train");
    ck_assert_ptr_nonnull(strstr(net_text(copy), "residual network"));
    net_destroy(copy);
}
END_TEST

/* Each file under tests/nn/bad begins with "# expect: line N: MESSAGE". */
static void check_bad(const char *path)
{
    size_t size;
    char found[800];
    char *text = file_read(path, 1 << 20, &size, NULL);
    ck_assert_ptr_nonnull(text);
    struct text rest = text_of(text);
    struct text expected = text_next_line(&rest);
    ck_assert_msg(text_starts(expected, "# expect: line "), "%s lacks its expectation", path);
    expected.p += 10;
    expected.n -= 10;
    struct err err = {0};
    struct net *net = net_load(path, &err);
    ck_assert_msg(net == NULL, "%s was taken", path);
    ck_assert_int_eq(err.code, ERR_INPUT);
    ck_assert_str_eq(err.file, path);
    snprintf(found, sizeof found, "line %d: %s", err.line, err.message);
    ck_assert_msg(text_is(expected, found), "%s\nexpected %.*s\nfound    %s", path, (int)expected.n,
                  expected.p, found);
    ck_assert_ptr_null(net_load(path, NULL)); /* the message is optional */
    free(text);
}

START_TEST(every_mistake_gets_its_sentence)
{
    DIR *folder = opendir("tests/nn/bad");
    ck_assert_ptr_nonnull(folder);
    int count = 0;
    for (struct dirent *e = readdir(folder); e; e = readdir(folder)) {
        char path[512];
        if (!file_ends_with(e->d_name, ".net"))
            continue;
        check_bad(file_join(path, sizeof path, "tests/nn/bad", e->d_name));
        count++;
    }
    closedir(folder);
    ck_assert_int_ge(count, 40);
}
END_TEST

START_TEST(too_many_lines_are_refused_at_the_first_too_many)
{
    size_t head = strlen("input 4\ndense 2\n");
    char *text = malloc(head + NET_MAX_LINES + 1);
    memcpy(text, "input 4\ndense 2\n", head);
    memset(text + head, '\n', NET_MAX_LINES);
    text[head + NET_MAX_LINES - 2] = 0; /* exactly as many as may be */
    net_destroy(parse(text));
    text[head + NET_MAX_LINES - 2] = '\n';
    text[head + NET_MAX_LINES - 1] = 0;
    struct err err = {0};
    ck_assert_ptr_null(net_parse(text, "long.net", &err));
    ck_assert_int_eq(err.line, NET_MAX_LINES + 1);
    ck_assert_ptr_nonnull(strstr(err.message, "at most"));
    free(text);
}
END_TEST

START_TEST(a_deep_network_is_read)
{
    int layers = NET_MAX_LINES - 1;
    char *text = malloc(16 + (size_t)layers * 8), *end = text;
    end += sprintf(end, "input 2\n");
    for (int i = 0; i < layers; i++)
        end += sprintf(end, "dense 2\n");
    struct net *net = parse(text);
    ck_assert_int_eq(net->layer_count, NET_MAX_LINES);
    ck_assert_str_eq(net_output(net)->name, "dense_9998");
    ck_assert_uint_eq(net_trained(net), (size_t)layers * 6);
    net_destroy(net);
    free(text);
}
END_TEST

START_TEST(zero_bytes_and_missing_files_are_told)
{
    struct err err = {0};
    const char *path = "build/test-zero-byte.net";
    ck_assert(file_make_folders("build", NULL));
    ck_assert(file_write(path, "input 4\nden\0se 2\n", 17, NULL));
    ck_assert_ptr_null(net_load(path, &err));
    remove(path);
    ck_assert_int_eq(err.line, 2);
    ck_assert_ptr_nonnull(strstr(err.message, "zero byte"));
    err_clear(&err);
    ck_assert_ptr_null(net_load("no/such/file.net", &err));
    ck_assert(err_any(&err));
}
END_TEST

/* One random change: a byte, a line taken out, a line doubled, or the end cut off. */
static void mutate(char *text, size_t size, struct rng *rng)
{
    size_t n = strlen(text);
    if (n == 0)
        return;
    char *at = text + rng_below(rng, (uint32_t)n);
    char *end = strchr(at, '\n');
    switch (rng_below(rng, 5)) {
    case 0:
        *at = (char)(1 + rng_below(rng, 255));
        break;
    case 1:
        *at = "0123456789 =:xab\n"[rng_below(rng, 17)];
        break;
    case 2:
        if (end)
            memmove(at, end, strlen(end) + 1);
        break;
    case 3:
        *at = 0;
        break;
    default:
        if (2 * n + 1 < size)
            memmove(at + (n - (size_t)(at - text)), at, n - (size_t)(at - text) + 1);
    }
}

START_TEST(changed_files_give_a_network_or_a_sentence)
{
    static const char *const names[] = {"digits-cnn.net", "residual.net", "xor-crlf.net"};
    struct rng rng;
    rng_seed(&rng, 2026, (uint64_t)_i);
    size_t size;
    char path[256], text[16384];
    char *good =
        file_read(file_join(path, sizeof path, "tests/nn/good", names[_i]), 4000, &size, NULL);
    ck_assert_ptr_nonnull(good);
    int taken = 0;
    for (int round = 0; round < 1500; round++) {
        memcpy(text, good, size + 1);
        for (uint32_t k = 0; k <= rng_below(&rng, 4); k++)
            mutate(text, sizeof text, &rng);
        struct err err = {0};
        struct net *net = net_parse(text, "changed.net", &err);
        ck_assert((net != NULL) == !err_any(&err));
        ck_assert(net || text_is_utf8(err.message, strlen(err.message)));
        ck_assert_ptr_null(strchr(err.message, '\n'));
        taken += net != NULL;
        net_destroy(net);
    }
    ck_assert_int_gt(taken, 50);
    ck_assert_int_lt(taken, 1450);
    free(good);
}
END_TEST

START_TEST(words_and_kinds_agree)
{
    for (int i = 0; i < LAYER_KINDS; i++)
        ck_assert_int_eq(layer_kind_find(layer_kind_name((enum layer_kind)i)), i);
    for (int i = ACT_LINEAR; i < ACTIVATIONS; i++)
        ck_assert_int_eq(activation_find(activation_name((enum activation)i)), i);
    for (int i = LOSS_CROSS_ENTROPY; i < LOSSES; i++)
        ck_assert_int_eq(loss_find(loss_name((enum loss_kind)i)), i);
    for (int i = 0; i < OPTIMISERS; i++)
        ck_assert_int_eq(optimiser_find(optimiser_name((enum optimiser_kind)i)), i);
    ck_assert_int_eq(activation_find("none"), -1);
    ck_assert_int_eq(loss_find("none"), -1);
}
END_TEST

Suite *test_net_parse(void)
{
    Suite *suite = suite_create("net_parse");
    TCase *t = tcase_create("net_parse");
    tcase_set_timeout(t, 120);
    tcase_add_test(t, digits_network_has_the_shapes_worked_by_hand);
    tcase_add_test(t, residual_network_reads_the_layers_it_names);
    tcase_add_test(t, train_line_is_read_wholly);
    tcase_add_test(t, settings_have_their_defaults);
    tcase_add_test(t, padding_is_tensorflows);
    tcase_add_test(t, automatic_names_keep_clear_of_written_ones);
    tcase_add_test(t, an_activation_written_out_counts_even_when_linear);
    tcase_add_test(t, text_comes_back_byte_for_byte);
    tcase_add_test(t, a_copy_shares_nothing);
    tcase_add_test(t, every_mistake_gets_its_sentence);
    tcase_add_test(t, too_many_lines_are_refused_at_the_first_too_many);
    tcase_add_test(t, a_deep_network_is_read);
    tcase_add_test(t, zero_bytes_and_missing_files_are_told);
    tcase_add_loop_test(t, changed_files_give_a_network_or_a_sentence, 0, 3);
    tcase_add_test(t, words_and_kinds_agree);
    suite_add_tcase(suite, t);
    return suite;
}
