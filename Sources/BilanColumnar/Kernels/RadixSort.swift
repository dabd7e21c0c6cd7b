/// A row and the word it sorts by.
package struct WordedRow: BitwiseCopyable, Sendable {
  package var word: UInt64
  package var row: Int32

  package init(word: UInt64, row: Int32) {
    self.word = word
    self.row = row
  }
}

/// A stable sort of rows by their words: insertion for a few, else dealt out by the highest bits in which they differ, into
/// about as many piles as there are rows, and each pile alike.
///
/// The naive radix sort takes a byte at a time from the least, which moves every row eight times. Words of many rows differ
/// in their high bits already, and then one deal puts nearly every row in its place.
package enum RadixSort {
  /// As few are sorted by insertion.
  private static let few = 32
  /// Bits dealt out at once: the places of so many piles stay in the first cache.
  private static let mostBits = 12

  static func sort(_ pairs: inout [WordedRow]) { sort(&pairs, pairs.indices) }

  /// Sorts the pairs in a range.
  package static func sort(_ pairs: inout [WordedRow], _ range: Range<Int>) {
    var scratch =
      range.count > few ? [WordedRow](repeating: WordedRow(word: 0, row: 0), count: range.count) : []
    var span = pairs.mutableSpan
    var other = scratch.mutableSpan
    sort(&span, range, &other)
  }

  /// - Parameter scratch: room for as many pairs as the range has, where those are not few.
  private static func sort(
    _ pairs: inout MutableSpan<WordedRow>, _ range: Range<Int>, _ scratch: inout MutableSpan<WordedRow>
  ) {
    if range.count <= few { return insertionSort(&pairs, range) }
    let first = pairs[range.lowerBound].word
    var differing: UInt64 = 0
    for index in range { differing |= pairs[index].word ^ first }
    if differing == 0 { return }
    let top = UInt64.bitWidth - differing.leadingZeroBitCount
    let bits = min(top, mostBits, Int.bitWidth - range.count.leadingZeroBitCount)
    let shift = UInt64(top - bits)
    let mask: UInt64 = 1 << UInt64(bits) - 1
    // Where in the range each pile begins, and once it is dealt where it ends.
    var places = [Int](repeating: 0, count: 1 << bits)
    do {
      var next = places.mutableSpan
      for index in range { next[Int(truncatingIfNeeded: pairs[index].word &>> shift & mask)] &+= 1 }
      var place = 0
      for pile in next.indices {
        let count = next[pile]
        next[pile] = place
        place &+= count
      }
      for index in range {
        let pair = pairs[index]
        let pile = Int(truncatingIfNeeded: pair.word &>> shift & mask)
        scratch[next[pile]] = pair
        next[pile] &+= 1
      }
    }
    for place in 0..<range.count { pairs[range.lowerBound &+ place] = scratch[place] }
    if shift == 0 { return }
    var start = range.lowerBound
    for place in places {
      let end = range.lowerBound &+ place
      if end &- start > 1 { sort(&pairs, start..<end, &scratch) }
      start = end
    }
  }

  private static func insertionSort(_ pairs: inout MutableSpan<WordedRow>, _ range: Range<Int>) {
    for index in range.dropFirst() {
      let pair = pairs[index]
      var hole = index
      while hole > range.lowerBound, pairs[hole &- 1].word > pair.word {
        pairs[hole] = pairs[hole &- 1]
        hole &-= 1
      }
      pairs[hole] = pair
    }
  }
}
