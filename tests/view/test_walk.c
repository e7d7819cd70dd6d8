/* A walk through every view: no text lies on another, none is cut, all can be read. The short form
 * takes places at random from a seed; GLASSNET_SOAK=1 takes all of them. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/base/rng.h"
#include "glassnet/ui/draw_check.h"
#include "support/temporary.h"

static const int sizes[][2] = {{1280, 720}, {1366, 768}, {1920, 1080}, {3840, 2160}};
static const int zooms[] = {100, 250, 80};
static const char *const phases[] = {"phase forward", "phase loss", "phase backward",
                                     "phase update"};
static const char *const tabs[] = {"show inspect", "show draw", "show training"};
static const char *const themes[] = {"paper", "board", "contrast"};

enum { NETS = 3, SIZES = 4, ZOOMS = 3, PHASE_COUNT = 4, CELLS = 4, TAB_COUNT = 3 };

static const char *const cells[NETS][CELLS] = {
    {"none", "conv2.z[3,2,5]", "d:conv1.W[3,2,2,0]", "new:out.W[7,120]"},
    {"none", "hidden2.z[1]", "d:hidden1.W[3,1]", "loss"},
    {"none", "s.z[3,4,1]", "d:n.gamma[2]", "out[3]"}};

/* Layers of many kinds, two of them read by more than the next one. */
static const char branched[] =
    "input 8 8 1\nc conv2d 4 3x3 relu padding=same\nd conv2d 4 3x3 padding=same\n"
    "s add c d relu\nt concatenate s c d\np maxpool 2x2\nn batchnorm\nr dropout 0.2\n"
    "f flatten\nh dense 24 tanh\ni dense 16 relu\nout dense 10 softmax\nloss cross-entropy\n"
    "data digits8\ntrain momentum rate=0.05 mu=0.9 batch=32 epochs=2 seed=7\n";

/* Where the walk is, and what it has found. */
struct walk {
    struct core *core;
    struct rng rng;
    int one_in;      /* places are taken with this chance */
    int one_in_read; /* and their contrast looked at */
    int places, faults;
    char where[256], text[3000];
};

static bool takes_all(void)
{
    return getenv("GLASSNET_SOAK") != NULL;
}

static bool one_of(struct walk *w, int n)
{
    return n <= 1 || rng_below(&w->rng, (uint32_t)n) == 0;
}

static void run(struct walk *w, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(w->core, line, &err), "%s: %s", line, err.message);
}

static void run_number(struct walk *w, const char *word, int number)
{
    char line[64];
    snprintf(line, sizeof line, "%s %d", word, number);
    run(w, line);
}

static void note(struct walk *w, int faults, const char *text)
{
    if (faults == 0)
        return;
    size_t used = strlen(w->text);
    w->faults++;
    snprintf(w->text + used, sizeof w->text - used, "%s:\n%.400s", w->where, text);
}

static void look(struct walk *w)
{
    struct draw_report report = {0};
    struct core *c = w->core;
    core_settle(c);
    w->places++;
    note(w, draw_list_check_text(&c->draw, &report), report.text);
    if (!one_of(w, w->one_in_read))
        return;
    memset(&report, 0, sizeof report);
    bool strong = strcmp(session_snapshot(c->session)->theme, "contrast") == 0;
    note(w, draw_list_check_contrast(&c->draw, strong ? 7 : 4.5f, &report), report.text);
}

static void begin(struct walk *w, uint64_t seed)
{
    struct err err = {0};
    *w = (struct walk){.one_in = takes_all() ? 1 : 90, .one_in_read = takes_all() ? 16 : 24};
    rng_seed(&w->rng, seed, 1);
    setenv("XDG_DATA_HOME", "/dev/null/none", 1);
    w->core = core_create(1280, 720, &err);
    ck_assert_msg(w->core != NULL, "%s", err.message);
}

static void end(struct walk *w)
{
    core_destroy(w->core);
    ck_assert_msg(w->faults == 0, "%d of %d places:\n%s", w->faults, w->places, w->text);
}

static void set_size(struct walk *w, int size, int zoom)
{
    char line[64];
    snprintf(line, sizeof line, "size %dx%d", sizes[size][0], sizes[size][1]);
    run(w, line);
    run_number(w, "zoom", zooms[zoom]);
}

static void walk_view(struct walk *w, int net, int size, int zoom, const char *view)
{
    char line[80];
    for (int i = 0; i < PHASE_COUNT * CELLS * TAB_COUNT; i++) {
        if (!one_of(w, w->one_in))
            continue;
        const char *cell = cells[net][i / TAB_COUNT % CELLS],
                   *phase = phases[i / TAB_COUNT / CELLS];
        set_size(w, size, zoom);
        snprintf(line, sizeof line, "theme %s", themes[rng_below(&w->rng, 3)]);
        run(w, line);
        run(w, phase);
        snprintf(line, sizeof line, "select %s", cell);
        run(w, line);
        run(w, tabs[i % TAB_COUNT]);
        snprintf(line, sizeof line, "show %s", view);
        run(w, line);
        snprintf(w->where, sizeof w->where, "net %d, %dx%d, zoom %d, %s, %s, %s, %s", net,
                 sizes[size][0], sizes[size][1], zooms[zoom], view, phase, cell,
                 tabs[i % TAB_COUNT]);
        look(w);
    }
}

START_TEST(every_view_is_clean)
{
    struct walk w;
    const char *const files[NETS] = {"data/networks/digits-cnn.net", "data/networks/moons.net",
                                     temporary_text("branched.net", branched)};
    char line[1100];
    const int net = _i / ZOOMS, zoom = _i % ZOOMS;
    begin(&w, (uint64_t)_i + 3);
    snprintf(line, sizeof line, "open %s", files[net]);
    run(&w, line);
    for (int size = 0; size < SIZES; size++)
        for (int k = 0; canvas_view_name(k); k++)
            if (!canvas_refusal(session_snapshot(w.core->session), canvas_view_name(k)))
                walk_view(&w, net, size, zoom, canvas_view_name(k));
    end(&w);
}
END_TEST

/* Longer words, at the sizes of classrooms' screens: every view, what lies over them, and home. */
START_TEST(polish_is_clean)
{
    static const int classroom[] = {0, 2};
    struct walk w;
    const char *const files[NETS] = {"data/networks/digits-cnn.net", "data/networks/moons.net",
                                     temporary_text("branched.net", branched)};
    char line[1100];
    begin(&w, (uint64_t)_i + 9);
    w.one_in = takes_all() ? 1 : 24;
    run(&w, "setting language pl");
    for (int s = 0; s < 2; s++) {
        set_size(&w, classroom[s], 0);
        run(&w, "show home");
        snprintf(w.where, sizeof w.where, "home, %dx%d", w.core->w, w.core->h);
        look(&w);
    }
    snprintf(line, sizeof line, "open %s", files[_i]);
    run(&w, line);
    for (int s = 0; s < 2; s++) {
        set_size(&w, classroom[s], 0);
        for (int k = 0; canvas_view_name(k); k++)
            if (!canvas_refusal(session_snapshot(w.core->session), canvas_view_name(k)))
                walk_view(&w, _i, classroom[s], 0, canvas_view_name(k));
        for (int i = OVERLAY_KEYS; i < OVERLAYS; i++) {
            if (i == OVERLAY_RECOVER)
                continue;
            snprintf(line, sizeof line, "app %s", overlay_name(i));
            run(&w, line);
            snprintf(w.where, sizeof w.where, "%.80s, %dx%d", line, w.core->w, w.core->h);
            look(&w);
            run(&w, line);
        }
    }
    end(&w);
}
END_TEST

/* What lies over the views, and the views after something of a run, a watch list, a batch. */
START_TEST(overlays_and_states_are_clean)
{
    struct walk w;
    begin(&w, 5);
    w.one_in = takes_all() ? 1 : 3;
    run(&w, "open data/networks/digits-cnn.net");
    run(&w, "sample 3,4,5");
    run(&w, "watch loss");
    run(&w, "watch d:conv1.W[3,2,2,0]");
    run(&w, "phase backward");
    run(&w, "select d:conv1.W[3,2,2,0]");
    for (int size = 0; size < SIZES; size++)
        for (int zoom = 0; zoom < ZOOMS; zoom++)
            for (int i = OVERLAY_NONE; i < OVERLAYS; i++) {
                char line[64];
                if (i == OVERLAY_RECOVER || !one_of(&w, w.one_in))
                    continue;
                set_size(&w, size, zoom);
                snprintf(line, sizeof line, "app %s", i ? overlay_name(i) : "hide");
                run(&w, line);
                snprintf(w.where, sizeof w.where, "%s, %dx%d, zoom %d", line, w.core->w, w.core->h,
                         zooms[zoom]);
                look(&w);
                run(&w, line);
            }
    end(&w);
}
END_TEST

START_TEST(home_is_clean)
{
    struct walk w;
    begin(&w, 6);
    w.one_in_read = takes_all() ? 1 : 6;
    run(&w, "show home");
    for (int size = 0; size < SIZES; size++)
        for (int zoom = 0; zoom < ZOOMS; zoom++) {
            set_size(&w, size, zoom);
            snprintf(w.where, sizeof w.where, "home, %dx%d, zoom %d", w.core->w, w.core->h,
                     zooms[zoom]);
            look(&w);
        }
    end(&w);
}
END_TEST

START_TEST(lessons_are_clean)
{
    struct walk w;
    begin(&w, 7);
    w.one_in = takes_all() ? 1 : 25;
    for (int k = 0; w.core->catalogue && k < w.core->catalogue->count; k++) {
        char line[1200];
        snprintf(line, sizeof line, "open %s", w.core->catalogue->cards[k].path);
        run(&w, line);
        int pages = player_view(w.core->player)->pages;
        for (int i = 0; i < pages * SIZES * ZOOMS; i++) {
            if (!one_of(&w, w.one_in))
                continue;
            set_size(&w, i / ZOOMS % SIZES, i % ZOOMS);
            run_number(&w, "app page", i / ZOOMS / SIZES + 1);
            snprintf(w.where, sizeof w.where, "%.150s page %d, %dx%d, zoom %d", line,
                     i / ZOOMS / SIZES + 1, w.core->w, w.core->h, zooms[i % ZOOMS]);
            look(&w);
        }
    }
    ck_assert_int_gt(w.places, 0);
    end(&w);
}
END_TEST

/* Areas that keys reach without Tab: canvases and the bars and scroll bars around them. */
static bool keys_lead_there(const char *id)
{
    static const char *const areas[] = {
        "canvas", "timeline", "matrix.table",  "matrix.across", "matrix.down",
        "layer",  "chain",    "plane.weights", "train.scatter", "message" /* Escape */};
    size_t length = strlen(id);
    if (length > 4 && strcmp(id + length - 4, ".bar") == 0)
        return true;
    if (strncmp(id, "plane.kink.", 11) == 0) /* only told of; its neuron is reached */
        return true;
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++)
        if (strcmp(id, areas[i]) == 0)
            return true;
    return false;
}

static void look_at_widgets(struct walk *w)
{
    const struct ui *ui = &w->core->ui;
    char text[200];
    w->places++;
    for (int i = 0; i < ui->n_records; i++) {
        const struct widget_record *r = &ui->records[i];
        for (int k = 0; k < i; k++) {
            snprintf(text, sizeof text, "two widgets are called %s\n", r->id);
            note(w, ui->records[k].hash == r->hash, text);
        }
        bool reached = r->focusable || r->state & STATE_DISABLED || keys_lead_there(r->id);
        snprintf(text, sizeof text, "Tab does not lead to %s\n", r->id);
        note(w, !reached, text);
    }
}

START_TEST(tab_reaches_all_that_a_click_does)
{
    static const char *const files[] = {"data/networks/digits-cnn.net", "data/networks/plane.net",
                                        "data/networks/curve.net", "lessons/01-one-neuron.md"};
    struct walk w;
    char line[80];
    begin(&w, 8);
    for (size_t net = 0; net < sizeof files / sizeof *files; net++) {
        snprintf(line, sizeof line, "open %s", files[net]);
        run(&w, line);
        for (int k = 0; canvas_view_name(k); k++) {
            if (canvas_refusal(session_snapshot(w.core->session), canvas_view_name(k)))
                continue;
            snprintf(line, sizeof line, "show %s", canvas_view_name(k));
            struct err err = {0};
            if (!script_run_line(w.core, line, &err)) { /* a view that the lesson locks */
                ck_assert_msg(net == 3 && strstr(err.message, "is locked"), "%s", err.message);
                continue;
            }
            core_settle(w.core);
            snprintf(w.where, sizeof w.where, "%s, %s", files[net], canvas_view_name(k));
            look_at_widgets(&w);
        }
    }
    end(&w);
}
END_TEST

Suite *test_walk(void);
Suite *test_walk(void)
{
    Suite *s = suite_create("walk");
    TCase *t = tcase_create("walk");
    tcase_set_timeout(t, takes_all() ? 3600 : 120);
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_loop_test(t, every_view_is_clean, 0, NETS * ZOOMS);
    tcase_add_loop_test(t, polish_is_clean, 0, NETS);
    tcase_add_test(t, overlays_and_states_are_clean);
    tcase_add_test(t, home_is_clean);
    tcase_add_test(t, tab_reaches_all_that_a_click_does);
    tcase_add_test(t, lessons_are_clean);
    suite_add_tcase(s, t);
    return s;
}
