/* Translations: texts, contexts, plural forms; the language of the system; garbled catalogues. */
#include <check.h>
#include <locale.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mo.h"
#include "glassnet/base/file.h"
#include "glassnet/base/settings.h"
#include "glassnet/base/translate.h"
#include "support/temporary.h"

static const char polish[] = "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2";

START_TEST(plural_rules_are_worked_out)
{
    static const struct {
        const char *rule;
        unsigned long n;
        int form;
    } cases[] = {{polish, 0, 2},       {polish, 1, 0},   {polish, 2, 1},    {polish, 4, 1},
                 {polish, 5, 2},       {polish, 11, 2},  {polish, 12, 2},   {polish, 21, 2},
                 {polish, 22, 1},      {polish, 112, 2}, {polish, 1004, 1}, {"0", 7, 0},
                 {"(n != 1)", 1, 0},   {"n>1", 2, 1},    {"!(n==3)", 3, 0}, {"n-1*2+8/4", 5, 5},
                 {"n==0||n==2", 2, 1}, {"n", 12, -1},    {"n==", 1, -1},    {"(n", 1, -1},
                 {"n ? 1", 1, -1},     {"n%0", 1, -1},   {"", 1, -1},       {"n 1", 1, -1},
                 {"system()", 1, -1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(mo_plural(text_of(cases[i].rule), cases[i].n) == cases[i].form, "%s of %lu",
                      cases[i].rule, cases[i].n);
}
END_TEST

START_TEST(deep_brackets_are_refused)
{
    char deep[4001];
    memset(deep, '(', 4000);
    deep[4000] = 0;
    ck_assert_int_eq(mo_plural(text_of(deep), 1), -1);
}
END_TEST

/* One that msgfmt would make of: "" with a header; ctx|. = ","; "%d dog" = three forms; "red". */
static size_t small_catalogue(unsigned char *out)
{
    static const struct {
        const char *p;
        unsigned n;
    } texts[4][2] = {
        {{"", 0}, {"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n<5 ? 1 : 2);\n", 0}},
        {{"%d dog\0%d dogs", 14}, {"%d pies\0%d psy\0%d psów", 0}},
        {{"ctx\004.", 5}, {",", 0}},
        {{"red", 3}, {"czerwony", 0}},
    };
    static const unsigned lengths[4] = {0, 23, 1, 8};
    unsigned head[7] = {0x950412de, 0, 4, 28, 28 + 32, 0, 0};
    unsigned at = 28 + 64;
    memcpy(out, head, sizeof head);
    for (int side = 0; side < 2; side++)
        for (unsigned i = 0; i < 4; i++) {
            unsigned n = side == 0 ? texts[i][0].n
                         : i == 0  ? (unsigned)strlen(texts[0][1].p)
                                   : lengths[i];
            unsigned entry[2] = {n, at};
            memcpy(out + 28 + side * 32 + (int)i * 8, entry, sizeof entry);
            memcpy(out + at, texts[i][side].p, n + 1);
            at += n + 1;
        }
    return at;
}

static struct mo *load(const unsigned char *bytes, size_t size, struct err *err)
{
    char path[1100];
    ck_assert(
        file_write(file_join(path, sizeof path, temporary_folder(), "x.mo"), bytes, size, NULL));
    return mo_load(path, err);
}

START_TEST(a_catalogue_is_read)
{
    unsigned char bytes[1024];
    struct err err = {0};
    struct mo *m = load(bytes, small_catalogue(bytes), &err);
    ck_assert_msg(m != NULL, "%s", err.message);
    ck_assert_str_eq(mo_find(m, "red", 1), "czerwony");
    ck_assert_str_eq(mo_find(m, "ctx\004.", 1), ",");
    ck_assert_ptr_null(mo_find(m, ".", 1));
    ck_assert_ptr_null(mo_find(m, "blue", 1));
    ck_assert_str_eq(mo_find(m, "%d dog", 1), "%d pies");
    ck_assert_str_eq(mo_find(m, "%d dog", 3), "%d psy");
    ck_assert_str_eq(mo_find(m, "%d dog", 9), "%d psów");
    mo_destroy(m);
}
END_TEST

/* Every file cut short and every byte changed is refused or read within its bounds. */
START_TEST(garbled_catalogues_are_survived)
{
    unsigned char whole[1024], bytes[1024];
    size_t size = small_catalogue(whole);
    for (size_t n = 0; n < size; n++) {
        struct err err = {0};
        struct mo *m = load(whole, n, &err);
        ck_assert_msg(m == NULL && err.message[0], "cut to %zu bytes", n);
        mo_destroy(m);
    }
    for (size_t i = 0; i < size; i++) {
        memcpy(bytes, whole, size);
        bytes[i] ^= 0x81;
        struct mo *m = load(bytes, size, NULL);
        if (m) {
            mo_find(m, "red", 1);
            mo_find(m, "%d dog", 7);
        }
        mo_destroy(m);
    }
}
END_TEST

START_TEST(english_until_one_is_chosen)
{
    struct err err = {0};
    ck_assert_str_eq(translate_language(), "en");
    ck_assert_str_eq(translate_in("the decimal sign of numbers", "."), ".");
    ck_assert_msg(translate_choose("pl", &err), "%s", err.message);
    ck_assert_str_eq(translate_language(), "pl");
    ck_assert_str_eq(translate_in("the decimal sign of numbers", "."), ",");
    ck_assert_str_eq(translate("no such text, ever"), "no such text, ever");
    ck_assert_str_eq(translate(""), "");
    ck_assert_str_eq(translate_count("%d gnu", "%d gnus", 1), "%d gnu");
    ck_assert_str_eq(translate_count("%d gnu", "%d gnus", 2), "%d gnus");
    ck_assert(!translate_choose("tlh", &err));
    ck_assert(translate_choose("en", NULL));
    ck_assert_str_eq(translate_in("the decimal sign of numbers", "."), ".");
}
END_TEST

/* Neither the environment nor the locale matters, and numbers are read and written as before. */
START_TEST(numbers_of_files_stay)
{
    char text[32];
    double value;
    setenv("LC_ALL", "C", 1);
    setenv("LANGUAGE", "de", 1);
    ck_assert(translate_choose("pl", NULL));
    ck_assert_str_eq(translate_in("the decimal sign of numbers", "."), ",");
    snprintf(text, sizeof text, "%.1f", 0.5);
    ck_assert_str_eq(text, "0.5");
    ck_assert(text_to_double(text_of("0.5"), &value) && value == 0.5);
    ck_assert_str_eq(number_exact(0.5f, text, sizeof text), "0.5");
    ck_assert_str_eq(setlocale(LC_ALL, NULL), "C");
}
END_TEST

START_TEST(the_decimal_sign_follows_unless_chosen)
{
    struct settings s;
    settings_init(&s);
    ck_assert(!settings_decimal_comma(&s));
    ck_assert(translate_choose("pl", NULL));
    ck_assert(settings_decimal_comma(&s));
    ck_assert_int_eq(settings_number_style(&s).decimal_point, ',');
    ck_assert(settings_set(&s, "decimal", "point", NULL));
    ck_assert(!settings_decimal_comma(&s));
    ck_assert(translate_choose("en", NULL));
    ck_assert(settings_set(&s, "decimal", "comma", NULL));
    ck_assert(settings_decimal_comma(&s));
}
END_TEST

START_TEST(errors_are_translated_when_made)
{
    struct err err = {0};
    ck_assert(translate_choose("pl", NULL));
    err_set(&err, ERR_USAGE, NULL, 0, "there is no setting \"%.60s\"; there are %s", "x", "y");
    ck_assert(strstr(err.message, "x") && strstr(err.message, "y"));
}
END_TEST

static void *other_thread(void *said)
{
    *(const char **)said = translate_in("the decimal sign of numbers", ".");
    return NULL;
}

START_TEST(other_threads_follow)
{
    pthread_t thread;
    const char *said = NULL;
    ck_assert(translate_choose("pl", NULL));
    ck_assert_int_eq(pthread_create(&thread, NULL, other_thread, &said), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert_str_eq(said, ",");
}
END_TEST

static const char *system_with(const char *all, const char *lang, const char *language)
{
    unsetenv("LC_MESSAGES");
    setenv("LC_ALL", all, 1);
    setenv("LANG", lang, 1);
    setenv("LANGUAGE", language, 1);
    return translate_system();
}

START_TEST(the_system_says_which)
{
    ck_assert_str_eq(system_with("", "pl_PL.UTF-8", ""), "pl");
    ck_assert_str_eq(system_with("", "pl", ""), "pl");
    ck_assert_str_eq(system_with("", "de_DE.UTF-8", ""), "en");
    ck_assert_str_eq(system_with("", "de_DE.UTF-8", "fr:pl:en"), "pl");
    ck_assert_str_eq(system_with("", "pl_PL", "en:pl"), "en");
    ck_assert_str_eq(system_with("C", "pl_PL.UTF-8", "pl"), "en");
    ck_assert_str_eq(system_with("", "", "pl"), "en");
    ck_assert_str_eq(system_with("en_US.UTF-8", "pl_PL.UTF-8", ""), "en");
    ck_assert_str_eq(system_with("", "plx_PL", ""), "en");
}
END_TEST

Suite *test_translate(void);
Suite *test_translate(void)
{
    Suite *s = suite_create("translate");
    TCase *t = tcase_create("translate");
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, plural_rules_are_worked_out);
    tcase_add_test(t, deep_brackets_are_refused);
    tcase_add_test(t, a_catalogue_is_read);
    tcase_add_test(t, garbled_catalogues_are_survived);
    tcase_add_test(t, english_until_one_is_chosen);
    tcase_add_test(t, numbers_of_files_stay);
    tcase_add_test(t, the_decimal_sign_follows_unless_chosen);
    tcase_add_test(t, errors_are_translated_when_made);
    tcase_add_test(t, other_threads_follow);
    tcase_add_test(t, the_system_says_which);
    suite_add_tcase(s, t);
    return s;
}
