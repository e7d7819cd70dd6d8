/* The cards of "Play": networks, views and a learner's own things, each ready in a second. */
#include "glassnet/base/file.h"
#include "glassnet/base/translate.h"
#include "home_own.h"

static const struct home_play plays[] = {
    {"data/networks/digits-cnn.net", NULL, N_("Digits"), N_("draw, recognise, train"),
     PICTURE_SEVEN},
    {"data/networks/digits8.net", NULL, N_("Digits 8×8"), N_("every number on one screen"),
     PICTURE_NUMBERS},
    {"data/networks/plane.net", "show plane", N_("Points on a plane"),
     N_("train, and watch it bend"), PICTURE_PLANE},
    {"data/networks/curve.net", "show plane", N_("A curve"), N_("eight neurons follow a wave"),
     PICTURE_CURVE},
    {"data/networks/digits-cnn.net", "show inside", N_("Look inside"),
     N_("what a neuron looks for"), PICTURE_INSIDE},
    {"data/networks/digits-cnn.net", "show beside", N_("Side by side"),
     N_("before and after training"), PICTURE_BESIDE},
    {NULL, "show kernels", N_("Kernel lab"), N_("a picture, a kernel, what it sees"),
     PICTURE_KERNEL},
    {NULL, "show optimizers", N_("Optimiser race"), N_("six ways downhill"), PICTURE_DOWNHILL},
    {NULL, "show build", N_("Build your own"), N_("blocks or text, side by side"), PICTURE_BLOCKS},
    {"data/networks/letters.net", "show draw", N_("Letters"),
     N_("A to J in any typeface, or yours"), PICTURE_LETTERS},
    {NULL, "show data", N_("Your own pictures"), N_("two folders are enough"), PICTURE_PHOTOS},
    {NULL, "show data", N_("Your own table"), N_("a CSV file, one column the answer"),
     PICTURE_TABLE},
};

int home_plays(void)
{
    return (int)(sizeof plays / sizeof *plays);
}

const struct home_play *home_play(int i)
{
    return &plays[i];
}

void home_play_begin(const struct view *v, const struct home_play *play)
{
    char path[1024];
    if (play->open) {
        bool found = file_find_shared(path, sizeof path, play->open);
        intents_add(v->out, "open %s", found ? path : play->open);
    }
    if (play->then)
        intents_add(v->out, "%s", play->then);
}
