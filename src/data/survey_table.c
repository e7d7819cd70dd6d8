/* Looking through a table, and what both kinds of survey share. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/csv_reader.h"
#include "data/survey.h"
#include "glassnet/base/translate.h"

enum { CLASSES_MOST = 12, EXAMPLES = 3, LEAST_ROWS = 8 };

struct survey *survey_create(bool table)
{
    struct survey *s = mem_zalloc(1, sizeof *s);
    arena_init(&s->arena);
    s->table = table;
    s->target = -1;
    s->problem = "";
    return s;
}

void survey_destroy(struct survey *s)
{
    if (!s)
        return;
    arena_deinit(&s->arena);
    free(s);
}

void survey_note(struct survey *s, const char *format, ...)
{
    char text[700];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, translate(format), args);
    va_end(args);
    if (s->odd < SURVEY_ODD)
        s->oddity[s->odd++] = arena_strdup(&s->arena, text);
    else
        s->oddity[SURVEY_ODD - 1] = _("… and more of the kind.");
}

bool survey_stopped(const struct survey_progress *p, struct err *err)
{
    return atomic_load(&p->stop) && !err_set(err, ERR_STATE, NULL, 0, "it was stopped");
}

/* The column's first few different values, or of those that are no numbers. */
static const char *examples_of(struct survey *s, const struct csv_table *t, int column,
                               bool strange)
{
    char text[200] = "";
    const char *seen[EXAMPLES];
    int n = 0;
    double value;
    for (int i = 0; i < t->rows && n < EXAMPLES; i++) {
        const char *cell = csv_cell(t, i, column);
        size_t used = strlen(text);
        bool passes =
            csv_is_missing(text_of(cell)) || (strange && csv_to_number(t, text_of(cell), &value));
        for (int k = 0; k < n; k++)
            passes = passes || strcmp(seen[k], cell) == 0;
        if (passes)
            continue;
        snprintf(text + used, sizeof text - used, "%s%.24s", n ? ", " : "", cell);
        seen[n++] = cell;
    }
    return arena_strdup(&s->arena, text);
}

static void look_at_column(struct survey *s, struct csv_table *t, int c)
{
    struct csv_words words = csv_words_of(t, c);
    struct survey_column *column = &s->column[c];
    int numbers = 0;
    bool counts = true;
    double sum = 0, value, first = 0;
    column->name = arena_strdup(&s->arena, t->header[c]);
    column->whole = true;
    for (int i = 0; i < t->rows; i++) {
        struct text cell = text_trim(text_of(csv_cell(t, i, c)));
        if (csv_is_missing(cell)) {
            column->missing++;
            continue;
        }
        if (!csv_to_number(t, cell, &value) || !isfinite(value))
            continue;
        column->least = numbers == 0 || value < column->least ? value : column->least;
        column->most = numbers == 0 || value > column->most ? value : column->most;
        column->whole = column->whole && value == floor(value);
        first = numbers == 0 ? value : first;
        counts = counts && value == first + i;
        sum += value;
        numbers++;
    }
    column->mean = numbers ? sum / numbers : 0;
    column->numbers = numbers;
    column->different = words.n;
    free(words.word);
    column->examples = examples_of(s, t, c, false);
    column->strange = examples_of(s, t, c, true);
    column->kind = column->different == 0                        ? SURVEY_EMPTY
                   : column->different == 1                      ? SURVEY_CONSTANT
                   : numbers < t->rows - column->missing         ? SURVEY_WORDS
                   : counts && numbers == t->rows && numbers > 2 ? SURVEY_COUNTER
                                                                 : SURVEY_NUMBER;
}

/* The column called label or target, or the last that can be an answer. */
static int choose_target(const struct survey *s)
{
    static const char *const names[] = {"label", "target", "class", "species", "y"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        for (int c = 0; c < s->columns; c++)
            if (strcmp(s->column[c].name, names[k]) == 0)
                return c;
    for (int c = s->columns - 1; c >= 0; c--)
        if (s->column[c].kind == SURVEY_NUMBER ||
            (s->column[c].kind == SURVEY_WORDS && 2 * s->column[c].different <= s->n))
            return c;
    return -1;
}

bool survey_is_faulty(const struct survey *s, int column)
{
    const struct survey_column *k = &s->column[column];
    return k->kind == SURVEY_WORDS && 2 * k->numbers > s->n - k->missing;
}

/* Words that come once tell nothing about another row. */
static bool is_rare(const struct survey_column *k, int rows)
{
    return 2 * k->different > rows - k->missing;
}

int survey_column_inputs(const struct survey *s, int column)
{
    const struct survey_column *k = &s->column[column];
    if (column == s->target || 2 * k->missing > s->n)
        return 0;
    if (k->kind == SURVEY_NUMBER)
        return 1;
    bool words = k->kind == SURVEY_WORDS && k->different <= DATASET_WORDS_MOST;
    return words && !survey_is_faulty(s, column) && !is_rare(k, s->n) ? k->different : 0;
}

static void note_words(struct survey *s, const struct survey_column *k)
{
    if (survey_is_faulty(s, (int)(k - s->column)))
        survey_note(
            s,
            translate_count("\"%s\" holds numbers, but also %d cell that is none (%s): left "
                            "out. Mend it in the file to use the column.",
                            "\"%s\" holds numbers, but also %d cells that are none (%s): "
                            "left out. Mend them in the file to use the column.",
                            s->n - k->missing - k->numbers),
            k->name, s->n - k->missing - k->numbers, k->strange);
    else if (is_rare(k, s->n))
        survey_note(s, "\"%s\" holds words that hardly ever come twice (%s): left out.", k->name,
                    k->examples);
    else if (k->different > DATASET_WORDS_MOST)
        survey_note(s,
                    "\"%s\" holds %d different words (%s): left out, at most %d are taken, each as "
                    "an input.",
                    k->name, k->different, k->examples, DATASET_WORDS_MOST);
}

static void note_columns(struct survey *s)
{
    for (int c = 0; c < s->columns; c++) {
        const struct survey_column *k = &s->column[c];
        if (k->kind == SURVEY_CONSTANT)
            survey_note(s, "\"%s\" is %s in every row: it tells nothing and is left out.", k->name,
                        k->examples);
        else if (k->kind == SURVEY_EMPTY)
            survey_note(s, "\"%s\" is empty: left out.", k->name);
        else if (k->kind == SURVEY_COUNTER)
            survey_note(s, "\"%s\" only numbers the rows: left out.", k->name);
        if (k->missing > 0 && k->kind != SURVEY_EMPTY)
            survey_note(
                s,
                c == s->target
                    ? N_("\"%s\" has no value in %d of %d rows: those rows are left out.")
                : 2 * k->missing > s->n ? N_("\"%s\" has no value in %d of %d rows: left out, more "
                                             "than half is missing.")
                : k->kind == SURVEY_NUMBER
                    ? N_("\"%s\" has no value in %d of %d rows: the column's mean stands there.")
                : survey_column_inputs(s, c) > 0
                    ? N_("\"%s\" has no value in %d of %d rows: there the inputs of all its words "
                         "are 0.")
                    : N_("\"%s\" has no value in %d of %d rows."),
                k->name, k->missing, s->n);
        if (k->kind == SURVEY_WORDS && c != s->target)
            note_words(s, k);
    }
}

static int row_order(const void *a, const void *b, const struct csv_table *t)
{
    for (int c = 0; c < t->columns; c++) {
        int order = strcmp(csv_cell(t, *(const int *)a, c), csv_cell(t, *(const int *)b, c));
        if (order)
            return order;
    }
    return 0;
}

/* Neighbours in the order of the rows' texts; merge sort, as qsort knows no table. */
static void sort_rows(int *rows, int n, int *spare, const struct csv_table *t)
{
    if (n < 2)
        return;
    int half = n / 2, i = 0, j = half;
    sort_rows(rows, half, spare, t);
    sort_rows(rows + half, n - half, spare, t);
    for (int k = 0; k < n; k++) {
        bool left = j == n || (i < half && row_order(&rows[i], &rows[j], t) <= 0);
        spare[k] = left ? rows[i++] : rows[j++];
    }
    memcpy(rows, spare, (size_t)n * sizeof *rows);
}

static int count_copies(const struct csv_table *t)
{
    int *rows = mem_zalloc((size_t)t->rows + 1, sizeof *rows), copies = 0;
    int *spare = mem_zalloc((size_t)t->rows + 1, sizeof *spare);
    for (int i = 0; i < t->rows; i++)
        rows[i] = i;
    sort_rows(rows, t->rows, spare, t);
    for (int i = 1; i < t->rows; i++)
        copies += row_order(&rows[i - 1], &rows[i], t) == 0;
    free(rows);
    free(spare);
    return copies;
}

static const char *problem_of(struct survey *s)
{
    int features = 0;
    for (int c = 0; c < s->columns; c++)
        features += survey_column_inputs(s, c);
    if (s->n < LEAST_ROWS)
        return arena_printf(&s->arena,
                            translate_count("The table has %d row; at least %d are needed.",
                                            "The table has %d rows; at least %d are needed.", s->n),
                            s->n, LEAST_ROWS);
    if (s->target < 0)
        return _("No column can be the answer: one with a few different words, or with numbers, is "
                 "needed.");
    return features > 0
               ? ""
               : _("Besides the answer no column has numbers, or a few words that come again and "
                   "again, so there is nothing to learn from.");
}

void survey_set_target(struct survey *s, int column)
{
    s->target = column;
    s->odd = 0;
    note_columns(s);
    if (s->copies > 0)
        survey_note(s,
                    translate_count("%d row is there twice, number for number: kept.",
                                    "%d rows are there twice, number for number: kept.", s->copies),
                    s->copies);
    s->problem = problem_of(s);
}

struct survey *survey_table(const char *path, struct survey_progress *p, struct err *err)
{
    struct csv_table t;
    if (!csv_table_read(&t, path, err))
        return NULL;
    struct survey *s = survey_create(true);
    bool stopped = false;
    s->n = t.rows;
    s->columns = t.columns;
    s->column = arena_alloc(&s->arena, (size_t)t.columns * sizeof *s->column);
    atomic_store(&p->total, t.columns);
    for (int c = 0; c < t.columns && !stopped; c++) {
        stopped = survey_stopped(p, err);
        look_at_column(s, &t, c);
        atomic_store(&p->done, c + 1);
    }
    s->copies = count_copies(&t);
    survey_set_target(s, choose_target(s));
    csv_table_free(&t);
    if (!stopped)
        return s;
    survey_destroy(s);
    return NULL;
}
