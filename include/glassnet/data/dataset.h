/* Data sets: samples (pictures or vectors) with a class or with numbers to predict.
 *
 * A set is named by a text, DATA in docs and on the command line: NAME[:OPTION,...]. NAME is
 * - a built-in set: digits, digits8, letters, fashion (pictures), iris, wine, breast-cancer
 *   (tables, standardize=1);
 * - a generated set: moons, circles, xor, spiral, blobs, linear, blank (points of a plane, a class
 *   out), sine, step, parabola (one number in, one out), with the options n= noise= seed= classes=
 *   test= (the share held out) features= (plane.h);
 * - an IDX pair by its common prefix or its folder, raw or .gz, as MNIST comes;
 * - a .csv file with a header, cells parted by commas or, when the header says so, by semicolons
 *   (then 1,5 is a number, too): label= (one column; "label" unless said otherwise) or target=
 *   (columns joined by +; "target", "target2", ...), classes= (class names joined by +, fixes
 *   their order), leave= (columns to leave out), words= (columns of words: each different one is an
 *   input called COLUMN=WORD, 1 where it stands, else 0), standardize=1 (2: the targets, too),
 * missing=drop or mean or mean+drop (rows with an empty cell, NA, N/A, NaN or ? are left out, or
 * get the column's mean, or are left out where the answer is missing; an error otherwise).  @3
 * names the third column. Labels that are all whole numbers from 0 to 999 are the class indices
 * themselves; others are numbered in the order of numbers or, else, of their bytes;
 * - a folder of one sub-folder a class with PNG or JPEG pictures, with the options folders= (those
 *   of the classes, joined by +, where not all sub-folders are meant or they lie elsewhere; stands
 *   first), size=WxH, channels=1 or 3, fit=stretch, crop or pad, unreadable=drop;
 * - drawings: the pictures that the learner drew and kept (drawings.h), with size=28x28 or 8x8;
 * - cifar:FOLDER with the binary CIFAR-10 files.
 *
 * In the name of a file or folder %XX stands for a byte, where it is not there literally.
 *
 * Sets of pictures take augment= (augment.h: shift2+rotate10+scale0.1+elastic) and seed=, for
 * training alone.
 *
 * The option `train` or `test` picks a part, test=0.3 the share that is held out. Built-in,
 * IDX and CIFAR sets come in parts; generated sets hold out a fifth for test. A table or folder of
 * pictures is one whole, train and all alike, and only when a part is asked for in the text is a
 * fifth (of each class, chosen by a fixed shuffle) held out for test: nobody's rows are set aside
 * unasked.
 *
 * Order is fixed. Samples come in the order of the file, but sets of 100 samples or more that
 * are grouped by class are put into a fixed shuffled order, so that the first N hold every
 * class. Bytes of pictures are scaled to 0..1. The same text gives the same bits each time. */
#ifndef GLASSNET_DATA_DATASET_H
#define GLASSNET_DATA_DATASET_H

#include <stdbool.h>
#include <stddef.h>

#include "glassnet/base/err.h"
#include "glassnet/base/mem.h"
#include "glassnet/data/augment.h"
#include "glassnet/data/normalise.h"
#include "glassnet/nn/shape.h"

/* Different words that a column of a table may hold as inputs. */
#define DATASET_WORDS_MOST 20

/* What a table's column became: one input, or one for each of its words. */
struct dataset_column {
    char *name;
    int first;   /* its first input */
    int words;   /* 0: it holds numbers */
    char **word; /* [words], in the order of its inputs */
};

enum dataset_part { DATASET_TRAIN, DATASET_TEST, DATASET_ALL };

/* A loaded set, or part of one. Everything in it is owned by it, until dataset_close. */
struct dataset {
    struct arena arena; /* owns the texts */
    char spec[512];     /* the text it was opened by */
    char name[128];     /* for people: "digits", "fruit.csv" */
    enum dataset_part part;
    struct shape shape;   /* of one sample: rank 1, or rank 3 (height, width, channels) */
    size_t count;         /* numbers of one sample, shape_count(&shape) */
    int n;                /* samples in this part */
    float *x;             /* [n][count] */
    float *place;         /* [n][axes] where each sample lies, before features; NULL: nowhere */
    int axes;             /* 2: points of a plane, 1: of a line, 0: neither (plane.h) */
    unsigned features;    /* what the columns of x are worked out as, bits of enum feature */
    int y_count;          /* numbers of one answer: 1 for classes, else n_targets */
    float *y;             /* [n][y_count]: class index, or targets */
    int n_classes;        /* 0 when there are targets */
    int n_targets;        /* 0 when there are classes */
    char **class_names;   /* [n_classes]; NULL when there are targets */
    char **feature_names; /* [count]; NULL for pictures */
    char **target_names;  /* [n_targets]; NULL when there are classes */
    int n_columns;        /* of a table, without its answers; else 0 */
    struct dataset_column *columns; /* [n_columns] */
    float *feature_mean;            /* [count], what standardize took off; NULL without it */
    float *feature_scale;           /* [count], what it divided by */
    float *target_mean;             /* [n_targets], likewise for the targets; NULL without it */
    float *target_scale;            /* [n_targets] */
    bool photos;                    /* picture files, brought into their form by `fit` */
    enum picture_fit fit;
    bool bright;            /* their rims are: drawings are to be dark on bright, too */
    struct augment augment; /* what training changes; all 0 without it */
    uint64_t augment_seed;
    const char *notes;   /* lines for people on what was done while loading; may be empty */
    int n_train, n_test; /* samples of the parts; n_test is 0 where there is no test part */
    const char *source;  /* where it comes from */
    const char *licence; /* empty when not known */
    bool edited;         /* points were set by hand: spec alone does not give it again */
    int holders;         /* owners besides the first one */
};

/* Opens the set named by spec. part is used unless spec names one. Files are looked for from the
 * current folder, then base_folder (may be NULL), then Glassnet's own data folder. NULL with one
 * sentence in err for an unknown name, a missing or garbled file or a part there is not. */
struct dataset *dataset_open(const char *spec, enum dataset_part part, const char *base_folder,
                             struct err *err);

/* Frees the set when its last owner closes it; NULL is allowed. */
void dataset_close(struct dataset *d);

/* One owner more, who closes it, too. Returns d. Owners live in one thread. */
struct dataset *dataset_hold(struct dataset *d);

/* spec with the part in it written out or replaced ("digits:train" for TEST gives
 * "digits:test"; ALL takes it away). Returns out. */
char *dataset_spec_with_part(const char *spec, enum dataset_part part, char *out, size_t size);

/* spec with seed=SEED in it, for sets that are drawn from a seed (generated, or augmented); false
 * for the others, and when it does not fit into out. */
bool dataset_spec_with_seed(const char *spec, unsigned seed, char *out, size_t size);

/* A path or a folder's name as it can stand in a spec and in a network's text: signs that mean
 * something there (: , + # %, blanks at the ends, control signs) are written %XX. False when it
 * does not fit into out. dataset_spec_unescape gives it back, in place. */
bool dataset_spec_escape(const char *name, char *out, size_t size);
void dataset_spec_unescape(char *name);

/* spec with KEY=VALUE in it, put in or replaced; a NULL value takes it away. False when it does not
 * fit into out. And the value that a key has in it; false when it has none. */
bool dataset_spec_with(const char *spec, const char *key, const char *value, char *out,
                       size_t size);
bool dataset_spec_value(const char *spec, const char *key, char *out, size_t size);

/* Sample i's numbers and answer; its class index (-1 when there are targets). 0 <= i < n. */
const float *dataset_x(const struct dataset *d, int i);
const float *dataset_y(const struct dataset *d, int i);
int dataset_class(const struct dataset *d, int i);

/* The value feature had in the file before standardize; sample i's own number without it. */
float dataset_original(const struct dataset *d, int i, int feature);

/* Sample i as training sees it in an epoch: augmented, or a copy. out [count]. */
void dataset_training_x(const struct dataset *d, int i, uint64_t epoch, float *out);

/* Samples of each class into counts[n_classes]. */
void dataset_class_counts(const struct dataset *d, int *counts);

/* Shape, classes, counts, source and licence, several lines of text for a terminal. Returns
 * out. */
char *dataset_describe(const struct dataset *d, char *out, size_t size);

/* The sets that have a name. */
struct dataset_entry {
    const char *name;
    const char *what; /* "handwritten digits, 28 × 28, 10 classes" */
    const char *source;
    const char *licence;
    bool generated;
};

/* The table of them and their number; static. */
const struct dataset_entry *dataset_list(int *n);

/* True when the named set's files are on this machine (always for generated ones). */
bool dataset_is_installed(const char *name);

#endif
