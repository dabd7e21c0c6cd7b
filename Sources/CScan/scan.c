#include "scan.h"

#include <string.h>

// Every way looks at 64 bytes at a time and makes a word of each kind of byte, bit i for byte i; what follows is the same.
typedef struct {
  uint64_t delimiters, line_feeds, returns, quotes, zeros, high;
} bilan_masks;

typedef struct {
  bilan_block block;
  // 1 where the group before ended with a carriage return.
  uint64_t open_return;
  // 1 where it ended with a quote that closed.
  uint64_t closed;
  // All ones where it ended inside quotes.
  uint64_t inside;
} bilan_state;

// Each bit becomes the parity of those up to it.
static inline uint64_t running_parity(uint64_t bits) {
  for (int step = 1; step < 64; step *= 2) bits ^= bits << step;
  return bits;
}

// Leaves out of a group's masks what is in quotes.
static inline void leave_out_quoted(
    bilan_state *state, bilan_masks *masks, const uint8_t *bytes, size_t base, size_t size, uint8_t delimiter) {
  uint64_t inside = running_parity(masks->quotes) ^ state->inside;
  uint64_t opening = masks->quotes & inside, closing = masks->quotes & ~inside;
  state->block.has_quoted_line_end |= ((masks->line_feeds | masks->returns) & inside) != 0;
  masks->delimiters &= ~inside;
  masks->line_feeds &= ~inside;
  masks->returns &= ~inside;
  uint64_t separators = masks->delimiters | masks->line_feeds;
  uint8_t before = base ? bytes[base - 1] : '\n';
  uint64_t after_separator = separators << 1 | (before == delimiter || before == '\n');
  uint64_t after_closing = closing << 1 | state->closed;
  uint64_t doubled = opening & after_closing;
  uint64_t within = size - base < 64 ? (1ull << (size - base)) - 1 : ~0ull;
  uint64_t stray = (opening & ~(after_separator | doubled)) | (after_closing & ~(separators | masks->returns | doubled));
  state->block.has_stray_quote |= (stray & within) != 0;
  state->block.has_doubled_quote |= doubled != 0;
  state->inside = 0 - (inside >> 63);
  state->closed = closing >> 63;
}

static inline __attribute__((always_inline)) void take(
    bilan_state *state, bilan_masks *masks, const uint8_t *bytes, size_t base, size_t size, uint8_t delimiter) {
  if (masks->quotes | state->inside | state->closed) leave_out_quoted(state, masks, bytes, base, size, delimiter);
  state->block.line_feeds += (size_t)__builtin_popcountll(masks->line_feeds);
  state->block.quotes += (size_t)__builtin_popcountll(masks->quotes);
  if (masks->returns | state->open_return) {
    uint64_t followers = masks->returns << 1 | state->open_return;
    state->block.lone_returns += (size_t)__builtin_popcountll(followers & ~masks->line_feeds);
    state->open_return = masks->returns >> 63;
    state->block.has_return = 1;
  }
  state->block.has_zero |= masks->zeros != 0;
  state->block.has_high |= masks->high != 0;
}

// The last group, filled up with spaces, which mean nothing here.
static inline void pad(uint8_t group[64], const uint8_t *bytes, size_t size) {
  memset(group, ' ', 64);
  memcpy(group, bytes, size);
}

static inline bilan_block finish(bilan_state state) {
  state.block.lone_returns += state.open_return;
  return state.block;
}

// A set bit at a time, four in each step so that the branch is rarely wrong.
static inline __attribute__((always_inline)) size_t write_bits(uint32_t *ends, size_t count, uint64_t bits, size_t base) {
  size_t found = (size_t)__builtin_popcountll(bits);
  uint32_t *to = ends + count;
  for (size_t written = 0; written < found; written += 4) {
    for (int step = 0; step < 4; step++) {
      to[written + step] = (uint32_t)(base + (size_t)__builtin_ctzll(bits | (1ull << 63)) + 1);
      bits &= bits - 1;
    }
  }
  return count + found;
}

// Plain C, eight bytes in a word.

static inline uint64_t equal_bytes(uint64_t word, uint8_t byte) {
  const uint64_t low = 0x7F7F7F7F7F7F7F7Full;
  uint64_t x = word ^ (0x0101010101010101ull * byte);
  // The top bit of each byte that is zero, exactly: no carry leaves a byte.
  uint64_t zero = ~(((x & low) + low) | x | low);
  // Those bits side by side.
  return ((zero >> 7) * 0x0102040810204080ull) >> 56;
}

static inline void portable_masks(const uint8_t *group, uint8_t delimiter, uint8_t quote, bilan_masks *masks) {
  memset(masks, 0, sizeof *masks);
  for (int part = 0; part < 8; part++) {
    uint64_t word = 0;
    for (int place = 0; place < 8; place++) word |= (uint64_t)group[part * 8 + place] << (place * 8);
    int shift = part * 8;
    masks->delimiters |= equal_bytes(word, delimiter) << shift;
    masks->line_feeds |= equal_bytes(word, '\n') << shift;
    masks->returns |= equal_bytes(word, '\r') << shift;
    if (quote) masks->quotes |= equal_bytes(word, quote) << shift;
    masks->zeros |= equal_bytes(word, 0) << shift;
    masks->high |= (((word >> 7) & 0x0101010101010101ull) * 0x0102040810204080ull >> 56) << shift;
  }
}

static bilan_block scan_portable(
    const uint8_t *bytes, size_t size, uint8_t delimiter, uint8_t quote, uint32_t *ends) {
  bilan_state state = {0};
  bilan_masks masks;
  uint8_t group[64];
  for (size_t base = 0; base < size; base += 64) {
    const uint8_t *at = bytes + base;
    if (size - base < 64) {
      pad(group, at, size - base);
      at = group;
    }
    portable_masks(at, delimiter, quote, &masks);
    take(&state, &masks, bytes, base, size, delimiter);
    state.block.separators =
        write_bits(ends, state.block.separators, masks.delimiters | masks.line_feeds, base);
  }
  return finish(state);
}

#if defined(__x86_64__)
#include <immintrin.h>

#include "bit_places.h"

#define AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,avx2,bmi,bmi2,popcnt,lzcnt")))

AVX2 static inline uint64_t mask_avx2(__m256i low, __m256i high) {
  return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

// Eight bits at a time, all their places at once and as many of them kept as there are: nothing depends on how many that is.
AVX2 static inline size_t write_places(uint32_t *ends, size_t count, uint64_t bits, size_t base) {
  for (int part = 0; part < 8; part++) {
    uint8_t byte = (uint8_t)(bits >> (8 * part));
    __m256i places = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)&bit_places[byte]));
    __m256i from = _mm256_set1_epi32((int)base + 8 * part);
    _mm256_storeu_si256((__m256i *)(ends + count), _mm256_add_epi32(places, from));
    count += (size_t)__builtin_popcount(byte);
  }
  return count;
}

AVX2 static bilan_block scan_avx2(
    const uint8_t *bytes, size_t size, uint8_t delimiter, uint8_t quote, uint32_t *ends) {
  bilan_state state = {0};
  uint8_t group[64];
  const __m256i delimiters = _mm256_set1_epi8((char)delimiter);
  const __m256i line_feeds = _mm256_set1_epi8('\n');
  const __m256i returns = _mm256_set1_epi8('\r');
  // Without a quote the delimiter is looked for once more, and not counted.
  const __m256i quotes = _mm256_set1_epi8((char)(quote ? quote : delimiter));
  // Of all bytes: their highest bits, and the least of them.
  __m256i any = _mm256_setzero_si256();
  __m256i least = _mm256_set1_epi8(-1);
  for (size_t base = 0; base < size; base += 64) {
    const uint8_t *at = bytes + base;
    if (size - base < 64) {
      pad(group, at, size - base);
      at = group;
    }
    __m256i low = _mm256_loadu_si256((const __m256i *)at);
    __m256i high = _mm256_loadu_si256((const __m256i *)(at + 32));
    any = _mm256_or_si256(any, _mm256_or_si256(low, high));
    least = _mm256_min_epu8(least, _mm256_min_epu8(low, high));
    __m256i low_feeds = _mm256_cmpeq_epi8(low, line_feeds), high_feeds = _mm256_cmpeq_epi8(high, line_feeds);
    __m256i low_quotes = _mm256_cmpeq_epi8(low, quotes), high_quotes = _mm256_cmpeq_epi8(high, quotes);
    __m256i low_returns = _mm256_cmpeq_epi8(low, returns), high_returns = _mm256_cmpeq_epi8(high, returns);
    bilan_masks masks = {
        .delimiters =
            mask_avx2(_mm256_cmpeq_epi8(low, delimiters), _mm256_cmpeq_epi8(high, delimiters)),
        .line_feeds = mask_avx2(low_feeds, high_feeds),
    };
    __m256i rare = _mm256_or_si256(
        _mm256_or_si256(low_quotes, high_quotes), _mm256_or_si256(low_returns, high_returns));
    if (_mm256_movemask_epi8(rare)) {
      masks.returns = mask_avx2(low_returns, high_returns);
      masks.quotes = quote ? mask_avx2(low_quotes, high_quotes) : 0;
    }
    take(&state, &masks, bytes, base, size, delimiter);
    state.block.separators =
        write_places(ends, state.block.separators, masks.delimiters | masks.line_feeds, base);
  }
  state.block.has_high = _mm256_movemask_epi8(any) != 0;
  state.block.has_zero = _mm256_movemask_epi8(_mm256_cmpeq_epi8(least, _mm256_setzero_si256())) != 0;
  return finish(state);
}

// The places of the set bits come from one instruction, which moves the chosen bytes of 0, 1, 2 … 63 together.
AVX512 static bilan_block scan_avx512(
    const uint8_t *bytes, size_t size, uint8_t delimiter, uint8_t quote, uint32_t *ends) {
  static const uint8_t places[64] = {
      1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
      23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44,
      45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64};
  const __m512i all = _mm512_loadu_si512(places);
  bilan_state state = {0};
  uint8_t group[64];
  for (size_t base = 0; base < size; base += 64) {
    const uint8_t *at = bytes + base;
    if (size - base < 64) {
      pad(group, at, size - base);
      at = group;
    }
    __m512i text = _mm512_loadu_si512(at);
    bilan_masks masks = {
        .delimiters = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8((char)delimiter)),
        .line_feeds = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('\n')),
        .returns = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('\r')),
        .quotes = quote ? _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8((char)quote)) : 0,
        .zeros = _mm512_testn_epi8_mask(text, text),
        .high = _mm512_movepi8_mask(text),
    };
    take(&state, &masks, bytes, base, size, delimiter);
    uint64_t bits = masks.delimiters | masks.line_feeds;
    size_t found = (size_t)__builtin_popcountll(bits);
    uint32_t *to = ends + state.block.separators;
    __m512i chosen = _mm512_maskz_compress_epi8(bits, all);
    __m512i from = _mm512_set1_epi32((int)base);
    _mm512_storeu_si512(to, _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(chosen))));
    if (found > 16) {
      _mm512_storeu_si512(
          to + 16, _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(chosen, 1))));
      if (found > 32) {
        _mm512_storeu_si512(
            to + 32, _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(chosen, 2))));
        _mm512_storeu_si512(
            to + 48, _mm512_add_epi32(from, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(chosen, 3))));
      }
    }
    state.block.separators += found;
  }
  return finish(state);
}

static int knows_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"); }
static int knows_avx512(void) {
  return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vbmi2");
}
#endif

int bilan_scan_by(
    int way, const uint8_t *bytes, size_t size, uint8_t delimiter, uint8_t quote, uint32_t *ends, bilan_block *block) {
  if (way == 0) {
    *block = scan_portable(bytes, size, delimiter, quote, ends);
    return 1;
  }
#if defined(__x86_64__)
  if (way == 1 && knows_avx2()) {
    *block = scan_avx2(bytes, size, delimiter, quote, ends);
    return 1;
  }
  if (way == 2 && knows_avx512()) {
    *block = scan_avx512(bytes, size, delimiter, quote, ends);
    return 1;
  }
#endif
  return 0;
}

bilan_block bilan_scan(const uint8_t *bytes, size_t size, uint8_t delimiter, uint8_t quote, uint32_t *ends) {
#if defined(__x86_64__)
  if (knows_avx512()) return scan_avx512(bytes, size, delimiter, quote, ends);
  if (knows_avx2()) return scan_avx2(bytes, size, delimiter, quote, ends);
#endif
  return scan_portable(bytes, size, delimiter, quote, ends);
}
