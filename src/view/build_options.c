/* What the selected block is made of: a row for each value, typed, counted or picked. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "build_own.h"
#include "glassnet/base/translate.h"

enum option_flags {
    OPTION_COUNT = 1, /* a whole number: − and + */
    OPTION_MORE = 2,  /* shown when more is asked for */
    OPTION_PICK = 4   /* picked alone, not typed */
};

#define WORDS 12
struct option {
    unsigned blocks; /* a bit for each kind of layer, or of setting */
    const char *key, *label, *hint;
    unsigned flags;
    const char *words[WORDS]; /* "-" takes the value away */
};

#define LAYER(kind) (1u << (kind))
#define LOSS        (1u << 20)
#define DATA        (1u << 21)
#define TRAIN       (1u << 22)
#define WEIGHTS     (LAYER(LAYER_DENSE) | LAYER(LAYER_CONV2D))
#define POOLS       (LAYER(LAYER_MAXPOOL) | LAYER(LAYER_AVGPOOL))
#define JOINS       (LAYER(LAYER_ADD) | LAYER(LAYER_CONCATENATE))
#define ALL         ((1u << LAYER_KINDS) - 1)
#define BUT_INPUT   (ALL & ~LAYER(LAYER_INPUT))

static const struct option options[] = {
    {BUT_INPUT, "name", N_("Name"), N_("after its kind"), 0, {NULL}},
    {LAYER(LAYER_INPUT), "sizes", N_("Sizes"), "28 28 1", 0, {"2", "8 8 1", "28 28 1", "32 32 3"}},
    {LAYER(LAYER_DENSE), "units", N_("Units"), "10", OPTION_COUNT, {NULL}},
    {LAYER(LAYER_CONV2D), "units", N_("Filters"), "8", OPTION_COUNT, {NULL}},
    {LAYER(LAYER_CONV2D), "kernel", N_("Kernel"), "3x3", 0, {"1x1", "3x3", "5x5", "7x7"}},
    {POOLS, "kernel", N_("Window"), "2x2", 0, {"2x2", "3x3", "4x4"}},
    {LAYER(LAYER_CONV2D) | POOLS, "stride", N_("Stride"), N_("as usual"), OPTION_COUNT, {NULL}},
    {LAYER(LAYER_CONV2D) | POOLS,
     "padding",
     N_("Padding"),
     "valid",
     OPTION_PICK,
     {"valid", "same"}},
    {LAYER(LAYER_DROPOUT), "rate", N_("Drop rate"), "0.5", 0, {"0.1", "0.25", "0.5"}},
    {JOINS, "names", N_("Layers"), "first second", 0, {NULL}},
    {BUT_INPUT,
     "activation",
     N_("Activation"),
     "none",
     OPTION_PICK,
     {"-", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus", "step",
      "softmax"}},
    {BUT_INPUT & ~JOINS, "from", N_("Reads"), N_("the layer above"), OPTION_MORE, {NULL}},
    {WEIGHTS,
     "init",
     N_("Start"),
     N_("by the activation"),
     OPTION_MORE,
     {"-", "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "zeros"}},
    {WEIGHTS, "bias", N_("Bias starts at"), "0", OPTION_MORE, {NULL}},
    {LAYER(LAYER_BATCHNORM), "momentum", N_("Momentum"), "0.99", 0, {"0.9", "0.99"}},
    {LAYER(LAYER_BATCHNORM), "epsilon", N_("Epsilon"), "0.001", 0, {NULL}},
    {WEIGHTS | LAYER(LAYER_BATCHNORM),
     "frozen",
     N_("Frozen"),
     "",
     OPTION_MORE | OPTION_PICK,
     {"-", "frozen"}},
    {LOSS,
     "loss",
     N_("Loss"),
     "",
     OPTION_PICK,
     {"cross-entropy", "binary-cross-entropy", "squared-error", "absolute-error", "hinge"}},
    {DATA,
     "data",
     N_("Data"),
     "digits",
     0,
     {"digits", "digits8", "letters", "iris:standardize=1", "moons:n=500,noise=0.1,seed=3",
      "circles:n=400", "xor:n=400", "spiral:n=600,classes=3", "blobs:n=400", "sine:n=300"}},
    {TRAIN,
     "optimiser",
     N_("Optimiser"),
     "",
     OPTION_PICK,
     {"sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam"}},
    {TRAIN, "rate", N_("Rate"), "0.01", 0, {"0.001", "0.01", "0.05", "0.1", "0.5"}},
    {TRAIN, "batch", N_("Batch"), "32", 0, {"1", "10", "32", "100"}},
    {TRAIN, "epochs", N_("Epochs"), "1", OPTION_COUNT, {NULL}},
    {TRAIN, "seed", N_("Seed"), "1", OPTION_COUNT, {NULL}},
    {TRAIN, "mu", N_("Momentum mu"), "0.9", OPTION_MORE, {"0", "0.5", "0.9", "0.99"}},
    {TRAIN, "l2", "l2", "off", OPTION_MORE, {"-", "0.0001", "0.001", "0.01"}},
    {TRAIN, "clip", N_("Clip"), "off", OPTION_MORE, {"-", "1", "5"}},
    {TRAIN, "schedule", N_("Schedule"), "constant", OPTION_MORE, {"-", "cosine", "step:10:0.5"}},
};

static unsigned bit_of(const struct block_words *w)
{
    switch (w->kind) {
    case BLOCK_LAYER:
        return LAYER(w->layer);
    case BLOCK_LOSS:
        return LOSS;
    case BLOCK_DATA:
        return DATA;
    case BLOCK_TRAIN:
        return TRAIN;
    default:
        return 0;
    }
}

static void set(const struct view *v, int line, const char *key, const char *value)
{
    intents_add(v->out, "build set %d %s %s", line, key, value);
}

static void draw_label(const struct view *v, struct flow *f, const char *text)
{
    struct ui *ui = v->ui;
    int px = ui_text_px(ui, 19);
    flow_break(f, 6);
    float wide = fmaxf(ui_px(ui, 110), font_width(ui->fonts, FONT_SANS, px, text) + 2);
    draw_text_in(ui->draw, FONT_SANS, px, flow_place(f, wide), ALIGN_LEFT | TEXT_MAY_CUT,
                 ui->theme->muted, text);
}

/* The field's text follows the block's while nobody types into it. */
static void draw_field(const struct view *v, struct build_state *s, struct flow *f,
                       const struct option *o, int line, struct text value)
{
    struct ui *ui = v->ui;
    char id[64];
    if (s->fields_used == BUILD_FIELDS)
        return;
    struct build_field *field = &s->fields[s->fields_used++];
    bool other = field->line != line || strcmp(field->key, o->key) != 0;
    if (other || !field->focused) {
        text_edit_init(&field->edit, field->text, sizeof field->text);
        char now[BUILD_FIELD_TEXT];
        text_copy(value, now, sizeof now);
        text_edit_set(&field->edit, now);
        field->line = line;
        snprintf(field->key, sizeof field->key, "%s", o->key);
    }
    bool wide = strcmp(o->key, "data") == 0 || strcmp(o->key, "names") == 0;
    snprintf(id, sizeof id, "build.%s", o->key);
    unsigned answer = ui_field(ui, id, flow_place(f, ui_px(ui, wide ? 420 : 150)), &field->edit,
                               translate(o->hint), FONT_MONO, ui_text_px(ui, 19));
    if (answer & FIELD_CHANGED)
        set(v, line, o->key, field->text);
    field->focused = answer & FIELD_FOCUS && !(answer & FIELD_LEFT);
    if (answer & FIELD_ENTERED)
        ui_focus(ui, NULL);
}

static void draw_count(const struct view *v, struct flow *f, const struct option *o, int line,
                       struct text value)
{
    static const char *const signs[] = {"−", "+"}, *const words[] = {"less", "more"};
    char id[64], text[32];
    long number = 0;
    if (!text_to_long(value, &number))
        text_to_long(text_of(o->hint), &number);
    for (int i = 0; i < 2; i++) {
        snprintf(id, sizeof id, "build.%s.%s", o->key, words[i]);
        long next = number + (i ? 1 : -1);
        if (flow_button(f, id, signs[i], next < 1 ? BUTTON_DISABLED : BUTTON_NORMAL, NULL)) {
            snprintf(text, sizeof text, "%ld", next);
            set(v, line, o->key, text);
        }
    }
}

static void draw_words(const struct view *v, struct flow *f, const struct option *o, int line,
                       struct text value)
{
    char id[128];
    for (int i = 0; i < WORDS && o->words[i]; i++) {
        const char *word = o->words[i];
        bool none = strcmp(word, "-") == 0;
        bool on = none ? value.n == 0 : text_is(value, word);
        if (strcmp(o->key, "padding") == 0 && i == 0)
            on = value.n == 0 || on; /* valid, unless said otherwise */
        snprintf(id, sizeof id, "build.%s.%s", o->key, none ? "none" : word);
        if (flow_button(f, id, none ? _("none") : word, on ? BUTTON_ON : BUTTON_NORMAL, NULL))
            set(v, line, o->key, word);
    }
}

static void draw_tools(const struct view *v, struct build_state *s, struct flow *f, int line,
                       bool has_more)
{
    static const struct {
        const char *id, *label, *command, *after;
    } tools[] = {{"build.up", N_("▲ Up"), "move", " up"},
                 {"build.down", N_("▼ Down"), "move", " down"},
                 {"build.duplicate", N_("Duplicate"), "duplicate", ""},
                 {"build.remove", N_("Remove"), "remove", ""}};
    flow_break(f, 8);
    for (size_t i = 0; i < sizeof tools / sizeof *tools; i++)
        if (flow_button(f, tools[i].id, translate(tools[i].label), BUTTON_NORMAL, NULL))
            intents_add(v->out, "build %s %d%s", tools[i].command, line, tools[i].after);
    if (has_more && flow_button(f, "build.more", s->more ? _("Fewer options") : _("More options"),
                                BUTTON_PLAIN, NULL))
        s->more = !s->more;
}

void build_options_draw(const struct view *v, struct build_state *s, struct flow *f,
                        const struct build_block *block)
{
    struct block_words w = block_read(block->text);
    unsigned bit = bit_of(&w);
    bool has_more = false;
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        const struct option *o = &options[i];
        if (!(o->blocks & bit))
            continue;
        struct text value = block_value(&w, o->key);
        has_more = has_more || o->flags & OPTION_MORE;
        if (o->flags & OPTION_MORE && !s->more && value.n == 0)
            continue;
        draw_label(v, f, translate(o->label));
        if (!(o->flags & OPTION_PICK))
            draw_field(v, s, f, o, block->line, value);
        if (o->flags & OPTION_COUNT)
            draw_count(v, f, o, block->line, value);
        draw_words(v, f, o, block->line, value);
    }
    draw_tools(v, s, f, block->line, has_more);
}
