/* What the convolution's pictures share. */
#ifndef VIEW_LAYER_CONV_H
#define VIEW_LAYER_CONV_H

#include "layer_stage.h"

/* A map of the layer's input (or its gradient) with the padding as a dashed margin. */
struct grid layer_conv_input(const struct stage *s, int tensor, int channel);

#endif
