/* Kernels one can pick. */
#include <stddef.h>
#include <string.h>

#include "glassnet/base/translate.h"
#include "session/kernels.h"

#define PRESETS (int)(sizeof presets / sizeof *presets)

static const struct {
    struct kernel_preset info;
    double cells[9];
    double divisor;
} presets[] = {
    {{"identity", N_("Identity"), N_("the picture as it is")}, {0, 0, 0, 0, 1, 0, 0, 0, 0}, 1},
    {{"blur", N_("Blur"), N_("the mean of all pixels under the kernel")},
     {1, 1, 1, 1, 1, 1, 1, 1, 1},
     9},
    {{"gauss", N_("Soft blur"), N_("a mean in which the middle counts most")},
     {1, 2, 1, 2, 4, 2, 1, 2, 1},
     16},
    {{"sharpen", N_("Sharpen"), N_("what differs from its neighbours, exaggerated")},
     {0, -1, 0, -1, 5, -1, 0, -1, 0},
     1},
    {{"outline", N_("Outline"), N_("0 where all is even, large at edges")},
     {-1, -1, -1, -1, 8, -1, -1, -1, -1},
     1},
    {{"emboss", N_("Emboss"), N_("lit from the upper left, as a relief")},
     {-2, -1, 0, -1, 1, 1, 0, 1, 2},
     1},
    {{"sobel-left", N_("Sobel left"), N_("edges whose left side is brighter")},
     {1, 0, -1, 2, 0, -2, 1, 0, -1},
     1},
    {{"sobel-right", N_("Sobel right"), N_("edges whose right side is brighter")},
     {-1, 0, 1, -2, 0, 2, -1, 0, 1},
     1},
    {{"sobel-top", N_("Sobel top"), N_("edges whose upper side is brighter")},
     {1, 2, 1, 0, 0, 0, -1, -2, -1},
     1},
    {{"sobel-bottom", N_("Sobel bottom"), N_("edges whose lower side is brighter")},
     {-1, -2, -1, 0, 0, 0, 1, 2, 1},
     1},
};

enum { BLUR = 1, GAUSS = 2 };

const struct kernel_preset *kernels_preset(int i)
{
    return i >= 0 && i < PRESETS ? &presets[i].info : NULL;
}

/* The means grow with the kernel; the others lie in its middle. */
void kernels_preset_cells(int i, int side, double *cells, double *divisor)
{
    static const double binomial[KERNELS_SIDE] = {1, 4, 6, 4, 1};
    bool large = side == KERNELS_SIDE;
    int edge = (side - 3) / 2;
    memset(cells, 0, sizeof *cells * (size_t)(side * side));
    for (int k = 0; k < 9; k++)
        cells[(k / 3 + edge) * side + k % 3 + edge] = presets[i].cells[k];
    *divisor = presets[i].divisor;
    for (int k = 0; large && k < KERNELS_CELLS && (i == BLUR || i == GAUSS); k++)
        cells[k] = i == BLUR ? 1 : binomial[k / KERNELS_SIDE] * binomial[k % KERNELS_SIDE];
    if (large && i == BLUR)
        *divisor = KERNELS_CELLS;
    if (large && i == GAUSS)
        *divisor = 256;
}

int kernels_preset_find(int side, const double *cells, double divisor)
{
    double expected[KERNELS_CELLS], over;
    for (int i = 0; i < PRESETS; i++) {
        bool same = true;
        kernels_preset_cells(i, side, expected, &over);
        for (int k = 0; k < side * side; k++)
            same = same && cells[k] == expected[k];
        if (same && divisor == over)
            return i;
    }
    return -1;
}
