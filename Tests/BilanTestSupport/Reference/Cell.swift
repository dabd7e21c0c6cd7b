/// A value of the reference evaluator.
package enum Cell: Sendable, Hashable {
  case missing
  case integer(Int64)
  case real(Double)
  case text(String)
  case boolean(Bool)
  /// Days since 1970-01-01.
  case date(Int)
  case period(ReferencePeriod)
  case days(Int64)
  case months(Int64)
  case ratio(ReferenceRatio)

  /// A ratio without a value counts as missing.
  package var isMissing: Bool {
    switch self {
    case .missing: true
    case .ratio(let ratio): ratio.value == nil
    default: false
    }
  }

  /// The number it stands for; nil where missing or no number.
  package var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value
    case .ratio(let ratio): ratio.value
    default: nil
    }
  }

  /// A condition is true or false, never a third thing.
  package var isTrue: Bool { self == .boolean(true) }

  /// A real; what is no number is missing.
  static func finite(_ value: Double) -> Cell { value.isFinite ? .real(value) : .missing }
}

/// What `ratio` keeps.
package struct ReferenceRatio: Sendable, Hashable {
  package var numerator: Double
  package var denominator: Double
  package var reported: Int
  package var expected: Int

  package init(numerator: Double, denominator: Double, reported: Int, expected: Int) {
    self.numerator = numerator
    self.denominator = denominator
    self.reported = reported
    self.expected = expected
  }

  package var value: Double? {
    guard reported > 0, denominator != 0 else { return nil }
    let quotient = numerator / denominator
    return quotient.isFinite ? quotient : nil
  }
}

/// The type of an expression. Two kinds of number: whole numbers are exact, and mixed with others become real.
package enum Kind: Sendable, Hashable {
  case missing, integer, real, text, boolean, date, period, days, months, ratio

  var isNumber: Bool { self == .integer || self == .real || self == .ratio }

  /// As a key a ratio is its value.
  var ofKey: Kind { self == .ratio ? .real : self }

  /// What values of two kinds become where they meet.
  func common(_ other: Kind) -> Kind {
    if self == other || other == .missing { return self }
    if self == .missing { return other }
    if isNumber, other.isNumber { return .real }
    return .period
  }
}

extension Cell {
  /// The value as one of `kind`, a kind that it can become.
  func converted(to kind: Kind) -> Cell {
    switch (self, kind) {
    case (.integer(let value), .real): .real(Double(value))
    case (.ratio(let ratio), .real): ratio.value.map { .real($0) } ?? .missing
    case (.date(let day), .period): .period(ReferencePeriod(.day, from: day))
    case (.period(let period), .date) where period.kind == .day: .date(period.first)
    case (.integer(let year), .period): .period(ReferencePeriod(.year, year: Int(year), month: 1))
    default: self
    }
  }

  /// Whether it comes before `other` in a sort, both being of one kind and neither missing.
  func precedes(_ other: Cell) -> Bool {
    switch (self, other) {
    case (.integer(let a), .integer(let b)), (.days(let a), .days(let b)), (.months(let a), .months(let b)): a < b
    case (.text(let a), .text(let b)): ReferenceText.precedes(a, b)
    case (.boolean(let a), .boolean(let b)): !a && b
    case (.date(let a), .date(let b)): a < b
    case (.period(let a), .period(let b)): a.precedes(b)
    default: (number ?? 0) < (other.number ?? 0)
    }
  }

  /// Whether both are the same value; missing is the same as missing.
  package func isSame(as other: Cell) -> Bool {
    if isMissing || other.isMissing { return isMissing && other.isMissing }
    switch (self, other) {
    case (.text(let a), .text(let b)): return Array(a.utf8) == Array(b.utf8)
    case (.ratio(let a), .ratio(let b)): return a.value == b.value
    case (.real(let a), .real(let b)): return a == b
    default: return self == other
    }
  }

  /// As `text(x)` writes it; nil where missing.
  package var asText: String? {
    switch self {
    case .missing: return nil
    case .integer(let value): return String(value)
    case .real(let value): return ReferenceText.text(of: value)
    case .text(let text): return text
    case .boolean(let truth): return truth ? "true" : "false"
    case .date(let day): return ReferenceCalendar.text(ofDay: day)
    case .period(let period): return period.text
    case .days(let count): return "\(count) " + (abs(count) == 1 ? "day" : "days")
    case .months(let count): return "\(count) " + (abs(count) == 1 ? "month" : "months")
    case .ratio(let ratio): return ratio.value.map(ReferenceText.text(of:))
    }
  }
}

/// Rows in a given order of preference, by the plainest sort there is: each is put after those it does not precede.
func insertionSorted<Row>(_ rows: [Row], _ precedes: (Row, Row) throws -> Bool) rethrows -> [Row] {
  var result: [Row] = []
  for row in rows {
    var place = result.count
    while place > 0, try precedes(row, result[place - 1]) { place -= 1 }
    result.insert(row, at: place)
  }
  return result
}

/// Which of two lists of keys comes first; missing last in both directions. Nil where they tie.
func firstIsEarlier(_ first: [Cell], _ second: [Cell], isDescending: [Bool]) -> Bool? {
  for index in first.indices {
    let (a, b) = (first[index], second[index])
    if a.isMissing || b.isMissing {
      if a.isMissing && b.isMissing { continue }
      return b.isMissing
    }
    if a.precedes(b) { return !isDescending[index] }
    if b.precedes(a) { return isDescending[index] }
  }
  return nil
}
