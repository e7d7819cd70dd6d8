/* Look inside without a window: by mouse and by keyboard, for pictures and for tables. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"
#include "screens.h"

static const char maps[] = "input 8 8 1\nc conv2d 4 3x3 relu\np maxpool 2x2\nf flatten\n"
                           "out dense 10 softmax\nloss cross-entropy\ndata digits8\n"
                           "train momentum rate=0.05 batch=16 seed=3\n";
static const char table[] = "input 4\nhidden dense 5 tanh\nout dense 3 softmax\n"
                            "loss cross-entropy\ndata iris:standardize=1\n"
                            "train momentum rate=0.05 batch=16 seed=3\n";

/* What threads work out has come. */
static void settle(struct core *c)
{
    core_settle(c);
    session_wait(c->session);
    core_settle(c);
    session_wait(c->session);
    core_settle(c);
}

static void click(struct core *c, const char *id)
{
    char line[96];
    ck_assert_msg(ui_find(&c->ui, id) != NULL, "no widget %s", id);
    snprintf(line, sizeof line, "click %s", id);
    screen_run(c, line);
    settle(c);
}

static struct core *open_inside(const char *text, int w, int h)
{
    struct core *c = screen_open(text, w, h);
    screen_run(c, "show inside");
    settle(c);
    return c;
}

static const struct snapshot *snap(struct core *c)
{
    return session_snapshot(c->session);
}

START_TEST(a_score_is_asked_about)
{
    struct core *c = open_inside(maps, 1920, 1080);
    ck_assert(snap(c)->look->asked && snap(c)->look->kind == ATTRIBUTE_SALIENCY);
    screen_run(c, "assert-text Saliency for");
    click(c, "inside.class.7");
    ck_assert_int_eq(snap(c)->look->found->class, 7);
    click(c, "inside.look.gradcam");
    ck_assert_int_eq(snap(c)->look->layer, 2); /* the last maps are looked at */
    click(c, "inside.layer.c");
    ck_assert_int_eq(snap(c)->look->layer, 1);
    screen_run(c, "assert-text By the maps of c");
    click(c, "inside.look.none");
    ck_assert(!snap(c)->look->asked);
    core_destroy(c);
}
END_TEST

/* One output tells two classes apart: each has its share. */
START_TEST(both_classes_of_a_lone_output_have_a_share)
{
    struct core *c = open_inside("input 2\nh dense 3 tanh\nout dense 1 sigmoid\n"
                                 "loss binary-cross-entropy\ndata moons:n=20\n",
                                 1280, 720);
    const struct snapshot *s = snap(c);
    char number[48], line[96];
    for (int k = 0; k < 2; k++) {
        double p = k ? (double)s->probabilities[0] : (double)(1 - s->probabilities[0]);
        snprintf(line, sizeof line, "assert-text %s", view_percent(s, p, 1, number, sizeof number));
        screen_run(c, line);
    }
    core_destroy(c);
}
END_TEST

/* The contrast between the darkest and the lightest pixel of the first 8 x 8 picture. */
static float picture_contrast(const struct core *c)
{
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const struct draw_cmd *cmd = &c->draw.cmds[i];
        if (cmd->kind != DRAW_HEATMAP || cmd->cols != 8 || cmd->rows != 8)
            continue;
        const uint32_t *at = (const uint32_t *)(const void *)(c->draw.data + cmd->data);
        struct colour least = colour_unpack(at[0]), most = least;
        for (int k = 1; k < cmd->count; k++) {
            struct colour one = colour_unpack(at[k]);
            least = colour_luminance(one) < colour_luminance(least) ? one : least;
            most = colour_luminance(one) > colour_luminance(most) ? one : most;
        }
        return colour_contrast(least, most);
    }
    return 0;
}

START_TEST(the_sample_is_seen_in_every_theme)
{
    struct core *c = open_inside(maps, 1280, 720);
    screen_run(c, "look none");
    for (int i = 0; i < theme_count(); i++) {
        char line[64];
        snprintf(line, sizeof line, "theme %s", theme_at(i)->name);
        screen_run(c, line);
        settle(c);
        float contrast = picture_contrast(c);
        ck_assert_msg(contrast > 4.5f, "%s: %g", theme_at(i)->name, (double)contrast);
    }
    core_destroy(c);
}
END_TEST

/* What is asked for is told by no list of classes, neither here nor beside another network. */
START_TEST(a_hidden_reading_is_told_nowhere)
{
    struct core *c = open_inside(maps, 1280, 720);
    char percent[48];
    view_percent(snap(c), (double)snap(c)->probabilities[snap(c)->guess], 1, percent,
                 sizeof percent);
    ck_assert(script_shows(c, percent));
    screen_run(c, "hide reading");
    ck_assert(!script_shows(c, percent));
    screen_run(c, "beside fresh");
    screen_run(c, "show beside");
    settle(c);
    ck_assert(!script_shows(c, percent));
    screen_run(c, "reveal reading");
    ck_assert(script_shows(c, percent));
    core_destroy(c);
}
END_TEST

START_TEST(a_map_is_selected_and_dreamt_of)
{
    struct core *c = open_inside(maps, 1920, 1080);
    click(c, "inside.layer.c");
    click(c, "inside.map.2");
    char name[64];
    cell_name(snap(c)->program, snap(c)->selected, name, sizeof name);
    ck_assert_str_eq(name, "c[3,3,2]");
    click(c, "inside.page.Dream");
    ck_assert(snap(c)->dream->asked && snap(c)->dream->steps == 0);
    click(c, "inside.neuron.2");
    cell_name(snap(c)->program, snap(c)->dream->cell, name, sizeof name);
    ck_assert_str_eq(name, "c.z[0,0,2]");
    ck_assert(snap(c)->dream->map);
    screen_run(c, "assert-text excites c, map 2");
    click(c, "inside.dream.step10");
    ck_assert_int_eq(snap(c)->dream->steps, 10);
    screen_run(c, "assert-text after 10 steps");
    click(c, "inside.dream.play");
    ck_assert(snap(c)->dream->playing);
    click(c, "inside.dream.play");
    ck_assert(!snap(c)->dream->playing);
    click(c, "inside.dream.start.Sample");
    ck_assert(snap(c)->dream->steps == 0 && snap(c)->dream->start == DREAM_SAMPLE);
    screen_run(c, "dream play");
    screen_run(c, "show network"); /* nobody sees it any more */
    ck_assert(!snap(c)->dream->playing);
    core_destroy(c);
}
END_TEST

START_TEST(the_nearest_is_gone_to)
{
    struct core *c = open_inside(maps, 1920, 1080);
    click(c, "inside.page.Nearest");
    ck_assert_int_eq(snap(c)->nearest->layer, 2);
    screen_run(c, "assert-text itself");
    int second = snap(c)->nearest->found[1].sample;
    click(c, "inside.near.1");
    ck_assert_int_eq(snap(c)->sample, second);
    ck_assert_int_eq(snap(c)->nearest->found[0].sample, second);
    screen_run(c, "edit out.b[0] 3");
    settle(c);
    screen_run(c, "assert-text weights are others");
    click(c, "inside.again");
    ck_assert(!snap(c)->nearest->stale);
    core_destroy(c);
}
END_TEST

/* A table has bars and no Grad-CAM; all of it reads at every size, in every theme. */
START_TEST(tables_and_small_screens_read_well)
{
    static const char *const pages[] = {"inside.page.Activations", "inside.page.Dream",
                                        "inside.page.Nearest"};
    static const struct {
        int w, h;
        const char *line;
    } screens[] = {{1280, 720, "zoom 100"}, {1920, 1080, "zoom 250"}, {1366, 768, "theme board"}};
    struct draw_report report;
    for (int k = 0; k < 3; k++) {
        struct core *c = open_inside(k == 1 ? maps : table, screens[k].w, screens[k].h);
        screen_run(c, screens[k].line);
        settle(c);
        for (int p = 0; p < 3; p++) {
            click(c, pages[p]);
            memset(&report, 0, sizeof report);
            ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%s, %s:\n%s",
                          screens[k].line, pages[p], report.text);
            memset(&report, 0, sizeof report);
            ck_assert_msg(draw_list_check_contrast(&c->draw, 4.5f, &report) == 0, "%s, %s:\n%s",
                          screens[k].line, pages[p], report.text);
        }
        core_destroy(c);
    }
    struct core *c = open_inside(table, 1920, 1080);
    screen_run(c, "assert-text no convolution");
    ck_assert(ui_find(&c->ui, "inside.look.gradcam")->state & STATE_DISABLED);
    core_destroy(c);
}
END_TEST

START_TEST(keys_alone_do)
{
    struct core *c = screen_open(maps, 1920, 1080);
    screen_run(c, "key Shift+F4");
    settle(c);
    ck_assert_str_eq(snap(c)->view, "inside");
    for (int i = 0; i < 400 && !(ui_find(&c->ui, "inside.class.4")->state & STATE_FOCUS); i++)
        screen_run(c, "key Tab");
    screen_run(c, "key Enter");
    settle(c);
    ck_assert_int_eq(snap(c)->look->class, 4);
    core_destroy(c);
}
END_TEST

Suite *test_inside_view(void);
Suite *test_inside_view(void)
{
    Suite *s = suite_create("view/inside");
    TCase *c = tcase_create("inside");
    tcase_add_test(c, the_sample_is_seen_in_every_theme);
    tcase_add_test(c, a_score_is_asked_about);
    tcase_add_test(c, a_hidden_reading_is_told_nowhere);
    tcase_add_test(c, a_map_is_selected_and_dreamt_of);
    tcase_add_test(c, the_nearest_is_gone_to);
    tcase_add_test(c, tables_and_small_screens_read_well);
    tcase_add_test(c, both_classes_of_a_lone_output_have_a_share);
    tcase_add_test(c, keys_alone_do);
    suite_add_tcase(s, c);
    return s;
}
