/* PNG (ISO/IEC 15948): a signature, then chunks of length, kind, bytes and checksum. */
#include "glassnet/data/picture_write.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "glassnet/base/file.h"
#include "glassnet/base/mem.h"

static unsigned char *put_word(unsigned char *to, unsigned long value)
{
    for (int b = 0; b < 4; b++)
        *to++ = (unsigned char)(value >> (24 - 8 * b) & 0xFF);
    return to;
}

static unsigned char *put_chunk(unsigned char *to, const char *kind, const unsigned char *bytes,
                                size_t size)
{
    unsigned char *begin = put_word(to, size);
    memcpy(begin, kind, 4);
    if (size > 0)
        memcpy(begin + 4, bytes, size);
    return put_word(begin + 4 + size, crc32(0, begin, (uInt)(size + 4)));
}

bool picture_file_write_grey(const char *path, const uint8_t *grey, int height, int width,
                             struct err *err)
{
    static const unsigned char signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    size_t row = (size_t)width + 1, n = row * (size_t)height;
    unsigned char *rows = mem_zalloc(n, 1); /* each row has a byte before it: 0, no filter */
    uLongf packed_size = compressBound((uLong)n);
    unsigned char *packed = mem_zalloc(packed_size, 1);
    unsigned char *file = mem_zalloc(packed_size + 100, 1), *at = file + sizeof signature;
    for (int y = 0; y < height; y++)
        memcpy(rows + (size_t)y * row + 1, grey + (size_t)y * (size_t)width, (size_t)width);
    bool ok = compress2(packed, &packed_size, rows, (uLong)n, 9) == Z_OK ||
              err_set(err, ERR_IO, path, 0, "cannot be compressed");
    if (ok) {
        unsigned char head[13] = {0};
        put_word(put_word(head, (unsigned long)width), (unsigned long)height);
        head[8] = 8; /* bits; then grey, zlib, its one filter, not interlaced: all 0 */
        memcpy(file, signature, sizeof signature);
        at = put_chunk(at, "IHDR", head, sizeof head);
        at = put_chunk(at, "IDAT", packed, packed_size);
        at = put_chunk(at, "IEND", NULL, 0);
        ok = file_write(path, file, (size_t)(at - file), err);
    }
    free(rows);
    free(packed);
    free(file);
    return ok;
}
