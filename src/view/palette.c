/* The command palette: every action, setting, network, lesson, data set and cell by its name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chooser.h"
#include "glassnet/base/file.h"
#include "glassnet/base/folder.h"
#include "glassnet/base/translate.h"
#include "glassnet/data/dataset.h"
#include "glassnet/view/action.h"
#include "palette_cells.h"

/* What can be run, gathered when the palette opens. */
struct palette_item {
    struct choice choice;
    const char *line;
};

static void add(struct palette_state *p, struct choice choice, const char *line)
{
    p->items = mem_grow(p->items, &p->capacity, p->count + 1, sizeof *p->items);
    p->items[p->count++] = (struct palette_item){choice, line};
}

static void add_named(struct palette_state *p, const char *kind, const char *title,
                      const char *note, const char *line)
{
    add(p,
        (struct choice){arena_strdup(&p->arena, title), translate(kind), translate(note), false,
                        false},
        arena_strdup(&p->arena, line));
}

static void add_actions(struct palette_state *p, bool home)
{
    const struct action *a;
    for (int i = 0; (a = action_at(i)); i++)
        if ((!home || a->where & ACTION_HOME) && strcmp(a->line, "app palette") != 0)
            add(p,
                (struct choice){translate(a->title), "", a->keys[0] ? a->keys[0] : "", true, false},
                a->line);
}

/* The tabs of the panel have no keys of their own, nor what is found in a view alone. */
static void add_tabs(struct palette_state *p)
{
    static const char *const tabs[][2] = {
        {N_("The inspector: every term"), "show inspect"},
        {N_("The drawing pad"), "show draw"},
        {N_("The panel's training tab"), "show training"},
        {N_("The class code: the same numbers for everybody"), "show run"},
        {N_("The home screen"), "show home"}};
    for (size_t i = 0; i < sizeof tabs / sizeof *tabs; i++)
        add(p, (struct choice){translate(tabs[i][0]), "", "", false, false}, tabs[i][1]);
}

static void add_value(struct palette_state *p, const struct setting_info *info, const char *value)
{
    char title[96], line[96];
    snprintf(title, sizeof title, "%s: %s", info->name, value);
    snprintf(line, sizeof line, "setting %s %s", info->name, value);
    add_named(p, N_("setting"), title, info->what, line);
}

/* "paper | board | contrast" as three items; of "80 to 250" a few. */
static void add_settings(struct palette_state *p)
{
    static const char *const numbers[][7] = {{"digits", "2", "3", "4", "5", "6"},
                                             {"zoom", "80", "100", "125", "150", "200", "250"},
                                             {"threads", "0", "1", "2", "4", "8"}};
    const struct setting_info *info;
    for (int i = 0; (info = settings_list(i)); i++) {
        struct text rest = text_of(info->usage);
        char value[32];
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
            for (int j = 1; strcmp(numbers[k][0], info->name) == 0 && j < 7 && numbers[k][j]; j++)
                add_value(p, info, numbers[k][j]);
        if (strstr(info->usage, " to "))
            continue;
        for (struct text word; (word = text_next_word(&rest)).n;)
            if (!text_is(word, "|")) {
                text_copy(word, value, sizeof value);
                add_value(p, info, value);
            }
    }
}

static void add_networks(struct palette_state *p)
{
    char folder[1024], path[2048], line[2100];
    struct folder f;
    if (!file_find_shared(folder, sizeof folder, "data/networks") || !folder_read(&f, folder, NULL))
        return;
    for (int i = 0; i < f.count; i++)
        if (!f.entries[i].is_folder && file_ends_with(f.entries[i].name, ".net")) {
            file_join(path, sizeof path, folder, f.entries[i].name);
            snprintf(line, sizeof line, "open %s", path);
            add_named(p, N_("network"), f.entries[i].name, "", line);
        }
    folder_deinit(&f);
}

static void add_lessons(struct palette_state *p, const struct catalogue *lessons)
{
    char line[2100];
    for (int i = 0; lessons && i < lessons->count; i++) {
        snprintf(line, sizeof line, "open %s", lessons->cards[i].path);
        add_named(p, N_("lesson"), lessons->cards[i].title, "", line);
    }
}

static void add_data(struct palette_state *p)
{
    int n;
    char line[200];
    const struct dataset_entry *sets = dataset_list(&n);
    for (int i = 0; i < n; i++)
        if (sets[i].generated || dataset_is_installed(sets[i].name)) {
            snprintf(line, sizeof line, "data %s", sets[i].name);
            add_named(p, N_("data"), sets[i].name, sets[i].what, line);
        }
}

static void add_words(struct palette_state *p, const struct lesson *words)
{
    char line[300];
    for (int i = 0; words && i < words->page_count; i++) {
        snprintf(line, sizeof line, "app glossary %s", words->pages[i].title);
        add_named(p, N_("word"), words->pages[i].title, "", line);
    }
}

void palette_open(struct palette_state *p, const struct snapshot *s,
                  const struct catalogue *lessons, const struct lesson *words)
{
    bool home = strcmp(s->view, "home") == 0;
    palette_deinit(p);
    chooser_open(&p->chooser);
    p->chooser.field = "palette.filter";
    add_actions(p, home);
    if (!home)
        add_tabs(p);
    add_settings(p);
    add_networks(p);
    add_lessons(p, lessons);
    add_words(p, words);
    if (s->net)
        add_data(p);
}

void palette_deinit(struct palette_state *p)
{
    arena_deinit(&p->arena);
    free(p->items);
    *p = (struct palette_state){.count = 0};
}

struct found {
    int score, item;
};

static int better(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    return x->score != y->score ? y->score - x->score : x->item - y->item;
}

/* The items that fit what was typed, the best first. Returns their number. */
static int filter(const struct palette_state *p, struct found *found)
{
    int n = 0;
    for (int i = 0; i < p->count; i++) {
        char text[400], name[300];
        const struct choice *c = &p->items[i].choice;
        snprintf(text, sizeof text, "%s %s %s", c->title, c->kind, c->note);
        int whole = chooser_score(p->chooser.text, text);
        snprintf(name, sizeof name, "%s %s", c->title, c->kind);
        int named = chooser_score(p->chooser.text, name); /* counts more than the note */
        if (whole >= 0)
            found[n++] = (struct found){whole + (named > 0 ? named : 0), i};
    }
    if (p->chooser.text[0])
        qsort(found, (size_t)n, sizeof *found, better);
    return n;
}

static void draw_found(const struct view *v, struct palette_state *p, bool entered, struct rect in)
{
    struct cell_choices cells;
    struct found *found = mem_zalloc((size_t)p->count + 1, sizeof *found);
    int n = filter(p, found), all = 0;
    palette_cells(v->snap, p->chooser.text, &cells);
    struct choice *choices = mem_zalloc((size_t)(n + cells.count) + 1, sizeof *choices);
    const char **lines = mem_zalloc((size_t)(n + cells.count) + 1, sizeof *lines);
    for (int turn = 0; turn < 2; turn++) {
        if ((turn == 0) == cells.first)
            for (int i = 0; i < cells.count; i++) {
                choices[all] = cells.choices[i];
                lines[all++] = cells.lines[i];
            }
        else
            for (int i = 0; i < n; i++) {
                choices[all] = p->items[found[i].item].choice;
                lines[all++] = p->items[found[i].item].line;
            }
    }
    if (all == 0)
        choices[all++] = (struct choice){_("Nothing is called that."), "", "", false, true};
    int chosen = chooser_list(v, &p->chooser, choices, all, entered, in);
    if (chosen >= 0) {
        intents_add(v->out, "app palette"); /* closed first: the line may open another overlay */
        intents_add(v->out, "%s", lines[chosen]);
    }
    free(lines);
    free(choices);
    free(found);
}

void palette_draw(const struct view *v, struct palette_state *p)
{
    struct ui *ui = v->ui;
    bool closes;
    struct rect in = overlay_begin(v, "palette", _("What shall be done?"), 980, 820, &closes);
    struct rect field = rect_cut_top(&in, ui_px(ui, 56));
    rect_cut_top(&in, ui_px(ui, 12));
    bool entered =
        chooser_field(v, &p->chooser, rect_inset(field, 3),
                      v->snap->net ? _("an action, a setting, a lesson, a cell: conv1.W[3")
                                   : _("an action, a setting, a lesson, a network"));
    rect_cut_bottom(&in, ui_px(ui, 8));
    draw_found(v, p, entered, in);
    if (closes)
        intents_add(v->out, "app palette");
    overlay_end(v);
}
