/// A day of the proleptic Gregorian calendar, as days since 1970-01-01.
package struct CalendarDate: Sendable, Hashable, Comparable {
  package var days: Int

  package init(days: Int) { self.days = days }

  /// The day, or nil where the month has no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), day >= 1, day <= Self.dayCount(year: year, month: month),
      (-9999...9999).contains(year)
    else { return nil }
    days = Self.daysFromCivil(year, month, day)
  }

  package static func < (lhs: CalendarDate, rhs: CalendarDate) -> Bool { lhs.days < rhs.days }

  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
  static func daysFromCivil(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Source: the same, civil_from_days.
  package var components: (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  package var year: Int { components.year }
  package var month: Int { components.month }
  package var day: Int { components.day }

  /// Monday is 1, Sunday 7 (ISO 8601).
  package var weekday: Int { ((days + 3) % 7 + 7) % 7 + 1 }

  /// The ISO 8601 week of the year, 1 to 53.
  package var week: Int {
    let thursday = CalendarDate(days: days - (weekday - 1) + 3)
    let firstOfYear = Self.daysFromCivil(thursday.year, 1, 1)
    return (thursday.days - firstOfYear) / 7 + 1
  }

  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  package static func dayCount(year: Int, month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The same day `months` later; a day that month does not have becomes its last.
  package func adding(months: Int) -> CalendarDate {
    let (year, month, day) = components
    let index = year * 12 + month - 1 + months
    let newYear = index >= 0 ? index / 12 : (index - 11) / 12
    let newMonth = index - newYear * 12 + 1
    let newDay = Swift.min(day, Self.dayCount(year: newYear, month: newMonth))
    return CalendarDate(days: Self.daysFromCivil(newYear, newMonth, newDay))
  }

  /// `2019-04-15`.
  package var description: String {
    let (year, month, day) = components
    return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
  }

  static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(abs(value))
    return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
