/* One pass of the samples named by --sample, as trace and explain need it. */
#ifndef GLASSNET_SRC_APP_CLI_PASS_H
#define GLASSNET_SRC_APP_CLI_PASS_H

#include "app/cli.h"
#include "glassnet/nn/program.h"
#include "glassnet/step/trace.h"

struct cli_pass {
    struct net *net;
    struct dataset *data;
    struct cli_batch batch;
    struct program *program;
    struct trace *trace;
};

/* Loads the network c->args[0], its data and samples, and runs the pass in training mode. On
 * failure, too, the caller ends with cli_pass_deinit. */
bool cli_pass_run(struct cli_pass *p, const struct cli *c, struct err *err);
void cli_pass_deinit(struct cli_pass *p);

#endif
