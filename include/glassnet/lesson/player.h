/* Plays a lesson: the page, what is done on it, answers, hints and messages. Knows no drawing:
 * player_view gives what a panel must show, player_* functions are what its buttons do. Nothing
 * traps: every task can be shown or skipped. */
#ifndef GLASSNET_LESSON_PLAYER_H
#define GLASSNET_LESSON_PLAYER_H

#include <stdbool.h>

#include "glassnet/base/text.h"
#include "glassnet/lesson/host.h"
#include "glassnet/lesson/lesson.h"

enum task_status {
    TASK_LATER,  /* a task before it is still to do */
    TASK_ACTIVE, /* the one thing to do now */
    TASK_DONE,   /* by the learner */
    TASK_SHOWN,  /* "show me" */
    TASK_SKIPPED
};

enum player_tone { TONE_NONE, TONE_RIGHT, TONE_WRONG, TONE_INFO };

/* A run of text ready to draw: live numbers are written out. */
struct player_run {
    const char *text;
    unsigned style;       /* enum lesson_style */
    bool is_number;       /* a live number (or "?" when its cell is hidden) */
    const char *cell;     /* of a live number that is one cell: clicking it selects the cell */
    const char *glossary; /* of a link, or NULL */
};

struct player_text {
    int count;
    const struct player_run *runs;
};

struct player_option {
    struct player_text text;
    bool chosen; /* tried by the learner */
    bool right;  /* known to be right: chosen, or shown */
};

/* One thing of the page, from top to bottom. */
struct player_block {
    const struct lesson_item *item;
    enum lesson_item_kind kind;
    struct player_text
        text; /* of a task: what is asked (a plain sentence when the file has none) */
    int columns, rows;
    const struct player_text *cells; /* of a table */
    bool asked;                      /* the task of a quiz */
    /* tasks */
    enum task_status status;
    const char *answer; /* what was accepted or shown last; "" */
    int option_count;
    const struct player_option *options;
    enum player_tone tone;
    struct player_text feedback; /* after the last try; count 0: none */
    int hint_count;              /* hints uncovered so far */
    const struct player_text *hints;
    int worked_count; /* lines of the worked solution, when uncovered */
    const char *const *worked;
};

/* A quiz: questions of lessons asked again, each once and without its page's other tasks. */
struct player_quiz {
    int at, count; /* the question, from 0, and how many; count 0: there is no quiz */
    int right;     /* of those before it, right at the first try without help */
    bool over;     /* all were asked */
    bool mixed;    /* questions of several lessons */
};

struct player_view {
    const char *lesson_title;
    const char *page_title;
    int page, pages;       /* page counts from 0 */
    int tasks, tasks_done; /* of this page; skipped and shown count as done */
    int block_count;
    const struct player_block *blocks;
    int active; /* place of the active task in blocks; -1: none is left */
    bool can_next, can_back, can_hint, can_show, can_skip;
    bool last_page;
    bool finished;                  /* Next was pressed on the last page, or a quiz is over */
    const struct player_quiz *quiz; /* NULL: a lesson is played */
    /* for the teacher only */
    int note_count;
    const struct player_text *notes;
    const char *next_title; /* of the next page; "" on the last */
    const char *solution;   /* of the active task; "" when there is none */
    const char *fault;      /* a sentence when a command of the lesson failed, else NULL */
};

struct player;

/* Begins at the first page: opens the lesson's network and data through the host and runs the
 * page's setup. lesson and what the host points to must outlive it; the host is copied. NULL with
 * one sentence when network or data cannot be opened. */
struct player *player_create(const struct lesson *lesson, const struct lesson_host *host,
                             struct err *err);
void player_destroy(struct player *p);

/* Looks at what the learner did since: call after each command and each frame. True when
 * something a panel shows has changed. */
bool player_update(struct player *p);

/* The pointer holds nothing: what was dragged to a wrong number is told so. True when it was. */
bool player_let_go(struct player *p);

/* Answers the active predict or answer task. True when it was right. Text that is no number gets
 * a message and costs nothing. */
bool player_answer(struct player *p, const char *typed);

/* Chooses option k (from 0) of the active choose task. True when it is a right one; the task is
 * done when all right ones are found. */
bool player_choose(struct player *p, int k);

/* Clicks a cell for the active find task (a selection seen by player_update does the same). */
bool player_clicked(struct player *p, const char *cell);

/* Uncovers the next hint of the active task; after the last one the worked solution. False when
 * there is nothing more. */
bool player_hint(struct player *p);

/* "Show me": does the active task in one right way and uncovers the worked solution. */
bool player_show(struct player *p);

/* Leaves the active task undone (what later pages need of it is done silently). */
bool player_skip(struct player *p);

/* Next is possible when no task is left. On the last page it finishes the lesson. */
bool player_next(struct player *p);
/* One page back: the state of the network is rebuilt as it was when the page began. */
bool player_back(struct player *p);
/* Begins a page again, or continues a lesson from progress; false when there is no such page. */
bool player_go(struct player *p, int page);

/* Asks one task again: its page as it begins, the tasks before it done silently. False when there
 * is no such task. */
bool player_ask(struct player *p, int page, int item, const struct player_quiz *quiz);
/* Is the task asked over? *right: it was right at the first try, without hint. */
bool player_asked(const struct player *p, bool *right);
/* Shows how the quiz went. */
void player_end_quiz(struct player *p, const struct player_quiz *quiz);

/* Is a part of the app ("train") out of reach in this lesson? */
bool player_is_locked(const struct player *p, const char *part);
/* Is a part of the screen ("transport") left out in this lesson? */
bool player_hides(const struct player *p, const char *part);
/* Does the lesson show that view on any of its pages? */
bool player_shows(const struct player *p, const char *view);
/* Is the learner's command line one of a locked part? Then true, with a sentence. A task that asks
 * to train lets train; the lesson's own commands do not come here. */
bool player_refuses(const struct player *p, const char *line, struct err *err);

/* Tasks done, of the whole lesson, and how many there are. */
int player_tasks_done(const struct player *p);
int player_tasks(const struct player *p);

/* How numbers are written; number_default unless set. */
void player_set_style(struct player *p, const struct number_style *style);

/* What to draw: valid until the next call of any player function but the const ones. */
const struct player_view *player_view(struct player *p);

#endif
