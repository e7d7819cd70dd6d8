/* The learner's own data set: drawings kept and forgotten, and undoing what was done on the pad. */
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "session/state.h"

void keep_load(struct session *s)
{
    if (s->drawings_known)
        return;
    drawings_deinit(&s->drawings);
    drawings_list(&s->drawings, NULL);
    drawings_tidy(&s->drawings);
    s->drawings_known = true;
}

bool command_keep(struct session *s, struct text rest, struct err *err)
{
    char label[256];
    text_copy(text_trim(rest), label, sizeof label);
    if (s->pad_empty)
        return err_set(err, ERR_STATE, NULL, 0, "the pad is empty; draw something to keep it");
    keep_load(s);
    if (!drawings_keep(&s->drawings, label, s->pad, err))
        return false;
    pad_past_add(&s->pad_past, PAD_KEPT, ++s->changes)->drawing = s->drawings.next - 1;
    text_copy(text_of(label), s->kept_label, sizeof s->kept_label);
    return true;
}

static bool forget_at(struct session *s, int i, struct pad_change *c, struct err *err)
{
    char aside[1200];
    long number = i >= 0 && i < s->drawings.count ? s->drawings.list[i].number : 0;
    if (!drawings_forget(&s->drawings, i, aside, sizeof aside, err))
        return false;
    c = c ? c : pad_past_add(&s->pad_past, PAD_FORGOT, ++s->changes);
    c->drawing = number;
    free(c->aside);
    c->aside = mem_strdup(aside);
    return true;
}

bool command_unkeep(struct session *s, struct text rest, struct err *err)
{
    long i;
    keep_load(s);
    int most = s->drawings.count > 0 ? s->drawings.count - 1 : 0;
    return argument_long(&rest, "a drawing that was kept", 0, most, &i, err) &&
           arguments_end(rest, err) && forget_at(s, (int)i, NULL, err);
}

/* Takes a kept drawing onto the pad. */
bool command_recall(struct session *s, struct text rest, struct err *err)
{
    long i;
    keep_load(s);
    int most = s->drawings.count > 0 ? s->drawings.count - 1 : 0;
    if (!argument_long(&rest, "a drawing that was kept", 0, most, &i, err) ||
        !arguments_end(rest, err))
        return false;
    if (s->drawings.count == 0)
        return err_set(err, ERR_STATE, NULL, 0, "no drawing was kept yet");
    uint8_t *ink = mem_zalloc(PAD_CELLS, 1), *before = mem_zalloc(PAD_CELLS, 1);
    memcpy(before, s->pad, PAD_CELLS);
    bool ok = drawings_ink(&s->drawings, (int)i, ink, err) && drawing_take_ink(s, ink, err);
    if (ok)
        pad_past_add(&s->pad_past, PAD_INK, ++s->changes)->ink = before;
    else
        free(before);
    free(ink);
    return ok;
}

bool command_export_drawings(struct session *s, struct text rest, struct err *err)
{
    char folder[1024];
    s->changed = false;
    keep_load(s);
    return argument_path(rest, NULL, folder, sizeof folder, err) &&
           drawings_export(&s->drawings, folder, err);
}

static int find_drawing(const struct drawings *d, long number)
{
    for (int i = 0; i < d->count; i++)
        if (d->list[i].number == number)
            return i;
    return -1;
}

/* Into the set or out of it: which of the two is what was not done last. */
static bool turn_drawing(struct session *s, struct pad_change *c, struct err *err)
{
    if (!c->aside)
        return forget_at(s, find_drawing(&s->drawings, c->drawing), c, err);
    if (!drawings_restore(&s->drawings, c->aside, err))
        return false;
    free(c->aside);
    c->aside = NULL;
    return true;
}

static bool turn_ink(struct session *s, struct pad_change *c, struct err *err)
{
    uint8_t *now = mem_zalloc(PAD_CELLS, 1);
    memcpy(now, s->pad, PAD_CELLS);
    if (!drawing_take_ink(s, c->ink, err)) {
        free(now);
        return false;
    }
    free(c->ink);
    c->ink = now;
    return true;
}

static bool turn_change(struct session *s, struct pad_change *c, struct err *err)
{
    s->pad_past.stroke = false;
    return c->kind == PAD_INK ? turn_ink(s, c, err) : turn_drawing(s, c, err);
}

uint64_t pad_undo_number(const struct session *s)
{
    return s->pad_past.done ? s->pad_past.list[s->pad_past.done - 1].number : 0;
}

uint64_t pad_redo_number(const struct session *s)
{
    return s->pad_past.done < s->pad_past.count ? s->pad_past.list[s->pad_past.done].number
                                                : UINT64_MAX;
}

bool pad_undo(struct session *s, struct err *err)
{
    if (!turn_change(s, &s->pad_past.list[s->pad_past.done - 1], err))
        return false;
    s->pad_past.done--;
    return true;
}

bool pad_redo(struct session *s, struct err *err)
{
    if (!turn_change(s, &s->pad_past.list[s->pad_past.done], err))
        return false;
    s->pad_past.done++;
    return true;
}
