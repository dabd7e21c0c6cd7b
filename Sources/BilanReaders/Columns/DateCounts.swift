import BilanColumnar

/// The cells of a column that are dates, counted by which orders of their parts give a day.
struct DateCounts {
  private(set) var yearFirst = 0
  private(set) var dayFirst = 0
  private(set) var monthFirst = 0
  /// `03.04.2020`
  private(set) var dotted = 0
  /// With a year of two digits, and how many of them can be read year first.
  private(set) var shortYears = 0
  private(set) var shortYearsFirst = 0
  /// Three numbers with the marks of a date that none can be: `1-59-413`.
  private(set) var numberedCodes = 0
  /// Between which their first and last numbers lie.
  private(set) var shortYearBounds = ShortYearBounds()
  /// With the month's name and a year of two digits.
  private(set) var shortNamed = 0
  /// Of dates in numbers with a year of four digits.
  private(set) var earliestYear = Int.max
  private(set) var latestYear = Int.min
  private(set) var timesOfDay = 0
  /// Those that fall on the day of the week that stands before them with the day first alone, and with the month first.
  private(set) var dayFirstByWeekday = 0
  private(set) var monthFirstByWeekday = 0
  /// With the month's name, so that their order is plain.
  private(set) var named = 0

  /// Counts a date in numbers.
  mutating func observe(_ shape: DateShape, _ count: Int) {
    if shape.hasTwoDigitYear {
      shortYears += count
      if shape.date(.yearMonthDay) != nil { shortYearsFirst += count }
      shortYearBounds.include(shape)
    }
    if shape.hasTimeOfDay { timesOfDay += count }
    if !shape.hasTwoDigitYear {
      let year = shape.isYearFirst ? shape.first : shape.third
      earliestYear = min(earliestYear, year)
      latestYear = max(latestYear, year)
    }
    if shape.isYearFirst {
      if shape.date(.yearMonthDay) != nil { yearFirst += count }
    } else {
      if shape.date(.dayMonthYear) != nil { dayFirst += count }
      if shape.date(.monthDayYear) != nil { monthFirst += count }
      if shape.separator == UInt8(ascii: ".") { dotted += count }
    }
  }

  /// Takes the name of a day before a date in numbers as evidence for the order of its parts.
  mutating func observe(_ shape: DateShape, onDay weekday: Int?, _ count: Int) {
    observe(shape, count)
    guard !shape.isYearFirst, let weekday else { return }
    let isDayFirst = shape.date(.dayMonthYear)?.weekday == weekday
    let isMonthFirst = shape.date(.monthDayYear)?.weekday == weekday
    if isDayFirst, !isMonthFirst { dayFirstByWeekday += count }
    if isMonthFirst, !isDayFirst { monthFirstByWeekday += count }
  }

  /// Counts a text if it is a date with the month's name.
  ///
  /// - Returns: whether it is one.
  mutating func observeNamed(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ count: Int) -> Bool {
    guard NamedDate.date(bytes, start, end) != nil else { return false }
    named += count
    if NamedDate.hasTime(bytes, start, end) {
      timesOfDay += count
    } else if bytes[end - 3] &- 0x30 > 9 {
      shortNamed += count
    }
    return true
  }

  /// The order that the dates leave no doubt about: by days above 12, else by the days of the week; nil where they do.
  var order: DateOrder? {
    if dayFirst != monthFirst { return dayFirst > monthFirst ? .dayMonthYear : .monthDayYear }
    if dayFirstByWeekday != monthFirstByWeekday {
      return dayFirstByWeekday > monthFirstByWeekday ? .dayMonthYear : .monthDayYear
    }
    return nil
  }

  /// How many dates say that their parts are in this order.
  func sureOf(_ order: DateOrder) -> Int {
    guard self.order == order else { return 0 }
    return dayFirst == monthFirst ? abs(dayFirstByWeekday - monthFirstByWeekday) : abs(dayFirst - monthFirst)
  }

  /// Counts a text that is no date if it is numbered as one.
  mutating func observeCode(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ count: Int) {
    if DateShape.isNumbered(bytes, start, end) { numberedCodes += count }
  }

  /// Takes days that were counted as something else: those whose order is plain, and `12.3.19`.
  mutating func add(yearFirst days: Int, dayFirst daysFirst: Int, shortDotted: Int) {
    yearFirst += days
    dayFirst += daysFirst + shortDotted
    monthFirst += shortDotted
    dotted += shortDotted
    shortYears += shortDotted
  }

  /// Takes what was counted over other rows.
  mutating func merge(_ other: DateCounts) {
    yearFirst += other.yearFirst
    dayFirst += other.dayFirst
    monthFirst += other.monthFirst
    dotted += other.dotted
    shortYears += other.shortYears
    shortYearsFirst += other.shortYearsFirst
    numberedCodes += other.numberedCodes
    shortYearBounds.merge(other.shortYearBounds)
    shortNamed += other.shortNamed
    earliestYear = min(earliestYear, other.earliestYear)
    latestYear = max(latestYear, other.latestYear)
    timesOfDay += other.timesOfDay
    dayFirstByWeekday += other.dayFirstByWeekday
    monthFirstByWeekday += other.monthFirstByWeekday
    named += other.named
  }
}
