#include "glassnet/view/files.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chooser.h"
#include "glassnet/base/file.h"
#include "glassnet/base/translate.h"
#include "glassnet/view/file_kind.h"

/* What a row does when it is chosen. */
enum row_does { ROW_TELLS, ROW_GOES, ROW_OPENS, ROW_SAVES, ROW_NAMES };

struct rows {
    struct arena arena;
    struct choice *choices;
    struct row_target {
        enum row_does does;
        const char *path;
    } * targets;
    int count, capacity, target_capacity;
};

static void add_row(struct rows *r, enum row_does does, const char *title, const char *kind,
                    const char *note, const char *path)
{
    r->choices = mem_grow(r->choices, &r->capacity, r->count + 1, sizeof *r->choices);
    r->targets = mem_grow(r->targets, &r->target_capacity, r->count + 1, sizeof *r->targets);
    r->choices[r->count] = (struct choice){arena_strdup(&r->arena, title), kind,
                                           arena_strdup(&r->arena, note), false, does == ROW_TELLS};
    r->targets[r->count++] = (struct row_target){does, arena_strdup(&r->arena, path)};
}

static void rows_deinit(struct rows *r)
{
    arena_deinit(&r->arena);
    free(r->choices);
    free(r->targets);
}

void files_go(struct files_state *f, const char *folder)
{
    struct err err = {0};
    char real[4096];
    folder_deinit(&f->listing);
    f->problem[0] = 0;
    if (!realpath(folder, real))
        snprintf(real, sizeof real, "%s", folder);
    text_copy(text_of(real), f->folder, sizeof f->folder);
    if (!folder_read(&f->listing, f->folder, &err))
        err_text(&err, f->problem, sizeof f->problem);
    chooser_open(&f->chooser);
}

void files_open(struct files_state *f, const struct snapshot *s, bool saving)
{
    char folder[FILES_PATH];
    if (!f->folder[0] && s->net && s->net->path[0] && strcmp(s->view, "data") != 0)
        snprintf(f->folder, sizeof f->folder, "%s",
                 file_folder(folder, sizeof folder, s->net->path));
    const char *home = getenv("HOME");
    if (!f->folder[0] && home && strcmp(s->view, "data") == 0)
        snprintf(f->folder, sizeof f->folder, "%s", home); /* where pictures are rather than here */
    f->saving = saving;
    f->beside = false;
    f->chooser.field = "files.filter";
    files_go(f, f->folder[0] ? f->folder : ".");
    if (saving)
        text_edit_set(&f->chooser.edit, s->title);
    f->chooser.edit.anchor = 0; /* typing replaces it */
}

void files_deinit(struct files_state *f)
{
    folder_deinit(&f->listing);
}

void files_note(struct files_state *f, const char *path)
{
    char real[4096];
    int at = 0;
    if (!realpath(path, real) || strlen(real) >= FILES_PATH)
        return;
    while (at < f->n_recent && strcmp(f->recent[at], real) != 0)
        at++;
    if (at == f->n_recent && f->n_recent < FILES_RECENT)
        f->n_recent++;
    at = at < FILES_RECENT ? at : FILES_RECENT - 1;
    memmove(f->recent[1], f->recent[0], (size_t)at * sizeof f->recent[0]);
    snprintf(f->recent[0], sizeof f->recent[0], "%s", real);
}

/* --- rows ------------------------------------------------------------------------------------- */

/* A whole path was typed: "~" is the home folder, others count from the folder shown. */
static bool typed_path(const struct files_state *f, char *out, size_t size)
{
    const char *typed = f->chooser.text, *home = getenv("HOME");
    if (!strchr(typed, '/') && strcmp(typed, "..") != 0)
        return false;
    if (typed[0] == '~' && typed[1] == '/' && home)
        snprintf(out, size, "%s%s", home, typed + 1);
    else
        file_join(out, size, f->folder, typed);
    return true;
}

static void add_typed(const struct files_state *f, struct rows *r)
{
    char path[2048];
    if (!typed_path(f, path, sizeof path))
        return;
    if (file_is_folder(path))
        add_row(r, ROW_GOES, path, _("folder"), "", path);
    else if (file_exists(path))
        add_row(r, ROW_OPENS, path, file_kind_word(file_kind_of(path)), "", path);
    else
        add_row(r, ROW_TELLS, _("There is no such file or folder."), "", "", "");
}

static bool fits(const struct files_state *f, const char *name)
{
    return f->saving || chooser_score(f->chooser.text, name) >= 0;
}

/* Among one's own data networks and runs are none. */
static bool is_wanted(const char *path, bool own)
{
    enum file_kind kind = file_kind_of(path);
    return !own || (kind != FILE_NETWORK && kind != FILE_RUN && kind != FILE_LESSON);
}

static void add_recent(const struct files_state *f, bool own, struct rows *r)
{
    char folder[FILES_PATH];
    for (int i = 0; i < f->n_recent; i++)
        if (fits(f, file_name(f->recent[i])) && is_wanted(f->recent[i], own) &&
            (file_exists(f->recent[i]) || file_is_folder(f->recent[i])))
            add_row(r, ROW_OPENS, file_name(f->recent[i]), _("recent"),
                    file_folder(folder, sizeof folder, f->recent[i]), f->recent[i]);
}

static void add_listing(const struct files_state *f, struct rows *r)
{
    char path[4096], note[120];
    int others = 0;
    for (int i = 0; i < f->listing.count; i++) {
        const struct folder_entry *e = &f->listing.entries[i];
        enum file_kind kind = file_kind_of(e->name);
        bool known = f->saving ? kind == FILE_NETWORK || kind == FILE_RUN : kind != FILE_OTHER;
        if (!fits(f, e->name))
            continue;
        file_join(path, sizeof path, f->folder, e->name);
        if (e->is_folder)
            add_row(r, ROW_GOES, e->name, _("folder"), "", path);
        else if (known)
            add_row(r, f->saving ? ROW_NAMES : ROW_OPENS, e->name, file_kind_word(kind), "", path);
        else
            others++;
    }
    snprintf(note, sizeof note,
             translate_count("%d other file, nothing for Glassnet",
                             "%d other files, nothing for Glassnet", others),
             others);
    if (others > 0)
        add_row(r, ROW_TELLS, note, "", "", "");
}

/* What would be written, .net unless it says otherwise. */
static void add_saving(const struct files_state *f, struct rows *r)
{
    char path[2048], title[400];
    if (!f->chooser.text[strspn(f->chooser.text, " ")]) {
        add_row(r, ROW_TELLS, _("Type a name to save under."), "", "", "");
        return;
    }
    if (!typed_path(f, path, sizeof path))
        file_join(path, sizeof path, f->folder, f->chooser.text);
    enum file_kind kind = file_kind_of(path);
    if (kind != FILE_NETWORK && kind != FILE_RUN)
        strncat(path, ".net", sizeof path - strlen(path) - 1);
    bool replaces = file_exists(path);
    snprintf(title, sizeof title, replaces ? _("Replace %.300s") : _("Save as %.300s"),
             file_name(path));
    add_row(r, ROW_SAVES, title, file_kind_word(file_kind_of(path)),
            replaces ? _("there is a file of that name") : "", path);
}

/* The folder shown as pictures: of one class, where some lie in it. */
static void add_here(const struct files_state *f, bool own, struct rows *r)
{
    char note[120];
    int pictures = 0;
    for (int i = 0; i < f->listing.count; i++)
        pictures += !f->listing.entries[i].is_folder &&
                    file_kind_of(f->listing.entries[i].name) == FILE_PICTURE;
    snprintf(note, sizeof note,
             translate_count("%d picture, of one class", "%d pictures, of one class", pictures),
             pictures);
    add_row(r, ROW_OPENS, own ? _("This folder") : _("This folder as the data set"), _("pictures"),
            own && pictures > 0 ? note : _("one sub-folder a class, or IDX files"), f->folder);
}

static void fill(const struct view *v, const struct files_state *f, struct rows *r)
{
    char path[4096];
    bool own = strcmp(v->snap->view, "data") == 0;
    *r = (struct rows){.count = 0};
    arena_init(&r->arena);
    if (f->saving)
        add_saving(f, r);
    else
        add_typed(f, r);
    if (!f->saving && !f->chooser.text[0])
        add_recent(f, own, r);
    if (f->problem[0])
        add_row(r, ROW_TELLS, f->problem, "", "", "");
    if ((f->saving || !f->chooser.text[0]) && strcmp(f->folder, "/") != 0)
        add_row(r, ROW_GOES, "..", _("folder"), _("the folder above"),
                file_folder(path, sizeof path, f->folder));
    if (!f->saving && !f->chooser.text[0] && (v->snap->net || own))
        add_here(f, own, r);
    add_listing(f, r);
    if (r->count == 0)
        add_row(r, ROW_TELLS, _("Nothing here is called that."), "", "", "");
}

/* What is being built is saved as it is written, whole or not. */
static bool is_building(const struct view *v, const char *path)
{
    return strcmp(v->snap->view, "build") == 0 && file_kind_of(path) == FILE_NETWORK;
}

static void take(const struct view *v, struct files_state *f, const struct row_target *t)
{
    switch (t->does) {
    case ROW_GOES:
        files_go(f, t->path);
        break;
    case ROW_NAMES:
        text_edit_set(&f->chooser.edit, file_name(t->path));
        f->chooser.at = 0;
        break;
    case ROW_OPENS:
    case ROW_SAVES:
        intents_add(v->out, "app files");
        intents_add(v->out, "%s %s",
                    t->does == ROW_OPENS                ? f->beside ? "beside" : "open"
                    : is_building(v, t->path)           ? "build save"
                    : file_kind_of(t->path) == FILE_RUN ? "save-session"
                                                        : "save",
                    t->path);
        break;
    case ROW_TELLS:
        break;
    }
    v->ui->again = true;
}

/* The folder, its end rather than its beginning where it is long. */
static void draw_folder(const struct view *v, const char *folder, struct rect r)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 18);
    const char *from = folder;
    char text[FILES_PATH + 8];
    snprintf(text, sizeof text, "%s", folder);
    while (font_width(ui->fonts, FONT_MONO, px, text) > r.w && *from) {
        const char *next = strchr(from + 1, '/');
        if (!next)
            break;
        from = next;
        snprintf(text, sizeof text, "…%s", from);
    }
    draw_text_in(ui->draw, FONT_MONO, px, r, ALIGN_LEFT | TEXT_MAY_CUT, ui->theme->muted, text);
}

void files_draw(const struct view *v, struct files_state *f)
{
    struct ui *ui = v->ui;
    struct rows rows;
    bool closes;
    struct rect in =
        overlay_begin(v, "files", f->saving ? _("Save as") : _("Open"), 1080, 860, &closes);
    draw_folder(v, f->folder, rect_cut_top(&in, (float)ui_text_px(ui, 18) * 1.7f));
    struct rect field = rect_cut_top(&in, ui_px(ui, 56));
    rect_cut_top(&in, ui_px(ui, 12));
    rect_cut_bottom(&in, ui_px(ui, 8));
    bool entered = chooser_field(v, &f->chooser, rect_inset(field, 3),
                                 f->saving ? _("a name") : _("a part of a name, or a path"));
    fill(v, f, &rows);
    int chosen = chooser_list(v, &f->chooser, rows.choices, rows.count, entered, in);
    if (chosen >= 0)
        take(v, f, &rows.targets[chosen]);
    rows_deinit(&rows);
    if (closes)
        intents_add(v->out, "app files");
    overlay_end(v);
}
