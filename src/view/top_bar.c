#include <math.h>
#include <stdio.h>
#include <string.h>

#include "batch_bar.h"
#include "glassnet/base/translate.h"
#include "glassnet/view/bars.h"
#include "glassnet/view/overlay.h"

static const char *const phase_titles[PHASES] = {N_("1 Forward"), N_("2 Loss"), N_("3 Backward"),
                                                 N_("4 Update")};

static bool phase_exists(const struct snapshot *s, enum phase phase)
{
    int64_t begin, end;
    steps_phase(s->steps, phase, &begin, &end);
    return end > begin;
}

static bool phase_done(const struct snapshot *s, enum phase phase)
{
    int64_t begin, end;
    steps_phase(s->steps, phase, &begin, &end);
    return end > begin && s->cursor.cell >= end;
}

bool bars_are_tight(const struct ui *ui)
{
    return (float)ui->h < ui_px(ui, 600) || (float)ui->w < ui_px(ui, 1100);
}

/* Where there is little room only the phase we are in has its name, the others have their number.
 */
struct phase_row {
    bool brief;
    float width, parts[PHASES];
};

static float label_width(const struct ui *ui, const char *label)
{
    return font_width(ui->fonts, FONT_SANS_BOLD, ui_text_px(ui, 22), label) + ui_px(ui, 30);
}

static void phase_label(const struct snapshot *s, const struct phase_row *row, int i, char *out,
                        size_t size)
{
    bool brief = row->brief && i != (int)view_phase(s);
    snprintf(out, size, "%.*s%s", brief ? 1 : 40, translate(phase_titles[i]),
             phase_done(s, (enum phase)i) ? " ✓" : "");
}

static struct phase_row phase_row_for(const struct view *v, float room)
{
    struct phase_row row = {.brief = false};
    char label[48];
    float widest = 0;
    if (!view_has_pass(v->snap) || view_hides(v, "phases"))
        return row;
    for (int i = 0; i < PHASES; i++) {
        snprintf(label, sizeof label, "%s ✓", translate(phase_titles[i]));
        widest = fmaxf(widest, label_width(v->ui, label));
    }
    row.brief = widest * PHASES > room;
    for (int i = 0; i < PHASES; i++) {
        phase_label(v->snap, &row, i, label, sizeof label);
        row.parts[i] = row.brief ? label_width(v->ui, label) : widest;
        row.width += row.parts[i];
    }
    return row;
}

/* The four phases: a click goes to the phase's end. */
static void draw_phases(const struct view *v, const struct phase_row *row, struct rect r)
{
    struct ui *ui = v->ui;
    enum phase now = view_phase(v->snap);
    for (int i = 0; i < PHASES; i++) {
        struct rect part = rect_cut_left(&r, row->parts[i]);
        char label[48], id[32], line[32];
        bool exists = phase_exists(v->snap, (enum phase)i);
        part.w += i < PHASES - 1; /* neighbours share a line */
        phase_label(v->snap, row, i, label, sizeof label);
        snprintf(id, sizeof id, "phase.%s", phase_name((enum phase)i));
        bool is_now = (int)now == i;
        ui->accent = ui->theme->phase[i];
        unsigned style = BUTTON_SQUARE | (is_now ? BUTTON_COLOURED : BUTTON_NORMAL) |
                         (exists ? 0u : (unsigned)BUTTON_DISABLED);
        snprintf(line, sizeof line, "phase %s", phase_name((enum phase)i));
        if (ui_button(ui, id, part, label, style))
            intents_add(v->out, "%s", line);
        view_tip(v, part, exists ? _("To the end of this phase") : _("This pass has no such phase"),
                 line);
    }
    ui->accent = ui->theme->ink;
}

static void sample_text(const struct view *v, char *out, size_t size)
{
    char label[80], number[32], total[32];
    const struct progress *training = &v->snap->progress;
    view_label(v->snap, label, sizeof label);
    if (training->state == TRAINING_RUNNING && training->samples_per_second > 0) {
        snprintf(out, size,
                 translate_count("%d thread · %s samples/s", "%d threads · %s samples/s",
                                 training->threads),
                 training->threads,
                 view_count((long long)training->samples_per_second, number, sizeof number));
        return;
    }
    int test = sample_in_test(v->snap->sample);
    if (test >= 0) {
        snprintf(out, size, label[0] ? _("test sample %s of %s · %s") : _("test sample %s of %s"),
                 view_count(test, number, sizeof number),
                 view_count(v->snap->test ? v->snap->test->n : 0, total, sizeof total), label);
        return;
    }
    if (v->snap->sample < 0) {
        snprintf(out, size, "%s",
                 v->snap->picture[0] ? v->snap->picture
                 : v->snap->has_spot ? _("a point of the plane")
                                     : _("your drawing"));
        return;
    }
    snprintf(out, size, label[0] ? _("sample %s of %s · %s") : _("sample %s of %s"),
             view_count(v->snap->sample, number, sizeof number),
             view_count(v->snap->data ? v->snap->data->n : 0, total, sizeof total), label);
}

static void draw_sample(const struct view *v, struct rect *r, float keep)
{
    struct ui *ui = v->ui;
    if (!v->snap->data || !view_has_pass(v->snap) || view_hides(v, "samples"))
        return;
    float side = ui_px(ui, 44);
    int px = ui_text_px(ui, 20);
    char text[160];
    sample_text(v, text, sizeof text);
    struct rect next = rect_centre(rect_cut_right(r, side), side, side);
    if (ui_button(ui, "sample.next", next, "›", BUTTON_NORMAL))
        intents_add(v->out, "sample next");
    view_tip(v, next, _("Next sample"), "sample next");
    rect_cut_right(r, ui_px(ui, 8));
    struct rect before = rect_centre(rect_cut_right(r, side), side, side);
    if (ui_button(ui, "sample.previous", before, "‹", BUTTON_NORMAL))
        intents_add(v->out, "sample previous");
    view_tip(v, before, _("Previous sample"), "sample previous");
    rect_cut_right(r, ui_px(ui, 8));
    if (r->w - keep > batch_bar_least(v))
        batch_bar_draw(v, r, keep + ui_px(ui, 190));
    float w = font_width(ui->fonts, FONT_SANS, px, text) + 2, room = r->w - keep;
    if (w > room && room < ui_px(ui, 130)) { /* the label alone, or nothing */
        view_label(v->snap, text, sizeof text);
        w = font_width(ui->fonts, FONT_SANS, px, text) + 2;
        if (w > room)
            return;
    }
    w = fminf(w, room);
    draw_text_in(ui->draw, FONT_SANS, px, rect_cut_right(r, w), ALIGN_RIGHT | TEXT_MAY_CUT,
                 ui->theme->muted, text);
    rect_cut_right(r, ui_px(ui, 24));
}

void top_bar_draw(const struct view *v, struct rect r, const char *place)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    draw_tag(ui->draw, "top");
    draw_rect(ui->draw, r, t->panel);
    draw_hline(ui->draw, r.x, r.x + r.w, r.y + r.h - 1, 1, t->line);
    struct rect in = rect_inset_xy(r, ui_px(ui, 18), 0);
    int brand_px = ui_text_px(ui, 24), px = ui_text_px(ui, 21);
    float brand = font_width(ui->fonts, FONT_SANS_BOLD, brand_px, "Glassnet");
    struct rect home = rect_cut_left(&in, brand + ui_px(ui, 14));
    if (ui_area(ui, "home", home, "Glassnet", true) & AREA_CLICKED)
        intents_add(v->out, "show home");
    ui_tooltip(ui, home, _("Home (Escape)"));
    draw_text_in(ui->draw, FONT_SANS_BOLD, brand_px, home, ALIGN_LEFT | TEXT_MAY_CUT, t->ink,
                 "Glassnet");
    float side = ui_px(ui, 44);
    const struct phase_row row = phase_row_for(v, in.w - 3 * side - ui_px(ui, 16 + 16 + 24 + 20));
    float phases = row.width;
    float middle = r.x + (r.w - phases) / 2;
    menu_button_draw(v, "menu", rect_centre(rect_cut_right(&in, side), side, side));
    rect_cut_right(&in, ui_px(ui, 16));
    draw_sample(v, &in, phases + ui_px(ui, 60));
    if (phases > 0) {
        struct rect at = rect_centre(r, phases, ui_px(ui, 46));
        at.x = fminf(middle, in.x + in.w - at.w);
        draw_phases(v, &row, at);
        in.w = at.x - ui_px(ui, 20) - in.x;
    }
    struct rect words = in;
    mode_switch_draw(v, &in);
    char where[320];
    const char *title = v->snap->title && v->snap->title[0] ? v->snap->title : NULL;
    snprintf(where, sizeof where, "%s%s%s", place ? place : "", place && title ? "  /  " : "",
             title ? title : "");
    if (v->snap->pass == PASS_RUN) { /* the trainer's own batch, not a sample the user chose */
        char number[32];
        size_t used = strlen(where);
        snprintf(where + used, sizeof where - used, _("  ·  Run, step %s"),
                 view_count((long long)v->snap->step + 1, number, sizeof number));
    }
    if (v->snap->code && v->snap->code[0]) {
        size_t used = strlen(where);
        snprintf(where + used, sizeof where - used, _("  ·  code %s"), v->snap->code);
    }
    if (in.w > ui_px(ui, 60))
        draw_text_in(ui->draw, FONT_SANS, px, in, ALIGN_LEFT | TEXT_MAY_CUT, t->muted, where);
    if (view_has_pass(v->snap) && in.w == words.w)
        ui_tooltip(ui, in,
                   _("Without dropout and batchnorm, training and evaluation are the same mode"));
    draw_tag(ui->draw, NULL);
}
