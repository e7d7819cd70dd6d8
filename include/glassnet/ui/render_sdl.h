/* The window: presents pixels, delivers events, clipboard, full screen. The only place that
 * knows SDL's video and events; nothing of SDL shows here. */
#ifndef GLASSNET_UI_RENDER_SDL_H
#define GLASSNET_UI_RENDER_SDL_H

#include <stdbool.h>
#include <stdint.h>

#include "glassnet/base/err.h"
#include "glassnet/ui/geometry.h"
#include "glassnet/ui/input.h"

struct window;

/* Opens a resizable window of w x h (in the system's window units). NULL and err when there is no
 * display. The caller closes it. Several may be open: the events of all come from any of them, and
 * say by ui_event.window which they belong to. */
struct window *window_open(const char *title, int w, int h, bool full_screen, struct err *err);

/* The same for a window that is not to lie over other: on another display than it, where there is
 * one. */
struct window *window_open_beside(const struct window *other, const char *title, int w, int h,
                                  struct err *err);
void window_close(struct window *win);
/* Its number in events; never 0. */
unsigned window_id(const struct window *win);

/* The size of what is drawn, in output pixels. */
void window_size(const struct window *win, int *w, int *h);

/* The next waiting event; false when there is none. */
bool window_poll(struct window *win, struct ui_event *event);
/* The next event, waiting for it up to timeout_ms (< 0: as long as it takes). */
bool window_wait(struct window *win, int timeout_ms, struct ui_event *event);
/* Ends a window_wait from any thread; arrives as EVENT_WAKE. */
void window_wake(struct window *win);

/* Shows w x h pixels (0xAARRGGBB). Only the damaged rectangles are copied; n_damage < 0: all. */
bool window_present(struct window *win, const uint32_t *pixels, int w, int h,
                    const struct rect *damage, int n_damage, struct err *err);

void window_set_title(struct window *win, const char *title);
void window_set_full_screen(struct window *win, bool on);
bool window_is_full_screen(const struct window *win);
/* Turns text input (and input methods) on near r, or off. */
void window_set_text_input(struct window *win, bool on, struct rect r);

/* The clipboard's text from malloc (the caller frees), NULL when there is none. */
char *window_clipboard_get(struct window *win);
void window_clipboard_set(struct window *win, const char *text);

/* Milliseconds since some start, ever growing. */
double window_time(void);

#endif
