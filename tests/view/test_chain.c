/* The chain view: gates that do not overlap, wires that run to the right, the numbers of the
 * trace on them, and the chain rule along its foot. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/script.h"
#include "glassnet/base/text.h"
#include "glassnet/ui/draw_check.h"
#include "support/nets.h"
#include "view/chain_layout.h"

static struct core *open_core(const char *file, int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    char line[300];
    snprintf(line, sizeof line, "open %s", file);
    ck_assert_msg(core_command(c, line, &err), "%s", err.message);
    core_settle(c);
    return c;
}

static void run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

static const char *selected(struct core *c)
{
    static char name[200];
    const struct snapshot *s = session_snapshot(c->session);
    return cell_is(s->selected) ? cell_name(s->program, s->selected, name, sizeof name) : "none";
}

static struct rect place_of(struct core *c, const char *name)
{
    struct rect r = {0};
    struct cell cell;
    const struct snapshot *s = session_snapshot(c->session);
    ck_assert(cell_parse(s->program, s->trace->n, name, &cell, NULL));
    ck_assert_msg(chain_cell_rect(&c->screen.canvas.chain, cell, &r), "%s is not on the screen",
                  name);
    return r;
}

static void click(struct core *c, float x, float y)
{
    char line[64];
    snprintf(line, sizeof line, "click %.1f,%.1f", (double)x, (double)y);
    run(c, line);
}

static void check_frames(const struct circuit *c, const struct chain_layout *l, const char *name)
{
    for (int a = 0; a < c->unit_count; a++) {
        struct rect f = l->units[a].frame;
        ck_assert_msg(f.x >= 0 && f.y >= -0.01f && f.x + f.w <= l->w + 0.01f &&
                          f.y + f.h <= l->h + 0.01f,
                      "%s: unit %d lies outside", name, a);
        for (int b = a + 1; b < c->unit_count; b++)
            ck_assert_msg(!rect_overlaps(rect_inset(f, 0.5f), l->units[b].frame),
                          "%s: units %d and %d overlap", name, a, b);
    }
}

static struct rect room_of(const struct chain_gate *g)
{
    return rect_inset(rect_union(rect_union(g->gate, g->stem), g->name), 0.5f);
}

static void check_gates(const struct circuit *c, const struct chain_layout *l, const char *name)
{
    for (int a = 0; a < c->gate_count; a++) {
        struct rect f = l->units[c->gates[a].unit].frame, r = room_of(&l->gates[a]);
        ck_assert_msg(r.x >= f.x && r.y >= f.y && r.x + r.w <= f.x + f.w && r.y + r.h <= f.y + f.h,
                      "%s: gate %d sticks out of its unit", name, a);
        for (int b = a + 1; b < c->gate_count; b++)
            ck_assert_msg(!rect_overlaps(r, room_of(&l->gates[b])), "%s: gates %d and %d overlap",
                          name, a, b);
    }
}

static void check_wires(const struct circuit *c, const struct chain_layout *l, const char *name)
{
    for (int k = 0; k < c->wire_count; k++) {
        const struct chain_wire *w = &l->wires[k];
        struct rect stem = l->gates[c->wires[k].from].stem;
        float x = stem.x + stem.w;
        for (int i = 0; w->across && i < w->bends; i++) {
            ck_assert_msg(l->bends[w->first + i].x >= x, "%s: wire %d turns back", name, k);
            x = l->bends[w->first + i].x;
        }
        ck_assert_msg(!w->across || w->lane.x > x, "%s: wire %d enters from the right", name, k);
        x = w->across ? w->lane.x : x;
        ck_assert_msg(w->end.x > x - 0.5f, "%s: wire %d ends at the left", name, k);
    }
}

/* Networks of every layer kind, small ones whole and large ones in part. */
START_TEST(nothing_overlaps_and_all_runs_to_the_right)
{
    const struct test_net *tn = &test_nets[_i];
    struct net *net = test_net_make(tn, 3);
    struct program *p;
    struct trace *t = test_net_trace(net, tn->targets, 1 + _i % 2, 5, MODE_TRAIN, &p);
    struct circuit *c = circuit_create(t, 0, _i % 3 ? (struct cell){p->input, 0, 1} : CELL_NONE);
    struct chain_layout l;
    chain_layout_create(&l, c);
    check_frames(c, &l, tn->name);
    check_gates(c, &l, tn->name);
    check_wires(c, &l, tn->name);
    chain_layout_destroy(&l);
    chain_layout_boxes(&l, c);
    check_frames(c, &l, tn->name);
    chain_layout_destroy(&l);
    circuit_destroy(c);
    trace_destroy(t);
    program_destroy(p);
    net_destroy(net);
}
END_TEST

static const char *const networks[] = {"lessons/blame.net", "data/networks/moons.net",
                                       "data/networks/digits-cnn.net"};
static const int sizes[][2] = {{1280, 720}, {1366, 768}, {1920, 1080}, {3840, 2160}};

/* The view's own text: what lies around it has tests of its own. */
static void check_text(struct core *c, const char *what)
{
    struct draw_report report = {0};
    core_settle(c);
    draw_list_check_text(&c->draw, &report);
    ck_assert_msg(strstr(report.text, "[chain") == NULL, "%s:\n%s", what, report.text);
}

/* Every phase, fitted and zoomed in, with a weight, a sum and a gradient selected. */
START_TEST(no_text_overlaps_or_is_cut)
{
    static const char *const cells[][3] = {{"hid.W[0,1]", "out[0]", "d:input[1]"},
                                           {"hidden1.W[2,1]", "hidden2.z[1]", "d:out.W[0,1]"},
                                           {"conv1.W[3,2,2,0]", "out.z[3]", "d:conv1.z[9,14,3]"}};
    static const int zooms[] = {80, 100, 150, 250};
    static const char *const phases[] = {"phase start", "phase forward", "phase backward"};
    const int net = _i / 4, size = _i % 4;
    struct core *c = open_core(networks[net], sizes[size][0], sizes[size][1]);
    char line[200];
    run(c, "show chain");
    for (int z = 0; z < 4; z++) {
        snprintf(line, sizeof line, "zoom %d", zooms[z]);
        run(c, line);
        for (int k = 0; k < 9; k++) {
            run(c, phases[k / 3]);
            snprintf(line, sizeof line, "select %s", cells[net][k % 3]);
            run(c, line);
            for (int wheel = 0; wheel < 2; wheel++) {
                char what[300];
                snprintf(what, sizeof what, "%s %dx%d zoom %d %s %s%s", networks[net],
                         sizes[size][0], sizes[size][1], zooms[z], phases[k / 3], line,
                         wheel ? ", wheel" : "");
                check_text(c, what);
                snprintf(line, sizeof line, "wheel %d,%d 5", sizes[size][0] / 3,
                         sizes[size][1] / 2);
                run(c, line);
            }
            run(c, "key F");
        }
    }
    core_destroy(c);
}
END_TEST

START_TEST(a_wire_tells_value_above_and_gradient_below)
{
    struct core *c = open_core(networks[0], 1920, 1080);
    run(c, "key F5");
    ck_assert_int_eq(c->screen.canvas.view, CANVAS_CHAIN);
    run(c, "phase backward");
    struct rect r = place_of(c, "hid.W[0,1]");
    click(c, r.x + r.w / 2, r.y + r.h / 4);
    ck_assert_str_eq(selected(c), "hid.W[0,1]");
    click(c, r.x + r.w / 2, r.y + r.h * 3 / 4);
    ck_assert_str_eq(selected(c), "d:hid.W[0,1]");
    r = place_of(c, "out[0]");
    click(c, r.x + r.w / 2, r.y + r.h * 3 / 4);
    ck_assert_str_eq(selected(c), "d:out[0]");
    run(c, "key Enter"); /* its formula is walked as in every view */
    ck_assert_str_eq(selected(c), "d:loss.each");
    run(c, "key Backspace");
    ck_assert_str_eq(selected(c), "d:out[0]");
    core_destroy(c);
}
END_TEST

/* ∂L/∂hid.W[0,1] = input[1] × slope × out.W[0,0] × loss.slope, with the numbers of the trace. */
START_TEST(the_foot_multiplies_slopes)
{
    static const char *const factors[] = {"input[1]", "hid.slope[0]", "out.W[0,0]",
                                          "loss.slope[0]"};
    struct core *c = open_core(networks[0], 1920, 1080);
    run(c, "show chain");
    run(c, "phase backward");
    run(c, "select hid.W[0,1]");
    double product = 1, value, gradient;
    char number[48], text[80];
    for (int k = 0; k < 4; k++) {
        ck_assert(session_value(c->session, factors[k], &value, NULL));
        ck_assert_msg(script_shows(c, factors[k]), "%s is not named", factors[k]);
        product *= value;
    }
    ck_assert(session_value(c->session, "d:hid.W[0,1]", &gradient, NULL));
    ck_assert(fabs(product - gradient) < 1e-5 * fabs(gradient));
    snprintf(text, sizeof text, "≈ %s",
             view_number(session_snapshot(c->session), product, number, sizeof number));
    ck_assert_msg(script_shows(c, text), "\"%s\" is not shown", text);
    snprintf(text, sizeof text, "∂L/∂hid.W[0,1] = %s",
             view_number(session_snapshot(c->session), gradient, number, 48));
    ck_assert_msg(script_shows(c, text), "\"%s\" is not shown", text);
    run(c, "phase forward");
    ck_assert(script_shows(c, "∂L/∂hid.W[0,1]: not computed yet"));
    ck_assert(!script_shows(c, "≈ "));
    core_destroy(c);
}
END_TEST

START_TEST(what_is_hidden_or_not_computed_is_not_told)
{
    struct core *c = open_core(networks[0], 1920, 1080);
    double value;
    char number[48];
    run(c, "show chain");
    run(c, "phase start");
    ck_assert(session_value(c->session, "loss", &value, NULL));
    view_number(session_snapshot(c->session), value, number, sizeof number);
    ck_assert(!script_shows(c, number));
    run(c, "phase loss");
    ck_assert_msg(script_shows(c, number), "%s is not shown", number);
    run(c, "select none");
    run(c, "hide loss");
    ck_assert(!script_shows(c, number));
    core_destroy(c);
}
END_TEST

START_TEST(the_circuit_is_kept_while_nothing_in_it_changes)
{
    struct core *c = open_core(networks[1], 1920, 1080);
    run(c, "show chain");
    run(c, "select hidden1.W[2,1]");
    int built = chain_built(&c->screen.canvas.chain);
    run(c, "phase backward"); /* a cursor that moves, a picture that moves */
    run(c, "wheel 600,500 6");
    run(c, "drag 600,500 500,450");
    ck_assert_int_eq(chain_built(&c->screen.canvas.chain), built);
    run(c, "edit hidden1.W[2,1] 0.5");
    ck_assert_int_gt(chain_built(&c->screen.canvas.chain), built);
    core_destroy(c);
}
END_TEST

/* The wheel opens boxes into gates at the pointer, F shows all again. */
START_TEST(the_wheel_opens_units)
{
    struct core *c = open_core(networks[1], 1920, 1080);
    char line[64];
    run(c, "show chain");
    run(c, "phase backward");
    ck_assert(!c->screen.canvas.chain.gates);
    struct rect r = place_of(c, "hidden2[1]");
    snprintf(line, sizeof line, "wheel %.0f,%.0f 3", (double)(r.x + r.w - 4),
             (double)(r.y + r.h / 2));
    run(c, line);
    ck_assert(c->screen.canvas.chain.gates);
    ck_assert(script_shows(c, "tanh"));
    r = place_of(c, "hidden2[1]");
    run(c, "key F");
    ck_assert(!c->screen.canvas.chain.gates);
    core_destroy(c);
}
END_TEST

/* What was zoomed stays so in proportion: else words would grow and their room would not. */
START_TEST(another_size_keeps_what_is_zoomed_readable)
{
    struct core *c = open_core(networks[1], 1366, 768);
    char line[64];
    struct draw_report report = {0};
    run(c, "zoom 80");
    run(c, "show chain");
    run(c, "phase backward");
    struct rect r = place_of(c, "hidden2[1]");
    snprintf(line, sizeof line, "wheel %.0f,%.0f 3", (double)(r.x + r.w - 4),
             (double)(r.y + r.h / 2));
    run(c, line);
    ck_assert(c->screen.canvas.chain.gates && c->screen.canvas.chain.zoomed);
    const struct chain_state *chain = &c->screen.canvas.chain;
    float of_words = chain->scale / chain->unit, unit = chain->unit;
    run(c, "zoom 200");
    ck_assert(chain->unit > 2 * unit);
    ck_assert(fabsf(chain->scale / chain->unit - of_words) < 1e-3f);
    ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%s", report.text);
    core_destroy(c);
}
END_TEST

/* Where boxes are too small for titles each column says whose they are, as far as there is room. */
START_TEST(small_columns_have_headings)
{
    struct draw_report report = {0};
    struct core *c = open_core("data/networks/moons.net", 1280, 720);
    run(c, "zoom 250");
    run(c, "show chain");
    ck_assert_msg(draw_list_check_text(&c->draw, &report) == 0, "%s", report.text);
    ck_assert(script_shows(c, "n1") && script_shows(c, "n2") && !script_shows(c, "hidden1"));
    core_destroy(c);
}
END_TEST

START_TEST(a_large_network_says_what_is_folded)
{
    struct core *c = open_core(networks[2], 1920, 1080);
    run(c, "show chain");
    run(c, "phase backward");
    run(c, "select conv1.z[9,14,3]");
    ck_assert(script_shows(c, "around conv1.z[9,14,3]: "));
    ck_assert(script_shows(c, "the rest is folded"));
    run(c, "mode eval");
    core_settle(c);
    ck_assert(script_shows(c, "around conv1.z[9,14,3]: "));
    core_destroy(c);
}
END_TEST

Suite *test_chain(void);
Suite *test_chain(void)
{
    Suite *s = suite_create("chain");
    TCase *t = tcase_create("chain");
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, nothing_overlaps_and_all_runs_to_the_right, 0, test_net_count);
    tcase_add_loop_test(t, no_text_overlaps_or_is_cut, 0, 12);
    tcase_add_test(t, a_wire_tells_value_above_and_gradient_below);
    tcase_add_test(t, the_foot_multiplies_slopes);
    tcase_add_test(t, what_is_hidden_or_not_computed_is_not_told);
    tcase_add_test(t, the_circuit_is_kept_while_nothing_in_it_changes);
    tcase_add_test(t, the_wheel_opens_units);
    tcase_add_test(t, another_size_keeps_what_is_zoomed_readable);
    tcase_add_test(t, small_columns_have_headings);
    tcase_add_test(t, a_large_network_says_what_is_folded);
    suite_add_tcase(s, t);
    return s;
}
