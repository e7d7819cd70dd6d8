/* The app's entry points as the command line sees them (docs/cli.md). Each gets the arguments
 * behind the program's name (app_run) or behind the command's name (cli_render), reports its own
 * mistakes on standard error and returns the exit code: 0 done, 1 the work failed, 2 wrong
 * usage. */
#ifndef GLASSNET_APP_APP_H
#define GLASSNET_APP_APP_H

/* Opens the window: without arguments the home screen, with a file that file. */
int app_run(int argc, char **argv);

/* `glassnet render`: a picture of the app without a display. */
int cli_render(int argc, char **argv);

#endif
