/* Reading a session. Everything is read and checked before anything of the session that is open
 * changes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/file.h"

static void free_loaded(struct loaded *l)
{
    for (int i = 0; i < BRANCHES_MOST; i++)
        history_deinit(&l->branches[i]);
    for (int i = 0; i < PAST_MOST; i++)
        curve_deinit(&l->past[i].curve);
    batch_deinit(&l->batch);
    free(l->edits);
    net_destroy(l->net);
    dataset_close(l->data);
    for (int i = 0; i < l->edited_count; i++)
        dataset_close(l->edited[i]);
    free(l->edited);
}

static void take_cells(struct session *s, const cJSON *json, const char *key, struct cells *cells)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(json, key), *item;
    struct cell cell;
    int n = s->trace ? s->trace->n : 0;
    cells->count = 0;
    for (item = list ? list->child : NULL; item; item = item->next)
        if (n && cJSON_IsString(item) && cell_parse(s->program, n, item->valuestring, &cell, NULL))
            cells_add(cells, cell);
}

/* The run's branches instead of the one that opening began. */
static void take_run(struct session *s, struct loaded *l)
{
    int shown = 0;
    load_int(l->json, "branch", 0, l->branch_count - 1, &shown);
    time_end(s);
    for (int i = 0; i < l->branch_count; i++)
        s->branches[i] = l->branches[i];
    memset(l->branches, 0, sizeof l->branches);
    s->branch_count = l->branch_count;
    s->branch = shown;
    const struct history *h = time_run(s);
    if (s->trainer)
        time_seek(s, h->now);
    else
        s->net->train = *history_settings(h, h->events_done);
    if (!s->trainer)
        points_use(s, history_data(h, h->events_done));
}

static void take_past(struct session *s, struct loaded *l)
{
    past_clear(s);
    memcpy(s->past, l->past, sizeof s->past);
    memset(l->past, 0, sizeof l->past);
    s->past_count = l->past_count;
    s->past_number = l->past_number;
}

/* Where we were in the pass. */
static void take_place(struct session *s, const cJSON *json)
{
    const char *text;
    int64_t cell = 0;
    int term = 0, sample = 0;
    struct cell selected;
    load_text(json, "grain", &text);
    s->grain = grain_find(text) >= 0 ? (enum grain)grain_find(text) : GRAIN_CELL;
    if (!s->trace)
        return;
    load_int(json, "view_sample", 0, s->trace->n - 1, &sample);
    pass_view(s, sample);
    load_count(json, "cursor", &cell);
    load_int(json, "cursor_term", 0, 1 << 30, &term);
    s->cursor = (struct cursor){cell < 0                 ? 0
                                : cell < s->steps->cells ? cell
                                                         : s->steps->cells,
                                cell < s->steps->cells ? term : 0};
    load_text(json, "selected", &text);
    if (text[0] && cell_parse(s->program, s->trace->n, text, &selected, NULL))
        selection_set(s, selected);
    take_cells(s, json, "hidden", &s->hidden);
    take_cells(s, json, "trail", &s->trail);
}

static void take_pass(struct session *s, struct loaded *l)
{
    const char *mode, *pass;
    int64_t redraws = 0;
    struct err err = {0};
    load_text(l->json, "mode", &mode);
    load_text(l->json, "pass", &pass);
    load_count(l->json, "redraws", &redraws);
    load_bool(l->json, "drawing", &s->drawing);
    load_bool(l->json, "label_given", &s->label_given);
    load_bool(l->json, "pad_empty", &s->pad_empty);
    load_int(l->json, "last_sample", 0, s->data ? s->data->n - 1 : 0, &s->last_sample);
    load_bits(l->json, "spot_x", &s->spot[0]);
    load_bits(l->json, "spot_y", &s->spot[1]);
    s->redraws = (uint64_t)redraws;
    load_part(l, "pad", s->pad, (size_t)PAD_SIDE * PAD_SIDE);
    s->program_stale = false;
    bool done = pass_rebuild(s, strcmp(mode, "eval") == 0 ? MODE_EVAL : MODE_TRAIN, &err) &&
                (l->batch.n == 0 || pass_show(s, PASS_INSPECT, s->program, &l->batch, &err)) &&
                (strcmp(pass, "run") != 0 || !s->trainer || pass_open_run(s, s->program, &err));
    if (!done)
        snprintf(s->notice, sizeof s->notice, "%s", err.message);
}

static void take_edits(struct session *s, struct loaded *l)
{
    int64_t changes = 0;
    free(s->edits);
    s->edits = l->edits;
    s->edit_count = s->edit_capacity = l->edit_count;
    l->edits = NULL;
    s->edits_done = 0;
    load_int(l->json, "edits_done", 0, s->edit_count, &s->edits_done);
    load_count(l->json, "changes", &changes);
    s->changes = (uint64_t)changes;
}

static void take(struct session *s, struct loaded *l)
{
    const char *note, *code;
    session_install(s, l->net, l->data);
    l->net = NULL;
    l->data = NULL;
    take_run(s, l);
    take_past(s, l);
    take_pass(s, l);
    take_place(s, l->json);
    take_edits(s, l);
    load_bool(l->json, "settings_changed", &s->settings_changed);
    load_text(l->json, "code", &code);
    snprintf(s->code, sizeof s->code, "%s", code);
    load_text(l->json, "note", &note);
    session_set_note(s, note);
}

bool session_load(struct session *s, const char *path, struct err *err)
{
    struct loaded l = {.path = path};
    struct archive *archive = archive_read(path, SESSION_BYTES_MOST, err);
    if (!archive)
        return false;
    l.archive = archive;
    const struct archive_part *text = archive_find(archive, "session.json");
    cJSON *json = text ? cJSON_Parse(text->bytes) : NULL;
    int format = 0;
    l.json = json;
    bool done = json && load_int(json, "glassnet_session", 1, SESSION_FORMAT, &format);
    if (!done)
        load_damaged(&l, "session.json", err);
    done = done && load_network(&l, err) && load_edited(&l, err) && load_branches(&l, err) &&
           load_past(&l, err) && load_batch(&l, err) && load_edits(&l, err);
    if (done)
        take(s, &l);
    free_loaded(&l);
    cJSON_Delete(json);
    archive_close(archive);
    return done;
}
