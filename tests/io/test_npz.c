/* Round trips of npz files, and files that are not what they claim. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/rng.h"
#include "glassnet/io/npz.h"

Suite *test_npz(void);

static const float many[] = {0, -0.0f, 1.5f, NAN, INFINITY, -INFINITY, 1e-45f, 3.4028235e38f};
static const float matrix[] = {1, 2, 3, 4, 5, 6};
static const float one[] = {0.25f};
static const struct named_array arrays[] = {
    {"d:conv1.W", 1, {8}, many}, {"out", 2, {2, 3}, matrix},           {"loss", 0, {0}, one},
    {"empty", 2, {0, 4}, one},   {"deep", 5, {1, 1, 2, 3, 1}, matrix},
};
#define ARRAYS 5

static void path_of(char path[64], const char *name)
{
    file_make_folders("build", NULL);
    snprintf(path, 64, "build/test-npz-%s.npz", name);
}

static char *write_and_read(const char *path, size_t *size)
{
    struct err err = {0};
    ck_assert_msg(npz_write(path, arrays, ARRAYS, &err), "%s", err.message);
    char *bytes = file_read(path, 1 << 20, size, NULL);
    ck_assert_ptr_nonnull(bytes);
    return bytes;
}

START_TEST(every_bit_comes_back)
{
    char path[64];
    struct err err = {0};
    path_of(path, "bits");
    ck_assert(npz_write(path, arrays, ARRAYS, &err));
    struct npz *npz = npz_read(path, &err);
    remove(path);
    ck_assert_msg(npz != NULL, "%s", err.message);
    ck_assert_int_eq(npz->count, ARRAYS);
    for (int i = 0; i < ARRAYS; i++) {
        const struct named_array *a = npz_find(npz, arrays[i].name);
        ck_assert_ptr_nonnull(a);
        ck_assert_int_eq(a->rank, arrays[i].rank);
        for (int d = 0; d < a->rank; d++)
            ck_assert_uint_eq(a->dim[d], arrays[i].dim[d]);
        ck_assert(memcmp(a->data, arrays[i].data, 4 * array_count(a)) == 0);
    }
    ck_assert_ptr_null(npz_find(npz, "conv1.W"));
    npz_close(npz);
}
END_TEST

START_TEST(the_same_numbers_give_the_same_bytes)
{
    char path[64];
    size_t n1, n2;
    path_of(path, "same");
    char *first = write_and_read(path, &n1), *second = write_and_read(path, &n2);
    remove(path);
    ck_assert_uint_eq(n1, n2);
    ck_assert_mem_eq(first, second, n1);
    /* NumPy's layout: local header, name, magic, version, header length, dictionary. */
    ck_assert_mem_eq(first, "PK\3\4", 4);
    ck_assert_mem_eq(first + 30, "d:conv1.W.npy\x93NUMPY\x01\x00", 21);
    ck_assert_mem_eq(first + 30 + 13 + 10,
                     "{'descr': '<f4', 'fortran_order': False, 'shape': (8,), }", 57);
    free(first);
    free(second);
}
END_TEST

START_TEST(cut_and_changed_files_give_one_sentence)
{
    char path[64];
    size_t size;
    struct rng rng;
    path_of(path, "garbled");
    char *bytes = write_and_read(path, &size);
    rng_seed(&rng, 3, 0);
    for (int round = 0; round < 400; round++) {
        struct err err = {0};
        size_t cut = round < 200 ? rng_below(&rng, (uint32_t)size) : size;
        size_t at = rng_below(&rng, (uint32_t)size);
        char old = bytes[at];
        bytes[at] = (char)(old ^ (1 + (int)rng_below(&rng, 255)));
        ck_assert(file_write(path, bytes, cut, NULL));
        struct npz *npz = npz_read(path, &err);
        ck_assert((npz != NULL) == !err_any(&err));
        ck_assert(npz == NULL || cut == size);
        npz_close(npz);
        bytes[at] = old;
    }
    remove(path);
    free(bytes);
}
END_TEST

START_TEST(a_changed_number_fails_its_check_sum)
{
    char path[64];
    size_t size;
    struct err err = {0};
    path_of(path, "sum");
    char *bytes = write_and_read(path, &size);
    bytes[30 + 13 + 128 + 4] ^=
        1; /* behind the zip header, the name and the 128 bytes of the npy header */
    ck_assert(file_write(path, bytes, size, NULL));
    ck_assert_ptr_null(npz_read(path, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "check sum"));
    remove(path);
    free(bytes);
}
END_TEST

Suite *test_npz(void)
{
    Suite *suite = suite_create("npz");
    TCase *t = tcase_create("npz");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, every_bit_comes_back);
    tcase_add_test(t, the_same_numbers_give_the_same_bytes);
    tcase_add_test(t, cut_and_changed_files_give_one_sentence);
    tcase_add_test(t, a_changed_number_fails_its_check_sum);
    suite_add_tcase(suite, t);
    return suite;
}
