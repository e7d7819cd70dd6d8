/* Safetensors: bits kept, and every claim of a garbled header caught. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/rng.h"
#include "glassnet/base/translate.h"
#include "glassnet/io/npz.h"
#include "glassnet/io/safetensors.h"

Suite *test_safetensors(void);

static const float many[] = {0, -0.0f, 1.5f, NAN, INFINITY, -INFINITY, 1e-45f, 3.4028235e38f};
static const float matrix[] = {1, 2, 3, 4, 5, 6};
static const struct named_array arrays[] = {
    {"out.W", 2, {2, 3}, matrix}, {"conv1.W", 4, {2, 2, 2, 1}, many}, {"a.b", 1, {0}, many}};

static void path_of(char path[64], const char *name)
{
    file_make_folders("build", NULL);
    snprintf(path, 64, "build/test-%s.safetensors", name);
}

START_TEST(every_bit_comes_back)
{
    char path[64];
    struct err err = {0};
    const struct safetensors_note note = {"format", "pt"};
    path_of(path, "bits");
    ck_assert(safetensors_write(path, arrays, 3, &note, 1, &err));
    struct safetensors *file = safetensors_open(path, &err);
    remove(path);
    ck_assert_msg(file != NULL, "%s", err.message);
    ck_assert_int_eq(file->count, 3);
    for (int i = 0; i < 3; i++) {
        const struct named_array *a = safetensors_find(file, arrays[i].name);
        ck_assert_ptr_nonnull(a);
        ck_assert_int_eq(a->rank, arrays[i].rank);
        ck_assert(memcmp(a->data, arrays[i].data, 4 * array_count(&arrays[i])) == 0);
    }
    ck_assert_ptr_null(safetensors_find(file, "out.b"));
    safetensors_close(file);
}
END_TEST

/* A file of this header, its length (or the one told) before it, and n bytes of data. */
static struct safetensors *open_made(const char *header, long length, const void *data, size_t n,
                                     struct err *err)
{
    char path[64], bytes[4096];
    size_t size = strlen(header);
    uint64_t told = length < 0 ? size : (uint64_t)length;
    path_of(path, "made");
    for (int i = 0; i < 8; i++)
        bytes[i] = (char)(told >> (8 * i));
    memcpy(bytes + 8, header, size);
    if (n)
        memcpy(bytes + 8 + size, data, n);
    ck_assert(file_write(path, bytes, 8 + size + n, NULL));
    struct safetensors *file = safetensors_open(path, err);
    remove(path);
    return file;
}

START_TEST(float64_is_rounded_once)
{
    static const double values[] = {0.1, -1e300};
    struct err err = {0};
    struct safetensors *file =
        open_made("{\"x\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]}}  ", -1, values,
                  16, &err);
    ck_assert_msg(file != NULL, "%s", err.message);
    const struct named_array *x = safetensors_find(file, "x");
    ck_assert(x->data[0] == 0.1f);
    ck_assert(isinf(x->data[1]) && x->data[1] < 0);
    safetensors_close(file);
}
END_TEST

#define T(name, type, shape, begin, end)                                                           \
    "\"" name "\":{\"dtype\":\"" type "\",\"shape\":" shape ",\"data_offsets\":[" #begin "," #end  \
    "]}"

static const struct garbled {
    const char *header;
    long length; /* told; -1: the true one */
    size_t data;
    const char *message; /* part of it */
} garbled[] = {
    {"{}", 3, 0, "length of the header"},
    {"{}", 1L << 40, 0, "length of the header"},
    {"{}", 0, 0, "not one JSON object"},
    {"[1]", -1, 0, "not one JSON object"},
    {"{\"x\":", -1, 0, "not one JSON object"},
    {"{} {}", -1, 0, "not one JSON object"},
    {"{\"\xff\":1}", -1, 0, "not UTF-8"},
    {"{\"x\":1}", -1, 0, "'x' has no dtype"},
    {"{" T("x", "F16", "[2]", 0, 4) "}", -1, 4, "has dtype F16, expected F32 or F64"},
    {"{" T("x", "F32", "[2]", 0, 8) "}", -1, 7, "cut short"},
    {"{" T("x", "F32", "[2]", 0, 4) "}", -1, 4, "shape that does not fit"},
    {"{" T("x", "F32", "[-1]", 0, 4) "}", -1, 4, "not of whole numbers"},
    {"{" T("x", "F32", "[0.5]", 0, 2) "}", -1, 2, "not of whole numbers"},
    {"{" T("x", "F32", "[1e300,1e300]", 0, 4) "}", -1, 4, "not of whole numbers"},
    {"{" T("x", "F32", "[4294967296,4294967296,1073741825]", 0, 4) "}", -1, 4, "does not fit"},
    {"{" T("x", "F32", "[1,1,1,1,1,1]", 0, 4) "}", -1, 4, "more than 5 axes"},
    {"{" T("x", "F32", "3", 0, 4) "}", -1, 4, "no shape"},
    {"{" T("x", "F32", "[1]", 4, 0) "}", -1, 4, "no data_offsets"},
    {"{" T("x", "F32", "[2]", 0, 8) "," T("y", "F32", "[2]", 4, 12) "}", -1, 12, "overlaps"},
    {"{" T("x", "F32", "[1]", 0, 4) "," T("y", "F32", "[1]", 8, 12) "}", -1, 12, "gap"},
    {"{" T("x", "F32", "[1]", 0, 4) "}", -1, 8, "behind the last"},
    {"{" T("x", "F32", "[1]", 0, 4) "," T("x", "F32", "[1]", 4, 8) "}", -1, 8, "twice"},
};

START_TEST(garbled_files_give_one_sentence)
{
    static const char zeros[64];
    const struct garbled *g = &garbled[_i];
    struct err err = {0};
    ck_assert_ptr_null(open_made(g->header, g->length, zeros, g->data, &err));
    ck_assert_msg(strstr(err.message, g->message) != NULL, "expected %s\nfound %s", g->message,
                  err.message);
    ck_assert_int_eq(err.code, ERR_INPUT);
}
END_TEST

/* The app shows these sentences: they are in the language of its screen. */
START_TEST(faults_are_told_in_the_language_chosen)
{
    static const char zeros[8];
    char path[64];
    struct err err = {0};
    ck_assert_msg(translate_choose("pl", &err), "%s", err.message);
    ck_assert_ptr_null(open_made("{} {}", -1, zeros, 0, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "nagłówek nie jest jednym obiektem JSON, "));
    err_clear(&err);
    ck_assert_ptr_null(open_made("{" T("x", "F16", "[2]", 0, 4) "}", -1, zeros, 4, &err));
    ck_assert_str_eq(err.message, "tensor 'x' ma dtype F16, oczekiwano F32 lub F64");
    err_clear(&err);
    path_of(path, "language");
    ck_assert(file_write(path, "no zip", 6, &err));
    ck_assert_ptr_null(npz_read(path, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "plik jest za krótki; oczekiwano: plik npz"));
    remove(path);
    ck_assert(translate_choose("en", NULL));
}
END_TEST

START_TEST(cut_and_changed_files_never_crash)
{
    char path[64];
    size_t size;
    struct rng rng;
    path_of(path, "changed");
    ck_assert(safetensors_write(path, arrays, 3, NULL, 0, NULL));
    char *bytes = file_read(path, 1 << 20, &size, NULL);
    rng_seed(&rng, 4, 0);
    for (int round = 0; round < 400; round++) {
        struct err err = {0};
        size_t cut = round % 2 ? rng_below(&rng, (uint32_t)size) : size;
        size_t at = rng_below(&rng, (uint32_t)(round % 4 < 2 ? 200 : size));
        char old = bytes[at];
        bytes[at] = (char)(old ^ (1 + (int)rng_below(&rng, 255)));
        ck_assert(file_write(path, bytes, cut, NULL));
        struct safetensors *file = safetensors_open(path, &err);
        ck_assert((file != NULL) == !err_any(&err));
        ck_assert(file == NULL || cut == size);
        safetensors_close(file);
        bytes[at] = old;
    }
    remove(path);
    free(bytes);
}
END_TEST

Suite *test_safetensors(void)
{
    Suite *suite = suite_create("safetensors");
    TCase *t = tcase_create("safetensors");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, every_bit_comes_back);
    tcase_add_test(t, float64_is_rounded_once);
    tcase_add_test(t, faults_are_told_in_the_language_chosen);
    tcase_add_loop_test(t, garbled_files_give_one_sentence, 0, sizeof garbled / sizeof *garbled);
    tcase_add_test(t, cut_and_changed_files_never_crash);
    suite_add_tcase(suite, t);
    return suite;
}
