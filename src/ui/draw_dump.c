/* The commands of a draw list read back: bounds, data, text form. */
#include <math.h>
#include <string.h>

#include "glassnet/ui/draw.h"

const void *draw_cmd_data(const struct draw_list *d, const struct draw_cmd *c)
{
    return d->data + c->data;
}

const char *draw_cmd_tag(const struct draw_list *d, const struct draw_cmd *c)
{
    return c->tag < 0 ? NULL : (const char *)d->data + c->tag;
}

static struct rect outward(struct rect r)
{
    float x0 = floorf(r.x), y0 = floorf(r.y);
    return rect_of(x0, y0, ceilf(r.x + r.w) - x0, ceilf(r.y + r.h) - y0);
}

struct rect draw_cmd_bounds(const struct draw_list *d, const struct draw_cmd *c)
{
    struct rect r = {c->x, c->y, c->w, c->h};
    float em = (float)c->px;
    switch ((enum draw_kind)c->kind) {
    case DRAW_TEXT:
        r = outward(rect_of(c->x - 0.4f * em, c->y - 1.25f * em, c->w + 0.8f * em, 1.7f * em));
        break;
    case DRAW_DISC:
    case DRAW_RING:
        r = outward(rect_of(c->x - c->w / 2, c->y - c->h / 2, c->w, c->h));
        break;
    case DRAW_STROKE:
    case DRAW_POLYGON:
        r = outward(r);
        break;
    case DRAW_RECT:
    case DRAW_FRAME:
    case DRAW_ROUND:
    case DRAW_ROUND_FRAME:
    case DRAW_HEATMAP:
    case DRAW_HATCH:
        r = rect_snap(r);
        break;
    }
    return rect_intersect(r, d->clips[c->clip]);
}

static const char *const kind_names[] = {"rect",    "frame",   "round", "round-frame",
                                         "text",    "stroke",  "disc",  "ring",
                                         "polygon", "heatmap", "hatch"};
static const char *const face_names[] = {"sans", "sans-bold", "mono", "mono-bold"};

/* -0.0 must not differ from 0.0 in a dump. */
static double tenths(float v)
{
    return (double)(floorf(v * 10 + 0.5f) / 10 + 0.0f);
}

static void dump_cmd(const struct draw_list *d, const struct draw_cmd *c, FILE *out)
{
    fprintf(out, "%s %.1f %.1f", kind_names[c->kind], tenths(c->x), tenths(c->y));
    if (c->kind == DRAW_TEXT) {
        fprintf(out, " %s %d #%08x \"%s\"%s", face_names[c->face], c->px, c->colour,
                (const char *)draw_cmd_data(d, c), c->flags & TEXT_WAS_CUT ? " cut" : "");
    } else if (c->kind == DRAW_DISC || c->kind == DRAW_RING) {
        fprintf(out, " r=%.1f", tenths(c->size));
    } else {
        fprintf(out, " %.1f %.1f", tenths(c->w), tenths(c->h));
    }
    if (c->kind == DRAW_HEATMAP)
        fprintf(out, " %dx%d%s", c->cols, c->rows, c->flags & HEATMAP_GRADIENT ? " gradient" : "");
    else if (c->kind != DRAW_TEXT)
        fprintf(out, " #%08x", c->colour);
    if (c->kind == DRAW_STROKE)
        fprintf(out, " width=%.1f points=%d%s", tenths(c->width), c->count,
                c->dash >= 0 ? " dashed" : "");
    const char *tag = draw_cmd_tag(d, c);
    fprintf(out, tag ? " [%s]\n" : "\n", tag);
}

void draw_list_dump(const struct draw_list *d, FILE *out)
{
    fprintf(out, "screen %.0f x %.0f\n", (double)d->screen.w, (double)d->screen.h);
    int clip = 0;
    for (int i = 0; i < d->n_cmds; i++) {
        const struct draw_cmd *c = &d->cmds[i];
        if (c->clip != clip) {
            const struct rect *r = &d->clips[c->clip];
            fprintf(out, "clip %.0f %.0f %.0f %.0f\n", (double)r->x, (double)r->y, (double)r->w,
                    (double)r->h);
        }
        clip = c->clip;
        dump_cmd(d, c, out);
    }
}
