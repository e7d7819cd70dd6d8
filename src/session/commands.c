/* The table of commands, and how a line becomes a call. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/translate.h"
#include "session/state.h"

enum need { NOTHING, NET, SAMPLE };

struct command {
    struct command_info info;
    enum need need;
    bool (*run)(struct session *s, struct text rest, struct err *err);
};

static const struct command commands[] = {
    {{"open", "open FILE.net | FILE.gns",
      "opens a network, its weights and its data; or a session"},
     NOTHING,
     command_open},
    {{"data", "data DATA", "takes samples from another set"}, NET, command_data},
    {{"save", "save FILE.net", "writes the network and its weights"}, NET, command_save},
    {{"save-session", "save-session FILE.gns", "writes everything, to go on another day"},
     NET,
     command_save_session},
    {{"save-trace", "save-trace FILE.npz", "writes every number of the pass on screen"},
     SAMPLE,
     command_save_trace},
    {{"sample", "sample N[,N...] | test N[,N...] | next | previous", "shows samples of the set"},
     NET,
     command_sample},
    {{"place", "place N", "shows sample N of the batch"}, SAMPLE, command_place},
    {{"mode", "mode train | eval", "batch statistics and dropout, or running statistics"},
     NET,
     command_mode},
    {{"redraw", "redraw", "draws dropout's masks anew for the samples shown"},
     SAMPLE,
     command_redraw},
    {{"run", "run", "steps through the training itself, batch by batch"}, SAMPLE, command_run},
    {{"inspect", "inspect", "back to the samples chosen"}, SAMPLE, command_inspect},
    {{"phase", "phase start | forward | loss | backward | update", "goes to the end of a phase"},
     SAMPLE,
     command_phase},
    {{"grain", "grain term | cell | layer | phase | pass | epoch", "how far a step goes"},
     NOTHING,
     command_grain},
    {{"step", "step [N]", "computes on by the grain"}, SAMPLE, command_step},
    {{"back", "back [N]", "takes back by the grain"}, SAMPLE, command_back},
    {{"goto", "goto CELL", "goes to where a cell is computed"}, SAMPLE, command_goto},
    {{"seek", "seek N", "goes to where N cells are computed"}, SAMPLE, command_seek},
    {{"select", "select CELL | none", "shows a cell's formula"}, SAMPLE, command_select},
    {{"move", "move left | right | up | down | into | onward | to CELL | out [N]",
      "walks from the selected cell"},
     SAMPLE,
     command_move},
    {{"hide", "hide CELL | reading", "shows a question mark for a cell, or for the class read"},
     SAMPLE,
     command_hide},
    {{"reveal", "reveal CELL | reading | all", "shows what was hidden"}, SAMPLE, command_reveal},
    {{"watch", "watch CELL", "keeps a cell and its changes in sight"}, SAMPLE, command_watch},
    {{"unwatch", "unwatch CELL | all", "takes it off the watch list"}, NET, command_unwatch},
    {{"edit", "edit CELL VALUE", "changes an input, a parameter, a label or the rate"},
     SAMPLE,
     command_edit},
    {{"label", "label N", "says which class the sample or drawing is"}, SAMPLE, command_label},
    {{"drag", "drag CELL VALUE", "the same while a number is dragged: one change for undo"},
     SAMPLE,
     command_drag},
    {{"points", "points add X Y CLASS | move N X Y [CLASS] | drag N X Y | delete N",
      "changes the points that the network learns from"},
     NET,
     command_points},
    {{"point", "point X Y", "takes a point of the plane as the input, as a drawing is"},
     NET,
     command_point},
    {{"field", "field SIDE | none", "works out every neuron over the whole plane"},
     NET,
     command_field},
    {{"hidden",
      "hidden add [UNITS [ACTIVATION]] | remove [LAYER] | units LAYER N | activation LAYER WORD",
      "changes the network's hidden dense layers and begins anew"},
     NET,
     command_hidden},
    {{"inputs", "inputs x+y+x2+y2+xy+sinx+siny", "what of a point the network reads"},
     NET,
     command_inputs},
    {{"undo", "undo", "takes the last edit, or what was drawn, back"}, NOTHING, command_undo},
    {{"redo", "redo", "makes what was taken back again"}, NOTHING, command_redo},
    {{"goto-step", "goto-step N | +N | -N | start | end", "goes to a step of the run"},
     NET,
     command_goto_step},
    {{"fork", "fork [NAME]", "begins a branch here: the same start, another future"},
     NET,
     command_fork},
    {{"switch", "switch BRANCH", "shows another branch"}, NET, command_switch},
    {{"rename", "rename NAME", "names the branch on screen"}, NET, command_rename},
    {{"drop", "drop BRANCH", "forgets a branch"}, NET, command_drop},
    {{"compare", "compare BRANCH | none", "sets another branch's numbers beside those shown"},
     SAMPLE,
     command_compare},
    {{"guess", "guess NUMBER", "says what the selected number is, and is told how near that was"},
     SAMPLE,
     command_guess},
    {{"code", "code WORD", "starts anew as everybody with the same class code does"},
     NET,
     command_code},
    {{"nudge", "nudge [CELL [E]]", "moves a number by ±E and sees what the loss does"},
     SAMPLE,
     command_nudge},
    {{"slope", "slope [CELL [LOW HIGH]]", "the loss for all values of a number"},
     SAMPLE,
     command_slope},
    {{"kernels",
      "kernels picture | preset | cell | side | divide | stride | padding | relu | channels | at | "
      "look ...",
      "the kernel lab: a convolution on a picture"},
     NOTHING,
     command_kernels},
    {{"beside", "beside FILE.net | start | fresh | BRANCH | none",
      "sets another network, or this one as it was, beside the one on screen"},
     SAMPLE,
     command_beside},
    {{"look", "look saliency | guided | gradcam [LAYER] [CLASS] | none",
      "what of the sample a class' score hangs on"},
     SAMPLE,
     command_look},
    {{"dream",
      "dream CELL [map] | step [N] | play | pause | restart [noise|zero|sample] | none | "
      "rate | l2 | tv | jitter VALUE",
      "the input that excites a neuron most, step by step"},
     SAMPLE,
     command_dream},
    {{"nearest", "nearest LAYER | none", "the samples nearest to this one in a layer's space"},
     SAMPLE,
     command_nearest},
    {{"build",
      "build template | from-open | file | lines | add | remove | move | duplicate | set | select "
      "| "
      "undo | redo | open | save ...",
      "builds a network from blocks or as text"},
     NOTHING,
     command_build},
    {{"optimizers",
      "optimizers surface | start | rate | momentum | walker | step | stop | restart | best-rates "
      "| race "
      "...",
      "the optimiser lab: who comes down fastest"},
     NOTHING,
     command_optimizers},
    {{"rate", "rate R", "sets the learning rate"}, NET, command_rate},
    {{"optimizer", "optimizer NAME", "chooses how parameters are updated"}, NET, command_optimizer},
    {{"batch", "batch N", "how many samples a step learns from"}, NET, command_batch},
    {{"regularise", "regularise l1 | l2 | dropout R",
      "against learning by heart: a penalty of strength R, or the rate of the dropout layers; 0: "
      "off"},
     NET,
     command_regularise},
    {{"restart", "restart", "draws the parameters' start anew from the seed"},
     NET,
     command_restart},
    {{"forget", "forget N | all", "forgets the curve of an earlier run"}, NET, command_forget},
    {{"run-until", "run-until changes CELL | nan | CELL < N | CELL > N [within N]",
      "goes on to where something happens, in this pass or by training"},
     SAMPLE,
     command_run_until},
    {{"train", "train EPOCHS [at PACE]", "trains, at most PACE epochs a second"},
     NET,
     command_train},
    {{"pause", "pause", "lets training rest"}, NET, command_pause},
    {{"resume", "resume", "lets training go on"}, NET, command_resume},
    {{"stop", "stop", "ends training and keeps what was learnt"}, NET, command_stop},
    {{"bring", "bring FOLDER | FILE.csv | drawings | nothing",
      "looks through pictures or a table of one's own"},
     NOTHING,
     command_bring},
    {{"own",
      "own size N | colour on|off | fit FIT | test N | target NAME | answer KIND | mistake N",
      "what becomes of it; shows a mistake of the test"},
     NOTHING,
     command_own},
    {{"make", "make", "makes a network of it, trains and tests it"}, NOTHING, command_make},
    {{"row", "row V,V,...",
      "takes a row of the table as the input: numbers, and words in columns of words"},
     NET,
     command_row},
    {{"draw", "draw X,Y X,Y ...", "draws a stroke on the pad"}, NOTHING, command_draw},
    {{"erase", "erase X,Y X,Y ...", "takes ink off the pad"}, NOTHING, command_erase},
    {{"pen", "pen WIDTH", "the width of pen and eraser, in pixels of the pad's 280"},
     NOTHING,
     command_pen},
    {{"turn", "turn DEGREES", "turns the drawing, anticlockwise"}, NOTHING, command_turn},
    {{"shift", "shift RIGHT DOWN", "moves the drawing by pixels of the pad"},
     NOTHING,
     command_shift},
    {{"centre", "centre on | off",
      "brings the drawing to the middle and to size before the network reads it, or not"},
     NOTHING,
     command_centre},
    {{"keep", "keep LABEL", "keeps the drawing in the learner's own data set"},
     NOTHING,
     command_keep},
    {{"unkeep", "unkeep N", "takes a kept drawing out of it"}, NOTHING, command_unkeep},
    {{"recall", "recall N", "puts a kept drawing on the pad"}, NOTHING, command_recall},
    {{"export-drawings", "export-drawings FOLDER", "writes the kept drawings as PNG and IDX files"},
     NOTHING,
     command_export_drawings},
    {{"picture", "picture FILE", "takes a picture as the input, as a drawing is"},
     NET,
     command_picture},
    {{"clear", "clear", "empties the pad"}, NOTHING, command_clear},
    {{"setting", "setting NAME VALUE",
      "sets digits, decimal, motion, theme, zoom, threads, language"},
     NOTHING,
     command_setting},
    {{"theme", "theme paper | board | contrast", "sets the colours"}, NOTHING, command_theme},
    {{"zoom", "zoom PERCENT", "sets the size of everything, 80 to 250"}, NOTHING, command_zoom},
    {{"show", "show VIEW", "shows a view"}, NOTHING, command_show},
    {{"assert", "assert CELL VALUE TOLERANCE", "fails unless the cell has the value"},
     SAMPLE,
     command_assert},
};

#define COMMANDS (int)(sizeof commands / sizeof *commands)

const struct command_info *session_command_list(int i)
{
    return i >= 0 && i < COMMANDS ? &commands[i].info : NULL;
}

bool arguments_end(struct text rest, struct err *err)
{
    rest = text_trim(rest);
    return rest.n == 0 ||
           err_set(err, ERR_USAGE, NULL, 0, "found \"%.*s\" where the command was expected to end",
                   (int)(rest.n < 40 ? rest.n : 40), rest.p);
}

bool argument_word(struct text *rest, const char *what, char *out, size_t size, struct err *err)
{
    struct text word = text_next_word(rest);
    if (word.n == 0)
        return err_set(err, ERR_USAGE, NULL, 0, "the line ends where %s was expected",
                       translate(what));
    if (word.n >= size)
        return err_set(err, ERR_USAGE, NULL, 0, "\"%.40s…\" is too long for %s", word.p,
                       translate(what));
    text_copy(word, out, size);
    return true;
}

bool argument_long(struct text *rest, const char *what, long low, long high, long *value,
                   struct err *err)
{
    char word[64];
    long read;
    if (!argument_word(rest, what, word, sizeof word, err))
        return false;
    if (!text_to_long(text_of(word), &read) || read < low || read > high)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "\"%s\" was expected to be %s, a whole number from %ld to %ld", word,
                       translate(what), low, high);
    *value = read;
    return true;
}

bool argument_number(struct text *rest, const char *what, double *value, struct err *err)
{
    char word[64];
    return argument_word(rest, what, word, sizeof word, err) &&
           (text_to_double(text_of(word), value) ||
            err_set(err, ERR_USAGE, NULL, 0, "\"%s\" was expected to be %s, a number", word,
                    translate(what)));
}

bool argument_value(struct text *rest, const char *what, double *value, struct err *err)
{
    char word[64];
    return argument_word(rest, what, word, sizeof word, err) &&
           (text_to_value(text_of(word), value) ||
            err_set(err, ERR_USAGE, NULL, 0,
                    "\"%s\" was expected to be %s, a number as 0.5, 0,5 or 1/2", word,
                    translate(what)));
}

/* All that is left of the line, so that paths may hold blanks. */
bool argument_path(struct text rest, const char *ending, char *out, size_t size, struct err *err)
{
    rest = text_trim(rest);
    if (rest.n == 0 || rest.n >= size)
        return err_set(err, ERR_USAGE, NULL, 0,
                       rest.n ? N_("the name is too long")
                              : N_("the line ends where a name was expected"));
    text_copy(rest, out, size);
    if (ending && !file_ends_with(out, ending))
        return err_set(err, ERR_USAGE, NULL, 0, "\"%.200s\" was expected to end in %s", out,
                       ending);
    return true;
}

/* What changes a number of the pass on screen: views say what it was before. */
static bool is_change(const struct command *c)
{
    return c->run == command_edit || c->run == command_drag || c->run == command_label ||
           c->run == command_undo || c->run == command_redo || c->run == command_rate;
}

static const struct command *find(struct text name, struct err *err)
{
    char word[32];
    int best = 3;
    const char *meant = NULL;
    for (int i = 0; i < COMMANDS; i++)
        if (text_is(name, commands[i].info.name))
            return &commands[i];
    text_copy(name, word, sizeof word);
    for (int i = 0; i < COMMANDS; i++) {
        int distance = text_distance(word, commands[i].info.name);
        if (distance < best && distance < (int)strlen(word)) {
            best = distance;
            meant = commands[i].info.name;
        }
    }
    err_set(err, ERR_USAGE, NULL, 0, "there is no command \"%s\"%s%s%s", word,
            meant ? "; did you mean " : "", meant ? meant : "", meant ? "?" : "");
    return NULL;
}

static bool has_what_it_needs(const struct session *s, const struct command *c, struct err *err)
{
    if (c->need != NOTHING && !s->net)
        return err_set(err, ERR_STATE, NULL, 0, "no network is open; use open FILE.net before %s",
                       c->info.name);
    if (c->need == SAMPLE && !s->trace)
        return err_set(err, ERR_STATE, NULL, 0,
                       "there is no sample to work on; choose data with data DATA, or draw, "
                       "before %s",
                       c->info.name);
    return true;
}

/* Is all behind the command's word, with its #, a file's name: one that is there, or to be saved?
 */
static bool names_a_file(struct text line)
{
    char path[1024];
    struct text rest = line, word = text_next_word(&rest);
    text_copy(text_trim(rest), path, sizeof path);
    if (text_starts(word, "save"))
        return file_ends_with(path, ".net") || file_ends_with(path, ".gns") ||
               file_ends_with(path, ".npz");
    return file_exists(path) || file_is_folder(path);
}

/* Takes a comment off the line: # at its start or after a blank. */
static struct text without_comment(struct text line)
{
    if (line.n > 0 && memchr(line.p, '#', line.n) && names_a_file(line))
        return line;
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] == '#' && (i == 0 || line.p[i - 1] == ' ' || line.p[i - 1] == '\t'))
            return text_trim((struct text){line.p, i});
    return line;
}

bool session_command(struct session *s, const char *line, struct err *err)
{
    struct err own = {0};
    struct text whole = without_comment(text_trim(text_of(line)));
    struct text rest = whole;
    struct text name = text_next_word(&rest);
    if (name.n == 0)
        return true;
    const struct command *c = find(name, &own);
    s->changed = true;
    s->keeps_before = c && is_change(c);
    bool done = c && has_what_it_needs(s, c, &own) && c->run(s, rest, &own);
    s->keeps_before = false;
    if (!done) {
        if (c && own.code == ERR_USAGE)
            err_set(err, own.code, own.file, own.line, "%s (%s)", own.message, c->info.usage);
        else
            err_set(err, own.code, own.file, own.line, "%s", own.message);
        return false;
    }
    if (c->run != command_drag && c->run != command_points)
        s->dragged[0] = 0;
    watch_note(s);
    s->revision += s->changed;
    s->commands++;
    char *text = mem_zalloc(whole.n + 1, 1);
    memcpy(text, whole.p, whole.n);
    free(s->last_command);
    s->last_command = text;
    return true;
}

bool session_commandf(struct session *s, struct err *err, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *line = mem_zalloc((size_t)(n > 0 ? n : 0) + 1, 1);
    vsnprintf(line, (size_t)(n > 0 ? n : 0) + 1, format, again);
    va_end(again);
    bool ok = session_command(s, line, err);
    free(line);
    return ok;
}
