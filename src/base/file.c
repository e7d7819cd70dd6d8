/* Paths, and where Glassnet's own files and the user's are (declared in file.h). */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "glassnet/base/file.h"

#ifndef GLASSNET_SHARE
#define GLASSNET_SHARE "/usr/local/share/glassnet"
#endif

bool file_exists(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && S_ISREG(s.st_mode) && access(path, R_OK) == 0;
}

bool file_is_folder(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

bool file_ends_with(const char *path, const char *ending)
{
    size_t n = strlen(path), m = strlen(ending);
    return n >= m && strcasecmp(path + n - m, ending) == 0;
}

char *file_join(char *out, size_t size, const char *folder, const char *name)
{
    size_t n = strlen(folder);
    if (name[0] == '/' || n == 0)
        snprintf(out, size, "%s", name);
    else
        snprintf(out, size, "%s%s%s", folder, folder[n - 1] == '/' ? "" : "/", name);
    return out;
}

char *file_folder(char *out, size_t size, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        snprintf(out, size, ".");
    else if (slash == path)
        snprintf(out, size, "/");
    else
        snprintf(out, size, "%.*s", (int)(slash - path), path);
    return out;
}

const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *file_with_ending(char *out, size_t size, const char *path, const char *ending)
{
    const char *name = file_name(path);
    const char *dot = strrchr(name, '.');
    /* A name that begins with its only dot has no ending. */
    size_t stem = dot && dot != name ? (size_t)(dot - path) : strlen(path);
    snprintf(out, size, "%.*s%s", (int)stem, path, ending);
    return out;
}

static bool is_home(const char *folder)
{
    static const char *const parts[] = {"lessons", "data", "fonts"};
    char path[1024];
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!file_is_folder(file_join(path, sizeof path, folder, parts[i])))
            return false;
    return true;
}

static bool find_in(char *out, size_t size, const char *folder, const char *name)
{
    char path[1024];
    file_join(path, sizeof path, folder, name);
    if (!file_exists(path) && !file_is_folder(path))
        return false;
    if (strlen(path) >= size)
        return false;
    strcpy(out, path);
    return true;
}

/* The program's folder, or one up to three above it (build/, build/san-x/tests/), that holds
 * Glassnet's files, itself or, where it is installed, in its share/glassnet. */
static bool find_beside_program(char *out, size_t size, const char *name)
{
    char folder[1024], share[1100];
    ssize_t n = readlink("/proc/self/exe", folder, sizeof folder - 1);
    if (n <= 0)
        return false;
    folder[n] = 0;
    for (int up = 0; up <= 3; up++) {
        char *slash = strrchr(folder, '/');
        if (!slash || slash == folder)
            return false;
        *slash = 0;
        if (is_home(folder) && find_in(out, size, folder, name))
            return true;
        file_join(share, sizeof share, folder, "share/glassnet");
        if (is_home(share) && find_in(out, size, share, name))
            return true;
    }
    return false;
}

bool file_find_shared(char *out, size_t size, const char *name)
{
    const char *home = getenv("GLASSNET_HOME");
    if (home && *home && find_in(out, size, home, name))
        return true;
    return find_beside_program(out, size, name) || find_in(out, size, GLASSNET_SHARE, name);
}

bool file_find_built(char *out, size_t size, const char *name)
{
    char program[1024], folder[1024], above[1024];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    if (n <= 0)
        return false;
    program[n] = 0;
    file_folder(folder, sizeof folder, program);
    file_folder(above, sizeof above, folder);
    return find_in(out, size, folder, name) || find_in(out, size, above, name);
}

static char *user_folder(char *out, size_t size, const char *variable, const char *usual)
{
    const char *set = getenv(variable);
    const char *home = getenv("HOME");
    if (set && set[0] == '/') /* the standard says to ignore relative ones */
        return file_join(out, size, set, "glassnet");
    char below[64];
    snprintf(below, sizeof below, "%s/glassnet", usual);
    return file_join(out, size, home && *home ? home : ".", below);
}

char *file_config_folder(char *out, size_t size)
{
    return user_folder(out, size, "XDG_CONFIG_HOME", ".config");
}

char *file_data_folder(char *out, size_t size)
{
    return user_folder(out, size, "XDG_DATA_HOME", ".local/share");
}
