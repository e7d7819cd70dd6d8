/* What the readers of a table share: which column is what, and what to do about missing values.
 * Private to src/data. */
#ifndef GLASSNET_SRC_DATA_CSV_READER_H
#define GLASSNET_SRC_DATA_CSV_READER_H

#include "data/csv_table.h"
#include "data/set.h"

enum column_use { USE_FEATURE, USE_WORDS, USE_LABEL, USE_TARGET, USE_NOTHING };

enum missing_rule {
    MISSING_ERROR,
    MISSING_DROP,
    MISSING_MEAN,
    MISSING_BOTH /* the mean in features, rows without an answer left out */
};

/* The different words of a column, in the order of their bytes. */
struct csv_words {
    const char **word; /* [n] from malloc, each a cell of the table */
    int n;
};

struct csv_reader {
    const struct spec *s;
    struct csv_table *t;
    const char *classes;              /* names joined by +, or NULL */
    bool splits;                      /* a test part is held out unasked */
    enum column_use *use;             /* [t->columns] */
    struct csv_words *words;          /* [t->columns]; of USE_WORDS */
    int n_features, n_targets, label; /* n_features: inputs; label: its column or -1 */
    enum missing_rule missing;
    int n_dropped, n_filled; /* rows left out; values that the mean or no word stands for */
};

/* Reads missing= and looks for cells that say nothing (empty, NA, N/A, NaN, ?): an error naming
 * line and column; or their rows are taken out of the table; or features are left to be filled. */
bool csv_check_missing(struct csv_reader *r, struct err *err);

/* Collects the words of the columns that hold some, from all rows: csv_words.c. An error where they
 * are too many. They are counted in n_features. */
bool csv_collect_words(struct csv_reader *r, struct err *err);
void csv_free_words(struct csv_reader *r);
/* The word's place, or -1. */
int csv_find_word(const struct csv_words *w, const char *word);
/* The different words of a column, which is trimmed. */
struct csv_words csv_words_of(struct csv_table *t, int column);
/* Names the inputs and says which column each is of; notes the words. */
void csv_name_inputs(const struct csv_reader *r, struct dataset *d);

/* The numbers of features (NaN where one is to be filled) and targets. */
bool csv_read_numbers(const struct csv_reader *r, struct dataset *d, struct err *err);

/* Fills missing features with their column's mean and brings columns to mean 0 and deviation 1
 * when standardize=1, targets too when it is 2; all figures are those of the training rows where
 * there is a test part: it must not leak. Says in d->notes what was done. */
bool csv_finish_features(const struct csv_reader *r, struct dataset *d, struct err *err);

/* Does a cell say nothing? Its number, with a decimal comma where cells are parted by
 * semicolons. */
bool csv_is_missing(struct text cell);
bool csv_to_number(const struct csv_table *t, struct text cell, double *value);

#endif
