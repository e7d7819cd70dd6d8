/* Scripts, and commands at random: whatever is asked for, in whatever order, and with whatever
 * arguments, nothing may crash, and what is refused is refused in a sentence.
 * GLASSNET_SOAK=1: thousands of commands for each network; GLASSNET_SOAK=N: N; else some hundred.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/script.h"
#include "glassnet/base/file.h"
#include "glassnet/base/rng.h"
#include "glassnet/base/text.h"
#include "support/garble.h"
#include "support/temporary.h"

static const char *const networks[] = {
    "data/networks/curve.net", "data/networks/digits-cnn.net", "data/networks/digits8.net",
    "data/networks/moons.net", "data/networks/plane.net",      "lessons/patterns-padded.net",
    "lessons/xor.net",         "lessons/by-heart-drop.net",    "lessons/pool-edges.net"};
enum { NETWORKS = sizeof networks / sizeof *networks, COMMANDS_MOST = 500, LAST = 40, LINE = 400 };

struct player_of_commands {
    struct core *core;
    struct rng rng;
    char home[1024];
    char *text; /* of any-commands.txt */
    struct text commands[COMMANDS_MOST];
    int count;
    char last[LAST][LINE]; /* what was said, a ring */
    long done;
    FILE *said;
};

#define PICK(p, list) ((list)[roll((p), (int)(sizeof(list) / sizeof *(list)))])

static int roll(struct player_of_commands *p, int n)
{
    return (int)rng_below(&p->rng, (uint32_t)n);
}

static const char *story(const struct player_of_commands *p)
{
    static char text[LAST * (LINE + 1) + 1];
    size_t at = 0;
    for (long i = p->done < LAST ? 0 : p->done - LAST; i < p->done; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "%s\n", p->last[i % LAST]);
    return text;
}

/* One of the tensors of what is open, or a name that is wrong in some way. */
static void any_cell(struct player_of_commands *p, char *out, size_t size)
{
    static const char *const wrong[] = {"loss", "rate",    "out[]",     "out.W[0",
                                        "x",    "out[-1]", "input[0]@", "conv1[99999999999,0,0]"};
    const struct snapshot *s = session_snapshot(p->core->session);
    if (!s->program || !s->trace || roll(p, 12) == 0) {
        snprintf(out, size, "%s", PICK(p, wrong));
        return;
    }
    int tensor = roll(p, s->program->tensor_count);
    const struct tensor *t = &s->program->tensors[tensor];
    struct cell cell = {tensor, t->batched ? roll(p, s->trace->n) : 0,
                        (size_t)roll(p, (int)t->count)};
    cell_name(s->program, cell, out, size);
}

static void any_layer(struct player_of_commands *p, char *out, size_t size)
{
    const struct snapshot *s = session_snapshot(p->core->session);
    snprintf(out, size, "%s",
             s->net ? s->net->layers[roll(p, s->net->layer_count)].name : "nowhere");
}

static void copy(struct player_of_commands *p, const char *from, const char *to)
{
    char path[1200];
    size_t size;
    char *bytes = file_read(file_join(path, sizeof path, p->home, from), 1 << 24, &size, NULL);
    ck_assert_msg(bytes && file_write(to, bytes, size, NULL), "%s", from);
    free(bytes);
}

/* A file of any kind that is read, with something wrong in it. */
static void any_garbled(struct player_of_commands *p, char *out, size_t size)
{
    static const struct {
        const char *from, *to, *opened;
    } files[] = {{"lessons/01-one-neuron.md", "g.md", "g.md"},
                 {"lessons/06-xor.md", "g.md", "g.md"},
                 {"lessons/15-pooling.md", "g.md", "g.md"},
                 {"data/networks/moons.net", "g.net", "g.net"},
                 {"lessons/patterns-padded.net", "g.net", "g.net"},
                 {"data/networks/moons.safetensors", "beside.safetensors", "beside.net"},
                 {"data/fruit.csv", "g.csv", "g.csv"},
                 {"data/pictures/checker.png", "g.png", "g.png"},
                 {"data/digits8-test-images-idx3-ubyte.gz", "g-images-idx3-ubyte.gz", "g"},
                 {"data/digits8-test-labels-idx1-ubyte.gz", "g-labels-idx1-ubyte.gz", "g"}};
    enum { FILES = sizeof files / sizeof *files };
    char path[1200];
    int k = roll(p, FILES + 6);
    if (k >= FILES && file_exists("out.gns")) {
        garble_file(&p->rng, "out.gns", "g.gns");
        snprintf(out, size, "g.gns");
        return;
    }
    k %= FILES;
    copy(p, "data/networks/moons.net", "beside.net");
    copy(p, files[FILES - 2].from, files[FILES - 2].to);
    copy(p, files[FILES - 1].from, files[FILES - 1].to);
    garble_file(&p->rng, file_join(path, sizeof path, p->home, files[k].from), files[k].to);
    snprintf(out, size, "%s", files[k].opened);
}

static void fill(struct player_of_commands *p, char kind, char *out, size_t size)
{
    static const char *const numbers[] = {"0",   "1",     "-1",  "0.5",  "1e39",   "-1e38",
                                          "nan", "inf",   "1/0", "1/3",  "1e-320", "2147483648",
                                          "0,5", "1e308", "",    "0.01", "7",      "-0.25"};
    static const char *const wholes[] = {"0",
                                         "1",
                                         "-1",
                                         "2147483647",
                                         "-2147483648",
                                         "9223372036854775807",
                                         "99999999999999999999",
                                         "12",
                                         "100",
                                         "640"};
    static const char *const words[] = {
        "x",        "other", "a b",
        "\xff\xc3", "żółw",  "",
        "#",        "..",    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    static const char *const views[] = {
        "home",    "network", "matrix", "layer", "chain",   "plane",      "inside", "beside",
        "kernels", "build",   "data",   "train", "inspect", "optimizers", "draw",   "lesson"};
    static const char *const branches[] = {"run", "other", "x", "run 2", "none"};
    static const char *const files[] = {"lessons/01-one-neuron.md",
                                        "lessons/xor.net",
                                        "data/networks/digits8.net",
                                        "data/networks/plane.net",
                                        "data/fruit.csv",
                                        "data/pictures/face.png",
                                        "lessons/16-a-digit-all-the-way.md",
                                        "data/iris.csv",
                                        "/dev/null",
                                        ".",
                                        "out.gns"};
    switch (kind) {
    case 'c':
        any_cell(p, out, size);
        break;
    case 'l':
        any_layer(p, out, size);
        break;
    case 'n':
        snprintf(out, size, "%d", roll(p, 4));
        break;
    case 'p':
        snprintf(out, size, "%d.%02d %d.%02d", 0, roll(p, 100), 0, roll(p, 100));
        break;
    case 'G':
        any_garbled(p, out, size);
        break;
    case 'F':
        file_join(out, size, p->home, PICK(p, files));
        break;
    default:
        snprintf(out, size, "%s",
                 kind == 'f'   ? PICK(p, numbers)
                 : kind == 'i' ? PICK(p, wholes)
                 : kind == 'w' ? PICK(p, words)
                 : kind == 'v' ? PICK(p, views)
                               : PICK(p, branches));
    }
}

static void any_line(struct player_of_commands *p, char *out, size_t size)
{
    size_t n = 0;
    struct text command = p->commands[roll(p, p->count)];
    for (size_t i = 0; i < command.n && n + 1 < size; i++) {
        char piece[300] = {command.p[i]};
        if (command.p[i] == '%')
            fill(p, command.p[++i], piece, sizeof piece);
        n += (size_t)snprintf(out + n, size - n, "%s", piece);
    }
}

static void check_sentence(const struct player_of_commands *p, const struct err *err)
{
    size_t n = strlen(err->message);
    ck_assert_msg(err_any(err) && n > 0, "refused without a word:\n%s", story(p));
    ck_assert_msg(!strstr(err->message, "(null)") && !strchr(err->message, '\n'), "\"%s\":\n%s",
                  err->message, story(p));
}

static void begin(struct player_of_commands *p, int network)
{
    const char *seed = getenv("GLASSNET_SEED"), *said = getenv("GLASSNET_SAID");
    struct err err = {0};
    size_t size = 0;
    rng_seed(&p->rng, seed ? (uint64_t)atol(seed) : 1, (uint64_t)network);
    p->said = said ? fopen(said, "a") : NULL;
    p->text = file_read("tests/app/any-commands.txt", 1 << 16, &size, &err);
    ck_assert_msg(p->text != NULL, "%s", err.message);
    for (struct text rest = {p->text, size}; rest.n > 0 && p->count < COMMANDS_MOST;)
        p->commands[p->count++] = text_next_line(&rest);
    ck_assert_ptr_nonnull(getcwd(p->home, sizeof p->home));
    setenv("HOME", temporary_folder(), 1);
    setenv("XDG_DATA_HOME", temporary_folder(), 1);
    setenv("XDG_CONFIG_HOME", temporary_folder(), 1);
    p->core = core_create(1280, 720, &err);
    ck_assert_msg(p->core != NULL, "%s", err.message);
    ck_assert_int_eq(chdir(temporary_folder()), 0);
}

static void end(struct player_of_commands *p)
{
    core_destroy(p->core);
    free(p->text);
    if (p->said)
        fclose(p->said);
    ck_assert_int_eq(chdir(p->home), 0);
}

static void say(struct player_of_commands *p, const char *line)
{
    struct err refused = {0};
    snprintf(p->last[p->done++ % LAST], LINE, "%s", line);
    if (p->said && (fprintf(p->said, "%s\n", line) < 0 || fflush(p->said) != 0))
        ck_abort_msg("cannot be written");
    if (!script_run_line(p->core, line, &refused))
        check_sentence(p, &refused);
    p->core->quit = false;
}

static void play(int network, long count)
{
    enum { OPEN_EVERY = 150 };
    struct player_of_commands p = {.done = 0};
    char line[LINE];
    begin(&p, network);
    while (p.done < count) {
        if (p.done % OPEN_EVERY == 0)
            snprintf(line, sizeof line, "open %.300s/%s", p.home, networks[network]);
        else
            any_line(&p, line, sizeof line);
        say(&p, line);
    }
    end(&p);
}

static struct core *open_xor(void)
{
    struct err err = {0};
    struct core *c = core_create(1280, 720, &err);
    ck_assert_msg(c && script_run_line(c, "open lessons/xor.net", &err), "%s", err.message);
    return c;
}

/* Nothing of a script is left out in silence. */
START_TEST(a_script_is_text_of_lines_that_fit)
{
    char text[3000];
    struct core *c = open_xor();
    struct err err = {0};
    memset(text, ' ', sizeof text);
    memcpy(text, "sample 1\nsample 2,", 18);
    memcpy(text + sizeof text - 2, "3", 2);
    ck_assert(!script_run_file(c, temporary_text("long.txt", text), &err));
    ck_assert_int_eq(err.line, 2);
    ck_assert_str_eq(err.message, "the line has 2990 bytes, expected at most 2047");
    err_clear(&err);
    ck_assert(!script_run_file(c, temporary_write("zero.txt", "sample 1\0,2", 12), &err));
    ck_assert_ptr_nonnull(strstr(err.message, "is not UTF-8 text"));
    err_clear(&err);
    ck_assert(!script_run_file(c, temporary_text("latin.txt", "fork \xff"), &err));
    ck_assert_ptr_nonnull(strstr(err.message, "is not UTF-8 text"));
    core_destroy(c);
}
END_TEST

START_TEST(drag_is_a_number_s_or_the_mouse_s)
{
    struct core *c = open_xor();
    struct err err = {0};
    ck_assert_msg(script_run_line(c, "drag hid.b[0] 0.25", &err), "%s", err.message);
    ck_assert_msg(script_run_line(c, "assert hid.b[0] 0.25 0", &err), "%s", err.message);
    ck_assert_msg(script_run_line(c, "drag 10,10 20,20", &err), "%s", err.message);
    ck_assert(!script_run_line(c, "drag 10,10 hid.b[0]", &err));
    ck_assert_ptr_nonnull(strstr(err.message, "drag needs two points"));
    core_destroy(c);
}
END_TEST

static long count(void)
{
    const char *soak = getenv("GLASSNET_SOAK");
    long n = soak ? atol(soak) : 0;
    return n > 1 ? n : soak ? 4000 : 150;
}

START_TEST(survives_any_commands)
{
    play(_i, count());
}
END_TEST

Suite *test_script(void);
Suite *test_script(void)
{
    Suite *s = suite_create("script");
    TCase *t = tcase_create("script");
    tcase_set_timeout(t, getenv("GLASSNET_SOAK") ? 3600 : 120);
    tcase_add_checked_fixture(t, temporary_begin, temporary_end);
    tcase_add_test(t, a_script_is_text_of_lines_that_fit);
    tcase_add_test(t, drag_is_a_number_s_or_the_mouse_s);
    tcase_add_loop_test(t, survives_any_commands, 0, NETWORKS);
    suite_add_tcase(s, t);
    return s;
}
