/* FANN on the bench's workloads (README.md tells how it is asked). It trains one sample at a time,
 * and has no relu: W1's hidden layer is a sigmoid. */
#include <fann.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct work {
    struct fann *net;
    int samples, inputs, outputs, at;
    float *x, *y;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static float unit(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (float)(*state >> 8) / 16777216.0f;
}

static void fill(struct work *w, int samples, int inputs, int outputs)
{
    unsigned state = 1;
    *w = (struct work){.samples = samples, .inputs = inputs, .outputs = outputs};
    w->x = calloc((size_t)(samples * inputs), sizeof *w->x);
    w->y = calloc((size_t)(samples * outputs), sizeof *w->y);
    for (int k = 0; k < samples * inputs; k++)
        w->x[k] = unit(&state);
    for (int s = 0; s < samples; s++)
        for (int o = 0; o < outputs; o++)
            w->y[s * outputs + o] = outputs == 1 ? unit(&state) : (float)(s % outputs == o);
}

static void open_work(struct work *w, const char *name)
{
    if (strcmp(name, "W1") == 0) {
        fill(w, 2048, 784, 10);
        w->net = fann_create_standard(3, 784, 128, 10);
    } else {
        fill(w, 500, 2, 1);
        w->net = fann_create_standard(4, 2, 4, 2, 1);
        fann_set_activation_function_hidden(w->net, FANN_SIGMOID_SYMMETRIC);
        fann_set_activation_function_output(w->net, FANN_SIGMOID_SYMMETRIC);
    }
    fann_set_training_algorithm(w->net, FANN_TRAIN_INCREMENTAL);
    fann_set_learning_rate(w->net, 0.01f);
}

static double time_work(struct work *w, double seconds)
{
    double done = 0, begin = now();
    do {
        for (int k = 0; k < 100; k++, w->at = (w->at + 1) % w->samples)
            fann_train(w->net, w->x + w->at * w->inputs, w->y + w->at * w->outputs);
        done += 100;
    } while (now() - begin < seconds);
    return done / (now() - begin);
}

int main(void)
{
    struct work works[2] = {{0}};
    char name[16];
    int threads;
    double seconds;
    puts("FANN");
    fflush(stdout);
    while (scanf("%15s %d %lf", name, &threads, &seconds) == 3) {
        double rate = 0;
        struct work *w = &works[strcmp(name, "W4") == 0];
        if (threads == 1 && (strcmp(name, "W1") == 0 || strcmp(name, "W4") == 0)) {
            if (!w->net)
                open_work(w, name);
            rate = time_work(w, seconds);
        }
        printf("%.9g\n", rate);
        fflush(stdout);
    }
    for (int k = 0; k < 2; k++) {
        if (works[k].net)
            fann_destroy(works[k].net);
        free(works[k].x);
        free(works[k].y);
    }
    return 0;
}
