/* Where a user's pictures go: what the system says, else a folder that can be written to. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "glassnet/base/file.h"
#include "support/temporary.h"

Suite *test_file_user(void);

static void begin(void)
{
    temporary_begin();
    setenv("HOME", temporary_folder(), 1);
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_PICTURES_DIR");
}

static void make(const char *name)
{
    struct err err = {0};
    ck_assert_msg(file_make_folders(temporary_path(name), &err), "%s", err.message);
}

static void is(const char *wanted)
{
    char found[1024];
    file_user_folder(found, sizeof found, "PICTURES", "Pictures");
    ck_assert_str_eq(found, wanted);
}

START_TEST(the_variable_wins)
{
    make("Pictures");
    make("elsewhere");
    setenv("XDG_PICTURES_DIR", temporary_path("elsewhere"), 1);
    is(temporary_path("elsewhere"));
    setenv("XDG_PICTURES_DIR", "/no/such/folder", 1);
    is(temporary_path("Pictures"));
}
END_TEST

START_TEST(a_desktop_in_another_language)
{
    make("Pictures");
    make("Obrazy");
    make(".config");
    temporary_text(".config/user-dirs.dirs", "# made by xdg-user-dirs-update\n"
                                             "XDG_DOCUMENTS_DIR=\"$HOME/Dokumenty\"\n"
                                             "XDG_PICTURES_DIR=\"$HOME/Obrazy\"\n");
    is(temporary_path("Obrazy"));
    temporary_text(".config/user-dirs.dirs", "XDG_PICTURES_DIR=\"Obrazy\"\n");
    is(temporary_path("Pictures")); /* a relative one is none */
    temporary_text(".config/user-dirs.dirs", "XDG_PICTURES_DIR=\"");
    is(temporary_path("Pictures"));
}
END_TEST

START_TEST(without_one_it_is_the_home_folder)
{
    char here[1024];
    is(temporary_folder());
    setenv("HOME", "/no/such/home", 1);
    ck_assert_ptr_nonnull(getcwd(here, sizeof here));
    is(here);
}
END_TEST

Suite *test_file_user(void)
{
    Suite *s = suite_create("base/file_user");
    TCase *t = tcase_create("file_user");
    tcase_add_checked_fixture(t, begin, temporary_end);
    tcase_add_test(t, the_variable_wins);
    tcase_add_test(t, a_desktop_in_another_language);
    tcase_add_test(t, without_one_it_is_the_home_folder);
    suite_add_tcase(s, t);
    return s;
}
