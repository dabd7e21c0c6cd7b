/// Calendar arithmetic. Dates are days since 1970, periods `Period.encoded`; what leaves the years -9999 to 9999 is
/// missing.
package enum DateKernels {
  /// The days of the calendar that Bilan knows.
  static let knownDays = -4_371_588...2_932_896
  /// More months than the calendar has.
  private static let monthLimit: Int64 = 300_000

  /// Adds days to dates; those that leave the calendar are missing.
  package static func addDays(_ dates: Input<Int64>, _ days: Input<Int64>, count: Int) -> PrimitiveColumn<Int64> {
    mapValidRows(dates, days, count: count) { _, date, days in
      let (sum, overflow) = date.addingReportingOverflow(days)
      return overflow ? nil : known(sum)
    }
  }

  /// Adds months to dates; a day that the month does not have becomes its last.
  package static func addMonths(_ dates: Input<Int64>, _ months: Input<Int64>, count: Int) -> PrimitiveColumn<Int64> {
    mapValidRows(dates, months, count: count) { _, date, months in
      guard (-monthLimit...monthLimit).contains(months) else { return nil }
      return known(Int64(CalendarDate(days: Int(date)).adding(months: Int(months)).days))
    }
  }

  /// The periods `steps` later.
  package static func advance(_ periods: Input<Int64>, by steps: Input<Int64>, count: Int) -> PrimitiveColumn<Int64> {
    mapValidRows(periods, steps, count: count) { _, encoded, steps in
      let period = Period(encoded: Int(encoded))
      guard (-4_000_000...4_000_000).contains(steps) else { return nil }
      let result = period.advanced(by: Int(steps))
      return known(Int64(result.start.days)) == nil ? nil : Int64(result.encoded)
    }
  }

  /// Whether the first is within the second: a day, or a period all of whose days are.
  package static func contained(
    _ values: Input<Int64>, in periods: Input<Int64>, valuesArePeriods: Bool, count: Int
  ) -> Bitmap {
    if case .constant(let encoded) = periods, !valuesArePeriods {
      let period = Period(encoded: Int(encoded))
      let first = Input<Int64>.constant(Int64(period.start.days))
      let last = Input<Int64>.constant(Int64(period.end.days))
      return ComparisonKernels.compare(values, .greaterOrEqual, first, count: count)
        .and(ComparisonKernels.compare(values, .lessOrEqual, last, count: count))
    }
    let inside: PrimitiveColumn<Int64> = mapValidRows(values, periods, count: count) { _, value, encoded in
      let period = Period(encoded: Int(encoded))
      let isInside =
        valuesArePeriods
        ? period.contains(Period(encoded: Int(value))) : period.contains(CalendarDate(days: Int(value)))
      return isInside ? 1 : nil
    }
    return inside.validity ?? Bitmap(repeating: true, count: count)
  }

  /// Compares days or periods with periods by their first and last days: before the start, after the end.
  package static func compare(
    _ lhs: Input<Int64>, lhsIsPeriod: Bool, _ comparison: Comparison, _ rhs: Input<Int64>, rhsIsPeriod: Bool,
    count: Int
  ) -> Bitmap {
    let usesLastDayOfLeft = comparison == .less || comparison == .lessOrEqual
    let left = lhsIsPeriod ? edges(lhs, last: usesLastDayOfLeft, count: count) : lhs
    // `<` and `>=` look at the other's start, `>` and `<=` at its end; between periods `<=` and `>=` compare like ends.
    let usesLastDayOfRight = comparison == .greater || comparison == .lessOrEqual
    let right = rhsIsPeriod ? edges(rhs, last: usesLastDayOfRight, count: count) : rhs
    return ComparisonKernels.compare(left, comparison, right, count: count)
  }

  /// The first or last days of periods.
  package static func edge(_ periods: Input<Int64>, last: Bool, count: Int) -> PrimitiveColumn<Int64> {
    mapValidRows(periods, count: count) { _, encoded in
      let period = Period(encoded: Int(encoded))
      return Int64(last ? period.end.days : period.start.days)
    }
  }

  private static func edges(_ periods: Input<Int64>, last: Bool, count: Int) -> Input<Int64> {
    switch periods {
    case .missing: return .missing
    case .constant(let encoded):
      let period = Period(encoded: Int(encoded))
      return .constant(Int64(last ? period.end.days : period.start.days))
    case .column: return .column(edge(periods, last: last, count: count))
    }
  }

  /// A function of a date or of a period, once per valid row; nil becomes missing.
  package static func apply(
    _ input: Input<Int64>, count: Int, _ function: (Int64) -> Int64?
  ) -> PrimitiveColumn<Int64> {
    mapValidRows(input, count: count) { _, value in function(value) }
  }

  /// Whole months from one date to another; negative where the second is earlier.
  package static func monthsBetween(
    _ lhs: Input<Int64>, _ rhs: Input<Int64>, count: Int
  ) -> PrimitiveColumn<Int64> {
    mapValidRows(lhs, rhs, count: count) { _, from, to in
      let (early, late) = from <= to ? (Int(from), Int(to)) : (Int(to), Int(from))
      let start = CalendarDate(days: early)
      let first = start.components
      let last = CalendarDate(days: late).components
      var months = (last.year - first.year) * 12 + last.month - first.month
      if start.adding(months: months).days > late { months -= 1 }
      return Int64(from <= to ? months : -months)
    }
  }

  private static func known(_ days: Int64) -> Int64? {
    knownDays.contains(Int(days)) ? days : nil
  }
}
