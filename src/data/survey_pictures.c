/* Looking through folders of pictures. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/picture_list.h"
#include "data/set.h"
#include "data/survey.h"
#include "glassnet/base/file.h"
#include "glassnet/base/folder.h"
#include "glassnet/base/translate.h"
#include "glassnet/data/normalise.h"
#include "glassnet/data/picture_file.h"

enum { FEW = 10, NAMED = 3 };

struct found {
    struct picture_info info;
    bool read;
    uint64_t hash; /* of its pixels */
    int file;      /* its place in the list */
};

static uint64_t hash_of(const float *pixels, const struct picture_info *info)
{
    const unsigned char *bytes = (const unsigned char *)pixels;
    size_t n = (size_t)info->height * (size_t)info->width * 3 * sizeof *pixels;
    uint64_t hash = 14695981039346656037u ^ (uint64_t)(info->height * 65536 + info->width);
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ bytes[i]) * 1099511628211u; /* FNV-1a */
    return hash;
}

static void add_example(struct survey *s, struct survey_class *c, const float *pixels,
                        const struct picture_info *info)
{
    enum { SIDE = SURVEY_SIDE };
    float small[SIDE * SIDE * 3];
    if (c->examples == SURVEY_EXAMPLES)
        return;
    if (!c->example)
        c->example = arena_alloc(&s->arena, SURVEY_EXAMPLES * SIDE * SIDE * sizeof *c->example);
    normalise_fit(pixels, info->height, info->width, 3, FIT_CROP, SIDE, SIDE, small);
    uint32_t *to = c->example + (size_t)c->examples++ * SIDE * SIDE;
    for (int i = 0; i < SIDE * SIDE; i++) {
        to[i] = 0xFF000000u;
        for (int k = 0; k < 3; k++)
            to[i] |= (uint32_t)(small[3 * i + k] * 255 + 0.5f) << (16 - 8 * k);
    }
}

static void look_at(struct survey *s, const struct picture_list *l, int i, struct found *f)
{
    struct survey_class *c = &s->class[l->class_of[i]];
    float *pixels = NULL;
    f->file = i;
    f->read = picture_file_info(l->files.path[i], &f->info, NULL);
    int channels = f->info.channels;
    if (f->read)
        pixels = picture_file_load(l->files.path[i], 3, &f->info, NULL);
    f->read = pixels != NULL;
    if (!f->read)
        return;
    f->info.channels = channels;
    f->hash = hash_of(pixels, &f->info);
    s->colour = s->colour || channels == 3;
    s->n++;
    c->count++;
    add_example(s, c, pixels, &f->info);
    free(pixels);
}

/* --- what is odd ------------------------------------------------------------------------------ */

/* "yes/a.png, no/b.png and 5 more": a camera gives the same names in all folders */
struct naming {
    char text[300];
    int n;
};

static void name_one(struct naming *names, const char *path)
{
    char folder[PATH_SIZE];
    size_t used = strlen(names->text);
    file_folder(folder, sizeof folder, path);
    if (names->n++ < NAMED)
        snprintf(names->text + used, sizeof names->text - used, "%s%.36s/%.48s", used ? ", " : "",
                 file_name(folder), file_name(path));
}

static const char *named(struct naming *names)
{
    size_t used = strlen(names->text);
    if (names->n > NAMED)
        snprintf(names->text + used, sizeof names->text - used, _(" and %d more"),
                 names->n - NAMED);
    return names->text;
}

static void note_unreadable(struct survey *s, const struct picture_list *l, const struct found *f)
{
    struct naming names = {.n = 0};
    for (int i = 0; i < l->files.n; i++)
        if (!f[i].read)
            name_one(&names, l->files.path[i]);
    if (names.n > 0)
        survey_note(s,
                    translate_count("%d file cannot be read as a picture (%s): left out.",
                                    "%d files cannot be read as a picture (%s): left out.",
                                    names.n),
                    names.n, named(&names));
}

/* Files of other kinds: pictures in a form that is not read, or something else. */
static void note_others(struct survey *s, const struct picture_list *l)
{
    struct naming names = {.n = 0};
    for (int k = 0; k < l->classes.n; k++) {
        struct folder here;
        char path[PATH_SIZE];
        if (!folder_read(&here, l->classes.path[k], NULL))
            continue;
        for (int i = 0; i < here.count; i++) {
            const char *name = here.entries[i].name;
            if (!file_ends_with(name, ".png") && !file_ends_with(name, ".jpg") &&
                !file_ends_with(name, ".jpeg"))
                name_one(&names, file_join(path, sizeof path, l->classes.path[k], name));
        }
        folder_deinit(&here);
    }
    if (names.n > 0)
        survey_note(s,
                    translate_count("%s is no PNG or JPEG: left out. Save it as one to use it.",
                                    "%s are no PNG or JPEG: left out. Save them as such to use "
                                    "them.",
                                    names.n),
                    named(&names));
}

static int compare_sides(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static int median(const struct found *f, int n, bool width)
{
    int *sides = mem_zalloc((size_t)n + 1, sizeof *sides), m = 0;
    for (int i = 0; i < n; i++)
        if (f[i].read)
            sides[m++] = width ? f[i].info.width : f[i].info.height;
    qsort(sides, (size_t)m, sizeof *sides, compare_sides);
    int middle = m ? sides[m / 2] : 0;
    free(sides);
    return middle;
}

static void measure(struct survey *s, const struct found *f, int n)
{
    bool first = true;
    s->middle[0] = median(f, n, true);
    s->middle[1] = median(f, n, false);
    for (int i = 0; i < n; i++) {
        const int side[2] = {f[i].info.width, f[i].info.height};
        if (!f[i].read)
            continue;
        for (int k = 0; k < 2; k++) {
            s->least[k] = first || side[k] < s->least[k] ? side[k] : s->least[k];
            s->most[k] = first || side[k] > s->most[k] ? side[k] : s->most[k];
        }
        first = false;
    }
    s->alike = s->least[0] == s->most[0] && s->least[1] == s->most[1];
}

static void note_sizes(struct survey *s, const struct picture_list *l, const struct found *f)
{
    struct naming large = {.n = 0}, small = {.n = 0};
    long middle = (long)s->middle[0] * s->middle[1];
    for (int i = 0; i < l->files.n; i++) {
        long area = (long)f[i].info.width * f[i].info.height;
        if (f[i].read && area > 16 * middle)
            name_one(&large, l->files.path[i]);
        else if (f[i].read && 16 * area < middle)
            name_one(&small, l->files.path[i]);
    }
    if (large.n > 0)
        survey_note(s, "Much larger than the others: %s. Made small like them.", named(&large));
    if (small.n > 0)
        survey_note(s, "Much smaller than the others: %s. Enlarged, so they will look coarse.",
                    named(&small));
}

static int compare_hashes(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->file > y->file) - (x->file < y->file);
}

/* f is put into another order. */
static void note_copies(struct survey *s, const struct picture_list *l, struct found *f)
{
    struct naming copies = {.n = 0}, torn = {.n = 0};
    if (l->files.n > 1)
        qsort(f, (size_t)l->files.n, sizeof *f, compare_hashes);
    for (int i = 1; i < l->files.n; i++) {
        if (!f[i].read || !f[i - 1].read || f[i].hash != f[i - 1].hash)
            continue;
        bool same = l->class_of[f[i].file] == l->class_of[f[i - 1].file];
        name_one(same ? &copies : &torn, l->files.path[f[i].file]);
    }
    if (copies.n > 0)
        survey_note(s,
                    translate_count("%d picture is there twice (%s): kept. A copy in training and "
                                    "in the test makes the test too easy.",
                                    "%d pictures are there twice (%s): kept. A copy in training "
                                    "and in the test makes the test too easy.",
                                    copies.n),
                    copies.n, named(&copies));
    if (torn.n > 0)
        survey_note(s,
                    translate_count("%d picture is in two classes (%s): kept, but the network "
                                    "cannot be right about both.",
                                    "%d pictures are in two classes (%s): kept, but the network "
                                    "cannot be right about both.",
                                    torn.n),
                    torn.n, named(&torn));
}

static void note_classes(struct survey *s)
{
    int most = 0;
    for (int k = 0; k < s->classes; k++)
        most = s->class[k].count > most ? s->class[k].count : most;
    for (int k = 0; k < s->classes; k++) {
        const struct survey_class *c = &s->class[k];
        if (c->count > 0 && c->count < FEW)
            survey_note(s,
                        translate_count("\"%s\" has only %d picture: more of them teach better.",
                                        "\"%s\" has only %d pictures: more of them teach better.",
                                        c->count),
                        c->name, c->count);
        else if (c->count > 0 && 4 * c->count < most)
            survey_note(s,
                        "\"%s\" has %d pictures, another class %d: the network will lean to that "
                        "one.",
                        c->name, c->count, most);
    }
}

/* --- the whole -------------------------------------------------------------------------------- */

static const char *problem_of(struct survey *s)
{
    int with = 0;
    const char *empty = NULL;
    for (int k = 0; k < s->classes; k++) {
        with += s->class[k].count > 0;
        empty = s->class[k].count == 0 ? s->class[k].name : empty;
    }
    if (s->classes == 1)
        return arena_printf(&s->arena,
                            _("There is one class, \"%s\", and so nothing to tell apart: bring a "
                              "second folder."),
                            s->class[0].name);
    if (empty)
        return arena_printf(&s->arena,
                            _("The folder \"%s\" holds no picture that can be read (PNG or JPEG)."),
                            empty);
    for (int k = 0; k < s->classes; k++)
        if (s->class[k].count < 3)
            return arena_printf(
                &s->arena,
                translate_count(
                    "\"%s\" has %d picture; at least 3 are needed, to learn from and to test with.",
                    "\"%s\" has %d pictures; at least 3 are needed, to learn from and to test "
                    "with.",
                    s->class[k].count),
                s->class[k].name, s->class[k].count);
    return with > 1 ? "" : _("There are no pictures here.");
}

static void name_classes(struct survey *s, const struct picture_list *l)
{
    s->classes = l->classes.n;
    s->class = arena_alloc(&s->arena, (size_t)s->classes * sizeof *s->class);
    for (int k = 0; k < s->classes; k++)
        s->class[k].name = arena_strdup(&s->arena, file_name(l->classes.path[k]));
}

static bool look_at_all(struct survey *s, const struct picture_list *l, struct found *f,
                        struct survey_progress *p, struct err *err)
{
    atomic_store(&p->total, l->files.n);
    for (int i = 0; i < l->files.n; i++) {
        if (survey_stopped(p, err))
            return false;
        look_at(s, l, i, &f[i]);
        atomic_store(&p->done, i + 1);
    }
    return true;
}

int survey_folder_pictures(const char *folder)
{
    return picture_list_count(folder);
}

struct survey *survey_pictures(const char *folder, const char *names, struct survey_progress *p,
                               struct err *err)
{
    struct picture_list l;
    bool listed = picture_list_read(&l, folder, names, false, err);
    if (listed && l.classes.n == 0)
        listed = err_set(err, ERR_INPUT, folder, 0,
                         "holds neither pictures nor folders of pictures (PNG or JPEG)");
    if (!listed) {
        picture_list_free(&l);
        return NULL;
    }
    struct survey *s = survey_create(false);
    struct found *f = mem_zalloc((size_t)l.files.n + 1, sizeof *f);
    name_classes(s, &l);
    bool ok = look_at_all(s, &l, f, p, err);
    if (ok) {
        measure(s, f, l.files.n);
        note_unreadable(s, &l, f);
        note_others(s, &l);
        note_sizes(s, &l, f);
        note_classes(s);
        note_copies(s, &l, f);
        s->problem = problem_of(s);
    }
    picture_list_free(&l);
    free(f);
    if (ok)
        return s;
    survey_destroy(s);
    return NULL;
}
