#include "glassnet/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"

void err_clear(struct err *e)
{
    if (e)
        memset(e, 0, sizeof *e);
}

bool err_any(const struct err *e)
{
    return e && e->code != ERR_NONE;
}

/* Text from a file may hold anything; a message is one line, and is not cut inside a character. */
static void clean(char *text, bool was_cut)
{
    size_t n = strlen(text);
    if (was_cut) {
        size_t start = n;
        while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
            start--;
        if (start > 0 && (unsigned char)text[start - 1] >= 0xC0)
            text[start - 1] = 0;
    }
    for (char *p = text; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            *p = ' ';
}

bool err_set(struct err *e, enum err_code code, const char *file, int line, const char *format, ...)
{
    if (!e || e->code != ERR_NONE)
        return false;
    e->code = code;
    e->line = line;
    int n = snprintf(e->file, sizeof e->file, "%s", file ? file : "");
    clean(e->file, n >= (int)sizeof e->file);
    va_list args;
    va_start(args, format);
    n = vsnprintf(e->message, sizeof e->message, translate(format), args);
    va_end(args);
    clean(e->message, n >= (int)sizeof e->message);
    return false;
}

char *err_text(const struct err *e, char *out, size_t size)
{
    if (size == 0)
        return out;
    int n;
    if (e->file[0] && e->line > 0)
        n = snprintf(out, size, "%s:%d: %s", e->file, e->line, e->message);
    else if (e->file[0])
        n = snprintf(out, size, "%s: %s", e->file, e->message);
    else if (e->line > 0)
        n = snprintf(out, size, "line %d: %s", e->line, e->message);
    else
        n = snprintf(out, size, "%s", e->message);
    clean(out, n >= (int)size);
    return out;
}

int err_exit_code(const struct err *e)
{
    if (!err_any(e))
        return 0;
    return e->code == ERR_USAGE ? 2 : 1;
}
