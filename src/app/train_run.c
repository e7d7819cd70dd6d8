/* The epochs of a training run, with a progress bar and a clean stop. */
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/cli_train.h"
#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"

/* A signal can reach nothing else than a variable of the whole program. */
static volatile sig_atomic_t stop_asked;

static void on_interrupt(int number)
{
    (void)number;
    stop_asked = 1;
}

/* The second Ctrl-C ends the program at once, should the first take too long. */
static void catch_interrupt(struct sigaction *before)
{
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = SA_RESTART};
    action.sa_flags |= (int)SA_RESETHAND;
    sigemptyset(&action.sa_mask);
    stop_asked = 0;
    sigaction(SIGINT, &action, before);
}

static void time_left(double seconds, char *out, size_t size)
{
    long s = (long)(seconds + 0.5);
    if (s >= 3600)
        snprintf(out, size, "%ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60);
    else
        snprintf(out, size, "%ld:%02ld", s / 60, s % 60);
}

static void accuracy_text(double accuracy, const char *before, char *out, size_t size)
{
    out[0] = 0;
    if (!isnan(accuracy))
        snprintf(out, size, "  %s %.2f %%", before, 100.0 * accuracy);
}

/* Samples of the epoch done; the trainer's place is 0 again when the last one is. */
static int samples_done(const struct training *t)
{
    const struct trainer *r = t->trainer;
    return trainer_epoch_ended(r) ? t->source.count : r->position;
}

static double running_accuracy(const struct training *t)
{
    if (t->source.targets > 0)
        return (double)NAN;
    return (double)t->trainer->epoch_correct / samples_done(t);
}

static void draw_progress(struct training *t, int epoch, int epochs, bool last)
{
    if (!progress_bar_due(&t->bar, last))
        return;
    int done = samples_done(t);
    char before[64], after[192], accuracy[48], left[32];
    double rate = t->seconds > 0.0 ? (double)t->samples / t->seconds : 0.0;
    double to_do = (double)(epochs - epoch - 1) * t->source.count + t->source.count - done;
    time_left(rate > 0.0 ? to_do / rate : 0.0, left, sizeof left);
    accuracy_text(running_accuracy(t), "accuracy", accuracy, sizeof accuracy);
    snprintf(before, sizeof before, "epoch %d/%d", epoch + 1, epochs);
    snprintf(after, sizeof after, "loss %.4f%s  %.0f samples/s  %s left",
             t->trainer->epoch_loss / done, accuracy, rate, left);
    progress_bar_draw(&t->bar, before, (double)done / t->source.count, after);
}

static void say_epoch(struct training *t, const struct epoch_line *line, int epochs)
{
    char accuracy[48], test_accuracy[64], test[64] = "";
    progress_bar_clear(&t->bar);
    accuracy_text(line->accuracy, "accuracy", accuracy, sizeof accuracy);
    accuracy_text(line->test_accuracy, "test accuracy", test_accuracy, sizeof test_accuracy);
    if (!isnan(line->test_loss))
        snprintf(test, sizeof test, "  test loss %.4f", line->test_loss);
    cli_say(t->cli, "epoch %d/%d  loss %.4f%s%s%s  %.0f samples/s", line->epoch, epochs, line->loss,
            accuracy, test, test_accuracy,
            t->seconds > 0.0 ? (double)t->samples / t->seconds : 0.0);
}

/* One epoch or what of it comes before a stop; the line of what it reached. */
static void run_epoch(struct training *t, int epoch, int epochs, struct epoch_line *line)
{
    struct trainer *r = t->trainer;
    int done = 0;
    *line = (struct epoch_line){.epoch = epoch + 1, .loss = (double)NAN, .accuracy = (double)NAN};
    for (bool ended = false; !ended && !stop_asked;) {
        double start = clock_seconds();
        trainer_step(r);
        t->seconds += clock_seconds() - start;
        ended = trainer_epoch_ended(r);
        t->samples += samples_done(t) - done;
        done = samples_done(t);
        draw_progress(t, epoch, epochs, ended);
    }
    if (done > 0) {
        line->loss = r->epoch_loss / done;
        line->accuracy = running_accuracy(t);
    }
    line->samples = done;
    line->seconds = t->seconds;
}

static bool watch_test(struct training *t, struct epoch_line *line, struct err *err)
{
    line->test_loss = line->test_accuracy = (double)NAN;
    t->test_is_measured = false;
    if (!t->watch_test || stop_asked)
        return true;
    free(t->test_result.confusion);
    t->test_result = (struct evaluation){0};
    if (!net_evaluate(t->net, &t->test_source, t->test_source.count, &t->test_result, err))
        return false;
    t->test_is_measured = true;
    line->test_loss = t->test_result.loss;
    line->test_accuracy = t->test_result.accuracy;
    return true;
}

static void finish(struct training *t)
{
    if (t->early)
        cli_say(t->cli, "no better test loss for %d epochs (patience=%d)", t->patience.since,
                t->net->train.patience);
    if (patience_keep_best(&t->patience, t->net)) {
        t->test_is_measured = false;
        cli_say(t->cli, "the parameters of epoch %d, the best on the test set, are kept",
                t->patience.best_epoch);
    }
    if (t->stopped)
        cli_say(t->cli, "stopped in epoch %d of %d; what was learnt until then is kept",
                t->line_count, t->net->train.epochs);
    if (t->line_count > 0 && !isfinite(t->lines[t->line_count - 1].loss))
        cli_say(t->cli, "the loss is no longer a finite number; a smaller rate (--rate) may help");
}

bool training_run(struct training *t, struct err *err)
{
    struct sigaction before;
    int epochs = t->net->train.epochs;
    bool ok = true;
    catch_interrupt(&before);
    for (int epoch = 0; ok && epoch < epochs && !stop_asked && !t->early; epoch++) {
        struct epoch_line line;
        run_epoch(t, epoch, epochs, &line);
        if (line.samples == 0) /* stopped before its first batch */
            break;
        ok = watch_test(t, &line, err);
        t->lines = mem_grow(t->lines, &t->line_capacity, t->line_count + 1, sizeof *t->lines);
        t->lines[t->line_count++] = line;
        say_epoch(t, &line, epochs);
        t->early = t->is_patient && t->test_is_measured &&
                   patience_note(&t->patience, t->net, line.epoch, line.test_loss);
    }
    progress_bar_clear(&t->bar);
    t->stopped = stop_asked;
    sigaction(SIGINT, &before, NULL);
    if (ok)
        finish(t);
    return ok;
}

static void put_cell(FILE *f, double value)
{
    /* An empty cell is what spreadsheets take for "not measured". */
    if (isnan(value))
        fputc(',', f);
    else
        fprintf(f, ",%.9g", value);
}

bool training_write_log(const struct training *t, const char *path, struct err *err)
{
    struct file_out o;
    if (!file_out_begin(&o, path, err))
        return false;
    fputs("epoch,train_loss,train_accuracy,test_loss,test_accuracy,seconds\n", o.f);
    for (int i = 0; i < t->line_count; i++) {
        const struct epoch_line *line = &t->lines[i];
        fprintf(o.f, "%d", line->epoch);
        put_cell(o.f, line->loss);
        put_cell(o.f, line->accuracy);
        put_cell(o.f, line->test_loss);
        put_cell(o.f, line->test_accuracy);
        fprintf(o.f, ",%.3f\n", line->seconds);
    }
    return file_out_commit(&o, err);
}
