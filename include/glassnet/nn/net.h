/* The network: a list of named layers, the loss, the training settings and the parameters.
 *
 * A struct net is what a network file describes (docs/network-format.md). It owns its
 * parameters; programs, traces and trainers read them through the offsets given here. */
#ifndef GLASSNET_NN_NET_H
#define GLASSNET_NN_NET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "glassnet/base/err.h"
#include "glassnet/base/mem.h"
#include "glassnet/nn/shape.h"

#define NET_MAX_LINES  10000
#define NET_MAX_PARAMS 6

enum layer_kind {
    LAYER_INPUT,
    LAYER_DENSE,
    LAYER_CONV2D,
    LAYER_MAXPOOL,
    LAYER_AVGPOOL,
    LAYER_GLOBALAVGPOOL,
    LAYER_FLATTEN,
    LAYER_ACTIVATION,
    LAYER_DROPOUT,
    LAYER_BATCHNORM,
    LAYER_ADD,
    LAYER_CONCATENATE,
    LAYER_KINDS
};

enum activation {
    ACT_NONE, /* none written: the layer has no z */
    ACT_LINEAR,
    ACT_SIGMOID,
    ACT_TANH,
    ACT_RELU,
    ACT_LEAKY_RELU,
    ACT_ELU,
    ACT_SOFTPLUS,
    ACT_STEP,
    ACT_SOFTMAX,
    ACTIVATIONS
};

enum loss_kind {
    LOSS_NONE,
    LOSS_CROSS_ENTROPY,
    LOSS_BINARY_CROSS_ENTROPY,
    LOSS_SQUARED_ERROR,
    LOSS_ABSOLUTE_ERROR,
    LOSS_HINGE,
    LOSSES
};

enum optimiser_kind {
    OPT_SGD,
    OPT_MOMENTUM,
    OPT_NESTEROV,
    OPT_ADAGRAD,
    OPT_RMSPROP,
    OPT_ADADELTA,
    OPT_ADAM,
    OPTIMISERS
};

enum init_kind {
    INIT_DEFAULT, /* he_uniform before relu kinds, else glorot_uniform */
    INIT_GLOROT_UNIFORM,
    INIT_GLOROT_NORMAL,
    INIT_HE_UNIFORM,
    INIT_HE_NORMAL,
    INIT_UNIFORM, /* uniform=A: between -A and A */
    INIT_ZEROS
};

enum schedule_kind { SCHEDULE_CONSTANT, SCHEDULE_STEP, SCHEDULE_COSINE };

/* One parameter tensor of a layer: W [out][in] or [kernel][row][column][channel], b, gamma,
 * beta, or the running mean, var of a batchnorm (kept with the parameters, not trained). */
struct param {
    const char *name; /* "W" */
    struct shape shape;
    size_t count;
    size_t offset; /* of its first number in net->params */
    bool trained;  /* false for running statistics */
    bool decays;   /* l1 and l2 apply (W only) */
};

struct layer {
    const char *name; /* given or automatic; owned by the net */
    bool named;       /* the name was written in the file */
    enum layer_kind kind;
    enum activation activation;
    struct shape in; /* of the first layer read */
    struct shape out;
    int from_count;  /* layers read: 0 for input, 1, or more for add and concatenate */
    const int *from; /* their places in net->layers, each less than this layer's own */
    int units;       /* dense units, conv2d filters */
    int kernel_h, kernel_w;
    int stride;              /* rows */
    int stride_w;            /* columns; the same but for a pool whose window is not square */
    bool same;               /* padding=same */
    int pad_top, pad_left;   /* resolved padding; as TensorFlow does, the odd one goes after */
    float rate;              /* dropout */
    float momentum, epsilon; /* batchnorm */
    enum init_kind init;
    float init_value; /* A of uniform=A */
    float bias;       /* start of the biases */
    bool frozen;
    int param_count;
    struct param param[NET_MAX_PARAMS];
    int line; /* in the network file; 0 when made otherwise */
};

#define NET_BATCH 32 /* samples of a batch where the train line names none */

struct train_settings {
    enum optimiser_kind optimiser;
    float rate, mu, rho, beta1, beta2, epsilon;
    float l1, l2, clip, decay; /* 0: off */
    bool dropout_given;
    float dropout; /* when given: the rate of all dropout layers, instead of their own */
    enum schedule_kind schedule;
    int schedule_every; /* step:N:F */
    float schedule_factor;
    int batch, epochs, patience; /* patience 0: off */
    uint64_t seed;
};

struct net {
    struct arena arena; /* owns names and lists */
    char path[1024];    /* file it came from, or empty */
    char *source;       /* the text it was read from (saving gives it back); from malloc */
    int layer_count;
    struct layer *layers; /* layers[0] is the input */
    enum loss_kind loss;
    struct train_settings train;
    const char *data;   /* DATA of the data line, or NULL */
    size_t param_count; /* floats in params, running statistics included */
    float *params;
};

/* Reads a network from text. name is used in messages (a file's path) and may be NULL. All
 * shapes are worked out and checked; parameters are allocated and drawn from train.seed
 * (net_start). NULL with one sentence in err: line, what was found, what was expected. */
struct net *net_parse(const char *text, const char *name, struct err *err);

/* The rate of a dropout layer: its own, or the one that the train line gives for all. And the first
 * such layer; NULL when there is none. */
float net_dropout_rate(const struct net *net, const struct layer *dropout);
const struct layer *net_first_dropout(const struct net *net);

/* The same as far as it can be read, for showing a text that is being written: the layers before
 * the first mistake with their shapes, which err then tells; no parameters are allocated (params is
 * NULL). Never NULL. */
struct net *net_outline(const char *text, struct err *err);

/* Reads NAME.net without its weights (io/model.h reads both). */
struct net *net_load(const char *path, struct err *err);

/* Frees the network; NULL is allowed. */
void net_destroy(struct net *net);

/* A copy that shares nothing. */
struct net *net_copy(const struct net *net);

/* The text of the network file: byte for byte what was read, comments kept. Owned by net. */
const char *net_text(const struct net *net);

/* Draws all parameters anew from seed: the kernels by each layer's init (Glorot and Bengio 2010;
 * He et al. 2015), biases, gamma 1, beta 0, running mean 0, var 1. Layer by layer in order, each
 * layer from its own stream of the seed, so that a change in one leaves the others' start. */
void net_start(struct net *net, uint64_t seed);

/* Place of the layer called name, or -1. */
int net_find_layer(const struct net *net, const char *name);

const struct layer *net_output(const struct net *net); /* the last layer */

/* Trained parameters of a layer and of the whole network (running statistics left out, as in
 * PyTorch's parameters()). */
size_t net_layer_trained(const struct layer *layer);
size_t net_trained(const struct net *net);

/* True when softmax + cross-entropy or sigmoid + binary-cross-entropy are computed together from
 * z (docs/network-format.md). */
bool net_is_combined(const struct net *net);

/* The words of the file format. *_name gives the word; *_find a kind or -1. */
const char *layer_kind_name(enum layer_kind kind);
const char *activation_name(enum activation activation);
const char *loss_name(enum loss_kind loss);
const char *optimiser_name(enum optimiser_kind optimiser);
int layer_kind_find(const char *word);
int activation_find(const char *word);
int loss_find(const char *word);
int optimiser_find(const char *word);

/* Sets train.optimiser with that optimiser's own defaults for mu, rho, beta1, beta2, epsilon. */
void net_set_optimiser(struct net *net, enum optimiser_kind optimiser);

#endif
