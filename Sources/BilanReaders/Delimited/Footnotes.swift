import BilanColumnar

/// Finds the lines under a table that are no rows: sources, notes, blank records.
enum Footnotes {
  /// Records looked at.
  private static let limit = 20

  /// How many of the last records are footnotes or empty: texts in one cell, apart from the table.
  ///
  /// Apart is what a blank line or an empty record separates, or a line of its own with several words; a single word
  /// may be a row cut short. A long run of such records is data with gaps, and stays.
  static func count(_ bytes: [UInt8], _ index: RecordIndex, quote: UInt8) -> Int {
    guard index.width >= 2 else { return 0 }
    var first = index.count
    var candidate = index.count - 1
    while candidate > 0, index.count - candidate <= limit {
      let cells = (0..<index.width).map { FieldText.string(bytes, index.rawRange(candidate, $0), quote: quote) }
      let filled = cells.filter { !$0.isEmpty }
      let isAfterBlank = index.lastBlankBefore == candidate
      guard filled.allSatisfy({ !HeaderGuess.isTyped($0) || isRemark(cells[0]) }) else { break }
      if filled.count > 1 {
        // A delimiter is part of the sentence: `Source : HCP, 2019`.
        let isShort = index.fieldCount(candidate) < index.width
        guard isShort, isMarkedRemark(cells[0]) || (isAfterBlank && isRemark(cells[0])) else { break }
        first = candidate
        candidate -= 1
        continue
      }
      let isSentence = index.fieldCount(candidate) == 1 && cells[0].contains(" ")
      // A spreadsheet fills the line of a remark up with empty cells.
      let isFilledUp = filled.count == 1 && isMarkedRemark(cells[0])
      // Of two columns one may well be empty: what says that it is a source or a note, or a sentence after a blank line.
      if index.width == 2, !isFilledUp {
        guard isSentence, isAfterBlank || isRemark(cells[0]) else { break }
      }
      let isApart = filled.isEmpty || isSentence || isFilledUp || isAfterBlank
      if isApart { first = candidate }
      candidate -= 1
    }
    return index.count - candidate > limit ? 0 : index.count - first
  }

  private static let words = [
    "source", "note", "nb", "n.b.", "lecture", "champ", "genere", "exporte", "extrait", "mis a jour", "mise a jour",
    "generated", "exported", "last updated", "avertissement", "remarque",
  ]

  private static func isRemark(_ text: String) -> Bool {
    // A cell may hold megabytes.
    let folded = TextFolding.fold(String(text.prefix(20)))
    return folded.hasPrefix("*") || folded.hasPrefix("(") || words.contains { folded.hasPrefix($0) }
  }

  /// A remark that a colon or a sign says to be one: `Source : INSEE`, `* estimated`.
  static func isMarkedRemark(_ text: String) -> Bool {
    isRemark(text) && (text.contains(":") || text.hasPrefix("*") || text.hasPrefix("("))
  }
}
