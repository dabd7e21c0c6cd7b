/// A sequence of bits in 64-bit words, bit `i` of word `i / 64` being row `i`. Bits past `count` are 0.
package struct Bitmap: Sendable {
  package private(set) var words: [UInt64]
  package private(set) var count: Int

  package init(repeating bit: Bool, count: Int) {
    words = [UInt64](repeating: bit ? ~0 : 0, count: (count + 63) / 64)
    self.count = count
    clearTail()
  }

  /// Takes ready words; bits past `count` are cleared.
  package init(words: [UInt64], count: Int) {
    precondition(words.count == (count + 63) / 64)
    self.words = words
    self.count = count
    clearTail()
  }

  /// One bit per index, a word at a time.
  @inlinable @inline(__always)
  package init<E: Error>(count: Int, _ bit: (Int) throws(E) -> Bool) throws(E) {
    var words = [UInt64](repeating: 0, count: (count + 63) / 64)
    for word in words.indices {
      var bits: UInt64 = 0
      let start = word << 6
      for offset in 0..<min(64, count - start) {
        bits |= (try bit(start + offset) ? 1 : 0) &<< UInt64(truncatingIfNeeded: offset)
      }
      words[word] = bits
    }
    self.init(words: words, count: count)
  }

  /// A bit for each flag, which is 0 or 1.
  ///
  ///     flags   1  0  1  1  0  0  0  1     eight bytes, read as one word
  ///     times   1 << 7 | 1 << 14 | …       moves the bit of byte i to bit 56 + i
  ///
  /// Source: S. E. Anderson, "Bit Twiddling Hacks", and chess programming before it.
  package init(flags: Buffer<UInt8>) {
    let flags = flags.span
    let bytes = unsafe flags.bytes
    var words = [UInt64](repeating: 0, count: (flags.count + 63) / 64)
    let whole = flags.count >> 6
    for word in 0..<whole {
      var bits: UInt64 = 0
      for byte in 0..<8 {
        // SAFETY: the eight bytes are among the 64 flags of a word that is whole.
        let eight = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: word << 6 | byte << 3, as: UInt64.self)
        bits |= ((UInt64(littleEndian: eight) &* 0x0102_0408_1020_4080) &>> 56) &<< UInt64(byte << 3)
      }
      words[word] = bits
    }
    var index = whole << 6
    while index < flags.count {
      words[index &>> 6] |= UInt64(flags[index]) &<< UInt64(truncatingIfNeeded: index & 63)
      index &+= 1
    }
    self.init(words: words, count: flags.count)
  }

  private mutating func clearTail() {
    let used = count & 63
    if used != 0, let last = words.indices.last { words[last] &= (1 << UInt64(used)) - 1 }
  }

  package subscript(index: Int) -> Bool {
    @inlinable get { words[index &>> 6] &>> UInt64(truncatingIfNeeded: index & 63) & 1 == 1 }
    set {
      precondition(index < count)
      if newValue {
        words[index >> 6] |= 1 << UInt64(index & 63)
      } else {
        words[index >> 6] &= ~(1 << UInt64(index & 63))
      }
    }
  }

  /// The number of bits that are 1.
  package var onesCount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
  package var allOnes: Bool { onesCount == count }
  /// True where no bit is 1.
  package var isEmptyOfOnes: Bool { words.allSatisfy { $0 == 0 } }

  package func and(_ other: Bitmap) -> Bitmap { combine(other, &) }
  package func or(_ other: Bitmap) -> Bitmap { combine(other, |) }
  package func andNot(_ other: Bitmap) -> Bitmap { combine(other) { $0 & ~$1 } }
  package var inverted: Bitmap { Bitmap(words: words.map { ~$0 }, count: count) }

  private func combine(_ other: Bitmap, _ operation: (UInt64, UInt64) -> UInt64) -> Bitmap {
    precondition(count == other.count)
    var result = words
    for index in result.indices { result[index] = operation(result[index], other.words[index]) }
    return Bitmap(words: result, count: count)
  }

  /// The bits in `bounds`; shifted where the start is not a multiple of 64.
  package func slice(_ bounds: Range<Int>) -> Bitmap {
    if bounds == 0..<count { return self }
    let wordCount = (bounds.count + 63) / 64
    let first = bounds.lowerBound >> 6
    let shift = UInt64(bounds.lowerBound & 63)
    if shift == 0 { return Bitmap(words: Array(words[first..<first + wordCount]), count: bounds.count) }
    var result = [UInt64](repeating: 0, count: wordCount)
    for index in 0..<wordCount {
      let low = words[first + index] >> shift
      let high = first + index + 1 < words.count ? words[first + index + 1] << (64 - shift) : 0
      result[index] = low | high
    }
    return Bitmap(words: result, count: bounds.count)
  }

  /// The positions of the 1 bits, ascending: a selection vector.
  package var selection: [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(onesCount)
    for (index, word) in words.enumerated() {
      var bits = word
      while bits != 0 {
        result.append(Int32(truncatingIfNeeded: index << 6 | bits.trailingZeroBitCount))
        bits &= bits - 1
      }
    }
    return result
  }
}

extension Bitmap: Equatable {}
