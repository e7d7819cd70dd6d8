#include "glassnet/nn/metrics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"

void metrics_confusion(const int *truth, const int *guess, int n, int classes, int *confusion)
{
    memset(confusion, 0, (size_t)classes * (size_t)classes * sizeof *confusion);
    for (int s = 0; s < n; s++)
        if (truth[s] >= 0 && truth[s] < classes && guess[s] >= 0 && guess[s] < classes)
            confusion[truth[s] * classes + guess[s]]++;
}

double metrics_accuracy(const int *confusion, int classes)
{
    double right = 0, all = 0;
    for (int k = 0; k < classes * classes; k++) {
        all += confusion[k];
        right += k % (classes + 1) == 0 ? confusion[k] : 0;
    }
    return all > 0 ? right / all : (double)NAN;
}

static double share(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

struct class_scores metrics_class(const int *confusion, int classes, int c)
{
    double found = confusion[c * classes + c], is = 0, taken = 0;
    for (int k = 0; k < classes; k++) {
        is += confusion[c * classes + k];
        taken += confusion[k * classes + c];
    }
    return (struct class_scores){.precision = share(found, taken),
                                 .recall = share(found, is),
                                 .f1 = share(2 * found, is + taken),
                                 .support = (int)is};
}

struct scored {
    float score;
    bool positive;
};

static int compare_scores(const void *a, const void *b)
{
    float x = ((const struct scored *)a)->score, y = ((const struct scored *)b)->score;
    return (x < y) - (x > y);
}

int metrics_roc(const float *scores, const bool *positive, int n, struct roc_point *points)
{
    double positives = 0, found = 0, wrong = 0;
    int count = 0;
    for (int s = 0; s < n; s++) {
        positives += positive[s];
        if (isnan(scores[s]))
            return 0;
    }
    if (positives == 0 || positives == n)
        return 0;
    struct scored *order = mem_zalloc((size_t)n, sizeof *order);
    for (int s = 0; s < n; s++)
        order[s] = (struct scored){scores[s], positive[s]};
    qsort(order, (size_t)n, sizeof *order, compare_scores);
    points[count++] = (struct roc_point){.threshold = INFINITY};
    for (int s = 0; s < n; s++) {
        found += order[s].positive;
        wrong += !order[s].positive;
        if (s + 1 < n && order[s + 1].score == order[s].score)
            continue; /* no threshold comes between them */
        points[count++] =
            (struct roc_point){order[s].score, wrong / (n - positives), found / positives};
    }
    free(order);
    return count;
}

double metrics_auc(const float *scores, const bool *positive, int n)
{
    struct roc_point *points = mem_zalloc((size_t)n + 1, sizeof *points);
    int count = metrics_roc(scores, positive, n, points);
    double area = count ? 0 : (double)NAN;
    for (int k = 1; k < count; k++)
        area += (points[k].false_rate - points[k - 1].false_rate) *
                (points[k].true_rate + points[k - 1].true_rate) / 2;
    free(points);
    return area;
}

/* One output: numbers at distance `outputs`. */
static struct regression_scores measure(const float *y, const float *target, int n, int outputs)
{
    double mean = 0, squares = 0, sizes = 0, spread = 0;
    for (int s = 0; s < n; s++)
        mean += (double)target[s * outputs] / n;
    for (int s = 0; s < n; s++) {
        double t = (double)target[s * outputs], miss = (double)y[s * outputs] - t;
        squares += miss * miss;
        sizes += fabs(miss);
        spread += (t - mean) * (t - mean);
    }
    struct regression_scores r = {.rmse = sqrt(squares / n), .mae = sizes / n};
    bool constant = true;
    for (int s = 1; s < n; s++)
        constant = constant && target[s * outputs] == target[0];
    if (n < 2 || isnan(squares))
        r.r2 = (double)NAN;
    else if (constant) /* the rounded mean may leave a little spread */
        r.r2 = squares == 0 ? 1 : 0;
    else
        r.r2 = 1 - squares / spread;
    return r;
}

struct regression_scores metrics_regression(const float *y, const float *target, int n, int outputs)
{
    struct regression_scores all = {0};
    if (n < 1 || outputs < 1)
        return (struct regression_scores){(double)NAN, (double)NAN, (double)NAN};
    for (int o = 0; o < outputs; o++) {
        struct regression_scores one = measure(y + o, target + o, n, outputs);
        all.r2 += one.r2 / outputs;
        all.rmse += one.rmse / outputs;
        all.mae += one.mae / outputs;
    }
    return all;
}
