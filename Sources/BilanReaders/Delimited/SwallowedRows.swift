/// Finds cells that hold whole rows: what becomes of rows between a quote that is not closed and the next one.
///
///     1;"Fès;5
///     2;Rabat;6
///     3;Salé";7
///
/// By the standard this is one row of three cells; every line of the second would be a row of the table, too.
enum SwallowedRows {
  /// Where such cells begin, the first few; `count` of all.
  static func find(_ bytes: [UInt8], _ index: RecordIndex, dialect: Dialect) -> (count: Int, offsets: [Int]) {
    var found: (count: Int, offsets: [Int]) = (0, [])
    guard dialect.quote != 0, index.width >= 2, bytes.span.place(of: dialect.quote) != nil,
      hasLineEndsInQuotes(bytes, index)
    else { return found }
    for record in 0..<index.count {
      for field in 0..<index.width {
        let range = index.rawRange(record, field)
        guard !range.isEmpty, bytes[range.lowerBound] == dialect.quote,
          holdsRows(
            bytes, range, field: field, width: index.width, isShort: index.fieldCount(record) < index.width, dialect)
        else { continue }
        found.count += 1
        if found.offsets.count < 5 { found.offsets.append(range.lowerBound) }
      }
    }
    return found
  }

  /// Whether there are more lines than records, which is quickly seen.
  private static func hasLineEndsInQuotes(_ bytes: [UInt8], _ index: RecordIndex) -> Bool {
    guard index.count > 0 else { return false }
    let last = index.offset(ofRecord: index.count - 1)
    var lines = 1
    for place in index.offset(ofRecord: 0)..<last
    where bytes[place] == 0x0A || (bytes[place] == 0x0D && bytes[place + 1] != 0x0A) { lines += 1 }
    return lines > index.count
      || (0..<index.width).contains { field in
        bytes[index.rawRange(index.count - 1, field)].contains { $0 == 0x0A || $0 == 0x0D }
      }
  }

  /// Whether each line of a cell has as many delimiters as a row, with the cells before the first line and after the last.
  ///
  /// - Parameter isShort: the record has too few fields, so that its last line may have any number of them.
  private static func holdsRows(
    _ bytes: [UInt8], _ range: Range<Int>, field: Int, width: Int, isShort: Bool, _ dialect: Dialect
  ) -> Bool {
    var delimiters = field
    var lines = 1
    for place in range {
      if bytes[place] == dialect.delimiter {
        delimiters += 1
      } else if bytes[place] == 0x0A || (bytes[place] == 0x0D && bytes[place + 1] != 0x0A) {
        guard delimiters == width - 1 else { return false }
        lines += 1
        delimiters = 0
      }
    }
    return lines > 1 && (isShort || delimiters + width - 1 - field == width - 1)
  }
}
