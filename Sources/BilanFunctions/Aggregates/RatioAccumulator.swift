import BilanColumnar

/// `ratio(a, b)`, `share(cond)` and `pool(r)`: numerator, denominator and coverage of each group.
final class RatioAccumulator: Accumulator {
  enum Source: Sendable {
    /// Two columns, paired row by row: expected are the rows that have one of them, reported those that have both.
    case pair
    /// A condition: expected are all rows, reported those where it is known.
    case condition
    /// Ratios, added up by their parts.
    case ratios
  }

  private let source: Source
  private var numerators = RealSums()
  private var denominators = RealSums()
  /// Of ratios: what they reported and expected, as their rows do not tell.
  private var reported: [Int64] = []
  private var expected: [Int64] = []
  private var slotCount = 0
  /// Rows that lack an operand; of pairs also those that lack both.
  private var missing = MissingCounts()
  private var empty = MissingCounts()
  private var unreportedCount = 0

  init(_ source: Source) { self.source = source }

  /// Rows that are not in the quotient; the coverage tells more.
  var skippedCount: Int { missing.total + unreportedCount }

  func grow(to count: Int) {
    slotCount = max(slotCount, count)
    numerators.grow(to: count)
    denominators.grow(to: count)
    guard source == .ratios else { return }
    reported.grow(to: count, with: 0)
    expected.grow(to: count, with: 0)
  }

  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    switch source {
    case .pair: addPairs(RealPair(arguments, rowCount: rowCount), groups, rowCount)
    case .condition: addTruths(arguments[0].booleans(count: rowCount), groups, rowCount)
    case .ratios: if let ratios = arguments[0].ratios(count: rowCount) { addRatios(ratios, groups, rowCount) }
    }
  }

  private func addPairs(_ pair: RealPair, _ groups: Buffer<UInt32>, _ rowCount: Int) {
    if let first = pair.first.validity, let second = pair.second.validity {
      empty.add(first.or(second), groups, rowCount: rowCount, slotCount: slotCount)
    }
    missing.add(pair.validity, groups, rowCount: rowCount, slotCount: slotCount)
    numerators.add(pair.first, pair.validity, groups, rowCount: rowCount)
    denominators.add(pair.second, pair.validity, groups, rowCount: rowCount)
  }

  private func addTruths(_ column: BooleanColumn, _ groups: Buffer<UInt32>, _ rowCount: Int) {
    missing.add(column.validity, groups, rowCount: rowCount, slotCount: slotCount)
    let ones = RealColumn(
      Buffer(repeating: 1.0, count: rowCount), decimals: Decimals(digits: 0, greatest: 1))
    numerators.add(ones, LogicKernels.truth(column), groups, rowCount: rowCount)
    denominators.add(ones, column.validity, groups, rowCount: rowCount)
  }

  private func addRatios(_ ratios: RatioColumn, _ groups: Buffer<UInt32>, _ rowCount: Int) {
    let isReported = Bitmap(count: rowCount) { ratios.reported[$0] > 0 }
    numerators.add(RealColumn(ratios.numerators), isReported, groups, rowCount: rowCount)
    denominators.add(RealColumn(ratios.denominators), isReported, groups, rowCount: rowCount)
    for row in 0..<rowCount {
      let slot = Int(groups[row])
      expected[slot] += ratios.expected[row]
      if ratios.reported[row] > 0 { reported[slot] += ratios.reported[row] } else { unreportedCount += 1 }
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? RatioAccumulator else { preconditionFailure("accumulators of two kinds") }
    numerators.merge(other.numerators, groups: groups)
    denominators.merge(other.denominators, groups: groups)
    combine(other.reported, into: &reported, at: groups) { $0 &+= $1 }
    combine(other.expected, into: &expected, at: groups) { $0 &+= $1 }
    missing.merge(other.missing, groups: groups, slotCount: slotCount)
    empty.merge(other.empty, groups: groups, slotCount: slotCount)
    unreportedCount += other.unreportedCount
  }

  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    let isPooled = source == .ratios
    let numerators = numerators
    let denominators = denominators
    return .ratio(
      RatioColumn(
        numerators: filled(slotCount, with: 0) { numerators.value($0) ?? 0 },
        // A sum beyond all numbers has no quotient.
        denominators: filled(slotCount, with: 0) { numerators.value($0) == nil ? 0 : denominators.value($0) ?? 0 },
        reported: filled(slotCount, with: 0) { isPooled ? reported[$0] : rowCounts[$0] - missing[$0] },
        expected: filled(slotCount, with: 0) { isPooled ? expected[$0] : rowCounts[$0] - empty[$0] }))
  }
}
