import BilanTestSupport
import Testing

@testable import BilanColumnar

/// Decimals that are kept as whole numbers: whatever is asked of them, the answer is that of the doubles.
@Suite struct RealColumnTests {
  /// The same values both ways, some of them missing.
  private func twins(
    digits: Int, greatest: Int64, count: Int = 300, hasMissing: Bool, _ random: inout SplitMix64
  ) throws -> (doubles: RealColumn, wholes: RealColumn) {
    let scale = Decimals(digits: digits, greatest: 0).scale
    let values = (0..<count).map { _ in Double(Int64.random(in: -greatest...greatest, using: &random)) / scale }
    let validity = hasMissing ? Bitmap(count: count) { _ in Bool.random(using: &random) } : nil
    let doubles = RealColumn(Buffer(values), validity: validity, decimals: Decimals(digits: digits, greatest: greatest))
    let wholes = doubles.narrowed()
    try #require(wholes.wholes != nil)
    return (doubles, wholes)
  }

  private static let shapes: [(Int, Int64)] = [
    (0, 100), (1, 127), (2, 128), (2, 32_767), (3, 32_768), (6, 100_000_000), (9, 2_147_483_647), (2, 2_147_483_647),
  ]

  private func values(_ column: RealColumn) -> [Value] {
    (0..<column.count).map { Column.real(column).value($0, as: .real) }
  }

  @Test(arguments: shapes, [false, true]) func rowsAreTheSame(_ shape: (Int, Int64), hasMissing: Bool) throws {
    var random = SplitMix64(seed: UInt64(shape.0))
    let (doubles, wholes) = try twins(digits: shape.0, greatest: shape.1, hasMissing: hasMissing, &random)
    #expect(wholes.doubles.array == doubles.doubles.array)
    #expect(values(wholes) == values(doubles))
    #expect(values(wholes.slice(17..<90)) == values(doubles.slice(17..<90)))
    let rows = (0..<200).map { _ in Int32.random(in: 0..<300, using: &random) }
    #expect(values(wholes.gather(rows)) == values(doubles.gather(rows)))
    let some = rows.map { $0 % 3 == 0 ? -1 : $0 }
    func cells(_ column: Column) -> [Value] { (0..<column.count).map { column.value($0, as: .real) } }
    #expect(cells(Column.real(wholes).gatherOrMissing(some)) == cells(Column.real(doubles).gatherOrMissing(some)))
    let both = Column.concatenate([.real(wholes), .real(wholes.slice(0..<10))], kind: .real)
    let mixed = Column.concatenate([.real(wholes), .real(doubles.slice(0..<10))], kind: .real)
    #expect(cells(both) == cells(mixed))
    #expect(Column.real(wholes).valueBounds == Column.real(doubles).valueBounds)
    // Nothing is narrowed that would not fit, or is not known.
    #expect(RealColumn(doubles.doubles, decimals: Decimals(digits: 9, greatest: 1 << 31)).narrowed().wholes == nil)
    #expect(RealColumn(doubles.doubles).narrowed().wholes == nil)
  }

  /// Bounds at values, beside them by one bit, between them and beyond all of them.
  @Test(arguments: shapes) func rangesHoldTheSameRows(_ shape: (Int, Int64)) throws {
    var random = SplitMix64(seed: UInt64(shape.1))
    let (doubles, wholes) = try twins(digits: shape.0, greatest: shape.1, hasMissing: true, &random)
    var bounds: [Double] = [0, -0.0, 0.05, 1e300, -1e300, .infinity, -.infinity, .leastNonzeroMagnitude]
    for _ in 0..<20 {
      let value = doubles[Int.random(in: 0..<300, using: &random)]
      bounds += [value, value.nextUp, value.nextDown, value + 0.5 / wholes.scale]
    }
    for low in bounds {
      for high in bounds where low <= high {
        #expect(
          ComparisonKernels.isWithin(wholes, low...high).selection
            == ComparisonKernels.isWithin(doubles, low...high).selection, "\(low)...\(high)")
      }
      for comparison in [Comparison.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual] {
        let found = try #require(ComparisonKernels.compareWholes(wholes, comparison, low))
        let expected = ComparisonKernels.compare(
          .column(doubles.wide), comparison, .constant(low), count: doubles.count)
        #expect(found.selection == expected.selection, "\(comparison) \(low)")
      }
    }
  }

  @Test(arguments: shapes) func wholeNumbersBelowAndAbove(_ shape: (Int, Int64)) throws {
    var random = SplitMix64(seed: 5)
    let (doubles, wholes) = try twins(digits: shape.0, greatest: shape.1, hasMissing: true, &random)
    for rule in [FloatingPointRoundingRule.down, .up] {
      let expected = try RealKernels.whole(.column(doubles.wide), rule, count: doubles.count)
      guard let found = RealKernels.whole(wholes, rule) else {
        #expect(shape.1 > Int32.max / 2 || shape.0 == 9)
        continue
      }
      let bounds = try #require(found.bounds)
      for row in 0..<doubles.count where expected.validity?[row] ?? true {
        #expect(found[row] == expected.values[row])
        #expect(bounds.low <= found[row] && found[row] <= bounds.high)
      }
    }
  }

  /// Whatever is worked out in whole numbers is what doubles would have been found to be.
  @Test(arguments: 0..<60) func arithmeticInWholeNumbers(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    func term() throws -> (term: WholeTerm, input: Input<Double>) {
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        let value = Double(Int.random(in: -999...999, using: &random)) / [1, 10, 100].randomElement(using: &random)!
        return (try #require(WholeTerm(value)), .constant(value))
      case 1:
        let numbers = (0..<300).map { _ in Int64.random(in: -70...9000, using: &random) }
        guard case .integer(let column) = Column.integer(IntegerColumn(numbers)).prepared() else { throw Failure() }
        return (try #require(WholeTerm(.integer(column))), .column(RealKernels.fromIntegers(column)))
      default:
        let shape = Self.shapes.randomElement(using: &random)!
        let (doubles, wholes) = try twins(
          digits: shape.0, greatest: shape.1, hasMissing: Bool.random(using: &random), &random)
        return (try #require(WholeTerm(.real(wholes))), .column(doubles.wide))
      }
    }
    let (first, second, third) = (try term(), try term(), try term())
    for operation in [IntegerKernels.NarrowOperation.add, .subtract, .multiply] {
      for next in [IntegerKernels.NarrowOperation.add, .subtract, .multiply] {
        guard let inner = WholeTerm.combine(first.term, operation, second.term),
          let found = WholeTerm.combine(inner, next, third.term)?.column
        else { continue }
        let expected = Self.apply(.column(Self.apply(first.input, operation, second.input)), next, third.input)
        #expect(found.decimals == expected.decimals)
        let wholes = try #require(expected.decimals).wholes(of: RealColumn(expected))
        let own = try #require(found.wholes)
        for row in 0..<300 where expected.validity?[row] ?? true { #expect(own[row] == wholes[row]) }
        #expect((0..<300).allSatisfy { (found.validity?[$0] ?? true) == (expected.validity?[$0] ?? true) })
      }
    }
  }

  /// Computed values without what the computation was off by.
  @Test func computedValuesAreTheNearest() throws {
    var random = SplitMix64(seed: 8)
    let (price, _) = try twins(digits: 2, greatest: 9_999_999, hasMissing: false, &random)
    let (share, _) = try twins(digits: 1, greatest: 9, hasMissing: false, &random)
    let product = RealColumn(RealKernels.multiply(.column(price.wide), .column(share.wide), count: 300))
    let decimals = try #require(product.decimals)
    let wholes = decimals.wholes(of: product)
    for row in 0..<300 {
      #expect(wholes[row] == Int64((price[row] * 100).rounded()) * Int64((share[row] * 10).rounded()))
      #expect(product[row] == Double(wholes[row]) / 1000)
    }
  }

  /// What is multiplied with zeros alone may be wider than 32 bits.
  @Test func zerosTimesLargeNumbers() throws {
    guard case .integer(let zeros) = Column.integer(IntegerColumn([0, 0])).prepared() else { throw Failure() }
    let zero = try #require(WholeTerm(.integer(zeros)))
    let large = try #require(WholeTerm(5_000_000_000.5))
    let product = try #require(WholeTerm.combine(zero, .multiply, large))
    #expect(product.column?.wholes?.values.array == [0, 0])
    let small = try #require(WholeTerm(0.000_001))
    let scaled = try #require(WholeTerm.combine(product, .multiply, small))
    let tiny = try #require(WholeTerm.combine(scaled, .add, small))
    let sum = try #require(WholeTerm.combine(zero, .subtract, tiny)?.column)
    #expect(sum.wholes?.values.array == [-1, -1].map { $0 * Int64(sum.scale / 1_000_000) })
  }

  private struct Failure: Error {}

  private static func apply(
    _ lhs: Input<Double>, _ operation: IntegerKernels.NarrowOperation, _ rhs: Input<Double>
  ) -> PrimitiveColumn<Double> {
    switch operation {
    case .add: RealKernels.add(lhs, rhs, count: 300)
    case .subtract: RealKernels.subtract(lhs, rhs, count: 300)
    case .multiply: RealKernels.multiply(lhs, rhs, count: 300)
    }
  }
}
