#include "glassnet/base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/text.h"

enum { ENTRIES_MOST = 20000 };

static int compare(const void *a, const void *b)
{
    const struct folder_entry *one = a, *two = b;
    if (one->is_folder != two->is_folder)
        return one->is_folder ? -1 : 1;
    return text_compare(one->name, two->name);
}

static int count_visible(DIR *d)
{
    int n = 0;
    for (struct dirent *e; (e = readdir(d)) && n < ENTRIES_MOST;)
        n += e->d_name[0] != '.';
    rewinddir(d);
    return n;
}

bool folder_read(struct folder *f, const char *path, struct err *err)
{
    *f = (struct folder){.count = 0};
    arena_init(&f->arena);
    DIR *d = opendir(path);
    if (!d)
        return err_set(err, ERR_IO, path, 0, "this folder could not be read: %s", strerror(errno));
    int n = count_visible(d);
    f->entries = arena_alloc(&f->arena, ((size_t)n + 1) * sizeof *f->entries);
    for (struct dirent *e; f->count < n && (e = readdir(d));) {
        char whole[4096];
        if (e->d_name[0] == '.')
            continue;
        file_join(whole, sizeof whole, path, e->d_name);
        f->entries[f->count++] =
            (struct folder_entry){arena_strdup(&f->arena, e->d_name), file_is_folder(whole)};
    }
    closedir(d);
    qsort(f->entries, (size_t)f->count, sizeof *f->entries, compare);
    return true;
}

void folder_deinit(struct folder *f)
{
    arena_deinit(&f->arena);
    *f = (struct folder){.count = 0};
}
