/* The picture files of a data set, class by class: one sub-folder a class, or folders named one by
 * one. Private to src/data. */
#ifndef GLASSNET_SRC_DATA_PICTURE_LIST_H
#define GLASSNET_SRC_DATA_PICTURE_LIST_H

#include <stdbool.h>

#include "glassnet/base/err.h"

struct path_list {
    char **path; /* each from malloc */
    int n, room;
};

struct picture_list {
    struct path_list classes, files;
    int *class_of; /* [files.n] */
    int room;
};

/* Lists folder's sub-folders, or those that `named` names: joined by +, counted from folder.
 * `strict`: a single class and a class without pictures are errors; else they are there to be told
 * of. What was found is the caller's to free, also when it fails. */
bool picture_list_read(struct picture_list *l, const char *folder, const char *named, bool strict,
                       struct err *err);
void picture_list_free(struct picture_list *l);
/* Takes files out for which `gone` is true. */
void picture_list_drop(struct picture_list *l, const bool *gone);

/* Is there a picture in the folder itself? Their number. */
int picture_list_count(const char *folder);

#endif
