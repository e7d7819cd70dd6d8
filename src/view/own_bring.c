/* Step 1: what is dropped, chosen or drawn. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "glassnet/ui/paragraph.h"
#include "home_pictures.h"
#include "own_parts.h"
#include "pad_own.h"

static const struct {
    const char *title, *words;
    void (*picture)(struct ui *ui, struct rect r);
    float aspect;
} ways[] = {
    {N_("Pictures"),
     N_("A folder that holds a folder for each class. Or the folders of the classes one after the "
        "other: \"can I hug that?\" is two, yes and no. PNG and JPEG."),
     home_photos_draw, 1.6f},
    {N_("A table"),
     N_("A .csv file whose first line names the columns. One column is the answer: a word, or a "
        "number."),
     home_table_draw, 1.8f},
};
enum { WAYS = sizeof ways / sizeof *ways };

/* What is there already when classes come one by one. */
static void draw_brought(const struct view *v, struct rect *r)
{
    struct ui *ui = v->ui;
    const struct survey *s = v->snap->own->survey;
    for (int k = 0; s && !s->table && k < s->classes; k++) {
        char text[160], count[48];
        snprintf(text, sizeof text, _("✓ %.60s: %s pictures"), s->class[k].name,
                 view_count(s->class[k].count, count, sizeof count));
        own_words(v, r, OWN_TEXT, ui->theme->good, text);
    }
}

static void draw_way(const struct view *v, int i, struct rect r)
{
    struct ui *ui = v->ui;
    float words = (float)ui_text_px(ui, OWN_SMALL) * 1.4f * 6;
    struct rect top = rect_cut_top(&r, fminf(r.h * 0.45f, fmaxf(0, r.h - words)));
    struct rect picture = rect_fit(rect_inset_xy(top, 0, ui_px(ui, 14)), ways[i].aspect);
    if (picture.h > ui_px(ui, 60))
        ways[i].picture(ui, rect_snap(picture));
    own_title(v, &r, translate(ways[i].title));
    own_words(v, &r, OWN_SMALL, ui->theme->muted, translate(ways[i].words));
}

static void draw_zone(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    const struct own_view *own = v->snap->own;
    struct rect box = rect_inset(r, ui_px(ui, 2));
    const struct point edge[] = {{box.x, box.y},
                                 {box.x + box.w, box.y},
                                 {box.x + box.w, box.y + box.h},
                                 {box.x, box.y + box.h},
                                 {box.x, box.y}};
    draw_rect(ui->draw, box, t->panel);
    draw_dashes(ui->draw, edge, 5, fmaxf(1, ui_px(ui, 2)), ui_px(ui, 12), ui_px(ui, 8), t->frame);
    struct rect in = rect_inset_xy(box, ui_px(ui, 26), ui_px(ui, 20));
    own_title(v, &in, own->survey ? _("Brought") : _("Drop it here"));
    if (own->state == OWN_LOOKING) {
        char words[400];
        snprintf(words, sizeof words, _("%.200s is being looked through: %d of %d"), own->name,
                 own->done, own->total);
        own_progress(v, &in, words, own->done, own->total);
    }
    draw_brought(v, &in);
    if (own->survey && own->table)
        own_words(v, &in, OWN_TEXT, t->good, own->name);
    if (own->problem[0])
        own_words(v, &in, OWN_TEXT, own->survey ? t->ink : t->error, own->problem);
    struct rect row = rect_cut_bottom(&in, own->state == OWN_NOTHING ? 0 : ui_px(ui, 44));
    for (int i = 0; i < WAYS; i++)
        draw_way(v, i, rect_column(in, WAYS, i, ui_px(ui, 36)));
    if (own->state == OWN_NOTHING)
        return;
    struct rect again = rect_cut_left(&row, fminf(row.w, ui_button_width(ui, _("Begin anew"))));
    if (ui_button(ui, "data.anew", again, _("Begin anew"), BUTTON_NORMAL))
        intents_add(v->out, "bring nothing");
}

static void draw_pad(const struct view *v, struct own_data_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct drawings *d = v->snap->drawings;
    own_title(v, &r, _("Or draw it"));
    float keep = pad_keep_height(v), gap = ui_px(ui, 8), button = ui_px(ui, 44);
    float tools = pad_tools_height(v, &s->pad), strip = own_strip_height(v);
    if (r.h - keep - tools - button - strip - 4 * gap < ui_px(ui, 200))
        strip = 0;
    float side = fminf(r.w, r.h - keep - tools - button - strip - 4 * gap);
    if (side < ui_px(ui, 120)) {
        own_words(v, &r, OWN_SMALL, ui->theme->muted,
                  _("There is too little room for the pad here; draw in the panel's tab Draw."));
        return;
    }
    pad_tools_draw(v, &s->pad, rect_cut_top(&r, tools));
    struct rect pad = rect_cut_top(&r, side);
    pad_area_draw(v, &s->pad, rect_snap(rect_centre(pad, side - 4, side - 4)), _("Draw here"));
    rect_cut_top(&r, gap);
    pad_keep_draw(v, &s->pad, rect_cut_top(&r, keep));
    rect_cut_top(&r, gap);
    if (strip > 0)
        own_strip_draw(v, &s->strip, rect_cut_top(&r, strip));
    rect_cut_top(&r, gap);
    struct rect row = rect_cut_top(&r, button);
    bool none = !d || d->count == 0;
    struct rect use = rect_cut_left(&row, fminf(row.w, ui_button_width(ui, _("Use my drawings"))));
    if (ui_button(ui, "data.drawings", use, _("Use my drawings"),
                  BUTTON_NORMAL | (none ? (unsigned)BUTTON_DISABLED : 0u)))
        intents_add(v->out, "bring drawings");
    ui_tooltip(ui, use, _("The drawings that you kept, as data to learn from"));
    rect_cut_left(&row, gap);
    if (row.w < ui_button_width(ui, _("Export")))
        return;
    struct rect export = rect_cut_left(&row, ui_button_width(ui, _("Export")));
    if (ui_button(ui, "data.export", export, _("Export"),
                  BUTTON_NORMAL | (none ? (unsigned)BUTTON_DISABLED : 0u)))
        intents_add(v->out, "app export drawings");
    ui_tooltip(ui, export, _("Writes them as PNG pictures in class folders, and as IDX files"));
}

void own_bring_draw(const struct view *v, struct own_data_state *s, struct rect r)
{
    float gap = ui_px(v->ui, 28);
    struct rect right = rect_cut_right(&r, r.w * 0.38f);
    rect_cut_right(&r, gap);
    draw_zone(v, r);
    draw_pad(v, s, right);
}
