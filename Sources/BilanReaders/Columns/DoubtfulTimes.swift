import BilanColumnar

/// Which spellings are taken for days and periods in a column, where its name or its other values say what they are.
struct TimeSpellings: OptionSet, Sendable, Hashable {
  let rawValue: UInt8

  /// `20190312`
  static let compactDays = TimeSpellings(rawValue: 1)
  /// `43536`, as spreadsheets store days.
  static let serialDays = TimeSpellings(rawValue: 2)
  /// `201903`
  static let compactMonths = TimeSpellings(rawValue: 4)
  /// `2019.03` and `03.2019`
  static let dottedMonths = TimeSpellings(rawValue: 64)
  /// `Q1-19`, `Janv 19`
  static let shortPeriods = TimeSpellings(rawValue: 8)
  /// `2019/03`, among which `2009/10` may be a year and the next.
  static let slashMonths = TimeSpellings(rawValue: 32)
  /// `12.3.19`, which may be the number of a chapter.
  static let shortDotted = TimeSpellings(rawValue: 16)
}

/// The cells of a column that are days or periods only where something else says so, counted; they are counted as what they
/// are otherwise, too.
struct DoubtfulTimes {
  private(set) var compactDays = 0
  private(set) var serialDays = 0
  private(set) var compactMonths = 0
  private(set) var shortPeriods = 0
  private(set) var dottedMonths = 0
  private(set) var slashMonths = 0
  private(set) var shortDotted = 0

  /// Counts a cell that may be a number.
  mutating func observeNumber(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ count: Int) {
    guard 5...8 ~= end - start else { return }
    if DoubtfulTime.compactDay(bytes, start, end) != nil {
      compactDays += count
    } else if DoubtfulTime.compactMonth(bytes, start, end) != nil {
      compactMonths += count
    } else if DoubtfulTime.dottedMonth(bytes, start, end) != nil {
      dottedMonths += count
    } else if DoubtfulTime.serialDay(bytes, start, end) != nil {
      serialDays += count
    }
  }

  /// Counts a cell that is neither a number nor a date.
  mutating func observeText(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ count: Int) {
    // Two digits are last, and no more.
    guard 4...14 ~= end - start, bytes[end - 1] &- 0x30 < 10, bytes[end - 2] &- 0x30 < 10, bytes[end - 3] &- 0x30 > 9
    else { return }
    if let shape = DateShape.scan(bytes, start, end, takesShortDotted: true) {
      if shape.date(.dayMonthYear) != nil { shortDotted += count }
    } else if DoubtfulTime.slashMonth(bytes, start, end) != nil {
      slashMonths += count
    } else if DoubtfulTime.shortPeriod(bytes, start, end, firstMonth: 1) != nil {
      shortPeriods += count
    }
  }

  mutating func merge(_ other: DoubtfulTimes) {
    compactDays += other.compactDays
    serialDays += other.serialDays
    compactMonths += other.compactMonths
    shortPeriods += other.shortPeriods
    slashMonths += other.slashMonths
    dottedMonths += other.dottedMonths
    shortDotted += other.shortDotted
  }
}

extension ColumnProfile {
  /// Which spellings are of times: those under a name that says so, or beside others that are plain, where all values of the
  /// column are then times.
  ///
  /// - Parameter areStored: whether the numbers of the column are stored as numbers, which spreadsheets do with days only in
  ///   their own files.
  func timeSpellings(_ name: TimeName, areStored: Bool) -> TimeSpellings {
    let dates = yearFirstDates + max(dayFirstDates, monthFirstDates) + namedDates
    var found: TimeSpellings = []
    func take(_ spelling: TimeSpellings, _ count: Int, beside others: Int, if isNamed: Bool) {
      if count > 0, count + others == valueCount, isNamed { found.insert(spelling) }
    }
    take(.compactDays, times.compactDays, beside: dates, if: name.contains(.days))
    take(.serialDays, times.serialDays, beside: dates, if: name.contains(.days) && !areStored)
    take(.compactMonths, times.compactMonths, beside: periodCount, if: name.contains(.periods))
    take(.dottedMonths, times.dottedMonths, beside: periodCount, if: name.contains(.periods) && !areStored)
    take(
      .shortPeriods, times.shortPeriods, beside: periodCount + yearCount,
      if: !name.isEmpty || periodCount > 0)
    take(.slashMonths, times.slashMonths, beside: periodCount, if: yearPairs < valueCount)
    take(.shortDotted, times.shortDotted, beside: dates, if: name.contains(.days) || dates > 0)
    return found
  }
}
