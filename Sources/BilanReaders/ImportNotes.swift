import BilanColumnar
import BilanDiagnostics

/// The notes of an import in words.
enum ImportNotes {
  static func foreignBytes(_ count: Int, line: Int, in file: String) -> Diagnostic {
    .note(
      .invalidEncoding,
      Localized(
        "`\(file)` is UTF-8 but for \(count) bytes, read as windows-1252 (the first on line \(line))",
        fr: "`\(file)` est en UTF-8 sauf \(count) octets, lus en windows-1252 (le premier à la ligne \(line))"),
      count: count)
  }

  static func skippedLines(titles: Int, footnotes: Int, in file: String) -> Diagnostic {
    .note(
      .skippedLines,
      Localized(
        "`\(file)` has \(titles) lines above its table and \(footnotes) below, which were skipped",
        fr: "`\(file)` a \(titles) lignes au-dessus de son tableau et \(footnotes) au-dessous, qui ont été sautées"),
      count: titles + footnotes)
  }

  static func raggedRows(_ report: ImportReport, width: Int, _ examples: [(line: Int, fieldCount: Int)]) -> Diagnostic {
    let lines = examples.map { "\($0.line)" }.joined(separator: ", ")
    var note = Diagnostic.note(
      .raggedRow,
      Localized(
        "in `\(report.name)` \(report.shortRowCount) rows have fewer than \(width) fields (filled with missing) and "
          + "\(report.longRowCount) have more (the rest dropped)",
        fr: "dans `\(report.name)`, \(report.shortRowCount) lignes ont moins de \(width) champs (complétées par des "
          + "valeurs manquantes) et \(report.longRowCount) en ont plus (le reste est écarté)"),
      count: report.shortRowCount + report.longRowCount)
    if !examples.isEmpty {
      note = note.adding(note: Localized("first on lines \(lines)", fr: "d’abord aux lignes \(lines)"))
    }
    return note
  }

  static func strayQuotes(_ count: Int, lines: [Int], in file: String) -> Diagnostic {
    let list = lines.map { "\($0)" }.joined(separator: ", ")
    return .note(
      .strayQuote,
      Localized(
        "`\(file)` has \(count) quotes inside unquoted fields, kept as they are (lines \(list))",
        fr:
          "`\(file)` a \(count) guillemets à l’intérieur de champs sans guillemets, gardés tels quels (lignes \(list))"),
      count: count)
  }

  /// The notes about single columns, in their order.
  static func columns(_ decisions: ColumnDecisions, in file: String) -> [Diagnostic] {
    var notes: [Diagnostic] = []
    for (report, remarks) in zip(decisions.reports, decisions.remarks) {
      notes += remarks.map { note($0, on: report) }
      if let unreadable = report.unreadable { notes.append(note(unreadable, on: report)) }
    }
    return notes
  }

  private static func note(_ unreadable: ColumnReport.Unreadable, on column: ColumnReport) -> Diagnostic {
    let examples = unreadable.examples.prefix(3)
    let english = examples.map { "`\($0.text)` (line \($0.line))" }.joined(separator: ", ")
    let french = examples.map { "`\($0.text)` (ligne \($0.line))" }.joined(separator: ", ")
    let type = column.type.name
    return .note(
      .unreadableValues,
      Localized(
        "in column `\(column.label)` \(unreadable.count) values are no \(type) and are missing: \(english)",
        fr: "dans la colonne `\(column.label)`, \(unreadable.count) valeurs ne sont pas du type `\(type)` et sont "
          + "manquantes : \(french)"), count: unreadable.count)
  }

  private static func note(_ remark: ColumnGuess.Remark, on column: ColumnReport) -> Diagnostic {
    let label = column.label
    switch remark {
    case .ambiguousDates(let count):
      return .note(
        .ambiguousDates,
        Localized(
          "no date in column `\(label)` has a day above 12: the day is taken to come first",
          fr: "aucune date de la colonne `\(label)` n’a de jour au-delà de 12 : le jour est supposé en premier"),
        count: count)
    case .scientificIdentifiers(let count):
      return .note(
        .scientificIdentifiers,
        Localized(
          "column `\(label)` holds identifiers that a spreadsheet turned into powers of ten; their digits are lost",
          fr: "la colonne `\(label)` contient des identifiants qu’un tableur a changés en puissances de dix ; leurs "
            + "chiffres sont perdus"), count: count)
    case .timesDropped(let count):
      return .note(
        .timeOfDayDropped,
        Localized(
          "column `\(label)` holds times of day, which are dropped: only the date is kept",
          fr: "la colonne `\(label)` contient des heures, qui sont écartées : seule la date est gardée"), count: count)
    case .almost(let type, let misfits):
      return .note(
        .mostlyTyped,
        Localized(
          "column `\(label)` is text because \(misfits) of its \(column.valueCount) values are no \(type.name)",
          fr: "la colonne `\(label)` est du texte, car \(misfits) de ses \(column.valueCount) valeurs ne sont pas du "
            + "type `\(type.name)`"), count: misfits)
    case .ambiguousMark(let mark, let isThousands):
      return .note(
        .ambiguousMark,
        Localized(
          "every `\(mark.rawValue)` in column `\(label)` has three digits after it: taken for "
            + (isThousands ? "thousands" : "a decimal mark"),
          fr: "chaque `\(mark.rawValue)` de la colonne `\(label)` est suivi de trois chiffres : pris pour "
            + (isThousands ? "un séparateur de milliers" : "un séparateur décimal")))
    }
  }
}
