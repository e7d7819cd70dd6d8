/* What the commands share: options, messages, loading a network with its data.
 *
 * A command is a row of a table: its words for --help, its options and a function. cli_parse
 * reads the arguments against that table; every mistake is one sentence on standard error and
 * exit code 2. */
#ifndef GLASSNET_SRC_APP_CLI_H
#define GLASSNET_SRC_APP_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "glassnet/base/err.h"
#include "glassnet/data/dataset.h"
#include "glassnet/nn/net.h"
#include "glassnet/nn/trainer.h"

#define CLI_VERSION     "0.1.0"
#define CLI_MAX_OPTIONS 24
#define CLI_MAX_ARGS    256
#define CLI_MAX_BATCH   1024 /* samples named by --sample */

/* One option of a command. `value` is the word that stands for its value in --help; NULL makes
 * it a switch. `-o` is the short form of "output". */
struct cli_option {
    const char *name;
    const char *value;
    const char *help;
};

struct cli;

struct cli_command {
    const char *name;
    const char *what;                 /* one line for the list of commands */
    const char *example;              /* shown first by --help; lines without indent */
    const char *usage;                /* behind "glassnet NAME" */
    const char *about;                /* some lines for --help; may be NULL */
    int fewest, most;                 /* arguments that are no options */
    const struct cli_option *options; /* ended by a name that is NULL; may be NULL */
    int (*run)(struct cli *c);
};

/* The arguments as read; all texts are the caller's argv. */
struct cli {
    const struct cli_command *command;
    bool json, quiet, help, version;
    int arg_count;
    const char *args[CLI_MAX_ARGS];
    const char *values[CLI_MAX_OPTIONS]; /* beside command->options; "" for a switch given */
};

/* Reads the arguments behind the command's name. */
bool cli_parse(struct cli *c, const struct cli_command *command, int argc, char **argv,
               struct err *err);

/* Value of an option: NULL when it was not given, "" for a switch. The name must be one of the
 * command's. */
const char *cli_value(const struct cli *c, const char *name);

/* A whole number or a number within [low, high]; *out is left alone when the option is not
 * there. */
bool cli_long(const struct cli *c, const char *name, long low, long high, long *out,
              struct err *err);
bool cli_number(const struct cli *c, const char *name, double low, double high, double *out,
                struct err *err);

/* Parses, shows --help or --version or runs the command: what main and the tests call. */
int cli_run(const struct cli_command *command, int argc, char **argv);

/* Prints e on standard error as "glassnet: ..." and gives its exit code. */
int cli_fail(const struct err *e);

/* The exit code, of a command that ended with `code`: standard output that could not be written (a
 * full disk, a closed pipe) is a failure, too, and said. */
int cli_finish(int code);

/* A message on standard error, left out with --quiet. */
void cli_say(const struct cli *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The word of the list (ended by NULL, `stride` bytes apart) nearest to `word`, or NULL when none
 * is near enough to be meant. */
const char *cli_nearest(const char *word, const char *const *first, size_t stride);

void cli_print_help(const struct cli_command *command);

/* --- networks and data (cli_open.c) --- */

/* NAME.net with the weights beside it; without them drawn from its seed, which is then said on
 * standard error unless `c` is quiet. The caller destroys it. */
struct net *cli_load_net(const struct cli *c, const char *path, struct err *err);

/* The set named by --data, else by the net's data line; `part` unless the text names one. Its
 * samples are checked to fit the net. The caller closes it. */
struct dataset *cli_open_data(const struct cli *c, const struct net *net, enum dataset_part part,
                              struct err *err);

/* The same for a set named by spec; files are looked for beside the network, too. */
struct dataset *cli_open_spec(const char *spec, const struct net *net, enum dataset_part part,
                              struct err *err);

/* A data set as the trainer sees it: its first `limit` samples, 0 for all. d must outlive it. */
struct source cli_source(struct dataset *d, int limit);

/* Some samples of a set as one batch. */
struct cli_batch {
    int n;
    int *samples;  /* [n] numbers in the set */
    float *x;      /* [n][count] */
    float *labels; /* [n][y_count] */
};

/* The samples of --sample N[,N...], or NULL for the first n. Freed by cli_batch_deinit. */
bool cli_batch_init(struct cli_batch *b, const struct dataset *d, const char *samples, int n,
                    struct err *err);
void cli_batch_deinit(struct cli_batch *b);

/* Could the file `path` be written (folder there, allowed)? Asked before long work, so that
 * nobody waits for a result that cannot be kept. */
bool cli_can_write(const char *path, struct err *err);

extern const struct cli_command cli_summary, cli_train, cli_evaluate, cli_predict, cli_trace,
    cli_explain, cli_look, cli_dream, cli_nearest_samples, cli_check, cli_data, cli_lesson,
    cli_bench;

#endif
