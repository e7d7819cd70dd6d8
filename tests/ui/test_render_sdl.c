#include <SDL.h>
#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "glassnet/ui/render_sdl.h"

Suite *test_render_sdl(void);

/* SDL's dummy driver: a window without a display. */
static struct window *open_window(void)
{
    struct err err = {0};
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    struct window *win = window_open("test", 800, 600, false, &err);
    ck_assert_msg(win != NULL, "%s", err.message);
    struct ui_event e;
    while (window_poll(win, &e))
        ;
    return win;
}

static struct ui_event pushed(struct window *win, SDL_Event s)
{
    struct ui_event e = {.kind = EVENT_NONE};
    SDL_PushEvent(&s);
    /* SDL may end one round of polling before it comes to the event. */
    for (int round = 0; round < 3 && !window_poll(win, &e); round++)
        ;
    return e;
}

static SDL_Event key_event(SDL_Keycode sym, Uint16 mod)
{
    SDL_Event s;
    memset(&s, 0, sizeof s);
    s.type = SDL_KEYDOWN;
    s.key.keysym.sym = sym;
    s.key.keysym.mod = mod;
    return s;
}

START_TEST(a_window_shows_pixels)
{
    struct window *win = open_window();
    int w = 0, h = 0;
    window_size(win, &w, &h);
    ck_assert_int_eq(w, 800);
    ck_assert_int_eq(h, 600);
    uint32_t *pixels = calloc((size_t)w * (size_t)h, sizeof *pixels);
    struct err err = {0};
    const struct rect part = {64, 64, 64, 64};
    ck_assert(window_present(win, pixels, w, h, NULL, -1, &err));
    ck_assert(window_present(win, pixels, w, h, &part, 1, &err));
    ck_assert(window_present(win, pixels, 400, 300, &part, 1, &err));
    free(pixels);
    window_close(win);
}
END_TEST

START_TEST(keys_arrive_by_our_names)
{
    const struct {
        SDL_Keycode sym;
        Uint16 mod;
        const char *name;
    } cases[] = {{SDLK_SPACE, 0, "Space"},
                 {SDLK_c, KMOD_LCTRL, "Ctrl+C"},
                 {SDLK_c, KMOD_LGUI, "Ctrl+C"},
                 {SDLK_TAB, KMOD_RSHIFT, "Shift+Tab"},
                 {SDLK_PAGEDOWN, 0, "PageDown"},
                 {SDLK_F11, 0, "F11"},
                 {SDLK_SLASH, KMOD_LSHIFT, "?"},
                 {SDLK_EQUALS, KMOD_LSHIFT | KMOD_LCTRL, "Ctrl++"},
                 {SDLK_KP_PLUS, KMOD_CTRL, "Ctrl++"},
                 {SDLK_KP_ENTER, 0, "Enter"}};
    struct window *win = open_window();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ui_event e = pushed(win, key_event(cases[i].sym, cases[i].mod));
        char name[32];
        ck_assert_int_eq(e.kind, EVENT_KEY);
        ck_assert_str_eq(key_print((struct ui_chord){e.mods, e.key}, name, sizeof name),
                         cases[i].name);
    }
    window_close(win);
}
END_TEST

START_TEST(mouse_and_text_arrive)
{
    struct window *win = open_window();
    SDL_Event s;
    memset(&s, 0, sizeof s);
    s.type = SDL_MOUSEBUTTONDOWN;
    s.button.button = SDL_BUTTON_LEFT;
    s.button.clicks = 2;
    s.button.x = 30;
    s.button.y = 40;
    struct ui_event e = pushed(win, s);
    ck_assert_int_eq(e.kind, EVENT_MOUSE_DOWN);
    ck_assert_int_eq(e.clicks, 2);
    ck_assert(e.x == 30 && e.y == 40);
    memset(&s, 0, sizeof s);
    s.type = SDL_TEXTINPUT;
    strcpy(s.text.text, "∂");
    SDL_StartTextInput();
    e = pushed(win, s);
    ck_assert_int_eq(e.kind, EVENT_TEXT);
    ck_assert_str_eq(e.text, "∂");
    memset(&s, 0, sizeof s);
    s.type = SDL_QUIT;
    ck_assert_int_eq(pushed(win, s).kind, EVENT_QUIT);
    window_close(win);
}
END_TEST

static void *wake_soon(void *win)
{
    SDL_Delay(20);
    window_wake(win);
    return NULL;
}

START_TEST(another_thread_ends_the_waiting)
{
    struct window *win = open_window();
    struct ui_event e;
    ck_assert(!window_wait(win, 5, &e));
    pthread_t thread;
    pthread_create(&thread, NULL, wake_soon, win);
    ck_assert(window_wait(win, -1, &e));
    ck_assert_int_eq(e.kind, EVENT_WAKE);
    pthread_join(thread, NULL);
    window_close(win);
}
END_TEST

START_TEST(the_clipboard_keeps_text)
{
    struct window *win = open_window();
    window_clipboard_set(win, "−0.267");
    char *text = window_clipboard_get(win);
    ck_assert_ptr_nonnull(text);
    ck_assert_str_eq(text, "−0.267");
    free(text);
    window_close(win);
}
END_TEST

START_TEST(without_a_display_there_is_a_reason)
{
    struct err err = {0};
    setenv("SDL_VIDEODRIVER", "no-such-driver", 1);
    ck_assert_ptr_null(window_open("test", 800, 600, false, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "no window can be opened here"));
}
END_TEST

/* SDL would open a window that nobody sees. On a machine with a screen of its own it is seen. */
START_TEST(a_window_that_nobody_sees_is_none)
{
    struct err err = {0};
    unsetenv("SDL_VIDEODRIVER");
    unsetenv("DISPLAY");
    unsetenv("WAYLAND_DISPLAY");
    unsetenv("XDG_RUNTIME_DIR");
    if (access("/dev/dri", F_OK) == 0)
        return;
    ck_assert_ptr_null(window_open("test", 800, 600, false, &err));
    ck_assert_str_eq(err.message, "no window can be opened here: there is no display");
}
END_TEST

Suite *test_render_sdl(void)
{
    Suite *s = suite_create("render_sdl");
    TCase *c = tcase_create("render_sdl");
    tcase_add_test(c, a_window_shows_pixels);
    tcase_add_test(c, keys_arrive_by_our_names);
    tcase_add_test(c, mouse_and_text_arrive);
    tcase_add_test(c, another_thread_ends_the_waiting);
    tcase_add_test(c, the_clipboard_keeps_text);
    tcase_add_test(c, without_a_display_there_is_a_reason);
    tcase_add_test(c, a_window_that_nobody_sees_is_none);
    suite_add_tcase(s, c);
    return s;
}
