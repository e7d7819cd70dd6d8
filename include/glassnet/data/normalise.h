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

/* The form of `digits8`: set upright, stretched to 32 pixels high and 20 wide (ones, narrower than
 * 0.35 of their height, keep their aspect ratio) in the middle of a bitmap of 32 x 32; each of
 * 8 x 8 numbers is the share of on pixels in a block of 4 x 4 (Alpaydin and Kaynak 1998,
 * "Cascading Classifiers", on bitmaps of NIST's form-based handprint recognition, NISTIR 5469).
 * NIST's own program was not at hand: its slant correction is replaced by one from the ink's
 * moments, and the thresholds were chosen so that the 1,000 test digits of `digits` are nearest
 * to the right digit of `digits8` most often (4 in 5; without slant correction 3 in 5).
 * picture [height][width], out [8][8]. */
void normalise_digits8(const float *picture, int height, int width, float *out);

/* Another size: each new pixel is the average of the area it covers, so that nothing of the
 * picture is skipped; larger, pixels become blocks. picture [height][width][channels], out
 * [new_height][new_width][channels], not the same. */
void normalise_size(const float *picture, int height, int width, int channels, int new_height,
                    int new_width, float *out);

/* Another size and another form: stretched, the middle cut out as large as it will go, or with
 * dark bars so that nothing is lost; then as normalise_size. */
enum picture_fit { FIT_STRETCH, FIT_CROP, FIT_PAD, PICTURE_FITS };
void normalise_fit(const float *picture, int height, int width, int channels, enum picture_fit fit,
                   int new_height, int new_width, float *out);
/* "stretch", "crop", "pad"; the fit of that name, or -1. */
const char *picture_fit_name(enum picture_fit fit);
int picture_fit_find(const char *word);

#endif
