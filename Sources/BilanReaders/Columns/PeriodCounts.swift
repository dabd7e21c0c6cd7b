import BilanColumnar

/// The cells of a column that are periods, counted, and those that span two years.
struct PeriodCounts {
  private(set) var count = 0
  /// Months among them, and the greatest number of one.
  private(set) var months = 0
  private(set) var greatestMonth = 0
  /// Months that may be a year and the next, `2009-10`, and in which years.
  private(set) var pairLikeMonths = 0
  private(set) var pairLikeYears: ClosedRange<Int>?
  /// `FY2019`, `Q1 FY2019`: periods of the calendar where fiscal years begin in January.
  private(set) var fiscal = 0
  /// Those of them that are parts of one, which are periods of the calendar where its quarters begin.
  private(set) var fiscalParts = 0
  /// `2019-Q1 (p)`, those of them with another mark of a footnote, `2019-Q1 (1)`, and `2019-Q1 p`: periods with something
  /// behind them.
  private(set) var marked = 0
  private(set) var footnoted = 0
  /// Whether some of these marks are no asterisks.
  private(set) var hasReferences = false
  private(set) var flagged = 0
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
    if period.kind == .month {
      months += times
      greatestMonth = max(greatestMonth, period.start.month)
    }
    if period.kind == .fiscalYear {
      fiscal += times
    } else if PeriodCell.isOfFiscalYear(bytes, start, end) {
      fiscal += times
      fiscalParts += times
    }
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

  /// Counts a text that is a period with a mark behind it.
  ///
  /// - Returns: whether it is.
  mutating func observeMarked(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ times: Int) -> Bool {
    // A year stands shortly before the mark: most texts have no digit there.
    guard (max(start, end - 20)..<end).contains(where: { bytes[$0] &- 0x30 < 10 }) else { return false }
    if let (cut, kind) = NumberMarks.endBeforeFootnote(bytes, start, end) {
      guard PeriodCell.scan(bytes, start, cut, firstMonth: 1) != nil else { return false }
      marked += times
      if kind != .status { footnoted += times }
      if kind == .reference { hasReferences = true }
      return true
    }
    guard let (cut, letter) = NumberMarks.placeOfFlags(bytes, start, end), end - letter == 1,
      MarkedNumbers.Letters(bytes[letter]).isSubset(of: .ofYears),
      PeriodCell.scan(bytes, start, cut, firstMonth: 1) != nil
    else { return false }
    flagged += times
    return true
  }

  /// Takes periods for what these marks stand behind.
  mutating func take(_ marks: NumberMarks) {
    if marks.contains(.footnotes) { count += marked }
    if marks.contains(.flags) { count += flagged }
  }

  /// Takes periods that were counted as something else.
  mutating func add(_ times: Int) { count += times }

  /// Takes what was counted over other rows.
  mutating func merge(_ other: PeriodCounts) {
    count += other.count
    months += other.months
    greatestMonth = max(greatestMonth, other.greatestMonth)
    pairLikeMonths += other.pairLikeMonths
    if let theirs = other.pairLikeYears {
      pairLikeYears =
        pairLikeYears.map {
          min($0.lowerBound, theirs.lowerBound)...max($0.upperBound, theirs.upperBound)
        } ?? theirs
    }
    marked += other.marked
    footnoted += other.footnoted
    if other.hasReferences { hasReferences = true }
    flagged += other.flagged
    fiscal += other.fiscal
    fiscalParts += other.fiscalParts
    yearPairs += other.yearPairs
    seasons += other.seasons
  }
}
