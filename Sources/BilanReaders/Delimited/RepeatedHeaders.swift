import BilanColumnar

/// Finds the names of the columns where they stand again among the rows, as they do in what was printed page by page or
/// put together of several exports.
enum RepeatedHeaders {
  /// The records behind the header that are it once more.
  ///
  /// - Parameter count: of the header's records, which stand again one behind the other.
  static func find(_ bytes: [UInt8], _ index: RecordIndex, header count: Int, quote: UInt8) -> [Int] {
    guard index.width >= 2, count > 0, index.count > count else { return [] }
    let names = (0..<count).map { index.cells(ofRecord: $0, bytes, quote: quote) }
    // Two names at least, and none that is a value: the row of a table in which all is text may well occur twice.
    guard names[count - 1].count(where: { !$0.isEmpty }) >= 2,
      names[count - 1].contains(where: { !$0.isEmpty && !HeaderGuess.isTyped($0) }),
      let first = names[0].firstIndex(where: { !$0.isEmpty })
    else { return [] }
    // The first name may be another one, that of another table: then the others are compared.
    let place =
      count == 1 && names[0].dropFirst().count(where: { !$0.isEmpty }) >= 2
      ? names[0].lastIndex { !$0.isEmpty }! : first
    let key = Array(names[0][place].utf8)
    var found: [Int] = []
    var record = count
    while record + count <= index.count {
      if begins(record, with: key, at: place, bytes, index, quote), isRepeated(record, names, bytes, index, quote) {
        found += record..<record + count
        record += count
      } else {
        record += 1
      }
    }
    return found
  }

  /// Whether a field may be a name: nearly every row is refused by a few bytes.
  private static func begins(
    _ record: Int, with name: [UInt8], at place: Int, _ bytes: [UInt8], _ index: RecordIndex, _ quote: UInt8
  ) -> Bool {
    let range = index.rawRange(record, place)
    guard range.count >= name.count else { return false }
    let (start, end) = FieldText.trimmed(bytes.span, range.lowerBound, range.upperBound, quote: quote)
    return end - start >= name.count && bytes[start] | 0x20 == name[0] | 0x20
  }

  private static func isRepeated(
    _ record: Int, _ names: [[String]], _ bytes: [UInt8], _ index: RecordIndex, _ quote: UInt8
  ) -> Bool {
    let isSame = names.indices.allSatisfy { row in
      (0..<index.width).allSatisfy { place in
        FieldText.string(bytes, index.rawRange(record + row, place), quote: quote) == names[row][place]
      }
    }
    return isSame || isContinued(record, names, bytes, index, quote)
  }

  /// Whether it is the names but for how the first one is written, `Province (suite)` or `PROVINCE`, or that another table
  /// begins with it: `Formations;2018;2019` below `Emplois;2018;2019`.
  private static func isContinued(
    _ record: Int, _ names: [[String]], _ bytes: [UInt8], _ index: RecordIndex, _ quote: UInt8
  ) -> Bool {
    guard names.count == 1, names[0].dropFirst().contains(where: { !$0.isEmpty }) else { return false }
    let cells = index.cells(ofRecord: record, bytes, quote: quote)
    guard cells.dropFirst().elementsEqual(names[0].dropFirst()) else { return false }
    return isContinued(cells[0], names[0][0]) || isOtherTable(cells[0], below: names[0])
  }

  /// Whether a cell is the first name, or says that what it names goes on.
  private static func isContinued(_ cell: String, _ name: String) -> Bool {
    let (name, first) = (TextFolding.fold(name), TextFolding.fold(cell))
    guard !name.isEmpty, first.hasPrefix(name) else { return false }
    let rest = first.dropFirst(name.count).filter { $0.isLetter || $0.isNumber }
    return ["", "suite", "cont", "contd", "continued", "fin"].contains(rest)
  }

  /// Whether a cell before names that come again begins another table: these are two at least, and all different.
  static func isOtherTable(_ cell: String, below names: [String]) -> Bool {
    let others = names.dropFirst().filter { !$0.isEmpty }
    return !cell.isEmpty && !HeaderGuess.isTyped(cell) && !names[0].isEmpty && others.count >= 2
      && Set(others).count == others.count && !isContinued(cell, names[0])
  }

  /// The texts that stand alone right above names that come again, beside blank rows: captions of what follows.
  ///
  /// - Parameter found: the first records of the names that come again.
  static func captions(
    above found: [Int], from first: Int, _ bytes: [UInt8], _ index: RecordIndex, quote: UInt8
  ) -> [(record: Int, text: String, names: Int)] {
    guard index.width >= 2 else { return [] }
    return found.compactMap { names in
      var record = names - 1
      while record > first, index.cells(ofRecord: record, bytes, quote: quote).allSatisfy(\.isEmpty) { record -= 1 }
      guard record > first else { return nil }
      let cells = index.cells(ofRecord: record, bytes, quote: quote)
      let filled = cells.filter { !$0.isEmpty }
      // A row of two columns may well lack its value.
      guard filled.count == 1, index.width > 2 || cells[0].contains(where: { $0 == " " || $0 == ":" || $0.isNumber }),
        !HeaderGuess.isTyped(filled[0]) || HeaderGuess.areNames(filled)
      else { return nil }
      return (record, filled[0], names)
    }
  }
}
