/* Walking the home screen by keyboard. Cards out of sight are no widgets in that frame, so the
 * order of the widgets alone cannot be followed: the layout knows them all. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "home_own.h"

/* Play cards begin behind the lessons' and their button. */
static int before_plays(const struct home_state *s)
{
    return s->shown + s->folds;
}

static int cards(const struct home_state *s)
{
    return before_plays(s) + home_plays();
}

enum { FOOT_ITEMS = 1, TOP_MOST = 4 };

/* Those above the cards, in their order. */
static int top_items(const struct view *v, const struct home_state *s, const char *ids[TOP_MOST])
{
    int n = 0;
    ids[n++] = "home.learner";
    if (v->snap->net)
        ids[n++] = "home.back";
    ids[n++] = "home.menu";
    if (s->has_quiz)
        ids[n++] = "home.quiz";
    return n;
}

int home_items(const struct view *v, const struct home_state *s)
{
    const char *ids[TOP_MOST];
    return cards(s) + FOOT_ITEMS + top_items(v, s, ids);
}

char *home_item_id(const struct view *v, const struct home_state *s, int item, char *id)
{
    const char *ids[TOP_MOST];
    int foot = item - cards(s);
    if (item < s->shown)
        snprintf(id, 64, "lesson.%.50s", s->lessons->cards[s->first + item].name);
    else if (item < before_plays(s))
        snprintf(id, 64, "home.lessons");
    else if (foot < 0)
        snprintf(id, 64, "play.%d", item - before_plays(s));
    else if (foot >= FOOT_ITEMS && foot - FOOT_ITEMS < top_items(v, s, ids))
        snprintf(id, 64, "%s", ids[foot - FOOT_ITEMS]);
    else
        snprintf(id, 64, "home.open");
    return id;
}

int home_next_lesson(const struct home_state *s)
{
    for (int i = 0; s->lessons && i < s->lessons->count; i++) {
        const struct lesson_place *p =
            s->progress ? lesson_progress_find(s->progress, s->lessons->cards[i].name) : NULL;
        if (!s->lessons->cards[i].fault && !(p && p->finished))
            return i;
    }
    return -1;
}

/* A card's place; those at the foot follow below all cards, "Back" lies above them. */
static struct rect item_rect(const struct home_state *s, const struct home_layout *l, int item)
{
    int foot = item - cards(s);
    if (item < s->shown)
        return home_lesson_rect(l, item);
    if (item < before_plays(s))
        return rect_of(l->x + l->width - l->head, l->learn_y, l->head, l->head);
    if (foot < 0)
        return home_play_rect(l, item - before_plays(s));
    if (foot >= FOOT_ITEMS)
        return rect_of(l->x + l->width - 8 + 2 * (float)(foot - FOOT_ITEMS), -2, 1, 1);
    return rect_of(l->x + (float)foot, l->height + 1, 1, 1);
}

/* The nearest widget in a direction, `from` itself when there is none. Sideways only within a
 * row; up and down to the nearest row first. */
static int beside(const struct view *v, const struct home_state *s, const struct home_layout *l,
                  int from, int dx, int dy)
{
    struct rect a = item_rect(s, l, from);
    struct point m = rect_middle(a);
    int best = from;
    float least = INFINITY;
    for (int i = 0; i < home_items(v, s); i++) {
        struct rect b = item_rect(s, l, i);
        struct point p = rect_middle(b);
        bool same_row = b.y < a.y + a.h && a.y < b.y + b.h;
        float along = dx ? (p.x - m.x) * (float)dx : (p.y - m.y) * (float)dy;
        if (i == from || along <= 0 || same_row != (dx != 0))
            continue;
        float distance = dx ? along : along * 1000 + fabsf(p.x - m.x);
        if (distance < least) {
            least = distance;
            best = i;
        }
    }
    return best;
}

/* The widget a key leads to, -1 when no such key was pressed. */
static int led_to(const struct view *v, const struct home_state *s, const struct home_layout *l,
                  int at)
{
    static const struct {
        const char *key;
        int dx, dy;
    } arrows[] = {{"Left", -1, 0}, {"Right", 1, 0}, {"Up", 0, -1}, {"Down", 0, 1}};
    int n = home_items(v, s), next = home_next_lesson(s);
    if (ui_key(v->ui, "Tab"))
        return at < 0 ? 0 : (at + 1) % n;
    if (ui_key(v->ui, "Shift+Tab"))
        return at < 0 ? n - 1 : (at + n - 1) % n;
    for (int k = 0; k < 4; k++)
        if (ui_key(v->ui, arrows[k].key))
            return at < 0 ? (next < s->first ? 0 : next - s->first)
                          : beside(v, s, l, at, arrows[k].dx, arrows[k].dy);
    return -1;
}

void home_walk(const struct view *v, struct home_state *s, const struct home_layout *l,
               float view_h)
{
    char id[64];
    int at = v->ui->focus ? s->focus - 1 : -1;
    if (ui_key(v->ui, "PageDown"))
        s->scroll += view_h * 0.9f;
    if (ui_key(v->ui, "PageUp"))
        s->scroll -= view_h * 0.9f;
    int to = led_to(v, s, l, at);
    if (to >= 0) {
        ui_focus(v->ui, home_item_id(v, s, to, id));
        v->ui->focus_visible = true;
        if (to < cards(s)) {
            struct rect r = rect_inset(item_rect(s, l, to), -l->gap / 2);
            s->scroll = fminf(s->scroll, r.y < l->play_y && r.y < l->head * 2 ? 0 : r.y);
            s->scroll = fmaxf(s->scroll, r.y + r.h - view_h);
        }
    }
    s->scroll = fmaxf(0, fminf(s->scroll, l->height - view_h));
}

void home_note_focus(const struct view *v, struct home_state *s)
{
    char id[64];
    s->focus = 0;
    for (int i = 0; i < home_items(v, s); i++) {
        const struct widget_record *w = ui_find(v->ui, home_item_id(v, s, i, id));
        if (w && w->state & STATE_FOCUS)
            s->focus = i + 1;
    }
}
