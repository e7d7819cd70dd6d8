/* A class: the progress of all who share this machine, as one table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/lesson/progress.h"

/* Keeps what was read; false when that was nothing. */
static bool add(struct lesson_class *c, const char *folder, const char *name)
{
    struct err err = {0};
    struct lesson_progress *p = &c->learners[c->count];
    if (!lesson_progress_look(p, folder, name, &err)) {
        if (!c->warning[0])
            err_text(&err, c->warning, sizeof c->warning);
        return false;
    }
    if (p->warning[0] && !c->warning[0])
        memcpy(c->warning, p->warning, sizeof c->warning);
    if (!name[0] && p->count == 0) { /* nobody learns without a name here */
        lesson_progress_deinit(p);
        return false;
    }
    c->count++;
    return true;
}

static bool is_known(char known[LEARNERS_MOST][LEARNER_NAME], int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (strcmp(known[i], name) == 0)
            return true;
    return false;
}

bool lesson_class_load(struct lesson_class *c, const char *folder, const char *const *names, int n,
                       struct err *err)
{
    char(*known)[LEARNER_NAME] = mem_zalloc(LEARNERS_MOST, sizeof *known);
    int there = lesson_learners(folder, known);
    bool done = true;
    *c = (struct lesson_class){0};
    c->learners = mem_zalloc((size_t)(n > 0 ? n : there + 1), sizeof *c->learners);
    for (int i = 0; done && i < n; i++) {
        done = !names[i][0] || is_known(known, there, names[i]);
        if (done)
            add(c, folder, names[i]);
        else
            err_set(err, ERR_USAGE, NULL, 0, "nobody called %s learns here", names[i]);
    }
    for (int i = -1; n == 0 && i < there; i++)
        add(c, folder, i < 0 ? "" : known[i]);
    free(known);
    if (!done)
        lesson_class_deinit(c);
    return done;
}

void lesson_class_deinit(struct lesson_class *c)
{
    for (int i = 0; i < c->count; i++)
        lesson_progress_deinit(&c->learners[i]);
    free(c->learners);
    *c = (struct lesson_class){0};
}

char *lesson_quiz_date(const struct lesson_place *place, char *out, size_t size)
{
    time_t then = (time_t)place->quiz_day * 86400;
    struct tm day;
    if (!place->quiz_of || !gmtime_r(&then, &day) || !strftime(out, size, "%Y-%m-%d", &day))
        out[0] = 0;
    return out;
}

/* A quote inside quotes is written twice. */
static void write_field(FILE *f, const char *text)
{
    fputc('"', f);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', f);
        fputc(*text, f);
    }
    fputc('"', f);
}

static void write_place(FILE *f, const char *learner, const struct lesson_place *place)
{
    char date[32], quiz[40] = ",";
    if (place->quiz_of)
        snprintf(quiz, sizeof quiz, "%d,%d", place->quiz_right, place->quiz_of);
    write_field(f, learner);
    fputc(',', f);
    write_field(f, place->lesson);
    fprintf(f, ",%d,%d,%d,%d,%s,%s,%s\n", place->page + 1, place->pages, place->done, place->tasks,
            place->finished ? "yes" : "no", quiz, lesson_quiz_date(place, date, sizeof date));
}

void lesson_class_write(const struct lesson_class *c, FILE *f)
{
    fputs("learner,lesson,page,pages,tasks done,tasks,finished,quiz right,quiz of,quiz day\n", f);
    for (int i = 0; i < c->count; i++)
        for (int k = 0; k < c->learners[i].count; k++)
            write_place(f, c->learners[i].learner, &c->learners[i].places[k]);
}

bool lesson_class_export(const struct lesson_class *c, const char *path, struct err *err)
{
    struct file_out out;
    if (!file_out_begin(&out, path, err))
        return false;
    lesson_class_write(c, out.f);
    return file_out_commit(&out, err);
}

bool lesson_progress_export(const struct lesson_progress *p, const char *path, struct err *err)
{
    struct lesson_progress copy = *p;
    const struct lesson_class one = {.count = 1, .learners = &copy};
    return lesson_class_export(&one, path, err);
}
