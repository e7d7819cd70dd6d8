/* Photos stand upright: all eight orientations that a camera may name. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/picture_turn.h"
#include "glassnet/data/picture_file.h"
#include "support/temporary.h"

Suite *test_picture_turn(void);

/* The upright picture: 16 wide, 32 high, its quarters dark to bright in the order of reading. */
enum { WIDTH = 16, HEIGHT = 32, BLOCK = 8 };

static int upright(int y, int x)
{
    return 85 * (2 * (y >= HEIGHT / 2) + (x >= WIDTH / 2));
}

/* Where the stored picture's first row and first column are seen, by the standard's own words. */
static const struct {
    bool row_is_side, row_at_end, column_at_end;
} seen[9] = {
    [1] = {false, false, false}, /* top, left */
    [2] = {false, false, true},  /* top, right */
    [3] = {false, true, true},   /* bottom, right */
    [4] = {false, true, false},  /* bottom, left */
    [5] = {true, false, false},  /* left, top */
    [6] = {true, true, false},   /* right, top */
    [7] = {true, true, true},    /* right, bottom */
    [8] = {true, false, true},   /* left, bottom */
};

static unsigned char file[8192];
static size_t n_file;

static void add(const void *data, size_t size)
{
    ck_assert(n_file + size <= sizeof file);
    memcpy(file + n_file, data, size);
    n_file += size;
}

/* The bits of a scan, from the highest of each byte on; FF is followed by 00. */
static struct {
    unsigned held;
    int n;
} scan;

static void add_bits(unsigned value, int n)
{
    while (n-- > 0) {
        scan.held = scan.held << 1 | (value >> n & 1);
        if (++scan.n < 8)
            continue;
        unsigned char byte[2] = {(unsigned char)scan.held, 0};
        add(byte, byte[0] == 0xFF ? 2 : 1);
        scan.held = 0;
        scan.n = 0;
    }
}

/* A grey JPEG (ITU T.81, baseline) of squares of 8 x 8 equal pixels, so of mean coefficients alone:
 * all steps of quantisation are 8, the codes of their differences have 4 bits, and the one code of
 * the others, which ends a square, is the bit 0. */
static void add_jpeg(const unsigned char *grey, int rows, int columns)
{
    unsigned char steps[] = {0xFF, 0xDB, 0, 67, 0}, all[64];
    unsigned char frame[] = {
        0xFF, 0xC0, 0, 11, 8, 0, (unsigned char)rows, 0, (unsigned char)columns, 1, 1, 0x11, 0};
    static const unsigned char means[] = {0xFF, 0xC4, 0, 31, 0, 0, 0, 0, 12, 0,  0,
                                          0,    0,    0, 0,  0, 0, 0, 0, 0,  0,  0,
                                          1,    2,    3, 4,  5, 6, 7, 8, 9,  10, 11};
    static const unsigned char others[] = {0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0,
                                           0,    0,    0, 0,  0,    0, 0, 0, 0, 0, 0};
    static const unsigned char begin[] = {0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0};
    memset(all, 8, sizeof all);
    add(steps, sizeof steps);
    add(all, sizeof all);
    add(frame, sizeof frame);
    add(means, sizeof means);
    add(others, sizeof others);
    add(begin, sizeof begin);
    int last = 0;
    for (int r = 0; r < rows; r += BLOCK)
        for (int c = 0; c < columns; c += BLOCK) {
            int mean = grey[r * columns + c] - 128, step = mean - last, bits = 0;
            while (abs(step) >> bits)
                bits++;
            add_bits((unsigned)bits, 4);
            add_bits((unsigned)(step < 0 ? step - 1 : step), bits);
            add_bits(0, 1);
            last = mean;
        }
    if (scan.n)
        add_bits(0xFF, 8 - scan.n);
    add("\xFF\xD9", 2);
}

/* An Exif segment whose list has another entry before the orientation. */
static void add_exif(int turn, bool big)
{
    static const unsigned char before[] = {0xFF, 0xE1, 0, 42, 'E', 'x', 'i', 'f', 0, 0};
    static const unsigned char little[] = {'I',  'I', 42,   0, 8, 0, 0, 0, 2,   0,
                                           0x0F, 1,   2,    0, 1, 0, 0, 0, 'x', 0,
                                           0,    0,   0x12, 1, 3, 0, 1, 0, 0,   0};
    static const unsigned char large[] = {'M', 'M', 0, 42,  0, 0, 0, 8, 0,    2, 1, 0x0F, 0, 2, 0,
                                          0,   0,   1, 'x', 0, 0, 0, 1, 0x12, 0, 3, 0,    0, 0, 1};
    unsigned char value[4] = {(unsigned char)(big ? 0 : turn), (unsigned char)(big ? turn : 0)};
    unsigned char list[sizeof before + sizeof little + 4];
    memcpy(list, before, sizeof before);
    memcpy(list + sizeof before, big ? large : little, sizeof little);
    memcpy(list + sizeof before + sizeof little, value, 4);
    list[3] = (unsigned char)(sizeof list - 2);
    add(list, sizeof list);
}

/* A photo as a camera held that way stores it. */
static const char *write_photo(int turn, bool big)
{
    unsigned char grey[WIDTH * HEIGHT];
    bool side = seen[turn].row_is_side;
    int rows = side ? WIDTH : HEIGHT, columns = side ? HEIGHT : WIDTH;
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < columns; c++) {
            int along = seen[turn].row_at_end ? rows - 1 - r : r;
            int across = seen[turn].column_at_end ? columns - 1 - c : c;
            grey[r * columns + c] =
                (unsigned char)(side ? upright(across, along) : upright(along, across));
        }
    n_file = 0;
    add("\xFF\xD8", 2);
    add_exif(turn, big);
    add_jpeg(grey, rows, columns);
    const char *path = temporary_text("photo.jpg", "");
    FILE *f = fopen(path, "wb");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(file, 1, n_file, f), n_file);
    fclose(f);
    return path;
}

START_TEST(photos_stand_upright)
{
    struct err err = {0};
    struct picture_info info;
    int turn = 1 + _i / 2;
    const char *path = write_photo(turn, _i % 2);
    ck_assert_int_eq(picture_turn_of(file, n_file), turn);
    ck_assert_msg(picture_file_info(path, &info, &err), "%s", err.message);
    ck_assert_int_eq(info.height, HEIGHT);
    ck_assert_int_eq(info.width, WIDTH);
    float *x = picture_file_load(path, 1, &info, &err);
    ck_assert_msg(x != NULL, "%s", err.message);
    for (int y = 0; y < HEIGHT; y++)
        for (int c = 0; c < WIDTH; c++)
            ck_assert_msg(fabsf(x[y * WIDTH + c] - (float)upright(y, c) / 255) < 0.1f,
                          "orientation %d: row %d, column %d", turn, y, c);
    free(x);
    static float three[HEIGHT * WIDTH * 3];
    info.channels = 3;
    ck_assert(picture_file_read(path, &info, three, &err));
    ck_assert(fabsf(three[(HEIGHT * WIDTH - 1) * 3 + 2] - 1) < 0.1f);
    ck_assert(fabsf(three[(WIDTH - 1) * 3] - 85.0f / 255) < 0.1f);
}
END_TEST

/* Whatever stands there, the answer is 1 to 8 and no byte beyond the end is read. */
START_TEST(garbled_exif_is_as_it_is)
{
    ck_assert_int_eq(picture_turn_of((const unsigned char *)"", 0), 1);
    ck_assert_int_eq(picture_turn_of((const unsigned char *)"\x89PNG", 4), 1);
    write_photo(6, true);
    for (size_t n = 0; n < 60; n++) {
        unsigned char *cut = malloc(n + 1);
        memcpy(cut, file, n);
        int turn = picture_turn_of(cut, n);
        ck_assert(turn == 1 || turn == 6);
        free(cut);
    }
    for (size_t i = 2; i < 50; i++) {
        unsigned char was = file[i];
        file[i] = 0xFF;
        int turn = picture_turn_of(file, n_file);
        ck_assert(turn >= 1 && turn <= 8);
        file[i] = was;
    }
    write_photo(8, false);
    file[42] = 9; /* no orientation */
    ck_assert_int_eq(picture_turn_of(file, n_file), 1);
}
END_TEST

Suite *test_picture_turn(void)
{
    Suite *s = suite_create("picture_turn");
    TCase *t = tcase_create("picture_turn");
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_loop_test(t, photos_stand_upright, 0, 16);
    tcase_add_test(t, garbled_exif_is_as_it_is);
    suite_add_tcase(s, t);
    return s;
}
