import BilanColumnar
import BilanStatistics

/// `median` and `quantile`: keeps every value, and selects when all are there.
///
/// Decimals that are kept as whole numbers stay such: half the bytes to move, in the same order.
final class QuantileAccumulator: Accumulator {
  /// Values as they came, with the slot of each.
  private struct Part<Value: Sendable>: Sendable {
    var values: [Value] = []
    var slots: [UInt32] = []
  }

  private let share: Double?
  private var reals: [Part<Double>] = []
  private var wholes: [Part<Int32>] = []
  /// What the whole numbers are divided by; all by the same.
  private var scale = 1.0
  private var slotCount = 0
  private(set) var skippedCount = 0

  /// - Parameter share: 0 to 1; nil gives missing.
  init(_ share: Double?) { self.share = share.flatMap { (0...1).contains($0) ? $0 : nil } }

  func grow(to count: Int) { slotCount = max(slotCount, count) }

  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    let column = arguments[0].realColumn(count: rowCount)
    if let own = column.wholes, let values = own.inThirtyTwoBits, wholes.isEmpty || scale == column.scale {
      scale = column.scale
      if wholes.isEmpty { wholes.append(Part()) }
      append(values, column.validity, groups, rowCount, to: &wholes[wholes.count - 1], blank: 0)
    } else {
      if reals.isEmpty { reals.append(Part()) }
      append(column.doubles, column.validity, groups, rowCount, to: &reals[reals.count - 1], blank: 0)
    }
  }

  @inline(__always)
  private func append<Value>(
    _ column: Buffer<Value>, _ validity: Bitmap?, _ groups: Buffer<UInt32>, _ rowCount: Int,
    to part: inout Part<Value>, blank: Value
  ) {
    let (rows, groups) = (column.span, groups.span)
    var allValues = take(&part.values)
    var allSlots = take(&part.slots)
    let start = allValues.count
    allValues.append(contentsOf: repeatElement(blank, count: rowCount))
    allSlots.append(contentsOf: repeatElement(0, count: rowCount))
    var next = start
    do {
      var values = allValues.mutableSpan
      var slots = allSlots.mutableSpan
      skippedCount += forEachValidRow(validity, count: rowCount) { row in
        values[next] = rows[row]
        slots[next] = groups[row]
        next &+= 1
      }
    }
    allValues.removeLast(start + rowCount - next)
    allSlots.removeLast(start + rowCount - next)
    part = Part(values: allValues, slots: allSlots)
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? QuantileAccumulator else { preconditionFailure("accumulators of two kinds") }
    for part in other.reals { reals.append(Self.moved(part, groups)) }
    if wholes.isEmpty || scale == other.scale {
      if !other.wholes.isEmpty { scale = other.scale }
      for part in other.wholes { wholes.append(Self.moved(part, groups)) }
    } else {
      for part in other.wholes { reals.append(Self.doubles(Self.moved(part, groups), other.scale)) }
    }
    skippedCount += other.skippedCount
  }

  private static func moved<Value>(_ part: Part<Value>, _ groups: [UInt32]) -> Part<Value> {
    Part(values: part.values, slots: part.slots.map { groups[Int($0)] })
  }

  private static func doubles(_ part: Part<Int32>, _ scale: Double) -> Part<Double> {
    Part(values: part.values.map { Double($0) / scale }, slots: part.slots)
  }

  /// Each worker has its range of slots: it takes their values together, group by group, and selects in each.
  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    let (share, scale) = (share, scale)
    guard reals.isEmpty else {
      let parts = reals + wholes.map { Self.doubles($0, scale) }
      return quantiles(parts, workers) {
        Self.quantiles(parts, $0, blank: 0) { values, range in share.flatMap { Quantile.type7(&values, in: range, $0) }
        }
      }
    }
    let parts = wholes
    return quantiles(parts, workers) {
      Self.quantiles(parts, $0, blank: 0) { values, range in
        share.flatMap { Quantile.type7(&values, in: range, $0, scale: scale) }
      }
    }
  }

  private func quantiles<Value>(
    _ parts: [Part<Value>], _ workers: Workers, _ find: @Sendable (Range<Int>) -> [Double?]
  ) -> Column {
    let valueCount = parts.reduce(0) { $0 + $1.values.count }
    let shares = valueCount < 1 << 14 ? [0..<slotCount] : workers.ranges(of: slotCount, least: 1)
    let quantiles = workers.run(shares.count) { number in find(shares[number]) }.flatMap(\.self)
    return .reals(count: slotCount) { quantiles[$0] }
  }

  @inline(__always)
  private static func quantiles<Value>(
    _ parts: [Part<Value>], _ range: Range<Int>, blank: Value, _ select: (inout [Value], Range<Int>) -> Double?
  ) -> [Double?] {
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
    var sorted = [Value](repeating: blank, count: starts[range.count])
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
    return (0..<range.count).map { slot in select(&sorted, starts[slot]..<starts[slot + 1]) }
  }
}
