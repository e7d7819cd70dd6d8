#include <SDL.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "sdl_own.h"

/* The surface in which a window without a renderer is drawn; another one after a change of size.
 * NULL: the system gives none. */
static SDL_Surface *surface_of(const struct window *win)
{
    return SDL_GetWindowSurface(win->window);
}

void window_update_scale(struct window *win)
{
    int w = 1, h = 1, out_w = 1, out_h = 1;
    SDL_GetWindowSize(win->window, &w, &h);
    window_size(win, &out_w, &out_h);
    win->scale_x = w > 0 ? (float)out_w / (float)w : 1;
    win->scale_y = h > 0 ? (float)out_h / (float)h : 1;
}

static bool fail(struct window *win, const char *what, struct err *err)
{
    err_set(err, ERR_STATE, NULL, 0, "%s: %s", what, SDL_GetError());
    window_close(win);
    return false;
}

/* Without a GPU OpenGL is computed on the CPU, too: slower than copying the pixels, later to start
 * and 100 MB larger. SDL's own renderer in software keeps the picture twice more, which takes 80 ms
 * of the first frame. On systems that don't say it there is a GPU. */
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

/* Black at first: so its memory has been handed over, to us and to the display's server, before
 * the first frame is there to be copied into it. */
static bool begin_surface(struct window *win)
{
    SDL_Surface *surface = surface_of(win);
    return surface && SDL_FillRect(surface, NULL, 0) == 0 &&
           SDL_UpdateWindowSurface(win->window) == 0;
}

/* The middle of a display; of another one than other's, where there are several. */
static int choose_place(const struct window *other)
{
    int own = other ? SDL_GetWindowDisplayIndex(other->window) : -1;
    int count = own >= 0 ? SDL_GetNumVideoDisplays() : 0;
    for (int i = 0; i < count; i++)
        if (i != own)
            return (int)SDL_WINDOWPOS_CENTERED_DISPLAY(i);
    return (int)SDL_WINDOWPOS_CENTERED;
}

/* Without a display SDL draws where nobody sees it; tests ask for that by name. */
static bool is_seen(void)
{
    const char *driver = SDL_GetCurrentVideoDriver(), *wanted = SDL_GetHint(SDL_HINT_VIDEODRIVER);
    return (wanted && *wanted) ||
           (strcmp(driver, "offscreen") != 0 && strcmp(driver, "dummy") != 0);
}

static bool start(struct window *win, const struct window *other, const char *title, int w, int h,
                  bool full_screen, struct err *err)
{
    SDL_SetHint(SDL_HINT_RENDER_BATCHING, "1");
    SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    /* Ctrl+C in the terminal ends the program as everywhere. */
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    if (SDL_InitSubSystem(SDL_INIT_VIDEO | SDL_INIT_EVENTS) != 0)
        return fail(win, _("no window can be opened here"), err);
    if (!is_seen()) {
        SDL_SetError("there is no display");
        return fail(win, _("no window can be opened here"), err);
    }
    Uint32 flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
    if (full_screen)
        flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
    int place = choose_place(other);
    win->window = SDL_CreateWindow(title, place, place, w, h, flags);
    if (!win->window)
        return fail(win, _("the window cannot be opened"), err);
    SDL_SetWindowMinimumSize(win->window, 640, 360);
    win->renderer = has_gpu() ? SDL_CreateRenderer(win->window, -1, 0) : NULL;
    if (!win->renderer && !begin_surface(win))
        return fail(win, _("the window cannot be drawn into"), err);
    win->wake_event = SDL_RegisterEvents(1);
    SDL_EventState(SDL_DROPFILE, SDL_ENABLE);
    SDL_StopTextInput();
    window_update_scale(win);
    return true;
}

struct window *window_open(const char *title, int w, int h, bool full_screen, struct err *err)
{
    struct window *win = mem_zalloc(1, sizeof *win);
    return start(win, NULL, title, w, h, full_screen, err) ? win : NULL;
}

struct window *window_open_beside(const struct window *other, const char *title, int w, int h,
                                  struct err *err)
{
    struct window *win = mem_zalloc(1, sizeof *win);
    return start(win, other, title, w, h, false, err) ? win : NULL;
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
    free(win->parts);
    free(win);
}

unsigned window_id(const struct window *win)
{
    return SDL_GetWindowID(win->window);
}

void window_size(const struct window *win, int *w, int *h)
{
    const SDL_Surface *surface = win->renderer ? NULL : surface_of(win);
    if (win->renderer)
        SDL_GetRendererOutputSize(win->renderer, w, h);
    else if (surface) {
        *w = surface->w;
        *h = surface->h;
    }
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

static SDL_Rect part_of(struct rect r)
{
    return (SDL_Rect){(int)r.x, (int)r.y, (int)r.w, (int)r.h};
}

static bool show_by_texture(struct window *win, const uint32_t *pixels, int w, int h,
                            const struct rect *damage, int n_damage)
{
    bool fresh;
    if (!fit_texture(win, w, h, &fresh))
        return false;
    if (n_damage < 0 || fresh)
        SDL_UpdateTexture(win->texture, NULL, pixels, w * 4);
    for (int i = 0; i < n_damage && !fresh; i++) {
        const SDL_Rect part = part_of(damage[i]);
        SDL_UpdateTexture(win->texture, &part, pixels + (long)part.y * w + part.x, w * 4);
    }
    const SDL_Rect whole = {0, 0, w, h};
    SDL_RenderClear(win->renderer);
    SDL_RenderCopy(win->renderer, win->texture, NULL, &whole);
    SDL_RenderPresent(win->renderer);
    return true;
}

/* Copies the damaged parts and sends only those to the screen. */
static bool show_by_surface(struct window *win, const uint32_t *pixels, int w, int h,
                            const struct rect *damage, int n_damage)
{
    SDL_Surface *to = surface_of(win);
    if (!to)
        return false;
    /* All are opaque: read as without alpha they are copied as they are. SDL only reads them. */
    SDL_Surface *from = SDL_CreateRGBSurfaceWithFormatFrom((void *)(uintptr_t)pixels, w, h, 32,
                                                           w * 4, SDL_PIXELFORMAT_RGB888);
    if (!from)
        return false;
    if (n_damage < 0 || win->stale)
        SDL_BlitSurface(from, NULL, to, NULL);
    for (int i = 0; i < n_damage && !win->stale; i++) {
        SDL_Rect part = part_of(damage[i]), at = part;
        SDL_BlitSurface(from, &part, to, &at);
        win->parts = mem_grow(win->parts, &win->cap_parts, i + 1, sizeof *win->parts);
        win->parts[i] = at;
    }
    SDL_FreeSurface(from);
    return (n_damage < 0 || win->stale
                ? SDL_UpdateWindowSurface(win->window)
                : SDL_UpdateWindowSurfaceRects(win->window, win->parts, n_damage)) == 0;
}

bool window_present(struct window *win, const uint32_t *pixels, int w, int h,
                    const struct rect *damage, int n_damage, struct err *err)
{
    bool shown = win->renderer ? show_by_texture(win, pixels, w, h, damage, n_damage)
                               : show_by_surface(win, pixels, w, h, damage, n_damage);
    if (!shown)
        return err_set(err, ERR_STATE, NULL, 0, "the window's picture cannot be made: %s",
                       SDL_GetError());
    win->stale = false;
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
