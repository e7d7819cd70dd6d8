#include "glassnet/view/action.h"
#include "glassnet/base/translate.h"

#include <stddef.h>
#include <string.h>

enum { HOME_OVER = ACTION_HOME | ACTION_OVER };

static const struct action actions[] = {
    {N_("One step on"), "step", {"Space"}, ACTION_STEP, 0},
    {N_("One step back"), "back", {"Shift+Space"}, ACTION_STEP, 0},
    {N_("Clicker: a step, or a lesson's next page"),
     "app clicker on",
     {"PageDown"},
     ACTION_STEP,
     0},
    {N_("Clicker: back"), "app clicker back", {"PageUp"}, ACTION_STEP, 0},
    {N_("To the start of the pass"), "phase start", {"Home"}, ACTION_STEP, 0},
    {N_("Through forward"), "phase forward", {"1"}, ACTION_STEP, 0},
    {N_("Through the loss"), "phase loss", {"2"}, ACTION_STEP, 0},
    {N_("Through backward"), "phase backward", {"3"}, ACTION_STEP, 0},
    {N_("To the end of the pass"), "phase update", {"4", "End"}, ACTION_STEP, 0},
    {N_("Play by itself, pause"), "app play-steps", {"P"}, ACTION_STEP, 0},
    {N_("Play faster"), "app faster", {"+", "Shift++", "="}, ACTION_STEP, 0},
    {N_("Play slower"), "app slower", {"-"}, ACTION_STEP, 0},
    {N_("Run until something happens …"), "app until", {"R"}, ACTION_STEP, 0},
    {N_("Next sample"), "sample next", {"N"}, ACTION_STEP, 0},
    {N_("Previous sample"), "sample previous", {"Shift+N"}, ACTION_STEP, 0},
    {N_("The batch's next sample"), "app place next", {"]"}, ACTION_STEP, 0},
    {N_("The batch's sample before"), "app place previous", {"["}, ACTION_STEP, 0},

    {N_("The cell to the left"), "move left", {"Left"}, ACTION_SELECT, 0},
    {N_("The cell to the right"), "move right", {"Right"}, ACTION_SELECT, 0},
    {N_("The cell above"), "move up", {"Up"}, ACTION_SELECT, 0},
    {N_("The cell below"), "move down", {"Down"}, ACTION_SELECT, 0},
    {N_("The first number it came from"), "move into", {"Enter"}, ACTION_SELECT, 0},
    {N_("On to where it is used most"), "move onward", {"Shift+Enter"}, ACTION_SELECT, 0},
    {N_("Back to the cell before"), "move out", {"Backspace"}, ACTION_SELECT, 0},
    {N_("Type a cell's name"), "app goto", {"Ctrl+G"}, ACTION_SELECT, 0},
    {N_("Watch the cell, or no longer"), "app watch", {"W"}, ACTION_SELECT, 0},
    {N_("Watch nothing any more"), "unwatch all", {NULL}, ACTION_SELECT, 0},
    {N_("Type another value"), "app change", {"V"}, ACTION_SELECT, 0},
    {N_("The value a little more"), "app more", {"Alt+Up"}, ACTION_SELECT, 0},
    {N_("The value a little less"), "app less", {"Alt+Down"}, ACTION_SELECT, 0},
    {N_("Copy the value"), "app copy", {"Ctrl+C"}, ACTION_SELECT, 0},
    {N_("Copy the tensor as a table"), "app copy tensor", {"Ctrl+Shift+C"}, ACTION_SELECT, 0},

    {N_("The network: every layer"), "show network", {"F2"}, ACTION_LOOK, 0},
    {N_("Numbers as a table"), "show matrix", {"F3"}, ACTION_LOOK, 0},
    {N_("Choose a tensor for the table"), "app matrix pick", {"Ctrl+T"}, ACTION_LOOK, 0},
    {N_("The table with what it is computed from"), "app matrix operands", {"O"}, ACTION_LOOK, 0},
    {N_("One channel at a time, or all"), "app matrix slice", {NULL}, ACTION_LOOK, 0},
    {N_("All of the table, or its numbers"), "app matrix size", {"Shift+F"}, ACTION_LOOK, 0},
    {N_("The table's histogram"), "app matrix histogram", {NULL}, ACTION_LOOK, 0},
    {N_("One layer, large"), "show layer", {"F4"}, ACTION_LOOK, 0},
    {N_("The layer before"), "app layer previous", {"Ctrl+Left"}, ACTION_SELECT, 0},
    {N_("The next layer"), "app layer next", {"Ctrl+Right"}, ACTION_SELECT, 0},
    {N_("Another map or kernel"), "app layer turn next", {"Ctrl+Down"}, ACTION_LOOK, 0},
    {N_("The map or kernel before"), "app layer turn previous", {"Ctrl+Up"}, ACTION_LOOK, 0},
    {N_("The chain rule: gates, wires, slopes"), "show chain", {"F5"}, ACTION_LOOK, 0},
    {N_("The loss along one number, and the nudge test"), "show slope", {"F6"}, ACTION_LOOK, 0},
    {N_("Training in time: steps and branches"), "show run", {"F7"}, ACTION_LOOK, 0},
    {N_("Points on a plane, and its colours"), "show plane", {"Shift+F2"}, ACTION_LOOK, 0},
    {N_("Train: curves, mistakes, weights"), "show train", {"Shift+F3"}, ACTION_LOOK, 0},
    {N_("Look inside: what it looks at"), "show inside", {"Shift+F4"}, ACTION_LOOK, 0},
    {N_("Kernel lab: a convolution on a picture"),
     "show kernels",
     {"Shift+F6"},
     ACTION_LOOK,
     HOME_OVER},
    {N_("Build a network, from blocks or as text"),
     "show build",
     {"Shift+F7"},
     ACTION_LOOK,
     ACTION_HOME},
    {N_("Optimisers race down a surface"),
     "show optimizers",
     {"Shift+F8"},
     ACTION_LOOK,
     ACTION_HOME},
    {N_("Side by side: two networks on one sample"), "show beside", {"Shift+F9"}, ACTION_LOOK, 0},
    {N_("Your own data, step by step"), "show data", {"Shift+F5"}, ACTION_LOOK, ACTION_HOME},
    {N_("All of the picture"), "app fit", {"F"}, ACTION_LOOK, 0},
    {N_("Closer"), "app closer", {"Z"}, ACTION_LOOK, 0},
    {N_("Farther"), "app farther", {"Shift+Z"}, ACTION_LOOK, 0},
    {N_("More of what lies to the left"), "app pan left", {"Shift+Left"}, ACTION_LOOK, 0},
    {N_("More of what lies to the right"), "app pan right", {"Shift+Right"}, ACTION_LOOK, 0},
    {N_("More of what lies above"), "app pan up", {"Shift+Up"}, ACTION_LOOK, 0},
    {N_("More of what lies below"), "app pan down", {"Shift+Down"}, ACTION_LOOK, 0},
    {N_("Lines by weight or by gradient"), "app lines", {"E"}, ACTION_LOOK, 0},
    {N_("Open what is folded, fold it"), "app unfold", {"U"}, ACTION_LOOK, 0},
    {N_("The lens, on or off"), "app lens", {"M"}, ACTION_LOOK, 0},
    {N_("Larger"), "app zoom in", {"Ctrl++", "Ctrl+=", "Ctrl+Shift++"}, ACTION_LOOK, HOME_OVER},
    {N_("Smaller"), "app zoom out", {"Ctrl+-"}, ACTION_LOOK, HOME_OVER},
    {N_("Size as it was"), "zoom 100", {"Ctrl+0"}, ACTION_LOOK, HOME_OVER},
    {N_("Fold the panel away"), "app fold", {"F9"}, ACTION_LOOK, 0},
    {N_("All bars and views, or a lesson's own"), "app show-all", {NULL}, ACTION_LOOK, 0},
    {N_("Full screen"), "app fullscreen", {"F11"}, ACTION_LOOK, HOME_OVER},

    {N_("Hide the value: guess first"), "app hide", {"H"}, ACTION_PRESENT, 0},
    {N_("Guess the value"), "app guess", {"G"}, ACTION_PRESENT, 0},
    {N_("Light on the selection alone"), "app spotlight", {"L"}, ACTION_PRESENT, 0},
    {N_("Draw over the picture: the pen"), "app pen", {"D"}, ACTION_PRESENT, 0},
    {N_("The pen's next colour"), "app pen colour", {"C"}, ACTION_PRESENT, 0},
    {N_("The pen wipes away, or draws"), "app pen erase", {"X"}, ACTION_PRESENT, 0},
    {N_("Wipe away all that was drawn"), "app pen clear", {"Delete"}, ACTION_PRESENT, 0},
    {N_("The teacher's notes in a window"), "app notes", {"F8"}, ACTION_PRESENT, HOME_OVER},
    {N_("Save the picture as PNG"), "app export png", {"Ctrl+P"}, ACTION_PRESENT, 0},
    {N_("Save the picture as SVG"), "app export svg", {"Ctrl+Shift+P"}, ACTION_PRESENT, 0},
    {N_("Blank the screen"), "app blank", {"B", "."}, ACTION_PRESENT, 1},

    {N_("One step of training back"), "goto-step -1", {"Alt+Left"}, ACTION_STEP, 0},
    {N_("One step of training on"), "goto-step +1", {"Alt+Right"}, ACTION_STEP, 0},
    {N_("Go to a step of training"), "app goto-step", {"Shift+G"}, ACTION_STEP, 0},
    {N_("What if: a branch here"), "fork", {NULL}, ACTION_OTHER, 0},
    {N_("Step by term"), "grain term", {NULL}, ACTION_STEP, 0},
    {N_("Step by cell"), "grain cell", {NULL}, ACTION_STEP, 0},
    {N_("Step by layer"), "grain layer", {NULL}, ACTION_STEP, 0},
    {N_("Step by phase"), "grain phase", {NULL}, ACTION_STEP, 0},
    {N_("Step by pass"), "grain pass", {NULL}, ACTION_STEP, 0},
    {N_("Step by epoch"), "grain epoch", {NULL}, ACTION_STEP, 0},
    {N_("Step through the training itself"), "run", {NULL}, ACTION_STEP, 0},
    {N_("Back to the samples chosen"), "inspect", {NULL}, ACTION_STEP, 0},
    {N_("Train, pause, go on"), "app train", {"T"}, ACTION_OTHER, 0},
    {N_("Train one epoch"), "train 1", {NULL}, ACTION_OTHER, 0},
    {N_("Pause training"), "pause", {NULL}, ACTION_OTHER, 0},
    {N_("Go on training"), "resume", {NULL}, ACTION_OTHER, 0},
    {N_("Stop training"), "stop", {NULL}, ACTION_OTHER, 0},
    {N_("Start over: weights begin anew"), "restart", {NULL}, ACTION_OTHER, 0},
    {N_("Training mode"), "mode train", {NULL}, ACTION_OTHER, 0},
    {N_("Evaluation mode"), "mode eval", {NULL}, ACTION_OTHER, 0},
    {N_("Empty the drawing pad"), "clear", {NULL}, ACTION_OTHER, 0},
    {N_("Turn the drawing left"), "turn 15", {NULL}, ACTION_OTHER, 0},
    {N_("Turn the drawing right"), "turn -15", {NULL}, ACTION_OTHER, 0},
    {N_("Drawings as they are"), "centre off", {NULL}, ACTION_OTHER, 0},
    {N_("Drawings centred"), "centre on", {NULL}, ACTION_OTHER, 0},
    {N_("Learn from my drawings"), "bring drawings", {NULL}, ACTION_OTHER, 0},
    {N_("Export my drawings"), "app export drawings", {NULL}, ACTION_OTHER, ACTION_HOME},
    {N_("A network of my data"), "make", {NULL}, ACTION_OTHER, 0},
    {N_("Undo"), "undo", {"Ctrl+Z"}, ACTION_OTHER, 0},
    {N_("Redo"), "redo", {"Ctrl+Y", "Ctrl+Shift+Z"}, ACTION_OTHER, 0},
    {N_("Open a file"), "app files", {"Ctrl+O"}, ACTION_OTHER, HOME_OVER},
    {N_("Save the network"), "app save", {"Ctrl+S"}, ACTION_OTHER, 0},
    {N_("Save the whole session"), "app save session", {"Alt+S"}, ACTION_OTHER, 0},
    {N_("Save as another file"), "app save as", {"Ctrl+Shift+S"}, ACTION_OTHER, 0},
    {N_("Everything by its name"), "app palette", {"Ctrl+K"}, ACTION_OTHER, HOME_OVER},
    {N_("Settings: numbers, colours, size"), "app settings", {"Ctrl+,"}, ACTION_OTHER, HOME_OVER},
    {N_("Who is learning"), "app learner", {NULL}, ACTION_OTHER, HOME_OVER},
    {N_("The learner's progress as a table"),
     "app progress-table",
     {NULL},
     ACTION_OTHER,
     HOME_OVER},
    {N_("The whole class's progress"), "app class", {NULL}, ACTION_OTHER, HOME_OVER},
    {N_("The whole class's progress as a table"),
     "app class-table",
     {NULL},
     ACTION_OTHER,
     HOME_OVER},
    {N_("Questions of lessons finished"), "app quiz old", {NULL}, ACTION_OTHER, HOME_OVER},
    {N_("Words and what they mean"), "app glossary", {"F10"}, ACTION_OTHER, HOME_OVER},
    {N_("These keys"), "app keys", {"F1", "?", "Shift+?"}, ACTION_OTHER, HOME_OVER},
    {N_("End Glassnet"), "app quit", {"Ctrl+Q"}, ACTION_OTHER, HOME_OVER},
};

/* Not needed: actions without a row here have one of their own. */
static const struct action_row rows[] = {
    {N_("Forward, loss, backward, update"),
     {"phase forward", "phase loss", "phase backward", "phase update"}},
    {N_("Play faster, slower"), {"app faster", "app slower"}},
    {N_("Next sample, previous sample"), {"sample next", "sample previous"}},
    {N_("The batch's next sample, the one before"), {"app place next", "app place previous"}},
    {N_("The cell beside"), {"move left", "move right", "move up", "move down"}},
    {N_("In, onward, back"), {"move into", "move onward", "move out"}},
    {N_("Another value: typed, more, less"), {"app change", "app more", "app less"}},
    {N_("Hide the value; guess it"), {"app hide", "app guess"}},
    {N_("Network, table, layer, chain"),
     {"show network", "show matrix", "show layer", "show chain"}},
    {N_("A tensor for the table, what it is from"), {"app matrix pick", "app matrix operands"}},
    {N_("The layer before, the next"), {"app layer previous", "app layer next"}},
    {N_("Another map or kernel"), {"app layer turn previous", "app layer turn next"}},
    {N_("Closer, farther"), {"app closer", "app farther"}},
    {N_("More of what lies beside"),
     {"app pan left", "app pan right", "app pan up", "app pan down"}},
    {N_("Larger, smaller, as it was"), {"app zoom in", "app zoom out", "zoom 100"}},
    {N_("The pen over the picture, its next colour"), {"app pen", "app pen colour"}},
    {N_("Wipe a stroke away, wipe all away"), {"app pen erase", "app pen clear"}},
    {N_("Save the picture as PNG, as SVG"), {"app export png", "app export svg"}},
    {N_("Training step back, on, number"), {"goto-step -1", "goto-step +1", "app goto-step"}},
    {N_("Undo, redo"), {"undo", "redo"}},
};

enum { ACTIONS = sizeof actions / sizeof *actions };

const struct action *action_at(int i)
{
    return i >= 0 && i < ACTIONS ? &actions[i] : NULL;
}

const char *action_group_title(enum action_group group)
{
    static const char *const titles[ACTION_GROUPS] = {N_("Step"), N_("Select"), N_("Look"),
                                                      N_("Show others"), N_("Everything else")};
    return translate(titles[group]);
}

const struct action *action_find(const char *line)
{
    for (int i = 0; i < ACTIONS; i++)
        if (strcmp(actions[i].line, line) == 0)
            return &actions[i];
    return NULL;
}

const struct action_row *action_row_of(const char *line)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int k = 0; k < ACTION_ROW && rows[i].lines[k]; k++)
            if (strcmp(rows[i].lines[k], line) == 0)
                return &rows[i];
    return NULL;
}

const char *action_key(const char *line)
{
    const struct action *a = action_find(line);
    return a ? a->keys[0] : NULL;
}
