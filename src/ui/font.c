#include "glassnet/ui/font.h"

#include <SDL_ttf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "font_sign.h"
#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"
#include "glassnet/base/text.h"

enum {
    OVER = 4,              /* glyphs are rasterised this many times larger, then averaged */
    FALLBACK = FONT_FACES, /* index of the face asked last */
    SOURCES,
    FILE_MOST = 1 << 26,
    MEASURE_PX = 1024, /* size at which advances are read */
    ASCII = 128
};

/* How wide a sign of a face is, in ems, and which file it comes from. */
struct sign {
    uint32_t key; /* code point and face, plus one; 0: empty place */
    float em;
    int source;
};

struct cached_glyph {
    uint64_t key; /* 0: empty place */
    struct font_glyph *glyph;
};

struct fonts {
    char *bytes[SOURCES]; /* the files: reading signs from them takes thousands of small reads */
    TTF_Font *file[SOURCES];
    int size[SOURCES];                                              /* set at the moment */
    float ascent[FONT_FACES], descent[FONT_FACES], cap[FONT_FACES]; /* in ems */
    float ascii[FONT_FACES][ASCII];
    struct sign *signs; /* open addressing, a power of two places */
    int n_signs, cap_signs;
    struct cached_glyph *glyphs; /* likewise */
    int n_glyphs, cap_glyphs;
    struct arena pieces;
};

static const char *const file_names[SOURCES] = {
    "fonts/Inter-Regular.otf", "fonts/Inter-SemiBold.otf", "fonts/JetBrainsMono-Regular.ttf",
    "fonts/JetBrainsMono-Bold.ttf", "fonts/DejaVuSans.ttf"};

static void set_size(struct fonts *f, int source, int px)
{
    if (f->size[source] != px)
        TTF_SetFontSize(f->file[source], px);
    f->size[source] = px;
}

static bool open_file(struct fonts *f, int source, struct err *err)
{
    char path[1024];
    if (!file_find_shared(path, sizeof path, file_names[source]))
        return err_set(err, ERR_INPUT, file_names[source], 0,
                       "this font is missing; it comes with Glassnet in the folder \"fonts\"");
    size_t size;
    f->bytes[source] = file_read(path, FILE_MOST, &size, err);
    if (!f->bytes[source])
        return false;
    f->file[source] =
        TTF_OpenFontRW(SDL_RWFromConstMem(f->bytes[source], (int)size), 1, MEASURE_PX);
    if (!f->file[source])
        return err_set(err, ERR_INPUT, path, 0, "this font cannot be read: %s", TTF_GetError());
    f->size[source] = MEASURE_PX;
    TTF_SetFontHinting(f->file[source], TTF_HINTING_NONE);
    TTF_SetFontKerning(f->file[source], 0);
    return true;
}

/* Thin and narrow no-break spaces are blank whatever the file says, and a fifth of an em wide:
 * a full cell of the monospaced face would tear a number apart. */
static bool is_thin_space(unsigned cp)
{
    return cp == 0x2009 || cp == 0x202f || cp == 0x200a;
}

static bool provides(struct fonts *f, int source, unsigned cp)
{
    return TTF_GlyphIsProvided32(f->file[source], cp) != 0;
}

static struct sign measure_sign(struct fonts *f, enum font_face face, unsigned cp)
{
    struct sign s = {cp << 3 | (unsigned)face, 0, (int)face};
    s.key++;
    if (is_thin_space(cp)) {
        s.em = 0.2f;
        return s;
    }
    if (font_sign_is_drawn(cp)) {
        s.em = FONT_SIGN_EM;
        return s;
    }
    if (!provides(f, s.source, cp))
        s.source = FALLBACK;
    set_size(f, s.source, MEASURE_PX);
    int advance = 0;
    if (TTF_GlyphMetrics32(f->file[s.source], cp, NULL, NULL, NULL, NULL, &advance) == 0)
        s.em = (float)advance / MEASURE_PX;
    return s;
}

static uint64_t mix(uint64_t k)
{
    k = (k ^ k >> 31) * 0x9e3779b97f4a7c15u;
    return k ^ k >> 29;
}

static void grow_signs(struct fonts *f)
{
    int old = f->cap_signs;
    struct sign *from = f->signs;
    f->cap_signs = old ? old * 2 : 512;
    f->signs = mem_zalloc((size_t)f->cap_signs, sizeof *f->signs);
    for (int i = 0; i < old; i++) {
        if (!from[i].key)
            continue;
        uint64_t at = mix(from[i].key);
        while (f->signs[at & (uint64_t)(f->cap_signs - 1)].key)
            at++;
        f->signs[at & (uint64_t)(f->cap_signs - 1)] = from[i];
    }
    free(from);
}

static const struct sign *find_sign(struct fonts *f, enum font_face face, unsigned cp)
{
    uint32_t key = (cp << 3 | (unsigned)face) + 1;
    if (f->n_signs * 2 >= f->cap_signs)
        grow_signs(f);
    uint64_t at = mix(key);
    for (;; at++) {
        struct sign *s = &f->signs[at & (uint64_t)(f->cap_signs - 1)];
        if (s->key == key)
            return s;
        if (!s->key) {
            *s = measure_sign(f, face, cp);
            f->n_signs++;
            return s;
        }
    }
}

static void measure_face(struct fonts *f, int face)
{
    int top = 0;
    f->ascent[face] = (float)TTF_FontAscent(f->file[face]) / MEASURE_PX;
    f->descent[face] = -(float)TTF_FontDescent(f->file[face]) / MEASURE_PX;
    TTF_GlyphMetrics32(f->file[face], 'H', NULL, NULL, NULL, &top, NULL);
    f->cap[face] = (float)top / MEASURE_PX;
    for (unsigned cp = 0; cp < ASCII; cp++)
        f->ascii[face][cp] = cp < ' ' ? 0 : find_sign(f, (enum font_face)face, cp)->em;
}

struct fonts *fonts_create(struct err *err)
{
    if (TTF_Init() != 0) {
        err_set(err, ERR_STATE, NULL, 0, "the font library does not start: %s", TTF_GetError());
        return NULL;
    }
    struct fonts *f = mem_zalloc(1, sizeof *f);
    arena_init(&f->pieces);
    for (int i = 0; i < SOURCES; i++)
        if (!open_file(f, i, err)) {
            fonts_destroy(f);
            return NULL;
        }
    for (int i = 0; i < FONT_FACES; i++)
        measure_face(f, i);
    return f;
}

void fonts_destroy(struct fonts *f)
{
    if (!f)
        return;
    for (int i = 0; i < SOURCES; i++) {
        if (f->file[i])
            TTF_CloseFont(f->file[i]);
        free(f->bytes[i]);
    }
    TTF_Quit();
    arena_deinit(&f->pieces);
    free(f->signs);
    free(f->glyphs);
    free(f);
}

static float advance_em(struct fonts *f, enum font_face face, unsigned cp)
{
    return cp < ASCII ? f->ascii[face][cp] : find_sign(f, face, cp)->em;
}

float font_width_n(struct fonts *f, enum font_face face, int px, const char *utf8, int bytes)
{
    float em = 0;
    const char *p = utf8, *end = bytes < 0 ? NULL : utf8 + bytes;
    while (*p && (!end || p < end))
        em += advance_em(f, face, text_decode(&p));
    return em * (float)px;
}

float font_width(struct fonts *f, enum font_face face, int px, const char *utf8)
{
    return font_width_n(f, face, px, utf8, -1);
}

float font_ascent(const struct fonts *f, enum font_face face, int px)
{
    return f->ascent[face] * (float)px;
}

float font_descent(const struct fonts *f, enum font_face face, int px)
{
    return f->descent[face] * (float)px;
}

float font_line(const struct fonts *f, enum font_face face, int px)
{
    return font_ascent(f, face, px) + font_descent(f, face, px);
}

float font_cap_height(const struct fonts *f, enum font_face face, int px)
{
    return f->cap[face] * (float)px;
}

int font_fit(struct fonts *f, enum font_face face, int px, const char *utf8, float width)
{
    const char *p = utf8, *fits = utf8;
    float x = 0;
    while (*p) {
        x += advance_em(f, face, text_decode(&p)) * (float)px;
        if (x > width)
            break;
        fits = p;
    }
    return (int)(fits - utf8);
}

int font_index_at(struct fonts *f, enum font_face face, int px, const char *utf8, float x)
{
    const char *p = utf8;
    float left = 0;
    while (*p) {
        const char *next = p;
        float w = advance_em(f, face, text_decode(&next)) * (float)px;
        if (x < left + w / 2)
            break;
        left += w;
        p = next;
    }
    return (int)(p - utf8);
}

bool font_has(struct fonts *f, enum font_face face, unsigned code_point)
{
    return provides(f, (int)face, code_point);
}

bool font_shows(struct fonts *f, enum font_face face, unsigned code_point)
{
    return font_has(f, face, code_point) || provides(f, FALLBACK, code_point) ||
           is_thin_space(code_point) || font_sign_is_drawn(code_point);
}

static int floor_div(int a, int b)
{
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

/* Averages OVER x OVER samples a pixel of a surface whose pixel (ox, oy) is the pen on the
 * baseline, of which [x0,x1) x [y0,y1) (relative to the pen) holds ink. */
static void average_down(struct fonts *f, struct font_glyph *g, const SDL_Surface *s, int ox,
                         int oy, const int box[4], int quarter)
{
    g->left = floor_div(box[0] + quarter, OVER);
    g->top = floor_div(box[1], OVER);
    g->w = floor_div(box[2] + quarter + OVER - 1, OVER) - g->left;
    g->h = floor_div(box[3] + OVER - 1, OVER) - g->top;
    uint8_t *out = arena_alloc(&f->pieces, (size_t)g->w * (size_t)g->h);
    for (int y = 0; y < g->h; y++)
        for (int x = 0; x < g->w; x++) {
            unsigned sum = 0;
            for (int v = 0; v < OVER; v++)
                for (int u = 0; u < OVER; u++) {
                    int sx = (g->left + x) * OVER + u - quarter + ox;
                    int sy = (g->top + y) * OVER + v + oy;
                    if (sx < 0 || sy < 0 || sx >= s->w || sy >= s->h)
                        continue;
                    const uint8_t *row = (const uint8_t *)s->pixels + (long)sy * s->pitch;
                    uint32_t argb;
                    memcpy(&argb, row + 4L * sx, 4);
                    sum += argb >> 24;
                }
            out[y * g->w + x] = (uint8_t)((sum + OVER * OVER / 2) / (OVER * OVER));
        }
    g->coverage = out;
}

static struct font_glyph *make_glyph(struct fonts *f, enum font_face face, int px, unsigned cp,
                                     int quarter)
{
    struct font_glyph *g = arena_alloc(&f->pieces, sizeof *g);
    const struct sign *sign = find_sign(f, face, cp);
    int source = sign->source;
    g->advance = sign->em * (float)px;
    if (cp <= ' ' || cp == 0xa0 || is_thin_space(cp))
        return g;
    if (font_sign_is_drawn(cp)) {
        font_sign_draw(g, cp, px, quarter, f->cap[face], &f->pieces);
        return g;
    }
    set_size(f, source, px * OVER);
    TTF_Font *file = f->file[source];
    int minx = 0, maxx = 0, miny = 0, maxy = 0;
    if (TTF_GlyphMetrics32(file, cp, &minx, &maxx, &miny, &maxy, NULL) != 0 || maxx <= minx ||
        maxy <= miny)
        return g;
    SDL_Surface *s = TTF_RenderGlyph32_Blended(file, cp, (SDL_Color){255, 255, 255, 255});
    if (!s)
        return g;
    /* SDL_ttf moves the pen so that no ink lies left of the surface or above it. */
    int ascent = TTF_FontAscent(file);
    int ox = minx < 0 ? -minx : 0, oy = ascent + (maxy > ascent ? maxy - ascent : 0);
    const int box[4] = {minx - 1, -maxy - 1, maxx + 1, -miny + 1};
    average_down(f, g, s, ox, oy, box, quarter);
    SDL_FreeSurface(s);
    return g;
}

static void grow_glyphs(struct fonts *f)
{
    int old = f->cap_glyphs;
    struct cached_glyph *from = f->glyphs;
    f->cap_glyphs = old ? old * 2 : 4096;
    f->glyphs = mem_zalloc((size_t)f->cap_glyphs, sizeof *f->glyphs);
    for (int i = 0; i < old; i++) {
        if (!from[i].key)
            continue;
        uint64_t at = mix(from[i].key);
        while (f->glyphs[at & (uint64_t)(f->cap_glyphs - 1)].key)
            at++;
        f->glyphs[at & (uint64_t)(f->cap_glyphs - 1)] = from[i];
    }
    free(from);
}

const struct font_glyph *font_glyph(struct fonts *f, enum font_face face, int px,
                                    unsigned code_point, int quarter)
{
    px = px < FONT_PX_MIN ? FONT_PX_MIN : px > FONT_PX_MAX ? FONT_PX_MAX : px;
    uint64_t key = (((uint64_t)code_point << 9 | (unsigned)px) << 4 | (unsigned)face << 2 |
                    ((unsigned)quarter & 3)) +
                   1;
    if (f->n_glyphs * 2 >= f->cap_glyphs)
        grow_glyphs(f);
    uint64_t at = mix(key);
    for (;; at++) {
        struct cached_glyph *c = &f->glyphs[at & (uint64_t)(f->cap_glyphs - 1)];
        if (c->key == key)
            return c->glyph;
        if (!c->key) {
            c->key = key;
            c->glyph = make_glyph(f, face, px, code_point, quarter & 3);
            f->n_glyphs++;
            return c->glyph;
        }
    }
}
