/// Rows between the names and the table that are neither:
///
///     code;nom;montant        TIME;2018;2019          Agrégats;2018;2019
///     ----;---;-------        GEO (Labels);;          (en millions de DH);;
///     01;Amal;100             Fès;10;12               PIB;1108463;1151169
enum RowsUnderNames {
  /// Records below that are looked at.
  private static let sampleRecords = 200

  /// Whether a record is a rule, dashes in every cell as many as its column is wide, as programs of databases write it; of
  /// one length they may mean that values are missing.
  static func isRule(_ record: Int, _ bytes: [UInt8], _ index: RecordIndex, quote: UInt8) -> Bool {
    guard index.width >= 2, record > 0, record < index.count else { return false }
    let cells = index.cells(ofRecord: record, bytes, quote: quote)
    return cells.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { $0 == 0x2D || $0 == 0x3D } }
      && cells.contains { $0.utf8.count > 3 }
  }

  /// The text of a record that has nothing else: what the rows or the numbers are, in parentheses, or a word under names of
  /// which all others are years or periods. Nil where rows below may have nothing but a name, too.
  static func word(
    _ record: Int, _ names: [String], _ bytes: [UInt8], _ index: RecordIndex, quote: UInt8
  ) -> String? {
    guard index.width >= 3, record > 0, record + 2 < index.count, names.count >= 3 else { return nil }
    let cells = index.cells(ofRecord: record, bytes, quote: quote)
    guard !cells[0].isEmpty, cells.dropFirst().allSatisfy(\.isEmpty), !HeaderGuess.isTyped(cells[0]) else { return nil }
    let isEnclosed =
      cells[0].hasPrefix("(") && cells[0].hasSuffix(")") || cells[0].hasPrefix("[") && cells[0].hasSuffix("]")
    let areTimes = names.dropFirst().allSatisfy { HeaderGuess.isTyped($0) && HeaderGuess.areNames([$0]) }
    guard isEnclosed || areTimes else { return nil }
    let below = record + 1..<min(index.count, record + 1 + sampleRecords)
    let haveValues = below.allSatisfy { row in
      (1..<index.width).contains { !index.isBlank(row, $0, bytes, quote: quote) }
    }
    return haveValues ? cells[0] : nil
  }
}
