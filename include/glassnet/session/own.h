/* Data of the learner's own, from what was brought to a tested network: what views see of it.
 * Commands: bring, own, make (docs/cli.md). */
#ifndef GLASSNET_SESSION_OWN_H
#define GLASSNET_SESSION_OWN_H

#include "glassnet/data/dataset.h"
#include "glassnet/data/survey.h"

enum own_state {
    OWN_NOTHING,  /* nothing was brought */
    OWN_LOOKING,  /* it is being looked through */
    OWN_LOOKED,   /* what is in it is known; nothing was made of it */
    OWN_LOADING,  /* it is being read into a data set */
    OWN_TRAINING, /* a network was made of it, and learns */
    OWN_TESTING,  /* and is tested */
    OWN_TESTED
};

#define OWN_MISTAKES 24

struct own_mistake {
    int sample; /* of the test part */
    int truth, guess;
    float share; /* that the guess had */
};

/* What a number or a class of a table column becomes. */
enum own_answer { OWN_CLASSES, OWN_NUMBERS };

struct own_view {
    enum own_state state;
    bool table, drawn;           /* a table; the learner's drawings; else pictures */
    const char *name;            /* "hug, no hug" or "fruit.csv"; empty: nothing was brought */
    int done, total;             /* pictures, columns or samples of what is under way */
    const struct survey *survey; /* NULL: not known yet */
    const char *problem;         /* why nothing can be made of it; empty: it can */
    /* choices */
    int side;
    bool colour;
    enum picture_fit fit;
    int test; /* percent held out */
    enum own_answer answer;
    const char *text; /* the network that `make` makes; empty while there is a problem */
    /* the network made of it; while it is open */
    bool open;
    const struct dataset *test_set; /* NULL: not read yet */
    int tested, right;              /* samples of the test; those it was right about */
    double error;                   /* of numbers to predict: the mean difference, in their units */
    int mistakes;
    const struct own_mistake *mistake; /* the surest first */
};

#endif
