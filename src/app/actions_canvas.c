/* Lines "app ..." for what lies on the canvas: the view there, and the pen over it. */
#include <string.h>

#include "app/core.h"
#include "glassnet/base/file.h"

int action_by(const char *line)
{
    return file_ends_with(line, " next") ? 1 : -1;
}

/* What the view on the canvas can be made to show. */
static bool run_canvas(struct core *c, const char *line)
{
    const float notches = 2, part = 0.2f;
    const struct snapshot *s = session_snapshot(c->session);
    struct canvas_state *canvas = &c->screen.canvas;
    if (strcmp(line, "closer") == 0 || strcmp(line, "farther") == 0)
        canvas_zoom(canvas, s, line[0] == 'c' ? notches : -notches);
    else if (strcmp(line, "pan left") == 0 || strcmp(line, "pan right") == 0)
        canvas_pan(canvas, line[4] == 'r' ? part : -part, 0);
    else if (strcmp(line, "pan up") == 0 || strcmp(line, "pan down") == 0)
        canvas_pan(canvas, 0, line[4] == 'd' ? part : -part);
    else if (strcmp(line, "fit") == 0)
        canvas_fit(canvas);
    else if (strcmp(line, "matrix size") == 0)
        matrix_turn_size(&canvas->matrix);
    else if (strcmp(line, "layer turn next") == 0 || strcmp(line, "layer turn previous") == 0)
        layer_turn_channel(&canvas->layer, action_by(line));
    else if (strcmp(line, "unfold") == 0)
        network_turn_fold(&canvas->network, network_fold_at(&canvas->network, s, s->selected));
    else
        return false;
    return true;
}

static bool run_pen(struct pen_state *p, const char *line)
{
    if (strcmp(line, "pen clear") == 0) {
        pen_clear(p);
        return true;
    }
    if (strcmp(line, "pen colour") == 0) {
        p->colour = p->on && !p->erases ? (p->colour + 1) % PEN_COLOURS : p->colour;
        p->erases = false;
    } else if (strcmp(line, "pen erase") == 0) {
        p->erases = !p->erases;
    } else {
        return false;
    }
    p->on = true;
    return true;
}

bool actions_canvas(struct core *c, const char *line)
{
    return run_canvas(c, line) || run_pen(&c->screen.pen, line);
}
