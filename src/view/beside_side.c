/* The controls of "Side by side": what stands beside, and the selected number in both. */
#include <stdio.h>
#include <string.h>

#include "beside_own.h"
#include "flow.h"
#include "glassnet/base/translate.h"

static void draw_choices(const struct view *v, struct beside_state *s, struct flow *f)
{
    const struct snapshot *snap = v->snap;
    enum beside_kind kind = snap->beside->kind;
    static const struct {
        enum beside_kind kind;
        const char *id, *label, *line, *tip;
    } choices[] = {
        {BESIDE_NONE, "beside.none", N_("Nothing"), "beside none", N_("This network alone")},
        {BESIDE_FRESH, "beside.fresh", N_("Untrained"), "beside fresh",
         N_("The same network before any training: drawn from its seed")},
        {BESIDE_START, "beside.start", N_("Start of this run"), "beside start",
         N_("The same network at step 0 of the run")}};
    char id[64];
    flow_heading(f, _("Beside this network"));
    for (int k = 0; k < 3; k++)
        if (flow_button(f, choices[k].id, translate(choices[k].label),
                        kind == choices[k].kind ? BUTTON_ON : BUTTON_NORMAL,
                        translate(choices[k].tip))) {
            intents_add(v->out, "%s", choices[k].line);
            s->other[0] = 0;
        }
    for (int i = 0; i < snap->branch_count; i++) {
        if (i == snap->branch)
            continue;
        const char *name = snap->branches[i].name;
        bool on = kind == BESIDE_BRANCH && strcmp(snap->beside->title, name) == 0;
        snprintf(id, sizeof id, "beside.branch.%d", i);
        if (flow_button(f, id, name, on ? BUTTON_ON : BUTTON_NORMAL,
                        _("A branch, as it stands now")))
            intents_add(v->out, "beside %s", name);
    }
    if (flow_button(f, "beside.open", _("Another network …"),
                    kind == BESIDE_FILE ? BUTTON_ON : BUTTON_NORMAL,
                    _("A network's file that takes the same input"))) {
        intents_add(v->out, "app files beside");
        s->other[0] = 0;
    }
}

static void draw_number(struct flow *f, const char *name, float value)
{
    struct ui *ui = f->v->ui;
    char number[48];
    int px = ui_text_px(ui, 20);
    flow_break(f, 2);
    struct rect row = flow_place(f, f->room.w);
    draw_text_in(ui->draw, FONT_MONO, px, rect_cut_right(&row, row.w * 0.5f),
                 ALIGN_RIGHT | TEXT_MAY_CUT, ui->theme->ink,
                 view_number(f->v->snap, (double)value, number, sizeof number));
    draw_text_in(ui->draw, FONT_SANS, px, row, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, name);
}

/* The selected number here and there, where both have it. */
static void draw_selected(const struct view *v, struct flow *f)
{
    const struct snapshot *snap = v->snap;
    const struct beside_view *b = snap->beside;
    struct cell c = snap->selected;
    char name[128];
    if (!cell_is(c) || view_is_hidden(v, c))
        return;
    bool batched = snap->program->tensors[c.tensor].batched;
    for (int k = 0; k < BESIDE_SUBJECTS; k++)
        for (int l = 1; l < b->layers; l++) {
            enum beside_subject subject = (enum beside_subject)k;
            if (beside_tensor(snap->program, subject, l) != c.tensor || !b->apart[k][l] ||
                (batched && c.sample != b->view_sample))
                continue;
            flow_heading(f, cell_title(snap->program, c, name, sizeof name));
            draw_number(f, _("here"), b->mine[k][l][c.index]);
            draw_number(f, _("beside"), beside_theirs(b, subject, b->match[l])[c.index]);
            draw_number(f, _("beside − here"), b->apart[k][l][c.index]);
            return;
        }
}

void beside_panel_draw(const struct view *v, struct beside_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct beside_view *b = v->snap->beside;
    struct rect content = ui_scroll_begin(ui, "beside.controls", r, s->height, &s->scroll);
    struct flow f = flow_begin(v, content, 42);
    draw_choices(v, s, &f);
    bool there = beside_has_pass(v->snap);
    if (there)
        draw_selected(v, &f);
    if (there && b->program->mode == MODE_EVAL &&
        (s->subject == BESIDE_OUTPUT_GRADIENTS || s->subject == BESIDE_WEIGHT_GRADIENTS)) {
        flow_heading(&f, _("Gradients"));
        if (flow_button(&f, "beside.mode", _("Training mode"), BUTTON_NORMAL,
                        _("As training runs it, with a way back")))
            intents_add(v->out, "mode train");
    }
    flow_break(&f, 12);
    if (there && b->kind != BESIDE_FILE)
        flow_words(&f, ui->theme->muted,
                   _("Train, or change numbers: what stands beside stays as it was."));
    if (there && s->other[0] &&
        flow_button(&f, "beside.same", _("Layers of the same name"), BUTTON_NORMAL, NULL))
        s->other[0] = 0;
    flow_break(&f, 12);
    if (flow_height(&f) != s->height)
        ui->again = true;
    s->height = flow_height(&f);
    ui_scroll_end(ui);
}
