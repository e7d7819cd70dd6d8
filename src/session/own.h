/* The learner's own data on its way to a network. Private to src/session. */
#ifndef GLASSNET_SRC_SESSION_OWN_H
#define GLASSNET_SRC_SESSION_OWN_H

#include <pthread.h>

#include "glassnet/base/err.h"
#include "glassnet/nn/net.h"
#include "glassnet/session/own.h"

#define OWN_FOLDERS 16

enum own_work { OWN_WORK_NONE, OWN_WORK_LOOK, OWN_WORK_LOAD, OWN_WORK_TEST };

/* What a thread of its own does; it owns copies of all it reads. */
struct own_job {
    enum own_work work;
    bool running, joins;
    pthread_t thread;
    atomic_bool done;
    struct survey_progress progress;
    struct err err; /* empty: it went well */
    /* in */
    bool table;
    char path[1024], named[448], spec[512];
    struct net *net;
    const struct dataset *set; /* the session's; the job ends before it goes */
    /* out */
    struct survey *survey;
    struct dataset *train, *test;
    int tested, right;
    double error;
    int mistakes;
    struct own_mistake mistake[OWN_MISTAKES];
};

struct own {
    enum own_state state;
    bool table;
    int folders;
    char folder[OWN_FOLDERS][1024]; /* pictures: that of the classes, or of each class */
    bool single;                    /* each folder is a class */
    bool drawn;                     /* pictures: the learner's drawings */
    char path[1024];                /* table */
    char name[256];
    struct survey *survey; /* owned */
    char problem[700];
    int side, test;
    bool colour;
    enum picture_fit fit;
    enum own_answer answer;
    char text[1600];
    char spec[512];
    bool open;
    bool unwanted;     /* something else was opened while it was read */
    int64_t tested_at; /* step of the run; -1: not tested */
    int tested, right;
    double error;
    int mistakes;
    struct own_mistake mistake[OWN_MISTAKES];
    struct own_job job;
    struct own_view view;
};

/* own_job.c: one at a time. */
void own_job_start(struct own_job *j);
/* Has it come to its end? With wait: it has then. What came out is in it until it is cleared. */
bool own_job_take(struct own_job *j, bool wait);
void own_job_clear(struct own_job *j);
void own_job_stop(struct own_job *j); /* ends it and forgets what it found */

/* own_text.c: the data set's name and the network's text from what was brought and chosen, or the
 * problem. */
void own_write(struct own *o);
/* The folder and folders= of pictures; false with a problem. */
bool own_folders(struct own *o, char *path, size_t path_size, char *named, size_t named_size);
/* How many classes the answer has. */
int own_table_classes(const struct survey *s);

#endif
