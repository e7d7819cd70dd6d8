/* Saving by the file picker. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/core.h"
#include "glassnet/base/file.h"

bool core_save_as(struct core *c, struct err *err)
{
    if (!session_snapshot(c->session)->net)
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
    if (!has_own_name(net))
        return core_save_as(c, err);
    snprintf(line, sizeof line, "save %s", net->path);
    return core_command(c, line, err);
}
