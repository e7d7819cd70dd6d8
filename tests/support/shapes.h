/* Small PNG pictures of round and of spiky things, written by the test: something that a network
 * can learn to tell apart in a second. */
#ifndef GLASSNET_TESTS_SHAPES_H
#define GLASSNET_TESTS_SHAPES_H

enum { SHAPE_ROUND, SHAPE_SPIKY };

/* n pictures of the kind into the folder `name` of the test's own: 0.png, 1.png, ... Bright on dark
 * grey, at different places and sizes, 24 pixels wide and 24 to 30 high. Returns the folder's
 * path. */
const char *shapes_write(const char *name, int kind, int n);

#endif
