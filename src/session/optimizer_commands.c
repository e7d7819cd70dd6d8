/* `optimizers ...`: what the optimiser lab is told to do. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "session/optimizers.h"
#include "session/state.h"

#define RATE_LEAST 1e-6
#define RATE_MOST  10.0

static bool begin(struct optimizers *o, struct err *err)
{
    if (o->ready)
        return true;
    o->mu = 0.9f;
    for (int i = 0; i < WALKERS; i++) {
        o->walkers[i].on = true;
        o->walkers[i].rate = 0.05f;
    }
    o->ready = optimizers_surface(o, SURFACE_RAVINE, NULL, NULL, err);
    return o->ready;
}

/* The two parameters whose gradients are largest. */
static bool steepest(const struct session *s, struct cell cells[2])
{
    float largest[2] = {-1, -1};
    const struct program *p = s->program;
    for (int k = 0; k < p->tensor_count; k++) {
        const struct tensor *t = &p->tensors[k];
        if (!t->is_param || t->grad < 0)
            continue;
        const float *g = trace_tensor(s->trace, t->grad);
        for (size_t i = 0; i < t->count; i++) {
            float size = fabsf(g[i]);
            int at = size > largest[0] ? 0 : size > largest[1] ? 1 : 2;
            if (at == 0) {
                largest[1] = largest[0];
                cells[1] = cells[0];
            }
            if (at < 2) {
                largest[at] = size;
                cells[at] = (struct cell){k, 0, i};
            }
        }
    }
    return largest[1] >= 0;
}

static bool is_trained(const struct session *s, struct cell c)
{
    return s->program->tensors[c.tensor].is_param && s->program->tensors[c.tensor].grad >= 0;
}

static bool take_loss(struct session *s, struct text rest, struct err *err)
{
    struct cell cells[2];
    if (!s->trace || !s->program->has_loss || s->program->loss < 0)
        return err_set(err, ERR_STATE, NULL, 0,
                       "the real loss is that of a sample in an open network with a loss; open one "
                       "first");
    if (s->program->mode != MODE_TRAIN)
        return err_set(err, ERR_STATE, NULL, 0,
                       "evaluation mode has no gradients to walk down; choose mode train");
    if (text_trim(rest).n > 0) {
        for (int i = 0; i < 2; i++)
            if (!cell_argument(s, &rest, &cells[i], err))
                return false;
        if (!arguments_end(rest, err))
            return false;
        if (!is_trained(s, cells[0]) || !is_trained(s, cells[1]) || cell_equal(cells[0], cells[1]))
            return err_set(err, ERR_USAGE, NULL, 0,
                           "the surface lies over two different weights or biases that are "
                           "trained");
    } else if (!steepest(s, cells)) {
        return err_set(err, ERR_STATE, NULL, 0,
                       "this network has fewer than two numbers that are trained");
    }
    if (!optimizers_surface(&s->optimizers, SURFACE_LOSS, s->trace, cells, err))
        return false;
    s->optimizers.pass = s->passes;
    return true;
}

static bool set_surface(struct session *s, struct text rest, struct err *err)
{
    char word[32];
    if (!argument_word(&rest, "a surface", word, sizeof word, err))
        return false;
    if (strcmp(word, "loss") == 0)
        return take_loss(s, rest, err);
    for (int i = 0; i < SURFACE_LOSS; i++)
        if (strcmp(surface_info(i)->name, word) == 0)
            return arguments_end(rest, err) &&
                   optimizers_surface(&s->optimizers, (enum surface_kind)i, NULL, NULL, err);
    return err_set(err, ERR_USAGE, NULL, 0,
                   "there is no surface \"%s\"; there are bowl, ravine, saddle, waves and loss",
                   word);
}

static bool set_start(struct optimizers *o, struct text rest, struct err *err)
{
    struct text word = text_trim(rest), parts[2];
    double value[2];
    bool good = text_split(word, ',', &parts[0], &parts[1]);
    for (int i = 0; i < 2 && good; i++)
        good = text_to_double(text_trim(parts[i]), &value[i]) && isfinite(value[i]) &&
               value[i] >= (double)o->low[i] && value[i] <= (double)o->high[i];
    if (!good)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "a start is X,Y on the surface: X from %g to %g, Y from %g to %g; found "
                       "\"%.*s\"",
                       (double)o->low[0], (double)o->high[0], (double)o->low[1], (double)o->high[1],
                       (int)(word.n < 40 ? word.n : 40), word.p);
    walk_end(o);
    for (int i = 0; i < 2; i++)
        o->start[i] = (float)value[i];
    optimizers_restart(o);
    return true;
}

static int find_walker(struct text name)
{
    for (int i = 0; i < WALKERS; i++)
        if (text_is(name, optimiser_name(walker_kind(i))))
            return i;
    return -1;
}

/* "[NAME] RATE": of one, or of all. */
static bool set_rate(struct optimizers *o, struct text rest, struct err *err)
{
    struct text after = rest;
    double rate;
    int who = find_walker(text_next_word(&after));
    if (who >= 0)
        rest = after;
    if (!argument_value(&rest, "a rate", &rate, err) || !arguments_end(rest, err))
        return false;
    if (!(rate >= RATE_LEAST && rate <= RATE_MOST))
        return err_set(err, ERR_USAGE, NULL, 0, "a rate lies between %g and %g; found %g",
                       RATE_LEAST, RATE_MOST, rate);
    int left = walk_pause(o);
    for (int i = 0; i < WALKERS; i++)
        if (who < 0 || who == i)
            o->walkers[i].rate = (float)rate;
    return left == 0 || optimizers_step(o, left, err);
}

static bool set_momentum(struct optimizers *o, struct text rest, struct err *err)
{
    double mu;
    if (!argument_value(&rest, "the momentum", &mu, err) || !arguments_end(rest, err))
        return false;
    if (!(mu >= 0 && mu < 1))
        return err_set(err, ERR_USAGE, NULL, 0, "momentum goes from 0 to below 1; found %g", mu);
    int left = walk_pause(o);
    o->mu = (float)mu;
    for (int i = 0; i < WALKERS; i++)
        if (o->walkers[i].pair && !pair_set_mu(o->walkers[i].pair, o->mu, err))
            return false;
    return left == 0 || optimizers_step(o, left, err);
}

static bool show_walker(struct optimizers *o, struct text rest, struct err *err)
{
    char word[16];
    struct text name = text_next_word(&rest);
    int who = find_walker(name);
    if (who < 0)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "\"%.*s\" does not walk here; expected sgd, momentum, nesterov, adagrad, "
                       "rmsprop or adam",
                       (int)(name.n < 40 ? name.n : 40), name.p);
    if (!argument_word(&rest, "on or off", word, sizeof word, err) || !arguments_end(rest, err))
        return false;
    if (strcmp(word, "on") != 0 && strcmp(word, "off") != 0)
        return err_set(err, ERR_USAGE, NULL, 0, "\"%s\" was expected to be on or off", word);
    walk_end(o);
    o->walkers[who].on = strcmp(word, "on") == 0;
    optimizers_restart(o);
    return true;
}

static bool step(struct optimizers *o, struct text rest, struct err *err)
{
    long steps = 1;
    if (text_trim(rest).n > 0 &&
        !argument_long(&rest, "how many steps", 1, WALK_STEPS, &steps, err))
        return false;
    return arguments_end(rest, err) && optimizers_step(o, (int)steps, err);
}

static bool race(struct session *s, struct text rest, struct err *err)
{
    struct optimizers *o = &s->optimizers;
    long epochs;
    if (text_is(text_trim(rest), "stop")) {
        race_end(o);
        return true;
    }
    if (!argument_long(&rest, "how many epochs", 1, RACE_EPOCHS, &epochs, err))
        return false;
    bool best = text_is(text_trim(rest), "best");
    if (!best && !arguments_end(rest, err))
        return false;
    if (!s->trainer)
        return err_set(err, ERR_STATE, NULL, 0, "a race is of the open network on its data: %s",
                       s->net ? s->no_trainer.message : "no network is open");
    bool any = false;
    for (int i = 0; i < WALKERS; i++)
        any = any || o->walkers[i].on;
    if (!any)
        return err_set(err, ERR_STATE, NULL, 0, "no optimiser is chosen; turn one on first");
    return race_begin(o, s->net, s->data, (int)epochs, best, err);
}

bool command_optimizers(struct session *s, struct text rest, struct err *err)
{
    struct optimizers *o = &s->optimizers;
    char what[32];
    if (text_trim(rest).n == 0)
        return begin(o, err);
    if (!argument_word(&rest, "what to do", what, sizeof what, err) || !begin(o, err))
        return false;
    if (strcmp(what, "surface") == 0)
        return set_surface(s, rest, err);
    if (strcmp(what, "race") == 0)
        return race(s, rest, err);
    static const struct {
        const char *name;
        bool (*run)(struct optimizers *o, struct text rest, struct err *err);
    } others[] = {{"start", set_start},
                  {"rate", set_rate},
                  {"momentum", set_momentum},
                  {"walker", show_walker},
                  {"step", step}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(others[i].name, what) == 0)
            return others[i].run(o, rest, err);
    bool restarts = strcmp(what, "restart") == 0, stops = strcmp(what, "stop") == 0;
    if (!restarts && !stops && strcmp(what, "best-rates") != 0)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "\"%s\" is nothing the optimiser lab can do; expected surface, start, rate, "
                       "momentum, walker, step, stop, restart, best-rates or race",
                       what);
    if (!arguments_end(rest, err))
        return false;
    if (stops)
        walk_end(o);
    else if (restarts)
        optimizers_restart(o);
    return stops || restarts || optimizers_find_rates(o, err);
}
