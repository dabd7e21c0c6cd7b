import BilanColumnar
import BilanStatistics

/// `median` and `quantile`: keeps every value, and selects when all are there.
final class QuantileAccumulator: Accumulator {
  /// Values as they came, with the slot of each.
  private struct Part: Sendable {
    var values: [Double] = []
    var slots: [UInt32] = []
  }

  private let share: Double?
  private var parts = [Part()]
  private var slotCount = 0
  private(set) var skippedCount = 0

  /// - Parameter share: 0 to 1; nil gives missing.
  init(_ share: Double?) { self.share = share.flatMap { (0...1).contains($0) ? $0 : nil } }

  func grow(to count: Int) { slotCount = max(slotCount, count) }

  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    let column = arguments[0].realColumn(count: rowCount)
    let doubles = column.doubles
    let (rows, groups) = (doubles.span, groups.span)
    var allValues = take(&parts[parts.count - 1].values)
    var allSlots = take(&parts[parts.count - 1].slots)
    let start = allValues.count
    allValues.append(contentsOf: repeatElement(0, count: rowCount))
    allSlots.append(contentsOf: repeatElement(0, count: rowCount))
    var next = start
    do {
      var values = allValues.mutableSpan
      var slots = allSlots.mutableSpan
      skippedCount += forEachValidRow(column.validity, count: rowCount) { row in
        values[next] = rows[row]
        slots[next] = groups[row]
        next &+= 1
      }
    }
    allValues.removeLast(start + rowCount - next)
    allSlots.removeLast(start + rowCount - next)
    parts[parts.count - 1] = Part(values: allValues, slots: allSlots)
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? QuantileAccumulator else { preconditionFailure("accumulators of two kinds") }
    for part in other.parts where !part.values.isEmpty {
      parts.append(Part(values: part.values, slots: part.slots.map { groups[Int($0)] }))
    }
    skippedCount += other.skippedCount
  }

  /// Each worker has its range of slots: it takes their values together, group by group, and selects in each.
  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    let valueCount = parts.reduce(0) { $0 + $1.values.count }
    let shares = valueCount < 1 << 14 ? [0..<slotCount] : workers.ranges(of: slotCount, least: 1)
    let (parts, share) = (parts, share)
    let found = workers.run(shares.count) { number in Self.quantiles(parts, share, shares[number]) }
    let quantiles = found.flatMap(\.self)
    return .reals(count: slotCount) { quantiles[$0] }
  }

  private static func quantiles(_ parts: [Part], _ share: Double?, _ range: Range<Int>) -> [Double?] {
    let low = UInt32(range.lowerBound)
    let width = UInt32(range.count)
    // Counting sort by group: `starts[g]` is where the values of group g begin.
    var starts = [Int](repeating: 0, count: range.count + 1)
    for part in parts {
      var counts = starts.mutableSpan
      let slots = part.slots.span
      for index in slots.indices {
        let slot = slots[index] &- low
        if slot < width { counts[Int(slot) &+ 1] &+= 1 }
      }
    }
    for slot in range.indices.map({ $0 - range.lowerBound }) { starts[slot + 1] += starts[slot] }
    var sorted = [Double](repeating: 0, count: starts[range.count])
    var next = starts
    for part in parts {
      var places = next.mutableSpan
      var target = sorted.mutableSpan
      let (slots, values) = (part.slots.span, part.values.span)
      for index in slots.indices {
        let slot = slots[index] &- low
        if slot < width {
          target[places[Int(slot)]] = values[index]
          places[Int(slot)] &+= 1
        }
      }
    }
    return (0..<range.count).map { slot in
      share.flatMap { Quantile.type7(&sorted, in: starts[slot]..<starts[slot + 1], $0) }
    }
  }
}
