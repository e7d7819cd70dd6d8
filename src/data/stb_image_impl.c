/* The implementation of stb_image, PNG and JPEG only, in a file of its own. */
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wdouble-promotion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wmissing-prototypes"
#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#define STBI_NO_FAILURE_STRINGS
#include <string.h>

/* An empty piece of a PNG's data is copied to nowhere, which memcpy must not be asked for. */
static void *copy(void *to, const void *from, size_t n)
{
    return n ? memcpy(to, from, n) : to;
}
#define memcpy copy
#include <stb/stb_image.h>
