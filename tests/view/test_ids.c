/* Ids of widgets are names for scripts and lessons: the same in every language, in every view,
 * panel and overlay. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/script.h"
#include "support/temporary.h"

enum { IDS_MOST = 3000 };

struct ids {
    int count;
    char ids[IDS_MOST][64];
};

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Those of the frame, sorted. */
static void gather(struct core *c, struct ids *set)
{
    core_settle(c);
    set->count = 0;
    for (int i = 0; i < c->ui.n_records && set->count < IDS_MOST; i++)
        memcpy(set->ids[set->count++], c->ui.records[i].id, sizeof set->ids[0]);
    qsort(set->ids, (size_t)set->count, sizeof set->ids[0], by_bytes);
}

/* The same set in English and in Polish. */
static void compare(struct core *c, const char *where)
{
    static struct ids en, pl;
    run(c, "setting language en");
    gather(c, &en);
    run(c, "setting language pl");
    gather(c, &pl);
    run(c, "setting language en");
    ck_assert_int_gt(en.count, 0);
    for (int i = 0; i < en.count || i < pl.count; i++) {
        const char *one = i < en.count ? en.ids[i] : "nothing",
                   *other = i < pl.count ? pl.ids[i] : "nothing";
        ck_assert_msg(strcmp(one, other) == 0, "%s: %s is %s in Polish", where, one, other);
    }
}

static struct core *begin(void)
{
    struct err err = {0};
    setenv("XDG_DATA_HOME", temporary_folder(), 1);
    struct core *c = core_create(3840, 2160, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    run(c, "zoom 80"); /* room for all, however long the words are */
    return c;
}

START_TEST(of_every_view)
{
    static const char *const files[] = {"data/networks/digits-cnn.net", "data/networks/plane.net",
                                        "data/networks/curve.net"};
    static const char *const tabs[] = {"show inspect", "show draw", "show training"};
    struct core *c = begin();
    char line[200];
    snprintf(line, sizeof line, "open %s", files[_i]);
    run(c, line);
    run(c, "phase backward");
    run(c, _i == 0 ? "select d:conv1.W[3,2,2,0]" : "select loss");
    for (int k = 0; canvas_view_name(k); k++) {
        if (canvas_refusal(session_snapshot(c->session), canvas_view_name(k)))
            continue;
        snprintf(line, sizeof line, "show %s", canvas_view_name(k));
        run(c, line);
        compare(c, line);
    }
    run(c, "show network");
    for (int i = 0; i < 3; i++) {
        run(c, tabs[i]);
        compare(c, tabs[i]);
    }
    core_destroy(c);
}
END_TEST

START_TEST(of_every_overlay_and_home)
{
    struct core *c = begin();
    char line[80];
    run(c, "show home");
    compare(c, "home");
    run(c, "open data/networks/digits-cnn.net");
    for (int i = OVERLAY_NONE + 1; i < OVERLAYS; i++) {
        if (i == OVERLAY_RECOVER || i == OVERLAY_GLOSSARY) /* a file of words for each language */
            continue;
        snprintf(line, sizeof line, "app %s", overlay_name(i));
        run(c, line);
        compare(c, line);
        run(c, line);
    }
    core_destroy(c);
}
END_TEST

/* What one learns to click stays what it is called: the switch of the groups, the layer's parts. */
START_TEST(are_what_they_were)
{
    struct core *c = begin();
    run(c, "setting language pl");
    run(c, "open data/networks/digits-cnn.net");
    run(c, "click canvas.group.Play");
    run(c, "click canvas.group.See");
    run(c, "select conv1.z[3,2,1]");
    run(c, "show layer");
    run(c, "click layer.part.relu");
    ck_assert_ptr_nonnull(ui_find(&c->ui, "layer.part.convolution"));
    run(c, "setting language en");
    core_destroy(c);
}
END_TEST

Suite *test_ids(void);
Suite *test_ids(void)
{
    Suite *s = suite_create("view/ids");
    TCase *t = tcase_create("ids");
    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_loop_test(t, of_every_view, 0, 3);
    tcase_add_test(t, of_every_overlay_and_home);
    tcase_add_test(t, are_what_they_were);
    suite_add_tcase(s, t);
    return s;
}
