/// The calendar, counted on the fingers: from 1970 year by year and month by month.
enum ReferenceCalendar {
  static func isLeap(_ year: Int) -> Bool { year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) }

  static func dayCount(_ year: Int, _ month: Int) -> Int {
    if month == 2 { return isLeap(year) ? 29 : 28 }
    return [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  static func dayCount(_ year: Int) -> Int { isLeap(year) ? 366 : 365 }

  static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
    var days = day - 1
    var at = 1970
    while at < year {
      days += dayCount(at)
      at += 1
    }
    while at > year {
      at -= 1
      days -= dayCount(at)
    }
    for earlier in 1..<13 where earlier < month { days += dayCount(year, earlier) }
    return days
  }

  static func parts(_ days: Int) -> (year: Int, month: Int, day: Int) {
    var rest = days
    var year = 1970
    while rest < 0 {
      year -= 1
      rest += dayCount(year)
    }
    while rest >= dayCount(year) {
      rest -= dayCount(year)
      year += 1
    }
    var month = 1
    while rest >= dayCount(year, month) {
      rest -= dayCount(year, month)
      month += 1
    }
    return (year, month, rest + 1)
  }

  /// The 31st becomes the month's last day.
  static func adding(months: Int, to days: Int) -> Int {
    var (year, month, day) = parts(days)
    for _ in 0..<abs(months) {
      month += months > 0 ? 1 : -1
      if month == 13 { (year, month) = (year + 1, 1) }
      if month == 0 { (year, month) = (year - 1, 12) }
    }
    day = min(day, dayCount(year, month))
    return self.day(year, month, day)
  }

  static func text(ofDay days: Int) -> String {
    let (year, month, day) = parts(days)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    var text = String(number)
    while text.count < width { text = "0" + text }
    return text
  }
}

/// An interval of days with a name.
package struct ReferencePeriod: Sendable, Hashable {
  /// The longer first: of two periods from one day the longer sorts first.
  package enum Kind: Int, Sendable, Hashable, CaseIterable {
    case year, fiscalYear, semester, quarter, month, day

    var monthCount: Int { [12, 12, 6, 3, 1, 0][rawValue] }
  }

  package var kind: Kind
  package var first: Int
  package var last: Int

  /// The period of `kind` that begins on a day.
  package init(_ kind: Kind, from first: Int) {
    self.kind = kind
    self.first = first
    last = kind == .day ? first : ReferenceCalendar.adding(months: kind.monthCount, to: first) - 1
  }

  package init(_ kind: Kind, year: Int, month: Int) {
    self.init(kind, from: ReferenceCalendar.day(year, month, 1))
  }

  func advanced(by count: Int) -> ReferencePeriod {
    kind == .day
      ? ReferencePeriod(.day, from: first + count)
      : ReferencePeriod(kind, from: ReferenceCalendar.adding(months: kind.monthCount * count, to: first))
  }

  func precedes(_ other: ReferencePeriod) -> Bool {
    first != other.first ? first < other.first : kind.rawValue < other.kind.rawValue
  }

  package var text: String {
    let (year, month, _) = ReferenceCalendar.parts(first)
    let yearText = ReferenceCalendar.padded(year, 4)
    switch kind {
    case .year: return yearText
    case .fiscalYear: return "FY" + yearText
    case .semester: return yearText + (month == 1 ? "-S1" : "-S2")
    case .quarter: return yearText + "-Q\((month - 1) / 3 + 1)"
    case .month: return yearText + "-" + ReferenceCalendar.padded(month, 2)
    case .day: return ReferenceCalendar.text(ofDay: first)
    }
  }
}

extension Cell {
  /// A day from `2019-04-15`.
  package init(date text: String) {
    let numbers = text.split(separator: "-").compactMap { Int($0) }
    self = .date(ReferenceCalendar.day(numbers[0], numbers[1], numbers[2]))
  }

  /// A period from its canonical text.
  package init(period text: String) {
    let isFiscal = text.hasPrefix("FY")
    let parts = text.drop { $0 == "F" || $0 == "Y" }.split(separator: "-")
    let year = Int(parts[0]) ?? 0
    let part = parts.count > 1 ? Int(parts[1].drop { $0 == "S" || $0 == "Q" }) ?? 0 : 1
    if parts.count == 3 {
      self = .period(ReferencePeriod(.day, from: ReferenceCalendar.day(year, part, Int(parts[2]) ?? 1)))
    } else if parts.count == 1 {
      self = .period(ReferencePeriod(isFiscal ? .fiscalYear : .year, year: year, month: 1))
    } else {
      switch parts[1].first {
      case "S": self = .period(ReferencePeriod(.semester, year: year, month: part * 6 - 5))
      case "Q": self = .period(ReferencePeriod(.quarter, year: year, month: part * 3 - 2))
      default: self = .period(ReferencePeriod(.month, year: year, month: part))
      }
    }
  }
}
