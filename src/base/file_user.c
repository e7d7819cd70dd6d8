/* Where the user keeps pictures and documents (declared in file.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "glassnet/base/file.h"
#include "glassnet/base/text.h"

enum { DIRS_MOST = 1 << 16 };

/* "$HOME/Obrazy" or an absolute path; others are none by the standard. */
static bool take_path(struct text quoted, const char *home, char *out, size_t size)
{
    char path[1024];
    if (quoted.n < 2 || quoted.p[0] != '"' || quoted.p[quoted.n - 1] != '"')
        return false;
    text_copy((struct text){quoted.p + 1, quoted.n - 2}, path, sizeof path);
    if (path[0] == '/')
        snprintf(out, size, "%s", path);
    else if (home && strncmp(path, "$HOME/", 6) == 0)
        file_join(out, size, home, path + 6);
    else
        return false;
    return true;
}

/* What the desktop wrote down in the system's language: XDG_PICTURES_DIR="$HOME/Obrazy". */
static bool from_dirs(const char *variable, const char *home, char *out, size_t size)
{
    const char *config = getenv("XDG_CONFIG_HOME");
    char folder[1024], path[1100];
    size_t n;
    bool found = false;
    if (config && config[0] == '/')
        snprintf(folder, sizeof folder, "%s", config);
    else
        file_join(folder, sizeof folder, home ? home : ".", ".config");
    file_join(path, sizeof path, folder, "user-dirs.dirs");
    char *bytes = file_exists(path) ? file_read(path, DIRS_MOST, &n, NULL) : NULL;
    if (!bytes)
        return false;
    for (struct text rest = {bytes, n}, line, name, value; rest.n;) {
        line = text_trim(text_next_line(&rest));
        if (text_split(line, '=', &name, &value) && text_is(text_trim(name), variable))
            found = take_path(text_trim(value), home, out, size) || found;
    }
    free(bytes);
    return found;
}

static bool can_write(const char *folder)
{
    return folder[0] && file_is_folder(folder) && access(folder, W_OK | X_OK) == 0;
}

char *file_user_folder(char *out, size_t size, const char *what, const char *usual)
{
    const char *home = getenv("HOME");
    char variable[40];
    home = home && home[0] ? home : NULL;
    snprintf(variable, sizeof variable, "XDG_%s_DIR", what);
    const char *set = getenv(variable);
    snprintf(out, size, "%s", set ? set : "");
    if (set && can_write(out))
        return out;
    if (from_dirs(variable, home, out, size) && can_write(out))
        return out;
    if (home && can_write(file_join(out, size, home, usual)))
        return out;
    if (home && can_write(home)) {
        snprintf(out, size, "%s", home);
        return out;
    }
    if (!getcwd(out, size))
        snprintf(out, size, ".");
    return out;
}
