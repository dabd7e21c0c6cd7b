// What Swift cannot ask the C library for by itself: that its allocator keep what is freed, how much it has given out, and
// which processors the process is bound to.
#ifndef BILAN_CSYSTEM_SHIM_H
#define BILAN_CSYSTEM_SHIM_H
#include <stdlib.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

/// One heap for all threads, which keeps what is freed, large blocks too: a page that comes fresh from the system costs more
/// than most of what is then done with it.
static inline void bilan_keep_freed_memory(void) {
#if defined(__GLIBC__)
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, 0x7fffffff);
  mallopt(M_TOP_PAD, 16 << 20);
#endif
}

/// Bytes that the program has taken from the C library and not given back; 0 where it does not tell.
static inline size_t bilan_heap_in_use(void) {
#if defined(__GLIBC__) && (__GLIBC__ > 2 || (__GLIBC__ == 2 && __GLIBC_MINOR__ >= 33))
  struct mallinfo2 state = mallinfo2();
  return state.uordblks + state.hblkhd;
#else
  return 0;
#endif
}

#if defined(__linux__)
// As <sched.h> has it, which shows it to GNU sources only.
extern int sched_getaffinity(int process, unsigned long size, void *set);
#endif

/// The processors that this process is bound to; 0 where the system does not tell.
static inline int bilan_bound_processors(void) {
  int count = 0;
#if defined(__linux__)
  unsigned long set[16] = {0};
  if (sched_getaffinity(0, sizeof set, set) != 0) return 0;
  for (int word = 0; word < 16; word++) count += __builtin_popcountl(set[word]);
#endif
  return count;
}

#endif
