#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/ui/widget.h"

Suite *test_widget(void);

/* A small screen of one widget of each kind, driven by events only. */
struct bench {
    struct fonts *fonts;
    struct draw_list list;
    struct ui_input in;
    struct ui ui;
    int ok_clicks, off_clicks, chosen, space;
    float rate, scroll;
    bool checked, popup;
    int popup_clicks;
    char buffer[64];
    struct text_edit edit;
    unsigned field;
};

static void setup(struct bench *b)
{
    struct err err = {0};
    memset(b, 0, sizeof *b);
    b->fonts = fonts_create(&err);
    ck_assert_msg(b->fonts != NULL, "%s", err.message);
    draw_list_init(&b->list, b->fonts);
    input_init(&b->in);
    ui_init(&b->ui, b->fonts, theme_find("paper"));
    text_edit_init(&b->edit, b->buffer, sizeof b->buffer);
    b->rate = 0.01f;
}

static void teardown(struct bench *b)
{
    ui_deinit(&b->ui);
    draw_list_deinit(&b->list);
    fonts_destroy(b->fonts);
}

static void frame(struct bench *b)
{
    static const char *const grains[] = {"Term", "Cell", "Layer"};
    struct ui *ui = &b->ui;
    ui_begin(ui, &b->in, &b->list, 1920, 1080);
    b->ok_clicks += ui_button(ui, "ok", rect_of(100, 100, 120, 50), "Check", BUTTON_PRIMARY);
    b->off_clicks += ui_button(ui, "off", rect_of(300, 100, 120, 50), "Never", BUTTON_DISABLED);
    int n = ui_segments(ui, "grain", rect_of(100, 200, 400, 50), grains, 3, b->chosen, 0);
    b->chosen = n >= 0 ? n : b->chosen;
    ui_slider(ui, "rate", rect_of(100, 300, 426, 40), "learning rate", 0.0001f, 1, true, &b->rate);
    ui_checkbox(ui, "motion", rect_of(100, 400, 300, 40), "Motion", &b->checked);
    b->field = ui_field(ui, "name", rect_of(100, 500, 300, 54), &b->edit, "a cell", FONT_MONO, 26);
    struct rect content =
        ui_scroll_begin(ui, "list", rect_of(900, 100, 300, 400), 1000, &b->scroll);
    ui_row(ui, "row", rect_of(content.x, content.y, content.w, 40), "first row", false);
    ui_scroll_end(ui);
    if (b->popup) {
        ui_popup_begin(ui, rect_of(90, 90, 200, 200));
        b->popup_clicks += ui_button(ui, "inner", rect_of(100, 100, 120, 50), "Inner", 0);
        ui_popup_end(ui);
    }
    b->space += ui_key(ui, "Space");
    ui_end(ui);
    input_begin(&b->in);
}

static void send(struct bench *b, struct ui_event e)
{
    ck_assert(e.kind != EVENT_NONE);
    while (!input_feed(&b->in, &e))
        frame(b);
}

static void click_at(struct bench *b, float x, float y)
{
    send(b, event_mouse(EVENT_MOUSE_MOVE, x, y));
    send(b, event_mouse(EVENT_MOUSE_DOWN, x, y));
    send(b, event_mouse(EVENT_MOUSE_UP, x, y));
    frame(b);
}

static void click(struct bench *b, const char *name)
{
    frame(b);
    const struct widget_record *w = ui_find(&b->ui, name);
    ck_assert_msg(w != NULL, "no widget %s", name);
    struct point p = rect_middle(w->rect);
    click_at(b, p.x, p.y);
}

static void key(struct bench *b, const char *name)
{
    send(b, event_key(name));
    frame(b);
}

START_TEST(buttons_click_by_id_and_label)
{
    struct bench b;
    setup(&b);
    click(&b, "ok");
    ck_assert_int_eq(b.ok_clicks, 1);
    click(&b, "Check");
    ck_assert_int_eq(b.ok_clicks, 2);
    click(&b, "off");
    ck_assert_int_eq(b.off_clicks, 0);
    teardown(&b);
}
END_TEST

START_TEST(a_press_that_leaves_the_button_is_no_click)
{
    struct bench b;
    setup(&b);
    send(&b, event_mouse(EVENT_MOUSE_DOWN, 150, 120));
    frame(&b);
    send(&b, event_mouse(EVENT_MOUSE_MOVE, 600, 600));
    send(&b, event_mouse(EVENT_MOUSE_UP, 600, 600));
    frame(&b);
    ck_assert_int_eq(b.ok_clicks, 0);
    send(&b, event_mouse(EVENT_MOUSE_DOWN, 600, 600)); /* pressed elsewhere, released on it */
    frame(&b);
    send(&b, event_mouse(EVENT_MOUSE_UP, 150, 120));
    frame(&b);
    ck_assert_int_eq(b.ok_clicks, 0);
    teardown(&b);
}
END_TEST

START_TEST(tab_walks_in_the_order_of_calls_and_back)
{
    struct bench b;
    setup(&b);
    frame(&b);
    const char *const order[] = {"ok",     "grain.Term", "grain.Cell", "grain.Layer", "rate",
                                 "motion", "name",       "row",        "ok"};
    for (int i = 0; i < 9; i++) {
        key(&b, "Tab");
        frame(&b);
        const struct widget_record *w = ui_find(&b.ui, order[i]);
        ck_assert_msg(w && w->state & STATE_FOCUS, "%s has no focus", order[i]);
    }
    key(&b, "Shift+Tab");
    frame(&b);
    ck_assert(ui_find(&b.ui, "row")->state & STATE_FOCUS);
    ck_assert(b.ui.focus_visible);
    teardown(&b);
}
END_TEST

START_TEST(enter_and_space_activate_what_tab_chose)
{
    struct bench b;
    setup(&b);
    frame(&b);
    key(&b, "Tab");
    key(&b, "Enter");
    key(&b, "Space");
    ck_assert_int_eq(b.ok_clicks, 2);
    ck_assert_int_eq(b.space, 0);
    key(&b, "Tab");
    key(&b, "Tab");
    key(&b, "Space");
    ck_assert_int_eq(b.chosen, 1);
    teardown(&b);
}
END_TEST

START_TEST(space_stays_a_shortcut_after_a_click)
{
    struct bench b;
    setup(&b);
    click(&b, "ok");
    key(&b, "Space");
    ck_assert_int_eq(b.ok_clicks, 1);
    ck_assert_int_eq(b.space, 1);
    teardown(&b);
}
END_TEST

START_TEST(segments_choose)
{
    struct bench b;
    setup(&b);
    click(&b, "grain.Layer");
    ck_assert_int_eq(b.chosen, 2);
    frame(&b);
    ck_assert(ui_find(&b.ui, "grain.Layer")->state & STATE_ON);
    ck_assert(!(ui_find(&b.ui, "grain.Term")->state & STATE_ON));
    teardown(&b);
}
END_TEST

START_TEST(the_slider_follows_the_drag)
{
    struct bench b;
    setup(&b);
    frame(&b);
    /* Its way is 426 - 2 * 13 = 400 px from 113; 1e-4 to 1 by powers: 0.01 is in the middle. */
    send(&b, event_mouse(EVENT_MOUSE_DOWN, 313, 320));
    frame(&b);
    send(&b, event_mouse(EVENT_MOUSE_MOVE, 413, 320));
    frame(&b);
    ck_assert(fabsf(b.rate - 0.1f) < 0.002f); /* three quarters: 10^-1 */
    send(&b, event_mouse(EVENT_MOUSE_MOVE, 2000, 700));
    frame(&b);
    ck_assert(b.rate == 1.0f);
    send(&b, event_mouse(EVENT_MOUSE_MOVE, 0, 0));
    frame(&b);
    ck_assert(b.rate == 0.0001f);
    send(&b, event_mouse(EVENT_MOUSE_UP, 0, 0));
    frame(&b);
    send(&b, event_mouse(EVENT_MOUSE_MOVE, 313, 320));
    frame(&b);
    ck_assert(b.rate == 0.0001f);
    click_at(&b, 313, 320); /* a click on the way jumps there */
    ck_assert(fabsf(b.rate - 0.01f) < 0.0003f);
    teardown(&b);
}
END_TEST

START_TEST(arrow_keys_move_the_focused_slider)
{
    struct bench b;
    setup(&b);
    frame(&b);
    for (int i = 0; i < 5; i++)
        key(&b, "Tab");
    key(&b, "Shift+Right");
    ck_assert(fabsf(b.rate - 0.0251f) < 0.0002f); /* 10^(-4 + 4 * 0.6) */
    key(&b, "End");
    ck_assert(b.rate == 1);
    teardown(&b);
}
END_TEST

START_TEST(typing_into_the_field_is_no_shortcut)
{
    struct bench b;
    setup(&b);
    click(&b, "name");
    frame(&b);
    ck_assert(b.ui.text_wanted);
    send(&b, event_key("C"));
    send(&b, event_text("c"));
    send(&b, event_key("Space"));
    send(&b, event_text(" "));
    send(&b, event_text("∂1"));
    frame(&b);
    ck_assert_str_eq(b.buffer, "c ∂1");
    ck_assert_int_eq(b.space, 0);
    ck_assert(b.field & FIELD_CHANGED);
    key(&b, "Backspace");
    key(&b, "Backspace");
    ck_assert_str_eq(b.buffer, "c ");
    key(&b, "Enter");
    ck_assert(b.field & FIELD_ENTERED);
    key(&b, "Escape");
    ck_assert(b.field & FIELD_LEFT);
    key(&b, "Space");
    ck_assert_int_eq(b.space, 1);
    ck_assert_str_eq(b.buffer, "c ");
    teardown(&b);
}
END_TEST

START_TEST(dragging_selects_in_the_field)
{
    struct bench b;
    setup(&b);
    text_edit_set(&b.edit, "conv1[3, 9]");
    frame(&b);
    /* Text begins at 112; characters are 15.6 px wide: 0 and 5 are its boundaries here. */
    send(&b, event_mouse(EVENT_MOUSE_DOWN, 113, 525));
    frame(&b);
    send(&b, event_mouse(EVENT_MOUSE_MOVE, 112 + 5 * 15.6f, 525));
    frame(&b);
    send(&b, event_mouse(EVENT_MOUSE_UP, 112 + 5 * 15.6f, 525));
    send(&b, event_text("x"));
    frame(&b);
    frame(&b);
    ck_assert_str_eq(b.buffer, "x[3, 9]");
    teardown(&b);
}
END_TEST

START_TEST(a_popup_shades_what_lies_under_it)
{
    struct bench b;
    setup(&b);
    b.popup = true;
    frame(&b);
    click_at(&b, 150, 120);
    ck_assert_int_eq(b.popup_clicks, 1);
    ck_assert_int_eq(b.ok_clicks, 0);
    click_at(&b, 270, 220); /* on the popup, but on none of its widgets; a segment lies below */
    ck_assert_int_eq(b.chosen, 0);
    b.popup = false;
    frame(&b);
    click_at(&b, 150, 120);
    ck_assert_int_eq(b.ok_clicks, 1);
    teardown(&b);
}
END_TEST

START_TEST(wheel_and_bar_scroll)
{
    struct bench b;
    setup(&b);
    frame(&b);
    send(&b, event_mouse(EVENT_MOUSE_MOVE, 1000, 300));
    struct ui_event wheel = {.kind = EVENT_WHEEL, .dy = -2};
    send(&b, wheel);
    frame(&b);
    ck_assert(b.scroll == 180);
    ck_assert_ptr_null(ui_find(&b.ui, "row")); /* scrolled away: it cannot be clicked */
    wheel.dy = -100;
    send(&b, wheel);
    frame(&b);
    ck_assert(b.scroll == 600); /* 1000 of content in 400 */
    send(&b, event_mouse(EVENT_MOUSE_DOWN, 1192, 480));
    frame(&b);
    send(&b, event_mouse(EVENT_MOUSE_MOVE, 1192, 0));
    frame(&b);
    ck_assert(b.scroll == 0);
    teardown(&b);
}
END_TEST

START_TEST(sizes_follow_window_and_zoom)
{
    struct bench b;
    setup(&b);
    ui_begin(&b.ui, &b.in, &b.list, 1280, 720);
    ck_assert(fabsf(ui_px(&b.ui, 30) - 20) < 0.001f);
    ck_assert_int_eq(ui_text_px(&b.ui, 22), 15);
    ck_assert_int_eq(ui_text_px(&b.ui, 17), 12); /* 11.3, but never under 12 */
    ui_end(&b.ui);
    b.ui.zoom = 2;
    ui_begin(&b.ui, &b.in, &b.list, 1920, 1080);
    ck_assert_int_eq(ui_text_px(&b.ui, 22), 44);
    ui_end(&b.ui);
    teardown(&b);
}
END_TEST

START_TEST(the_dump_lists_every_widget)
{
    struct bench b;
    setup(&b);
    frame(&b);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    ui_dump(&b.ui, out);
    fclose(out);
    ck_assert_ptr_nonnull(strstr(text, "button ok \"Check\" 100 100 120 50\n"));
    ck_assert_ptr_nonnull(strstr(text, "button off \"Never\" 300 100 120 50 disabled\n"));
    ck_assert_ptr_nonnull(strstr(text, "segment grain.Term \"Term\""));
    ck_assert_ptr_nonnull(strstr(text, "slider rate \"learning rate\""));
    free(text);
    teardown(&b);
}
END_TEST

Suite *test_widget(void)
{
    Suite *s = suite_create("widget");
    TCase *c = tcase_create("widget");
    tcase_add_test(c, buttons_click_by_id_and_label);
    tcase_add_test(c, a_press_that_leaves_the_button_is_no_click);
    tcase_add_test(c, tab_walks_in_the_order_of_calls_and_back);
    tcase_add_test(c, enter_and_space_activate_what_tab_chose);
    tcase_add_test(c, space_stays_a_shortcut_after_a_click);
    tcase_add_test(c, segments_choose);
    tcase_add_test(c, the_slider_follows_the_drag);
    tcase_add_test(c, arrow_keys_move_the_focused_slider);
    tcase_add_test(c, typing_into_the_field_is_no_shortcut);
    tcase_add_test(c, dragging_selects_in_the_field);
    tcase_add_test(c, a_popup_shades_what_lies_under_it);
    tcase_add_test(c, wheel_and_bar_scroll);
    tcase_add_test(c, sizes_follow_window_and_zoom);
    tcase_add_test(c, the_dump_lists_every_widget);
    suite_add_tcase(s, c);
    return s;
}
