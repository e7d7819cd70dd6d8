/* The words of the network format, and the words learners write instead. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "nn/net_parse.h"

static const char *const kinds[LAYER_KINDS] = {
    [LAYER_INPUT] = "input",     [LAYER_DENSE] = "dense",
    [LAYER_CONV2D] = "conv2d",   [LAYER_MAXPOOL] = "maxpool",
    [LAYER_AVGPOOL] = "avgpool", [LAYER_GLOBALAVGPOOL] = "globalavgpool",
    [LAYER_FLATTEN] = "flatten", [LAYER_ACTIVATION] = "activation",
    [LAYER_DROPOUT] = "dropout", [LAYER_BATCHNORM] = "batchnorm",
    [LAYER_ADD] = "add",         [LAYER_CONCATENATE] = "concatenate",
};

static const char *const activations[ACTIVATIONS] = {
    [ACT_NONE] = "none",       [ACT_LINEAR] = "linear",     [ACT_SIGMOID] = "sigmoid",
    [ACT_TANH] = "tanh",       [ACT_RELU] = "relu",         [ACT_LEAKY_RELU] = "leaky_relu",
    [ACT_ELU] = "elu",         [ACT_SOFTPLUS] = "softplus", [ACT_STEP] = "step",
    [ACT_SOFTMAX] = "softmax",
};

static const char *const losses[LOSSES] = {
    [LOSS_NONE] = "none",
    [LOSS_CROSS_ENTROPY] = "cross-entropy",
    [LOSS_BINARY_CROSS_ENTROPY] = "binary-cross-entropy",
    [LOSS_SQUARED_ERROR] = "squared-error",
    [LOSS_ABSOLUTE_ERROR] = "absolute-error",
    [LOSS_HINGE] = "hinge",
};

static const char *const optimisers[OPTIMISERS] = {
    [OPT_SGD] = "sgd",         [OPT_MOMENTUM] = "momentum", [OPT_NESTEROV] = "nesterov",
    [OPT_ADAGRAD] = "adagrad", [OPT_RMSPROP] = "rmsprop",   [OPT_ADADELTA] = "adadelta",
    [OPT_ADAM] = "adam",
};

static const char *const inits[] = {
    [INIT_DEFAULT] = "default",
    [INIT_GLOROT_UNIFORM] = "glorot_uniform",
    [INIT_GLOROT_NORMAL] = "glorot_normal",
    [INIT_HE_UNIFORM] = "he_uniform",
    [INIT_HE_NORMAL] = "he_normal",
    [INIT_UNIFORM] = "uniform",
    [INIT_ZEROS] = "zeros",
};

static const char *const lines[] = {"input",   "dense",         "conv2d",  "maxpool",
                                    "avgpool", "globalavgpool", "flatten", "activation",
                                    "dropout", "batchnorm",     "add",     "concatenate",
                                    "loss",    "train",         "data"};
static const char *const layer_options[] = {"from",    "stride", "padding", "momentum",
                                            "epsilon", "init",   "bias",    "frozen"};
static const char *const train_options[] = {
    "rate", "mu",    "rho",      "beta1", "beta2",  "epsilon",  "l1",   "l2",
    "clip", "decay", "schedule", "batch", "epochs", "patience", "seed", "dropout"};

struct list {
    const char *const *words;
    int first, end;
};

static const struct list vocabularies[NET_VOCABULARIES] = {
    [WORDS_LINES] = {lines, 0, 15},
    [WORDS_ACTIVATIONS] = {activations, ACT_LINEAR, ACTIVATIONS},
    [WORDS_LOSSES] = {losses, LOSS_CROSS_ENTROPY, LOSSES},
    [WORDS_OPTIMISERS] = {optimisers, 0, OPTIMISERS},
    [WORDS_INITS] = {inits, INIT_GLOROT_UNIFORM, INIT_ZEROS + 1},
    [WORDS_LAYER_OPTIONS] = {layer_options, 0, 8},
    [WORDS_TRAIN_OPTIONS] = {train_options, 0, 15},
};

struct synonym {
    enum net_vocabulary vocabulary;
    const char *word, *meant; /* meant is NULL for words of things that are not here */
};

/* What Keras, PyTorch and textbooks call the same things. Lower case. */
static const struct synonym synonyms[] = {
    {WORDS_LINES, "conv", "conv2d"},
    {WORDS_LINES, "convolution", "conv2d"},
    {WORDS_LINES, "convolution2d", "conv2d"},
    {WORDS_LINES, "fc", "dense"},
    {WORDS_LINES, "fully_connected", "dense"},
    {WORDS_LINES, "maxpool2d", "maxpool"},
    {WORDS_LINES, "maxpooling2d", "maxpool"},
    {WORDS_LINES, "max_pooling2d", "maxpool"},
    {WORDS_LINES, "max_pool", "maxpool"},
    {WORDS_LINES, "pool", "maxpool"},
    {WORDS_LINES, "avgpool2d", "avgpool"},
    {WORDS_LINES, "averagepool", "avgpool"},
    {WORDS_LINES, "averagepooling2d", "avgpool"},
    {WORDS_LINES, "average_pooling2d", "avgpool"},
    {WORDS_LINES, "globalaveragepooling2d", "globalavgpool"},
    {WORDS_LINES, "global_average_pooling2d", "globalavgpool"},
    {WORDS_LINES, "batchnorm2d", "batchnorm"},
    {WORDS_LINES, "batchnormalization", "batchnorm"},
    {WORDS_LINES, "batch_normalization", "batchnorm"},
    {WORDS_LINES, "bn", "batchnorm"},
    {WORDS_LINES, "concat", "concatenate"},
    {WORDS_LINES, "optimizer", "train"},
    {WORDS_LINES, "optimiser", "train"},
    {WORDS_LINES, "dataset", "data"},
    {WORDS_ACTIVATIONS, "logistic", "sigmoid"},
    {WORDS_ACTIVATIONS, "identity", "linear"},
    {WORDS_ACTIVATIONS, "none", "linear"},
    {WORDS_ACTIVATIONS, "leakyrelu", "leaky_relu"},
    {WORDS_ACTIVATIONS, "heaviside", "step"},
    {WORDS_ACTIVATIONS, "gelu", NULL},
    {WORDS_ACTIVATIONS, "selu", NULL},
    {WORDS_ACTIVATIONS, "silu", NULL},
    {WORDS_LOSSES, "crossentropy", "cross-entropy"},
    {WORDS_LOSSES, "categorical_crossentropy", "cross-entropy"},
    {WORDS_LOSSES, "sparse_categorical_crossentropy", "cross-entropy"},
    {WORDS_LOSSES, "ce", "cross-entropy"},
    {WORDS_LOSSES, "bce", "binary-cross-entropy"},
    {WORDS_LOSSES, "binary_crossentropy", "binary-cross-entropy"},
    {WORDS_LOSSES, "mse", "squared-error"},
    {WORDS_LOSSES, "mean_squared_error", "squared-error"},
    {WORDS_LOSSES, "mae", "absolute-error"},
    {WORDS_LOSSES, "mean_absolute_error", "absolute-error"},
    {WORDS_INITS, "xavier", "glorot_uniform"},
    {WORDS_INITS, "glorot", "glorot_uniform"},
    {WORDS_INITS, "he", "he_uniform"},
    {WORDS_INITS, "kaiming", "he_uniform"},
    {WORDS_INITS, "zero", "zeros"},
    {WORDS_LAYER_OPTIONS, "strides", "stride"},
    {WORDS_LAYER_OPTIONS, "pad", "padding"},
    {WORDS_LAYER_OPTIONS, "eps", "epsilon"},
    {WORDS_LAYER_OPTIONS, "kernel_initializer", "init"},
    {WORDS_TRAIN_OPTIONS, "lr", "rate"},
    {WORDS_TRAIN_OPTIONS, "eta", "rate"},
    {WORDS_TRAIN_OPTIONS, "learning_rate", "rate"},
    {WORDS_TRAIN_OPTIONS, "batch_size", "batch"},
    {WORDS_TRAIN_OPTIONS, "epoch", "epochs"},
    {WORDS_TRAIN_OPTIONS, "eps", "epsilon"},
    {WORDS_TRAIN_OPTIONS, "momentum", "mu"},
    {WORDS_TRAIN_OPTIONS, "weight_decay", "l2"},
    {WORDS_TRAIN_OPTIONS, "beta_1", "beta1"},
    {WORDS_TRAIN_OPTIONS, "beta_2", "beta2"},
};

static int find(const char *const *words, int first, int count, struct text word)
{
    for (int i = first; i < count; i++)
        if (text_is(word, words[i]))
            return i;
    return -1;
}

const char *layer_kind_name(enum layer_kind kind)
{
    return kinds[kind];
}

const char *activation_name(enum activation activation)
{
    return activations[activation];
}

const char *loss_name(enum loss_kind loss)
{
    return losses[loss];
}

const char *optimiser_name(enum optimiser_kind optimiser)
{
    return optimisers[optimiser];
}

int layer_kind_find(const char *word)
{
    return find(kinds, 0, LAYER_KINDS, text_of(word));
}

int activation_find(const char *word)
{
    return find(activations, ACT_LINEAR, ACTIVATIONS, text_of(word));
}

int loss_find(const char *word)
{
    return find(losses, LOSS_CROSS_ENTROPY, LOSSES, text_of(word));
}

int optimiser_find(const char *word)
{
    return find(optimisers, 0, OPTIMISERS, text_of(word));
}

int net_kind_of(struct text word)
{
    return find(kinds, 0, LAYER_KINDS, word);
}

int net_activation_of(struct text word)
{
    return find(activations, ACT_LINEAR, ACTIVATIONS, word);
}

int net_init_find(struct text word)
{
    return find(inits, INIT_GLOROT_UNIFORM, INIT_ZEROS + 1, word);
}

bool net_is_setting(struct text word)
{
    return text_is(word, "loss") || text_is(word, "train") || text_is(word, "data");
}

bool net_is_relu_kind(enum activation activation)
{
    return activation == ACT_RELU || activation == ACT_LEAKY_RELU || activation == ACT_ELU;
}

/* Two letters swapped are two edits but one slip: the same bytes in another order. */
static bool same_letters(const char *a, const char *b)
{
    int count[256] = {0};
    for (const char *c = a; *c; c++)
        count[(unsigned char)*c]++;
    for (const char *c = b; *c; c++)
        count[(unsigned char)*c]--;
    for (int i = 0; i < 256; i++)
        if (count[i])
            return false;
    return true;
}

const char *net_suggest(enum net_vocabulary vocabulary, struct text word)
{
    char lower[32];
    if (word.n == 0 || word.n >= sizeof lower)
        return NULL;
    text_copy(word, lower, sizeof lower);
    for (char *c = lower; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
        if (synonyms[i].vocabulary == vocabulary && strcmp(synonyms[i].word, lower) == 0)
            return synonyms[i].meant;

    const char *best = NULL;
    int most = word.n < 3 ? 0 : word.n < 5 ? 1 : 2, nearest = most + 1;
    struct list list = vocabularies[vocabulary];
    for (int i = list.first; i < list.end; i++) {
        int distance = text_distance(lower, list.words[i]);
        if (distance == 2 && same_letters(lower, list.words[i]))
            distance = 1;
        if (distance < nearest) {
            nearest = distance;
            best = list.words[i];
        }
    }
    return best;
}

bool net_fail_unknown(struct net_parser *p, const char *what, struct text word,
                      enum net_vocabulary vocabulary)
{
    char shown[64], all[256] = "";
    const char *meant = net_suggest(vocabulary, word);
    if (meant)
        return net_fail(p, "unknown %s '%s'; did you mean '%s'?", what, net_shown(word, shown),
                        meant);
    struct list list = vocabularies[vocabulary];
    size_t used = 0;
    for (int i = list.first; i < list.end && used < sizeof all; i++)
        used += (size_t)snprintf(all + used, sizeof all - used, "%s%s", used ? ", " : "",
                                 list.words[i]);
    return net_fail(p, "unknown %s '%s'; expected one of %s", what, net_shown(word, shown), all);
}
