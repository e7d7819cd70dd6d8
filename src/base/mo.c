/* Reading a .mo file (declared in mo.h). Its form: GNU gettext's manual, "The Format of GNU MO
 * Files". Only the byte order of this machine is read: msgfmt runs where the program is built. */
#include "mo.h"

#include <stdlib.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"

enum { MO_MOST = 16 << 20, HEADER = 28 };

static const uint32_t MAGIC = 0x950412de;

struct mo {
    char *bytes;
    size_t size;
    uint32_t count;
    size_t ids, texts; /* where the tables lie, of a length and a place each */
    struct text rule;
    int forms;
};

static uint32_t word_at(const struct mo *m, size_t at)
{
    uint32_t word;
    memcpy(&word, m->bytes + at, sizeof word);
    return word;
}

/* Text i of a table; the file was checked. */
static struct text text_at(const struct mo *m, size_t table, uint32_t i)
{
    return (struct text){m->bytes + word_at(m, table + (size_t)i * 8 + 4),
                         word_at(m, table + (size_t)i * 8)};
}

static bool table_is_whole(const struct mo *m, size_t table)
{
    if (table > m->size || (m->size - table) / 8 < m->count)
        return false;
    for (uint32_t i = 0; i < m->count; i++) {
        size_t n = word_at(m, table + (size_t)i * 8), at = word_at(m, table + (size_t)i * 8 + 4);
        if (at >= m->size || n >= m->size - at || m->bytes[at + n] != 0)
            return false;
    }
    return true;
}

/* "Plural-Forms: nplurals=3; plural=(…);" of the header, which is the translation of "". */
static void read_rule(struct mo *m)
{
    m->forms = 2;
    m->rule = text_of("n != 1");
    const char *header = mo_find(m, "", 0);
    const char *forms = header ? strstr(header, "nplurals=") : NULL;
    const char *rule = forms ? strstr(forms, "plural=(") : NULL;
    rule = rule ? rule : forms ? strstr(forms + 9, "plural=") : NULL;
    if (!rule)
        return;
    rule += strlen("plural=");
    m->forms = atoi(forms + 9);
    m->rule = (struct text){rule, strcspn(rule, ";\n")};
}

struct mo *mo_load(const char *path, struct err *err)
{
    struct mo *m = mem_zalloc(1, sizeof *m);
    m->bytes = file_read(path, MO_MOST, &m->size, err);
    if (!m->bytes) {
        mo_destroy(m);
        return NULL;
    }
    bool good = m->size >= HEADER && word_at(m, 0) == MAGIC && word_at(m, 4) >> 16 == 0;
    if (good) {
        m->count = word_at(m, 8);
        m->ids = word_at(m, 12);
        m->texts = word_at(m, 16);
        good = table_is_whole(m, m->ids) && table_is_whole(m, m->texts);
    }
    if (good) {
        read_rule(m);
        good = mo_plural(m->rule, 1) >= 0 && m->forms > 0;
    }
    if (good)
        return m;
    err_set(err, ERR_INPUT, path, 0, "this is no catalogue of translations, or a garbled one");
    mo_destroy(m);
    return NULL;
}

void mo_destroy(struct mo *m)
{
    if (!m)
        return;
    free(m->bytes);
    free(m);
}

/* Form `form` of texts that each end with a zero byte; the first where there are fewer. */
static const char *form_of(struct text t, int form)
{
    const char *p = t.p;
    for (; form > 0; form--) {
        p += strlen(p) + 1;
        if (p > t.p + t.n)
            return t.p;
    }
    return p;
}

const char *mo_find(const struct mo *m, const char *id, unsigned long n)
{
    uint32_t low = 0, high = m->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(id, text_at(m, m->ids, middle).p); /* up to the plural's zero byte */
        if (order == 0) {
            struct text found = text_at(m, m->texts, middle);
            int form = id[0] ? mo_plural(m->rule, n) : 0;
            const char *text = form_of(found, form < m->forms ? form : 0);
            return text[0] ? text : NULL;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
