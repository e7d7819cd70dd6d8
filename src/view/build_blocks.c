/* The palette, and the blocks of the network: what each gives, its weights and their share. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "build_own.h"
#include "glassnet/base/translate.h"

enum { ROW = 58 }; /* design pixels of a block */

static void draw_templates(const struct view *v, struct flow *f)
{
    char id[64];
    flow_heading(f, _("Begin with"));
    for (int i = 0; build_template(i); i++) {
        const struct build_template *t = build_template(i);
        snprintf(id, sizeof id, "build.template.%s", t->name);
        if (flow_button(f, id, translate(t->title), BUTTON_NORMAL,
                        _("Undo brings back what is here now")))
            intents_add(v->out, "build template %s", t->name);
    }
    if (v->snap->net && flow_button(f, "build.from-open", _("The open network"), BUTTON_NORMAL,
                                    _("Its text; Undo brings back what is here now")))
        intents_add(v->out, "build from-open");
}

static bool has_setting(const struct build_view *b, enum block_kind kind)
{
    for (int i = 0; i < b->block_count; i++)
        if (block_read(b->blocks[i].text).kind == kind)
            return true;
    return false;
}

static void draw_palette(const struct view *v, struct flow *f)
{
    static const struct {
        const char *name;
        enum block_kind kind;
    } settings[] = {{"loss", BLOCK_LOSS}, {"data", BLOCK_DATA}, {"train", BLOCK_TRAIN}};
    const struct build_view *b = v->snap->build;
    char id[64], label[64];
    flow_heading(f, _("Add a block below the chosen one"));
    bool input = b->outline->layer_count > 0;
    for (int i = input ? 1 : 0; i < LAYER_KINDS; i++) {
        const char *name = layer_kind_name((enum layer_kind)i);
        snprintf(id, sizeof id, "build.add.%s", name);
        snprintf(label, sizeof label, "+ %s", name);
        if (flow_button(f, id, label, BUTTON_NORMAL, build_example(name)))
            intents_add(v->out, "build add %s", name);
    }
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        if (has_setting(b, settings[i].kind))
            continue;
        snprintf(id, sizeof id, "build.add.%s", settings[i].name);
        snprintf(label, sizeof label, "+ %s", settings[i].name);
        if (flow_button(f, id, label, BUTTON_NORMAL, build_example(settings[i].name)))
            intents_add(v->out, "build add %s", settings[i].name);
    }
}

/* What a layer gives, its weights, their share of all; from the right, as far as there is room. */
static void draw_figures(const struct view *v, const struct layer *l, struct rect *r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    const struct net *net = v->snap->build->outline;
    char shape[64], count[48], share[48];
    int px = ui_text_px(ui, 19);
    size_t own = net_layer_trained(l), all = net_trained(net);
    double part = all > 0 ? (double)own / (double)all : 0;
    float figure = ui_px(ui, 96), least = ui_px(ui, 230);
    if (r->w > least + 3 * figure + ui_px(ui, 150)) {
        struct rect bar = rect_cut_right(r, figure);
        if (own > 0)
            draw_text_in(ui->draw, FONT_MONO, px, rect_cut_left(&bar, figure * 0.84f),
                         ALIGN_RIGHT | TEXT_MAY_CUT, t->muted,
                         view_percent(v->snap, part, 1, share, sizeof share));
        bar = rect_cut_right(r, figure);
        bar =
            rect_centre(rect_inset_xy(bar, ui_px(ui, 6), 0), bar.w - ui_px(ui, 12), ui_px(ui, 12));
        if (own > 0)
            ui_progress(ui, bar, (float)part, t->phase[THEME_FORWARD]);
    }
    if (r->w > least + figure) {
        struct rect at = rect_cut_right(r, figure);
        draw_text_in(ui->draw, FONT_MONO, px, at, ALIGN_RIGHT | TEXT_MAY_CUT, t->ink,
                     own > 0 ? view_count((long long)own, count, sizeof count) : "–");
    }
    struct rect at = rect_cut_right(r, fminf(r->w * 0.5f, ui_px(ui, 170)));
    draw_text_in(ui->draw, FONT_MONO, px, at, ALIGN_RIGHT | TEXT_MAY_CUT, t->ink,
                 shape_text(&l->out, " × ", shape, sizeof shape));
}

static void draw_words(const struct view *v, const struct build_block *block, struct rect r)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    struct block_words w = block_read(block->text);
    const struct net *net = v->snap->build->outline;
    char name[80], rest[BUILD_LINE + 8];
    int px = ui_text_px(ui, 20), small = ui_text_px(ui, 19);
    if (block->layer >= 0)
        snprintf(name, sizeof name, "%s", net->layers[block->layer].name);
    else
        text_copy(w.name.n > 0 ? w.name : w.head, name, sizeof name);
    struct text line = text_trim(block->text), code, comment;
    if (text_split(line, '#', &code, &comment))
        line = text_trim(code);
    if (w.name.n > 0) /* the name stands in front already */
        line = (struct text){w.head.p, (size_t)(line.p + line.n - w.head.p)};
    text_copy(line, rest, sizeof rest);
    float wide = fminf(r.w * 0.45f,
                       fmaxf(ui_px(ui, 130), font_width(ui->fonts, FONT_SANS_BOLD, px, name) + 2));
    draw_text_in(ui->draw, FONT_SANS_BOLD, px, rect_cut_left(&r, wide), ALIGN_LEFT | TEXT_MAY_CUT,
                 block->faulty ? t->error : t->ink, name);
    rect_cut_left(&r, ui_px(ui, 10));
    draw_text_in(ui->draw, FONT_MONO, small, r, ALIGN_LEFT | TEXT_MAY_CUT, t->muted, rest);
}

static void draw_block(const struct view *v, struct flow *f, const struct build_block *block)
{
    struct ui *ui = v->ui;
    const struct theme *t = ui->theme;
    const struct build_view *b = v->snap->build;
    char id[32];
    bool chosen = b->selected == block->line;
    struct rect r = {f->room.x, f->y, f->room.w, ui_px(ui, ROW)};
    f->y += r.h + ui_px(ui, 6);
    snprintf(id, sizeof id, "build.block.%d", block->line);
    unsigned answer = ui_area(ui, id, r, _("block"), true);
    if (answer & AREA_CLICKED) {
        if (chosen)
            intents_add(v->out, "build select none");
        else
            intents_add(v->out, "build select %d", block->line);
    }
    draw_round_rect(ui->draw, r, ui_px(ui, 6), answer & AREA_HOVER ? t->hover : t->panel);
    draw_round_frame(ui->draw, r, ui_px(ui, 6),
                     chosen || block->faulty ? fmaxf(2, ui_px(ui, 3)) : 1,
                     block->faulty ? t->error
                     : chosen      ? t->selection
                                   : t->frame);
    struct rect in = rect_inset_xy(r, ui_px(ui, 14), 0);
    if (block->layer >= 0)
        draw_figures(v, &b->outline->layers[block->layer], &in);
    draw_words(v, block, in);
}

static void draw_blocks(const struct view *v, struct build_state *s, struct flow *f)
{
    const struct build_view *b = v->snap->build;
    flow_heading(f, _("Blocks: what each gives, its weights, their share"));
    for (int i = 0; i < b->block_count; i++) {
        const struct build_block *block = &b->blocks[i];
        draw_block(v, f, block);
        if (block->faulty)
            flow_words(f, v->ui->theme->error, b->fault);
        if (b->selected == block->line) {
            struct flow inner = *f;
            inner.room.x += ui_px(v->ui, 20);
            inner.room.w -= ui_px(v->ui, 20);
            inner.x = inner.room.x;
            build_options_draw(v, s, &inner, block);
            flow_break(&inner, 14);
            f->y = inner.y;
        }
    }
    if (b->fault[0] && b->fault_line == 0)
        flow_words(f, v->ui->theme->error, b->fault);
}

void build_blocks_draw(const struct view *v, struct build_state *s, struct rect r)
{
    struct ui *ui = v->ui;
    struct rect content = ui_scroll_begin(ui, "build.blocks", r, s->height, &s->scroll);
    content.w -= ui_px(ui, 6);
    struct flow f = flow_begin(v, content, 40);
    s->fields_used = 0;
    draw_templates(v, &f);
    draw_palette(v, &f);
    draw_blocks(v, s, &f);
    flow_break(&f, 20);
    if (flow_height(&f) != s->height)
        ui->again = true;
    s->height = flow_height(&f);
    ui_scroll_end(ui);
}
