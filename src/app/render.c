/* glassnet render: a picture of the app without a display. */
#include <stdio.h>
#include <string.h>

#include "app/cli.h"
#include "app/export.h"
#include "app/script.h"
#include "glassnet/app/app.h"
#include "glassnet/base/file.h"
#include "glassnet/base/text.h"
#include "glassnet/base/translate.h"

static const struct cli_option options[] = {
    {"output", "OUT.png", "the picture to write"},
    {"data", "DATA", "the data set, where the network names none or another is meant"},
    {"size", "WxH", "size in pixels; 1920x1080 unless said otherwise"},
    {"theme", "NAME", "paper, board or contrast"},
    {"language", "NAME", "en or pl; en unless said otherwise"},
    {"script", "FILE", "commands to run first, one a line"},
    {"dump", "FILE", "the screen as text, for screen readers and tests; - is standard output"},
    {NULL, NULL, NULL}};

static bool read_size(const char *text, int *w, int *h, struct err *err)
{
    struct text left, right;
    long a = 0, b = 0;
    if (!text)
        return true;
    if (!text_split(text_of(text), 'x', &left, &right) || !text_to_long(left, &a) ||
        !text_to_long(right, &b) || a < 320 || b < 180 || a > 16384 || b > 16384)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "--size %s is no size; it must be WIDTHxHEIGHT, from 320x180 to "
                       "16384x16384 pixels",
                       text);
    *w = (int)a;
    *h = (int)b;
    return true;
}

static bool prepare(struct core *core, const struct cli *c, struct err *err)
{
    char line[1200];
    const char *data = cli_value(c, "data"), *theme = cli_value(c, "theme");
    const char *script = cli_value(c, "script"), *language = cli_value(c, "language");
    snprintf(line, sizeof line, "setting language %s", language);
    if (language && (!core_command(core, line, err) || !translate_choose(core->language, err)))
        return false; /* without its texts the picture would be English */
    snprintf(line, sizeof line, "theme %s", theme);
    if (theme && !core_command(core, line, err))
        return false;
    snprintf(line, sizeof line, "open %s", c->args[0]);
    if (strcmp(c->args[0], "home") != 0 && !core_command(core, line, err))
        return false;
    snprintf(line, sizeof line, "data %s", data);
    if (data && !core_command(core, line, err))
        return false;
    core_settle(core);
    return !script || script_run_file(core, script, err);
}

static int run(struct cli *c)
{
    struct err err = {0};
    int w = 1920, h = 1080;
    const char *out = cli_value(c, "output"), *text = cli_value(c, "dump");
    if (!out && !text)
        err_set(&err, ERR_USAGE, NULL, 0,
                "render needs -o OUT.png, the picture to write, or --dump FILE, its text");
    if (err_any(&err) || !read_size(cli_value(c, "size"), &w, &h, &err))
        return cli_fail(&err);
    struct core *core = core_create(w, h, &err);
    bool done = core && prepare(core, c, &err);
    if (done) {
        core_finish(core);
        done = (!out || script_screenshot(core, out, &err)) &&
               (!text || export_text(core, text, &err));
    }
    core_destroy(core);
    return done ? 0 : cli_fail(&err);
}

static const struct cli_command render = {
    .name = "render",
    .what = "draws a picture of the app without a display",
    .example = "glassnet render digits-cnn.net -o forward.png --size 1280x720",
    .usage = "(NET | LESSON.md) (-o OUT.png | --dump FILE) [--data DATA] [--size WxH] "
             "[--theme NAME] [--language NAME] [--script FILE]",
    .fewest = 1,
    .most = 1,
    .options = options,
    .run = run,
};

int cli_render(int argc, char **argv)
{
    return cli_run(&render, argc, argv);
}
