/* Scripts: the session's commands and the interface's, one a line, each finished before the next
 * (docs/cli.md, "Scripts"). The interface's are key NAME, click X,Y or click WIDGET, hover X,Y,
 * drag X,Y X,Y, wheel X,Y N, type TEXT, drop FILE, screenshot FILE, export FILE, dump FILE,
 * assert-text STRING, size WxH, widgets. */
#ifndef GLASSNET_SRC_APP_SCRIPT_H
#define GLASSNET_SRC_APP_SCRIPT_H

#include "app/core.h"

/* Runs a file; stops at the first mistake, which err names with file and line. */
bool script_run_file(struct core *c, const char *path, struct err *err);

/* Runs one line; blank lines and # comments do nothing. */
bool script_run_line(struct core *c, const char *line, struct err *err);

/* The picture of the core's last frame as a PNG. */
bool script_screenshot(struct core *c, const char *path, struct err *err);

/* Is the text drawn in the last frame, in one piece or in neighbouring ones? */
bool script_shows(struct core *c, const char *text);

#endif
