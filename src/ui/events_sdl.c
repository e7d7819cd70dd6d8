/* Events of SDL become ours. */
#include <SDL.h>
#include <string.h>

#include "sdl_own.h"

static unsigned mods_now(Uint16 m)
{
    return (m & KMOD_SHIFT ? (unsigned)MOD_SHIFT : 0) |
           (m & (KMOD_CTRL | KMOD_GUI) ? (unsigned)MOD_CTRL : 0) |
           (m & KMOD_ALT ? (unsigned)MOD_ALT : 0);
}

static const struct {
    SDL_Keycode sdl;
    unsigned key;
} key_table[] = {{SDLK_LEFT, KEY_LEFT},
                 {SDLK_RIGHT, KEY_RIGHT},
                 {SDLK_UP, KEY_UP},
                 {SDLK_DOWN, KEY_DOWN},
                 {SDLK_PAGEUP, KEY_PAGE_UP},
                 {SDLK_PAGEDOWN, KEY_PAGE_DOWN},
                 {SDLK_HOME, KEY_HOME},
                 {SDLK_END, KEY_END},
                 {SDLK_RETURN, KEY_ENTER},
                 {SDLK_KP_ENTER, KEY_ENTER},
                 {SDLK_ESCAPE, KEY_ESCAPE},
                 {SDLK_TAB, KEY_TAB},
                 {SDLK_BACKSPACE, KEY_BACKSPACE},
                 {SDLK_DELETE, KEY_DELETE},
                 {SDLK_INSERT, KEY_INSERT},
                 {SDLK_KP_PLUS, '+'},
                 {SDLK_KP_MINUS, '-'},
                 {SDLK_KP_0, '0'}};

static unsigned key_of(SDL_Keycode sym)
{
    for (size_t i = 0; i < sizeof key_table / sizeof *key_table; i++)
        if (key_table[i].sdl == sym)
            return key_table[i].key;
    if (sym >= SDLK_F1 && sym <= SDLK_F12)
        return KEY_F1 + (unsigned)(sym - SDLK_F1);
    if (sym >= 'a' && sym <= 'z')
        return (unsigned)(sym - 'a' + 'A');
    return sym >= ' ' && sym < 0x10000 && sym != 127 ? (unsigned)sym : KEY_NONE;
}

/* SDL names a key by its unshifted sign. The signs that are shortcuts are put right for the
 * layouts where they are shifted: '/' (US), 0xdf (German) for '?', '=' (US) for '+'. */
static void shifted_sign(struct ui_event *e)
{
    if (!(e->mods & MOD_SHIFT))
        return;
    unsigned sign = e->key == '/' || e->key == 0xdf ? '?' : e->key == '=' ? '+' : 0;
    if (!sign)
        return;
    e->key = sign;
    e->mods &= ~(unsigned)MOD_SHIFT;
}

static void place(const struct window *win, struct ui_event *e, int x, int y)
{
    e->x = (float)x * win->scale_x;
    e->y = (float)y * win->scale_y;
    e->mods = mods_now((Uint16)SDL_GetModState());
}

static bool translate_button(const struct window *win, const SDL_MouseButtonEvent *b,
                             struct ui_event *e)
{
    if (b->button < SDL_BUTTON_LEFT || b->button > SDL_BUTTON_RIGHT)
        return false;
    e->kind = b->type == SDL_MOUSEBUTTONDOWN ? EVENT_MOUSE_DOWN : EVENT_MOUSE_UP;
    e->button = b->button - SDL_BUTTON_LEFT;
    e->clicks = b->clicks;
    place(win, e, b->x, b->y);
    /* A drag that leaves the window must end when the button goes up outside. */
    SDL_CaptureMouse(b->type == SDL_MOUSEBUTTONDOWN ? SDL_TRUE : SDL_FALSE);
    return true;
}

/* Two fingers: how much their distance changed, in notches of the wheel. */
static bool translate_pinch(const struct window *win, const SDL_MultiGestureEvent *g,
                            struct ui_event *e)
{
    const float notches = 16; /* for fingers that part by the whole height */
    int w = 1, h = 1;
    if (g->numFingers != 2)
        return false;
    SDL_GetWindowSize(win->window, &w, &h);
    e->kind = EVENT_PINCH;
    e->x = g->x * (float)w * win->scale_x;
    e->y = g->y * (float)h * win->scale_y;
    e->dy = g->dDist * notches;
    return true;
}

static bool translate_window(struct window *win, const SDL_WindowEvent *w, struct ui_event *e)
{
    switch (w->event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        win->stale = true;
        window_update_scale(win);
        e->kind = EVENT_RESIZE;
        window_size(win, &e->w, &e->h);
        return true;
    case SDL_WINDOWEVENT_EXPOSED:
        e->kind = EVENT_EXPOSE;
        return true;
    case SDL_WINDOWEVENT_LEAVE:
        e->kind = EVENT_MOUSE_LEAVE;
        return true;
    case SDL_WINDOWEVENT_CLOSE:
        e->kind = EVENT_CLOSE;
        return true;
    default:
        return false;
    }
}

static unsigned window_of(const SDL_Event *s)
{
    switch (s->type) {
    case SDL_MOUSEMOTION:
        return s->motion.windowID;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        return s->button.windowID;
    case SDL_MOUSEWHEEL:
        return s->wheel.windowID;
    case SDL_KEYDOWN:
        return s->key.windowID;
    case SDL_TEXTINPUT:
        return s->text.windowID;
    case SDL_DROPFILE:
        return s->drop.windowID;
    case SDL_WINDOWEVENT:
        return s->window.windowID;
    default:
        return 0;
    }
}

static bool translate(struct window *win, const SDL_Event *s, struct ui_event *e)
{
    memset(e, 0, sizeof *e);
    e->window = window_of(s);
    switch (s->type) {
    case SDL_QUIT:
        e->kind = EVENT_QUIT;
        return true;
    case SDL_MOUSEMOTION:
        e->kind = EVENT_MOUSE_MOVE;
        place(win, e, s->motion.x, s->motion.y);
        return true;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        return translate_button(win, &s->button, e);
    case SDL_MOUSEWHEEL:
        e->kind = EVENT_WHEEL;
        e->dx = s->wheel.preciseX;
        e->dy = s->wheel.preciseY;
        e->mods = mods_now((Uint16)SDL_GetModState());
        return true;
    case SDL_MULTIGESTURE:
        return translate_pinch(win, &s->mgesture, e);
    case SDL_KEYDOWN:
        e->kind = EVENT_KEY;
        e->key = key_of(s->key.keysym.sym);
        e->mods = mods_now(s->key.keysym.mod);
        e->repeat = s->key.repeat != 0;
        shifted_sign(e);
        return e->key != KEY_NONE;
    case SDL_TEXTINPUT:
        e->kind = EVENT_TEXT;
        SDL_strlcpy(e->text, s->text.text, sizeof e->text);
        return true;
    case SDL_DROPFILE:
        e->kind = EVENT_DROP;
        SDL_strlcpy(e->text, s->drop.file, sizeof e->text);
        SDL_free(s->drop.file);
        return true;
    case SDL_WINDOWEVENT:
        return translate_window(win, &s->window, e);
    case SDL_RENDER_TARGETS_RESET:
    case SDL_RENDER_DEVICE_RESET:
        win->texture_w = 0;
        e->kind = EVENT_EXPOSE;
        return true;
    default:
        if (s->type != win->wake_event)
            return false;
        e->kind = EVENT_WAKE;
        return true;
    }
}

bool window_poll(struct window *win, struct ui_event *event)
{
    SDL_Event s;
    while (SDL_PollEvent(&s))
        if (translate(win, &s, event))
            return true;
    return false;
}

bool window_wait(struct window *win, int timeout_ms, struct ui_event *event)
{
    double end = window_time() + timeout_ms;
    for (;;) {
        SDL_Event s;
        double left = timeout_ms < 0 ? 1000 : end - window_time();
        if (SDL_WaitEventTimeout(&s, left > 0 ? (int)left : 0)) {
            if (translate(win, &s, event))
                return true;
        } else if (timeout_ms >= 0) {
            return false;
        }
        if (timeout_ms >= 0 && window_time() >= end)
            return window_poll(win, event);
    }
}

void window_wake(struct window *win)
{
    SDL_Event s;
    memset(&s, 0, sizeof s);
    s.type = win->wake_event;
    SDL_PushEvent(&s);
}
