#include "app/learner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"

static const char *folder_of(const struct core *c)
{
    return c->progress_folder[0] ? c->progress_folder : NULL;
}

void learner_keep(struct core *c, const char *folder)
{
    char name[LEARNER_NAME];
    struct err err = {0};
    snprintf(c->progress_folder, sizeof c->progress_folder, "%s", folder ? folder : "");
    c->keep_progress = true;
    lesson_learner_last(folder, name);
    lesson_progress_deinit(&c->progress);
    if (!lesson_progress_load(&c->progress, folder, name, &err))
        screen_say(&c->screen, &c->ui, true, err.message);
    else if (c->progress.warning[0])
        screen_say(&c->screen, &c->ui, true, c->progress.warning);
}

bool learner_is(struct core *c, const char *name, struct err *err)
{
    struct lesson_progress other;
    char said[200];
    struct text trimmed = text_trim(text_of(name));
    char own[LEARNER_NAME];
    if (trimmed.n >= sizeof own || !text_is_utf8(trimmed.p, trimmed.n))
        return err_set(err, ERR_USAGE, NULL, 0, "a learner's name has up to %d bytes",
                       LEARNER_NAME - 1);
    text_copy(trimmed, own, sizeof own);
    if (c->lesson && !core_command(c, "app leave", err)) /* it is somebody else's */
        return false;
    if (!lesson_progress_load(&other, folder_of(c), own, err))
        return false;
    lesson_progress_deinit(&c->progress);
    c->progress = other;
    c->screen.overlay = OVERLAY_NONE;
    snprintf(said, sizeof said, own[0] ? _("Hello, %s.") : _("Progress is kept without a name."),
             own);
    screen_say(&c->screen, &c->ui, false, said);
    return !c->keep_progress || (lesson_progress_save(&c->progress, err) &&
                                 lesson_learner_remember(folder_of(c), own, err));
}

bool learner_table(struct core *c, struct err *err)
{
    enum { NUMBERS = 999 };
    const char *home = getenv("HOME"), *named = getenv("XDG_DOCUMENTS_DIR");
    const char *learner = c->progress.learner[0] ? c->progress.learner : "learner";
    char folder[1024], name[160], path[1300], said[1400], plain[80];
    text_copy(text_of(learner), plain, sizeof plain);
    for (char *p = plain; *p; p++)
        if (*p == '/' || *p == '.')
            *p = '-';
    snprintf(folder, sizeof folder, "%s", named ? named : "");
    if (!named && home)
        file_join(folder, sizeof folder, home, "Documents");
    if (!folder[0] || !file_is_folder(folder))
        snprintf(folder, sizeof folder, ".");
    for (int i = 1; i <= NUMBERS; i++) {
        snprintf(name, sizeof name, "progress-%s-%d.csv", plain, i);
        file_join(path, sizeof path, folder, name);
        if (file_exists(path))
            continue;
        if (!lesson_progress_export(&c->progress, path, err))
            return false;
        snprintf(said, sizeof said, _("The progress is saved: %s"), path);
        screen_say(&c->screen, &c->ui, false, said);
        return true;
    }
    return err_set(err, ERR_IO, folder, 0, "has %d progress tables already", NUMBERS);
}
