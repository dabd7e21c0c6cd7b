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

/// Which century years of two digits are of.
struct ShortYearPivot: Sendable, Hashable {
  /// The first two digits that are of the last century.
  let first: Int

  /// 1970 to 2069.
  static let usual = ShortYearPivot(first: 70)
  /// 1928 to 2027: of dates that lie behind us, such as days of birth.
  static let past = ShortYearPivot(first: 28)

  @inline(__always)
  func year(ofTwoDigits year: Int) -> Int { year < first ? 2000 + year : 1900 + year }

  /// The years that two digits may mean.
  var years: ClosedRange<Int> { 1900 + first...1999 + first }
}
