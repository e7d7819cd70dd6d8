#include "glassnet/view/guess_field.h"
#include "glassnet/base/translate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

bool guess_is_wanted(const struct view *v)
{
    const struct snapshot *s = v->snap;
    /* What a lesson hides is answered on its page. */
    bool in_lesson = v->lesson && v->session && session_is_hidden(v->session, s->selected);
    return !in_lesson && view_has_pass(s) && cell_is(s->selected) && s->formula_done &&
           view_is_hidden(v, s->selected);
}

char *guess_verdict(const struct snapshot *s, char *out, size_t size)
{
    static const char *const words[] = {[GUESS_NONE] = "",
                                        [GUESS_RIGHT] = N_("right!"),
                                        [GUESS_HIGHER] = N_("higher than that"),
                                        [GUESS_LOWER] = N_("lower than that")};
    const struct guessing *g = s->guessing;
    bool mine = g && cell_is(g->cell) && cell_equal(g->cell, s->selected);
    snprintf(out, size, "%s",
             !mine     ? ""
             : g->sign ? _("right, but for the sign")
                       : translate(words[g->state]));
    return out;
}

char *guess_tally(const struct snapshot *s, char *out, size_t size)
{
    const struct guessing *g = s->guessing;
    out[0] = 0;
    if (g && g->asked > 0)
        snprintf(out, size, _("%d of %d right, %d at once"), g->right, g->asked, g->first);
    return out;
}

void guess_field_draw(const struct view *v, struct guess_field *f, const char *id, struct rect r)
{
    struct ui *ui = v->ui;
    char button[48];
    if (!f->edit.text)
        text_edit_init(&f->edit, f->text, sizeof f->text);
    if (!cell_equal(f->cell, v->snap->selected)) {
        f->cell = v->snap->selected;
        text_edit_set(&f->edit, "");
    }
    snprintf(button, sizeof button, "%s.give", id);
    struct rect give = rect_cut_right(&r, fminf(ui_button_width(ui, _("Guess")), r.w * 0.42f));
    rect_cut_right(&r, ui_px(ui, 8));
    const char *words = _("your guess");
    int px = ui_text_px(ui, 22), least = ui_text_px(ui, 17);
    while (px > least && font_width(ui->fonts, FONT_MONO, px, words) > r.w - ui_px(ui, 32))
        px--;
    unsigned answer = ui_field(ui, id, r, &f->edit, words, FONT_MONO, px);
    view_tip(v, r, _("Type what you think it is: 0.5, 0,5 or 1/2"), "app guess");
    bool given = ui_button(ui, button, give, _("Guess"), BUTTON_PRIMARY) || answer & FIELD_ENTERED;
    if (!given || !f->text[0])
        return;
    intents_add(v->out, "guess %s", f->text);
    f->edit.anchor = 0; /* the next one replaces it */
    f->edit.caret = (int)strlen(f->text);
}
