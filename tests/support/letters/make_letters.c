/* Makes the data set `letters` anew (make letters): make_letters FONTS FOLDER LIST.
 *
 * FONTS holds a folder a package with its font files somewhere inside, as fetch.sh leaves it. Each
 * face that has the letters A to J gives one sample of each, brought into the form of `digits`.
 * Left out are faces that draw something else in the letters' places, and faces that look like
 * one already taken. All faces of a family, and of a package, are in one part. LIST gets a line
 * a package: how many faces it gave, and to which part. */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ft2build.h>
#include FT_FREETYPE_H

#include "data/idx.h"
#include "data/set.h"
#include "glassnet/base/file.h"
#include "glassnet/data/normalise.h"

enum {
    LETTERS = 10,
    SIDE = 28,
    PIXELS = SIDE * SIDE,
    DRAWN_SIZE = 160,     /* pixels an em: enough to be averaged into 20 */
    MOST_OF_FAMILY = 12,  /* so that no family with many weights has the word */
    LEAST_RECOGNISED = 4, /* of ten letters that are most like the mean of their own kind */
    TEST_SHARE = 5        /* a fifth of the packages */
};

/* Two faces are one when no letter's mean squared difference is above this. */
static const float alike = 0.004f;

struct face {
    char package[64];
    char family[96];
    float x[LETTERS][PIXELS];
    bool left_out;
    bool is_test;
};

struct faces {
    struct face *at;
    int n, room;
    int foreign, same, many; /* left out, by reason */
};

struct paths {
    char **at;
    int n, room;
};

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void find_fonts(const char *folder, struct paths *paths)
{
    DIR *d = opendir(folder);
    char path[PATH_SIZE];
    for (struct dirent *e; d && (e = readdir(d));) {
        if (e->d_name[0] == '.')
            continue;
        file_join(path, sizeof path, folder, e->d_name);
        if (file_is_folder(path)) {
            find_fonts(path, paths);
        } else if (e->d_type == DT_REG &&
                   (file_ends_with(path, ".ttf") || file_ends_with(path, ".otf"))) {
            paths->at = mem_grow(paths->at, &paths->room, paths->n + 1, sizeof *paths->at);
            paths->at[paths->n++] = mem_strdup(path);
        }
    }
    if (d)
        closedir(d);
}

static bool draw_letter(FT_Face font, int letter, float *out)
{
    if (FT_Load_Char(font, (FT_ULong)('A' + letter), FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) ||
        FT_Render_Glyph(font->glyph, FT_RENDER_MODE_NORMAL))
        return false;
    const FT_Bitmap *b = &font->glyph->bitmap;
    int height = (int)b->rows, width = (int)b->width;
    if (height < 8 || width < 4 || b->pixel_mode != FT_PIXEL_MODE_GRAY)
        return false;
    float *ink = mem_zalloc((size_t)height * (size_t)width, sizeof *ink);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            ink[y * width + x] = (float)b->buffer[y * b->pitch + x] / 255.0f;
    normalise_digits28(ink, height, width, out);
    free(ink);
    return true;
}

static float difference(const float *a, const float *b)
{
    float sum = 0.0f;
    for (int p = 0; p < PIXELS; p++)
        sum += (a[p] - b[p]) * (a[p] - b[p]);
    return sum / PIXELS;
}

/* Has the face ten letters that differ? Fonts of signs often repeat one box. */
static bool draw_face(FT_Face font, struct face *f)
{
    if (!FT_IS_SCALABLE(font) || FT_Select_Charmap(font, FT_ENCODING_UNICODE) ||
        FT_Set_Pixel_Sizes(font, 0, DRAWN_SIZE))
        return false;
    for (int c = 0; c < LETTERS; c++) {
        if (!FT_Get_Char_Index(font, (FT_ULong)('A' + c)) || !draw_letter(font, c, f->x[c]))
            return false;
        for (int before = 0; before < c; before++)
            if (difference(f->x[before], f->x[c]) < alike)
                return false;
    }
    return true;
}

static int of_family(const struct faces *all, const struct face *f)
{
    int n = 0;
    for (int i = 0; i < all->n; i++)
        n += !all->at[i].left_out && strcmp(all->at[i].family, f->family) == 0;
    return n;
}

static bool is_taken(const struct faces *all, const struct face *f)
{
    for (int i = 0; i < all->n; i++) {
        bool same = true;
        for (int c = 0; c < LETTERS && same; c++)
            same = difference(all->at[i].x[c], f->x[c]) < alike;
        if (same)
            return true;
    }
    return false;
}

static void add_font(FT_Library library, const char *path, const char *root, struct faces *all)
{
    FT_Face font;
    struct face f = {.left_out = false};
    struct text package, rest;
    text_split(text_of(path + strlen(root) + 1), '/', &package, &rest);
    if (FT_New_Face(library, path, 0, &font))
        return;
    text_copy(package, f.package, sizeof f.package);
    snprintf(f.family, sizeof f.family, "%s", font->family_name ? font->family_name : "");
    if (!draw_face(font, &f)) {
        all->foreign++;
    } else if (is_taken(all, &f)) {
        all->same++;
    } else if (of_family(all, &f) >= MOST_OF_FAMILY) {
        all->many++;
    } else {
        all->at = mem_grow(all->at, &all->room, all->n + 1, sizeof *all->at);
        all->at[all->n++] = f;
    }
    FT_Done_Face(font);
}

/* The cosine between two pictures: thick and thin strokes count alike. */
static float likeness(const float *a, const float *b)
{
    float ab = 0.0f, aa = 0.0f, bb = 0.0f;
    for (int p = 0; p < PIXELS; p++) {
        ab += a[p] * b[p];
        aa += a[p] * a[p];
        bb += b[p] * b[p];
    }
    return ab / sqrtf(aa * bb);
}

/* Leaves out faces most of whose letters look more like the mean of another letter. */
static void leave_out_foreign(struct faces *all)
{
    static float mean[LETTERS][PIXELS];
    for (int c = 0; c < LETTERS; c++)
        for (int p = 0; p < PIXELS; p++) {
            mean[c][p] = 0.0f;
            for (int i = 0; i < all->n; i++)
                mean[c][p] += all->at[i].x[c][p] / (float)all->n;
        }
    for (int i = 0; i < all->n; i++) {
        int recognised = 0;
        for (int c = 0; c < LETTERS; c++) {
            int nearest = 0;
            for (int k = 1; k < LETTERS; k++)
                if (likeness(all->at[i].x[c], mean[k]) > likeness(all->at[i].x[c], mean[nearest]))
                    nearest = k;
            recognised += nearest == c;
        }
        all->at[i].left_out = recognised < LEAST_RECOGNISED;
        all->foreign += all->at[i].left_out;
        if (all->at[i].left_out)
            printf("left out: %s, %s: %d letters recognised\n", all->at[i].package,
                   all->at[i].family, recognised);
    }
}

/* FNV-1a: a number that depends on the name alone. */
static unsigned hash(const char *name)
{
    unsigned h = 2166136261u;
    for (; *name; name++)
        h = (h ^ (unsigned char)*name) * 16777619u;
    return h ^ h >> 15;
}

/* By package, so that a family's weights and widths stay together; packages that share a family
 * go together, too, to the test part when one of them would. */
static void choose_test(struct faces *all)
{
    for (int i = 0; i < all->n; i++)
        all->at[i].is_test = hash(all->at[i].package) % TEST_SHARE == 0;
    for (bool changed = true; changed;) {
        changed = false;
        for (int i = 0; i < all->n; i++)
            for (int k = 0; k < all->n; k++) {
                const struct face *a = &all->at[i];
                struct face *b = &all->at[k];
                if (!a->is_test || b->is_test ||
                    (strcmp(a->package, b->package) != 0 && strcmp(a->family, b->family) != 0))
                    continue;
                b->is_test = true;
                changed = true;
            }
    }
}

static bool write_pair(const struct dataset *d, const char *prefix, struct err *err)
{
    char path[PATH_SIZE];
    int dim[3] = {d->n, SIDE, SIDE};
    unsigned char *pixels = mem_zalloc((size_t)d->n, PIXELS);
    unsigned char *labels = mem_zalloc((size_t)d->n, 1);
    for (size_t p = 0; p < (size_t)d->n * PIXELS; p++)
        pixels[p] = (unsigned char)(d->x[p] * 255.0f + 0.5f);
    for (int i = 0; i < d->n; i++)
        labels[i] = (unsigned char)dataset_class(d, i);
    snprintf(path, sizeof path, "%s-images-idx3-ubyte.gz", prefix);
    bool ok = idx_write_gz(path, 3, dim, pixels, err);
    snprintf(path, sizeof path, "%s-labels-idx1-ubyte.gz", prefix);
    ok = ok && idx_write_gz(path, 1, dim, labels, err);
    free(pixels);
    free(labels);
    return ok;
}

static bool write_part(const struct faces *all, bool test, const char *folder, struct err *err)
{
    char prefix[PATH_SIZE];
    int n = 0;
    for (int i = 0; i < all->n; i++)
        n += !all->at[i].left_out && all->at[i].is_test == test;
    struct dataset *d = set_create(shape_picture(SIDE, SIDE, 1), n * LETTERS, 1, err);
    if (!d)
        return false;
    d->n_classes = LETTERS;
    int at = 0;
    for (int i = 0; i < all->n; i++)
        for (int c = 0; c < LETTERS; c++) {
            if (all->at[i].left_out || all->at[i].is_test != test)
                continue;
            memcpy(d->x + (size_t)at * PIXELS, all->at[i].x[c], sizeof all->at[i].x[c]);
            d->y[at++] = (float)c;
        }
    printf("%s: %d faces\n", test ? "test" : "train", n);
    bool ok =
        set_shuffle_grouped(d, true, err) &&
        write_pair(
            d, file_join(prefix, sizeof prefix, folder, test ? "letters-test" : "letters-train"),
            err);
    dataset_close(d);
    return ok;
}

static bool write_list(const struct faces *all, const char *path, struct err *err)
{
    struct file_out o;
    if (!file_out_begin(&o, path, err))
        return false;
    for (int i = 0; i < all->n; i++) {
        const struct face *f = &all->at[i];
        int n = 0;
        bool first = true;
        for (int k = 0; k < all->n; k++) {
            bool same = strcmp(all->at[k].package, f->package) == 0;
            n += same && !all->at[k].left_out;
            first = first && !(same && k < i);
        }
        if (first)
            fprintf(o.f, "%s %d %s\n", f->package, n, f->is_test ? "test" : "train");
    }
    return file_out_commit(&o, err);
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct paths paths = {0};
    struct faces all = {0};
    FT_Library library;
    char text[1024];
    if (argc != 4 || FT_Init_FreeType(&library)) {
        fprintf(stderr, "usage: make_letters FONTS FOLDER LIST\n");
        return 2;
    }
    find_fonts(argv[1], &paths);
    qsort(paths.at, (size_t)paths.n, sizeof *paths.at, compare_paths);
    for (int i = 0; i < paths.n; i++) {
        add_font(library, paths.at[i], argv[1], &all);
        free(paths.at[i]);
    }
    leave_out_foreign(&all);
    choose_test(&all);
    bool ok = write_part(&all, false, argv[2], &err) && write_part(&all, true, argv[2], &err) &&
              write_list(&all, argv[3], &err);
    printf("left out: %d without the letters, %d like another, %d of a family with more than %d\n",
           all.foreign, all.same, all.many, MOST_OF_FAMILY);
    if (!ok)
        fprintf(stderr, "%s\n", err_text(&err, text, sizeof text));
    FT_Done_FreeType(library);
    free(paths.at);
    free(all.at);
    return ok ? 0 : 1;
}
