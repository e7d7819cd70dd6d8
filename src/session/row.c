/* Numbers that were typed as the sample shown: a row of the table the network learnt from. */
#include <stdio.h>

#include "glassnet/base/translate.h"
#include "session/state.h"

static bool read_numbers(struct text rest, const struct dataset *data, size_t count, float *x,
                         struct err *err)
{
    struct text piece;
    size_t n = 0;
    double value;
    for (bool more = text_trim(rest).n > 0; more; n++) {
        more = text_split(rest, ',', &piece, &rest);
        if (!text_to_double(text_trim(piece), &value))
            return err_set(err, ERR_USAGE, NULL, 0, "\"%.*s\" was expected to be a number",
                           (int)(piece.n < 40 ? piece.n : 40), piece.p);
        if (n < count && data && data->feature_scale)
            value = (value - (double)data->feature_mean[n]) / (double)data->feature_scale[n];
        if (n < count)
            x[n] = (float)value;
    }
    return n == count || err_set(err, ERR_USAGE, NULL, 0,
                                 "%zu numbers were given, but the network reads %zu", n, count);
}

bool command_row(struct session *s, struct text rest, struct err *err)
{
    const struct shape *in = &s->net->layers[0].out;
    struct batch batch;
    if (in->rank == 3)
        return err_set(err, ERR_STATE, NULL, 0, "this network reads pictures, not rows of numbers");
    size_t count = shape_count(in);
    if (!batch_init(&batch, 1, count, s->data ? s->data->y_count : 1, err))
        return false;
    if (!read_numbers(rest, s->data, count, batch.x, err) || !drawing_show(s, &batch, err)) {
        batch_deinit(&batch);
        return false;
    }
    snprintf(s->picture, sizeof s->picture, _("your row"));
    return true;
}
