/* The cursor: stepping, jumping, phases and grains. */
#include <string.h>

#include "session/state.h"

#define STEPS_MOST  1000000
#define SMALL_EPOCH 20000000.0 /* parameters times samples: done before the command returns */

bool command_grain(struct session *s, struct text rest, struct err *err)
{
    char word[32];
    if (!argument_word(&rest, "a grain", word, sizeof word, err) || !arguments_end(rest, err))
        return false;
    int grain = grain_find(word);
    if (grain < 0)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "\"%s\" is no grain; there are term, cell, layer, phase, pass and epoch",
                       word);
    s->changed = s->grain != (enum grain)grain;
    s->grain = (enum grain)grain;
    return true;
}

static bool step_epoch(struct session *s, struct err *err)
{
    double work = (double)s->net->param_count * (s->data ? s->data->n : 0);
    if (!worker_start(s, 1, err))
        return false;
    if (work < SMALL_EPOCH)
        session_wait(s);
    return true;
}

static bool step_once(struct session *s, bool *moved, struct err *err)
{
    *moved = true;
    if (steps_forward(s->steps, s->trace, s->grain, &s->cursor))
        return true;
    if (s->kind != PASS_RUN) {
        *moved = false;
        return true;
    }
    if (!time_commit(s, err))
        return false;
    if (s->grain == GRAIN_PASS) /* each step is then one whole pass, shown when it is done */
        steps_forward(s->steps, s->trace, s->grain, &s->cursor);
    return true;
}

static bool back_once(struct session *s, bool *moved, struct err *err)
{
    *moved = true;
    if (steps_back(s->steps, s->trace, s->grain, &s->cursor))
        return true;
    *moved = false;
    return s->kind != PASS_RUN || time_uncommit(s, moved, err);
}

static bool step_count(struct text rest, long *count, struct err *err)
{
    *count = 1;
    return text_trim(rest).n == 0 ||
           (argument_long(&rest, "how many steps", 1, STEPS_MOST, count, err) &&
            arguments_end(rest, err));
}

static bool step_many(struct session *s, long count,
                      bool (*once)(struct session *, bool *, struct err *), struct err *err)
{
    bool moved = true, ok = true;
    s->changed = false;
    for (long i = 0; i < count && moved && ok; i++) {
        ok = once(s, &moved, err);
        s->changed = s->changed || (ok && moved);
    }
    if (!s->changed)
        return ok;
    selection_follow(s);
    if (!ok && err) /* some steps were made: that is what is reported */
        err_clear(err);
    return true;
}

bool command_step(struct session *s, struct text rest, struct err *err)
{
    long count;
    if (!step_count(rest, &count, err))
        return false;
    if (s->grain != GRAIN_EPOCH)
        return step_many(s, count, step_once, err);
    for (long i = 0; i < count; i++)
        if (!step_epoch(s, err))
            return i > 0;
    return true;
}

/* To the beginning of the epoch, or from there to that of the one before. */
static bool back_epochs(struct session *s, long count, struct err *err)
{
    if (!s->trainer)
        return err_set(err, s->no_trainer.code, NULL, 0, "%s", s->no_trainer.message);
    worker_stop(s);
    int64_t length = time_epoch_steps(s), now = time_now(s);
    int64_t whole = (now + length - 1) / length;
    int64_t to = whole > count ? (whole - count) * length : 0;
    s->changed = now > 0;
    return !s->changed || time_show(s, to, false, err);
}

bool command_back(struct session *s, struct text rest, struct err *err)
{
    long count;
    if (!step_count(rest, &count, err))
        return false;
    if (s->grain == GRAIN_EPOCH)
        return back_epochs(s, count, err);
    return step_many(s, count, back_once, err);
}

static void place_cursor(struct session *s, int64_t cell)
{
    s->changed = s->cursor.cell != cell || s->cursor.term != 0;
    s->cursor = (struct cursor){cell, 0};
}

bool command_phase(struct session *s, struct text rest, struct err *err)
{
    char word[32];
    int64_t begin, end;
    if (!argument_word(&rest, "a phase", word, sizeof word, err) || !arguments_end(rest, err))
        return false;
    if (strcmp(word, "start") == 0) {
        place_cursor(s, 0);
        return true;
    }
    int phase = phase_find(word);
    if (phase < 0)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "\"%s\" is no phase; there are start, forward, loss, backward and update",
                       word);
    steps_phase(s->steps, (enum phase)phase, &begin, &end);
    if (begin == end)
        return err_set(err, ERR_STATE, NULL, 0, "this pass has no %s phase%s", word,
                       !s->program->has_loss  ? ": the network has no loss line"
                       : s->mode == MODE_EVAL ? " in evaluation mode; use mode train"
                                              : "");
    place_cursor(s, end);
    return true;
}

bool command_goto(struct session *s, struct text rest, struct err *err)
{
    struct cell cell;
    if (!cell_argument(s, &rest, &cell, err) || !arguments_end(rest, err))
        return false;
    int64_t at = steps_at(s->steps, cell);
    if (at >= 0)
        s->cursor = (struct cursor){at + 1, 0};
    s->trail.count = 0;
    selection_set(s, cell);
    return true;
}

bool command_seek(struct session *s, struct text rest, struct err *err)
{
    long cell;
    if (!argument_long(&rest, "a number of cells", 0, (long)s->steps->cells, &cell, err) ||
        !arguments_end(rest, err))
        return false;
    place_cursor(s, cell);
    if (s->changed)
        selection_follow(s);
    return true;
}
