/* The text of a page: Markdown (md4c) into items and runs. Live numbers {CELL .2} are taken out
 * before md4c sees the text, because a * in them would be emphasis, and put back from marks. */
#include <ctype.h>
#include <md4c.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/reader.h"

/* Private-use characters around the number of a live number. */
#define MARK_OPEN  "\xEE\x80\x80"
#define MARK_CLOSE "\xEE\x80\x81"
enum { MARK = 3, DIGITS = 5 };

struct builder {
    struct reader *r;
    struct arena *arena;
    const char *source; /* marked text md4c reads */
    size_t size;
    int line;            /* of source's first byte */
    int now;             /* line of what was read last */
    struct list numbers; /* struct lesson_span */
    struct list spans;
    struct list words; /* char: of the span being gathered */
    unsigned style, next_break;
    int bold, italic, code;
    const char *glossary;
    bool inline_only;
    bool drop_first; /* the guard before inline text */
    bool in_item;    /* text belongs to *item */
    struct lesson_item item;
    int depth;         /* of lists */
    int numbering[16]; /* next number; 0: bullets */
    struct list cells;
    int columns, rows;
};

static void put(struct builder *b, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        *(char *)list_add(b->arena, &b->words, 1) = p[i];
}

static unsigned style_now(const struct builder *b)
{
    return (b->bold ? LESSON_BOLD : 0u) | (b->italic ? LESSON_ITALIC : 0u) |
           (b->code ? LESSON_CODE : 0u);
}

static void end_span(struct builder *b)
{
    if (b->words.count == 0)
        return;
    struct lesson_span *span = list_add(b->arena, &b->spans, sizeof *span);
    span->text = arena_strndup(b->arena, b->words.items, (size_t)b->words.count);
    span->style = style_now(b) | b->next_break;
    span->glossary = b->glossary;
    span->line = b->now;
    span->decimals = -1;
    b->next_break = 0;
    b->words.count = 0;
}

static void add_number(struct builder *b, const struct lesson_span *number)
{
    end_span(b);
    struct lesson_span *span = list_add(b->arena, &b->spans, sizeof *span);
    *span = *number;
    span->style = style_now(b) | b->next_break;
    b->next_break = 0;
}

static struct lesson_text take_text(struct builder *b)
{
    end_span(b);
    struct lesson_text t = {b->spans.count, b->spans.items};
    b->spans = (struct list){0};
    return t;
}

static void end_item(struct builder *b)
{
    if (!b->in_item)
        return;
    b->item.text = take_text(b);
    b->in_item = false;
    if (b->item.text.count == 0)
        return;
    struct lesson_item *item = list_add(b->arena, &b->r->items, sizeof *item);
    *item = b->item;
}

static void begin_item(struct builder *b, enum lesson_item_kind kind)
{
    end_item(b);
    b->item = (struct lesson_item){.kind = kind, .line = 0};
    b->in_item = true;
}

/* A number {EXPRESSION .DECIMALS} between p and end. */
static bool read_number(struct builder *b, struct text t, int line)
{
    struct lesson_span *span = list_add(b->arena, &b->numbers, sizeof *span);
    span->line = line;
    span->decimals = -1;
    t = text_trim(t);
    size_t n = t.n;
    if (n > 3 && t.p[n - 2] == '.' && isdigit((unsigned char)t.p[n - 1]) && t.p[n - 3] == ' ') {
        struct text before = text_trim((struct text){t.p, n - 3});
        if (before.n && !strchr("+-*/(,", before.p[before.n - 1])) {
            span->decimals = t.p[n - 1] - '0';
            t = before;
        }
    }
    if (t.n == 0)
        return reader_fail(
            b->r, line, "there is nothing between { and }; a live number is {CELL} or {CELL .2}");
    span->number = expression_parse(b->arena, t, b->r->path, line, b->r->err);
    if (!span->number)
        return false;
    span->text = expression_text(span->number);
    return true;
}

static void put_mark(struct builder *b, struct list *out, int number)
{
    char mark[2 * MARK + DIGITS] = MARK_OPEN;
    for (int i = DIGITS - 1; i >= 0; i--, number /= 10)
        mark[MARK + i] = (char)('0' + number % 10);
    memcpy(mark + MARK + DIGITS, MARK_CLOSE, MARK);
    for (size_t i = 0; i < sizeof mark; i++)
        *(char *)list_add(b->arena, out, 1) = mark[i];
}

/* Copies text with live numbers replaced by marks. */
static bool mark_numbers(struct builder *b, struct text t, struct list *out)
{
    int line = b->line;
    for (size_t i = 0; i < t.n; i++) {
        struct text rest = {t.p + i, t.n - i};
        if (text_starts(rest, MARK_OPEN) || text_starts(rest, MARK_CLOSE))
            return reader_fail(b->r, line, "the characters U+E000 and U+E001 cannot be used");
        line += t.p[i] == '\n';
        if (t.p[i] == '\\' && i + 1 < t.n) {
            *(char *)list_add(b->arena, out, 1) = t.p[i++];
        } else if (t.p[i] == '{') {
            size_t to = i + 1;
            while (to < t.n && t.p[to] != '}' && t.p[to] != '\n')
                to++;
            if (to == t.n || t.p[to] != '}')
                return reader_fail(b->r, line,
                                   "this { has no } in its line; a brace itself is written \\{");
            if (!read_number(b, (struct text){t.p + i + 1, to - i - 1}, line))
                return false;
            put_mark(b, out, b->numbers.count - 1);
            i = to;
            continue;
        }
        *(char *)list_add(b->arena, out, 1) = t.p[i];
    }
    return true;
}

/* first: its first number; 0 for bullets. */
static void begin_list(struct builder *b, int first)
{
    end_item(b);
    if (b->depth < 15)
        b->depth++;
    b->numbering[b->depth] = first;
}

static int on_enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct builder *b = context;
    if (b->inline_only)
        return 0;
    switch (type) {
    case MD_BLOCK_H:
        begin_item(b, LESSON_HEADING);
        b->item.level = (int)((MD_BLOCK_H_DETAIL *)detail)->level;
        break;
    case MD_BLOCK_P:
        if (!b->in_item || b->spans.count || b->words.count)
            begin_item(b, b->depth ? LESSON_LIST_ITEM : LESSON_PARAGRAPH);
        if (b->depth)
            b->item.level = b->depth - 1;
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        begin_list(b, type == MD_BLOCK_OL ? (int)((MD_BLOCK_OL_DETAIL *)detail)->start : 0);
        break;
    case MD_BLOCK_LI:
        begin_item(b, LESSON_LIST_ITEM);
        b->item.level = b->depth - 1;
        b->item.number = b->numbering[b->depth];
        b->numbering[b->depth] += b->numbering[b->depth] > 0;
        break;
    case MD_BLOCK_CODE:
        begin_item(b, LESSON_PREFORMATTED);
        break;
    case MD_BLOCK_TABLE:
        end_item(b);
        b->columns = (int)((MD_BLOCK_TABLE_DETAIL *)detail)->col_count;
        b->rows = 0;
        b->cells = (struct list){0};
        break;
    case MD_BLOCK_TR:
        b->rows++;
        break;
    default:
        break;
    }
    return 0;
}

static int on_leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct builder *b = context;
    (void)detail;
    if (b->inline_only)
        return 0;
    switch (type) {
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        *(struct lesson_text *)list_add(b->arena, &b->cells, sizeof(struct lesson_text)) =
            take_text(b);
        break;
    case MD_BLOCK_TABLE:
        if (b->cells.count == b->columns * b->rows) {
            struct lesson_item *item = list_add(b->arena, &b->r->items, sizeof *item);
            *item = (struct lesson_item){.kind = LESSON_TABLE,
                                         .line = b->now,
                                         .columns = b->columns,
                                         .rows = b->rows,
                                         .cells = b->cells.items};
        }
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        end_item(b);
        b->depth -= b->depth > 0;
        break;
    case MD_BLOCK_H:
    case MD_BLOCK_P:
    case MD_BLOCK_LI:
    case MD_BLOCK_CODE:
        end_item(b);
        break;
    default:
        break;
    }
    return 0;
}

static int change_style(struct builder *b, MD_SPANTYPE type, int by)
{
    end_span(b);
    if (type == MD_SPAN_STRONG)
        b->bold += by;
    else if (type == MD_SPAN_EM)
        b->italic += by;
    else if (type == MD_SPAN_CODE)
        b->code += by;
    return 0;
}

static int on_enter_span(MD_SPANTYPE type, void *detail, void *context)
{
    struct builder *b = context;
    change_style(b, type, 1);
    if (type == MD_SPAN_WIKILINK) {
        const MD_ATTRIBUTE *target = &((MD_SPAN_WIKILINK_DETAIL *)detail)->target;
        b->glossary = arena_strndup(b->arena, target->text, target->size);
    }
    return 0;
}

static int on_leave_span(MD_SPANTYPE type, void *detail, void *context)
{
    struct builder *b = context;
    (void)detail;
    change_style(b, type, -1);
    if (type == MD_SPAN_WIKILINK)
        b->glossary = NULL;
    return 0;
}

static void put_entity(struct builder *b, const char *p, size_t n)
{
    static const char *const known[][2] = {
        {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&nbsp;", "\u00A0"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_is((struct text){p, n}, known[i][0])) {
            put(b, known[i][1], strlen(known[i][1]));
            return;
        }
    put(b, p, n);
}

static void put_marked(struct builder *b, const char *p, size_t n)
{
    for (size_t i = 0; i < n;) {
        struct text rest = {p + i, n - i};
        if (text_starts(rest, MARK_OPEN) && rest.n >= 2 * MARK + DIGITS) {
            int number = 0;
            for (int d = 0; d < DIGITS; d++)
                number = 10 * number + (rest.p[MARK + d] - '0');
            add_number(b, (struct lesson_span *)b->numbers.items + number);
            i += 2 * MARK + DIGITS;
        } else {
            put(b, p + i, 1);
            i++;
        }
    }
}

static void note_line(struct builder *b, const char *p)
{
    if ((size_t)(p - b->source) >= b->size)
        return;
    b->now = b->line;
    for (const char *q = b->source; q < p; q++)
        b->now += *q == '\n';
    if (b->in_item && b->item.line == 0)
        b->item.line = b->now;
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n, void *context)
{
    struct builder *b = context;
    note_line(b, p);
    if (b->drop_first && n > 0) {
        b->drop_first = false;
        p++;
        n--;
    }
    if (type == MD_TEXT_BR) {
        end_span(b);
        b->next_break = LESSON_BREAK;
    } else if (type == MD_TEXT_SOFTBR) {
        put(b, " ", 1);
    } else if (type == MD_TEXT_ENTITY) {
        put_entity(b, p, n);
    } else {
        put_marked(b, p, n);
    }
    return 0;
}

static bool parse(struct builder *b, struct text t)
{
    struct list marked = {0};
    if (b->inline_only)
        *(char *)list_add(b->arena, &marked, 1) = '.';
    if (!mark_numbers(b, t, &marked))
        return false;
    b->source = marked.items;
    b->size = (size_t)marked.count;
    MD_PARSER parser = {.flags = MD_FLAG_TABLES | MD_FLAG_NOHTML | MD_FLAG_WIKILINKS |
                                 MD_FLAG_NOINDENTEDCODEBLOCKS,
                        .enter_block = on_enter_block,
                        .leave_block = on_leave_block,
                        .enter_span = on_enter_span,
                        .leave_span = on_leave_span,
                        .text = on_text};
    return md_parse(marked.items, (MD_SIZE)marked.count, &parser, b) == 0 ||
           reader_fail(b->r, b->line, "this text could not be read as Markdown");
}

bool reader_inline(struct reader *r, struct text t, int line, struct lesson_text *out)
{
    struct builder *b = mem_zalloc(1, sizeof *b);
    b->r = r;
    b->arena = &r->lesson->arena;
    b->line = b->now = line;
    b->inline_only = b->drop_first = true;
    bool ok = parse(b, text_trim(t));
    if (ok)
        *out = take_text(b);
    free(b);
    return ok;
}

bool reader_blocks(struct reader *r, struct text t, int line)
{
    struct builder *b = mem_zalloc(1, sizeof *b);
    b->r = r;
    b->arena = &r->lesson->arena;
    b->line = b->now = line;
    bool ok = parse(b, t);
    if (ok)
        end_item(b);
    free(b);
    return ok;
}
