/* Draw lists as a PDF of several pages: text stays text in the bundled fonts, shapes stay shapes.
 */
#ifndef GLASSNET_UI_PDF_H
#define GLASSNET_UI_PDF_H

#include "glassnet/base/err.h"
#include "glassnet/ui/draw.h"

struct pdf;

/* Begins a document whose pages are w x h points (1/72 inch), to be written to path. NULL and err
 * when fonts are missing. */
struct pdf *pdf_begin(const char *path, double w, double h, const char *title, struct err *err);

/* Draws what of the list lies in `region` so that it fills `at`, in points from the page's top
 * left; at's shape must be region's. */
void pdf_draw(struct pdf *pdf, const struct draw_list *d, struct rect region, struct rect at);

/* Ends the page. */
void pdf_next_page(struct pdf *pdf);

/* Writes the file, wholly or not at all, and frees pdf; also frees it when it fails. */
bool pdf_end(struct pdf *pdf, struct err *err);

#endif
