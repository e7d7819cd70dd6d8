#include "support/garble.h"

#include <check.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/io/archive.h"

enum { MOST = 1 << 24 };

/* Bytes from malloc. */
struct bytes {
    char *p;
    size_t n;
};

static size_t roll(struct rng *rng, size_t n)
{
    return n ? rng_below(rng, (uint32_t)n) : 0;
}

/* Puts n bytes in the place of those from..to. */
static void replace(struct bytes *b, size_t from, size_t to, const void *p, size_t n)
{
    char *made = mem_zalloc(b->n - (to - from) + n + 1, 1);
    memcpy(made, b->p, from);
    if (n)
        memcpy(made + from, p, n);
    memcpy(made + from + n, b->p + to, b->n - to);
    b->n = b->n - (to - from) + n;
    made[b->n] = 0;
    free(b->p);
    b->p = made;
}

static void change_number(struct rng *rng, struct bytes *b)
{
    static const char *const others[] = {
        "0",   "1",   "-1",   "2",          "0.5",        "1e39",
        "nan", "inf", "",     "2147483647", "2147483648", "9223372036854775807",
        "3",   "7",   "1000", "4294967295", "-0",         "99999999999999999999",
        "1,5", "+1",  "0x1f", "1e-320",     "2143289344", "2139095040"};
    const char *other = others[roll(rng, sizeof others / sizeof *others)];
    size_t at = roll(rng, b->n), end;
    while (at < b->n && !isdigit((unsigned char)b->p[at]))
        at++;
    while (at > 0 && isdigit((unsigned char)b->p[at - 1]))
        at--;
    for (end = at; end < b->n && isdigit((unsigned char)b->p[end]);)
        end++;
    replace(b, at, end, other, strlen(other));
}

/* Eight bytes that mean much as a number of some kind. */
static void change_bytes(struct rng *rng, struct bytes *b)
{
    static const uint64_t others[] = {0,          1,           0x7fffffff,          0x80000000,
                                      0xffffffff, 0x7fc00000,  0x7fffffffffffffff,  UINT64_MAX,
                                      0xff800000, 0x100000000, 0x7ff0000000000000u, 0xffff};
    uint64_t other = others[roll(rng, sizeof others / sizeof *others)];
    size_t n = (size_t)1 << roll(rng, 4), at = roll(rng, roll(rng, 2) ? b->n : 64);
    if (at + n <= b->n)
        memcpy(b->p + at, &other, n);
}

/* A line that is lost, or is there twice. */
static void change_line(struct rng *rng, struct bytes *b)
{
    size_t from = roll(rng, b->n), to;
    while (from > 0 && b->p[from - 1] != '\n')
        from--;
    for (to = from; to < b->n && b->p[to] != '\n';)
        to++;
    to += to < b->n;
    char *line = mem_zalloc(to - from + 1, 1);
    memcpy(line, b->p + from, to - from);
    size_t place = roll(rng, 2) ? to : roll(rng, b->n);
    if (roll(rng, 2))
        replace(b, from, to, NULL, 0);
    else
        replace(b, place, place, line, to - from);
    free(line);
}

static void put_in(struct rng *rng, struct bytes *b)
{
    static const char *const pieces[] = {
        "\xff", "\xc3", "\r", "\n", "\t", "\"",      "{", "}", "[", "\\",          "```",
        ",",    "=",    ":",  "#",  "(",  "\n---\n", "*", "|", " ", "\xef\xbb\xbf"};
    const char *piece = pieces[roll(rng, sizeof pieces / sizeof *pieces)];
    size_t at = roll(rng, b->n + 1), times = roll(rng, 8) ? 1 : 3000;
    if (roll(rng, 12) == 0) {
        replace(b, at, at, "", 1); /* a zero */
        return;
    }
    struct bytes many = {mem_zalloc(times * strlen(piece) + 1, 1), 0};
    for (; times > 0; times--, many.n += strlen(piece))
        memcpy(many.p + many.n, piece, strlen(piece));
    replace(b, at, at, many.p, many.n);
    free(many.p);
}

static void cut(struct rng *rng, struct bytes *b)
{
    size_t from = roll(rng, b->n + 1), to = roll(rng, 2) ? b->n : roll(rng, b->n + 1);
    if (from <= to)
        replace(b, from, to, NULL, 0);
}

static void garble(struct rng *rng, struct bytes *b)
{
    static void (*const ways[])(struct rng *, struct bytes *) = {
        change_number, change_number, change_number, change_bytes, change_bytes,
        change_line,   put_in,        put_in,        cut};
    do
        ways[roll(rng, sizeof ways / sizeof *ways)](rng, b);
    while (roll(rng, 3) == 0);
}

/* A part of a session; there is most to get wrong in the part of text. */
static bool garble_part(struct rng *rng, const char *from, const char *to)
{
    static const char *const names[] = {"session.json",  "network.net",    "params",
                                        "inputs",        "labels",         "pad",
                                        "start.moment",  "branch0.curve",  "branch0.moment",
                                        "branch1.curve", "branch1.moment", "data0",
                                        "data1",         "data2"};
    enum { NAMES = sizeof names / sizeof *names };
    struct archive_part parts[NAMES];
    struct archive *a = archive_read(from, MOST, NULL);
    int count = 0;
    if (!a)
        return false;
    for (int i = 0; i < NAMES; i++)
        if (archive_find(a, names[i]))
            parts[count++] = *archive_find(a, names[i]);
    struct archive_part *part = &parts[roll(rng, 2) ? 0 : roll(rng, (size_t)count)];
    struct bytes b = {mem_zalloc(part->size + 1, 1), part->size};
    memcpy(b.p, part->bytes, b.n);
    garble(rng, &b);
    part->bytes = b.p;
    part->size = b.n;
    ck_assert(archive_write(to, parts, count, NULL));
    free(b.p);
    archive_close(a);
    return true;
}

void garble_file(struct rng *rng, const char *from, const char *to)
{
    struct bytes b;
    if (file_ends_with(from, ".gns") && roll(rng, 4) && garble_part(rng, from, to))
        return;
    b.p = file_read(from, MOST, &b.n, NULL);
    ck_assert_msg(b.p != NULL, "%s", from);
    garble(rng, &b);
    ck_assert(file_write(to, b.p, b.n, NULL));
    free(b.p);
}
