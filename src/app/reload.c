#include "app/reload.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/core.h"

static const double pause = 0.5; /* seconds */

static bool written(const char *path, struct timespec *when)
{
    struct stat s;
    if (stat(path, &s) != 0)
        return false; /* an editor that replaces the file is between two steps */
    *when = s.st_mtim;
    return true;
}

void reload_note(struct core *c)
{
    if (c->lesson)
        written(c->lesson->path, &c->lesson_written);
}

bool reload_tick(struct core *c, double time)
{
    struct timespec now;
    struct err err = {0};
    char path[1400], text[1200];
    if (!c->lesson || c->quiz.count ||
        (time >= c->lesson_looked && time < c->lesson_looked + pause))
        return false;
    c->lesson_looked = time;
    if (!written(c->lesson->path, &now) ||
        (now.tv_sec == c->lesson_written.tv_sec && now.tv_nsec == c->lesson_written.tv_nsec))
        return false;
    c->lesson_written = now;
    int page = player_view(c->player)->page;
    snprintf(path, sizeof path, "%s", c->lesson->path);
    if (!core_open(c, path, &err)) {
        screen_say(&c->screen, &c->ui, true, err_text(&err, text, sizeof text));
        return true;
    }
    int last = c->lesson->page_count - 1;
    player_go(c->player, page < last ? page : last);
    screen_say(&c->screen, &c->ui, false, "The lesson's file has changed: this is how it is now.");
    return true;
}
