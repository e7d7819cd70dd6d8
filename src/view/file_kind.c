#include "glassnet/view/file_kind.h"

#include <stdio.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/translate.h"

enum file_kind file_kind_of(const char *path)
{
    static const struct {
        const char *ending;
        enum file_kind kind;
    } kinds[] = {{".net", FILE_NETWORK}, {".gns", FILE_RUN},     {".md", FILE_LESSON},
                 {".png", FILE_PICTURE}, {".jpg", FILE_PICTURE}, {".jpeg", FILE_PICTURE},
                 {".csv", FILE_TABLE},   {"-ubyte", FILE_IDX},   {"-ubyte.gz", FILE_IDX}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (file_ends_with(path, kinds[i].ending))
            return kinds[i].kind;
    return FILE_OTHER;
}

const char *file_kind_word(enum file_kind kind)
{
    static const char *const words[] = {
        "", N_("network"), N_("run"), N_("lesson"), N_("picture"), N_("table"), N_("pictures")};
    return translate(words[kind]);
}

char *file_data_spec(const char *path, char *out, size_t size)
{
    const char *name = file_name(path);
    const char *end = strstr(name, "-images-idx");
    end = end ? end : strstr(name, "-labels-idx");
    bool is_part = strncmp(name, "train-", 6) == 0 || strncmp(name, "t10k-", 5) == 0;
    if (file_kind_of(path) != FILE_IDX || !end)
        snprintf(out, size, "%s", path);
    else if (is_part)
        file_folder(out, size, path);
    else
        snprintf(out, size, "%.*s", (int)(end - path), path);
    return out;
}
