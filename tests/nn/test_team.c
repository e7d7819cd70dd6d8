/* A team's members all take part, see what the others wrote before a barrier, and come back. */
#include <check.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/resource.h>
#include <sys/syscall.h>
#endif

#include "nn/team.h"

Suite *test_team(void);

enum { MOST = 8, TURNS = 200 };

struct table {
    int value[2][MOST]; /* of this turn and the last: written by one, read by all */
    int runs[MOST];
};

static void pass_on(void *context, struct team *team, int me, int size)
{
    struct table *t = context;
    int wrong = 0;
    for (int k = 0; k < TURNS; k++) {
        t->value[k % 2][me] = 1000 * k + me;
        if (me == size - 1 && k % 64 == 0)
            usleep(300); /* longer than the others look: they sleep and are woken */
        team_wait(team, me);
        for (int other = 0; other < size; other++)
            wrong += t->value[k % 2][other] != 1000 * k + other;
    }
    t->runs[me] += wrong == 0;
}

START_TEST(members_see_what_others_wrote)
{
    struct team *team = team_create(_i);
    struct table t = {.runs = {0}};
    for (int run = 0; run < 3; run++)
        team_run(team, pass_on, &t);
    for (int me = 0; me < team_size_for(_i); me++)
        ck_assert_int_eq(t.runs[me], 3);
    ck_assert_int_eq(t.runs[team_size_for(_i)], 0);
    team_destroy(team);
}
END_TEST

struct line {
    int next[TURNS]; /* whose turn it is: written by one, read by the one after */
    int wrong[MOST];
};

/* One after the other; the first does not wait for the last to be done. */
static void stand_in_line(void *context, struct team *team, int me, int size)
{
    struct line *l = context;
    for (int k = 0; k < TURNS; k++) {
        if (me == 0 && k % 64 == 0)
            usleep(300);
        if (me > 0)
            team_take(team, me);
        l->wrong[me] += l->next[k] != me;
        l->next[k] = me + 1;
        if (me + 1 < size)
            team_pass(team, me);
    }
}

START_TEST(members_go_one_after_the_other)
{
    struct team *team = team_create(_i);
    for (int run = 0; run < 3; run++) {
        struct line l = {0};
        team_run(team, stand_in_line, &l);
        for (int k = 0; k < TURNS; k++)
            ck_assert_int_eq(l.next[k], team_size_for(_i));
        for (int me = 0; me < MOST; me++)
            ck_assert_int_eq(l.wrong[me], 0);
    }
    team_destroy(team);
}
END_TEST

START_TEST(without_a_team_the_caller_works_alone)
{
    struct table t = {.runs = {0}};
    team_run(NULL, pass_on, &t);
    ck_assert_int_eq(t.runs[0], 1);
    ck_assert_int_eq(t.runs[1], 0);
    team_destroy(NULL);
}
END_TEST

START_TEST(a_team_that_never_ran_ends)
{
    team_destroy(team_create(4));
    ck_assert_int_ge(team_processors(), 1);
}
END_TEST

#ifdef __linux__
static void note_priority(void *context, struct team *team, int me, int size)
{
    int *priority = context;
    (void)team;
    (void)size;
    priority[me] = getpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid));
}

/* Training gives way to the screen before its first batch. */
START_TEST(members_have_the_priority_of_who_runs_them)
{
    struct team *team = team_create(3);
    int priority[3] = {0}, before = getpriority(PRIO_PROCESS, 0);
    int wanted = before < 14 ? before + 5 : before;
    ck_assert_int_eq(setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), wanted), 0);
    team_run(team, note_priority, priority);
    for (int me = 0; me < team_size_for(3); me++)
        ck_assert_int_eq(priority[me], wanted);
    team_destroy(team);
}
END_TEST
#endif

Suite *test_team(void)
{
    Suite *s = suite_create("nn/team");
    TCase *c = tcase_create("team");
    tcase_add_loop_test(c, members_see_what_others_wrote, 1, MOST);
    tcase_add_loop_test(c, members_go_one_after_the_other, 1, MOST);
    tcase_add_test(c, without_a_team_the_caller_works_alone);
    tcase_add_test(c, a_team_that_never_ran_ends);
#ifdef __linux__
    tcase_add_test(c, members_have_the_priority_of_who_runs_them);
#endif
    suite_add_tcase(s, c);
    return s;
}
