/* Networks to begin with, and an example line for each kind of block. */
#include <stddef.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "session/build.h"

static const struct build_template templates[] = {
    {"logistic", N_("Logistic regression"),
     "# One neuron: a straight line between two classes.\n"
     "input   2\n"
     "out     dense 1 sigmoid\n"
     "loss    binary-cross-entropy\n"
     "data    blobs:n=400,seed=1\n"
     "train   sgd rate=0.1 batch=10 epochs=20\n"},
    {"mlp", N_("Hidden layer"),
     "# A hidden layer bends the line.\n"
     "input   2\n"
     "hidden  dense 4 tanh\n"
     "out     dense 1 sigmoid\n"
     "loss    binary-cross-entropy\n"
     "data    moons:n=500,noise=0.1,seed=3\n"
     "train   momentum rate=0.05 batch=10 epochs=30\n"},
    {"regression", N_("Curve"),
     "# A number from a number: a curve through points.\n"
     "input   1\n"
     "hidden  dense 12 tanh\n"
     "out     dense 1\n"
     "loss    squared-error\n"
     "data    sine:n=300,noise=0.1,seed=2\n"
     "train   adam rate=0.01 batch=10 epochs=60\n"},
    {"cnn", N_("Convolutions"),
     "# Kernels slide over a digit.\n"
     "input   28 28 1\n"
     "conv1   conv2d 8 5x5 relu\n"
     "pool1   maxpool 2x2\n"
     "conv2   conv2d 16 5x5 relu\n"
     "pool2   maxpool 2x2\n"
     "flat    flatten\n"
     "out     dense 10 softmax\n"
     "loss    cross-entropy\n"
     "data    digits\n"
     "train   momentum rate=0.05 batch=32 epochs=5\n"},
    {"residual", N_("Side road"),
     "# What one layer changes is added to what it read.\n"
     "input   8 8 1\n"
     "first   conv2d 6 3x3 relu padding=same\n"
     "second  conv2d 6 3x3 padding=same\n"
     "joined  add first second relu\n"
     "pool    globalavgpool\n"
     "out     dense 10 softmax\n"
     "loss    cross-entropy\n"
     "data    digits8\n"
     "train   adam rate=0.01 batch=32 epochs=20\n"},
};

#define TEMPLATES (int)(sizeof templates / sizeof *templates)

const struct build_template *build_template(int i)
{
    return i >= 0 && i < TEMPLATES ? &templates[i] : NULL;
}

const char *build_example(const char *kind)
{
    static const char *const examples[][2] = {
        {"input", "input 28 28 1"},
        {"dense", "dense 10 relu"},
        {"conv2d", "conv2d 8 3x3 relu"},
        {"maxpool", "maxpool 2x2"},
        {"avgpool", "avgpool 2x2"},
        {"globalavgpool", "globalavgpool"},
        {"flatten", "flatten"},
        {"activation", "activation relu"},
        {"dropout", "dropout 0.5"},
        {"batchnorm", "batchnorm"},
        {"add", "add"},
        {"concatenate", "concatenate"},
        {"loss", "loss cross-entropy"},
        {"data", "data digits"},
        {"train", "train sgd rate=0.05 batch=32 epochs=10"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        if (strcmp(examples[i][0], kind) == 0)
            return examples[i][1];
    return NULL;
}
