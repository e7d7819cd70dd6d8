/* Sessions as files (.gns): what save.c writes and load.c reads. Private to src/session.
 *
 * A zip: session.json says everything but long lists of numbers; network.net is the network's
 * text; start.moment and branchN.moment are the run's beginning and where each branch stands;
 * branchN.eventK.moment the parameters an event put back; branchN.curve the loss curve, pastN.curve
 * those of earlier runs (since later than the rest: a file may lack them); dataN the
 * samples of a set with points set by hand (place and label of each); pad, inputs and labels what
 * is on screen. Numbers are in the processor's own order, which the file
 * names. 64-bit counts are strings, float32 their bits, so that every one comes back exactly. */
#ifndef GLASSNET_SRC_SESSION_FILE_H
#define GLASSNET_SRC_SESSION_FILE_H

#include <cjson/cJSON.h>

#include "glassnet/io/archive.h"
#include "session/state.h"

#define SESSION_FORMAT        1
#define SESSION_BYTES_MOST    ((size_t)1 << 30)
#define SESSION_BYTE_ORDER    0x0102030405060708u
#define SESSION_CURVE_COLUMNS 5 /* epoch, loss, test loss, test accuracy, accuracy */

/* What a moment's part begins with; its arrays follow. */
struct moment_head {
    uint64_t byte_order, count, has;
    int64_t events, t, steps, epoch, position, epoch_correct;
    double batch_loss, epoch_loss;
};

/* The fields of struct train_settings, by kind. */
#define SETTINGS_FLOATS(X)                                                                         \
    X(rate)                                                                                        \
    X(mu) X(rho) X(beta1) X(beta2) X(epsilon) X(l1) X(l2) X(clip) X(decay) X(schedule_factor)
#define SETTINGS_INTS(X) X(optimiser) X(schedule) X(schedule_every) X(batch) X(epochs) X(patience)

/* What was read of a file, not yet the session's. */
struct loaded {
    const char *path; /* of the session's file, for messages */
    const struct archive *archive;
    const cJSON *json;
    struct net *net;
    struct dataset *data;
    struct dataset **edited; /* [edited_count] data with points set by hand */
    int edited_count;
    struct history branches[BRANCHES_MOST];
    int branch_count;
    struct past_run past[PAST_MOST]; /* earlier runs */
    int past_count, past_number;
    struct edit *edits;
    int edit_count;
    struct batch batch;
};

/* load_parts.c: fills l from l->archive and l->json, all checked. False with one sentence. */
bool load_network(struct loaded *l, struct err *err); /* and its data set */
bool load_edited(struct loaded *l, struct err *err);
bool load_branches(struct loaded *l, struct err *err);
bool load_past(struct loaded *l, struct err *err);
bool load_batch(struct loaded *l, struct err *err);
bool load_edits(struct loaded *l, struct err *err);
bool load_damaged(const struct loaded *l, const char *what, struct err *err);
bool load_part(const struct loaded *l, const char *name, void *to, size_t size);

/* The set that the field names: one of l->edited, or l->data (may be NULL) when it is missing.
 * False when there is no such; the caller closes *out. */
bool load_data(const struct loaded *l, const cJSON *from, const char *key, struct dataset **out);

/* Fields of the JSON; false when one is missing or out of range. load_text gives "" then. */
bool load_text(const cJSON *from, const char *key, const char **out);
bool load_count(const cJSON *from, const char *key, int64_t *out);
bool load_int(const cJSON *from, const char *key, int low, int high, int *out);
bool load_bits(const cJSON *from, const char *key, float *out);
bool load_bool(const cJSON *from, const char *key, bool *out);

#endif
