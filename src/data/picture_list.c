#include "data/picture_list.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "data/set.h"
#include "glassnet/base/file.h"

static void paths_free(struct path_list *l)
{
    for (int i = 0; i < l->n; i++)
        free(l->path[i]);
    free(l->path);
}

void picture_list_free(struct picture_list *l)
{
    paths_free(&l->classes);
    paths_free(&l->files);
    free(l->class_of);
    *l = (struct picture_list){.room = 0};
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_picture(const char *path)
{
    return file_exists(path) && (file_ends_with(path, ".png") || file_ends_with(path, ".jpg") ||
                                 file_ends_with(path, ".jpeg"));
}

static void add_path(struct path_list *l, const char *path)
{
    l->path = mem_grow(l->path, &l->room, l->n + 1, sizeof *l->path);
    l->path[l->n++] = mem_strdup(path);
}

/* Adds folder's entries that are wanted, in the order of their names; hidden ones are left out. */
static void list_folder(const char *folder, bool (*wanted)(const char *path), struct path_list *l)
{
    DIR *d = opendir(folder);
    int first = l->n;
    char path[PATH_SIZE];
    for (struct dirent *e; d && (e = readdir(d));)
        if (e->d_name[0] != '.' && wanted(file_join(path, sizeof path, folder, e->d_name)))
            add_path(l, path);
    if (d)
        closedir(d);
    if (l->n > first)
        qsort(l->path + first, (size_t)(l->n - first), sizeof *l->path, compare);
}

int picture_list_count(const char *folder)
{
    struct path_list here = {0};
    list_folder(folder, is_picture, &here);
    int n = here.n;
    paths_free(&here);
    return n;
}

static bool too_few_classes(const struct picture_list *l, const char *folder, struct err *err)
{
    int pictures = picture_list_count(folder);
    if (pictures > 0 && l->classes.n == 0)
        return err_set(
            err, ERR_INPUT, folder, 0,
            "holds %d pictures but no sub-folders: put the pictures of each class into a "
            "sub-folder of its name",
            pictures);
    if (l->classes.n == 1)
        return err_set(err, ERR_INPUT, folder, 0,
                       "has one sub-folder, \"%s\": with a single class there is nothing to tell "
                       "apart; two or more sub-folders are expected, one a class",
                       file_name(l->classes.path[0]));
    return err_set(err, ERR_INPUT, folder, 0,
                   "has no sub-folders, expected two or more, one a class (or an IDX pair)");
}

static bool add_named(struct picture_list *l, const char *folder, const char *named,
                      struct err *err)
{
    struct text rest = text_of(named), name;
    for (bool more = true; more;) {
        char word[PATH_SIZE], path[PATH_SIZE];
        more = text_split(rest, '+', &name, &rest);
        text_copy(name, word, sizeof word);
        if (!file_is_folder(file_join(path, sizeof path, folder, word)))
            dataset_spec_unescape(word);
        file_join(path, sizeof path, folder, word);
        if (!file_is_folder(path))
            return err_set(err, ERR_IO, path, 0,
                           "is no folder; folders= names the folder of each class");
        add_path(&l->classes, path);
    }
    return true;
}

bool picture_list_read(struct picture_list *l, const char *folder, const char *named, bool strict,
                       struct err *err)
{
    *l = (struct picture_list){.room = 0};
    if (named && !add_named(l, folder, named, err))
        return false;
    if (!named)
        list_folder(folder, file_is_folder, &l->classes);
    for (int k = 0; k < l->classes.n; k++) {
        int before = l->files.n;
        list_folder(l->classes.path[k], is_picture, &l->files);
        if (l->files.n == before && strict)
            return err_set(err, ERR_INPUT, l->classes.path[k], 0,
                           "holds no .png, .jpg or .jpeg pictures; each sub-folder is a class");
        if (l->files.n == before)
            continue;
        l->class_of = mem_grow(l->class_of, &l->room, l->files.n, sizeof *l->class_of);
        for (int i = before; i < l->files.n; i++)
            l->class_of[i] = k;
    }
    return !strict || l->classes.n > 1 || too_few_classes(l, folder, err);
}

void picture_list_drop(struct picture_list *l, const bool *gone)
{
    int kept = 0;
    for (int i = 0; i < l->files.n; i++) {
        if (gone[i]) {
            free(l->files.path[i]);
            continue;
        }
        l->files.path[kept] = l->files.path[i];
        l->class_of[kept++] = l->class_of[i];
    }
    l->files.n = kept;
}
