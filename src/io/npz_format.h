/* Numbers of the zip and npy formats that reader and writer share. Internal to io. */
#ifndef GLASSNET_IO_NPZ_FORMAT_H
#define GLASSNET_IO_NPZ_FORMAT_H

#define ZIP_LOCAL      0x04034b50u
#define ZIP_CENTRAL    0x02014b50u
#define ZIP_END        0x06054b50u
#define ZIP_UTF8_NAMES 0x0800
#define ZIP_STORED     0
#define ZIP_DEFLATED   8
#define NPY_MAGIC      "\x93NUMPY"

#endif
