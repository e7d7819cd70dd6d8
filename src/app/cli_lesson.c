/* glassnet lesson: lists lessons, plays them headless to check what they state, and tells how far
 * the learners have come. */
#include <stdio.h>
#include <string.h>

#include "app/cli.h"
#include "app/handout.h"
#include "app/json_out.h"
#include "glassnet/base/file.h"
#include "glassnet/lesson/catalogue.h"
#include "glassnet/lesson/check.h"
#include "glassnet/lesson/language.h"
#include "glassnet/lesson/progress.h"

static void list_json(const struct catalogue *lessons)
{
    struct json_out j = {.f = stdout};
    json_begin(&j, NULL, '{');
    json_begin(&j, "lessons", '[');
    for (int i = 0; i < lessons->count; i++) {
        const struct lesson_card *card = &lessons->cards[i];
        json_begin(&j, NULL, '{');
        json_text(&j, "name", card->name);
        json_text(&j, "title", card->title);
        json_text(&j, "path", card->path);
        json_int(&j, "order", card->order);
        json_int(&j, "minutes", card->minutes);
        json_int(&j, "pages", card->pages);
        json_int(&j, "tasks", card->tasks);
        json_text(&j, "fault", card->fault);
        json_end(&j, '}');
    }
    json_end(&j, ']');
    json_end(&j, '}');
    json_finish(&j);
}

static void list_text(const struct catalogue *lessons)
{
    int widest = 0;
    for (int i = 0; i < lessons->count; i++) {
        int width = (int)strlen(lessons->cards[i].name);
        widest = width > widest ? width : widest;
    }
    if (lessons->count == 0)
        printf("There are no lessons here.\n");
    for (int i = 0; i < lessons->count; i++) {
        const struct lesson_card *card = &lessons->cards[i];
        if (card->fault)
            printf("%4s  %-*s  faulty: %s\n", "", widest, card->name, card->fault);
        else
            printf("%4d  %-*s  %s (%d pages, %d tasks, %d minutes)\n", card->order, widest,
                   card->name, card->title, card->pages, card->tasks, card->minutes);
    }
}

static int list(struct cli *c)
{
    struct err err = {0};
    if (c->arg_count > 2) {
        err_set(&err, ERR_USAGE, NULL, 0, "lesson list takes at most one folder");
        return cli_fail(&err);
    }
    struct catalogue *lessons = catalogue_load(c->arg_count > 1 ? c->args[1] : NULL, "en", &err);
    if (!lessons)
        return cli_fail(&err);
    if (c->json)
        list_json(lessons);
    else
        list_text(lessons);
    catalogue_destroy(lessons);
    return 0;
}

static void report_json(struct json_out *j, const char *path, const struct lesson_report *r,
                        const struct err *err)
{
    json_begin(j, NULL, '{');
    json_text(j, "file", path);
    json_bool(j, "ok", r->fault_count == 0 && !err_any(err));
    json_int(j, "pages", r->pages);
    json_int(j, "tasks", r->tasks);
    json_begin(j, "faults", '[');
    for (int i = 0; i < r->fault_count; i++) {
        json_begin(j, NULL, '{');
        json_int(j, "line", r->faults[i].line);
        json_text(j, "sentence", r->faults[i].sentence);
        json_end(j, '}');
    }
    if (err_any(err)) {
        json_begin(j, NULL, '{');
        json_int(j, "line", err->line);
        json_text(j, "sentence", err->message);
        json_end(j, '}');
    }
    json_end(j, ']');
    json_end(j, '}');
}

static void report_text(const char *path, const struct lesson_report *r, const struct err *err)
{
    char text[1024];
    if (err_any(err))
        printf("%s\n", err_text(err, text, sizeof text));
    for (int i = 0; i < r->fault_count; i++)
        printf("%s:%d: %s\n", path, r->faults[i].line, r->faults[i].sentence);
    if (r->fault_count == 0 && !err_any(err))
        printf("%s: ok (%d pages, %d tasks)\n", path, r->pages, r->tasks);
}

static bool check_one(const char *path, bool json, struct json_out *j)
{
    struct err err = {0};
    struct lesson_report report = {0};
    bool ok = lesson_check(path, &report, &err);
    if (json)
        report_json(j, path, &report, &err);
    else
        report_text(path, &report, &err);
    lesson_report_deinit(&report);
    return ok;
}

struct checked {
    int count, failed;
};

static void check_another(struct checked *all, const char *path, bool json, struct json_out *j)
{
    all->count++;
    all->failed += !check_one(path, json, j);
}

/* Glassnet's own lessons, each in every language that it is there in. */
static bool check_own(struct checked *all, bool json, struct json_out *j, struct err *err)
{
    const char *language = "en";
    for (int k = 0; language; language = lesson_language_list(k++)) {
        struct catalogue *own = catalogue_load(NULL, language, err);
        if (!own)
            return false;
        for (int i = 0; i < own->count; i++)
            if (!own->cards[i].foreign)
                check_another(all, own->cards[i].path, json, j);
        catalogue_destroy(own);
    }
    return true;
}

static int check(struct cli *c)
{
    struct err err = {0};
    struct checked all = {0};
    struct json_out j = {.f = stdout};
    if (c->json) {
        json_begin(&j, NULL, '{');
        json_begin(&j, "lessons", '[');
    }
    for (int i = 1; i < c->arg_count; i++)
        check_another(&all, c->args[i], c->json, &j);
    if (c->arg_count == 1 && !check_own(&all, c->json, &j, &err))
        return cli_fail(&err);
    if (c->json) {
        json_end(&j, ']');
        json_bool(&j, "ok", all.failed == 0);
        json_end(&j, '}');
        json_finish(&j);
    } else {
        printf("%d lesson%s checked, %d with faults\n", all.count, all.count == 1 ? "" : "s",
               all.failed);
    }
    return all.failed ? 1 : 0;
}

static int handout(struct cli *c)
{
    struct err err = {0};
    struct handout h;
    const char *out = cli_value(c, "output");
    if (c->arg_count != 2 || !out) {
        err_set(&err, ERR_USAGE, NULL, 0,
                "lesson handout needs a lesson, and -o OUT.pdf or OUT.html, the file to write");
        return cli_fail(&err);
    }
    if (!file_ends_with(out, ".pdf") && !file_ends_with(out, ".html")) {
        err_set(&err, ERR_USAGE, out, 0, "was expected to end in .pdf or .html");
        return cli_fail(&err);
    }
    bool made = handout_make(&h, c->args[1], &err), done = made && handout_write(&h, out, &err);
    if (made)
        handout_deinit(&h);
    return done ? 0 : cli_fail(&err);
}

static void progress_json(const struct lesson_class *all)
{
    struct json_out j = {.f = stdout};
    json_begin(&j, NULL, '{');
    json_begin(&j, "learners", '[');
    for (int i = 0; i < all->count; i++) {
        const struct lesson_progress *p = &all->learners[i];
        json_begin(&j, NULL, '{');
        json_text(&j, "learner", p->learner);
        json_begin(&j, "lessons", '[');
        for (int k = 0; k < p->count; k++) {
            const struct lesson_place *place = &p->places[k];
            char date[32];
            json_begin(&j, NULL, '{');
            json_text(&j, "lesson", place->lesson);
            json_int(&j, "page", place->page + 1);
            json_int(&j, "pages", place->pages);
            json_int(&j, "tasks_done", place->done);
            json_int(&j, "tasks", place->tasks);
            json_bool(&j, "finished", place->finished);
            json_int(&j, "quiz_right", place->quiz_right);
            json_int(&j, "quiz_of", place->quiz_of);
            json_text(&j, "quiz_day",
                      place->quiz_of ? lesson_quiz_date(place, date, sizeof date) : NULL);
            json_end(&j, '}');
        }
        json_end(&j, ']');
        json_end(&j, '}');
    }
    json_end(&j, ']');
    json_end(&j, '}');
    json_finish(&j);
}

/* Of those named, or of all: onto standard output, or into a file. */
static int progress(struct cli *c)
{
    struct err err = {0};
    struct lesson_class all;
    const char *out = cli_value(c, "output"), *folder = cli_value(c, "folder");
    if (c->arg_count > 1 && cli_value(c, "all"))
        err_set(&err, ERR_USAGE, NULL, 0, "lesson progress takes names or --all, not both");
    else if (folder && !file_is_folder(folder))
        err_set(&err, ERR_IO, folder, 0, "is no folder; expected one with files of progress");
    if (err_any(&err) || !lesson_class_load(&all, folder, c->args + 1, c->arg_count - 1, &err))
        return cli_fail(&err);
    if (all.warning[0])
        fprintf(stderr, "glassnet: %s\n", all.warning);
    bool done = true;
    if (c->json)
        progress_json(&all);
    else if (!out)
        lesson_class_write(&all, stdout);
    if (out)
        done = lesson_class_export(&all, out, &err);
    lesson_class_deinit(&all);
    return done ? 0 : cli_fail(&err);
}

static int run(struct cli *c)
{
    struct err err = {0};
    if (strcmp(c->args[0], "list") == 0)
        return list(c);
    if (strcmp(c->args[0], "check") == 0)
        return check(c);
    if (strcmp(c->args[0], "handout") == 0)
        return handout(c);
    if (strcmp(c->args[0], "progress") == 0)
        return progress(c);
    err_set(&err, ERR_USAGE, NULL, 0, "lesson %s: expected list, check, handout or progress",
            c->args[0]);
    return cli_fail(&err);
}

static const struct cli_option options[] = {
    {"output", "OUT", "the file to write: a handout (.pdf or .html), a table of progress (.csv)"},
    {"all", NULL, "progress: of all learners, as without a name"},
    {"folder", "FOLDER", "progress: of other files than this machine's, as collected from several"},
    {NULL, NULL, NULL}};

const struct cli_command cli_lesson = {
    .name = "lesson",
    .what = "lists lessons, checks them, puts them on paper, tells the class's progress",
    .example = "glassnet lesson list\nglassnet lesson check my-lesson.md\n"
               "glassnet lesson handout my-lesson.md -o my-lesson.pdf\n"
               "glassnet lesson progress --all -o class.csv",
    .usage = "(list [FOLDER] | check [FILE...] | handout FILE -o OUT.pdf|OUT.html | "
             "progress [NAME...|--all]) [--json]",
    .about =
        "check without files checks Glassnet's own lessons; the exit code is 1 when one has a\n"
        "fault. handout writes a worksheet with blanks and, on a page of its own, the answers.\n"
        "progress gives a table (CSV) of how far the learners of this machine have come: a row "
        "for\n"
        "each learner and lesson.",
    .options = options,
    .fewest = 1,
    .most = CLI_MAX_ARGS,
    .run = run,
};
