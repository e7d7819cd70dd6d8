/* Branches: the same beginning, another future. */
#include <stdio.h>
#include <string.h>

#include "session/state.h"

static int find(const struct session *s, const char *name)
{
    for (int i = 0; i < s->branch_count; i++)
        if (strcmp(s->branches[i].name, name) == 0)
            return i;
    return -1;
}

static bool is_name(const struct session *s, const char *name, struct err *err)
{
    if (find(s, name) < 0)
        return true;
    return err_set(err, ERR_INPUT, NULL, 0, "there is a branch called \"%s\" already", name);
}

/* A name that is not taken. */
static void make_name(const struct session *s, char *name, size_t size)
{
    snprintf(name, size, "what if");
    for (int k = 2; find(s, name) >= 0; k++)
        snprintf(name, size, "what if %d", k);
}

bool branch_fork(struct session *s, const char *name, struct err *err)
{
    struct history *from = time_run(s);
    char own[sizeof from->name];
    if (s->branch_count == BRANCHES_MOST)
        return err_set(err, ERR_STATE, NULL, 0,
                       "the run goes on from here and there are %d branches already; drop one, or "
                       "go to the end first (goto-step end)",
                       BRANCHES_MOST);
    make_name(s, own, sizeof own);
    int64_t now = time_now(s);
    struct history *to = &s->branches[s->branch_count];
    from->now = now;
    history_fork(to, from, now);
    curve_cut(&to->curve,
              s->trainer->epoch + (double)s->trainer->position / s->trainer->source.count);
    snprintf(to->name, sizeof to->name, "%s", name ? name : own);
    /* The state now is its first moment of its own, so that it depends on no other branch. */
    moments_add(&to->moments, moment_take(s->trainer, to->events_done));
    s->branch = s->branch_count++;
    for (int i = 0; i < s->branch_count; i++)
        moments_thin(&s->branches[i].moments, HISTORY_BYTES / (size_t)s->branch_count);
    return true;
}

/* A name is the rest of the line, so that it may hold blanks; left out where it may be. */
static bool read_name(struct text rest, bool needed, char *name, size_t size, struct err *err)
{
    rest = text_trim(rest);
    if (rest.n == 0 && needed)
        return err_set(err, ERR_USAGE, NULL, 0, "the line ends where a branch's name was expected");
    if (rest.n >= size)
        return err_set(err, ERR_USAGE, NULL, 0, "a branch's name has at most %zu bytes; found %zu",
                       size - 1, rest.n);
    text_copy(rest, name, size);
    return true;
}

static bool can_train(const struct session *s, struct err *err)
{
    return s->trainer || err_set(err, s->no_trainer.code, NULL, 0, "%s", s->no_trainer.message);
}

bool command_fork(struct session *s, struct text rest, struct err *err)
{
    char name[sizeof s->branches[0].name];
    if (!can_train(s, err) || !read_name(rest, false, name, sizeof name, err) ||
        !is_name(s, name, err))
        return false;
    worker_stop(s);
    return branch_fork(s, name[0] ? name : NULL, err);
}

/* By name, or by number from 1. */
bool branch_argument(const struct session *s, struct text rest, int *branch, struct err *err)
{
    char name[sizeof s->branches[0].name];
    long number;
    if (!can_train(s, err) || !read_name(rest, true, name, sizeof name, err))
        return false;
    *branch = find(s, name);
    if (*branch < 0 && text_to_long(text_of(name), &number) && number >= 1 &&
        number <= s->branch_count)
        *branch = (int)number - 1;
    return *branch >= 0 ||
           err_set(err, ERR_INPUT, NULL, 0,
                   "there is no branch \"%s\"; there are %d, the first called \"%s\"", name,
                   s->branch_count, s->branches[0].name);
}

bool command_switch(struct session *s, struct text rest, struct err *err)
{
    int branch, old = s->branch;
    if (!branch_argument(s, rest, &branch, err))
        return false;
    worker_stop(s);
    s->changed = branch != old;
    if (!s->changed)
        return true;
    struct history *leaving = &s->branches[old];
    leaving->now = time_now(s);
    moments_add(&leaving->moments,
                moment_take(s->trainer, history_events_before(leaving, leaving->now)));
    s->branch = branch;
    if (time_show(s, s->branches[branch].now, false, err))
        return true;
    s->branch = old;
    time_seek(s, leaving->now);
    return false;
}

bool command_rename(struct session *s, struct text rest, struct err *err)
{
    char name[sizeof s->branches[0].name];
    if (!read_name(rest, true, name, sizeof name, err) || !is_name(s, name, err))
        return false;
    snprintf(time_run(s)->name, sizeof name, "%s", name);
    return true;
}

bool command_drop(struct session *s, struct text rest, struct err *err)
{
    int branch;
    if (!branch_argument(s, rest, &branch, err))
        return false;
    if (branch == s->branch)
        return err_set(err, ERR_STATE, NULL, 0,
                       "\"%s\" is the branch on screen; switch to another one first",
                       s->branches[branch].name);
    history_deinit(&s->branches[branch]);
    for (int i = branch + 1; i < s->branch_count; i++)
        s->branches[i - 1] = s->branches[i];
    s->branches[--s->branch_count] = (struct history){0};
    s->branch -= s->branch > branch;
    return true;
}
