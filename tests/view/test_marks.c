/* After an edit every view marks the cells that are another number now, for a while. */
#include <check.h>
#include <string.h>

#include "view/screens.h"

static const char small[] =
    "input 2\nhidden dense 3 tanh\nout dense 1 sigmoid\nloss binary-cross-entropy\n"
    "data moons:n=40,noise=0.1,seed=3\ntrain sgd rate=0.1 batch=4 seed=2\n";

/* Corners in the selection's colour inside the canvas. */
static int marks(const struct core *c)
{
    int found = 0;
    uint32_t yellow = colour_pack(c->ui.theme->selection);
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const struct draw_cmd *d = &c->draw.cmds[i];
        found += d->kind == DRAW_POLYGON && d->colour == yellow && d->count == 3;
    }
    return found;
}

START_TEST(changed_cells_are_marked)
{
    static const char *const views[] = {"show matrix", "show layer", "show chain"};
    struct core *c = screen_open(small, 1280, 720);
    screen_run(c, "phase update");
    screen_run(c, views[_i]);
    screen_run(c, "select hidden.z[1]");
    core_settle(c);
    int before = marks(c);
    screen_run(c, "edit hidden.W[1,0] 0.9");
    screen_run(c, "select hidden.z[1]");
    core_frame(c, c->ui.time + 0.1);
    ck_assert_int_gt(marks(c), before);
    core_frame(c, c->ui.time + 5);
    core_frame(c, c->ui.time + 0.1);
    ck_assert_int_eq(marks(c), before);
    core_destroy(c);
}
END_TEST

/* A change that a cell does not follow from leaves it without a mark. */
START_TEST(other_cells_are_not_marked)
{
    struct core *c = screen_open(small, 1280, 720);
    screen_run(c, "phase forward");
    screen_run(c, "show matrix");
    screen_run(c, "select hidden.z[1]");
    core_settle(c);
    int before = marks(c);
    screen_run(c, "edit hidden.W[1,0] 0.9");
    screen_run(c, "select hidden.z[1]");
    core_frame(c, c->ui.time + 0.1);
    ck_assert_int_eq(marks(c) - before, 1); /* of three units one */
    core_destroy(c);
}
END_TEST

Suite *test_marks(void);
Suite *test_marks(void)
{
    Suite *s = suite_create("marks");
    TCase *t = tcase_create("marks");
    tcase_add_loop_test(t, changed_cells_are_marked, 0, 3);
    tcase_add_test(t, other_cells_are_not_marked);
    suite_add_tcase(s, t);
    return s;
}
