/* The watch list: cells kept in sight, with the values they had in the passes before. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "session/state.h"

static int find(const struct session *s, const char *name)
{
    for (int i = 0; i < s->watches.count; i++)
        if (strcmp(s->watches.list[i].name, name) == 0)
            return i;
    return -1;
}

void watch_resolve(struct session *s, const struct program *program, int n)
{
    for (int i = 0; i < s->watches.count; i++) {
        struct watched *w = &s->watches.list[i];
        w->cell = CELL_NONE;
        w->done = false;
        if (program && !cell_parse(program, n, w->name, &w->cell, NULL))
            w->cell = CELL_NONE;
    }
}

/* The value joins the history once a pass, as soon as the cursor is past it. */
static void note(struct session *s, int i)
{
    struct watched *w = &s->watches.list[i];
    w->done = s->trace && cell_is(w->cell) && steps_done(s->steps, s->cursor, w->cell);
    if (!w->done || s->watches.noted[i] == s->passes)
        return;
    s->watches.noted[i] = s->passes;
    if (w->count == WATCH_HISTORY)
        memmove(w->history, w->history + 1, (size_t)(--w->count) * sizeof *w->history);
    w->history[w->count++] = cell_value(s->trace, w->cell);
}

void watch_note(struct session *s)
{
    for (int i = 0; i < s->watches.count; i++)
        note(s, i);
}

void watch_clear(struct session *s)
{
    for (int i = 0; i < s->watches.count; i++)
        free(s->watches.list[i].name);
    s->watches.count = 0;
}

bool command_watch(struct session *s, struct text rest, struct err *err)
{
    struct cell cell;
    char name[NAME_SIZE];
    if (!cell_argument(s, &rest, &cell, err) || !arguments_end(rest, err))
        return false;
    cell_name(s->program, cell, name, sizeof name);
    s->changed = find(s, name) < 0;
    if (!s->changed)
        return true;
    int i = s->watches.count;
    if (i == WATCH_MOST)
        return err_set(err, ERR_STATE, NULL, 0,
                       "%d cells are watched, which is as many as there can be; unwatch one first",
                       WATCH_MOST);
    s->watches.list[i] = (struct watched){.name = mem_strdup(name), .cell = cell};
    s->watches.noted[i] = 0;
    s->watches.count++;
    note(s, i);
    return true;
}

static void forget(struct session *s, int i)
{
    struct watches *w = &s->watches;
    free(w->list[i].name);
    w->count--;
    memmove(w->list + i, w->list + i + 1, (size_t)(w->count - i) * sizeof *w->list);
    memmove(w->noted + i, w->noted + i + 1, (size_t)(w->count - i) * sizeof *w->noted);
}

/* Its own name is enough: the pass may have no such cell any more. */
bool command_unwatch(struct session *s, struct text rest, struct err *err)
{
    char name[NAME_SIZE];
    struct cell cell;
    if (!argument_word(&rest, "a cell or all", name, sizeof name, err) || !arguments_end(rest, err))
        return false;
    s->changed = s->watches.count > 0;
    if (strcmp(name, "all") == 0) {
        watch_clear(s);
        return true;
    }
    if (find(s, name) < 0 && s->trace && cell_parse(s->program, s->trace->n, name, &cell, NULL))
        cell_name(s->program, cell, name, sizeof name);
    int i = find(s, name);
    if (i < 0)
        return err_set(err, ERR_INPUT, NULL, 0, "%s is not watched", name);
    forget(s, i);
    return true;
}
