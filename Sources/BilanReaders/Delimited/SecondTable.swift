/// Another table below the first, behind a blank line, with names of its own:
///
///     Région;Cible;Réalisé
///     Oriental;100;120
///
///     Indicateur;Total
///     Emplois;300
struct SecondTable {
  /// The first record that is none of the first table: a title of the second, or its names.
  let first: Int
  /// Where the records of the first table end: before those that hold nothing.
  let end: Int
  /// The record with its names.
  let header: Int
  let names: [String]

  /// Records above that are looked at.
  private static let sampleRecords = 200
  /// Blank lines that are looked behind: where there are more, they keep no tables apart.
  private static let blankLimit = 50

  /// The first such table; nil where there is none.
  static func find(_ bytes: [UInt8], _ index: RecordIndex, quote: UInt8) -> SecondTable? {
    guard bytes.count <= TotalRows.fileLimit, index.width >= 2, index.count >= 4 else { return nil }
    var blanks = 0
    for record in 2..<index.count - 1 where isBehindBlank(record, bytes, index, quote) {
      if let found = SecondTable(from: record, bytes, index, quote) { return found }
      blanks += 1
      if blanks == blankLimit { break }
    }
    return nil
  }

  private init?(from first: Int, _ bytes: [UInt8], _ index: RecordIndex, _ quote: UInt8) {
    func cells(_ record: Int) -> [String] { index.cells(ofRecord: record, bytes, quote: quote) }
    var header = first
    // Titles, one cell each.
    while header < index.count - 2, header - first < 2, cells(header).count(where: { !$0.isEmpty }) == 1 { header += 1 }
    let names = Array(cells(header).prefix { !$0.isEmpty })
    guard names.count >= 2, Set(names).count == names.count, cells(header).dropFirst(names.count).allSatisfy(\.isEmpty),
      names != Array(cells(0).prefix(names.count)), !HeaderGuess.isTyped(names[0]), HeaderGuess.areNames(names),
      !names.contains(where: CodeList.missing.contains)
    else { return nil }
    let body = (header + 1..<index.count).prefix { $0 == header + 1 || !Self.isBehindBlank($0, bytes, index, quote) }
      .map(cells)
    var words = names.indices.filter { !HeaderGuess.isTyped(names[$0]) }
    // Years that follow one another are names over numbers, but for those of years.
    let times = names.indices.filter { HeaderGuess.isTyped(names[$0]) }
    if TimeNames.followOneAnother(times.map { names[$0] }), words.first == 0 {
      words += times.filter { place in !body.allSatisfy { HeaderGuess.areNames([$0[place]]) } }
    }
    guard body.allSatisfy({ $0.dropFirst(names.count).allSatisfy(\.isEmpty) }),
      words.contains(where: { Self.areValues(body, $0) }),
      case let above = (1..<min(first, Self.sampleRecords)).map(cells),
      words.contains(where: { Self.areValues(above, $0) })
    else { return nil }
    (self.first, self.header, self.names) = (first, header, names)
    end = first - (1..<first).reversed().prefix { Self.isBlank($0, bytes, index, quote) }.count
  }

  /// Whether what stands in a column is numbers, dates or the like all through.
  private static func areValues(_ rows: [[String]], _ place: Int) -> Bool {
    let filled = rows.lazy.map { $0[place] }.filter { !$0.isEmpty && !CodeList.missing.contains($0) }
    return !filled.isEmpty && filled.allSatisfy(HeaderGuess.isTyped)
  }

  /// Whether a line without anything on it, or with delimiters alone, stands before a record.
  private static func isBehindBlank(
    _ record: Int, _ bytes: [UInt8], _ index: RecordIndex, _ quote: UInt8
  ) -> Bool {
    var place = index.offset(ofRecord: record) - 1
    var ends = 0
    while place >= 0, bytes[place] == 0x0A || bytes[place] == 0x0D {
      if bytes[place] == 0x0A || place + 1 == bytes.count || bytes[place + 1] != 0x0A { ends += 1 }
      place -= 1
    }
    return ends > 1 || isBlank(record - 1, bytes, index, quote)
  }

  private static func isBlank(_ record: Int, _ bytes: [UInt8], _ index: RecordIndex, _ quote: UInt8) -> Bool {
    (0..<index.width).allSatisfy { index.isBlank(record, $0, bytes, quote: quote) }
  }
}
