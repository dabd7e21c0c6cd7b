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
  private var numerators: [DoubleDouble] = []
  private var denominators: [DoubleDouble] = []
  private var reported: [Int64] = []
  private var expected: [Int64] = []
  /// Rows that are not in the quotient; the coverage tells more.
  private(set) var skippedCount = 0

  init(_ source: Source) { self.source = source }

  func grow(to count: Int) {
    numerators.grow(to: count, with: .zero)
    denominators.grow(to: count, with: .zero)
    reported.grow(to: count, with: 0)
    expected.grow(to: count, with: 0)
  }

  func update(_ arguments: [Operand], groups: [UInt32], rowCount: Int) throws(KernelError) {
    switch source {
    case .pair: addPairs(RealPair(arguments, rowCount: rowCount), groups, rowCount)
    case .condition: addTruths(arguments[0].booleans(count: rowCount), groups, rowCount)
    case .ratios: if let ratios = arguments[0].ratios(count: rowCount) { addRatios(ratios, groups, rowCount) }
    }
  }

  private func addPairs(_ pair: RealPair, _ groups: [UInt32], _ rowCount: Int) {
    var expected = take(&self.expected)
    var either: Bitmap?
    if let first = pair.first.validity, let second = pair.second.validity { either = first.or(second) }
    _ = forEachValidRow(either, count: rowCount) { expected[Int(groups[$0])] &+= 1 }
    self.expected = expected
    let first = pair.first.values.span
    let second = pair.second.values.span
    var numerators = take(&self.numerators)
    var denominators = take(&self.denominators)
    var reported = take(&self.reported)
    skippedCount += forEachValidRow(pair.validity, count: rowCount) { row in
      let slot = Int(groups[row])
      numerators[slot].add(first[row])
      denominators[slot].add(second[row])
      reported[slot] &+= 1
    }
    self.numerators = numerators
    self.denominators = denominators
    self.reported = reported
  }

  private func addTruths(_ column: BooleanColumn, _ groups: [UInt32], _ rowCount: Int) {
    for row in 0..<rowCount { expected[Int(groups[row])] += 1 }
    skippedCount += forEachValidRow(column.validity, count: rowCount) { row in
      let slot = Int(groups[row])
      denominators[slot].add(1)
      reported[slot] += 1
    }
    _ = forEachValidRow(LogicKernels.truth(column), count: rowCount) { numerators[Int(groups[$0])].add(1) }
  }

  private func addRatios(_ ratios: RatioColumn, _ groups: [UInt32], _ rowCount: Int) {
    for row in 0..<rowCount {
      let ratio = ratios[row]
      let slot = Int(groups[row])
      expected[slot] += Int64(ratio.expected)
      guard ratio.reported > 0 else {
        skippedCount += 1
        continue
      }
      numerators[slot].add(ratio.numerator)
      denominators[slot].add(ratio.denominator)
      reported[slot] += Int64(ratio.reported)
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? RatioAccumulator else { preconditionFailure("accumulators of two kinds") }
    combine(other.numerators, into: &numerators, at: groups) { $0.add($1) }
    combine(other.denominators, into: &denominators, at: groups) { $0.add($1) }
    combine(other.reported, into: &reported, at: groups) { $0 &+= $1 }
    combine(other.expected, into: &expected, at: groups) { $0 &+= $1 }
    skippedCount += other.skippedCount
  }

  func finish() throws(KernelError) -> Column {
    .ratio(
      RatioColumn(
        numerators: Buffer(numerators.map { $0.value ?? 0 }),
        // A sum beyond all numbers has no quotient.
        denominators: Buffer(
          denominators.indices.map { numerators[$0].value == nil ? 0 : denominators[$0].value ?? 0 }),
        reported: Buffer(reported), expected: Buffer(expected)))
  }
}
