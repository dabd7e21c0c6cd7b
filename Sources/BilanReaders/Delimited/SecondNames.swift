import BilanColumnar

/// A row under the names that names the columns once more, in another language or as a program calls them:
///
///     Région;Femmes;Hommes
///     الجهة;نساء;رجال
///     Oriental;10;12
enum SecondNames {
  /// Records below that are looked at.
  private static let sampleRecords = 200

  /// Whether the record behind the first is such a row: a text in every cell, all different, of which two at least stand over
  /// nothing but numbers. One alone, or the same in all, may say that values are not to be had.
  static func areThere(_ bytes: [UInt8], _ index: RecordIndex, dialect: Dialect) -> Bool {
    guard index.width >= 3, index.count >= 4, index.fieldCount(1) == index.width else { return false }
    let cells = index.cells(ofRecord: 1, bytes, quote: dialect.quote)
    guard
      cells.allSatisfy({ isWord($0) && !HeaderGuess.isTyped($0) && !CodeList.missing.contains($0) }),
      Set(cells.map(TextFolding.fold)).count == cells.count
    else { return false }
    let named = index.cells(ofRecord: 0, bytes, quote: dialect.quote)
    guard named.allSatisfy({ !$0.isEmpty }) else { return false }
    let rows = 2..<min(index.count, 2 + sampleRecords)
    let numbers = (0..<index.width).count { place in
      let values = rows.map { FieldText.string(bytes, index.rawRange($0, place), quote: dialect.quote) }
        .filter { !$0.isEmpty && !CodeList.missing.contains($0) }
      return values.count >= 2 && values.allSatisfy(HeaderGuess.isTyped)
    }
    return numbers >= 2
  }

  /// `12 p` is a number, and `(1)` counts.
  private static func isWord(_ text: String) -> Bool {
    text.first.map { !$0.isNumber } ?? false && text.count(where: \.isLetter) >= 2
  }
}
