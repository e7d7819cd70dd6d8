/* The class code: a short word from which everybody gets the same start, the same shuffles and the
 * same generated data, so that thirty screens show the same numbers. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "session/state.h"

/* FNV-1a (Fowler, Noll, Vo) of the word in small letters, 32 bits, so that it is a data set's seed,
 * too. */
static uint32_t seed_of(const char *word)
{
    uint32_t hash = 2166136261u;
    for (const char *p = word; *p; p++)
        hash = (hash ^ (uint32_t)tolower((unsigned char)*p)) * 16777619u;
    return hash;
}

static bool is_code(const char *word, struct err *err)
{
    for (const char *p = word; *p; p++)
        if (!isalnum((unsigned char)*p) && *p != '-')
            return err_set(err, ERR_USAGE, NULL, 0,
                           "a class code is a short word of letters and digits; found \"%s\"",
                           word);
    return true;
}

/* A generated set drawn from the code; another set is the same for everybody as it is. */
static bool reseed_data(struct session *s, uint32_t seed, struct dataset **out, struct err *err)
{
    char spec[sizeof s->data->spec];
    *out = NULL;
    if (!s->data || !dataset_spec_with_seed(s->data->spec, seed, spec, sizeof spec))
        return true;
    *out = dataset_open(spec, DATASET_TRAIN, s->folder, err);
    return *out != NULL;
}

/* The training settings as the network's text has them, whatever was changed on this machine. */
static void restore_settings(struct session *s, uint32_t seed)
{
    struct net *text = net_outline(net_text(s->net), NULL);
    s->net->train = text->train;
    s->net->train.seed = seed;
    s->program_stale = true;
    net_destroy(text);
}

bool command_code(struct session *s, struct text rest, struct err *err)
{
    char word[sizeof s->code];
    struct dataset *data;
    if (!argument_word(&rest, "a class code", word, sizeof word, err) ||
        !arguments_end(rest, err) || !is_code(word, err))
        return false;
    uint32_t seed = seed_of(word);
    if (!reseed_data(s, seed, &data, err))
        return false;
    worker_stop(s);
    restore_settings(s, seed);
    s->settings_changed = true;
    net_start(s->net, seed);
    if (data)
        session_attach_data(s, data);
    snprintf(s->code, sizeof s->code, "%s", word);
    for (char *p = s->code; *p; p++)
        *p = (char)tolower((unsigned char)*p);
    return data ? true : command_restart(s, text_of(""), err);
}
