import BilanColumnar
import BilanStatistics

/// `median` and `quantile`: keeps every value, and selects when all are there.
///
/// Decimals that are kept as whole numbers stay such: half the bytes to move, in the same order.
final class QuantileAccumulator: Accumulator {
  private let share: Double?
  private var reals: [GroupedValues<Double>.Part] = []
  private var wholes: [GroupedValues<Int32>.Part] = []
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
      if wholes.isEmpty { wholes.append(GroupedValues.Part()) }
      append(values, column.validity, groups, rowCount, to: &wholes[wholes.count - 1], blank: 0)
    } else {
      if reals.isEmpty { reals.append(GroupedValues.Part()) }
      append(column.doubles, column.validity, groups, rowCount, to: &reals[reals.count - 1], blank: 0)
    }
  }

  @inline(__always)
  private func append<Value>(
    _ column: Buffer<Value>, _ validity: Bitmap?, _ groups: Buffer<UInt32>, _ rowCount: Int,
    to part: inout GroupedValues<Value>.Part, blank: Value
  ) {
    let (rows, groups) = (column.span, groups.span)
    var allValues = take(&part.values)
    var allSlots = take(&part.groups)
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
    part = GroupedValues.Part(values: allValues, groups: allSlots)
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

  private static func moved<Value>(_ part: GroupedValues<Value>.Part, _ groups: [UInt32]) -> GroupedValues<Value>.Part {
    GroupedValues.Part(values: part.values, groups: part.groups.map { groups[Int($0)] })
  }

  private static func doubles(_ part: GroupedValues<Int32>.Part, _ scale: Double) -> GroupedValues<Double>.Part {
    GroupedValues.Part(values: part.values.map { Double($0) / scale }, groups: part.groups)
  }

  /// Values are taken together group by group; each worker then selects in some of the groups.
  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    let (share, scale) = (share, scale)
    guard let share else { return .reals(count: slotCount) { _ in nil } }
    guard reals.isEmpty else {
      let grouped = GroupedValues(
        reals + wholes.map { Self.doubles($0, scale) }, groupCount: slotCount, workers: workers)
      return quantiles(workers) { range in
        let values = grouped.values.span
        return range.map { slot in
          var own = (grouped.starts[slot]..<grouped.starts[slot + 1]).map { values[$0] }
          return Quantile.type7(&own, share)
        }
      }
    }
    let grouped = GroupedValues(wholes, groupCount: slotCount, workers: workers)
    return quantiles(workers) { range in
      let values = grouped.values.span
      var selection = WholeSelection()
      return range.map { slot in
        Quantile.type7(
          values.extracting(grouped.starts[slot]..<grouped.starts[slot + 1]), share, scale: scale, &selection)
      }
    }
  }

  private func quantiles(_ workers: Workers, _ find: @Sendable (Range<Int>) -> [Double?]) -> Column {
    // Groups may be of very different sizes.
    let size = max(1, slotCount / (workers.count * 8))
    let ranges = stride(from: 0, to: slotCount, by: size).map { $0..<min($0 + size, slotCount) }
    let quantiles = workers.run(ranges.count) { number in find(ranges[number]) }.flatMap(\.self)
    return .reals(count: slotCount) { quantiles[$0] }
  }
}
