/* How work is shared out among threads. */
#ifndef GLASSNET_SRC_NN_SHARE_H
#define GLASSNET_SRC_NN_SHARE_H

#include <stddef.h>

struct share {
    size_t begin, end;
};

/* The part of `items` that thread `me` of `team` does, in whole multiples of `unit`. */
static inline struct share share_of(size_t items, size_t unit, int me, int team)
{
    if (team == 1) /* spares tiny networks the divisions */
        return (struct share){0, items};
    size_t units = (items + unit - 1) / unit;
    struct share s = {units * (size_t)me / (size_t)team * unit,
                      units * (size_t)(me + 1) / (size_t)team * unit};
    s.begin = s.begin < items ? s.begin : items;
    s.end = s.end < items ? s.end : items;
    return s;
}

#endif
