#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/ui/widget.h"

Suite *test_text_edit(void);

static void press(struct text_edit *e, const char *name, const struct ui_clipboard *clipboard)
{
    struct ui_chord chord;
    ck_assert(key_parse(name, &chord));
    text_edit_key(e, chord, clipboard);
}

START_TEST(typing_and_deleting_whole_characters)
{
    char buffer[64];
    struct text_edit e;
    text_edit_init(&e, buffer, sizeof buffer);
    text_edit_insert(&e, "x\xe2\x88\x82y"); /* x, the partial sign in three bytes, y */
    press(&e, "Left", NULL);
    press(&e, "Backspace", NULL);
    ck_assert_str_eq(buffer, "xy");
    ck_assert_int_eq(e.caret, 1);
    text_edit_insert(&e, "\xc3\xa9");
    press(&e, "Left", NULL);
    ck_assert_int_eq(e.caret, 1);
    press(&e, "Delete", NULL);
    ck_assert_str_eq(buffer, "xy");
    press(&e, "Home", NULL);
    press(&e, "Backspace", NULL);
    press(&e, "End", NULL);
    press(&e, "Delete", NULL);
    ck_assert_str_eq(buffer, "xy");
}
END_TEST

START_TEST(selection_is_replaced)
{
    char buffer[64];
    struct text_edit e;
    text_edit_init(&e, buffer, sizeof buffer);
    text_edit_set(&e, "one two three");
    press(&e, "Ctrl+Left", NULL);
    press(&e, "Ctrl+Shift+Left", NULL);
    text_edit_insert(&e, "2 ");
    ck_assert_str_eq(buffer, "one 2 three");
    press(&e, "Ctrl+A", NULL);
    press(&e, "Delete", NULL);
    ck_assert_str_eq(buffer, "");
}
END_TEST

START_TEST(a_full_buffer_takes_whole_characters_only)
{
    char buffer[6];
    struct text_edit e;
    text_edit_init(&e, buffer, sizeof buffer);
    text_edit_insert(&e, "ab\xe2\x88\x82\xe2\x88\x82"); /* 2 + 3 + 3 bytes; 5 fit */
    ck_assert_str_eq(buffer, "ab\xe2\x88\x82");
    text_edit_insert(&e, "z");
    ck_assert_str_eq(buffer, "ab\xe2\x88\x82");
    text_edit_set(&e, "abcd\xe2\x88\x82");
    ck_assert_str_eq(buffer, "abcd");
}
END_TEST

struct pocket {
    char text[64];
};

static char *pocket_get(void *context)
{
    return strdup(((struct pocket *)context)->text);
}

static void pocket_set(void *context, const char *text)
{
    strncpy(((struct pocket *)context)->text, text, 63);
}

START_TEST(cut_and_paste)
{
    struct pocket pocket = {""};
    const struct ui_clipboard clipboard = {&pocket, pocket_get, pocket_set};
    char buffer[64];
    struct text_edit e;
    text_edit_init(&e, buffer, sizeof buffer);
    text_edit_set(&e, "1.25");
    press(&e, "Ctrl+X", &clipboard); /* nothing selected: nothing happens */
    ck_assert_str_eq(buffer, "1.25");
    press(&e, "Ctrl+A", &clipboard);
    press(&e, "Ctrl+X", &clipboard);
    ck_assert_str_eq(buffer, "");
    ck_assert_str_eq(pocket.text, "1.25");
    press(&e, "Ctrl+V", &clipboard);
    press(&e, "Ctrl+V", &clipboard);
    ck_assert_str_eq(buffer, "1.251.25");
    strcpy(pocket.text, "a\nb");
    press(&e, "Ctrl+V", &clipboard);
    ck_assert_str_eq(buffer, "1.251.25a b");
    strcpy(pocket.text, "\xff\xfe");
    press(&e, "Ctrl+V", &clipboard);
    ck_assert_str_eq(buffer, "1.251.25a b");
}
END_TEST

START_TEST(a_buffer_changed_from_outside_moves_the_caret_inside)
{
    char buffer[64];
    struct text_edit e;
    text_edit_init(&e, buffer, sizeof buffer);
    text_edit_set(&e, "a long text");
    strcpy(buffer, "ab");
    press(&e, "Backspace", NULL);
    ck_assert_str_eq(buffer, "a");
}
END_TEST

Suite *test_text_edit(void)
{
    Suite *s = suite_create("text_edit");
    TCase *c = tcase_create("text_edit");
    tcase_add_test(c, typing_and_deleting_whole_characters);
    tcase_add_test(c, selection_is_replaced);
    tcase_add_test(c, a_full_buffer_takes_whole_characters_only);
    tcase_add_test(c, cut_and_paste);
    tcase_add_test(c, a_buffer_changed_from_outside_moves_the_caret_inside);
    suite_add_tcase(s, c);
    return s;
}
