// The C library's allocator, told to keep what is freed; nothing where the library is not glibc.
#ifndef BILAN_CMALLOC_SHIM_H
#define BILAN_CMALLOC_SHIM_H
#include <stdlib.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

/// One heap for all threads, which keeps what is freed; blocks of more than 32 MiB still come from the system.
static inline void bilan_keep_freed_memory(void) {
#if defined(__GLIBC__)
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 0x7fffffff);
  mallopt(M_TOP_PAD, 16 << 20);
#endif
}

#endif
