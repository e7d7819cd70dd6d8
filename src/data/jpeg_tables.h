/* A look through a JPEG before stb_image decodes it. */
#ifndef GLASSNET_SRC_DATA_JPEG_TABLES_H
#define GLASSNET_SRC_DATA_JPEG_TABLES_H

#include <stdbool.h>
#include <stddef.h>

/* Are all Huffman tables as the standard has them, of at most 256 codes? stb_image 2.27 takes
 * their number on trust and writes behind its own tables. True of what is no JPEG. */
bool jpeg_tables_are_sound(const unsigned char *bytes, size_t size);

#endif
