/* The settings in the user's folder (declared in settings.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/settings.h"
#include "glassnet/base/translate.h"

enum { SETTINGS_MOST = 1 << 16 };

static bool is_known(const char *name)
{
    const struct setting_info *info;
    for (int i = 0; (info = settings_list(i)); i++)
        if (strcmp(info->name, name) == 0)
            return true;
    return false;
}

static void keep_line(FILE *others, struct text line)
{
    fprintf(others, "%.*s\n", (int)line.n, line.p);
}

/* One line; false when it is no setting at all, or is none of a known one's values. */
static bool read_line(struct settings *s, struct text line, FILE *others, struct err *err)
{
    struct text left, right;
    char name[64], value[128];
    line = text_trim(line);
    if (line.n == 0)
        return true;
    if (line.p[0] == '#') {
        keep_line(others, line);
        return true;
    }
    if (!text_split(line, '=', &left, &right))
        return err_set(err, ERR_INPUT, NULL, 0, "expected NAME=VALUE, found \"%.*s\"",
                       (int)(line.n < 40 ? line.n : 40), line.p);
    text_copy(text_trim(left), name, sizeof name);
    text_copy(text_trim(right), value, sizeof value);
    if (!is_known(name)) {
        keep_line(others, line);
        return true;
    }
    return settings_set(s, name, value, err);
}

static bool read_all(struct settings *s, struct text all, FILE *others, struct err *err)
{
    if (!text_is_utf8(all.p, all.n) || memchr(all.p, 0, all.n))
        return err_set(err, ERR_INPUT, NULL, 0, "it is no text");
    for (int line = 1; all.n > 0; line++) {
        struct err own = {0};
        if (!read_line(s, text_next_line(&all), others, &own))
            return err_set(err, ERR_INPUT, NULL, 0, "line %d: %s", line, own.message);
    }
    return true;
}

/* A garbled file is put aside, so that the next writing does not take away what was in it. */
static void put_aside(struct settings_file *f, const char *bytes, size_t size,
                      const struct err *why)
{
    char aside[sizeof f->path + 16];
    snprintf(aside, sizeof aside, "%s.garbled", f->path);
    bool kept = file_write(aside, bytes, size, NULL);
    snprintf(
        f->warning, sizeof f->warning,
        kept ? _("The settings in %.400s could not be read (%.120s), so the defaults are used and "
                 "the file is kept as settings.garbled.")
             : _("The settings in %.400s could not be read (%.120s), so the defaults are used."),
        f->path, why->message);
}

void settings_load(struct settings_file *f, struct settings *s, const char *folder)
{
    char own[1024];
    struct err err = {0};
    size_t size, others_size = 0;
    *f = (struct settings_file){0};
    settings_init(s);
    settings_init(&f->stored);
    file_join(f->path, sizeof f->path, folder ? folder : file_config_folder(own, sizeof own),
              "settings");
    if (!file_exists(f->path))
        return;
    char *bytes = file_read(f->path, SETTINGS_MOST, &size, &err);
    if (!bytes) {
        snprintf(f->warning, sizeof f->warning,
                 "The settings could not be read, so the defaults are used: %.500s", err.message);
        return;
    }
    FILE *others = open_memstream(&f->others, &others_size);
    bool read = others && read_all(s, (struct text){bytes, size}, others, &err);
    if (others)
        fclose(others);
    if (read) {
        f->stored = *s;
    } else {
        put_aside(f, bytes, size, &err);
        free(f->others);
        f->others = NULL;
        settings_init(s);
    }
    free(bytes);
}

void settings_file_deinit(struct settings_file *f)
{
    free(f->others);
    f->others = NULL;
}

bool settings_save(struct settings_file *f, const struct settings *s, struct err *err)
{
    char folder[sizeof f->path], value[64];
    struct file_out out;
    const struct setting_info *info;
    if (settings_equal(&f->stored, s))
        return true;
    if (!file_make_folders(file_folder(folder, sizeof folder, f->path), err) ||
        !file_out_begin(&out, f->path, err))
        return false;
    for (int i = 0; (info = settings_list(i)); i++)
        fprintf(out.f, "%s=%s\n", info->name, settings_get(s, info->name, value, sizeof value));
    fputs(f->others ? f->others : "", out.f);
    if (!file_out_commit(&out, err))
        return false;
    f->stored = *s;
    return true;
}
