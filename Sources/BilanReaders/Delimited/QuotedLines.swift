/// Lines that stand in quotes as a whole, each a row: what becomes of a file that was pasted or saved as one column.
///
///     "nom;n"
///     "Alami;5"
enum QuotedLines {
  /// The same text without the quotes around its lines; nil where some line has none, or they hold no cells.
  static func unwrapped(_ bytes: [UInt8], from start: Int) -> [UInt8]? {
    let quote = UInt8(ascii: "\"")
    guard start < bytes.count, bytes[start] == quote else { return nil }
    var inner = Array(bytes[..<start])
    var lines = 0
    var index = start
    while index < bytes.count {
      var end = index
      while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      var last = end
      if last > index, bytes[last - 1] == 0x0D { last -= 1 }
      if last > index {
        guard last - index >= 2, bytes[index] == quote, bytes[last - 1] == quote,
          append(bytes[index + 1..<last - 1], to: &inner, quote)
        else { return nil }
        lines += 1
      }
      inner.append(0x0A)
      index = end + 1
    }
    guard lines > 1 else { return nil }
    let guess = DialectGuess(inner, from: start, quote: quote, declared: nil)
    guard guess.width > 1, guess.consistency == 1, guess.recordCount == lines,
      !areInside(inner, from: start, guess.dialect.delimiter)
    else { return nil }
    return inner
  }

  /// Appends what is in the quotes, those inside halved; false where one stands alone, which ends a cell.
  private static func append(_ line: ArraySlice<UInt8>, to inner: inout [UInt8], _ quote: UInt8) -> Bool {
    var index = line.startIndex
    while index < line.endIndex {
      if line[index] == quote {
        guard index + 1 < line.endIndex, line[index + 1] == quote else { return false }
        index += 1
      }
      inner.append(line[index])
      index += 1
    }
    return true
  }

  /// Whether below the first line a blank follows each delimiter, or a digit stands on either side: `"Alami, Fatima"` is one
  /// text, and `"1,234"` one number.
  private static func areInside(_ bytes: [UInt8], from start: Int, _ delimiter: UInt8) -> Bool {
    let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    return bytes.indices[end...].allSatisfy { place in
      guard bytes[place] == delimiter, place + 1 < bytes.count else { return true }
      return bytes[place + 1] == 0x20 || (bytes[place + 1] &- 0x30 < 10 && bytes[place - 1] &- 0x30 < 10)
    }
  }
}
