#include <check.h>
#include <string.h>

#include "glassnet/base/text.h"
#include "glassnet/ui/font.h"

Suite *test_font(void);

static struct fonts *open_fonts(void)
{
    struct err err = {0};
    struct fonts *f = fonts_create(&err);
    ck_assert_msg(f != NULL, "%s", err.message);
    return f;
}

START_TEST(every_sign_in_use_is_shown)
{
    const char *p = "∂Σηθσμλβεαγδ·×−₀₁₂₃₄₅₆₇₈₉"
                    "⁻⁰¹²³⁴⁵⁶⁷⁸⁹ᵀᵤᵥ▶◀⏮⏭⏪⏩⏸⏹⏴⏵"
                    "✓✗…→←↑↓↦▾▴▸◂⚙∞≈≤≥≠√∇⊙‖☰■□●○★"
                    "–—„“‘’½ℝ∈äöüßéèç";
    struct fonts *f = open_fonts();
    while (*p) {
        unsigned cp = text_decode(&p);
        for (int face = 0; face < FONT_FACES; face++) {
            ck_assert_msg(font_shows(f, (enum font_face)face, cp), "U+%04X", cp);
            const struct font_glyph *g = font_glyph(f, (enum font_face)face, 22, cp, 0);
            ck_assert_msg(g->coverage != NULL && g->advance > 2, "U+%04X draws nothing", cp);
        }
    }
    fonts_destroy(f);
}
END_TEST

START_TEST(monospaced_digits_are_equally_wide)
{
    struct fonts *f = open_fonts();
    const char *const signs[] = {"1", "8", "−", "·", "(", "∂", "="};
    float w = font_width(f, FONT_MONO, 26, "0");
    ck_assert_double_eq_tol((double)w, 15.6, 0.05); /* JetBrains Mono: 0.6 em */
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        ck_assert_double_eq_tol((double)font_width(f, FONT_MONO, 26, signs[i]), (double)w, 0.05);
        ck_assert_double_eq_tol((double)font_width(f, FONT_MONO_BOLD, 26, signs[i]), (double)w,
                                0.05);
    }
    fonts_destroy(f);
}
END_TEST

START_TEST(width_is_the_sum_of_the_drawn_advances)
{
    struct fonts *f = open_fonts();
    const char *text = "Blame ∂L/∂z = −0.318 · 61 000 ⏵";
    for (int face = 0; face < FONT_FACES; face++)
        for (int px = 12; px < 60; px += 7) {
            float sum = 0;
            for (const char *p = text; *p;)
                sum += font_glyph(f, (enum font_face)face, px, text_decode(&p), 0)->advance;
            ck_assert_double_eq_tol((double)font_width(f, (enum font_face)face, px, text),
                                    (double)sum, 0.02);
        }
    fonts_destroy(f);
}
END_TEST

START_TEST(ink_stays_between_ascent_and_descent)
{
    struct fonts *f = open_fonts();
    const char *text = "ÄÉgjpqy|()[]{}∂Σ√";
    for (int face = 0; face < FONT_FACES; face++)
        for (const char *p = text; *p;) {
            const struct font_glyph *g =
                font_glyph(f, (enum font_face)face, 40, text_decode(&p), 2);
            ck_assert_double_ge((double)((float)g->top),
                                (double)(-font_ascent(f, (enum font_face)face, 40) - 3));
            ck_assert_double_le((double)((float)(g->top + g->h)),
                                (double)(font_descent(f, (enum font_face)face, 40) + 3));
        }
    fonts_destroy(f);
}
END_TEST

START_TEST(fitting_and_pointing_meet_character_boundaries)
{
    struct fonts *f = open_fonts();
    const char *text = "a∂b"; /* bytes 0, 1..3, 4 */
    float a = font_width_n(f, FONT_MONO, 20, text, 1);
    ck_assert_double_eq_tol((double)a, 12, 0.1);
    ck_assert_int_eq(font_fit(f, FONT_MONO, 20, text, 11), 0);
    ck_assert_int_eq(font_fit(f, FONT_MONO, 20, text, 12.5f), 1);
    ck_assert_int_eq(font_fit(f, FONT_MONO, 20, text, 24.5f), 4);
    ck_assert_int_eq(font_fit(f, FONT_MONO, 20, text, 1000), 5);
    ck_assert_int_eq(font_index_at(f, FONT_MONO, 20, text, -3), 0);
    ck_assert_int_eq(font_index_at(f, FONT_MONO, 20, text, 7), 1);
    ck_assert_int_eq(font_index_at(f, FONT_MONO, 20, text, 17), 1);
    ck_assert_int_eq(font_index_at(f, FONT_MONO, 20, text, 20), 4);
    ck_assert_int_eq(font_index_at(f, FONT_MONO, 20, text, 99), 5);
    fonts_destroy(f);
}
END_TEST

START_TEST(the_quarters_move_the_ink_to_the_right)
{
    struct fonts *f = open_fonts();
    double before = -1;
    for (int q = 0; q < 4; q++) {
        const struct font_glyph *g = font_glyph(f, FONT_SANS, 24, 'H', q);
        double sum = 0, moment = 0;
        for (int i = 0; i < g->w * g->h; i++) {
            sum += g->coverage[i];
            moment += g->coverage[i] * (g->left + i % g->w);
        }
        double centre = moment / sum;
        if (q > 0)
            ck_assert_double_eq_tol(centre - before, 0.25, 0.02);
        before = centre;
    }
    fonts_destroy(f);
}
END_TEST

Suite *test_font(void)
{
    Suite *s = suite_create("font");
    TCase *c = tcase_create("font");
    tcase_add_test(c, every_sign_in_use_is_shown);
    tcase_add_test(c, monospaced_digits_are_equally_wide);
    tcase_add_test(c, width_is_the_sum_of_the_drawn_advances);
    tcase_add_test(c, ink_stays_between_ascent_and_descent);
    tcase_add_test(c, fitting_and_pointing_meet_character_boundaries);
    tcase_add_test(c, the_quarters_move_the_ink_to_the_right);
    suite_add_tcase(s, c);
    return s;
}
