/// Rows between the names and the table, in which Insee says what each series is:
///
///     "Libellé";"Indice des prix à la consommation";"Codes"
///     "idBank";"001759970";""
///     "Période";"";""
///     "2019-12";"104.39";"A"
///
/// The last of them has nothing but the name of the first column, which holds periods or days.
enum MetadataRows {
  private static let mostRows = 8
  /// Records below that are looked at.
  private static let sampleRecords = 1000

  /// How many there are behind the first record.
  static func count(_ bytes: [UInt8], _ index: RecordIndex, dialect: Dialect) -> Int {
    guard index.width >= 2, index.count >= 5 else { return 0 }
    func label(_ record: Int) -> String { FieldText.string(bytes, index.rawRange(record, 0), quote: dialect.quote) }
    var count = 0
    while count < mostRows, count + 1 < index.count, case let label = label(count + 1), !label.isEmpty,
      !HeaderGuess.isTyped(label)
    {
      count += 1
    }
    // A region over its years has no rows of other things above it.
    guard count >= 2, filled(count, bytes, index, dialect) == 1, filled(count - 1, bytes, index, dialect) > 1,
      !label(0).isEmpty, !HeaderGuess.isTyped(label(0))
    else { return 0 }
    let rows = count + 1..<min(index.count, count + 1 + sampleRecords)
    let areTimes = rows.allSatisfy { record in
      let label = label(record)
      return HeaderGuess.isTyped(label) && isTime(label)
    }
    return rows.count >= 2 && areTimes ? count : 0
  }

  private static func filled(_ record: Int, _ bytes: [UInt8], _ index: RecordIndex, _ dialect: Dialect) -> Int {
    index.cells(ofRecord: record, bytes, quote: dialect.quote).count { !$0.isEmpty }
  }

  /// A year, a period or a day.
  private static func isTime(_ text: String) -> Bool {
    if HeaderGuess.areNames([text]) { return true }
    let bytes = Array(text.utf8)
    return DateShape.scan(bytes.span, 0, bytes.count) != nil
  }
}
