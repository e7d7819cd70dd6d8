/* Pictures of the canvas in files, and the screen's text in one. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/export.h"
#include "app/script.h"
#include "glassnet/base/file.h"
#include "support/temporary.h"

Suite *test_export(void);

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static struct core *open_core(void)
{
    struct err err = {0};
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    run(c, "open data/networks/digits-cnn.net");
    run(c, "phase backward");
    run(c, "select d:conv1.W[3,2,2,0]");
    return c;
}

static char *read_file(const char *path)
{
    struct err err = {0};
    size_t size;
    char *text = file_read(path, 64 << 20, &size, &err);
    ck_assert_msg(text != NULL, "%s", err.message);
    return text;
}

static char *in_temporary(char *out, size_t size, const char *name)
{
    return file_join(out, size, temporary_folder(), name);
}

/* Every element that is opened is closed, in order; returns how many there are. */
static int check_nesting(const char *text)
{
    enum { DEPTH = 16 };
    char stack[DEPTH][32];
    int depth = 0, elements = 0;
    for (const char *p = strchr(text, '<'); p; p = strchr(p, '<')) {
        const char *end = strchr(p, '>');
        ck_assert_ptr_nonnull(end);
        char name[32] = "";
        sscanf(p[1] == '/' ? p + 2 : p + 1, "%31[a-zA-Z]", name);
        if (p[1] == '/') {
            ck_assert_int_gt(depth, 0);
            ck_assert_str_eq(stack[--depth], name);
        } else if (p[1] != '?') {
            elements++;
            if (end[-1] != '/') {
                ck_assert_int_lt(depth, DEPTH);
                snprintf(stack[depth++], sizeof stack[0], "%s", name);
            }
        }
        p = end;
    }
    ck_assert_int_eq(depth, 0);
    return elements;
}

START_TEST(svg_keeps_text_as_text)
{
    char path[1024], line[1100];
    struct core *c = open_core();
    in_temporary(path, sizeof path, "canvas.svg");
    snprintf(line, sizeof line, "export %s", path);
    run(c, line);
    char *text = read_file(path);
    ck_assert(strncmp(text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", 38) == 0);
    ck_assert_ptr_nonnull(strstr(text, "<title>digits-cnn.net</title>"));
    ck_assert_ptr_nonnull(strstr(text, "conv1.W</text>"));
    ck_assert_ptr_nonnull(strstr(text, "font-family=\"Inter"));
    ck_assert_ptr_nonnull(strstr(text, "url(#gradient)"));
    ck_assert_int_gt(check_nesting(text), 500);
    /* nothing of the bars and the panel */
    ck_assert_ptr_null(strstr(text, "Step"));
    ck_assert_ptr_null(strstr(text, "Inspect"));
    free(text);
    core_destroy(c);
}
END_TEST

START_TEST(png_is_the_canvas_alone)
{
    char path[1024], line[1100];
    struct core *c = open_core();
    const struct place *canvas = place_find(&c->screen.places, "canvas");
    struct rect r = rect_snap(canvas->rect);
    in_temporary(path, sizeof path, "canvas.png");
    snprintf(line, sizeof line, "export %s", path);
    run(c, line);
    size_t size;
    struct err err = {0};
    unsigned char *bytes = (unsigned char *)file_read(path, 64 << 20, &size, &err);
    ck_assert_msg(bytes != NULL && size > 100, "%s", err.message);
    ck_assert_int_eq(bytes[18] << 8 | bytes[19], (int)r.w); /* the head of a PNG */
    ck_assert_int_eq(bytes[22] << 8 | bytes[23], (int)r.h);
    free(bytes);
    core_destroy(c);
}
END_TEST

START_TEST(what_the_pen_drew_comes_along)
{
    char path[1024], line[1100];
    struct core *c = open_core();
    in_temporary(path, sizeof path, "pen.svg");
    run(c, "key D");
    run(c, "drag 300,300 500,400");
    snprintf(line, sizeof line, "export %s", path);
    run(c, line);
    char *text = read_file(path);
    ck_assert_ptr_nonnull(strstr(text, "stroke=\"#e0323a\""));
    ck_assert_ptr_null(strstr(text, "Erase")); /* but not its toolbar */
    free(text);
    core_destroy(c);
}
END_TEST

START_TEST(a_new_name_never_overwrites)
{
    char path[1024];
    struct core *c = open_core();
    setenv("XDG_PICTURES_DIR", temporary_folder(), 1);
    run(c, "key Ctrl+P");
    ck_assert_msg(strstr(c->screen.toast, "digits-cnn-network-1.png") != NULL, "%s",
                  c->screen.toast);
    run(c, "key Ctrl+P");
    ck_assert(file_exists(in_temporary(path, sizeof path, "digits-cnn-network-1.png")));
    ck_assert(file_exists(in_temporary(path, sizeof path, "digits-cnn-network-2.png")));
    run(c, "key Ctrl+Shift+P");
    ck_assert(file_exists(in_temporary(path, sizeof path, "digits-cnn-network-1.svg")));
    core_destroy(c);
}
END_TEST

/* No folder for pictures: the home folder, and the message says all of where that is. */
START_TEST(without_a_folder_it_says_where)
{
    struct core *c = open_core();
    setenv("HOME", temporary_folder(), 1);
    unsetenv("XDG_PICTURES_DIR");
    unsetenv("XDG_CONFIG_HOME");
    run(c, "key Ctrl+P");
    ck_assert(file_exists(temporary_path("digits-cnn-network-1.png")));
    ck_assert_msg(strstr(c->screen.toast, temporary_path("digits-cnn-network-1.png")) != NULL, "%s",
                  c->screen.toast);
    core_destroy(c);
}
END_TEST

START_TEST(mistakes_are_named)
{
    struct core *c = open_core();
    struct err err = {0};
    ck_assert(!script_run_line(c, "export canvas.gif", &err));
    ck_assert_ptr_nonnull(strstr(err.message, ".png or .svg"));
    err_clear(&err);
    ck_assert(!script_run_line(c, "export /no/such/folder/x.svg", &err));
    ck_assert(err_any(&err));
    core_destroy(c);
}
END_TEST

START_TEST(the_text_goes_into_a_file)
{
    char path[1024], line[1100];
    struct core *c = open_core();
    in_temporary(path, sizeof path, "screen.txt");
    snprintf(line, sizeof line, "dump %s", path);
    run(c, line);
    char *text = read_file(path);
    ck_assert(strncmp(text, "screen 1280x720\n", 16) == 0);
    ck_assert_ptr_nonnull(strstr(text, "selected d:conv1.W[3,2,2,0]\n"));
    free(text);
    core_destroy(c);
}
END_TEST

Suite *test_export(void)
{
    Suite *s = suite_create("export");
    TCase *t = tcase_create("export");
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, svg_keeps_text_as_text);
    tcase_add_test(t, png_is_the_canvas_alone);
    tcase_add_test(t, what_the_pen_drew_comes_along);
    tcase_add_test(t, a_new_name_never_overwrites);
    tcase_add_test(t, without_a_folder_it_says_where);
    tcase_add_test(t, mistakes_are_named);
    tcase_add_test(t, the_text_goes_into_a_file);
    suite_add_tcase(s, t);
    return s;
}
