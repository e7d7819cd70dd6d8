#include "glassnet/lesson/glossary.h"

#include <stdio.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/text.h"
#include "glassnet/lesson/language.h"

struct lesson *glossary_load(const char *language, struct err *err)
{
    char path[1200], own[1400];
    if (!file_find_shared(path, sizeof path, "lessons/" GLOSSARY_NAME ".md")) {
        err_set(err, ERR_IO, NULL, 0, "Glassnet's glossary, lessons/glossary.md, was not found");
        return NULL;
    }
    return lesson_load(lesson_in_language(path, language, own, sizeof own), err);
}

int glossary_find(const struct lesson *glossary, const char *word)
{
    char wanted[200], title[200];
    text_fold(word, wanted, sizeof wanted);
    for (int i = 0; i < glossary->page_count; i++)
        if (strcmp(text_fold(glossary->pages[i].title, title, sizeof title), wanted) == 0)
            return i;
    return -1;
}
