/* Files and folders that are opened or dropped: each kind becomes what it is good for. */
#include <stdio.h>
#include <string.h>

#include "app/core.h"
#include "glassnet/base/file.h"
#include "glassnet/base/translate.h"
#include "glassnet/view/file_kind.h"

static bool needs_network(struct core *c, const char *path, const char *becomes, struct err *err)
{
    return session_snapshot(c->session)->net ||
           err_set(err, ERR_STATE, NULL, 0,
                   "%s becomes %s of the network that is open; open a network first",
                   file_name(path), translate(becomes));
}

/* From home into the network, so that what was taken is seen. */
static bool show_network(struct core *c, struct err *err)
{
    return strcmp(session_snapshot(c->session)->view, "home") != 0 ||
           session_command(c->session, "show network", err);
}

static bool take_picture(struct core *c, const char *path, struct err *err)
{
    char name[64], text[400];
    if (strcmp(session_snapshot(c->session)->view, "kernels") == 0)
        return session_commandf(c->session, err, "kernels picture %s", path);
    if (!needs_network(c, path, N_("the input"), err) ||
        !session_commandf(c->session, err, "picture %s", path) || !show_network(c, err))
        return false;
    const struct snapshot *s = session_snapshot(c->session);
    if (s->guess >= 0 && !session_reading_is_hidden(c->session))
        snprintf(text, sizeof text, _("%.200s is the input now; the network reads %s."),
                 file_name(path), view_class(s, s->guess, name, sizeof name));
    else
        snprintf(text, sizeof text, _("%.200s is the input now."), file_name(path));
    screen_say(&c->screen, &c->ui, false, text);
    return true;
}

/* As it is; a folder of pictures else brought to the size the network takes. */
static bool open_data(struct core *c, const char *path, struct err *err)
{
    char spec[1100];
    struct err own = {0};
    file_data_spec(path, spec, sizeof spec);
    if (session_commandf(c->session, &own, "data %s", spec))
        return true;
    const struct shape *in = &session_snapshot(c->session)->net->layers[0].out;
    if (file_is_folder(path) && in->rank == 3 &&
        session_commandf(c->session, NULL, "data %s:size=%dx%d,channels=%d", spec, in->dim[1],
                         in->dim[0], in->dim[2]))
        return true;
    if (err && !err_any(err))
        *err = own;
    return false;
}

static bool take_data(struct core *c, const char *path, struct err *err)
{
    char count[48], text[400];
    if (!needs_network(c, path, N_("the data set"), err) || !open_data(c, path, err) ||
        !show_network(c, err))
        return false;
    const struct snapshot *s = session_snapshot(c->session);
    snprintf(text, sizeof text, _("%.200s is the data set now: %s samples."), file_name(path),
             view_count(s->data ? s->data->n : 0, count, sizeof count));
    screen_say(&c->screen, &c->ui, false, text);
    return true;
}

/* Where the view of one's own data is shown, or nothing is open that could take it. */
static bool is_for_own_data(struct core *c, const char *path)
{
    const struct snapshot *s = session_snapshot(c->session);
    bool learns = file_is_folder(path) || file_kind_of(path) == FILE_TABLE;
    bool shown = strcmp(s->view, "data") == 0;
    return shown ? learns || file_kind_of(path) != FILE_PICTURE || !s->own->open
                 : learns && (!s->net || strcmp(s->view, "home") == 0);
}

static bool bring(struct core *c, const char *path, struct err *err)
{
    c->screen.toast[0] = 0;
    return session_commandf(c->session, err, "bring %s", path) && core_command(c, "show data", err);
}

bool core_take(struct core *c, const char *path, struct err *err)
{
    if (!file_exists(path) && !file_is_folder(path))
        return err_set(err, ERR_IO, path, 0, "is not there, or cannot be read");
    if (is_for_own_data(c, path))
        return bring(c, path, err);
    if (file_is_folder(path))
        return take_data(c, path, err);
    switch (file_kind_of(path)) {
    case FILE_PICTURE:
        return take_picture(c, path, err);
    case FILE_TABLE:
    case FILE_IDX:
        return take_data(c, path, err);
    default:
        return err_set(err, ERR_INPUT, path, 0,
                       "is nothing that can be opened here: expected a network (.net), a run "
                       "(.gns), a lesson (.md), a picture (PNG or JPEG), a table (.csv), IDX files "
                       "or a folder of pictures");
    }
}
