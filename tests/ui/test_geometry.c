#include <check.h>

#include "glassnet/ui/geometry.h"

Suite *test_geometry(void);

static bool same(struct rect r, float x, float y, float w, float h)
{
    return r.x == x && r.y == y && r.w == w && r.h == h;
}

START_TEST(cutting_leaves_the_rest)
{
    struct rect r = rect_of(10, 20, 100, 80);
    ck_assert(same(rect_cut_top(&r, 30), 10, 20, 100, 30));
    ck_assert(same(rect_cut_bottom(&r, 10), 10, 90, 100, 10));
    ck_assert(same(rect_cut_left(&r, 25), 10, 50, 25, 40));
    ck_assert(same(rect_cut_right(&r, 15), 95, 50, 15, 40));
    ck_assert(same(r, 35, 50, 60, 40));
    ck_assert(same(rect_cut_left(&r, 1000), 35, 50, 60, 40));
    ck_assert(rect_is_empty(r));
}
END_TEST

START_TEST(neighbouring_cells_share_their_snapped_sides)
{
    const struct rect r = {3.3f, 4.7f, 101.9f, 57.1f};
    for (int i = 0; i + 1 < 13; i++) {
        struct rect a = rect_snap(rect_cell(r, 13, 7, i, 2));
        struct rect b = rect_snap(rect_cell(r, 13, 7, i + 1, 2));
        ck_assert(a.x + a.w == b.x);
    }
}
END_TEST

START_TEST(meeting_insetting_fitting)
{
    ck_assert(rect_is_empty(rect_intersect(rect_of(0, 0, 10, 10), rect_of(10, 0, 5, 5))));
    ck_assert(same(rect_intersect(rect_of(0, 0, 10, 10), rect_of(6, 7, 9, 9)), 6, 7, 4, 3));
    ck_assert(same(rect_union(rect_of(0, 0, 1, 1), rect_of(5, 6, 2, 2)), 0, 0, 7, 8));
    ck_assert(same(rect_inset(rect_of(0, 0, 10, 4), 3), 3, 2, 4, 0)); /* never turned inside out */
    ck_assert(same(rect_fit(rect_of(0, 0, 100, 40), 1), 30, 0, 40, 40));
    ck_assert(same(rect_column(rect_of(0, 0, 100, 9), 3, 2, 5), 70, 0, 30, 9));
    ck_assert(rect_contains(rect_of(1, 1, 2, 2), 1, 1) &&
              !rect_contains(rect_of(1, 1, 2, 2), 3, 1));
}
END_TEST

Suite *test_geometry(void)
{
    Suite *s = suite_create("geometry");
    TCase *c = tcase_create("geometry");
    tcase_add_test(c, cutting_leaves_the_rest);
    tcase_add_test(c, neighbouring_cells_share_their_snapped_sides);
    tcase_add_test(c, meeting_insetting_fitting);
    suite_add_tcase(s, c);
    return s;
}
