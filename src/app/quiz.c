#include "app/quiz.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/core.h"
#include "glassnet/base/file.h"
#include "glassnet/lesson/quiz.h"

enum { SECONDS_A_DAY = 86400 };

static long today(void)
{
    return (long)(time(NULL) / SECONDS_A_DAY);
}

/* Another draw each time. */
static struct rng draw_anew(const struct core *c)
{
    struct rng rng;
    rng_seed(&rng, (uint64_t)time(NULL), (uint64_t)c->frames);
    return rng;
}

static void add(struct quiz_run *q, const char *path, const struct quiz_question *question)
{
    if (q->count == QUIZ_MOST)
        return;
    snprintf(q->questions[q->count].path, sizeof q->questions[0].path, "%s", path);
    snprintf(q->questions[q->count].lesson, sizeof q->questions[0].lesson, "%s", file_name(path));
    char *dot = strrchr(q->questions[q->count].lesson, '.');
    if (dot)
        *dot = 0;
    q->questions[q->count].page = question->page;
    q->questions[q->count].item = question->item;
    q->questions[q->count].right = false;
    q->count++;
}

static void add_from(struct quiz_run *q, struct rng *rng, const char *path, int most)
{
    struct quiz_question found[QUIZ_MOST];
    struct lesson *lesson = lesson_load(path, NULL);
    if (!lesson)
        return;
    int n = quiz_pick(lesson, rng, most, found);
    for (int i = 0; i < n; i++)
        add(q, path, &found[i]);
    lesson_destroy(lesson);
}

static const struct lesson_place *place_of(const struct core *c, int i)
{
    const struct lesson_card *card = &c->catalogue->cards[i];
    const struct lesson_place *place = lesson_progress_find(&c->progress, card->name);
    return place && place->finished && !card->fault ? place : NULL;
}

bool quiz_is_there(const struct core *c)
{
    for (int i = 0; c->catalogue && i < c->catalogue->count; i++)
        if (place_of(c, i))
            return true;
    return false;
}

/* The finished lesson that was longest not asked and is not in the quiz yet; -1: none. */
static int longest_ago(const struct core *c, const struct quiz_run *q)
{
    int best = -1;
    for (int i = 0; c->catalogue && i < c->catalogue->count; i++) {
        const struct lesson_place *place = place_of(c, i);
        bool taken = false;
        for (int k = 0; k < q->count; k++)
            taken = taken || strcmp(q->questions[k].lesson, c->catalogue->cards[i].name) == 0;
        if (place && !taken && (best < 0 || place->quiz_day < place_of(c, best)->quiz_day))
            best = i;
    }
    return best;
}

static void gather_old(const struct core *c, struct quiz_run *q, struct rng *rng)
{
    q->mixed = true;
    for (int i; q->count < QUIZ_MOST && (i = longest_ago(c, q)) >= 0;) {
        int before = q->count;
        add_from(q, rng, c->catalogue->cards[i].path, 1);
        if (q->count == before)
            return; /* a lesson without questions */
    }
    if (q->count == 1) /* a single lesson is finished: all are of it */
        for (int i = q->count = 0; i < c->catalogue->count && q->count == 0; i++)
            if (place_of(c, i))
                add_from(q, rng, c->catalogue->cards[i].path, QUIZ_MOST);
}

static struct player_quiz told(const struct quiz_run *q)
{
    struct player_quiz t = {.at = q->at, .count = q->count, .mixed = q->mixed};
    for (int i = 0; i < q->at; i++)
        t.right += q->questions[i].right;
    return t;
}

/* Opens the lesson of the question we are at, unless it is open, and asks. */
static bool ask(struct core *c, struct quiz_run q, struct err *err)
{
    struct player_quiz quiz = told(&q);
    bool open = c->lesson && strcmp(c->lesson->path, q.questions[q.at].path) == 0;
    if (!open && !core_open(c, q.questions[q.at].path, err))
        return false;
    c->quiz = q; /* opening a lesson ends a quiz */
    return player_ask(c->player, q.questions[q.at].page, q.questions[q.at].item, &quiz) ||
           err_set(err, ERR_STATE, NULL, 0, "this question is no longer in the lesson");
}

bool quiz_begin(struct core *c, const char *which, struct err *err)
{
    struct rng rng = draw_anew(c);
    struct quiz_run q = {.count = 0};
    if (strcmp(which, "old") == 0)
        gather_old(c, &q, &rng);
    else if (which[0])
        return err_set(err, ERR_USAGE, NULL, 0, "\"%s\" was expected to be old, or nothing", which);
    else if (c->lesson)
        add_from(&q, &rng, c->lesson->path, QUIZ_MOST);
    if (q.count == 0)
        return err_set(err, ERR_STATE, NULL, 0,
                       "there is nothing to ask: finish a lesson with questions first");
    return ask(c, q, err);
}

/* Right answers of each lesson asked, into the learner's progress. */
static bool keep(struct core *c, struct err *err)
{
    const struct quiz_run *q = &c->quiz;
    for (int i = 0; i < q->count; i++) {
        int right = 0, of = 0;
        for (int k = 0; k < q->count; k++)
            if (strcmp(q->questions[k].lesson, q->questions[i].lesson) == 0) {
                right += q->questions[k].right;
                of++;
            }
        lesson_progress_note_quiz(&c->progress, q->questions[i].lesson, right, of, today());
    }
    return !c->keep_progress || lesson_progress_save(&c->progress, err);
}

bool quiz_next(struct core *c, struct err *err)
{
    struct quiz_run q = c->quiz;
    if (!player_asked(c->player, &q.questions[q.at].right))
        return true; /* not answered yet */
    q.at++;
    c->quiz = q;
    if (q.at < q.count)
        return ask(c, q, err);
    struct player_quiz over = told(&q);
    over.at--;
    over.over = true;
    player_end_quiz(c->player, &over);
    bool kept = keep(c, err);
    c->quiz.count = 0;
    return kept;
}
