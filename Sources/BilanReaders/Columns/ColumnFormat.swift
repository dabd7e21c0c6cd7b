import BilanColumnar

/// How the cells of a column are read.
enum ColumnFormat: Sendable, Hashable {
  case text
  case integer(DecimalMark)
  /// With `isPercent` every cell but a zero ends in `%`, and `12 %` is 0.12.
  case real(DecimalMark, isPercent: Bool)
  /// Words for true and for false; nil for the usual ones.
  case boolean(trueWords: CodeList?, falseWords: CodeList?)
  case date(DateOrder)
  case datePattern(DatePattern)
  case period(firstMonth: Int)

  /// Numbers that can be added up, which percentages cannot.
  var isOfQuantities: Bool {
    switch self {
    case .integer, .real(_, isPercent: false): true
    default: false
    }
  }

  var isPercent: Bool {
    if case .real(_, isPercent: true) = self { true } else { false }
  }

  var type: DataType {
    switch self {
    case .text: .text
    case .integer: .integer
    case .real: .real
    case .boolean: .boolean
    case .date, .datePattern: .date
    case .period: .period
    }
  }
}

/// Everything that building a column needs to know.
struct ColumnPlan: Sendable {
  /// Its place in the records of the file.
  var fieldIndex: Int
  var format: ColumnFormat
  /// The cells that mean missing, beside empty ones.
  var missing: CodeList
  /// What may stand around the digits of a number.
  var units = UnitMarks.none
  var marks: NumberMarks = []
  /// What years of two digits mean.
  var pivot = ShortYearPivot.usual
  /// The column is called a code, so that the digits of its fractions matter.
  var isNamedCode = false

  /// Whether something may stand around the digits.
  var allowsMarks: Bool { units != .none || !marks.isEmpty }
}

/// What may stand around the digits of a number.
enum UnitMarks: Sendable, Hashable {
  case none
  /// Whatever there is (a descriptor's `bareNumber: false`).
  case any
  /// One currency, in any of its spellings; `AmountUnit` has the units.
  case currency(String)
}
