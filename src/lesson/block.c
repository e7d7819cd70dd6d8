/* The lines of a fenced block: questions, hints, options, commands, facts. */
#include <string.h>

#include "lesson/block.h"

static bool read_text(struct block *b, struct text t, int line, const char *key,
                      struct lesson_text *out)
{
    if (text_trim(t).n == 0)
        return reader_fail(b->r, line, "nothing follows \"%s:\"", key);
    return reader_inline(b->r, t, line, out);
}

static bool read_ask(struct block *b, struct text value, int line)
{
    if (b->item->text.count)
        return reader_fail(b->r, line, "\"ask:\" is there twice");
    return read_text(b, value, line, "ask", &b->item->text);
}

static bool read_solve(struct block *b, struct text value, int line)
{
    if (value.n == 0)
        return reader_fail(b->r, line, "nothing follows \"solve:\"");
    struct lesson_line *l = list_add(&b->r->lesson->arena, &b->commands, sizeof *l);
    l->text = arena_strndup(&b->r->lesson->arena, value.p, value.n);
    l->line = line;
    return true;
}

static bool read_set(struct block *b, struct text value, int line)
{
    if (value.n == 0)
        return reader_fail(b->r, line, "nothing follows \"set:\"");
    struct text rest = value, word;
    while ((word = text_next_word(&rest)).n) {
        const char **place = list_add(&b->r->lesson->arena, &b->set, sizeof *place);
        *place = arena_strndup(&b->r->lesson->arena, word.p, word.n);
    }
    return true;
}

/* OPTION | REASON. */
static bool read_option(struct block *b, struct text value, bool right, int line)
{
    struct text option, reason;
    if (!text_split(value, '|', &option, &reason) || text_trim(reason).n == 0 ||
        text_trim(option).n == 0)
        return reader_fail(b->r, line, "an option is OPTION | REASON, found \"%.*s\"", (int)value.n,
                           value.p);
    struct lesson_option *o = list_add(&b->r->lesson->arena, &b->options, sizeof *o);
    o->right = right;
    o->line = line;
    return reader_inline(b->r, option, line, &o->text) &&
           reader_inline(b->r, reason, line, &o->reason);
}

/* What stands behind "wrong if": value = EXPRESSION: REASON, or cell = CELL: REASON. */
static bool read_wrong(struct block *b, struct text rest, int line)
{
    const char *what = b->kind->takes & TAKES_CELL ? "cell" : "value";
    struct text left, right;
    bool equal = text_split(rest, '=', &left, &right);
    size_t at = 0;
    while (at + 1 < right.n && !(right.p[at] == ':' && right.p[at + 1] == ' '))
        at++;
    if (!equal || !text_is(text_trim(left), what) || at + 1 >= right.n)
        return reader_fail(b->r, line,
                           "a wrong answer is \"wrong if %s = %s: REASON\" (with a blank after the "
                           "colon)",
                           what, b->kind->takes & TAKES_CELL ? "CELL" : "EXPRESSION");
    struct lesson_wrong *w = list_add(&b->r->lesson->arena, &b->wrong, sizeof *w);
    w->line = line;
    w->value = expression_parse(&b->r->lesson->arena, (struct text){right.p, at}, b->r->path, line,
                                b->r->err);
    if (!w->value)
        return false;
    if (b->kind->takes & TAKES_CELL) {
        w->cell = expression_cell(w->value);
        w->value = NULL;
        if (!w->cell)
            return reader_fail(b->r, line, "\"wrong if cell =\" takes one cell or tensor");
    }
    return read_text(b, (struct text){right.p + at + 2, right.n - at - 2}, line, "wrong if ...",
                     &w->reason);
}

/* Behind "wrong if" of a train-until: CONDITION: REASON. */
static bool read_wrong_condition(struct block *b, struct text rest, int line)
{
    size_t at = 0;
    while (at + 1 < rest.n && !(rest.p[at] == ':' && rest.p[at + 1] == ' '))
        at++;
    if (at + 1 >= rest.n)
        return reader_fail(b->r, line,
                           "a reason is \"wrong if CONDITION: REASON\" (with a blank after the "
                           "colon)");
    struct lesson_wrong *w = list_add(&b->r->lesson->arena, &b->wrong, sizeof *w);
    struct condition *condition = arena_alloc(&b->r->lesson->arena, sizeof *condition);
    w->line = line;
    w->condition = condition;
    if (!condition_parse(&b->r->lesson->arena, (struct text){rest.p, at}, b->r->path, line,
                         condition, b->r->err))
        return false;
    if (condition->kind != CONDITION_COMPARE)
        return reader_fail(b->r, line, "\"wrong if\" takes a comparison here: wrong if rate > 0.5");
    return read_text(b, (struct text){rest.p + at + 2, rest.n - at - 2}, line, "wrong if ...",
                     &w->reason);
}

static bool fail_line(struct block *b, struct text t, int line)
{
    unsigned takes = b->kind->takes;
    return reader_fail(b->r, line, "\"%.*s\" is no line of a %s block, which takes%s%s%s%s%s%s%s",
                       (int)(t.n < 60 ? t.n : 60), t.p, b->kind->name,
                       takes & TAKES_ASK ? " ask:" : "", takes & TAKES_SET ? " set:" : "",
                       takes & TAKES_SOLVE ? " solve:" : "",
                       takes & (TAKES_OPTIONS | TAKES_RIGHT) ? " right:" : "",
                       takes & TAKES_OPTIONS ? " wrong:" : "",
                       takes & TAKES_WRONG       ? " wrong if value ="
                       : takes & TAKES_CELL      ? " wrong if cell ="
                       : takes & TAKES_CONDITION ? " wrong if CONDITION:"
                                                 : "",
                       takes & TAKES_HINT ? " hint:" : "");
}

static bool read_line(struct block *b, struct text t, int line)
{
    unsigned takes = b->kind->takes;
    if (takes & (TAKES_WRONG | TAKES_CELL) && text_starts(t, "wrong if "))
        return read_wrong(b, (struct text){t.p + 9, t.n - 9}, line);
    if (takes & TAKES_CONDITION && text_starts(t, "wrong if "))
        return read_wrong_condition(b, (struct text){t.p + 9, t.n - 9}, line);
    struct text key, value;
    if (!text_split(t, ':', &key, &value))
        return fail_line(b, t, line);
    if (value.n && value.p[0] != ' ')
        return reader_fail(b->r, line, "a blank is missing after the colon in \"%.*s\"",
                           (int)(t.n < 60 ? t.n : 60), t.p);
    value = text_trim(value);
    if (takes & TAKES_ASK && text_is(key, "ask"))
        return read_ask(b, value, line);
    if (takes & TAKES_SOLVE && text_is(key, "solve"))
        return read_solve(b, value, line);
    if (takes & TAKES_SET && text_is(key, "set"))
        return read_set(b, value, line);
    if (takes & TAKES_HINT && text_is(key, "hint"))
        return read_text(b, value, line, "hint",
                         list_add(&b->r->lesson->arena, &b->hints, sizeof(struct lesson_text)));
    if (takes & TAKES_OPTIONS && (text_is(key, "right") || text_is(key, "wrong")))
        return read_option(b, value, text_is(key, "right"), line);
    if (takes & TAKES_RIGHT && text_is(key, "right"))
        return read_text(b, value, line, "right", &b->item->right);
    return fail_line(b, key, line);
}

/* A line and those below it that are indented, joined by blanks. */
static struct text joined_line(struct block *b, struct text *body, int *line)
{
    struct text t = text_next_line(body);
    char *joined = arena_strndup(&b->r->lesson->arena, t.p, t.n);
    while (body->n && (body->p[0] == ' ' || body->p[0] == '\t')) {
        struct text ahead = *body;
        struct text more = text_trim(text_next_line(&ahead));
        if (more.n == 0)
            break;
        joined = arena_printf(&b->r->lesson->arena, "%s %.*s", joined, (int)more.n, more.p);
        *body = ahead;
        ++*line;
    }
    return text_trim(text_of(joined));
}

static bool read_keyed(struct block *b, struct text body)
{
    for (int line = b->line + 1; body.n; line++) {
        int first = line;
        struct text t = joined_line(b, &body, &line);
        if (t.n && !read_line(b, t, first))
            return false;
    }
    return true;
}

static bool read_commands(struct block *b, struct text body)
{
    for (int line = b->line + 1; body.n; line++) {
        struct text t = text_trim(text_next_line(&body));
        if (t.n && t.p[0] != '#' && !read_solve(b, t, line))
            return false;
    }
    return b->commands.count > 0 ||
           reader_fail(b->r, b->line, "this %s block holds no command", b->kind->name);
}

static bool read_facts(struct block *b, struct text body)
{
    struct list facts = {0}, lines = {0};
    struct arena *arena = &b->r->lesson->arena;
    for (int line = b->line + 1; body.n; line++) {
        struct text t = text_trim(text_next_line(&body));
        if (t.n == 0 || t.p[0] == '#')
            continue;
        struct condition *c = list_add(arena, &facts, sizeof *c);
        if (!condition_parse(arena, t, b->r->path, line, c, b->r->err))
            return false;
        if (c->kind != CONDITION_COMPARE)
            return reader_fail(b->r, line, "a fact to check is a comparison such as loss < 0.1");
        *(int *)list_add(arena, &lines, sizeof(int)) = line;
    }
    b->item->checks = facts.items;
    b->item->check_lines = lines.items;
    b->item->check_count = facts.count;
    return facts.count > 0 || reader_fail(b->r, b->line, "this check block holds no fact");
}

static bool read_prose(struct block *b, struct text body)
{
    if (text_trim(body).n == 0 && b->item->cell_count == 0)
        return reader_fail(b->r, b->line, "this %s block is empty", b->kind->name);
    return text_trim(body).n == 0 || reader_inline(b->r, body, b->line + 1, &b->item->text);
}

static bool finish(struct block *b)
{
    struct lesson_item *item = b->item;
    item->commands = b->commands.items;
    item->command_count = b->commands.count;
    item->hints = b->hints.items;
    item->hint_count = b->hints.count;
    item->wrong = b->wrong.items;
    item->wrong_count = b->wrong.count;
    item->options = b->options.items;
    item->option_count = b->options.count;
    item->set = b->set.items;
    item->set_count = b->set.count;
    int right = 0;
    for (int i = 0; i < item->option_count; i++)
        right += item->options[i].right;
    if (b->kind->takes & NEEDS_ASK && item->text.count == 0)
        return reader_fail(b->r, b->line, "this %s block has no ask: line", b->kind->name);
    if (b->kind->takes & NEEDS_SOLVE && item->command_count == 0)
        return reader_fail(b->r, b->line,
                           "this %s block has no solve: line (the commands of one right way)",
                           b->kind->name);
    if (item->kind == LESSON_CHOOSE && item->option_count < 2)
        return reader_fail(b->r, b->line, "this choose block needs two options or more, found %d",
                           item->option_count);
    if (item->option_count > LESSON_MOST_OPTIONS)
        return reader_fail(b->r, b->line, "a choose block has at most %d options",
                           LESSON_MOST_OPTIONS);
    if (item->kind == LESSON_CHOOSE && right == 0)
        return reader_fail(b->r, b->line, "this choose block has no right: option");
    return true;
}

static bool read_body(struct block *b, struct text body)
{
    switch (b->item->kind) {
    case LESSON_SETUP:
    case LESSON_DO:
        return read_commands(b, body);
    case LESSON_CHECK:
        return read_facts(b, body);
    case LESSON_REVEAL:
    case LESSON_HINT:
    case LESSON_NOTE:
    case LESSON_GO:
        return read_prose(b, body);
    default:
        return read_keyed(b, body);
    }
}

/* ``` without a word, or with text behind it: shown as it stands. */
static bool read_preformatted(struct reader *r, struct text body, int line)
{
    struct lesson_span *span = arena_alloc(&r->lesson->arena, sizeof *span);
    while (body.n && (body.p[body.n - 1] == '\n' || body.p[body.n - 1] == '\r'))
        body.n--;
    *span = (struct lesson_span){.text = arena_strndup(&r->lesson->arena, body.p, body.n),
                                 .style = LESSON_CODE,
                                 .decimals = -1,
                                 .line = line + 1};
    struct lesson_item *item = list_add(&r->lesson->arena, &r->items, sizeof *item);
    *item = (struct lesson_item){.kind = LESSON_PREFORMATTED, .line = line, .text = {1, span}};
    return true;
}

bool reader_fence(struct reader *r, struct text info, struct text body, int line)
{
    struct text rest = info, word = text_next_word(&rest);
    if (word.n == 0 || text_is(word, "text"))
        return read_preformatted(r, body, line);
    struct lesson_item item = {.line = line};
    struct block b = {.r = r, .item = &item, .line = line, .kind = block_kind_find(word)};
    if (!b.kind)
        return reader_fail(
            r, line,
            "there is no block \"%.*s\"; there are setup, do, wait, predict, answer, "
            "choose, find, draw, train-until, reveal, hint, note, go and check",
            (int)word.n, word.p);
    item.kind = b.kind->kind;
    if (!b.kind->read(&b, text_trim(rest)) || !read_body(&b, body) || !finish(&b))
        return false;
    struct lesson_item *place = list_add(&r->lesson->arena, &r->items, sizeof *place);
    *place = item;
    return true;
}
