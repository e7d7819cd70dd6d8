/* The kernel lab: a picture, the kernel that slides over it, the result, and the sum behind each of
 * its numbers. It needs no network. */
#ifndef GLASSNET_VIEW_KERNELS_H
#define GLASSNET_VIEW_KERNELS_H

#include "glassnet/step/formula.h"
#include "glassnet/view/view.h"

struct kernels_state {
    bool asked;    /* for the lab's beginning */
    int editing;   /* a cell of the kernel that is typed, KERNELS_CELLS: the divisor; -1: none */
    bool to_focus; /* its field gets the focus in the next frame */
    char text[32]; /* in it */
    struct text_edit edit;
    int dragged; /* a cell; -1: none */
    double drag_from, drag_to;
    float drag_y;
    bool sliding;         /* the kernel goes on by itself */
    double slides;        /* when it does next, in ui->time */
    int hover;            /* place of the result under the pointer, row by row; -1: none */
    float scroll, height; /* of the controls */
    struct formula formula;
};

void kernels_init(struct kernels_state *s);
void kernels_deinit(struct kernels_state *s);
void kernels_draw(const struct view *v, struct kernels_state *s, struct rect r);
/* One place on, one back, and sliding by itself: in the transport's place. */
void kernels_foot_draw(const struct view *v, struct kernels_state *s, struct rect r);

#endif
