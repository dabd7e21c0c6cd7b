import BilanColumnar
import BilanTestSupport
import Testing

@Suite struct GroupedValuesTests {
  @Test(arguments: [1, 2, 5])
  func keepTheOrderOfRows(_ workers: Int) {
    var random = SplitMix64(seed: UInt64(workers))
    for groupCount in [1, 7, 3000] {
      var expected = [[Int32]](repeating: [], count: groupCount)
      let parts = [0, 1, 40_000, 70_000, 300, 1, 9000, 9000].map { count in
        var (values, groups): ([Int32], [UInt32]) = ([], [])
        for _ in 0..<count {
          let (value, group) = (Int32(truncatingIfNeeded: random.next()), random.number(0...groupCount - 1))
          values.append(value)
          groups.append(UInt32(group))
          expected[group].append(value)
        }
        return GroupedValues<Int32>.Part(values: Buffer(values), groups: Buffer(groups))
      }
      let grouped = GroupedValues<Int32>(parts, groupCount: groupCount, workers: Workers(workers))
      let values = (0..<grouped.values.count).map { grouped.values[$0] }
      #expect(grouped.starts.count == groupCount + 1)
      for group in 0..<groupCount {
        #expect(Array(values[grouped.starts[group]..<grouped.starts[group + 1]]) == expected[group])
      }
      let reals = GroupedValues<Double>(
        parts.map { part in
          GroupedValues<Double>.Part(values: Buffer(part.values.array.map(Double.init)), groups: part.groups)
        },
        groupCount: groupCount, workers: Workers(workers))
      let wholes = (0..<reals.values.count).map { Int32(reals.values[$0]) }
      #expect(reals.starts == grouped.starts && wholes == values)
    }
    #expect(GroupedValues<Int32>([], groupCount: 2, workers: Workers(workers)).starts == [0, 0, 0])
  }
}
