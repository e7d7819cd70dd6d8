/* Who shares this machine: a file of progress each, whose name says whose it is. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/text.h"
#include "glassnet/lesson/progress.h"

static const char ending[] = ".progress";

static const char *folder_of(const char *folder, char *own, size_t size)
{
    char data[1024];
    return folder ? folder : file_join(own, size, file_data_folder(data, sizeof data), "progress");
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The learner's name from the file's (learner_file in progress.c goes the other way). */
static bool name_of(const char *file, char name[LEARNER_NAME])
{
    size_t n = 0, length = strlen(file) - strlen(ending);
    for (size_t i = 0; i < length && n + 1 < LEARNER_NAME; i++) {
        if (file[i] != '.') {
            name[n++] = file[i];
            continue;
        }
        int high = i + 2 < length ? digit(file[i + 1]) : -1,
            low = high < 0 ? -1 : digit(file[i + 2]);
        if (low < 0)
            return false;
        name[n++] = (char)(high * 16 + low);
        i += 2;
    }
    name[n] = 0;
    return n > 0 && text_is_utf8(name, n);
}

static int by_name(const void *a, const void *b)
{
    return text_compare(a, b);
}

int lesson_learners(const char *folder, char names[LEARNERS_MOST][LEARNER_NAME])
{
    char own[1100];
    int n = 0;
    /* A name that begins with another sign than a letter makes a hidden file. */
    DIR *d = opendir(folder_of(folder, own, sizeof own));
    for (struct dirent *entry; d && n < LEARNERS_MOST && (entry = readdir(d));)
        if (file_ends_with(entry->d_name, ending) && strcmp(entry->d_name, "learner.progress") != 0)
            n += name_of(entry->d_name, names[n]);
    if (d)
        closedir(d);
    qsort(names, (size_t)n, LEARNER_NAME, by_name);
    return n;
}

void lesson_learner_last(const char *folder, char name[LEARNER_NAME])
{
    char own[1100], path[1200];
    size_t size = 0;
    file_join(path, sizeof path, folder_of(folder, own, sizeof own), "last-learner");
    char *bytes = file_exists(path) ? file_read(path, LEARNER_NAME, &size, NULL) : NULL;
    name[0] = 0;
    if (bytes && text_is_utf8(bytes, size) && !memchr(bytes, 0, size))
        text_copy(text_trim((struct text){bytes, size}), name, LEARNER_NAME);
    free(bytes);
}

bool lesson_learner_remember(const char *folder, const char *name, struct err *err)
{
    char own[1100], path[1200];
    folder = folder_of(folder, own, sizeof own);
    file_join(path, sizeof path, folder, "last-learner");
    return file_make_folders(folder, err) && file_write(path, name, strlen(name), err);
}
