/* What the kernel lab's files share. Private to src/session. */
#ifndef GLASSNET_SRC_SESSION_KERNELS_H
#define GLASSNET_SRC_SESSION_KERNELS_H

#include "glassnet/data/dataset.h"
#include "glassnet/session/kernels.h"

/* What the result follows from. */
struct kernel_choice {
    int side;
    double cells[KERNELS_CELLS]; /* [side][side] */
    char texts[KERNELS_CELLS][16];
    double divisor;
    int stride;
    bool same, relu, colour;
};

enum { KERNELS_UNDO = 200 };

/* Zeroed: not begun. */
struct kernels {
    char name[256]; /* of the picture */
    int height, width, was_height, was_width;
    float *grey, *colours; /* [height][width], [3][height][width]; colours NULL: it has none */
    int sample;            /* of the digits, -1: none of them */
    struct dataset *digits;
    struct kernel_choice choice;
    struct kernel_choice *steps; /* [step_count] the choices so far, for undo; owned */
    int step_count, step;        /* the place of the present one */
    bool values;
    int row, column, channel;
    struct net *net;
    struct program *program;
    struct trace *trace;
    struct kernels_view view;
};

/* The preset i for kernels of this side. */
void kernels_preset_cells(int i, int side, double *cells, double *divisor);
/* The preset that these cells are, -1: none. */
int kernels_preset_find(int side, const double *cells, double divisor);

/* Computes what follows from picture and choice; either succeeds or changes nothing. */
bool kernels_run(struct kernels *k, const struct kernel_choice *choice, struct err *err);
/* Takes a picture [height][width][channels] over, which is from malloc. */
bool kernels_take(struct kernels *k, const char *name, float *pixels, int height, int width,
                  int channels, struct err *err);
/* The choice, which was changed, becomes a step that can be undone. */
void kernels_note(struct kernels *k);
/* To the choice before, or after it. */
bool kernels_undo(struct kernels *k, bool redo, struct err *err);
void kernels_end(struct kernels *k);
const struct kernels_view *kernels_look(struct kernels *k);

#endif
