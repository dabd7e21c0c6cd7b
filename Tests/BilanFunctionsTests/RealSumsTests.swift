import BilanColumnar
import Testing

@testable import BilanFunctions

@Suite struct RealSumsTests {
  /// All the same and as far from zero as the width goes: more than 32 bits hold, from a number of rows on.
  @Test(arguments: [1, 32_767, 32_768, 32_769, 150_000])
  func oneSlotTakesEveryWidth(_ count: Int) {
    let columns: [(IntegerColumn.Storage, Int64)] = [
      (.int8(Buffer(repeating: .min, count: count)), -128), (.int16(Buffer(repeating: .min, count: count)), -32_768),
      (.int16(Buffer(repeating: .max, count: count)), 32_767),
      (.int32(Buffer(repeating: .max, count: count)), Int64(Int32.max)),
      (.int64(Buffer(repeating: 1 << 33, count: count)), 1 << 33),
    ]
    for (storage, value) in columns {
      let decimals = Decimals(digits: 0, greatest: Int64(value.magnitude))
      let groups = Buffer<UInt32>(repeating: 0, count: count)
      var sums = RealSums()
      sums.grow(to: 1)
      sums.add(RealColumn(wholes: storage, decimals: decimals), nil, groups, rowCount: count)
      #expect(sums.value(0) == Double(value) * Double(count))
      // With more digits than what comes next: it is counted in tenths.
      var tenths = RealSums()
      tenths.grow(to: 1)
      let half = RealColumn(wholes: .int8(Buffer([5])), decimals: Decimals(digits: 1, greatest: 5))
      tenths.add(half, nil, Buffer([0]), rowCount: 1)
      tenths.add(RealColumn(wholes: storage, decimals: decimals), nil, groups, rowCount: count)
      #expect(tenths.value(0) == Double(value) * Double(count) + 0.5)
    }
  }
}
