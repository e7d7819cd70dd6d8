#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "draw_own.h"
#include "glassnet/base/mem.h"

static const char ellipsis[] = "\xe2\x80\xa6";

void draw_list_init(struct draw_list *d, struct fonts *fonts)
{
    memset(d, 0, sizeof *d);
    d->fonts = fonts;
    draw_list_begin(d, 1, 1);
}

void draw_list_deinit(struct draw_list *d)
{
    free(d->cmds);
    free(d->data);
    free(d->clips);
    memset(d, 0, sizeof *d);
}

static void add_clip(struct draw_list *d, struct rect r)
{
    d->clips = mem_grow(d->clips, &d->cap_clips, d->n_clips + 1, sizeof *d->clips);
    d->clips[d->n_clips++] = r;
}

void draw_list_begin(struct draw_list *d, int w, int h)
{
    d->screen = rect_of(0, 0, (float)w, (float)h);
    d->n_cmds = d->n_data = d->n_clips = 0;
    d->clip_depth = 0;
    d->clip_stack[0] = 0;
    d->tag = -1;
    add_clip(d, d->screen);
}

void draw_clip_push(struct draw_list *d, struct rect r)
{
    if (d->clip_depth + 1 >= DRAW_CLIP_DEPTH)
        return;
    add_clip(d, rect_intersect(draw_clip(d), rect_snap(r)));
    d->clip_stack[++d->clip_depth] = d->n_clips - 1;
}

void draw_clip_pop(struct draw_list *d)
{
    if (d->clip_depth > 0)
        d->clip_depth--;
}

struct rect draw_clip(const struct draw_list *d)
{
    return d->clips[d->clip_stack[d->clip_depth]];
}

/* Room for `size` bytes in the frame's data; the offset of the piece. */
static int reserve(struct draw_list *d, size_t size)
{
    int at = (d->n_data + 7) & ~7;
    d->data = mem_grow(d->data, &d->cap_data, at + (int)size, 1);
    d->n_data = at + (int)size;
    return at;
}

int draw_add_data(struct draw_list *d, const void *bytes, size_t size)
{
    int at = reserve(d, size);
    memcpy(d->data + at, bytes, size);
    return at;
}

void draw_tag(struct draw_list *d, const char *tag)
{
    d->tag = tag ? draw_add_data(d, tag, strlen(tag) + 1) : -1;
}

/* False for what is no number or lies too far away to be counted in pixels. */
static bool is_sane(struct rect r)
{
    const float most = 1e8f;
    return fabsf(r.x) < most && fabsf(r.y) < most && fabsf(r.w) < most && fabsf(r.h) < most;
}

struct draw_cmd *draw_add(struct draw_list *d, enum draw_kind kind, struct rect touched,
                          struct colour c)
{
    if (c.a == 0 || !is_sane(touched) || !rect_overlaps(touched, draw_clip(d)))
        return NULL;
    d->cmds = mem_grow(d->cmds, &d->cap_cmds, d->n_cmds + 1, sizeof *d->cmds);
    struct draw_cmd *cmd = &d->cmds[d->n_cmds++];
    memset(cmd, 0, sizeof *cmd);
    cmd->kind = kind;
    cmd->colour = colour_pack(c);
    cmd->clip = d->clip_stack[d->clip_depth];
    cmd->tag = d->tag;
    return cmd;
}

static struct draw_cmd *add_box(struct draw_list *d, enum draw_kind kind, struct rect r,
                                struct colour c)
{
    r = rect_snap(r);
    struct draw_cmd *cmd = draw_add(d, kind, r, c);
    if (!cmd)
        return NULL;
    cmd->x = r.x;
    cmd->y = r.y;
    cmd->w = r.w;
    cmd->h = r.h;
    return cmd;
}

void draw_rect(struct draw_list *d, struct rect r, struct colour c)
{
    add_box(d, DRAW_RECT, r, c);
}

static float whole_width(float width)
{
    return width < 1 ? 1 : floorf(width + 0.5f);
}

void draw_frame(struct draw_list *d, struct rect r, float width, struct colour c)
{
    struct draw_cmd *cmd = add_box(d, DRAW_FRAME, r, c);
    if (cmd)
        cmd->width = whole_width(width);
}

static float limited_radius(const struct draw_cmd *cmd, float radius)
{
    float most = fminf(cmd->w, cmd->h) / 2;
    return radius > most ? most : radius < 0 ? 0 : radius;
}

void draw_round_rect(struct draw_list *d, struct rect r, float radius, struct colour c)
{
    struct draw_cmd *cmd = add_box(d, DRAW_ROUND, r, c);
    if (cmd)
        cmd->size = limited_radius(cmd, radius);
}

void draw_round_frame(struct draw_list *d, struct rect r, float radius, float width,
                      struct colour c)
{
    struct draw_cmd *cmd = add_box(d, DRAW_ROUND_FRAME, r, c);
    if (!cmd)
        return;
    cmd->size = limited_radius(cmd, radius);
    cmd->width = whole_width(width);
}

void draw_hline(struct draw_list *d, float x0, float x1, float y, float width, struct colour c)
{
    width = whole_width(width);
    draw_rect(d, rect_of(x0, floorf(y - width / 2 + 0.5f), x1 - x0, width), c);
}

void draw_vline(struct draw_list *d, float x, float y0, float y1, float width, struct colour c)
{
    width = whole_width(width);
    draw_rect(d, rect_of(floorf(x - width / 2 + 0.5f), y0, width, y1 - y0), c);
}

/* What `bytes` bytes of text of this width at the baseline can touch, generously. */
static struct rect text_touches(float x, float y, float w, int px)
{
    float em = (float)px;
    return rect_of(x - 0.4f * em, y - 1.25f * em, w + 0.8f * em, 1.7f * em);
}

static void add_text(struct draw_list *d, enum font_face face, int px, float x, float y, float w,
                     struct colour c, const char *utf8, size_t bytes, unsigned flags)
{
    y = floorf(y + 0.5f);
    struct draw_cmd *cmd = draw_add(d, DRAW_TEXT, text_touches(x, y, w, px), c);
    if (!cmd)
        return;
    const char *tail = flags & TEXT_WAS_CUT ? ellipsis : "";
    int at = reserve(d, bytes + strlen(tail) + 1);
    memcpy(d->data + at, utf8, bytes);
    memcpy(d->data + at + bytes, tail, strlen(tail) + 1);
    cmd->flags = flags;
    cmd->x = x;
    cmd->y = y;
    cmd->w = w;
    cmd->face = face;
    cmd->px = px;
    cmd->data = at;
    cmd->count = (int)(bytes + strlen(tail));
}

float draw_text(struct draw_list *d, enum font_face face, int px, float x, float y, struct colour c,
                const char *utf8)
{
    float w = font_width(d->fonts, face, px, utf8);
    if (*utf8)
        add_text(d, face, px, x, y, w, c, utf8, strlen(utf8), 0);
    return w;
}

static float baseline_in(const struct draw_list *d, enum font_face face, int px, struct rect r,
                         unsigned align)
{
    if (align & ALIGN_TOP)
        return r.y + font_ascent(d->fonts, face, px);
    if (align & ALIGN_BOTTOM)
        return r.y + r.h - font_descent(d->fonts, face, px);
    return r.y + (r.h + font_cap_height(d->fonts, face, px)) / 2;
}

bool draw_text_in(struct draw_list *d, enum font_face face, int px, struct rect r, unsigned align,
                  struct colour c, const char *utf8)
{
    float w = font_width(d->fonts, face, px, utf8);
    size_t bytes = strlen(utf8);
    bool cut = w > r.w + 0.5f;
    if (cut) {
        float tail = font_width(d->fonts, face, px, ellipsis);
        bytes = (size_t)font_fit(d->fonts, face, px, utf8, r.w - tail);
        while (bytes > 0 && utf8[bytes - 1] == ' ')
            bytes--;
        w = font_width_n(d->fonts, face, px, utf8, (int)bytes) + tail;
    }
    float x = r.x;
    if ((align & 3) == ALIGN_CENTRE)
        x += (r.w - w) / 2;
    else if ((align & 3) == ALIGN_RIGHT)
        x += r.w - w;
    unsigned flags = (align & (TEXT_MAY_CUT | TEXT_MAY_OVERLAP)) | (cut ? TEXT_WAS_CUT : 0u);
    if (*utf8)
        add_text(d, face, px, x, baseline_in(d, face, px, r, align), w, c, utf8, bytes, flags);
    return cut;
}

void draw_heatmap(struct draw_list *d, struct rect r, int cols, int rows, const uint32_t *colours,
                  unsigned flags, struct colour grid)
{
    const struct colour opaque = {0, 0, 0, 255};
    if (cols < 1 || rows < 1)
        return;
    struct draw_cmd *cmd = draw_add(d, DRAW_HEATMAP, rect_snap(r), opaque);
    if (!cmd)
        return;
    cmd->x = r.x;
    cmd->y = r.y;
    cmd->w = r.w;
    cmd->h = r.h;
    cmd->flags = flags;
    cmd->cols = cols;
    cmd->rows = rows;
    cmd->colour2 = colour_pack(grid);
    cmd->data = draw_add_data(d, colours, (size_t)cols * (size_t)rows * sizeof *colours);
    cmd->count = cols * rows;
}

void draw_hatch(struct draw_list *d, struct rect r, struct colour ground, struct colour ink)
{
    struct draw_cmd *cmd = add_box(d, DRAW_HATCH, r, ground);
    if (cmd)
        cmd->colour2 = colour_pack(ink);
}
