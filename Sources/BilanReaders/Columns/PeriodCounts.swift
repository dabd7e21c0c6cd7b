import BilanColumnar

/// The cells of a column that are periods, counted, and those that span two years.
struct PeriodCounts {
  private(set) var count = 0
  /// Months that may be a year and the next, `2009-10`, and in which years.
  private(set) var pairLikeMonths = 0
  private(set) var pairLikeYears: ClosedRange<Int>?
  /// `FY2019`, `Q1 FY2019`: periods of the calendar where fiscal years begin in January.
  private(set) var fiscal = 0
  /// `2018/2019`, `FY2018/19`: periods where fiscal years begin in another month.
  private(set) var yearPairs = 0
  /// `campagne 2018/2019`, which is none.
  private(set) var seasons = 0

  /// Counts a text if it is a period.
  ///
  /// - Returns: whether it is one.
  mutating func observe(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ times: Int) -> Bool {
    guard let period = PeriodCell.scan(bytes, start, end, firstMonth: 1) else { return false }
    count += times
    if period.kind == .fiscalYear || PeriodCell.isOfFiscalYear(bytes, start, end) { fiscal += times }
    if let year = PeriodCell.yearOfPairLikeMonth(bytes, start, end) {
      pairLikeMonths += times
      pairLikeYears = pairLikeYears.map { min($0.lowerBound, year)...max($0.upperBound, year) } ?? year...year
    }
    return true
  }

  /// Counts a text that is no period if it is a year and the next, or of one that begins within a year of the calendar.
  ///
  /// - Returns: whether it is.
  mutating func observePair(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ times: Int) -> Bool {
    guard bytes[end - 1] &- 0x30 < 10 else { return false }
    if PeriodCell.yearOfPair(bytes, start, end) != nil || PeriodCell.isOfFiscalYear(bytes, start, end) {
      yearPairs += times
      return true
    }
    guard let (kind, year) = YearWord.end(bytes, start, end),
      PeriodCell.yearOfPair(bytes, year, end) != nil
        || kind == .season && PeriodCell.digits(bytes, year, end) != nil
    else { return false }
    if kind == .season { seasons += times } else { yearPairs += times }
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
    fiscal += other.fiscal
    yearPairs += other.yearPairs
    seasons += other.seasons
  }
}
