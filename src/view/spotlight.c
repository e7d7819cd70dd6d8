/* The presenter's spotlight, for every view of the canvas. */
#include <math.h>

#include "glassnet/view/view.h"

enum { BANDS = 64, MARGIN = 8 };

/* The first lit place at or right of x in the row: from *begin to *end; false when none is. */
static bool next_lit(const struct rect *lit, int n, struct rect row, float x, float *begin,
                     float *end)
{
    bool found = false;
    for (int k = 0; k < n; k++) {
        struct rect r = rect_snap(rect_inset(lit[k], -MARGIN));
        if (r.y >= row.y + row.h || r.y + r.h <= row.y || r.x + r.w <= x || r.x >= row.x + row.w)
            continue;
        if (found && r.x >= *begin)
            continue;
        found = true;
        *begin = fmaxf(r.x, x);
        *end = r.x + r.w;
    }
    return found;
}

/* In bands from top to bottom: what is lit is left out of each. */
void view_dim(const struct view *v, struct rect canvas, const struct rect *lit, int n)
{
    struct colour dim = v->ui->theme->dim;
    float band = canvas.h / BANDS, right = canvas.x + canvas.w;
    if (!v->spotlight || n == 0)
        return;
    for (int i = 0; i < BANDS; i++) {
        struct rect row = {canvas.x, floorf(canvas.y + band * (float)i), canvas.w, 0};
        row.h = floorf(canvas.y + band * (float)(i + 1)) - row.y;
        float x = row.x, begin = x, end = right;
        while (x < right && next_lit(lit, n, row, x, &begin, &end)) {
            if (begin > x)
                draw_rect(v->ui->draw, (struct rect){x, row.y, begin - x, row.h}, dim);
            x = end;
        }
        if (x < right)
            draw_rect(v->ui->draw, (struct rect){x, row.y, right - x, row.h}, dim);
    }
}
