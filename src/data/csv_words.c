/* Columns of words: each different word is an input, 1 in the rows where it stands and 0 elsewhere.
 */
#include <stdlib.h>
#include <string.h>

#include "data/csv_reader.h"

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct csv_words csv_words_of(struct csv_table *t, int column)
{
    struct csv_words w = {mem_zalloc((size_t)t->rows + 1, sizeof *w.word), 0};
    int n = 0;
    csv_trim_column(t, column);
    for (int i = 0; i < t->rows; i++)
        if (!csv_is_missing(text_of(csv_cell(t, i, column))))
            w.word[n++] = csv_cell(t, i, column);
    qsort(w.word, (size_t)n, sizeof *w.word, compare);
    for (int i = 0; i < n; i++)
        if (w.n == 0 || strcmp(w.word[w.n - 1], w.word[i]) != 0)
            w.word[w.n++] = w.word[i];
    return w;
}

int csv_find_word(const struct csv_words *w, const char *word)
{
    for (int k = 0; k < w->n; k++)
        if (strcmp(w->word[k], word) == 0)
            return k;
    return -1;
}

bool csv_collect_words(struct csv_reader *r, struct err *err)
{
    r->words = mem_zalloc((size_t)r->t->columns, sizeof *r->words);
    for (int c = 0; c < r->t->columns; c++) {
        if (r->use[c] != USE_WORDS)
            continue;
        r->words[c] = csv_words_of(r->t, c);
        int n = r->words[c].n;
        if (n < 1 || n > DATASET_WORDS_MOST)
            return err_set(err, ERR_INPUT, r->t->path, 0,
                           "has %d different words in column \"%s\", expected 1 to %d: each "
                           "becomes an input; leave=%s leaves the column out",
                           n, r->t->header[c], DATASET_WORDS_MOST, r->t->header[c]);
        r->n_features += n;
    }
    return true;
}

void csv_free_words(struct csv_reader *r)
{
    for (int c = 0; r->words && c < r->t->columns; c++)
        free(r->words[c].word);
    free(r->words);
}

static void note_words(struct dataset *d, const struct dataset_column *c)
{
    d->notes = arena_printf(&d->arena, "%swords     %s: %d inputs (", d->notes, c->name, c->words);
    for (int k = 0; k < c->words; k++)
        d->notes = arena_printf(&d->arena, "%s%s%s", d->notes, k ? ", " : "", c->word[k]);
    d->notes = arena_printf(&d->arena, "%s), 1 where the word stands, else 0\n", d->notes);
}

void csv_name_inputs(const struct csv_reader *r, struct dataset *d)
{
    int feature = 0;
    d->feature_names = set_names(d, r->n_features);
    d->columns = arena_alloc(&d->arena, (size_t)r->t->columns * sizeof *d->columns);
    for (int c = 0; c < r->t->columns; c++) {
        const struct csv_words *w = &r->words[c];
        if (r->use[c] != USE_FEATURE && r->use[c] != USE_WORDS)
            continue;
        struct dataset_column *to = &d->columns[d->n_columns++];
        *to = (struct dataset_column){.first = feature, .words = w->n};
        to->name = arena_strdup(&d->arena, r->t->header[c]);
        if (r->use[c] == USE_FEATURE) {
            d->feature_names[feature++] = to->name;
            continue;
        }
        to->word = set_names(d, w->n);
        for (int k = 0; k < w->n; k++) {
            to->word[k] = arena_strdup(&d->arena, w->word[k]);
            d->feature_names[feature++] = arena_printf(&d->arena, "%s=%s", to->name, to->word[k]);
        }
        note_words(d, to);
    }
}
