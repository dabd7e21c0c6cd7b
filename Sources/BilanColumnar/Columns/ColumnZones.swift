import Synchronization

/// The least and the greatest value of each stretch of a column's rows, a *zone*, found when a filter first asks for it
/// and kept with the column.
///
/// Filters on data in order (periods, years, numbers of records) then look at few zones. Where the first zones that are
/// asked for show that the column is in no order, it is not looked at again: a filter would pay for nothing.
package final class ColumnZones: Sendable {
  /// Rows a zone: those that go through a filter at once.
  package static let usualRows = 1 << 14
  /// Zones after which a column must have shown some order.
  private static let trialCount = 4

  private enum Values: Sendable {
    case integers(IntegerColumn)
    case reals(RealColumn)
  }

  private struct State: Sendable {
    var zones: [Int: ValueBounds] = [:]
    var isUnordered = false
  }

  private let values: Values
  private let count: Int
  private let zoneRows: Int
  private let state = Mutex(State())

  fileprivate init(_ column: IntegerColumn, zoneRows: Int) {
    values = .integers(column)
    count = column.count
    self.zoneRows = zoneRows
  }

  fileprivate init(_ column: RealColumn, zoneRows: Int) {
    values = .reals(column)
    count = column.count
    self.zoneRows = zoneRows
  }

  /// What is known of the rows.
  ///
  /// - Complexity: O(1) where it was asked before; a pass over zones of which nothing is known yet.
  package func bounds(_ rows: Range<Int>) -> ValueBounds {
    guard !rows.isEmpty, rows.upperBound <= count else { return .unknown }
    var result: ValueBounds?
    for zone in rows.lowerBound / zoneRows...(rows.upperBound - 1) / zoneRows {
      guard let bounds = bounds(ofZone: zone) else { return .unknown }
      result = result?.union(bounds) ?? bounds
    }
    return result ?? .unknown
  }

  /// Nil where the column is in no order.
  private func bounds(ofZone zone: Int) -> ValueBounds? {
    let (known, isUnordered) = state.withLock { ($0.zones[zone], $0.isUnordered) }
    if isUnordered { return nil }
    if let known { return known }
    // Found without the lock: at worst two workers find the same.
    let bounds = find(zone * zoneRows..<min((zone + 1) * zoneRows, count))
    state.withLock { state in
      state.zones[zone] = bounds
      if state.zones.count == Self.trialCount, Self.isUnordered(state.zones.values) {
        state.isUnordered = true
        state.zones = [:]
      }
    }
    return bounds
  }

  /// Whether every zone spans most of what all of them span.
  private static func isUnordered(_ zones: some Sequence<ValueBounds>) -> Bool {
    func width(_ bounds: ValueBounds) -> Double? {
      switch bounds.values {
      case .integers(let range): Double(range.upperBound) - Double(range.lowerBound)
      case .reals(let range): range.upperBound - range.lowerBound
      case .none, .unknown, .texts: nil
      }
    }
    var all: ValueBounds?
    for zone in zones { all = all?.union(zone) ?? zone }
    guard let all, let whole = width(all), whole > 0 else { return false }
    return zones.allSatisfy { zone in width(zone).map { $0 > whole * 0.75 } ?? false }
  }

  private func find(_ rows: Range<Int>) -> ValueBounds {
    switch values {
    case .integers(let column): Column.integer(column.slice(rows)).valueBounds
    case .reals(let column): Column.real(column.slice(rows)).valueBounds
    }
  }
}

/// The zones of the column that a column is a stretch of.
package struct ZoneSlice: Sendable {
  let zones: ColumnZones
  /// The row of the whole column that is the first here.
  let start: Int

  func dropping(_ count: Int) -> ZoneSlice { ZoneSlice(zones: zones, start: start + count) }
}

extension ColumnKind {
  /// Whether such columns have zones.
  package var hasZones: Bool { self == .integer || self == .real }
}

extension Column {
  /// The same column with zones, where it holds numbers or days and has rows for more than one.
  ///
  /// - Parameter zoneRows: smaller in tests.
  package func withZones(zoneRows: Int = ColumnZones.usualRows) -> Column {
    guard count > zoneRows else { return self }
    switch self {
    case .integer(var column):
      column.zones = ZoneSlice(zones: ColumnZones(column, zoneRows: zoneRows), start: 0)
      return .integer(column)
    case .real(var column):
      column.zones = ZoneSlice(zones: ColumnZones(column, zoneRows: zoneRows), start: 0)
      return .real(column)
    case .text, .boolean, .ratio: return self
    }
  }

  /// What is known of its values without looking at them, or with one look that later filters profit from.
  package var knownBounds: ValueBounds {
    let slice: ZoneSlice? =
      switch self {
      case .integer(let column): column.zones
      case .real(let column): column.zones
      case .text, .boolean, .ratio: nil
      }
    guard let slice else { return .unknown }
    return slice.zones.bounds(slice.start..<slice.start + count)
  }
}
