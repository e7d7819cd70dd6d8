/* The kernel lab: the numbers of a conv2d layer, kernels one picks and edits, plain refusals. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/data/picture_file.h"
#include "glassnet/session/session.h"

static void run(struct session *s, const char *line)
{
    struct err err = {0};
    ck_assert_msg(session_command(s, line, &err), "%s: %s", line, err.message);
}

static const struct kernels_view *lab(struct session *s)
{
    return session_snapshot(s)->kernels;
}

static void ck_refuses(struct session *s, const char *line, const char *part)
{
    struct err err = {0};
    ck_assert_msg(!session_command(s, line, &err), "%s was taken", line);
    ck_assert_msg(strstr(err.message, part) != NULL, "%s: %s", line, err.message);
}

/* The output of a network with this one layer and kernel for n pictures of 96 x 96. */
static void ck_same_as_layer(const struct kernels_view *k, const float *x, int n, const char *layer)
{
    struct err err = {0};
    char text[200];
    static const int samples[3] = {0, 1, 2};
    snprintf(text, sizeof text, "input 96 96 1\nmap %s\n", layer);
    struct net *net = net_parse(text, NULL, &err);
    ck_assert_msg(net != NULL, "%s", err.message);
    for (int i = 0; i < k->side * k->side; i++)
        net->params[net->layers[1].param[0].offset + (size_t)i] = (float)(k->cells[i] / k->divisor);
    struct program *p = program_create(net, MODE_TRAIN, 0);
    const struct pass pass = {.n = n, .samples = samples, .x = x, .rate = 1, .rate_schedule = 1};
    struct trace *t = trace_run(p, &pass, &err);
    ck_assert_ptr_nonnull(t);
    size_t count = trace_tensor_count(t, p->layer_out[1]);
    ck_assert_uint_eq(trace_tensor_count(k->trace, k->result), count);
    ck_assert_mem_eq(trace_tensor(k->trace, k->result), trace_tensor(t, p->layer_out[1]),
                     count * sizeof(float));
    trace_destroy(t);
    program_destroy(p);
    net_destroy(net);
}

START_TEST(its_numbers_are_a_layers)
{
    struct session *s = session_create();
    struct picture_info info;
    struct err err = {0};
    run(s, "kernels picture checker");
    float *x = picture_file_load("data/pictures/checker.png", 1, &info, &err);
    ck_assert_msg(x != NULL, "%s", err.message);
    for (int i = 0; kernels_preset(i); i++) {
        char line[64];
        snprintf(line, sizeof line, "kernels preset %s", kernels_preset(i)->name);
        run(s, line);
        ck_assert_int_eq(lab(s)->preset, i);
        run(s, "kernels side 3");
        run(s, "kernels padding same");
        ck_same_as_layer(lab(s), x, 1, "conv2d 1 3x3 padding=same");
        run(s, "kernels side 5");
        ck_assert_int_eq(lab(s)->preset, i);
        run(s, "kernels stride 3");
        run(s, "kernels padding valid");
        run(s, "kernels relu on");
        ck_same_as_layer(lab(s), x, 1, "conv2d 1 5x5 relu stride=3");
        run(s, "kernels stride 1");
        run(s, "kernels relu off");
    }
    free(x);
    session_destroy(s);
}
END_TEST

START_TEST(colours_go_one_by_one)
{
    struct session *s = session_create();
    struct picture_info info;
    struct err err = {0};
    enum { COUNT = 96 * 96 };
    run(s, "kernels picture shapes");
    run(s, "kernels channels colour");
    run(s, "kernels preset blur");
    float *rgb = picture_file_load("data/pictures/shapes.png", 3, &info, &err);
    ck_assert_msg(rgb != NULL, "%s", err.message);
    float *planes = calloc(3 * COUNT, sizeof *planes);
    for (int i = 0; i < 3 * COUNT; i++)
        planes[i % 3 * COUNT + i / 3] = rgb[i];
    ck_same_as_layer(lab(s), planes, 3, "conv2d 1 3x3 padding=same");
    run(s, "kernels at 4,5,2");
    ck_assert_int_eq(lab(s)->channel, 2);
    run(s, "kernels picture checker"); /* a grey one, though its file has three channels */
    ck_assert(!lab(s)->colour && !lab(s)->has_colour && lab(s)->channel == 0);
    ck_refuses(s, "kernels channels colour", "checker is a grey picture");
    free(planes);
    free(rgb);
    session_destroy(s);
}
END_TEST

START_TEST(edges_of_a_checkerboard)
{
    struct session *s = session_create();
    run(s, "kernels picture checker"); /* squares of 12 pixels, the first one white */
    run(s, "kernels preset sobel-left");
    const struct kernels_view *k = lab(s);
    const float *z = trace_tensor(k->trace, k->result);
    ck_assert(z[5 * 96 + 5] == 0);
    ck_assert(z[5 * 96 + 11] == 4); /* 1 + 2 + 1 whites at the left, blacks at the right */
    ck_assert(z[5 * 96 + 23] == -4);
    ck_assert(z[0] == -3); /* padding is skipped: 2 + 1 whites at the right, negative */
    session_destroy(s);
}
END_TEST

START_TEST(cells_are_typed)
{
    struct session *s = session_create();
    run(s, "kernels preset identity");
    run(s, "kernels cell 1,1 1/9");
    run(s, "kernels cell 0,2 -0,5");
    const struct kernels_view *k = lab(s);
    ck_assert_str_eq(k->texts[4], "1/9");
    ck_assert_double_eq_tol(k->cells[4], 1.0 / 9, 1e-12);
    ck_assert_double_eq(k->cells[2], -0.5);
    ck_assert_int_eq(k->preset, -1);
    ck_assert_double_eq_tol(k->total, 1.0 / 9 - 0.5, 1e-12);
    run(s, "kernels side 5"); /* its middle stays, and comes back */
    ck_assert_str_eq(lab(s)->texts[12], "1/9");
    run(s, "kernels side 3");
    ck_assert_str_eq(lab(s)->texts[4], "1/9");
    ck_assert_double_eq(lab(s)->cells[2], -0.5);
    session_destroy(s);
}
END_TEST

START_TEST(changes_of_the_kernel_are_undone)
{
    struct session *s = session_create();
    run(s, "show kernels");
    run(s, "kernels");
    ck_refuses(s, "undo", "no change of the kernel to undo");
    run(s, "kernels preset blur");
    run(s, "kernels cell 0,1 1/9");
    run(s, "kernels side 5");
    ck_assert(lab(s)->can_undo && !lab(s)->can_redo);
    run(s, "undo");
    ck_assert(lab(s)->side == 3);
    ck_assert_str_eq(lab(s)->texts[1], "1/9");
    run(s, "undo");
    ck_assert_str_eq(kernels_preset(lab(s)->preset)->name, "blur");
    run(s, "undo");
    ck_assert_str_eq(kernels_preset(lab(s)->preset)->name, "sobel-left");
    ck_refuses(s, "undo", "no change of the kernel to undo");
    run(s, "redo");
    run(s, "redo");
    ck_assert_str_eq(lab(s)->texts[1], "1/9");
    run(s, "kernels relu on"); /* what could be redone is gone */
    ck_refuses(s, "redo", "no undone change of the kernel");
    run(s, "kernels relu on"); /* changes nothing: no step of its own */
    run(s, "kernels undo");
    ck_assert(!lab(s)->relu);
    run(s, "kernels picture digit 0"); /* a small one */
    for (int i = 0; i < 300; i++) {    /* the oldest ones are forgotten */
        char line[40];
        snprintf(line, sizeof line, "kernels cell 1,1 %d", i);
        run(s, line);
    }
    for (int i = 0; i < 199; i++)
        run(s, "undo");
    ck_assert_str_eq(lab(s)->texts[4], "100");
    ck_refuses(s, "undo", "no change of the kernel to undo");
    run(s, "show home"); /* elsewhere another history is meant */
    ck_refuses(s, "undo", "no edit to undo");
    session_destroy(s);
}
END_TEST

START_TEST(refusals_say_what_is_expected)
{
    struct session *s = session_create();
    run(s, "kernels");
    ck_refuses(s, "kernels preset blurr", "there is no kernel \"blurr\"");
    ck_refuses(s, "kernels cell 3,0 1", "rows from 0 to 2");
    ck_refuses(s, "kernels cell 1,1 much", "a number as 0.5, 0,5 or 1/2");
    ck_refuses(s, "kernels divide 0", "any number but 0");
    ck_refuses(s, "kernels side 4", "3 or 5 cells wide");
    ck_refuses(s, "kernels stride 4", "a whole number from 1 to 3");
    ck_refuses(s, "kernels padding full", "valid");
    ck_refuses(s, "kernels at 200,0", "columns from 0 to 95");
    ck_refuses(s, "kernels picture nowhere.png", "neither a picture of Glassnet's");
    ck_refuses(s, "kernels picture README.md", "is no PNG or JPEG picture");
    ck_refuses(s, "kernels picture sample", "no picture is shown to a network");
    ck_refuses(s, "kernels picture digit 5000", "a whole number from 0 to");
    ck_refuses(s, "kernels twist", "nothing the kernel lab can do");
    ck_assert_str_eq(lab(s)->picture, "house");
    session_destroy(s);
}
END_TEST

START_TEST(small_pictures_and_digits)
{
    struct session *s = session_create();
    run(s, "kernels picture digit 3");
    ck_assert_int_eq(lab(s)->sample, 3);
    const struct kernels_view *k = lab(s);
    ck_assert_int_eq(k->trace->program->tensors[k->input].shape.dim[0], 28);
    run(s, "open data/networks/digits8.net"); /* 8 x 8: a kernel of 5 at stride 3 still fits */
    run(s, "kernels picture sample");
    run(s, "kernels side 5");
    run(s, "kernels padding valid");
    run(s, "kernels stride 3");
    k = lab(s);
    ck_assert_int_eq(k->trace->program->tensors[k->result].shape.dim[0], 2);
    ck_assert(k->row < 2 && k->column < 2);
    session_destroy(s);
}
END_TEST

Suite *test_kernels(void);
Suite *test_kernels(void)
{
    Suite *s = suite_create("kernels");
    TCase *t = tcase_create("kernels");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, its_numbers_are_a_layers);
    tcase_add_test(t, colours_go_one_by_one);
    tcase_add_test(t, edges_of_a_checkerboard);
    tcase_add_test(t, cells_are_typed);
    tcase_add_test(t, changes_of_the_kernel_are_undone);
    tcase_add_test(t, refusals_say_what_is_expected);
    tcase_add_test(t, small_pictures_and_digits);
    suite_add_tcase(s, t);
    return s;
}
