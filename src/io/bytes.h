/* Little-endian numbers in byte buffers, whatever the machine's own order. Internal to io. */
#ifndef GLASSNET_IO_BYTES_H
#define GLASSNET_IO_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

void bytes_put(unsigned char *p, uint64_t value, int bytes);
uint64_t bytes_get(const unsigned char *p, int bytes);

/* count floats as 4 bytes each, bits kept. */
void bytes_put_floats(unsigned char *p, const float *values, size_t count);
void bytes_get_floats(const unsigned char *p, float *values, size_t count);
void bytes_get_doubles(const unsigned char *p, float *values, size_t count); /* rounded */

/* Writes the floats to f in blocks; false when the disk refuses. crc (may be NULL) is carried on
 * over the bytes (zlib's crc32). f may be NULL: then only the sum is taken. */
bool bytes_write_floats(FILE *f, const float *values, size_t count, uint32_t *crc);

#endif
