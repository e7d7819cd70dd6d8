/* The screen as text: everything is in it, in reading order, and it is the same each time. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/script.h"

Suite *test_places(void);

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static struct core *open_core(const char *file)
{
    struct err err = {0};
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    if (file)
        ck_assert_msg(core_open(c, file, &err), "%s", err.message);
    core_settle(c);
    return c;
}

static char *dump(struct core *c)
{
    char *text = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&text, &size);
    places_dump(&c->screen.places, &c->ui, session_snapshot(c->session), &c->screen.canvas.network,
                f);
    fclose(f);
    return text;
}

static void has(const char *text, const char *line)
{
    ck_assert_msg(strstr(text, line) != NULL, "\"%s\" is not in:\n%.1500s", line, text);
}

START_TEST(places_come_in_reading_order)
{
    static const char *const order[] = {
        "screen 1280x720\n", "view network\n",   "network moons.net\n", "selected out[0]\n",
        "place top bar\n",   "place formula\n",  "place tabs\n",        "place canvas\n",
        "place panel\n",     "place transport\n"};
    struct core *c = open_core("data/networks/moons.net");
    run(c, "phase forward");
    run(c, "select out[0]");
    char *text = dump(c), *at = text;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        char *next = strstr(at, order[i]);
        ck_assert_msg(next != NULL, "%s is not behind those before it", order[i]);
        at = next;
    }
    has(text, "  button transport.step \"Step ▶\"\n");
    has(text, "  choice grain.Cell \"Cell\" on\n");
    has(text, "  text \"= sigmoid(out.z[0])\"\n");       /* of several pieces */
    ck_assert_ptr_null(strstr(text, "text \"Step ▶\"")); /* a label is not said twice */
    free(text);
    core_destroy(c);
}
END_TEST

START_TEST(pictures_have_size_and_name)
{
    struct core *c = open_core("data/networks/digits-cnn.net");
    run(c, "phase forward");
    char *text = dump(c);
    has(text, "  picture 28 x 28 from input[0,0,0]\n");
    free(text);
    run(c, "phase backward");
    text = dump(c);
    has(text, "  picture 5 x 5 gradients from ∂L/∂conv2.W[0,0,0,0]\n");
    free(text);
    core_destroy(c);
}
END_TEST

START_TEST(home_overlays_and_blank_are_told)
{
    struct core *c = open_core(NULL);
    char *text = dump(c);
    has(text, "place home\n");
    ck_assert_ptr_null(strstr(text, "place formula"));
    free(text);
    run(c, "key F1");
    text = dump(c);
    ck_assert(strstr(text, "place overlay\n") > strstr(text, "place home\n"));
    free(text);
    run(c, "key Escape");
    run(c, "key B");
    text = dump(c);
    has(text, "place blank\n");
    ck_assert_ptr_null(strstr(text, "place home"));
    free(text);
    core_destroy(c);
}
END_TEST

START_TEST(the_same_screen_gives_the_same_text)
{
    char *text[2];
    for (int i = 0; i < 2; i++) {
        struct core *c = open_core("data/networks/digits-cnn.net");
        run(c, "phase update");
        run(c, "select new:out.W[7,12]");
        text[i] = dump(c);
        core_destroy(c);
    }
    ck_assert_str_eq(text[0], text[1]);
    free(text[0]);
    free(text[1]);
}
END_TEST

Suite *test_places(void)
{
    Suite *s = suite_create("places");
    TCase *t = tcase_create("places");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, places_come_in_reading_order);
    tcase_add_test(t, pictures_have_size_and_name);
    tcase_add_test(t, home_overlays_and_blank_are_told);
    tcase_add_test(t, the_same_screen_gives_the_same_text);
    suite_add_tcase(s, t);
    return s;
}
