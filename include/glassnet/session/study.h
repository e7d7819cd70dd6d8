/* A study: what training has made of the network by some step, beyond the loss curve. Which answers
 * it gives to the test set, which samples are hardest, how large gradients and activations are. It
 * is worked out by a thread of its own from a copy of the network (session/study.c), every now and
 * then while training runs, and published in the snapshot. */
#ifndef GLASSNET_SESSION_STUDY_H
#define GLASSNET_SESSION_STUDY_H

#include <stdbool.h>
#include <stdint.h>

#define STUDY_SAMPLES_MOST 1000 /* the first ones of the test set */
#define STUDY_ROWS_MOST    64   /* of the histograms' history */

/* Magnitudes by size: bin k holds 10^(STUDY_LEAST + k / STUDY_DECADE) <= |x| < the next one's;
 * smaller ones but 0 are in the first, larger ones in the last bin. */
#define STUDY_LEAST  (-9)
#define STUDY_DECADE 4
#define STUDY_BINS   48

struct histogram {
    uint32_t bins[STUDY_BINS];
    uint32_t zeros, bad; /* exactly 0; NaN or infinite */
};

/* The bin of a magnitude above 0. */
int histogram_bin(float magnitude);
/* All that was counted. */
uint64_t histogram_total(const struct histogram *h);

enum study_kind { STUDY_GRADIENT, STUDY_ACTIVATION, STUDY_KINDS };

/* The histograms at a step. */
struct study_row {
    int64_t step;
    double epoch;
    const struct histogram *counts; /* [layer_count][STUDY_KINDS] */
};

struct study_sample {
    int at; /* in its set */
    float loss;
    int truth, guess;  /* classes; -1 for numbers to predict */
    float probability; /* what the network gives the guess; with one output, for the guessed side */
};

struct study {
    uint64_t number; /* another one with each study */
    int64_t step;    /* steps of the run done */
    double epoch;
    bool test;            /* of the test set; else of what it trains on, for want of one */
    int n;                /* samples */
    double loss;          /* their mean */
    double accuracy;      /* NaN for numbers to predict */
    int classes;          /* 0 for numbers to predict */
    const int *confusion; /* [classes][classes] rows truth, columns guess */
    const struct study_sample *samples; /* [n] the largest loss first */
    int targets;                        /* numbers to predict of a sample */
    const float *wanted, *predicted;    /* [n][targets] in the order of the set */
    int layer_count;                    /* layers with parameters */
    const int *layers;                  /* [layer_count] their places in the network */
    int batch;                    /* samples of the run's next batch, of which the histograms are */
    const struct study_row *rows; /* [row_count] the oldest first, the last one of this step */
    int row_count;
};

#endif
