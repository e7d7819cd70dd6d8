/* Judging what the learner answers, and what is said then. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "lesson/answer.h"
#include "lesson/player_state.h"

void player_say(struct item_state *state, enum player_tone tone, const struct lesson_text *text,
                const char *sentence)
{
    state->tone = tone;
    state->feedback = text;
    snprintf(state->sentence, sizeof state->sentence, "%s", sentence ? sentence : "");
}

/* A hint block belongs to the task before it; before the first task, to that one. */
static int owner_of_hint(const struct lesson_page *page, int at)
{
    for (int i = at; i >= 0; i--)
        if (lesson_item_is_task(&page->items[i]))
            return i;
    for (int i = at; i < page->item_count; i++)
        if (lesson_item_is_task(&page->items[i]))
            return i;
    return -1;
}

const struct lesson_text *player_hint_at(const struct player *p, int i, int k)
{
    const struct lesson_page *page = player_page(p);
    if (k < page->items[i].hint_count)
        return &page->items[i].hints[k];
    k -= page->items[i].hint_count;
    for (int at = 0; at < page->item_count; at++)
        if (page->items[at].kind == LESSON_HINT && owner_of_hint(page, at) == i && k-- == 0)
            return &page->items[at].text;
    return NULL;
}

int player_hint_count(const struct player *p, int i)
{
    int n = 0;
    while (player_hint_at(p, i, n))
        n++;
    return n;
}

bool player_next_hint(struct player *p)
{
    const struct lesson_item *item;
    struct item_state *state;
    if (!player_active(p, -1, &item, &state) || p->quizzed >= 0) /* a quiz is without help */
        return false;
    state->failed = true;
    if (state->hints < player_hint_count(p, p->active)) {
        state->hints++;
        return true;
    }
    if (state->worked)
        return false;
    player_work(p, item, state);
    state->answer[0] = 0;
    return true;
}

bool player_hint(struct player *p)
{
    return player_next_hint(p);
}

/* a is b, as far as the tolerance and the last bit of a decimal number say. */
static bool within(double a, double b, double tolerance)
{
    return fabs(a - b) <= tolerance * (1 + 1e-9) + 1e-12 * fabs(b);
}

/* The line of the lesson for this wrong value, or -1. */
static int wrong_line(struct player *p, const struct lesson_item *item, double typed)
{
    for (int i = 0; i < item->wrong_count; i++) {
        double value;
        if (expression_value(item->wrong[i].value, player_lookup, p, &value, NULL) &&
            within(typed, value, item->within))
            return i;
    }
    return -1;
}

/* Is a the truth, written with so many decimals: rounded, or cut off? */
static bool is_cut(double a, double truth, int decimals)
{
    double unit = pow(10, -decimals), nearest = round(truth / unit) * unit;
    double cut = trunc(truth / unit) * unit;
    return fabs(a - nearest) < unit * 1e-6 || fabs(a - cut) < unit * 1e-6;
}

/* What can be said about a number that is nearly right. */
static const char *close_reason(const struct answer *typed, double truth)
{
    if (typed->decimals >= 0 && is_cut(typed->value, truth, typed->decimals))
        return _("Very close: keep one more decimal while you work it out.");
    return _("Very close, but not it: go through your steps once more.");
}

/* What can be said about a wrong number without knowing the lesson. */
static const char *likely_reason(const struct answer *answer, double truth, double tolerance)
{
    double typed = answer->value;
    if (!isfinite(truth))
        return _("The number is not finite here: look at the formula.");
    if (fabs(truth) > tolerance && within(typed, -truth, tolerance))
        return _("The size is right, the sign is not.");
    if (fabs(truth) > tolerance &&
        (within(typed, 10 * truth, 10 * tolerance) || within(typed, truth / 10, tolerance / 10)))
        return _("A factor of ten too much or too little: look at the decimal point.");
    if (within(typed, truth, 5 * tolerance))
        return close_reason(answer, truth);
    return typed < truth ? _("Not yet: it is larger than that.")
                         : _("Not yet: it is smaller than that.");
}

static void say_wrong(struct player *p, const struct lesson_item *item, struct item_state *state,
                      const struct answer *typed, double truth)
{
    int k = wrong_line(p, item, typed->value);
    if (k < 0) {
        player_say(state, TONE_WRONG, NULL, likely_reason(typed, truth, item->within));
        player_next_hint(p);
        return;
    }
    unsigned bit = 1u << (k % 32);
    player_say(state, TONE_WRONG, &item->wrong[k].reason, NULL);
    if (state->reasons & bit)
        player_next_hint(p);
    state->reasons |= bit;
}

static void add_words(const struct lesson_text *t, char *out, size_t size)
{
    size_t n = strlen(out);
    for (int i = 0; i < t->count && n + 1 < size; i++)
        n += (size_t)snprintf(out + n, size - n, "%s ", t->spans[i].number ? "" : t->spans[i].text);
}

/* Reads what was typed, beside the words of its page. */
static bool read_typed(const struct player *p, const struct lesson_item *item, const char *typed,
                       struct answer *out)
{
    enum { WORDS = 4000 };
    char ask[WORDS] = "", page[WORDS] = "";
    add_words(&item->text, ask, WORDS);
    for (int i = 0; i < player_page(p)->item_count; i++)
        if (lesson_item_is_text(player_item(p, i)))
            add_words(&player_item(p, i)->text, page, WORDS);
    return answer_read(typed, ask, page, out);
}

bool player_answer(struct player *p, const char *typed)
{
    const struct lesson_item *item;
    struct item_state *state;
    struct answer answer;
    double truth;
    struct err err = {0};
    if (!player_active(p, -1, &item, &state) ||
        (item->kind != LESSON_PREDICT && item->kind != LESSON_ANSWER))
        return false;
    if (!read_typed(p, item, typed, &answer)) {
        player_say(state, TONE_INFO, NULL, _("Type a number, such as 0.25, \u22123 or 1/3."));
        return false;
    }
    text_copy(text_of(typed), state->answer, sizeof state->answer);
    if (!expression_value(item->expression, player_lookup, p, &truth, &err)) {
        player_say(state, TONE_INFO, NULL, _("This number is not there now; skip this one."));
        return false;
    }
    if (!within(answer.value, truth, item->within)) {
        state->failed = true;
        say_wrong(p, item, state, &answer, truth);
        return false;
    }
    player_say(state, TONE_RIGHT, item->right.count ? &item->right : NULL, _("Right."));
    player_complete(p, TASK_DONE);
    return true;
}

bool player_choose(struct player *p, int k)
{
    const struct lesson_item *item;
    struct item_state *state;
    if (!player_active(p, LESSON_CHOOSE, &item, &state) || k < 0 || k >= item->option_count)
        return false;
    const struct lesson_option *option = &item->options[k];
    bool again = state->tried & (1u << k);
    state->tried |= 1u << k;
    player_say(state, option->right ? TONE_RIGHT : TONE_WRONG, &option->reason, NULL);
    if (!option->right) {
        state->failed = true;
        if (again)
            player_next_hint(p);
        return false;
    }
    for (int i = 0; i < item->option_count; i++)
        if (item->options[i].right && !(state->tried & (1u << i)))
            return true;
    player_complete(p, TASK_DONE);
    return true;
}

/* Is cell one of tensor's, or the same cell? */
static bool belongs(const struct player *p, const char *cell, const char *tensor)
{
    char name[LESSON_CELL_NAME];
    player_cell_name(p, cell, name, sizeof name);
    size_t n = strlen(tensor);
    bool inside = strncmp(name, tensor, n) == 0 && (name[n] == '[' || name[n] == '@');
    return inside || player_same_cell(p, cell, tensor);
}

bool player_clicked(struct player *p, const char *cell)
{
    const struct lesson_item *item;
    struct item_state *state;
    if (!player_active(p, LESSON_FIND, &item, &state))
        return false;
    player_cell_name(p, cell, state->answer, sizeof state->answer);
    for (int i = 0; i < item->cell_count; i++)
        if (player_same_cell(p, cell, item->cell_names[i])) {
            player_say(state, TONE_RIGHT, item->right.count ? &item->right : NULL,
                       _("Yes, that is it."));
            player_complete(p, TASK_DONE);
            return true;
        }
    state->failed = true;
    for (int i = 0; i < item->wrong_count; i++) {
        unsigned bit = 1u << (i % 32);
        if (!belongs(p, cell, item->wrong[i].cell))
            continue;
        player_say(state, TONE_WRONG, &item->wrong[i].reason, NULL);
        if (state->reasons & bit)
            player_next_hint(p);
        state->reasons |= bit;
        return false;
    }
    char sentence[sizeof state->sentence];
    snprintf(sentence, sizeof sentence, _("That is %.60s. Look again."), state->answer);
    player_say(state, TONE_WRONG, NULL, sentence);
    player_next_hint(p);
    return false;
}
