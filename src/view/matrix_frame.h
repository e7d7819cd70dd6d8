/* Where everything of the matrix view lies in a frame: panels with their heads, the panes of
 * cells, what is written beside them. Layout fills it, drawing and the pointer read it. */
#ifndef VIEW_MATRIX_FRAME_H
#define VIEW_MATRIX_FRAME_H

#include "glassnet/view/matrix.h"
#include "matrix_pane.h"
#include "matrix_product.h"
#include "matrix_stats.h"

/* The ladder of cell sizes: colours alone below MATRIX_FIRST_NUMBERS, numbers from there on. */
enum { MATRIX_FIRST_NUMBERS = 9, MATRIX_FIRST_LARGE, MATRIX_STEPS = 14 };

enum { PANELS_MOST = 8, PANES_MOST = PANELS_MOST + STRIPS_MOST, NOTES_MOST = STRIPS_MOST * 2 + 2 };

/* A panel: one tensor's cells under a caption and between heads. */
struct matrix_panel {
    int pane;
    struct rect caption;
    struct rect columns, rows; /* the heads */
};

/* A name or sign beside the vectors of a product. */
enum matrix_note_kind { NOTE_NAME, NOTE_SIGN, NOTE_WORDS };

struct matrix_note {
    enum matrix_note_kind kind;
    struct rect rect;
    unsigned align;
    bool gradient;
    char text[120];
};

struct matrix_frame {
    int tensor;           /* in the middle */
    struct rect table;    /* all panels */
    int step;             /* of the ladder */
    float most_x, most_y; /* how far it scrolls */
    float content_w, content_h, view_w, view_h;
    int panel_count, pane_count, note_count;
    struct matrix_panel panels[PANELS_MOST];
    struct matrix_pane panes[PANES_MOST]; /* the panels' own first */
    struct matrix_note notes[NOTES_MOST];
    int limit_count, limited[PANES_MOST]; /* tensors */
    float limits[PANES_MOST];             /* their colour scales' ends */
    bool has_product;
    struct matrix_product product;
    struct scene scene; /* the panes as plates, for the frames of network_focus */

    struct matrix_stats stats;
    struct cell counted; /* what of: kept while nothing changes */
    uint64_t revision;
    bool hide_value;
};

/* Lays out the tensors (the middle one is frame->tensor) in r. */
void matrix_layout(const struct view *v, struct matrix_state *m, const int *tensors, int n,
                   struct rect r);

/* What stands at the head of a row or column: its index, or a name ("7", "3 shirt"). */
char *matrix_row_label(const struct view *v, const struct matrix_pane *p, int row, char *out,
                       size_t size);
char *matrix_column_label(const struct view *v, const struct matrix_pane *p, int col, char *out,
                          size_t size);
/* Pixels of the widest label of rows. */
float matrix_row_label_width(const struct view *v, const struct matrix_pane *p);
/* Draws both heads of a panel. */
void matrix_heads_draw(const struct view *v, const struct matrix_frame *f,
                       const struct matrix_panel *panel);

/* The cell under the pointer, that a new size of cells shall leave there. */
struct matrix_anchor {
    bool set;
    size_t index;
};
/* The wheel over r scrolls; with Ctrl it changes the size, and the anchor is set. */
struct matrix_anchor matrix_take_wheel(const struct view *v, struct matrix_state *m, struct rect r);
void matrix_take_drag(const struct view *v, struct matrix_state *m, unsigned answer);
/* Scrolls so that the anchor's cell is under the pointer again, after a layout. */
void matrix_hold_anchor(const struct view *v, struct matrix_state *m, struct matrix_anchor a);
void matrix_bars_draw(const struct view *v, struct matrix_state *m, struct rect right,
                      struct rect below);
/* The pane and cell seen at a point; NULL when there is none. */
const struct matrix_pane *matrix_pane_at(const struct matrix_frame *f, float x, float y,
                                         size_t *index);

/* The bar of buttons; returns what is left of r below it. */
struct rect matrix_tools_draw(const struct view *v, struct matrix_state *m, struct rect r);
/* The list of tensors to choose from, over everything else. */
void matrix_picker_draw(const struct view *v, struct matrix_state *m, struct rect r);
/* The histogram of the tensor shown. */
void matrix_histogram_draw(const struct view *v, struct matrix_state *m, struct rect r);
/* The numbers around the pointer where cells are too small for them. */
void matrix_lens_draw(const struct view *v, const struct matrix_frame *f, struct rect canvas);

/* The tensor in the middle when nothing is selected, and else the selected one. */
int matrix_tensor(const struct snapshot *s);
/* The cell at the same place of another tensor; its first where there is none. */
struct cell matrix_counterpart(const struct snapshot *s, int tensor);

#endif
