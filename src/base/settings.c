/* The table of settings: names, what they can be, where they lie. */
#include "glassnet/base/settings.h"

#include <stdio.h>
#include <string.h>

#include "glassnet/base/translate.h"

enum kind { CHOICE, SWITCH, NUMBER };

enum { CHOICES_MOST = 3 };

struct setting {
    struct setting_info info;
    enum kind kind;
    size_t at;                         /* in struct settings */
    const char *choices[CHOICES_MOST]; /* of a switch: what true is called, what false is */
    int low, high;
};

static const struct setting settings[] = {
    {{"language", "system | en | pl", N_("the language of the screen")},
     CHOICE,
     offsetof(struct settings, language),
     {"system", "en", "pl"},
     0,
     0},
    {{"digits", "2 to 6", N_("significant digits of numbers on the screen")},
     NUMBER,
     offsetof(struct settings, digits),
     {NULL},
     2,
     6},
    {{"decimal", "language | point | comma", N_("the decimal sign of numbers on the screen")},
     CHOICE,
     offsetof(struct settings, decimal),
     {"language", "point", "comma"},
     0,
     0},
    {{"motion", "on | off", N_("whether things move, or jump to where they go")},
     SWITCH,
     offsetof(struct settings, motion),
     {"on", "off"},
     0,
     0},
    {{"theme", "paper | board | contrast", N_("the colours")},
     CHOICE,
     offsetof(struct settings, theme),
     {"paper", "board", "contrast"},
     0,
     0},
    {{"zoom", "80 to 250", N_("the size of everything, in percent")},
     NUMBER,
     offsetof(struct settings, zoom),
     {NULL},
     80,
     250},
    {{"threads", "0 to 1024", N_("threads of training; 0: as many as the work is worth")},
     NUMBER,
     offsetof(struct settings, threads),
     {NULL},
     0,
     1024},
};

enum { SETTINGS = sizeof settings / sizeof *settings };

const struct setting_info *settings_list(int i)
{
    return i >= 0 && i < SETTINGS ? &settings[i].info : NULL;
}

void settings_init(struct settings *s)
{
    *s = (struct settings){.language = settings[0].choices[0],
                           .digits = number_default.digits,
                           .decimal = "language",
                           .motion = true,
                           .theme = "paper",
                           .zoom = 100};
}

static const struct setting *find(const char *name)
{
    for (int i = 0; i < SETTINGS; i++)
        if (strcmp(settings[i].info.name, name) == 0)
            return &settings[i];
    return NULL;
}

static bool choose(struct settings *s, const struct setting *d, const char *value)
{
    for (int i = 0; i < CHOICES_MOST && d->choices[i]; i++) {
        if (strcmp(d->choices[i], value) != 0)
            continue;
        bool on = i == 0;
        if (d->kind == SWITCH)
            memcpy((char *)s + d->at, &on, sizeof on);
        else
            memcpy((char *)s + d->at, &d->choices[i], sizeof d->choices[i]);
        return true;
    }
    return false;
}

static bool set_number(struct settings *s, const struct setting *d, const char *value)
{
    long read;
    if (!text_to_long(text_of(value), &read) || read < d->low || read > d->high)
        return false;
    int number = (int)read;
    memcpy((char *)s + d->at, &number, sizeof number);
    return true;
}

/* "digits, decimal and theme", for whoever asked for another. */
static void list_names(char *out, size_t size)
{
    size_t at = 0;
    for (int i = 0; i < SETTINGS && at < size; i++)
        at += (size_t)snprintf(out + at, size - at, "%s%s",
                               i == 0              ? ""
                               : i == SETTINGS - 1 ? " and "
                                                   : ", ",
                               settings[i].info.name);
}

bool settings_set(struct settings *s, const char *name, const char *value, struct err *err)
{
    const struct setting *d = find(name);
    char names[200];
    if (!d) {
        list_names(names, sizeof names);
        return err_set(err, ERR_USAGE, NULL, 0, "there is no setting \"%.60s\"; there are %s", name,
                       names);
    }
    bool done = d->kind == NUMBER ? set_number(s, d, value) : choose(s, d, value);
    return done || err_set(err, ERR_USAGE, NULL, 0, "%s cannot be \"%.60s\"; expected %s", name,
                           value, d->info.usage);
}

char *settings_get(const struct settings *s, const char *name, char *out, size_t size)
{
    const struct setting *d = find(name);
    const char *word;
    bool on;
    int number;
    snprintf(out, size, "%s", "");
    if (!d)
        return out;
    switch (d->kind) {
    case CHOICE:
        memcpy(&word, (const char *)s + d->at, sizeof word);
        snprintf(out, size, "%s", word);
        break;
    case SWITCH:
        memcpy(&on, (const char *)s + d->at, sizeof on);
        snprintf(out, size, "%s", d->choices[on ? 0 : 1]);
        break;
    case NUMBER:
        memcpy(&number, (const char *)s + d->at, sizeof number);
        snprintf(out, size, "%d", number);
        break;
    }
    return out;
}

bool settings_equal(const struct settings *a, const struct settings *b)
{
    for (int i = 0; i < SETTINGS; i++) {
        char one[64], other[64];
        settings_get(a, settings[i].info.name, one, sizeof one);
        settings_get(b, settings[i].info.name, other, sizeof other);
        if (strcmp(one, other) != 0)
            return false;
    }
    return true;
}

bool settings_decimal_comma(const struct settings *s)
{
    if (strcmp(s->decimal, "language") != 0)
        return strcmp(s->decimal, "comma") == 0;
    return C_("the decimal sign of numbers", ".")[0] == ',';
}

struct number_style settings_number_style(const struct settings *s)
{
    struct number_style style = number_default;
    style.digits = s->digits;
    style.decimal_point = settings_decimal_comma(s) ? ',' : '.';
    return style;
}
