/* Which numbers of the input a class' score hangs on: saliency, guided backpropagation, Grad-CAM.
 *
 * The score is the class' number before the last activation (before a softmax, that is, as all
 * three papers have it). A lone output that tells two classes apart is class 1's score, and its
 * negative class 0's. All run in evaluation mode by the plain engine, and give the same bits each
 * time. */
#ifndef GLASSNET_STEP_ATTRIBUTE_H
#define GLASSNET_STEP_ATTRIBUTE_H

#include <stdbool.h>

#include "glassnet/base/err.h"
#include "glassnet/nn/net.h"

enum attribute_kind {
    /* d score / d input (Simonyan, Vedaldi and Zisserman 2014, "Deep Inside Convolutional
     * Networks", section 3; they show its magnitude). */
    ATTRIBUTE_SALIENCY,
    /* The same, but relus pass back only what is above 0 (Springenberg, Dosovitskiy, Brox and
     * Riedmiller 2015, "Striving for Simplicity", section 3.4). Not a gradient. */
    ATTRIBUTE_GUIDED,
    /* relu(sum over k of w[k] A[k]): the maps A of a layer, each weighed by the mean of the score's
     * gradient over it (Selvaraju et al. 2017, "Grad-CAM", equations 1 and 2). */
    ATTRIBUTE_GRADCAM,
    ATTRIBUTES
};

/* "saliency", "guided", "gradcam"; a kind or -1. */
const char *attribute_name(enum attribute_kind kind);
int attribute_find(const char *word);

struct attribution {
    enum attribute_kind kind;
    int class;
    int layer;            /* of Grad-CAM; else -1 */
    float score;          /* of the class */
    struct shape shape;   /* the input's; Grad-CAM: [rows][columns] of the layer's maps */
    float *values;        /* [shape]; owned */
    struct shape picture; /* Grad-CAM: [rows][columns] of the input, else rank 0 */
    float *over;          /* [picture] Grad-CAM's values brought to the picture's size by bilinear
                             interpolation of its cells' middles; owned; NULL for the others */
    int channels;         /* of Grad-CAM's layer; else 0 */
    float *weights;       /* [channels] the mean gradient over each map; owned */
};

/* How many scores there are: outputs, or 2 for a lone sigmoid and for hinge. */
int attribute_classes(const struct net *net);

/* Does it mean something there? Otherwise false, and err says what it needs. Only Grad-CAM takes a
 * layer: one of maps, on a picture. */
bool attribute_applies(const struct net *net, enum attribute_kind kind, int layer, struct err *err);

/* The last layer of maps, which Grad-CAM is best asked of; -1: there is none. */
int attribute_last_maps(const struct net *net);

/* Works one out for the input x with the net's parameters as they are. False for a class there is
 * not, where it does not apply, and when memory is short; a is then empty. Otherwise the caller
 * ends with attribution_deinit. */
bool attribution_init(struct attribution *a, const struct net *net, enum attribute_kind kind,
                      int layer, int class, const float *x, struct err *err);
void attribution_deinit(struct attribution *a); /* a zeroed one is allowed */

/* The largest magnitude of its values; 0: nothing to see. */
float attribution_peak(const struct attribution *a);

#endif
