import BilanColumnar

/// Which spellings are taken for days and periods in a column, where its name or its other values say what they are.
struct TimeSpellings: OptionSet, Sendable, Hashable {
  let rawValue: UInt8

  /// `20190312`
  static let compactDays = TimeSpellings(rawValue: 1 << 0)
  /// `43536`, as spreadsheets store days.
  static let serialDays = TimeSpellings(rawValue: 1 << 1)
  /// `201903`
  static let compactMonths = TimeSpellings(rawValue: 1 << 2)
  /// `2019.03` and `03.2019`
  static let dottedMonths = TimeSpellings(rawValue: 1 << 3)
  /// `2019/03`, among which `2009/10` may be a year and the next.
  static let slashMonths = TimeSpellings(rawValue: 1 << 4)
  /// `Q1-19`, `Janv 19`
  static let shortPeriods = TimeSpellings(rawValue: 1 << 5)
  /// `12.3.19`, which may be the number of a chapter.
  static let shortDotted = TimeSpellings(rawValue: 1 << 6)
  /// `12032019`
  static let compactDaysFirst = TimeSpellings(rawValue: 1 << 7)
}

/// The cells of a column that are days or periods only where something else says so, counted; they are counted as what they
/// are otherwise, too.
struct DoubtfulTimes {
  private var counts = InlineArray<8, Int>(repeating: 0)
  /// The greatest number of a month written `201903`.
  private(set) var greatestCompactMonth = 0

  /// How many cells are written so.
  ///
  /// - Parameter spelling: one alone.
  subscript(spelling: TimeSpellings) -> Int { counts[spelling.rawValue.trailingZeroBitCount] }

  private mutating func add(_ count: Int, of spelling: TimeSpellings) {
    counts[spelling.rawValue.trailingZeroBitCount] += count
  }

  /// Counts a cell that may be a number.
  mutating func observeNumber(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ count: Int) {
    guard 5...8 ~= end - start else { return }
    if DoubtfulTime.compactDay(bytes, start, end) != nil {
      add(count, of: .compactDays)
    } else if DoubtfulTime.compactDayFirst(bytes, start, end) != nil {
      add(count, of: .compactDaysFirst)
    } else if let month = DoubtfulTime.compactMonth(bytes, start, end) {
      add(count, of: .compactMonths)
      greatestCompactMonth = max(greatestCompactMonth, month.start.month)
    } else if DoubtfulTime.dottedMonth(bytes, start, end) != nil {
      add(count, of: .dottedMonths)
    } else if DoubtfulTime.serialDay(bytes, start, end) != nil {
      add(count, of: .serialDays)
    }
  }

  /// Counts a cell that is neither a number nor a date.
  mutating func observeText(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ count: Int) {
    // Two digits are last, and no more.
    guard 4...20 ~= end - start, bytes[end - 1] &- 0x30 < 10, bytes[end - 2] &- 0x30 < 10, bytes[end - 3] &- 0x30 > 9
    else { return }
    if let shape = DateShape.scan(bytes, start, end, takesShortDotted: true) {
      if shape.date(.dayMonthYear) != nil { add(count, of: .shortDotted) }
    } else if DoubtfulTime.slashMonth(bytes, start, end) != nil {
      add(count, of: .slashMonths)
    } else if DoubtfulTime.shortPeriod(bytes, start, end, firstMonth: 1) != nil {
      add(count, of: .shortPeriods)
    }
  }

  /// Takes what was counted over other rows.
  mutating func merge(_ other: DoubtfulTimes) {
    for place in counts.indices { counts[place] += other.counts[place] }
    greatestCompactMonth = max(greatestCompactMonth, other.greatestCompactMonth)
  }
}

extension ColumnProfile {
  /// Whether all values are months whose numbers may be those of parts of a year: `1/2019` to `4/2019` of quarters.
  func mayBeParts(_ count: Int) -> Bool {
    let compact = timeSpellings.contains(.compactMonths) ? times[.compactMonths] : 0
    return periods.months + compact == valueCount
      && max(periods.greatestMonth, compact > 0 ? times.greatestCompactMonth : 0) <= count
  }

  /// Which spellings are of times: those under a name that says so, or beside others that are plain, where all values of the
  /// column are then times.
  ///
  /// - Parameter areStored: whether the numbers of the column are stored as numbers, which spreadsheets do with days only in
  ///   their own files.
  func timeSpellings(_ name: TimeName, areStored: Bool) -> TimeSpellings {
    let days = dates.yearFirst + max(dates.dayFirst, dates.monthFirst) + dates.named
    var found: TimeSpellings = []
    func take(_ spelling: TimeSpellings, beside others: Int, if isNamed: Bool) {
      if times[spelling] > 0, times[spelling] + others == valueCount, isNamed { found.insert(spelling) }
    }
    take(.compactDays, beside: days, if: name.contains(.days))
    take(.compactDaysFirst, beside: days, if: name.contains(.days))
    take(.serialDays, beside: days, if: name.contains(.days) && !areStored)
    take(.compactMonths, beside: periods.count, if: name.contains(.periods))
    take(.dottedMonths, beside: periods.count, if: name.contains(.periods) && !areStored)
    take(
      .shortPeriods, beside: periods.count + yearCount,
      if: !name.isEmpty || periods.count > 0)
    take(.slashMonths, beside: periods.count, if: periods.yearPairs < valueCount)
    take(.shortDotted, beside: days, if: name.contains(.days) || days > 0)
    return found
  }
}
