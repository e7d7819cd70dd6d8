/* Settings: what they can be, and the file they are kept in. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/settings.h"
#include "support/temporary.h"

static char *text_at(const char *folder, const char *name)
{
    char path[1200];
    size_t size;
    struct err err = {0};
    char *text = file_read(file_join(path, sizeof path, folder, name), 1 << 16, &size, &err);
    ck_assert_msg(text != NULL, "%s", err.message);
    return text;
}

START_TEST(each_can_be_set_and_read)
{
    static const char *const lines[][2] = {
        {"digits", "6"}, {"decimal", "comma"}, {"motion", "off"}, {"theme", "board"},
        {"zoom", "250"}, {"threads", "3"},     {"language", "pl"}};
    struct settings s, defaults;
    char text[64];
    settings_init(&s);
    settings_init(&defaults);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ck_assert(settings_set(&s, lines[i][0], lines[i][1], NULL));
        ck_assert_str_eq(settings_get(&s, lines[i][0], text, sizeof text), lines[i][1]);
    }
    ck_assert_int_eq(s.digits, 6);
    ck_assert(settings_decimal_comma(&s) && !settings_decimal_comma(&defaults) && !s.motion);
    ck_assert(!settings_equal(&s, &defaults));
    ck_assert_int_eq(settings_number_style(&s).decimal_point, ',');
    for (int i = 0; settings_list(i); i++)
        ck_assert(settings_get(&s, settings_list(i)->name, text, sizeof text)[0] != 0);
}
END_TEST

START_TEST(what_cannot_be_is_said)
{
    static const char *const bad[][3] = {{"digits", "7", "2 to 6"},
                                         {"digits", "three", "2 to 6"},
                                         {"decimal", "dot", "language | point | comma"},
                                         {"theme", "pink", "board"},
                                         {"zoom", "79", "80 to 250"},
                                         {"threads", "-1", "0 to"},
                                         {"colour", "red", "there is no setting \"colour\""}};
    struct settings s, defaults;
    settings_init(&s);
    settings_init(&defaults);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err err = {0};
        ck_assert(!settings_set(&s, bad[i][0], bad[i][1], &err));
        ck_assert_msg(strstr(err.message, bad[i][2]) != NULL, "%s", err.message);
    }
    ck_assert(settings_equal(&s, &defaults));
}
END_TEST

START_TEST(they_come_back_from_the_file)
{
    const char *folder = temporary_folder();
    struct settings s, again;
    struct settings_file f;
    settings_load(&f, &s, folder);
    ck_assert_str_eq(f.warning, "");
    ck_assert(settings_save(&f, &s, NULL));
    ck_assert_msg(!file_exists(f.path), "nothing was changed, nothing is written");
    ck_assert(settings_set(&s, "digits", "5", NULL));
    ck_assert(settings_set(&s, "theme", "contrast", NULL));
    ck_assert(settings_save(&f, &s, NULL));
    settings_file_deinit(&f);
    settings_load(&f, &again, folder);
    ck_assert(settings_equal(&s, &again));
    ck_assert_int_eq(again.digits, 5);
    settings_file_deinit(&f);
}
END_TEST

START_TEST(unknown_lines_are_kept)
{
    const char *folder = temporary_folder();
    struct settings s;
    struct settings_file f;
    temporary_text("settings", "# mine\nzoom = 120\r\n\nvoice=loud\ntheme=board\n");
    settings_load(&f, &s, folder);
    ck_assert_str_eq(f.warning, "");
    ck_assert_int_eq(s.zoom, 120);
    ck_assert_str_eq(s.theme, "board");
    ck_assert(settings_set(&s, "zoom", "130", NULL));
    ck_assert(settings_save(&f, &s, NULL));
    char *text = text_at(folder, "settings");
    ck_assert_msg(strstr(text, "voice=loud\n") && strstr(text, "# mine\n") &&
                      strstr(text, "zoom=130\n"),
                  "%s", text);
    free(text);
    settings_file_deinit(&f);
}
END_TEST

START_TEST(a_garbled_file_gives_defaults_and_is_put_aside)
{
    static const char *const garbled[] = {"theme=board\nzoom=many\n", "theme=board\nhello\n",
                                          "theme=board\n\xff\xfe\n", "digits=\n"};
    for (size_t i = 0; i < sizeof garbled / sizeof *garbled; i++) {
        const char *folder = temporary_folder();
        struct settings s, defaults;
        struct settings_file f;
        settings_init(&defaults);
        temporary_text("settings", garbled[i]);
        settings_load(&f, &s, folder);
        ck_assert_msg(settings_equal(&s, &defaults), "%s", garbled[i]);
        ck_assert_msg(strstr(f.warning, "could not be read") != NULL, "%s", f.warning);
        char *aside = text_at(folder, "settings.garbled");
        ck_assert_str_eq(aside, garbled[i]);
        free(aside);
        settings_file_deinit(&f);
    }
}
END_TEST

START_TEST(a_folder_that_cannot_be_made_is_said)
{
    struct settings s;
    struct settings_file f;
    struct err err = {0};
    settings_load(&f, &s, temporary_text("file", ""));
    ck_assert(settings_set(&s, "digits", "4", NULL));
    ck_assert(!settings_save(&f, &s, &err));
    ck_assert(err.message[0] != 0);
    settings_file_deinit(&f);
}
END_TEST

Suite *test_settings(void);
Suite *test_settings(void)
{
    Suite *s = suite_create("settings");
    TCase *t = tcase_create("settings");
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, each_can_be_set_and_read);
    tcase_add_test(t, what_cannot_be_is_said);
    tcase_add_test(t, they_come_back_from_the_file);
    tcase_add_test(t, unknown_lines_are_kept);
    tcase_add_test(t, a_garbled_file_gives_defaults_and_is_put_aside);
    tcase_add_test(t, a_folder_that_cannot_be_made_is_said);
    suite_add_tcase(s, t);
    return s;
}
