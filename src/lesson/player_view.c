/* What a panel draws: the page's blocks with every live number written out. */
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "lesson/player_state.h"

static bool any_hidden(const struct player *p, const struct expression *e)
{
    for (int i = 0; i < expression_cell_count(e); i++)
        if (player_is_hidden(p, expression_cell_at(e, i)))
            return true;
    return false;
}

static const char *write_number(struct player *p, const struct lesson_span *span)
{
    char number[64] = "?";
    double value;
    if (!any_hidden(p, span->number) &&
        expression_value(span->number, player_lookup, p, &value, NULL)) {
        if (span->decimals < 0)
            number_format(value, &p->style, number, sizeof number);
        else
            number_fixed(value, span->decimals, &p->style, number, sizeof number);
    }
    return arena_strdup(&p->view_arena, number);
}

static struct player_text write_text(struct player *p, const struct lesson_text *t)
{
    struct player_run *runs = arena_alloc(&p->view_arena, (size_t)t->count * sizeof *runs + 1);
    for (int i = 0; i < t->count; i++) {
        const struct lesson_span *span = &t->spans[i];
        runs[i].style = span->style;
        runs[i].glossary = span->glossary;
        runs[i].is_number = span->number != NULL;
        runs[i].cell = span->number ? expression_cell(span->number) : NULL;
        runs[i].text = span->number ? write_number(p, span) : span->text;
    }
    return (struct player_text){t->count, runs};
}

static struct player_text write_plain(struct player *p, const char *sentence)
{
    struct player_run *run = arena_alloc(&p->view_arena, sizeof *run);
    run->text = arena_strdup(&p->view_arena, sentence);
    return (struct player_text){1, run};
}

/* What is asked when the lesson says nothing. */
static struct player_text default_ask(struct player *p, const struct lesson_item *item)
{
    const struct condition *c = &item->condition;
    char s[300] = "";
    if (item->kind == LESSON_DRAW)
        snprintf(s, sizeof s, _("Draw: %s"), item->class_name);
    else if (item->kind == LESSON_TRAIN_UNTIL)
        snprintf(s, sizeof s, _("Train until %s, in %d epochs at most."), c->text,
                 item->max_epochs);
    else if (c->kind == CONDITION_SELECT)
        snprintf(s, sizeof s, _("Select %s."), c->cell);
    else if (c->kind == CONDITION_STEP && c->count == 1)
        snprintf(s, sizeof s, _("Press Step."));
    else if (c->kind == CONDITION_STEP)
        snprintf(s, sizeof s, _("Press Step %d times."), c->count);
    else if (c->kind == CONDITION_PHASE)
        snprintf(s, sizeof s, _("Go on to the phase %s."), c->phase);
    else if (c->kind == CONDITION_EDIT)
        snprintf(s, sizeof s, _("Change %s."), c->cell);
    else
        snprintf(s, sizeof s, _("Go on until %s."), c->text);
    if (p->style.decimal_point == ',')
        number_decimal_comma(s);
    return write_plain(p, s);
}

static void write_options(struct player *p, const struct lesson_item *item,
                          const struct item_state *state, struct player_block *block)
{
    struct player_option *options =
        arena_alloc(&p->view_arena, (size_t)item->option_count * sizeof *options + 1);
    for (int i = 0; i < item->option_count; i++) {
        options[i].text = write_text(p, &item->options[i].text);
        options[i].chosen = state->tried & (1u << i);
        options[i].right = item->options[i].right && (options[i].chosen || state->worked);
    }
    block->option_count = item->option_count;
    block->options = options;
}

static void write_task(struct player *p, int i, struct player_block *block)
{
    const struct lesson_item *item = player_item(p, i);
    const struct item_state *state = player_item_state(p, i);
    if (item->text.count == 0)
        block->text = default_ask(p, item);
    block->status = state->status;
    block->answer = arena_strdup(&p->view_arena, state->answer);
    write_options(p, item, state, block);
    block->tone = state->tone;
    if (state->feedback)
        block->feedback = write_text(p, state->feedback);
    else if (state->sentence[0])
        block->feedback = write_plain(p, state->sentence);
    struct player_text *hints =
        arena_alloc(&p->view_arena, (size_t)state->hints * sizeof *hints + 1);
    for (int k = 0; k < state->hints; k++)
        hints[k] = write_text(p, player_hint_at(p, i, k));
    block->hints = hints;
    block->hint_count = state->hints;
    block->worked = state->worked;
    block->worked_count = state->worked_count;
}

static void write_cells(struct player *p, const struct lesson_item *item,
                        struct player_block *block)
{
    int count = item->rows * item->columns;
    struct player_text *cells = arena_alloc(&p->view_arena, (size_t)count * sizeof *cells + 1);
    for (int i = 0; i < count; i++)
        cells[i] = write_text(p, &item->cells[i]);
    block->rows = item->rows;
    block->columns = item->columns;
    block->cells = cells;
}

/* Is item something the learner sees now? */
static bool is_visible(const struct lesson_item *item, const struct item_state *state)
{
    switch (item->kind) {
    case LESSON_SETUP:
    case LESSON_DO:
    case LESSON_CHECK:
    case LESSON_NOTE:
    case LESSON_HINT:
        return false;
    case LESSON_REVEAL:
        return state->applied && item->text.count > 0;
    default:
        return true;
    }
}

static void write_blocks(struct player *p)
{
    const struct lesson_page *page = player_page(p);
    struct player_block *blocks =
        arena_alloc(&p->view_arena, (size_t)page->item_count * sizeof *blocks + 1);
    struct player_view *view = &p->view;
    for (int i = 0; i < page->item_count; i++) {
        const struct lesson_item *item = &page->items[i];
        if (!is_visible(item, player_item_state(p, i)))
            continue;
        struct player_block *block = &blocks[view->block_count];
        block->item = item;
        block->kind = item->kind;
        block->text = write_text(p, &item->text);
        block->answer = "";
        block->asked = i == p->quizzed;
        if (item->kind == LESSON_TABLE)
            write_cells(p, item, block);
        if (lesson_item_is_task(item)) {
            write_task(p, i, block);
            view->tasks++;
            view->tasks_done += block->status > TASK_ACTIVE;
        }
        if (i == p->active)
            view->active = view->block_count;
        view->block_count++;
    }
    view->blocks = blocks;
}

static void write_notes(struct player *p)
{
    const struct lesson_page *page = player_page(p);
    struct player_text *notes =
        arena_alloc(&p->view_arena, (size_t)page->item_count * sizeof *notes + 1);
    for (int i = 0; i < page->item_count; i++)
        if (page->items[i].kind == LESSON_NOTE)
            notes[p->view.note_count++] = write_text(p, &page->items[i].text);
    p->view.notes = notes;
}

/* The words of a text, as far as they fit. */
static void join_words(const struct lesson_text *t, char *out, size_t size)
{
    size_t at = strlen(out);
    for (int i = 0; i < t->count && at + 1 < size; i++)
        if (t->spans[i].text)
            at += (size_t)snprintf(out + at, size - at, "%s", t->spans[i].text);
}

/* A command of a solution as a person writes it down: the number it sets, the cell it selects, how
 * long it trains; others as they are. */
static void write_command(const char *command, char *out, size_t size)
{
    struct text rest = text_of(command), word = text_next_word(&rest);
    bool edit = text_is(word, "edit"), rate = text_is(word, "rate");
    struct text name = rate ? word : text_next_word(&rest), value = text_trim(rest);
    long epochs;
    if ((edit || rate) && value.n) {
        snprintf(out, size, "%.*s = %.*s", (int)name.n, name.p, (int)value.n, value.p);
    } else if (text_is(word, "select") && !value.n) {
        snprintf(out, size, "%.*s", (int)name.n, name.p);
    } else if (text_is(word, "train") && !value.n && text_to_long(name, &epochs)) {
        snprintf(out, size, /* TRANSLATORS: what a learner is to do: let it train for so long */
                 translate_count("train %ld epoch", "train %ld epochs", epochs), epochs);
    } else {
        snprintf(out, size, "%s", command);
    }
}

/* What the teacher knows and the learner is to find. */
static const char *write_solution(struct player *p)
{
    char out[400] = "", number[64], written[200];
    double value;
    if (p->active < 0)
        return "";
    const struct lesson_item *item = player_item(p, p->active);
    size_t size = sizeof out;
    if (item->expression && expression_value(item->expression, player_lookup, p, &value, NULL))
        snprintf(out, size, "%s", number_format(value, &p->style, number, sizeof number));
    for (int i = 0; i < item->option_count; i++)
        if (item->options[i].right) {
            snprintf(out + strlen(out), size - strlen(out), "%s", out[0] ? "; " : "");
            join_words(&item->options[i].text, out, size);
        }
    for (int i = 0; item->kind == LESSON_FIND && i < item->cell_count; i++)
        snprintf(out + strlen(out), size - strlen(out), "%s%s", i ? _(" or ") : "",
                 item->cell_names[i]);
    if (item->class_name)
        snprintf(out, size, _("a drawing that is read as %s"), item->class_name);
    for (int i = 0, first = !out[0]; first && i < item->command_count; i++) {
        write_command(item->commands[i].text, written, sizeof written);
        snprintf(out + strlen(out), size - strlen(out), "%s%s", i ? "; " : "", written);
    }
    if (!out[0] && item->condition.text)
        snprintf(out, size, "%s", item->condition.text);
    if (p->style.decimal_point == ',')
        number_decimal_comma(out);
    return arena_strdup(&p->view_arena, out);
}

const struct player_view *player_view(struct player *p)
{
    arena_deinit(&p->view_arena);
    p->view = (struct player_view){.lesson_title = p->lesson->title,
                                   .page_title = player_page(p)->title,
                                   .page = p->page,
                                   .pages = p->lesson->page_count,
                                   .active = -1,
                                   .can_back = p->page > 0,
                                   .last_page = p->page + 1 == p->lesson->page_count,
                                   .finished = p->finished,
                                   .quiz = p->quiz.count ? &p->quiz : NULL,
                                   .fault = p->fault[0] ? p->fault : NULL};
    write_blocks(p);
    write_notes(p);
    p->view.next_title = p->view.last_page ? "" : p->lesson->pages[p->page + 1].title;
    p->view.solution = write_solution(p);
    p->view.can_next = p->active < 0 && !p->finished;
    if (p->quizzed >= 0) {
        bool right;
        p->view.can_next = !p->finished && player_asked(p, &right);
        p->view.can_back = false;
    }
    p->view.can_show = p->view.can_skip = p->active >= 0;
    if (p->active >= 0) {
        const struct item_state *state = player_item_state(p, p->active);
        p->view.can_hint =
            p->quizzed < 0 && (state->hints < player_hint_count(p, p->active) || !state->worked);
    }
    return &p->view;
}
