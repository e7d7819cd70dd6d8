/* The training samples nearest to this one in a layer's space. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "inside_own.h"

/* Asks once for the layer that is chosen; again only when another is, or when told to. */
static void ask(const struct view *v, struct inside_state *s)
{
    const struct nearest_view *n = v->snap->nearest;
    const char *name = v->snap->net->layers[inside_layer(v->snap, s)].name;
    bool there = n->asked && strcmp(v->snap->net->layers[n->layer].name, name) == 0;
    if (there || strcmp(s->asked_near, name) == 0)
        return;
    snprintf(s->asked_near, sizeof s->asked_near, "%s", name);
    intents_add(v->out, "nearest %s", name);
}

static void draw_one(const struct view *v, const struct neighbour *near, int place, struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    const struct dataset *data = snap->data;
    char id[48], text[64], name[64], number[48];
    int px = ui_text_px(ui, 18);
    bool picture = snap->net->layers[0].out.rank == 3;
    snprintf(id, sizeof id, "inside.near.%d", place);
    snprintf(text, sizeof text, "show sample %d", near->sample);
    unsigned answer = ui_area(ui, id, r, text, true);
    if (answer & AREA_CLICKED)
        intents_add(v->out, "sample %d", near->sample);
    if (answer & AREA_HOVER)
        draw_round_rect(ui->draw, rect_inset(r, -3), ui_px(ui, 6), ui->theme->hover);
    view_tip(v, r, text, NULL);
    float line = (float)px * 1.4f;
    struct rect low = rect_cut_bottom(&r, line), high = rect_cut_bottom(&r, line);
    if (picture)
        inside_picture_draw(v, r, dataset_x(data, near->sample), NULL, 0);
    bool self = near->sample == snap->sample && snap->pass == PASS_INSPECT;
    if (data->n_classes)
        snprintf(text, sizeof text, "%.40s",
                 view_class(snap, dataset_class(data, near->sample), name, sizeof name));
    else
        view_number(snap, (double)dataset_y(data, near->sample)[0], text, sizeof text);
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, high, ALIGN_CENTRE | TEXT_MAY_CUT, ui->theme->ink,
                 text);
    snprintf(text, sizeof text, "%s",
             self ? _("itself") : view_number(snap, near->distance, number, sizeof number));
    draw_text_in(ui->draw, self ? FONT_SANS : FONT_MONO, px, low, ALIGN_CENTRE | TEXT_MAY_CUT,
                 ui->theme->muted, text);
}

static void draw_grid(const struct view *v, const struct nearest_view *n, struct rect r)
{
    struct ui *ui = v->ui;
    float gap = ui_px(ui, 14), words = 2.8f * (float)ui_text_px(ui, 18), best = 0;
    bool picture = v->snap->net->layers[0].out.rank == 3;
    int columns = 4;
    for (int c = 2; c <= 6; c++) {
        int rows = (n->count + c - 1) / c;
        float w = (r.w - gap * (float)(c - 1)) / (float)c;
        float h = (r.h - gap * (float)(rows - 1)) / (float)rows - (picture ? words : 0);
        if (fminf(w, h) > best) {
            best = fminf(w, h);
            columns = c;
        }
    }
    int rows = (n->count + columns - 1) / columns;
    float w = (r.w - gap * (float)(columns - 1)) / (float)columns;
    float h = (r.h - gap * (float)(rows - 1)) / (float)(rows > 0 ? rows : 1);
    w = fminf(w, ui_px(ui, 220));
    h = picture ? fminf(h, w + words) : words;
    for (int k = 0; k < n->count; k++)
        draw_one(v, &n->found[k], k,
                 (struct rect){r.x + (float)(k % columns) * (w + gap),
                               r.y + (float)(k / columns) * (h + gap), w, h});
}

static void draw_progress(const struct view *v, const struct nearest_view *n, struct rect r)
{
    struct ui *ui = v->ui;
    char text[96], done[32], all[32];
    snprintf(text, sizeof text, _("%s of %s samples"), view_count(n->done, done, sizeof done),
             view_count(n->samples, all, sizeof all));
    inside_words(v, rect_cut_top(&r, ui_px(ui, 60)), text);
    struct rect bar = rect_cut_top(&r, ui_px(ui, 10));
    ui_progress(ui, rect_centre(bar, fminf(bar.w, ui_px(ui, 400)), bar.h),
                (float)n->done / (float)(n->samples > 0 ? n->samples : 1), ui->theme->ink);
    ui->again = true;
}

void inside_nearest_draw(const struct view *v, struct inside_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct snapshot *snap = v->snap;
    const struct nearest_view *n = snap->nearest;
    char title[160], note[96], count[32];
    if (!snap->data) {
        inside_words(v, r, _("There are no samples to look through: choose a data set first."));
        return;
    }
    ask(v, s);
    if (!n->asked)
        return;
    snprintf(title, sizeof title, _("Nearest by %s"), snap->net->layers[n->layer].name);
    snprintf(note, sizeof note, _("of %s samples; distances in the layer's space"),
             view_count(n->samples, count, sizeof count));
    inside_caption(v, &r, title, note);
    if (n->stale) {
        struct rect row = rect_cut_top(&r, ui_px(ui, 44));
        struct rect b = rect_cut_left(&row, ui_button_width(ui, _("Look again")));
        if (ui_button(ui, "inside.again", b, _("Look again"), BUTTON_PRIMARY))
            intents_add(v->out, "nearest %s", snap->net->layers[n->layer].name);
        rect_cut_left(&row, ui_px(ui, 12));
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 19), row, ALIGN_LEFT | TEXT_MAY_CUT,
                     ui->theme->error, _("the weights are others now"));
        rect_cut_top(&r, ui_px(ui, 8));
    }
    if (n->running && n->done < n->samples)
        draw_progress(v, n, r);
    else if (n->count > 0)
        draw_grid(v, n, rect_inset_xy(r, ui_px(ui, 4), ui_px(ui, 4)));
}
