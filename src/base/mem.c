#include "glassnet/base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

/* The one place in the library that ends the program: nothing sensible is left to do. */
static void out_of_memory(void)
{
    static const char message[] = "Out of memory.\n";
    fwrite(message, 1, sizeof message - 1, stderr);
    abort();
}

/* Memory comes in pages of 4 KB, each handed over when it is first touched: for a picture of the
 * screen that takes longer than drawing it. Asks the system for pages of 2 MB where they fit. */
static void ask_for_large_pages(void *p, size_t size)
{
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    const uintptr_t page = (uintptr_t)2 << 20;
    uintptr_t begin = ((uintptr_t)p + page - 1) / page * page;
    uintptr_t end = ((uintptr_t)p + size) / page * page;
    if (p && size >= 2 * page && begin < end)
        madvise((void *)begin, end - begin, MADV_HUGEPAGE);
#else
    (void)p;
    (void)size;
#endif
}

void *mem_try(size_t count, size_t size)
{
    if (size && count > PTRDIFF_MAX / size)
        return NULL;
    void *p = calloc(count ? count : 1, size ? size : 1);
    ask_for_large_pages(p, count * size);
    return p;
}

void *mem_zalloc(size_t count, size_t size)
{
    void *p = mem_try(count, size);
    if (!p)
        out_of_memory();
    return p;
}

void *mem_grow(void *items, int *capacity, int needed, size_t size)
{
    if (needed <= *capacity)
        return items;
    int grown = *capacity < 8 ? 8 : *capacity;
    while (grown < needed)
        grown = grown > INT32_MAX / 2 ? needed : grown * 2;
    if (size == 0 || (size_t)grown > SIZE_MAX / size)
        out_of_memory();
    char *p = realloc(items, (size_t)grown * size);
    if (!p) {
        out_of_memory();
        return NULL;
    }
    memset(p + (size_t)*capacity * size, 0, (size_t)(grown - *capacity) * size);
    *capacity = grown;
    return p;
}

char *mem_strdup(const char *text)
{
    size_t n = strlen(text) + 1;
    char *p = mem_zalloc(n, 1);
    memcpy(p, text, n);
    return p;
}

enum { ALIGNMENT = 64, BLOCK_SIZE = 64 * 1024 };

/* A block's pieces lie behind its header, which therefore fills a whole alignment unit. */
struct arena_block {
    struct arena_block *before;
    size_t used;
    size_t size;
};

void arena_init(struct arena *a)
{
    a->last = NULL;
}

void arena_deinit(struct arena *a)
{
    while (a->last) {
        struct arena_block *before = a->last->before;
        free(a->last);
        a->last = before;
    }
}

static void arena_add_block(struct arena *a, size_t size)
{
    size_t whole = ALIGNMENT + size;
    struct arena_block *b = whole > size ? aligned_alloc(ALIGNMENT, whole) : NULL;
    if (!b) {
        out_of_memory();
        return;
    }
    b->used = 0;
    b->size = size;
    b->before = a->last;
    a->last = b;
}

void *arena_alloc(struct arena *a, size_t size)
{
    if (size > SIZE_MAX - 2 * ALIGNMENT)
        out_of_memory();
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (rounded == 0)
        rounded = ALIGNMENT;
    if (!a->last || a->last->size - a->last->used < rounded)
        arena_add_block(a, rounded > BLOCK_SIZE ? rounded : BLOCK_SIZE);
    char *p = (char *)a->last + ALIGNMENT + a->last->used;
    a->last->used += rounded;
    return memset(p, 0, rounded);
}

char *arena_strndup(struct arena *a, const char *text, size_t length)
{
    char *p = arena_alloc(a, length + 1);
    memcpy(p, text, length);
    return p;
}

char *arena_strdup(struct arena *a, const char *text)
{
    return arena_strndup(a, text, strlen(text));
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = arena_alloc(a, n < 0 ? 1 : (size_t)n + 1);
    if (n >= 0)
        vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p;
}
