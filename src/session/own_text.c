/* What `make` makes of the learner's data: the data set's name and the network's text. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/translate.h"
#include "session/state.h"

enum { CLASSES_MOST = 100, STEPS = 1600 };

/* Text that grows; `full` once it did not fit. */
struct writing {
    char *out;
    size_t size, used;
    bool full;
};

static void put(struct writing *w, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void put(struct writing *w, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(w->out + w->used, w->size - w->used, format, args);
    va_end(args);
    w->full = w->full || n < 0 || (size_t)n >= w->size - w->used;
    w->used = w->full ? w->size - 1 : w->used + (size_t)n;
}

static bool fails(struct own *o, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool fails(struct own *o, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(o->problem, sizeof o->problem, translate(format), args);
    va_end(args);
    o->text[0] = o->spec[0] = 0;
    return false;
}

/* --- pictures --------------------------------------------------------------------------------- */

/* A path as it stands in a data set's name. */
static void put_path(struct writing *w, const char *path)
{
    char escaped[3 * 1024];
    if (dataset_spec_escape(path, escaped, sizeof escaped))
        put(w, "%s", escaped);
    else
        w->full = true;
}

bool own_folders(struct own *o, char *path, size_t path_size, char *named, size_t named_size)
{
    char parent[1024], other[1024];
    struct writing w = {named, named_size, 0, false};
    named[0] = 0;
    snprintf(path, path_size, "%s", o->folder[0]);
    if (!o->single)
        return true;
    file_folder(parent, sizeof parent, o->folder[0]);
    snprintf(path, path_size, "%s", parent);
    for (int i = 0; i < o->folders; i++) {
        bool beside = strcmp(file_folder(other, sizeof other, o->folder[i]), parent) == 0;
        put(&w, "%s", i ? "+" : "");
        put_path(&w, beside ? file_name(o->folder[i]) : o->folder[i]);
    }
    return !w.full || fails(o, "The folders' paths are too long to be named together: put the "
                               "folders of the classes into one folder and bring that.");
}

static void write_picture_spec(const struct own *o, const char *path, const char *named,
                               struct writing *w)
{
    if (o->drawn) {
        put(w, "drawings:train,size=%dx%d,test=%.2f", o->side, o->side, o->test / 100.0);
        return;
    }
    put_path(w, path);
    put(w, ":");
    if (named[0])
        put(w, "folders=%s,", named);
    put(w, "train,size=%dx%d,channels=%d,fit=%s,unreadable=drop,test=%.2f", o->side, o->side,
        o->colour ? 3 : 1, picture_fit_name(o->fit), o->test / 100.0);
    if (o->survey->n < 400)
        put(w, ",augment=shift%d+rotate10+scale0.1", o->side / 14 + 1);
}

/* Drawings labelled by numbers have all classes up to the largest. */
static int picture_classes(const struct own *o)
{
    long most = -1, value;
    for (int k = 0; k < o->survey->classes; k++) {
        if (!o->drawn || !text_to_long(text_of(o->survey->class[k].name), &value) || value < 0 ||
            value > 999)
            return o->survey->classes;
        most = value > most ? value : most;
    }
    return (int)most + 1;
}

static int epochs_for(int samples, int batch, int least, int most)
{
    int epochs = STEPS * batch / (samples > 0 ? samples : 1);
    return epochs < least ? least : epochs > most ? most : epochs;
}

static void write_picture_net(const struct own *o, struct writing *w)
{
    int n = o->survey->n * (100 - o->test) / 100, batch = n < 100 ? 8 : 16;
    put(w, "# %s: made of %d pictures\n", o->name, o->survey->n);
    put(w, "input   %d %d %d\n", o->side, o->side, o->colour ? 3 : 1);
    put(w, "conv1   conv2d  8  3x3  relu padding=same\npool1   maxpool 2x2\n");
    put(w, "conv2   conv2d  16 3x3  relu padding=same\npool2   maxpool 2x2\n");
    if (o->side >= 48)
        put(w, "conv3   conv2d  16 3x3  relu padding=same\npool3   maxpool 2x2\n");
    put(w, "flat    flatten\nout     dense   %d softmax\nloss    cross-entropy\n",
        picture_classes(o));
    put(w, "data    %s\n", o->spec);
    put(w, "train   adam rate=0.003 batch=%d epochs=%d seed=1\n", batch,
        epochs_for(n, batch, 8, 60));
}

static bool write_pictures(struct own *o)
{
    char path[1024], named[448];
    struct writing spec = {o->spec, sizeof o->spec, 0, false};
    struct writing text = {o->text, sizeof o->text, 0, false};
    if (picture_classes(o) > CLASSES_MOST)
        return fails(o, "There are %d classes; at most %d are taken here.", picture_classes(o),
                     CLASSES_MOST);
    if (!o->drawn && !own_folders(o, path, sizeof path, named, sizeof named))
        return false;
    write_picture_spec(o, path, named, &spec);
    if (spec.full)
        return fails(o, "The path of the folder is too long for a data set's name: move it to a "
                        "shorter one.");
    write_picture_net(o, &text);
    return true;
}

/* --- tables ----------------------------------------------------------------------------------- */

/* Its name, or its place where that holds signs of DATA texts. */
static void put_column(struct writing *w, const struct survey *s, int column)
{
    const char *name = s->column[column].name;
    if (strpbrk(name, ",+=@#\n"))
        put(w, "@%d", column + 1);
    else
        put(w, "%s", name);
}

static bool is_left(const struct survey *s, int column)
{
    return column != s->target && survey_column_inputs(s, column) == 0;
}

static bool is_words(const struct survey *s, int column)
{
    return s->column[column].kind == SURVEY_WORDS && survey_column_inputs(s, column) > 0;
}

/* The option that names some columns, where there are any. */
static void put_columns(struct writing *w, const struct survey *s, const char *option,
                        bool (*is_one)(const struct survey *s, int column))
{
    int n = 0;
    for (int c = 0; c < s->columns; c++) {
        if (!is_one(s, c))
            continue;
        if (n++)
            put(w, "+");
        else
            put(w, ",%s=", option);
        put_column(w, s, c);
    }
}

static void write_table_spec(const struct own *o, struct writing *w)
{
    const struct survey *s = o->survey;
    bool missing = false, numbers = o->answer == OWN_NUMBERS;
    put_path(w, o->path);
    put(w, ":train,%s=", numbers ? "target" : "label");
    put_column(w, s, s->target);
    put_columns(w, s, "leave", is_left);
    put_columns(w, s, "words", is_words);
    for (int c = 0; c < s->columns; c++)
        missing = missing || (survey_column_inputs(s, c) > 0 && s->column[c].missing > 0);
    put(w, ",standardize=%d", numbers ? 2 : 1);
    bool unanswered = s->column[s->target].missing > 0;
    if (missing || unanswered)
        put(w, ",missing=%s", !unanswered ? "mean" : missing ? "mean+drop" : "drop");
    put(w, ",test=%.2f", o->test / 100.0);
}

/* Labels that are whole numbers are the class indices themselves (docs/cli.md). */
int own_table_classes(const struct survey *s)
{
    const struct survey_column *c = &s->column[s->target];
    bool indices = c->kind != SURVEY_WORDS && c->whole && c->least >= 0 && c->most < 1000;
    return indices ? (int)c->most + 1 : c->different;
}

static void write_table_net(const struct own *o, struct writing *w)
{
    const struct survey *s = o->survey;
    bool numbers = o->answer == OWN_NUMBERS;
    int n = s->n * (100 - o->test) / 100, features = 0;
    for (int c = 0; c < s->columns; c++)
        features += survey_column_inputs(s, c);
    char answer[100];
    snprintf(answer, sizeof answer, "%s", s->column[s->target].name);
    for (char *c = answer; *c; c++)
        *c = (unsigned char)*c < ' ' ? ' ' : *c;
    put(w, "# %s: what is \"%s\"?\n", o->name, answer);
    put(w, "input   %d\nhidden  dense   %d tanh\n", features, features < 8 ? 8 : 16);
    if (numbers)
        put(w, "out     dense   1 linear\nloss    squared-error\n");
    else
        put(w, "out     dense   %d softmax\nloss    cross-entropy\n", own_table_classes(s));
    put(w, "data    %s\n", o->spec);
    put(w, "train   adam rate=0.01 batch=16 epochs=%d seed=1\n", epochs_for(n, 16, 10, 150));
}

static bool write_table(struct own *o)
{
    const struct survey *s = o->survey;
    const struct survey_column *target = &s->column[s->target];
    struct writing spec = {o->spec, sizeof o->spec, 0, false};
    struct writing text = {o->text, sizeof o->text, 0, false};
    if (o->answer == OWN_CLASSES && own_table_classes(s) > CLASSES_MOST)
        return fails(o,
                     target->kind == SURVEY_WORDS
                         ? N_("\"%s\" has %d different values, too many for classes (at most %d): "
                              "choose another column as the answer.")
                         : N_("\"%s\" has %d different values, too many for classes (at most %d): "
                              "let it be a number to predict."),
                     target->name, own_table_classes(s), CLASSES_MOST);
    write_table_spec(o, &spec);
    if (spec.full)
        return fails(o, "The names of path and columns are too long for a data set's name; a table "
                        "with fewer columns to leave out, or a shorter path, is needed.");
    write_table_net(o, &text);
    return true;
}

void own_write(struct own *o)
{
    o->problem[0] = o->text[0] = o->spec[0] = 0;
    if (!o->survey)
        return;
    if (o->survey->problem[0])
        fails(o, "%s", o->survey->problem);
    else if (o->table)
        write_table(o);
    else
        write_pictures(o);
}
