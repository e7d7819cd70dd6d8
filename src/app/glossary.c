#include "app/glossary.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/course.h"
#include "glassnet/base/mem.h"
#include "glassnet/lesson/glossary.h"
#include "glassnet/ui/raster.h"

enum { FIRST_W = 960, FIRST_H = 600 };

void glossary_close(struct core *c)
{
    struct glossary_state *g = &c->screen.glossary;
    core_destroy(c->glossary);
    c->glossary = NULL;
    free(g->pixels);
    *g = (struct glossary_state){.page = g->page};
}

static bool begin(struct core *c, struct err *err)
{
    struct lesson *words = glossary_load(course_language_of_words(c), err);
    bool done = words != NULL;
    if (done && c->glossary && strcmp(c->glossary->lesson->path, words->path) != 0)
        glossary_close(c);
    if (done && !c->glossary) {
        c->glossary = core_create(FIRST_W, FIRST_H, err);
        done = c->glossary && core_open(c->glossary, words->path, err);
    }
    lesson_destroy(words);
    if (!done)
        glossary_close(c);
    return done;
}

bool glossary_open(struct core *c, const char *word, struct err *err)
{
    struct glossary_state *g = &c->screen.glossary;
    if (!begin(c, err))
        return false;
    int page = word[0] ? glossary_find(c->glossary->lesson, word) : g->page;
    if (page >= c->glossary->lesson->page_count)
        page = 0;
    if (page < 0)
        return err_set(err, ERR_USAGE, NULL, 0, "the glossary has no word \"%s\"", word);
    g->words = c->glossary->lesson;
    g->page = page;
    g->scroll = 0;
    g->comes = true;
    struct number_style style = settings_number_style(session_snapshot(c->session)->settings);
    player_set_style(c->glossary->player, &style);
    player_go(c->glossary->player, page);
    g->player = c->glossary->player;
    c->screen.overlay = OVERLAY_GLOSSARY;
    return true;
}

/* What the picture depends on is as it was. */
static bool is_made(const struct core *c, const char *theme)
{
    const struct glossary_state *g = &c->screen.glossary;
    return g->pixels && g->made_page == g->page && g->made_w == g->room_w &&
           g->made_h == g->room_h && strcmp(g->made_theme, theme) == 0;
}

/* Cuts the place of that name out of the frame. */
static void take(struct glossary_state *g, const struct raster *r, const struct place *place)
{
    struct rect box =
        rect_intersect(rect_snap(place->rect), (struct rect){0, 0, (float)r->w, (float)r->h});
    free(g->pixels);
    g->w = (int)fminf(box.w, (float)g->room_w);
    g->h = (int)fminf(box.h, (float)g->room_h);
    g->pixels = mem_zalloc((size_t)g->w * (size_t)g->h + 1, sizeof *g->pixels);
    for (int row = 0; row < g->h; row++)
        memcpy(g->pixels + (size_t)row * (size_t)g->w,
               r->pixels + ((size_t)box.y + (size_t)row) * (size_t)r->w + (size_t)box.x,
               (size_t)g->w * sizeof *g->pixels);
}

/* Draws the word's page so large that its canvas has the room there is. */
static bool draw(struct core *c, struct raster *r, struct err *err)
{
    struct core *own = c->glossary;
    struct glossary_state *g = &c->screen.glossary;
    own->w = (int)fmaxf(FIRST_W / 2, (float)g->room_w);
    own->h = (int)fmaxf(FIRST_H / 2, (float)g->room_h * 1.4f);
    own->screen.panel.folded = true;
    for (int i = 0; i < 3; i++) { /* bars take what they need: the rest is the canvas */
        core_settle(own);
        const struct place *p = place_find(&own->screen.places, "canvas");
        if (!p)
            break;
        own->w += g->room_w - (int)p->rect.w;
        own->h += g->room_h - (int)p->rect.h;
    }
    core_finish(own);
    if (!raster_init(r, own->w, own->h, err))
        return false;
    raster_draw(r, &own->draw);
    return true;
}

void glossary_follow(struct core *c)
{
    struct glossary_state *g = &c->screen.glossary;
    const struct snapshot *s = session_snapshot(c->session);
    struct raster r = {0};
    struct err err = {0};
    char line[64];
    if (!c->glossary)
        return;
    if (c->screen.overlay != OVERLAY_GLOSSARY) {
        glossary_close(c);
        return;
    }
    if (g->room_w < 1 || g->room_h < 1 || is_made(c, s->theme))
        return;
    snprintf(line, sizeof line, "theme %s", s->theme);
    if (core_command(c->glossary, line, &err) && draw(c, &r, &err)) {
        const struct place *place = place_find(&c->glossary->screen.places, "canvas");
        if (place)
            take(g, &r, place);
        raster_deinit(&r);
    }
    g->made_page = g->page;
    g->made_w = g->room_w;
    g->made_h = g->room_h;
    snprintf(g->made_theme, sizeof g->made_theme, "%s", s->theme);
    c->ui.again = true;
}
