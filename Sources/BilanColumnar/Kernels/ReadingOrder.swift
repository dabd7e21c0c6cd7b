/// The codes of a dictionary in the order in which people read its texts; see `CollationKey`.
///
/// A key with two arrays for each text is costly where there are a million. Here the folded texts stand in one arena, the
/// first eight bytes of each are its word, words are sorted as numbers, and only texts that begin alike are compared.
struct ReadingOrder {
  let codes: [Int32]

  init(_ dictionary: TextDictionary) {
    let folded = FoldedTexts(dictionary)
    let words = Buffer<UInt64>(count: dictionary.count) { folded.word($0) }
    let order = WordOrder(words, bitCount: 64, workers: .one)
    var codes = order.rows.array
    let sorted = order.words.span
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
      if end - start > 1 {
        codes[start..<end].sort { folded.precedes(Int($0), Int($1), in: dictionary) }
      }
      start = end
    }
    self.codes = codes
  }
}

/// Texts in lower case and without accents, end to end.
private struct FoldedTexts {
  private var bytes: [UInt8] = []
  private var offsets: [Int] = [0]

  init(_ dictionary: TextDictionary) {
    let source = dictionary.bytes
    let span = source.span
    bytes.reserveCapacity(span.count)
    offsets.reserveCapacity(dictionary.count + 1)
    for code in 0..<dictionary.count {
      let range = dictionary.byteRange(code)
      let start = bytes.count
      var isASCII = true
      for index in range {
        let byte = span[index]
        if byte >= 0x80 {
          isASCII = false
          break
        }
        bytes.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
      }
      if !isASCII {
        bytes.removeLast(bytes.count - start)
        bytes.append(contentsOf: TextFolding.fold(dictionary[code]).utf8)
      }
      offsets.append(bytes.count)
    }
  }

  /// The first eight bytes as a number; zeros where there are fewer.
  func word(_ code: Int) -> UInt64 {
    var word: UInt64 = 0
    let start = offsets[code]
    let end = min(offsets[code + 1], start + 8)
    for index in start..<end { word = word << 8 | UInt64(bytes[index]) }
    return word << UInt64(8 * (8 - (end - start)) & 63) & (end == start ? 0 : ~0)
  }

  /// By the folded texts, whose first eight bytes are the same; of equals by the texts themselves.
  func precedes(_ lhs: Int, _ rhs: Int, in dictionary: TextDictionary) -> Bool {
    let span = bytes.span
    var (left, right) = (offsets[lhs], offsets[rhs])
    let (leftEnd, rightEnd) = (offsets[lhs + 1], offsets[rhs + 1])
    let skipped = min(8, leftEnd - left, rightEnd - right)
    left += skipped
    right += skipped
    while left < leftEnd, right < rightEnd {
      if span[left] != span[right] { return span[left] < span[right] }
      left &+= 1
      right &+= 1
    }
    if leftEnd - left != rightEnd - right { return right < rightEnd }
    return dictionary.utf8(lhs).lexicographicallyPrecedes(dictionary.utf8(rhs))
  }
}
