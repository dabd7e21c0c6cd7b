import BilanColumnar
import BilanTestSupport
import Testing

@testable import BilanFunctions

/// Sums of squares and products, against 128 bits.
@Suite struct WholeMomentsTests {
  /// Chunks whose products are small, so large that few rows fit in 64 bits, and so large that not one chunk does.
  @Test(arguments: [[1], [30], [31], [3, 30, 31, 2], [30, 30, 30, 30, 1], [0, 31, 0]])
  func addUpWhateverTheirSize(_ bits: [Int]) throws {
    var random = SplitMix64(seed: UInt64(bits.count))
    let groupCount = 3
    var sums = WholeMomentSums<ProductSums>()
    var expected = [(x: Int128, xx: Int128, yy: Int128, xy: Int128)](repeating: (0, 0, 0, 0), count: groupCount)
    func addChunk(_ bits: Int, to sums: inout WholeMomentSums<ProductSums>) {
      let greatest = 1 << bits
      let xs = (0..<4).map { $0 == 0 ? greatest : random.number(-greatest...greatest) }
      let ys = (0..<4).map { $0 == 0 ? -greatest : random.number(-greatest...greatest) }
      let groups = (0..<4).map { _ in UInt32(random.number(0...groupCount - 1)) }
      let decimals = Decimals(digits: 0, greatest: Int64(greatest))
      let isTaken = sums.add(
        RealColumn(Buffer(xs.map(Double.init)), decimals: decimals),
        RealColumn(Buffer(ys.map(Double.init)), decimals: decimals), nil, Buffer(groups), rowCount: 4,
        slotCount: groupCount)
      #expect(isTaken)
      for row in 0..<4 {
        let (x, y) = (Int128(xs[row]), Int128(ys[row]))
        expected[Int(groups[row])].x += x
        expected[Int(groups[row])].xx += x * x
        expected[Int(groups[row])].yy += y * y
        expected[Int(groups[row])].xy += x * y
      }
    }
    for _ in 0..<30 { for size in bits { addChunk(size, to: &sums) } }
    var later = WholeMomentSums<ProductSums>()
    for size in bits { addChunk(size, to: &later) }
    let isMerged = sums.merge(later, groups: [0, 1, 2], slotCount: groupCount)
    #expect(isMerged)
    addChunk(bits[0], to: &sums)
    for group in 0..<groupCount {
      let found = sums[group]
      #expect(Int128(found.x) == expected[group].x)
      #expect(found.xx.total == expected[group].xx)
      #expect(found.yy.total == expected[group].yy)
      #expect(found.xy.total == expected[group].xy)
    }
  }
}
