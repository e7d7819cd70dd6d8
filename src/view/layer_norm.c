/* Batch normalisation: a channel's numbers over the whole batch as three histograms (as they come,
 * normalised, stretched and shifted), and each step of the calculation as a line. */
#include <math.h>
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "layer_picture.h"

enum { BINS = 24 };

struct spread {
    int tensor, channel;
    struct cell cell; /* whose place is marked */
    struct cell mean; /* CELL_NONE: no line */
    const char *title;
};

struct counts {
    int bin[BINS], most, n;
    float low, high;
};

static int channels_of(const struct stage *s)
{
    return s->l->out.dim[s->l->out.rank - 1];
}

/* Number k of the channel over the batch, as a cell. */
static struct cell sample_cell(const struct stage *s, const struct spread *h, size_t k)
{
    size_t channels = (size_t)channels_of(s);
    size_t places = s->v->snap->program->tensors[h->tensor].count / channels;
    return (struct cell){h->tensor, (int)(k / places), k % places * channels + (size_t)h->channel};
}

static bool count(const struct stage *s, const struct spread *h, struct counts *c)
{
    size_t n = s->v->snap->program->tensors[h->tensor].count / (size_t)channels_of(s) *
               (size_t)s->v->snap->trace->n;
    *c = (struct counts){.low = INFINITY, .high = -INFINITY};
    for (size_t k = 0; k < n; k++) {
        struct cell cell = sample_cell(s, h, k);
        float v = cell_value(s->v->snap->trace, cell);
        if (!view_is_done(s->v, cell) || !isfinite(v))
            return false;
        c->low = fminf(c->low, v);
        c->high = fmaxf(c->high, v);
    }
    float width = c->high - c->low;
    for (size_t k = 0; k < n; k++) {
        float v = cell_value(s->v->snap->trace, sample_cell(s, h, k));
        int bin = width > 0 ? (int)((v - c->low) / width * BINS) : BINS / 2;
        bin = bin >= BINS ? BINS - 1 : bin;
        c->bin[bin]++;
        c->most = c->bin[bin] > c->most ? c->bin[bin] : c->most;
    }
    c->n = (int)n;
    return n > 0;
}

static float across(const struct counts *c, struct rect r, float v)
{
    float width = c->high - c->low;
    float part = width > 0 ? (v - c->low) / width : 0.5f;
    return r.x + r.w * fmaxf(0, fminf(1, part));
}

static void draw_bars(const struct stage *s, const struct spread *h, struct rect r,
                      const struct counts *c)
{
    const struct theme *t = s->v->ui->theme;
    bool gradient = view_is_gradient(s->v->snap, h->tensor);
    float limit = fmaxf(fabsf(c->low), fabsf(c->high));
    limit = limit > 0 ? limit : 1;
    for (int i = 0; i < BINS; i++) {
        float middle = c->low + (c->high - c->low) * ((float)i + 0.5f) / BINS;
        struct colour fill =
            gradient ? scale_gradient(t, middle, limit) : scale_value(t, middle, limit);
        struct rect bar = rect_column(r, BINS, i, 1);
        float high = r.h * (float)c->bin[i] / (float)c->most;
        bar.y += bar.h - high;
        bar.h = high;
        if (c->bin[i] == 0)
            continue;
        draw_rect(s->v->ui->draw, bar, fill);
        draw_frame(s->v->ui->draw, bar, 1, t->frame);
    }
}

/* The two ends of the axis: numbers of the batch. */
static void draw_ends(const struct stage *s, struct rect r, const struct counts *c)
{
    char low[48], high[48];
    float third = r.w / 2;
    stage_text(s, rect_cut_left(&r, third), FONT_MONO, s->small, ALIGN_LEFT, s->v->ui->theme->muted,
               view_number(s->v->snap, (double)c->low, low, sizeof low));
    stage_text(s, r, FONT_MONO, s->small, ALIGN_RIGHT, s->v->ui->theme->muted,
               view_number(s->v->snap, (double)c->high, high, sizeof high));
}

static void draw_histogram(struct stage *s, struct rect r, const struct spread *h)
{
    const struct theme *t = s->v->ui->theme;
    struct draw_list *d = s->v->ui->draw;
    struct counts c;
    if (h->tensor < 0 || r.w < 60 * s->unit || r.h < 90 * s->unit)
        return;
    bool gradient = view_is_gradient(s->v->snap, h->tensor);
    stage_text(s, rect_cut_top(&r, (float)s->px * 1.5f), FONT_SANS_BOLD, s->px, ALIGN_LEFT,
               gradient ? t->text_grad_pos : t->ink, h->title);
    struct rect number = rect_cut_bottom(&r, 34 * s->unit);
    struct rect ends = rect_cut_bottom(&r, (float)s->small * 1.4f);
    r = rect_snap(r);
    draw_rect(d, r, t->panel);
    struct grid g = grid_single(s, h->cell);
    g.title[0] = 0;
    stage_grid(s, number, &g, GRID_APART);
    if (!count(s, h, &c)) {
        draw_hatch(d, r, t->hatch_ground, t->hatch);
        return;
    }
    draw_bars(s, h, rect_inset_xy(r, 0, 2), &c);
    draw_frame(d, r, 1, t->line);
    draw_ends(s, ends, &c);
    if (cell_is(h->mean) && view_is_done(s->v, h->mean)) {
        float x = across(&c, r, cell_value(s->v->snap->trace, h->mean));
        const struct point line[2] = {{x, r.y}, {x, r.y + r.h}};
        draw_dashes(d, line, 2, fmaxf(1.5f, 2 * s->unit), 7 * s->unit, 5 * s->unit, t->ink);
    }
    if (view_is_hidden(s->v, h->cell))
        return;
    float x = across(&c, r, cell_value(s->v->snap->trace, h->cell));
    draw_rect(d, (struct rect){x - 2 * s->unit - 1, r.y, 4 * s->unit + 2, r.h}, t->ink);
    draw_rect(d, (struct rect){x - 2 * s->unit, r.y, 4 * s->unit, r.h}, t->selection);
}

/* The flat place in a map of the cell, or the channel's in the map last seen. */
static size_t element_of(const struct stage *s)
{
    size_t count = shape_count(&s->l->out), channels = (size_t)channels_of(s);
    if (s->v->snap->program->tensors[s->cell.tensor].count == count)
        return s->cell.index;
    size_t e = s->state->place * channels + s->cell.index % channels;
    return e < count ? e : s->cell.index % channels;
}

static void draw_lines(struct stage *s, struct rect r, size_t e, bool backward)
{
    static const char *const forward[] = {"mu",  "dev",  "sigma2", "floor",
                                          "std", "xhat", "gamma",  "beta"};
    static const char *const back[] = {"gamma", "beta", "xhat", "std", "sigma2", "dev", "mu"};
    struct cell cells[16];
    size_t count = shape_count(&s->l->out), channel = e % (size_t)channels_of(s);
    int n = 0, z = stage_z(s), tensor;
    bool running = stage_tensor(s, "mu") < 0;
    if (backward)
        cells[n++] = stage_cell(s, stage_grad(s, z), e);
    for (size_t i = 0; i < (backward ? 7 : 8); i++) {
        const char *name = backward ? back[i] : forward[i];
        tensor = stage_tensor(s, name);
        if (!backward && running && i == 0)
            tensor = stage_tensor(s, "mean");
        if (!backward && running && i == 2)
            tensor = stage_tensor(s, "var");
        if (backward)
            tensor = stage_grad(s, tensor);
        if (tensor < 0)
            continue;
        bool whole = s->v->snap->program->tensors[tensor].count == count &&
                     s->v->snap->program->tensors[tensor].batched;
        cells[n++] = stage_cell(s, tensor, whole ? e : channel);
        if (backward && i == 2) {
            cells[n++] = stage_cell(s, stage_tensor(s, "pull"), channel);
            cells[n++] = stage_cell(s, stage_tensor(s, "direct"), e);
        }
    }
    cells[n++] = backward ? stage_cell(s, stage_grad(s, stage_x(s)), e) : stage_cell(s, z, e);
    stage_lines(s, r, cells, n);
}

void layer_norm_draw(struct stage *s, struct rect r)
{
    const struct program *p = s->v->snap->program;
    size_t e = element_of(s);
    int channel = (int)(e % (size_t)channels_of(s)), z = stage_z(s), x = stage_x(s);
    int xhat = stage_tensor(s, "xhat"), mean = stage_tensor(s, "mu");
    bool backward = p->tensors[s->cell.tensor].phase == PHASE_BACKWARD;
    if (mean < 0)
        mean = stage_tensor(s, "mean");
    if (backward) {
        x = stage_grad(s, x);
        xhat = stage_grad(s, xhat);
        z = stage_grad(s, z);
    }
    char titles[3][64];
    snprintf(titles[0], sizeof titles[0], "%s", backward ? "∂L/∂x" : _("x, with μ dashed"));
    snprintf(titles[1], sizeof titles[1], "%s", backward ? "∂L/∂x̂" : "x̂ = (x − μ) ÷ σ");
    snprintf(titles[2], sizeof titles[2], "%s", backward ? "∂L/∂(γ x̂ + β)" : "γ x̂ + β");
    const struct spread three[3] = {{x, channel, stage_cell(s, x, e),
                                     backward ? CELL_NONE : stage_cell(s, mean, (size_t)channel),
                                     titles[0]},
                                    {xhat, channel, stage_cell(s, xhat, e), CELL_NONE, titles[1]},
                                    {z, channel, stage_cell(s, z, e), CELL_NONE, titles[2]}};
    struct rect above, below;
    layer_split(s, r, (float)s->px * 1.9f / s->unit * (backward ? 11 : 9), &above, &below);
    struct part top[] = {stage_part(140, 420, 1), stage_part(140, 420, 2), stage_part(140, 420, 0)};
    stage_row(s, above, top, 3, 40);
    for (int i = 0; i < 3; i++)
        if (!rect_is_empty(top[i].rect))
            draw_histogram(s, top[i].rect, &three[i]);
    draw_lines(s, below, e, backward);
    snprintf(s->about, sizeof s->about, "%s",
             backward ? _("The gradient goes back through the mean and the spread of the whole "
                          "batch, too.")
             : layer_norm_runs(s) ? _("Evaluation: the running mean and variance stand for the "
                                      "batch's own.")
                                  : _("All numbers of one channel over the batch: shifted and "
                                      "stretched to mean 0 and deviation 1, then as γ and β say."));
}

bool layer_norm_runs(const struct stage *s)
{
    return stage_tensor(s, "mu") < 0;
}
