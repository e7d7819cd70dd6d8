#include "glassnet/view/own_data.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "glassnet/ui/paragraph.h"
#include "own_parts.h"

static const char *const names[OWN_STEPS] = {N_("1 Bring"), N_("2 Look"), N_("3 Train"),
                                             N_("4 Try")};

void own_data_init(struct own_data_state *s)
{
    memset(s, 0, sizeof *s);
}

bool own_data_can(const struct own_view *own, enum own_step step)
{
    switch (step) {
    case OWN_LOOK:
        return own->survey != NULL || own->state == OWN_LOOKING;
    case OWN_TRAIN:
        return own->open || own->state == OWN_LOADING;
    case OWN_TRY:
        return own->open;
    default:
        return true;
    }
}

/* The step follows what happens: what was brought is looked at, what was made is seen to learn. */
static void follow(const struct own_view *own, struct own_data_state *s)
{
    bool problem = own->problem[0] != 0, same = own->state == s->seen && problem == s->seen_problem;
    if (!same && own->state == OWN_LOOKED && (s->seen == OWN_LOOKING || s->seen == OWN_NOTHING))
        s->step = own->survey && own->survey->classes == 1 ? OWN_BRING : OWN_LOOK;
    else if (own->state == OWN_LOOKED && s->seen == OWN_LOOKED && s->seen_problem && !problem &&
             s->step == OWN_BRING)
        s->step = OWN_LOOK; /* the class that lacked was looked through within a frame */
    else if (own->state >= OWN_LOADING &&
             (s->seen < OWN_LOADING || (!same && own->state == OWN_LOADING)))
        s->step = OWN_TRAIN;
    if (!own_data_can(own, s->step))
        s->step = own_data_can(own, OWN_LOOK) ? OWN_LOOK : OWN_BRING;
    if (!same)
        s->scroll_left = s->scroll_right = 0;
    s->seen = own->state;
    s->seen_problem = problem;
}

/* The one thing to do next. */
static enum own_step next_step(const struct own_view *own)
{
    switch (own->state) {
    case OWN_NOTHING:
    case OWN_LOOKING:
        return OWN_BRING;
    case OWN_LOOKED:
        return own->problem[0] && own->survey && own->survey->classes == 1 ? OWN_BRING : OWN_LOOK;
    case OWN_TESTED:
        return OWN_TRY;
    default:
        return OWN_TRAIN;
    }
}

static void draw_steps(const struct view *v, struct own_data_state *s, struct rect row)
{
    struct ui *ui = v->ui;
    const struct own_view *own = v->snap->own;
    enum own_step next = next_step(own);
    for (int i = 0; i < OWN_STEPS; i++) {
        char id[32], label[48];
        bool can = own_data_can(own, (enum own_step)i);
        struct rect r = rect_column(row, OWN_STEPS, i, ui_px(ui, 10));
        snprintf(id, sizeof id, "data.step.%d", i + 1);
        snprintf(label, sizeof label, "%s%s", translate(names[i]),
                 i < (int)next && can ? "  ✓" : "");
        unsigned style = (int)s->step == i ? BUTTON_ON : BUTTON_NORMAL;
        if (ui_button(ui, id, r, label, style | (can ? 0u : (unsigned)BUTTON_DISABLED)))
            s->step = (enum own_step)i;
        if (i == (int)next)
            draw_round_frame(ui->draw, rect_inset(r, -ui_px(ui, 4)), ui_px(ui, 8),
                             fmaxf(2, ui_px(ui, 3)), ui->theme->selection);
    }
}

void own_data_draw(const struct view *v, struct own_data_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    follow(v->snap->own, s);
    draw_tag(ui->draw, "own data");
    r = rect_inset_xy(r, ui_px(ui, 28), ui_px(ui, 16));
    draw_steps(v, s, rect_cut_top(&r, ui_px(ui, 50)));
    rect_cut_top(&r, ui_px(ui, 18));
    if (s->step == OWN_BRING)
        own_bring_draw(v, s, r);
    else if (s->step == OWN_LOOK && v->snap->own->survey && v->snap->own->table)
        own_table_draw(v, s, r);
    else if (s->step == OWN_LOOK)
        own_look_draw(v, s, r);
    else if (s->step == OWN_TRAIN)
        own_train_draw(v, s, r);
    else
        own_try_draw(v, s, r);
    draw_tag(ui->draw, NULL);
}

/* --- the foot -----------------------------------------------------------------------------------
 */

struct next {
    const char *label, *words, *line; /* line NULL: to the step after */
    bool off;
};

static struct next next_of(const struct own_view *own, enum own_step step)
{
    bool training = own->state == OWN_TRAINING || own->state == OWN_TESTING;
    switch (step) {
    case OWN_BRING:
        if (own_data_can(own, OWN_LOOK) && !(own->survey && own->survey->classes == 1))
            return (struct next){_("Look at it ›"), _("What you brought is here."), NULL, false};
        return (struct next){_("Choose…"),
                             own->survey
                                 ? _("Now the folder of the other class: drop it, or choose it.")
                                 : _("Drop a folder or a table into the window, or choose it."),
                             "app files", false};
    case OWN_LOOK:
        if (own->problem[0])
            return (struct next){_("Choose…"), _("Bring something else, or choose other settings."),
                                 "app files", false};
        return (struct next){own->open ? _("Make it anew ›") : _("Make a network ›"),
                             _("A fitting network is made of it and trained."), "make",
                             own->state == OWN_LOOKING || own->state == OWN_LOADING};
    case OWN_TRAIN:
        if (training)
            return (struct next){_("Stop"), _("It learns. You can stop it at any time."), "stop",
                                 own->state == OWN_TESTING};
        return (struct next){_("Try it ›"), _("It was tested with what it had not seen."), NULL,
                             !own->open};
    default:
        return (struct next){_("See through it ›"),
                             _("Every number of it is there to be looked at."), "show network",
                             false};
    }
}

void own_data_foot(const struct view *v, struct own_data_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct own_view *own = v->snap->own;
    struct next next = next_of(own, s->step);
    draw_rect(ui->draw, r, ui->theme->panel);
    draw_hline(ui->draw, r.x, r.x + r.w, r.y, 1, ui->theme->line);
    struct rect row = rect_inset_xy(r, ui_px(ui, 24), r.h * 0.16f);
    struct rect back = rect_cut_left(&row, fminf(row.w / 4, ui_button_width(ui, _("‹ Back"))));
    bool first = s->step == OWN_BRING;
    if (ui_button(ui, "data.back", back, _("‹ Back"),
                  BUTTON_NORMAL | (first ? (unsigned)BUTTON_DISABLED : 0u)))
        s->step = (enum own_step)((int)s->step - 1);
    float width = fminf(row.w * 0.7f, ui_button_width(ui, next.label) * 1.2f);
    struct rect on = rect_cut_right(&row, width);
    if (ui_button(ui, "data.next", on, next.label,
                  BUTTON_PRIMARY | (next.off ? (unsigned)BUTTON_DISABLED : 0u))) {
        if (next.line)
            intents_add(v->out, "%s", next.line);
        if (next.line && strcmp(next.line, "make") == 0)
            s->step = OWN_TRAIN;
        else if (!next.line)
            s->step = (enum own_step)((int)s->step + 1);
    }
    row = rect_inset_xy(row, ui_px(ui, 16), 0);
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, OWN_TEXT), row, ALIGN_RIGHT | TEXT_MAY_CUT,
                 ui->theme->muted, next.words);
}

/* --- parts ---------------------------------------------------------------------------------------
 */

void own_title(const struct view *v, struct rect *r, const char *title)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, OWN_TITLE);
    if (r->h < (float)px * 1.4f) {
        r->h = 0;
        return;
    }
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, rect_cut_top(r, (float)px * 1.5f),
                 ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->ink, title);
}

void own_words(const struct view *v, struct rect *r, int px, struct colour c, const char *words)
{
    struct ui *ui = v->ui;
    int size = ui_text_px(ui, (float)px);
    const struct text_run run = {.text = words, .colour = c};
    struct paragraph_style style = {.px = size, .leading = 1.35f};
    int room = (int)(r->h / ((float)size * 1.35f));
    if (room < 1)
        return;
    style.max_lines = room;
    float h = paragraph_draw(ui->draw, &run, 1, &style, r->x, r->y, r->w);
    rect_cut_top(r, h + (float)size * 0.35f);
}

int own_choice(const struct view *v, struct rect *r, const char *id, const char *label,
               const char *const *words, int n, int now)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, OWN_SMALL);
    float row = ui_px(ui, 40), needed = (float)px * 1.5f + row;
    if (r->h < needed)
        return -1;
    draw_text_in(ui->draw, FONT_SANS, px, rect_cut_top(r, (float)px * 1.5f),
                 ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, label);
    struct rect line = rect_cut_top(r, row);
    line.w = fminf(line.w, ui_segments_width(ui, words, n));
    int chosen = ui_segments(ui, id, line, words, n, now, 0);
    rect_cut_top(r, ui_px(ui, OWN_GAP) * 0.7f);
    return chosen;
}

void own_progress(const struct view *v, struct rect *r, const char *words, int done, int total)
{
    struct ui *ui = v->ui;
    own_words(v, r, OWN_TEXT, ui->theme->ink, words);
    ui_progress(ui, rect_cut_top(r, ui_px(ui, 12)), total > 0 ? (float)done / (float)total : 0,
                ui->theme->phase[THEME_UPDATE]);
    rect_cut_top(r, ui_px(ui, OWN_GAP));
    ui->again = true;
}

void own_picture(const struct view *v, struct rect r, const float *x, const struct shape *shape)
{
    int h = shape->dim[0], w = shape->dim[1], c = shape->dim[2];
    uint32_t *colours = mem_zalloc((size_t)h * (size_t)w, sizeof *colours);
    for (int i = 0; i < h * w; i++) {
        float rgb[3];
        for (int k = 0; k < 3; k++)
            rgb[k] = fminf(fmaxf(x[i * c + (c == 3 ? k : 0)], 0), 1);
        colours[i] = 0xFF000000u;
        for (int k = 0; k < 3; k++)
            colours[i] |= (uint32_t)(rgb[k] * 255 + 0.5f) << (16 - 8 * k);
    }
    struct rect box = rect_snap(rect_fit(r, (float)w / (float)h));
    draw_heatmap(v->ui->draw, box, w, h, colours, 0, v->ui->theme->line);
    draw_frame(v->ui->draw, box, 1, v->ui->theme->frame);
    free(colours);
}
