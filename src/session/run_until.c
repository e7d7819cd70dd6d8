/* Running until something happens: on in this pass first, then batch by batch in the worker, so
 * that the screen never waits. The run's history then leads back to the very step. */
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "session/state.h"

#define WITHIN_USUAL 1000
#define WITHIN_MOST  1000000

static char *number(float x, char *out, size_t size)
{
    return number_format((double)x, &number_default, out, size);
}

static void tell(struct session *s, const char *message)
{
    snprintf(s->seeking.message, sizeof s->seeking.message, "%s", message);
    s->seeking.number++;
}

/* "loss is 0.0932, below 0.1" */
static void say_why(const struct session *s, struct cell cell, char *out, size_t size)
{
    const struct until *u = &s->seeking.until;
    char title[NAME_SIZE], value[64], other[64];
    cell_title(s->program, cell, title, sizeof title);
    number(cell_value(s->trace, cell), value, sizeof value);
    number_format(u->bound, &number_default, other, sizeof other);
    switch (u->kind) {
    case UNTIL_BAD:
        snprintf(out, size, _("%s is %s, the first number that is not finite"), title, value);
        break;
    case UNTIL_CHANGES:
        if (u->had)
            snprintf(out, size, _("%s is %s now; it was %s"), title, value,
                     number(u->before, other, sizeof other));
        else
            snprintf(out, size, _("%s is computed: %s"), title, value);
        break;
    default:
        snprintf(out, size,
                 u->kind == UNTIL_BELOW ? _("%s is %s, below %s") : _("%s is %s, above %s"), title,
                 value, other);
    }
}

/* The cursor goes behind the cell (a given one is there already), and the cell is selected. */
static void stop_at(struct session *s, struct cell cell, const char *where)
{
    char why[500], message[640];
    bool done = steps_done(s->steps, s->cursor, cell);
    if (!done)
        s->cursor = (struct cursor){steps_at(s->steps, cell) + 1, 0};
    s->trail.count = 0;
    selection_set(s, cell);
    say_why(s, cell, why, sizeof why);
    if (where)
        snprintf(message, sizeof message, _("Stopped at %s: %s."), where, why);
    else if (done)
        snprintf(message, sizeof message, _("It is so already: %s."), why);
    else
        snprintf(message, sizeof message, _("Stopped in this pass: %s."), why);
    tell(s, message);
}

static void say_not_found(struct session *s)
{
    struct seeking *k = &s->seeking;
    char message[640], count[64];
    number_format((double)k->looked, &number_default, count, sizeof count);
    if (k->until.within == 0)
        snprintf(message, sizeof message, _("It did not happen in this pass: %s."), k->what);
    else if (k->looked < k->until.within)
        snprintf(message, sizeof message,
                 translate_count("Stopped after %lld batch; it did not happen yet: %s.",
                                 "Stopped after %lld batches; it did not happen yet: %s.",
                                 k->looked),
                 (long long)k->looked, k->what);
    else
        snprintf(message, sizeof message,
                 translate_count("It did not happen within %lld batch: %s.",
                                 "It did not happen within %lld batches: %s.", k->looked),
                 (long long)k->looked, k->what);
    tell(s, message);
}

void until_end(struct session *s, bool found, int64_t steps)
{
    struct err problem = {0};
    char where[64];
    s->seeking.running = false;
    if (found && !time_show(s, steps, false, &problem)) {
        tell(s, problem.message);
        return;
    }
    if ((found || s->seeking.was_run) && !command_run(s, text_of(""), &problem)) {
        tell(s, problem.message);
        return;
    }
    struct cell cell = found ? until_find(&s->seeking.until, s->trace) : CELL_NONE;
    snprintf(where, sizeof where, _("step %lld of the run"), (long long)steps + 1);
    if (cell_is(cell))
        stop_at(s, cell, where);
    else
        say_not_found(s);
}

static bool read_bound(struct session *s, struct text line, char sign, struct until *u,
                       struct text *rest, struct err *err)
{
    struct text left, right;
    struct cell cell;
    text_split(line, sign, &left, &right);
    u->kind = sign == '<' ? UNTIL_BELOW : UNTIL_ABOVE;
    left = text_trim(left);
    if (!cell_argument(s, &left, &cell, err) || !arguments_end(left, err) ||
        !argument_number(&right, "a limit", &u->bound, err))
        return false;
    cell_name(s->program, cell, u->cell, sizeof u->cell);
    *rest = right;
    return true;
}

static bool read_changes(struct session *s, struct until *u, struct text *rest, struct err *err)
{
    struct cell cell;
    if (!cell_argument(s, rest, &cell, err))
        return false;
    u->kind = UNTIL_CHANGES;
    u->had = steps_done(s->steps, s->cursor, cell);
    u->before = cell_value(s->trace, cell);
    cell_name(s->program, cell, u->cell, sizeof u->cell);
    return true;
}

static bool read_condition(struct session *s, struct text *rest, struct until *u, struct err *err)
{
    struct text after = *rest, word = text_next_word(&after);
    if (text_is(word, "nan")) {
        u->kind = UNTIL_BAD;
        *rest = after;
        return true;
    }
    if (text_is(word, "changes")) {
        *rest = after;
        return read_changes(s, u, rest, err);
    }
    if (memchr(rest->p, '<', rest->n))
        return read_bound(s, *rest, '<', u, rest, err);
    if (memchr(rest->p, '>', rest->n))
        return read_bound(s, *rest, '>', u, rest, err);
    return err_set(err, ERR_USAGE, NULL, 0,
                   "the line has no condition; there are changes CELL, nan, CELL < N and CELL > N");
}

static bool read_within(struct text rest, struct until *u, struct err *err)
{
    long within = WITHIN_USUAL;
    struct text after = rest;
    if (text_is(text_next_word(&after), "within")) {
        rest = after;
        if (!argument_long(&rest, "how many batches", 0, WITHIN_MOST, &within, err))
            return false;
    }
    u->within = within;
    return arguments_end(rest, err);
}

static void write_what(const struct until *u, char *out, size_t size)
{
    if (u->kind == UNTIL_BAD)
        snprintf(out, size, _("a NaN appears"));
    else if (u->kind == UNTIL_CHANGES)
        snprintf(out, size, "%s changes", u->cell);
    else
        snprintf(out, size, "%s %s %.9g", u->cell, u->kind == UNTIL_BELOW ? "<" : ">", u->bound);
}

bool command_run_until(struct session *s, struct text rest, struct err *err)
{
    struct until u = {.within = 0};
    if (!read_condition(s, &rest, &u, err) || !read_within(rest, &u, err) ||
        !worker_refuses(s, "this can be run", err))
        return false;
    struct cell cell = until_find(&u, s->trace);
    bool trains = !cell_is(cell) && u.within > 0;
    bool was_run = s->kind == PASS_RUN;
    if (trains && !worker_seek(s, &u, err))
        return false;
    struct seeking *k = &s->seeking;
    k->until = u;
    k->was_run = was_run;
    k->running = trains;
    k->looked = 0;
    write_what(&u, k->what, sizeof k->what);
    if (cell_is(cell))
        stop_at(s, cell, NULL);
    else if (!trains)
        say_not_found(s);
    return true;
}
