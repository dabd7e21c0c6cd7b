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
        "skipped in `\(file)`: \(lines(titles)) above its table, \(lines(footnotes)) below",
        fr:
          "sautées dans `\(file)` : \(frenchLines(titles)) au-dessus de son tableau, \(frenchLines(footnotes)) au-dessous"
      ),
      count: titles + footnotes)
  }

  private static func lines(_ count: Int) -> String { count == 1 ? "1 line" : "\(count) lines" }
  private static func frenchLines(_ count: Int) -> String { count < 2 ? "\(count) ligne" : "\(count) lignes" }

  /// `line 7`, `lines 7, 9`: each once.
  private static func places(_ lines: [Int]) -> Localized {
    var seen: [Int] = []
    for line in lines where !seen.contains(line) { seen.append(line) }
    let list = seen.map { "\($0)" }.joined(separator: ", ")
    return seen.count == 1
      ? Localized("line \(list)", fr: "ligne \(list)") : Localized("lines \(list)", fr: "lignes \(list)")
  }

  static func raggedRows(_ report: ImportReport, width: Int, _ examples: [(line: Int, fieldCount: Int)]) -> Diagnostic {
    let (short, long) = (report.shortRowCount, report.longRowCount)
    let message =
      switch (short > 0, long > 0) {
      case (true, false):
        Localized(
          "\(lines(short)) of `\(report.name)` with fewer than \(width) fields, filled with missing values",
          fr:
            "\(frenchLines(short)) de `\(report.name)` avec moins de \(width) champs, complétés par des valeurs manquantes"
        )
      case (false, true):
        Localized(
          "\(lines(long)) of `\(report.name)` with more than \(width) fields, whose rest is dropped",
          fr: "\(frenchLines(long)) de `\(report.name)` avec plus de \(width) champs, dont le reste est écarté")
      default:
        Localized(
          "\(lines(short)) of `\(report.name)` with fewer than \(width) fields, filled with missing values, and "
            + "\(lines(long)) with more, whose rest is dropped",
          fr: "\(frenchLines(short)) de `\(report.name)` avec moins de \(width) champs, complétés par des valeurs "
            + "manquantes, et \(frenchLines(long)) avec plus, dont le reste est écarté")
      }
    var note = Diagnostic.note(.raggedRow, message, count: short + long)
    if !examples.isEmpty {
      let places = places(examples.map(\.line))
      note = note.adding(note: Localized("first on \(places.english)", fr: "d’abord : \(places.french)"))
    }
    return note
  }

  static func strayQuotes(_ count: Int, lines: [Int], in file: String) -> Diagnostic {
    let places = places(lines)
    return .note(
      .strayQuote,
      Localized(
        "quotes inside unquoted fields of `\(file)` are kept as they are: \(count), on \(places.english)",
        fr: "les guillemets à l’intérieur de champs sans guillemets de `\(file)` sont gardés tels quels : \(count), "
          + "\(places.french)"),
      count: count)
  }

  /// The notes about single columns, in their order.
  ///
  /// - Parameter places: the columns whose every row was looked at.
  static func columns(_ decisions: ColumnDecisions, _ places: Set<Int>) -> [Diagnostic] {
    var notes: [Diagnostic] = []
    for place in decisions.reports.indices where places.contains(place) {
      let (report, remarks) = (decisions.reports[place], decisions.remarks[place])
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
        unreadable.count == 1
          ? "1 value of column `\(column.label)` is no \(type) and is missing: \(english)"
          : "\(unreadable.count) values of column `\(column.label)` are no \(type) and are missing: \(english)",
        fr: unreadable.count == 1
          ? "1 valeur de la colonne `\(column.label)` n’est pas du type `\(type)` et est manquante : \(french)"
          : "\(unreadable.count) valeurs de la colonne `\(column.label)` ne sont pas du type `\(type)` et sont "
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
