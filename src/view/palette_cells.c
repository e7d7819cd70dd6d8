#include "palette_cells.h"
#include "glassnet/base/translate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { TYPED_LEAST = 2, INDICES_MOST = 4 };

static void add_cell(const struct snapshot *s, struct cell c, struct cell_choices *out)
{
    int i = out->count;
    char name[200];
    if (i >= CELL_CHOICES)
        return;
    cell_name(s->program, c, name, sizeof name);
    cell_title(s->program, c, out->titles[i], sizeof out->titles[i]);
    cell_words(s->program, c, out->notes[i], sizeof out->notes[i]);
    snprintf(out->lines[i], sizeof out->lines[i], "select %s", name);
    out->choices[i] = (struct choice){out->titles[i], _("cell"), out->notes[i], false, false};
    out->count++;
}

/* The flat place of the indices behind "[", missing ones 0; false when one is out of range. */
static bool read_place(const struct shape *shape, const char *from, size_t *place)
{
    *place = 0;
    for (int k = 0; k < shape->rank; k++) {
        char *end;
        long index = strtol(from, &end, 10);
        index = end == from ? 0 : index;
        if (index < 0 || index >= shape->dim[k])
            return false;
        *place = *place * (size_t)shape->dim[k] + (size_t)index;
        from = end;
        from += *from == ',';
    }
    return true;
}

static void complete(const struct snapshot *s, const char *typed, struct cell_choices *out)
{
    const char *bracket = strchr(typed, '[');
    size_t n = bracket ? (size_t)(bracket - typed) : strlen(typed);
    for (int i = 0; i < s->program->tensor_count; i++) {
        const struct tensor *t = &s->program->tensors[i];
        size_t place;
        bool fits = strncasecmp(t->name, typed, n) == 0 && (!bracket || strlen(t->name) == n);
        if (fits && t->count > 0 && read_place(&t->shape, bracket ? bracket + 1 : "", &place))
            add_cell(s, (struct cell){i, t->batched ? s->view_sample : 0, place}, out);
    }
}

void palette_cells(const struct snapshot *s, const char *typed, struct cell_choices *out)
{
    struct err err = {0};
    struct cell c;
    out->count = 0;
    out->first = strpbrk(typed, "[.:") != NULL;
    if (!view_has_pass(s) || strlen(typed) < TYPED_LEAST)
        return;
    if (cell_parse(s->program, s->trace->n, typed, &c, &err)) {
        add_cell(s, c, out);
        out->first = true;
        return;
    }
    complete(s, typed, out);
    if (out->count > 0 || !strchr(typed, '['))
        return;
    snprintf(out->titles[0], sizeof out->titles[0], "%.190s", err.message);
    out->choices[0] = (struct choice){out->titles[0], "", "", false, true};
    out->count = 1;
}
