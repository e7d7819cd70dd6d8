#include "glassnet/io/trace_file.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "glassnet/io/npz.h"

Suite *test_trace_file(void);

/* Every tensor comes back with its bits; samples lead, parameters and the loss have none. */
START_TEST(everything_comes_back)
{
    struct err err = {0};
    char path[] = "/tmp/glassnet-trace-XXXXXX";
    close(mkstemp(path));
    struct net *net = net_parse("input 4 4 1\nc conv2d 2 3x3 relu\nflatten\nout dense 3 softmax\n"
                                "loss cross-entropy\ntrain adam\n",
                                NULL, &err);
    struct program *program = program_create(net, MODE_TRAIN, 0);
    float x[32], labels[2] = {2, 0};
    int samples[2] = {5, 6};
    for (int i = 0; i < 32; i++)
        x[i] = (float)i / 32;
    struct pass pass = {2, samples, x, labels, NULL, 0.1f, 1, 0};
    struct trace *t = trace_run(program, &pass, &err);
    ck_assert_msg(trace_save(t, path, &err), "%s", err.message);
    struct npz *npz = npz_read(path, &err);
    ck_assert_msg(npz != NULL, "%s", err.message);
    ck_assert_int_eq(npz->count, program->tensor_count);
    for (int i = 0; i < program->tensor_count; i++) {
        const struct named_array *a = npz_find(npz, program->tensors[i].name);
        ck_assert_ptr_nonnull(a);
        ck_assert_uint_eq(array_count(a), trace_tensor_count(t, i));
        ck_assert_mem_eq(a->data, trace_tensor(t, i), array_count(a) * sizeof *a->data);
    }
    const struct named_array *map = npz_find(npz, "c"), *label = npz_find(npz, "label");
    ck_assert_int_eq(map->rank, 4); /* [n][row][column][channel] */
    ck_assert(map->dim[0] == 2 && map->dim[1] == 2 && map->dim[2] == 2 && map->dim[3] == 2);
    ck_assert(label->rank == 1 && label->dim[0] == 2 && label->data[0] == 2);
    ck_assert_int_eq(npz_find(npz, "d:c.W")->rank, 4); /* [kernel][row][column][channel] */
    ck_assert_int_eq(npz_find(npz, "loss")->rank, 0);
    ck_assert_ptr_nonnull(npz_find(npz, "new:m:c.W"));
    npz_close(npz);
    ck_assert(!trace_save(t, "/dev/null/a.npz", &err));
    ck_assert(err_any(&err));
    trace_destroy(t);
    program_destroy(program);
    net_destroy(net);
    unlink(path);
}
END_TEST

Suite *test_trace_file(void)
{
    Suite *suite = suite_create("trace_file");
    TCase *c = tcase_create("trace_file");
    tcase_add_test(c, everything_comes_back);
    suite_add_tcase(suite, c);
    return suite;
}
