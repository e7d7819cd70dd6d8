/* The sets with points set by hand that a session file holds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/base/mem.h"
#include "glassnet/data/plane.h"
#include "session/file.h"

bool load_data(const struct loaded *l, const cJSON *from, const char *key, struct dataset **out)
{
    int which;
    *out = l->data;
    if (cJSON_GetObjectItemCaseSensitive(from, key)) {
        *out = NULL;
        if (!load_int(from, key, 0, l->edited_count - 1, &which))
            return false;
        *out = l->edited[which];
    }
    if (*out)
        dataset_hold(*out);
    return true;
}

/* One of them: place and label of each sample. */
static struct dataset *get_edited(const struct loaded *l, int i)
{
    char name[64];
    snprintf(name, sizeof name, "data%d", i);
    const struct archive_part *part = archive_find(l->archive, name);
    size_t axes = (size_t)l->data->axes, y_count = (size_t)l->data->y_count;
    size_t row = (axes + y_count) * sizeof(float);
    if (!part || part->size == 0 || part->size % row || part->size / row > 10000000)
        return NULL;
    int n = (int)(part->size / row);
    float *places = mem_zalloc((size_t)n * axes, sizeof *places);
    float *labels = mem_zalloc((size_t)n * y_count, sizeof *labels);
    for (int k = 0; k < n; k++) {
        const char *from = (const char *)part->bytes + (size_t)k * row;
        memcpy(places + (size_t)k * axes, from, axes * sizeof *places);
        memcpy(labels + (size_t)k * y_count, from + axes * sizeof *places,
               y_count * sizeof *labels);
    }
    struct dataset *d = points_replace(l->data, n, places, labels, NULL);
    free(places);
    free(labels);
    return d;
}

/* A file without the count is from before there were any. */
bool load_edited(struct loaded *l, struct err *err)
{
    int count = 0;
    if (cJSON_GetObjectItemCaseSensitive(l->json, "edited") &&
        !load_int(l->json, "edited", 0, 1 << 20, &count))
        return load_damaged(l, "the number of edited sets", err);
    if (count > 0 && (!l->data || !l->data->place))
        return load_damaged(l, "the set that points were edited in", err);
    l->edited = mem_zalloc((size_t)count + 1, sizeof *l->edited);
    for (int i = 0; i < count; i++) {
        l->edited[i] = get_edited(l, i);
        if (!l->edited[i])
            return load_damaged(l, "an edited set", err);
        l->edited_count++;
    }
    return true;
}
