/* Golden pictures of a few screens at 1280 x 720. `make golden` draws them anew. A picture that
 * differs is written beside the build with the golden's name. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "app/script.h"
#include "glassnet/data/picture_file.h"
#include "glassnet/ui/picture.h"
#include "glassnet/ui/raster.h"

enum { W = 1280, H = 720, QUARTER = 4 };

static const struct golden {
    const char *name;
    const char *lines[6];
} goldens[] = {
    {"home", {"show home"}},
    {"forward", {"phase forward", "select conv2.z[3,2,5]"}},
    {"backward", {"phase backward", "select d:conv1.W[3,2,2,0]"}},
    {"matrix", {"phase backward", "select d:out.W[7,20]", "show matrix"}},
    {"layer", {"phase forward", "select conv2.z[3,2,5]", "show layer"}},
    {"chain",
     {"open data/networks/moons.net", "phase backward", "select hidden2.z[1]", "show chain"}},
    {"slope",
     {"open data/networks/moons.net", "phase update", "select hidden1.W[3,1]", "show slope"}},
    {"plane", {"open data/networks/moons.net", "show plane", "select hidden1.z[2]"}},
    {"curve", {"open data/networks/curve.net", "show plane", "train 40"}},
    {"train", {"open data/networks/digits8.net", "restart", "train 3", "show train"}},
    {"inside", {"show inside", "look gradcam conv2 3", "sample 12", "select conv2[3,3,5]"}},
    {"dream",
     {"show inside", "look guided", "click inside.page.Dream", "dream out.z[3]", "dream step 60"}},
    {"beside", {"show beside", "beside fresh", "sample 12", "select conv2[3,3,5]"}},
    {"data", {"show data"}},
    {"kernels", {"show kernels", "kernels at 60,41"}},
    {"build", {"show build", "build template cnn", "build select 3"}},
    {"optimizers", {"show optimizers", "optimizers rate 0.03", "optimizers step 25"}},
};
enum { GOLDENS = sizeof goldens / sizeof *goldens };

/* What a thread of its own works out is asked for by the view, one thing after the other. */
static void wait_for_probes(struct core *c)
{
    for (int still = 0, i = 0; still < 5 && i < 2000; i++) {
        const struct snapshot *s = session_snapshot(c->session);
        bool busy = s->slope->running || s->nudge->running || s->look->running ||
                    s->field.running || s->field.stale;
        still = busy ? 0 : still + 1;
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
        core_settle(c);
    }
}

static void draw(const struct golden *g, struct raster *r)
{
    struct err err = {0};
    setenv("XDG_DATA_HOME", "/dev/null/none", 1);
    struct core *c = core_create(W, H, &err);
    ck_assert_msg(c != NULL, "%s", err.message);
    ck_assert_msg(script_run_line(c, "open data/networks/digits-cnn.net", &err), "%s", err.message);
    for (int i = 0; i < 6 && g->lines[i]; i++)
        ck_assert_msg(script_run_line(c, g->lines[i], &err), "%s: %s", g->lines[i], err.message);
    wait_for_probes(c);
    if (strcmp(g->name, "train") == 0) /* how fast it went is another each time */
        draw_rect(&c->draw, rect_of(1040, 622, 240, 38), c->ui.theme->panel);
    ck_assert(raster_init(r, W, H, &err));
    raster_draw(r, &c->draw);
    core_destroy(c);
}

static float channel(uint32_t pixel, int k)
{
    return (float)(pixel >> (16 - 8 * k) & 255) / 255;
}

/* Pixels that differ by more than a tenth. */
static int count_fine(const struct raster *r, const float *old)
{
    int n = 0;
    for (long i = 0; i < (long)W * H; i++) {
        float most = 0;
        for (int k = 0; k < 3; k++)
            most = fmaxf(most, fabsf(channel(r->pixels[i], k) - old[3 * i + k]));
        n += most > 0.10f;
    }
    return n;
}

/* The same of both pictures in a quarter of their size. */
static int count_coarse(const struct raster *r, const float *old)
{
    int n = 0;
    for (int y = 0; y < H; y += QUARTER)
        for (int x = 0; x < W; x += QUARTER) {
            float sum[3] = {0}, most = 0;
            for (int i = 0; i < QUARTER * QUARTER; i++) {
                long at = (long)(y + i / QUARTER) * W + x + i % QUARTER;
                for (int k = 0; k < 3; k++)
                    sum[k] += channel(r->pixels[at], k) - old[3 * at + k];
            }
            for (int k = 0; k < 3; k++)
                most = fmaxf(most, fabsf(sum[k]) / (QUARTER * QUARTER));
            n += most > 0.06f;
        }
    return n;
}

START_TEST(screens_look_as_they_did)
{
    const struct golden *g = &goldens[_i];
    const char *write = getenv("GLASSNET_GOLDEN");
    struct err err = {0};
    struct raster r = {0};
    struct picture_info info;
    char path[200], beside[200];
    draw(g, &r);
    snprintf(path, sizeof path, "tests/view/golden/%s.png", g->name);
    snprintf(beside, sizeof beside, "build/golden/%s.png", g->name);
    if (write) {
        ck_assert_msg(picture_write_png(path, r.pixels, W, H, &err), "%s", err.message);
        raster_deinit(&r);
        return;
    }
    float *old = picture_file_load(path, 3, &info, &err);
    ck_assert_msg(old != NULL, "%s: %s", path, err.message);
    ck_assert_msg(info.width == W && info.height == H, "%s is %d x %d", path, info.width,
                  info.height);
    int fine = count_fine(&r, old), coarse = count_coarse(&r, old);
    if (fine > 36 || coarse > 4) {
        mkdir("build", 0777);
        mkdir("build/golden", 0777);
        picture_write_png(beside, r.pixels, W, H, NULL);
    }
    ck_assert_msg(
        fine <= 36 && coarse <= 4,
        "the screen \"%s\" differs from %s: %d pixels by more than 10 %% (36 may), %d of "
        "a quarter's by more than 6 %% (4 may). It is now as in %s; if that is meant, run "
        "make golden",
        g->name, path, fine, coarse, beside);
    free(old);
    raster_deinit(&r);
}
END_TEST

Suite *test_golden(void);
Suite *test_golden(void)
{
    Suite *s = suite_create("golden");
    TCase *t = tcase_create("golden");
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, screens_look_as_they_did, 0, GOLDENS);
    suite_add_tcase(s, t);
    return s;
}
