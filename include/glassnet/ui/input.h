/* What the user does, in the interface's own words: events, key names and one frame's input.
 *
 * Scripts, tests and the real window all produce the same events. Mouse positions are output
 * pixels. */
#ifndef GLASSNET_UI_INPUT_H
#define GLASSNET_UI_INPUT_H

#include <stdbool.h>
#include <stddef.h>

enum ui_mod {
    MOD_SHIFT = 1,
    MOD_CTRL = 2, /* or Cmd on a Mac */
    MOD_ALT = 4
};

/* Keys that write a character are that character's code point, letters in upper case; the rest
 * have numbers above Unicode. */
enum ui_key {
    KEY_NONE = 0,
    KEY_SPACE = ' ',
    KEY_FIRST_NAMED = 0x110000,
    KEY_LEFT = KEY_FIRST_NAMED,
    KEY_RIGHT,
    KEY_UP,
    KEY_DOWN,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_HOME,
    KEY_END,
    KEY_ENTER,
    KEY_ESCAPE,
    KEY_TAB,
    KEY_BACKSPACE,
    KEY_DELETE,
    KEY_INSERT,
    KEY_F1,
    KEY_F2,
    KEY_F3,
    KEY_F4,
    KEY_F5,
    KEY_F6,
    KEY_F7,
    KEY_F8,
    KEY_F9,
    KEY_F10,
    KEY_F11,
    KEY_F12,
    KEY_END_NAMED
};

struct ui_chord {
    unsigned mods; /* enum ui_mod */
    unsigned key;  /* enum ui_key or a code point */
};

/* "Ctrl+C", "Shift+Tab", "Space", "PageDown", "F1", "+", "?" (any case); false when it names no
 * key. key_print writes the same form into out (32 bytes) and returns it. */
bool key_parse(const char *name, struct ui_chord *chord);
char *key_print(struct ui_chord chord, char *out, size_t size);

enum ui_event_kind {
    EVENT_NONE,
    EVENT_MOUSE_MOVE,
    EVENT_MOUSE_DOWN,
    EVENT_MOUSE_UP,
    EVENT_MOUSE_LEAVE,
    EVENT_WHEEL,  /* dx, dy in notches, dy > 0 away from the user (zoom in, scroll up) */
    EVENT_PINCH,  /* two fingers about x, y: dy in notches of the wheel, > 0 apart */
    EVENT_KEY,    /* key pressed, or repeating */
    EVENT_TEXT,   /* typed UTF-8 */
    EVENT_DROP,   /* a file dropped: its path in text */
    EVENT_RESIZE, /* new size of the output in pixels: w, h */
    EVENT_EXPOSE, /* the window must be shown again */
    EVENT_WAKE,   /* somebody called window_wake */
    EVENT_CLOSE,  /* the window it belongs to is to close */
    EVENT_QUIT
};

enum ui_mouse_button { MOUSE_LEFT, MOUSE_MIDDLE, MOUSE_RIGHT };

struct ui_event {
    enum ui_event_kind kind;
    unsigned window; /* window_id of the one it belongs to; 0: none in particular */
    float x, y;      /* mouse */
    float dx, dy;    /* wheel */
    int button;      /* enum ui_mouse_button */
    int clicks;      /* 2 for a double click */
    unsigned mods;   /* held during the event */
    unsigned key;    /* EVENT_KEY */
    bool repeat;
    int w, h;
    char text[1024]; /* EVENT_TEXT, EVENT_DROP */
};

struct ui_event event_mouse(enum ui_event_kind kind, float x, float y);
struct ui_event event_key(const char *name); /* by key_parse; EVENT_NONE when it names no key */
struct ui_event event_text(const char *utf8);

enum { INPUT_KEYS = 16 };

struct ui_key_press {
    struct ui_chord chord;
    bool repeat;
    bool taken; /* a widget has used it */
};

/* What happened since the last frame, and what is held. */
struct ui_input {
    float mouse_x, mouse_y; /* far outside when the pointer has left */
    float moved_x, moved_y; /* since the last frame */
    bool down[3];           /* held now */
    bool pressed[3];        /* went down in this frame */
    bool released[3];       /* went up in this frame */
    float press_x, press_y; /* where the left button last went down */
    int clicks;             /* of the press in this frame */
    float wheel_x, wheel_y; /* notches */
    bool wheel_taken;
    float pinch; /* notches, at mouse_x, mouse_y */
    unsigned mods;
    struct ui_key_press keys[INPUT_KEYS];
    int n_keys;
    char text[256];  /* typed in this frame */
    char drop[1024]; /* path of a dropped file, "" when none */
    bool quit;
};

void input_init(struct ui_input *in);
/* Forgets what was new in the last frame; what is held stays. */
void input_begin(struct ui_input *in);
/* Takes in one event. False when this frame can hold no more of its kind (a press and a release
 * of one button, keys beyond INPUT_KEYS): give it to the next frame instead. */
bool input_feed(struct ui_input *in, const struct ui_event *event);

#endif
