/* The learner's own data: what is brought. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/folder.h"
#include "glassnet/base/translate.h"
#include "session/state.h"

/* Nothing is known of it any more; the network made of it stays what it is. */
static void forget(struct own *o)
{
    own_job_stop(&o->job);
    survey_destroy(o->survey);
    o->survey = NULL;
    o->open = false;
    o->state = OWN_NOTHING;
    o->problem[0] = o->text[0] = o->spec[0] = o->name[0] = 0;
}

static void begin_again(struct own *o)
{
    forget(o);
    o->folders = 0;
    o->single = o->table = o->drawn = false;
    o->path[0] = 0;
}

static bool start_looking(struct own *o, struct err *err)
{
    struct own_job *j = &o->job;
    own_job_stop(j);
    j->table = o->table;
    j->named[0] = 0;
    if (o->table)
        snprintf(j->path, sizeof j->path, "%s", o->path);
    else if (!own_folders(o, j->path, sizeof j->path, j->named, sizeof j->named))
        return err_set(err, ERR_INPUT, NULL, 0, "%s", o->problem);
    j->work = OWN_WORK_LOOK;
    o->state = OWN_LOOKING;
    own_job_start(j);
    return true;
}

/* For people, and for a comment in a network's text. */
static void add_name(struct own *o, const char *name)
{
    size_t used = strlen(o->name);
    snprintf(o->name + used, sizeof o->name - used, "%s%.100s", used ? ", " : "", name);
    for (char *c = o->name; *c; c++)
        *c = (unsigned char)*c < ' ' ? '?' : *c;
}

/* Sub-folders that hold pictures. */
static int count_class_folders(const char *path)
{
    struct folder here;
    char inner[1200];
    int n = 0;
    if (!folder_read(&here, path, NULL))
        return 0;
    for (int i = 0; i < here.count && n < 2; i++)
        n += here.entries[i].is_folder &&
             survey_folder_pictures(file_join(inner, sizeof inner, path, here.entries[i].name)) > 0;
    folder_deinit(&here);
    return n;
}

static bool is_new_class(const struct own *o, const char *path, struct err *err)
{
    for (int i = 0; i < o->folders; i++)
        if (strcmp(file_name(o->folder[i]), file_name(path)) == 0)
            return err_set(err, ERR_STATE, path, 0,
                           "gives the class \"%s\", which is there already; rename the folder if "
                           "it is another class",
                           file_name(path));
    return o->folders < OWN_FOLDERS ||
           err_set(err, ERR_USAGE, path, 0,
                   "is one folder too many: at most %d are taken one by one; put them into one "
                   "folder and bring that",
                   OWN_FOLDERS);
}

static bool bring_class(struct own *o, const char *path, struct err *err)
{
    struct own before = *o;
    bool goes_on = o->single && !o->table && o->state != OWN_NOTHING;
    if (goes_on && !is_new_class(o, path, err))
        return false;
    if (!goes_on)
        begin_again(o);
    else
        forget(o);
    o->single = true;
    snprintf(o->folder[o->folders++], sizeof o->folder[0], "%s", path);
    for (int i = 0; i < o->folders; i++)
        add_name(o, file_name(o->folder[i]));
    if (start_looking(o, err))
        return true;
    o->folders = goes_on ? before.folders : 0;
    o->single = goes_on;
    o->name[0] = 0;
    for (int i = 0; i < o->folders; i++)
        add_name(o, file_name(o->folder[i]));
    if (o->folders > 0)
        start_looking(o, NULL);
    return false;
}

static bool bring_folder(struct own *o, const char *path, struct err *err)
{
    int own = survey_folder_pictures(path), inner = count_class_folders(path);
    if (own == 0 && inner == 0)
        return err_set(err, ERR_INPUT, path, 0,
                       "holds neither pictures nor folders of pictures (PNG or JPEG)");
    if (own > 0 && inner < 2)
        return bring_class(o, path, err);
    begin_again(o);
    o->folders = 1;
    snprintf(o->folder[0], sizeof o->folder[0], "%s", path);
    add_name(o, file_name(path));
    return start_looking(o, err);
}

static bool bring_table(struct own *o, const char *path, struct err *err)
{
    begin_again(o);
    o->table = true;
    snprintf(o->path, sizeof o->path, "%s", path);
    add_name(o, file_name(path));
    return start_looking(o, err);
}

static bool bring_drawings(struct session *s, struct err *err)
{
    struct own *o = &s->own;
    keep_load(s);
    if (s->drawings.count == 0)
        return err_set(err, ERR_STATE, NULL, 0,
                       "no drawing was kept yet: draw on the pad, say what it is, and keep it");
    begin_again(o);
    o->drawn = true;
    o->folders = 1;
    snprintf(o->folder[0], sizeof o->folder[0], "%s", s->drawings.folder);
    add_name(o, "drawings");
    return start_looking(o, err);
}

static bool is_picture_file(const char *path)
{
    return file_ends_with(path, ".png") || file_ends_with(path, ".jpg") ||
           file_ends_with(path, ".jpeg");
}

bool command_bring(struct session *s, struct text rest, struct err *err)
{
    char given[1024], path[4096];
    struct own *o = &s->own;
    if (!argument_path(rest, NULL, given, sizeof given, err))
        return false;
    if (o->state == OWN_LOADING)
        return err_set(err, ERR_STATE, NULL, 0,
                       "what was brought is being read; bring something else when that is done");
    if (strcmp(given, "nothing") == 0) {
        begin_again(o);
        return true;
    }
    if (strcmp(given, "drawings") == 0)
        return bring_drawings(s, err);
    /* Whole paths, so that the network finds its data wherever it is saved. */
    if (!realpath(given, path) || strlen(path) >= sizeof o->path)
        return err_set(err, ERR_IO, given, 0, "is not there, or cannot be read");
    if (file_is_folder(path))
        return bring_folder(o, path, err);
    if (file_ends_with(path, ".csv"))
        return bring_table(o, path, err);
    return err_set(
        err, ERR_INPUT, given, 0,
        is_picture_file(path)
            ? N_("is one picture: bring the folder it lies in, one folder for each class")
            : N_("is nothing to learn from; expected a folder of pictures or a table "
                 "(.csv)"));
}
