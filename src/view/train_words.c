/* What is said of training in words: how far it is, how fast, how long it takes. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "train_cards.h"

void train_time_left(const struct snapshot *s, double seconds, char *out, size_t size)
{
    char hours[48];
    if (seconds < 60)
        snprintf(out, size, _("%.0f s left"), ceil(seconds));
    else if (seconds < 3600)
        snprintf(out, size, _("%.0f min left"), ceil(seconds / 60));
    else
        snprintf(out, size, _("%s h left"), view_fixed(s, seconds / 3600, 1, hours, sizeof hours));
}

void train_state_text(const struct snapshot *s, char *out, size_t size)
{
    const struct progress *p = &s->progress;
    char number[48];
    if (p->epochs == 0)
        snprintf(out, size, _("An epoch shows it all %s samples once."),
                 view_count(s->data->n, number, sizeof number));
    else if (p->state == TRAINING_OFF && p->epoch >= p->epochs)
        snprintf(out, size,
                 translate_count("done: %d epoch · %s samples/s", "done: %d epochs · %s samples/s",
                                 p->epochs),
                 p->epochs, view_count((long long)p->samples_per_second, number, sizeof number));
    else if (p->state == TRAINING_OFF)
        snprintf(out, size, _("ended in epoch %d of %d"), p->epoch + 1, p->epochs);
    else
        snprintf(out, size,
                 p->state == TRAINING_PAUSED ? _("paused · epoch %d of %d · %s samples/s")
                                             : _("epoch %d of %d · %s samples/s"),
                 p->epoch < p->epochs ? p->epoch + 1 : p->epochs, p->epochs,
                 view_count((long long)p->samples_per_second, number, sizeof number));
}

double train_part_done(const struct progress *p)
{
    if (p->epochs <= 0)
        return 0;
    double within = p->samples > 0 ? (double)p->position / p->samples : 0;
    return fmin(1, (p->epoch + within) / p->epochs);
}
