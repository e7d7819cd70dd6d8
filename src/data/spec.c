/* DATA texts taken apart, and where their files are. */
#include <stdio.h>
#include <string.h>

#include "data/set.h"
#include "glassnet/base/file.h"

/* The colon that ends the name: the first behind the last slash, but not in the name of a file
 * or folder that is there, and not the one of cifar:FOLDER. */
static const char *find_colon(const char *text)
{
    const char *from = text;
    if (strncmp(text, "cifar:", 6) == 0)
        from += 6;
    if (file_exists(text) || file_is_folder(text))
        return NULL;
    const char *slash = strrchr(from, '/');
    const char *colon = strchr(slash ? slash : from, ':');
    /* A slash may also stand in an option's value. */
    const char *csv = strstr(from, ".csv:"), *folders = strstr(from, ":folders=");
    return csv ? csv + 4 : folders ? folders : colon;
}

static bool add_option(struct spec *s, struct text piece, struct err *err)
{
    struct text key, value;
    piece = text_trim(piece);
    if (text_is(piece, "train") || text_is(piece, "test")) {
        if (s->part_given)
            return err_set(err, ERR_USAGE, NULL, 0, "\"%s\" names a part twice", s->text);
        s->part = text_is(piece, "train") ? DATASET_TRAIN : DATASET_TEST;
        s->part_given = true;
        return true;
    }
    if (!text_split(piece, '=', &key, &value) || key.n == 0 || value.n == 0)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "\"%.*s\" in \"%s\" is no option: expected train, test or KEY=VALUE",
                       (int)piece.n, piece.p, s->text);
    if (s->n_options == SPEC_MAX_OPTIONS || key.n >= sizeof s->option[0].key ||
        value.n >= sizeof s->option[0].value)
        return err_set(err, ERR_USAGE, NULL, 0, "\"%s\" has more options than a data set takes",
                       s->text);
    struct option *o = &s->option[s->n_options];
    text_copy(key, o->key, sizeof o->key);
    text_copy(value, o->value, sizeof o->value);
    if (spec_value(s, o->key))
        return err_set(err, ERR_USAGE, NULL, 0, "\"%s\" gives %s twice", s->text, o->key);
    s->n_options++;
    return true;
}

bool spec_parse(struct spec *s, const char *text, enum dataset_part part, const char *base_folder,
                struct err *err)
{
    memset(s, 0, sizeof *s);
    s->part = part;
    s->base_folder = base_folder;
    if (strlen(text) >= sizeof s->text)
        return err_set(err, ERR_USAGE, NULL, 0, "the name of a data set has at most %zu bytes",
                       sizeof s->text - 1);
    struct text all = text_trim(text_of(text));
    text_copy(all, s->text, sizeof s->text);
    const char *colon = find_colon(s->text);
    struct text name = {s->text, colon ? (size_t)(colon - s->text) : strlen(s->text)};
    text_copy(name, s->name, sizeof s->name);
    if (s->name[0] == 0)
        return err_set(err, ERR_USAGE, NULL, 0, "a data set needs a name, such as digits");
    struct text rest = text_of(colon ? colon + 1 : ""), piece;
    for (bool more = rest.n > 0; more;) {
        more = text_split(rest, ',', &piece, &rest);
        if (!add_option(s, piece, err))
            return false;
    }
    return true;
}

const char *spec_value(const struct spec *s, const char *key)
{
    for (int i = 0; i < s->n_options; i++)
        if (strcmp(s->option[i].key, key) == 0)
            return s->option[i].value;
    return NULL;
}

bool spec_long(const struct spec *s, const char *key, long low, long high, long *value,
               struct err *err)
{
    const char *found = spec_value(s, key);
    long read;
    if (!found)
        return true;
    if (!text_to_long(text_of(found), &read) || read < low || read > high)
        return err_set(err, ERR_USAGE, NULL, 0,
                       "%s=%s in \"%s\": expected a whole number from %ld to %ld", key, found,
                       s->text, low, high);
    *value = read;
    return true;
}

bool spec_number(const struct spec *s, const char *key, double low, double high, double *value,
                 struct err *err)
{
    const char *found = spec_value(s, key);
    double read;
    if (!found)
        return true;
    if (!text_to_double(text_of(found), &read) || !(read >= low && read <= high))
        return err_set(err, ERR_USAGE, NULL, 0, "%s=%s in \"%s\": expected a number from %g to %g",
                       key, found, s->text, low, high);
    *value = read;
    return true;
}

bool spec_allows(const struct spec *s, const char *const *allowed, struct err *err)
{
    char list[256] = "";
    for (const char *const *a = allowed; *a; a++) {
        strncat(list, a == allowed ? "" : ", ", sizeof list - strlen(list) - 1);
        strncat(list, *a, sizeof list - strlen(list) - 1);
    }
    for (int i = 0; i < s->n_options; i++) {
        bool known = false;
        for (const char *const *a = allowed; *a; a++)
            known = known || strcmp(s->option[i].key, *a) == 0;
        if (!known)
            return err_set(err, ERR_USAGE, NULL, 0,
                           "%s has no option %s=: it takes train or test%s%s", s->name,
                           s->option[i].key, list[0] ? ", " : "", list);
    }
    return true;
}

bool set_locate(const struct spec *s, const char *name, bool (*is_there)(const char *path),
                char *out)
{
    if (is_there(name) && strlen(name) < PATH_SIZE) {
        strcpy(out, name);
        return true;
    }
    if (name[0] == '/')
        return false;
    if (s->base_folder && is_there(file_join(out, PATH_SIZE, s->base_folder, name)))
        return true;
    char data[PATH_SIZE];
    return file_find_shared(data, sizeof data, "data") &&
           is_there(file_join(out, PATH_SIZE, data, name));
}

char *dataset_spec_with_part(const char *spec, enum dataset_part part, char *out, size_t size)
{
    static const char *const words[] = {"train", "test", NULL};
    const char *colon = find_colon(spec);
    struct text name = {spec, colon ? (size_t)(colon - spec) : strlen(spec)};
    text_copy(name, out, size);
    char separator = ':';
    struct text rest = text_of(colon ? colon + 1 : ""), piece;
    for (bool more = rest.n > 0; more;) {
        more = text_split(rest, ',', &piece, &rest);
        if (text_is(text_trim(piece), "train") || text_is(text_trim(piece), "test"))
            continue;
        size_t n = strlen(out);
        snprintf(out + n, size - n, "%c%.*s", separator, (int)piece.n, piece.p);
        separator = ',';
    }
    size_t n = strlen(out);
    if (words[part])
        snprintf(out + n, size - n, "%c%s", separator, words[part]);
    return out;
}

static bool is_hex(const char *p)
{
    static const char digits[] = "0123456789ABCDEFabcdef";
    return p[0] && p[1] && strchr(digits, p[0]) && strchr(digits, p[1]);
}

bool dataset_spec_escape(const char *name, char *out, size_t size)
{
    size_t used = 0;
    for (const char *p = name; *p; p++) {
        unsigned char c = (unsigned char)*p;
        bool means = c < ' ' || strchr(":,+#", c) || (c == '%' && is_hex(p + 1)) ||
                     (c == ' ' && (p == name || p[1] == 0));
        if (used + 4 > size)
            return false;
        used += (size_t)snprintf(out + used, size - used, means ? "%%%02X" : "%c", c);
    }
    if (size > 0)
        out[used] = 0;
    return size > 0;
}

void dataset_spec_unescape(char *name)
{
    char *to = name;
    for (const char *p = name; *p; p++) {
        unsigned byte = 0;
        if (*p == '%' && is_hex(p + 1) && sscanf(p + 1, "%2x", &byte) == 1 && byte != 0) {
            *to++ = (char)byte;
            p += 2;
        } else {
            *to++ = *p;
        }
    }
    *to = 0;
}

static bool is_drawn(const struct spec *s)
{
    int n;
    const struct dataset_entry *list = dataset_list(&n);
    for (int i = 0; i < n; i++)
        if (list[i].generated && strcmp(list[i].name, s->name) == 0)
            return true;
    return spec_value(s, "augment") != NULL;
}

bool dataset_spec_with(const char *spec, const char *key, const char *value, char *out, size_t size)
{
    const char *colon = find_colon(spec);
    size_t used = colon ? (size_t)(colon - spec) : strlen(spec), length = strlen(key);
    int n = value ? snprintf(out, size, "%.*s:%s=%s", (int)used, spec, key, value)
                  : snprintf(out, size, "%.*s", (int)used, spec);
    char separator = value ? ',' : ':';
    struct text rest = text_of(colon ? colon + 1 : ""), piece;
    for (bool more = rest.n > 0; more && n > 0 && (size_t)n < size;) {
        more = text_split(rest, ',', &piece, &rest);
        struct text word = text_trim(piece);
        if (word.n > length && memcmp(word.p, key, length) == 0 && word.p[length] == '=')
            continue;
        n += snprintf(out + n, size - (size_t)n, "%c%.*s", separator, (int)piece.n, piece.p);
        separator = ',';
    }
    return n > 0 && (size_t)n < size;
}

bool dataset_spec_value(const char *spec, const char *key, char *out, size_t size)
{
    struct spec s;
    const char *value;
    if (!spec_parse(&s, spec, DATASET_ALL, NULL, NULL) || !(value = spec_value(&s, key)))
        return false;
    snprintf(out, size, "%s", value);
    return true;
}

bool dataset_spec_with_seed(const char *spec, unsigned seed, char *out, size_t size)
{
    struct spec s;
    char number[16];
    snprintf(number, sizeof number, "%u", seed);
    return spec_parse(&s, spec, DATASET_ALL, NULL, NULL) && is_drawn(&s) &&
           dataset_spec_with(spec, "seed", number, out, size);
}
