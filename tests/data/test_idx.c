#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/idx.h"
#include "glassnet/base/file.h"
#include "glassnet/data/dataset.h"
#include "support/temporary.h"

Suite *test_idx(void);

/* Three pictures of 2 x 2 and their labels 1, 0, 2. */
static const unsigned char images[] = {0, 0, 8, 3,  0,   0,   0,   3,   0, 0, 0, 2, 0, 0,
                                       0, 2, 0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6};
static const unsigned char labels[] = {0, 0, 8, 1, 0, 0, 0, 3, 1, 0, 2};

static void write_pair(const char *prefix)
{
    char name[64];
    snprintf(name, sizeof name, "%s-images-idx3-ubyte", prefix);
    temporary_write(name, images, sizeof images);
    snprintf(name, sizeof name, "%s-labels-idx1-ubyte", prefix);
    temporary_write(name, labels, sizeof labels);
}

START_TEST(pair_by_prefix)
{
    struct err err = {0};
    write_pair("few");
    struct dataset *d = dataset_open(temporary_path("few"), DATASET_TRAIN, NULL, &err);
    ck_assert_msg(d != NULL, "%s", err.message);
    ck_assert_int_eq(d->n, 3);
    ck_assert_int_eq(d->n_classes, 3);
    ck_assert_int_eq(d->shape.dim[1], 2);
    ck_assert_int_eq(d->shape.dim[2], 1);
    ck_assert(dataset_x(d, 0)[1] == 51.0f / 255.0f);
    ck_assert(dataset_x(d, 1)[1] == 1.0f);
    ck_assert_int_eq(dataset_class(d, 2), 2);
    ck_assert_int_eq(d->n_test, 0);
    dataset_close(d);
}
END_TEST

START_TEST(folder_and_relative_to_the_network)
{
    struct err err = {0};
    write_pair("m/train");
    write_pair("m/t10k");
    struct dataset *d = dataset_open("m", DATASET_ALL, temporary_folder(), &err);
    ck_assert_msg(d != NULL, "%s", err.message);
    ck_assert_int_eq(d->n, 6);
    ck_assert_int_eq(d->n_train, 3);
    ck_assert_int_eq(d->n_test, 3);
    ck_assert(dataset_x(d, 4)[1] == 1.0f);
    dataset_close(d);
    d = dataset_open("m:test", DATASET_TRAIN, temporary_folder(), &err);
    ck_assert_int_eq(d->n, 3);
    dataset_close(d);
    write_pair("set-train");
    write_pair("set-test");
    d = dataset_open(temporary_path("set"), DATASET_TEST, NULL, &err);
    ck_assert_msg(d != NULL, "%s", err.message);
    ck_assert_int_eq(d->n_train, 3);
    dataset_close(d);
}
END_TEST

START_TEST(written_is_read_and_never_differs)
{
    static const int dim[] = {3, 2, 2};
    struct idx idx;
    size_t n, m;
    const char *path = temporary_path("a.gz");
    ck_assert(idx_write_gz(path, 3, dim, images + 16, NULL));
    ck_assert(idx_read(path, 3, &idx, NULL));
    ck_assert_int_eq(idx.dim[0], 3);
    ck_assert(memcmp(idx.data, images + 16, 12) == 0);
    free(idx.owner);
    char *once = file_read(path, 1000, &n, NULL);
    /* Bytes 4 to 7 of a gzip file are the time; flag bit 3 says that there is a name. */
    ck_assert(memcmp(once + 3, "\0\0\0\0\0", 5) == 0);
    ck_assert(idx_write_gz(path, 3, dim, images + 16, NULL));
    char *twice = file_read(path, 1000, &m, NULL);
    ck_assert(n == m && memcmp(once, twice, n) == 0);
    free(once);
    free(twice);
}
END_TEST

/* A change of one of the two files: the byte at `at` becomes `byte`, `cut` bytes are taken off
 * or, where negative, added. */
struct bad {
    bool of_labels;
    int at, byte, cut;
    const char *says;
};

static const struct bad bad[] = {
    {false, 2, 9, 0, "begins with 0x00000903, expected 0x00000803"},
    {true, 3, 3, 0, "begins with 0x00000803, expected 0x00000801"},
    {false, 7, 4, 0, "its counts say 16"},
    {false, 7, 0, 0, "axis 1 has 0 entries"},
    {false, 8, 255, 0, "axis 2 has"},
    {false, 0, 0, 1, "holds 11 bytes behind its header, but its counts say 12"},
    {false, 0, 0, -1, "holds 13 bytes"},
    {false, 0, 0, 15, "has 13 bytes, but the header"},
    {true, 0, 0, 1, "holds 2 bytes"},
    {true, 0, 0, 11, "has 0 bytes"},
};

START_TEST(garbled_files_are_named)
{
    const struct bad *b = &bad[_i];
    unsigned char bytes[64] = {0};
    struct err err = {0};
    write_pair("g");
    size_t size = b->of_labels ? sizeof labels : sizeof images;
    memcpy(bytes, b->of_labels ? labels : images, size);
    if (b->at)
        bytes[b->at] = (unsigned char)b->byte;
    const char *path = temporary_write(b->of_labels ? "g-labels-idx1-ubyte" : "g-images-idx3-ubyte",
                                       bytes, (size_t)((int)size - b->cut));
    ck_assert_ptr_null(dataset_open(temporary_path("g"), DATASET_ALL, NULL, &err));
    ck_assert_msg(strstr(err.message, b->says) != NULL, "\"%s\" not in: %s", b->says, err.message);
    ck_assert_str_eq(err.file, path);
}
END_TEST

START_TEST(counts_must_agree)
{
    static const unsigned char two[] = {0, 0, 8, 1, 0, 0, 0, 2, 1, 0};
    struct err err = {0};
    write_pair("g");
    temporary_write("g-labels-idx1-ubyte", two, sizeof two);
    ck_assert_ptr_null(dataset_open(temporary_path("g"), DATASET_ALL, NULL, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "holds 3 pictures"));
    ck_assert_ptr_nonnull(strstr(err.message, "2 labels"));
}
END_TEST

/* Glassnet's own digits with a label that is no digit. */
START_TEST(label_out_of_range)
{
    unsigned char changed[sizeof labels];
    struct err err = {0};
    memcpy(changed, labels, sizeof labels);
    changed[9] = 10;
    write_pair("data/digits-train");
    write_pair("data/digits-test");
    for (int i = 0; i < 2; i++) { /* the built-in set asks for .gz images */
        char from[512];
        snprintf(from, sizeof from, "%s",
                 temporary_path(i ? "data/digits-train-images-idx3-ubyte"
                                  : "data/digits-test-images-idx3-ubyte"));
        char to[540];
        snprintf(to, sizeof to, "%s.gz", from);
        ck_assert_int_eq(rename(from, to), 0);
    }
    setenv("GLASSNET_HOME", temporary_folder(), 1);
    struct dataset *d = dataset_open("digits", DATASET_TRAIN, NULL, &err);
    ck_assert_msg(d != NULL, "%s", err.message);
    ck_assert_int_eq(d->n_classes, 10);
    dataset_close(d);
    temporary_write("data/digits-train-labels-idx1-ubyte", changed, sizeof changed);
    ck_assert_ptr_null(dataset_open("digits", DATASET_TRAIN, NULL, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "sample 1 the label 10, expected 0 to 9"));
}
END_TEST

START_TEST(truncated_gz)
{
    static const int dim[] = {3, 2, 2};
    struct err err = {0};
    size_t size;
    write_pair("g");
    remove(temporary_path("g-images-idx3-ubyte"));
    const char *path = temporary_path("g-images-idx3-ubyte.gz");
    ck_assert(idx_write_gz(path, 3, dim, images + 16, NULL));
    char *bytes = file_read(path, 1000, &size, NULL);
    temporary_write("g-images-idx3-ubyte.gz", bytes, size - 9);
    free(bytes);
    ck_assert_ptr_null(dataset_open(temporary_path("g"), DATASET_ALL, NULL, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "cut short"));
}
END_TEST

Suite *test_idx(void)
{
    Suite *s = suite_create("idx");
    TCase *t = tcase_create("idx");
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, pair_by_prefix);
    tcase_add_test(t, folder_and_relative_to_the_network);
    tcase_add_test(t, written_is_read_and_never_differs);
    tcase_add_loop_test(t, garbled_files_are_named, 0, (int)(sizeof bad / sizeof *bad));
    tcase_add_test(t, counts_must_agree);
    tcase_add_test(t, label_out_of_range);
    tcase_add_test(t, truncated_gz);
    suite_add_tcase(s, t);
    return s;
}
