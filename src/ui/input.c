#include "glassnet/ui/input.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "glassnet/base/text.h"

static const char *const key_names[KEY_END_NAMED - KEY_FIRST_NAMED] = {
    "Left",   "Right", "Up",        "Down",   "PageUp", "PageDown", "Home", "End", "Enter",
    "Escape", "Tab",   "Backspace", "Delete", "Insert", "F1",       "F2",   "F3",  "F4",
    "F5",     "F6",    "F7",        "F8",     "F9",     "F10",      "F11",  "F12"};

static const struct {
    const char *name;
    unsigned mod;
} mod_names[] = {{"Ctrl+", MOD_CTRL}, {"Alt+", MOD_ALT}, {"Shift+", MOD_SHIFT}};

static bool take_mod(const char **name, unsigned *mods)
{
    for (size_t i = 0; i < sizeof mod_names / sizeof *mod_names; i++) {
        size_t n = strlen(mod_names[i].name);
        if (strncasecmp(*name, mod_names[i].name, n) == 0 && (*name)[n]) {
            *mods |= mod_names[i].mod;
            *name += n;
            return true;
        }
    }
    return false;
}

bool key_parse(const char *name, struct ui_chord *chord)
{
    *chord = (struct ui_chord){0, KEY_NONE};
    while (take_mod(&name, &chord->mods))
        ;
    for (int i = 0; i < KEY_END_NAMED - KEY_FIRST_NAMED; i++)
        if (strcasecmp(name, key_names[i]) == 0)
            chord->key = KEY_FIRST_NAMED + (unsigned)i;
    if (strcasecmp(name, "Space") == 0)
        chord->key = KEY_SPACE;
    if (chord->key)
        return true;
    if (!*name || !text_is_utf8(name, strlen(name)))
        return false;
    unsigned code_point = text_decode(&name);
    if (*name || code_point <= ' ' || code_point == 127)
        return false;
    if (code_point >= 'a' && code_point <= 'z')
        code_point -= 'a' - 'A';
    chord->key = code_point;
    return true;
}

static void encode(unsigned cp, char out[5])
{
    int n = 0;
    if (cp < 0x80) {
        out[n++] = (char)cp;
    } else if (cp < 0x800) {
        out[n++] = (char)(0xc0 | cp >> 6);
        out[n++] = (char)(0x80 | (cp & 63));
    } else if (cp < 0x10000) {
        out[n++] = (char)(0xe0 | cp >> 12);
        out[n++] = (char)(0x80 | (cp >> 6 & 63));
        out[n++] = (char)(0x80 | (cp & 63));
    } else {
        out[n++] = (char)(0xf0 | cp >> 18);
        out[n++] = (char)(0x80 | (cp >> 12 & 63));
        out[n++] = (char)(0x80 | (cp >> 6 & 63));
        out[n++] = (char)(0x80 | (cp & 63));
    }
    out[n] = 0;
}

char *key_print(struct ui_chord chord, char *out, size_t size)
{
    char sign[5];
    const char *name = sign;
    if (chord.key >= KEY_FIRST_NAMED && chord.key < KEY_END_NAMED)
        name = key_names[chord.key - KEY_FIRST_NAMED];
    else if (chord.key == KEY_SPACE)
        name = "Space";
    else
        encode(chord.key, sign);
    snprintf(out, size, "%s%s%s%s", chord.mods & MOD_CTRL ? "Ctrl+" : "",
             chord.mods & MOD_ALT ? "Alt+" : "", chord.mods & MOD_SHIFT ? "Shift+" : "", name);
    return out;
}

struct ui_event event_mouse(enum ui_event_kind kind, float x, float y)
{
    return (struct ui_event){.kind = kind, .x = x, .y = y, .clicks = 1};
}

struct ui_event event_key(const char *name)
{
    struct ui_chord chord;
    if (!key_parse(name, &chord))
        return (struct ui_event){.kind = EVENT_NONE};
    return (struct ui_event){.kind = EVENT_KEY, .key = chord.key, .mods = chord.mods};
}

struct ui_event event_text(const char *utf8)
{
    struct ui_event e = {.kind = EVENT_TEXT};
    snprintf(e.text, sizeof e.text, "%s", utf8);
    return e;
}

void input_init(struct ui_input *in)
{
    memset(in, 0, sizeof *in);
    in->mouse_x = in->mouse_y = -1e5f;
}

void input_begin(struct ui_input *in)
{
    in->moved_x = in->moved_y = in->wheel_x = in->wheel_y = in->pinch = 0;
    in->wheel_taken = false;
    in->clicks = in->n_keys = 0;
    in->text[0] = in->drop[0] = 0;
    for (int i = 0; i < 3; i++)
        in->pressed[i] = in->released[i] = false;
}

static void move_to(struct ui_input *in, const struct ui_event *e)
{
    if (in->mouse_x > -1e4f) {
        in->moved_x += e->x - in->mouse_x;
        in->moved_y += e->y - in->mouse_y;
    }
    in->mouse_x = e->x;
    in->mouse_y = e->y;
}

static bool feed_button(struct ui_input *in, const struct ui_event *e)
{
    bool goes_down = e->kind == EVENT_MOUSE_DOWN;
    if (e->button < 0 || e->button > 2)
        return true;
    if (in->pressed[e->button] || in->released[e->button])
        return false;
    move_to(in, e);
    in->down[e->button] = goes_down;
    if (!goes_down) {
        in->released[e->button] = true;
        return true;
    }
    in->pressed[e->button] = true;
    in->clicks = e->clicks > 0 ? e->clicks : 1;
    if (e->button == MOUSE_LEFT) {
        in->press_x = e->x;
        in->press_y = e->y;
    }
    return true;
}

static bool feed_key(struct ui_input *in, const struct ui_event *e)
{
    /* Text typed before this key must reach the field before it. */
    if (in->n_keys == INPUT_KEYS || in->text[0])
        return false;
    in->keys[in->n_keys++] = (struct ui_key_press){{e->mods, e->key}, e->repeat, false};
    return true;
}

static bool feed_text(struct ui_input *in, const struct ui_event *e)
{
    size_t have = strlen(in->text), more = strlen(e->text);
    if (have + more >= sizeof in->text) {
        if (have)
            return false;
        more = 0; /* longer than any frame holds: not typed by a person */
    }
    memcpy(in->text + have, e->text, more);
    in->text[have + more] = 0;
    return true;
}

bool input_feed(struct ui_input *in, const struct ui_event *e)
{
    switch (e->kind) {
    case EVENT_MOUSE_MOVE:
        /* A drag ends where the button went up. */
        if (in->released[MOUSE_LEFT])
            return false;
        in->mods = e->mods;
        move_to(in, e);
        return true;
    case EVENT_MOUSE_DOWN:
    case EVENT_MOUSE_UP:
        in->mods = e->mods;
        return feed_button(in, e);
    case EVENT_MOUSE_LEAVE:
        in->mouse_x = in->mouse_y = -1e5f;
        return true;
    case EVENT_WHEEL:
        in->mods = e->mods;
        in->wheel_x += e->dx;
        in->wheel_y += e->dy;
        return true;
    case EVENT_PINCH:
        move_to(in, e);
        in->pinch += e->dy;
        return true;
    case EVENT_KEY:
        in->mods = e->mods;
        return feed_key(in, e);
    case EVENT_TEXT:
        return feed_text(in, e);
    case EVENT_DROP:
        snprintf(in->drop, sizeof in->drop, "%s", e->text);
        return true;
    case EVENT_QUIT:
        in->quit = true;
        return true;
    default:
        return true;
    }
}
