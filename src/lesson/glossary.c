#include "glassnet/lesson/glossary.h"

#include <stdio.h>
#include <strings.h>

#include "glassnet/base/file.h"

struct lesson *glossary_load(struct err *err)
{
    char path[1200];
    if (!file_find_shared(path, sizeof path, "lessons/" GLOSSARY_NAME ".md")) {
        err_set(err, ERR_IO, NULL, 0, "Glassnet's glossary, lessons/glossary.md, was not found");
        return NULL;
    }
    return lesson_load(path, err);
}

int glossary_find(const struct lesson *glossary, const char *word)
{
    for (int i = 0; i < glossary->page_count; i++)
        if (strcasecmp(glossary->pages[i].title, word) == 0)
            return i;
    return -1;
}
