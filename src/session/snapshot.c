#include "glassnet/base/file.h"
#include "session/state.h"

static void fill_formula(struct session *s, struct snapshot *shot)
{
    shot->formula = NULL;
    shot->formula_done = false;
    shot->formula_terms = 0;
    if (!s->trace || !cell_is(s->selected))
        return;
    if (!s->formula_fresh)
        formula_of(s->trace, s->selected, &s->formula);
    s->formula_fresh = true;
    shot->formula = &s->formula;
    shot->formula_done = steps_done(s->steps, s->cursor, s->selected);
    shot->formula_terms = s->formula.count;
    if (s->cursor.term > 0 && cell_equal(steps_cell(s->steps, s->cursor.cell), s->selected))
        shot->formula_terms = s->cursor.term;
}

static void fill_pass(const struct session *s, struct snapshot *shot)
{
    const struct batch *batch = pass_batch(s);
    shot->program = s->program;
    shot->trace = s->trace;
    shot->before = s->before;
    shot->before_number = s->before ? s->passes : 0;
    shot->steps = s->steps;
    shot->cursor = s->cursor;
    shot->grain = s->grain;
    shot->pass = s->kind;
    shot->mode = s->mode;
    shot->selected = s->selected;
    shot->trail = s->trail.cell;
    shot->trail_count = s->trail.count;
    shot->watched = s->watches.list;
    shot->watched_count = s->watches.count;
    shot->view_sample = s->view_sample;
    shot->sample = batch->n ? batch->samples[s->view_sample] : -1;
    shot->probabilities = s->probabilities;
    shot->output_count = s->output_count;
    shot->guess = s->guess;
}

/* Where a branch stands on its curve. Leaving it kept a moment there. */
static double epoch_of(const struct session *s, const struct history *h, bool shown)
{
    const struct trainer *t = s->trainer;
    if (!t)
        return 0;
    if (shown)
        return t->epoch + (double)t->position / t->source.count;
    const struct moment *m = moments_find(&h->moments, h->now);
    return m ? m->state.epoch + (double)m->state.position / t->source.count : 0;
}

/* Was the batch changed on the way? */
static bool is_uneven(const struct history *h)
{
    for (int i = 0; i < h->events_done; i++)
        if (h->events[i].kind == EVENT_SETTINGS &&
            h->events[i].was.batch != h->events[i].becomes.batch)
            return true;
    return false;
}

static void fill_run(struct session *s, struct snapshot *shot)
{
    const struct history *run = time_run(s);
    shot->step = time_now(s);
    shot->step_end = run->end > shot->step ? run->end : shot->step;
    shot->epoch_steps = s->trainer ? time_epoch_steps(s) : 0;
    for (int i = 0; i < s->branch_count; i++) {
        const struct history *h = &s->branches[i];
        s->branch_infos[i] = (struct branch_info){.name = h->name,
                                                  .now = i == s->branch ? shot->step : h->now,
                                                  .end = i == s->branch ? shot->step_end : h->end,
                                                  .points = h->curve.points,
                                                  .point_count = h->curve.count,
                                                  .changes = h->events_done,
                                                  .epoch = epoch_of(s, h, i == s->branch),
                                                  .settings = history_settings(h, h->events_done)};
    }
    shot->branches = s->branch_infos;
    shot->branch_count = s->branch_count;
    shot->branch = s->branch;
    shot->uneven = is_uneven(run);
    past_fill(s);
    shot->past = s->past_infos;
    shot->past_count = s->past_count;
    shot->study = study_view(s);
    shot->study_stale = study_is_stale(s);
}

static void fill_probe(const struct session *s, const struct probe *p, struct probe_view *view)
{
    *view = (struct probe_view){.cell = p->count ? p->cell : CELL_NONE,
                                .running = p->running,
                                .stale = p->pass != s->passes,
                                .at = p->at,
                                .epsilon = p->epsilon,
                                .count = p->ready ? p->count : 0,
                                .values = p->values,
                                .losses = p->losses};
}

/* The file's name; what was made of one's own data is called after that. */
static const char *title_of(const struct session *s)
{
    if (!s->net)
        return "";
    if (s->net->path[0])
        return file_name(s->net->path);
    return s->own.open && s->data ? s->data->name : "untitled";
}

const struct snapshot *session_snapshot(struct session *s)
{
    struct snapshot *shot = &s->snapshot;
    shot->net = s->net;
    shot->data = s->data;
    fill_pass(s, shot);
    fill_run(s, shot);
    fill_formula(s, shot);
    fill_probe(s, &s->nudge, &s->nudge_view);
    fill_probe(s, &s->slope, &s->slope_view);
    field_fill(s, &shot->field);
    beside_fill(s, &s->beside_view);
    shot->beside = &s->beside_view;
    look_fill(s, &s->look_view);
    dreaming_fill(s, &s->dream_view);
    nearest_view_fill(s, &s->nearest_view);
    shot->look = &s->look_view;
    shot->dream = &s->dream_view;
    shot->nearest = &s->nearest_view;
    shot->has_spot = points_spot(s, shot->spot);
    shot->test = s->test;
    shot->pace = s->pace;
    compare_refresh(s);
    shot->compare = s->compare.branch;
    shot->other = s->compare.trace;
    shot->guessing = &s->guessing;
    shot->code = s->code;
    shot->nudge = &s->nudge_view;
    shot->slope = &s->slope_view;
    shot->kernels = kernels_look(&s->kernels);
    shot->build = build_look(&s->build);
    shot->optimizers = optimizers_look(&s->optimizers, s->passes);
    shot->progress = s->progress;
    shot->progress.points = time_run(s)->curve.points;
    shot->progress.point_count = time_run(s)->curve.count;
    shot->until =
        (struct until_info){s->seeking.running,      s->seeking.what,    s->seeking.looked,
                            s->seeking.until.within, s->seeking.message, s->seeking.number};
    shot->pad = s->pad;
    shot->pad_empty = s->pad_empty;
    shot->own = own_view(s);
    shot->pen = s->pen;
    shot->pad_as_is = s->pad_as_is;
    shot->pad_undoes = s->pad_past.done > 0;
    shot->drawings = &s->drawings;
    shot->kept_label = s->kept_label;
    shot->picture = s->picture;
    shot->settings = &s->settings;
    shot->theme = s->settings.theme;
    shot->zoom = s->settings.zoom;
    shot->view = s->view;
    shot->title = title_of(s);
    shot->notice = s->notice;
    shot->revision = s->revision;
    return shot;
}
