#include <check.h>
#include <string.h>

#include "glassnet/ui/input.h"

Suite *test_input(void);

START_TEST(key_names_round_trip)
{
    char name[32], again[32];
    for (unsigned key = KEY_FIRST_NAMED; key < KEY_END_NAMED; key++)
        for (unsigned mods = 0; mods < 8; mods++) {
            struct ui_chord chord = {mods, key}, back;
            ck_assert_msg(key_parse(key_print(chord, name, sizeof name), &back), "%s", name);
            ck_assert_uint_eq(back.key, key);
            ck_assert_uint_eq(back.mods, mods);
        }
    const char *const names[] = {"Space", "Ctrl+C", "Shift+Tab", "Ctrl++",
                                 "+",     "?",      "\xc3\xa9",  "Ctrl+Alt+Shift+F12"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct ui_chord chord;
        ck_assert_msg(key_parse(names[i], &chord), "%s", names[i]);
        ck_assert_str_eq(key_print(chord, again, sizeof again), names[i]);
    }
}
END_TEST

START_TEST(key_names_in_any_case)
{
    struct ui_chord chord;
    ck_assert(key_parse("ctrl+pagedown", &chord));
    ck_assert_uint_eq(chord.key, KEY_PAGE_DOWN);
    ck_assert_uint_eq(chord.mods, MOD_CTRL);
    ck_assert(key_parse("b", &chord));
    ck_assert_uint_eq(chord.key, 'B');
}
END_TEST

START_TEST(what_names_no_key_is_refused)
{
    const char *const names[] = {"", "Ctrl", "Ctrl+", "PageDwn", "F13", "ab", "\xff", " "};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct ui_chord chord;
        ck_assert_msg(!key_parse(names[i], &chord), "\"%s\"", names[i]);
        ck_assert_uint_eq(event_key(names[i]).kind, EVENT_NONE);
    }
}
END_TEST

START_TEST(a_quick_click_spans_two_frames)
{
    struct ui_input in;
    input_init(&in);
    struct ui_event down = event_mouse(EVENT_MOUSE_DOWN, 5, 6), up = down;
    up.kind = EVENT_MOUSE_UP;
    ck_assert(input_feed(&in, &down));
    ck_assert(!input_feed(&in, &up));
    ck_assert(in.down[MOUSE_LEFT] && in.pressed[MOUSE_LEFT]);
    input_begin(&in);
    ck_assert(in.down[MOUSE_LEFT] && !in.pressed[MOUSE_LEFT]);
    ck_assert(input_feed(&in, &up));
    ck_assert(in.released[MOUSE_LEFT] && !in.down[MOUSE_LEFT]);
    ck_assert_double_eq((double)in.press_x, 5);
}
END_TEST

START_TEST(keys_after_text_wait_for_the_next_frame)
{
    struct ui_input in;
    input_init(&in);
    struct ui_event a = event_key("A"), text = event_text("a"), back = event_key("Backspace");
    ck_assert(input_feed(&in, &a));
    ck_assert(input_feed(&in, &text));
    ck_assert(!input_feed(&in, &back));
    ck_assert_str_eq(in.text, "a");
    input_begin(&in);
    ck_assert(input_feed(&in, &back));
    for (int i = 1; i < INPUT_KEYS; i++)
        ck_assert(input_feed(&in, &a));
    ck_assert(!input_feed(&in, &a));
}
END_TEST

Suite *test_input(void)
{
    Suite *s = suite_create("input");
    TCase *c = tcase_create("input");
    tcase_add_test(c, key_names_round_trip);
    tcase_add_test(c, key_names_in_any_case);
    tcase_add_test(c, what_names_no_key_is_refused);
    tcase_add_test(c, a_quick_click_spans_two_frames);
    tcase_add_test(c, keys_after_text_wait_for_the_next_frame);
    suite_add_tcase(s, c);
    return s;
}
