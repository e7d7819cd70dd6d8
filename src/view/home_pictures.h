/* The small drawings on the cards of the home screen, made of primitives. They are illustrations:
 * nothing in them is a number of the network that is open. */
#ifndef GLASSNET_SRC_VIEW_HOME_PICTURES_H
#define GLASSNET_SRC_VIEW_HOME_PICTURES_H

#include "glassnet/lesson/catalogue.h"
#include "glassnet/ui/widget.h"

enum home_picture {
    PICTURE_NEURON,   /* two inputs, one neuron */
    PICTURE_BEND,     /* relu and sigmoid */
    PICTURE_LOSS,     /* confident and wrong costs most */
    PICTURE_DOWNHILL, /* steps down a slope */
    PICTURE_BLAME,    /* gradients from right to left */
    PICTURE_XOR,      /* a plane one line cannot part */
    PICTURE_SIDES,    /* points on both sides of a line */
    PICTURE_SHARES,   /* three scores and their shares */
    PICTURE_KERNEL,   /* a small window and what it sees */
    PICTURE_DIGIT,    /* a digit and ten outputs */
    PICTURE_SEVEN,    /* a digit alone */
    PICTURE_NUMBERS,  /* a digit and the numbers in it */
    PICTURE_PLANE,    /* two moons */
    PICTURE_CURVE,    /* a wave through points */
    PICTURE_LETTERS,  /* three typefaces */
    PICTURE_PHOTOS,   /* tiles of two colours */
    PICTURE_TABLE,    /* rows and columns */
    PICTURE_MATRIX,   /* a matrix and the vector it multiplies */
    PICTURE_VALLEY,   /* two ways down a long valley */
    PICTURE_MEMORY,   /* the loss of what is learnt and of what is new */
    PICTURE_MAPS,     /* one picture, three maps */
    PICTURE_POOL,     /* the largest of each four */
    PICTURE_INSIDE,   /* what neurons look for */
    PICTURE_BESIDE,   /* a kernel before training and after */
    PICTURE_BLOCKS,   /* blocks and lines of text */
    PICTURE_LAYERS    /* any network */
};

/* The picture that suits what the lesson teaches, else what its title says; PICTURE_LAYERS when
 * neither names a subject known here. */
enum home_picture home_picture_of(const struct lesson_card *c);

/* Draws it in the middle of r, as large as fits. */
void home_picture_draw(struct ui *ui, enum home_picture picture, struct rect r);

/* Those of home_pictures_own.c. */
void home_letters_draw(struct ui *ui, struct rect r);
void home_photos_draw(struct ui *ui, struct rect r);
void home_table_draw(struct ui *ui, struct rect r);
/* Those of home_pictures_course.c. */
void home_matrix_draw(struct ui *ui, struct rect r);
void home_valley_draw(struct ui *ui, struct rect r);
void home_memory_draw(struct ui *ui, struct rect r);
void home_maps_draw(struct ui *ui, struct rect r);
void home_pool_draw(struct ui *ui, struct rect r);

/* Those of home_pictures_play.c. */
void home_inside_draw(struct ui *ui, struct rect r);
void home_beside_draw(struct ui *ui, struct rect r);
void home_blocks_draw(struct ui *ui, struct rect r);

#endif
