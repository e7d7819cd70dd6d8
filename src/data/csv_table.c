#include "data/csv_table.h"

#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"

static const size_t most_bytes = (size_t)1 << 30;

struct scanner {
    const char *path;
    char separator;
    char *at;
    char *end;
    int line;
    char **cells; /* all found so far */
    int n_cells, room;
};

/* Takes a quoted cell off, its text moved together in place. */
static bool take_quoted(struct scanner *s, struct err *err)
{
    int began = s->line;
    char *to = s->at;
    char *from = s->at + 1;
    s->cells[s->n_cells++] = to;
    for (;;) {
        if (from == s->end)
            return err_set(err, ERR_INPUT, s->path, began,
                           "has a quoted cell that never ends: a \" is missing");
        if (*from == '"' && from + 1 < s->end && from[1] == '"')
            from++;
        else if (*from == '"')
            break;
        s->line += *from == '\n';
        *to++ = *from++;
    }
    s->at = from + 1;
    if (s->at < s->end && *s->at != s->separator && *s->at != '\n' && *s->at != '\r')
        return err_set(
            err, ERR_INPUT, s->path, s->line,
            s->separator == ';'
                ? N_("has \"%c\" behind a closing quote, expected a semicolon or the line's end")
                : N_("has \"%c\" behind a closing quote, expected a comma or the line's end"),
            *s->at);
    *to = 0;
    return true;
}

static void take_plain(struct scanner *s)
{
    s->cells[s->n_cells++] = s->at;
    while (s->at < s->end && *s->at != s->separator && *s->at != '\n' && *s->at != '\r')
        s->at++;
}

/* Takes a line's cells off; their number goes to *n (0 at the end, 1 for an empty line). */
static bool take_line(struct scanner *s, int *n, struct err *err)
{
    *n = 0;
    while (s->at < s->end) {
        s->cells = mem_grow(s->cells, &s->room, s->n_cells + 1, sizeof *s->cells);
        if (*s->at == '"') {
            if (!take_quoted(s, err))
                return false;
        } else {
            take_plain(s);
        }
        ++*n;
        char stop = s->at < s->end ? *s->at : '\n';
        if (s->at < s->end)
            *s->at++ = 0;
        if (stop == '\r' && s->at < s->end && *s->at == '\n')
            s->at++;
        if (stop != s->separator) {
            s->line++;
            return true;
        }
        if (s->at == s->end) { /* the file ends behind a separator: one more, empty cell */
            s->cells = mem_grow(s->cells, &s->room, s->n_cells + 1, sizeof *s->cells);
            s->cells[s->n_cells++] = s->end;
            ++*n;
            return true;
        }
    }
    return true;
}

/* Counts in the first line, outside quotes. */
static char find_separator(const char *at, const char *end)
{
    int commas = 0, semicolons = 0;
    bool quoted = false;
    for (; at < end && (quoted || (*at != '\n' && *at != '\r')); at++) {
        quoted = quoted != (*at == '"');
        commas += !quoted && *at == ',';
        semicolons += !quoted && *at == ';';
    }
    return semicolons > commas ? ';' : ',';
}

static bool check_header(struct csv_table *t, struct err *err)
{
    for (int c = 0; c < t->columns; c++) {
        struct text name = text_trim(text_of(t->header[c]));
        t->header[c] = memmove(t->header[c], name.p, name.n);
        t->header[c][name.n] = 0;
        if (name.n == 0)
            return err_set(err, ERR_INPUT, t->path, 1,
                           "has no name for column %d; the first line names the columns", c + 1);
        for (int before = 0; before < c; before++)
            if (strcmp(t->header[before], t->header[c]) == 0)
                return err_set(err, ERR_INPUT, t->path, 1, "has two columns called \"%s\"",
                               t->header[c]);
    }
    return true;
}

/* Rows until the end; empty lines are allowed at the end only. */
static bool read_rows(struct csv_table *t, struct scanner *s, struct err *err)
{
    int room = 0, empty_line = 0;
    for (;;) {
        int line = s->line, first = s->n_cells, n;
        if (!take_line(s, &n, err))
            return false;
        if (n == 0)
            return true;
        if (n == 1 && s->cells[first][strspn(s->cells[first], " \t")] == 0 && t->columns > 1) {
            empty_line = empty_line ? empty_line : line;
            s->n_cells = first;
            continue;
        }
        if (empty_line)
            return err_set(err, ERR_INPUT, t->path, empty_line,
                           "is an empty line with rows behind it");
        if (n != t->columns)
            return err_set(err, ERR_INPUT, t->path, line,
                           "has %d cells, but the header names %d columns", n, t->columns);
        t->line = mem_grow(t->line, &room, t->rows + 1, sizeof *t->line);
        t->line[t->rows++] = line;
    }
}

static bool scan(struct csv_table *t, struct scanner *s, struct err *err)
{
    int n;
    if (!take_line(s, &n, err))
        return false;
    if (n == 0 || (n == 1 && s->cells[0][0] == 0))
        return err_set(err, ERR_INPUT, t->path, 1,
                       "is empty; the first line must name the columns");
    t->columns = n;
    t->header = s->cells;
    if (!check_header(t, err))
        return false;
    if (!read_rows(t, s, err))
        return false;
    if (t->rows == 0)
        return err_set(err, ERR_INPUT, t->path, 0, "has a header but no rows");
    return true;
}

bool csv_table_read(struct csv_table *t, const char *path, struct err *err)
{
    size_t size;
    memset(t, 0, sizeof *t);
    t->path = path;
    t->bytes = file_read(path, most_bytes, &size, err);
    if (!t->bytes)
        return false;
    bool ok = true;
    if (memchr(t->bytes, 0, size))
        ok = err_set(err, ERR_INPUT, path, 0, "holds zero bytes and is no text file");
    else if (!text_is_utf8(t->bytes, size))
        ok = err_set(err, ERR_INPUT, path, 0,
                     "is not UTF-8 text; save it as UTF-8 (\"CSV UTF-8\" in a spreadsheet)");
    size_t mark = text_starts((struct text){t->bytes, size}, "\xEF\xBB\xBF") ? 3 : 0;
    char *start = t->bytes + mark, *end = t->bytes + size;
    t->separator = find_separator(start, end);
    struct scanner s = {path, t->separator, start, end, 1, NULL, 0, 0};
    ok = ok && scan(t, &s, err);
    t->header = s.cells;
    t->cell = s.cells ? s.cells + t->columns : NULL;
    if (!ok)
        csv_table_free(t);
    return ok;
}

void csv_table_free(struct csv_table *t)
{
    free(t->header);
    free(t->line);
    free(t->bytes);
    memset(t, 0, sizeof *t);
}

void csv_trim_column(struct csv_table *t, int column)
{
    for (int i = 0; i < t->rows; i++) {
        char *cell = t->cell[(size_t)i * (size_t)t->columns + (size_t)column];
        struct text kept = text_trim(text_of(cell));
        memmove(cell, kept.p, kept.n);
        cell[kept.n] = 0;
    }
}

const char *csv_cell(const struct csv_table *t, int row, int column)
{
    return t->cell[(size_t)row * (size_t)t->columns + (size_t)column];
}
