// The four libraries that files are compressed with, and what of them are macros with casts, which Swift does not see.
#ifndef BILAN_CCOMPRESSION_SHIM_H
#define BILAN_CCOMPRESSION_SHIM_H
#include <bzlib.h>
#include <lzma.h>
#include <stdio.h>
#include <zlib.h>
#include <zstd.h>

// `inflateInit2` with 15 bits of window and a gzip header (31) or a zlib one (15).
static inline int compression_inflate_start(z_stream *stream, int bits) { return inflateInit2(stream, bits); }

static inline int compression_deflate_start(z_stream *stream, int level, int bits) {
  return deflateInit2(stream, level, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY);
}
#endif
