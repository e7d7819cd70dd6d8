/* Looking inside by commands: it follows the sample, is of its parameters, and never makes anybody
 * wait. */
#include "glassnet/step/attribute.h"

#include <math.h>

#include "session/fixture.h"

static const char maps_net[] = "input 8 8 1\nc conv2d 4 3x3 relu\nf flatten\n"
                               "out dense 10 softmax\nloss cross-entropy\n"
                               "train momentum rate=0.05 batch=16 seed=3\n";

static struct session *open_maps(void)
{
    return open_text(maps_net, "digits8:train");
}

START_TEST(saliency_is_that_of_the_sample_and_follows_it)
{
    struct session *s = open_maps();
    ck_assert(!session_snapshot(s)->look->asked);
    must(s, "sample 3");
    must(s, "look saliency 7");
    session_wait(s);
    const struct snapshot *shot = session_snapshot(s);
    ck_assert(shot->look->asked && !shot->look->running && shot->look->class == 7);
    const struct attribution *a = shot->look->found;
    ck_assert_ptr_nonnull(a);
    ck_assert_int_eq(a->class, 7);
    ck_assert(fabs((double)a->score - value(s, "out.z[7]")) < 1e-5);
    float first = a->values[30];
    must(s, "sample 4");
    ck_assert(session_snapshot(s)->look->running);
    session_wait(s);
    a = session_snapshot(s)->look->found;
    ck_assert(fabs((double)a->score - value(s, "out.z[7]")) < 1e-5);
    ck_assert(a->values[30] != first);
    must(s, "edit out.b[7] 5");
    session_wait(s);
    ck_assert(fabs((double)session_snapshot(s)->look->found->score - value(s, "out.z[7]")) < 1e-5);
    must(s, "look guided");
    session_wait(s);
    shot = session_snapshot(s);
    ck_assert_int_eq(shot->look->class, -1);
    ck_assert_int_eq(shot->look->found->class, shot->guess);
    must(s, "look none");
    ck_assert(!session_snapshot(s)->look->asked);
    session_destroy(s);
}
END_TEST

START_TEST(gradcam_takes_the_last_maps_unless_told)
{
    struct session *s = open_maps();
    must(s, "look gradcam");
    session_wait(s);
    const struct look_view *look = session_snapshot(s)->look;
    ck_assert_int_eq(look->layer, 1);
    ck_assert_int_eq(look->found->over != NULL, 1);
    must(s, "look gradcam c 4");
    session_wait(s);
    ck_assert_int_eq(session_snapshot(s)->look->found->class, 4);
    refused(s, "look gradcam out", "out has none, c has");
    refused(s, "look gradcam c 10", "from 0 to 9");
    refused(s, "look at", "saliency, guided, gradcam");
    session_destroy(s);
    s = open_moons();
    refused(s, "look gradcam", "no convolution");
    must(s, "look saliency");
    session_wait(s);
    ck_assert_int_eq((int)session_snapshot(s)->look->found->shape.dim[0], 2);
    session_destroy(s);
}
END_TEST

START_TEST(a_dream_is_stepped_played_and_begun_anew)
{
    struct session *s = open_maps();
    refused(s, "dream play", "as in dream out[0]");
    must(s, "dream out.z[3]");
    const struct dream_view *d = session_snapshot(s)->dream;
    ck_assert(d->asked && d->steps == 0 && d->value_count == 1 && !d->playing);
    float start = d->values[0];
    must(s, "dream step 20");
    session_wait(s);
    d = session_snapshot(s)->dream;
    ck_assert_int_eq(d->steps, 20);
    ck_assert_int_eq(d->value_count, 21);
    ck_assert(d->values[20] > start && !d->running);
    float end = d->values[20];
    must(s, "dream restart");
    ck_assert(session_snapshot(s)->dream->values[0] == start);
    must(s, "dream step 20");
    session_wait(s);
    ck_assert(session_snapshot(s)->dream->values[20] == end); /* the same bits again */
    must(s, "dream restart sample");
    d = session_snapshot(s)->dream;
    ck_assert(d->start == DREAM_SAMPLE && d->picture[27] == (float)value(s, "input[3,3,0]"));
    must(s, "dream play");
    while (session_snapshot(s)->dream->steps < 2)
        session_update(s);
    must(s, "dream pause");
    session_wait(s);
    int steps = session_snapshot(s)->dream->steps;
    session_update(s);
    ck_assert_int_eq(session_snapshot(s)->dream->steps, steps);
    must(s, "dream none");
    ck_assert(!session_snapshot(s)->dream->asked);
    session_destroy(s);
}
END_TEST

START_TEST(a_dreams_settings_stay_with_the_next_goal)
{
    struct session *s = open_maps();
    must(s, "dream c.z[2,2,1] map");
    must(s, "dream tv 0.5");
    must(s, "dream jitter 3");
    must(s, "dream c.z[2,2,2] map");
    const struct dream_view *d = session_snapshot(s)->dream;
    ck_assert(d->settings.tv == 0.5f && d->settings.jitter == 3 && d->map);
    char name[64];
    cell_name(session_snapshot(s)->program, d->cell, name, sizeof name);
    ck_assert_str_eq(name, "c.z[2,2,2]");
    refused(s, "dream rate 0", "above 0");
    refused(s, "dream l2 -1", "from 0 to 10");
    refused(s, "dream jitter 99", "from 0 to 64");
    refused(s, "dream out[0] map", "no maps");
    refused(s, "dream c.W[0,0,0,0]", "cannot be excited");
    refused(s, "dream restart here", "noise, zero or sample");
    session_destroy(s);
}
END_TEST

START_TEST(other_parameters_make_a_dream_stale)
{
    struct session *s = open_maps();
    must(s, "dream out.z[3]");
    must(s, "nearest f");
    session_wait(s);
    ck_assert(!session_snapshot(s)->dream->stale && !session_snapshot(s)->nearest->stale);
    must(s, "sample 9");
    session_wait(s);
    ck_assert(!session_snapshot(s)->dream->stale && !session_snapshot(s)->nearest->stale);
    must(s, "edit out.b[3] 2");
    session_wait(s);
    ck_assert(session_snapshot(s)->dream->stale && session_snapshot(s)->nearest->stale);
    float before = session_snapshot(s)->dream->values[0];
    must(s, "dream restart");
    ck_assert(!session_snapshot(s)->dream->stale);
    ck_assert(session_snapshot(s)->dream->values[0] > before);
    session_destroy(s);
}
END_TEST

START_TEST(the_nearest_of_a_sample_is_itself)
{
    struct session *s = open_maps();
    must(s, "sample 5");
    must(s, "nearest f");
    session_wait(s);
    const struct nearest_view *n = session_snapshot(s)->nearest;
    ck_assert(n->asked && !n->running && n->done == n->samples && n->count == NEAREST_MOST);
    ck_assert(n->found[0].sample == 5 && n->found[0].distance == 0 && n->found[1].distance > 0);
    must(s, "sample 11");
    session_wait(s);
    n = session_snapshot(s)->nearest;
    ck_assert(n->found[0].sample == 11 && n->found[0].distance == 0);
    refused(s, "nearest nothing", "no layer");
    must(s, "nearest none");
    ck_assert(!session_snapshot(s)->nearest->asked);
    session_destroy(s);
}
END_TEST

/* Asked again and again, another network opened, closed while all of it runs. */
START_TEST(it_can_be_left_alone)
{
    struct session *s = open_maps();
    for (int i = 0; i < 12; i++) {
        must(s, i % 2 ? "look gradcam" : "look saliency 3");
        must(s, i % 3 ? "dream out.z[1]" : "dream c.z[0,0,1] map");
        must(s, i % 2 ? "dream play" : "dream step 1000");
        must(s, i % 2 ? "nearest c" : "nearest input");
        must(s, i % 2 ? "sample next" : "optimizer adam");
        session_update(s);
        session_snapshot(s);
    }
    struct err err = {0};
    ck_assert(session_open(s, net_parse(moons_net, NULL, NULL), open_data(moons_data), &err));
    ck_assert(!session_snapshot(s)->dream->asked && !session_snapshot(s)->look->asked);
    must(s, "nearest hidden");
    must(s, "dream hidden[0]");
    must(s, "dream play");
    session_destroy(s);
}
END_TEST

Suite *test_inside(void);
Suite *test_inside(void)
{
    Suite *suite = suite_create("session/inside");
    TCase *c = tcase_create("inside");
    tcase_add_test(c, saliency_is_that_of_the_sample_and_follows_it);
    tcase_add_test(c, gradcam_takes_the_last_maps_unless_told);
    tcase_add_test(c, a_dream_is_stepped_played_and_begun_anew);
    tcase_add_test(c, a_dreams_settings_stay_with_the_next_goal);
    tcase_add_test(c, other_parameters_make_a_dream_stale);
    tcase_add_test(c, the_nearest_of_a_sample_is_itself);
    tcase_add_test(c, it_can_be_left_alone);
    suite_add_tcase(suite, c);
    return suite;
}
