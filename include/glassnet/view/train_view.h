/* The Train view: training seen through. Curves of this run and of others, what the network takes
 * for what, the samples it finds hardest, its weights as they change, how large gradients and
 * activations are; and at the foot all that can be changed while it runs. Numbers are those of the
 * snapshot's study (session/study.h). */
#ifndef GLASSNET_VIEW_TRAIN_VIEW_H
#define GLASSNET_VIEW_TRAIN_VIEW_H

#include "glassnet/view/view.h"

/* Where there is little room the cards are shown page by page. */
enum train_page { TRAIN_CURVES, TRAIN_ANSWERS, TRAIN_INSIDE, TRAIN_SETTINGS, TRAIN_PAGES };

enum train_field {
    FIELD_EPOCHS,
    FIELD_RATE,
    FIELD_BATCH,
    FIELD_L1,
    FIELD_L2,
    FIELD_DROPOUT,
    TRAIN_FIELDS
};

struct train_view_state {
    enum train_page page;
    bool log;   /* the loss by powers of ten */
    bool reads; /* the curves' numbers are those at this epoch: */
    double at;
    int truth, guess;          /* the entry of the matrix that is opened; -1: the hardest samples */
    int cursor;                /* where the keyboard is in the matrix */
    int target;                /* of several numbers to predict */
    int weights;               /* of the layers with weights, the one shown */
    bool activations, history; /* sizes of what, now or over time */
    float samples_scroll, sizes_scroll, settings_scroll;
    /* the foot */
    bool filled;
    const struct net *net;
    struct train_settings shown; /* what the fields were filled from */
    struct text_edit edits[TRAIN_FIELDS];
    char texts[TRAIN_FIELDS][24];
    bool foot_fields, foot_slider; /* these stand in the foot, not on the settings' page */
    bool drags;                    /* the slider is held, and at this rate */
    float rate;
};

void train_view_init(struct train_view_state *s);
void train_view_draw(const struct view *v, struct train_view_state *s, struct rect r);
/* The bar in the transport's place. */
void train_view_foot(const struct view *v, struct train_view_state *s, struct rect r);

/* What the large button does now: "train 5", "pause", "resume"; "" where nothing can be trained or
 * the number of epochs typed is none. Returns out. */
char *train_view_go(const struct train_view_state *s, const struct snapshot *snap, char *out,
                    size_t size);

#endif
