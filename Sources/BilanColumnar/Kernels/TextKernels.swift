/// Work on texts: on the dictionary, once per distinct value that a chunk uses, never per row.
package enum TextKernels {
  /// Tests every text; false where there is none.
  ///
  /// A dictionary may be larger than the chunk, so only the codes that occur are tested.
  package static func matching(_ column: TextColumn, _ test: (_ code: Int) -> Bool) -> Bitmap {
    let codes = column.codes.span
    // 0: not tested yet, 1: false, 2: true.
    var answers = [UInt8](repeating: 0, count: column.dictionary.count)
    guard !answers.isEmpty else { return Bitmap(repeating: false, count: codes.count) }
    let bits = Bitmap(count: codes.count) { row in
      let code = Int(codes[row])
      if answers[code] == 0 { answers[code] = test(code) ? 2 : 1 }
      return answers[code] == 2
    }
    return column.validity.map { bits.and($0) } ?? bits
  }

  /// Compares with one text: equality by the exact bytes, order as `sort` has it.
  package static func compare(_ column: TextColumn, _ comparison: Comparison, _ text: String) -> Bitmap {
    let dictionary = column.dictionary
    let bits: Bitmap
    switch comparison {
    case .equal, .notEqual:
      let bytes = Array(text.utf8)
      bits = matching(column) { dictionary.holds(bytes, at: $0) }
    default:
      let key = CollationKey(text)
      bits = matching(column) { comparison.holds(CollationKey(dictionary[$0]), key) }
    }
    return ComparisonKernels.truth(bits, comparison, column.validity, nil, count: column.codes.count)
  }

  /// Compares row by row, as with one text.
  package static func compare(_ lhs: TextColumn, _ comparison: Comparison, _ rhs: TextColumn) -> Bitmap {
    let count = lhs.codes.count
    let (codes, dictionary) = unify([lhs, rhs])
    let leftCodes = codes[0]
    let rightCodes = codes[1]
    let left = leftCodes.span
    let right = rightCodes.span
    let bits: Bitmap
    switch comparison {
    case .equal, .notEqual: bits = Bitmap(count: count) { left[$0] == right[$0] }
    default:
      let ranks = dictionary.ranks()
      bits =
        ranks.isEmpty
        ? Bitmap(repeating: false, count: count)
        : Bitmap(count: count) { comparison.holds(ranks[Int(left[$0])], ranks[Int(right[$0])]) }
    }
    return ComparisonKernels.truth(bits, comparison, lhs.validity, rhs.validity, count: count)
  }

  /// True where the text is one of `texts` (or missing, where `orMissing`).
  package static func isMember(_ column: TextColumn, of texts: [String], orMissing: Bool) -> Bitmap {
    let dictionary = column.dictionary
    let candidates = texts.map { Array($0.utf8) }
    let bits = matching(column) { code in candidates.contains { dictionary.holds($0, at: code) } }
    return ComparisonKernels.membership(bits, column.validity, orMissing)
  }

  /// The codes of several columns in one dictionary, by exact bytes; of invalid slots 0.
  package static func unify(_ columns: [TextColumn]) -> (codes: [Buffer<UInt32>], dictionary: TextDictionary) {
    if let first = columns.first, columns.allSatisfy({ $0.dictionary === first.dictionary }) {
      return (columns.map(\.codes), first.dictionary)
    }
    var bytes: [UInt8] = []
    var offsets: [UInt32] = [0]
    var known: [ExactText: UInt32] = [:]
    let codes = columns.map { column in
      let dictionary = column.dictionary
      let source = column.codes.span
      let validity = column.validity
      // One more than the new code; 0: not met yet.
      var mapping = [UInt32](repeating: 0, count: dictionary.count)
      return Buffer<UInt32>(count: source.count) { output in
        for row in 0..<source.count {
          guard validity?[row] ?? true else {
            output.append(0)
            continue
          }
          let code = Int(source[row])
          if mapping[code] == 0 {
            let text = ExactText(dictionary.utf8(code))
            if let old = known[text] {
              mapping[code] = old + 1
            } else {
              let new = UInt32(offsets.count - 1)
              known[text] = new
              bytes.append(contentsOf: text.utf8)
              offsets.append(UInt32(bytes.count))
              mapping[code] = new + 1
            }
          }
          output.append(mapping[code] - 1)
        }
      }
    }
    return (codes, TextDictionary(bytes: bytes, offsets: offsets))
  }

  /// The number of characters as a reader counts them.
  package static func lengths(_ column: TextColumn) -> PrimitiveColumn<Int64> {
    let dictionary = column.dictionary
    let codes = column.codes.span
    var lengths = [Int64](repeating: -1, count: dictionary.count)
    return fillValidRows(count: codes.count, validity: column.validity) { row -> Int64? in
      let code = Int(codes[row])
      if lengths[code] < 0 { lengths[code] = Int64(dictionary[code].count) }
      return lengths[code]
    }
  }
}

extension TextDictionary {
  /// The bytes of a text, copied.
  package func utf8(_ code: Int) -> [UInt8] {
    let range = byteRange(code)
    let bytes = self.bytes
    let span = bytes.span
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    for index in range { result.append(span[index]) }
    return result
  }

  /// Whether a text is exactly these bytes.
  package func holds(_ text: [UInt8], at code: Int) -> Bool {
    let range = byteRange(code)
    guard range.count == text.count else { return false }
    let bytes = self.bytes
    let span = bytes.span
    for index in 0..<text.count where span[range.lowerBound + index] != text[index] { return false }
    return true
  }
}
