#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"

Suite *test_mem(void);

START_TEST(memory_is_zeroed)
{
    unsigned char *p = mem_zalloc(1000, 3);
    for (int i = 0; i < 3000; i++)
        ck_assert_uint_eq(p[i], 0);
    free(p);
    free(mem_zalloc(0, 8));
}
END_TEST

START_TEST(overflow_is_refused)
{
    ck_assert_ptr_null(mem_try(SIZE_MAX / 2, 3));
}
END_TEST

START_TEST(grow_keeps_and_zeroes)
{
    int capacity = 0;
    int *items = NULL;
    for (int i = 0; i < 1000; i++) {
        items = mem_grow(items, &capacity, i + 1, sizeof *items);
        ck_assert_int_gt(capacity, i);
        ck_assert_int_eq(items[i], 0);
        items[i] = i + 1;
    }
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(items[i], i + 1);
    free(items);
}
END_TEST

START_TEST(arena_pieces_do_not_overlap)
{
    struct arena a;
    unsigned char *pieces[300];
    arena_init(&a);
    for (int i = 0; i < 300; i++) {
        size_t size = i == 150 ? 1000000 : (size_t)(i * 7);
        pieces[i] = arena_alloc(&a, size);
        ck_assert_uint_eq((uintptr_t)pieces[i] % 64, 0);
        size_t zeros = 0; /* a check of each of a million bytes takes seconds */
        for (size_t j = 0; j < size; j++)
            zeros += pieces[i][j] == 0;
        ck_assert_uint_eq(zeros, size);
        memset(pieces[i], i % 255 + 1, size);
    }
    for (int i = 1; i < 300; i++)
        ck_assert_uint_eq(pieces[i][i * 7 - 1], (unsigned)(i % 255 + 1));
    arena_deinit(&a);
    ck_assert_str_eq(arena_strdup(&a, "again"), "again");
    ck_assert_str_eq(arena_strndup(&a, "again", 2), "ag");
    ck_assert_str_eq(arena_printf(&a, "%s %d", "conv", 1), "conv 1");
    arena_deinit(&a);
}
END_TEST

Suite *test_mem(void)
{
    Suite *s = suite_create("mem");
    TCase *t = tcase_create("mem");
    tcase_add_test(t, memory_is_zeroed);
    tcase_add_test(t, overflow_is_refused);
    tcase_add_test(t, grow_keeps_and_zeroes);
    tcase_add_test(t, arena_pieces_do_not_overlap);
    suite_add_tcase(s, t);
    return s;
}
