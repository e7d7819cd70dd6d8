/* What the widgets share: recording themselves and reacting to pointer and keys. */
#ifndef GLASSNET_SRC_UI_UI_OWN_H
#define GLASSNET_SRC_UI_UI_OWN_H

#include "glassnet/ui/widget.h"

/* The record of a widget at r, NULL when nothing of it can be seen. Valid until the next call. */
struct widget_record *ui_record(struct ui *ui, enum widget_kind kind, const char *id,
                                const char *label, struct rect r);

/* What pointer and keys did to it (enum area_answer); NULL and disabled ones answer 0. */
unsigned ui_react(struct ui *ui, struct widget_record *w, bool focusable);

/* Under selected text, so light that the text on it can be read. */
struct colour ui_selected_ground(const struct theme *t);

/* Takes what was typed; answers FIELD_LEFT at Escape and, of a single line, FIELD_ENTERED at Enter,
 * which begins a new one where there are several. All keys that type or edit belong to the text
 * while it has the focus: no shortcut sees them. */
unsigned ui_type_into(struct ui *ui, struct text_edit *e, bool lines);

bool ui_take_key(struct ui *ui, struct ui_chord chord);

#endif
