#include "support/nets.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "glassnet/base/rng.h"

const struct test_net test_nets[] = {
    {"one neuron", "input 2\nout dense 1 sigmoid\nloss squared-error\ntrain sgd rate=0.1\n", 0},
    {"dense tanh, momentum",
     "input 3\nh dense 4 tanh\nout dense 3 softmax\nloss cross-entropy\n"
     "train momentum rate=0.05 mu=0.9\n",
     0},
    {"convolution, pooling",
     "input 7 6 2\nc conv2d 3 3x2 relu\np maxpool 2x2\nf flatten\nout dense 4 softmax\n"
     "loss cross-entropy\ntrain momentum rate=0.05\n",
     0},
    {"stride and same padding",
     "input 7 8 1\nc conv2d 2 3x3 relu stride=2 padding=same\n"
     "c2 conv2d 2 2x2 linear padding=same\np maxpool 3x3 stride=2 padding=same\nf flatten\n"
     "out dense 3 softmax\nloss cross-entropy\ntrain sgd\n",
     0},
    {"softmax by itself", "input 4\nout dense 3 softmax\nloss squared-error\ntrain sgd\n", 0},
    {"activations as layers",
     "input 3\nh dense 4\na activation relu\nh2 dense 4\nb activation tanh\nout dense 3\n"
     "s activation softmax\nloss cross-entropy\ntrain sgd\n",
     0},
    {"leaky relu, elu, softplus",
     "input 3\nh dense 4 leaky_relu\nh2 dense 4 elu\nh3 dense 4 softplus\nout dense 2 linear\n"
     "loss squared-error\ntrain nesterov rate=0.02 l2=0.01 l1=0.003\n",
     2},
    {"step", "input 3\nh dense 4 step\nout dense 2 softmax\nloss cross-entropy\ntrain sgd\n", 0},
    {"average pooling",
     "input 6 5 2\nc conv2d 3 2x2 sigmoid\np avgpool 2x2 stride=2 padding=same\n"
     "q avgpool 1x2\ng globalavgpool\nout dense 3 softmax\nloss cross-entropy\ntrain adam\n",
     0},
    {"batchnorm",
     "input 5 5 1\nc conv2d 3 2x2\nn batchnorm relu\nf flatten\nd dense 5\nn2 batchnorm\n"
     "a activation tanh\nout dense 3 softmax\nloss cross-entropy\ntrain adam rate=0.01\n",
     0},
    {"dropout",
     "input 6\nh dense 8 relu\nd dropout 0.4\nout dense 3 softmax\nloss cross-entropy\n"
     "train rmsprop rate=0.01\n",
     0},
    {"residual blocks",
     "input 5 5 2\nc conv2d 2 3x3 relu padding=same\nd conv2d 2 3x3 padding=same\n"
     "s add c d relu\nt concatenate s c d\ng globalavgpool\nout dense 3 softmax\n"
     "loss cross-entropy\ntrain adagrad rate=0.05\n",
     0},
    {"a layer read three times",
     "input 4\na dense 3 tanh\nb dense 3 relu from=a\nc dense 3 sigmoid from=a\ns add a b c\n"
     "out dense 1 sigmoid\nloss binary-cross-entropy\ntrain adadelta rate=1\n",
     0},
    {"binary cross-entropy by itself",
     "input 4\nh dense 3 tanh\nout dense 2 sigmoid\nloss binary-cross-entropy\ntrain sgd\n", 2},
    {"absolute error",
     "input 4\nh dense 3 tanh\nout dense 2 linear\nloss absolute-error\n"
     "train sgd rate=0.1 clip=0.05 l2=0.01 decay=0.01\n",
     2},
    {"hinge", "input 4\nh dense 5 relu\nout dense 1\nloss hinge\ntrain sgd schedule=step:1:0.5\n",
     0},
    {"hinge, several",
     "input 4\nout dense 3 linear\nloss hinge\ntrain adam rate=0.01 schedule=cosine epochs=3\n", 0},
    {"a bias whose gradient is 0",
     "input 6 6 1\nc conv2d 3 3x3 padding=same\nn batchnorm relu\nd conv2d 3 3x3 relu "
     "padding=same\n"
     "s add n d\np maxpool 2x2\nr dropout 0.3\ng globalavgpool\nout dense 3 softmax\n"
     "loss cross-entropy\ntrain adam rate=0.01\n",
     0},
    {"frozen",
     "input 4\nh dense 3 tanh frozen\nout dense 2 softmax\nloss cross-entropy\n"
     "train adam clip=0.1\n",
     0},
};

const int test_net_count = (int)(sizeof test_nets / sizeof *test_nets);

struct net *test_net_make(const struct test_net *t, uint64_t seed)
{
    struct err err = {0};
    struct rng r;
    struct net *net = net_parse(t->text, t->name, &err);
    ck_assert_msg(net != NULL, "%s: %s", t->name, err.message);
    rng_seed(&r, seed, 1);
    for (size_t k = 0; k < net->param_count; k++)
        net->params[k] = rng_uniform(&r, -0.8f, 0.8f);
    for (int l = 0; l < net->layer_count; l++) /* a variance is positive */
        for (int k = 0; k < net->layers[l].param_count; k++) {
            const struct param *p = &net->layers[l].param[k];
            for (size_t i = 0; p->name[0] == 'v' && i < p->count; i++)
                net->params[p->offset + i] = rng_uniform(&r, 0.3f, 2.0f);
        }
    return net;
}

void test_net_batch(const struct net *net, int targets, int n, uint64_t seed, float **x,
                    float **labels)
{
    struct rng r;
    size_t inputs = shape_count(&net->layers[0].out) * (size_t)n;
    size_t outputs = shape_count(&net_output(net)->out);
    int classes = outputs == 1 ? 2 : (int)outputs;
    rng_seed(&r, seed, 2);
    *x = mem_zalloc(inputs, sizeof **x);
    for (size_t k = 0; k < inputs; k++)
        (*x)[k] = rng_uniform(&r, -1.0f, 1.5f);
    size_t count = (size_t)n * (size_t)(targets ? targets : 1);
    *labels = mem_zalloc(count, sizeof **labels);
    for (size_t k = 0; k < count; k++)
        (*labels)[k] = targets ? rng_unit(&r) : (float)rng_below(&r, (uint32_t)classes);
}

struct trace *test_net_trace(const struct net *net, int targets, int n, uint64_t seed,
                             enum program_mode mode, struct program **program)
{
    struct err err = {0};
    struct optimiser o;
    struct rng r;
    float *x, *labels;
    int samples[16];
    rng_seed(&r, seed, 3);
    optimiser_init(&o, net);
    o.t = 4;
    for (size_t k = 0; k < 3 * o.count; k++)
        o.m[k] = rng_uniform(&r, 0.001f, 0.01f);
    for (int s = 0; s < n; s++)
        samples[s] = s * 7 + 3;
    test_net_batch(net, targets, n, seed, &x, &labels);
    *program = program_create(net, mode, targets);
    struct pass pass = {n, samples, x, labels, &o, net->train.rate, 0.75f, 0};
    struct trace *t = trace_run(*program, &pass, &err);
    ck_assert_msg(t != NULL, "%s", err.message);
    free(x);
    free(labels);
    optimiser_deinit(&o);
    return t;
}
