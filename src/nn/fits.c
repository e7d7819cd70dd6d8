/* Do a network and the samples it is given fit each other? */
#include "glassnet/nn/trainer.h"

static bool fits_labels(const struct net *net, const struct source *source, int classes,
                        struct err *err)
{
    size_t outputs = shape_count(&net_output(net)->out);
    const char *loss = loss_name(net->loss);
    if (source->targets > 0) {
        if (net->loss == LOSS_CROSS_ENTROPY || net->loss == LOSS_HINGE)
            return err_set(err, ERR_INPUT, net->path, 0,
                           "loss %s needs classes, but the data has numbers to predict; "
                           "use squared-error or absolute-error",
                           loss);
        if ((size_t)source->targets != outputs)
            return err_set(err, ERR_INPUT, net->path, 0,
                           "the network has %zu outputs, but the data has %d numbers to predict "
                           "for each sample; the two must be the same",
                           outputs, source->targets);
        return true;
    }
    if (outputs == 1 && classes > 2)
        return err_set(err, ERR_INPUT, net->path, 0,
                       "one output can tell two classes apart, but the data has %d; end the "
                       "network with dense %d softmax",
                       classes, classes);
    if (outputs > 1 && (size_t)classes > outputs)
        return err_set(err, ERR_INPUT, net->path, 0,
                       "the network has %zu outputs, but the data has %d classes; give the last "
                       "layer %d",
                       outputs, classes, classes);
    return true;
}

bool net_fits(const struct net *net, const struct source *source, int classes, struct err *err)
{
    char shape[64];
    size_t inputs = shape_count(&net->layers[0].out);
    if (source->count < 1)
        return err_set(err, ERR_INPUT, net->path, 0, "the data has no samples");
    if (inputs != source->x_count)
        return err_set(err, ERR_INPUT, net->path, 0,
                       "the network's input is %s = %zu numbers, but the data's samples have %zu; "
                       "change the input line or take other data",
                       shape_text(&net->layers[0].out, " × ", shape, sizeof shape), inputs,
                       source->x_count);
    return net->loss == LOSS_NONE || fits_labels(net, source, classes, err);
}
