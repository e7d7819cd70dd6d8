#include "app/script.h"

#include <stdlib.h>
#include <string.h>

#include "app/export.h"
#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"
#include "glassnet/ui/picture.h"
#include "glassnet/ui/raster.h"

enum { SCRIPT_MOST = 1 << 20, LINE_MOST = 2048 };

static void feed(struct core *c, const struct ui_event *event)
{
    if (!core_feed(c, event)) {
        core_settle(c);
        core_feed(c, event);
    }
}

static void feed_mouse(struct core *c, enum ui_event_kind kind, float x, float y)
{
    struct ui_event e = event_mouse(kind, x, y);
    e.clicks = 1;
    feed(c, &e);
    core_frame(c, c->ui.time + 1.0 / 60);
}

static void click_at(struct core *c, float x, float y)
{
    feed_mouse(c, EVENT_MOUSE_MOVE, x, y);
    feed_mouse(c, EVENT_MOUSE_DOWN, x, y);
    feed_mouse(c, EVENT_MOUSE_UP, x, y);
    core_settle(c);
}

/* "12,34" */
static bool read_point(struct text *rest, float *x, float *y)
{
    struct text word = text_next_word(rest), left, right;
    double a, b;
    if (!text_split(word, ',', &left, &right) || !text_to_double(left, &a) ||
        !text_to_double(right, &b))
        return false;
    *x = (float)a;
    *y = (float)b;
    return true;
}

static bool run_click(struct core *c, struct text rest, struct err *err)
{
    float x, y;
    struct text words = text_trim(rest);
    if (read_point(&rest, &x, &y)) {
        click_at(c, x, y);
        return true;
    }
    char id[128];
    text_copy(words, id, sizeof id);
    const struct widget_record *w = ui_find(&c->ui, id);
    if (!w)
        return err_set(err, ERR_INPUT, NULL, 0,
                       "there is nothing called \"%s\" to click on this screen; `widgets` lists "
                       "what there is",
                       id);
    click_at(c, w->rect.x + w->rect.w / 2, w->rect.y + w->rect.h / 2);
    return true;
}

/* "drag CELL VALUE" is the session's. */
static bool is_drag_of_mouse(struct text rest)
{
    float x, y;
    return read_point(&rest, &x, &y) || rest.n == 0;
}

static bool run_drag(struct core *c, struct text rest, struct err *err)
{
    float x0, y0, x1, y1;
    if (!read_point(&rest, &x0, &y0) || !read_point(&rest, &x1, &y1))
        return err_set(err, ERR_USAGE, NULL, 0, "drag needs two points: drag X,Y X,Y");
    feed_mouse(c, EVENT_MOUSE_MOVE, x0, y0);
    feed_mouse(c, EVENT_MOUSE_DOWN, x0, y0);
    for (int i = 1; i <= 8; i++)
        feed_mouse(c, EVENT_MOUSE_MOVE, x0 + (x1 - x0) * (float)i / 8,
                   y0 + (y1 - y0) * (float)i / 8);
    feed_mouse(c, EVENT_MOUSE_UP, x1, y1);
    core_settle(c);
    return true;
}

static bool run_wheel(struct core *c, struct text rest, struct err *err)
{
    float x, y;
    double notches;
    if (!read_point(&rest, &x, &y) || !text_to_double(text_trim(rest), &notches))
        return err_set(err, ERR_USAGE, NULL, 0, "wheel needs a point and notches: wheel X,Y N");
    feed_mouse(c, EVENT_MOUSE_MOVE, x, y);
    struct ui_event e = event_mouse(EVENT_WHEEL, x, y);
    e.dy = (float)notches;
    feed(c, &e);
    core_settle(c);
    return true;
}

static bool run_key(struct core *c, struct text rest, struct err *err)
{
    char name[64];
    text_copy(text_trim(rest), name, sizeof name);
    struct ui_event e = event_key(name);
    if (e.kind == EVENT_NONE)
        return err_set(err, ERR_USAGE, NULL, 0, "\"%s\" is no key's name (Space, PageDown, Ctrl+C)",
                       name);
    feed(c, &e);
    core_settle(c);
    return true;
}

static bool run_size(struct core *c, struct text rest, struct err *err)
{
    struct text left, right;
    long w, h;
    if (!text_split(text_trim(rest), 'x', &left, &right) || !text_to_long(left, &w) ||
        !text_to_long(right, &h) || w < 320 || h < 180 || w > 16384 || h > 16384)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "a size is WIDTHxHEIGHT, from 320x180 to 16384x16384 pixels");
    c->w = (int)w;
    c->h = (int)h;
    core_settle(c);
    return true;
}

bool script_screenshot(struct core *c, const char *path, struct err *err)
{
    struct raster r = {0};
    if (!raster_init(&r, c->w, c->h, err))
        return false;
    raster_draw(&r, &c->draw);
    bool done = picture_write_png(path, r.pixels, r.w, r.h, err);
    raster_deinit(&r);
    return done;
}

/* Neighbouring pieces of one line are joined, so that coloured terms read as one text. */
bool script_shows(struct core *c, const char *text)
{
    char line[4096] = "";
    float end_x = 0, base = -1;
    for (int i = 0; i < c->draw.n_cmds; i++) {
        const struct draw_cmd *cmd = &c->draw.cmds[i];
        if (cmd->kind != DRAW_TEXT)
            continue;
        char piece[1024];
        snprintf(piece, sizeof piece, "%.*s", (int)cmd->count,
                 (const char *)draw_cmd_data(&c->draw, cmd));
        bool joins = cmd->y == base && cmd->x - end_x < 8 && cmd->x >= end_x - 8;
        size_t length = joins ? strlen(line) : 0;
        snprintf(line + length, sizeof line - length, "%s", piece);
        base = cmd->y;
        end_x = cmd->x + font_width(c->fonts, (enum font_face)cmd->face, cmd->px, piece);
        if (strstr(line, text))
            return true;
    }
    return false;
}

static bool run_interface(struct core *c, struct text word, struct text rest, bool *known,
                          struct err *err)
{
    char argument[1024];
    text_copy(text_trim(rest), argument, sizeof argument);
    *known = true;
    if (text_is(word, "click"))
        return run_click(c, rest, err);
    if (text_is(word, "drag") && is_drag_of_mouse(rest))
        return run_drag(c, rest, err);
    if (text_is(word, "wheel"))
        return run_wheel(c, rest, err);
    if (text_is(word, "key"))
        return run_key(c, rest, err);
    if (text_is(word, "size"))
        return run_size(c, rest, err);
    if (text_is(word, "type")) {
        struct ui_event e = event_text(argument);
        feed(c, &e);
        core_settle(c);
        return true;
    }
    if (text_is(word, "drop")) {
        struct ui_event e = {.kind = EVENT_DROP};
        snprintf(e.text, sizeof e.text, "%s", argument);
        feed(c, &e);
        core_settle(c);
        return true;
    }
    if (text_is(word, "hover")) {
        float x, y;
        if (!read_point(&rest, &x, &y))
            return err_set(err, ERR_USAGE, NULL, 0, "hover needs a point: hover X,Y");
        feed_mouse(c, EVENT_MOUSE_MOVE, x, y);
        for (int i = 0; i < 3; i++)
            core_frame(c, c->ui.time + 0.4);
        return true;
    }
    if (text_is(word, "screenshot")) {
        core_finish(c);
        return script_screenshot(c, argument, err);
    }
    if (text_is(word, "export")) {
        core_finish(c);
        return export_canvas(c, argument, err);
    }
    if (text_is(word, "dump")) {
        core_finish(c);
        return export_text(c, argument[0] ? argument : "-", err);
    }
    if (text_is(word, "widgets")) {
        core_finish(c);
        ui_dump(&c->ui, c->log ? c->log : stdout);
        return true;
    }
    if (text_is(word, "assert-text")) {
        core_finish(c);
        return script_shows(c, argument) ||
               err_set(err, ERR_INPUT, NULL, 0, "\"%s\" is not on the screen", argument);
    }
    *known = false;
    return true;
}

bool script_run_line(struct core *c, const char *line, struct err *err)
{
    struct text rest = text_trim(text_of(line));
    if (rest.n == 0 || rest.p[0] == '#')
        return true;
    char whole[LINE_MOST];
    if (rest.n >= sizeof whole)
        return err_set(err, ERR_INPUT, NULL, 0, "the line has %zu bytes, expected at most %d",
                       rest.n, LINE_MOST - 1);
    text_copy(rest, whole, sizeof whole);
    bool known;
    struct text word = text_next_word(&rest);
    bool done = run_interface(c, word, rest, &known, err);
    if (known)
        return done;
    done = core_command(c, whole, err);
    session_wait(c->session);
    core_settle(c);
    return done;
}

static bool run_text(struct core *c, const char *path, struct text rest, struct err *err)
{
    bool done = true;
    if (!text_is_utf8(rest.p, rest.n) || memchr(rest.p, 0, rest.n))
        return err_set(err, ERR_INPUT, path, 0,
                       "is not UTF-8 text, expected a script: one "
                       "command a line");
    for (int line = 1; done && rest.n > 0; line++) {
        struct err own = {0};
        struct text next = text_next_line(&rest);
        char *command = mem_zalloc(next.n + 1, 1);
        text_copy(next, command, next.n + 1);
        done = script_run_line(c, command, &own);
        free(command);
        if (!done)
            err_set(err, own.code ? own.code : ERR_INPUT, path, line, "%s", own.message);
    }
    return done;
}

bool script_run_file(struct core *c, const char *path, struct err *err)
{
    size_t size;
    char *text = file_read(path, SCRIPT_MOST, &size, err);
    bool done = text && run_text(c, path, (struct text){text, size}, err);
    free(text);
    return done;
}
