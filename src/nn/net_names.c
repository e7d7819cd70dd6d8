#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "nn/net_parse.h"

/* FNV-1a (Fowler, Noll and Vo). */
static uint32_t hash(struct text t)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < t.n; i++)
        h = (h ^ (unsigned char)t.p[i]) * 16777619u;
    return h;
}

static struct net_name *place(struct net_name *entries, int capacity, struct text name)
{
    uint32_t mask = (uint32_t)capacity - 1;
    uint32_t i = hash(name) & mask;
    while (entries[i].name.p &&
           (entries[i].name.n != name.n || memcmp(entries[i].name.p, name.p, name.n) != 0))
        i = (i + 1) & mask;
    return &entries[i];
}

struct net_name *net_names_find(const struct net_names *names, struct text name)
{
    if (names->count == 0)
        return NULL;
    struct net_name *e = place(names->entries, names->capacity, name);
    return e->name.p ? e : NULL;
}

static void grow(struct net_names *names)
{
    int capacity = names->capacity ? 2 * names->capacity : 64;
    struct net_name *entries = mem_zalloc((size_t)capacity, sizeof *entries);
    for (int i = 0; i < names->capacity; i++)
        if (names->entries[i].name.p)
            *place(entries, capacity, names->entries[i].name) = names->entries[i];
    free(names->entries);
    names->entries = entries;
    names->capacity = capacity;
}

struct net_name *net_names_add(struct net_names *names, struct text name, int line, int layer)
{
    if (2 * (names->count + 1) > names->capacity)
        grow(names);
    struct net_name *e = place(names->entries, names->capacity, name);
    if (!e->name.p) {
        *e = (struct net_name){.name = name, .line = line, .layer = layer};
        names->count++;
    }
    return e;
}

void net_names_deinit(struct net_names *names)
{
    free(names->entries);
    *names = (struct net_names){0};
}
