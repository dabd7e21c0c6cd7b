import BilanColumnar
import BilanDiagnostics

/// What the distinct texts of a column are, by the rules for delimited text, and the numbers that stand among them.
///
/// SQLite has no dates and no periods, and other formats no periods, so texts stand for them. Text that a column is declared
/// to hold is never a number: it may be a postal code.
package struct TextInference {
  private let dictionary: TextDictionary
  private let numbers: [String]
  private let label: String
  private let described: DescribedColumn
  private let options: ReadOptions

  /// - Parameter numbers: those that are stored as numbers, with a decimal point, each once.
  package init(
    _ dictionary: TextDictionary, numbers: [String] = [], label: String, _ described: DescribedColumn,
    _ options: ReadOptions
  ) {
    self.dictionary = dictionary
    self.numbers = numbers
    self.label = label
    self.described = described
    self.options = options
  }

  package struct Found {
    /// The values of the texts, then of the numbers.
    package var column: Column
    package var type: DataType
    /// The currency of amounts, and whether they are percentages.
    package var unit: String?
    package var display = Field.Display.plain
    package var evidence: Localized
    package var missingCodes: [(code: String, count: Int)]
    package var notes: [Diagnostic]
  }

  private var count: Int { dictionary.count + numbers.count }

  /// What all of them are, those apart that mean missing; nil where they are texts.
  package func found(mayBeNumber: Bool) throws(QueryError) -> Found? {
    guard dictionary.count > 0 else { return nil }
    let table = try open(options.types)
    guard table.rowCount == count, table.schema.count == 2 else { return nil }
    let type = table.schema[1].type
    switch type {
    case .date, .period: break
    case .integer, .real, .boolean:
      if !mayBeNumber { return nil }
    default: return nil
    }
    let report = table.report
    guard report.columns[1].unreadable == nil, report.columns[1].valueCount > 0 else { return nil }
    return Found(
      column: try table.distinctValues(isCancelled: options.isCancelled), type: type,
      unit: table.schema[1].unit, display: table.schema[1].display, evidence: report.columns[1].evidence,
      missingCodes: report.columns[1].missingCodes, notes: report.notes)
  }

  /// What is none of a type: the first few in words, and whether most are.
  package func misfits(as type: DataType) throws(QueryError) -> (list: String, areFew: Bool)? {
    guard let unreadable = try open([label: type]).report.columns.last?.unreadable else { return nil }
    let list = unreadable.examples.prefix(3).map { described.isSensitive ? "`…`" : "`\($0.text.prefix(60))`" }
      .joined(separator: ", ")
    return (list + (unreadable.count > 3 ? ", …" : ""), unreadable.count * 2 < count)
  }

  private func open(_ types: [String: DataType]) throws(QueryError) -> FileTable {
    var text = CellText(dictionary, label: label)
    for number in numbers {
      text.append("number")
      let digits = Array(number.utf8)
      text.append(number: digits.span)
      text.endRow()
    }
    var own = options
    own.types = types
    own.missingCodes = described.missingCodes
    own.headerLines = nil
    return try text.openDistinct(label: label, options: own, resource: nil)
  }

  /// Whether texts between these two, by their bytes, may all be dates or periods, or mean missing.
  package static func mayHoldDates(_ low: [UInt8], _ high: [UInt8]) -> Bool {
    var ends = ColumnProfile(codes: .missing)
    for end in [low, high] { ends.observe(end.span, 0, end.count, quote: 0) }
    return ends.isOfDatesOrPeriods
  }

  /// Whether the first texts are dates or periods, or mean missing: most columns of texts are known from them.
  var mayHoldDates: Bool {
    var profile = ColumnProfile(codes: .missing)
    let bytes = dictionary.bytes.array
    for code in 0..<min(dictionary.count, 8) {
      let range = dictionary.byteRange(code)
      profile.observe(bytes.span, range.lowerBound, range.upperBound, quote: 0)
    }
    return profile.isOfDatesOrPeriods
  }
}

extension ColumnProfile {
  /// Whether every value is a date or a period.
  fileprivate var isOfDatesOrPeriods: Bool {
    let days = dates.yearFirst + dates.named + max(dates.dayFirst, dates.monthFirst, dates.shortYearsFirst)
    // A year is a period beside others.
    return days + periods.count + yearCount >= valueCount
  }
}
