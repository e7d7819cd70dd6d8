#include "io/bytes.h"

#include <string.h>
#include <zlib.h>

void bytes_put(unsigned char *p, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        p[i] = (unsigned char)(value >> (8 * i));
}

uint64_t bytes_get(const unsigned char *p, int bytes)
{
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++)
        value |= (uint64_t)p[i] << (8 * i);
    return value;
}

void bytes_put_floats(unsigned char *p, const float *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        bytes_put(p + 4 * i, bits, 4);
    }
}

void bytes_get_floats(const unsigned char *p, float *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t bits = (uint32_t)bytes_get(p + 4 * i, 4);
        memcpy(&values[i], &bits, sizeof bits);
    }
}

void bytes_get_doubles(const unsigned char *p, float *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t bits = bytes_get(p + 8 * i, 8);
        double value;
        memcpy(&value, &bits, sizeof value);
        values[i] = (float)value;
    }
}

bool bytes_write_floats(FILE *f, const float *values, size_t count, uint32_t *crc)
{
    unsigned char block[4096];
    while (count) {
        size_t n = count < sizeof block / 4 ? count : sizeof block / 4;
        bytes_put_floats(block, values, n);
        if (crc)
            *crc = (uint32_t)crc32(*crc, block, (unsigned)(4 * n));
        if (f && fwrite(block, 4, n, f) != n)
            return false;
        values += n;
        count -= n;
    }
    return true;
}
