#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "glassnet/base/file.h"

Suite *test_file(void);

static char folder[64];

static void make_folder(void)
{
    strcpy(folder, "/tmp/glassnet-file-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

static const char *at(char *out, size_t size, const char *name)
{
    return file_join(out, size, folder, name);
}

START_TEST(written_is_read)
{
    char path[256];
    struct err e = {0};
    size_t size;
    at(path, sizeof path, "a.bin");
    ck_assert(file_write(path, "one\0two", 7, &e));
    char *read = file_read(path, 7, &size, &e);
    ck_assert_ptr_nonnull(read);
    ck_assert_uint_eq(size, 7);
    ck_assert(memcmp(read, "one\0two", 8) == 0); /* with the zero behind */
    free(read);
    ck_assert_ptr_null(file_read(path, 6, &size, &e));
    ck_assert_int_eq(e.code, ERR_INPUT);
    ck_assert_str_eq(e.file, path);
}
END_TEST

START_TEST(missing_file_and_folder)
{
    char path[256];
    struct err e = {0};
    size_t size;
    ck_assert_ptr_null(file_read(at(path, sizeof path, "none"), 10, &size, &e));
    ck_assert_ptr_nonnull(strstr(e.message, "No such file"));
    err_clear(&e);
    ck_assert_ptr_null(file_read(folder, 10, &size, &e));
    ck_assert_ptr_nonnull(strstr(e.message, "is a folder"));
    err_clear(&e);
    ck_assert_ptr_null(file_read_maybe_gz(folder, 10, &size, &e));
    ck_assert_ptr_nonnull(strstr(e.message, "is a folder"));
    err_clear(&e);
    ck_assert(!file_write(folder, "x", 1, &e));
    err_clear(&e);
    ck_assert(!file_write(at(path, sizeof path, "none/a"), "x", 1, &e));
    ck_assert_int_eq(e.code, ERR_IO);
}
END_TEST

/* Neither a wait without end nor gigabytes of zeros; and none is replaced by a file. */
START_TEST(pipes_and_devices)
{
    char path[256];
    size_t size;
    const char *const others[] = {at(path, sizeof path, "pipe"), "/dev/zero", "/dev/null"};
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct err e = {0};
        const char *what = i ? "is a device" : "is a pipe that nothing comes out of";
        ck_assert_ptr_null(file_read(others[i], SIZE_MAX, &size, &e));
        ck_assert_msg(strstr(e.message, what), "%s", e.message);
        err_clear(&e);
        ck_assert_ptr_null(file_read_maybe_gz(others[i], SIZE_MAX, &size, &e));
        ck_assert_msg(strstr(e.message, what), "%s", e.message);
        err_clear(&e);
        ck_assert(!file_write(others[i], "x", 1, &e));
        ck_assert_msg(strstr(e.message, "is a device or a pipe"), "%s", e.message);
    }
    struct stat s;
    ck_assert(stat(path, &s) == 0 && S_ISFIFO(s.st_mode));
}
END_TEST

/* As a shell's <(...) is: what is written later is waited for. */
START_TEST(a_pipe_is_read_to_its_end)
{
    char path[256], command[600];
    size_t size;
    struct err e = {0};
    ck_assert_int_eq(mkfifo(at(path, sizeof path, "pipe"), 0600), 0);
    snprintf(command, sizeof command, "(sleep 0.2; printf one; sleep 0.2; printf two) > '%s' &",
             path);
    ck_assert_int_eq(system(command), 0);
    char *read = file_read(path, 100, &size, &e);
    ck_assert_msg(read != NULL, "%s", e.message);
    ck_assert_str_eq(read, "onetwo");
    free(read);
}
END_TEST

START_TEST(gzip_is_unpacked_and_checked)
{
    char path[256];
    struct err e = {0};
    size_t size, packed;
    unsigned char text[70000];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (unsigned char)(i * i >> 3);
    at(path, sizeof path, "a.gz");
    gzFile f = gzopen(path, "wb");
    gzwrite(f, text, sizeof text);
    gzclose(f);
    unsigned char *read = file_read_maybe_gz(path, sizeof text, &size, &e);
    ck_assert_ptr_nonnull(read);
    ck_assert_uint_eq(size, sizeof text);
    ck_assert(memcmp(read, text, size) == 0);
    free(read);
    ck_assert_ptr_null(file_read_maybe_gz(path, sizeof text - 1, &size, &e));
    ck_assert_ptr_nonnull(strstr(e.message, "is longer than"));

    char *bytes = file_read(path, 1 << 20, &packed, NULL);
    ck_assert_ptr_nonnull(bytes);
    for (size_t keep = packed - 1; keep > 2; keep = keep > 9 ? keep / 2 : keep - 1) {
        err_clear(&e);
        ck_assert(file_write(path, bytes, keep, &e));
        ck_assert_msg(!file_read_maybe_gz(path, 1 << 20, &size, &e), "%zu bytes of it passed",
                      keep);
        ck_assert_msg(strstr(e.message, "cut short") != NULL, "%zu: %s", keep, e.message);
    }
    bytes[packed - 6] ^= 1; /* the check sum */
    ck_assert(file_write(path, bytes, packed, NULL));
    err_clear(&e);
    ck_assert_ptr_null(file_read_maybe_gz(path, 1 << 20, &size, &e));
    ck_assert_ptr_nonnull(strstr(e.message, "damaged"));
    free(bytes);
}
END_TEST

START_TEST(plain_file_passes_maybe_gz)
{
    char path[256];
    size_t size;
    file_write(at(path, sizeof path, "a.txt"), "plain", 5, NULL);
    unsigned char *read = file_read_maybe_gz(path, 5, &size, NULL);
    ck_assert_ptr_nonnull(read);
    ck_assert_uint_eq(size, 5);
    free(read);
}
END_TEST

START_TEST(abandoned_writing_leaves_the_old_file)
{
    char path[256];
    struct file_out o;
    size_t size;
    at(path, sizeof path, "a.txt");
    file_write(path, "old", 3, NULL);
    chmod(path, 0640);
    ck_assert(file_out_begin(&o, path, NULL));
    fputs("new", o.f);
    file_out_abandon(&o);
    ck_assert(!file_exists(o.temporary));
    char *read = file_read(path, 10, &size, NULL);
    ck_assert_str_eq(read, "old");
    free(read);
    ck_assert(file_out_begin(&o, path, NULL));
    fputs("newer", o.f);
    ck_assert(file_out_commit(&o, NULL));
    ck_assert(!file_exists(o.temporary));
    read = file_read(path, 10, &size, NULL);
    ck_assert_str_eq(read, "newer");
    free(read);
    struct stat s;
    ck_assert_int_eq(stat(path, &s), 0);
    ck_assert_uint_eq(s.st_mode & 0777, 0640);
}
END_TEST

START_TEST(paths)
{
    char out[64];
    ck_assert_str_eq(file_join(out, sizeof out, "a", "b"), "a/b");
    ck_assert_str_eq(file_join(out, sizeof out, "a/", "b"), "a/b");
    ck_assert_str_eq(file_join(out, sizeof out, "a", "/b"), "/b");
    ck_assert_str_eq(file_join(out, 4, "abc", "d"), "abc");
    ck_assert_str_eq(file_folder(out, sizeof out, "a/b/c.net"), "a/b");
    ck_assert_str_eq(file_folder(out, sizeof out, "c.net"), ".");
    ck_assert_str_eq(file_folder(out, sizeof out, "/c.net"), "/");
    ck_assert_str_eq(file_name("a/b/c.net"), "c.net");
    ck_assert_str_eq(file_with_ending(out, sizeof out, "a.b/c.net", ".st"), "a.b/c.st");
    ck_assert_str_eq(file_with_ending(out, sizeof out, "a.b/c", ".st"), "a.b/c.st");
    ck_assert(file_ends_with("A.NET", ".net"));
    ck_assert(!file_ends_with("net", ".net"));
}
END_TEST

START_TEST(folders_are_made)
{
    char path[256];
    struct err e = {0};
    at(path, sizeof path, "a/b/c");
    ck_assert(file_make_folders(path, &e));
    ck_assert(file_is_folder(path));
    ck_assert(file_make_folders(path, &e));
    file_write(at(path, sizeof path, "f"), "x", 1, NULL);
    ck_assert(!file_make_folders(at(path, sizeof path, "f/g"), &e));
    ck_assert_int_eq(e.code, ERR_IO);
}
END_TEST

START_TEST(own_files_are_found_by_the_environment)
{
    char path[256], out[256];
    setenv("GLASSNET_HOME", folder, 1);
    ck_assert(!file_find_shared(out, sizeof out, "data/only-in-this-test"));
    file_make_folders(at(path, sizeof path, "data"), NULL);
    file_write(at(path, sizeof path, "data/only-in-this-test"), "x", 1, NULL);
    ck_assert(file_find_shared(out, sizeof out, "data/only-in-this-test"));
    ck_assert_str_eq(out, path);
    ck_assert(!file_find_shared(out, 10, "data/only-in-this-test"));
}
END_TEST

START_TEST(folders_of_the_user)
{
    char out[256];
    setenv("HOME", "/home/mia", 1);
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_DATA_HOME");
    ck_assert_str_eq(file_config_folder(out, sizeof out), "/home/mia/.config/glassnet");
    ck_assert_str_eq(file_data_folder(out, sizeof out), "/home/mia/.local/share/glassnet");
    setenv("XDG_CONFIG_HOME", "/c", 1);
    setenv("XDG_DATA_HOME", "/d", 1);
    ck_assert_str_eq(file_config_folder(out, sizeof out), "/c/glassnet");
    ck_assert_str_eq(file_data_folder(out, sizeof out), "/d/glassnet");
}
END_TEST

Suite *test_file(void)
{
    Suite *s = suite_create("file");
    TCase *t = tcase_create("file");
    tcase_add_checked_fixture(t, make_folder, remove_folder);
    tcase_add_test(t, written_is_read);
    tcase_add_test(t, missing_file_and_folder);
    tcase_add_test(t, pipes_and_devices);
    tcase_add_test(t, a_pipe_is_read_to_its_end);
    tcase_add_test(t, gzip_is_unpacked_and_checked);
    tcase_add_test(t, plain_file_passes_maybe_gz);
    tcase_add_test(t, abandoned_writing_leaves_the_old_file);
    tcase_add_test(t, paths);
    tcase_add_test(t, folders_are_made);
    tcase_add_test(t, own_files_are_found_by_the_environment);
    tcase_add_test(t, folders_of_the_user);
    suite_add_tcase(s, t);
    return s;
}
