/// A rate with its parts: what was counted, against what, and how many rows had both of how many were expected.
package struct RatioValue: Sendable, Hashable {
  package var numerator: Double
  package var denominator: Double
  /// Rows that had both operands.
  package var reported: Int
  /// Rows that should have had them.
  package var expected: Int

  package init(numerator: Double, denominator: Double, reported: Int, expected: Int) {
    self.numerator = numerator
    self.denominator = denominator
    self.reported = reported
    self.expected = expected
  }

  /// The quotient; nil where nothing was reported or the denominator is zero.
  package var value: Double? {
    guard reported > 0, denominator != 0 else { return nil }
    let quotient = numerator / denominator
    return quotient.isFinite ? quotient : nil
  }
}

/// One value outside a column: a literal, a parameter, a cell that a host program reads.
package enum Value: Sendable, Hashable {
  case missing
  case integer(Int64)
  case real(Double)
  case text(String)
  case boolean(Bool)
  case date(CalendarDate)
  case period(Period)
  case duration(Int64, DurationUnit)
  case ratio(RatioValue)

  package var type: DataType {
    switch self {
    case .missing: .missing
    case .integer: .integer
    case .real: .real
    case .text: .text
    case .boolean: .boolean
    case .date: .date
    case .period: .period
    case .duration(_, let unit): .duration(unit)
    case .ratio: .ratio
    }
  }

  package var isMissing: Bool { self == .missing }
}
