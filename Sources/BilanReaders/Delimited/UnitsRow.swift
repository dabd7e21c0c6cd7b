import BilanColumnar

/// A row under the names that says what the numbers below are measured in.
///
///     Région;Population;Dépenses
///     ;(persons);(MAD)
enum UnitsRow {
  /// Records below that are looked at.
  private static let sampleRecords = 200

  /// The units by column where the second record is such a row; nil where it is none.
  static func units(_ bytes: [UInt8], _ index: RecordIndex, dialect: Dialect) -> [Int: String]? {
    guard index.width >= 2, index.count >= 3 else { return nil }
    let names = HeaderBand.row(0, bytes, index, dialect)
    let cells = HeaderBand.row(1, bytes, index, dialect)
    var units: [Int: String] = [:]
    for place in cells.indices where !cells[place].isEmpty {
      guard !names[place].isEmpty, let unit = unit(cells[place]), areNumbers(below: place, bytes, index, dialect) else {
        return nil
      }
      units[place] = unit
    }
    return units.isEmpty ? nil : units
  }

  private static func areNumbers(
    below place: Int, _ bytes: [UInt8], _ index: RecordIndex, _ dialect: Dialect
  ) -> Bool {
    var profile = ColumnProfile(codes: .missing)
    for record in 2..<min(index.count, 2 + sampleRecords) {
      let range = index.rawRange(record, place)
      profile.observe(bytes.span, range.lowerBound, range.upperBound, quote: dialect.quote)
    }
    return profile.valueCount > 0 && profile.numberCount == profile.valueCount
  }

  /// What a cell says: a currency or a percent sign, or any words in parentheses. A letter or a number there is the mark of
  /// a footnote, or counts the columns.
  private static func unit(_ cell: String) -> String? {
    if let unit = known(cell) { return unit }
    let isEnclosed = cell.hasPrefix("(") && cell.hasSuffix(")") || cell.hasPrefix("[") && cell.hasSuffix("]")
    guard isEnclosed, cell.utf8.count <= 40 else { return nil }
    let inner = FieldText.trimmed(String(cell.dropFirst().dropLast()))
    if let unit = known(inner) { return unit }
    guard inner.count >= 2, !HeaderGuess.isTyped(inner), !CodeList.missing.contains(inner),
      inner.contains(where: \.isLetter), !inner.contains(where: { "()[]".contains($0) })
    else { return nil }
    return inner
  }

  private static func known(_ text: String) -> String? { text == "%" ? text : AmountUnit.unit(spelled: text) }
}
