/* By cairo: its PDF surface embeds the parts of fonts that are used. */
#include "glassnet/ui/pdf.h"

#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"

enum { FALLBACK = FONT_FACES, FACES }; /* signs that a face lacks come from the fallback */

struct pdf {
    char path[1200];
    char *bytes;
    int size, capacity;
    cairo_surface_t *surface;
    cairo_t *cairo;
    FT_Library library;
    FT_Face files[FACES];
    cairo_font_face_t *faces[FACES];
};

static cairo_status_t keep(void *context, const unsigned char *bytes, unsigned n)
{
    struct pdf *pdf = context;
    if (n > 1u << 28 || pdf->size > 1 << 29)
        return CAIRO_STATUS_WRITE_ERROR;
    pdf->bytes = mem_grow(pdf->bytes, &pdf->capacity, pdf->size + (int)n, 1);
    memcpy(pdf->bytes + pdf->size, bytes, n);
    pdf->size += (int)n;
    return CAIRO_STATUS_SUCCESS;
}

static bool open_faces(struct pdf *pdf, struct err *err)
{
    static const char *const names[FACES] = {
        "fonts/Inter-Regular.otf", "fonts/Inter-SemiBold.otf", "fonts/JetBrainsMono-Regular.ttf",
        "fonts/JetBrainsMono-Bold.ttf", "fonts/DejaVuSans.ttf"};
    char path[1200];
    if (FT_Init_FreeType(&pdf->library))
        return err_set(err, ERR_IO, NULL, 0, "the library for fonts could not be started");
    for (int i = 0; i < FACES; i++) {
        if (!file_find_shared(path, sizeof path, names[i]) ||
            FT_New_Face(pdf->library, path, 0, &pdf->files[i]))
            return err_set(err, ERR_IO, names[i], 0, "the font is missing or damaged");
        pdf->faces[i] = cairo_ft_font_face_create_for_ft_face(pdf->files[i], 0);
    }
    return true;
}

static void destroy(struct pdf *pdf)
{
    if (pdf->cairo)
        cairo_destroy(pdf->cairo);
    if (pdf->surface)
        cairo_surface_destroy(pdf->surface);
    for (int i = 0; i < FACES; i++)
        if (pdf->faces[i])
            cairo_font_face_destroy(pdf->faces[i]);
    /* Cairo keeps what it scaled of the faces until its caches are emptied. */
    cairo_debug_reset_static_data();
    for (int i = 0; i < FACES; i++)
        if (pdf->files[i])
            FT_Done_Face(pdf->files[i]);
    if (pdf->library)
        FT_Done_FreeType(pdf->library);
    free(pdf->bytes);
    free(pdf);
}

struct pdf *pdf_begin(const char *path, double w, double h, const char *title, struct err *err)
{
    struct pdf *pdf = mem_zalloc(1, sizeof *pdf);
    text_copy(text_of(path), pdf->path, sizeof pdf->path);
    if (!open_faces(pdf, err)) {
        destroy(pdf);
        return NULL;
    }
    pdf->surface = cairo_pdf_surface_create_for_stream(keep, pdf, w, h);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATOR, "Glassnet");
    pdf->cairo = cairo_create(pdf->surface);
    return pdf;
}

static void paint(cairo_t *c, uint32_t argb)
{
    cairo_set_source_rgba(c, (argb >> 16 & 255) / 255.0, (argb >> 8 & 255) / 255.0,
                          (argb & 255) / 255.0, (argb >> 24) / 255.0);
}

static void box_path(cairo_t *c, double x, double y, double w, double h, double r)
{
    const double quarter = 1.5707963267948966;
    r = fmin(r, fmin(w, h) / 2);
    if (r <= 0) {
        cairo_rectangle(c, x, y, w, h);
        return;
    }
    cairo_new_sub_path(c);
    cairo_arc(c, x + w - r, y + r, r, -quarter, 0);
    cairo_arc(c, x + w - r, y + h - r, r, 0, quarter);
    cairo_arc(c, x + r, y + h - r, r, quarter, 2 * quarter);
    cairo_arc(c, x + r, y + r, r, 2 * quarter, 3 * quarter);
    cairo_close_path(c);
}

static void draw_box(cairo_t *c, const struct draw_cmd *cmd)
{
    bool framed = cmd->kind == DRAW_FRAME || cmd->kind == DRAW_ROUND_FRAME;
    double inset = framed ? (double)cmd->width / 2 : 0;
    box_path(c, (double)cmd->x + inset, (double)cmd->y + inset, fmax(0, (double)cmd->w - 2 * inset),
             fmax(0, (double)cmd->h - 2 * inset), fmax(0, (double)cmd->size - inset));
    if (framed) {
        cairo_set_line_width(c, (double)cmd->width);
        cairo_set_dash(c, NULL, 0, 0);
        cairo_stroke(c);
    } else {
        cairo_fill(c);
    }
}

/* How many bytes from p are of one face, or of the fallback. */
static int same_face(struct fonts *fonts, enum font_face face, const char *p, bool *own)
{
    const char *at = p;
    while (*at) {
        const char *next = at;
        bool has = font_has(fonts, face, text_decode(&next));
        if (at > p && has != *own)
            break;
        *own = has;
        at = next;
    }
    return (int)(at - p);
}

static void draw_words(struct pdf *pdf, const struct draw_list *d, const struct draw_cmd *cmd)
{
    cairo_t *c = pdf->cairo;
    const char *text = draw_cmd_data(d, cmd);
    double x = (double)cmd->x;
    cairo_set_font_size(c, (double)cmd->px);
    for (int n; *text; text += n) {
        char part[1024];
        bool own = true;
        n = same_face(d->fonts, (enum font_face)cmd->face, text, &own);
        text_copy((struct text){text, (size_t)n}, part, sizeof part);
        cairo_set_font_face(c, pdf->faces[own ? cmd->face : FALLBACK]);
        cairo_move_to(c, x, (double)cmd->y);
        cairo_show_text(c, part);
        x += (double)font_width_n(d->fonts, (enum font_face)cmd->face, cmd->px, text, n);
    }
}

static void draw_points(cairo_t *c, const struct draw_list *d, const struct draw_cmd *cmd)
{
    const struct point *p = draw_cmd_data(d, cmd);
    for (int i = 0; i < cmd->count; i++)
        cairo_line_to(c, (double)p[i].x, (double)p[i].y);
    if (cmd->kind == DRAW_POLYGON) {
        cairo_close_path(c);
        cairo_fill(c);
        return;
    }
    const double dashes[2] = {(double)cmd->dash, (double)(cmd->gap + cmd->width)};
    cairo_set_line_width(c, (double)cmd->width);
    cairo_set_line_cap(c, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(c, CAIRO_LINE_JOIN_ROUND);
    cairo_set_dash(c, dashes, cmd->dash >= 0 ? 2 : 0, 0);
    cairo_stroke(c);
}

static void draw_round(cairo_t *c, const struct draw_cmd *cmd)
{
    cairo_new_sub_path(c);
    cairo_arc(c, (double)cmd->x, (double)cmd->y, (double)cmd->size, 0, 6.283185307179586);
    if (cmd->kind == DRAW_DISC) {
        cairo_fill(c);
        return;
    }
    cairo_set_line_width(c, (double)cmd->width);
    cairo_set_dash(c, NULL, 0, 0);
    cairo_stroke(c);
}

/* Lines at 45 degrees over a rectangle. */
static void draw_diagonals(cairo_t *c, const struct draw_cmd *cmd, double step, double width)
{
    cairo_save(c);
    cairo_rectangle(c, (double)cmd->x, (double)cmd->y, (double)cmd->w, (double)cmd->h);
    cairo_clip(c);
    for (double at = -(double)cmd->h; at < (double)cmd->w; at += step) {
        cairo_move_to(c, (double)cmd->x + at, (double)(cmd->y + cmd->h));
        cairo_line_to(c, (double)cmd->x + at + (double)cmd->h, (double)cmd->y);
    }
    cairo_set_line_width(c, width);
    cairo_set_dash(c, NULL, 0, 0);
    cairo_stroke(c);
    cairo_restore(c);
}

static void draw_grid(cairo_t *c, const struct draw_cmd *cmd, double w, double h)
{
    for (int i = 1; i < cmd->cols; i++) {
        cairo_move_to(c, (double)cmd->x + w * i, (double)cmd->y);
        cairo_rel_line_to(c, 0, (double)cmd->h);
    }
    for (int i = 1; i < cmd->rows; i++) {
        cairo_move_to(c, (double)cmd->x, (double)cmd->y + h * i);
        cairo_rel_line_to(c, (double)cmd->w, 0);
    }
    paint(c, cmd->colour2);
    cairo_set_line_width(c, 1);
    cairo_set_dash(c, NULL, 0, 0);
    cairo_stroke(c);
}

static void draw_cells(cairo_t *c, const struct draw_list *d, const struct draw_cmd *cmd)
{
    const uint32_t *colours = draw_cmd_data(d, cmd);
    double w = (double)cmd->w / cmd->cols, h = (double)cmd->h / cmd->rows;
    cairo_set_antialias(c, CAIRO_ANTIALIAS_NONE); /* no seams between neighbours */
    for (int row = 0; row < cmd->rows; row++)
        for (int col = 0, end; col < cmd->cols; col = end) {
            uint32_t colour = colours[row * cmd->cols + col];
            for (end = col + 1; end < cmd->cols && colours[row * cmd->cols + end] == colour;)
                end++;
            paint(c, colour);
            cairo_rectangle(c, (double)cmd->x + w * col, (double)cmd->y + h * row, w * (end - col),
                            h);
            cairo_fill(c);
        }
    cairo_set_antialias(c, CAIRO_ANTIALIAS_DEFAULT);
    if (cmd->flags & HEATMAP_GRADIENT) {
        cairo_set_source_rgba(c, 0, 0, 0, 0.09);
        draw_diagonals(c, cmd, 6, 1);
    }
    if (cmd->flags & HEATMAP_GRID && w >= 6 && h >= 6)
        draw_grid(c, cmd, w, h);
}

static void draw_cmd_on(struct pdf *pdf, const struct draw_list *d, const struct draw_cmd *cmd)
{
    cairo_t *c = pdf->cairo;
    paint(c, cmd->colour);
    cairo_new_path(c);
    switch ((enum draw_kind)cmd->kind) {
    case DRAW_RECT:
    case DRAW_FRAME:
    case DRAW_ROUND:
    case DRAW_ROUND_FRAME:
        draw_box(c, cmd);
        break;
    case DRAW_TEXT:
        draw_words(pdf, d, cmd);
        break;
    case DRAW_STROKE:
    case DRAW_POLYGON:
        draw_points(c, d, cmd);
        break;
    case DRAW_DISC:
    case DRAW_RING:
        draw_round(c, cmd);
        break;
    case DRAW_HEATMAP:
        draw_cells(c, d, cmd);
        break;
    case DRAW_HATCH:
        draw_box(c, cmd);
        paint(c, cmd->colour2);
        draw_diagonals(c, cmd, 9, 1);
        break;
    }
}

void pdf_draw(struct pdf *pdf, const struct draw_list *d, struct rect region, struct rect at)
{
    cairo_t *c = pdf->cairo;
    if (rect_is_empty(region))
        return;
    cairo_save(c);
    cairo_translate(c, (double)at.x, (double)at.y);
    cairo_scale(c, (double)(at.w / region.w), (double)(at.h / region.h));
    cairo_translate(c, -(double)region.x, -(double)region.y);
    for (int i = 0; i < d->n_cmds; i++) {
        const struct draw_cmd *cmd = &d->cmds[i];
        struct rect clip = rect_intersect(d->clips[cmd->clip], region);
        if (rect_is_empty(clip) || !rect_overlaps(draw_cmd_bounds(d, cmd), clip))
            continue;
        cairo_save(c);
        cairo_rectangle(c, (double)clip.x, (double)clip.y, (double)clip.w, (double)clip.h);
        cairo_clip(c);
        draw_cmd_on(pdf, d, cmd);
        cairo_restore(c);
    }
    cairo_restore(c);
}

void pdf_next_page(struct pdf *pdf)
{
    cairo_show_page(pdf->cairo);
}

bool pdf_end(struct pdf *pdf, struct err *err)
{
    cairo_surface_finish(pdf->surface);
    cairo_status_t status = cairo_surface_status(pdf->surface);
    bool done = status == CAIRO_STATUS_SUCCESS
                    ? file_write(pdf->path, pdf->bytes, (size_t)pdf->size, err)
                    : err_set(err, ERR_IO, pdf->path, 0, "the page could not be drawn: %s",
                              cairo_status_to_string(status));
    destroy(pdf);
    return done;
}
