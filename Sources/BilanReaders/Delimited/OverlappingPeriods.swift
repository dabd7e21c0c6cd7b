import BilanColumnar

/// Finds the rows of periods that hold those of other rows of the same things, each of which has a period once: a year beside
/// its quarters.
///
///     Région;Période;Emplois
///     Fès;2019;130              its quarters are rows of their own
///     Fès;T1 2019;30
///     Fès;T2 2019;25
enum OverlappingPeriods {
  /// Rows that are looked at: tables of more are made by programs.
  static let mostRows = 20_000

  /// Whether a column holds periods of several lengths.
  static func areMixed(_ periods: Column) -> Bool {
    guard case .integer(let encoded) = periods else { return false }
    var first: Period.Kind?
    for row in 0..<periods.count where periods.isValid(row) {
      let kind = Period(encoded: Int(encoded[row])).kind
      if let first, kind != first { return true }
      first = kind
    }
    return false
  }

  /// The rows whose period holds that of another row with the same key, and one of those.
  ///
  /// - Parameter key: what a row is of.
  static func find(_ periods: Column, key: (Int) -> [String]) -> (rows: [Int], part: Int)? {
    guard case .integer(let encoded) = periods else { return nil }
    var rowsByKey: [[String]: [(period: Period, row: Int)]] = [:]
    for row in 0..<periods.count where periods.isValid(row) {
      rowsByKey[key(row), default: []].append((Period(encoded: Int(encoded[row])), row))
    }
    var wholes: [(whole: Int, part: Int)] = []
    for rows in rowsByKey.values {
      // From the same start the longer one comes first; what holds the one at hand is still open.
      var open: [(period: Period, row: Int, isNoted: Bool)] = []
      var last: Period?
      for (period, row) in rows.sorted(by: { $0.period < $1.period }) {
        // Where one thing has a period twice, rows are something else than its values.
        if period == last { return nil }
        last = period
        open.removeAll { $0.period.end < period.start }
        // Days are those of events.
        if period.kind == .day { continue }
        for place in open.indices where !open[place].isNoted && open[place].period.contains(period) {
          wholes.append((open[place].row, row))
          open[place].isNoted = true
        }
        open.append((period, row, false))
      }
    }
    guard let first = wholes.min(by: { $0.whole < $1.whole }) else { return nil }
    return (wholes.map(\.whole).sorted(), first.part)
  }
}
