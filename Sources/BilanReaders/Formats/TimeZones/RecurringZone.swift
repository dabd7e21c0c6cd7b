import BilanColumnar

/// A time zone by a rule that is the same every year: `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// Source: POSIX.1-2024, 8.3, the variable `TZ`; RFC 9636, 3.3.1 for hours beyond a day.
struct RecurringZone: Sendable, Equatable {
  /// Seconds east of UTC.
  private let standard: Int64
  private var summer: Summer?

  private struct Summer: Equatable {
    var offset: Int64
    var start: Change
    var end: Change
  }

  /// A day of the year, and a time of the clock that is changed.
  private struct Change: Equatable {
    enum Day: Equatable {
      /// From 1, never counting 29 February.
      case julian(Int)
      /// From 0.
      case ofYear(Int)
      /// A weekday from Sunday, 0, in the first to fourth or last, fifth, week of a month.
      case weekday(Int, week: Int, month: Int)
    }

    var day: Day
    var seconds: Int64

    /// In seconds since 1970 as if the clock were UTC's.
    func time(in year: Int) -> Int64 {
      func days(_ month: Int, _ day: Int) -> Int { CalendarDate(year: year, month: month, day: day)?.days ?? 0 }
      let first = days(1, 1)
      let isLeap = days(12, 31) - first == 365
      let date: Int
      switch day {
      case .julian(let number): date = first + number - 1 + (isLeap && number >= 60 ? 1 : 0)
      case .ofYear(let number): date = first + number
      case .weekday(let weekday, let week, let month):
        let start = days(month, 1)
        let distance = (weekday - CalendarDate(days: start).weekday % 7 + 7) % 7
        let next = month == 12 ? days(12, 31) + 1 : days(month + 1, 1)
        let wanted = start + distance + (week - 1) * 7
        date = wanted < next ? wanted : wanted - 7
      }
      return Int64(date) * 86_400 + seconds
    }
  }

  /// Nil for what is no rule.
  init?(_ text: [UInt8]) {
    var scanner = Scanner(text: text)
    guard scanner.name(), let west = scanner.time(mostHours: 24) else { return nil }
    standard = -west
    if scanner.isAtEnd { return }
    guard scanner.name() else { return nil }
    var offset = standard + 3600
    if !scanner.take(UInt8(ascii: ",")) {
      guard let west = scanner.time(mostHours: 24), scanner.take(UInt8(ascii: ",")) else { return nil }
      offset = -west
    }
    guard let start = scanner.change(), scanner.take(UInt8(ascii: ",")), let end = scanner.change(), scanner.isAtEnd
    else { return nil }
    summer = Summer(offset: offset, start: start, end: end)
  }

  /// Seconds east of UTC at an instant, and a stretch of instants around it that have the same.
  func offset(at second: Int64) -> (seconds: Int64, stretch: Range<Int64>) {
    guard let summer else { return (standard, .min..<(.max)) }
    let day = ColumnLosses.day(of: second + standard, unitsPerDay: 86_400)
    let year = CalendarDate(days: Int(day)).year
    // Days beyond these are no dates.
    guard (-9998...9998).contains(year) else { return (standard, second..<second + 1) }
    let start = summer.start.time(in: year) - standard
    let end = summer.end.time(in: year) - summer.offset
    // In the south summer goes over the new year.
    let isSummer = start < end ? start <= second && second < end : !(end <= second && second < start)
    let new = [year, year + 1].map { Int64(CalendarDate(year: $0, month: 1, day: 1)!.days) * 86_400 - standard }
    let cuts = [start, end] + new
    return (
      isSummer ? summer.offset : standard,
      (cuts.filter { $0 <= second }.max() ?? second)..<(cuts.filter { $0 > second }.min() ?? second + 1)
    )
  }

  private struct Scanner {
    let text: [UInt8]
    var index = 0

    init(text: [UInt8]) { self.text = text }

    var isAtEnd: Bool { index == text.count }

    mutating func take(_ byte: UInt8) -> Bool {
      guard index < text.count, text[index] == byte else { return false }
      index += 1
      return true
    }

    /// `CET`, `<+01>`.
    mutating func name() -> Bool {
      let start = index
      if take(UInt8(ascii: "<")) {
        while index < text.count, text[index] != UInt8(ascii: ">") { index += 1 }
        return take(UInt8(ascii: ">"))
      }
      while index < text.count, (0x61...0x7A).contains(text[index] | 0x20) { index += 1 }
      return index > start
    }

    mutating func number(upTo most: Int) -> Int? {
      let start = index
      var value = 0
      while index < text.count, index - start < 4, text[index] &- 0x30 < 10 {
        value = value * 10 + Int(text[index] &- 0x30)
        index += 1
      }
      return index > start && value <= most ? value : nil
    }

    /// `2`, `-1`, `2:30`, `02:30:15`, in seconds.
    mutating func time(mostHours: Int) -> Int64? {
      let isNegative = take(UInt8(ascii: "-"))
      if !isNegative { _ = take(UInt8(ascii: "+")) }
      guard let hours = number(upTo: mostHours) else { return nil }
      var seconds = hours * 3600
      for unit in [60, 1] where take(UInt8(ascii: ":")) {
        guard let part = number(upTo: 59) else { return nil }
        seconds += part * unit
      }
      return Int64(isNegative ? -seconds : seconds)
    }

    /// `M3.5.0/2`, `J60`, `59`; at two o'clock where no time is given.
    mutating func change() -> Change? {
      let day: Change.Day
      if take(UInt8(ascii: "M")) {
        guard let month = number(upTo: 12), month > 0, take(UInt8(ascii: ".")), let week = number(upTo: 5), week > 0,
          take(UInt8(ascii: ".")), let weekday = number(upTo: 6)
        else { return nil }
        day = .weekday(weekday, week: week, month: month)
      } else if take(UInt8(ascii: "J")) {
        guard let number = number(upTo: 365), number > 0 else { return nil }
        day = .julian(number)
      } else {
        guard let number = number(upTo: 365) else { return nil }
        day = .ofYear(number)
      }
      guard take(UInt8(ascii: "/")) else { return Change(day: day, seconds: 7200) }
      guard let seconds = time(mostHours: 167) else { return nil }
      return Change(day: day, seconds: seconds)
    }
  }
}
