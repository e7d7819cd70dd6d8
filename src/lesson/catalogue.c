#include "glassnet/lesson/catalogue.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/lesson/glossary.h"
#include "glassnet/lesson/language.h"
#include "lesson/reader.h"

static const char *const *copy_words(struct arena *arena, const char *const *words, int count)
{
    const char **copy = arena_alloc(arena, (size_t)count * sizeof *copy + 1);
    for (int i = 0; i < count; i++)
        copy[i] = arena_strdup(arena, words[i]);
    return copy;
}

static void fill(struct arena *arena, struct lesson_card *card, const struct lesson *lesson)
{
    card->title = arena_strdup(arena, lesson->title);
    card->order = lesson->order;
    card->minutes = lesson->minutes;
    card->pages = lesson->page_count;
    for (int i = 0; i < lesson->page_count; i++)
        card->tasks += lesson->pages[i].task_count;
    card->teaches = copy_words(arena, lesson->teaches, lesson->teaches_count);
    card->teaches_count = lesson->teaches_count;
    card->needs = copy_words(arena, lesson->needs, lesson->needs_count);
    card->needs_count = lesson->needs_count;
}

/* The words of the original, whatever language the card is in. */
static void fill_subjects(struct arena *arena, struct lesson_card *card, const char *original)
{
    struct lesson *lesson = strcmp(card->path, original) != 0 ? lesson_load(original, NULL) : NULL;
    card->subjects =
        lesson ? copy_words(arena, lesson->teaches, lesson->teaches_count) : card->teaches;
    card->subject_count = lesson ? lesson->teaches_count : card->teaches_count;
    lesson_destroy(lesson);
}

static void add_card(struct arena *arena, struct list *cards, const char *folder, const char *name,
                     const char *language)
{
    char path[1400], own[1600], sentence[900];
    struct err err = {0};
    struct lesson_card *card = list_add(arena, cards, sizeof *card);
    file_join(path, sizeof path, folder, name);
    card->path = arena_strdup(arena, lesson_in_language(path, language, own, sizeof own));
    card->language = lesson_language(card->path);
    card->foreign = strcmp(card->language, language) != 0;
    card->name = arena_strndup(arena, name, strlen(name) - 3);
    struct lesson *lesson = lesson_load(card->path, &err);
    if (lesson) {
        fill(arena, card, lesson);
    } else {
        card->title = card->name;
        card->fault = arena_strdup(arena, err_text(&err, sentence, sizeof sentence));
    }
    lesson_destroy(lesson);
    fill_subjects(arena, card, path);
}

/* Lessons without an order come last. */
static int compare(const void *a, const void *b)
{
    const struct lesson_card *one = a, *two = b;
    int first = one->order ? one->order : 100000, second = two->order ? two->order : 100000;
    return first != second ? (first > second) - (first < second) : strcmp(one->name, two->name);
}

struct catalogue *catalogue_load(const char *folder, const char *language, struct err *err)
{
    char shared[1200];
    if (!folder) {
        if (!file_find_shared(shared, sizeof shared, "lessons")) {
            err_set(err, ERR_IO, NULL, 0, "Glassnet's folder of lessons was not found");
            return NULL;
        }
        folder = shared;
    }
    DIR *d = opendir(folder);
    if (!d) {
        err_set(err, ERR_IO, folder, 0, "this folder could not be read: %s", strerror(errno));
        return NULL;
    }
    struct catalogue *c = mem_zalloc(1, sizeof *c);
    struct list cards = {0};
    arena_init(&c->arena);
    for (struct dirent *entry; (entry = readdir(d));)
        if (entry->d_name[0] != '.' && file_ends_with(entry->d_name, ".md") &&
            strcmp(entry->d_name, GLOSSARY_NAME ".md") != 0)
            add_card(&c->arena, &cards, folder, entry->d_name, language);
    closedir(d);
    c->cards = cards.items;
    c->count = cards.count;
    if (c->count)
        qsort(c->cards, (size_t)c->count, sizeof *c->cards, compare);
    return c;
}

void catalogue_destroy(struct catalogue *c)
{
    if (!c)
        return;
    arena_deinit(&c->arena);
    free(c);
}
