/* Bringing a drawing of any size into the form of a data set, as its makers did.
 *
 * Ink is bright on dark: 0 is paper, 1 full ink. The bounding box is that of the pixels above
 * 0.1. An empty picture stays empty. */
#ifndef GLASSNET_DATA_NORMALISE_H
#define GLASSNET_DATA_NORMALISE_H

/* The form of MNIST: the ink's bounding box is scaled, its aspect ratio kept, so that its longer
 * side is box pixels, each new pixel the average of the area it covers, and put into a picture
 * of size x size pixels with its centre of mass at the centre (LeCun et al. 1998,
 * "Gradient-Based Learning Applied to Document Recognition", section III.A: 20 in 28). The
 * place is a whole pixel; the box never leaves the picture.
 * picture [height][width], out [size][size]; 0 < box <= size. */
void normalise_digit(const float *picture, int height, int width, int box, int size, float *out);

/* 20 in 28, as MNIST and the set `digits` are. out [28][28]. */
void normalise_digits28(const float *picture, int height, int width, float *out);

/* The form of `digits8`: the bounding box, scaled to 32 pixels high and at most 20 wide, stands
 * in the middle of a bitmap of 32 x 32, and each of 8 x 8 numbers is the share of on pixels in a
 * block of 4 x 4 (Alpaydin and Kaynak 1998, "Cascading Classifiers"; the box is that of NIST's
 * form-based handprint recognition, NISTIR 5469). Its slant correction is left out.
 * picture [height][width], out [8][8]. */
void normalise_digits8(const float *picture, int height, int width, float *out);

#endif
