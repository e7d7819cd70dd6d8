/* Options, help and messages of the commands. */
#include "app/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/text.h"

static const struct cli_option common[] = {
    {"json", NULL, "one JSON object on standard output and nothing else there"},
    {"quiet", NULL, "no progress"},
    {"help", NULL, "this text"},
    {"version", NULL, "the version"},
    {NULL, NULL, NULL}};

static int find_option(const struct cli_option *options, const char *name, size_t length)
{
    for (int i = 0; options && options[i].name; i++)
        if (strlen(options[i].name) == length && strncmp(options[i].name, name, length) == 0)
            return i;
    return -1;
}

const char *cli_nearest(const char *word, const char *const *first, size_t stride)
{
    const char *best = NULL;
    int best_distance = 3; /* two slips of the finger, not more */
    for (const char *p = (const char *)first; *(const char *const *)p; p += stride) {
        const char *candidate = *(const char *const *)p;
        int distance = text_distance(word, candidate);
        if (distance < best_distance && distance < (int)strlen(candidate)) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

static bool unknown_option(const struct cli_command *command, const char *written, const char *name,
                           struct err *err)
{
    const char *near = NULL;
    if (command->options)
        near = cli_nearest(name, &command->options[0].name, sizeof *command->options);
    if (!near)
        near = cli_nearest(name, &common[0].name, sizeof *common);
    if (near)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "there is no option %s; did you mean --%s? (glassnet %s --help)", written,
                       near, command->name);
    return err_set(err, ERR_USAGE, NULL, 0, "there is no option %s; see glassnet %s --help",
                   written, command->name);
}

static bool set_common(struct cli *c, int which, const char *value, struct err *err)
{
    bool *const flags[] = {&c->json, &c->quiet, &c->help, &c->version};
    if (value)
        return err_set(err, ERR_USAGE, NULL, 0, "--%s takes no value", common[which].name);
    *flags[which] = true;
    return true;
}

/* An option, and not a number below zero, a file name or "-". */
static bool is_option(const char *word)
{
    return strncmp(word, "--", 2) == 0 || strcmp(word, "-o") == 0 || strcmp(word, "-h") == 0;
}

/* An option at argv[*at]; moves *at past its value when that is a word of its own. */
static bool parse_option(struct cli *c, int argc, char **argv, int *at, struct err *err)
{
    const char *written = argv[*at];
    bool is_long = written[1] == '-';
    const char *name = is_long ? written + 2 : written + 1;
    const char *equals = is_long ? strchr(name, '=') : NULL;
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    const char *value = equals ? equals + 1 : NULL;
    if (strcmp(written, "-h") == 0)
        return set_common(c, 2, NULL, err);
    if (strcmp(written, "-o") == 0) {
        name = "output";
        length = strlen(name);
    } else if (!is_long) {
        return unknown_option(c->command, written, name, err);
    }
    int which = find_option(c->command->options, name, length);
    if (which < 0) {
        int shared = find_option(common, name, length);
        if (shared >= 0)
            return set_common(c, shared, value, err);
        char bare[64];
        text_copy((struct text){name, length}, bare, sizeof bare);
        return unknown_option(c->command, written, bare, err);
    }
    const struct cli_option *o = &c->command->options[which];
    if (c->values[which])
        return err_set(err, ERR_USAGE, NULL, 0, "%s is given twice", written);
    if (!o->value) {
        if (value)
            return err_set(err, ERR_USAGE, NULL, 0, "--%s takes no value", o->name);
        c->values[which] = "";
        return true;
    }
    const char *next = *at + 1 < argc ? argv[*at + 1] : NULL;
    if (!value && next && is_option(next))
        return err_set(err, ERR_USAGE, NULL, 0, "%s needs a value: %s %s; found %s", written,
                       written, o->value, next);
    if (!value && next)
        value = argv[++*at];
    if (!value || !*value)
        return err_set(err, ERR_USAGE, NULL, 0, "%s needs a value: %s %s", written, written,
                       o->value);
    c->values[which] = value;
    return true;
}

bool cli_parse(struct cli *c, const struct cli_command *command, int argc, char **argv,
               struct err *err)
{
    *c = (struct cli){.command = command};
    bool only_args = false;
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        if (!only_args && strcmp(word, "--") == 0) {
            only_args = true;
        } else if (!only_args && word[0] == '-' && word[1]) {
            if (!parse_option(c, argc, argv, &i, err))
                return false;
        } else if (c->arg_count == CLI_MAX_ARGS) {
            return err_set(err, ERR_USAGE, NULL, 0, "more than %d arguments", CLI_MAX_ARGS);
        } else {
            c->args[c->arg_count++] = word;
        }
    }
    if (c->help || c->version)
        return true;
    if (c->arg_count < command->fewest)
        return err_set(err, ERR_USAGE, NULL, 0, "usage: glassnet %s %s", command->name,
                       command->usage);
    if (c->arg_count > command->most)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "\"%s\" is one argument too many; usage: glassnet %s %s",
                       c->args[command->most], command->name, command->usage);
    return true;
}

const char *cli_value(const struct cli *c, const char *name)
{
    int i = find_option(c->command->options, name, strlen(name));
    return i < 0 ? NULL : c->values[i];
}

bool cli_long(const struct cli *c, const char *name, long low, long high, long *out,
              struct err *err)
{
    const char *value = cli_value(c, name);
    long read;
    if (!value)
        return true;
    if (!text_to_long(text_of(value), &read) || read < low || read > high)
        return err_set(err, ERR_USAGE, NULL, 0, "--%s %s: expected a whole number from %ld to %ld",
                       name, value, low, high);
    *out = read;
    return true;
}

bool cli_number(const struct cli *c, const char *name, double low, double high, double *out,
                struct err *err)
{
    const char *value = cli_value(c, name);
    double read;
    if (!value)
        return true;
    if (!text_to_double(text_of(value), &read) || !(read >= low && read <= high))
        return err_set(err, ERR_USAGE, NULL, 0, "--%s %s: expected a number from %g to %g", name,
                       value, low, high);
    *out = read;
    return true;
}

static void print_option(const struct cli_option *o)
{
    char left[64];
    bool is_output = strcmp(o->name, "output") == 0;
    snprintf(left, sizeof left, "%s%s%s%s", is_output ? "-o, --" : "--", o->name,
             o->value ? " " : "", o->value ? o->value : "");
    printf("  %-28s %s\n", left, o->help);
}

static void print_lines(const char *text, const char *indent)
{
    struct text rest = text_of(text);
    while (rest.n > 0) {
        struct text line = text_next_line(&rest);
        printf("%s%.*s\n", line.n ? indent : "", (int)line.n, line.p);
    }
}

void cli_print_help(const struct cli_command *command)
{
    printf("Example:\n");
    print_lines(command->example, "  ");
    printf("\nglassnet %s %s\n", command->name, command->usage);
    printf("%s\n", command->what);
    if (command->about) {
        printf("\n");
        print_lines(command->about, "");
    }
    printf("\nOptions:\n");
    for (const struct cli_option *o = command->options; o && o->name; o++)
        print_option(o);
    for (const struct cli_option *o = common; o->name; o++)
        print_option(o);
}

int cli_run(const struct cli_command *command, int argc, char **argv)
{
    struct cli c;
    struct err err = {0};
    int code = 0;
    if (!cli_parse(&c, command, argc, argv, &err))
        return cli_fail(&err);
    if (c.help)
        cli_print_help(command);
    else if (c.version)
        printf("glassnet %s\n", CLI_VERSION);
    else
        code = command->run(&c);
    return cli_finish(code);
}

int cli_finish(int code)
{
    struct err err = {0};
    bool written = fflush(stdout) == 0 && !ferror(stdout);
    if (written || code != 0)
        return code;
    err_set(&err, ERR_IO, NULL, 0, "standard output could not be written");
    return cli_fail(&err);
}

int cli_fail(const struct err *e)
{
    char text[1024];
    fflush(stdout);
    fprintf(stderr, "glassnet: %s\n", err_text(e, text, sizeof text));
    return err_exit_code(e);
}

void cli_say(const struct cli *c, const char *format, ...)
{
    if (c->quiet)
        return;
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}
