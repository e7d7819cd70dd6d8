/* A core on a network given as text, for tests of views. */
#ifndef TESTS_VIEW_SCREENS_H
#define TESTS_VIEW_SCREENS_H

#include <check.h>

#include "app/script.h"

static inline void screen_run(struct core *c, const char *line)
{
    struct err err = {0};
    ck_assert_msg(script_run_line(c, line, &err), "%s: %s", line, err.message);
}

/* The network of the text, on its own data set, its network view on show. */
static inline struct core *screen_open(const char *text, int w, int h)
{
    struct err err = {0};
    struct core *c = core_create(w, h, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    struct net *net = net_parse(text, "test.net", &err);
    ck_assert_msg(net != NULL, "%s", err.message);
    struct dataset *data = dataset_open(net->data, DATASET_TRAIN, NULL, &err);
    ck_assert_msg(data != NULL, "%s", err.message);
    ck_assert_msg(session_open(c->session, net, data, &err), "%s", err.message);
    screen_run(c, "show network");
    return c;
}

#endif
