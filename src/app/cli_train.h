/* A training run of the command line: settings, the two sets, what was reached. */
#ifndef GLASSNET_SRC_APP_CLI_TRAIN_H
#define GLASSNET_SRC_APP_CLI_TRAIN_H

#include "app/cli.h"
#include "app/progress_bar.h"
#include "glassnet/nn/patience.h"

/* What an epoch reached: a line of the log. */
struct epoch_line {
    int epoch;                       /* from 1 */
    int samples;                     /* trained on in it; fewer than all when it was stopped */
    double loss, accuracy;           /* mean over the epoch as it went */
    double test_loss, test_accuracy; /* NaN without a test set */
    double seconds;                  /* training alone, since the start */
};

struct training {
    const struct cli *cli;
    struct net *net;
    struct dataset *train, *test; /* test may be NULL */
    struct source source, test_source;
    struct trainer *trainer;
    struct progress_bar bar;
    bool watch_test; /* evaluate the test set after each epoch */
    double seconds;  /* training alone */
    int64_t samples; /* trained on */
    bool stopped;    /* by Ctrl-C */
    bool early;      /* by patience */
    bool is_patient; /* the network's patience counts: there is a test set */
    struct patience patience;
    int line_count, line_capacity;
    struct epoch_line *lines;
    struct evaluation train_result, test_result;
    bool test_is_measured; /* test_result belongs to the parameters as they are */
};

/* Runs the epochs; false only for a failure, not when stopped. */
bool training_run(struct training *t, struct err *err);

/* --log: one line an epoch as CSV, atomically. */
bool training_write_log(const struct training *t, const char *path, struct err *err);

/* Sets up sets and trainer from the options; on failure, too, end with training_deinit. */
bool training_init(struct training *t, const struct cli *c, struct err *err);
void training_deinit(struct training *t);

#endif
