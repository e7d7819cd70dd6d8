#include "glassnet/lesson/player.h"
#include "glassnet/base/translate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/lesson/language.h"
#include "lesson/player_state.h"

const struct lesson_page *player_page(const struct player *p)
{
    return &p->lesson->pages[p->page];
}

const struct lesson_item *player_item(const struct player *p, int i)
{
    return &player_page(p)->items[i];
}

struct item_state *player_item_state(const struct player *p, int i)
{
    return &p->states[p->page][i];
}

bool player_active(struct player *p, int kind, const struct lesson_item **item,
                   struct item_state **state)
{
    if (p->active < 0)
        return false;
    *item = player_item(p, p->active);
    *state = player_item_state(p, p->active);
    return kind < 0 || (*item)->kind == (enum lesson_item_kind)kind;
}

/* Goes down the page, does what stands between the tasks, and stops at the first one left. */
static void advance(struct player *p)
{
    p->active = -1;
    for (int i = 0; i < player_page(p)->item_count; i++) {
        const struct lesson_item *item = player_item(p, i);
        struct item_state *state = player_item_state(p, i);
        if (lesson_item_is_task(item)) {
            if (state->status > TASK_ACTIVE)
                continue;
            state->status = TASK_ACTIVE;
            p->active = i;
            break;
        }
        if (state->applied)
            continue;
        state->applied = true;
        if (item->kind == LESSON_DO)
            player_run_lines(p, item, true);
        for (int k = 0; item->kind == LESSON_REVEAL && k < item->cell_count; k++)
            player_uncover(p, item->cell_names[k]);
    }
    p->host.state(p->host.context, &p->base);
    p->seen = p->base;
    p->steps = 0;
    p->dragged = false;
    player_wait_begins(p);
}

static void enter(struct player *p, int page)
{
    char line[LESSON_CELL_NAME + 16];
    p->page = page;
    for (int i = 0; i < player_page(p)->item_count; i++)
        if (player_item(p, i)->kind == LESSON_SETUP)
            player_run_lines(p, player_item(p, i), true);
    for (int i = 0; i < player_page(p)->item_count; i++) {
        const struct lesson_item *item = player_item(p, i);
        player_item_state(p, i)->applied = false;
        if (item->kind == LESSON_PREDICT && player_item_state(p, i)->status <= TASK_ACTIVE) {
            snprintf(line, sizeof line, "hide %s", item->cell);
            player_run(p, line, item->line);
        }
    }
    if (p->host.page_begins)
        p->host.page_begins(p->host.context);
    advance(p);
}

/* What a page leaves behind when it has been gone through. */
static void pass_page(struct player *p, int page)
{
    p->page = page;
    for (int i = 0; i < player_page(p)->item_count; i++)
        if (player_item(p, i)->kind == LESSON_SETUP)
            player_run_lines(p, player_item(p, i), true);
    for (int i = 0; i < player_page(p)->item_count; i++) {
        const struct lesson_item *item = player_item(p, i);
        struct item_state *state = player_item_state(p, i);
        if (item->kind == LESSON_DO)
            player_run_lines(p, item, true);
        else if (lesson_item_is_task(item))
            player_apply_solution(p, item, true);
        if (lesson_item_is_task(item) && state->status <= TASK_ACTIVE)
            state->status = TASK_DONE;
    }
}

/* The network as it is when `page` begins, whatever was done to it meanwhile. */
static void rebuild(struct player *p, int page)
{
    struct err err = {0};
    if (!player_open(p, &err)) {
        err_text(&err, p->fault, sizeof p->fault);
        return;
    }
    for (int i = 0; i < page; i++)
        pass_page(p, i);
    for (int i = p->hidden.count - 1; i >= 0; i--)
        player_uncover(p, ((char **)p->hidden.items)[i]);
}

struct player *player_create(const struct lesson *lesson, const struct lesson_host *host,
                             struct err *err)
{
    struct player *p = mem_zalloc(1, sizeof *p);
    p->lesson = lesson;
    p->host = *host;
    player_set_style(p, &number_default);
    p->active = p->quizzed = -1;
    arena_init(&p->arena);
    arena_init(&p->view_arena);
    p->states = arena_alloc(&p->arena, (size_t)lesson->page_count * sizeof *p->states);
    for (int i = 0; i < lesson->page_count; i++)
        p->states[i] =
            arena_alloc(&p->arena, (size_t)lesson->pages[i].item_count * sizeof **p->states);
    if (!player_open(p, err)) {
        player_destroy(p);
        return NULL;
    }
    enter(p, 0);
    return p;
}

void player_destroy(struct player *p)
{
    if (!p)
        return;
    arena_deinit(&p->arena);
    arena_deinit(&p->view_arena);
    free(p);
}

void player_complete(struct player *p, enum task_status status)
{
    const struct lesson_item *item = player_item(p, p->active);
    struct item_state *state = player_item_state(p, p->active);
    state->status = status;
    if (item->kind == LESSON_PREDICT)
        player_uncover(p, item->cell);
    advance(p);
}

/* Says that the active task is done, in the lesson's words when it has some. */
static void fulfil(struct player *p, const struct lesson_item *item, struct item_state *state)
{
    player_say(state, TONE_RIGHT, item->right.count ? &item->right : NULL, _("Done."));
    player_complete(p, TASK_DONE);
}

/* The lesson's reason for what was set, else that it did not do. */
static void say_not_reached(struct player *p, const struct lesson_item *item,
                            struct item_state *state)
{
    char sentence[sizeof state->sentence];
    for (int i = 0; i < item->wrong_count; i++) {
        unsigned bit = 1u << (i % 32);
        bool holds = false;
        if (!condition_holds(item->wrong[i].condition, player_lookup, p, &holds, NULL) || !holds)
            continue;
        player_say(state, TONE_WRONG, &item->wrong[i].reason, NULL);
        if (state->reasons & bit)
            player_next_hint(p);
        state->reasons |= bit;
        return;
    }
    snprintf(sentence, sizeof sentence,
             _("Not reached within %d epochs. Try again with other settings."), item->max_epochs);
    player_say(state, TONE_WRONG, NULL, sentence);
    player_next_hint(p);
}

static bool update_training(struct player *p, const struct lesson_item *item,
                            struct item_state *state, const struct host_state *now)
{
    if (now->epochs < p->base.epochs) /* begun anew from the start */
        p->base.epochs = now->epochs;
    int64_t used = now->epochs - p->base.epochs;
    bool holds = false;
    if (!condition_holds(&item->condition, player_lookup, p, &holds, NULL))
        return false;
    if (holds && used <= item->max_epochs) {
        fulfil(p, item, state);
        return true;
    }
    if (used < item->max_epochs || now->training || state->tone == TONE_WRONG)
        return false;
    say_not_reached(p, item, state);
    return true;
}

static bool drawn(const struct lesson_item *item, const struct host_state *now)
{
    char number[24];
    snprintf(number, sizeof number, "%d", now->guess);
    return now->drawing && now->guess >= 0 &&
           (strcmp(number, item->class_name) == 0 ||
            strcmp(now->guess_name, item->class_name) == 0);
}

/* Steps that a command made: "step" or "step N". */
static int steps_of(const char *command)
{
    struct text rest = text_of(command), word = text_next_word(&rest);
    long n = 1;
    if (!text_is(word, "step"))
        return 0;
    struct text number = text_next_word(&rest);
    return number.n == 0 || !text_to_long(number, &n) || n < 1 || n > 1000000 ? 1 : (int)n;
}

/* A cell that was selected on purpose is an answer; one that is only walked over counts when it
 * is right. */
static bool update_find(struct player *p, const struct lesson_item *item,
                        const struct host_state *now)
{
    if (now->selected[0] == 0)
        return false;
    bool right = false;
    for (int i = 0; i < item->cell_count; i++)
        right = right || player_same_cell(p, now->selected, item->cell_names[i]);
    if (text_starts(text_of(now->last), "select ") || text_starts(text_of(now->last), "move to ") ||
        (right && text_starts(text_of(now->last), "move ")))
        player_clicked(p, now->selected);
    return true;
}

bool player_update(struct player *p)
{
    const struct lesson_item *item;
    struct item_state *state;
    struct host_state now = {0};
    p->host.state(p->host.context, &now);
    bool acted = now.commands != p->seen.commands, trains = p->seen.training;
    p->seen = now;
    if (!player_active(p, -1, &item, &state))
        return acted;
    if (acted)
        p->steps += steps_of(now.last);
    if (now.commands == p->base.commands)
        return false; /* the learner has done nothing yet */
    if (item->kind == LESSON_FIND && acted)
        return update_find(p, item, &now);
    if (item->kind == LESSON_TRAIN_UNTIL)
        return update_training(p, item, state, &now) || acted;
    bool trained = trains && !now.training;
    bool done = (item->kind == LESSON_WAIT && player_wait_is_over(p, &item->condition, &now)) ||
                (item->kind == LESSON_DRAW && drawn(item, &now));
    if (done)
        fulfil(p, item, state);
    else if (item->kind == LESSON_WAIT && (acted || trained))
        player_wait_says(p, item, state, &now);
    return done || acted || trained;
}

bool player_show(struct player *p)
{
    const struct lesson_item *item;
    struct item_state *state;
    if (!player_active(p, -1, &item, &state))
        return false;
    state->failed = true;
    player_work(p, item, state);
    player_apply_solution(p, item, false);
    if (item->kind == LESSON_CHOOSE) {
        for (int k = item->option_count - 1; k >= 0; k--)
            if (item->options[k].right)
                player_say(state, TONE_INFO, &item->options[k].reason, NULL);
    } else {
        player_say(state, TONE_INFO, item->right.count ? &item->right : NULL, _("Shown."));
    }
    player_complete(p, TASK_SHOWN);
    return true;
}

bool player_skip(struct player *p)
{
    const struct lesson_item *item;
    struct item_state *state;
    if (!player_active(p, -1, &item, &state))
        return false;
    state->failed = true;
    player_apply_solution(p, item, false);
    player_say(state, TONE_INFO, NULL, _("Skipped."));
    player_complete(p, TASK_SKIPPED);
    return true;
}

bool player_next(struct player *p)
{
    if (p->active >= 0 || p->finished)
        return false;
    p->fault[0] = 0;
    if (p->page + 1 == p->lesson->page_count)
        p->finished = true;
    else
        enter(p, p->page + 1);
    return true;
}

bool player_back(struct player *p)
{
    if (p->page == 0)
        return false;
    int page = p->page - 1;
    p->fault[0] = 0;
    p->finished = false;
    rebuild(p, page);
    enter(p, page);
    return true;
}

bool player_go(struct player *p, int page)
{
    if (page < 0 || page >= p->lesson->page_count)
        return false;
    p->fault[0] = 0;
    p->finished = false;
    memset(p->states[page], 0, (size_t)p->lesson->pages[page].item_count * sizeof **p->states);
    rebuild(p, page);
    enter(p, page);
    return true;
}

bool player_ask(struct player *p, int page, int item, const struct player_quiz *quiz)
{
    if (page < 0 || page >= p->lesson->page_count || item < 0 ||
        item >= p->lesson->pages[page].item_count ||
        !lesson_item_is_task(&p->lesson->pages[page].items[item]) || !player_go(p, page))
        return false;
    while (p->active >= 0 && p->active < item)
        player_skip(p);
    p->quizzed = item;
    p->quiz = *quiz;
    return p->active == item;
}

bool player_asked(const struct player *p, bool *right)
{
    const struct item_state *state = p->quizzed >= 0 ? player_item_state(p, p->quizzed) : NULL;
    if (!state || state->status <= TASK_ACTIVE)
        return false;
    *right = state->status == TASK_DONE && !state->failed;
    return true;
}

void player_end_quiz(struct player *p, const struct player_quiz *quiz)
{
    p->quiz = *quiz;
    p->finished = true;
}

int player_tasks(const struct player *p)
{
    int n = 0;
    for (int i = 0; i < p->lesson->page_count; i++)
        n += p->lesson->pages[i].task_count;
    return n;
}

int player_tasks_done(const struct player *p)
{
    int n = 0;
    for (int page = 0; page < p->lesson->page_count; page++)
        for (int i = 0; i < p->lesson->pages[page].item_count; i++)
            n += lesson_item_is_task(&p->lesson->pages[page].items[i]) &&
                 p->states[page][i].status == TASK_DONE;
    return n;
}

void player_set_style(struct player *p, const struct number_style *style)
{
    p->style = *style;
    if (lesson_language_has_comma(lesson_language(p->lesson->path)))
        p->style.decimal_point = ','; /* as in the lesson's own words */
}
