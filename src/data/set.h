/* What the loaders share: making a set, choosing rows, splitting, options and places of files.
 * Private to src/data. */
#ifndef GLASSNET_SRC_DATA_SET_H
#define GLASSNET_SRC_DATA_SET_H

#include "glassnet/base/text.h"
#include "glassnet/data/dataset.h"

#define SPEC_MAX_OPTIONS 16
#define PATH_SIZE        1024
#define TEST_SHARE       0.2 /* held out for test where nothing else is said */

struct option {
    char key[32]; /* empty for a bare word */
    char value[448];
};

/* A DATA text taken apart. */
struct spec {
    char text[512];
    char name[512];
    int n_options;
    struct option option[SPEC_MAX_OPTIONS];
    enum dataset_part part;
    bool part_given;
    const char *base_folder; /* the caller's; may be NULL */
};

bool spec_parse(struct spec *s, const char *text, enum dataset_part part, const char *base_folder,
                struct err *err);
/* The option's value or NULL. */
const char *spec_value(const struct spec *s, const char *key);
/* Whole number or number within [low, high]; *value keeps its default when not given. */
bool spec_long(const struct spec *s, const char *key, long low, long high, long *value,
               struct err *err);
bool spec_number(const struct spec *s, const char *key, double low, double high, double *value,
                 struct err *err);
/* False when there is an option not in allowed (ended by NULL). */
bool spec_allows(const struct spec *s, const char *const *allowed, struct err *err);

/* Looks for name from the current folder, base_folder and Glassnet's data folder: the first
 * place of which is_there is true goes to out (PATH_SIZE bytes). */
bool set_locate(const struct spec *s, const char *name, bool (*is_there)(const char *path),
                char *out);

/* A set of n samples, zeroed; y_count numbers an answer. n_classes or n_targets is the caller's
 * to fill. NULL with err when it is too large for memory. */
struct dataset *set_create(struct shape shape, int n, int y_count, struct err *err);

/* Lists of names owned by the set: room for n, or the numbers 0..n-1 as names. */
char **set_names(struct dataset *d, int n);
char **set_numbered(struct dataset *d, int n);

/* Keeps the samples rows[0..n-1], in that order. */
bool set_keep(struct dataset *d, const int *rows, int n, struct err *err);

/* The fixed shuffle for sets of 100 or more samples that come grouped by class, or for any set
 * when always is true. */
bool set_shuffle_grouped(struct dataset *d, bool always, struct err *err);

/* test=SHARE: what is held out for test, a fifth unless said. */
bool set_test_share(const struct spec *s, double *share, struct err *err);

/* Marks a share of each class (or of all, for targets) as test; from malloc, [n]. */
bool *set_choose_test(const struct dataset *d, double share);

/* Keeps the part spec asks for out of a set that is loaded whole: split when splits is true or a
 * part was asked for by name; then a share of it is held out. Fills part, n_train, n_test. */
bool set_keep_part(struct dataset *d, const struct spec *s, bool splits, double share,
                   struct err *err);

/* augment= and seed= of a set of pictures. */
bool set_read_augment(struct dataset *d, const struct spec *s, struct err *err);

/* The loaders. Each gives the part asked for, or NULL with err. */
struct dataset *builtin_open(const struct spec *s, struct err *err);
struct dataset *generated_open(const struct spec *s, struct err *err);
struct dataset *idx_open(const struct spec *s, struct err *err);
struct dataset *csv_open(const struct spec *s, const char *path, struct err *err);
/* A table that has a name and comes in parts; classes fixes their order, or NULL. */
struct dataset *csv_open_named(const struct spec *s, const char *path, const char *classes,
                               struct err *err);
struct dataset *pictures_open(const struct spec *s, const char *folder, struct err *err);
struct dataset *drawings_open(const struct spec *s, struct err *err);
struct dataset *cifar_open(const struct spec *s, struct err *err);

bool builtin_is(const char *name);
bool builtin_is_installed(const char *name);
bool generated_is(const char *name);
bool idx_is_there(const char *path);

#endif
