/// Cells that are written as formulas of a text, `="001"`, so that Excel leaves the text alone: `001`.
enum TextFormulas {
  struct Found {
    var count = 0
    /// Where the first stands.
    var first = 0
  }

  private static let (quote, sign) = (UInt8(ascii: "\""), UInt8(ascii: "="))

  /// Writes the texts in the place of the formulas, in quotes and with blanks behind, so that nothing moves; as they stand in
  /// the file, `="001"`, or in quotes of their own, `"=""001"""`.
  ///
  /// - Parameter delimiter: tells what stands between the cells of the text that it is given, where formulas between any of
  ///   the usual delimiters are texts, as those inside cells mislead.
  /// - Returns: nil where there are none.
  static func unwrap(_ bytes: inout [UInt8], from start: Int, delimiter: ([UInt8]) -> UInt8) -> Found? {
    // Nearly every file has none, and is neither looked through nor copied.
    guard bytes.span.place(of: sign, from: start) != nil else { return nil }
    var all = bytes
    guard unwrap(&all, from: start, ends: Set(",;|\t\n\r".utf8)) != nil else { return nil }
    return unwrap(&bytes, from: start, ends: [delimiter(all), 0x0A, 0x0D])
  }

  /// Whether a cell is such a formula, without quotes around.
  static func isThere(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    to - from > 3 && bytes[from] == sign && bytes[from + 1] == quote && bytes[to - 1] == quote
  }

  /// - Parameter ends: what stands before and behind a cell.
  private static func unwrap(_ bytes: inout [UInt8], from start: Int, ends: Set<UInt8>) -> Found? {
    var found = Found()
    var index = start
    while index + 2 < bytes.count {
      guard bytes[index] == sign, bytes[index + 1] == quote else {
        index += 1
        continue
      }
      guard let (range, text) = formula(bytes, at: index, from: start, ends) else {
        index += 2
        continue
      }
      if found.count == 0 { found.first = range.lowerBound }
      found.count += 1
      let inner = Array(bytes[text])
      bytes[range.lowerBound] = quote
      for (offset, byte) in inner.enumerated() { bytes[range.lowerBound + 1 + offset] = byte }
      bytes[range.lowerBound + 1 + inner.count] = quote
      for place in range.lowerBound + inner.count + 2..<range.upperBound { bytes[place] = 0x20 }
      index = range.upperBound
    }
    return found.count > 0 ? found : nil
  }

  /// The formula whose sign stands at a place, as a whole cell, and its text; nil where there is none.
  private static func formula(
    _ bytes: [UInt8], at sign: Int, from start: Int, _ ends: Set<UInt8>
  ) -> (Range<Int>, Range<Int>)? {
    let isQuoted = sign > start && bytes[sign - 1] == quote
    let first = isQuoted ? sign - 1 : sign
    guard first == start || ends.contains(bytes[first - 1]) else { return nil }
    var text = sign + 2
    if isQuoted {
      guard text < bytes.count, bytes[text] == quote else { return nil }
      text += 1
    }
    var end = text
    while end < bytes.count, bytes[end] != quote, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    let quotes = isQuoted ? 3 : 1
    guard end > text, end + quotes <= bytes.count, bytes[end..<end + quotes].allSatisfy({ $0 == quote }) else {
      return nil
    }
    let last = end + quotes
    guard last == bytes.count || ends.contains(bytes[last]) else { return nil }
    return (first..<last, text..<end)
  }
}
