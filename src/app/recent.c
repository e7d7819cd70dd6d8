/* The folder and the recent files of the file picker, beside the settings: "folder=PATH", then
 * "file=PATH" with the last one first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/core.h"
#include "glassnet/base/file.h"
#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"

enum { RECENT_MOST = 1 << 16 };

static char *recent_path(const struct core *c, char *out, size_t size)
{
    char folder[sizeof c->settings.path];
    return file_join(out, size, file_folder(folder, sizeof folder, c->settings.path), "recent");
}

void recent_load(struct core *c)
{
    char path[1200];
    size_t size;
    struct files_state *f = &c->screen.files;
    char *bytes = file_read(recent_path(c, path, sizeof path), RECENT_MOST, &size, NULL);
    struct text rest = {bytes, bytes ? size : 0}, left, right;
    bool readable = bytes && text_is_utf8(bytes, size) && !memchr(bytes, 0, size);
    while (readable && rest.n > 0 && f->n_recent < FILES_RECENT) {
        struct text line = text_trim(text_next_line(&rest));
        if (!text_split(line, '=', &left, &right) || right.n == 0 || right.n >= FILES_PATH)
            continue;
        if (text_is(left, "folder"))
            text_copy(right, f->folder, sizeof f->folder);
        else if (text_is(left, "file"))
            text_copy(right, f->recent[f->n_recent++], FILES_PATH);
    }
    free(bytes);
}

/* What cannot be written is only forgotten: it is no more than a convenience. */
static void recent_save(const struct core *c)
{
    char path[1200], folder[1200];
    struct file_out out;
    const struct files_state *f = &c->screen.files;
    recent_path(c, path, sizeof path);
    if (!file_make_folders(file_folder(folder, sizeof folder, path), NULL) ||
        !file_out_begin(&out, path, NULL))
        return;
    if (f->folder[0])
        fprintf(out.f, "folder=%s\n", f->folder);
    for (int i = 0; i < f->n_recent; i++)
        fprintf(out.f, "file=%s\n", f->recent[i]);
    file_out_commit(&out, NULL);
}

void recent_note(struct core *c, const char *line)
{
    static const char *const words[] = {"open ", "save ", "save-session "};
    char text[400];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (strncmp(line, words[i], n) != 0)
            continue;
        files_note(&c->screen.files, line + n);
        snprintf(text, sizeof text, _("%.300s is saved."), file_name(line + n));
        if (i > 0)
            screen_say(&c->screen, &c->ui, false, text);
        if (c->keep_settings)
            recent_save(c);
    }
}
