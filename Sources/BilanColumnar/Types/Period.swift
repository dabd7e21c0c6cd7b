/// An interval of the calendar: a day, month, quarter, semester, year or fiscal year.
///
/// Stored in one integer, `start day * 16 + kind`, so that periods sort by their start and, from the same start, the
/// longer one first; equal integers are equal periods.
package struct Period: Sendable, Hashable, Comparable {
  package enum Kind: Int, Sendable, CaseIterable {
    case year = 0
    /// Twelve months from the project's first month; `FY2019` begins in 2019.
    case fiscalYear = 1
    case semester = 2
    case quarter = 3
    case month = 4
    case day = 5

    /// The length in months; 0 for a day.
    package var monthCount: Int {
      switch self {
      case .year, .fiscalYear: 12
      case .semester: 6
      case .quarter: 3
      case .month: 1
      case .day: 0
      }
    }
  }

  package var encoded: Int

  package init(encoded: Int) { self.encoded = encoded }

  package init(kind: Kind, start: CalendarDate) {
    encoded = start.days << 4 | kind.rawValue
  }

  package static func year(_ year: Int) -> Period {
    Period(kind: .year, start: CalendarDate(days: CalendarDate.daysFromCivil(year, 1, 1)))
  }

  /// `number` is 1 or 2.
  package static func semester(_ year: Int, _ number: Int) -> Period {
    Period(kind: .semester, start: CalendarDate(days: CalendarDate.daysFromCivil(year, number * 6 - 5, 1)))
  }

  /// `number` is 1 to 4.
  package static func quarter(_ year: Int, _ number: Int) -> Period {
    Period(kind: .quarter, start: CalendarDate(days: CalendarDate.daysFromCivil(year, number * 3 - 2, 1)))
  }

  package static func month(_ year: Int, _ month: Int) -> Period {
    Period(kind: .month, start: CalendarDate(days: CalendarDate.daysFromCivil(year, month, 1)))
  }

  package static func day(_ date: CalendarDate) -> Period { Period(kind: .day, start: date) }

  package static func fiscalYear(_ year: Int, firstMonth: Int) -> Period {
    Period(kind: .fiscalYear, start: CalendarDate(days: CalendarDate.daysFromCivil(year, firstMonth, 1)))
  }

  package var kind: Kind { Kind(rawValue: encoded & 15) ?? .day }
  package var start: CalendarDate { CalendarDate(days: encoded >> 4) }
  /// The last day, included.
  package var end: CalendarDate {
    kind == .day ? start : CalendarDate(days: start.adding(months: kind.monthCount).days - 1)
  }

  /// The period of the same kind `count` later (earlier where negative).
  package func advanced(by count: Int) -> Period {
    kind == .day
      ? .day(CalendarDate(days: start.days + count))
      : Period(kind: kind, start: start.adding(months: count * kind.monthCount))
  }

  package func contains(_ date: CalendarDate) -> Bool { start <= date && date <= end }
  /// True where every day of `other` is one of this period's.
  package func contains(_ other: Period) -> Bool { start <= other.start && other.end <= end }

  /// The period of `kind` that holds `date`; a fiscal year begins in `firstMonth`.
  package init(_ kind: Kind, containing date: CalendarDate, firstMonth: Int = 1) {
    let (year, month, _) = date.components
    switch kind {
    case .year: self = .year(year)
    case .fiscalYear: self = .fiscalYear(month >= firstMonth ? year : year - 1, firstMonth: firstMonth)
    case .semester: self = .semester(year, (month + 5) / 6)
    case .quarter: self = .quarter(year, (month + 2) / 3)
    case .month: self = .month(year, month)
    case .day: self = .day(date)
    }
  }

  package static func < (lhs: Period, rhs: Period) -> Bool { lhs.encoded < rhs.encoded }

  /// As it is written in a query: `2019`, `FY2019`, `2019-S1`, `2019-Q3`, `2019-04`, `2019-04-15`.
  package var description: String {
    let (year, month, _) = start.components
    let yearText = CalendarDate.padded(year, 4)
    switch kind {
    case .year: return yearText
    case .fiscalYear: return "FY" + yearText
    case .semester: return "\(yearText)-S\((month + 5) / 6)"
    case .quarter: return "\(yearText)-Q\((month + 2) / 3)"
    case .month: return "\(yearText)-\(CalendarDate.padded(month, 2))"
    case .day: return start.description
    }
  }
}
