#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/data/dataset.h"
#include "support/temporary.h"

Suite *test_csv(void);

static bool near_to(float a, float b, float tolerance)
{
    return fabsf(a - b) <= tolerance;
}

static struct dataset *open_as(const char *text, const char *options, struct err *err)
{
    char spec[512];
    snprintf(spec, sizeof spec, "%s%s", temporary_text("t.csv", text), options);
    return dataset_open(spec, DATASET_ALL, NULL, err);
}

static struct dataset *open_well(const char *text, const char *options)
{
    struct err err = {0};
    struct dataset *d = open_as(text, options, &err);
    ck_assert_msg(d != NULL, "%d: %s", err.line, err.message);
    return d;
}

START_TEST(classes_by_number)
{
    struct dataset *d = open_well("a,b,label\n1,2.5,0\n-3,4e1,2\n", "");
    ck_assert_str_eq(d->name, "t.csv");
    ck_assert_int_eq(d->n, 2);
    ck_assert_uint_eq(d->count, 2);
    ck_assert_int_eq(d->n_classes, 3); /* 0 to the largest */
    ck_assert_str_eq(d->class_names[1], "1");
    ck_assert_str_eq(d->feature_names[1], "b");
    ck_assert_int_eq(dataset_class(d, 1), 2);
    ck_assert(dataset_x(d, 0)[1] == 2.5f);
    ck_assert(dataset_x(d, 1)[0] == -3.0f);
    ck_assert(dataset_x(d, 1)[1] == 40.0f);
    ck_assert_int_eq(d->n_train, 2);
    ck_assert_int_eq(d->n_test, 0);
    dataset_close(d);
}
END_TEST

START_TEST(classes_by_name)
{
    struct dataset *d = open_well("kind,x\nlemon,1\napple,2\n lemon ,3\n", ":label=kind");
    ck_assert_int_eq(d->n_classes, 2);
    ck_assert_str_eq(d->class_names[0], "apple");
    ck_assert_int_eq(dataset_class(d, 0), 1);
    ck_assert_int_eq(dataset_class(d, 2), 1);
    dataset_close(d);
    d = open_well("x,label\n1,lemon\n2,apple\n", ":classes=lemon+apple+pear");
    ck_assert_int_eq(d->n_classes, 3);
    ck_assert_int_eq(dataset_class(d, 0), 0);
    dataset_close(d);
    d = open_well("x,label\n1,10\n2,-1\n3,9\n", ""); /* by size, not by text */
    ck_assert_str_eq(d->class_names[0], "-1");
    ck_assert_str_eq(d->class_names[1], "9");
    ck_assert_int_eq(dataset_class(d, 0), 2);
    dataset_close(d);
}
END_TEST

START_TEST(numbers_to_predict)
{
    struct dataset *d = open_well("x,target2,target\n1,2,3\n4,5,6\n", "");
    ck_assert_int_eq(d->n_targets, 2);
    ck_assert_int_eq(d->n_classes, 0);
    ck_assert_int_eq(d->y_count, 2);
    ck_assert_str_eq(d->target_names[0], "target2");
    ck_assert(dataset_y(d, 1)[0] == 5.0f && dataset_y(d, 1)[1] == 6.0f);
    dataset_close(d);
    d = open_well("a,b,c\n1,2,3\n", ":target=a+c");
    ck_assert_uint_eq(d->count, 1);
    ck_assert(dataset_x(d, 0)[0] == 2.0f);
    ck_assert(dataset_y(d, 0)[1] == 3.0f);
    dataset_close(d);
}
END_TEST

START_TEST(forms_of_the_file)
{
    struct dataset *d = open_well("\xEF\xBB\xBF\"a \"\"b\"\", c\", label\r\n\"1.5\",\"x, y\"\r\n"
                                  "2,\"two\nlines\"\r\n\r\n  \n",
                                  "");
    ck_assert_str_eq(d->feature_names[0], "a \"b\", c");
    ck_assert_int_eq(d->n, 2);
    ck_assert_str_eq(d->class_names[0], "two\nlines");
    ck_assert_str_eq(d->class_names[1], "x, y");
    dataset_close(d);
    d = open_well("x,label\n7,0", ""); /* no line end at the end */
    ck_assert(dataset_x(d, 0)[0] == 7.0f);
    dataset_close(d);
}
END_TEST

/* Values 1, 2, 3 have mean 2 and variance (1 + 0 + 1) / 3. */
START_TEST(standardized)
{
    struct dataset *d = open_well("a,b,label\n1,5,0\n2,5,1\n3,5,0\n", ":standardize=1");
    float scale = (float)sqrt(2.0 / 3.0);
    ck_assert(d->feature_mean[0] == 2.0f && d->feature_scale[0] == scale);
    ck_assert(fabsf(dataset_x(d, 0)[0] + 1.0f / scale) < 1e-6f);
    ck_assert(dataset_x(d, 1)[0] == 0.0f);
    ck_assert(dataset_x(d, 0)[1] == 0.0f); /* a column that never changes */
    dataset_close(d);
}
END_TEST

static char *many_rows(char *text, size_t size, int n)
{
    size_t used = (size_t)snprintf(text, size, "x,label\n");
    for (int i = 0; i < n; i++)
        used += (size_t)snprintf(text + used, size - used, "%d,%d\n", i, i * 2 / n);
    return text;
}

START_TEST(order_and_parts)
{
    char text[4096], spec[512];
    struct dataset *d = open_well(many_rows(text, sizeof text, 20), "");
    for (int i = 0; i < d->n; i++) /* a small table stays as it was typed */
        ck_assert(dataset_x(d, i)[0] == (float)i);
    dataset_close(d);
    d = open_well(many_rows(text, sizeof text, 100), "");
    int first[2] = {0};
    for (int i = 0; i < 20; i++) /* a larger one that is grouped by class is shuffled */
        first[dataset_class(d, i)]++;
    ck_assert(first[0] > 3 && first[1] > 3);
    dataset_close(d);
    struct dataset *train = open_well(text, ":train"), *test = open_well(text, ":test");
    bool seen[100] = {false};
    int counts[2];
    ck_assert_int_eq(train->n, 80);
    ck_assert_int_eq(test->n, 20);
    dataset_class_counts(test, counts);
    ck_assert_int_eq(counts[0], 10);
    for (int i = 0; i < 80; i++)
        seen[(int)dataset_x(train, i)[0]] = true;
    for (int i = 0; i < 20; i++)
        ck_assert(!seen[(int)dataset_x(test, i)[0]]);
    dataset_close(train);
    dataset_close(test);
    struct err err = {0};
    snprintf(spec, sizeof spec, "%s", temporary_path("t.csv"));
    ck_assert_ptr_null(dataset_open(spec, DATASET_TEST, NULL, &err));
    ck_assert_int_eq(err.code, ERR_STATE); /* no rows are set aside unasked */
}
END_TEST

START_TEST(test_rows_do_not_leak_into_the_scale)
{
    char text[4096];
    many_rows(text, sizeof text, 50);
    struct dataset *train = open_well(text, ":train"), *plain = train;
    double sum = 0.0;
    for (int i = 0; i < plain->n; i++)
        sum += (double)dataset_x(plain, i)[0];
    float mean = (float)(sum / plain->n);
    dataset_close(train);
    train = open_well(text, ":train,standardize=1");
    struct dataset *test = open_well(text, ":test,standardize=1");
    ck_assert(train->feature_mean[0] == mean);
    ck_assert(test->feature_mean[0] == mean);
    ck_assert(test->feature_scale[0] == train->feature_scale[0]);
    dataset_close(train);
    dataset_close(test);
}
END_TEST

/* Standardised values go back to those of the file, train and test alike. */
START_TEST(originals_come_back)
{
    struct dataset *d = open_well("a,b,label\n1,5,0\n2.5,5,1\n30,5,0\n", ":standardize=1");
    static const float a[] = {1.0f, 2.5f, 30.0f};
    char text[2048];
    for (int i = 0; i < 3; i++) {
        ck_assert(near_to(dataset_original(d, i, 0), a[i], 1e-5f));
        ck_assert(dataset_original(d, i, 1) == 5.0f);
    }
    /* (1 + 2.5 + 30) / 3 = 11.1667; squares 103.36 + 75.11 + 354.69 over 3: root 13.331 */
    ck_assert_ptr_nonnull(
        strstr(dataset_describe(d, text, sizeof text), "a: mean 11.1667, deviation 13.331"));
    dataset_close(d);
    d = open_well("a,label\n1.5,0\n2,1\n", "");
    ck_assert(dataset_original(d, 0, 0) == 1.5f);
    dataset_close(d);
}
END_TEST

static const char holes[] = "a,b,label\n1,10,0\n?,20,1\n3,NA,0\n8, ,1\n4,60,1\n";

START_TEST(rows_with_holes_are_left_out_when_asked)
{
    char text[2048];
    struct dataset *d = open_well(holes, ":missing=drop");
    ck_assert_int_eq(d->n, 2);
    ck_assert(dataset_x(d, 0)[0] == 1.0f && dataset_x(d, 1)[1] == 60.0f);
    ck_assert_int_eq(dataset_class(d, 1), 1);
    ck_assert_ptr_nonnull(strstr(dataset_describe(d, text, sizeof text),
                                 "missing   3 rows with a missing value left out"));
    dataset_close(d);
    d = open_well("a,label\n1,0\n2,?\n3,1\n", ":missing=drop"); /* a label, too */
    ck_assert_int_eq(d->n, 2);
    ck_assert_int_eq(d->n_classes, 2);
    dataset_close(d);
    d = open_well("a,label\n1,NA\n2,DE\n", ":classes=NA+DE"); /* Namibia, when it is named */
    ck_assert_int_eq(dataset_class(d, 0), 0);
    dataset_close(d);
}
END_TEST

/* a: (1 + 3 + 8 + 4) / 4 = 4; b: (10 + 20 + 60) / 3 = 30. */
START_TEST(holes_get_the_mean_when_asked)
{
    char text[4096];
    struct dataset *d = open_well(holes, ":missing=mean");
    ck_assert_int_eq(d->n, 5);
    ck_assert(dataset_x(d, 1)[0] == 4.0f && dataset_x(d, 1)[1] == 20.0f);
    ck_assert(dataset_x(d, 2)[1] == 30.0f && dataset_x(d, 3)[1] == 30.0f);
    ck_assert_ptr_nonnull(strstr(dataset_describe(d, text, sizeof text),
                                 "missing   3 values replaced by their column's mean"));
    dataset_close(d);
    d = open_well(holes, ":missing=mean,standardize=1");
    ck_assert(dataset_x(d, 1)[0] == 0.0f); /* the mean is 0 then */
    dataset_close(d);
    /* With parts, the mean is that of the training rows alone. */
    size_t used = strlen(many_rows(text, sizeof text, 50));
    snprintf(text + used, sizeof text - used, "?,1\n");
    struct dataset *train = open_well(text, ":train,missing=mean");
    struct dataset *test = open_well(text, ":test,missing=mean");
    double sum = 0.0;
    int n = 0;
    float filled = -1.0f;
    for (int k = 0; k < train->n + test->n; k++) {
        float x = k < train->n ? dataset_x(train, k)[0] : dataset_x(test, k - train->n)[0];
        bool whole = x == floorf(x);
        filled = whole ? filled : x;
        sum += k < train->n && whole ? (double)x : 0.0;
        n += k < train->n && whole;
    }
    ck_assert(near_to(filled, (float)(sum / n), 1e-4f));
    dataset_close(train);
    dataset_close(test);
}
END_TEST

START_TEST(semicolons_and_decimal_commas)
{
    struct dataset *d =
        open_well("\"Länge; cm\";Breite, cm;label\r\n1,5;-2,25e1;rot\r\n2.5;\"3,5\";blau\r\n", "");
    ck_assert_uint_eq(d->count, 2);
    ck_assert_str_eq(d->feature_names[0], "Länge; cm");
    ck_assert_str_eq(d->feature_names[1], "Breite, cm");
    ck_assert(dataset_x(d, 0)[0] == 1.5f && dataset_x(d, 0)[1] == -22.5f);
    ck_assert(dataset_x(d, 1)[0] == 2.5f && dataset_x(d, 1)[1] == 3.5f);
    ck_assert_str_eq(d->class_names[0], "blau");
    dataset_close(d);
    d = open_well("\"a;b;c\",label\n1,0\n2,1\n", ""); /* quoted semicolons part nothing */
    ck_assert_str_eq(d->feature_names[0], "a;b;c");
    dataset_close(d);
}
END_TEST

struct bad {
    const char *text, *options;
    int line;
    const char *says;
};

static const struct bad bad[] = {
    {"", "", 1, "is empty"},
    {"\n", "", 1, "is empty"},
    {"a,label\n", "", 0, "no rows"},
    {"a,b\n1,2\n", "", 1, "columns are a, b"},
    {"a,b\n1,2\n", ":label=c", 1, "no column \"c\""},
    {"a,b\n1,2\n", ":target=a+z", 1, "no column \"z\""},
    {"label\n1\n", "", 1, "nothing to learn from"},
    {"a,a,label\n1,2,0\n", "", 1, "two columns called \"a\""},
    {"a,,label\n1,2,0\n", "", 1, "no name for column 2"},
    {"a,b,label\n1,2,0\n1,,0\n", "", 3, "no value in column \"b\""},
    {"a,label\n1,0\n2,\n", "", 3, "no value in column \"label\""},
    {"a,target\n1,0\n2,\n", "", 3, "no value in column \"target\""},
    {"a,label\n1,0\nred,1\n", "", 3, "has \"red\" in column \"a\""},
    {"a,label\n1,0\ninf,1\n", "", 3, "finite"},
    {"a,label\n1,0\nnan,1\n", "", 3, "no value (\"nan\") in column \"a\"; missing=drop leaves"},
    {"a,label\n1,0\n?,1\n", "", 3, "missing=mean puts"},
    {"a,label\n1,0\n2,NA\n", "", 3, "no value (\"NA\") in column \"label\""},
    {"a,label\n1,0\n2,\n", ":missing=mean", 3, "no value in column \"label\""},
    {"a,label\n?,0\n?,1\n", ":missing=mean", 0, "no value at all in column \"a\""},
    {"a,label\n?,0\n?,1\n", ":missing=drop", 0, "leaves none"},
    {"a,label\n1,0\n", ":missing=zero", 0, "missing=drop (leave"},
    {"a;label\n1.234,5;0\n", "", 2, "expected a number such as 1,5"},
    {"a;label\n1,2,3;0\n", "", 2, "has \"1,2,3\""},
    {"a;label\n\"1\",2;0\n", "", 2, "expected a semicolon"},
    {"a;label\n1;0;2\n", "", 2, "3 cells"},
    {"a,label\n1,0\n1e39,1\n", "", 3, "finite"},
    {"a,label\n1,0\n\"3,5\",1\n", "", 3, "has \"3,5\""},
    {"a,label\n1,0,9\n", "", 2, "3 cells"},
    {"a,label\n1\n", "", 2, "1 cells"},
    {"a,label\n1,0,", "", 2, "3 cells"},
    {"a,label\n1,0\n\n2,1\n", "", 3, "empty line"},
    {"a,label\n\"1,0\n2,1\n", "", 2, "never ends"},
    {"a,label\n\"1\"x,0\n", "", 2, "behind a closing quote"},
    {"a,label\n\"x\ny\",0\n\"2\",red\n", "", 2, "expected a number"},
    {"a,label\n1,0\n", ":label=a,target=label", 0, "both"},
    {"a,label\n1,0\n", ":standardize=3", 0, "standardize=3"},
    {"a,label\n1,0\n", ":labels=a", 0, "no option labels="},
    {"a,label\n1,pear\n", ":classes=apple+lemon", 2, "none of classes=apple+lemon"},
    {"a,label\n1,\xFF\n", "", 0, "UTF-8"},
};

START_TEST(bad_tables_are_named)
{
    const struct bad *b = &bad[_i];
    struct err err = {0};
    struct dataset *d = open_as(b->text, b->options, &err);
    ck_assert_msg(!d, "taken: %s", b->text);
    ck_assert_msg(strstr(err.message, b->says) != NULL, "%s -> %s", b->text, err.message);
    ck_assert_msg(err.line == b->line, "%s -> line %d, not %d", b->text, err.line, b->line);
    if (b->line)
        ck_assert_str_eq(err.file, temporary_path("t.csv"));
}
END_TEST

START_TEST(zero_bytes_and_missing_file)
{
    struct err err = {0};
    const char *path = temporary_write("z.csv", "a,label\n1,\0000\n", 13);
    ck_assert_ptr_null(dataset_open(path, DATASET_ALL, NULL, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "zero bytes"));
    err_clear(&err);
    ck_assert_ptr_null(dataset_open("no-such-table.csv", DATASET_ALL, NULL, &err));
    ck_assert_str_eq(err.file, "no-such-table.csv");
}
END_TEST

START_TEST(found_beside_the_network)
{
    temporary_text("mine-alone.csv", "x,label\n1,0\n");
    ck_assert_ptr_null(dataset_open("mine-alone.csv", DATASET_ALL, NULL, NULL));
    struct dataset *d = dataset_open("mine-alone.csv", DATASET_ALL, temporary_folder(), NULL);
    ck_assert_ptr_nonnull(d);
    dataset_close(d);
}
END_TEST

/* Words and gaps in them are nobody's business then. */
START_TEST(columns_can_be_left_out)
{
    struct dataset *d = open_well("name,a,b,label\nAda,1,?,x\n,2,,y\n", ":leave=name+b");
    ck_assert_uint_eq(d->count, 1);
    ck_assert_str_eq(d->feature_names[0], "a");
    ck_assert_int_eq(d->n, 2);
    dataset_close(d);
    d = open_well("\"a,b\",c,label\nAda,1,x\nBob,2,y\n", ":leave=@1");
    ck_assert_str_eq(d->feature_names[0], "c");
    dataset_close(d);
}
END_TEST

static const char fruits[] = "colour,weight,label\nred,10,0\n\"dark, green\",20,1\n red ,30,1\n"
                             "NA,40,0\nblue,?,0\nblue,50,\n";

START_TEST(words_are_inputs)
{
    char text[2048];
    struct dataset *d = open_well(fruits, ":words=colour,missing=mean+drop,standardize=1");
    ck_assert_int_eq(d->n, 5); /* the row without a label is left out */
    ck_assert_uint_eq(d->count, 4);
    ck_assert_str_eq(d->feature_names[0], "colour=blue");
    ck_assert_str_eq(d->feature_names[1], "colour=dark, green");
    ck_assert_str_eq(d->feature_names[2], "colour=red");
    ck_assert_str_eq(d->feature_names[3], "weight");
    static const float inputs[5][3] = {{0, 0, 1}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}, {1, 0, 0}};
    for (int i = 0; i < 5; i++)
        for (int k = 0; k < 3; k++) {
            ck_assert(dataset_x(d, i)[k] == inputs[i][k]);
            ck_assert(dataset_original(d, i, k) == inputs[i][k]);
        }
    ck_assert(near_to(dataset_original(d, 4, 3), 25.0f, 1e-4f)); /* the mean of 10, 20, 30, 40 */
    ck_assert_int_eq(d->n_columns, 2);
    ck_assert_int_eq(d->columns[0].words, 3);
    ck_assert_int_eq(d->columns[1].words, 0);
    ck_assert_int_eq(d->columns[1].first, 3);
    dataset_describe(d, text, sizeof text);
    ck_assert(strstr(text, "colour: 3 inputs (blue, dark, green, red)"));
    ck_assert(strstr(text, "1 rows with a missing answer left out"));
    ck_assert(strstr(text, "2 values replaced by their column's mean (words: by 0)"));
    dataset_close(d);
    d = open_well(fruits, ":words=colour,missing=drop");
    ck_assert_int_eq(d->n, 3);
    ck_assert_uint_eq(d->count, 4); /* blue stands in the file: its input stays */
    dataset_close(d);
}
END_TEST

START_TEST(words_that_cannot_be_inputs)
{
    static char many[600];
    struct err err = {0};
    int n = snprintf(many, sizeof many, "w,label\n");
    for (int i = 0; i < 21; i++)
        n += snprintf(many + n, sizeof many - (size_t)n, "word %d,0\n", i);
    ck_assert_ptr_null(open_as(many, ":words=w", &err));
    ck_assert(strstr(err.message, "21 different words in column \"w\", expected 1 to 20"));
    err = (struct err){0};
    ck_assert_ptr_null(open_as(fruits, ":words=hue", &err));
    ck_assert(strstr(err.message, "no column \"hue\""));
    err = (struct err){0};
    ck_assert_ptr_null(open_as(fruits, ":words=label", &err));
    ck_assert(strstr(err.message, "that is the answer, too"));
    err = (struct err){0};
    ck_assert_ptr_null(open_as(fruits, ":words=colour", &err));
    ck_assert(strstr(err.message, "no value (\"NA\") in column \"colour\""));
    err = (struct err){0};
    ck_assert_ptr_null(open_as(fruits, ":missing=drop", &err)); /* not unasked */
    ck_assert(strstr(err.message, "expected a number"));
}
END_TEST

START_TEST(targets_are_scaled_too)
{
    struct dataset *d = open_well("a,target\n1,1000\n3,3000\n", ":standardize=2");
    ck_assert(near_to(d->y[0], -1, 1e-6f) && near_to(d->y[1], 1, 1e-6f));
    ck_assert(near_to(d->target_mean[0], 2000, 1e-3f) && near_to(d->target_scale[0], 1000, 1e-3f));
    dataset_close(d);
}
END_TEST

Suite *test_csv(void)
{
    Suite *s = suite_create("csv");
    TCase *t = tcase_create("csv");
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, classes_by_number);
    tcase_add_test(t, classes_by_name);
    tcase_add_test(t, numbers_to_predict);
    tcase_add_test(t, forms_of_the_file);
    tcase_add_test(t, standardized);
    tcase_add_test(t, originals_come_back);
    tcase_add_test(t, rows_with_holes_are_left_out_when_asked);
    tcase_add_test(t, holes_get_the_mean_when_asked);
    tcase_add_test(t, semicolons_and_decimal_commas);
    tcase_add_test(t, order_and_parts);
    tcase_add_test(t, test_rows_do_not_leak_into_the_scale);
    tcase_add_loop_test(t, bad_tables_are_named, 0, (int)(sizeof bad / sizeof *bad));
    tcase_add_test(t, zero_bytes_and_missing_file);
    tcase_add_test(t, found_beside_the_network);
    tcase_add_test(t, columns_can_be_left_out);
    tcase_add_test(t, targets_are_scaled_too);
    tcase_add_test(t, words_are_inputs);
    tcase_add_test(t, words_that_cannot_be_inputs);
    suite_add_tcase(s, t);
    return s;
}
