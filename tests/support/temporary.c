#include "support/temporary.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"

static char folder[64];

void temporary_begin(void)
{
    strcpy(folder, "/tmp/glassnet-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static int remove_one(const char *path, const struct stat *s, int type, struct FTW *where)
{
    (void)s;
    (void)type;
    (void)where;
    return remove(path);
}

void temporary_end(void)
{
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *temporary_folder(void)
{
    return folder;
}

const char *temporary_path(const char *name)
{
    static char paths[16][512];
    static unsigned next;
    return file_join(paths[next++ % 16], sizeof paths[0], folder, name);
}

const char *temporary_write(const char *name, const void *bytes, size_t size)
{
    struct err err = {0};
    char above[512];
    const char *path = temporary_path(name);
    bool ok = file_make_folders(file_folder(above, sizeof above, path), &err) &&
              file_write(path, bytes, size, &err);
    ck_assert_msg(ok, "%s: %s", path, err.message);
    return path;
}

const char *temporary_text(const char *name, const char *text)
{
    return temporary_write(name, text, strlen(text));
}
