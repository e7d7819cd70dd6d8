#include "glassnet/ui/render_sdl.h"

#include <SDL.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "glassnet/base/mem.h"

struct window {
    SDL_Window *window;
    SDL_Renderer *renderer;
    SDL_Texture *texture;
    int texture_w, texture_h;
    Uint32 wake_event;
    float scale_x, scale_y; /* output pixels per window unit */
};

static void update_scale(struct window *win)
{
    int w = 1, h = 1, out_w = 1, out_h = 1;
    SDL_GetWindowSize(win->window, &w, &h);
    SDL_GetRendererOutputSize(win->renderer, &out_w, &out_h);
    win->scale_x = w > 0 ? (float)out_w / (float)w : 1;
    win->scale_y = h > 0 ? (float)out_h / (float)h : 1;
}

static bool fail(struct window *win, const char *what, struct err *err)
{
    err_set(err, ERR_STATE, NULL, 0, "%s: %s", what, SDL_GetError());
    window_close(win);
    return false;
}

/* Without a GPU OpenGL is computed on the CPU, too: slower than SDL's own copying of pixels, later
 * to start and 100 MB larger. On systems that don't say it there is one. */
static bool has_gpu(void)
{
#ifdef __linux__
    static const char *const devices[] = {"/dev/dri", "/dev/nvidiactl", "/dev/dxg"};
    const char *wanted = getenv("SDL_RENDER_DRIVER");
    if (wanted && *wanted)
        return true;
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
        if (access(devices[i], F_OK) == 0)
            return true;
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    return false;
#else
    return true;
#endif
}

static bool start(struct window *win, const char *title, int w, int h, bool full_screen,
                  struct err *err)
{
    SDL_SetHint(SDL_HINT_RENDER_BATCHING, "1");
    SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    /* Ctrl+C in the terminal ends the program as everywhere. */
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    if (SDL_InitSubSystem(SDL_INIT_VIDEO | SDL_INIT_EVENTS) != 0)
        return fail(win, "no window can be opened here", err);
    Uint32 flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
    if (full_screen)
        flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
    win->window =
        SDL_CreateWindow(title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, w, h, flags);
    if (!win->window)
        return fail(win, "the window cannot be opened", err);
    SDL_SetWindowMinimumSize(win->window, 640, 360);
    win->renderer = has_gpu() ? SDL_CreateRenderer(win->window, -1, 0) : NULL;
    if (!win->renderer)
        win->renderer = SDL_CreateRenderer(win->window, -1, SDL_RENDERER_SOFTWARE);
    if (!win->renderer)
        return fail(win, "the window cannot be drawn into", err);
    win->wake_event = SDL_RegisterEvents(1);
    SDL_EventState(SDL_DROPFILE, SDL_ENABLE);
    SDL_StopTextInput();
    update_scale(win);
    return true;
}

struct window *window_open(const char *title, int w, int h, bool full_screen, struct err *err)
{
    struct window *win = mem_zalloc(1, sizeof *win);
    return start(win, title, w, h, full_screen, err) ? win : NULL;
}

/* SDL wakes its own waiting by a message to the window, on a second connection to the X server. One
 * that arrives after the window is gone is an error that ends the program: so what is under way is
 * given time to arrive. */
static void let_messages_arrive(struct window *win)
{
    const Uint32 pause = 20;
    SDL_HideWindow(win->window);
    for (int k = 0; k < 2; k++) {
        SDL_PumpEvents();
        SDL_Delay(pause);
    }
}

void window_close(struct window *win)
{
    if (!win)
        return;
    if (win->texture)
        SDL_DestroyTexture(win->texture);
    if (win->renderer)
        SDL_DestroyRenderer(win->renderer);
    if (win->window) {
        let_messages_arrive(win);
        SDL_DestroyWindow(win->window);
    }
    if (SDL_WasInit(SDL_INIT_VIDEO))
        SDL_QuitSubSystem(SDL_INIT_VIDEO | SDL_INIT_EVENTS);
    free(win);
}

unsigned window_id(const struct window *win)
{
    return SDL_GetWindowID(win->window);
}

void window_size(const struct window *win, int *w, int *h)
{
    SDL_GetRendererOutputSize(win->renderer, w, h);
}

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
        update_scale(win);
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

/* A texture of this size; true in *fresh when its content is not yet there. */
static bool fit_texture(struct window *win, int w, int h, bool *fresh)
{
    *fresh = false;
    if (win->texture && win->texture_w == w && win->texture_h == h)
        return true;
    if (win->texture)
        SDL_DestroyTexture(win->texture);
    win->texture = SDL_CreateTexture(win->renderer, SDL_PIXELFORMAT_ARGB8888,
                                     SDL_TEXTUREACCESS_STREAMING, w, h);
    win->texture_w = w;
    win->texture_h = h;
    *fresh = true;
    return win->texture != NULL;
}

bool window_present(struct window *win, const uint32_t *pixels, int w, int h,
                    const struct rect *damage, int n_damage, struct err *err)
{
    bool fresh;
    if (!fit_texture(win, w, h, &fresh))
        return err_set(err, ERR_STATE, NULL, 0, "the window's picture cannot be made: %s",
                       SDL_GetError());
    if (n_damage < 0 || fresh) {
        SDL_UpdateTexture(win->texture, NULL, pixels, w * 4);
    } else {
        for (int i = 0; i < n_damage; i++) {
            const SDL_Rect part = {(int)damage[i].x, (int)damage[i].y, (int)damage[i].w,
                                   (int)damage[i].h};
            SDL_UpdateTexture(win->texture, &part, pixels + (long)part.y * w + part.x, w * 4);
        }
    }
    const SDL_Rect whole = {0, 0, w, h};
    SDL_RenderClear(win->renderer);
    SDL_RenderCopy(win->renderer, win->texture, NULL, &whole);
    SDL_RenderPresent(win->renderer);
    return true;
}

void window_set_title(struct window *win, const char *title)
{
    SDL_SetWindowTitle(win->window, title);
}

void window_set_full_screen(struct window *win, bool on)
{
    SDL_SetWindowFullscreen(win->window, on ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
}

bool window_is_full_screen(const struct window *win)
{
    return (SDL_GetWindowFlags(win->window) & SDL_WINDOW_FULLSCREEN_DESKTOP) != 0;
}

void window_set_text_input(struct window *win, bool on, struct rect r)
{
    SDL_Rect near = {(int)(r.x / win->scale_x), (int)(r.y / win->scale_y),
                     (int)(r.w / win->scale_x), (int)(r.h / win->scale_y)};
    if (on)
        SDL_SetTextInputRect(&near);
    if (on == (SDL_IsTextInputActive() == SDL_TRUE))
        return;
    if (on)
        SDL_StartTextInput();
    else
        SDL_StopTextInput();
}

char *window_clipboard_get(struct window *win)
{
    (void)win;
    if (!SDL_HasClipboardText())
        return NULL;
    char *text = SDL_GetClipboardText();
    char *copy = text ? mem_strdup(text) : NULL;
    SDL_free(text);
    return copy;
}

void window_clipboard_set(struct window *win, const char *text)
{
    (void)win;
    SDL_SetClipboardText(text);
}

double window_time(void)
{
    return (double)SDL_GetPerformanceCounter() * 1000 / (double)SDL_GetPerformanceFrequency();
}
