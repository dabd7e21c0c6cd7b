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
    var (column, groups) = (arguments[0].realColumn(count: rowCount), groups)
    if let validity = column.validity {
      let rows = validity.selection
      skippedCount += rowCount - rows.count
      (column, groups) = (column.gather(rows), groups.gather(rows))
    }
    if let own = column.wholes, let values = own.inThirtyTwoBits, wholes.isEmpty || scale == column.scale {
      scale = column.scale
      wholes.append(GroupedValues.Part(values: values, groups: groups))
    } else {
      reals.append(GroupedValues.Part(values: column.doubles, groups: groups))
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? QuantileAccumulator else { preconditionFailure("accumulators of two kinds") }
    // Groups that are slots have the same numbers everywhere.
    let isSame = groups.indices.allSatisfy { groups[$0] == $0 }
    for part in other.reals { reals.append(isSame ? part : Self.moved(part, groups)) }
    if wholes.isEmpty || scale == other.scale {
      if !other.wholes.isEmpty { scale = other.scale }
      for part in other.wholes { wholes.append(isSame ? part : Self.moved(part, groups)) }
    } else {
      for part in other.wholes { reals.append(Self.doubles(isSame ? part : Self.moved(part, groups), other.scale)) }
    }
    skippedCount += other.skippedCount
  }

  private static func moved<Value>(_ part: GroupedValues<Value>.Part, _ groups: [UInt32]) -> GroupedValues<Value>.Part {
    GroupedValues.Part(values: part.values, groups: Buffer(part.groups.array.map { groups[Int($0)] }))
  }

  private static func doubles(_ part: GroupedValues<Int32>.Part, _ scale: Double) -> GroupedValues<Double>.Part {
    GroupedValues.Part(values: Buffer(part.values.array.map { Double($0) / scale }), groups: part.groups)
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
