#include <check.h>
#include <string.h>

#include "glassnet/step/cell.h"
#include "support/nets.h"

Suite *test_cell(void);

/* The name of any cell reads back as that cell. */
START_TEST(every_cell_has_its_name)
{
    struct net *net = test_net_make(&test_nets[_i], 1);
    struct program *p = program_create(net, MODE_TRAIN, test_nets[_i].targets);
    char name[128], title[128];
    for (int t = 0; t < p->tensor_count; t++)
        for (int s = 0; s < (p->tensors[t].batched ? 3 : 1); s++)
            for (size_t i = 0; i < p->tensors[t].count; i++) {
                struct err err = {0};
                struct cell cell = {t, s, i}, found = CELL_NONE;
                cell_name(p, cell, name, sizeof name);
                ck_assert_msg(cell_parse(p, 3, name, &found, &err), "%s", err.message);
                ck_assert_msg(cell_equal(cell, found), "%s is another cell", name);
                cell_title(p, cell, title, sizeof title);
                if (p->tensors[t].role == ROLE_GRAD)
                    ck_assert_int_eq(strncmp(title, "∂L/∂", strlen("∂L/∂")), 0);
                else
                    ck_assert_str_eq(title, name);
            }
    program_destroy(p);
    net_destroy(net);
}
END_TEST

static const struct test_net digit = {
    "picture",
    "input 7 6 2\nconv1 conv2d 3 3x2 relu\np maxpool 2x2\nf flatten\nout dense 4 softmax\n"
    "loss cross-entropy\ntrain momentum\n",
    0};

static const struct {
    const char *name, *read;
    int sample;
    size_t index;
    const char *title, *words;
} named[] = {
    {"conv1[4,3,2]", "conv1[4,3,2]", 0, (4 * 5 + 3) * 3 + 2, "conv1[4,3,2]",
     "output · row 4, column 3, map 2"},
    {"input[ 6 , 5 , 1 ]", "input[6,5,1]", 0, 83, "input[6,5,1]",
     "input · row 6, column 5, channel 1"},
    {"d:out.W[3,11]", "d:out.W[3,11]", 0, 47, "∂L/∂out.W[3,11]",
     "gradient · weight · to unit 3, from 11"},
    {"new:conv1.b[0]", "new:conv1.b[0]", 0, 0, "new:conv1.b[0]", "new value · bias · kernel 0"},
    {"new:m:conv1.W[2,1,0,1]", "new:m:conv1.W[2,1,0,1]", 0, 29, "new:m:conv1.W[2,1,0,1]",
     "momentum after · weight · kernel 2, row 1, column 0, channel 1"},
    {"out[3]@1", "out[3]@1", 1, 3, "out[3]@1", "output · unit 3"},
    {"out[3]@0", "out[3]", 0, 3, "out[3]", "output · unit 3"},
    {"out.z[2]", "out.z[2]", 0, 2, "out.z[2]", "sum before the activation · unit 2"},
    {"out.sum@1", "out.sum@1", 1, 0, "out.sum@1", "sum of the exponentials"},
    {"loss", "loss", 0, 0, "loss", "mean over the batch"},
    {"d:loss", "d:loss", 0, 0, "∂L/∂loss", "gradient · mean over the batch"},
    {"loss.each@1", "loss.each@1", 1, 0, "loss.each@1", "loss of one sample"},
    {"rate", "rate", 0, 0, "rate", "learning rate"},
    {"label", "label", 0, 0, "label", "the right answer"},
};

#define NAMED (int)(sizeof named / sizeof *named)

START_TEST(names_titles_and_words)
{
    struct net *net = test_net_make(&digit, 1);
    struct program *p = program_create(net, MODE_TRAIN, 0);
    struct err err = {0};
    struct cell cell;
    char text[128];
    ck_assert_msg(cell_parse(p, 2, named[_i].name, &cell, &err), "%s", err.message);
    ck_assert_int_eq(cell.sample, named[_i].sample);
    ck_assert_uint_eq(cell.index, named[_i].index);
    ck_assert_str_eq(cell_name(p, cell, text, sizeof text), named[_i].read);
    ck_assert_str_eq(cell_title(p, cell, text, sizeof text), named[_i].title);
    ck_assert_str_eq(cell_words(p, cell, text, sizeof text), named[_i].words);
    program_destroy(p);
    net_destroy(net);
}
END_TEST

static const struct {
    const char *name, *said;
} mistakes[] = {
    {"conv2[0,0,0]", "there is no tensor conv2 here; did you mean conv1?"},
    {"d:outt.W[0,0]", "there is no tensor d:outt.W here; did you mean d:out.W?"},
    {"something",
     "there is no tensor something here; names look like input, out, out.W, d:out.W, loss"},
    {"out", "out has 0 numbers in brackets, but out is 4: expected 1"},
    {"conv1[1,2]", "conv1[1,2] has 2 numbers in brackets, but conv1 is 5 × 5 × 3: expected 3"},
    {"out.W[1]", "out.W[1] has 1 number in brackets, but out.W is 4 × 12: expected 2"},
    {"loss[0]", "loss[0] has 1 number in brackets, but loss is one number: write it without"},
    {"out[4]", "out[4]: index 4 is out of range, out is 4: expected 0 to 3 there"},
    {"conv1[0,5,0]",
     "conv1[0,5,0]: index 5 is out of range, conv1 is 5 × 5 × 3: expected 0 to 4 there"},
    {"out[0]@2", "out[0]@2: there is no sample @2, the batch has 2: expected @0 to @1"},
    {"out.W[0,0]@1", "out.W[0,0]@1: out.W is shared by all samples, leave out @1"},
    {"out[-1]", "out[-1] is not a cell's name: expected TENSOR[INDEX,...] or "
                "TENSOR[INDEX,...]@SAMPLE"},
    {"out[1", "out[1 is not a cell's name: expected TENSOR[INDEX,...] or "
              "TENSOR[INDEX,...]@SAMPLE"},
    {"out[1]x", "out[1]x is not a cell's name: expected TENSOR[INDEX,...] or "
                "TENSOR[INDEX,...]@SAMPLE"},
    {"out[]", "out[] is not a cell's name: expected TENSOR[INDEX,...] or "
              "TENSOR[INDEX,...]@SAMPLE"},
    {"out[0]@", "out[0]@ is not a cell's name: expected TENSOR[INDEX,...] or "
                "TENSOR[INDEX,...]@SAMPLE"},
    {"out[0]@-1", "out[0]@-1 is not a cell's name: expected TENSOR[INDEX,...] or "
                  "TENSOR[INDEX,...]@SAMPLE"},
    {"out[1,2,3,4,5]", "out[1,2,3,4,5] is not a cell's name: expected TENSOR[INDEX,...] or "
                       "TENSOR[INDEX,...]@SAMPLE"},
    {"out[99999999999999999999]",
     "out[99999999999999999999] is not a cell's name: expected TENSOR[INDEX,...] or "
     "TENSOR[INDEX,...]@SAMPLE"},
};

#define MISTAKES (int)(sizeof mistakes / sizeof *mistakes)

START_TEST(mistakes_get_a_sentence)
{
    struct net *net = test_net_make(&digit, 1);
    struct program *p = program_create(net, MODE_TRAIN, 0);
    struct err err = {0};
    struct cell cell = {7, 7, 7};
    ck_assert(!cell_parse(p, 2, mistakes[_i].name, &cell, &err));
    ck_assert_int_eq(err.code, ERR_INPUT);
    ck_assert_str_eq(err.message, mistakes[_i].said);
    ck_assert_int_eq(cell.tensor, 7); /* untouched */
    program_destroy(p);
    net_destroy(net);
}
END_TEST

/* Any end of a good name, and any one of its bytes changed, is read or refused, never a crash. */
START_TEST(garbled_names)
{
    static const char good[] = "new:m:conv1.W[2,1,0,1]@0";
    struct net *net = test_net_make(&digit, 1);
    struct program *p = program_create(net, MODE_TRAIN, 0);
    struct cell cell;
    char name[64];
    for (size_t at = 0; at < sizeof good; at++)
        for (int byte = 0; byte < 256; byte++) {
            memcpy(name, good, sizeof good);
            name[at] = (char)byte;
            name[sizeof good] = 0;
            struct err err = {0};
            if (cell_parse(p, 2, name, &cell, &err)) {
                ck_assert_uint_lt(cell.index, p->tensors[cell.tensor].count);
                ck_assert_int_lt(cell.sample, 2);
            } else {
                ck_assert_uint_gt(strlen(err.message), 0);
            }
        }
    program_destroy(p);
    net_destroy(net);
}
END_TEST

START_TEST(short_buffers_are_kept)
{
    struct net *net = test_net_make(&digit, 1);
    struct program *p = program_create(net, MODE_TRAIN, 0);
    struct cell cell;
    char whole[64], part[64];
    ck_assert(cell_parse(p, 2, "conv1[4,3,2]@1", &cell, NULL));
    cell_name(p, cell, whole, sizeof whole);
    for (size_t size = 1; size < sizeof part; size++) {
        memset(part, '#', sizeof part);
        cell_name(p, cell, part, size);
        ck_assert_uint_lt(strlen(part), size);
        ck_assert_int_eq(strncmp(part, whole, strlen(part)), 0);
        for (size_t k = size; k < sizeof part; k++)
            ck_assert_int_eq(part[k], '#');
    }
    program_destroy(p);
    net_destroy(net);
}
END_TEST

START_TEST(value_of_a_cell)
{
    struct net *net = test_net_make(&digit, 1);
    struct program *p;
    struct trace *t = test_net_trace(net, 0, 2, 5, MODE_TRAIN, &p);
    struct cell cell;
    ck_assert(cell_parse(p, 2, "out[3]@1", &cell, NULL));
    ck_assert_uint_eq(cell_offset(p, cell), 7);
    ck_assert(cell_value(t, cell) == trace_tensor(t, cell.tensor)[7]);
    ck_assert(cell_parse(p, 2, "out.W[2,5]", &cell, NULL));
    ck_assert_uint_eq(cell_offset(p, cell), 29);
    ck_assert(cell_is(cell));
    ck_assert(!cell_is(CELL_NONE));
    trace_destroy(t);
    program_destroy(p);
    net_destroy(net);
}
END_TEST

Suite *test_cell(void)
{
    Suite *s = suite_create("step/cell");
    TCase *c = tcase_create("cell");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, every_cell_has_its_name, 0, test_net_count);
    tcase_add_loop_test(c, names_titles_and_words, 0, NAMED);
    tcase_add_loop_test(c, mistakes_get_a_sentence, 0, MISTAKES);
    tcase_add_test(c, garbled_names);
    tcase_add_test(c, short_buffers_are_kept);
    tcase_add_test(c, value_of_a_cell);
    suite_add_tcase(s, c);
    return s;
}
