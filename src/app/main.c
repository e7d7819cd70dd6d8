/* glassnet: the app, or a command. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "app/cli.h"
#include "glassnet/app/app.h"
#include "glassnet/base/file.h"

static const struct cli_command *const commands[] = {
    &cli_summary, &cli_train, &cli_evaluate,        &cli_predict, &cli_trace, &cli_explain,
    &cli_look,    &cli_dream, &cli_nearest_samples, &cli_check,   &cli_data,  &cli_lesson,
    &cli_bench,   NULL};

static const char usage[] =
    "Example:\n"
    "  glassnet\n"
    "  glassnet digits-cnn.net\n"
    "  glassnet train digits-cnn.net --epochs 3 -o my-digits.net\n"
    "\n"
    "glassnet [FILE]              opens the app, with a network, a lesson or a picture\n"
    "glassnet COMMAND ... --help  tells about a command, an example first\n"
    "\n"
    "Commands:\n";

static void print_usage(void)
{
    fputs(usage, stdout);
    for (int i = 0; commands[i]; i++)
        printf("  %-10s %s\n", commands[i]->name, commands[i]->what);
    printf("  %-10s %s\n", "render", "draws a picture of the app without a display");
}

static int unknown_command(const char *word)
{
    const char *names[sizeof commands / sizeof *commands + 1];
    int n = 0;
    struct err err = {0};
    for (; commands[n]; n++)
        names[n] = commands[n]->name;
    names[n++] = "render";
    names[n] = NULL;
    const char *near = cli_nearest(word, names, sizeof *names);
    if (near)
        err_set(&err, ERR_USAGE, NULL, 0,
                "there is no command or file \"%s\"; did you mean \"%s\"?", word, near);
    else
        err_set(&err, ERR_USAGE, NULL, 0,
                "there is no command or file \"%s\"; glassnet --help lists the commands", word);
    return cli_fail(&err);
}

/* A standard stream that is closed would lend its number to the next file, and what is said would
 * be written into that. In its place stands one that nothing can be written to, so that it is told.
 * A file that may not grow (ulimit -f) is an error that is told, too, not the end. */
static void be_careful(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd ? O_RDONLY : O_WRONLY) != fd)
            break;
    signal(SIGXFSZ, SIG_IGN);
}

int main(int argc, char **argv)
{
    be_careful();
    if (argc < 2)
        return app_run(0, argv + argc);
    const char *word = argv[1];
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
        print_usage();
        return cli_finish(0);
    }
    if (strcmp(word, "--version") == 0) {
        printf("glassnet %s\n", CLI_VERSION);
        return cli_finish(0);
    }
    for (int i = 0; commands[i]; i++)
        if (strcmp(word, commands[i]->name) == 0)
            return cli_run(commands[i], argc - 2, argv + 2);
    if (strcmp(word, "render") == 0)
        return cli_render(argc - 2, argv + 2);
    /* A word with a dot or a slash is meant as a file, which the app then misses by name. */
    if (word[0] != '-' && !strpbrk(word, "./") && !file_exists(word) && !file_is_folder(word))
        return unknown_command(word);
    return app_run(argc - 1, argv + 1);
}
