/* Side by side without a window: by mouse and by keyboard, at every size. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/ui/draw_check.h"
#include "screens.h"

static const char maps[] = "input 8 8 1\nc conv2d 4 3x3 relu\np maxpool 2x2\nf flatten\n"
                           "out dense 10 softmax\nloss cross-entropy\ndata digits8\n"
                           "train momentum rate=0.05 batch=16 seed=3\n";

static void click(struct core *c, const char *id)
{
    char line[96];
    ck_assert_msg(ui_find(&c->ui, id) != NULL, "no widget %s", id);
    snprintf(line, sizeof line, "click %s", id);
    screen_run(c, line);
    session_wait(c->session);
    core_settle(c);
}

static const struct snapshot *snap(struct core *c)
{
    return session_snapshot(c->session);
}

START_TEST(before_and_after_training)
{
    struct core *c = screen_open(maps, 1920, 1080);
    screen_run(c, "key Shift+F9");
    core_settle(c);
    ck_assert_str_eq(snap(c)->view, "beside");
    screen_run(c, "assert-text what is to stand beside this one?");
    click(c, "beside.begin.start");
    ck_assert(snap(c)->beside->kind == BESIDE_START);
    screen_run(c, "train 1");
    session_wait(c->session);
    screen_run(c, "inspect");
    click(c, "beside.layer.c");
    click(c, "beside.map.1");
    char name[64];
    cell_name(snap(c)->program, snap(c)->selected, name, sizeof name);
    ck_assert_str_eq(name, "c[3,3,1]");
    screen_run(c, "assert-text beside − here");
    ck_assert(snap(c)->beside->apart[BESIDE_OUTPUTS][1] != NULL);
    click(c, "beside.fresh");
    ck_assert(snap(c)->beside->kind == BESIDE_FRESH);
    click(c, "beside.none");
    ck_assert(snap(c)->beside->kind == BESIDE_NONE);
    core_destroy(c);
}
END_TEST

static void press_at(struct core *c, const char *id, float u, float w)
{
    char line[96];
    const struct widget_record *found = ui_find(&c->ui, id);
    ck_assert_msg(found != NULL, "no widget %s", id);
    struct rect r = found->rect;
    snprintf(line, sizeof line, "click %d,%d", (int)(r.x + r.w * u), (int)(r.y + r.h * w));
    screen_run(c, line);
    core_settle(c);
}

static void expect_selected(struct core *c, const char *name)
{
    char found[64];
    cell_name(snap(c)->program, snap(c)->selected, found, sizeof found);
    ck_assert_str_eq(found, name);
}

START_TEST(a_click_selects_what_is_under_the_pointer)
{
    struct core *c = screen_open(maps, 1920, 1080);
    screen_run(c, "show beside");
    screen_run(c, "beside fresh");
    core_settle(c);
    click(c, "beside.layer.c"); /* 6 x 6 */
    press_at(c, "beside.map.2", 2.5f / 6, 4.5f / 6);
    expect_selected(c, "c[4,2,2]");
    press_at(c, "beside.apart.3", 0.5f / 6, 5.5f / 6);
    expect_selected(c, "c[5,0,3]");
    press_at(c, "beside.there.1", 5.5f / 6, 0.5f / 6);
    expect_selected(c, "c[0,5,1]");
    core_destroy(c);
}
END_TEST

START_TEST(weights_and_gradients_have_columns_of_their_own)
{
    struct core *c = screen_open(maps, 1920, 1080);
    screen_run(c, "show beside");
    screen_run(c, "beside fresh");
    core_settle(c);
    click(c, "beside.layer.p");
    click(c, "beside.subject.Weights");
    ck_assert(ui_find(&c->ui, "beside.layer.p") == NULL); /* a pool has none */
    click(c, "beside.layer.c");
    press_at(c, "beside.map.1", 0.5f / 3, 2.5f / 3);
    expect_selected(c, "c.W[1,2,0,0]");
    screen_run(c, "assert-text c.W, up to");
    click(c, "beside.subject.∂L/∂weight");
    click(c, "beside.layer.out");
    screen_run(c, "assert-text ∂L/∂out.W, up to");
    press_at(c, "beside.there.0", 0.5f / 90, 9.5f / 10);
    expect_selected(c, "d:out.W[9,0]");
    screen_run(c, "assert-text beside − here");
    click(c, "beside.subject.∂L/∂activation");
    screen_run(c, "assert-text ∂L/∂out, up to");
    screen_run(c, "mode eval");
    core_settle(c);
    screen_run(c, "assert-text There are no gradients");
    click(c, "beside.mode");
    screen_run(c, "assert-text ∂L/∂out, up to");
    core_destroy(c);
}
END_TEST

START_TEST(a_file_is_chosen_for_it)
{
    struct core *c = screen_open(maps, 1920, 1080);
    screen_run(c, "show beside");
    core_settle(c);
    click(c, "beside.begin.open");
    ck_assert(c->screen.overlay == OVERLAY_FILES && c->screen.files.beside);
    screen_run(c, "key Escape");
    screen_run(c, "app files");
    ck_assert(!c->screen.files.beside); /* opened for itself it opens */
    screen_run(c, "key Escape");
    screen_run(c, "beside data/networks/digits8.net");
    core_settle(c);
    click(c, "beside.layer.c"); /* which the other has not */
    screen_run(c, "assert-text No difference");
    click(c, "beside.other.hidden");
    screen_run(c, "assert-text hidden, up to");
    click(c, "beside.same");
    core_destroy(c);
}
END_TEST

START_TEST(it_reads_well)
{
    static const struct {
        int w, h;
        const char *line, *beside;
    } screens[] = {{1280, 720, "zoom 100", "beside fresh"},
                   {1920, 1080, "zoom 250", "beside fresh"},
                   {1366, 768, "theme board", "beside data/networks/digits8.net"},
                   {1280, 720, "theme contrast", "beside none"}};
    struct draw_report report;
    for (int k = 0; k < 4; k++) {
        struct core *c = screen_open(maps, screens[k].w, screens[k].h);
        screen_run(c, "show beside");
        screen_run(c, screens[k].line);
        screen_run(c, screens[k].beside);
        core_settle(c);
        memset(&report, 0, sizeof report);
        ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%s:\n%s", screens[k].line,
                      report.text);
        memset(&report, 0, sizeof report);
        ck_assert_msg(draw_list_check_contrast(&c->draw, 4.5f, &report) == 0, "%s:\n%s",
                      screens[k].line, report.text);
        core_destroy(c);
    }
}
END_TEST

Suite *test_beside_view(void);
Suite *test_beside_view(void)
{
    Suite *s = suite_create("view/beside");
    TCase *c = tcase_create("beside");
    tcase_add_test(c, before_and_after_training);
    tcase_add_test(c, a_click_selects_what_is_under_the_pointer);
    tcase_add_test(c, weights_and_gradients_have_columns_of_their_own);
    tcase_add_test(c, a_file_is_chosen_for_it);
    tcase_add_test(c, it_reads_well);
    suite_add_tcase(s, c);
    return s;
}
