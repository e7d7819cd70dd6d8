/* Everything a user can do by a key, in one table: the key map, the table of keys (F1) and the
 * command palette read it. An action is a command line, as buttons, lessons, scripts and tests give
 * it. */
#ifndef GLASSNET_VIEW_ACTION_H
#define GLASSNET_VIEW_ACTION_H

enum action_group {
    ACTION_STEP,
    ACTION_SELECT,
    ACTION_LOOK,
    ACTION_PRESENT,
    ACTION_OTHER,
    ACTION_GROUPS
};

enum { ACTION_KEYS = 3 };

/* Where its keys act besides the screen of an open network: on the home screen; over an overlay,
 * which has all other keys. */
enum action_where { ACTION_HOME = 1, ACTION_OVER = 2 };

struct action {
    const char *title;             /* what it does, as a palette says it: "One step on" */
    const char *line;              /* the command: "step", "app blank" */
    const char *keys[ACTION_KEYS]; /* chords, as ui_key takes them; NULL past the last */
    enum action_group group;
    unsigned char where; /* enum action_where */
};

/* Action i, or NULL past the last. */
const struct action *action_at(int i);
/* The action whose line this is; NULL when there is none. */
const struct action *action_find(const char *line);

/* Actions that are one row in the table of keys: "The cell beside" for four arrows. */
enum { ACTION_ROW = 4 };
struct action_row {
    const char *title;
    const char *lines[ACTION_ROW]; /* NULL past the last */
};
/* The row that the action is part of; NULL when it has one of its own. */
const struct action_row *action_row_of(const char *line);
/* "Step", "Select", ... */
const char *action_group_title(enum action_group group);
/* The first key of the action whose line this is ("Space" for "step"); NULL when it has none.
 * Tooltips say keys by this, so that they are those of the table. */
const char *action_key(const char *line);

#endif
