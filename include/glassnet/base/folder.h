/* What is in a folder, for lists that people choose from. */
#ifndef GLASSNET_BASE_FOLDER_H
#define GLASSNET_BASE_FOLDER_H

#include <stdbool.h>

#include "glassnet/base/err.h"
#include "glassnet/base/mem.h"

struct folder_entry {
    const char *name;
    bool is_folder;
};

struct folder {
    struct arena arena; /* owns everything below */
    int count;
    struct folder_entry *entries; /* folders first, each part by name; hidden ones left out */
};

/* False with one sentence when it cannot be read; f is then empty. */
bool folder_read(struct folder *f, const char *path, struct err *err);
void folder_deinit(struct folder *f);

#endif
