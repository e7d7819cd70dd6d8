/* Which language a lesson is in, and where it is in another one. */
#include "glassnet/lesson/language.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"

static const struct {
    const char *folder, *name;
    bool comma;
} languages[] = {{"pl", "polski", true}};

enum { LANGUAGES = sizeof languages / sizeof *languages };

const char *lesson_language_list(int i)
{
    return i >= 0 && i < LANGUAGES ? languages[i].folder : NULL;
}

/* The place of the language that a folder is called after; -1: none. */
static int find(const char *folder)
{
    for (int i = 0; i < LANGUAGES; i++)
        if (strcmp(folder, languages[i].folder) == 0)
            return i;
    return -1;
}

/* The same for the folder of a file, whose name may be "." or nothing. */
static int find_of(const char *path)
{
    char folder[1024], real[PATH_MAX];
    file_folder(folder, sizeof folder, path);
    int found = find(file_name(folder));
    return found < 0 && realpath(folder, real) ? find(file_name(real)) : found;
}

const char *lesson_language(const char *path)
{
    int found = find_of(path);
    return found < 0 ? "en" : languages[found].folder;
}

const char *lesson_language_name(const char *language)
{
    int found = find(language);
    return found < 0 ? "English" : languages[found].name;
}

bool lesson_language_has_comma(const char *language)
{
    int found = find(language);
    return found >= 0 && languages[found].comma;
}

char *lesson_original_folder(const char *path, char *out, size_t size)
{
    char folder[1024];
    file_folder(folder, sizeof folder, path);
    if (find_of(path) < 0)
        snprintf(out, size, "%s", folder);
    else if (find(file_name(folder)) < 0)
        file_join(out, size, folder, "..");
    else
        file_folder(out, size, folder);
    return out;
}

char *lesson_in_language(const char *path, const char *language, char *out, size_t size)
{
    char folder[1200], original[1400], own[1240];
    lesson_original_folder(path, folder, sizeof folder);
    file_join(original, sizeof original, folder, file_name(path));
    file_join(own, sizeof own, folder, language);
    if (find(language) >= 0 && file_exists(file_join(out, size, own, file_name(path))))
        return out;
    snprintf(out, size, "%s", file_exists(original) ? original : path);
    return out;
}
