// Finds the separators of delimited text: the one loop of reading that vector instructions make several times faster.
#ifndef BILAN_CSCAN_H
#define BILAN_CSCAN_H
#include <stddef.h>
#include <stdint.h>

/// What a block of text holds beside its separators.
typedef struct {
  /// Delimiters and line feeds outside quotes, whose places were written.
  size_t separators;
  size_t line_feeds;
  size_t quotes;
  /// Carriage returns outside quotes that no line feed follows; the last byte of the block counts as one that none follows.
  size_t lone_returns;
  int has_return;
  /// Whether some quote does not stand at the edge of a field, but for doubled ones inside quotes.
  int has_stray_quote;
  int has_doubled_quote;
  /// Whether a line feed or a carriage return stands in quotes.
  int has_quoted_line_end;
  /// Whether some byte is zero.
  int has_zero;
  /// Whether some byte is above 127.
  int has_high;
} bilan_block;

/// Writes the place after each delimiter and each line feed of a block to `ends`, in order, those in quotes left out.
///
/// A block starts outside quotes. Each quote opens or closes; two of them side by side inside quotes do neither.
///
/// `ends` has room for `size + 64` places: whole groups are written, and what is beyond the count means nothing. `quote`
/// is 0 where nothing is quoted.
bilan_block bilan_scan(const uint8_t *bytes, size_t size, uint8_t delimiter, uint8_t quote, uint32_t *ends);

/// The same by a way of its own: 0 for the portable one, then those of this processor's family; false where the processor
/// at hand does not know it. For tests, which compare them.
int bilan_scan_by(
    int way, const uint8_t *bytes, size_t size, uint8_t delimiter, uint8_t quote, uint32_t *ends, bilan_block *block);

/// Brings memory that will soon be read or written into the cache.
static inline void bilan_prefetch(const void *place) { __builtin_prefetch(place, 1, 2); }

#endif
