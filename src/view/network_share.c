/* How much room each column of the network gets: rows first, then widths within a row. */
#include <math.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "network_layout.h"

static float text_width(const struct layout *l, const char *text, bool title)
{
    return font_width(l->view->ui->fonts, title ? FONT_SANS_BOLD : FONT_MONO,
                      title ? l->title_px : l->small_px, text);
}

static bool has_circles(const struct column *c)
{
    return c->kind == COLUMN_UNITS;
}

/* Weights are drawn as lines between this column and the one before. */
static bool has_edges(const struct layout *l, int i)
{
    return i > 0 && l->columns[i].layer > 0 && has_circles(&l->columns[i - 1]) &&
           (has_circles(&l->columns[i]) || l->columns[i].kind == COLUMN_OUTPUT);
}

float column_gap(const struct layout *l, int i)
{
    if (i == 0 || l->columns[i].row != l->columns[i - 1].row)
        return 0;
    return ui_px(l->view->ui, has_edges(l, i) ? 64 : 24);
}

static void set_least(struct layout *l)
{
    const struct ui *ui = l->view->ui;
    for (int i = 0; i < l->count; i++) {
        struct column *c = &l->columns[i];
        float subtitle = l->subtitles ? text_width(l, c->subtitle, false) : 0;
        c->least = fmaxf(fmaxf(text_width(l, c->title, true), subtitle), ui_px(ui, 60));
        bool names = c->kind == COLUMN_UNITS && l->count <= 12;
        c->least += names ? 2 * column_name_width(l, c) : 0;
        if (c->kind == COLUMN_VECTOR)
            c->least =
                fmaxf(c->least, font_width(ui->fonts, FONT_SANS, l->small_px, _("… 000 more")));
        if (c->kind == COLUMN_PARAMS)
            c->least = fmaxf(c->least, 4 * (text_width(l, "σ²", false) + ui_px(ui, 8)));
        if (c->kind == COLUMN_OUTPUT)
            c->least = fmaxf(c->least, ui_px(ui, 215));
    }
}

/* May a row end before column i? A layer stays with its own weights. */
static bool may_break(const struct layout *l, int i)
{
    return l->columns[i].layer != l->columns[i - 1].layer;
}

/* Fills rows of at most `width`; returns how many there are. */
static int fill_rows(struct layout *l, float width)
{
    int row = 0, start = 0;
    float used = 0;
    for (int i = 0; i < l->count; i++) {
        l->columns[i].row = row;
        used += column_gap(l, i) + l->columns[i].least;
        if (used <= width || i == start)
            continue;
        int at = i;
        while (at > start && !may_break(l, at))
            at--;
        if (at == start)
            continue; /* one layer wider than a row: it is squeezed */
        row++;
        start = at;
        used = 0;
        for (int k = at; k <= i; k++) {
            l->columns[k].row = row;
            used += column_gap(l, k) + l->columns[k].least;
        }
    }
    return row + 1;
}

/* As few rows as the least widths need, and all about equally full. */
static void break_rows(struct layout *l)
{
    float least_height = ui_px(l->view->ui, 165);
    for (int i = 0; i < l->count; i++)
        if (has_circles(&l->columns[i])) {
            const struct net *net = l->view->snap->net;
            float n = (float)shape_count(&net->layers[l->columns[i].layer].out);
            least_height = fmaxf(least_height, ui_px(l->view->ui, 70 + 30 * n));
        }
    int most = (int)(l->area.h / least_height);
    most = most < 1 ? 1 : most > LAYOUT_ROWS ? LAYOUT_ROWS : most;
    l->rows = fill_rows(l, l->area.w);
    if (l->rows <= 1)
        return;
    int rows = l->rows < most ? l->rows : most;
    float low = 0, high = 1;
    for (int i = 0; i < l->count; i++)
        high += l->columns[i].least + ui_px(l->view->ui, 130);
    for (int k = 0; k < 20; k++) {
        float middle = (low + high) / 2;
        if (fill_rows(l, middle) <= rows)
            high = middle;
        else
            low = middle;
    }
    l->rows = fill_rows(l, high);
}

/* A row that goes on with circles begins with those before them, so that lines can come in. */
static void repeat_circles(struct layout *l)
{
    for (int i = 1; i < l->count && l->count < COLUMNS_MOST; i++) {
        struct column *c = &l->columns[i];
        if (c->row == l->columns[i - 1].row || !has_edges(l, i))
            continue;
        memmove(c + 1, c, (size_t)(l->count - i) * sizeof *c);
        *c = l->columns[i - 1];
        c->row = l->columns[i + 1].row;
        c->repeats = true;
        l->count++;
        i++;
    }
}

static bool is_picture(const struct column *c)
{
    return c->kind == COLUMN_MAPS || c->kind == COLUMN_KERNELS || c->kind == COLUMN_ROW;
}

/* What there is to share out in a row beyond everybody's least. */
struct shares {
    float squeeze; /* of everything, where even the least is too much */
    float focus;   /* part of what is wanted beyond the least by columns in focus, */
    float give;    /* and by the others */
    float wide;    /* of gaps */
    float grow;    /* of pictures, beyond what they want */
};

static struct shares work_out_shares(const struct layout *l, int first, int end)
{
    float missing = 0, focus = 0, gaps = 0, pictures = 0, least = 0;
    for (int i = first; i < end; i++) {
        const struct column *c = &l->columns[i];
        *(c->focus ? &focus : &missing) += fmaxf(0, c->wants - c->least);
        gaps += column_gap(l, i);
        least += c->least + column_gap(l, i);
        if (is_picture(c))
            pictures += fmaxf(c->wants, c->least);
    }
    float spare = fmaxf(0, l->area.w - least);
    float left = fmaxf(0, spare - focus), rest = fmaxf(0, left - missing);
    struct shares s = {.squeeze = least > l->area.w ? l->area.w / least : 1, .wide = 1};
    s.focus = focus > 0 ? fminf(1, spare / focus) : 0;
    s.give = missing > 0 ? fminf(1, left / missing) : 0;
    s.grow = pictures > 0 ? fminf(1.2f, 0.75f * rest / pictures) : 0;
    rest -= s.grow * pictures;
    if (gaps > 0)
        s.wide += fminf(rest / gaps, 4);
    return s;
}

/* Room for the numbers of a kernel that is shown large comes before what others want. */
static void widen_kernels(struct layout *l, int first, int end)
{
    const struct net *net = l->view->snap->net;
    struct ui *ui = l->view->ui;
    float number = font_width(ui->fonts, FONT_MONO, l->small_px, "−0.00") + 5, least = 0;
    for (int i = first; i < end; i++)
        least += l->columns[i].least + column_gap(l, i);
    for (int i = first; i < end; i++) {
        struct column *c = &l->columns[i];
        if (c->kind != COLUMN_KERNELS || !column_enlarges(l, c))
            continue;
        float needs = number * (float)net->layers[c->layer].kernel_w + 8;
        if (needs > c->least && least + needs - c->least <= l->area.w)
            c->least = needs;
    }
}

/* Shares out a row's width: everybody's least first, the rest in proportion to what is wanted,
 * then to pictures and gaps. */
static void share_row(struct layout *l, int first, int end)
{
    widen_kernels(l, first, end);
    struct shares s = work_out_shares(l, first, end);
    float used = 0, gap = ui_px(l->view->ui, 12), h = l->area.h / (float)l->rows;
    for (int i = first; i < end; i++) {
        struct column *c = &l->columns[i];
        used += column_gap(l, i) * s.wide * s.squeeze;
        float w = c->least + (c->focus ? s.focus : s.give) * fmaxf(0, c->wants - c->least);
        c->rect.x = l->area.x + used;
        c->rect.w = s.squeeze * w * (is_picture(c) ? 1 + s.grow : 1);
        used += c->rect.w;
    }
    for (int i = first; i < end; i++) {
        struct column *c = &l->columns[i];
        c->rect.x += (l->area.w - used) / 2;
        c->rect.y = l->area.y + h * (float)c->row;
        c->rect.h = h - (l->rows > 1 ? gap : 0);
    }
}

/* What is looked at wants more, the rest then less. */
static void favour_focus(struct layout *l)
{
    for (int i = 0; i < l->count; i++) {
        struct column *c = &l->columns[i];
        if (c->opened)
            c->wants *= 2.5f;
        else if (c->focus && is_picture(c))
            c->wants *= column_enlarges(l, c) ? 1.8f : 1.1f;
        else if (l->focus && is_picture(c))
            c->wants *= 0.7f;
        bool shape = c->kind == COLUMN_MAPS || c->kind == COLUMN_KERNELS;
        if (l->focus && !c->focus && shape)
            c->subtitle[0] = 0; /* it would keep the column wide */
    }
}

/* A lane for curves is kept free above rows that have some. */
static void find_lanes(struct layout *l)
{
    const struct net *net = l->view->snap->net;
    for (int to = 1; to < l->count; to++) {
        const struct column *c = &l->columns[to];
        const struct layer *layer = c->layer > 0 ? &net->layers[c->layer] : NULL;
        for (int k = 0; layer && k < layer->from_count; k++) {
            int home = layout_home(net, layer->from[k]), from = to;
            while (from > 0 && (l->columns[from].layer != home || l->columns[from].repeats))
                from--;
            int between = from + 1;
            while (between < to &&
                   (l->columns[between].layer == c->layer || l->columns[between].repeats))
                between++;
            if (between < to)
                l->lane[c->row] = l->lane[l->columns[from].row] = true;
        }
    }
}

void network_share(struct layout *l)
{
    favour_focus(l);
    l->subtitles = true;
    set_least(l);
    break_rows(l);
    float widest = 0, used = 0;
    for (int i = 0; i < l->count; i++) {
        used = column_gap(l, i) + l->columns[i].least + (column_gap(l, i) > 0 ? used : 0);
        widest = fmaxf(widest, used);
    }
    if (widest > l->area.w) { /* too much for as many rows as there may be */
        l->subtitles = false;
        set_least(l);
        break_rows(l);
    }
    repeat_circles(l);
    find_lanes(l);
    for (int first = 0, i = 1; i <= l->count; i++)
        if (i == l->count || l->columns[i].row != l->columns[first].row) {
            share_row(l, first, i);
            first = i;
        }
}
