/// What a column must hold for a row to count, in a form that the bounds of many rows can rule out.
///
/// It may allow more than the condition it was made of, never less: rows that it rules out cannot pass.
package struct ColumnCondition: Sendable, Hashable {
  package enum Values: Sendable, Hashable {
    /// As they are stored: days of dates, `Period.encoded`, 0 and 1 for truth values. In one of these ranges.
    case integers([ClosedRange<Int64>])
    /// Of numbers, whole ones too.
    case reals([ClosedRange<Double>])
    /// One of these texts, as UTF-8.
    case texts([[UInt8]])
    /// Any value at all.
    case any
    case none
  }

  /// Its place among the columns that are read.
  package var column: Int
  package var values: Values
  package var acceptsMissing: Bool

  package init(column: Int, _ values: Values, acceptsMissing: Bool = false) {
    self.column = column
    self.values = values
    self.acceptsMissing = acceptsMissing
  }

  /// Whether a row of those of which `bounds` are known may pass.
  package func mayHold(within bounds: ValueBounds) -> Bool {
    if acceptsMissing, bounds.mayBeMissing { return true }
    switch (values, bounds.values) {
    case (.none, _), (_, .none): return false
    case (.any, _), (_, .unknown): return true
    case (.integers(let ranges), .integers(let known)): return ranges.contains { $0.overlaps(known) }
    case (.reals(let ranges), .reals(let known)): return ranges.contains { $0.overlaps(known) }
    // Rounding keeps the order, so what lies between two whole numbers still does.
    case (.reals(let ranges), .integers(let known)):
      let rounded = Double(known.lowerBound)...Double(known.upperBound)
      return ranges.contains { $0.overlaps(rounded) }
    case (.texts(let texts), .texts(let low, let high)):
      return texts.contains { !$0.lexicographicallyPrecedes(low) && !high.lexicographicallyPrecedes($0) }
    // Kinds that do not meet say nothing of each other.
    default: return true
    }
  }
}

/// What is known of the values of a column in a stretch of rows.
package struct ValueBounds: Sendable, Hashable {
  package enum Values: Sendable, Hashable {
    case unknown
    /// No row has a value.
    case none
    case integers(ClosedRange<Int64>)
    case reals(ClosedRange<Double>)
    /// By their bytes; the ends need not occur.
    case texts(low: [UInt8], high: [UInt8])
  }

  package var values: Values
  package var mayBeMissing: Bool

  package init(_ values: Values, mayBeMissing: Bool) {
    self.values = values
    self.mayBeMissing = mayBeMissing
  }

  package static let unknown = ValueBounds(.unknown, mayBeMissing: true)

  /// What is known of two stretches together.
  package func union(_ other: ValueBounds) -> ValueBounds {
    let mayBeMissing = mayBeMissing || other.mayBeMissing
    switch (values, other.values) {
    case (.none, let values), (let values, .none): return ValueBounds(values, mayBeMissing: mayBeMissing)
    case (.integers(let own), .integers(let theirs)):
      return ValueBounds(
        .integers(min(own.lowerBound, theirs.lowerBound)...max(own.upperBound, theirs.upperBound)),
        mayBeMissing: mayBeMissing)
    case (.reals(let own), .reals(let theirs)):
      return ValueBounds(
        .reals(min(own.lowerBound, theirs.lowerBound)...max(own.upperBound, theirs.upperBound)),
        mayBeMissing: mayBeMissing)
    default: return ValueBounds(.unknown, mayBeMissing: mayBeMissing)
    }
  }
}

/// How many parts of a table a query could have looked at, and how many of them their bounds ruled out.
package struct PartCount: Sendable, Hashable {
  package var all: Int
  package var skipped: Int

  package init(all: Int = 0, skipped: Int = 0) {
    self.all = all
    self.skipped = skipped
  }

  package static func += (count: inout PartCount, other: PartCount) {
    count.all += other.all
    count.skipped += other.skipped
  }
}
