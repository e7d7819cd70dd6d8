/* The training settings as commands, the two kinds of pass, and starting over. */
#include <math.h>
#include <string.h>

#include "session/state.h"

bool command_mode(struct session *s, struct text rest, struct err *err)
{
    char word[32];
    if (!argument_word(&rest, "train or eval", word, sizeof word, err) || !arguments_end(rest, err))
        return false;
    bool train = strcmp(word, "train") == 0;
    if (!train && strcmp(word, "eval") != 0)
        return err_set(err, ERR_USAGE, NULL, 0, "mode is train or eval; found \"%s\"", word);
    if (!train && s->kind == PASS_RUN)
        return err_set(err, ERR_STATE, NULL, 0,
                       "a training run is in training mode; use inspect first");
    enum program_mode mode = train ? MODE_TRAIN : MODE_EVAL;
    s->changed = mode != s->mode;
    return !s->changed || pass_rebuild(s, mode, err);
}

static bool has_mask(const struct program *p)
{
    for (int k = 0; k < p->op_count; k++)
        if (p->ops[k].kind == OP_MASK)
            return true;
    return false;
}

bool command_redraw(struct session *s, struct text rest, struct err *err)
{
    if (!arguments_end(rest, err))
        return false;
    if (s->kind == PASS_RUN)
        return err_set(err, ERR_STATE, NULL, 0,
                       "a training run draws its own masks; use inspect first");
    if (!has_mask(s->program))
        return err_set(err, ERR_STATE, NULL, 0, "this pass has no mask to draw%s",
                       s->mode == MODE_EVAL ? " in evaluation mode; use mode train"
                                            : ": the network has no dropout");
    s->redraws++;
    if (pass_rerun(s, err))
        return true;
    s->redraws--;
    return false;
}

static bool is_resting(const struct session *s, struct err *err)
{
    return !s->worker ||
           err_set(err, ERR_STATE, NULL, 0, "training is under way; use stop before this");
}

bool command_run(struct session *s, struct text rest, struct err *err)
{
    if (!arguments_end(rest, err) || !is_resting(s, err))
        return false;
    if (!s->trainer)
        return err_set(err, s->no_trainer.code, NULL, 0, "%s", s->no_trainer.message);
    s->changed = s->kind != PASS_RUN;
    if (!s->changed)
        return true;
    if (s->mode == MODE_EVAL && !pass_rebuild(s, MODE_TRAIN, err))
        return false;
    struct cursor cursor = s->cursor;
    s->cursor = (struct cursor){0, 0};
    if (pass_open_run(s, s->program, err)) {
        selection_follow(s);
        return true;
    }
    s->cursor = cursor;
    return false;
}

bool command_inspect(struct session *s, struct text rest, struct err *err)
{
    if (!arguments_end(rest, err))
        return false;
    s->changed = s->kind != PASS_INSPECT;
    if (!s->changed)
        return true;
    return pass_show(s, PASS_INSPECT, s->program, &s->inspect, err);
}

bool command_optimizer(struct session *s, struct text rest, struct err *err)
{
    char word[32];
    if (!argument_word(&rest, "an optimiser", word, sizeof word, err) || !arguments_end(rest, err))
        return false;
    int kind = optimiser_find(word);
    if (kind < 0)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "\"%s\" is no optimiser; there are sgd, momentum, nesterov, adagrad, "
                       "rmsprop, adadelta and adam",
                       word);
    s->changed = s->net->train.optimiser != (enum optimiser_kind)kind;
    if (!s->changed)
        return true;
    struct train_settings was = s->net->train, becomes;
    net_set_optimiser(s->net, (enum optimiser_kind)kind);
    becomes = s->net->train;
    s->net->train = was;
    return edit_settings(s, &becomes, err);
}

bool command_batch(struct session *s, struct text rest, struct err *err)
{
    long batch;
    struct train_settings settings = s->net->train;
    if (!argument_long(&rest, "how many samples a batch has", 1, 1000000, &batch, err) ||
        !arguments_end(rest, err))
        return false;
    s->changed = settings.batch != batch;
    settings.batch = (int)batch;
    return !s->changed || edit_settings(s, &settings, err);
}

/* The rate of all dropout layers. */
static bool set_dropout(struct session *s, double value, struct err *err)
{
    struct train_settings settings = s->net->train;
    const struct layer *first = net_first_dropout(s->net);
    if (!first)
        return err_set(err, ERR_STATE, NULL, 0,
                       "this network has no dropout layer; put one into it in Build, as in "
                       "'dropout 0.5'");
    if (!(value >= 0 && (float)value < 1))
        return err_set(err, ERR_INPUT, NULL, 0, "dropout is from 0 (off) to below 1; found %g",
                       value);
    s->changed = !settings.dropout_given || settings.dropout != (float)value;
    settings.dropout_given = true;
    settings.dropout = (float)value;
    return !s->changed || edit_settings(s, &settings, err);
}

bool command_regularise(struct session *s, struct text rest, struct err *err)
{
    char word[32];
    double value;
    struct train_settings settings = s->net->train;
    if (!argument_word(&rest, "l1, l2 or dropout", word, sizeof word, err) ||
        !argument_value(&rest, "how strong it is", &value, err) || !arguments_end(rest, err))
        return false;
    if (strcmp(word, "dropout") == 0)
        return set_dropout(s, value, err);
    bool l1 = strcmp(word, "l1") == 0;
    if (!l1 && strcmp(word, "l2") != 0)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "expected l1 or l2, which hold weights small, or dropout; found \"%s\"",
                       word);
    if (!(value >= 0) || !isfinite((float)value))
        return err_set(err, ERR_INPUT, NULL, 0, "%s is 0 (off) or above; found %g", word, value);
    float *place = l1 ? &settings.l1 : &settings.l2;
    s->changed = *place != (float)value;
    *place = (float)value;
    return !s->changed || edit_settings(s, &settings, err);
}

bool command_restart(struct session *s, struct text rest, struct err *err)
{
    if (!arguments_end(rest, err))
        return false;
    worker_stop(s);
    past_keep(s);
    net_start(s->net, s->net->train.seed);
    session_make_trainer(s);
    time_begin(s);
    s->progress = (struct progress){0};
    return time_show_now(s, false, err);
}
