/* bench --screen: how long a frame takes from what the user did to pixels in memory, without a
 * window. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/bench.h"
#include "app/script.h"
#include "glassnet/base/mem.h"
#include "glassnet/ui/raster.h"

enum { TURNS = 120, TURNS_QUICK = 30, FRAMES_MOST = 8 * TURNS, LINES = 6 };

#define FRAME_MS  (1000.0 / 60)
#define SETTLE_MS 500.0 /* for what a view's threads work out before it is timed */

struct screen_bench {
    struct core *core;
    struct raster raster;
    int turns, count;
    double ms[FRAMES_MOST];
};

enum deed_kind { STEPPING, SELECTING, SAMPLING, HOVERING, TRAINING, DRAWING, OWN, DEEDS };

/* A key, or else the mouse that moves: over the canvas, there while the network trains, or held
 * down on the drawing pad; OWN is the scene's. */
static const struct deed {
    const char *name, *key;
} deeds[DEEDS] = {{"stepping", "Space"}, {"selecting", "Right"}, {"next sample", "N"},
                  {"hovering", NULL},    {"training", NULL},     {"drawing", NULL},
                  {NULL, NULL}};

#define DOES(kind) (1u << (kind))
#define SEES       (DOES(STEPPING) | DOES(SELECTING) | DOES(HOVERING) | DOES(TRAINING))
#define PLAYS      (DOES(HOVERING) | DOES(TRAINING))

/* What is looked at: every view, with the digits CNN unless a scene opens something else. */
static const struct scene_row {
    const char *name;
    const char *lines[LINES];
    unsigned does;
    const char *own, *own_lines[2]; /* a deed of its own: its name, two commands in turn */
} scenes[] = {
    {"network", {"show network", "phase backward", "select d:conv2.W[3,2,2,5]"}, SEES, NULL, {0}},
    {"matrix", {"show matrix", "phase backward", "select d:out.W[7,120]"}, SEES, NULL, {0}},
    {"layer", {"show layer", "phase forward", "select conv2.z[3,2,5]"}, SEES, NULL, {0}},
    {"chain", {"show chain", "phase backward", "select conv2.z[3,2,5]"}, SEES, NULL, {0}},
    {"slope", {"show slope", "select conv2.W[3,2,2,5]"}, PLAYS, NULL, {0}},
    {"run", {"show run"}, PLAYS, NULL, {0}},
    {"train", {"show train"}, PLAYS, NULL, {0}},
    {"inside",
     {"show inside", "reveal all", "select conv2[3,2,5]", "look gradcam"},
     PLAYS | DOES(SAMPLING),
     NULL,
     {0}},
    {"dream", {"look none", "dream conv2[3,2,5] map"}, PLAYS, "climbing", {"dream step", NULL}},
    {"beside", {"show beside", "beside start"}, PLAYS | DOES(SAMPLING), NULL, {0}},
    {"kernels",
     {"beside none", "show kernels", "kernels picture house"},
     PLAYS,
     "editing",
     {"kernels cell 1,1 0.5", "kernels cell 1,1 2"}},
    {"build",
     {"show build", "build from-open"},
     PLAYS,
     "editing",
     {"build duplicate 3", "build undo"}},
    {"optimizers",
     {"show optimizers", "optimizers surface ravine"},
     PLAYS,
     "walking",
     {"optimizers step", NULL}},
    {"real loss", {"optimizers surface loss"}, PLAYS, "walking", {"optimizers step", NULL}},
    {"your data", {"show data", "bring data/wine.csv"}, DOES(HOVERING), NULL, {0}},
    {"draw", {"show network", "show draw"}, DOES(DRAWING), NULL, {0}},
    {"plane",
     {"open data/networks/plane.net", "show plane", "select hidden1.z[2]"},
     SEES,
     NULL,
     {0}},
};

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

/* From the moment when it became due. */
static void frame(struct screen_bench *b, double begin)
{
    struct core *c = b->core;
    core_frame(c, c->ui.time + 1.0 / 60);
    raster_draw(&b->raster, &c->draw);
    if (b->count < FRAMES_MOST)
        b->ms[b->count++] = now_ms() - begin;
}

/* On the pad when drawing, else on the canvas. */
static struct ui_event mouse_at(struct core *c, bool on_pad, int turn)
{
    const struct widget_record *pad = on_pad ? ui_find(&c->ui, "pad") : NULL;
    if (pad)
        return event_mouse(EVENT_MOUSE_MOVE,
                           pad->rect.x + pad->rect.w * (0.2f + 0.6f * (float)(turn % 31) / 31),
                           pad->rect.y + pad->rect.h * (0.2f + 0.6f * (float)(turn % 23) / 23));
    return event_mouse(EVENT_MOUSE_MOVE, (float)c->w * 0.1f + (float)turn * 3,
                       (float)c->h * 0.5f + (float)(turn % 40));
}

static void pause_ms(double ms)
{
    struct timespec t = {0, (long)(ms * 1e6)};
    if (ms > 0)
        nanosleep(&t, NULL);
}

/* One turn and the frames that follow from it; what moves by itself is cut short. */
static void take_turn(struct screen_bench *b, const struct scene_row *s, enum deed_kind kind,
                      int turn)
{
    struct core *c = b->core;
    double begin = now_ms();
    if (kind == OWN) {
        core_command(c, s->own_lines[s->own_lines[1] ? turn % 2 : 0], NULL);
    } else {
        struct ui_event e =
            deeds[kind].key ? event_key(deeds[kind].key) : mouse_at(c, kind == DRAWING, turn);
        core_feed(c, &e);
    }
    frame(b, begin);
    for (int i = 0; i < 3 && c->ui.again; i++)
        frame(b, now_ms());
    if (kind == TRAINING)
        pause_ms(FRAME_MS - (now_ms() - begin));
}

/* Until nothing moves any more, or long enough. */
static void settle(struct screen_bench *b)
{
    int count = b->count;
    for (double begin = now_ms(); now_ms() - begin < SETTLE_MS; pause_ms(FRAME_MS))
        frame(b, now_ms());
    b->count = count;
}

static int smaller_first(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void begin_deed(struct screen_bench *b, enum deed_kind kind)
{
    struct core *c = b->core;
    if (kind == TRAINING)
        core_command(c, "train 1000", NULL);
    if (kind == DRAWING) {
        struct ui_event e = mouse_at(c, true, 0);
        core_feed(c, &e);
        e.kind = EVENT_MOUSE_DOWN;
        core_feed(c, &e);
    }
}

static void end_deed(struct screen_bench *b, enum deed_kind kind)
{
    struct core *c = b->core;
    if (kind == TRAINING)
        core_command(c, "stop", NULL);
    if (kind == DRAWING) {
        struct ui_event e = mouse_at(c, true, 0);
        e.kind = EVENT_MOUSE_UP;
        core_feed(c, &e);
    }
    settle(b);
}

/* Samples trained on in this training. */
static double trained(const struct screen_bench *b)
{
    const struct progress *p = &session_snapshot(b->core->session)->progress;
    return (double)p->epoch * p->samples + p->position;
}

static void time_deed(struct screen_bench *b, const struct scene_row *s, enum deed_kind kind)
{
    begin_deed(b, kind);
    b->count = 0;
    double begin = now_ms(), samples = kind == TRAINING ? trained(b) : 0;
    for (int i = 0; i < b->turns; i++)
        take_turn(b, s, kind, i);
    samples = kind == TRAINING ? (trained(b) - samples) / (now_ms() - begin) * 1000 : 0;
    qsort(b->ms, (size_t)b->count, sizeof *b->ms, smaller_first);
    printf("  %-10s %-11s %8.1f %8.1f", s->name, kind == OWN ? s->own : deeds[kind].name,
           b->ms[b->count / 2], b->ms[b->count - 1]);
    if (samples > 0)
        printf("  %.0f samples/s", samples);
    putchar('\n');
    fflush(stdout);
    end_deed(b, kind);
}

static bool time_scene(struct screen_bench *b, const struct scene_row *s, struct err *err)
{
    for (int i = 0; i < LINES && s->lines[i]; i++)
        if (!script_run_line(b->core, s->lines[i], err))
            return false;
    raster_forget(&b->raster);
    settle(b);
    for (int d = 0; d < DEEDS; d++)
        if (s->does & DOES(d) || (d == OWN && s->own))
            time_deed(b, s, (enum deed_kind)d);
    return true;
}

static bool time_size(struct screen_bench *b, int w, int h, const char *only, struct err *err)
{
    double begin = now_ms();
    b->core = core_create(w, h, err);
    bool done = b->core && raster_init(&b->raster, w, h, err) &&
                core_command(b->core, "open data/networks/digits-cnn.net", err);
    if (done) {
        frame(b, begin);
        printf("%d x %d, first frame after %.0f ms\n  %-10s %-11s %8s %8s\n", w, h,
               now_ms() - begin, "view", "doing", "median", "worst ms");
    }
    for (size_t i = 0; done && i < sizeof scenes / sizeof *scenes; i++)
        if (!only || strcmp(only, scenes[i].name) == 0)
            done = time_scene(b, &scenes[i], err);
    raster_deinit(&b->raster);
    core_destroy(b->core);
    return done;
}

/* The most memory this process has held, from the system; 0: it does not say. */
static double peak_megabytes(void)
{
    char line[256];
    long kb = 0;
    FILE *f = fopen("/proc/self/status", "r");
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "VmHWM: %ld", &kb) == 1)
            break;
    if (f)
        fclose(f);
    return (double)kb / 1024;
}

static bool is_scene(const char *name)
{
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++)
        if (strcmp(name, scenes[i].name) == 0)
            return true;
    return false;
}

bool bench_screen(const char *only, bool quick, struct err *err)
{
    static const int sizes[][2] = {{1920, 1080}, {3840, 2160}};
    if (only && !is_scene(only))
        return err_set(err, ERR_USAGE, NULL, 0,
                       "--only %s: with --screen expected a view, as in --only train", only);
    struct screen_bench *b = mem_zalloc(1, sizeof *b);
    bool done = true;
    for (size_t i = 0; done && i < (quick ? 1 : 2); i++) {
        memset(b, 0, sizeof *b);
        b->turns = quick ? TURNS_QUICK : TURNS;
        done = time_size(b, sizes[i][0], sizes[i][1], only, err);
        printf("  most memory until here: %.0f MB\n", peak_megabytes());
        fflush(stdout);
    }
    free(b);
    return done;
}
