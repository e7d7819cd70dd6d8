/* What the pictures of the Layer view say: the formula's numbers, winners, masks, and how they
 * are revealed. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"
#include "view/screens.h"

#define DIGITS                                                                                     \
    "input 8 8 1\nc1 conv2d 2 3x3 relu padding=same\np1 maxpool 2x2\nd1 dropout 0.4\nf1 flatten\n" \
    "h1 dense 6 tanh\nout dense 10 softmax\nloss cross-entropy\ndata digits8\ntrain sgd\n"

static struct core *open_digits(void)
{
    struct core *c = screen_open(DIGITS, 1920, 1080);
    screen_run(c, "show layer");
    return c;
}

static struct cell named(struct core *c, const char *name)
{
    struct cell cell;
    const struct snapshot *s = session_snapshot(c->session);
    ck_assert(cell_parse(s->program, s->trace->n, name, &cell, NULL));
    return cell;
}

static float value_of(struct core *c, struct cell cell)
{
    return cell_value(session_snapshot(c->session)->trace, cell);
}

/* "(−0.41)·0.37" */
static void product_words(struct core *c, const struct formula_term *t, char *out, size_t size)
{
    char number[48];
    out[0] = 0;
    for (int k = 0; k < t->count; k++) {
        float x = t->factor[k].value;
        size_t length = strlen(out);
        snprintf(out + length, size - length, "%s%s%s%s", k ? "·" : "", x < 0 ? "(" : "",
                 view_number(session_snapshot(c->session), (double)x, number, sizeof number),
                 x < 0 ? ")" : "");
    }
}

/* Every product and every sum so far stands on the screen as the formula has it. */
static void check_terms(struct core *c, const char *cell)
{
    struct formula f = {.count = 0};
    char line[100], text[160], number[48];
    snprintf(line, sizeof line, "select %s", cell);
    screen_run(c, line);
    formula_of(session_snapshot(c->session)->trace, named(c, cell), &f);
    for (int t = 0; t < f.count; t++) {
        if (f.terms[t].count < 2)
            continue;
        product_words(c, &f.terms[t], text, sizeof text);
        ck_assert_msg(script_shows(c, text), "%s: term %d, %s, is not shown", cell, t, text);
        snprintf(text, sizeof text, "Σ %s",
                 view_number(session_snapshot(c->session), (double)formula_eval(&f, t + 1), number,
                             sizeof number));
        ck_assert_msg(script_shows(c, text), "%s: %s is not shown", cell, text);
    }
    formula_deinit(&f);
}

START_TEST(products_and_sums_are_the_formulas)
{
    struct core *c = open_digits();
    screen_run(c, "phase backward");
    check_terms(c, "c1.z[3,4,1]");
    check_terms(c, "d:h1.W[3,5]");
    core_destroy(c);
}
END_TEST

static int hatches(const struct core *c)
{
    int n = 0;
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const char *tag = draw_cmd_tag(&c->draw, &c->draw.cmds[i]);
        n += c->draw.cmds[i].kind == DRAW_HATCH && tag && strcmp(tag, "layer") == 0;
    }
    return n;
}

/* Nine products are hatched when the sum is at its bias; each step takes the hatching off one. */
START_TEST(terms_light_up_one_by_one)
{
    struct core *c = open_digits();
    screen_run(c, "goto c1.z[3,4,1]");
    screen_run(c, "back");
    screen_run(c, "grain term");
    screen_run(c, "step");
    int before = hatches(c);
    for (int k = 1; k <= 8; k++) {
        screen_run(c, "step");
        ck_assert_int_eq(hatches(c), before - k);
    }
    core_destroy(c);
}
END_TEST

START_TEST(padding_is_said_to_be_skipped)
{
    struct core *c = open_digits();
    screen_run(c, "phase forward");
    screen_run(c, "select c1.z[0,0,1]");
    ck_assert(script_shows(c, "skipped"));
    ck_assert(script_shows(c, "dashed: padding, skipped"));
    screen_run(c, "select c1.z[3,3,1]");
    ck_assert(!script_shows(c, "skipped") || script_shows(c, "dashed"));
    core_destroy(c);
}
END_TEST

static struct rect place_of(struct core *c, struct cell cell)
{
    struct rect r;
    ck_assert(layer_cell_rect(&c->screen.canvas.layer, cell, &r));
    return r;
}

static bool is_framed(const struct core *c, struct rect r)
{
    uint32_t ink = colour_pack(c->ui.theme->ink);
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const struct draw_cmd *cmd = &c->draw.cmds[i];
        if (cmd->kind != DRAW_FRAME || cmd->colour != ink)
            continue;
        if (rect_contains(r, cmd->x + 1, cmd->y + 1) && cmd->w <= r.w && cmd->h <= r.h)
            return true;
    }
    return false;
}

/* The winner of each window is the first of its largest; nobody else is framed. */
START_TEST(winners_are_marked)
{
    struct core *c = open_digits();
    int framed = 0;
    screen_run(c, "phase forward");
    screen_run(c, "select p1[1,1,0]");
    for (int window = 0; window < 16; window++) {
        char name[64];
        int best = 0;
        float top = -INFINITY;
        struct rect place[4];
        for (int k = 0; k < 4; k++) {
            snprintf(name, sizeof name, "c1[%d,%d,0]", window / 4 * 2 + k / 2,
                     window % 4 * 2 + k % 2);
            struct cell cell = named(c, name);
            float x = value_of(c, cell);
            best = x > top ? k : best;
            top = fmaxf(top, x);
            place[k] = place_of(c, cell);
        }
        for (int k = 0; k < 4; k++) {
            bool is = is_framed(c, place[k]);
            ck_assert_msg(is == (k == best), "window %d, place %d", window, k);
            framed += is;
        }
    }
    ck_assert_int_eq(framed, 16);
    core_destroy(c);
}
END_TEST

/* Two strokes for each dropped cell of the map: where it came in, and where it did not go out. */
START_TEST(dropped_cells_are_struck_out)
{
    struct core *c = open_digits();
    int dropped = 0, struck = 0;
    screen_run(c, "phase forward");
    screen_run(c, "select d1[1,1,0]");
    for (int k = 0; k < 16; k++) {
        char name[64];
        snprintf(name, sizeof name, "d1.mask[%d,%d,0]", k / 4, k % 4);
        dropped += value_of(c, named(c, name)) == 0;
    }
    uint32_t red = colour_pack(c->ui.theme->error);
    for (int i = 0; i < c->draw.n_cmds; i++)
        struck += c->draw.cmds[i].kind == DRAW_STROKE && c->draw.cmds[i].colour == red;
    ck_assert_int_eq(struck, 2 * dropped);
    core_destroy(c);
}
END_TEST

START_TEST(a_softmax_shows_each_of_its_steps)
{
    static const char *const cells[] = {"out.max", "out.shift[3]", "out.exp[3]", "out.sum",
                                        "out[3]"};
    struct core *c = open_digits();
    char number[48];
    screen_run(c, "phase forward");
    screen_run(c, "select out[3]");
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        view_number(session_snapshot(c->session), (double)value_of(c, named(c, cells[i])), number,
                    sizeof number);
        ck_assert_msg(script_shows(c, number), "%s = %s is not shown", cells[i], number);
    }
    screen_run(c, "phase backward");
    screen_run(c, "select d:out.z[3]");
    ck_assert(script_shows(c, "p − y"));
    core_destroy(c);
}
END_TEST

/* What is not computed is not told, and what a lesson hides is a question mark. */
START_TEST(nothing_is_told_too_early)
{
    struct core *c = open_digits();
    char number[48], sum[64];
    screen_run(c, "phase start");
    screen_run(c, "select c1.z[3,4,1]");
    view_number(session_snapshot(c->session), (double)value_of(c, named(c, "c1.z[3,4,1]")), number,
                sizeof number);
    snprintf(sum, sizeof sum, "Σ %s", number);
    ck_assert(!script_shows(c, sum));
    screen_run(c, "phase forward");
    ck_assert(script_shows(c, sum));
    screen_run(c, "hide c1.z[3,4,1]");
    screen_run(c, "select c1.z[3,4,1]");
    ck_assert(!script_shows(c, sum));
    core_destroy(c);
}
END_TEST

/* What a relu makes of a covered sum is not told beside it: it may be the very number. */
START_TEST(a_covered_sum_is_not_told_by_its_activation)
{
    static const char *const sums[][2] = {{"c1.z[3,4,1]", "c1[3,4,1]"}, {"h1.z[2]", "h1[2]"}};
    struct core *c = open_digits();
    char line[40];
    screen_run(c, "phase forward");
    snprintf(line, sizeof line, "select %s", sums[_i][0]);
    screen_run(c, line);
    ck_assert(script_shows(c, sums[_i][1]));
    screen_run(c, "app hide on");
    ck_assert(!script_shows(c, sums[_i][1]));
    core_destroy(c);
}
END_TEST

/* A slide lasts 200 ms, and there is none without leave. */
START_TEST(the_kernel_slides_when_motion_is_allowed)
{
    struct core *c = open_digits();
    screen_run(c, "phase forward");
    for (int motion = 0; motion < 2; motion++) {
        c->moves = motion;
        screen_run(c, "select c1.z[3,3,1]");
        core_frame(c, c->ui.time + 1);
        core_frame(c, c->ui.time + 1);
        struct err err = {0};
        ck_assert(core_command(c, "select c1.z[3,4,1]", &err));
        core_frame(c, c->ui.time + 0.3);
        core_frame(c, c->ui.time + 0.05);
        ck_assert(c->ui.again == motion);
        core_frame(c, c->ui.time + 0.2);
        ck_assert(!c->ui.again);
    }
    core_destroy(c);
}
END_TEST

START_TEST(text_can_be_read_in_every_theme)
{
    static const char *const cells[] = {"d:c1.b[1]",   "d1[1,1,0]",  "h1.z[2]",
                                        "h1.slope[2]", "d:out.z[3]", "loss.each"};
    struct core *c = open_digits();
    screen_run(c, "phase backward");
    for (int theme = 0; theme < theme_count(); theme++)
        for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
            char line[100];
            struct draw_report report = {0};
            snprintf(line, sizeof line, "theme %s", theme_at(theme)->name);
            screen_run(c, line);
            snprintf(line, sizeof line, "select %s", cells[i]);
            screen_run(c, line);
            draw_list_check_contrast(&c->draw, 4.5f, &report);
            ck_assert_msg(strstr(report.text, "[layer") == NULL, "%s, %s:\n%s", line,
                          theme_at(theme)->name, report.text);
        }
    core_destroy(c);
}
END_TEST

START_TEST(another_map_is_shown_by_key_and_mouse)
{
    struct core *c = screen_open("input 8 8 1\nc1 conv2d 3 3x3 relu\nc2 conv2d 2 3x3 relu\n"
                                 "f1 flatten\nout dense 10 softmax\nloss cross-entropy\n"
                                 "data digits8\ntrain sgd\n",
                                 1280, 720);
    screen_run(c, "phase forward");
    screen_run(c, "show convolution");
    screen_run(c, "select c2.W[1,0,2,2]");
    ck_assert(script_shows(c, "input map 2 of 0 … 2"));
    screen_run(c, "key Ctrl+Down");
    ck_assert(script_shows(c, "input map 0 of 0 … 2"));
    screen_run(c, "click layer.channel.next");
    ck_assert(script_shows(c, "input map 1 of 0 … 2"));
    ck_assert(script_shows(c, "c1 map 1"));
    core_destroy(c);
}
END_TEST

Suite *test_layer_pictures(void);
Suite *test_layer_pictures(void)
{
    Suite *s = suite_create("layer_pictures");
    TCase *t = tcase_create("layer_pictures");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, products_and_sums_are_the_formulas);
    tcase_add_test(t, terms_light_up_one_by_one);
    tcase_add_test(t, padding_is_said_to_be_skipped);
    tcase_add_test(t, winners_are_marked);
    tcase_add_test(t, dropped_cells_are_struck_out);
    tcase_add_test(t, a_softmax_shows_each_of_its_steps);
    tcase_add_test(t, nothing_is_told_too_early);
    tcase_add_loop_test(t, a_covered_sum_is_not_told_by_its_activation, 0, 2);
    tcase_add_test(t, the_kernel_slides_when_motion_is_allowed);
    tcase_add_test(t, text_can_be_read_in_every_theme);
    tcase_add_test(t, another_map_is_shown_by_key_and_mouse);
    suite_add_tcase(s, t);
    return s;
}
