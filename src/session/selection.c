/* The selected cell, walking from it, and the cells that are hidden. */
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/step/uses.h"
#include "session/state.h"

void selection_set(struct session *s, struct cell cell)
{
    s->selected = cell;
    s->formula_fresh = false;
    if (cell_is(cell) && s->program->tensors[cell.tensor].batched)
        pass_view(s, cell.sample);
}

void selection_follow(struct session *s)
{
    s->trail.count = 0;
    if (s->cursor.term > 0)
        selection_set(s, steps_cell(s->steps, s->cursor.cell));
    else if (s->cursor.cell > 0)
        selection_set(s, steps_cell(s->steps, s->cursor.cell - 1));
    else
        selection_set(s, CELL_NONE);
}

void cells_add(struct cells *cells, struct cell cell)
{
    cells->cell = mem_grow(cells->cell, &cells->capacity, cells->count + 1, sizeof cell);
    cells->cell[cells->count++] = cell;
}

/* The same cell of another program or of a batch of n; CELL_NONE when it has none such. */
static struct cell carry(const struct program *old, const struct program *next, int n,
                         struct cell cell)
{
    struct cell found;
    if (!old || !cell_is(cell) || cell.sample >= n)
        return CELL_NONE;
    if (old == next)
        return cell;
    int tensor = program_find(next, old->tensors[cell.tensor].name);
    if (tensor < 0 || !shape_equal(&next->tensors[tensor].shape, &old->tensors[cell.tensor].shape))
        return CELL_NONE;
    found = cell;
    found.tensor = tensor;
    return found;
}

void cells_keep_valid(struct session *s, const struct program *old, const struct program *next,
                      int n)
{
    int kept = 0;
    s->selected = carry(old, next, n, s->selected);
    for (int i = 0; i < s->hidden.count; i++) {
        struct cell cell = carry(old, next, n, s->hidden.cell[i]);
        if (cell_is(cell))
            s->hidden.cell[kept++] = cell;
    }
    s->hidden.count = kept;
    s->trail.count = 0;
}

bool cell_argument(struct session *s, struct text *rest, struct cell *cell, struct err *err)
{
    char name[NAME_SIZE];
    return argument_word(rest, "a cell, as in out[0]", name, sizeof name, err) &&
           cell_parse(s->program, s->trace->n, name, cell, err);
}

bool session_is_hidden(const struct session *s, struct cell cell)
{
    for (int i = 0; i < s->hidden.count; i++)
        if (cell_equal(s->hidden.cell[i], cell))
            return true;
    return false;
}

const struct cell *session_hidden(const struct session *s, int *count)
{
    *count = s->hidden.count;
    return s->hidden.cell;
}

bool command_select(struct session *s, struct text rest, struct err *err)
{
    struct cell cell = CELL_NONE;
    struct text after = rest;
    if (text_is(text_next_word(&after), "none"))
        rest = after;
    else if (!cell_argument(s, &rest, &cell, err))
        return false;
    if (!arguments_end(rest, err))
        return false;
    s->trail.count = 0;
    selection_set(s, cell);
    return true;
}

/* Which axis is the row and which the column; -1: none. */
static void find_axes(const struct shape *shape, int *row, int *column)
{
    static const int rows[SHAPE_MAX_RANK + 1] = {-1, 0, 0, 0, 1};
    static const int columns[SHAPE_MAX_RANK + 1] = {-1, -1, 1, 1, 2};
    *row = rows[shape->rank];
    *column = columns[shape->rank];
}

/* With nothing selected yet, the walk starts at the last computed cell or at the input. */
static struct cell first_selection(const struct session *s)
{
    if (s->cursor.cell > 0)
        return steps_cell(s->steps, s->cursor.cell - 1);
    return (struct cell){s->program->input, s->view_sample, 0};
}

static void move_by(struct session *s, bool along_rows, int by)
{
    int row, column, index[SHAPE_MAX_RANK];
    if (!cell_is(s->selected)) {
        selection_set(s, first_selection(s));
        return;
    }
    struct cell cell = s->selected;
    const struct shape *shape = &s->program->tensors[cell.tensor].shape;
    find_axes(shape, &row, &column);
    int axis = along_rows ? row : column;
    s->changed = false;
    if (axis < 0)
        return;
    shape_unflatten(shape, cell.index, index);
    index[axis] += by;
    if (index[axis] < 0 || index[axis] >= shape->dim[axis])
        return;
    s->changed = true;
    cell.index = shape_flatten(shape, index);
    selection_set(s, cell);
}

static void refresh_formula(struct session *s)
{
    if (!s->formula_fresh)
        formula_of(s->trace, s->selected, &s->formula);
    s->formula_fresh = true;
}

static bool move_into(struct session *s, struct err *err)
{
    char name[NAME_SIZE];
    if (!cell_is(s->selected))
        return err_set(err, ERR_STATE, NULL, 0, "nothing is selected; select a cell first");
    refresh_formula(s);
    for (int t = 0; t < s->formula.count; t++)
        for (int f = 0; f < s->formula.terms[t].count; f++) {
            struct cell cell = s->formula.terms[t].factor[f].cell;
            if (!cell_is(cell))
                continue;
            cells_add(&s->trail, s->selected);
            selection_set(s, cell);
            return true;
        }
    return err_set(err, ERR_STATE, NULL, 0, "%s is not computed from other cells",
                   cell_name(s->program, s->selected, name, sizeof name));
}

/* To where most of its gradient comes back from. */
static bool move_onward(struct session *s, struct err *err)
{
    char name[NAME_SIZE];
    struct cell_uses uses = {.total = CELL_NONE};
    if (!cell_is(s->selected))
        return err_set(err, ERR_STATE, NULL, 0, "nothing is selected; select a cell first");
    cell_uses_of(s->trace, s->selected, &uses);
    int largest = cell_uses_largest(&uses);
    if (largest >= 0) {
        cells_add(&s->trail, s->selected);
        selection_set(s, uses.list[largest].user);
    } else {
        err_set(err, ERR_STATE, NULL, 0, "the way on from %s cannot be told: %s",
                cell_name(s->program, s->selected, name, sizeof name),
                cell_is(uses.total) ? "nothing of the loss comes back to it"
                                    : "it has no gradient");
    }
    cell_uses_deinit(&uses);
    return largest >= 0;
}

static bool move_to(struct session *s, struct text rest, struct err *err)
{
    struct cell cell;
    if (!cell_argument(s, &rest, &cell, err) || !arguments_end(rest, err))
        return false;
    if (cell_is(s->selected) && !cell_equal(s->selected, cell))
        cells_add(&s->trail, s->selected);
    selection_set(s, cell);
    return true;
}

static bool move_out(struct session *s, struct text rest, struct err *err)
{
    long by = 1;
    if (text_trim(rest).n > 0 && (!argument_long(&rest, "how many cells", 1, 1000000, &by, err) ||
                                  !arguments_end(rest, err)))
        return false;
    if (s->trail.count == 0)
        return err_set(err, ERR_STATE, NULL, 0,
                       "there is no way back: no cell was gone into with move into");
    s->trail.count -= by < s->trail.count ? (int)by : s->trail.count;
    selection_set(s, s->trail.cell[s->trail.count]);
    return true;
}

bool command_move(struct session *s, struct text rest, struct err *err)
{
    static const char *const words[] = {"up",   "down",   "left", "right",
                                        "into", "onward", "to",   "out"};
    enum { SIDES = 4, INTO = SIDES, ONWARD, TO, OUT, WORDS };
    char word[32];
    int which = 0;
    if (!argument_word(&rest, "left, right, up, down, into, onward, to or out", word, sizeof word,
                       err))
        return false;
    while (which < WORDS && strcmp(words[which], word) != 0)
        which++;
    if (which == WORDS)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "move goes left, right, up, down, into, onward, to or out; found \"%s\"",
                       word);
    if (which == TO)
        return move_to(s, rest, err);
    if (which == OUT)
        return move_out(s, rest, err);
    if (!arguments_end(rest, err))
        return false;
    if (which == INTO)
        return move_into(s, err);
    if (which == ONWARD)
        return move_onward(s, err);
    move_by(s, which < 2, which % 2 ? 1 : -1);
    return true;
}

bool session_reading_is_hidden(const struct session *s)
{
    return s->reading_hidden;
}

/* `hide reading`, `reveal reading`: no cell, but what follows from the outputs. */
static bool is_reading(struct text rest)
{
    return text_is(text_trim(rest), "reading");
}

static bool set_reading(struct session *s, bool hidden)
{
    s->changed = s->reading_hidden != hidden;
    s->reading_hidden = hidden;
    return true;
}

bool command_hide(struct session *s, struct text rest, struct err *err)
{
    struct cell cell;
    if (is_reading(rest))
        return set_reading(s, true);
    if (!cell_argument(s, &rest, &cell, err) || !arguments_end(rest, err))
        return false;
    s->changed = !session_is_hidden(s, cell);
    if (s->changed)
        cells_add(&s->hidden, cell);
    return true;
}

bool command_reveal(struct session *s, struct text rest, struct err *err)
{
    struct cell cell;
    int kept = 0;
    bool all = text_is(text_trim(rest), "all");
    if (is_reading(rest))
        return set_reading(s, false);
    if (!all && (!cell_argument(s, &rest, &cell, err) || !arguments_end(rest, err)))
        return false;
    for (int i = 0; i < s->hidden.count; i++)
        if (!all && !cell_equal(s->hidden.cell[i], cell))
            s->hidden.cell[kept++] = s->hidden.cell[i];
    s->changed = kept < s->hidden.count || (all && s->reading_hidden);
    s->reading_hidden = s->reading_hidden && !all;
    s->hidden.count = kept;
    return true;
}
