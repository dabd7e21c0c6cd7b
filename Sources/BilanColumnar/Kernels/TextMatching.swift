/// Finds the texts of one dictionary in another, many at once.
///
/// The naive way puts one dictionary into a hash table and asks for each text of the other: two jumps far from the cache a
/// text. Here both are hashed from end to end, the hashes sorted as words by all workers (`WordOrder`), and equal ones met
/// by walking along both; only texts of equal hashes are compared, some at once, so that waiting for the bytes of one is
/// waiting for all.
enum TextMatching {
  /// For each code of `source` the code of the same text in `target`; `UInt32.max` where there is none.
  static func mapping(of source: TextDictionary, in target: TextDictionary, workers: Workers) -> [UInt32] {
    let left = WordOrder(hashes(source, workers), bitCount: 64, workers: workers)
    let right = WordOrder(hashes(target, workers), bitCount: 64, workers: workers)
    let ranges = workers.ranges(of: source.count, least: 1 << 12)
    // Each code of the source stands once in its order.
    return Buffer<UInt32>(
      count: source.count,
      workersFill: { mapping in
        _ = workers.run(ranges.count) { number in
          match(source, left, ranges[number], target, right) { mapping.put($1, at: $0) }
        }
      }
    ).array
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

  /// Gives the other code, or `UInt32.max`, for each text in a range of the order of the source.
  @inline(__always)
  private static func match(
    _ source: TextDictionary, _ left: WordOrder, _ range: Range<Int>, _ target: TextDictionary, _ right: WordOrder,
    _ put: (_ code: Int, _ other: UInt32) -> Void
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
          put(code, .max)
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
          put(pair.code, UInt32(truncatingIfNeeded: pair.other))
          continue
        }
        // Another text of the same hash.
        var found = UInt32.max
        var candidate = pair.place &+ 1
        while candidate < rightWords.count, rightWords[candidate] == rightWords[pair.place] {
          let range = target.byteRange(Int(rightCodes[candidate]))
          if range.count == pair.count, equal(leftBytes, pair.start, rightBytes, range.lowerBound, count: pair.count) {
            found = UInt32(truncatingIfNeeded: rightCodes[candidate])
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
