/* The cells of a CSV file (RFC 4180: quoted cells may hold commas, line ends and "" for a quote).
 * Spreadsheets of countries that write 1,5 part the cells by semicolons: so does this reader when
 * the first line has more semicolons than commas outside its quotes.
 * Private to src/data. */
#ifndef GLASSNET_SRC_DATA_CSV_TABLE_H
#define GLASSNET_SRC_DATA_CSV_TABLE_H

#include "glassnet/base/err.h"

struct csv_table {
    const char *path; /* the caller's */
    char separator;   /* , or ; */
    char *bytes;      /* the file; the cells' texts are cut out of it in place */
    int rows;         /* without the header */
    int columns;
    char **header; /* [columns] */
    char **cell;   /* [rows][columns] */
    int *line;     /* [rows], where each row begins */
};

/* Reads and checks: UTF-8, a header with different names, as many cells in each row. */
bool csv_table_read(struct csv_table *t, const char *path, struct err *err);
void csv_table_free(struct csv_table *t);
/* Takes blanks off both ends of a column's cells. */
void csv_trim_column(struct csv_table *t, int column);
const char *csv_cell(const struct csv_table *t, int row, int column);

#endif
