#include "app/autosave.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "glassnet/base/file.h"

#define PAUSE_EDITED 1.0 /* seconds between two saves at least, after an edit */
#define PAUSE        30.0

/* The number of the program that wrote "autosave-NUMBER.gns"; 0: it is no such name. */
static long writer_of(const char *name)
{
    static const char begin[] = "autosave-";
    char *end;
    if (strncmp(name, begin, sizeof begin - 1) != 0)
        return 0;
    long number = strtol(name + sizeof begin - 1, &end, 10);
    return number > 0 && strcmp(end, ".gns") == 0 ? number : 0;
}

static bool is_alive(long process)
{
    return kill((pid_t)process, 0) == 0 || errno == EPERM;
}

/* The newest file whose program is gone; older ones are taken away. */
static void find_left(struct autosave *a, const char *folder)
{
    DIR *dir = opendir(folder);
    time_t newest = 0;
    for (struct dirent *e; dir && (e = readdir(dir));) {
        char path[1024];
        struct stat stat_of;
        long writer = writer_of(e->d_name);
        file_join(path, sizeof path, folder, e->d_name);
        if (!writer || is_alive(writer) || stat(path, &stat_of) != 0)
            continue;
        if (a->left[0] && stat_of.st_mtime <= newest) {
            remove(path);
            continue;
        }
        if (a->left[0])
            remove(a->left);
        newest = stat_of.st_mtime;
        snprintf(a->left, sizeof a->left, "%s", path);
    }
    if (dir)
        closedir(dir);
}

void autosave_begin(struct autosave *a, const char *folder)
{
    char name[64];
    *a = (struct autosave){.last = 0};
    if (!file_make_folders(folder, NULL))
        return;
    find_left(a, folder);
    snprintf(name, sizeof name, "autosave-%ld.gns", (long)getpid());
    file_join(a->own, sizeof a->own, folder, name);
}

void autosave_note(struct autosave *a, const char *line)
{
    static const char *const words[] = {"edit ", "drag ", "undo",   "redo",      "label ",
                                        "rate ", "code ", "fork",   "optimizer", "drop ",
                                        "draw ", "clear", "restart"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        a->edited = a->edited || strncmp(line, words[i], strlen(words[i])) == 0;
}

bool autosave_tick(struct autosave *a, struct session *s, double time, struct err *err)
{
    const struct snapshot *shot = session_snapshot(s);
    if (session_save_state(s, err) == SAVE_FAILED) {
        a->own[0] = 0; /* it would fail each time; it was said once */
        return false;
    }
    double pause = a->edited ? PAUSE_EDITED : PAUSE;
    if (!a->own[0] || !shot->net || shot->revision == a->revision || time - a->last < pause ||
        session_save_state(s, err) == SAVE_RUNNING)
        return true;
    a->last = time;
    a->revision = shot->revision;
    a->edited = false;
    return session_save_begin(s, a->own, err);
}

void autosave_forget_left(struct autosave *a)
{
    if (a->left[0])
        remove(a->left);
    a->left[0] = 0;
}

void autosave_end(struct autosave *a, struct session *s)
{
    session_save_end(s, NULL);
    if (a->own[0])
        remove(a->own);
    a->own[0] = 0;
}
