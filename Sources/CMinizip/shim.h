// The part of minizip that reads ZIP archives.
#ifndef BILAN_CMINIZIP_SHIM_H
#define BILAN_CMINIZIP_SHIM_H
#include <minizip/unzip.h>
#endif
