/// Between which the first and the last numbers of dates with years of two digits lie.
struct ShortYearBounds {
  private var first = (low: Int.max, high: Int.min)
  private var last = (low: Int.max, high: Int.min)

  mutating func include(_ shape: DateShape) {
    first = (min(first.low, shape.first), max(first.high, shape.first))
    last = (min(last.low, shape.third), max(last.high, shape.third))
  }

  mutating func merge(_ other: ShortYearBounds) {
    first = (min(first.low, other.first.low), max(first.high, other.first.high))
    last = (min(last.low, other.last.low), max(last.high, other.last.high))
  }

  /// Days reach the end of months, which years do not yet, and years stay close together.
  var areYearsFirst: Bool {
    first.high <= Self.latestYear && last.high > Self.latestYear && first.high - first.low < last.high - last.low
  }

  /// Of two-digit years that are not of the last century.
  private static let latestYear = 27
}
