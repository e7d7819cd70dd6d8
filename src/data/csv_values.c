/* The values of a table: missing ones, numbers, and columns brought to one scale. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/csv_reader.h"

bool csv_is_missing(struct text cell)
{
    static const char *const words[] = {"", "NA", "N/A", "NaN", "nan", "?"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_is(cell, words[i]))
            return true;
    return false;
}

/* Is the cell missing? A label that is among the classes asked for is one, whatever it says. */
static bool lacks(const struct csv_reader *r, int row, int column)
{
    struct text cell = text_trim(text_of(csv_cell(r->t, row, column)));
    struct text rest = text_of(r->classes ? r->classes : ""), name;
    if (!csv_is_missing(cell))
        return false;
    for (bool more = r->use[column] == USE_LABEL && cell.n > 0 && rest.n > 0; more;) {
        more = text_split(rest, '+', &name, &rest);
        if (name.n == cell.n && memcmp(name.p, cell.p, name.n) == 0)
            return false;
    }
    return true;
}

static bool read_rule(struct csv_reader *r, struct err *err)
{
    const char *text = spec_value(r->s, "missing");
    r->missing = MISSING_ERROR;
    if (!text)
        return true;
    r->missing = strcmp(text, "drop") == 0        ? MISSING_DROP
                 : strcmp(text, "mean") == 0      ? MISSING_MEAN
                 : strcmp(text, "mean+drop") == 0 ? MISSING_BOTH
                                                  : MISSING_ERROR;
    return r->missing != MISSING_ERROR ||
           err_set(err, ERR_USAGE, NULL, 0,
                   "missing=%s in \"%s\": expected missing=drop (leave such rows out), "
                   "missing=mean (put the column's mean there) or missing=mean+drop (the mean, but "
                   "leave rows without an answer out)",
                   text, r->s->text);
}

static bool is_read(const struct csv_reader *r, int column)
{
    return r->use[column] == USE_FEATURE || r->use[column] == USE_WORDS;
}

/* What becomes of a cell that is missing. */
static enum missing_rule rule_for(const struct csv_reader *r, int column)
{
    if (r->missing == MISSING_BOTH)
        return is_read(r, column) ? MISSING_MEAN : MISSING_DROP;
    if (r->missing == MISSING_MEAN && !is_read(r, column))
        return MISSING_ERROR;
    return r->missing;
}

static bool say_missing(const struct csv_reader *r, int row, int column, struct err *err)
{
    const char *cell = csv_cell(r->t, row, column);
    bool empty = text_trim(text_of(cell)).n == 0;
    return err_set(err, ERR_INPUT, r->t->path, r->t->line[row],
                   "has no value%s%s%s in column \"%s\"; missing=drop leaves such rows out%s",
                   empty ? "" : " (\"", empty ? "" : cell, empty ? "" : "\")", r->t->header[column],
                   is_read(r, column) ? ", missing=mean puts the column's mean there" : "");
}

static void keep_row(struct csv_table *t, int row, int to)
{
    size_t columns = (size_t)t->columns;
    memmove(t->cell + (size_t)to * columns, t->cell + (size_t)row * columns,
            columns * sizeof *t->cell);
    t->line[to] = t->line[row];
}

bool csv_check_missing(struct csv_reader *r, struct err *err)
{
    struct csv_table *t = r->t;
    int kept = 0, rows = t->rows;
    if (!read_rule(r, err))
        return false;
    for (int i = 0; i < rows; i++) {
        bool drop = false;
        int filled = 0;
        for (int c = 0; c < t->columns; c++) {
            if (r->use[c] == USE_NOTHING || !lacks(r, i, c))
                continue;
            enum missing_rule rule = rule_for(r, c);
            if (rule == MISSING_ERROR)
                return say_missing(r, i, c, err);
            drop = drop || rule == MISSING_DROP;
            filled += rule == MISSING_MEAN;
        }
        r->n_dropped += drop;
        r->n_filled += drop ? 0 : filled;
        if (!drop)
            keep_row(t, i, kept++);
    }
    t->rows = kept;
    return kept > 0 || err_set(err, ERR_INPUT, t->path, 0,
                               "has a missing value in each row, so that missing=%s leaves none",
                               spec_value(r->s, "missing"));
}

/* A decimal comma is read as a point where cells are parted by semicolons. */
bool csv_to_number(const struct csv_table *t, struct text cell, double *value)
{
    char copy[64];
    char *comma;
    if (t->separator != ';' || cell.n >= sizeof copy)
        return text_to_double(cell, value);
    text_copy(cell, copy, sizeof copy);
    comma = strchr(copy, ',');
    if (comma && !strchr(copy, '.'))
        *comma = '.';
    return text_to_double(text_of(copy), value);
}

static bool read_number(const struct csv_table *t, int row, int column, float *value,
                        struct err *err)
{
    struct text cell = text_trim(text_of(csv_cell(t, row, column)));
    double read;
    if (!csv_to_number(t, cell, &read))
        return err_set(err, ERR_INPUT, t->path, t->line[row],
                       "has \"%.*s\" in column \"%s\", expected a number such as 1%s5",
                       (int)(cell.n < 60 ? cell.n : 60), cell.p, t->header[column],
                       t->separator == ';' ? "," : ".");
    *value = (float)read;
    if (!isfinite(*value))
        return err_set(err, ERR_INPUT, t->path, t->line[row],
                       "has \"%.*s\" in column \"%s\", expected a finite number of 32 bits",
                       (int)(cell.n < 60 ? cell.n : 60), cell.p, t->header[column]);
    return true;
}

/* 1 at the word's input; a missing word leaves all at 0. */
static void read_word(const struct csv_reader *r, int row, int column, float *to)
{
    int k = csv_find_word(&r->words[column], csv_cell(r->t, row, column));
    if (k >= 0)
        to[k] = 1.0f;
}

bool csv_read_numbers(const struct csv_reader *r, struct dataset *d, struct err *err)
{
    for (int i = 0; i < r->t->rows; i++) {
        int feature = 0, target = 0;
        for (int c = 0; c < r->t->columns; c++) {
            float *to = NULL;
            if (r->use[c] == USE_WORDS) {
                read_word(r, i, c, d->x + (size_t)i * d->count + feature);
                feature += r->words[c].n;
            }
            if (r->use[c] == USE_FEATURE)
                to = d->x + (size_t)i * d->count + feature++;
            else if (r->use[c] == USE_TARGET)
                to = d->y + (size_t)i * (size_t)d->y_count + target++;
            if (to && r->use[c] == USE_FEATURE && lacks(r, i, c))
                *to = NAN;
            else if (to && !read_number(r->t, i, c, to, err))
                return false;
        }
    }
    return true;
}

/* Mean of the numbers there are in a column's training rows; NaN when there are none. */
static double column_mean(const float *values, int n, size_t columns, size_t column,
                          const bool *test)
{
    double sum = 0.0;
    int counted = 0;
    for (int i = 0; i < n; i++) {
        float x = values[(size_t)i * columns + column];
        if ((test && test[i]) || isnan(x))
            continue;
        sum += (double)x;
        counted++;
    }
    return counted ? sum / counted : (double)NAN;
}

static bool fill_missing(const struct csv_reader *r, struct dataset *d, const bool *test,
                         struct err *err)
{
    for (size_t c = 0; c < d->count; c++) {
        double mean = column_mean(d->x, d->n, d->count, c, test);
        if (isnan(mean))
            return err_set(err, ERR_INPUT, r->t->path, 0,
                           "has no value at all in column \"%s\", so there is no mean to put there",
                           d->feature_names[c]);
        for (int i = 0; i < d->n; i++) {
            float *x = &d->x[(size_t)i * d->count + c];
            *x = isnan(*x) ? (float)mean : *x;
        }
    }
    return true;
}

/* Mean 0 and standard deviation 1 for each column of values [n][columns] that is not `kept`; one
 * that never changes is only shifted. kept: [columns], NULL for none; means, scales [columns]. */
static void standardize(float *values, int n, size_t columns, const bool *test, const bool *kept,
                        float *means, float *scales)
{
    for (size_t c = 0; c < columns; c++) {
        double mean = column_mean(values, n, columns, c, test), squares = 0.0;
        int counted = 0;
        if (kept && kept[c]) {
            means[c] = 0.0f;
            scales[c] = 1.0f;
            continue;
        }
        mean = isnan(mean) ? 0.0 : mean;
        for (int i = 0; i < n; i++) {
            double off = (double)values[(size_t)i * columns + c] - mean;
            bool counts = !(test && test[i]);
            squares += counts ? off * off : 0.0;
            counted += counts;
        }
        double scale = counted ? sqrt(squares / counted) : 1.0;
        scale = scale > 0.0 ? scale : 1.0;
        for (int i = 0; i < n; i++) {
            float *x = &values[(size_t)i * columns + c];
            *x = (float)(((double)*x - mean) / scale);
        }
        means[c] = (float)mean;
        scales[c] = (float)scale;
    }
}

static void standardize_features(struct dataset *d, const bool *test)
{
    d->feature_mean = arena_alloc(&d->arena, d->count * sizeof *d->feature_mean);
    d->feature_scale = arena_alloc(&d->arena, d->count * sizeof *d->feature_scale);
    bool *words = mem_zalloc(d->count, sizeof *words);
    for (int c = 0; c < d->n_columns; c++)
        for (int k = 0; k < d->columns[c].words; k++)
            words[d->columns[c].first + k] = true;
    standardize(d->x, d->n, d->count, test, words, d->feature_mean, d->feature_scale);
    free(words);
}

static void standardize_targets(struct dataset *d, const bool *test)
{
    size_t n = (size_t)d->n_targets;
    if (n == 0)
        return;
    d->target_mean = arena_alloc(&d->arena, n * sizeof *d->target_mean);
    d->target_scale = arena_alloc(&d->arena, n * sizeof *d->target_scale);
    standardize(d->y, d->n, n, test, NULL, d->target_mean, d->target_scale);
}

static bool has_words(const struct dataset *d)
{
    bool any = false;
    for (int c = 0; c < d->n_columns; c++)
        any = any || d->columns[c].words > 0;
    return any;
}

bool csv_finish_features(const struct csv_reader *r, struct dataset *d, struct err *err)
{
    long wanted = 0;
    double share;
    if (!spec_long(r->s, "standardize", 0, 2, &wanted, err) || !set_test_share(r->s, &share, err))
        return false;
    bool *test = r->s->part_given || r->splits ? set_choose_test(d, share) : NULL;
    bool fills = r->missing == MISSING_MEAN || r->missing == MISSING_BOTH;
    bool ok = !fills || fill_missing(r, d, test, err);
    if (ok && wanted)
        standardize_features(d, test);
    if (ok && wanted == 2)
        standardize_targets(d, test);
    free(test);
    if (r->missing == MISSING_DROP || r->missing == MISSING_BOTH)
        d->notes = arena_printf(&d->arena, "%smissing   %d rows with a missing %s left out\n",
                                d->notes, r->n_dropped, fills ? "answer" : "value");
    if (fills)
        d->notes =
            arena_printf(&d->arena, "%smissing   %d values replaced by their column's mean%s\n",
                         d->notes, r->n_filled, has_words(d) ? " (words: by 0)" : "");
    return ok;
}
