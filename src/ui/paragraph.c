#include "glassnet/ui/paragraph.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "ui_own.h"

static const char ellipsis[] = "\xe2\x80\xa6";

/* A layout in progress: the pen, the piece being grown, and where finished ones go. */
struct setter {
    struct fonts *fonts;
    const struct text_run *runs;
    int n_runs;
    const struct paragraph_style *style;
    float width, x;
    int line;
    bool full; /* max_lines are used up */
    bool open; /* `piece` holds something */
    struct paragraph_piece piece;
    struct paragraph_piece *pieces;
    int most, n;
};

/* Unbreakable text within one run. */
struct chunk {
    int run, from, bytes;
    bool glued;  /* no blank before it: stays with the chunk before */
    bool breaks; /* a new line begins before it */
};

static float line_height(const struct paragraph_style *s)
{
    return floorf((float)s->px * (s->leading > 0 ? s->leading : 1.4f) + 0.5f);
}

static enum font_face face_of(unsigned style)
{
    if (style & RUN_MONO)
        return style & RUN_BOLD ? FONT_MONO_BOLD : FONT_MONO;
    return style & RUN_BOLD ? FONT_SANS_BOLD : FONT_SANS;
}

/* The monospaced face looks larger at the same size. */
static int px_of(unsigned style, int px)
{
    float scale = style & (RUN_SUBSCRIPT | RUN_SUPERSCRIPT) ? 0.72f : style & RUN_MONO ? 0.95f : 1;
    return (int)floorf((float)px * scale + 0.5f);
}

static float width_of(const struct setter *s, int run, int from, int bytes)
{
    unsigned style = s->runs[run].style;
    return font_width_n(s->fonts, face_of(style), px_of(style, s->style->px),
                        s->runs[run].text + from, bytes);
}

static void flush(struct setter *s)
{
    if (s->open && s->n < s->most && s->pieces)
        s->pieces[s->n] = s->piece;
    s->n += s->open;
    s->open = false;
}

static void new_line(struct setter *s)
{
    if (s->style->max_lines > 0 && s->line + 1 >= s->style->max_lines) {
        s->full = true;
        return;
    }
    flush(s);
    s->line++;
    s->x = 0;
}

/* Puts text at the pen; `blank` is whether a space of the same run precedes it. */
static void put(struct setter *s, int run, int from, int bytes, float space)
{
    struct paragraph_piece *p = &s->piece;
    bool grows = s->open && p->run == run && p->line == s->line &&
                 from - (p->from + p->bytes) == (space > 0 ? 1 : 0);
    float w = width_of(s, run, from, bytes);
    if (grows) {
        p->bytes = from + bytes - p->from;
        p->w = width_of(s, run, p->from, p->bytes);
        s->x = p->x + p->w;
        return;
    }
    flush(s);
    s->x += space;
    unsigned style = s->runs[run].style;
    float em = (float)s->style->px, high = line_height(s->style);
    float base = (high + font_cap_height(s->fonts, FONT_SANS, s->style->px)) / 2;
    base += style & RUN_SUBSCRIPT ? 0.18f * em : style & RUN_SUPERSCRIPT ? -0.36f * em : 0;
    *p = (struct paragraph_piece){.run = run,
                                  .from = from,
                                  .bytes = bytes,
                                  .x = s->x,
                                  .y = floorf((float)s->line * high + base + 0.5f),
                                  .w = w,
                                  .line = s->line,
                                  .face = face_of(style),
                                  .px = px_of(style, s->style->px)};
    s->open = true;
    s->x += w;
}

/* The next chunk from (run, at); false at the end. Moves *run and *at behind it. */
static bool next_chunk(const struct text_run *runs, int n, int *run, int *at, struct chunk *c)
{
    bool blank = *run == 0 && *at == 0, breaks = false;
    for (; *run < n; (*run)++, *at = 0) {
        const char *text = runs[*run].text;
        if (*at == 0 && runs[*run].style & RUN_BREAK)
            breaks = true;
        for (; text[*at] == ' ' || text[*at] == '\n'; (*at)++) {
            blank = true;
            breaks = breaks || text[*at] == '\n';
        }
        if (!text[*at])
            continue;
        const char *ends = runs[*run].style & RUN_TOGETHER ? "\n" : " \n";
        *c = (struct chunk){*run, *at, (int)strcspn(text + *at, ends), !blank, breaks};
        *at += c->bytes;
        return true;
    }
    return false;
}

/* Width of c and all that is glued behind it. */
static float group_width(const struct setter *s, const struct chunk *c, int run, int at)
{
    float w = width_of(s, c->run, c->from, c->bytes);
    struct chunk next;
    while (next_chunk(s->runs, s->n_runs, &run, &at, &next) && next.glued && !next.breaks)
        w += width_of(s, next.run, next.from, next.bytes);
    return w;
}

/* A chunk wider than a whole line is broken between characters. */
static void put_long(struct setter *s, struct chunk c, float space)
{
    unsigned style = s->runs[c.run].style;
    while (!s->full && s->x + space + width_of(s, c.run, c.from, c.bytes) > s->width) {
        int fits = font_fit(s->fonts, face_of(style), px_of(style, s->style->px),
                            s->runs[c.run].text + c.from, s->width - s->x - space);
        if (fits == 0 && s->x <= 0)
            break;
        if (fits >= c.bytes)
            break;
        if (fits > 0)
            put(s, c.run, c.from, fits, space);
        c.from += fits;
        c.bytes -= fits;
        new_line(s);
        space = 0;
    }
    if (!s->full)
        put(s, c.run, c.from, c.bytes, space);
}

/* The blank between the last piece and run `run`: the narrower of the two faces'. */
static float blank_width(const struct setter *s, int run)
{
    const unsigned raised = RUN_SUBSCRIPT | RUN_SUPERSCRIPT;
    float w = 1e9f;
    for (int i = s->open ? s->piece.run : run; i <= run; i++) {
        unsigned style = s->runs[i].style & ~raised;
        w = fminf(w, font_width(s->fonts, face_of(style), px_of(style, s->style->px), " "));
    }
    return w;
}

static void put_chunk(struct setter *s, const struct chunk *c, int run, int at)
{
    if (c->breaks)
        new_line(s);
    float space = !c->glued && s->x > 0 ? blank_width(s, c->run) : 0;
    float w = c->glued ? 0 : group_width(s, c, run, at);
    if (!s->full && s->x > 0 && s->x + space + w > s->width) {
        new_line(s);
        space = 0;
    }
    if (!s->full)
        put_long(s, *c, space);
}

static float line_shift(unsigned align, float room)
{
    return (align & 3) == ALIGN_CENTRE ? room / 2 : (align & 3) == ALIGN_RIGHT ? room : 0;
}

static void align_lines(struct setter *s, int n)
{
    for (int i = 0; i < n;) {
        int end = i;
        while (end < n && s->pieces[end].line == s->pieces[i].line)
            end++;
        const struct paragraph_piece *last = &s->pieces[end - 1];
        float shift = line_shift(s->style->align, s->width - last->x - last->w);
        for (; i < end; i++)
            s->pieces[i].x += shift;
    }
}

float paragraph_layout(struct fonts *fonts, const struct text_run *runs, int n,
                       const struct paragraph_style *style, float width,
                       struct paragraph_piece *pieces, int max_pieces, int *n_pieces)
{
    struct setter s = {.fonts = fonts,
                       .runs = runs,
                       .n_runs = n,
                       .style = style,
                       .width = width,
                       .pieces = pieces,
                       .most = pieces ? max_pieces : 0};
    struct chunk c;
    int run = 0, at = 0;
    while (!s.full && next_chunk(runs, n, &run, &at, &c))
        put_chunk(&s, &c, run, at);
    flush(&s);
    if (pieces)
        align_lines(&s, s.n < max_pieces ? s.n : max_pieces);
    if (s.full && pieces && s.n > 0 && s.n <= max_pieces)
        pieces[s.n - 1].cut = true;
    if (n_pieces)
        *n_pieces = s.n;
    return s.n ? line_height(style) * (float)(s.line + 1) : 0;
}

float paragraph_height(struct fonts *fonts, const struct text_run *runs, int n,
                       const struct paragraph_style *style, float width)
{
    return paragraph_layout(fonts, runs, n, style, width, NULL, 0, NULL);
}

/* The pieces from malloc and their number. */
static struct paragraph_piece *pieces_of(struct fonts *fonts, const struct text_run *runs, int n,
                                         const struct paragraph_style *style, float width,
                                         int *n_pieces, float *height)
{
    *height = paragraph_layout(fonts, runs, n, style, width, NULL, 0, n_pieces);
    struct paragraph_piece *p = mem_zalloc((size_t)*n_pieces + 1, sizeof *p);
    paragraph_layout(fonts, runs, n, style, width, p, *n_pieces, n_pieces);
    return p;
}

static void draw_piece(struct draw_list *d, const struct text_run *run,
                       const struct paragraph_piece *p, float x, float y, float room)
{
    size_t bytes = (size_t)p->bytes;
    char *text = mem_zalloc(bytes + sizeof ellipsis, 1);
    memcpy(text, run->text + p->from, bytes);
    if (p->cut) {
        float tail = font_width(d->fonts, p->face, p->px, ellipsis);
        bytes = (size_t)font_fit(d->fonts, p->face, p->px, text, room - tail);
        memcpy(text + bytes, ellipsis, sizeof ellipsis);
    }
    float em = (float)p->px;
    struct rect box = {x - 0.1f * em, y - 0.95f * em, p->w + 0.2f * em, 1.25f * em};
    if (run->style & RUN_MARKED)
        draw_round_rect(d, box, 0.15f * em, colour_hex(0xffd95c));
    draw_text(d, p->face, p->px, x, y, run->colour, text);
    if (run->style & RUN_LINK)
        draw_hline(d, x, x + p->w, y + 0.16f * em, em / 16, run->colour);
    free(text);
}

static void draw_pieces(struct draw_list *d, const struct text_run *runs,
                        const struct paragraph_piece *p, int n, float x, float y, float width)
{
    for (int i = 0; i < n; i++)
        draw_piece(d, &runs[p[i].run], &p[i], x + p[i].x, y + p[i].y, width - p[i].x);
}

float paragraph_draw(struct draw_list *d, const struct text_run *runs, int n,
                     const struct paragraph_style *style, float x, float y, float width)
{
    int n_pieces;
    float height;
    struct paragraph_piece *p = pieces_of(d->fonts, runs, n, style, width, &n_pieces, &height);
    draw_pieces(d, runs, p, n_pieces, x, y, width);
    free(p);
    return height;
}

float ui_paragraph(struct ui *ui, const char *id, const struct text_run *runs, int n,
                   const struct paragraph_style *style, float x, float y, float width,
                   const char **clicked)
{
    int n_pieces, links = 0;
    float height;
    struct paragraph_piece *p = pieces_of(ui->fonts, runs, n, style, width, &n_pieces, &height);
    *clicked = NULL;
    draw_pieces(ui->draw, runs, p, n_pieces, x, y, width);
    for (int i = 0; i < n_pieces; i++) {
        const struct text_run *run = &runs[p[i].run];
        if (!(run->style & RUN_LINK))
            continue;
        char name[64], label[96];
        snprintf(name, sizeof name, "%.50s.%d", id, links++);
        snprintf(label, sizeof label, "%.*s", p[i].bytes < 90 ? p[i].bytes : 90,
                 run->text + p[i].from);
        float em = (float)p[i].px;
        struct rect r = {x + p[i].x, y + p[i].y - em, p[i].w, 1.3f * em};
        unsigned answer = ui_react(ui, ui_record(ui, WIDGET_LINK, name, label, r), true);
        if (answer & AREA_CLICKED)
            *clicked = run->link;
        if (answer & AREA_FOCUS)
            ui_focus_ring(ui, r, 0);
    }
    free(p);
    return height;
}

float paragraph_plain(struct draw_list *d, const char *text, enum font_face face, int px,
                      struct colour c, float x, float y, float width)
{
    unsigned style = (face == FONT_SANS_BOLD || face == FONT_MONO_BOLD ? RUN_BOLD : 0u) |
                     (face == FONT_MONO || face == FONT_MONO_BOLD ? RUN_MONO : 0u);
    const struct text_run run = {.text = text, .style = style, .colour = c};
    const struct paragraph_style flow = {.px = px};
    return paragraph_draw(d, &run, 1, &flow, x, y, width);
}
