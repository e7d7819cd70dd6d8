/* `build ...`: what is done to the network that is being built. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "session/build.h"
#include "session/state.h"

/* What is open, else a small network that anybody can read. */
static bool begin(struct session *s, struct err *err)
{
    if (s->build.text)
        return true;
    if (s->net && strlen(net_text(s->net)) <= BUILD_TEXT &&
        build_take(&s->build, net_text(s->net), 0, NULL))
        return true;
    return build_take(&s->build, build_template(1)->text, 0, err);
}

static bool take_template(struct build *b, struct text rest, struct err *err)
{
    char name[32];
    if (!argument_word(&rest, "a template", name, sizeof name, err) || !arguments_end(rest, err))
        return false;
    b->selected = 0;
    for (int i = 0; build_template(i); i++)
        if (strcmp(build_template(i)->name, name) == 0)
            return build_take(b, build_template(i)->text, 0, err);
    return err_set(err, ERR_USAGE, NULL, 0,
                   "there is no template \"%s\"; there are logistic, mlp, regression, cnn and "
                   "residual",
                   name);
}

static bool take_open(struct session *s, struct text rest, struct err *err)
{
    if (!arguments_end(rest, err))
        return false;
    if (!s->net)
        return err_set(err, ERR_STATE, NULL, 0, "no network is open whose text could be taken");
    s->build.selected = 0;
    return build_take(&s->build, net_text(s->net), 0, err);
}

static bool take_file(struct build *b, struct text rest, struct err *err)
{
    char path[1024];
    size_t size;
    if (!argument_path(rest, ".net", path, sizeof path, err))
        return false;
    char *text = file_read(path, BUILD_TEXT, &size, err);
    bool readable = text && !memchr(text, 0, size) && text_is_utf8(text, size);
    if (text && !readable)
        err_set(err, ERR_INPUT, path, 0, "is no UTF-8 text");
    b->selected = readable ? 0 : b->selected;
    bool done = readable && build_take(b, text, 0, err);
    free(text);
    return done;
}

/* "\n" a line's end, "\h" #, "\s" a blank at the beginning, "\\" the sign itself. */
static bool read_escapes(struct text from, char *out, struct err *err)
{
    static const char signs[][2] = {{'n', '\n'}, {'h', '#'}, {'s', ' '}, {'t', '\t'}, {'\\', '\\'}};
    for (size_t i = 0; i < from.n; i++) {
        char c = from.p[i];
        if (c == '\\') {
            size_t k = 0;
            while (i + 1 < from.n && k < sizeof signs / sizeof *signs &&
                   signs[k][0] != from.p[i + 1])
                k++;
            if (i + 1 >= from.n || k == sizeof signs / sizeof *signs)
                return err_set(err, ERR_USAGE, NULL, 0,
                               "a \\ is followed by n, h, s, t or another one");
            c = signs[k][1];
            i++;
        }
        *out++ = c;
    }
    *out = 0;
    return true;
}

static bool set_lines(struct build *b, struct text rest, struct err *err)
{
    long from, count;
    if (!argument_long(&rest, "the first line", 1, b->line_count + 1, &from, err) ||
        !argument_long(&rest, "how many lines", 0, b->line_count + 1 - from, &count, err))
        return false;
    struct text written = text_trim(rest);
    char *lines = mem_zalloc(written.n + 2, 1);
    bool done = read_escapes(written, lines, err);
    size_t n = strlen(lines);
    if (n > 0 && lines[n - 1] != '\n')
        lines[n] = '\n';
    const char *end = strchr(lines, '\n');
    bool typing = count == 1 && end && end[1] == 0;
    done = done && build_replace(b, (int)from, (int)count, lines, typing ? (int)from : 0, err);
    free(lines);
    return done;
}

/* --- blocks ---------------------------------------------------------------------------------- */

static bool read_block_line(struct build *b, struct text *rest, long *line, struct err *err)
{
    if (!argument_long(rest, "a line of the text", 1, b->line_count > 0 ? b->line_count : 1, line,
                       err))
        return false;
    return block_read(build_line(b, (int)*line)).kind != BLOCK_NONE ||
           err_set(err, ERR_STATE, NULL, 0, "there is no block in line %ld", *line);
}

/* The place in b->blocks of the block in a line, or -1. */
static int find_block(const struct build *b, int line)
{
    for (int i = 0; i < b->block_count; i++)
        if (b->blocks[i].line == line)
            return i;
    return -1;
}

/* Behind which line a new block of this kind goes. */
static int place_for(const struct build *b, const char *kind)
{
    int last_layer = 0, selected = find_block(b, b->selected);
    for (int i = 0; i < b->block_count; i++)
        if (block_read(b->blocks[i].text).kind == BLOCK_LAYER)
            last_layer = b->blocks[i].line;
    if (layer_kind_find(kind) < 0)
        return b->line_count;
    if (layer_kind_find(kind) == LAYER_INPUT)
        return b->block_count > 0 ? b->blocks[0].line - 1 : b->line_count;
    if (selected >= 0 && block_read(b->blocks[selected].text).kind == BLOCK_LAYER)
        return b->selected;
    return last_layer > 0 ? last_layer : b->line_count;
}

/* The two layers above a line that have one shape, the nearer one last, else the two nearest. */
static void name_two(const struct build *b, int line, char *out, size_t size)
{
    const struct net *net = b->outline;
    int near = net->layer_count - 1, far;
    while (near > 0 && net->layers[near].line > line)
        near--;
    far = near - 1;
    while (far > 0 && !shape_equal(&net->layers[far].out, &net->layers[near].out))
        far--;
    if (far >= 0 && !shape_equal(&net->layers[far].out, &net->layers[near].out))
        far = near - 1;
    if (near > 0 && far >= 0)
        snprintf(out, size, " %s %s", net->layers[far].name, net->layers[near].name);
    else
        snprintf(out, size, " input input");
}

static bool add_block(struct build *b, struct text rest, struct err *err)
{
    char kind[32], line[300], names[200] = "";
    long at = 0;
    if (!argument_word(&rest, "a kind of block", kind, sizeof kind, err) ||
        (text_trim(rest).n > 0 &&
         !argument_long(&rest, "the line it goes behind", 0, b->line_count, &at, err)) ||
        !arguments_end(rest, err))
        return false;
    const char *example = build_example(kind);
    if (!example)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "there is no block \"%s\"; there are the kinds of layers, loss, data and "
                       "train",
                       kind);
    int behind = at > 0 ? (int)at : place_for(b, kind);
    int layer = layer_kind_find(kind);
    if (layer == LAYER_ADD || layer == LAYER_CONCATENATE)
        name_two(b, behind, names, sizeof names);
    snprintf(line, sizeof line, "%s%s\n", example, names);
    if (!build_replace(b, behind + 1, 0, line, 0, err))
        return false;
    b->selected = behind + 1;
    return true;
}

static bool remove_block(struct build *b, struct text rest, struct err *err)
{
    long line;
    if (!read_block_line(b, &rest, &line, err) || !arguments_end(rest, err))
        return false;
    int at = find_block(b, (int)line);
    int above = at > 0 ? b->blocks[at - 1].line : 0;
    if (!build_replace(b, (int)line, 1, "", 0, err))
        return false;
    b->selected = above;
    return true;
}

static bool move_block(struct build *b, struct text rest, struct err *err)
{
    long line;
    char way[16];
    if (!read_block_line(b, &rest, &line, err) ||
        !argument_word(&rest, "up or down", way, sizeof way, err) || !arguments_end(rest, err))
        return false;
    bool up = strcmp(way, "up") == 0;
    if (!up && strcmp(way, "down") != 0)
        return err_set(err, ERR_USAGE, NULL, 0, "\"%s\" was expected to be up or down", way);
    int at = find_block(b, (int)line), other = at + (up ? -1 : 1);
    if (other < 0 || other >= b->block_count)
        return err_set(err, ERR_STATE, NULL, 0,
                       up ? N_("there is no block above it") : N_("there is no block below it"));
    int first = b->blocks[up ? other : at].line, second = b->blocks[up ? at : other].line;
    struct text a = build_line(b, first), c = build_line(b, second);
    int to = up ? first : second;
    /* What lies between the two (comments) stays where it is. */
    size_t start = (size_t)(a.p - b->text), end = (size_t)(c.p - b->text) + c.n;
    size_t n = end - start;
    char *lines = mem_zalloc(n + 2, 1);
    size_t between = (size_t)(c.p - (a.p + a.n));
    memcpy(lines, c.p, c.n);
    memcpy(lines + c.n, a.p + a.n, between);
    memcpy(lines + c.n + between, a.p, a.n);
    lines[n] = '\n';
    bool done = build_replace(b, first, second - first + 1, lines, 0, err);
    free(lines);
    if (done)
        b->selected = to;
    return done;
}

/* A name that no line has: "conv1" gives "conv2", "flat" "flat_2". */
static void free_name(const struct build *b, struct text name, char *out, size_t size)
{
    char stem[80];
    text_copy(name, stem, sizeof stem);
    size_t n = strlen(stem);
    while (n > 0 && stem[n - 1] >= '0' && stem[n - 1] <= '9')
        n--;
    bool numbered = stem[n] != 0;
    stem[n] = 0;
    bool taken = true;
    for (int i = 2; taken && i < NET_MAX_LINES; i++) {
        snprintf(out, size, "%s%s%d", stem, numbered ? "" : "_", i);
        taken = false;
        for (int k = 0; k < b->block_count; k++)
            taken = taken || text_is(block_read(b->blocks[k].text).name, out);
    }
}

static bool duplicate_block(struct build *b, struct text rest, struct err *err)
{
    long line;
    char name[96], copy[BUILD_LINE + 128];
    if (!read_block_line(b, &rest, &line, err) || !arguments_end(rest, err))
        return false;
    struct text from = build_line(b, (int)line);
    struct block_words w = block_read(from);
    if (w.name.n > 0) {
        free_name(b, w.name, name, sizeof name);
        if (!block_set(from, "name", text_of(name), copy, sizeof copy - 1, err))
            return false;
    } else {
        text_copy(from, copy, sizeof copy - 1);
    }
    strcat(copy, "\n");
    if (!build_replace(b, (int)line + 1, 0, copy, 0, err))
        return false;
    b->selected = (int)line + 1;
    return true;
}

static bool set_value(struct build *b, struct text rest, struct err *err)
{
    long line;
    char key[32], changed[BUILD_LINE + 128];
    if (!read_block_line(b, &rest, &line, err) ||
        !argument_word(&rest, "what to set", key, sizeof key, err))
        return false;
    if (!block_set(build_line(b, (int)line), key, text_trim(rest), changed, sizeof changed - 1,
                   err))
        return false;
    strcat(changed, "\n");
    int selected = b->selected;
    bool done = build_replace(b, (int)line, 1, changed, (int)line, err);
    b->selected = selected;
    return done;
}

static bool select_block(struct build *b, struct text rest, struct err *err)
{
    long line;
    if (text_is(text_trim(rest), "none")) {
        b->selected = 0;
        return true;
    }
    if (!read_block_line(b, &rest, &line, err) || !arguments_end(rest, err))
        return false;
    b->selected = (int)line;
    return true;
}

/* --- the network ----------------------------------------------------------------------------- */

/* In the place of what was open; its data missing, it still opens, and a notice says why nothing
 * is shown in it. */
static bool open_built(struct session *s, struct text rest, struct err *err)
{
    struct err problem = {0}, own = {0};
    struct dataset *data = NULL;
    if (!arguments_end(rest, err))
        return false;
    struct net *net = net_parse(s->build.text, NULL, &own);
    if (!net)
        return err_set(err, ERR_STATE, NULL, 0, "line %d: %s", own.line, own.message);
    if (net->data)
        data = dataset_open(net->data, DATASET_TRAIN, s->folder[0] ? s->folder : NULL, &problem);
    if (data && !session_fits(net, data, &problem)) {
        dataset_close(data);
        data = NULL;
    }
    session_install(s, net, data);
    if (err_any(&problem))
        err_text(&problem, s->notice, sizeof s->notice);
    return true;
}

static bool save_built(struct session *s, struct text rest, struct err *err)
{
    char path[1024];
    s->changed = false;
    return argument_path(rest, ".net", path, sizeof path, err) &&
           file_write(path, s->build.text, strlen(s->build.text), err);
}

static bool change(struct build *b, const char *what, struct text rest, bool *known,
                   struct err *err)
{
    static const struct {
        const char *name;
        bool (*run)(struct build *b, struct text rest, struct err *err);
    } changes[] = {{"template", take_template},    {"file", take_file},
                   {"lines", set_lines},           {"add", add_block},
                   {"remove", remove_block},       {"move", move_block},
                   {"duplicate", duplicate_block}, {"set", set_value},
                   {"select", select_block}};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        if (strcmp(changes[i].name, what) == 0) {
            *known = true;
            return changes[i].run(b, rest, err);
        }
    *known = false;
    return false;
}

bool command_build(struct session *s, struct text rest, struct err *err)
{
    char what[32];
    bool known;
    if (text_trim(rest).n == 0)
        return begin(s, err);
    if (!argument_word(&rest, "what to do", what, sizeof what, err))
        return false;
    bool other_text = strcmp(what, "template") == 0 || strcmp(what, "file") == 0 ||
                      strcmp(what, "from-open") == 0;
    if (!other_text && !begin(s, err))
        return false;
    bool done = change(&s->build, what, rest, &known, err);
    if (known)
        return done;
    if (strcmp(what, "from-open") == 0)
        return take_open(s, rest, err);
    if (strcmp(what, "undo") == 0 || strcmp(what, "redo") == 0)
        return arguments_end(rest, err) && build_undo(&s->build, what[0] == 'r', err);
    if (strcmp(what, "open") == 0)
        return open_built(s, rest, err);
    if (strcmp(what, "save") == 0)
        return save_built(s, rest, err);
    return err_set(err, ERR_USAGE, NULL, 0,
                   "\"%s\" is nothing that can be built with; expected template, from-open, file, "
                   "lines, add, remove, move, duplicate, set, select, undo, redo, open or save",
                   what);
}
