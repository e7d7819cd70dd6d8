/* What the player does to the network: commands, solutions, hidden cells. */
#include <stdio.h>
#include <string.h>

#include "lesson/player_state.h"

bool player_lookup(void *context, const char *cell, double *value, struct err *err)
{
    struct player *p = context;
    return p->host.value(p->host.context, cell, value, err);
}

char *player_cell_name(const struct player *p, const char *cell, char *out, size_t size)
{
    if (!p->host.name || !p->host.name(p->host.context, cell, out, size, NULL))
        snprintf(out, size, "%s", cell);
    size_t n = strlen(out);
    if (n > 2 && strcmp(out + n - 2, "@0") == 0)
        out[n - 2] = 0;
    return out;
}

bool player_same_cell(const struct player *p, const char *a, const char *b)
{
    char first[LESSON_CELL_NAME], second[LESSON_CELL_NAME];
    return *a && strcmp(player_cell_name(p, a, first, sizeof first),
                        player_cell_name(p, b, second, sizeof second)) == 0;
}

bool player_is_hidden(const struct player *p, const char *cell)
{
    for (int i = 0; i < p->hidden.count; i++)
        if (player_same_cell(p, ((char **)p->hidden.items)[i], cell))
            return true;
    return false;
}

/* Keeps the list of hidden cells beside what the host does with hide and reveal. */
static void note_hidden(struct player *p, const char *line)
{
    struct text rest = text_of(line), word = text_next_word(&rest);
    char cell[160];
    text_copy(text_next_word(&rest), cell, sizeof cell);
    if (text_is(word, "hide") && cell[0] && !player_is_hidden(p, cell))
        *(char **)list_add(&p->arena, &p->hidden, sizeof(char *)) = arena_strdup(&p->arena, cell);
    if (!text_is(word, "reveal"))
        return;
    char **cells = p->hidden.items;
    for (int i = p->hidden.count - 1; i >= 0; i--)
        if (player_same_cell(p, cells[i], cell))
            cells[i] = cells[--p->hidden.count];
}

/* `open NAME` in a lesson means a network beside it. */
static bool run_open(struct player *p, const char *line, struct err *err)
{
    char name[400], path[1400], command[1420];
    struct text rest = text_of(line);
    text_next_word(&rest);
    text_copy(text_trim(rest), name, sizeof name);
    if (!lesson_find_network(p->lesson, name, path, sizeof path, err))
        return false;
    snprintf(command, sizeof command, "open %s", path);
    p->hidden.count = 0;
    return p->host.command(p->host.context, command, err);
}

/* What of the screen a lesson may set: "app NAME on" or "off". */
static const char *const switches[] = {
    "matrix operands", "matrix slice", "matrix histogram", "lens", "lines", "spotlight"};

static bool is_switch(const char *line)
{
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
        size_t n = strlen(switches[i]);
        if (strncmp(line, switches[i], n) == 0 &&
            (strcmp(line + n, " on") == 0 || strcmp(line + n, " off") == 0))
            return true;
    }
    return false;
}

/* Where there is no screen a switch is only looked at. */
static bool run_switch(struct player *p, const char *line, struct err *err)
{
    if (!is_switch(line))
        return err_set(err, ERR_USAGE, NULL, 0,
                       "of the screen a lesson may set app matrix operands, app matrix slice, "
                       "app matrix histogram, app lens, app lines and app spotlight, each with on "
                       "or off");
    return !p->host.screen || p->host.screen(p->host.screen_context, line, err);
}

static bool run_command(struct player *p, const char *line, struct err *err)
{
    if (text_starts(text_of(line), "open "))
        return run_open(p, line, err);
    if (text_starts(text_of(line), "app "))
        return run_switch(p, line + 4, err);
    return p->host.command(p->host.context, line, err);
}

bool player_run(struct player *p, const char *line, int number)
{
    struct err err = {0};
    if (run_command(p, line, &err)) {
        note_hidden(p, line);
        return true;
    }
    if (!p->fault[0]) {
        p->fault_line = number;
        snprintf(p->fault_sentence, sizeof p->fault_sentence, "\"%.100s\": %s", line, err.message);
        snprintf(p->fault, sizeof p->fault, "%.150s:%d: %s", p->lesson->path, number,
                 p->fault_sentence);
    }
    return false;
}

bool player_run_lines(struct player *p, const struct lesson_item *item, bool wait)
{
    for (int i = 0; i < item->command_count; i++) {
        if (!player_run(p, item->commands[i].text, item->commands[i].line))
            return false;
        if (wait && p->host.finish)
            p->host.finish(p->host.context);
    }
    return true;
}

void player_uncover(struct player *p, const char *cell)
{
    char line[200];
    if (!player_is_hidden(p, cell))
        return;
    snprintf(line, sizeof line, "reveal %s", cell);
    player_run(p, line, 0);
}

/* Do the solve lines train by themselves? */
static bool trains(const struct lesson_item *item)
{
    for (int i = 0; i < item->command_count; i++) {
        struct text rest = text_of(item->commands[i].text), word = text_next_word(&rest);
        if (text_is(word, "train") || text_is(word, "step"))
            return true;
    }
    return false;
}

void player_apply_solution(struct player *p, const struct lesson_item *item, bool wait)
{
    char line[200];
    if (!player_run_lines(p, item, wait))
        return;
    if (item->kind == LESSON_FIND) {
        snprintf(line, sizeof line, "select %s", item->cell_names[0]);
        player_run(p, line, item->line);
    }
    if (item->kind == LESSON_TRAIN_UNTIL && !trains(item)) {
        snprintf(line, sizeof line, "train %d", item->max_epochs);
        player_run(p, line, item->line);
        if (wait && p->host.finish)
            p->host.finish(p->host.context);
    }
}

bool player_open(struct player *p, struct err *err)
{
    char path[1400], line[1600];
    if (p->lesson->network) {
        if (!lesson_network_path(p->lesson, path, sizeof path, err))
            return false;
        snprintf(line, sizeof line, "open %s", path);
        if (!p->host.command(p->host.context, line, err))
            return false;
    }
    if (p->lesson->data) {
        snprintf(line, sizeof line, "data %s", lesson_data_spec(p->lesson, path, sizeof path));
        if (!p->host.command(p->host.context, line, err))
            return false;
    }
    p->hidden.count = 0;
    return true;
}

/* A line as it is read, with real signs; one that says the same as the line before is left out. */
static void add_line(struct player *p, struct item_state *state, const char *text)
{
    char line[2048], own[2048];
    size_t n = 0;
    snprintf(own, sizeof own, "%s", text);
    if (p->style.decimal_point == ',')
        number_decimal_comma(own);
    for (const char *c = own; *c && n + 4 < sizeof line; c++) {
        const char *sign = *c == '*' ? "·" : *c == '-' ? "\u2212" : NULL;
        if (sign)
            n += (size_t)snprintf(line + n, sizeof line - n, "%s", sign);
        else
            line[n++] = *c;
    }
    line[n] = 0;
    const char *before = state->worked_count ? state->worked[state->worked_count - 1] : "";
    if (strcmp(line, before) != 0 &&
        strcmp(line + (strncmp(line, "= ", 2) == 0 ? 2 : 0), before) != 0)
        state->worked[state->worked_count++] = arena_strdup(&p->arena, line);
}

/* A command stays as it must be typed; a number to set may be typed with a comma, too. */
static void add_command(struct player *p, struct item_state *state, const char *text)
{
    char *line = arena_strdup(&p->arena, text);
    if (p->style.decimal_point == ',' && text_starts(text_of(text), "edit "))
        number_decimal_comma(line);
    state->worked[state->worked_count++] = line;
}

static void work_number(struct player *p, const struct lesson_item *item, struct item_state *state)
{
    enum { SIZE = 1024 };
    char symbolic[SIZE] = "", numeric[SIZE] = "", number[64] = "?", line[SIZE + 100];
    struct number_style style = p->style;
    double value;
    style.digits = style.digits < 4 ? 4 : style.digits;
    if (expression_value(item->expression, player_lookup, p, &value, NULL))
        number_format(value, &style, number, sizeof number);
    if (item->cell && p->host.formula &&
        p->host.formula(p->host.context, item->cell, symbolic, numeric, SIZE, NULL)) {
        snprintf(line, sizeof line, "%s = %s", item->cell, symbolic);
        add_line(p, state, line);
        snprintf(line, sizeof line, "= %s", numeric);
        add_line(p, state, line);
    } else if (!item->cell) {
        add_line(p, state, expression_text(item->expression));
        expression_numeric(item->expression, player_lookup, p, &style, numeric, SIZE);
        snprintf(line, sizeof line, "= %s", numeric);
        add_line(p, state, line);
    }
    snprintf(line, sizeof line, "= %s", number);
    add_line(p, state, line);
    snprintf(state->answer, sizeof state->answer, "%s", number);
}

void player_work(struct player *p, const struct lesson_item *item, struct item_state *state)
{
    if (state->worked)
        return;
    state->worked = arena_alloc(&p->arena, (size_t)(item->command_count + 4) * sizeof(char *));
    if (item->kind == LESSON_PREDICT || item->kind == LESSON_ANSWER)
        work_number(p, item, state);
    if (item->kind == LESSON_FIND)
        add_command(p, state, item->cell_names[0]);
    for (int i = 0; i < item->command_count; i++)
        add_command(p, state, item->commands[i].text);
}
