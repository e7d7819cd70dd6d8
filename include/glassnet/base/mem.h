/* Memory: zeroed allocation and arenas.
 *
 * Small allocations that only fail when the machine is out of memory abort with a message.
 * Large ones, whose size comes from a file or a user, go through mem_try and are checked. */
#ifndef GLASSNET_BASE_MEM_H
#define GLASSNET_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

/* count * size zeroed bytes, aligned for any type; never NULL (aborts when out of memory).
 * The caller frees with free(). */
void *mem_zalloc(size_t count, size_t size);

/* Like mem_zalloc but returns NULL when the product overflows or memory is short. */
void *mem_try(size_t count, size_t size);

/* Grows *items (an array of *capacity items of `size` bytes, from malloc or NULL) so that at
 * least `needed` items fit. New items are zeroed. Aborts when out of memory. */
void *mem_grow(void *items, int *capacity, int needed, size_t size);

/* A copy of text, from malloc. */
char *mem_strdup(const char *text);

struct arena_block;

/* Many small pieces with one owner, given back together. */
struct arena {
    struct arena_block *last;
};

void arena_init(struct arena *a);
void arena_deinit(struct arena *a);              /* frees every piece; a can be used again */
void *arena_alloc(struct arena *a, size_t size); /* zeroed, 64-byte aligned, never NULL */
char *arena_strdup(struct arena *a, const char *text);
char *arena_strndup(struct arena *a, const char *text, size_t length);
char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
