#include "glassnet/view/places.h"

#include <string.h>

void place_begin(const struct view *v, struct places *p, const char *name, struct rect r)
{
    if (p->count < PLACES_MOST)
        p->list[p->count] = (struct place){
            .name = name, .rect = r, .cmd = v->ui->draw->n_cmds, .record = v->ui->n_records};
}

void place_end(const struct view *v, struct places *p)
{
    if (p->count >= PLACES_MOST)
        return;
    p->list[p->count].cmd_end = v->ui->draw->n_cmds;
    p->list[p->count].record_end = v->ui->n_records;
    p->count++;
}

const struct place *place_find(const struct places *p, const char *name)
{
    for (int i = 0; i < p->count; i++)
        if (strcmp(p->list[i].name, name) == 0)
            return &p->list[i];
    return NULL;
}
