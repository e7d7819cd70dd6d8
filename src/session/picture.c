/* A picture file as the sample shown, in the place of a drawing. */
#include <stdio.h>
#include <string.h>

#include "glassnet/base/file.h"
#include "glassnet/data/picture_input.h"
#include "session/state.h"

bool command_picture(struct session *s, struct text rest, struct err *err)
{
    char path[1024];
    struct shape form;
    struct batch batch;
    if (!argument_path(rest, NULL, path, sizeof path, err) || !drawing_form(s, &form, err) ||
        !batch_init(&batch, 1, shape_count(&form), s->data ? s->data->y_count : 1, err))
        return false;
    bool photos = s->data && s->data->photos && form.rank == 3;
    bool read = photos ? picture_input_fit(path, &form, s->data->fit, batch.x, err)
                       : picture_input_read(path, &form, batch.x, err);
    if (!read || !drawing_show(s, &batch, err)) {
        batch_deinit(&batch);
        return false;
    }
    pad_past_clear(&s->pad_past);
    memset(s->pad, 0, (size_t)PAD_SIDE * PAD_SIDE);
    s->pad_empty = true;
    snprintf(s->picture, sizeof s->picture, "%s", file_name(path));
    return true;
}
