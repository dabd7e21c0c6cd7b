import BilanTestSupport
import Testing

@testable import BilanColumnar

/// Arithmetic in the width that columns are kept in, against 64 bits.
@Suite struct NarrowArithmeticTests {
  private static let ranges: [ClosedRange<Int64>] = [
    0...5, -100...100, -128...127, -3000...3000, -32768...32767, -2_000_000...2_000_000,
    Int64(Int32.min)...Int64(Int32.max),
  ]

  private func column(_ range: ClosedRange<Int64>, _ random: inout SplitMix64) -> IntegerColumn {
    let values = [range.lowerBound, range.upperBound] + (0..<70).map { _ in Int64.random(in: range, using: &random) }
    return IntegerColumn(
      Buffer(values), validity: nil, bounds: IntegerBounds(low: range.lowerBound, high: range.upperBound)
    ).narrowed()
  }

  @Test func givesWhatWideArithmeticGives() throws {
    var random = SplitMix64(seed: 3)
    var widths: Set<String> = []
    for left in Self.ranges {
      for right in Self.ranges {
        let (lhs, rhs) = (column(left, &random), column(right, &random))
        let constant = rhs[1]
        for (operation, function) in [
          (IntegerKernels.NarrowOperation.add, { (a: Int64, b: Int64) in a + b }), (.subtract, { $0 - $1 }),
          (.multiply, { $0 * $1 }),
        ] {
          let both = try #require(IntegerKernels.narrow(lhs, operation, rhs))
          let one = try #require(IntegerKernels.narrow(lhs, operation, constant))
          #expect(both.values.array == (0..<lhs.count).map { function(lhs[$0], rhs[$0]) })
          #expect(one.values.array == (0..<lhs.count).map { function(lhs[$0], constant) })
          for result in [both, one] {
            let bounds = try #require(result.bounds)
            #expect(result.values.array.allSatisfy { bounds.low <= $0 && $0 <= bounds.high })
            widths.insert("\(result.storage)".prefix { $0 != "(" }.description)
          }
        }
      }
    }
    #expect(widths == ["int16", "int32", "int64"])
  }

  @Test func wideColumnsAreLeftAlone() {
    let wide = IntegerColumn(Buffer([.min, .max]), bounds: IntegerBounds(low: .min, high: .max))
    let narrow = IntegerColumn(.int8(Buffer([1, 2])), bounds: IntegerBounds(low: 1, high: 2))
    #expect(IntegerKernels.narrow(wide, .multiply, narrow) == nil)
    #expect(IntegerKernels.narrow(narrow, .add, wide) == nil)
    #expect(IntegerKernels.narrow(wide, .subtract, 1) == nil)
    #expect(IntegerKernels.narrow(narrow, .add, .max) == nil)
  }
}
