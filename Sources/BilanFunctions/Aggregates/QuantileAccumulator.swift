import BilanColumnar
import BilanStatistics

/// `median` and `quantile`: keeps every value, and selects when all are there.
final class QuantileAccumulator: Accumulator {
  private let share: Double?
  private var values: [Double] = []
  private var groups: [UInt32] = []
  private var slotCount = 0
  private(set) var skippedCount = 0

  /// - Parameter share: 0 to 1; nil gives missing.
  init(_ share: Double?) { self.share = share.flatMap { (0...1).contains($0) ? $0 : nil } }

  func grow(to count: Int) { slotCount = max(slotCount, count) }

  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    let column = arguments[0].realColumn(count: rowCount)
    let (rows, groups) = (column.values.span, groups.span)
    var values = take(&self.values)
    var owners = take(&self.groups)
    skippedCount += forEachValidRow(column.validity, count: rowCount) { row in
      values.append(rows[row])
      owners.append(groups[row])
    }
    self.values = values
    self.groups = owners
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? QuantileAccumulator else { preconditionFailure("accumulators of two kinds") }
    values.append(contentsOf: other.values)
    self.groups.append(contentsOf: other.groups.map { groups[Int($0)] })
    skippedCount += other.skippedCount
  }

  func finish(rowCounts: [Int64]) throws(KernelError) -> Column {
    // Counting sort by group: `starts[g]` is where the values of group g begin.
    var starts = [Int](repeating: 0, count: slotCount + 1)
    for group in groups { starts[Int(group) + 1] += 1 }
    for slot in 0..<slotCount { starts[slot + 1] += starts[slot] }
    var sorted = [Double](repeating: 0, count: values.count)
    var next = starts
    for (index, group) in groups.enumerated() {
      sorted[next[Int(group)]] = values[index]
      next[Int(group)] += 1
    }
    let quantiles = (0..<slotCount).map { slot in
      share.flatMap { Quantile.type7(&sorted, in: starts[slot]..<starts[slot + 1], $0) }
    }
    return .reals(count: slotCount) { quantiles[$0] }
  }
}
