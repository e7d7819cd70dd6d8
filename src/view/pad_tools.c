/* The drawing pad's tools, and keeping drawings. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"
#include "pad_own.h"

/* Design pixels; pixels of the pad; degrees. */
enum { ROW = 40, GAP = 8, SHIFT = 20, TURN = 15 };

static const struct {
    int width;
    const char *label, *tip;
} pens[] = {{12, "thin", N_("A thin pen")},
            {PEN_WIDTH, "normal", N_("A normal pen")},
            {40, "thick", N_("A thick pen")}};
enum { PENS = sizeof pens / sizeof *pens };

float pad_tools_height(const struct view *v, const struct pad_state *s)
{
    float row = ui_px(v->ui, ROW) + ui_px(v->ui, GAP);
    return s->tools ? 3 * row : row;
}

static int pen_now(const struct snapshot *s)
{
    int best = 0;
    for (int i = 1; i < PENS; i++)
        if (abs(pens[i].width - s->pen) < abs(pens[best].width - s->pen))
            best = i;
    return best;
}

/* A dot as thick as the pen, on a button. */
static void draw_width(const struct view *v, int i, struct rect r)
{
    struct ui *ui = v->ui;
    char id[32];
    bool on = pen_now(v->snap) == i;
    snprintf(id, sizeof id, "pad.pen.%s", pens[i].label);
    if (ui_button(ui, id, r, "", on ? BUTTON_ON : BUTTON_NORMAL))
        intents_add(v->out, "pen %d", pens[i].width);
    char tip[64];
    snprintf(tip, sizeof tip, "%s", translate(pens[i].tip));
    ui_tooltip(ui, r, tip);
    float radius = fmaxf(2, ui_px(ui, 3.0f + 3.0f * (float)i));
    draw_circle(ui->draw, r.x + r.w / 2, r.y + r.h / 2, radius,
                on ? ui->theme->panel : ui->theme->ink);
}

/* Two buttons, or one to turn over where there is little room. */
static void draw_tool(const struct view *v, struct pad_state *s, struct rect r, bool both)
{
    static const char *const labels[] = {N_("Pen"), N_("Eraser")};
    struct ui *ui = v->ui;
    if (!both) {
        if (ui_button(ui, "pad.tool.Eraser", r, _("Eraser"), s->erases ? BUTTON_ON : BUTTON_NORMAL))
            s->erases = !s->erases;
        return;
    }
    int chosen = ui_segments(ui, "pad.tool", r, labels, 2, s->erases, 0);
    if (chosen >= 0)
        s->erases = chosen == 1;
}

/* What fits: first the widths go, then what turns and moves. */
static void draw_pens(const struct view *v, struct pad_state *s, struct rect row)
{
    static const char *const labels[] = {N_("Pen"), N_("Eraser")};
    struct ui *ui = v->ui;
    float gap = ui_px(ui, GAP), widths = PENS * (row.h + gap / 2);
    float both = ui_segments_width(ui, labels, 2), one = ui_button_width(ui, _("Eraser"));
    float more = ui_button_width(ui, _("Move…")) + gap;
    bool has_both = both + widths + more <= row.w;
    float tool = has_both ? both : one;
    if (tool + more <= row.w) {
        struct rect r = rect_cut_right(&row, more);
        rect_cut_left(&r, gap);
        if (ui_button(ui, "pad.more", r, _("Move…"), s->tools ? BUTTON_ON : BUTTON_NORMAL))
            s->tools = !s->tools;
        ui_tooltip(ui, r, _("Turn and move the drawing"));
    } else {
        s->tools = false;
    }
    draw_tool(v, s, rect_cut_left(&row, tool), has_both);
    if (row.w < widths)
        return;
    for (int i = 0; i < PENS; i++) {
        rect_cut_left(&row, gap / 2);
        draw_width(v, i, rect_cut_left(&row, row.h));
    }
}

/* A row of small buttons, each with its command. */
static void draw_moves(const struct view *v, struct rect row)
{
    static const struct {
        const char *id, *sign, *tip, *line;
        int a, b;
    } moves[] = {{"pad.left", "←", N_("Moves it to the left"), "shift %d %d", -SHIFT, 0},
                 {"pad.up", "↑", N_("Moves it up"), "shift %d %d", 0, -SHIFT},
                 {"pad.down", "↓", N_("Moves it down"), "shift %d %d", 0, SHIFT},
                 {"pad.right", "→", N_("Moves it to the right"), "shift %d %d", SHIFT, 0},
                 {"pad.turn", "−15°", N_("Turns it clockwise"), "turn %d", -TURN, 0},
                 {"pad.back", "+15°", N_("Turns it anticlockwise"), "turn %d", TURN, 0}};
    enum { MOVES = sizeof moves / sizeof *moves };
    struct ui *ui = v->ui;
    float gap = ui_px(ui, GAP) / 2;
    unsigned style = BUTTON_NORMAL | (v->snap->pad_empty ? (unsigned)BUTTON_DISABLED : 0u);
    for (int i = 0; i < MOVES; i++) {
        struct rect r = rect_column(row, MOVES, i, gap);
        if (ui_button(ui, moves[i].id, r, moves[i].sign, style)) {
            if (moves[i].line[0] == 's')
                intents_add(v->out, "shift %d %d", moves[i].a, moves[i].b);
            else
                intents_add(v->out, "turn %d", moves[i].a);
        }
        ui_tooltip(ui, r, translate(moves[i].tip));
    }
}

void pad_tools_draw(const struct view *v, struct pad_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    float row = ui_px(ui, ROW), gap = ui_px(ui, GAP);
    draw_pens(v, s, rect_cut_top(&r, row));
    rect_cut_top(&r, gap);
    if (!s->tools || r.h < 2 * row)
        return;
    draw_moves(v, rect_cut_top(&r, row));
    rect_cut_top(&r, gap);
    bool centre = !v->snap->pad_as_is;
    struct rect box = rect_cut_top(&r, row);
    if (ui_checkbox(ui, "pad.centre", box, _("centre it for the network"), &centre))
        intents_add(v->out, "centre %s", centre ? "on" : "off");
    ui_tooltip(
        ui, box,
        _("On: brought to the middle and to size, as the digits of the set are. Off: only made "
          "smaller, so that the network sees where it stands"));
}

float pad_keep_height(const struct view *v)
{
    return ui_px(v->ui, ROW + 2) + (float)ui_text_px(v->ui, 17) * 1.6f;
}

static void keep(const struct view *v, struct pad_state *s)
{
    struct text label = text_trim(text_of(s->label));
    intents_add(v->out, "keep %.*s", (int)label.n, label.p);
    if (label.n > 0)
        intents_add(v->out, "clear");
}

void pad_keep_draw(const struct view *v, struct pad_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    const struct drawings *d = v->snap->drawings;
    struct rect row = rect_cut_top(&r, ui_px(ui, ROW + 2));
    bool empty = v->snap->pad_empty;
    if (!s->keep.text)
        text_edit_init(&s->keep, s->label, sizeof s->label);
    struct rect button = rect_cut_right(&row, fminf(row.w / 2, ui_button_width(ui, _("Keep"))));
    rect_cut_right(&row, ui_px(ui, GAP));
    unsigned answer = ui_field(ui, "pad.keep.label", row, &s->keep, _("what is it?"), FONT_SANS,
                               ui_text_px(ui, 19));
    ui_tooltip(ui, row, _("A label for the drawing, such as 7 or cat"));
    bool pressed = ui_button(ui, "pad.keep", button, _("Keep"),
                             BUTTON_NORMAL | (empty ? (unsigned)BUTTON_DISABLED : 0u));
    ui_tooltip(ui, button, _("Keeps the drawing in your own data set, and empties the pad"));
    if (pressed || ((answer & FIELD_ENTERED) && !empty))
        keep(v, s);
    char text[120], count[48];
    if (d && d->count > 0)
        snprintf(text, sizeof text, _("%s kept: the data set drawings"),
                 view_count(d->count, count, sizeof count));
    else
        snprintf(text, sizeof text, _("Kept drawings are a data set of your own."));
    draw_text_in(ui->draw, FONT_SANS, ui_text_px(ui, 17), r, ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->muted, text);
}
