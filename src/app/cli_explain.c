/* glassnet explain: a cell's formula, in symbols and in numbers. */
#include <stdio.h>

#include "app/cli_pass.h"
#include "app/json_out.h"
#include "glassnet/base/text.h"
#include "glassnet/step/formula.h"

enum { MOST_TERMS_SHOWN = 8, TEXT_SIZE = 8192 };

static void write_factor(struct json_out *j, const struct program *p,
                         const struct formula_factor *factor)
{
    char name[256];
    json_begin(j, NULL, '{');
    json_text(j, "cell",
              cell_is(factor->cell) ? cell_name(p, factor->cell, name, sizeof name) : NULL);
    json_float(j, "value", factor->value);
    json_end(j, '}');
}

static void write_json(const struct trace *t, const struct formula *f, const char *symbolic,
                       const char *numeric)
{
    char name[256];
    struct json_out j = {.f = stdout};
    json_begin(&j, NULL, '{');
    json_text(&j, "cell", cell_name(t->program, f->cell, name, sizeof name));
    json_float(&j, "value", f->value);
    json_text(&j, "symbolic", symbolic);
    json_text(&j, "numeric", numeric);
    json_text(&j, "op", formula_op(f));
    json_begin(&j, "terms", '[');
    for (int i = 0; i < f->count; i++) {
        json_begin(&j, NULL, '{');
        json_begin(&j, "factors", '[');
        for (int k = 0; k < f->terms[i].count; k++)
            write_factor(&j, t->program, &f->terms[i].factor[k]);
        json_end(&j, ']');
        json_end(&j, '}');
    }
    json_end(&j, ']');
    json_end(&j, '}');
    json_finish(&j);
}

static void print_text(const struct trace *t, const struct formula *f, const char *symbolic,
                       const char *numeric)
{
    char name[256], words[256], value[48];
    printf("%s = %s\n", cell_name(t->program, f->cell, name, sizeof name),
           number_exact(f->value, value, sizeof value));
    printf("  %s\n", cell_words(t->program, f->cell, words, sizeof words));
    if (f->given) {
        printf("  given, not computed\n");
        return;
    }
    printf("  = %s\n  = %s\n", symbolic, numeric);
    const char *note = formula_note(t, f);
    if (note && *note)
        printf("  (%s)\n", note);
}

static int run(struct cli *c)
{
    struct err err = {0};
    struct cli_pass p = {0};
    struct cell cell;
    bool ok =
        cli_pass_run(&p, c, &err) && cell_parse(p.program, p.batch.n, c->args[1], &cell, &err);
    if (ok) {
        char symbolic[TEXT_SIZE], numeric[TEXT_SIZE];
        struct formula f = {0};
        formula_of(p.trace, cell, &f);
        formula_symbolic(p.trace, &f, symbolic, sizeof symbolic);
        formula_numeric(&f, MOST_TERMS_SHOWN, numeric, sizeof numeric);
        if (c->json)
            write_json(p.trace, &f, symbolic, numeric);
        else
            print_text(p.trace, &f, symbolic, numeric);
        formula_deinit(&f);
    }
    cli_pass_deinit(&p);
    return ok ? 0 : cli_fail(&err);
}

static const struct cli_option options[] = {
    {"data", "DATA", "the set the samples are of; else the network's own, all of it"},
    {"sample", "N[,N...]", "numbers of the samples, from 0; several make one batch"},
    {NULL, NULL, NULL}};

const struct cli_command cli_explain = {
    .name = "explain",
    .what = "tells how a number came about, in symbols and in numbers",
    .example = "glassnet explain digits-cnn.net --sample 3 'conv1[9,14,3]'\n"
               "glassnet explain digits-cnn.net --sample 3 'd:out.W[7,120]'",
    .usage = "NET [--data DATA] --sample N[,N...] CELL [--json]",
    .about = "CELL is TENSOR[INDEX,...], with @S for sample S of a batch, after a prefix:\n"
             "d: gradient of the loss; g: gradient the optimiser uses; m: v: u: its moments;\n"
             "new: after the step. Tensors: input, LAYER, LAYER.z, LAYER.W, LAYER.b, label,\n"
             "rate, loss, loss.each. --json gives every term.",
    .fewest = 2,
    .most = 2,
    .options = options,
    .run = run,
};
