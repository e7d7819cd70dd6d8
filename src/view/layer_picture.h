/* The pictures of the Layer view, one file for each kind of operation. Each draws the stage's cell
 * within r and says in stage->about what it shows. */
#ifndef VIEW_LAYER_PICTURE_H
#define VIEW_LAYER_PICTURE_H

#include "layer_stage.h"

void layer_conv_draw(struct stage *s, struct rect r);
/* The gradient of a kernel's weight or bias; of what the convolution reads. */
void layer_conv_back_weight(struct stage *s, struct rect r);
void layer_conv_back_input(struct stage *s, struct rect r);
void layer_pool_draw(struct stage *s, struct rect r);
void layer_dense_draw(struct stage *s, struct rect r);
void layer_norm_draw(struct stage *s, struct rect r);
void layer_dropout_draw(struct stage *s, struct rect r);
void layer_join_draw(struct stage *s, struct rect r);
void layer_flatten_draw(struct stage *s, struct rect r);
void layer_loss_draw(struct stage *s, struct rect r);
void layer_activation_draw(struct stage *s, struct rect r);
void layer_softmax_draw(struct stage *s, struct rect r);

/* The function of the layer's activation; FN_COPY for linear and softmax. */
enum fn layer_activation_fn(const struct stage *s);
/* Does a batchnorm use its running statistics? */
bool layer_norm_runs(const struct stage *s);

/* Any cell: its neighbourhood, and its terms. */
void layer_terms_draw(struct stage *s, struct rect r);

/* Splits r into a picture above and the calculation below, at most `height` design pixels and half
 * of r; *below is empty where there is no room for both. */
void layer_split(const struct stage *s, struct rect r, float height, struct rect *above,
                 struct rect *below);

#endif
