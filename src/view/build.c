#include "glassnet/view/build.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "build_own.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"

void build_init(struct build_state *s)
{
    memset(s, 0, sizeof *s);
    s->text = mem_zalloc(BUILD_TEXT + 1, 1);
    text_edit_init(&s->edit, s->text, BUILD_TEXT + 1);
    s->edit.lines = true;
}

void build_deinit(struct build_state *s)
{
    free(s->text);
    s->text = NULL;
}

void build_draw(const struct view *v, struct build_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    draw_tag(ui->draw, "build");
    if (!v->snap->build->text) {
        if (!s->asked)
            intents_add(v->out, "build");
        s->asked = true;
        draw_tag(ui->draw, NULL);
        return;
    }
    struct rect in = rect_inset_xy(r, ui_px(ui, 24), ui_px(ui, 10));
    struct rect text = rect_cut_right(&in, in.w * 0.42f);
    rect_cut_right(&in, ui_px(ui, 24));
    build_blocks_draw(v, s, in);
    build_text_draw(v, s, text);
    draw_tag(ui->draw, NULL);
}

/* What pressing Open does with what is open now. */
static void say(const struct view *v, char *out, size_t size)
{
    const struct snapshot *snap = v->snap;
    const struct build_view *b = snap->build;
    char count[48];
    int changes = 0;
    for (int i = 0; i < snap->branch_count; i++)
        changes += snap->branches[i].changes;
    bool keeps = snap->net && (snap->step_end > 0 || snap->branch_count > 1 || changes > 0);
    if (b->fault[0])
        snprintf(out, size, _("It opens as soon as every block fits."));
    else
        snprintf(out, size,
                 translate_count("%s weights in %d layer. %s", "%s weights in %d layers. %s",
                                 b->outline->layer_count - 1),
                 view_count((long long)net_trained(b->outline), count, sizeof count),
                 b->outline->layer_count - 1,
                 keeps       ? _("The run that is open is saved as a session before.")
                 : snap->net ? _("It takes the open network's place.")
                             : _("It opens with its weights drawn anew."));
}

static bool foot_button(const struct view *v, struct rect *in, const char *id, const char *label,
                        unsigned style, const char *tip)
{
    struct ui *ui = v->ui;
    struct rect b = rect_cut_left(in, ui_button_width(ui, label));
    rect_cut_left(in, ui_px(ui, 10));
    b = rect_centre(b, b.w, fminf(b.h, ui_px(ui, 52)));
    bool clicked = ui_button(ui, id, b, label, style);
    ui_tooltip(ui, b, tip);
    return clicked;
}

void build_foot_draw(const struct view *v, struct rect r)
{
    struct ui *ui = v->ui;
    const struct build_view *b = v->snap->build;
    char text[300];
    draw_tag(ui->draw, "transport");
    draw_rect(ui->draw, r, ui->theme->panel);
    draw_hline(ui->draw, r.x, r.x + r.w, r.y, 1, ui->theme->line);
    struct rect in = rect_inset_xy(r, ui_px(ui, 24), 0);
    bool whole = b->text && !b->fault[0];
    if (foot_button(v, &in, "build.open", _("Open it"), whole ? BUTTON_PRIMARY : BUTTON_DISABLED,
                    _("Opens what was built, its weights drawn anew")))
        intents_add(v->out, "app open built");
    if (foot_button(v, &in, "build.undo", _("Undo"), b->can_undo ? 0 : BUTTON_DISABLED,
                    _("Takes the last change back (Ctrl+Z)")))
        intents_add(v->out, "build undo");
    if (foot_button(v, &in, "build.redo", _("Redo"), b->can_redo ? 0 : BUTTON_DISABLED,
                    _("Makes it again (Ctrl+Y)")))
        intents_add(v->out, "build redo");
    if (foot_button(v, &in, "build.save", _("Save…"), b->text ? 0 : BUTTON_DISABLED,
                    _("The text as a file, whole or not (Ctrl+S)")))
        intents_add(v->out, "app save as");
    if (b->text)
        say(v, text, sizeof text);
    if (b->text && in.w > ui_px(ui, 60))
        draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 20), in, ALIGN_LEFT | TEXT_MAY_CUT,
                     ui->theme->muted, text);
    draw_tag(ui->draw, NULL);
}
