/* The chosen language (declared in translate.h). Which one it is belongs to the whole program, as
 * with gettext: texts are translated deep inside, in any thread. A catalogue once read stays. */
#include "glassnet/base/translate.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "mo.h"

enum { LANGUAGES = 2, ID_MOST = 2048 };

static const char *const languages[LANGUAGES] = {"en", "pl"};

static _Atomic int chosen;
static struct mo *catalogues[LANGUAGES];

const char *translate_known(int i)
{
    return i >= 0 && i < LANGUAGES ? languages[i] : NULL;
}

const char *translate_language(void)
{
    return languages[chosen];
}

/* Beside the program and one folder above it (its build folder), else among the shared files. */
static bool find_catalogue(const char *language, char *path, size_t size)
{
    char name[64];
    snprintf(name, sizeof name, "locale/%s/LC_MESSAGES/glassnet.mo", language);
    return file_find_built(path, size, name) || file_find_shared(path, size, name);
}

bool translate_choose(const char *language, struct err *err)
{
    int to = 0;
    while (to < LANGUAGES && strcmp(languages[to], language) != 0)
        to++;
    if (to == LANGUAGES)
        return err_set(err, ERR_USAGE, NULL, 0, "there is no language \"%.20s\"", language);
    char path[1100];
    chosen = 0;
    if (to > 0 && !catalogues[to]) {
        if (!find_catalogue(language, path, sizeof path))
            return err_set(err, ERR_INPUT, NULL, 0,
                           "the translations locale/%s/LC_MESSAGES/glassnet.mo are missing, so the "
                           "screen stays English",
                           language);
        catalogues[to] = mo_load(path, err);
        if (!catalogues[to])
            return false;
    }
    chosen = to;
    return true;
}

static const char *find(const char *id, unsigned long n)
{
    int language = chosen;
    return language > 0 ? mo_find(catalogues[language], id, n) : NULL;
}

const char *translate(const char *text)
{
    const char *found = text && text[0] ? find(text, 1) : NULL;
    return found ? found : text;
}

const char *translate_in(const char *context, const char *text)
{
    char id[ID_MOST];
    int n = snprintf(id, sizeof id, "%s\004%s", context, text);
    const char *found = n < (int)sizeof id ? find(id, 1) : NULL;
    return found ? found : text;
}

const char *translate_count(const char *one, const char *many, long long n)
{
    unsigned long count = (unsigned long)(n < 0 ? -n : n);
    const char *found = find(one, count);
    return found ? found : count == 1 ? one : many;
}

/* The language that begins `locale`: "pl" of "pl_PL.UTF-8"; -1 when it is none of ours. */
static int language_of(const char *locale)
{
    size_t n = strcspn(locale, "_.@:");
    for (int i = 0; i < LANGUAGES; i++)
        if (strlen(languages[i]) == n && strncmp(locale, languages[i], n) == 0)
            return i;
    return -1;
}

const char *translate_system(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *locale = NULL;
    for (size_t i = 0; i < sizeof variables / sizeof *variables && !(locale && *locale); i++)
        locale = getenv(variables[i]);
    if (!locale || !*locale || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)
        return languages[0];
    /* A list, the dearest first; gettext, too, heeds it only where a locale is set. */
    for (const char *p = getenv("LANGUAGE"); p && *p; p = strchr(p, ':') ? strchr(p, ':') + 1 : "")
        if (language_of(p) >= 0)
            return languages[language_of(p)];
    int i = language_of(locale);
    return languages[i < 0 ? 0 : i];
}
