#include "session/fixture.h"

Suite *test_selection(void);

START_TEST(walks_a_vector_and_a_matrix)
{
    struct session *s = open_moons();
    must(s, "select hidden.z[0]");
    must(s, "move down");
    ck_assert_str_eq(selected(s), "hidden.z[1]");
    must(s, "move down"); /* the end: stays */
    ck_assert_str_eq(selected(s), "hidden.z[1]");
    must(s, "move left"); /* a vector has no columns */
    ck_assert_str_eq(selected(s), "hidden.z[1]");
    must(s, "move up");
    ck_assert_str_eq(selected(s), "hidden.z[0]");
    must(s, "select out.W[0,0]");
    must(s, "move right");
    ck_assert_str_eq(selected(s), "out.W[0,1]");
    must(s, "move down");
    ck_assert_str_eq(selected(s), "out.W[1,1]");
    must(s, "move left");
    must(s, "move up");
    ck_assert_str_eq(selected(s), "out.W[0,0]");
    session_destroy(s);
}
END_TEST

START_TEST(walks_pictures_and_kernels)
{
    struct session *s = open_text("input 8 8 1\nc conv2d 2 3x3 relu\nflatten\n"
                                  "out dense 10 softmax\nloss cross-entropy\n",
                                  "digits8");
    must(s, "select c[1,2,1]");
    must(s, "move up");
    must(s, "move right");
    ck_assert_str_eq(selected(s), "c[0,3,1]");
    must(s, "select c.W[1,2,2,0]");
    must(s, "move right");
    must(s, "move left");
    must(s, "move up");
    ck_assert_str_eq(selected(s), "c.W[1,1,1,0]");
    session_destroy(s);
}
END_TEST

START_TEST(goes_into_terms_and_out_again)
{
    struct session *s = open_moons();
    must(s, "sample 4,5");
    must(s, "select out.z[1]@1");
    ck_assert_int_eq(session_snapshot(s)->view_sample, 1);
    must(s, "move into"); /* a sum begins with the bias */
    ck_assert_str_eq(selected(s), "out.b[1]");
    refused(s, "move into", "not computed");
    must(s, "move out");
    ck_assert_str_eq(selected(s), "out.z[1]@1");
    refused(s, "move out", "no way back");
    must(s, "select loss");
    must(s, "move into");
    ck_assert_str_eq(selected(s), "loss.each");
    must(s, "select none");
    ck_assert_str_eq(selected(s), "none");
    refused(s, "move out", "no way back");
    session_destroy(s);
}
END_TEST

START_TEST(goes_onward_and_back_by_the_trail)
{
    struct session *s = open_moons();
    must(s, "select hidden.W[1,0]");
    must(s, "move onward");
    ck_assert_str_eq(selected(s), "hidden.z[1]");
    must(s, "move onward");
    ck_assert_str_eq(selected(s), "hidden[1]");
    must(s, "move to out.z[0]");
    must(s, "move onward"); /* loss and softmax are one on the way back */
    ck_assert_str_eq(selected(s), "loss.each");
    must(s, "move onward");
    ck_assert_str_eq(selected(s), "loss");
    const struct snapshot *shot = session_snapshot(s);
    ck_assert_int_eq(shot->trail_count, 5);
    must(s, "move out 2");
    ck_assert_str_eq(selected(s), "out.z[0]");
    must(s, "move out 99");
    ck_assert_str_eq(selected(s), "hidden.W[1,0]");
    refused(s, "move out", "no way back");
    must(s, "select d:out.b[0]");
    refused(s, "move onward", "no gradient");
    refused(s, "move to nowhere", "nowhere");
    session_destroy(s);
}
END_TEST

START_TEST(hides_and_reveals)
{
    struct session *s = open_moons();
    struct cell z, other;
    const struct program *p = session_snapshot(s)->program;
    ck_assert(cell_parse(p, 1, "out.z[0]", &z, NULL) && cell_parse(p, 1, "out.z[1]", &other, NULL));
    must(s, "hide out.z[0]");
    must(s, "hide out.z[0]");
    must(s, "hide out.z[1]");
    ck_assert(session_is_hidden(s, z) && session_is_hidden(s, other));
    must(s, "reveal out.z[0]");
    ck_assert(!session_is_hidden(s, z) && session_is_hidden(s, other));
    must(s, "reveal all");
    ck_assert(!session_is_hidden(s, other));
    must(s, "hide reading");
    ck_assert(session_reading_is_hidden(s));
    must(s, "reveal reading");
    ck_assert(!session_reading_is_hidden(s));
    must(s, "hide reading");
    must(s, "reveal all");
    ck_assert(!session_reading_is_hidden(s));
    session_destroy(s);
}
END_TEST

Suite *test_selection(void)
{
    Suite *suite = suite_create("selection");
    TCase *c = tcase_create("selection");
    tcase_add_test(c, walks_a_vector_and_a_matrix);
    tcase_add_test(c, walks_pictures_and_kernels);
    tcase_add_test(c, goes_into_terms_and_out_again);
    tcase_add_test(c, goes_onward_and_back_by_the_trail);
    tcase_add_test(c, hides_and_reveals);
    suite_add_tcase(suite, c);
    return suite;
}
