#include "glassnet/lesson/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"

static const char first_line[] = "glassnet progress 1";
enum { PROGRESS_MOST = 1 << 20, NUMBER_MOST = 1000000 };

/* The file's name from the learner's: letters, digits, - and _ stay, any other byte becomes
 * .XX, so that two names never share a file and none leaves the folder. */
static void learner_file(const char *learner, char *out, size_t size)
{
    size_t n = 0;
    for (const char *c = *learner ? learner : "learner"; *c && n + 12 < size; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                     (*c >= '0' && *c <= '9') || *c == '-' || *c == '_';
        if (plain)
            out[n++] = *c;
        else
            n += (size_t)snprintf(out + n, size - n, ".%02X", (unsigned char)*c);
    }
    snprintf(out + n, size - n, ".progress");
}

static struct lesson_place *place_of(struct lesson_progress *p, const char *lesson)
{
    for (int i = 0; i < p->count; i++)
        if (strcmp(p->places[i].lesson, lesson) == 0)
            return &p->places[i];
    return NULL;
}

static bool read_count(struct text *rest, long *value)
{
    return text_to_long(text_next_word(rest), value) && *value >= 0 && *value <= NUMBER_MOST;
}

/* quiz RIGHT OF DAY, then the lesson. */
static bool read_quiz(struct lesson_progress *p, struct text rest)
{
    long right, of, day;
    char lesson[256];
    if (!read_count(&rest, &right) || !read_count(&rest, &of) || !read_count(&rest, &day) ||
        right > of)
        return false;
    struct text name = text_trim(rest);
    text_copy(name, lesson, sizeof lesson);
    if (name.n == 0 || name.n > 200 || !place_of(p, lesson))
        return false;
    lesson_progress_note_quiz(p, lesson, (int)right, (int)of, day);
    return true;
}

/* page PAGE of PAGES, tasks DONE of TASKS, then "finished" or "begun", then the lesson. */
static bool read_line(struct lesson_progress *p, struct text line)
{
    long page, pages, done, tasks;
    struct text rest = line, quiz = line;
    if (text_is(text_next_word(&quiz), "quiz"))
        return read_quiz(p, quiz);
    if (!read_count(&rest, &page) || !read_count(&rest, &pages) || !read_count(&rest, &done) ||
        !read_count(&rest, &tasks) || page > pages || done > tasks)
        return false;
    struct text word = text_next_word(&rest), name = text_trim(rest);
    if ((!text_is(word, "finished") && !text_is(word, "begun")) || name.n == 0 || name.n > 200 ||
        !text_is_utf8(name.p, name.n) || memchr(name.p, 0, name.n))
        return false;
    char lesson[256];
    text_copy(name, lesson, sizeof lesson);
    lesson_progress_note(p, lesson, (int)page, (int)pages, (int)done, (int)tasks,
                         text_is(word, "finished"));
    return true;
}

/* Lines that could not be read. */
static int read_all(struct lesson_progress *p, struct text all)
{
    int bad = 0;
    if (!text_is(text_next_line(&all), first_line))
        bad++;
    while (all.n) {
        struct text line = text_trim(text_next_line(&all));
        if (line.n && !read_line(p, line))
            bad++;
    }
    return bad;
}

/* Keeps a garbled file beside the good one, under the first name that is free. */
static bool keep_aside(struct lesson_progress *p, const char *bytes, size_t size, int bad,
                       struct err *err)
{
    char aside[sizeof p->path + 32];
    for (int i = 1; i < 1000; i++) {
        snprintf(aside, sizeof aside, "%s.garbled-%d", p->path, i);
        if (!file_exists(aside))
            break;
    }
    if (!file_write(aside, bytes, size, err))
        return false;
    snprintf(p->warning, sizeof p->warning,
             translate_count("The progress file %s was damaged (%d line); what could be read is "
                             "used, and the damaged file is kept as %s.",
                             "The progress file %s was damaged (%d lines); what could be read is "
                             "used, and the damaged file is kept as %s.",
                             bad),
             file_name(p->path), bad, file_name(aside));
    return true;
}

/* Whose it is and which file that is; nothing is read yet. */
static void begin(struct lesson_progress *p, const char *folder, const char *learner)
{
    char name[256];
    *p = (struct lesson_progress){0};
    text_copy(text_of(learner ? learner : ""), p->learner, sizeof p->learner);
    learner_file(p->learner, name, sizeof name);
    file_join(p->path, sizeof p->path, folder, name);
}

static const char *folder_or_usual(const char *folder, char *own, size_t size)
{
    char data[1024];
    return folder ? folder : file_join(own, size, file_data_folder(data, sizeof data), "progress");
}

bool lesson_progress_load(struct lesson_progress *p, const char *folder, const char *learner,
                          struct err *err)
{
    char own[1100];
    folder = folder_or_usual(folder, own, sizeof own);
    begin(p, folder, learner);
    if (!file_make_folders(folder, err))
        return false;
    if (!file_exists(p->path))
        return true;
    size_t size;
    char *bytes = file_read(p->path, PROGRESS_MOST, &size, err);
    if (!bytes)
        return false;
    int bad = read_all(p, (struct text){bytes, size});
    bool ok = bad == 0 || keep_aside(p, bytes, size, bad, err);
    free(bytes);
    if (!ok)
        lesson_progress_deinit(p);
    return ok;
}

bool lesson_progress_look(struct lesson_progress *p, const char *folder, const char *learner,
                          struct err *err)
{
    char own[1100];
    size_t size;
    begin(p, folder_or_usual(folder, own, sizeof own), learner);
    if (!file_exists(p->path))
        return true;
    char *bytes = file_read(p->path, PROGRESS_MOST, &size, err);
    if (!bytes)
        return false;
    int bad = read_all(p, (struct text){bytes, size});
    free(bytes);
    if (bad > 0)
        snprintf(p->warning, sizeof p->warning,
                 translate_count("The progress file %s is damaged (%d line); what can be read of "
                                 "it is shown.",
                                 "The progress file %s is damaged (%d lines); what can be read of "
                                 "it is shown.",
                                 bad),
                 file_name(p->path), bad);
    return true;
}

void lesson_progress_deinit(struct lesson_progress *p)
{
    for (int i = 0; i < p->count; i++)
        free(p->places[i].lesson);
    free(p->places);
    p->places = NULL;
    p->count = p->capacity = 0;
}

const struct lesson_place *lesson_progress_find(const struct lesson_progress *p, const char *lesson)
{
    for (int i = 0; i < p->count; i++)
        if (strcmp(p->places[i].lesson, lesson) == 0)
            return &p->places[i];
    return NULL;
}

void lesson_progress_note(struct lesson_progress *p, const char *lesson, int page, int pages,
                          int done, int tasks, bool finished)
{
    struct lesson_place *place = place_of(p, lesson);
    if (!place) {
        p->places = mem_grow(p->places, &p->capacity, p->count + 1, sizeof *p->places);
        place = &p->places[p->count++];
        place->lesson = mem_strdup(lesson);
    }
    place->page = page;
    place->pages = pages;
    place->tasks = tasks;
    place->done = done > place->done ? done : place->done;
    place->done = place->done < tasks ? place->done : tasks;
    place->finished = place->finished || finished;
}

void lesson_progress_note_quiz(struct lesson_progress *p, const char *lesson, int right, int of,
                               long day)
{
    struct lesson_place *place = place_of(p, lesson);
    if (!place)
        return;
    place->quiz_right = right;
    place->quiz_of = of;
    place->quiz_day = day;
}

bool lesson_progress_save(const struct lesson_progress *p, struct err *err)
{
    struct file_out out;
    if (!file_out_begin(&out, p->path, err))
        return false;
    fprintf(out.f, "%s\n", first_line);
    for (int i = 0; i < p->count; i++) {
        const struct lesson_place *place = &p->places[i];
        fprintf(out.f, "%d %d %d %d %s %s\n", place->page, place->pages, place->done, place->tasks,
                place->finished ? "finished" : "begun", place->lesson);
        if (place->quiz_of)
            fprintf(out.f, "quiz %d %d %ld %s\n", place->quiz_right, place->quiz_of,
                    place->quiz_day, place->lesson);
    }
    return file_out_commit(&out, err);
}
