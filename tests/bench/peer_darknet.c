/* darknet on the bench's workloads (README.md tells how it is asked), through its own library: each
 * workload is a cfg file, batches are put into the network's input. Debian builds it for one
 * thread. */
#include <darknet.h>
#include <time.h>
#include <unistd.h>

#define NET(batch)                                                                                 \
    "[net]\nbatch=" batch "\nsubdivisions=1\nlearning_rate=0.01\nmomentum=0\ndecay=0\n"
#define PICTURE "height=28\nwidth=28\nchannels=1\n"
#define CONV(filters, size)                                                                        \
    "[convolutional]\nfilters=" filters "\nsize=" size "\nstride=1\npad=0\nactivation=relu\n"
#define POOL               "[maxpool]\nsize=2\nstride=2\npadding=0\n"
#define DENSE(outputs, fn) "[connected]\noutput=" outputs "\nactivation=" fn "\n"
#define CLASSES            DENSE("10", "linear") "[softmax]\n"
#define LARGE              PICTURE CONV("32", "3") CONV("64", "3") POOL DENSE("128", "relu") CLASSES

struct work {
    const char *name, *cfg;
    int samples, learns, classes; /* classes 0: one number is learned */
    network *net;
    float *x, *y;
    int at;
};

static struct work works[] = {
    {"W1", NET("32") PICTURE DENSE("128", "relu") CLASSES, 2048, 1, 10},
    {"W2", NET("32") PICTURE CONV("8", "5") POOL CONV("16", "5") POOL CLASSES, 2048, 1, 10},
    {"W3", NET("128") LARGE, 512, 1, 10},
    {"W4",
     NET("10") "height=1\nwidth=1\nchannels=2\n" DENSE("4", "tanh") DENSE("2", "tanh")
         DENSE("1", "tanh") "[cost]\ntype=sse\n",
     500, 1, 0},
    {"W5", NET("1") LARGE, 64, 0, 10},
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

static int open_work(struct work *w)
{
    char path[] = "/tmp/peer_darknet_XXXXXX";
    int file = mkstemp(path), width = w->classes ? w->classes : 1;
    unsigned state = 1;
    if (file < 0 || write(file, w->cfg, strlen(w->cfg)) != (ssize_t)strlen(w->cfg))
        return 0;
    close(file);
    w->net = parse_network_cfg(path);
    unlink(path);
    w->x = calloc((size_t)(w->samples * w->net->inputs), sizeof *w->x);
    w->y = calloc((size_t)(w->samples * width), sizeof *w->y);
    for (int k = 0; k < w->samples * w->net->inputs; k++)
        w->x[k] = unit(&state);
    for (int s = 0; s < w->samples; s++)
        for (int o = 0; o < width; o++)
            w->y[s * width + o] = w->classes ? (float)(s % width == o) : 2 * unit(&state) - 1;
    return 1;
}

/* A batch of training or one picture; samples done. */
static int step(struct work *w)
{
    int n = w->net->batch, width = w->classes ? w->classes : 1;
    if (w->at + n > w->samples)
        w->at = 0;
    const float *x = w->x + w->at * w->net->inputs, *y = w->y + w->at * width;
    w->at += n;
    if (!w->learns) {
        network_predict(w->net, (float *)x);
        return 1;
    }
    memcpy(w->net->input, x, (size_t)(n * w->net->inputs) * sizeof *x);
    memcpy(w->net->truth, y, (size_t)(n * width) * sizeof *y);
    train_network_datum(w->net);
    return n;
}

static double time_work(struct work *w, double seconds)
{
    double done = 0, begin = now();
    do {
        for (int k = 0; k < (w->classes ? 1 : 100); k++)
            done += step(w);
    } while (now() - begin < seconds);
    return done / (now() - begin);
}

int main(void)
{
    char name[16];
    int threads;
    double seconds;
    FILE *answer = fdopen(dup(STDOUT_FILENO), "w");
    /* It tells of every layer it makes. */
    if (!answer || !freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))
        return 1;
    fprintf(answer, "darknet\n");
    fflush(answer);
    while (scanf("%15s %d %lf", name, &threads, &seconds) == 3) {
        double rate = 0;
        for (size_t k = 0; threads == 1 && k < sizeof works / sizeof *works; k++)
            if (strcmp(works[k].name, name) == 0 && (works[k].net || open_work(&works[k])))
                rate = time_work(&works[k], seconds);
        fprintf(answer, "%.9g\n", rate);
        fflush(answer);
    }
    for (size_t k = 0; k < sizeof works / sizeof *works; k++) {
        if (works[k].net)
            free_network(works[k].net);
        free(works[k].x);
        free(works[k].y);
    }
    return 0;
}
