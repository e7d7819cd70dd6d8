/* What the files of the Build view share. Private to src/view. */
#ifndef GLASSNET_SRC_VIEW_BUILD_OWN_H
#define GLASSNET_SRC_VIEW_BUILD_OWN_H

#include "flow.h"
#include "glassnet/view/build.h"

/* build_blocks.c: the palette and the blocks, in a scrolling column. */
void build_blocks_draw(const struct view *v, struct build_state *s, struct rect r);
/* build_options.c: what the selected block is made of. */
void build_options_draw(const struct view *v, struct build_state *s, struct flow *f,
                        const struct build_block *block);
/* build_text.c: the text, and the lines that were typed as commands. */
void build_text_draw(const struct view *v, struct build_state *s, struct rect r);

#endif
