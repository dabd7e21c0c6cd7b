import BilanColumnar

/// `count` and `count(x)`: rows, or rows that have a value.
final class CountAccumulator: Accumulator {
  private var counts: [Int64] = []
  private(set) var skippedCount = 0

  func grow(to count: Int) { counts.grow(to: count, with: 0) }

  func update(_ arguments: [Operand], groups: [UInt32], rowCount: Int) throws(KernelError) {
    var counts = take(&self.counts)
    let validity: Bitmap? =
      switch arguments.first {
      case .column(let column): column.validity
      case .constant(.missing): Bitmap(repeating: false, count: rowCount)
      case .constant, nil: nil
      }
    skippedCount += forEachValidRow(validity, count: rowCount, updating: &counts) { counts, row in
      counts[Int(groups[row])] &+= 1
    }
    self.counts = counts
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? CountAccumulator else { preconditionFailure("accumulators of two kinds") }
    combine(other.counts, into: &counts, at: groups) { $0 &+= $1 }
    skippedCount += other.skippedCount
  }

  func finish() throws(KernelError) -> Column { .integer(IntegerColumn(counts)) }
}

/// `any` and `all`: whether a condition holds for some row, for every row that has one.
final class TruthAccumulator: Accumulator {
  private let isAll: Bool
  private var trueCounts: [Int64] = []
  private var knownCounts: [Int64] = []
  private(set) var skippedCount = 0

  init(isAll: Bool) { self.isAll = isAll }

  func grow(to count: Int) {
    trueCounts.grow(to: count, with: 0)
    knownCounts.grow(to: count, with: 0)
  }

  func update(_ arguments: [Operand], groups: [UInt32], rowCount: Int) throws(KernelError) {
    let column = arguments[0].booleans(count: rowCount)
    skippedCount += forEachValidRow(column.validity, count: rowCount) { knownCounts[Int(groups[$0])] += 1 }
    _ = forEachValidRow(LogicKernels.truth(column), count: rowCount) { trueCounts[Int(groups[$0])] += 1 }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? TruthAccumulator else { preconditionFailure("accumulators of two kinds") }
    combine(other.trueCounts, into: &trueCounts, at: groups) { $0 &+= $1 }
    combine(other.knownCounts, into: &knownCounts, at: groups) { $0 &+= $1 }
    skippedCount += other.skippedCount
  }

  func finish() throws(KernelError) -> Column {
    .booleans(
      knownCounts.indices.map { slot in
        knownCounts[slot] == 0 ? nil : isAll ? trueCounts[slot] == knownCounts[slot] : trueCounts[slot] > 0
      })
  }
}
