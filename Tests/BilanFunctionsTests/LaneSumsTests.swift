import BilanColumnar
import BilanTestSupport
import Testing

@testable import BilanFunctions

/// Sums that stand beside each other, against a sum a group.
@Suite struct LaneSumsTests {
  /// The values of a lane as they come, and as whole numbers.
  private struct Lane {
    var values: LaneValues
    var wholes: [Int64]
  }

  private func lane(_ kind: Int, _ count: Int, _ random: inout SplitMix64) -> Lane {
    func wholes(_ range: ClosedRange<Int>) -> [Int64] { (0..<count).map { _ in Int64(random.number(range)) } }
    switch kind {
    case 0:
      let values = wholes(1...5)
      return Lane(values: .int8(Buffer(values.map { Int8($0) }), 1...5), wholes: values)
    case 1:
      let values = wholes(-128...127)
      return Lane(values: .int8(Buffer(values.map { Int8($0) }), -128...127), wholes: values)
    case 2:
      let values = wholes(-3000...3000)
      return Lane(
        values: .int16(Buffer(values.map { Int16($0) }), -3000...3000), wholes: values)
    case 3:
      let values = wholes(Int(Int32.min)...Int(Int32.max))
      return Lane(values: .int32(Buffer(values.map { Int32($0) }), Int64(Int32.min)...Int64(Int32.max)), wholes: values)
    case 5:
      let values = wholes(-1 << 40...1 << 40)
      return Lane(values: .int64(Buffer(values)), wholes: values)
    default:
      let values = wholes(-99_999...99_999)
      return Lane(values: .decimals(Buffer(values.map { Double($0) / 100 }), scale: 100), wholes: values)
    }
  }

  /// - Parameter kinds: of the lanes, in one chunk after the other, over and over.
  private func check(_ kinds: [[Int]], groupCount: Int, chunkSize: Int, chunkCount: Int) {
    var random = SplitMix64(seed: UInt64(groupCount + chunkSize))
    let laneCount = kinds[0].count
    var sums = LaneSums(laneCount: laneCount)
    var rows = [Int64](repeating: 0, count: groupCount)
    var expected = [[Int64]](repeating: rows, count: laneCount)
    for number in 0..<chunkCount {
      let lanes = kinds[number % kinds.count].map { lane($0, chunkSize, &random) }
      // Groups come by and by.
      let known = max(1, groupCount * (number + 1) / chunkCount)
      let groups = (0..<chunkSize).map { $0 == 0 ? UInt32(known - 1) : UInt32(random.number(0...known - 1)) }
      sums.add(lanes.map(\.values), groups: Buffer(groups), groupCount: known)
      for row in 0..<chunkSize {
        rows[Int(groups[row])] += 1
        for index in lanes.indices { expected[index][Int(groups[row])] += lanes[index].wholes[row] }
      }
    }
    let totals = sums.totals()
    #expect(totals.rows == rows)
    #expect(totals.sums == expected)
  }

  @Test(arguments: [
    [0], [1], [3], [4], [0, 0], [0, 4], [2, 1], [4, 4], [0, 1, 4], [4, 0, 1], [2, 2, 2], [3, 0, 2], [4, 4, 4],
    [0, 0, 0], [0, 3], [0, 0, 3], [1, 3, 0], [0, 2], [0, 0, 2], [0, 5], [1, 5], [0, 0, 5], [5],
  ])
  func addsUp(_ kinds: [Int]) {
    for groupCount in [2, 3, 100, 5000, 120_000] {
      check([kinds], groupCount: groupCount, chunkSize: 3000, chunkCount: 5)
    }
  }

  /// More rows than the fields of a word hold.
  @Test func slotsAreEmptiedInTime() {
    check([[0, 1]], groupCount: 1, chunkSize: 60_000, chunkCount: 12)
    check([[1, 1, 1]], groupCount: 3, chunkSize: 60_000, chunkCount: 9)
    check([[0, 2]], groupCount: 7, chunkSize: 300_000, chunkCount: 2)
  }

  /// A group that most rows are of fills its fields again and again, though few of the others have any.
  @Test func oneGroupMayHaveNearlyAllRows() {
    var random = SplitMix64(seed: 7)
    let groupCount = 90_000
    var sums = LaneSums(laneCount: 2)
    var rows = [Int64](repeating: 0, count: groupCount)
    var expected = [rows, rows]
    for _ in 0..<12 {
      let lanes = [lane(0, 60_000, &random), lane(0, 60_000, &random)]
      let groups = (0..<60_000).map { $0 % 16 == 0 ? UInt32(random.number(0...groupCount - 1)) : 5 }
      sums.add(lanes.map(\.values), groups: Buffer(groups), groupCount: groupCount)
      for row in groups.indices {
        rows[Int(groups[row])] += 1
        for index in lanes.indices { expected[index][Int(groups[row])] += lanes[index].wholes[row] }
      }
    }
    let totals = sums.totals()
    #expect(totals.rows == rows)
    #expect(totals.sums == expected)
  }

  /// Groups that become too many for slots in turn.
  @Test func groupsBecomeMany() {
    for kinds in [[0], [0, 0], [0, 3], [4, 4, 4]] { check([kinds], groupCount: 700, chunkSize: 900, chunkCount: 7) }
  }

  /// Chunks of other widths, bounds and kinds than those before.
  @Test func packingFollowsTheValues() {
    check([[0, 4], [1, 4], [0, 4], [4, 0], [2, 3]], groupCount: 40, chunkSize: 2000, chunkCount: 12)
  }
}
