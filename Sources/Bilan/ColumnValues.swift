import BilanColumnar
import BilanReaders

/// The values of a column that a host program hands over; nil is missing.
public enum ColumnValues: Sendable {
  case integers([Int?])
  case reals([Double?])
  /// Letters and the accents that follow them are composed, as in files: `e` + U+0301 is `é`.
  case texts([String?])
  case booleans([Bool?])
  /// ISO dates: `2021-01-22`; a text that is none is missing.
  case dates([String?])
  /// Periods as a query writes them: `2019`, `2019-S1`, `2019-Q3`, `2019-04`, `2019-04-15`, `FY2019` (which begins in
  /// January here); a text that is none is missing.
  case periods([String?])

  var cells: (type: DataType, cells: [Value]) {
    switch self {
    case .integers(let values): (.integer, values.map { $0.map { .integer(Int64($0)) } ?? .missing })
    case .reals(let values):
      (.real, values.map { value in value.flatMap { $0.isFinite ? .real($0) : nil } ?? .missing })
    case .texts(let values): (.text, values.map { $0.map { .text(LetterComposition.composed($0)) } ?? .missing })
    case .booleans(let values): (.boolean, values.map { $0.map { .boolean($0) } ?? .missing })
    case .dates(let values):
      (.date, values.map { $0.flatMap(CalendarDate.init(iso:)).map { .date($0) } ?? .missing })
    case .periods(let values):
      (.period, values.map { $0.flatMap { Period(parsing: $0) }.map { .period($0) } ?? .missing })
    }
  }
}

extension CalendarDate {
  /// Reads `2021-01-22`.
  package init?(iso text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }
}
