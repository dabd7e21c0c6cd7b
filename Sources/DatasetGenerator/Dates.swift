/// A day, counted from 1970-01-01, with the little calendar arithmetic that the generator needs.
///
/// It stands apart from Bilan's own calendar on purpose: the data a program is tested with should not come from it.
struct Day: Comparable {
  var number: Int

  init(number: Int) { self.number = number }

  /// Days from a civil date (H. Hinnant, *chrono-Compatible Low-Level Date Algorithms*).
  init(_ year: Int, _ month: Int, _ day: Int) {
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  var parts: (year: Int, month: Int, day: Int) {
    let z = number + 719_468
    let era = z / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  var year: Int { parts.year }

  /// `2021-03-09`
  var iso: String {
    let (year, month, day) = parts
    return "\(year)-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }

  /// `09/03/2021`
  var french: String {
    let (year, month, day) = parts
    return "\(padded(day, to: 2))/\(padded(month, to: 2))/\(year)"
  }

  /// 0 for Monday … 6 for Sunday.
  var weekday: Int { (number + 3) % 7 }

  /// The day itself, or the Monday after it: nothing official happens on a week-end.
  var orNextWorkday: Day {
    weekday < 5 ? self : self + (7 - weekday)
  }

  static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }
  static func - (later: Day, earlier: Day) -> Int { later.number - earlier.number }
  static func < (a: Day, b: Day) -> Bool { a.number < b.number }
}

/// A quarter of a year; `2017-Q1` has the index 0.
struct Quarter: Comparable {
  let index: Int

  init(index: Int) { self.index = index }

  init(_ year: Int, _ quarter: Int) {
    index = (year - 2017) * 4 + quarter - 1
  }

  var year: Int { 2017 + index / 4 }
  var number: Int { index % 4 + 1 }
  var label: String { "\(year)-Q\(number)" }
  var start: Day { Day(year, number * 3 - 2, 1) }
  var end: Day { Quarter(index: index + 1).start + -1 }

  static func < (a: Quarter, b: Quarter) -> Bool { a.index < b.index }
}
