/* The drawing pad's ink and what was done to it, so that it can be undone. Private to
 * src/session. */
#ifndef GLASSNET_SRC_SESSION_PAD_H
#define GLASSNET_SRC_SESSION_PAD_H

#include "glassnet/base/text.h"
#include "glassnet/session/session.h"

#define PAD_CELLS   ((size_t)PAD_SIDE * PAD_SIDE)
#define PAD_CHANGES 40 /* that are kept */

struct pad_point {
    float x, y; /* pixels of the pad */
};

enum pad_change_kind {
    PAD_INK,   /* strokes, turned, moved, emptied */
    PAD_KEPT,  /* a drawing was kept */
    PAD_FORGOT /* or forgotten */
};

struct pad_change {
    enum pad_change_kind kind;
    uint64_t number; /* as in struct event */
    uint8_t *ink;    /* PAD_INK: what undo, then redo, brings back; owned */
    long drawing;    /* its number */
    char *aside;     /* where its file is while it is out of the set; owned; NULL: it is in it */
};

struct pad_past {
    struct pad_change list[PAD_CHANGES];
    int count, done; /* the first `done` are in force, the others can be redone */
    bool stroke;     /* the last one is a stroke that goes on from `end` */
    bool erases;
    struct pad_point end;
};

/* Another change that can be undone; those that could be redone are gone. */
struct pad_change *pad_past_add(struct pad_past *p, enum pad_change_kind kind, uint64_t number);
void pad_past_clear(struct pad_past *p);

/* Ink 0 paper to 255. A line with round ends of `radius` pixels; ink joins by the darker of the
 * two, so that crossings stay even. `erase` takes it away likewise. */
void pad_paint_line(uint8_t *ink, struct pad_point a, struct pad_point b, float radius, bool erase);
/* Turned around the middle, degrees anticlockwise; moved right and down by pixels. What leaves the
 * pad is gone. out is not ink. */
void pad_turn(const uint8_t *ink, double degrees, uint8_t *out);
void pad_shift(const uint8_t *ink, int right, int down, uint8_t *out);
bool pad_is_empty(const uint8_t *ink);

#endif
