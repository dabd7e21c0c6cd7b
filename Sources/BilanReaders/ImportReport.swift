import BilanColumnar
import BilanDiagnostics

/// Every decision made while a file was read, with its evidence: what `.describe` shows.
package struct ImportReport: Sendable {
  package var name: String
  /// What the file is; for anything but `csv` encoding and dialect say nothing.
  package var format = "csv"
  /// What else was understood.
  package var decisions: [Fact] = []
  /// Bytes of the file as it is stored.
  package var byteCount: Int
  package var encoding: TextEncoding
  package var encodingEvidence: Localized
  package var dialect: Dialect
  package var dialectEvidence: Localized
  package var hasHeader: Bool
  package var headerEvidence: Localized
  /// Lines of names; two where groups stand above the names of their columns.
  package var headerRowCount = 1
  package var rowCount = 0
  /// Lines before the table and after it that are no part of it.
  package var titleLineCount = 0
  package var footnoteLineCount = 0
  /// The lines of rows that look like totals of others.
  package var totalLines: [Int] = []
  package var blankLineCount = 0
  /// Rows with fewer fields than the table, whose last cells are missing.
  package var shortRowCount = 0
  /// Rows with more, whose last fields were dropped.
  package var longRowCount = 0
  package var strayQuoteCount = 0
  /// Letters and combining marks that were joined.
  package var composedLetterCount = 0
  package var columns: [ColumnReport] = []
  package var notes: [Diagnostic] = []
  /// Other tables of the file, where none was named and no note says that they are not read.
  package var tablesBeside: [String] = []
}

extension ImportReport {
  /// Of a file that holds columns with types, of which nothing has to be guessed.
  package init(name: String, format: String, byteCount: Int) {
    let none = Localized(verbatim: "")
    self.init(
      name: name, byteCount: byteCount, encoding: .utf8, encodingEvidence: none, dialect: Dialect(delimiter: 0),
      dialectEvidence: none, hasHeader: true, headerEvidence: none)
    self.format = format
  }
}

/// What was decided about one column.
package struct ColumnReport: Sendable {
  /// Cells that could not be read as the column's type.
  package struct Unreadable: Sendable {
    package var count: Int
    /// The first few, with their lines.
    package var examples: [(line: Int, text: String)]
  }

  /// How sure it is that a column is what it was taken for.
  package enum Confidence: Sendable {
    case declared
    /// Every value fits, and in no other way.
    case certain
    /// Some values do not fit.
    case likely
    /// The values allow something else as well, or there are none.
    case assumed

    package var name: Localized {
      switch self {
      case .declared: Localized("declared", fr: "déclaré")
      case .certain: Localized("certain", fr: "certain")
      case .likely: Localized("likely", fr: "probable")
      case .assumed: Localized("assumed", fr: "supposé")
      }
    }
  }

  package var label: String
  package var handle: String
  package var type: DataType
  /// Declared by a descriptor or an option, not inferred.
  package var isDeclared: Bool
  package var evidence: Localized
  package var confidence = Confidence.certain
  /// Of a number column whose cells have a fraction.
  package var decimalMark: DecimalMark?
  package var hasThousandsMarks: Bool
  /// What separates thousands, where something does.
  package var groupMark: String?
  /// Of a number column whose cells end in `%`.
  package var isPercent = false
  /// The currency that stands beside its numbers.
  package var unit: String?
  /// Of a date column.
  package var dateOrder: DateOrder?
  package var valueCount: Int
  /// Empty cells.
  package var emptyCount: Int
  /// Codes read as missing, and how often.
  package var missingCodes: [(code: String, count: Int)]
  /// Cells that look like codes for missing and were kept as texts.
  package var keptCodes: [(code: String, count: Int)]
  package var unreadable: Unreadable?
}

extension ColumnReport {
  /// Of a column whose type its file tells.
  package init(label: String, type: DataType, evidence: Localized, valueCount: Int, emptyCount: Int) {
    self.init(
      label: label, handle: TextFolding.handle(of: label), type: type, isDeclared: false, evidence: evidence,
      decimalMark: nil, hasThousandsMarks: false, dateOrder: nil, valueCount: valueCount, emptyCount: emptyCount,
      missingCodes: [], keptCodes: [], unreadable: nil)
  }
}
