#include "layer_stage.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/mem.h"

int stage_tensor(const struct stage *s, const char *suffix)
{
    char name[256];
    const char *layer = s->l ? s->l->name : "loss";
    snprintf(name, sizeof name, "%s%s%s", layer, suffix[0] ? "." : "", suffix);
    return program_find(s->v->snap->program, name);
}

int stage_x(const struct stage *s)
{
    return s->v->snap->program->layer_out[s->l->from[0]];
}

int stage_z(const struct stage *s)
{
    return s->v->snap->program->layer_z[s->layer];
}

int stage_grad(const struct stage *s, int tensor)
{
    return tensor < 0 ? -1 : program_in_role(s->v->snap->program, tensor, ROLE_GRAD);
}

struct cell stage_cell(const struct stage *s, int tensor, size_t index)
{
    if (tensor < 0)
        return CELL_NONE;
    const struct tensor *t = &s->v->snap->program->tensors[tensor];
    return (struct cell){tensor, t->batched ? s->v->snap->view_sample : 0, index};
}

void stage_index(const struct stage *s, int index[SHAPE_MAX_RANK])
{
    memset(index, 0, sizeof *index * SHAPE_MAX_RANK);
    shape_unflatten(&s->v->snap->program->tensors[s->cell.tensor].shape, s->cell.index, index);
}

int stage_revealed(const struct view *v, struct cell c, int count)
{
    const struct snapshot *snap = v->snap;
    int64_t at = steps_at(snap->steps, c);
    if (at < 0 || snap->cursor.cell > at)
        return count;
    return at == snap->cursor.cell && snap->cursor.term < count ? snap->cursor.term : 0;
}

int stage_channel(struct stage *s, int n, int natural, const char *what)
{
    struct layer_state *state = s->state;
    bool moved = !cell_equal(state->shown, s->cell) || state->shown_terms != s->terms ||
                 !cell_equal(state->chosen, s->v->snap->selected);
    if (moved && natural >= 0)
        state->channel = natural;
    if (state->channel >= n || state->channel < 0)
        state->channel = state->channel < 0 ? n - 1 : 0;
    s->turns = n;
    snprintf(s->turn, sizeof s->turn, "%s", what);
    return state->channel;
}

bool stage_text(const struct stage *s, struct rect r, enum font_face face, int px, unsigned align,
                struct colour c, const char *text)
{
    struct ui *ui = s->v->ui;
    if (!text[0] || r.h < (float)px * 0.95f || font_width(ui->fonts, face, px, text) > r.w + 0.5f)
        return false;
    draw_text_in(ui->draw, face, px, r, align, c, text);
    return true;
}

void stage_note(const struct stage *s, struct rect *r, float keep, const char *text)
{
    float h = (float)s->small * 1.5f;
    if (!text[0] || r->h - h < keep ||
        font_width(s->v->ui->fonts, FONT_SANS, s->small, text) > r->w)
        return;
    stage_text(s, rect_cut_top(r, h), FONT_SANS, s->small, ALIGN_LEFT, s->v->ui->theme->muted,
               text);
}

void stage_hit(struct stage *s, struct rect r, struct cell c)
{
    struct layer_state *state = s->state;
    if (!cell_is(c) || rect_is_empty(r))
        return;
    state->hits =
        mem_grow(state->hits, &state->hit_capacity, state->hit_count + 1, sizeof *state->hits);
    state->hits[state->hit_count++] = (struct layer_hit){r, c};
}

void stage_frame(const struct stage *s, struct rect r)
{
    const struct theme *t = s->v->ui->theme;
    float wide = fmaxf(2, 3 * s->unit);
    struct rect outer = rect_inset(rect_snap(r), -1);
    draw_frame(s->v->ui->draw, rect_inset(outer, -1), 1, colour_alpha(t->ink, 0.55f));
    draw_frame(s->v->ui->draw, outer, wide, t->selection);
}

struct part stage_part(float least, float wants, int rank)
{
    return (struct part){.least = least, .wants = wants, .rank = rank};
}

void stage_row(const struct stage *s, struct rect r, struct part *parts, int n, float gap)
{
    float least = 0, more = 0;
    int kept = n;
    bool out[16] = {false};
    gap *= s->unit;
    for (;;) {
        least = more = 0;
        int last = -1, present = 0;
        for (int i = 0; i < n; i++) {
            if (out[i])
                continue;
            present++;
            least += parts[i].least * s->unit;
            more += fmaxf(0, parts[i].wants - parts[i].least) * s->unit;
            last = last < 0 || parts[i].rank >= parts[last].rank ? i : last;
        }
        kept = present;
        if (least + gap * (float)(kept - 1) <= r.w || kept <= 1)
            break;
        out[last] = true;
    }
    float room = r.w - gap * (float)(kept - 1);
    float share = more > 0 ? fmaxf(0, fminf(1, (room - least) / more)) : 0;
    float used = least + share * more + gap * (float)(kept - 1);
    float x = r.x + fmaxf(0, (r.w - used) / 2);
    for (int i = 0; i < n; i++) {
        parts[i].rect = (struct rect){r.x, r.y, 0, 0};
        if (out[i])
            continue;
        float w = (parts[i].least + share * fmaxf(0, parts[i].wants - parts[i].least)) * s->unit;
        parts[i].rect = (struct rect){x, r.y, fminf(w, r.w), r.h};
        x += w + gap;
    }
}

void stage_sign(const struct stage *s, struct rect r, const char *sign)
{
    int px = ui_text_px(s->v->ui, 30);
    stage_text(s, r, FONT_SANS_BOLD, px, ALIGN_CENTRE, s->v->ui->theme->ink, sign);
}
