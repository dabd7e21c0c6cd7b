/// Words whose unsigned order is the order of a column's values, missing last.
enum SortWords {
  /// One list of words; two where a value needs every word, so that missing rows need a word before it.
  static func words(_ column: Column, isDescending: Bool) -> [[UInt64]] {
    switch column {
    case .integer(let column):
      let values = column.values.span
      var words = [UInt64](repeating: 0, count: values.count)
      let flip: UInt64 = isDescending ? ~(1 << 63) : 1 << 63
      for row in values.indices { words[row] = UInt64(bitPattern: values[row]) ^ flip }
      guard let validity = column.validity else { return [words] }
      var isTaken = false
      for row in words.indices {
        if !validity[row] { words[row] = ~0 } else if words[row] == ~0 { isTaken = true }
      }
      return isTaken ? [words.indices.map { validity[$0] ? 0 : 1 }, words] : [words]
    case .real(let column):
      if let wholes = column.wholes { return words(.integer(wholes), isDescending: isDescending) }
      let doubles = column.doubles
      let values = doubles.span
      var words = [UInt64](repeating: 0, count: values.count)
      for row in values.indices { words[row] = word(of: values[row], isDescending) }
      return [mark(words, missingIn: column.validity)]
    case .ratio(let column):
      return [
        (0..<column.numerators.count).map { row in
          column[row].value.map { word(of: $0, isDescending) } ?? ~0
        }
      ]
    case .boolean(let column):
      let words = (0..<column.values.count).map { column.values[$0] != isDescending ? UInt64(1) : 0 }
      return [mark(words, missingIn: column.validity)]
    case .text(let column):
      let ranks = column.usedRanks()
      let codes = column.codes.span
      var words = [UInt64](repeating: 0, count: codes.count)
      let last = UInt64(UInt32.max)
      for row in codes.indices {
        let code = Int(codes[row])
        guard code < ranks.count else { continue }
        words[row] = isDescending ? last - UInt64(ranks[code]) : UInt64(ranks[code])
      }
      return [mark(words, missingIn: column.validity)]
    }
  }

  /// Negative numbers have all bits flipped, others the sign: then the bits sort as the numbers do.
  static func word(of value: Double, _ isDescending: Bool) -> UInt64 {
    let bits = (value == 0 ? 0.0 : value).bitPattern
    let ascending = bits >> 63 == 1 ? ~bits : bits | 1 << 63
    return isDescending ? ~ascending : ascending
  }

  /// The number that a word is of.
  static func real(of word: UInt64, _ isDescending: Bool) -> Double {
    let ascending = isDescending ? ~word : word
    return Double(bitPattern: ascending >> 63 == 1 ? ascending & ~(1 << 63) : ~ascending)
  }

  private static func mark(_ words: [UInt64], missingIn validity: Bitmap?) -> [UInt64] {
    guard let validity else { return words }
    var words = words
    for row in words.indices where !validity[row] { words[row] = ~0 }
    return words
  }
}

extension TextColumn {
  /// For each code that a row uses its place in reading order among them; 0 for codes that none uses.
  ///
  /// A few rows of a large dictionary then cost a few collation keys.
  func usedRanks() -> [UInt32] {
    var isUsed = [Bool](repeating: false, count: dictionary.count)
    let codes = self.codes.span
    for row in codes.indices where validity?[row] ?? true { isUsed[Int(codes[row])] = true }
    let used = isUsed.indices.filter { isUsed[$0] }
    let keys = used.map { CollationKey(dictionary[$0]) }
    let order = keys.indices.sorted { keys[$0] < keys[$1] }
    var ranks = [UInt32](repeating: 0, count: dictionary.count)
    for (rank, position) in order.enumerated() { ranks[used[position]] = UInt32(rank) }
    return ranks
  }
}
