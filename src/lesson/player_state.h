/* The player's state, shared by its parts: flow (player.c), judging answers (player_answer.c),
 * commands and solutions (player_run.c) and the view (player_view.c). */
#ifndef LESSON_PLAYER_STATE_H
#define LESSON_PLAYER_STATE_H

#include "glassnet/lesson/player.h"
#include "lesson/reader.h"

/* What became of one item of a page. */
struct item_state {
    enum task_status status;
    bool applied;     /* do, reveal: their commands ran */
    bool failed;      /* a wrong try, a hint, shown or skipped */
    int hints;        /* uncovered */
    unsigned tried;   /* options chosen, a bit each */
    unsigned reasons; /* `wrong if` lines met, a bit each */
    enum player_tone tone;
    const struct lesson_text *feedback; /* from the lesson, or NULL: */
    char sentence[200];                 /* the player's own */
    char answer[64];
    int worked_count;
    const char **worked; /* in the player's arena */
};

struct player {
    const struct lesson *lesson;
    struct lesson_host host;
    struct number_style style;
    struct arena arena;      /* owns what lives as long as the player */
    struct arena view_arena; /* owns the last view */
    struct player_view view;
    struct item_state **states; /* [pages][items] */
    int page;
    int active;             /* item of the page, -1: none */
    struct host_state base; /* when the active task began */
    struct host_state seen; /* at the last update */
    int steps;              /* step commands since */
    bool dragged;           /* a number was dragged, and nothing has been said to it yet */
    double gap;             /* how far a wait's comparison was from holding; NaN: not known */
    bool finished;
    int quizzed; /* item of the page that a quiz asks; -1: none is on */
    struct player_quiz quiz;
    struct list hidden;       /* char *: cells hidden by the lesson */
    char fault[1000];         /* a command of the lesson that failed, with file and line; */
    char fault_sentence[800]; /* the same without them */
    int fault_line;
};

const struct lesson_page *player_page(const struct player *p);
const struct lesson_item *player_item(const struct player *p, int i);
struct item_state *player_item_state(const struct player *p, int i);
/* The active task and its state; false when there is none or it is of another kind (kind < 0:
 * any). */
bool player_active(struct player *p, int kind, const struct lesson_item **item,
                   struct item_state **state);

/* --- player_run.c */
/* A lookup for expressions over the host's cells. */
bool player_lookup(void *context, const char *cell, double *value, struct err *err);
/* Runs a command of the lesson; a failure becomes the player's fault. */
bool player_run(struct player *p, const char *line, int number);
bool player_run_lines(struct player *p, const struct lesson_item *item, bool wait);
/* Does what item's solution does to the network (waits, draw, train-until, find). */
void player_apply_solution(struct player *p, const struct lesson_item *item, bool wait);
bool player_open(struct player *p, struct err *err);
void player_uncover(struct player *p, const char *cell);
bool player_is_hidden(const struct player *p, const char *cell);
/* The host's way to write a cell's name. Returns out. */
char *player_cell_name(const struct player *p, const char *cell, char *out, size_t size);
bool player_same_cell(const struct player *p, const char *a, const char *b);
/* Uncovers the worked solution of an item. */
void player_work(struct player *p, const struct lesson_item *item, struct item_state *state);

/* --- player_answer.c */
/* Hints of the task at place i of the page: its own and those of hint blocks behind it. */
int player_hint_count(const struct player *p, int i);
const struct lesson_text *player_hint_at(const struct player *p, int i, int k);
void player_say(struct item_state *state, enum player_tone tone, const struct lesson_text *text,
                const char *sentence);
bool player_next_hint(struct player *p);

/* --- player_wait.c */
/* Notes how far the active task, a wait, is from being over. */
void player_wait_begins(struct player *p);
bool player_wait_is_over(struct player *p, const struct condition *c, const struct host_state *now);
/* Says what a wait still waits for, after something that does not meet it. */
void player_wait_says(struct player *p, const struct lesson_item *item, struct item_state *state,
                      const struct host_state *now);

/* --- player.c */
/* Ends the active task and makes the next one active. */
void player_complete(struct player *p, enum task_status status);

#endif
