import BilanColumnar

/// `count` and `count(x)`: rows, or rows that have a value. The rows themselves are counted outside.
final class CountAccumulator: Accumulator {
  private var slotCount = 0
  private var missing = MissingCounts()

  var skippedCount: Int { missing.total }

  func grow(to count: Int) { slotCount = max(slotCount, count) }

  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    let validity: Bitmap? =
      switch arguments.first {
      case .column(let column): column.validity
      case .constant(.missing): Bitmap(repeating: false, count: rowCount)
      case .constant, nil: nil
      }
    missing.add(validity, groups, rowCount: rowCount, slotCount: slotCount)
  }

  func update(_ column: Column, weights: Buffer<Int64>, groups: Buffer<UInt32>) {
    missing.add(column.validity, weights: weights, groups, slotCount: slotCount)
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? CountAccumulator else { preconditionFailure("accumulators of two kinds") }
    missing.merge(other.missing, groups: groups, slotCount: slotCount)
  }

  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    .integers(count: slotCount) { rowCounts[$0] - missing[$0] }
  }
}

/// `count_distinct` of what rows are grouped by: one value in each group, none where the key is missing.
package final class KeyCountAccumulator: Accumulator {
  private var slotCount = 0
  private var missing = MissingCounts()

  package init() {}

  package var skippedCount: Int { missing.total }

  package func grow(to count: Int) { slotCount = max(slotCount, count) }

  package func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    guard case .column(let column)? = arguments.first else { return }
    missing.add(column.validity, groups, rowCount: rowCount, slotCount: slotCount)
  }

  package func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? KeyCountAccumulator else { preconditionFailure("accumulators of two kinds") }
    missing.merge(other.missing, groups: groups, slotCount: slotCount)
  }

  package func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    .integers(count: slotCount) { rowCounts[$0] > missing[$0] ? 1 : 0 }
  }
}

/// `any` and `all`: whether a condition holds for some row, for every row that has one.
final class TruthAccumulator: Accumulator {
  private let isAll: Bool
  private var trueCounts: [Int64] = []
  private var missing = MissingCounts()

  init(isAll: Bool) { self.isAll = isAll }

  var skippedCount: Int { missing.total }

  func grow(to count: Int) { trueCounts.grow(to: count, with: 0) }

  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    let column = arguments[0].booleans(count: rowCount)
    missing.add(column.validity, groups, rowCount: rowCount, slotCount: trueCounts.count)
    let groups = groups.span
    _ = forEachValidRow(LogicKernels.truth(column), count: rowCount, updating: &trueCounts) { counts, row in
      counts[Int(groups[row])] &+= 1
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? TruthAccumulator else { preconditionFailure("accumulators of two kinds") }
    combine(other.trueCounts, into: &trueCounts, at: groups) { $0 &+= $1 }
    missing.merge(other.missing, groups: groups, slotCount: trueCounts.count)
  }

  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    .booleans(
      trueCounts.indices.map { slot in
        let known = rowCounts[slot] - missing[slot]
        return known == 0 ? nil : isAll ? trueCounts[slot] == known : trueCounts[slot] > 0
      })
  }
}
