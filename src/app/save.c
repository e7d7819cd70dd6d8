/* Saving: under the name there is, by the file picker, or as a numbered session. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/core.h"
#include "glassnet/base/file.h"
#include "glassnet/base/translate.h"

static bool is_building(const struct core *c)
{
    return strcmp(session_snapshot(c->session)->view, "build") == 0;
}

bool core_save_as(struct core *c, struct err *err)
{
    if (!session_snapshot(c->session)->net && !is_building(c))
        return err_set(err, ERR_STATE, NULL, 0, "no network is open, so there is nothing to save");
    c->screen.overlay = OVERLAY_FILES;
    files_open(&c->screen.files, session_snapshot(c->session), true);
    return true;
}

/* Glassnet's own networks stay as they came: what was made of them gets another name. */
static bool has_own_name(const struct net *net)
{
    static const char *const shared[] = {"data/networks", "lessons"};
    char folder[1024], found[1024], ours[4096], its[4096];
    if (!net || !net->path[0])
        return false;
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
        if (file_find_shared(found, sizeof found, shared[i]) && realpath(found, ours) &&
            realpath(file_folder(folder, sizeof folder, net->path), its) && strcmp(ours, its) == 0)
            return false;
    return true;
}

bool core_save(struct core *c, struct err *err)
{
    const struct net *net = session_snapshot(c->session)->net;
    char line[1100];
    if (is_building(c) || !has_own_name(net))
        return core_save_as(c, err);
    snprintf(line, sizeof line, "save %s", net->path);
    return core_command(c, line, err);
}

/* A name that is free: "moons-3.gns". */
static bool free_path(const char *folder, const char *title, char *out, size_t size)
{
    enum { NUMBERS = 9999 };
    char stem[200], name[240];
    snprintf(stem, sizeof stem, "%s", title[0] ? title : "session");
    char *dot = strrchr(stem, '.');
    if (dot)
        *dot = 0;
    for (int i = 1; i <= NUMBERS; i++) {
        snprintf(name, sizeof name, "%s-%d.gns", stem, i);
        if (!file_exists(file_join(out, size, folder, name)))
            return true;
    }
    return false;
}

/* Beside the user's own network, else among the user's data. */
bool core_save_session(struct core *c, struct err *err)
{
    const struct snapshot *s = session_snapshot(c->session);
    char folder[1024], path[1300], line[1400], said[1400];
    if (!s->net)
        return err_set(err, ERR_STATE, NULL, 0, "no network is open, so there is nothing to save");
    if (has_own_name(s->net)) {
        file_folder(folder, sizeof folder, s->net->path);
    } else {
        char own[1000];
        file_join(folder, sizeof folder, file_data_folder(own, sizeof own), "sessions");
        if (!file_make_folders(folder, err))
            return false;
    }
    if (!free_path(folder, s->title, path, sizeof path))
        return err_set(err, ERR_IO, folder, 0, "has too many sessions of this network");
    snprintf(line, sizeof line, "save-session %s", path);
    if (!core_command(c, line, err))
        return false;
    snprintf(said, sizeof said, _("All of it is saved, to go on another day: %s"), path);
    screen_say(&c->screen, &c->ui, false, said);
    return true;
}

/* Is there more to it than opening its file again would give? */
static bool is_worth_keeping(const struct snapshot *s)
{
    bool worth = s->net && (s->step_end > 0 || s->branch_count > 1);
    for (int i = 0; s->net && i < s->branch_count; i++)
        worth = worth || s->branches[i].changes > 0;
    return worth;
}

bool core_open_built(struct core *c, struct err *err)
{
    bool keeps = is_worth_keeping(session_snapshot(c->session));
    if ((keeps && !core_save_session(c, err)) || !core_command(c, "build open", err) ||
        !core_command(c, "show network", err))
        return false;
    const char *notice = session_snapshot(c->session)->notice;
    if (notice && notice[0])
        screen_say(&c->screen, &c->ui, true, notice);
    else if (!keeps)
        screen_say(&c->screen, &c->ui, false, _("What you built is open, its weights drawn anew."));
    return true;
}
