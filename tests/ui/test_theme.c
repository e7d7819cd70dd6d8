#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "glassnet/ui/theme.h"

Suite *test_theme(void);

static float least_of(const struct theme *t)
{
    return t == theme_find("contrast") ? 7.0f : 4.5f;
}

static void reads(const struct theme *t, const char *what, struct colour text, struct colour on)
{
    float ratio = colour_contrast(text, on), least = least_of(t);
    ck_assert_msg(ratio >= least, "%s, %s: %.2f is below %.1f", t->name, what, (double)ratio,
                  (double)least);
}

START_TEST(text_reads_on_every_ground)
{
    for (int i = 0; i < theme_count(); i++) {
        const struct theme *t = theme_at(i);
        const struct colour grounds[] = {t->background, t->panel, t->hover};
        for (int g = 0; g < 3; g++) {
            reads(t, "ink", t->ink, grounds[g]);
            reads(t, "muted", t->muted, grounds[g]);
        }
        for (int g = 0; g < 2; g++) {
            reads(t, "value -", t->text_value_neg, grounds[g]);
            reads(t, "value +", t->text_value_pos, grounds[g]);
            reads(t, "gradient -", t->text_grad_neg, grounds[g]);
            reads(t, "gradient +", t->text_grad_pos, grounds[g]);
            reads(t, "error", t->error, grounds[g]);
            reads(t, "good", t->good, grounds[g]);
            reads(t, "link", t->link, grounds[g]);
            for (int p = 0; p < 4; p++)
                reads(t, "phase as text", t->text_phase[p], grounds[g]);
        }
        reads(t, "on ink", t->on_ink, t->ink);
        reads(t, "your turn", t->turn_ink, t->turn_ground);
        reads(t, "muted on hatch", t->muted, t->hatch_ground);
        for (int p = 0; p < 4; p++)
            reads(t, "on phase", t->on_phase[p], t->phase[p]);
    }
}
END_TEST

START_TEST(numbers_read_on_every_cell)
{
    for (int i = 0; i < theme_count(); i++) {
        const struct theme *t = theme_at(i);
        for (int k = -50; k <= 50; k++) {
            struct colour v = scale_value(t, (float)k, 50), g = scale_gradient(t, (float)k, 50);
            ck_assert(colour_contrast(theme_text_on(t, v), v) >= least_of(t));
            ck_assert(colour_contrast(theme_text_on(t, g), g) >= least_of(t));
        }
    }
}
END_TEST

static void stays_apart(const struct theme *t, const char *what, struct colour a, struct colour b,
                        float least)
{
    for (int v = VISION_FULL; v <= VISION_TRITAN; v++) {
        enum colour_vision vision = (enum colour_vision)v;
        float d = colour_difference(colour_seen(a, vision), colour_seen(b, vision));
        ck_assert_msg(d >= least, "%s, %s, vision %d: difference %.1f", t->name, what, v,
                      (double)d);
    }
}

/* The thresholds, in CIEDE2000, where about 1 is just noticeable: the two ends of a scale and the
 * selection must differ at a glance; phases also carry their number, name and place. */
enum { AT_A_GLANCE = 20, BESIDE = 15, PHASES_APART = 7 };

START_TEST(meanings_stay_apart_for_colour_blind_eyes)
{
    for (int i = 0; i < theme_count(); i++) {
        const struct theme *t = theme_at(i);
        stays_apart(t, "values", t->value_neg, t->value_pos, AT_A_GLANCE);
        stays_apart(t, "gradients", t->grad_neg, t->grad_pos, AT_A_GLANCE);
        stays_apart(t, "values as text", t->text_value_neg, t->text_value_pos, AT_A_GLANCE);
        stays_apart(t, "gradients as text", t->text_grad_neg, t->text_grad_pos, AT_A_GLANCE);
        stays_apart(t, "selection and ground", t->selection, t->background, AT_A_GLANCE);
        stays_apart(t, "selection and value -", t->selection, t->value_neg, BESIDE);
        stays_apart(t, "selection and value +", t->selection, t->value_pos, AT_A_GLANCE);
        stays_apart(t, "selection and gradient -", t->selection, t->grad_neg, BESIDE);
        stays_apart(t, "selection and gradient +", t->selection, t->grad_pos, AT_A_GLANCE);
        for (int p = 0; p < 4; p++)
            for (int q = p + 1; q < 4; q++)
                stays_apart(t, "phases", t->phase[p], t->phase[q], PHASES_APART);
    }
}
END_TEST

/* Reference values of an independent program that gives the published CIEDE2000 test pairs. */
START_TEST(differences_and_vision_are_those_published)
{
    const struct colour blue = colour_hex(0x0f62b5), orange = colour_hex(0xd9600c);
    static const double between[] = {50.61, 53.59, 61.24, 63.60};
    static const uint32_t red[] = {0xffc22b3a, 0xff595239, 0xff7e7235, 0xffd50032};
    for (int v = VISION_FULL; v <= VISION_TRITAN; v++) {
        enum colour_vision vision = (enum colour_vision)v;
        double d =
            (double)colour_difference(colour_seen(blue, vision), colour_seen(orange, vision));
        ck_assert_double_eq_tol(d, between[v], 0.3); /* seen colours are rounded to 8 bits */
        struct colour seen = colour_seen(colour_hex(0xc22b3a), vision),
                      like = colour_unpack(red[v]);
        ck_assert_int_le(abs(seen.r - like.r) + abs(seen.g - like.g) + abs(seen.b - like.b), 3);
    }
    ck_assert(colour_difference(blue, blue) == 0);
    ck_assert(colour_difference(colour_hex(0x000000), colour_hex(0xffffff)) > 99);
}
END_TEST

START_TEST(scales_diverge_from_zero)
{
    const struct theme *t = theme_find("paper");
    ck_assert_uint_eq(colour_pack(scale_value(t, 0, 2)), 0xffffffffu);
    ck_assert_uint_eq(colour_pack(scale_value(t, 2, 2)), 0xff0f62b5u);
    ck_assert_uint_eq(colour_pack(scale_value(t, -2, 2)), 0xffd9600cu);
    ck_assert_uint_eq(colour_pack(scale_value(t, -7, 2)), 0xffd9600cu);
    ck_assert_uint_eq(colour_pack(scale_gradient(t, 2, 2)), 0xff7a2ea0u);
    /* Half way to 0x0f62b5: (255+15)/2 = 135, (255+98)/2 = 176.5, (255+181)/2 = 218. */
    ck_assert_uint_eq(colour_pack(scale_value(t, 1, 2)), 0xff87b1dau);
    ck_assert_uint_eq(colour_pack(scale_value(t, NAN, 2)), colour_pack(t->nan));
    ck_assert_uint_eq(colour_pack(scale_value(t, INFINITY, 2)), colour_pack(t->nan));
    const float v[6] = {1, 100, -2, NAN, -INFINITY, 0.5f};
    ck_assert_double_eq((double)scale_limit(v + 2, 4), 2);
    ck_assert_double_eq((double)scale_limit(v + 3, 2), 1);
    uint32_t out[2];
    scale_pack(t, false, v, 2, 2, 2, out); /* takes 1 and -2 */
    ck_assert_uint_eq(out[0], 0xff87b1dau);
    ck_assert_uint_eq(out[1], 0xffd9600cu);
}
END_TEST

START_TEST(paper_has_the_colours_of_the_design)
{
    const struct theme *t = theme_find("paper");
    const struct {
        struct colour is;
        uint32_t hex;
    } table[] = {
        {t->background, 0xfbfaf6}, {t->panel, 0xffffff},    {t->ink, 0x1c2126},
        {t->muted, 0x667079},      {t->line, 0xd9d6cc},     {t->value_neg, 0xd9600c},
        {t->value_pos, 0x0f62b5},  {t->grad_neg, 0x1f8a4c}, {t->grad_pos, 0x7a2ea0},
        {t->selection, 0xf2b100},  {t->phase[0], 0x0f62b5}, {t->phase[1], 0xc22b3a},
        {t->phase[2], 0x6a2688},   {t->phase[3], 0x0c8577},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        ck_assert_uint_eq(colour_pack(table[i].is), 0xff000000u | table[i].hex);
}
END_TEST

START_TEST(contrast_is_that_of_wcag)
{
    struct colour white = colour_hex(0xffffff), black = colour_hex(0);
    ck_assert_double_eq_tol((double)colour_contrast(white, black), 21, 0.001);
    /* The well-known #767676 on white: 4.54. */
    ck_assert_double_eq_tol((double)colour_contrast(colour_hex(0x767676), white), 4.54, 0.01);
    ck_assert_ptr_null(theme_find("neon"));
}
END_TEST

Suite *test_theme(void)
{
    Suite *s = suite_create("theme");
    TCase *c = tcase_create("theme");
    tcase_add_test(c, text_reads_on_every_ground);
    tcase_add_test(c, numbers_read_on_every_cell);
    tcase_add_test(c, meanings_stay_apart_for_colour_blind_eyes);
    tcase_add_test(c, differences_and_vision_are_those_published);
    tcase_add_test(c, scales_diverge_from_zero);
    tcase_add_test(c, paper_has_the_colours_of_the_design);
    tcase_add_test(c, contrast_is_that_of_wcag);
    suite_add_tcase(s, c);
    return s;
}
