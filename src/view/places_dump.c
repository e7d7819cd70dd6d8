/* A frame as text. Rows from top to bottom, within a row from left to right; pieces of one line
 * that stand close together are one text. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/view/places.h"

enum item_kind { ITEM_WIDGET, ITEM_TEXT, ITEM_PICTURE };

struct item {
    enum item_kind kind;
    int at; /* record or command */
    int order;
    struct rect rect;
    int row;
    char text[600];
};

struct items {
    struct item *list;
    int count, capacity;
};

static struct item *add(struct items *l, enum item_kind kind, int at, struct rect r)
{
    l->list = mem_grow(l->list, &l->capacity, l->count + 1, sizeof *l->list);
    struct item *item = &l->list[l->count];
    *item = (struct item){.kind = kind, .at = at, .order = l->count, .rect = r};
    l->count++;
    return item;
}

/* A widget's own words are its label, not a text of their own. */
static bool is_label(const struct ui *ui, const struct place *p, const char *text, struct rect r)
{
    struct point m = rect_middle(r);
    for (int i = p->record; i < p->record_end; i++) {
        const struct widget_record *w = &ui->records[i];
        if (w->kind != WIDGET_AREA && rect_contains(w->rect, m.x, m.y) &&
            strcmp(w->label, text) == 0)
            return true;
    }
    return false;
}

static void add_text(struct items *l, const struct ui *ui, const struct place *p, int i,
                     struct item **last)
{
    const struct draw_list *d = ui->draw;
    const struct draw_cmd *c = &d->cmds[i];
    const char *text = draw_cmd_data(d, c);
    float line = (float)c->px;
    struct rect r = {c->x, c->y - 0.75f * line, c->w, line};
    if (rect_is_empty(rect_intersect(r, d->clips[c->clip])) || is_label(ui, p, text, r))
        return;
    struct item *before = *last;
    if (before && before->rect.y + before->rect.h == r.y + r.h && before->rect.h == r.h &&
        fabsf(before->rect.x + before->rect.w - r.x) < 0.5f * line) {
        size_t used = strlen(before->text);
        snprintf(before->text + used, sizeof before->text - used, "%s", text);
        before->rect = rect_union(before->rect, r);
        return;
    }
    *last = add(l, ITEM_TEXT, i, r);
    snprintf((*last)->text, sizeof(*last)->text, "%s", text);
}

/* The cells a picture of the network view begins with; "" when it is not known. */
static void picture_name(const struct snapshot *s, const struct network_state *network,
                         struct rect r, char *out, size_t size)
{
    struct rect plate;
    struct point m = rect_middle(r);
    int rows, cols;
    out[0] = 0;
    for (int i = 0; network && network_plate(network, i, &plate, &rows, &cols); i++) {
        struct cell cell = network_plate_cell(network, i, 0, 0);
        if (rect_contains(plate, m.x, m.y) && cell_is(cell)) {
            cell_title(s->program, cell, out, size);
            return;
        }
    }
}

static void gather(struct items *l, const struct place *p, const struct ui *ui,
                   const struct snapshot *s, const struct network_state *network)
{
    struct item *last = NULL;
    for (int i = p->record; i < p->record_end; i++)
        add(l, ITEM_WIDGET, i, ui->records[i].rect);
    for (int i = p->cmd; i < p->cmd_end; i++) {
        const struct draw_cmd *c = &ui->draw->cmds[i];
        if (c->kind == DRAW_TEXT) {
            add_text(l, ui, p, i, &last);
        } else if (c->kind == DRAW_HEATMAP && !rect_is_empty(draw_cmd_bounds(ui->draw, c))) {
            char name[300];
            struct rect r = {c->x, c->y, c->w, c->h};
            picture_name(s, network, r, name, sizeof name);
            struct item *item = add(l, ITEM_PICTURE, i, r);
            last = NULL; /* the list may have moved */
            snprintf(item->text, sizeof item->text, "%d x %d%s%s%s", c->rows, c->cols,
                     c->flags & HEATMAP_GRADIENT ? " gradients" : "", name[0] ? " from " : "",
                     name);
        }
        if (last)
            last = &l->list[l->count - 1];
    }
}

static float middle_of(const struct item *i)
{
    return i->rect.y + i->rect.h / 2;
}

static int by_height(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    float mx = middle_of(x), my = middle_of(y);
    return mx != my ? (mx < my ? -1 : 1) : x->order - y->order;
}

static int by_row(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    if (x->row != y->row)
        return x->row - y->row;
    return x->rect.x != y->rect.x ? (x->rect.x < y->rect.x ? -1 : 1) : x->order - y->order;
}

/* Items whose middles differ by less than `near` pixels from the row's first are one row. */
static void sort(struct items *l, float near)
{
    int row = 0;
    float first = 0;
    if (l->count == 0)
        return;
    qsort(l->list, (size_t)l->count, sizeof *l->list, by_height);
    for (int i = 0; i < l->count; i++) {
        if (i == 0 || middle_of(&l->list[i]) - first > near) {
            first = middle_of(&l->list[i]);
            row++;
        }
        l->list[i].row = row;
    }
    qsort(l->list, (size_t)l->count, sizeof *l->list, by_row);
}

static void write_quoted(const char *text, FILE *out)
{
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', out);
        fputc(*text == '\n' ? ' ' : *text, out);
    }
    fputc('"', out);
}

static void write_item(const struct item *item, const struct ui *ui, FILE *out)
{
    static const char *const roles[] = {"button",   "choice", "slider", "field",
                                        "checkbox", "row",    "area",   "link"};
    if (item->kind == ITEM_PICTURE) {
        fprintf(out, "  picture %s\n", item->text);
        return;
    }
    if (item->kind == ITEM_TEXT) {
        fputs("  text ", out);
        write_quoted(item->text, out);
        fputc('\n', out);
        return;
    }
    const struct widget_record *w = &ui->records[item->at];
    fprintf(out, "  %s %s ", roles[w->kind], w->id);
    write_quoted(w->label, out);
    fprintf(out, "%s%s%s\n", w->state & STATE_ON ? " on" : "",
            w->state & STATE_DISABLED ? " disabled" : "", w->state & STATE_FOCUS ? " focus" : "");
}

static void write_head(const struct ui *ui, const struct snapshot *s, FILE *out)
{
    char name[320] = "nothing";
    if (view_has_pass(s) && cell_is(s->selected))
        cell_name(s->program, s->selected, name, sizeof name);
    fprintf(out, "screen %dx%d\nview %s\nnetwork %s\nselected %s\n", ui->w, ui->h, s->view,
            s->title && s->title[0] ? s->title : "none", name);
}

static void write_place(const struct place *p, const struct ui *ui, const struct snapshot *s,
                        const struct network_state *network, FILE *out)
{
    struct items items = {0};
    gather(&items, p, ui, s, network);
    sort(&items, ui_px(ui, 11));
    if (items.count > 0)
        fprintf(out, "place %s\n", p->name);
    for (int i = 0; i < items.count; i++)
        write_item(&items.list[i], ui, out);
    free(items.list);
}

void places_dump(const struct places *p, const struct ui *ui, const struct snapshot *s,
                 const struct network_state *network, FILE *out)
{
    static const char *const order[] = {"blank", "home",    "top bar", "formula",
                                        "tabs",  "canvas",  "panel",   "transport",
                                        "pen",   "message", "overlay"};
    write_head(ui, s, out);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const struct place *place = place_find(p, order[i]);
        if (place)
            write_place(place, ui, s, network, out);
    }
}
