/* What the files that read the network format share: the state of one reading, its messages and
 * its vocabulary. Internal to nn. */
#ifndef GLASSNET_NN_NET_PARSE_H
#define GLASSNET_NN_NET_PARSE_H

#include "glassnet/base/text.h"
#include "glassnet/nn/net.h"

/* Numbers a network may hold: parameters, and values of one sample (each cap on its own). */
#define NET_MAX_NUMBERS 200000000.0
#define NET_MAX_NAME    60
#define NET_MAX_SIZE    10000000 /* along one axis */

/* Layer names and where they are, as a hash table with open addressing. */
struct net_name {
    struct text name; /* into the parsed text or the net's arena; p is NULL in a free place */
    int line;
    int layer; /* place in net->layers; -1 while only its line is known */
};

struct net_names {
    struct net_name *entries; /* from malloc */
    int count, capacity;      /* capacity is a power of two */
};

struct net_name *net_names_find(const struct net_names *names, struct text name);
/* Adds name or gives the entry there is. The pointer lasts until the next call. */
struct net_name *net_names_add(struct net_names *names, struct text name, int line, int layer);
void net_names_deinit(struct net_names *names);

/* One reading of a network file. */
struct net_parser {
    struct net *net;
    const char *file; /* for messages, or NULL */
    struct err *err;
    int line;
    struct text *words; /* of this line, without its comment; from malloc */
    int word_count, word_capacity;
    struct net_names names;
    int automatic[LAYER_KINDS]; /* automatic names given so far */
    int loss_line, train_line, data_line;
    double values; /* numbers of one sample so far */
};

enum net_vocabulary {
    WORDS_LINES, /* kinds, and loss, train, data */
    WORDS_ACTIVATIONS,
    WORDS_LOSSES,
    WORDS_OPTIMISERS,
    WORDS_INITS,
    WORDS_LAYER_OPTIONS,
    WORDS_TRAIN_OPTIONS,
    NET_VOCABULARIES
};

/* The word of the vocabulary that a writer of `word` probably meant, or NULL. */
const char *net_suggest(enum net_vocabulary vocabulary, struct text word);
int net_init_find(struct text word); /* an enum init_kind, or -1 */

/* Kind, activation and so on of a word, or -1. */
int net_kind_of(struct text word);
int net_activation_of(struct text word);
bool net_is_setting(struct text word); /* loss, train or data */
bool net_is_relu_kind(enum activation activation);

/* Records an error at the parser's line; always false. */
bool net_fail(struct net_parser *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "unknown WHAT 'WORD'" with the word probably meant or the words there are; always false. */
bool net_fail_unknown(struct net_parser *p, const char *what, struct text word,
                      enum net_vocabulary vocabulary);
/* word for a message: cut at 40 bytes. Returns out. */
char *net_shown(struct text word, char out[64]);

/* Numbers: false with an error that names `what` when word is not one within the limits. */
bool net_read_int(struct net_parser *p, const char *what, struct text word, int low, int high,
                  int *value);
struct net_limits {
    float low, high;
    bool above_low, below_high; /* the limits themselves are not allowed */
};
bool net_read_float(struct net_parser *p, const char *what, struct text word,
                    struct net_limits limits, float *value);

/* Splits word at its first '='; false with an error when it is not key=value. */
bool net_read_option(struct net_parser *p, struct text word, struct text *key, struct text *value);

/* Reads the layer line whose words from `at` on follow the kind. name is empty when not given. */
bool net_layer_line(struct net_parser *p, struct text name, enum layer_kind kind, int at);
/* The options of a layer line, from words[at] on. */
bool net_layer_options(struct net_parser *p, struct layer *layer, int at);
/* Names or `from=` to layers read. */
bool net_layer_reads(struct net_parser *p, struct layer *layer, const struct text *names,
                     int count);

/* Works out layer->in and out and its parameters from the layers it reads. */
bool net_shape_layer(struct net_parser *p, struct layer *layer);

bool net_loss_line(struct net_parser *p);
bool net_train_line(struct net_parser *p);
bool net_data_line(struct net_parser *p, struct text rest);
/* Does the loss fit the last layer? */
bool net_check_loss(struct net_parser *p);

#endif
