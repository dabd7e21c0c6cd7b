import BilanColumnar

/// What becomes of a total and a count.
enum TotalResult: Sendable {
  case sum, mean
}

/// `sum` and `mean` of whole numbers: exact, in 128 bits.
final class IntegerSumAccumulator: Accumulator {
  private let result: TotalResult
  private var sums: [Int128] = []
  private var counts: [Int64] = []
  private(set) var skippedCount = 0

  init(_ result: TotalResult) { self.result = result }

  func grow(to count: Int) {
    sums.grow(to: count, with: 0)
    counts.grow(to: count, with: 0)
  }

  func update(_ arguments: [Operand], groups: [UInt32], rowCount: Int) throws(KernelError) {
    let column = arguments[0].integerColumn(count: rowCount)
    let values = column.values.span
    var sums = take(&self.sums)
    if sums.count == 1 {
      var sum: Int128 = 0
      let skipped = forEachValidRow(column.validity, count: rowCount) { sum &+= Int128(values[$0]) }
      sums[0] += sum
      counts[0] += Int64(rowCount - skipped)
      skippedCount += skipped
    } else {
      var counts = take(&self.counts)
      skippedCount += forEachValidRow(column.validity, count: rowCount, updating: &sums) { sums, row in
        sums[Int(groups[row])] &+= Int128(values[row])
      }
      _ = forEachValidRow(column.validity, count: rowCount, updating: &counts) { counts, row in
        counts[Int(groups[row])] &+= 1
      }
      self.counts = counts
    }
    self.sums = sums
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? IntegerSumAccumulator else { preconditionFailure("accumulators of two kinds") }
    combine(other.sums, into: &sums, at: groups) { $0 += $1 }
    combine(other.counts, into: &counts, at: groups) { $0 &+= $1 }
    skippedCount += other.skippedCount
  }

  /// - Throws: `.overflow(row:)` with the group whose sum leaves 64 bits.
  func finish() throws(KernelError) -> Column {
    switch result {
    case .mean:
      return .reals(sums.indices.map { counts[$0] == 0 ? nil : Double(sums[$0]) / Double(counts[$0]) })
    case .sum:
      var totals: [Int64?] = []
      for slot in sums.indices {
        guard let total = Int64(exactly: sums[slot]) else { throw .overflow(row: slot) }
        totals.append(counts[slot] == 0 ? nil : total)
      }
      return .integers(totals)
    }
  }
}

/// `sum` and `mean` of reals.
final class RealSumAccumulator: Accumulator {
  private let result: TotalResult
  private var sums: [DoubleDouble] = []
  private var counts: [Int64] = []
  private(set) var skippedCount = 0

  init(_ result: TotalResult) { self.result = result }

  func grow(to count: Int) {
    sums.grow(to: count, with: .zero)
    counts.grow(to: count, with: 0)
  }

  func update(_ arguments: [Operand], groups: [UInt32], rowCount: Int) throws(KernelError) {
    let column = arguments[0].realColumn(count: rowCount)
    let values = column.values.span
    var sums = take(&self.sums)
    var counts = take(&self.counts)
    if sums.count == 1, column.validity == nil {
      sums[0].add(Self.total(values, count: rowCount))
      counts[0] += Int64(rowCount)
    } else {
      skippedCount += forEachValidRow(column.validity, count: rowCount, updating: &sums) { sums, row in
        sums[Int(groups[row])].add(values[row])
      }
      _ = forEachValidRow(column.validity, count: rowCount, updating: &counts) { counts, row in
        counts[Int(groups[row])] &+= 1
      }
    }
    self.sums = sums
    self.counts = counts
  }

  /// The sum of all values; four sums side by side, since each addition waits for the one before it.
  private static func total(_ values: Span<Double>, count: Int) -> DoubleDouble {
    var (a, b, c, d) = (DoubleDouble.zero, DoubleDouble.zero, DoubleDouble.zero, DoubleDouble.zero)
    var row = 0
    while row &+ 4 <= count {
      a.add(values[row])
      b.add(values[row &+ 1])
      c.add(values[row &+ 2])
      d.add(values[row &+ 3])
      row &+= 4
    }
    while row < count {
      a.add(values[row])
      row &+= 1
    }
    a.add(b)
    c.add(d)
    a.add(c)
    return a
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? RealSumAccumulator else { preconditionFailure("accumulators of two kinds") }
    combine(other.sums, into: &sums, at: groups) { $0.add($1) }
    combine(other.counts, into: &counts, at: groups) { $0 &+= $1 }
    skippedCount += other.skippedCount
  }

  func finish() throws(KernelError) -> Column {
    .reals(
      sums.indices.map { slot in
        guard counts[slot] > 0, let sum = sums[slot].value else { return nil }
        return result == .sum ? sum : sum / Double(counts[slot])
      })
  }
}
