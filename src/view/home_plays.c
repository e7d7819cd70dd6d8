/* The cards of "Play": networks, views and a learner's own things, each ready in a second. */
#include "glassnet/base/file.h"
#include "home_own.h"

static const struct home_play plays[] = {
    {"data/networks/digits-cnn.net", NULL, "Digits", "draw, recognise, train", PICTURE_SEVEN},
    {"data/networks/digits8.net", NULL, "Digits 8×8", "every number on one screen",
     PICTURE_NUMBERS},
    {"data/networks/plane.net", "show plane", "Points on a plane", "train, and watch it bend",
     PICTURE_PLANE},
    {"data/networks/curve.net", "show plane", "A curve", "eight neurons follow a wave",
     PICTURE_CURVE},
    {"data/networks/digits-cnn.net", "show inside", "Look inside", "what a neuron looks for",
     PICTURE_INSIDE},
    {"data/networks/digits-cnn.net", "show beside", "Side by side", "before and after training",
     PICTURE_BESIDE},
    {NULL, "show kernels", "Kernel lab", "a picture, a kernel, what it sees", PICTURE_KERNEL},
    {NULL, "show optimizers", "Optimiser race", "six ways downhill", PICTURE_DOWNHILL},
    {NULL, "show build", "Build your own", "blocks or text, side by side", PICTURE_BLOCKS},
    {"data/networks/letters.net", "show draw", "Letters", "A to J in any typeface, or yours",
     PICTURE_LETTERS},
    {NULL, "show data", "Your own pictures", "two folders are enough", PICTURE_PHOTOS},
    {NULL, "show data", "Your own table", "a CSV file, one column the answer", PICTURE_TABLE},
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
