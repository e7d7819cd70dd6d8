/* Guess first: a number is covered, the learner says what it is, and is told how near that was. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "session/state.h"

/* Half a unit of the last digit typed: "1.9" is right for 1.943. "1/3" and the like are meant
 * exactly, so for them a share counts, and for every guess no more than a twentieth of the value.
 */
static double tolerance_of(const char *typed, double value)
{
    const double share = 0.05, least = 1e-6;
    const char *point = strpbrk(typed, ".,");
    double unit = 1;
    for (const char *p = point ? point + 1 : ""; *p >= '0' && *p <= '9'; p++)
        unit /= 10;
    if (strpbrk(typed, "/eE"))
        unit = share;
    return fmax(least, fmin(unit / 2 * (1 + 1e-9), share * fabs(value)));
}

void guess_clear(struct session *s)
{
    s->guessing.state = GUESS_NONE;
    s->guessing.tries = 0;
    s->guessing.cell = CELL_NONE;
}

static void judge(struct guessing *g, struct cell cell, const char *typed, double guess,
                  double value)
{
    bool again = cell_equal(g->cell, cell) && g->state != GUESS_RIGHT;
    bool right = isnan(value) ? isnan(guess) : fabs(guess - value) <= tolerance_of(typed, value);
    g->tries = again ? g->tries + 1 : 1;
    g->asked += !again;
    g->cell = cell;
    g->state = right ? GUESS_RIGHT : guess < value ? GUESS_HIGHER : GUESS_LOWER;
    g->sign = !right && guess != 0 && fabs(guess + value) <= tolerance_of(typed, value);
    g->right += right;
    g->first += right && g->tries == 1;
}

bool command_guess(struct session *s, struct text rest, struct err *err)
{
    char typed[64];
    double guess;
    if (!cell_is(s->selected))
        return err_set(err, ERR_STATE, NULL, 0, "select the number to guess first");
    if (!argument_word(&rest, "a guess", typed, sizeof typed, err) || !arguments_end(rest, err))
        return false;
    if (!text_to_value(text_of(typed), &guess))
        return err_set(err, ERR_USAGE, NULL, 0,
                       "\"%s\" was expected to be a number, as 0.5, 0,5 or 1/2", typed);
    struct cell cell = s->selected;
    judge(&s->guessing, cell, typed, guess, (double)cell_value(s->trace, cell));
    if (s->guessing.state != GUESS_RIGHT)
        return true;
    for (int i = 0; i < s->hidden.count; i++) /* it is known now */
        if (cell_equal(s->hidden.cell[i], cell))
            s->hidden.cell[i--] = s->hidden.cell[--s->hidden.count];
    return true;
}
