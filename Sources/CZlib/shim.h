// zlib, and its initialiser, which is a macro and so out of Swift's reach.
#ifndef BILAN_CZLIB_SHIM_H
#define BILAN_CZLIB_SHIM_H
#include <zlib.h>

// A stream of raw deflate, without the header of zlib or gzip, as ZIP has it.
static inline int zlib_begin_deflating(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}
#endif
