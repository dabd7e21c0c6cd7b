/// Finds the texts of one dictionary in another, many at once.
///
/// The naive way puts one dictionary into a hash table and asks for each text of the other: two jumps far from the cache a
/// text. Here both are hashed from end to end, the hashes sorted as words by all workers (`WordOrder`), and equal ones met
/// by walking along both; only texts of equal hashes are compared.
enum TextMatching {
  /// For each code of `source` the code of the same text in `target`; `UInt32.max` where there is none.
  static func mapping(of source: TextDictionary, in target: TextDictionary, workers: Workers) -> [UInt32] {
    let left = WordOrder(hashes(source, workers), bitCount: 64, workers: workers)
    let right = WordOrder(hashes(target, workers), bitCount: 64, workers: workers)
    let (leftWords, rightWords) = (left.words.span, right.words.span)
    let (leftCodes, rightCodes) = (left.rows.span, right.rows.span)
    let (leftBuffer, rightBuffer) = (source.bytes, target.bytes)
    let (leftBytes, rightBytes) = (leftBuffer.span, rightBuffer.span)
    var mapping = [UInt32](repeating: .max, count: source.count)
    var place = 0
    for index in leftWords.indices {
      let word = leftWords[index]
      while place < rightWords.count, rightWords[place] < word { place += 1 }
      var candidate = place
      while candidate < rightWords.count, rightWords[candidate] == word {
        let (code, other) = (Int(leftCodes[index]), Int(rightCodes[candidate]))
        if equal(leftBytes, source.byteRange(code), rightBytes, target.byteRange(other)) {
          mapping[code] = UInt32(other)
          break
        }
        candidate += 1
      }
    }
    return mapping
  }

  private static func equal(
    _ lhs: Span<UInt8>, _ left: Range<Int>, _ rhs: Span<UInt8>, _ right: Range<Int>
  ) -> Bool {
    guard left.count == right.count else { return false }
    for offset in 0..<left.count where lhs[left.lowerBound &+ offset] != rhs[right.lowerBound &+ offset] {
      return false
    }
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
