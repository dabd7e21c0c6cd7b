/// Finds the texts of one dictionary in another, many at once.
///
/// The naive way puts one dictionary into a hash table and asks for each text of the other: two jumps far from the cache a
/// text. Short texts are numbers (`PackedTexts`), of which a table has a place for each where they are not much more than
/// the texts. Else words are sorted by all workers (`WordOrder`), and equal ones met by walking along both orders: the
/// numbers, or hashes of the texts. Texts of equal hashes are compared, some at once, so that waiting for the bytes of one
/// is waiting for all.
enum TextMatching {
  /// For each code of `source` what `values` holds for the same text in `target`; -1 where that has none.
  ///
  /// - Parameter values: one for each code of `target`.
  static func values(
    of source: TextDictionary, in target: TextDictionary, _ values: Buffer<Int32>, workers: Workers
  ) -> Buffer<Int32> {
    precondition(values.count == target.count)
    let ranges = workers.ranges(of: source.count, least: 1 << 12)
    if let packed = PackedTexts(target, workers: workers) {
      let greatest = packed.greatest(of: target, workers: workers)
      if greatest < max(1 << 16, UInt64(target.count) * mostPlaces) {
        return lookUp(source, ranges, target, values, packed, greatest, workers)
      }
      let bitCount = UInt64.bitWidth - packed.end.leadingZeroBitCount
      let left = WordOrder(packed.words(of: source, workers: workers), bitCount: bitCount, workers: workers)
      let right = WordOrder(packed.words(of: target, workers: workers), bitCount: bitCount, workers: workers)
      return fill(source, ranges, workers) { meet(left, $0, right, values, $1) }
    }
    let left = WordOrder(hashes(source, workers), bitCount: 64, workers: workers)
    let right = WordOrder(hashes(target, workers), bitCount: 64, workers: workers)
    return fill(source, ranges, workers) { range, found in
      match(source, left, range, target, right) { found.put($1 < 0 ? -1 : values[$1], at: $0) }
    }
  }

  /// Places of a table for each text at most.
  private static let mostPlaces: UInt64 = 8

  private static func fill(
    _ source: TextDictionary, _ ranges: [Range<Int>], _ workers: Workers,
    _ find: @Sendable (Range<Int>, Scratch<Int32>) -> Void
  ) -> Buffer<Int32> {
    Buffer(
      count: source.count,
      workersFill: { found in _ = workers.run(ranges.count) { number in find(ranges[number], found) } })
  }

  /// By a table with a place for each number.
  private static func lookUp(
    _ source: TextDictionary, _ ranges: [Range<Int>], _ target: TextDictionary, _ values: Buffer<Int32>,
    _ packed: PackedTexts, _ greatest: UInt64, _ workers: Workers
  ) -> Buffer<Int32> {
    // The last place is that of all other numbers.
    let placeCount = Int(greatest) + 2
    let blanks = workers.ranges(of: placeCount, least: 1 << 14)
    let shares = workers.ranges(of: target.count, least: 1 << 12)
    let table = Buffer<Int32>(
      count: placeCount,
      workersFill: { table in
        _ = workers.run(blanks.count) { number in for place in blanks[number] { table.put(-1, at: place) } }
        _ = workers.run(shares.count) { number in
          let values = values.span
          packed.forEachStretch(of: target, shares[number]) { start, words in
            for place in words.indices {
              table.put(values[start &+ place], at: Int(truncatingIfNeeded: words[place]))
            }
          }
        }
      })
    return fill(source, ranges, workers) { range, found in
      let table = table.span
      packed.forEachStretch(of: source, range) { start, words in
        for place in words.indices {
          let word = Int(truncatingIfNeeded: min(words[place], greatest &+ 1))
          found.put(table[word], at: start &+ place)
        }
      }
    }
  }

  /// By walking along the orders of words that are equal only of equal texts.
  private static func meet(
    _ left: WordOrder, _ range: Range<Int>, _ right: WordOrder, _ values: Buffer<Int32>, _ found: Scratch<Int32>
  ) {
    if range.isEmpty { return }
    let (leftWords, rightWords) = (left.words.span, right.words.span)
    let (leftCodes, rightCodes) = (left.rows.span, right.rows.span)
    let values = values.span
    var place = firstPlace(of: leftWords[range.lowerBound], in: rightWords)
    for index in range {
      let word = leftWords[index]
      while place < rightWords.count, rightWords[place] < word { place &+= 1 }
      let isFound = place < rightWords.count && rightWords[place] == word
      found.put(isFound ? values[Int(rightCodes[place])] : -1, at: Int(leftCodes[index]))
    }
  }

  /// Texts compared at once.
  private static let batch = 32

  /// Two texts of one hash: where they stand, and which codes they have.
  private struct Pair {
    var code = 0
    var other = 0
    /// Where the other's hash stands in the order of its dictionary.
    var place = 0
    var start = 0
    var count = 0
    var otherStart = 0
    var otherCount = 0
    /// The first bytes, 0 of an empty text.
    var first: UInt8 = 0
    var otherFirst: UInt8 = 0
  }

  /// Gives the other code, or -1, for each text in a range of the order of the source.
  @inline(__always)
  private static func match(
    _ source: TextDictionary, _ left: WordOrder, _ range: Range<Int>, _ target: TextDictionary, _ right: WordOrder,
    _ put: (_ code: Int, _ other: Int) -> Void
  ) {
    let (leftWords, rightWords) = (left.words.span, right.words.span)
    let (leftCodes, rightCodes) = (left.rows.span, right.rows.span)
    let (leftBuffer, rightBuffer) = (source.bytes, target.bytes)
    let (leftBytes, rightBytes) = (leftBuffer.span, rightBuffer.span)
    let (leftPlaces, rightPlaces) = (source.offsets, target.offsets)
    let (leftOffsets, rightOffsets) = (leftPlaces.span, rightPlaces.span)
    var pairs = [Pair](repeating: Pair(), count: batch)
    var place = range.isEmpty ? 0 : firstPlace(of: leftWords[range.lowerBound], in: rightWords)
    var index = range.lowerBound
    while index < range.upperBound {
      // Along the orders.
      var count = 0
      while index < range.upperBound, count < batch {
        let word = leftWords[index]
        while place < rightWords.count, rightWords[place] < word { place &+= 1 }
        let code = Int(leftCodes[index])
        if place < rightWords.count, rightWords[place] == word {
          pairs[count].code = code
          pairs[count].other = Int(rightCodes[place])
          pairs[count].place = place
          count &+= 1
        } else {
          put(code, -1)
        }
        index &+= 1
      }
      // Far away, but not one after the other.
      for number in 0..<count {
        let (code, other) = (pairs[number].code, pairs[number].other)
        pairs[number].start = Int(leftOffsets[code])
        pairs[number].count = Int(leftOffsets[code &+ 1]) &- pairs[number].start
        pairs[number].otherStart = Int(rightOffsets[other])
        pairs[number].otherCount = Int(rightOffsets[other &+ 1]) &- pairs[number].otherStart
      }
      for number in 0..<count {
        let pair = pairs[number]
        pairs[number].first = pair.count > 0 ? leftBytes[pair.start] : 0
        pairs[number].otherFirst = pair.otherCount > 0 ? rightBytes[pair.otherStart] : 0
      }
      for number in 0..<count {
        let pair = pairs[number]
        let isEqual =
          pair.count == pair.otherCount && pair.first == pair.otherFirst
          && equal(leftBytes, pair.start, rightBytes, pair.otherStart, count: pair.count)
        if isEqual {
          put(pair.code, pair.other)
          continue
        }
        // Another text of the same hash.
        var found = -1
        var candidate = pair.place &+ 1
        while candidate < rightWords.count, rightWords[candidate] == rightWords[pair.place] {
          let range = target.byteRange(Int(rightCodes[candidate]))
          if range.count == pair.count, equal(leftBytes, pair.start, rightBytes, range.lowerBound, count: pair.count) {
            found = Int(rightCodes[candidate])
            break
          }
          candidate &+= 1
        }
        put(pair.code, found)
      }
    }
  }

  /// The first place whose word is not below `word`.
  private static func firstPlace(of word: UInt64, in words: Span<UInt64>) -> Int {
    var (low, high) = (0, words.count)
    while low < high {
      let middle = (low + high) / 2
      if words[middle] < word { low = middle + 1 } else { high = middle }
    }
    return low
  }

  @inline(__always)
  private static func equal(
    _ lhs: Span<UInt8>, _ left: Int, _ rhs: Span<UInt8>, _ right: Int, count: Int
  ) -> Bool {
    for offset in 0..<count where lhs[left &+ offset] != rhs[right &+ offset] { return false }
    return true
  }

  private static func hashes(_ dictionary: TextDictionary, _ workers: Workers) -> Buffer<UInt64> {
    let ranges = workers.ranges(of: dictionary.count, least: 1 << 12)
    return Buffer(
      count: dictionary.count,
      workersFill: { hashes in
        _ = workers.run(ranges.count) { number in
          let bytes = dictionary.bytes
          let span = bytes.span
          for code in ranges[number] { hashes.put(hash(span, dictionary.byteRange(code)), at: code) }
        }
      })
  }

  /// Eight bytes a step, both halves of a wide product; the high bits are as good as the low ones.
  private static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash = UInt64(range.count) &* 0x9E37_79B9_7F4A_7C15
    var index = range.lowerBound
    while index < range.upperBound {
      var word: UInt64 = 0
      let stop = Swift.min(index &+ 8, range.upperBound)
      while index < stop {
        word = word &<< 8 | UInt64(bytes[index])
        index &+= 1
      }
      let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
      hash = product.high ^ product.low &+ 0x2545_F491_4F6C_DD1D
    }
    return hash
  }
}
