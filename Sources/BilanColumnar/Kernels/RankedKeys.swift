/// Ascending whole numbers of a small range, a bit for each: whether it is there, and how many are before it, which is
/// its row.
///
///     keys    3  5  6  9
///     words   0001011001     of 6 the row is 2, the bits before it
///     ranks   0 …            the bits in all words before
///
/// A list of the row of each place would take more than twenty times the memory to be filled and looked into.
struct RankedKeys: Sendable {
  /// How many places there are.
  let count: Int
  private let words: Buffer<UInt64>
  private let ranks: Buffer<UInt32>
  /// The places of rows that are not kept; nil where all are.
  let dropped: Buffer<UInt64>?
  /// Whether there is a value at every place, which is then its row.
  let isWhole: Bool

  /// - Parameters:
  ///   - low: the least of the values.
  ///   - count: of the places, from `low` to the greatest value.
  /// - Returns: nil where a value is not greater than the one before it.
  init?<T: FixedWidthInteger>(_ values: Buffer<T>, low: Int64, count: Int, kept: Bitmap?) {
    var words = [UInt64](repeating: 0, count: (count + 63) / 64)
    var dropped = [UInt64](repeating: 0, count: kept == nil ? 0 : words.count)
    guard Self.mark(values, low: low, kept, &words, &dropped) else { return nil }
    var ranks = [UInt32](repeating: 0, count: words.count)
    var rank = 0
    for word in words.indices {
      ranks[word] = UInt32(truncatingIfNeeded: rank)
      rank += words[word].nonzeroBitCount
    }
    self.words = Buffer(words)
    self.ranks = Buffer(ranks)
    self.dropped = kept == nil ? nil : Buffer(dropped)
    self.count = count
    isWhole = values.count == count
  }

  /// Sets the bit of each value, and those of values that are not kept.
  ///
  /// - Returns: whether the values ascend.
  private static func mark<T: FixedWidthInteger>(
    _ values: Buffer<T>, low: Int64, _ kept: Bitmap?, _ words: inout [UInt64], _ dropped: inout [UInt64]
  ) -> Bool {
    let source = values.span
    let low = UInt64(bitPattern: low)
    var words = words.mutableSpan
    var dropped = dropped.mutableSpan
    let keptWords = kept?.words ?? [UInt64](repeating: ~0, count: (source.count + 63) / 64)
    let kept = keptWords.span
    var next: UInt64 = 0
    // The word at hand, which is written when it is done with: added to in memory, each bit would wait for the one before.
    var (word, bits, drops) = (0, UInt64(0), UInt64(0))
    for row in source.indices {
      let place = UInt64(truncatingIfNeeded: source[row]) &- low
      if place < next { return false }
      next = place &+ 1
      if word != Int(truncatingIfNeeded: place &>> 6) {
        words[word] = bits
        if !dropped.isEmpty { dropped[word] = drops }
        (word, bits, drops) = (Int(truncatingIfNeeded: place &>> 6), 0, 0)
      }
      let isDropped = ~(kept[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63)) & 1
      bits |= 1 &<< (place & 63)
      drops |= isDropped &<< (place & 63)
    }
    words[word] = bits
    if !dropped.isEmpty { dropped[word] = drops }
    return true
  }

  /// The row of each value; -1 where there is none.
  func find<T: FixedWidthInteger>(_ values: Buffer<T>, low: Int64) -> Buffer<Int32> {
    let (source, words, ranks) = (values.span, words.span, ranks.span)
    let low = UInt64(bitPattern: low)
    let count = UInt64(count)
    if isWhole {
      return Buffer(count: source.count) {
        let place = UInt64(truncatingIfNeeded: source[$0]) &- low
        return place < count ? Int32(truncatingIfNeeded: place) : -1
      }
    }
    return Buffer(count: source.count) {
      let place = UInt64(truncatingIfNeeded: source[$0]) &- low
      guard place < count else { return -1 }
      let word = Int(truncatingIfNeeded: place &>> 6)
      let bit: UInt64 = 1 &<< (place & 63)
      let isThere = words[word] & bit != 0
      let row = Int32(truncatingIfNeeded: ranks[word]) &+ Int32((words[word] & (bit &- 1)).nonzeroBitCount)
      return isThere ? row : -1
    }
  }
}
