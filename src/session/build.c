/* The text that is being built, what can be read of it, and its changes. */
#include "session/build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"

static void read_blocks(struct build *b)
{
    struct text rest = text_of(b->text);
    b->block_count = b->line_count = 0;
    while (rest.n > 0) {
        struct text line = text_next_line(&rest);
        b->line_count++;
        if (block_read(line).kind == BLOCK_NONE)
            continue;
        b->blocks = mem_grow(b->blocks, &b->block_capacity, b->block_count + 1, sizeof *b->blocks);
        struct build_block *block = &b->blocks[b->block_count++];
        *block = (struct build_block){b->line_count, line, -1, b->fault.line == b->line_count};
        for (int i = 0; i < b->outline->layer_count; i++)
            if (b->outline->layers[i].line == b->line_count)
                block->layer = i;
    }
    if (b->selected > b->line_count)
        b->selected = 0;
}

static void read_text(struct build *b)
{
    net_destroy(b->outline);
    err_clear(&b->fault);
    b->outline = net_outline(b->text, &b->fault);
    b->number++;
    read_blocks(b);
}

static void forget(char **texts, int *count)
{
    while (*count > 0)
        free(texts[--*count]);
}

static void push(char **texts, int *count, char *text)
{
    if (*count == BUILD_UNDO) {
        free(texts[0]);
        memmove(texts, texts + 1, (BUILD_UNDO - 1) * sizeof *texts);
        --*count;
    }
    texts[(*count)++] = text;
}

static bool check(const char *text, struct err *err)
{
    struct text rest = text_of(text);
    if (rest.n > BUILD_TEXT)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "the text has %zu bytes, expected at most %d; write a longer network in an "
                       "editor and open its file",
                       rest.n, BUILD_TEXT);
    for (int line = 1; rest.n > 0; line++)
        if (text_next_line(&rest).n > BUILD_LINE)
            return err_set(err, ERR_USAGE, NULL, 0, "line %d has more than %d bytes", line,
                           BUILD_LINE);
    return true;
}

bool build_take(struct build *b, const char *text, int typed, struct err *err)
{
    size_t n = strlen(text);
    bool ended = n == 0 || text[n - 1] == '\n';
    if (!check(text, err))
        return false;
    if (b->text && strcmp(b->text, text) == 0)
        return true;
    char *copy = mem_zalloc(n + 2, 1);
    memcpy(copy, text, n);
    if (!ended)
        copy[n] = '\n';
    forget(b->next, &b->next_count);
    if (b->text && (!typed || typed != b->typed)) /* typing on in a line is one change */
        push(b->past, &b->past_count, b->text);
    else
        free(b->text);
    b->text = copy;
    b->typed = typed;
    read_text(b);
    return true;
}

bool build_undo(struct build *b, bool redo, struct err *err)
{
    char **from = redo ? b->next : b->past, **to = redo ? b->past : b->next;
    int *from_count = redo ? &b->next_count : &b->past_count;
    int *to_count = redo ? &b->past_count : &b->next_count;
    if (*from_count == 0)
        return err_set(err, ERR_STATE, NULL, 0,
                       redo ? N_("there is no change of the text to make again")
                            : N_("there is no change of the text to take back"));
    push(to, to_count, b->text);
    b->text = from[--*from_count];
    b->typed = 0;
    read_text(b);
    return true;
}

void build_end(struct build *b)
{
    forget(b->past, &b->past_count);
    forget(b->next, &b->next_count);
    net_destroy(b->outline);
    free(b->blocks);
    free(b->text);
    memset(b, 0, sizeof *b);
}

struct text build_line(const struct build *b, int n)
{
    struct text rest = text_of(b->text), line = {"", 0};
    for (int i = 0; i < n; i++)
        line = text_next_line(&rest);
    return line;
}

/* Where line n begins. */
static size_t offset_of(const char *text, int n)
{
    const char *at = text;
    for (int i = 1; i < n && *at; i++) {
        const char *end = strchr(at, '\n');
        at = end ? end + 1 : at + strlen(at);
    }
    return (size_t)(at - text);
}

bool build_replace(struct build *b, int n, int count, const char *lines, int typed, struct err *err)
{
    size_t from = offset_of(b->text, n), to = offset_of(b->text, n + count);
    size_t before = strlen(b->text), added = strlen(lines);
    char *text = mem_zalloc(before + added + 1, 1);
    memcpy(text, b->text, from);
    memcpy(text + from, lines, added);
    memcpy(text + from + added, b->text + to, before - to);
    bool done = build_take(b, text, typed, err);
    free(text);
    return done;
}

const struct build_view *build_look(struct build *b)
{
    b->view = (struct build_view){.text = b->text,
                                  .blocks = b->blocks,
                                  .block_count = b->block_count,
                                  .line_count = b->line_count,
                                  .outline = b->outline,
                                  .fault = b->fault.message,
                                  .fault_line = b->fault.line,
                                  .selected = b->selected,
                                  .can_undo = b->past_count > 0,
                                  .can_redo = b->next_count > 0,
                                  .number = b->number};
    return &b->view;
}
