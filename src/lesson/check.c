#include "glassnet/lesson/check.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/lesson/glossary.h"
#include "glassnet/lesson/language.h"
#include "glassnet/session/session.h"
#include "lesson/player_state.h"
#include "lesson/translation.h"

struct check {
    struct player *p;
    const struct lesson *words; /* the glossary; NULL: there is none */
    struct lesson_report *report;
};

static void fault(struct lesson_report *report, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void fault(struct lesson_report *report, int line, const char *format, ...)
{
    char sentence[1000];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    report->faults = mem_grow(report->faults, &report->capacity, report->fault_count + 1,
                              sizeof *report->faults);
    report->faults[report->fault_count++] =
        (struct lesson_fault){line, arena_strdup(&report->arena, sentence)};
}

void lesson_report_deinit(struct lesson_report *report)
{
    arena_deinit(&report->arena);
    free(report->faults);
    *report = (struct lesson_report){0};
}

/* A command of the lesson that failed is told once. */
static void take_fault(struct check *c)
{
    if (!c->p->fault[0])
        return;
    fault(c->report, c->p->fault_line, "%s", c->p->fault_sentence);
    c->p->fault[0] = 0;
}

static bool value_of(struct check *c, const struct expression *e, int line, double *value)
{
    struct err err = {0};
    if (expression_value(e, player_lookup, c->p, value, &err))
        return true;
    fault(c->report, line, "\"%s\": %s", expression_text(e), err.message);
    return false;
}

static void check_text(struct check *c, const struct lesson_text *t)
{
    double value;
    for (int i = 0; i < t->count; i++) {
        const struct lesson_span *span = &t->spans[i];
        if (span->number)
            value_of(c, span->number, span->line, &value);
        if (span->glossary && c->words && glossary_find(c->words, span->glossary) < 0)
            fault(c->report, span->line, "the glossary has no word \"%s\"", span->glossary);
    }
}

/* Live numbers and links the learner can see before the task is done. */
static void check_numbers(struct check *c, const struct lesson_item *item)
{
    check_text(c, &item->text);
    for (int i = 0; i < item->rows * item->columns; i++)
        check_text(c, &item->cells[i]);
    for (int i = 0; i < item->hint_count; i++)
        check_text(c, &item->hints[i]);
    for (int i = 0; i < item->wrong_count; i++)
        if (!item->wrong[i].condition) /* that may speak of what has been trained */
            check_text(c, &item->wrong[i].reason);
    for (int i = 0; i < item->option_count; i++) {
        check_text(c, &item->options[i].text);
        check_text(c, &item->options[i].reason);
    }
}

static bool is_near(double a, double b, double tolerance)
{
    return fabs(a - b) <= tolerance;
}

static bool answer(struct check *c, double value)
{
    char typed[64];
    snprintf(typed, sizeof typed, "%.12g", value);
    return player_answer(c->p, typed);
}

/* Each wrong value is worked out, apart from the truth and from the others, and refused. */
static void check_wrong_values(struct check *c, const struct lesson_item *item, double truth)
{
    for (int i = 0; i < item->wrong_count; i++) {
        const struct lesson_wrong *w = &item->wrong[i];
        double value, other;
        if (!value_of(c, w->value, w->line, &value))
            continue;
        if (!isfinite(value)) {
            fault(c->report, w->line, "this wrong answer is no finite number");
            continue;
        }
        if (is_near(value, truth, item->within)) {
            fault(c->report, w->line,
                  "this wrong answer, %g, is as good as the right one, %g, within %g", value, truth,
                  item->within);
            continue;
        }
        for (int k = 0; k < i; k++)
            if (expression_value(item->wrong[k].value, player_lookup, c->p, &other, NULL) &&
                is_near(value, other, item->within))
                fault(c->report, w->line,
                      "this wrong answer, %g, is the same as that of line %d, so its reason is "
                      "never given",
                      value, item->wrong[k].line);
        if (answer(c, value))
            fault(c->report, w->line, "this wrong answer, %g, was accepted", value);
    }
}

static void play_number(struct check *c, const struct lesson_item *item)
{
    double truth;
    if (!value_of(c, item->expression, item->line, &truth))
        return;
    if (!isfinite(truth)) {
        fault(c->report, item->line, "the right answer is no finite number");
        return;
    }
    check_wrong_values(c, item, truth);
    if (!answer(c, truth))
        fault(c->report, item->line, "the right answer, %.9g, was not accepted", truth);
}

static void play_choose(struct check *c, const struct lesson_item *item)
{
    for (int i = 0; i < item->option_count; i++)
        if (!item->options[i].right && player_choose(c->p, i))
            fault(c->report, item->options[i].line, "this wrong option was accepted");
    for (int i = 0; i < item->option_count; i++)
        if (item->options[i].right && !player_choose(c->p, i))
            fault(c->report, item->options[i].line, "this right option was refused");
}

/* Is there a cell, or a tensor, of this name? */
static bool exists(struct check *c, const char *name)
{
    static const char *const indices[] = {"", "[0]", "[0,0]", "[0,0,0]", "[0,0,0,0]"};
    char cell[200];
    double value;
    for (size_t i = 0; i < sizeof indices / sizeof *indices; i++) {
        snprintf(cell, sizeof cell, "%s%s", name, indices[i]);
        if (player_lookup(c->p, cell, &value, NULL))
            return true;
    }
    return false;
}

/* A command as the learner gives it. */
static bool act(struct check *c, const char *line, int number)
{
    struct err err = {0};
    const struct lesson_host *host = &c->p->host;
    if (!host->command(host->context, line, &err)) {
        fault(c->report, number, "\"%s\": %s", line, err.message);
        return false;
    }
    if (host->finish)
        host->finish(host->context);
    player_update(c->p);
    return true;
}

static void play_find(struct check *c, const struct lesson_item *item)
{
    char line[200];
    for (int i = 0; i < item->wrong_count; i++)
        if (!exists(c, item->wrong[i].cell))
            fault(c->report, item->wrong[i].line, "there is no cell or tensor %s",
                  item->wrong[i].cell);
    for (int i = item->cell_count - 1; i >= 0; i--) {
        double value;
        struct err err = {0};
        if (!player_lookup(c->p, item->cell_names[i], &value, &err))
            fault(c->report, item->line, "\"%s\": %s", item->cell_names[i], err.message);
    }
    snprintf(line, sizeof line, "select %s", item->cell_names[0]);
    act(c, line, item->line);
}

/* Would the wait be over although the learner has done nothing? */
static bool is_idle(struct check *c, const struct condition *condition)
{
    bool holds = false;
    const struct host_state *now = &c->p->base;
    if (condition->kind == CONDITION_COMPARE)
        return condition_holds(condition, player_lookup, c->p, &holds, NULL) && holds;
    if (condition->kind == CONDITION_SELECT)
        return player_same_cell(c->p, now->selected, condition->cell) ||
               (condition->other && player_same_cell(c->p, now->selected, condition->other));
    return condition->kind == CONDITION_PHASE && now->phase &&
           strcmp(now->phase, condition->phase) == 0;
}

/* The reasons for what does not do must not fit what does. */
static void check_reasons(struct check *c, const struct lesson_item *item)
{
    for (int i = 0; i < item->wrong_count; i++) {
        const struct condition *condition = item->wrong[i].condition;
        struct err err = {0};
        bool holds = false;
        check_text(c, &item->wrong[i].reason);
        if (!condition_holds(condition, player_lookup, c->p, &holds, &err))
            fault(c->report, item->wrong[i].line, "%s", err.message);
        else if (holds)
            fault(c->report, item->wrong[i].line, "\"%s\" holds for the solve: lines, too",
                  condition->text);
    }
}

static void play_doing(struct check *c, const struct lesson_item *item, int i)
{
    bool trained = false;
    const char *name = lesson_item_name(item->kind);
    if (item->kind != LESSON_DRAW && is_idle(c, &item->condition))
        fault(c->report, item->line,
              "\"%s\" holds before the learner has done anything, so there is nothing to wait for",
              item->condition.text);
    for (int k = 0; k < item->command_count && c->p->active == i; k++) {
        if (!act(c, item->commands[k].text, item->commands[k].line))
            return;
        struct text rest = text_of(item->commands[k].text), word = text_next_word(&rest);
        trained = trained || text_is(word, "train") || text_is(word, "step");
    }
    if (item->kind == LESSON_TRAIN_UNTIL && !trained && c->p->active == i) {
        char line[64];
        snprintf(line, sizeof line, "train %d", item->max_epochs);
        act(c, line, item->line);
    }
    check_reasons(c, item);
    if (c->p->active == i)
        fault(c->report, item->line, "this %s is not fulfilled by its solve: lines", name);
}

static void play_task(struct check *c, int i)
{
    const struct lesson_item *item = player_item(c->p, i);
    c->report->tasks++;
    if (c->p->active != i) {
        fault(c->report, item->line, "this %s never becomes active", lesson_item_name(item->kind));
        return;
    }
    if (item->kind == LESSON_PREDICT || item->kind == LESSON_ANSWER)
        play_number(c, item);
    else if (item->kind == LESSON_CHOOSE)
        play_choose(c, item);
    else if (item->kind == LESSON_FIND)
        play_find(c, item);
    else
        play_doing(c, item, i);
    if (c->p->active == i)
        player_skip(c->p);
    check_text(c, &item->right);
}

static void check_facts(struct check *c, const struct lesson_item *item)
{
    for (int i = 0; i < item->check_count; i++) {
        bool holds = false;
        double left = 0, right = 0;
        struct err err = {0};
        const struct condition *fact = &item->checks[i];
        if (!condition_holds(fact, player_lookup, c->p, &holds, &err)) {
            fault(c->report, item->check_lines[i], "\"%s\": %s", fact->text, err.message);
        } else if (!holds) {
            expression_value(fact->left, player_lookup, c->p, &left, NULL);
            expression_value(fact->right, player_lookup, c->p, &right, NULL);
            fault(c->report, item->check_lines[i],
                  "\"%s\" does not hold: the left is %g, the "
                  "right is %g",
                  fact->text, left, right);
        }
    }
}

static void play_page(struct check *c)
{
    const struct lesson_page *page = player_page(c->p);
    c->report->pages++;
    take_fault(c);
    for (int i = 0; i < page->item_count; i++)
        if (page->items[i].kind != LESSON_REVEAL)
            check_numbers(c, &page->items[i]);
    for (int i = 0; i < page->item_count; i++) {
        const struct lesson_item *item = &page->items[i];
        if (item->kind == LESSON_REVEAL)
            check_numbers(c, item);
        if (item->kind == LESSON_CHECK)
            check_facts(c, item);
        if (lesson_item_is_task(item))
            play_task(c, i);
        take_fault(c);
    }
}

/* The lessons that must come before are there. */
static void check_needs(const struct lesson *lesson, struct lesson_report *report)
{
    char folder[1024], name[300], path[1400];
    lesson_original_folder(lesson->path, folder, sizeof folder);
    for (int i = 0; i < lesson->needs_count; i++) {
        snprintf(name, sizeof name, "%.280s.md", lesson->needs[i]);
        if (!file_exists(file_join(path, sizeof path, folder, name)))
            fault(report, 1, "the lesson needs \"%s\", but there is no %s beside it",
                  lesson->needs[i], name);
    }
}

static void say_fault(void *report, int line, const char *sentence)
{
    fault(report, line, "%s", sentence);
}

/* A lesson in another language has the blocks of its original, where that can be read. */
static void check_translation(const struct lesson *lesson, struct lesson_report *report)
{
    char path[1400];
    if (strcmp(lesson_language(lesson->path), "en") == 0)
        return;
    struct lesson *original =
        lesson_load(lesson_in_language(lesson->path, "en", path, sizeof path), NULL);
    if (original)
        translation_compare(lesson, original, say_fault, report);
    lesson_destroy(original);
}

bool lesson_check_on(const struct lesson *lesson, const struct lesson_host *host,
                     struct lesson_report *report, struct err *err)
{
    struct player *p = player_create(lesson, host, err);
    if (!p)
        return false;
    struct lesson *words = glossary_load(lesson_language(lesson->path), NULL);
    struct check c = {p, words, report};
    check_needs(lesson, report);
    check_translation(lesson, report);
    for (int page = 0; page < lesson->page_count; page++) {
        play_page(&c);
        if (!player_next(p)) {
            fault(report, lesson->pages[page].line, "this page cannot be left");
            break;
        }
    }
    player_destroy(p);
    lesson_destroy(words);
    return report->fault_count == 0;
}

bool lesson_check(const char *path, struct lesson_report *report, struct err *err)
{
    struct lesson *lesson = lesson_load(path, err);
    if (!lesson)
        return false;
    struct session *session = session_create();
    struct lesson_host host = host_of_session(session);
    bool ok = lesson_check_on(lesson, &host, report, err);
    session_destroy(session);
    lesson_destroy(lesson);
    return ok;
}
