/* Editing UTF-8, one line or several: caret, selection, clipboard. */
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/ui/widget.h"

void text_edit_init(struct text_edit *e, char *buffer, int size)
{
    *e = (struct text_edit){.text = buffer, .size = size};
    buffer[0] = 0;
}

/* The longest part of text, whole characters, in at most `most` bytes. */
static int whole_characters(const char *text, int most)
{
    int n = (int)strlen(text);
    if (n <= most)
        return n;
    n = most < 0 ? 0 : most;
    while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
        n--;
    return n;
}

void text_edit_set(struct text_edit *e, const char *text)
{
    int n = whole_characters(text, e->size - 1);
    memmove(e->text, text, (size_t)n);
    e->text[n] = 0;
    e->caret = e->anchor = n;
    e->scroll = 0;
}

/* The buffer is the caller's and may have changed under the caret. */
static void keep_inside(struct text_edit *e)
{
    int n = (int)strlen(e->text);
    e->caret = e->caret < 0 ? 0 : e->caret > n ? n : e->caret;
    e->anchor = e->anchor < 0 ? 0 : e->anchor > n ? n : e->anchor;
}

static int before(const struct text_edit *e, int at)
{
    if (at > 0)
        at--;
    while (at > 0 && ((unsigned char)e->text[at] & 0xc0) == 0x80)
        at--;
    return at;
}

static int after(const struct text_edit *e, int at)
{
    if (e->text[at])
        at++;
    while (((unsigned char)e->text[at] & 0xc0) == 0x80)
        at++;
    return at;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static int word_before(const struct text_edit *e, int at)
{
    while (at > 0 && is_blank(e->text[at - 1]))
        at--;
    while (at > 0 && !is_blank(e->text[at - 1]))
        at--;
    return at;
}

static int word_after(const struct text_edit *e, int at)
{
    while (e->text[at] && !is_blank(e->text[at]))
        at++;
    while (is_blank(e->text[at]))
        at++;
    return at;
}

static int line_start(const struct text_edit *e, int at)
{
    while (e->lines && at > 0 && e->text[at - 1] != '\n')
        at--;
    return e->lines ? at : 0;
}

static int line_end(const struct text_edit *e, int at)
{
    while (e->text[at] && (!e->lines || e->text[at] != '\n'))
        at++;
    return at;
}

/* The same column, counted in characters, `by` lines on. */
static int line_beside(const struct text_edit *e, int by)
{
    int start = line_start(e, e->caret), column = 0, to = start;
    for (int at = start; at < e->caret; at = after(e, at))
        column++;
    for (; by < 0; by++) {
        if (to == 0)
            return 0;
        to = line_start(e, to - 1);
    }
    for (; by > 0; by--) {
        int end = line_end(e, to);
        if (!e->text[end])
            return end;
        to = end + 1;
    }
    for (int end = line_end(e, to); column > 0 && to < end; column--)
        to = after(e, to);
    return to;
}

static void remove_between(struct text_edit *e, int from, int to)
{
    memmove(e->text + from, e->text + to, strlen(e->text + to) + 1);
    e->caret = e->anchor = from;
}

static bool remove_selection(struct text_edit *e)
{
    if (e->caret == e->anchor)
        return false;
    int from = e->caret < e->anchor ? e->caret : e->anchor;
    remove_between(e, from, e->caret + e->anchor - from);
    return true;
}

void text_edit_insert(struct text_edit *e, const char *utf8)
{
    keep_inside(e);
    remove_selection(e);
    int have = (int)strlen(e->text);
    int n = whole_characters(utf8, e->size - 1 - have);
    memmove(e->text + e->caret + n, e->text + e->caret, (size_t)(have - e->caret + 1));
    for (int i = 0; i < n; i++)
        e->text[e->caret + i] =
            (unsigned char)utf8[i] < ' ' && !(e->lines && utf8[i] == '\n') ? ' ' : utf8[i];
    e->caret = e->anchor = e->caret + n;
}

static void copy_selection(const struct text_edit *e, const struct ui_clipboard *clipboard)
{
    int from = e->caret < e->anchor ? e->caret : e->anchor;
    int to = e->caret + e->anchor - from;
    if (from == to || !clipboard || !clipboard->set)
        return;
    char *part = strndup(e->text + from, (size_t)(to - from));
    if (part)
        clipboard->set(clipboard->context, part);
    free(part);
}

static void paste(struct text_edit *e, const struct ui_clipboard *clipboard)
{
    char *text = clipboard && clipboard->get ? clipboard->get(clipboard->context) : NULL;
    if (text && text_is_utf8(text, strlen(text)))
        text_edit_insert(e, text);
    free(text);
}

static bool edit_by_clipboard(struct text_edit *e, unsigned key,
                              const struct ui_clipboard *clipboard)
{
    switch (key) {
    case 'A':
        e->anchor = 0;
        e->caret = (int)strlen(e->text);
        return true;
    case 'C':
        copy_selection(e, clipboard);
        return true;
    case 'X':
        copy_selection(e, clipboard);
        remove_selection(e);
        return true;
    case 'V':
        paste(e, clipboard);
        return true;
    default:
        return false;
    }
}

/* Where the caret goes by this key; -1 when it is not one of moving. */
static int moved_caret(const struct text_edit *e, struct ui_chord key)
{
    bool word = key.mods & MOD_CTRL, keep = key.mods & MOD_SHIFT;
    int low = e->caret < e->anchor ? e->caret : e->anchor, high = e->caret + e->anchor - low;
    switch (key.key) {
    case KEY_LEFT:
        if (!keep && !word && low != high)
            return low;
        return word ? word_before(e, e->caret) : before(e, e->caret);
    case KEY_RIGHT:
        if (!keep && !word && low != high)
            return high;
        return word ? word_after(e, e->caret) : after(e, e->caret);
    case KEY_HOME:
        return word ? 0 : line_start(e, e->caret);
    case KEY_END:
        return word ? (int)strlen(e->text) : line_end(e, e->caret);
    case KEY_UP:
    case KEY_DOWN:
        return e->lines && !word ? line_beside(e, key.key == KEY_UP ? -1 : 1) : -1;
    default:
        return -1;
    }
}

bool text_edit_key(struct text_edit *e, struct ui_chord key, const struct ui_clipboard *clipboard)
{
    keep_inside(e);
    bool word = key.mods & MOD_CTRL;
    int to = moved_caret(e, key);
    if (to >= 0) {
        e->caret = to;
        if (!(key.mods & MOD_SHIFT))
            e->anchor = to;
        return true;
    }
    if (key.key == KEY_BACKSPACE) {
        if (!remove_selection(e))
            remove_between(e, word ? word_before(e, e->caret) : before(e, e->caret), e->caret);
        return true;
    }
    if (key.key == KEY_DELETE) {
        int at = e->caret;
        if (!remove_selection(e))
            remove_between(e, at, word ? word_after(e, at) : after(e, at));
        return true;
    }
    return (key.mods & MOD_CTRL) && edit_by_clipboard(e, key.key, clipboard);
}
