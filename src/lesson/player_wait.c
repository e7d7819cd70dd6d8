/* A wait: is it over, and if not, what is said to a learner who did something else. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "lesson/player_state.h"

/* The cell that a command changes; empty: it is none such. */
static void changed_cell(const char *command, char *out, size_t size)
{
    struct text rest = text_of(command), word = text_next_word(&rest);
    out[0] = 0;
    if (text_is(word, "edit") || text_is(word, "drag"))
        text_copy(text_next_word(&rest), out, size);
}

bool player_wait_is_over(struct player *p, const struct condition *c, const struct host_state *now)
{
    bool holds = false;
    char cell[160];
    switch (c->kind) {
    case CONDITION_SELECT:
        return player_same_cell(p, now->selected, c->cell) ||
               (c->other && player_same_cell(p, now->selected, c->other));
    case CONDITION_STEP:
        return p->steps >= c->count;
    case CONDITION_PHASE:
        return now->phase && strcmp(now->phase, c->phase) == 0;
    case CONDITION_EDIT:
        changed_cell(now->last, cell, sizeof cell);
        return player_same_cell(p, cell, c->cell);
    case CONDITION_COMPARE:
        return condition_holds(c, player_lookup, p, &holds, NULL) && holds;
    }
    return false;
}

/* How far the comparison is from holding: what its two sides differ by. */
static double gap_of(struct player *p, const struct condition *c)
{
    double a, b;
    if (c->kind != CONDITION_COMPARE || !expression_value(c->left, player_lookup, p, &a, NULL) ||
        !expression_value(c->right, player_lookup, p, &b, NULL))
        return (double)NAN;
    return fabs(a - b);
}

void player_wait_begins(struct player *p)
{
    const struct lesson_item *item;
    struct item_state *state;
    p->gap =
        player_active(p, LESSON_WAIT, &item, &state) ? gap_of(p, &item->condition) : (double)NAN;
}

/* Does the command change numbers? Stepping, selecting and looking about do not. */
static bool changes_numbers(const char *command)
{
    static const char *const words[] = {"edit ",  "drag ",  "undo",    "redo",     "label ",
                                        "rate ",  "train ", "restart", "draw ",    "erase ",
                                        "points", "point ", "hidden ", "goto-step"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_starts(text_of(command), words[i]))
            return true;
    return false;
}

/* A sentence for each sign of a comparison. */
static const char *wanted_words(const char *sign)
{
    static const struct {
        const char *sign, *words;
    } all[] = {{"<", N_("%s is %s now; wanted: below %s.")},
               {"<=", N_("%s is %s now; wanted: at most %s.")},
               {">", N_("%s is %s now; wanted: above %s.")},
               {">=", N_("%s is %s now; wanted: at least %s.")},
               {"=", N_("%s is %s now; wanted: %s.")},
               {"!=", N_("%s is %s now; wanted: another number than %s.")}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].sign, sign) == 0)
            return translate(all[i].words);
    return translate(all[4].words);
}

/* "out.b[0] is 0.7 now; wanted: below 0.5": of a comparison of one cell with a plain number. */
static bool say_where(struct player *p, const struct condition *c, char *out, size_t size)
{
    double wanted, value;
    char now[64], then[64];
    const char *cell = expression_cell(c->left), *sign = c->sign;
    bool plain = expression_cell_count(c->right) == 0;
    if (cell && plain) {
        plain = expression_value(c->right, player_lookup, p, &wanted, NULL);
    } else if (plain && sign[0] == '<') {
        cell = expression_distance(c->left, &wanted);
        sign = "=";
    }
    if (!plain || !cell || player_is_hidden(p, cell) ||
        !p->host.value(p->host.context, cell, &value, NULL))
        return false;
    struct number_style style = p->style;
    do { /* as many digits as tell them apart */
        number_format(value, &style, now, sizeof now);
        number_format(wanted, &style, then, sizeof then);
    } while (strcmp(now, then) == 0 && value != wanted && style.digits++ < 9);
    number_format(wanted, &p->style, then, sizeof then);
    snprintf(out, size, wanted_words(sign), cell, now, then);
    return true;
}

/* Of other comparisons: nearer or farther than before. Where more than one number is to be changed
 * the way there may lead off at first. */
static const char *nearer_or_farther(struct player *p, const struct lesson_item *item,
                                     double before)
{
    double gap = gap_of(p, &item->condition);
    bool steady = item->command_count == 1 && isfinite(gap) && isfinite(before);
    p->gap = gap;
    if (!steady)
        return _("Not there yet.");
    if (fabs(gap - before) <= 1e-6 * before)
        return _("Not there yet: that changed nothing in it.");
    return gap < before ? _("Not there yet, but nearer than before.")
                        : _("Not there yet, and farther away than before.");
}

static void say_number(struct player *p, const struct lesson_item *item, struct item_state *state,
                       const struct host_state *now)
{
    char sentence[sizeof state->sentence];
    if (now->training || !changes_numbers(now->last))
        return;
    if (!say_where(p, &item->condition, sentence, sizeof sentence))
        snprintf(sentence, sizeof sentence, "%s", nearer_or_farther(p, item, p->gap));
    player_say(state, TONE_INFO, NULL, sentence);
}

void player_wait_says(struct player *p, const struct lesson_item *item, struct item_state *state,
                      const struct host_state *now)
{
    const struct condition *c = &item->condition;
    struct text last = text_of(now->last);
    char sentence[sizeof state->sentence] = "", cell[160];
    changed_cell(now->last, cell, sizeof cell);
    p->dragged = text_starts(last, "drag ") && c->kind == CONDITION_COMPARE;
    if (p->dragged)
        return; /* on the way: told when the pointer lets go */
    if (c->kind == CONDITION_COMPARE) {
        say_number(p, item, state, now);
        return;
    }
    if (c->kind == CONDITION_SELECT && now->selected[0] &&
        (text_starts(last, "select ") || text_starts(last, "move to ")))
        snprintf(sentence, sizeof sentence, _("That is %.60s. Look again."), now->selected);
    else if (c->kind == CONDITION_STEP && p->steps > 0 && text_starts(last, "step"))
        snprintf(sentence, sizeof sentence, _("%d of %d steps."), p->steps, c->count);
    else if (c->kind == CONDITION_PHASE && text_starts(last, "phase ") && now->phase)
        snprintf(sentence, sizeof sentence, _("This is the phase %s. Another one is wanted."),
                 now->phase);
    else if (c->kind == CONDITION_EDIT && cell[0])
        snprintf(sentence, sizeof sentence, _("That changed %.60s. Another number is meant."),
                 cell);
    if (sentence[0])
        player_say(state, TONE_INFO, NULL, sentence);
}

bool player_let_go(struct player *p)
{
    const struct lesson_item *item;
    struct item_state *state;
    if (!p->dragged || !player_active(p, LESSON_WAIT, &item, &state))
        return false;
    p->dragged = false;
    say_number(p, item, state, &p->seen);
    return true;
}
