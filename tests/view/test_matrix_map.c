/* How tensors lie in tables, and how their numbers are counted for histograms. */
#include <check.h>
#include <math.h>

#include "view/matrix_map.h"
#include "view/matrix_stats.h"

/* Every cell is somewhere, once, and is found there again. */
static void check_all(const struct shape *shape, int slice, int across, size_t expected)
{
    struct matrix_map m = matrix_map_of(shape, slice, across);
    size_t seen = 0, index;
    for (int b = 0; b < m.blocks; b++)
        for (int r = 0; r < m.rows; r++)
            for (int c = 0; c < m.cols; c++) {
                int block, row, col;
                if (!matrix_map_cell(&m, b, r, c, &index))
                    continue;
                seen++;
                ck_assert(matrix_map_find(&m, index, &block, &row, &col));
                ck_assert(block == b && row == r && col == c);
            }
    ck_assert_uint_eq(seen, expected);
}

START_TEST(every_cell_has_one_place)
{
    struct shape scalar = shape_scalar(), vector = shape_vector(7), long_vector = shape_vector(784);
    struct shape matrix = shape_of(2, (int[]){128, 784}), maps = shape_picture(5, 4, 3);
    struct shape kernels = shape_of(4, (int[]){6, 3, 2, 4});
    struct shape thin = shape_of(4, (int[]){6, 3, 3, 1});
    check_all(&scalar, -1, 1, 1);
    check_all(&vector, -1, 1, 7);
    check_all(&long_vector, -1, 1, 784);
    check_all(&matrix, -1, 1, 128 * 784);
    check_all(&maps, -1, 2, 60);
    check_all(&maps, 1, 2, 20);
    check_all(&kernels, -1, 9, 144);
    check_all(&kernels, 5, 3, 24);
    check_all(&thin, -1, 4, 54);
}
END_TEST

START_TEST(axes_lie_as_they_are_read)
{
    struct shape maps = shape_picture(5, 4, 3), kernels = shape_of(4, (int[]){6, 3, 2, 4});
    struct shape vector = shape_vector(784);
    size_t index;
    /* map 2, row 3, column 1: [3,1,2] */
    struct matrix_map m = matrix_map_of(&maps, -1, 3);
    ck_assert(matrix_map_cell(&m, 2, 3, 1, &index));
    ck_assert_uint_eq(index, shape_flatten(&maps, (int[]){3, 1, 2}));
    m = matrix_map_of(&maps, 2, 3);
    ck_assert(matrix_map_cell(&m, 0, 3, 1, &index));
    ck_assert_uint_eq(index, shape_flatten(&maps, (int[]){3, 1, 2}));
    /* kernel 4, channel 3: a row of blocks a kernel */
    m = matrix_map_of(&kernels, -1, 2);
    ck_assert_int_eq(m.across, 4);
    ck_assert(matrix_map_cell(&m, 4 * 4 + 3, 2, 1, &index));
    ck_assert_uint_eq(index, shape_flatten(&kernels, (int[]){4, 2, 1, 3}));
    /* a long vector runs down, then to the right, in columns of a round height */
    m = matrix_map_of(&vector, -1, 1);
    ck_assert_int_eq(m.rows % 10, 0);
    ck_assert(matrix_map_cell(&m, 0, 3, 2, &index));
    ck_assert_uint_eq(index, (size_t)(2 * m.rows + 3));
    ck_assert(!matrix_map_cell(&m, 0, m.rows - 1, m.cols - 1, &index));
}
END_TEST

START_TEST(slices_are_channels_or_kernels)
{
    struct shape maps = shape_picture(5, 4, 3), kernels = shape_of(4, (int[]){6, 3, 2, 4});
    size_t map = shape_flatten(&maps, (int[]){3, 1, 2});
    size_t kernel = shape_flatten(&kernels, (int[]){4, 2, 1, 3});
    ck_assert_int_eq(matrix_slices(&maps), 3);
    ck_assert_int_eq(matrix_slices(&kernels), 6);
    ck_assert_int_eq(matrix_slice_of(&maps, map), 2);
    ck_assert_int_eq(matrix_slice_of(&kernels, kernel), 4);
    ck_assert_uint_eq(matrix_in_slice(&maps, map, 0), shape_flatten(&maps, (int[]){3, 1, 0}));
    ck_assert_uint_eq(matrix_in_slice(&kernels, kernel, 1),
                      shape_flatten(&kernels, (int[]){1, 2, 1, 3}));
}
END_TEST

/* -1.5 to 2: 3.5 / 24 rounds up to a width of 0.2; bins from -1.6 to 2, zero between two. */
START_TEST(bars_have_round_edges_and_one_sign)
{
    const float x[] = {-1.5f, -0.1f, 0, 0, 0.1f, 0.19f, 1.05f, 2, NAN, INFINITY, 7};
    const bool skip[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    struct matrix_stats s;
    matrix_stats_of(x, 11, skip, &s);
    ck_assert_uint_eq(s.cells, 11);
    ck_assert_uint_eq(s.counted, 8);
    ck_assert_uint_eq(s.zeros, 2);
    ck_assert_uint_eq(s.bad, 2);
    ck_assert(s.min == -1.5f && s.max == 2);
    ck_assert(fabs(s.mean - (-1.5 - 0.1 + 0.1 + 0.19 + 1.05 + 2) / 8) < 1e-7);
    ck_assert(fabs(s.width - 0.2) < 1e-12 && fabs(s.low + 1.6) < 1e-12);
    ck_assert_int_eq(s.bins, 18);
    ck_assert_uint_eq(s.count[0], 1);
    ck_assert_uint_eq(s.count[7], 1); /* -0.2 to 0 */
    ck_assert_uint_eq(s.count[8], 4); /* 0 to 0.2, both zeros with it */
    ck_assert_uint_eq(s.count[13], 1);
    ck_assert_uint_eq(s.count[17], 1); /* the greatest, on the last edge */
    ck_assert_uint_eq(s.most, 4);
    ck_assert_int_eq(matrix_stats_bin(&s, NAN), -1);
    ck_assert_int_eq(matrix_stats_bin(&s, 1.05f), 13);
}
END_TEST

START_TEST(few_and_equal_numbers_are_counted_too)
{
    struct matrix_stats s;
    matrix_stats_of((float[]){3, 3, 3}, 3, NULL, &s);
    ck_assert_int_eq(s.bins, 1);
    ck_assert_uint_eq(s.count[0], 3);
    matrix_stats_of((float[]){NAN}, 1, NULL, &s);
    ck_assert_uint_eq(s.counted, 0);
    ck_assert_int_eq(s.bins, 0);
    matrix_stats_of((float[]){-2, 0}, 2, NULL, &s);
    ck_assert_uint_eq(s.count[0], 1);
    ck_assert_uint_eq(s.count[s.bins - 1], 1);
    ck_assert(s.low + s.width * (s.bins - 1) == 0);
}
END_TEST

/* Every number falls into the bar whose edges hold it, for any spread. */
START_TEST(counts_add_up)
{
    float x[1000];
    for (int k = 0; k < 40; k++) {
        double scale = pow(10, k % 20 - 12), shift = (k - 20) * scale / 3;
        for (int i = 0; i < 1000; i++)
            x[i] = (float)(sin(i * 12.9898 + k) * scale + shift);
        struct matrix_stats s;
        matrix_stats_of(x, 1000, NULL, &s);
        ck_assert_int_le(s.bins, MATRIX_BINS_MOST);
        size_t sum = 0;
        for (int b = 0; b < s.bins; b++)
            sum += s.count[b];
        ck_assert_uint_eq(sum, 1000);
        for (int i = 0; i < 1000; i++) {
            int b = matrix_stats_bin(&s, x[i]);
            double low = s.low + b * s.width, slack = s.width * 1e-6;
            ck_assert((double)x[i] >= low - slack && (double)x[i] <= low + s.width + slack);
        }
    }
}
END_TEST

Suite *test_matrix_map(void);
Suite *test_matrix_map(void)
{
    Suite *s = suite_create("matrix_map");
    TCase *t = tcase_create("matrix_map");
    tcase_add_test(t, every_cell_has_one_place);
    tcase_add_test(t, axes_lie_as_they_are_read);
    tcase_add_test(t, slices_are_channels_or_kernels);
    tcase_add_test(t, bars_have_round_edges_and_one_sign);
    tcase_add_test(t, few_and_equal_numbers_are_counted_too);
    tcase_add_test(t, counts_add_up);
    suite_add_tcase(s, t);
    return s;
}
