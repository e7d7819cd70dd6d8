/* The heads of a table: indices, or names where outputs and inputs have some. They stay while the
 * cells scroll, and stand out in the selected row and column. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "matrix_frame.h"

enum { NAMED_MOST = 128 };

/* The layer whose outputs are the flat vector that layer `from` gives. */
static int before_flatten(const struct net *net, int from)
{
    while (from > 0 && net->layers[from].kind == LAYER_FLATTEN)
        from = net->layers[from].from[0];
    return from;
}

/* Names of the units of a layer: classes of the last, features of the input; NULL: none. */
static const char *unit_name(const struct snapshot *s, int layer, int i, int n)
{
    static const char none[] = "";
    const struct dataset *d = s->data;
    const char *name = none;
    char buffer[64];
    if (!d || layer < 0)
        return NULL;
    if (layer == s->net->layer_count - 1 && n > 1)
        name = view_class(s, i, buffer, sizeof buffer);
    else if (layer == 0 && d->feature_names && n == (int)shape_count(&s->net->layers[0].out))
        return d->feature_names[i];
    return name == none || name == buffer ? NULL : name;
}

static char *label(const struct snapshot *s, int layer, int i, int n, char *out, size_t size)
{
    char index[16];
    const char *name = n <= NAMED_MOST ? unit_name(s, layer, i, n) : NULL;
    snprintf(index, sizeof index, "%d", i);
    if (name && strcmp(name, index) != 0)
        snprintf(out, size, "%d %.16s", i, name);
    else
        snprintf(out, size, "%s", index);
    return out;
}

char *matrix_row_label(const struct view *v, const struct matrix_pane *p, int row, char *out,
                       size_t size)
{
    const struct tensor *t = &v->snap->program->tensors[p->tensor];
    bool wrapped = p->map.kind == MATRIX_COLUMN && p->map.cols > 1;
    if (wrapped)
        snprintf(out, size, "+%d", row);
    else if (p->map.kind == MATRIX_COLUMN || p->map.kind == MATRIX_PLAIN)
        label(v->snap, t->layer, row, p->map.rows, out, size);
    else
        snprintf(out, size, "%d", row);
    return out;
}

char *matrix_column_label(const struct view *v, const struct matrix_pane *p, int col, char *out,
                          size_t size)
{
    const struct snapshot *s = v->snap;
    const struct tensor *t = &s->program->tensors[p->tensor];
    if (p->map.kind == MATRIX_COLUMN) {
        snprintf(out, size, "%d", col * p->map.rows);
        if (p->map.cols == 1)
            out[0] = 0;
    } else if (p->map.kind == MATRIX_PLAIN && t->layer > 0) {
        int from = before_flatten(s->net, s->net->layers[t->layer].from[0]);
        label(s, from, col, p->map.cols, out, size);
    } else {
        snprintf(out, size, "%d", col);
    }
    return out;
}

static int head_px(const struct view *v)
{
    return ui_text_px(v->ui, 17);
}

float matrix_row_label_width(const struct view *v, const struct matrix_pane *p)
{
    float widest = 0;
    char text[64];
    int step = p->map.rows > NAMED_MOST ? p->map.rows - 1 : 1;
    for (int row = 0; row < p->map.rows; row += step)
        widest = fmaxf(widest, font_width(v->ui->fonts, FONT_MONO, head_px(v),
                                          matrix_row_label(v, p, row, text, sizeof text)));
    return fminf(widest + 2, ui_px(v->ui, 190));
}

/* Every which label has room: 1, 2, 5, 10, ... */
static int stride(float size, float needed)
{
    static const int steps[] = {1, 2, 5};
    int power = 1;
    for (int k = 0;; k++) {
        int s = steps[k % 3] * power;
        if (size * (float)s >= needed || power > 1000000)
            return s;
        power *= k % 3 == 2 ? 10 : 1;
    }
}

/* Labels of one block's columns or rows along a head. */
struct line {
    const struct view *v;
    const struct matrix_pane *pane;
    struct rect head;
    bool across;     /* columns */
    float at;        /* where number 0 begins */
    int size;        /* of a cell */
    float low, high; /* where labels may lie: the head, or the block with half of its gaps */
    int first, end;  /* in sight */
    int selected;    /* -1: none */
    int px;
};

static char *line_label(const struct line *l, int i, char *out, size_t size)
{
    return l->across ? matrix_column_label(l->v, l->pane, i, out, size)
                     : matrix_row_label(l->v, l->pane, i, out, size);
}

static float label_extent(const struct line *l, int i)
{
    char text[64];
    if (!l->across)
        return (float)l->px * 1.15f;
    return font_width(l->v->ui->fonts, FONT_MONO, l->px, line_label(l, i, text, sizeof text)) +
           (float)l->px * 0.5f;
}

static void draw_label(const struct line *l, int i)
{
    struct ui *ui = l->v->ui;
    float middle = l->at + ((float)i + 0.5f) * (float)l->size, extent = label_extent(l, i);
    struct rect r =
        l->across ? (struct rect){middle - extent / 2, l->head.y, extent, l->head.h}
                  : (struct rect){l->head.x, middle - extent / 2, l->head.w - ui_px(ui, 8), extent};
    /* What lies between labels may lie outside; a single block's first and last stand out. */
    float spare = (float)l->px * (l->across ? 0.25f : l->pane->map.blocks > 1 ? 0 : 0.5f);
    if (middle - extent / 2 + spare < l->low || middle + extent / 2 - spare > l->high)
        return;
    char text[64];
    bool chosen = i == l->selected;
    draw_text_in(ui->draw, chosen ? FONT_MONO_BOLD : FONT_MONO, l->px, r,
                 (l->across ? ALIGN_CENTRE : ALIGN_RIGHT) | TEXT_MAY_CUT,
                 chosen ? ui->theme->ink : ui->theme->muted, line_label(l, i, text, sizeof text));
}

static void draw_line_of(const struct line *l)
{
    float widest = label_extent(l, l->end - 1);
    if (l->across && l->end - l->first <= NAMED_MOST) /* names differ in length */
        for (int i = l->first; i < l->end; i++)
            widest = fmaxf(widest, label_extent(l, i));
    int every = stride((float)l->size, widest);
    for (int i = l->first; i < l->end; i++) {
        float apart = fabsf((float)(i - l->selected)) * (float)l->size;
        bool beside = l->selected >= 0 && i != l->selected && apart < widest;
        if (i == l->selected || (i % every == 0 && !beside))
            draw_label(l, i);
    }
}

/* Row and column of the selected cell in this block; -1 when it is not here. */
static void find_selected(const struct view *v, const struct matrix_pane *p, int block, int *row,
                          int *col)
{
    int b;
    const struct snapshot *s = v->snap;
    *row = *col = -1;
    if (!cell_is(s->selected))
        return;
    const struct tensor *t = &s->program->tensors[s->selected.tensor];
    bool same =
        t->count == p->map.count && strcmp(t->base, s->program->tensors[p->tensor].base) == 0;
    if (!same || !matrix_map_find(&p->map, s->selected.index, &b, row, col) || b != block)
        *row = *col = -1;
}

static void draw_head(struct line *l, const struct matrix_pane *p, struct rect head, bool across,
                      struct rect block, int first, int end)
{
    const float slack = 2;
    bool many = p->map.blocks > 1;
    if (head.w <= 0 || head.h <= 0)
        return;
    float begin = across ? head.x : head.y, length = across ? head.w : head.h;
    l->head = head;
    l->across = across;
    l->at = across ? block.x : block.y;
    l->size = across ? p->cell_w : p->cell_h;
    l->first = first;
    l->end = end;
    l->low = begin - slack;
    l->high = begin + length + slack;
    if (many) {
        l->low = fmaxf(l->low, l->at - (float)p->gap / 2);
        l->high = fminf(l->high, l->at + (across ? block.w : block.h) + (float)p->gap / 2);
    }
    draw_line_of(l);
}

void matrix_heads_draw(const struct view *v, const struct matrix_frame *f,
                       const struct matrix_panel *panel)
{
    const struct matrix_pane *p = &f->panes[panel->pane];
    struct line line = {.v = v, .pane = p, .px = head_px(v)};
    struct matrix_window w;
    int row, col;
    for (int b = 0; b < p->map.blocks; b++) {
        if (!matrix_pane_window(p, b, &w))
            continue;
        struct rect block = matrix_pane_block(p, b);
        find_selected(v, p, b, &row, &col);
        bool top =
            b < p->map.across || matrix_pane_block(p, b - p->map.across).y + block.h <= p->view.y;
        bool left = b % p->map.across == 0 || matrix_pane_block(p, b - 1).x + block.w <= p->view.x;
        line.selected = col;
        if (top)
            draw_head(&line, p, panel->columns, true, block, w.c0, w.c1);
        line.selected = row;
        if (left)
            draw_head(&line, p, panel->rows, false, block, w.r0, w.r1);
    }
}
