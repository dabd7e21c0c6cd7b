import BilanTestSupport
import Testing

@testable import BilanColumnar

/// Rows sorted by words, against a stable sort by comparison.
@Suite struct RadixSortTests {
  /// Words of many shapes: even, few, skewed, alike in their high bits, reals.
  private static let shapes: [@Sendable (inout SplitMix64) -> UInt64] = [
    { $0.next() }, { UInt64($0.number(0...3)) }, { $0.next() >> UInt64($0.number(0...63)) },
    { 0xABCD << 48 | UInt64($0.number(0...100_000)) }, { UInt64($0.number(0...9)) << 60 | UInt64($0.number(0...9)) },
    { (Double($0.number(0...1_000_000)) / 1000).bitPattern }, { _ in 7 },
  ]

  @Test(arguments: [0, 1, 2, 32, 33, 100, 5000, 70_000])
  func sortsStably(_ count: Int) {
    for (number, shape) in Self.shapes.enumerated() {
      var random = SplitMix64(seed: UInt64(count + number))
      let pairs = (0..<count).map { WordedRow(word: shape(&random), row: Int32($0)) }
      var sorted = pairs
      RadixSort.sort(&sorted)
      let expected = pairs.sorted { ($0.word, $0.row) < ($1.word, $1.row) }
      #expect(sorted.map(\.word) == expected.map(\.word))
      #expect(sorted.map(\.row) == expected.map(\.row))
      let words = Buffer(pairs.map(\.word))
      for workers in [1, 3] {
        let order = WordOrder(words, bitCount: 64, workers: Workers(workers))
        #expect(order.rows.array == expected.map(\.row))
        #expect(order.words.array == expected.map(\.word))
      }
    }
  }

  @Test func sortsAPartOfARange() {
    var random = SplitMix64(seed: 2)
    for range in [3..<3, 2..<20, 5..<95] {
      let pairs = (0..<100).map { WordedRow(word: UInt64(random.number(0...20)), row: Int32($0)) }
      var sorted = pairs
      RadixSort.sort(&sorted, range)
      let part = pairs[range].sorted { ($0.word, $0.row) < ($1.word, $1.row) }
      #expect(sorted.map(\.row) == (pairs[..<range.lowerBound] + part + pairs[range.upperBound...]).map(\.row))
    }
  }
}
