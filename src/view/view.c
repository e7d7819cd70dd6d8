#include "glassnet/view/view.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"
#include "glassnet/view/action.h"

void intents_add(struct intents *in, const char *format, ...)
{
    if (in->count >= INTENTS_MOST)
        return;
    va_list args;
    va_start(args, format);
    vsnprintf(in->lines[in->count++], INTENT_SIZE, format, args);
    va_end(args);
}

bool view_has_pass(const struct snapshot *s)
{
    return s->net && s->program && s->trace && s->steps;
}

bool view_hides(const struct view *v, const char *part)
{
    return v->lesson && !v->show_all && player_hides(v->lesson, part);
}

bool view_is_done(const struct view *v, struct cell c)
{
    return view_has_pass(v->snap) && steps_done(v->snap->steps, v->snap->cursor, c);
}

enum view_progress view_progress(const struct snapshot *s, int tensor)
{
    int b = s->steps->block_of[tensor];
    if (b < 0)
        return ALL_DONE;
    const struct step_block *block = &s->steps->blocks[b];
    int64_t at = s->cursor.cell;
    return at >= block->first + block->cells ? ALL_DONE
           : at <= block->first              ? NONE_DONE
                                             : SOME_DONE;
}

const float *view_numbers(const struct snapshot *s, int tensor)
{
    const struct tensor *t = &s->program->tensors[tensor];
    const float *numbers = trace_tensor(s->trace, tensor);
    return t->batched ? numbers + (size_t)s->view_sample * t->count : numbers;
}

bool view_is_hidden(const struct view *v, struct cell c)
{
    const struct guessing *g = v->snap->guessing;
    bool known = g && g->state == GUESS_RIGHT && cell_equal(g->cell, c);
    if (v->hide_value && cell_equal(c, v->snap->selected) && !known)
        return true;
    return v->session && session_is_hidden(v->session, c);
}

bool view_reading_is_hidden(const struct view *v)
{
    const struct snapshot *s = v->snap;
    if (v->session && session_reading_is_hidden(v->session))
        return true;
    if (!s->program || !s->trace)
        return false;
    int out = s->program->layer_out[s->net->layer_count - 1];
    for (int i = 0; i < s->output_count; i++)
        if (view_is_hidden(v, (struct cell){out, s->view_sample, (size_t)i}))
            return true;
    return false;
}

static bool is_of_size(const struct view *v, struct cell c, float size)
{
    const struct program *p = v->snap->program;
    if (!cell_is(c) || !p || c.tensor >= p->tensor_count || !view_is_hidden(v, c))
        return false;
    float number = fabsf(view_numbers(v->snap, c.tensor)[c.index]);
    return fabsf(number - size) <= 1e-5f * size;
}

bool view_limit_is_hidden(const struct view *v, float limit)
{
    int count = 0;
    const struct cell *hidden = v->session ? session_hidden(v->session, &count) : NULL;
    if (!v->snap || !v->snap->trace)
        return false;
    for (int i = 0; i < count; i++)
        if (is_of_size(v, hidden[i], limit))
            return true;
    return is_of_size(v, v->snap->selected, limit);
}

bool view_was(const struct view *v, struct cell c, float *was)
{
    const struct snapshot *s = v->snap;
    if (!v->marks || !s->before || !cell_is(c) || !view_is_done(v, c) || view_is_hidden(v, c))
        return false;
    float now = cell_value(s->trace, c);
    *was = cell_value(s->before, c);
    return memcmp(&now, was, sizeof now) != 0;
}

bool view_was_text(const struct view *v, struct cell c, char *out, size_t size)
{
    char before[48], now[48];
    float was;
    out[0] = 0;
    if (!view_was(v, c, &was))
        return false;
    view_number(v->snap, (double)was, before, sizeof before);
    view_number(v->snap, (double)cell_value(v->snap->trace, c), now, sizeof now);
    if (strcmp(before, now) == 0)
        view_exact(v->snap, was, before, sizeof before);
    snprintf(out, size, _("was %s"), before);
    return true;
}

void view_mark_changed(const struct view *v, struct cell c, struct rect r)
{
    float was;
    if (!view_was(v, c, &was))
        return;
    float side = fminf(fmaxf(4, ui_px(v->ui, 12)), fminf(r.w, r.h) * 0.4f);
    const struct point corner[] = {
        {r.x + r.w - side, r.y}, {r.x + r.w, r.y}, {r.x + r.w, r.y + side}};
    draw_polygon(v->ui->draw, corner, 3, v->ui->theme->selection);
}

bool view_is_gradient(const struct snapshot *s, int tensor)
{
    switch (s->program->tensors[tensor].role) {
    case ROLE_GRAD:
    case ROLE_RAW:
    case ROLE_USED:
        return true;
    default:
        return false;
    }
}

enum phase view_phase(const struct snapshot *s)
{
    return view_has_pass(s) ? steps_phase_at(s->steps, s->cursor) : PHASE_FORWARD;
}

struct number_style view_style(const struct snapshot *s)
{
    return s->settings ? settings_number_style(s->settings) : number_default;
}

char *view_number(const struct snapshot *s, double value, char *out, size_t size)
{
    struct number_style style = view_style(s);
    return number_format(value, &style, out, size);
}

char *view_fixed(const struct snapshot *s, double value, int decimals, char *out, size_t size)
{
    struct number_style style = view_style(s);
    return number_fixed(value, decimals, &style, out, size);
}

char *view_exact(const struct snapshot *s, float value, char *out, size_t size)
{
    char exact[48];
    number_exact(value, exact, sizeof exact);
    bool minus = exact[0] == '-';
    snprintf(out, size, "%s%s", minus ? "\u2212" : "", exact + minus);
    return view_formula_signs(s, out);
}

char *view_percent(const struct snapshot *s, double part, int decimals, char *out, size_t size)
{
    char number[48];
    snprintf(out, size, "%s %%", view_fixed(s, 100 * part, decimals, number, sizeof number));
    return out;
}

char *view_formula_signs(const struct snapshot *s, char *text)
{
    return s->settings && settings_decimal_comma(s->settings) ? number_decimal_comma(text) : text;
}

char *view_count(long long n, char *out, size_t size)
{
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%lld", n);
    size_t at = 0;
    for (int i = 0; i < length && at + 4 < size; i++) {
        if (i && (length - i) % 3 == 0) {
            memcpy(out + at, "\u2009", 3);
            at += 3;
        }
        out[at++] = digits[i];
    }
    out[at] = 0;
    return out;
}

const char *view_class(const struct snapshot *s, int index, char *buffer, size_t size)
{
    const struct dataset *d = s->data;
    if (d && d->class_names && index >= 0 && index < d->n_classes)
        return d->class_names[index];
    if (d && d->target_names && index >= 0 && index < d->n_targets)
        return d->target_names[index];
    snprintf(buffer, size, "%d", index);
    return buffer;
}

char *view_label(const struct snapshot *s, char *out, size_t size)
{
    out[0] = 0;
    const struct dataset *d = s->data;
    int test = sample_in_test(s->sample), at = test >= 0 ? test : s->sample;
    d = test >= 0 ? s->test : d;
    if (!d || at < 0 || at >= d->n)
        return out;
    char text[64];
    if (d->n_classes > 0)
        snprintf(out, size, _("label %s"), view_class(s, dataset_class(d, at), text, 64));
    else
        snprintf(out, size, _("target %s"), view_number(s, (double)dataset_y(d, at)[0], text, 64));
    return out;
}

void view_tip(const struct view *v, struct rect r, const char *what, const char *line)
{
    char text[240];
    const char *key = line ? action_key(line) : NULL;
    snprintf(text, sizeof text, "%s%s%s%s", what, key ? " (" : "", key ? key : "", key ? ")" : "");
    ui_tooltip(v->ui, r, text);
}

void view_select(const struct view *v, struct cell c)
{
    char name[256];
    if (cell_is(c))
        intents_add(v->out, "select %s", cell_name(v->snap->program, c, name, sizeof name));
}

void view_follow(const struct view *v, struct cell c)
{
    char name[256];
    if (cell_is(c))
        intents_add(v->out, "move to %s", cell_name(v->snap->program, c, name, sizeof name));
}
