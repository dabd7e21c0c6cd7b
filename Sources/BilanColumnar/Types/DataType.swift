/// The unit of a duration. Days and months do not convert into each other: a month has no fixed number of days.
package enum DurationUnit: String, Sendable, Hashable {
  /// Days; weeks are seven of them.
  case days
  /// Months; quarters, semesters and years are 3, 6 and 12 of them.
  case months
}

/// What a value is. Every type also has *missing*.
package enum DataType: Sendable, Hashable {
  /// A whole number of 64 bits: exact, its overflow is an error. Users see `number`.
  case integer
  /// A number in double precision, never NaN or infinite. Users see `number`.
  case real
  case text
  case boolean
  /// A day.
  case date
  /// A day, month, quarter, semester, year or fiscal year, as an interval of days.
  case period
  case duration(DurationUnit)
  /// A rate that keeps its parts and its coverage.
  case ratio
  /// Several values in one, which the step `unnest` opens.
  case list(ListType)
  /// The type of `missing` before anything says more; it fits everywhere.
  case missing

  package var isNumber: Bool { self == .integer || self == .real }

  /// The name that users see.
  package var name: String {
    switch self {
    case .integer, .real: "number"
    case .text: "text"
    case .boolean: "bool"
    case .date: "date"
    case .period: "period"
    case .duration: "duration"
    case .ratio: "ratio"
    case .list: "list"
    case .missing: "missing"
    }
  }

  /// The type as which what is written of either can be read.
  package func common(with other: DataType) -> DataType {
    switch (self, other) {
    case _ where self == other: self
    case (.missing, _): other
    case (_, .missing): self
    case (.integer, .real), (.real, .integer): .real
    case (.date, .period), (.period, .date): .period
    case (.list(let one), .list(let other)): .list(one.merged(with: other))
    default: .text
    }
  }

  /// The type as which what is written of any of them can be read; `missing` of none.
  package static func common(of types: [DataType]) -> DataType {
    types.reduce(.missing) { $0.common(with: $1) }
  }
}
