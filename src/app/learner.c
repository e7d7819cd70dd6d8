#include "app/learner.h"

#include <stdio.h>
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
    if (!lesson_progress_load(&c->progress, folder, name, &err)) {
        char why[1300], said[1600];
        c->keep_progress = false; /* or the file that cannot be read would be written over */
        snprintf(said, sizeof said, _("%s. Until that is mended, no progress is kept."),
                 err_text(&err, why, sizeof why));
        screen_say(&c->screen, &c->ui, true, said);
    } else if (c->progress.warning[0])
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

/* The first free name in the documents folder: progress-WHOSE-N.csv. */
static bool free_name(const char *whose, char *path, size_t size, struct err *err)
{
    enum { NUMBERS = 999 };
    char folder[1024], name[160];
    file_user_folder(folder, sizeof folder, "DOCUMENTS", "Documents");
    for (int i = 1; i <= NUMBERS; i++) {
        snprintf(name, sizeof name, "progress-%s-%d.csv", whose, i);
        if (!file_exists(file_join(path, size, folder, name)))
            return true;
    }
    return err_set(err, ERR_IO, folder, 0, "has %d progress tables already", NUMBERS);
}

static void say_where(struct core *c, const char *path)
{
    char said[1400];
    snprintf(said, sizeof said, _("The progress is saved: %s"), path);
    screen_say(&c->screen, &c->ui, false, said);
}

bool learner_table(struct core *c, struct err *err)
{
    char path[1300], plain[80];
    const char *learner = c->progress.learner[0] ? c->progress.learner : "learner";
    text_copy(text_of(learner), plain, sizeof plain);
    for (char *p = plain; *p; p++)
        if (*p == '/' || *p == '.')
            *p = '-';
    if (!free_name(plain, path, sizeof path, err) ||
        !lesson_progress_export(&c->progress, path, err))
        return false;
    say_where(c, path);
    return true;
}

bool learner_class_table(struct core *c, struct err *err)
{
    char path[1300];
    struct lesson_class all;
    if (!lesson_class_load(&all, folder_of(c), NULL, 0, err))
        return false;
    bool done =
        all.count > 0
            ? free_name("class", path, sizeof path, err) && lesson_class_export(&all, path, err)
            : err_set(err, ERR_STATE, NULL, 0, "nobody has begun a lesson on this machine yet");
    lesson_class_deinit(&all);
    if (done)
        say_where(c, path);
    return done;
}

void learner_class(struct core *c)
{
    class_table_open(&c->screen.class_table, folder_of(c));
    if (c->screen.class_table.all.warning[0])
        screen_say(&c->screen, &c->ui, true, c->screen.class_table.all.warning);
}
