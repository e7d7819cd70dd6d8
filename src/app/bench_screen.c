/* bench --screen: how long a frame takes from what the user did to pixels in memory, without a
 * window. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/bench.h"
#include "app/script.h"
#include "glassnet/base/mem.h"
#include "glassnet/ui/raster.h"

enum { TURNS = 120, FRAMES_MOST = 8 * TURNS };

struct screen_bench {
    struct core *core;
    struct raster raster;
    int count;
    double ms[FRAMES_MOST];
};

/* What is looked at: the network, and the views with most numbers. */
static const struct scene_row {
    const char *name;
    const char *lines[4];
} scenes[] = {
    {"network", {"show network", "phase backward", "select d:conv2.W[3,2,2,5]"}},
    {"matrix", {"show matrix", "phase backward", "select d:out.W[7,120]"}},
    {"layer", {"show layer", "phase forward", "select conv2.z[3,2,5]"}},
    {"chain", {"show chain", "phase backward", "select conv2.z[3,2,5]"}},
    {"plane", {"open data/networks/plane.net", "show plane", "select hidden1.z[2]"}},
};

static const struct deed {
    const char *name, *key; /* key NULL: the mouse moves over the canvas */
} deeds[] = {{"stepping", "Space"}, {"selecting", "Right"}, {"hovering", NULL}};

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static void frame(struct screen_bench *b, bool timed)
{
    struct core *c = b->core;
    double begin = now_ms();
    core_frame(c, c->ui.time + 1.0 / 60);
    raster_draw(&b->raster, &c->draw);
    if (timed && b->count < FRAMES_MOST)
        b->ms[b->count++] = now_ms() - begin;
}

/* One turn and the frames that follow from it; what moves by itself is cut short. */
static void take_turn(struct screen_bench *b, const struct deed *deed, int turn)
{
    struct core *c = b->core;
    struct ui_event e = deed->key
                            ? event_key(deed->key)
                            : event_mouse(EVENT_MOUSE_MOVE, (float)c->w * 0.1f + (float)turn * 3,
                                          (float)c->h * 0.5f + (float)(turn % 40));
    core_feed(c, &e);
    frame(b, true);
    for (int i = 0; i < 3 && c->ui.again; i++)
        frame(b, true);
}

static int smaller_first(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static bool time_scene(struct screen_bench *b, const struct scene_row *s, struct err *err)
{
    for (int i = 0; i < 4 && s->lines[i]; i++)
        if (!script_run_line(b->core, s->lines[i], err))
            return false;
    raster_forget(&b->raster);
    frame(b, false);
    for (size_t d = 0; d < sizeof deeds / sizeof *deeds; d++) {
        b->count = 0;
        for (int i = 0; i < TURNS; i++)
            take_turn(b, &deeds[d], i);
        qsort(b->ms, (size_t)b->count, sizeof *b->ms, smaller_first);
        printf("  %-10s %-10s %8.1f %8.1f\n", s->name, deeds[d].name, b->ms[b->count / 2],
               b->ms[b->count - 1]);
    }
    return true;
}

static bool time_size(struct screen_bench *b, int w, int h, struct err *err)
{
    double begin = now_ms();
    b->core = core_create(w, h, err);
    bool done = b->core && raster_init(&b->raster, w, h, err) &&
                core_command(b->core, "open data/networks/digits-cnn.net", err);
    if (done) {
        frame(b, false);
        printf("%d x %d, first frame after %.0f ms\n  %-10s %-10s %8s %8s\n", w, h,
               now_ms() - begin, "view", "doing", "median", "worst ms");
    }
    for (size_t i = 0; done && i < sizeof scenes / sizeof *scenes; i++)
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

bool bench_screen(struct err *err)
{
    static const int sizes[][2] = {{1920, 1080}, {3840, 2160}};
    struct screen_bench *b = mem_zalloc(1, sizeof *b);
    bool done = true;
    for (size_t i = 0; done && i < 2; i++) {
        done = time_size(b, sizes[i][0], sizes[i][1], err);
        printf("  most memory until here: %.0f MB\n", peak_megabytes());
        fflush(stdout);
        memset(b, 0, sizeof *b);
    }
    free(b);
    return done;
}
