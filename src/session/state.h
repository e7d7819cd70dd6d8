/* What a session holds, and what its files offer each other. Private to src/session. */
#ifndef GLASSNET_SRC_SESSION_STATE_H
#define GLASSNET_SRC_SESSION_STATE_H

#include "glassnet/base/text.h"
#include "glassnet/data/drawings.h"
#include "glassnet/session/session.h"
#include "glassnet/session/source.h"
#include "session/build.h"
#include "session/history.h"
#include "session/kernels.h"
#include "session/optimizers.h"
#include "session/own.h"
#include "session/pad.h"
#include "session/probe.h"
#include "session/study.h"
#include "session/until.h"

#define NAME_SIZE 320 /* a cell's name */

/* Samples of a pass; the session's own copy, so that it can be edited. */
struct batch {
    int n;         /* 0: none */
    int *samples;  /* [n] numbers in the set, -1 for the drawing */
    float *x;      /* [n][x_count] */
    float *labels; /* [n][y_count] */
    size_t x_count;
    int y_count;
};

enum edit_kind { EDIT_PARAM, EDIT_INPUT, EDIT_LABEL, EDIT_RATE };

/* One number of the inspected samples that the user changed. Parameters and settings belong to the
 * run: they are events of its history. */
struct edit {
    enum edit_kind kind;
    uint64_t number; /* as in struct event */
    size_t at;       /* in the inspected batch's x or labels */
    float before, after;
};

struct cells {
    struct cell *cell;
    int count, capacity;
};

struct watches {
    struct watched list[WATCH_MOST];
    uint64_t noted[WATCH_MOST]; /* the pass whose value was noted last */
    int count;
};

/* Another branch's pass of the samples on screen. */
struct comparison {
    int branch;    /* -1: none */
    uint64_t pass; /* that it belongs to */
    struct net *net;
    struct program *program;
    struct trace *trace;
};

struct past_run {
    char name[40];
    struct train_settings settings;
    struct curve curve;
};

struct seeking {
    struct until until;
    bool running;   /* the worker looks for it */
    bool was_run;   /* it began in a training run, and goes back there */
    int64_t looked; /* batches */
    char what[400], message[700];
    uint64_t number; /* of the message */
};

struct worker;

struct session {
    /* what is open */
    struct net *net;
    struct dataset *data, *test;
    bool test_looked_for;
    bool settings_changed; /* optimiser or rate are not those of the network's text */
    char folder[1024];
    struct trainer *trainer; /* NULL: no_trainer says why */
    struct err no_trainer;
    char notice[700];

    /* the pass on screen */
    enum program_mode mode;
    enum pass_kind kind;
    enum grain grain;
    struct program *program;
    struct steps *steps;
    struct trace *trace;
    struct trace *before; /* what an edit changed: the pass before it, of the same samples */
    bool keeps_before;    /* the command now running is such an edit */
    struct batch inspect, run;
    struct cursor cursor;
    int view_sample;
    uint64_t redraws; /* how often dropout's masks were drawn anew for inspected passes */
    float *probabilities;
    int output_count;
    int guess;

    /* the run: branches, one of them shown */
    struct history branches[BRANCHES_MOST];
    int branch_count, branch;
    struct branch_info branch_infos[BRANCHES_MOST];
    bool program_stale;  /* the settings are others than those of the program on screen */
    double since_moment; /* seconds of training since the last one was kept */

    struct past_run past[PAST_MOST]; /* [past_count] the oldest first */
    struct past_info past_infos[PAST_MOST];
    int past_count, past_number; /* kept; kept so far, for their names */
    struct studies studies;

    struct probe nudge, slope;
    struct probe_view nudge_view, slope_view;

    struct field *field; /* NULL: nobody asked */
    float spot[2];       /* of the point shown as a drawing is */
    struct kernels kernels;
    struct build build;
    struct optimizers optimizers;

    struct look *look; /* NULL, as the next two: nothing asked */
    struct dreaming *dreaming;
    struct near *near;
    struct look_view look_view;
    struct dream_view dream_view;
    struct nearest_view nearest_view;

    struct beside *beside; /* NULL: none */
    struct beside_view beside_view;

    struct comparison compare;
    struct guessing guessing;
    char code[32]; /* class code; empty: none */

    struct cell selected;
    struct cells hidden, trail;
    bool reading_hidden; /* which class the network reads is not told */
    struct watches watches;
    uint64_t passes; /* run so far: tells one from the next */
    struct formula formula;
    bool formula_fresh;

    struct edit *edits; /* the first edits_done are in force, the others can be redone */
    int edit_count, edit_capacity, edits_done;
    char dragged[NAME_SIZE]; /* the cell of the last command, when that was drag */
    bool drags;              /* and this one goes on with it */
    uint64_t changes;        /* numbers given to edits and events so far */

    uint8_t *pad;
    bool pad_empty;
    int pen;        /* its width in pixels of the pad */
    bool pad_as_is; /* a drawing is only made smaller, not brought to the middle */
    struct pad_past pad_past;
    struct own own;
    struct drawings drawings; /* the learner's own set, once drawings_known */
    bool drawings_known;
    char kept_label[DRAWING_LABEL]; /* of the last one */
    char picture[256];              /* the file that stands in the drawing's place; empty: none */
    bool drawing;                   /* the inspected batch is the drawing */
    bool label_given; /* for the drawing; otherwise it is the class the network guesses */
    int last_sample;  /* to go back to when the pad is cleared */

    struct worker *worker;       /* while training */
    double pace;                 /* epochs a second of it; 0: as fast as can be */
    struct seeking seeking;      /* "run until" */
    struct engine_choice engine; /* for the network that is open */
    struct progress progress;

    struct settings settings;
    char view[32];
    struct snapshot snapshot;
    uint64_t revision, commands;
    bool changed; /* by the command now running */
    char *last_command;
    struct save_job *saving; /* NULL: none */
    char *note;              /* session_set_note; NULL: none */
};

/* open.c */
void session_close(struct session *s); /* frees what is open */
void session_make_trainer(struct session *s);
bool session_fits(const struct net *net, const struct dataset *data, struct err *err);
/* Opens net and data (may be NULL), which it takes over. */
void session_attach_data(struct session *s, struct dataset *data);
void session_install(struct session *s, struct net *net, struct dataset *data);
const struct dataset *session_test_set(struct session *s);
/* Samples by number, also of the test set. */
bool session_fetch(struct session *s, const int *samples, int n, struct batch *batch,
                   struct err *err);

/* batch.c */
bool batch_init(struct batch *b, int n, size_t x_count, int y_count, struct err *err);
bool batch_fetch(struct batch *b, const struct dataset *data, const int *samples, int n,
                 struct err *err);
void batch_deinit(struct batch *b);

/* pass.c: the pass on screen. Each of these either succeeds or changes nothing. */
const struct batch *pass_batch(const struct session *s);
/* Runs the pass on batch and puts it on screen; takes batch and program (which may be the present
 * one) over when it succeeds. */
bool pass_show(struct session *s, enum pass_kind kind, struct program *program, struct batch *batch,
               struct err *err);
bool pass_rerun(struct session *s, struct err *err); /* after edits and training */
bool pass_rebuild(struct session *s, enum program_mode mode, struct err *err);
/* The same samples by another program, which is taken over when it succeeds. */
bool pass_take_program(struct session *s, struct program *program, struct err *err);
/* The trainer's next batch; takes program (which may be the present one) over likewise. */
/* The batch that the trainer takes next, and the trace of a batch as its next step computes it. */
bool pass_next_batch(const struct trainer *t, const struct dataset *data, struct batch *batch,
                     struct err *err);
struct trace *pass_trace(const struct net *net, const struct trainer *trainer,
                         const struct program *program, const struct batch *b, uint64_t redraw,
                         struct err *err);
bool pass_open_run(struct session *s, struct program *program, struct err *err);
void pass_drop(struct session *s);          /* nothing is shown any more */
void pass_forget_before(struct session *s); /* nothing is compared with it any more */
void pass_view(struct session *s, int view_sample);

/* selection.c */
void selection_set(struct session *s, struct cell cell);
void selection_follow(struct session *s); /* the last computed cell */
void cells_add(struct cells *cells, struct cell cell);
void cells_keep_valid(struct session *s, const struct program *old, const struct program *next,
                      int n);
bool cell_argument(struct session *s, struct text *rest, struct cell *cell, struct err *err);

/* watch.c */
void watch_resolve(struct session *s, const struct program *program, int n); /* NULL: no pass */
void watch_note(struct session *s); /* after whatever moved the cursor or ran a pass */
void watch_clear(struct session *s);

/* time.c: the run's steps */
struct history *time_run(struct session *s); /* the branch that is shown */
int64_t time_now(const struct session *s);
void time_begin(struct session *s); /* the state now is the beginning; other branches are gone */
void time_end(struct session *s);   /* nothing is open any more */
int time_epoch_steps(const struct session *s);
/* The state after `steps` steps, by running there from the nearest moment kept. Shows nothing. */
void time_seek(struct session *s, int64_t steps);
/* The same, and shown: in a run the pass after it, its cursor at the end or the start. */
bool time_show(struct session *s, int64_t steps, bool at_end, struct err *err);
/* The pass of the state there is now; of a program made anew when the optimiser is another. */
bool time_show_now(struct session *s, bool at_end, struct err *err);
bool time_commit(struct session *s, struct err *err); /* one step on */
bool time_uncommit(struct session *s, bool *done, struct err *err);
/* Before something is changed at a step that the run has gone past: a future with changes of its
 * own or of more than an epoch is kept as a branch, a shorter one is cut off. */
bool time_change(struct session *s, struct err *err);
/* Takes the settings and shows the pass under them. */
bool time_settings(struct session *s, const struct train_settings *settings, struct err *err);
/* A trainer at the same place with other settings in *t's place; false, and *t as it was, when
 * memory is short. */
bool time_take_settings(struct trainer **t, const struct train_settings *settings,
                        struct engine_choice engine, struct err *err);
/* In what can be changed while a run goes on. */
bool time_settings_differ(const struct train_settings *a, const struct train_settings *b);
/* Applies one event to network and trainer. */
void time_apply(struct session *s, const struct event *e);
/* The shown branch takes over what the worker has kept. */
void time_take(struct session *s, struct moments *moments);

/* branch.c */
bool branch_fork(struct session *s, const char *name, struct err *err);

bool branch_argument(const struct session *s, struct text rest, int *branch, struct err *err);

/* past.c */
void past_keep(struct session *s); /* the run and its branches are about to be forgotten */
void past_fill(struct session *s); /* s->past_infos */
void past_clear(struct session *s);

/* study.c */
bool study_update(struct session *s); /* true when there is another one; never waits */
void study_wait(struct session *s);
void study_clear(struct session *s); /* before what it reads is freed */
const struct study *study_view(const struct session *s);
/* Is another one under way, or about to be, for the view that shows it? */
bool study_is_stale(struct session *s);
void study_follow_view(struct session *s, const char *view);

/* compare.c, guess.c */
void compare_clear(struct session *s);
void compare_refresh(struct session *s); /* after another pass was shown */
/* The trainer of a branch where it stands, on net, a copy of the session's; the caller destroys
 * it. NULL when memory is short. */
struct trainer *compare_reach(struct session *s, const struct history *h, struct net *net,
                              struct err *err);

/* beside.c */
void beside_clear(struct session *s);
void beside_run_begins(struct session *s); /* what was of the run before is forgotten */
bool beside_update(struct session *s);     /* takes over what its thread has done; never waits */
void beside_wait(struct session *s);
void beside_fill(const struct session *s, struct beside_view *view);
void guess_clear(struct session *s);

/* edit.c: edits of a sample that is no longer shown are forgotten */
void edits_forget_sample(struct session *s);
void edits_forget_undone(struct session *s);
/* The run's settings from its step on. */
bool edit_settings(struct session *s, const struct train_settings *settings, struct err *err);
/* Puts an event into the run, behind those in force; it takes what the event holds over. */
void edit_note(struct session *s, struct event *e);
bool edit_do(struct session *s, enum edit_kind kind, size_t at, float value, struct err *err);

/* points.c: the samples become those of data (NULL: as they are), with trainer and batch. */
void points_use(struct session *s, struct dataset *data);
/* A trainer at the same place that reads another set; takes t over. NULL when memory is short. */
struct trainer *points_take(struct trainer *t, const struct dataset *data,
                            struct engine_choice engine, struct err *err);
/* Where on the plane or the line the sample shown lies; false when it lies nowhere. */
bool points_spot(const struct session *s, float spot[2]);

/* How many axes what the network reads has, and which features of a point; 0: it reads none. */
int points_axes(const struct session *s, unsigned *features);

/* field.c: what the network says everywhere on the plane */
void field_clear(struct session *s); /* nobody asks any more */
void field_drop(struct session *s);  /* the network is another */
/* Takes over what is finished, begins anew when anything changed. True when there is more to see.
 */
bool field_update(struct session *s);
void field_wait(struct session *s);
void field_fill(const struct session *s, struct plane_field *view);

/* look.c, dreaming.c, nearest.c: looking inside. Each: ends it and forgets; takes over what its
 * thread has done, never waits; waits for what was asked; fills the snapshot. */
void look_clear(struct session *s);
bool look_update(struct session *s);
void look_wait(struct session *s);
void look_fill(const struct session *s, struct look_view *view);
void dreaming_clear(struct session *s);
bool dreaming_update(struct session *s);
void dreaming_wait(struct session *s);
void dreaming_fill(struct session *s, struct dream_view *view);
void dreaming_pause(struct session *s); /* nobody sees it any more */
void nearest_clear(struct session *s);
bool nearest_update(struct session *s);
void nearest_wait(struct session *s);
void nearest_view_fill(const struct session *s, struct nearest_view *view);
uint64_t params_hash(const struct net *net); /* tells parameters from others */

/* train_line.c: writes optimiser and rate into the network's text */
void train_line_update(struct net *net);

/* drawing.c */
/* What a drawing becomes: the network's input as a picture, or why it is none. */
bool drawing_form(const struct session *s, struct shape *form, struct err *err);
/* Shows a batch of one as the drawing; takes it over when it succeeds. */
bool drawing_show(struct session *s, struct batch *batch, struct err *err);
/* Puts ink on the pad and shows it; without any, the sample of the set again. */
bool drawing_take_ink(struct session *s, const uint8_t *ink, struct err *err);
void drawing_end(struct session *s); /* the inspected batch is no drawing any more */

/* keep.c */
void keep_load(struct session *s); /* the learner's own set is known */
/* Numbers of the change on the pad that undo (0: none) and redo (UINT64_MAX: none) would take. */
uint64_t pad_undo_number(const struct session *s);
uint64_t pad_redo_number(const struct session *s);
bool pad_undo(struct session *s, struct err *err);
bool pad_redo(struct session *s, struct err *err);

/* own.c */
void own_init(struct own *o);
void own_deinit(struct own *o);
bool own_update(struct session *s); /* takes over what its thread has done; never waits */
void own_wait(struct session *s);   /* until nothing is under way */
void own_leave(struct session *s);  /* the network made of it is closed */
const struct own_view *own_view(struct session *s);

/* worker.c */
enum training_state worker_state(const struct session *s);
bool worker_start(struct session *s, int epochs, struct err *err);
/* Stops a running one for a change that it is to go on from; the epochs that are left of it, 0 when
 * there was none, for worker_start. */
int worker_interrupt(struct session *s);
void worker_wait(struct session *s); /* until training is over or paused */
bool worker_seek(struct session *s, const struct until *until, struct err *err);
void worker_stop(struct session *s); /* stops, joins, takes the result over */
/* The network's settings, as a wish to the running worker, which says at which step it took them.
 */
void worker_set_settings(struct session *s, uint64_t number);
void worker_edited(struct session *s); /* hands what was changed to the paused worker */
bool worker_refuses(const struct session *s, const char *what, struct err *err);

/* run_until.c: the worker has ended; found: before step `steps` of the run */
void until_end(struct session *s, bool found, int64_t steps);

/* commands.c: reading what follows a command's name */
bool arguments_end(struct text rest, struct err *err);
bool argument_long(struct text *rest, const char *what, long low, long high, long *value,
                   struct err *err);
bool argument_number(struct text *rest, const char *what, double *value, struct err *err);
/* The same as a person types it: decimal comma, fraction. */
bool argument_value(struct text *rest, const char *what, double *value, struct err *err);
bool argument_word(struct text *rest, const char *what, char *out, size_t size, struct err *err);
bool argument_path(struct text rest, const char *ending, char *out, size_t size, struct err *err);

/* The commands, each in the file of its subject. */
#define COMMAND(name) bool command_##name(struct session *s, struct text rest, struct err *err)
COMMAND(open);
COMMAND(data);
COMMAND(save);
COMMAND(save_trace);
COMMAND(save_session);
COMMAND(sample);
COMMAND(place);
COMMAND(mode);
COMMAND(redraw);
COMMAND(run);
COMMAND(inspect);
COMMAND(phase);
COMMAND(grain);
COMMAND(step);
COMMAND(back);
COMMAND(goto);
COMMAND(seek);
COMMAND(goto_step);
COMMAND(fork);
COMMAND(switch);
COMMAND(rename);
COMMAND(drop);
COMMAND(select);
COMMAND(move);
COMMAND(hide);
COMMAND(reveal);
COMMAND(watch);
COMMAND(unwatch);
COMMAND(edit);
COMMAND(drag);
COMMAND(label);
COMMAND(points);
COMMAND(point);
COMMAND(field);
COMMAND(hidden);
COMMAND(inputs);
COMMAND(undo);
COMMAND(redo);
COMMAND(compare);
COMMAND(guess);
COMMAND(code);
COMMAND(nudge);
COMMAND(slope);
COMMAND(kernels);
COMMAND(beside);
COMMAND(look);
COMMAND(dream);
COMMAND(nearest);
COMMAND(build);
COMMAND(optimizers);
COMMAND(rate);
COMMAND(optimizer);
COMMAND(batch);
COMMAND(regularise);
COMMAND(restart);
COMMAND(forget);
COMMAND(run_until);
COMMAND(train);
COMMAND(pause);
COMMAND(resume);
COMMAND(stop);
COMMAND(bring);
COMMAND(own);
COMMAND(make);
COMMAND(row);
COMMAND(draw);
COMMAND(erase);
COMMAND(pen);
COMMAND(turn);
COMMAND(shift);
COMMAND(centre);
COMMAND(keep);
COMMAND(unkeep);
COMMAND(recall);
COMMAND(export_drawings);
COMMAND(picture);
COMMAND(clear);
COMMAND(setting);
COMMAND(theme);
COMMAND(zoom);
COMMAND(show);
COMMAND(assert);
#undef COMMAND

#endif
