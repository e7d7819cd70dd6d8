/* Measures of how good a network is, from its guesses or outputs and the truth.
 *
 * Conventions are those of scikit-learn: a ratio whose divisor is 0 (precision of a class that is
 * never guessed, recall of one that never occurs) is 0; AUC without both classes, and R² of fewer
 * than two samples, are NaN; R² of a constant target is 1 when every prediction is exact, else 0;
 * several outputs are measured one by one and averaged. */
#ifndef GLASSNET_NN_METRICS_H
#define GLASSNET_NN_METRICS_H

#include <stdbool.h>

/* Counts into confusion [classes][classes], rows truth, columns guess. Pairs with a class outside
 * [0, classes) are left out. */
void metrics_confusion(const int *truth, const int *guess, int n, int classes, int *confusion);

/* Share of the samples counted that are on the diagonal; NaN without samples. */
double metrics_accuracy(const int *confusion, int classes);

/* Of what was taken for the class, the share that is it; of what is it, the share that was found;
 * and their harmonic mean 2PR/(P + R) = 2 tp / (2 tp + fp + fn). */
struct class_scores {
    double precision, recall, f1;
    int support; /* samples of the class */
};
struct class_scores metrics_class(const int *confusion, int classes, int c);

/* A point of the ROC curve: with every score >= threshold taken for the positive class, the share
 * of the others that is so taken wrongly, and the share of the positives that is found. */
struct roc_point {
    float threshold;
    double false_rate, true_rate;
};

/* The ROC curve from (0, 0), at threshold infinity, to (1, 1): one point for each different score,
 * the highest first. scores [n]; positive [n] says which samples are. points has room for n + 1.
 * Returns how many there are: 0 when a class is missing or a score is NaN. */
int metrics_roc(const float *scores, const bool *positive, int n, struct roc_point *points);

/* Area under it by trapezoids, which is the share of pairs (a positive, another) in which the
 * positive has the higher score, equal scores counting one half (Mann and Whitney 1947). NaN when a
 * class is missing or a score is NaN. */
double metrics_auc(const float *scores, const bool *positive, int n);

/* For numbers to predict, y and target [n][outputs]:
 *   R² = 1 - Σ (y - t)² / Σ (t - mean t)²,  RMSE = √(Σ (y - t)² / n),  MAE = Σ |y - t| / n,
 * each the mean over the outputs; NaN when n is too small or a number is. */
struct regression_scores {
    double r2, rmse, mae;
};
struct regression_scores metrics_regression(const float *y, const float *target, int n,
                                            int outputs);

#endif
