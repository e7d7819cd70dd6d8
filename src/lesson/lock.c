/* What a lesson keeps out of reach and out of sight: the lists `lock` and `hide` of its head. */
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/lesson/player.h"
#include "player_state.h"

/* Command lines by their beginning, whole words. */
static const struct {
    const char *part, *line;
} locked[] = {
    {"build", "build"},     {"build", "hidden"},     {"build", "inputs"},
    {"build", "make"},      {"build", "show build"}, {"train", "train"},
    {"train", "resume"},    {"train", "restart"},    {"train", "optimizers race"},
    {"train", "app train"}, {"train", "show train"}, {"train", "show training"},
    {"edit", "edit"},       {"edit", "drag"},        {"edit", "points"},
    {"edit", "undo"},       {"edit", "redo"},        {"step", "step"},
    {"step", "back"},       {"step", "phase"},       {"step", "grain"},
    {"step", "goto"},       {"step", "seek"},        {"step", "goto-step"},
    {"step", "run-until"},  {"step", "run"},         {"step", "app play-steps"},
    {"draw", "draw"},       {"draw", "erase"},       {"draw", "clear"},
    {"draw", "recall"},     {"draw", "picture"},     {"draw", "turn"},
    {"draw", "shift"},      {"draw", "show draw"},   {"data", "data"},
    {"data", "bring"},      {"data", "row"},         {"data", "show data"},
    {"open", "open"},
};

static bool begins(const char *line, const char *words)
{
    size_t n = strlen(words);
    return strncmp(line, words, n) == 0 && (line[n] == 0 || line[n] == ' ');
}

static bool is_listed(const char *const *list, int count, const char *part)
{
    for (int i = 0; i < count; i++)
        if (strcmp(list[i], part) == 0)
            return true;
    return false;
}

bool player_is_locked(const struct player *p, const char *part)
{
    return is_listed(p->lesson->lock, p->lesson->lock_count, part);
}

bool player_hides(const struct player *p, const char *part)
{
    return is_listed(p->lesson->hide, p->lesson->hide_count, part);
}

bool player_shows(const struct player *p, const char *view)
{
    const struct lesson *l = p->lesson;
    for (int i = 0; i < l->page_count; i++)
        for (int k = 0; k < l->pages[i].item_count; k++) {
            const struct lesson_item *item = &l->pages[i].items[k];
            for (int n = 0; n < item->command_count; n++)
                if (text_starts(text_of(item->commands[n].text), "show ") &&
                    strcmp(item->commands[n].text + 5, view) == 0)
                    return true;
        }
    return strcmp(view, "network") == 0; /* where a lesson begins */
}

static bool asks_to_train(const struct player *p)
{
    return p->active >= 0 && player_item(p, p->active)->kind == LESSON_TRAIN_UNTIL;
}

bool player_refuses(const struct player *p, const char *line, struct err *err)
{
    for (size_t i = 0; i < sizeof locked / sizeof *locked; i++) {
        const char *part = locked[i].part;
        if (!begins(line, locked[i].line) || !player_is_locked(p, part))
            continue;
        if (strcmp(part, "train") == 0 && asks_to_train(p))
            continue;
        return !err_set(err, ERR_STATE, NULL, 0,
                        "this lesson does without that (its %s is locked); in Play it is there",
                        part);
    }
    return false;
}
