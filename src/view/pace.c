/* Playing by itself: how fast, and which steps are due. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "glassnet/view/bars.h"

void transport_init(struct transport_state *t)
{
    *t = (struct transport_state){.pace = PACE_USUAL, .due = INFINITY};
}

float pace_beside(float pace, bool faster)
{
    static const float paces[] = {PACE_LEAST, 1, 2, PACE_USUAL, 8, 15, PACE_MOST};
    enum { PACES = sizeof paces / sizeof *paces };
    if (pace == PACE_MAX)
        return faster ? PACE_MAX : PACE_MOST;
    if (faster) {
        for (int i = 0; i < PACES; i++)
            if (paces[i] > pace)
                return paces[i];
        return PACE_MAX;
    }
    for (int i = PACES - 1; i >= 0; i--)
        if (paces[i] < pace)
            return paces[i];
    return PACE_LEAST;
}

char *pace_text(float pace, char *out, size_t size)
{
    if (pace == PACE_MAX)
        snprintf(out, size, _("max"));
    else if (pace == 0.5f)
        snprintf(out, size, "½/s");
    else
        snprintf(out, size, "%.3g/s", (double)pace);
    return out;
}

/* A frame that came late makes up for it, by half a second of steps at most. */
static int steps_due(const struct transport_state *t, double now)
{
    if (t->pace == PACE_MAX)
        return 1;
    double late = fmin(now - t->next, 0.5);
    return 1 + (int)(late * (double)t->pace);
}

void transport_play(const struct view *v, struct transport_state *t)
{
    const struct snapshot *s = v->snap;
    double now = v->ui->time;
    if (!t->playing)
        return;
    if (s->cursor.cell >= s->steps->cells && s->pass == PASS_INSPECT && s->grain != GRAIN_EPOCH) {
        t->playing = false;
        return;
    }
    bool training = s->progress.state == TRAINING_RUNNING; /* an epoch is a step, too */
    if (now >= t->next && !training) {
        int n = steps_due(t, now);
        intents_add(v->out, n > 1 ? "step %d" : "step", n);
        double apart = t->pace == PACE_MAX ? 0 : 1 / (double)t->pace;
        t->next = fmax(t->next + apart * n, now);
    }
    t->due = training ? (double)INFINITY : t->next;
}
