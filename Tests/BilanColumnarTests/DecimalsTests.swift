import BilanTestSupport
import Testing

@testable import BilanColumnar

/// What is known of decimals after arithmetic, against the arithmetic of whole numbers.
@Suite struct DecimalsTests {
  private struct Numbers {
    var column: PrimitiveColumn<Double>
    /// The same times a power of ten.
    var wholes: [Int128]
  }

  private func numbers(_ digits: Int, _ greatest: Int64, _ random: inout SplitMix64) -> Numbers {
    let wholes = (0..<500).map { _ in Int64.random(in: -greatest...greatest, using: &random) }
    let scale = Decimals(digits: digits, greatest: 0).scale
    return Numbers(
      column: PrimitiveColumn(
        Buffer(wholes.map { Double($0) / scale }), decimals: Decimals(digits: digits, greatest: greatest)),
      wholes: wholes.map { Int128($0) })
  }

  /// The whole numbers that sums would add up, or nil where sums would not believe them.
  private func found(_ column: PrimitiveColumn<Double>) -> [Int128]? {
    guard let decimals = column.decimals else { return nil }
    let wholes = decimals.wholes(of: RealColumn(column)).array
    #expect(wholes.allSatisfy { $0.magnitude <= UInt64(decimals.greatest) })
    // Each value is the double nearest to its decimal.
    #expect(zip(column.values.array, wholes).allSatisfy { $0 == Double($1) / decimals.scale })
    return wholes.map { Int128($0) }
  }

  @Test(arguments: [(2, 9_999_999, 2, 10, 2, 8), (0, 75, 6, 100_000_000, 3, 900), (1, 3, 9, 40, 0, 70_000)])
  func pricesWithDiscountsAndTaxes(_ shape: (Int, Int64, Int, Int64, Int, Int64)) throws {
    var random = SplitMix64(seed: 4)
    let price = numbers(shape.0, shape.1, &random)
    let discount = numbers(shape.2, shape.3, &random)
    let tax = numbers(shape.4, shape.5, &random)
    let count = price.wholes.count
    let rest = RealKernels.subtract(.constant(1), .column(discount.column), count: count)
    let factor = RealKernels.add(.column(tax.column), .constant(1), count: count)
    let reduced = RealKernels.multiply(.column(price.column), .column(rest), count: count)
    let charged = RealKernels.multiply(.column(reduced), .column(factor), count: count)
    let one = Int128(Decimals(digits: shape.2, greatest: 0).scale)
    let whole = Int128(Decimals(digits: shape.4, greatest: 0).scale)
    let expected = (0..<count).map { price.wholes[$0] * (one - discount.wholes[$0]) * (whole + tax.wholes[$0]) }
    #expect(try #require(found(charged)) == expected)
    let sum = RealKernels.add(.column(price.column), .column(discount.column), count: count)
    let digits = max(shape.0, shape.2)
    let scales = [shape.0, shape.2].map { Int128(Decimals(digits: digits - $0, greatest: 0).scale) }
    #expect(
      try #require(found(sum)) == (0..<count).map { price.wholes[$0] * scales[0] + discount.wholes[$0] * scales[1] })
  }

  /// However large the numbers are: either the whole numbers are the right ones, or nothing is known.
  @Test func nothingIsKnownOfWhatIsTooLarge() {
    var random = SplitMix64(seed: 9)
    var (known, unknown) = (0, 0)
    for bits in stride(from: 8, through: 50, by: 3) {
      for other in stride(from: 2, through: 44, by: 3) {
        let left = numbers(bits % 7, 1 << Int64(bits), &random)
        let right = numbers(other % 5, 1 << Int64(other), &random)
        let product = RealKernels.multiply(.column(left.column), .column(right.column), count: left.wholes.count)
        if product.decimals != nil {
          known += 1
          #expect(found(product) == left.wholes.indices.map { left.wholes[$0] * right.wholes[$0] })
        } else {
          unknown += 1
          #expect(bits + other >= 49)
        }
        let difference = RealKernels.subtract(.column(left.column), .column(right.column), count: left.wholes.count)
        guard let decimals = difference.decimals else { continue }
        let (first, second) = (decimals.digits - bits % 7, decimals.digits - other % 5)
        let scales = [first, second].map { Int128(Decimals(digits: $0, greatest: 0).scale) }
        #expect(
          found(difference) == left.wholes.indices.map { left.wholes[$0] * scales[0] - right.wholes[$0] * scales[1] })
      }
    }
    #expect(known > 50 && unknown > 20)
  }

  /// What is equal on paper is equal: 0.1 + 0.2 is 0.3, and is one key with it.
  @Test func computedNumbersAreTheNearest() {
    let tenths = PrimitiveColumn<Double>(Buffer([0.1, 0.3]), decimals: Decimals(digits: 1, greatest: 3))
    let sums = RealKernels.add(.column(tenths), .constant(0.2), count: 2)
    #expect(sums.values[0] == 0.3 && sums.values[1] == 0.5)
    let products = RealKernels.multiply(.column(tenths), .constant(1.1), count: 2)
    #expect(products.values[0] == 0.11 && products.values[1] == 0.33)
    #expect(RealKernels.subtract(.constant(0.3), .column(tenths), count: 2).values.array == [0.2, 0])
    let values = PrimitiveColumn<Double>(Buffer([sums.values[0], 0.3]), decimals: sums.decimals)
    let words = PackedKeys([(columns: [.real(values)], isDescending: false)])?.words([.real(values)], rowCount: 2).array
    #expect(words?.count == 2 && words?[0] == words?[1])
  }
}
