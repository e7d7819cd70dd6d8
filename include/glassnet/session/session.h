/* The session: what is open and where we are. Everything a user, a lesson, a script or a test
 * does to it is a named command (docs/cli.md, "Scripts"), applied between frames. Views read it
 * through a const struct snapshot. */
#ifndef GLASSNET_SESSION_SESSION_H
#define GLASSNET_SESSION_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "glassnet/base/err.h"
#include "glassnet/base/settings.h"
#include "glassnet/data/dataset.h"
#include "glassnet/data/drawings.h"
#include "glassnet/nn/net.h"
#include "glassnet/nn/trainer.h"
#include "glassnet/session/beside.h"
#include "glassnet/session/build.h"
#include "glassnet/session/inside.h"
#include "glassnet/session/kernels.h"
#include "glassnet/session/optimizers.h"
#include "glassnet/session/own.h"
#include "glassnet/session/study.h"
#include "glassnet/step/formula.h"
#include "glassnet/step/steps.h"

enum pass_kind {
    PASS_INSPECT, /* samples the user chose, at the current parameters, never committed */
    PASS_RUN      /* the trainer's own next batch; stepping past its end commits the update */
};

#define SESSION_MAX_BATCH 64           /* samples of an inspected batch */
#define PAD_SIDE          DRAWING_SIDE /* drawing pad, pixels a side */
#define PEN_WIDTH         22           /* of them, across: about two pixels of 28, as MNIST's */

/* Samples of the test set beside the one that is trained on have numbers below those of drawings:
 * the sample's place in it, or -1 for others; and the number of the one at a place. */
static inline int sample_in_test(int sample)
{
    return sample < -1 ? -2 - sample : -1;
}
static inline int sample_of_test(int at)
{
    return -2 - at;
}

enum training_state { TRAINING_OFF, TRAINING_RUNNING, TRAINING_PAUSED };

/* One point of the loss curve. */
struct progress_point {
    double epoch;                   /* epochs done, with fraction */
    float loss;                     /* training loss: mean over the epoch so far */
    float test_loss, test_accuracy; /* NaN between epochs */
    float accuracy;
};

/* How training goes; a copy, safe to read. */
struct progress {
    enum training_state state;
    int epoch, epochs;     /* done, wanted */
    int position, samples; /* within the epoch */
    double samples_per_second;
    double seconds_left;
    int threads;
    int point_count;
    const struct progress_point *points; /* owned by the snapshot */
    char error[256];                     /* empty: none */
};

#define BRANCHES_MOST 4

/* A run of training, or what became of it from some step on under a change. */
struct branch_info {
    const char *name;
    int64_t now, end; /* steps done; the furthest that has been run */
    const struct progress_point *points;
    int point_count;
    int changes;                           /* numbers and settings changed on the way */
    double epoch;                          /* where `now` is on the curve */
    const struct train_settings *settings; /* at its end */
};

#define PAST_MOST 6 /* earlier runs whose curves are kept; the oldest ones go */

/* A run that ended with a new start. */
struct past_info {
    const char *name;
    const struct train_settings *settings; /* at its end */
    const struct progress_point *points;
    int point_count;
};

#define WATCH_MOST    24 /* cells watched */
#define WATCH_HISTORY 24 /* values of each that are kept */

/* A cell of the watch list. The history has one value for each pass in which it was computed, the
 * oldest first; while `done` the last one is its value now. */
struct watched {
    char *name;       /* as cell_parse reads it; the session's */
    struct cell cell; /* CELL_NONE: the pass on screen has no such cell */
    bool done;        /* computed, in this pass */
    int count;
    float history[WATCH_HISTORY];
};

/* The loss for some values of one number, found by running the pass again in double. */
struct probe_view {
    struct cell cell; /* CELL_NONE: nothing was asked */
    bool running;     /* the losses are not there yet */
    bool stale;       /* another pass is shown since */
    double at;        /* the number as it is */
    double epsilon;   /* of a nudge */
    int count;
    const double *values, *losses; /* [count]; a nudge has 3: at - ε, at, at + ε */
};

/* What the network says everywhere: its numbers at side x side points of the plane, row by row from
 * the top (the largest y) and each from the left, or at side points of a line. They are the first
 * samples of a trace in evaluation mode, so that every layer's numbers are there; the set's own
 * samples follow, then those held out. */
struct plane_field {
    int axes;              /* 2 or 1; 0: the samples lie nowhere, and there is no such picture */
    int side;              /* 0: nobody asked */
    int grid, train, test; /* samples of the trace: of the grid, of the set, held out */
    float low[2], high[2]; /* the picture's frame; for a line y is what is to be predicted */
    const struct trace *trace; /* NULL: not there yet */
    bool running, stale;       /* a newer one is on its way; the network has changed since */
};

/* The middle of the field's cell: where that point lies. */
void plane_field_at(const struct plane_field *f, int row, int column, float place[2]);

/* How the learner's guesses of covered numbers went. */
enum guess_state { GUESS_NONE, GUESS_RIGHT, GUESS_HIGHER, GUESS_LOWER };
struct guessing {
    struct cell cell; /* that the last guess was of */
    enum guess_state state;
    bool sign;               /* right but for its sign */
    int tries;               /* of this cell */
    int asked, right, first; /* cells guessed; right in the end; right at once */
};

/* "Run until": what is looked for, and what came of the last one. */
struct until_info {
    bool running;
    const char *what;       /* "loss < 0.1" */
    int64_t looked, within; /* batches looked at, and how many there may be */
    const char *message;    /* where it stopped and why; empty: none yet */
    uint64_t number;        /* of the message, so that each is told once */
};

/* What views draw: const, valid until the next session_update or command. */
struct snapshot {
    const struct net *net;      /* NULL: nothing is open */
    const struct dataset *data; /* NULL: none */
    const struct program *program;
    const struct trace *trace;  /* NULL until there is data or a drawing */
    const struct trace *before; /* the same samples before the last edit, undo or redo changed what
                                   follows from them; NULL when the pass came about otherwise */
    uint64_t before_number;     /* another one with each such change */
    const struct steps *steps;
    struct cursor cursor;
    enum grain grain;
    enum pass_kind pass;
    enum program_mode mode;
    struct cell selected;     /* CELL_NONE: nothing */
    const struct cell *trail; /* [trail_count] cells walked from, the first one first */
    int trail_count;
    const struct formula *formula; /* of the selected cell; NULL when none */
    bool formula_done;             /* the selected cell is computed */
    int formula_terms;             /* terms revealed: all, unless stepping is inside this cell */
    const struct watched *watched; /* [watched_count] in the order they were added */
    int watched_count;
    int sample;       /* number in the set of the sample shown; -1: the drawing; below: of the test
                         set (sample_in_test) */
    int view_sample;  /* its place in the batch */
    int64_t step;     /* steps of the run done before this pass, */
    int64_t step_end; /* and the furthest that has been run */
    int epoch_steps;  /* steps of an epoch; 0: there is nothing to train */
    bool uneven;      /* not of every epoch of the run: the batch was changed on the way */
    const struct branch_info *branches;
    int branch_count, branch; /* the one that is shown */
    const struct past_info *past;
    int past_count;
    const struct study *study;  /* NULL: none yet */
    bool study_stale;           /* the network is another by now */
    const float *probabilities; /* outputs in evaluation mode for the sample shown, or NULL */
    int output_count;
    int guess; /* class they mean; -1: none */
    struct progress progress;
    const struct probe_view *nudge, *slope;
    const struct look_view *look; /* never NULL, as the next two */
    const struct dream_view *dream;
    const struct nearest_view *nearest;
    const struct beside_view *beside; /* never NULL */
    struct plane_field field;
    bool has_spot; /* the sample shown lies on the plane (line), at */
    float spot[2];
    double pace;                /* epochs a second that training keeps to; 0: as fast as can be */
    const struct dataset *test; /* held out, looked at between epochs; NULL: none, or not yet */
    int compare;                /* branch set beside the one shown; -1: none */
    const struct trace *other;  /* its pass of the same samples; its program may differ */
    const struct kernels_view *kernels;       /* never NULL */
    const struct build_view *build;           /* never NULL */
    const struct optimizers_view *optimizers; /* never NULL */
    const struct guessing *guessing;
    const char *code; /* class code: the word that start, shuffles and data come from; or "" */
    struct until_info until;
    const uint8_t *pad; /* [PAD_SIDE][PAD_SIDE] 0 paper .. 255 ink */
    bool pad_empty;
    const struct own_view *own;      /* data of one's own; never NULL */
    int pen;                         /* width of pen and eraser in pixels of the pad */
    bool pad_as_is;                  /* a drawing is not brought to the middle */
    bool pad_undoes;                 /* something was done on the pad */
    const struct drawings *drawings; /* the learner's own set */
    const char *kept_label;          /* of the drawing kept last; or "" */
    const char *picture;             /* the name of the picture file shown; empty: none */
    const struct settings *settings; /* never NULL */
    const char *theme;               /* settings->theme */
    int zoom;                        /* settings->zoom: percent */
    const char *view;                /* name of the view shown: "network", "home", "train", ... */
    const char *title;               /* the network file's name */
    const char *notice; /* what could not be done on opening (its data is missing, ...);
                           empty: nothing */
    uint64_t revision;  /* changes whenever anything here does */
};

struct session;

struct session *session_create(void);
void session_destroy(struct session *s);

/* Applies one command line. False with one sentence in err (and nothing changed) when it is
 * unknown or cannot be done. Commands finish before this returns, except `train`, which starts
 * the worker and returns; session_wait waits for it (scripts do). Commands that belong to the
 * interface (click, key, type, screenshot, show a menu) are not known here: app/script.h adds
 * them. */
bool session_command(struct session *s, const char *line, struct err *err);
bool session_commandf(struct session *s, struct err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What the last edit changed is no longer told (snapshot->before). */
void session_forget_before(struct session *s);

/* Takes over what the training worker has done since; call once a frame. True when anything a
 * view could show has changed. Never waits. */
bool session_update(struct session *s);

/* Waits until training is over or paused. */
void session_wait(struct session *s);

/* The state as views see it. */
const struct snapshot *session_snapshot(struct session *s);

/* Opens from memory, for tests and the command line: takes net (and data, may be NULL) over, also
 * when it fails (they are destroyed then). */
bool session_open(struct session *s, struct net *net, struct dataset *data, struct err *err);

/* Writes everything there is to path (.gns): network, data set's name, optimiser, history, edits,
 * branches, what is on screen; and reads it back, bit for bit. A file that is damaged, or whose
 * data set is missing, changes nothing. Commands: save-session FILE, open FILE. */
bool session_save(struct session *s, const char *path, struct err *err);
bool session_load(struct session *s, const char *path, struct err *err);
/* The same, written by a thread of its own from a copy taken now, so that the screen goes on;
 * session_save_state says how it went, once, and session_save_end waits for it. One at a time. */
enum save_state { SAVE_NONE, SAVE_RUNNING, SAVE_DONE, SAVE_FAILED };
bool session_save_begin(struct session *s, const char *path, struct err *err);
enum save_state session_save_state(struct session *s, struct err *err);
bool session_save_end(struct session *s, struct err *err);
/* A text of the caller's own that is saved and loaded with the session (which lesson, which page);
 * "" when there is none. Copied. */
void session_set_note(struct session *s, const char *note);
const char *session_note(const struct session *s);

/* Takes over settings that were read from a file, as the command `setting` does one by one. */
void session_set_settings(struct session *s, const struct settings *settings);

/* Value of a cell by name in the current pass, revealed or not. */
bool session_value(struct session *s, const char *cell, double *value, struct err *err);

/* True when the cell is hidden (hide CELL): views show "?" for it, also where it is repeated. */
bool session_is_hidden(const struct session *s, struct cell cell);
/* All of them, *count cells; valid until the next command. */
const struct cell *session_hidden(const struct session *s, int *count);

/* True when which class the network reads is not to be told (hide reading). */
bool session_reading_is_hidden(const struct session *s);

/* The commands there are, for help and for the app's menus: entry i, or NULL past the last. */
struct command_info {
    const char *name;  /* "sample" */
    const char *usage; /* "sample N[,N...] | next | previous" */
    const char *what;  /* one line for people */
};
const struct command_info *session_command_list(int i);

/* A number that grows with each successful command, and the last one's text: lessons wait for
 * what the learner did by these. */
uint64_t session_command_count(const struct session *s);
const char *session_last_command(const struct session *s);

#endif
