import BilanColumnar

/// The cells of a column that are periods, counted, and those that span two years.
struct PeriodCounts {
  private(set) var count = 0
  /// Months that may be a year and the next, `2009-10`, and in which years.
  private(set) var pairLikeMonths = 0
  private(set) var pairLikeYears: ClosedRange<Int>?
  /// `2018/2019`
  private(set) var yearPairs = 0

  /// Counts a text if it is a period.
  ///
  /// - Returns: whether it is one.
  mutating func observe(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ times: Int) -> Bool {
    guard PeriodCell.scan(bytes, start, end, firstMonth: 1) != nil else { return false }
    count += times
    if let year = PeriodCell.yearOfPairLikeMonth(bytes, start, end) {
      pairLikeMonths += times
      pairLikeYears = pairLikeYears.map { min($0.lowerBound, year)...max($0.upperBound, year) } ?? year...year
    }
    return true
  }

  /// Counts a text that is no period if it is a year and the next.
  ///
  /// - Returns: whether it is.
  mutating func observePair(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ times: Int) -> Bool {
    guard PeriodCell.yearOfPair(bytes, start, end) != nil else { return false }
    yearPairs += times
    return true
  }

  /// Takes periods that were counted as something else.
  mutating func add(_ times: Int) { count += times }

  /// Takes what was counted over other rows.
  mutating func merge(_ other: PeriodCounts) {
    count += other.count
    pairLikeMonths += other.pairLikeMonths
    if let theirs = other.pairLikeYears {
      pairLikeYears =
        pairLikeYears.map {
          min($0.lowerBound, theirs.lowerBound)...max($0.upperBound, theirs.upperBound)
        } ?? theirs
    }
    yearPairs += other.yearPairs
  }
}
