// The part of minizip that reads ZIP archives, and what it needs to read one that is in memory.
#ifndef BILAN_CMINIZIP_SHIM_H
#define BILAN_CMINIZIP_SHIM_H
#include <minizip/unzip.h>
#include <string.h>

/// The bytes of an archive, and the place in them that is read next.
typedef struct {
  const unsigned char *bytes;
  ZPOS64_T size;
  ZPOS64_T place;
} bilan_memory_file;

static voidpf bilan_memory_open(voidpf file, const void *name, int mode) {
  (void)name;
  (void)mode;
  ((bilan_memory_file *)file)->place = 0;
  return file;
}

static uLong bilan_memory_read(voidpf opaque, voidpf stream, void *buffer, uLong wanted) {
  bilan_memory_file *file = (bilan_memory_file *)stream;
  ZPOS64_T left = file->size - file->place;
  uLong count = wanted < left ? wanted : (uLong)left;
  (void)opaque;
  memcpy(buffer, file->bytes + file->place, count);
  file->place += count;
  return count;
}

static ZPOS64_T bilan_memory_tell(voidpf opaque, voidpf stream) {
  (void)opaque;
  return ((bilan_memory_file *)stream)->place;
}

// Offsets come from the archive: one beyond its ends is refused, and the place stays within the bytes.
static long bilan_memory_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin) {
  bilan_memory_file *file = (bilan_memory_file *)stream;
  ZPOS64_T start = origin == ZLIB_FILEFUNC_SEEK_CUR ? file->place : origin == ZLIB_FILEFUNC_SEEK_END ? file->size : 0;
  (void)opaque;
  if (offset > file->size - start) return -1;
  file->place = start + offset;
  return 0;
}

static int bilan_memory_end(voidpf opaque, voidpf stream) {
  (void)opaque;
  (void)stream;
  return 0;
}

/// Opens an archive whose bytes and whose `file` outlast the handle; null where it is none.
static inline unzFile bilan_open_in_memory(bilan_memory_file *file) {
  zlib_filefunc64_def functions;
  memset(&functions, 0, sizeof functions);
  functions.zopen64_file = bilan_memory_open;
  functions.zread_file = bilan_memory_read;
  functions.ztell64_file = bilan_memory_tell;
  functions.zseek64_file = bilan_memory_seek;
  functions.zclose_file = bilan_memory_end;
  functions.zerror_file = bilan_memory_end;
  functions.opaque = file;
  return unzOpen2_64("", &functions);
}
#endif
