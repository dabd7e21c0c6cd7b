import BilanColumnar

/// Finds the lines around a table: titles above it, footnotes below.
enum Surroundings {
  /// Lines of titles looked through.
  private static let limit = 20

  /// Where the table starts: the first record of more than one cell, if what precedes are texts.
  static func tableStart(
    _ bytes: [UInt8], from start: Int, dialect: Dialect, width: Int
  ) -> (offset: Int, titles: Int) {
    guard width >= 2 else { return (start, 0) }
    let span = bytes.span
    var scanner = RecordScanner(delimiter: dialect.delimiter, quote: dialect.quote, from: start)
    var starts: [UInt32] = []
    var titles = 0
    for _ in 0..<limit {
      let offset = scanner.position
      guard offset < span.count else { break }
      starts.removeAll(keepingCapacity: true)
      let fields = scanner.next(span, into: &starts)
      let cells = (0..<fields).map {
        FieldText.string(bytes, Int(starts[$0])..<max(Int(starts[$0]), Int(starts[$0 + 1]) - 1), quote: dialect.quote)
      }
      let filled = cells.filter { !$0.isEmpty }
      // Where a table has two columns, a name over one of them is a header.
      let isTitle = fields == 1 || (width >= 3 && filled.count <= 1)
      guard isTitle, filled.allSatisfy({ isText($0, mayBeDate: fields == 1 || titles > 0) }) else {
        return (titles == 0 ? start : offset, titles)
      }
      if !filled.isEmpty || titles > 0 { titles += 1 }
    }
    return (start, 0)
  }

  private static func isRemark(_ text: String) -> Bool {
    let folded = TextFolding.fold(text)
    return folded.hasPrefix("*") || folded.hasPrefix("(")
      || ["source", "note", "nb", "n.b.", "lecture", "champ"].contains { folded.hasPrefix($0) }
  }

  /// A remark that a colon or a sign says to be one: `Source : INSEE`, `* estimated`.
  private static func isMarkedRemark(_ text: String) -> Bool {
    isRemark(text) && (text.contains(":") || text.hasPrefix("*") || text.hasPrefix("("))
  }

  /// The offset of a line, counted from 1 as editors count; nil behind the last.
  static func offset(ofLine line: Int, _ bytes: [UInt8], from start: Int) -> Int? {
    let span = bytes.span
    var index = start
    var number = 1
    while number < line, index < span.count {
      let byte = span[index]
      index += 1
      if byte == 0x0D, index < span.count, span[index] == 0x0A { index += 1 }
      if byte == 0x0A || byte == 0x0D { number += 1 }
    }
    return number == line && index < span.count ? index : nil
  }

  /// Texts stand in titles, and dates and periods on a line of their own: `1er trimestre 2019`.
  private static func isText(_ cell: String, mayBeDate: Bool) -> Bool {
    if !HeaderGuess.isTyped(cell) { return true }
    let bytes = Array(cell.utf8)
    return mayBeDate && NumberShape.scan(bytes.span, 0, bytes.count) == nil && !CodeList.booleans.contains(cell)
  }

  /// How many of the last records are footnotes or empty: texts in one cell, apart from the table.
  ///
  /// Apart is what a blank line or an empty record separates, or a line of its own with several words; a single word
  /// may be a row cut short. A long run of such records is data with gaps, and stays.
  static func footnotes(_ bytes: [UInt8], _ index: RecordIndex, quote: UInt8) -> Int {
    guard index.width >= 2 else { return 0 }
    var first = index.count
    var candidate = index.count - 1
    while candidate > 0, index.count - candidate <= limit {
      let cells = (0..<index.width).map { FieldText.string(bytes, index.rawRange(candidate, $0), quote: quote) }
      let filled = cells.filter { !$0.isEmpty }
      guard filled.count <= 1, filled.allSatisfy({ !HeaderGuess.isTyped($0) }) else { break }
      let isSentence = index.isSingleField(candidate) && cells[0].contains(" ")
      // Of two columns one may well be empty: what says that it is a source or a note, or a sentence after a blank line.
      if index.width == 2 {
        guard isSentence, index.lastBlankBefore == candidate || isRemark(cells[0]) else { break }
      }
      // A spreadsheet fills the line of a remark up with empty cells.
      let isFilledUp = filled.count == 1 && !cells[0].isEmpty && isMarkedRemark(cells[0])
      let isApart = filled.isEmpty || isSentence || isFilledUp || index.lastBlankBefore == candidate
      if isApart { first = candidate }
      candidate -= 1
    }
    return index.count - candidate > limit ? 0 : index.count - first
  }
}
