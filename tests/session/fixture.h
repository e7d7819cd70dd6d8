/* What the session's tests share: a small network on two moons, and looking at cells. */
#ifndef GLASSNET_TESTS_SESSION_FIXTURE_H
#define GLASSNET_TESTS_SESSION_FIXTURE_H

#include <check.h>
#include <string.h>

#include "glassnet/session/session.h"
#include "glassnet/session/source.h"

/* 2-2-2: hidden.W [2][2], out.W [2][2]; 48 samples to train on (a fifth of 60 is for test), so
 * six batches of eight an epoch. */
static const char moons_net[] = "input 2\n"
                                "hidden dense 2 tanh\n"
                                "out dense 2 softmax\n"
                                "loss cross-entropy\n"
                                "train momentum rate=0.1 mu=0.9 batch=8 seed=3\n";
static const char moons_data[] = "moons:n=60,noise=0.1,seed=3";

static inline struct dataset *open_data(const char *spec)
{
    struct err err = {0};
    struct dataset *data = dataset_open(spec, DATASET_TRAIN, NULL, &err);
    ck_assert_msg(data != NULL, "%s", err.message);
    return data;
}

static inline struct session *open_text(const char *text, const char *spec)
{
    struct err err = {0};
    struct session *s = session_create();
    struct net *net = net_parse(text, NULL, &err);
    ck_assert_msg(net != NULL, "%s", err.message);
    bool ok = session_open(s, net, spec ? open_data(spec) : NULL, &err);
    ck_assert_msg(ok, "%s", err.message);
    return s;
}

static inline struct session *open_moons(void)
{
    return open_text(moons_net, moons_data);
}

/* The command works. */
static inline void must(struct session *s, const char *line)
{
    struct err err = {0};
    bool ok = session_command(s, line, &err);
    ck_assert_msg(ok, "%s: %s", line, err.message);
}

/* The command is refused with a sentence that holds `says`, and nothing changes. */
static inline void refused(struct session *s, const char *line, const char *says)
{
    struct err err = {0};
    uint64_t revision = session_snapshot(s)->revision, commands = session_command_count(s);
    ck_assert_msg(!session_command(s, line, &err), "%s was taken", line);
    ck_assert_msg(err.message[0] != 0, "%s: no sentence", line);
    char text[1024];
    err_text(&err, text, sizeof text);
    ck_assert_msg(strstr(text, says) != NULL, "%s: \"%s\" lacks \"%s\"", line, text, says);
    ck_assert_uint_eq(session_snapshot(s)->revision, revision);
    ck_assert_uint_eq(session_command_count(s), commands);
}

static inline double value(struct session *s, const char *cell)
{
    struct err err = {0};
    double v = 0;
    bool ok = session_value(s, cell, &v, &err);
    ck_assert_msg(ok, "%s", err.message);
    return v;
}

static inline const char *selected(struct session *s)
{
    static char name[320];
    const struct snapshot *shot = session_snapshot(s);
    if (!cell_is(shot->selected))
        return "none";
    return cell_name(shot->program, shot->selected, name, sizeof name);
}

#endif
