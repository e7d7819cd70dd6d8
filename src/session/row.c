/* A typed row of the table the network learnt from, as the sample shown: numbers, and words in the
 * columns that hold words. */
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "session/state.h"

enum { CELL = 128 };

/* Takes a cell off the row; between quotes it may hold commas. False at the end. */
static bool take_cell(struct text *rest, bool *more, char *cell)
{
    size_t n = 0, i = 1;
    if (!*more)
        return false;
    *rest = text_trim(*rest);
    if (rest->n == 0 || rest->p[0] != '"') {
        struct text piece;
        *more = text_split(*rest, ',', &piece, rest);
        text_copy(text_trim(piece), cell, CELL);
        return true;
    }
    for (; i < rest->n && (rest->p[i] != '"' || (i + 1 < rest->n && rest->p[i + 1] == '"')); i++) {
        i += rest->p[i] == '"';
        if (n < CELL - 1)
            cell[n++] = rest->p[i];
    }
    cell[n] = 0;
    struct text kept = text_trim(text_of(cell)), behind;
    memmove(cell, kept.p, kept.n);
    cell[kept.n] = 0;
    *more = text_split(*rest = (struct text){rest->p + i, rest->n - i}, ',', &behind, rest);
    return true;
}

static bool read_number(const char *cell, const struct dataset *data, size_t i, float *x,
                        struct err *err)
{
    double value;
    if (!text_to_value(text_of(cell), &value))
        return err_set(err, ERR_USAGE, NULL, 0, "\"%.60s\" was expected to be a number", cell);
    if (data && data->feature_scale)
        value = (value - (double)data->feature_mean[i]) / (double)data->feature_scale[i];
    *x = (float)value;
    return true;
}

/* "blue, green, red" */
static const char *list_words(const struct dataset_column *c, char *out, size_t size)
{
    size_t used = 0;
    out[0] = 0;
    for (int k = 0; k < c->words && used < size - 1; k++) {
        int n = snprintf(out + used, size - used, "%s%s", k ? ", " : "", c->word[k]);
        used += n > 0 ? (size_t)n : 0;
    }
    return out;
}

/* x: the inputs of the column. */
static bool read_word(const char *cell, const struct dataset_column *c, float *x, struct err *err)
{
    char list[400];
    bool found = false;
    for (int k = 0; k < c->words; k++) {
        bool here = strcmp(cell, c->word[k]) == 0;
        x[k] = here ? 1.0f : 0.0f;
        found = found || here;
    }
    return found || err_set(err, ERR_USAGE, NULL, 0,
                            "\"%.60s\" never stood in the column \"%.60s\", so the network has no "
                            "input for it; expected one of %s",
                            cell, c->name, list_words(c, list, sizeof list));
}

static bool read_row(struct text rest, const struct dataset *data, size_t count, float *x,
                     struct err *err)
{
    char cell[CELL];
    bool by_columns = data && data->n_columns > 0 && data->count == count;
    const struct dataset *scale = data && data->count == count ? data : NULL;
    size_t n = 0, expected = by_columns ? (size_t)data->n_columns : count;
    for (bool more = text_trim(rest).n > 0; take_cell(&rest, &more, cell); n++) {
        if (n >= expected)
            continue; /* only counted */
        const struct dataset_column *c = by_columns ? &data->columns[n] : NULL;
        size_t at = c ? (size_t)c->first : n;
        if (c && c->words ? !read_word(cell, c, x + at, err)
                          : !read_number(cell, scale, at, x + at, err))
            return false;
    }
    if (n == expected)
        return true;
    if (by_columns && expected != count)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "%zu values were given, but the network reads %zu columns", n, expected);
    return err_set(err, ERR_USAGE, NULL, 0, "%zu numbers were given, but the network reads %zu", n,
                   count);
}

bool command_row(struct session *s, struct text rest, struct err *err)
{
    const struct shape *in = &s->net->layers[0].out;
    struct batch batch;
    if (in->rank == 3)
        return err_set(err, ERR_STATE, NULL, 0, "this network reads pictures, not rows of numbers");
    size_t count = shape_count(in);
    if (!batch_init(&batch, 1, count, s->data ? s->data->y_count : 1, err))
        return false;
    if (!read_row(rest, s->data, count, batch.x, err) || !drawing_show(s, &batch, err)) {
        batch_deinit(&batch);
        return false;
    }
    snprintf(s->picture, sizeof s->picture, _("your row"));
    return true;
}
