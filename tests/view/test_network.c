/* The network view: what is folded opens, what is looked at is large, lines say what they show,
 * zoom and strip lead back, steps slide, numbers are there to read. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"
#include "glassnet/ui/picture.h"
#include "support/temporary.h"

#define CNN   "data/networks/digits-cnn.net"
#define MOONS "data/networks/moons.net"

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static struct core *open_file(const char *file)
{
    struct err err = {0};
    char line[200];
    struct core *c = core_create(1920, 1080, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    snprintf(line, sizeof line, "open %s", file);
    run(c, line);
    return c;
}

static struct core *open_text(const char *text, int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    struct net *net = net_parse(text, "test.net", &err);
    ck_assert_msg(net != NULL, "%s", err.message);
    struct dataset *data = dataset_open(net->data, DATASET_TRAIN, NULL, &err);
    ck_assert_msg(data != NULL, "%s", err.message);
    ck_assert_msg(session_open(c->session, net, data, &err), "%s", err.message);
    run(c, "show network");
    return c;
}

static void check_text(struct core *c, const char *what)
{
    struct draw_report report = {0};
    ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%s:\n%s", what, report.text);
}

/* Inputs for the words of one column are told apart where their names do not fit. */
START_TEST(inputs_for_words_differ)
{
    char text[400];
    snprintf(text, sizeof text,
             "data %s:words=colour\ninput 3\nh dense 4 tanh\nout dense 2 softmax\n",
             temporary_text("words.csv", "colour,label\ndark green,a\nlight green,b\nyellow,a\n"
                                         "dark green,b\nlight green,a\nyellow,b\n"));
    struct core *c = open_text(text, 1280, 720);
    core_settle(c);
    check_text(c, "words");
    ck_assert(script_shows(c, "low") && !script_shows(c, "colour=…"));
    core_destroy(c);
}
END_TEST

/* The headings of layers of a kind are told apart where there is no room for all of them. */
START_TEST(short_headings_differ)
{
    static const char *const wanted[] = {"…1.W", "…2.W", "…l1", "…l2", "out"};
    struct core *c = open_file(CNN);
    run(c, "size 1280x720");
    run(c, "zoom 250");
    run(c, "select conv2.z[3,2,5]");
    check_text(c, "250 %");
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ck_assert_msg(script_shows(c, wanted[i]), "%s is not there", wanted[i]);
    ck_assert(!script_shows(c, "con…") && !script_shows(c, "poo…") && !script_shows(c, "po…"));
    core_destroy(c);
}
END_TEST

/* Pictures of the tensor in the last frame. */
static int plates_of(struct core *c, const char *tensor)
{
    struct rect r;
    int rows, cols, n = 0;
    int t = program_find(session_snapshot(c->session)->program, tensor);
    for (int i = 0; network_plate(&c->screen.canvas.network, i, &r, &rows, &cols); i++)
        n += network_plate_cell(&c->screen.canvas.network, i, 0, 0).tensor == t;
    return n;
}

static struct rect place_of(struct core *c, const char *name)
{
    struct err err = {0};
    struct cell cell;
    struct rect r = {0};
    ck_assert(cell_parse(session_snapshot(c->session)->program, 1, name, &cell, &err));
    ck_assert_msg(network_cell_rect(&c->screen.canvas.network, cell, &r), "%s is nowhere", name);
    return r;
}

static int count_of(struct core *c, enum draw_kind kind)
{
    int n = 0;
    for (int i = 0; i < c->draw.n_cmds; i++)
        n += c->draw.cmds[i].kind == (int32_t)kind;
    return n;
}

#define DIGITS8 "loss cross-entropy\ndata digits8\n"

START_TEST(many_maps_are_folded_and_open)
{
    struct core *c = open_text("input 8 8 1\nc1 conv2d 64 3x3 relu\nf flatten\nh dense 128 relu\n"
                               "out dense 10 softmax\n" DIGITS8,
                               1280, 720);
    run(c, "phase forward");
    int few = plates_of(c, "c1");
    ck_assert_int_gt(few, 0);
    ck_assert_int_lt(few, 64);
    char text[32];
    snprintf(text, sizeof text, "… %d more", 64 - few);
    ck_assert_msg(script_shows(c, text), "\"%s\" is not shown", text);
    run(c, "click fold.c1");
    ck_assert_int_eq(plates_of(c, "c1"), 64);
    check_text(c, "opened");
    run(c, "click fold.c1");
    ck_assert_int_eq(plates_of(c, "c1"), few);
    /* by key, for the column of the selected cell; its folded unit is among those shown */
    run(c, "select h[70]");
    check_text(c, "units folded");
    int pieces = plates_of(c, "h");
    ck_assert_int_gt(pieces, 2);
    run(c, "key U");
    ck_assert_int_lt(plates_of(c, "h"), pieces);
    run(c, "key U");
    ck_assert_int_eq(plates_of(c, "h"), pieces);
    core_destroy(c);
}
END_TEST

START_TEST(what_is_looked_at_is_large)
{
    struct core *c = open_file(CNN);
    run(c, "phase start");
    run(c, "select none");
    float small = place_of(c, "conv1[9,14,3]").w;
    run(c, "grain cell");
    for (int i = 0; i < 30; i++)
        run(c, "step");
    run(c, "select conv1[0,9,0]");
    ck_assert(place_of(c, "conv1[0,9,0]").w > 1.5f * small);
    ck_assert(script_shows(c, "map 0"));
    ck_assert(script_shows(c, "filled 15 / 576"));
    run(c, "size 1280x720"); /* little room: the numbers whole, without the word */
    run(c, "select conv1.z[0,9,0]");
    ck_assert(script_shows(c, " / 576") && !script_shows(c, "filled"));
    run(c, "size 1920x1080");
    run(c, "phase forward");
    run(c, "select conv1.z[9,14,3]");
    ck_assert(script_shows(c, "kernel 3"));
    /* the kernel's own numbers, in the network and in the strip: 0.175 */
    ck_assert(script_shows(c, "0.17") && script_shows(c, "0.175"));
    core_destroy(c);
}
END_TEST

START_TEST(deep_networks_wrap_into_rows)
{
    char text[900] = "input 2\n";
    for (int i = 1; i <= 20; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "h%d dense 6 tanh\n", i);
    strcat(text, "out dense 2 softmax\nloss cross-entropy\ndata moons\n");
    static const int sizes[][2] = {{1280, 720}, {1920, 1080}, {3840, 2160}};
    for (int k = 0; k < 3; k++) {
        struct core *c = open_text(text, sizes[k][0], sizes[k][1]);
        run(c, "phase forward");
        check_text(c, "deep");
        ck_assert(script_shows(c, "h1") && script_shows(c, "h20"));
        ck_assert(place_of(c, "h20[0]").y > place_of(c, "h1[5]").y);
        /* a row goes on with lines: 2*6 + 19*36 + 6*2 weights, none left out */
        int lines = count_of(c, DRAW_STROKE);
        ck_assert_int_ge(lines, 12 + 19 * 36 + 12);
        core_destroy(c);
    }
}
END_TEST

START_TEST(lines_show_weights_or_gradients)
{
    struct core *c = open_file(MOONS);
    run(c, "phase forward");
    ck_assert(script_shows(c, "lines: W"));
    run(c, "phase backward");
    ck_assert(script_shows(c, "lines: ∂L/∂W"));
    run(c, "key E");
    ck_assert(script_shows(c, "lines: W"));
    run(c, "click lines");
    ck_assert(script_shows(c, "lines: ∂L/∂W"));
    core_destroy(c);
    c = open_text("input 8 8 1\nf flatten\nh dense 40 relu\nout dense 10 softmax\n" DIGITS8, 1920,
                  1080);
    run(c, "phase forward");
    ck_assert(!script_shows(c, "lines: W"));
    run(c, "select h.z[30]");
    ck_assert(script_shows(c, "20 strongest of 64 to unit 30"));
    core_destroy(c);
}
END_TEST

START_TEST(colour_pictures_are_shown_whole_and_by_channel)
{
    static const char *const files[] = {"p/cat/1.png", "p/dog/1.png"};
    struct err err = {0};
    uint32_t pixels[16];
    char text[1200];
    for (int k = 0; k < 2; k++) {
        for (int i = 0; i < 16; i++)
            pixels[i] = 0xff000000u | (uint32_t)(i * 15 << (k ? 16 : 8));
        temporary_text(k ? "p/dog/made" : "p/cat/made", "");
        ck_assert(picture_write_png(temporary_path(files[k]), pixels, 4, 4, &err));
    }
    snprintf(text, sizeof text,
             "input 4 4 3\nf flatten\nout dense 2 softmax\nloss cross-entropy\n"
             "data %s:size=4x4,channels=3\n",
             temporary_path("p"));
    struct core *c = open_text(text, 1280, 720);
    ck_assert_int_eq(plates_of(c, "input"), 4);
    core_destroy(c);
}
END_TEST

START_TEST(zoom_by_keys_and_thumbnails)
{
    struct core *c = open_file(CNN);
    run(c, "phase forward");
    ck_assert(!ui_find(&c->ui, "thumb.0"));
    float before = place_of(c, "input[3,3,0]").w;
    run(c, "key Z");
    run(c, "key Z");
    ck_assert(place_of(c, "input[3,3,0]").w > 1.8f * before);
    ck_assert_ptr_nonnull(ui_find(&c->ui, "thumb.0"));
    check_text(c, "zoomed");
    /* a click on the first thumbnail brings the input into sight */
    for (int i = 0; i < 12; i++)
        run(c, "key Shift+Right");
    ck_assert(place_of(c, "input[14,14,0]").x < 0);
    run(c, "click thumb.0");
    struct rect r = place_of(c, "input[14,14,0]");
    ck_assert(r.x > 0 && r.x < 1450 && r.y > 180 && r.y < 1000);
    run(c, "key Shift+Z");
    run(c, "key Shift+Z");
    ck_assert(fabsf(place_of(c, "input[3,3,0]").w - before) < 0.01f);
    ck_assert(!ui_find(&c->ui, "thumb.0"));
    struct ui_event pinch = {.kind = EVENT_PINCH, .x = 400, .y = 500, .dy = 3};
    run(c, "hover 400,500");
    core_feed(c, &pinch);
    core_settle(c);
    ck_assert(c->screen.canvas.network.zoom > 1.5f);
    core_destroy(c);
}
END_TEST

/* Zoomed in, the cell that is clicked stays under the pointer though columns change their widths;
 * one that is chosen by its name comes into sight. */
START_TEST(what_is_selected_stays_in_sight)
{
    struct core *c = open_file(CNN);
    run(c, "phase forward");
    run(c, "select none");
    struct rect r = place_of(c, "conv1[12,12,2]"), at = {0};
    char line[64];
    float x = r.x + r.w / 2, y = r.y + r.h / 2;
    snprintf(line, sizeof line, "wheel %.1f,%.1f 5", (double)x, (double)y);
    run(c, line);
    snprintf(line, sizeof line, "click %.1f,%.1f", (double)x, (double)y);
    run(c, line);
    bool under = false;
    int rows, cols;
    for (int i = 0; network_plate(&c->screen.canvas.network, i, &at, &rows, &cols); i++)
        under = under || rect_contains(at, x, y);
    ck_assert(under);
    /* closer by key: about the selected cell, also where its sum lies in its output's place */
    run(c, "key F");
    run(c, "select conv2.z[3,2,5]");
    for (int i = 0; i < 6; i++)
        run(c, "key Z");
    at = place_of(c, "conv2[3,2,5]");
    ck_assert(at.w > 100 && at.x > 0 && at.x + at.w < 1452 && at.y > 180 && at.y < 740);
    run(c, "select out.W[3,3]");
    at = place_of(c, "out.W[3,3]");
    ck_assert(at.x > 0 && at.x + at.w < 1452);
    core_destroy(c);
}
END_TEST

/* Yellow strokes that cross r. */
static int links_through(struct core *c, struct rect r)
{
    int n = 0;
    uint32_t yellow = colour_pack(c->ui.theme->selection);
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const struct draw_cmd *d = &c->draw.cmds[i];
        const struct point *at = draw_cmd_data(&c->draw, d);
        bool inside = false;
        for (int k = 0; d->kind == DRAW_STROKE && d->colour == yellow && k < (int)d->count; k++)
            inside = inside || rect_contains(rect_inset(r, 3), at[k].x, at[k].y);
        n += inside;
    }
    return n;
}

/* What goes into a gradient lies in the circle above it: no curve runs through the two, and the
 * frame is around the gradient, or the value, that is selected. */
START_TEST(a_unit_and_its_gradient_are_not_scribbled_over)
{
    static const char *const cells[] = {"hidden1.z[2]", "hidden1[2]", "hidden1.slope[2]"};
    struct core *c = open_file(MOONS);
    char line[64];
    run(c, "phase backward");
    for (int i = 0; i < 6; i++) {
        snprintf(line, sizeof line, "select %s%s", i % 2 ? "d:" : "", cells[i / 2]);
        if (i == 5)
            continue; /* a slope has no gradient */
        run(c, line);
        core_settle(c);
        ck_assert_msg(links_through(c, place_of(c, "hidden1[2]")) == 0, "%s", line);
    }
    core_destroy(c);
}
END_TEST

/* The part of the window that popups cover. */
static float popup_part(struct core *c)
{
    float area = 0;
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const struct draw_cmd *d = &c->draw.cmds[i];
        const char *tag = draw_cmd_tag(&c->draw, d);
        struct rect r = draw_cmd_bounds(&c->draw, d);
        if (d->kind == DRAW_RECT && tag && strcmp(tag, "popup") == 0)
            area = fmaxf(area, r.w * r.h);
    }
    return area / (float)(c->w * c->h);
}

/* Where all is enlarged a lens would cover the picture: beside the selected cell it is not there,
 * at the pointer it is small, or a line. */
START_TEST(the_lens_gives_way)
{
    struct core *c = open_file(CNN);
    char line[64];
    run(c, "zoom 250");
    run(c, "phase forward");
    run(c, "select conv2.z[3,2,5]");
    core_settle(c);
    ck_assert(popup_part(c) <= 0);
    struct rect r = place_of(c, "input[14,14,0]");
    snprintf(line, sizeof line, "hover %.1f,%.1f", (double)(r.x + r.w / 2),
             (double)(r.y + r.h / 2));
    run(c, line);
    ck_assert(popup_part(c) < 0.12f);
    core_destroy(c);
}
END_TEST

START_TEST(the_lens_shows_the_neighbourhood)
{
    struct core *c = open_file(CNN);
    run(c, "phase forward");
    run(c, "select none");
    struct rect r = place_of(c, "input[14,14,0]");
    char line[64];
    snprintf(line, sizeof line, "hover %.1f,%.1f", (double)(r.x + r.w / 2),
             (double)(r.y + r.h / 2));
    run(c, line);
    double value;
    char text[64], number[48];
    ck_assert(session_value(c->session, "input[14,14,0]", &value, NULL));
    snprintf(text, sizeof text, "input[14,14,0] = %s",
             view_number(session_snapshot(c->session), value, number, sizeof number));
    ck_assert_msg(script_shows(c, text), "%s", text);
    int with = count_of(c, DRAW_TEXT);
    run(c, "key M");
    ck_assert_int_lt(count_of(c, DRAW_TEXT), with - 20);
    core_destroy(c);
}
END_TEST

START_TEST(a_scale_does_not_tell_a_hidden_number)
{
    struct core *c = open_text("input 2\nout dense 2 softmax\nloss cross-entropy\n"
                               "data moons:n=40,noise=0.1,seed=3\ntrain sgd rate=0.1 batch=4\n",
                               1280, 720);
    run(c, "edit out.W[1,0] 0.125");
    run(c, "edit out.W[1,1] 0.125");
    run(c, "edit out.W[0,0] 0.25");
    run(c, "edit out.W[0,1] -0.75");
    run(c, "phase forward");
    run(c, "select none");
    ck_assert(script_shows(c, "±0.75"));
    run(c, "hide out.W[0,0]"); /* not the largest: the scale may stay */
    ck_assert(script_shows(c, "±0.75"));
    run(c, "hide out.W[0,1]");
    ck_assert(!script_shows(c, "±0.75") && script_shows(c, "±?"));
    run(c, "reveal all");
    ck_assert(script_shows(c, "±0.75"));
    core_destroy(c);
}
END_TEST

START_TEST(shares_are_live)
{
    struct core *c = open_file(CNN);
    run(c, "phase start");
    const struct snapshot *s = session_snapshot(c->session);
    char percent[48];
    view_percent(s, (double)s->probabilities[s->guess], 1, percent, sizeof percent);
    ck_assert_msg(script_shows(c, percent), "%s", percent);
    core_destroy(c);
    c = open_file(MOONS);
    ck_assert(script_shows(c, "reads 0, "));
    run(c, "hide out[0]");
    ck_assert(script_shows(c, "reads ?"));
    run(c, "reveal out[0]");
    run(c, "hide reading"); /* the number stays, what it means is asked for */
    ck_assert(script_shows(c, "reads ?"));
    run(c, "reveal reading");
    ck_assert(script_shows(c, "reads 0, "));
    core_destroy(c);
}
END_TEST

/* Is the text drawn, alone? */
static bool draws(const struct core *c, const char *text)
{
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const struct draw_cmd *cmd = &c->draw.cmds[i];
        if (cmd->kind == DRAW_TEXT && (size_t)cmd->count == strlen(text) &&
            memcmp(draw_cmd_data(&c->draw, cmd), text, strlen(text)) == 0)
            return true;
    }
    return false;
}

/* In cells too narrow for three digits whole numbers stand without decimals, apart. */
START_TEST(whole_numbers_in_narrow_cells)
{
    struct err err = {0};
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(core_open(c, "lessons/13-kernels.md", &err), "%s", err.message);
    run(c, "app page 10");
    ck_assert(draws(c, "3") && !draws(c, "3.0"));
    run(c, "edit input[0,0,0] 2.5");
    ck_assert(draws(c, "3.0") && draws(c, "2.5"));
    core_destroy(c);
}
END_TEST

/* Frames of one step, by their time alone: the kernel's frame moves, and comes to rest. */
START_TEST(a_step_slides)
{
    struct core *c = open_file(CNN);
    run(c, "phase start");
    run(c, "grain cell");
    for (int i = 0; i < 5; i++)
        run(c, "step");
    c->moves = true;
    core_frame(c, 100);
    struct err err = {0};
    ck_assert(core_command(c, "step", &err) && core_command(c, "step", &err));
    core_frame(c, 101);
    ck_assert(c->ui.again);
    int moving = count_of(c, DRAW_ROUND);
    core_frame(c, 101.1);
    ck_assert(c->ui.again);
    core_frame(c, 101.3);
    ck_assert_int_lt(count_of(c, DRAW_ROUND), moving); /* the sum has landed */
    ck_assert(!c->ui.again);
    /* keys that repeat outrun it */
    ck_assert(core_command(c, "step", &err) && core_command(c, "step", &err));
    core_frame(c, 102);
    ck_assert(core_command(c, "step", &err) && core_command(c, "step", &err));
    core_frame(c, 102.05);
    ck_assert(!c->ui.again);
    run(c, "setting motion off");
    ck_assert(core_command(c, "step", &err) && core_command(c, "step", &err));
    core_frame(c, 110);
    ck_assert(!c->ui.again);
    core_destroy(c);
}
END_TEST

START_TEST(where_infinity_began_is_told)
{
    struct core *c = open_file(MOONS);
    run(c, "edit hidden2.W[0,0] 3e38");
    run(c, "edit hidden2.W[0,1] 3e38");
    run(c, "edit hidden2.W[0,2] -3e38");
    run(c, "phase start");
    ck_assert(!script_shows(c, "Infinity began at"));
    run(c, "phase forward");
    ck_assert(script_shows(c, "Infinity began at hidden2.z[0]"));
    run(c, "click bad");
    const struct snapshot *s = session_snapshot(c->session);
    char name[100];
    ck_assert_str_eq(cell_name(s->program, s->selected, name, sizeof name), "hidden2.z[0]");
    core_destroy(c);
}
END_TEST

/* The view's own words, at every size and zoom; those of the bars and panels are tested where
 * these are. */
START_TEST(no_words_on_words_at_any_zoom)
{
    static const char *const texts[] = {
        "input 8 8 1\nc1 conv2d 24 3x3 relu padding=same\nc2 conv2d 24 3x3 padding=same\n"
        "s1 add c1 c2\np1 maxpool 2x2\nf flatten\nh dense 128 relu\nout dense 10 softmax\n" DIGITS8,
        "input 8 8 1\nf flatten\nh1 dense 40 relu\nd1 dropout 0.5\nh2 dense 12 tanh\n"
        "out dense 10 softmax\n" DIGITS8};
    static const int sizes[][2] = {{1280, 720}, {1366, 768}, {3840, 2160}};
    static const char *const lines[] = {"zoom 80",        "zoom 250",    "select out.z[3]",
                                        "phase backward", "key Z",       "select d:out.W[3,7]",
                                        "zoom 150",       "key Shift+Z", "phase update"};
    for (int size = 0; size < 3; size++) {
        struct core *c = open_text(texts[_i], sizes[size][0], sizes[size][1]);
        run(c, "phase forward");
        for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
            struct draw_report report = {0};
            run(c, lines[k]);
            draw_list_check_text(&c->draw, &report);
            ck_assert_msg(!strstr(report.text, "[network]") && !strstr(report.text, "[detail]"),
                          "%s at %d:\n%s", lines[k], sizes[size][0], report.text);
        }
        core_destroy(c);
    }
}
END_TEST

Suite *test_network(void);
Suite *test_network(void)
{
    Suite *s = suite_create("network");
    TCase *t = tcase_create("network");
    tcase_set_timeout(t, 120);
    tcase_add_test(t, inputs_for_words_differ);
    tcase_add_test(t, short_headings_differ);
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, many_maps_are_folded_and_open);
    tcase_add_test(t, what_is_looked_at_is_large);
    tcase_add_test(t, deep_networks_wrap_into_rows);
    tcase_add_test(t, lines_show_weights_or_gradients);
    tcase_add_test(t, colour_pictures_are_shown_whole_and_by_channel);
    tcase_add_test(t, zoom_by_keys_and_thumbnails);
    tcase_add_test(t, what_is_selected_stays_in_sight);
    tcase_add_test(t, the_lens_shows_the_neighbourhood);
    tcase_add_test(t, the_lens_gives_way);
    tcase_add_test(t, a_unit_and_its_gradient_are_not_scribbled_over);
    tcase_add_test(t, shares_are_live);
    tcase_add_test(t, whole_numbers_in_narrow_cells);
    tcase_add_test(t, a_scale_does_not_tell_a_hidden_number);
    tcase_add_test(t, a_step_slides);
    tcase_add_loop_test(t, no_words_on_words_at_any_zoom, 0, 2);
    tcase_add_test(t, where_infinity_began_is_told);
    suite_add_tcase(s, t);
    return s;
}
