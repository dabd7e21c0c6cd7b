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
