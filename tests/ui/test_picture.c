#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "glassnet/base/file.h"
#include "glassnet/ui/picture.h"

Suite *test_picture(void);

START_TEST(a_png_holds_the_size_and_the_pixels)
{
    struct err err = {0};
    char path[] = "/tmp/glassnet-picture-XXXXXX";
    int fd = mkstemp(path);
    close(fd);
    const uint32_t pixels[6] = {0xff112233u, 0xffffffffu, 0xff000000u,
                                0xffabcdefu, 0xff010203u, 0xff7f8081u};
    ck_assert_msg(picture_write_png(path, pixels, 3, 2, &err), "%s", err.message);
    size_t size;
    char *bytes = file_read(path, 10000, &size, &err);
    ck_assert_ptr_nonnull(bytes);
    ck_assert(memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) == 0);
    ck_assert(memcmp(bytes + 12, "IHDR\0\0\0\3\0\0\0\2\x8\x2", 14) == 0); /* 3 x 2, 8 bits, RGB */
    free(bytes);
    unlink(path);
}
END_TEST

START_TEST(a_folder_that_is_missing_is_named)
{
    struct err err = {0};
    const uint32_t pixel = 0xff000000u;
    ck_assert(!picture_write_png("/no/such/folder/a.png", &pixel, 1, 1, &err));
    char text[1024];
    ck_assert_ptr_nonnull(strstr(err_text(&err, text, sizeof text), "/no/such/folder"));
}
END_TEST

Suite *test_picture(void)
{
    Suite *s = suite_create("picture");
    TCase *c = tcase_create("picture");
    tcase_add_test(c, a_png_holds_the_size_and_the_pixels);
    tcase_add_test(c, a_folder_that_is_missing_is_named);
    suite_add_tcase(s, c);
    return s;
}
