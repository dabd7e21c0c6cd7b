/// A row under the names that counts the columns, as printed tables have:
///
///     Région;Cible;Réalisé;Taux
///     (1);(2);(3);(4)=(3)/(2)        or (a);(b);(c)=(b)/(a)
enum NumberingRow {
  /// Records below that are looked at.
  private static let sampleRecords = 200

  /// Whether a record is such a row.
  ///
  /// Its cells count by one from left to right, beginning with 1. Where nothing stands around the numbers, they may be
  /// values, as in a table whose first row is `1;2;3`: then one of them at least stands in a column of words.
  static func isThere(_ record: Int, _ bytes: [UInt8], _ index: RecordIndex, quote: UInt8) -> Bool {
    guard index.width >= 3, record > 0, record + 1 < index.count else { return false }
    var expected = 1
    var hasMarks = false
    var counted: [Int] = []
    for place in 0..<index.width {
      let text = FieldText.string(bytes, index.rawRange(record, place), quote: quote)
      // The names of the rows may have no number, and what follows the last column neither.
      if text.isEmpty { continue }
      guard let cell = number(text), cell.value == expected else { return false }
      hasMarks = hasMarks || cell.isMarked
      counted.append(place)
      expected += 1
    }
    guard counted.count >= 3, let first = counted.first, let last = counted.last, last - first == counted.count - 1
    else {
      return false
    }
    return hasMarks || counted.contains { isOfWords($0, below: record, bytes, index, quote) }
  }

  /// The number in `3`, `(3)`, `[3]`, `(c)` or `(5)=(4)/(3)`, and whether something stands around it.
  private static func number(_ text: String) -> (value: Int, isMarked: Bool)? {
    guard text.utf8.count <= 40, let head = text.split(separator: "=", maxSplits: 1).first else { return nil }
    let isFormula = head.utf8.count < text.utf8.count
    var digits = FieldText.trimmed(String(head))
    let isEnclosed = digits.hasPrefix("(") && digits.hasSuffix(")") || digits.hasPrefix("[") && digits.hasSuffix("]")
    if isEnclosed { digits = String(digits.dropFirst().dropLast()) }
    if isEnclosed, digits.utf8.count == 1, let letter = digits.utf8.first, 0x61...0x68 ~= letter | 0x20 {
      return (Int(letter | 0x20) - 0x60, true)
    }
    guard (1...2).contains(digits.utf8.count), digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }), !digits.hasPrefix("0"),
      let value = Int(digits)
    else { return nil }
    // What a number is made of are numbers of columns.
    if isFormula, text.contains(where: \.isLetter) { return nil }
    return (value, isEnclosed || isFormula)
  }

  /// Whether the column holds words without a digit below, two at least, and nothing else.
  private static func isOfWords(
    _ place: Int, below record: Int, _ bytes: [UInt8], _ index: RecordIndex, _ quote: UInt8
  ) -> Bool {
    var words = 0
    for below in record + 1..<min(index.count, record + 1 + sampleRecords) {
      let range = index.rawRange(below, place)
      let (start, end) = FieldText.trimmed(bytes.span, range.lowerBound, range.upperBound, quote: quote)
      if start == end { continue }
      guard (start..<end).allSatisfy({ bytes[$0] &- 0x30 > 9 }) else { return false }
      if end - start > 2 { words += 1 }
    }
    return words >= 2
  }
}
