#include "layer_motion.h"

#include <math.h>

#define SLIDE_SECONDS 0.2

static bool is_neighbour(const struct layer_state *state, const struct stage *s)
{
    return cell_is(state->shown) && state->shown.tensor == s->cell.tensor &&
           !cell_equal(state->shown, s->cell);
}

void layer_motion_slide(struct stage *s, float *row, float *col)
{
    struct layer_state *state = s->state;
    double now = s->v->ui->time;
    if (is_neighbour(state, s)) {
        bool slow = now - state->changed > SLIDE_SECONDS;
        state->slide_since = s->v->ui->motion && slow ? now : now - SLIDE_SECONDS;
        state->slide_row = state->here_row;
        state->slide_col = state->here_col;
    }
    state->here_row = *row;
    state->here_col = *col;
    float part = (float)((now - state->slide_since) / SLIDE_SECONDS);
    if (!s->v->ui->motion || part >= 1)
        return;
    float ease = part * part * (3 - 2 * part);
    *row = state->slide_row + (*row - state->slide_row) * ease;
    *col = state->slide_col + (*col - state->slide_col) * ease;
    s->v->ui->again = true;
}
