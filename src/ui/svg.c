#include "glassnet/ui/svg.h"

#include <math.h>
#include <string.h>

#include "glassnet/base/file.h"

/* Characters that XML has other uses for, or none at all. */
static void write_escaped(FILE *f, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '&')
            fputs("&amp;", f);
        else if (c == '<')
            fputs("&lt;", f);
        else if (c == '>')
            fputs("&gt;", f);
        else if (c == '"')
            fputs("&quot;", f);
        else if (c >= 32)
            fputc(c, f);
    }
}

static void write_paint(FILE *f, const char *what, uint32_t argb)
{
    fprintf(f, " %s=\"#%06x\"", what, (unsigned)(argb & 0xffffff));
    if (argb >> 24 != 255)
        fprintf(f, " %s-opacity=\"%.3f\"", what, (double)(argb >> 24) / 255);
}

static void write_box(FILE *f, const struct draw_cmd *c)
{
    bool framed = c->kind == DRAW_FRAME || c->kind == DRAW_ROUND_FRAME;
    float inset = framed ? c->width / 2 : 0;
    fprintf(f, "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"", (double)(c->x + inset),
            (double)(c->y + inset), (double)fmaxf(0, c->w - 2 * inset),
            (double)fmaxf(0, c->h - 2 * inset));
    if (c->size > 0)
        fprintf(f, " rx=\"%.2f\"", (double)fmaxf(0, c->size - inset));
    if (framed)
        fprintf(f, " stroke-width=\"%.2f\" fill=\"none\"", (double)c->width);
    write_paint(f, framed ? "stroke" : "fill", c->colour);
    fputs("/>\n", f);
}

/* The width is that of our own fonts: another font is stretched to it. */
static void write_text(FILE *f, const struct draw_list *d, const struct draw_cmd *c)
{
    static const char *const families[FONT_FACES] = {
        "Inter, 'DejaVu Sans', sans-serif", "Inter, 'DejaVu Sans', sans-serif",
        "'JetBrains Mono', 'DejaVu Sans Mono', monospace",
        "'JetBrains Mono', 'DejaVu Sans Mono', monospace"};
    bool bold = c->face == FONT_SANS_BOLD || c->face == FONT_MONO_BOLD;
    fprintf(f, "<text x=\"%.2f\" y=\"%.2f\" font-family=\"%s\" font-size=\"%d\"", (double)c->x,
            (double)c->y, families[c->face], c->px);
    if (bold)
        fputs(" font-weight=\"600\"", f);
    if (c->w > 0)
        fprintf(f, " textLength=\"%.2f\" lengthAdjust=\"spacingAndGlyphs\"", (double)c->w);
    write_paint(f, "fill", c->colour);
    fputs(" xml:space=\"preserve\">", f);
    write_escaped(f, draw_cmd_data(d, c));
    fputs("</text>\n", f);
}

static void write_points(FILE *f, const struct draw_list *d, const struct draw_cmd *c)
{
    const struct point *p = draw_cmd_data(d, c);
    bool closed = c->kind == DRAW_POLYGON;
    fprintf(f, "<%s points=\"", closed ? "polygon" : "polyline");
    for (int i = 0; i < c->count; i++)
        fprintf(f, "%s%.2f,%.2f", i ? " " : "", (double)p[i].x, (double)p[i].y);
    fputc('"', f);
    if (!closed) {
        fprintf(f,
                " fill=\"none\" stroke-width=\"%.2f\" stroke-linecap=\"round\" "
                "stroke-linejoin=\"round\"",
                (double)c->width);
        if (c->dash >= 0)
            fprintf(f, " stroke-dasharray=\"%.2f %.2f\"", (double)c->dash,
                    (double)(c->gap + c->width));
    }
    write_paint(f, closed ? "fill" : "stroke", c->colour);
    fputs("/>\n", f);
}

static void write_circle(FILE *f, const struct draw_cmd *c)
{
    fprintf(f, "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%.2f\"", (double)c->x, (double)c->y,
            (double)c->size);
    if (c->kind == DRAW_RING)
        fprintf(f, " fill=\"none\" stroke-width=\"%.2f\"", (double)c->width);
    write_paint(f, c->kind == DRAW_RING ? "stroke" : "fill", c->colour);
    fputs("/>\n", f);
}

/* Neighbours of one colour in a row are one rectangle. */
static void write_runs(FILE *f, const struct draw_list *d, const struct draw_cmd *c)
{
    const uint32_t *colours = draw_cmd_data(d, c);
    fprintf(f,
            "<g transform=\"translate(%.2f %.2f) scale(%.5f %.5f)\" "
            "shape-rendering=\"crispEdges\">\n",
            (double)c->x, (double)c->y, (double)(c->w / (float)c->cols),
            (double)(c->h / (float)c->rows));
    for (int row = 0; row < c->rows; row++)
        for (int col = 0, end; col < c->cols; col = end) {
            uint32_t colour = colours[row * c->cols + col];
            for (end = col + 1; end < c->cols && colours[row * c->cols + end] == colour;)
                end++;
            if (colour >> 24 == 0)
                continue;
            fprintf(f, "<path d=\"M%d %dh%dv1h-%dz\"", col, row, end - col, end - col);
            write_paint(f, "fill", colour);
            fputs("/>\n", f);
        }
    fputs("</g>\n", f);
}

static void write_heatmap(FILE *f, const struct draw_list *d, const struct draw_cmd *c)
{
    float w = c->w / (float)c->cols, h = c->h / (float)c->rows;
    write_runs(f, d, c);
    if (c->flags & HEATMAP_GRADIENT)
        fprintf(f,
                "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" "
                "fill=\"url(#gradient)\"/>\n",
                (double)c->x, (double)c->y, (double)c->w, (double)c->h);
    if (!(c->flags & HEATMAP_GRID) || w < 6 || h < 6)
        return;
    fputs("<path d=\"", f);
    for (int i = 1; i < c->cols; i++)
        fprintf(f, "M%.2f %.2fv%.2f", (double)(c->x + w * (float)i), (double)c->y, (double)c->h);
    for (int i = 1; i < c->rows; i++)
        fprintf(f, "M%.2f %.2fh%.2f", (double)c->x, (double)(c->y + h * (float)i), (double)c->w);
    fputs("\" fill=\"none\" stroke-width=\"1\"", f);
    write_paint(f, "stroke", c->colour2);
    fputs("/>\n", f);
}

/* Each hatch has the colours of its own, so its pattern stands beside it. */
static void write_hatch(FILE *f, const struct draw_cmd *c, int number)
{
    fprintf(f,
            "<pattern id=\"hatch%d\" width=\"6.36\" height=\"6.36\" "
            "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
            "<rect width=\"6.36\" height=\"6.36\"",
            number);
    write_paint(f, "fill", c->colour);
    fputs("/><rect width=\"1\" height=\"6.36\"", f);
    write_paint(f, "fill", c->colour2);
    fprintf(f,
            "/></pattern>\n<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" "
            "fill=\"url(#hatch%d)\"/>\n",
            (double)c->x, (double)c->y, (double)c->w, (double)c->h, number);
}

static void write_cmd(FILE *f, const struct draw_list *d, int i)
{
    const struct draw_cmd *c = &d->cmds[i];
    switch ((enum draw_kind)c->kind) {
    case DRAW_RECT:
    case DRAW_FRAME:
    case DRAW_ROUND:
    case DRAW_ROUND_FRAME:
        write_box(f, c);
        break;
    case DRAW_TEXT:
        write_text(f, d, c);
        break;
    case DRAW_STROKE:
    case DRAW_POLYGON:
        write_points(f, d, c);
        break;
    case DRAW_DISC:
    case DRAW_RING:
        write_circle(f, c);
        break;
    case DRAW_HEATMAP:
        write_heatmap(f, d, c);
        break;
    case DRAW_HATCH:
        write_hatch(f, c, i);
        break;
    }
}

static void write_head(FILE *f, const struct draw_list *d, struct rect r, const char *title)
{
    fprintf(f,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" "
            "viewBox=\"%.0f %.0f %.0f %.0f\">\n<title>",
            (double)r.w, (double)r.h, (double)r.x, (double)r.y, (double)r.w, (double)r.h);
    write_escaped(f, title);
    fputs("</title>\n<defs>\n"
          "<pattern id=\"gradient\" width=\"4.24\" height=\"4.24\" "
          "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
          "<rect width=\"0.7\" height=\"4.24\" fill=\"#000000\" fill-opacity=\"0.09\"/>"
          "</pattern>\n",
          f);
    for (int i = 0; i < d->n_clips; i++)
        fprintf(f,
                "<clipPath id=\"clip%d\"><rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" "
                "height=\"%.2f\"/></clipPath>\n",
                i, (double)d->clips[i].x, (double)d->clips[i].y, (double)d->clips[i].w,
                (double)d->clips[i].h);
    fputs("</defs>\n", f);
}

static void write_all(FILE *f, const struct draw_list *d, struct rect region)
{
    int clip = -1;
    for (int i = 0; i < d->n_cmds; i++) {
        const struct draw_cmd *c = &d->cmds[i];
        if (!rect_overlaps(draw_cmd_bounds(d, c), region))
            continue;
        if (c->clip != clip) {
            if (clip >= 0)
                fputs("</g>\n", f);
            fprintf(f, "<g clip-path=\"url(#clip%d)\">\n", c->clip);
            clip = c->clip;
        }
        write_cmd(f, d, i);
    }
    if (clip >= 0)
        fputs("</g>\n", f);
    fputs("</svg>\n", f);
}

void svg_print(FILE *f, const struct draw_list *d, struct rect region, const char *title)
{
    write_head(f, d, region, title);
    write_all(f, d, region);
}

bool svg_write(const char *path, const struct draw_list *d, struct rect region, const char *title,
               struct err *err)
{
    struct file_out o;
    if (!file_out_begin(&o, path, err))
        return false;
    svg_print(o.f, d, region, title);
    return file_out_commit(&o, err);
}
