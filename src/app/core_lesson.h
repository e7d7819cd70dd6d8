/* The core's lesson: opening and leaving it, what its panel asks for, the learner's progress. */
#ifndef GLASSNET_SRC_APP_CORE_LESSON_H
#define GLASSNET_SRC_APP_CORE_LESSON_H

#include "app/core.h"

/* Opens a lesson at the page the learner was on; the one that was played before is left. */
bool core_lesson_open(struct core *c, const char *path, struct err *err);
/* Opens a saved session, with the lesson it was saved in. */
bool core_session_open(struct core *c, const char *path, struct err *err);
void core_lesson_leave(struct core *c);

/* Runs "app LINE" of the lesson's panel; false, without an error, when the line is none of it. */
bool core_lesson_line(struct core *c, const char *line, struct err *err);
/* A presenter's clicker: turns the lesson's page when nothing on it is left to do, else it steps.
 * Where the lesson has hidden the transport nothing is to be stepped. */
bool core_lesson_clicker(struct core *c, bool on, struct err *err);
/* On from a lesson into Play: with the network as it is, or with another one by its name. */
bool core_lesson_play_on(struct core *c, const char *name, struct err *err);

/* After each command: the place in the session's file, the progress in the learner's, the view that
 * the lesson's own commands have shown, and how its numbers are written. */
void core_lesson_note(struct core *c);
void core_lesson_progress(struct core *c);
void core_lesson_follow(struct core *c);
void core_lesson_style(struct core *c);

/* The view named by `show`: home, one of the canvas, or a tab of the panel. */
void core_follow_view(struct core *c);

#endif
