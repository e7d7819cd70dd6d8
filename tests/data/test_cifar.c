#include <check.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/data/dataset.h"
#include "support/temporary.h"

Suite *test_cifar(void);

enum { RECORD = 3073 };

/* Six files of one picture; picture k has class k, red 255, green 51, and blue only at pixel 1. */
static void write_files(void)
{
    for (int k = 0; k < 6; k++) {
        char name[32];
        unsigned char record[RECORD] = {0};
        record[0] = (unsigned char)k;
        memset(record + 1, 255, 1024);
        memset(record + 1 + 1024, 51, 1024);
        record[1 + 2048 + 1] = 255;
        if (k < 5)
            snprintf(name, sizeof name, "c/data_batch_%d.bin", k + 1);
        else
            snprintf(name, sizeof name, "c/test_batch.bin");
        temporary_write(name, record, RECORD);
    }
}

START_TEST(planes_become_pixels)
{
    struct err err = {0};
    write_files();
    struct dataset *d = dataset_open("cifar:c", DATASET_TRAIN, temporary_folder(), &err);
    ck_assert_msg(d != NULL, "%s", err.message);
    ck_assert_int_eq(d->n, 5);
    ck_assert_int_eq(d->n_train, 5);
    ck_assert_int_eq(d->n_test, 1);
    ck_assert_int_eq(d->shape.dim[2], 3);
    ck_assert_str_eq(d->class_names[dataset_class(d, 3)], "cat");
    const float *x = dataset_x(d, 3);
    ck_assert(x[0] == 1.0f && x[1] == 0.2f && x[2] == 0.0f); /* red, green, blue of pixel 0 */
    ck_assert(x[3] == 1.0f && x[4] == 0.2f && x[5] == 1.0f);
    dataset_close(d);
    d = dataset_open("cifar:c:test", DATASET_TRAIN, temporary_folder(), &err);
    ck_assert_msg(d != NULL, "%s", err.message);
    ck_assert_int_eq(d->n, 1);
    ck_assert_int_eq(dataset_class(d, 0), 5);
    ck_assert_int_eq(d->n_train, 5);
    dataset_close(d);
}
END_TEST

START_TEST(garbled_files_are_named)
{
    struct err err = {0};
    unsigned char record[RECORD] = {10};
    ck_assert_ptr_null(dataset_open("cifar:c", DATASET_ALL, temporary_folder(), &err));
    ck_assert_ptr_nonnull(strstr(err.message, "no folder with data_batch_1.bin"));
    write_files();
    err_clear(&err);
    temporary_write("c/data_batch_2.bin", record, RECORD - 1);
    ck_assert_ptr_null(dataset_open("cifar:c", DATASET_ALL, temporary_folder(), &err));
    ck_assert_ptr_nonnull(strstr(err.message, "multiple of 3073"));
    err_clear(&err);
    const char *path = temporary_write("c/data_batch_2.bin", record, RECORD);
    ck_assert_ptr_null(dataset_open("cifar:c", DATASET_ALL, temporary_folder(), &err));
    ck_assert_ptr_nonnull(strstr(err.message, "picture 0 the label 10"));
    ck_assert_str_eq(err.file, path);
}
END_TEST

START_TEST(the_other_part_must_be_whole_too)
{
    struct err err = {0};
    write_files();
    const char *path = temporary_write("c/test_batch.bin", "short", 5);
    ck_assert_ptr_null(dataset_open("cifar:c", DATASET_TRAIN, temporary_folder(), &err));
    ck_assert_str_eq(err.file, path);
    ck_assert_ptr_nonnull(strstr(err.message, "has 5 bytes"));
    err_clear(&err);
    remove(path);
    ck_assert_ptr_null(dataset_open("cifar:c", DATASET_TRAIN, temporary_folder(), &err));
    ck_assert_ptr_nonnull(strstr(err.message, "is missing"));
}
END_TEST

Suite *test_cifar(void)
{
    Suite *s = suite_create("cifar");
    TCase *t = tcase_create("cifar");
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, planes_become_pixels);
    tcase_add_test(t, garbled_files_are_named);
    tcase_add_test(t, the_other_part_must_be_whole_too);
    suite_add_tcase(s, t);
    return s;
}
