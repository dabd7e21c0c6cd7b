import BilanColumnar

/// Finds the lines under a table that are no rows: sources, notes, blank records.
enum Footnotes {
  /// Records of a text in one cell that are looked at, beside whatever records are empty.
  private static let limit = 20
  /// Lines of one field that are looked at.
  private static let lineLimit = 1000

  /// How many of the last records are footnotes or empty: texts in one cell, apart from the table.
  ///
  /// Apart is what a blank line or an empty record separates, or a line of its own with several words; a single word
  /// may be a row cut short. A long run of such records is data with gaps, and stays, but for empty records at its end:
  /// spreadsheets leave those behind by the hundred.
  static func count(_ bytes: [UInt8], _ index: RecordIndex, quote: UInt8) -> Int {
    guard index.width >= 2 else { return 0 }
    if let block = narrowTable(index) { return index.count - block }
    var first = index.count
    while first > 1, isEmpty(first - 1, bytes, index, quote: quote) { first -= 1 }
    let empty = index.count - first
    var candidate = first - 1
    var (texts, lines) = (0, 0)
    let remarks = linesBelowBlank(index)
    while candidate > 0, texts <= limit, lines <= lineLimit {
      if isEmpty(candidate, bytes, index, quote: quote) {
        // Some together count as one.
        if first > candidate + 1 || first == index.count - empty { texts += 1 }
        first = candidate
        candidate -= 1
        continue
      }
      let cells = index.cells(ofRecord: candidate, bytes, quote: quote)
      let filled = cells.filter { !$0.isEmpty }
      let isAfterBlank = index.lastBlankBefore == candidate || isEmpty(candidate - 1, bytes, index, quote: quote)
      if index.width >= 3, isSignature(filled) {
        first = candidate
        candidate -= 1
        continue
      }
      guard filled.allSatisfy({ !HeaderGuess.isTyped($0) || isRemark(cells[0]) }) else { break }
      if filled.count > 1 {
        // A delimiter is part of the sentence: `Source : HCP, 2019`.
        let isShort = index.fieldCount(candidate) < index.width
        let isBelowBlank = index.lastBlankBefore.map { candidate >= $0 } ?? false
        guard
          (isShort && (isMarkedRemark(cells[0]) || (isAfterBlank && isRemark(cells[0]))))
            || (isBelowBlank && (namesARemark(cells[0]) || CodeList.missing.contains(cells[0])))
            || ((namesARemark(cells[0]) || isMarkedRemark(cells[0]) || isLegend(cells[0])) && candidate > 1
              && standsUnderValues(cells, candidate, bytes, index, quote))
        else { break }
        first = candidate
        candidate -= 1
        continue
      }
      // The last rows of a table may have nothing but their name.
      let isAmongRemarks = remarks.contains(candidate)
      let isSentence =
        index.fieldCount(candidate) == 1 && cells[0].contains(" ")
        && (isAfterBlank || isAmongRemarks || first < index.count - empty || isRemark(cells[0])
          || cells[0].utf8.count > longestName(bytes, index, above: candidate, quote: quote))
      // A spreadsheet fills the line of a remark up with empty cells.
      let isFilledUp = filled.count == 1 && (isMarkedRemark(cells[0]) || isSignOfLegend(cells[0]))
      // Of two columns one may well be empty: what says that it is a source or a note, or a sentence after a blank line.
      if index.width == 2, !isFilledUp {
        guard isSentence, isAfterBlank || isAmongRemarks || isRemark(cells[0]) else { break }
      }
      let isApart = isSentence || isFilledUp || isAfterBlank
      if isApart { first = candidate }
      if index.fieldCount(candidate) == 1 { lines += 1 } else { texts += 1 }
      candidate -= 1
    }
    return texts > limit || lines > lineLimit ? empty : index.count - first
  }

  /// The records below the last blank line where all of them are lines of a single field, and there are few.
  private static func linesBelowBlank(_ index: RecordIndex) -> Range<Int> {
    guard let first = index.lastBlankBefore, first > 1, first < index.count, index.count - first <= limit,
      (first..<index.count).allSatisfy({ index.fieldCount($0) == 1 })
    else { return 0..<0 }
    return first..<index.count
  }

  /// The first record of another table below a blank line, no more than half as wide, as data services list footnotes;
  /// nil where there is none. Above it every record is whole.
  private static func narrowTable(_ index: RecordIndex) -> Int? {
    guard index.width >= 4, let first = index.lastBlankBefore, first > 1, first < index.count,
      index.count - first <= lineLimit, case let width = index.fieldCount(first), width > 1, width * 2 <= index.width,
      (first..<index.count).allSatisfy({ index.fieldCount($0) == width }),
      (0..<first).allSatisfy({ index.fieldCount($0) == index.width })
    else { return nil }
    return first
  }

  /// Records above whose first cells are compared with a sentence below them.
  private static let nameLimit = 200

  /// The bytes of the longest text in the first cells of the rows above, and half as many more.
  private static func longestName(_ bytes: [UInt8], _ index: RecordIndex, above record: Int, quote: UInt8) -> Int {
    var longest = 20
    for row in max(0, record - nameLimit)..<record where index.fieldCount(row) > 1 {
      longest = max(longest, index.rawRange(row, 0).count)
    }
    return longest + longest / 2
  }

  /// Whether a record has nothing in any cell.
  private static func isEmpty(_ record: Int, _ bytes: [UInt8], _ index: RecordIndex, quote: UInt8) -> Bool {
    let span = bytes.span
    return (0..<index.width).allSatisfy { field in
      let range = index.rawRange(record, field)
      let (start, end) = FieldText.trimmed(span, range.lowerBound, range.upperBound, quote: quote)
      return start >= end
    }
  }

  private static let words = [
    "source", "note", "nb", "n.b.", "lecture", "champ", "genere", "exporte", "extrait", "mis a jour", "mise a jour",
    "generated", "exported", "last updated", "avertissement", "remarque", "edite", "imprime", "arrete a", "fait a",
  ]

  /// What says all by itself that a line is a remark.
  private static let formulas = [
    "arrete le present", "arrete la presente", "fait a ", "fait le ", "applied filters", "no filters applied",
    "filtres appliques", "aucun filtre",
  ]

  /// Who signs below a table.
  private static let signatories = [
    "le directeur", "la directrice", "le comptable", "la comptable", "le responsable", "la responsable", "le president",
    "la presidente", "le chef", "la cheffe", "le coordinateur", "la coordinatrice", "le delegue", "la deleguee",
    "le gouverneur", "le tresorier", "la tresoriere", "signature", "visa", "cachet",
  ]

  private static func isSignature(_ filled: [String]) -> Bool {
    !filled.isEmpty
      && filled.allSatisfy { cell in
        let folded = TextFolding.fold(String(cell.prefix(40)))
        return signatories.contains { folded.hasPrefix($0) }
      }
  }

  /// `1 : Recensement 2014`, `2) Projection`
  private static func isNumberedRemark(_ text: String) -> Bool {
    let number = text.prefix { $0.isNumber }
    guard 1...2 ~= number.count,
      case let rest = text.dropFirst(number.count).drop(while: { $0 == " " || $0 == "\u{A0}" }),
      let mark = rest.first, mark == ":" || mark == ")"
    else { return false }
    return rest.dropFirst().contains(where: \.isLetter)
  }

  /// What letters and signs in the table mean: `r : données révisées`, `.. : non disponible`.
  private static func isLegend(_ text: String) -> Bool {
    guard let colon = text.firstIndex(of: ":") else { return false }
    let sign = FieldText.trimmed(String(text[..<colon]))
    return 1...3 ~= sign.utf8.count && sign != sign.uppercased()
      && text[colon...].dropFirst().contains(where: \.isLetter) || isSignOfLegend(text)
  }

  private static func isSignOfLegend(_ text: String) -> Bool {
    guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { return false }
    let sign = FieldText.trimmed(String(text[..<colon]))
    return 1...3 ~= sign.count && !sign.contains { $0.isLetter || $0.isNumber }
      && text[colon...].dropFirst().contains(where: \.isLetter)
  }

  private static func isRemark(_ text: String) -> Bool {
    // A cell may hold megabytes.
    let folded = TextFolding.fold(String(text.prefix(20)))
    return countsRecords(text) || folded.hasPrefix("*") || folded.hasPrefix("(")
      || (words + formulas).contains { folded.hasPrefix($0) }
      || isPageNumber(folded)
  }

  /// `Page 1/3`, `page 2 sur 7`
  static func isPageNumber(_ text: String) -> Bool {
    let words = TextFolding.fold(text).split { !$0.isLetter && !$0.isNumber }
    return words.count >= 3 && words[0] == "page" && words[1].allSatisfy(\.isNumber)
      && words[words.count - 1].allSatisfy(\.isNumber)
  }

  /// Whether all that follows the first cell of a record is texts, under values in a record above: the one before, or before
  /// it where other remarks stand between.
  private static func standsUnderValues(
    _ cells: [String], _ record: Int, _ bytes: [UInt8], _ index: RecordIndex, _ quote: UInt8
  ) -> Bool {
    let above = (max(1, record - 3)..<record).map { index.cells(ofRecord: $0, bytes, quote: quote) }
    return cells.indices.dropFirst().allSatisfy { place in
      cells[place].isEmpty
        || !HeaderGuess.isTyped(cells[place]) && above.contains { HeaderGuess.isTyped($0[place]) }
    }
  }

  /// `2 enregistrement(s)`, `(3 rows affected)`, `Nombre de lignes : 2`: how many records a program has written.
  private static func countsRecords(_ text: String) -> Bool {
    let words = TextFolding.fold(String(text.prefix(60))).split { !$0.isLetter && !$0.isNumber }
    let records: Set<Substring> = [
      "enregistrement", "enregistrements", "ligne", "lignes", "row", "rows", "record", "records", "resultat",
      "resultats",
    ]
    if words.count >= 2, words[0].allSatisfy(\.isNumber) { return records.contains(words[1]) }
    return words.count >= 4 && ["nombre", "number"].contains(words[0]) && ["de", "d", "of"].contains(words[1])
      && records.contains(words[2]) && words[3].allSatisfy(\.isNumber)
  }

  /// What stands before a remark in a cell of its own, as data services write it: `Data Source,World Bank`.
  private static func namesARemark(_ text: String) -> Bool {
    let folded = TextFolding.fold(String(text.prefix(30))).filter { $0 != ":" && $0 != "\u{A0}" }
    return [
      "data source", "source", "sources", "last updated", "last updated date", "note", "notes", "nb", "n.b.", "champ",
      "lecture", "*", "(*)", "(1)", "(2)", "(3)",
    ].contains(FieldText.trimmed(folded))
  }

  /// A remark that a colon or a sign says to be one: `Source : INSEE`, `* estimated`.
  static func isMarkedRemark(_ text: String) -> Bool {
    isNumberedRemark(text) || countsRecords(text)
      || formulas.contains { TextFolding.fold(String(text.prefix(20))).hasPrefix($0) }
      || isRemark(text)
        && (text.contains(":") || text.hasPrefix("*") || text.hasPrefix("(") || text.contains("/")
          || text.contains(" sur "))
  }
}
