/* The learner's own set: kept, listed, forgotten, opened as a data set, exported. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/data/dataset.h"
#include "glassnet/data/drawings.h"
#include "support/temporary.h"

Suite *test_drawings(void);

static uint8_t ink[DRAWING_SIDE * DRAWING_SIDE];

/* A bar, upright at a column. */
static const uint8_t *bar(int column)
{
    memset(ink, 0, sizeof ink);
    for (int y = 60; y < 220; y++)
        memset(ink + y * DRAWING_SIDE + column, 255, 20);
    return ink;
}

static void keep(struct drawings *d, const char *label, int column)
{
    struct err err = {0};
    ck_assert_msg(drawings_keep(d, label, bar(column), &err), "%s", err.message);
}

static void begin(struct drawings *d)
{
    setenv("XDG_DATA_HOME", temporary_folder(), 1);
    drawings_list(d, NULL);
    ck_assert_int_eq(d->count, 0);
}

START_TEST(what_is_kept_is_found_again)
{
    struct drawings d, again;
    uint8_t back[DRAWING_SIDE * DRAWING_SIDE];
    begin(&d);
    keep(&d, "round", 40);
    keep(&d, "../a+b, c:%", 80); /* signs that paths and DATA texts need */
    keep(&d, "\xC3\xA9t\xC3\xA9", 120);
    drawings_list(&again, NULL);
    ck_assert_int_eq(again.count, 3);
    ck_assert_str_eq(again.list[0].label, "round");
    ck_assert_str_eq(again.list[1].label, "../a+b, c:%");
    ck_assert_str_eq(again.list[2].label, "\xC3\xA9t\xC3\xA9");
    ck_assert(drawings_ink(&again, 1, back, NULL));
    ck_assert(memcmp(back, bar(80), sizeof back) == 0);
    drawings_deinit(&d);
    drawings_deinit(&again);
}
END_TEST

/* Put there by hand: the next one's number is still one that there is. */
START_TEST(a_number_beyond_all_is_not_counted_on)
{
    struct drawings d, again;
    char from[1200], to[1200];
    begin(&d);
    keep(&d, "a", 40);
    snprintf(from, sizeof from, "%s", d.list[0].path);
    snprintf(to, sizeof to, "%s/glassnet/drawings/a/9223372036854775807.png", temporary_folder());
    ck_assert_int_eq(rename(from, to), 0);
    drawings_list(&again, NULL);
    keep(&again, "a", 80);
    drawings_deinit(&d);
    drawings_list(&d, NULL);
    ck_assert_int_eq(d.count, 2);
    ck_assert_int_eq(d.list[0].number, 1);
    drawings_deinit(&d);
    drawings_deinit(&again);
}
END_TEST

START_TEST(labels_are_checked)
{
    struct drawings d;
    struct err err = {0};
    begin(&d);
    ck_assert(!drawings_keep(&d, "", bar(3), &err));
    ck_assert(strstr(err.message, "label"));
    err = (struct err){0};
    ck_assert(!drawings_keep(&d, "a label that is longer than anybody needs to say", bar(3), &err));
    ck_assert(strstr(err.message, "39 bytes"));
    ck_assert_int_eq(d.count, 0);
    drawings_deinit(&d);
}
END_TEST

START_TEST(one_is_forgotten_and_comes_back_in_its_place)
{
    struct drawings d, again;
    struct err err = {0};
    char aside[1200];
    begin(&d);
    keep(&d, "a", 40);
    keep(&d, "b", 80);
    keep(&d, "a", 120);
    ck_assert_msg(drawings_forget(&d, 1, aside, sizeof aside, &err), "%s", err.message);
    drawings_list(&again, NULL);
    ck_assert_int_eq(again.count, 2);
    drawings_deinit(&again);
    ck_assert_msg(drawings_restore(&d, aside, &err), "%s", err.message);
    ck_assert_int_eq(d.count, 3);
    ck_assert_str_eq(d.list[1].label, "b");
    ck_assert(!drawings_forget(&d, 3, aside, sizeof aside, &err));
    drawings_deinit(&d);
}
END_TEST

START_TEST(they_are_a_data_set)
{
    struct drawings d;
    struct err err = {0};
    begin(&d);
    ck_assert_ptr_null(dataset_open("drawings", DATASET_TRAIN, NULL, &err));
    ck_assert(strstr(err.message, "no drawing was kept"));
    keep(&d, "cat", 40);
    err = (struct err){0};
    ck_assert_ptr_null(dataset_open("drawings", DATASET_TRAIN, NULL, &err));
    ck_assert(strstr(err.message, "single class"));
    keep(&d, "ant", 100);
    struct dataset *set = dataset_open("drawings", DATASET_TRAIN, NULL, &err);
    ck_assert_ptr_nonnull(set);
    ck_assert_int_eq(set->n, 2);
    ck_assert_int_eq(set->shape.dim[0], 28);
    ck_assert_str_eq(set->class_names[0], "ant");
    ck_assert_int_eq(dataset_class(set, 0), 1);
    ck_assert(dataset_x(set, 0)[14 * 28 + 14] > 0.5f); /* in the middle now */
    ck_assert(dataset_x(set, 0)[14 * 28 + 2] == 0);
    dataset_close(set);
    set = dataset_open("drawings:size=8x8,classes=ant+bee+cat", DATASET_TRAIN, NULL, &err);
    ck_assert_ptr_nonnull(set);
    ck_assert_int_eq(set->n_classes, 3);
    ck_assert_int_eq(dataset_class(set, 0), 2);
    ck_assert_uint_eq(set->count, 64);
    dataset_close(set);
    drawings_deinit(&d);
}
END_TEST

/* Labels that are whole numbers are the classes of networks that read digits. */
START_TEST(numbers_are_their_own_classes)
{
    struct drawings d;
    struct err err = {0};
    begin(&d);
    keep(&d, "7", 40);
    keep(&d, "2", 100);
    struct dataset *set = dataset_open("drawings", DATASET_TRAIN, NULL, &err);
    ck_assert_ptr_nonnull(set);
    ck_assert_int_eq(set->n_classes, 8);
    ck_assert_int_eq(dataset_class(set, 0), 7);
    dataset_close(set);
    drawings_deinit(&d);
}
END_TEST

static void same_numbers(const struct dataset *a, const struct dataset *b)
{
    ck_assert_int_eq(a->n, b->n);
    ck_assert_uint_eq(a->count, b->count);
    for (int i = 0; i < a->n; i++) {
        bool found = false;
        for (int k = 0; k < b->n; k++)
            found =
                found || (dataset_class(a, i) == dataset_class(b, k) &&
                          memcmp(dataset_x(a, i), dataset_x(b, k), a->count * sizeof(float)) == 0);
        ck_assert_msg(found, "sample %d is not there", i);
    }
}

START_TEST(an_export_holds_the_same_numbers)
{
    struct drawings d;
    struct err err = {0};
    char folder[600], pictures[700], pair[700];
    begin(&d);
    snprintf(folder, sizeof folder, "%s", temporary_path("out"));
    ck_assert(!drawings_export(&d, folder, &err));
    ck_assert(strstr(err.message, "nothing to export"));
    keep(&d, "round", 40);
    keep(&d, "flat", 100);
    keep(&d, "flat", 130);
    ck_assert_msg(drawings_export(&d, folder, &err), "%s", err.message);
    snprintf(pictures, sizeof pictures, "%s/pictures", folder);
    snprintf(pair, sizeof pair, "%s/drawings", folder);
    struct dataset *own = dataset_open("drawings", DATASET_ALL, NULL, &err);
    struct dataset *png = dataset_open(pictures, DATASET_ALL, NULL, &err);
    struct dataset *idx = dataset_open(pair, DATASET_ALL, NULL, &err);
    ck_assert_msg(own && png && idx, "%s", err.message);
    same_numbers(own, png);
    same_numbers(own, idx);
    dataset_close(own);
    dataset_close(png);
    dataset_close(idx);
    err = (struct err){0};
    ck_assert(!drawings_export(&d, folder, &err));
    ck_assert(strstr(err.message, "already"));
    drawings_deinit(&d);
}
END_TEST

Suite *test_drawings(void)
{
    Suite *s = suite_create("drawings");
    TCase *c = tcase_create("drawings");
    tcase_add_checked_fixture(c, temporary_begin, temporary_end);
    tcase_add_test(c, what_is_kept_is_found_again);
    tcase_add_test(c, a_number_beyond_all_is_not_counted_on);
    tcase_add_test(c, labels_are_checked);
    tcase_add_test(c, one_is_forgotten_and_comes_back_in_its_place);
    tcase_add_test(c, they_are_a_data_set);
    tcase_add_test(c, numbers_are_their_own_classes);
    tcase_add_test(c, an_export_holds_the_same_numbers);
    suite_add_tcase(s, c);
    return s;
}
