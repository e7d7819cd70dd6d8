#include "app/progress_bar.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

double clock_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void progress_bar_init(struct progress_bar *b, bool quiet, bool forced)
{
    *b = (struct progress_bar){.shown = !quiet && (forced || isatty(STDERR_FILENO))};
}

bool progress_bar_due(struct progress_bar *b, bool last)
{
    if (!b->shown)
        return false;
    double now = clock_seconds();
    if (now < b->next && !last)
        return false;
    b->next = now + 0.1;
    return true;
}

void progress_bar_draw(const struct progress_bar *b, const char *before, double share,
                       const char *after)
{
    enum { WIDTH = 20 };
    char bar[WIDTH + 1];
    if (!b->shown)
        return;
    for (int i = 0; i < WIDTH; i++)
        bar[i] = i < (int)(share * WIDTH) ? '=' : ' ';
    bar[WIDTH] = 0;
    fprintf(stderr, "\r\033[K%s [%s] %3d %%  %s", before, bar, (int)(100.0 * share), after);
    fflush(stderr);
}

void progress_bar_clear(const struct progress_bar *b)
{
    if (b->shown)
        fputs("\r\033[K", stderr);
}
