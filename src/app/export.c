#include "app/export.h"

#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "glassnet/ui/picture.h"
#include "glassnet/ui/raster.h"
#include "glassnet/ui/svg.h"

enum { NUMBERS = 9999 };

static void take(struct draw_list *to, const struct draw_list *from, int begin, int end)
{
    memcpy(to->cmds + to->n_cmds, from->cmds + begin, (size_t)(end - begin) * sizeof *to->cmds);
    to->n_cmds += end - begin;
}

/* The frame's ground, the place and the pen's strokes: no message or dialog that lies over it. The
 * list shares all but its commands with the frame's; *region is the place. */
static struct draw_list part_of_frame(const struct core *c, struct rect *region)
{
    const struct places *places = &c->screen.places;
    const struct place *place = place_find(places, "canvas"), *pen = place_find(places, "pen");
    struct draw_list part = c->draw;
    *region = c->draw.screen;
    part.cmds = mem_zalloc((size_t)c->draw.n_cmds + 1, sizeof *part.cmds);
    part.n_cmds = 0;
    if (!place) {
        take(&part, &c->draw, 0, c->draw.n_cmds);
        return part;
    }
    *region = rect_snap(place->rect);
    take(&part, &c->draw, 0, c->draw.n_cmds > 0);
    take(&part, &c->draw, place->cmd, place->cmd_end);
    if (pen)
        take(&part, &c->draw, pen->cmd, c->screen.pen.strokes_end);
    return part;
}

static void *copy_of(const void *bytes, size_t count, size_t size)
{
    void *copy = mem_zalloc(count + 1, size);
    if (count)
        memcpy(copy, bytes, count * size);
    return copy;
}

struct draw_list export_copy(const struct core *c, struct rect *region)
{
    struct draw_list part = part_of_frame(c, region);
    part.cap_cmds = part.n_cmds;
    part.data = copy_of(part.data, (size_t)part.n_data, 1);
    part.cap_data = part.n_data;
    part.clips = copy_of(part.clips, (size_t)part.n_clips, sizeof *part.clips);
    part.cap_clips = part.n_clips;
    return part;
}

static bool write_png(const char *path, const struct draw_list *d, struct rect region,
                      struct err *err)
{
    struct raster r = {0};
    int x = (int)region.x, y = (int)region.y, w = (int)region.w, h = (int)region.h;
    if (!raster_init(&r, (int)d->screen.w, (int)d->screen.h, err))
        return false;
    raster_draw(&r, d);
    uint32_t *pixels = mem_zalloc((size_t)w * (size_t)h, sizeof *pixels);
    for (int row = 0; row < h; row++)
        memcpy(pixels + (size_t)row * (size_t)w, r.pixels + (size_t)(y + row) * (size_t)r.w + x,
               (size_t)w * sizeof *pixels);
    bool done = picture_write_png(path, pixels, w, h, err);
    free(pixels);
    raster_deinit(&r);
    return done;
}

bool export_canvas(struct core *c, const char *path, struct err *err)
{
    struct rect region;
    bool svg = file_ends_with(path, ".svg");
    const char *title = session_snapshot(c->session)->title;
    if (!svg && !file_ends_with(path, ".png"))
        return err_set(err, ERR_USAGE, path, 0, "was expected to end in .png or .svg");
    struct draw_list part = part_of_frame(c, &region);
    bool done = svg ? svg_write(path, &part, region, title[0] ? title : "Glassnet", err)
                    : write_png(path, &part, region, err);
    free(part.cmds);
    return done;
}

bool export_anew(struct core *c, const char *kind, struct err *err)
{
    const struct snapshot *s = session_snapshot(c->session);
    char folder[1024], name[320], stem[200], path[1400], said[1500];
    file_user_folder(folder, sizeof folder, "PICTURES", "Pictures");
    snprintf(stem, sizeof stem, "%s", s->title[0] ? s->title : "glassnet");
    char *dot = strrchr(stem, '.');
    if (dot)
        *dot = 0;
    for (int i = 1; i <= NUMBERS; i++) {
        snprintf(name, sizeof name, "%s-%s-%d.%s", stem, s->view, i, kind);
        file_join(path, sizeof path, folder, name);
        if (file_exists(path))
            continue;
        if (!export_canvas(c, path, err))
            return false;
        snprintf(said, sizeof said, _("The picture is saved: %s"), path);
        screen_say(&c->screen, &c->ui, false, said);
        return true;
    }
    return err_set(err, ERR_IO, folder, 0, "has %d pictures of this view already", NUMBERS);
}

bool export_drawings_anew(struct core *c, struct err *err)
{
    char folder[1024], name[64], path[1200], said[1400];
    file_user_folder(folder, sizeof folder, "PICTURES", "Pictures");
    for (int i = 1; i <= NUMBERS; i++) {
        snprintf(name, sizeof name, "drawings-%d", i);
        file_join(path, sizeof path, folder, name);
        if (file_exists(path) || file_is_folder(path))
            continue;
        if (!session_commandf(c->session, err, "export-drawings %s", path))
            return false;
        snprintf(said, sizeof said, _("Your drawings are saved, as pictures and as IDX files: %s"),
                 path);
        screen_say(&c->screen, &c->ui, false, said);
        return true;
    }
    return err_set(err, ERR_IO, folder, 0, "has %d exports of drawings already", NUMBERS);
}

static void write_text(struct core *c, FILE *f)
{
    bool network = c->screen.canvas.view == CANVAS_NETWORK;
    places_dump(&c->screen.places, &c->ui, session_snapshot(c->session),
                network ? &c->screen.canvas.network : NULL, f);
}

bool export_text(struct core *c, const char *path, struct err *err)
{
    struct file_out o;
    if (strcmp(path, "-") == 0) {
        write_text(c, stdout);
        return true;
    }
    if (!file_out_begin(&o, path, err))
        return false;
    write_text(c, o.f);
    return file_out_commit(&o, err);
}
