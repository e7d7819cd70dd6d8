#include "glassnet/view/panel.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/view/bars.h"

void panel_init(struct panel_state *p)
{
    memset(p, 0, sizeof *p);
    text_edit_init(&p->train.epochs, p->train.epochs_text, sizeof p->train.epochs_text);
    text_edit_init(&p->train.rate, p->train.rate_text, sizeof p->train.rate_text);
    text_edit_init(&p->lesson.answer, p->lesson.answer_text, sizeof p->lesson.answer_text);
    p->lesson.page = p->lesson.task = -1;
}

void panel_deinit(struct panel_state *p)
{
    free(p->inspector.order);
    p->inspector.order = NULL;
    cell_uses_deinit(&p->inspector.uses);
}

static void draw_folded(const struct view *v, struct panel_state *p, struct rect r)
{
    if (ui_button(v->ui, "panel.fold", rect_inset_xy(r, 1, 1), "‹", BUTTON_PLAIN))
        p->folded = false;
    ui_tooltip(v->ui, r, _("Unfold the panel (F9)"));
}

/* A lesson can lock training, leave tabs out, and needs no pad that cannot be drawn on; its page
 * needs a lesson. A hidden tab that a key has shown is there as long as it is. */
static bool has_tab(const struct view *v, const struct panel_state *p, const struct player *player,
                    enum panel_tab tab)
{
    switch (tab) {
    case TAB_VIEW:
        return p->view_title && (p->tab == TAB_VIEW || !view_hides(v, "controls"));
    case TAB_DRAW:
        return !player ||
               (pad_takes_drawings(v->snap) && (p->tab == TAB_DRAW || !view_hides(v, "draw")));
    case TAB_TRAIN:
        return !p->trains && (!player || !player_is_locked(player, "train"));
    case TAB_LESSON:
        return player != NULL;
    default:
        return p->tab == TAB_INSPECT || !view_hides(v, "inspect");
    }
}

/* A view that has controls shows them when it comes, unless a lesson's page is read. */
static void follow_view(struct panel_state *p, const struct player *player, const char *title)
{
    if (title && title != p->view_title && !player)
        p->tab = TAB_VIEW;
    p->view_title = title;
}

static void draw_tabs(const struct view *v, struct panel_state *p, const struct player *player,
                      struct rect r)
{
    static const enum panel_tab order[TABS] = {TAB_VIEW, TAB_INSPECT, TAB_DRAW, TAB_TRAIN,
                                               TAB_LESSON};
    const char *const names[TABS] = {N_("Inspect"), N_("Draw"), N_("Train"), N_("Lesson"),
                                     p->view_title};
    const char *labels[TABS];
    for (int i = 0; i < TABS; i++)
        labels[i] = translate(names[i]);
    static const char *const tips[TABS] = {
        N_("Every term of the selected number"), N_("A pad to draw on: the network reads along"),
        N_("Training and its curves"), N_("The lesson's page"), N_("What this view can do")};
    struct ui *ui = v->ui;
    int n = 0;
    if (!has_tab(v, p, player, p->tab))
        p->tab = player ? TAB_LESSON : TAB_INSPECT;
    for (int i = 0; i < TABS; i++)
        n += has_tab(v, p, player, (enum panel_tab)i);
    struct rect fold = rect_cut_right(&r, ui_px(ui, 36));
    if (ui_button(ui, "panel.fold", fold, "›", BUTTON_PLAIN))
        p->folded = true;
    view_tip(v, fold, _("Fold the panel away"), "app fold");
    rect_cut_right(&r, ui_px(ui, 6));
    /* Equal parts, unless a long word needs more. */
    float part = r.w / (float)n, wanted = 0, widest = 0, x = r.x;
    for (int i = 0; i < TABS; i++)
        if (has_tab(v, p, player, (enum panel_tab)i)) {
            float width = ui_button_width(ui, labels[i]);
            wanted += width;
            widest = fmaxf(widest, width);
        }
    bool tight = widest > part + ui_px(ui, 24);
    for (int k = 0; k < TABS; k++) {
        int i = (int)order[k];
        if (!has_tab(v, p, player, order[k]))
            continue;
        struct rect tab = {x, r.y, part, r.h};
        if (tight)
            tab.w = r.w * ui_button_width(ui, labels[i]) / wanted;
        x += tab.w;
        char id[32];
        snprintf(id, sizeof id, "panel.%s", i == TAB_VIEW ? "View" : names[i]);
        bool on = (int)p->tab == i;
        if (ui_button(ui, id, tab, labels[i], BUTTON_PLAIN))
            p->tab = (enum panel_tab)i;
        view_tip(v, tab, translate(tips[i]), NULL);
        struct rect mark = {tab.x + 4, tab.y + tab.h - ui_px(ui, 4), tab.w - 8, ui_px(ui, 4)};
        if (on)
            draw_rect(ui->draw, mark, ui->theme->ink);
    }
}

void panel_draw(const struct view *v, struct panel_state *p, struct canvas_state *canvas,
                struct player *player, struct rect r)
{
    struct ui *ui = v->ui;
    follow_view(p, player, canvas_panel_title(canvas));
    p->trains = canvas_flags(canvas) & CANVAS_TRAINS;
    draw_tag(ui->draw, "panel");
    draw_rect(ui->draw, r, ui->theme->panel);
    draw_vline(ui->draw, r.x, r.y, r.y + r.h, 1, ui->theme->line);
    if (p->folded) {
        draw_folded(v, p, r);
        draw_tag(ui->draw, NULL);
        return;
    }
    draw_tabs(v, p, player, rect_cut_top(&r, ui_px(ui, 54)));
    draw_hline(ui->draw, r.x, r.x + r.w, r.y, 1, ui->theme->line);
    struct rect list = rect_cut_bottom(&r, watch_height(v, &p->watch, r.h));
    if (list.h > 0)
        watch_draw(v, &p->watch, list);
    bool small = bars_are_tight(ui);
    struct rect in = rect_inset_xy(r, ui_px(ui, small ? 16 : 26), ui_px(ui, small ? 10 : 18));
    draw_clip_push(ui->draw, r);
    switch (p->tab) {
    case TAB_VIEW:
        canvas_panel_draw(v, canvas, in);
        break;
    case TAB_DRAW:
        pad_draw(v, &p->pad, in);
        break;
    case TAB_TRAIN:
        train_draw(v, &p->train, in);
        break;
    case TAB_LESSON:
        if (player)
            lesson_draw(v, &p->lesson, player, in);
        break;
    default:
        inspector_draw(v, &p->inspector, in);
    }
    draw_clip_pop(ui->draw);
    draw_tag(ui->draw, NULL);
}
