#include "title.h"

#include <stdio.h>
#include <string.h>

char *title_leave_out(const char *title, int head, int tail, char *out, size_t size)
{
    int letters = 0, at = 0;
    size_t n = 0;
    for (const char *p = title; *p; p++)
        letters += ((unsigned char)*p & 0xC0) != 0x80;
    if (letters <= head + tail) {
        snprintf(out, size, "%s", title);
        return out;
    }
    out[0] = 0;
    for (const char *p = title; *p && n + 5 < size; p++) {
        bool begins = ((unsigned char)*p & 0xC0) != 0x80;
        at += begins;
        if (begins && at == head + 1)
            n += (size_t)snprintf(out + n, size - n, "…");
        if (at <= head || at > letters - tail)
            out[n++] = *p;
        out[n] = 0;
    }
    return out;
}

bool title_fit(struct fonts *fonts, enum font_face face, int px, const char *title, float width,
               char *out, size_t size)
{
    snprintf(out, size, "%s", title);
    for (int letters = (int)strlen(title); letters > 0; letters--) {
        if (font_width(fonts, face, px, out) <= width)
            return true;
        int left = letters - 1, head = (left + 1) / 3;
        title_leave_out(title, head, left - head, out, size);
    }
    out[0] = 0;
    return false;
}
